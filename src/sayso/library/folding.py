"""What all corrections together say of each mark: the log folded, and its end laid on an analysis."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.errors import SaysoError
from sayso.library import readings
from sayso.library.readings import Mark
from sayso.model import Actor
from sayso.model.correction import Corrected, Correction, Reading


@dataclass(slots=True)
class Thing:
    """One mark that persons spoke of: what was read there, and what it is in the end (None: there is nothing)."""

    kind: Corrected
    origins: list[Mark] = field(default_factory=list)
    final: Mark | None = None
    reading: Reading | None = None
    corrections: list[Correction] = field(default_factory=list)

    @property
    def last(self) -> Correction:
        """The correction that decides."""
        return self.corrections[-1]


def folded(corrections: Sequence[Correction], text: str) -> tuple[list[Thing], list[Correction]]:
    """The marks that persons spoke of, and the corrections whose words are not in the text.

    A correction speaks of what a person made before it, else of what was read. Of no two things the ends are rivals:
    who corrects one so that it is like another says that both are one.
    """
    things: list[Thing] = []
    lost = []
    for each in corrections:
        try:
            machine, person = _mark(each, each.machine, text), _mark(each, each.person, text)
        except SaysoError:
            lost.append(each)
            continue
        _told(things, each, machine, person)
    return things, lost


Anchored = tuple[Reading, Mark] | None


def _mark(correction: Correction, reading: Reading | None, text: str) -> Anchored:
    if reading is None:
        return None
    found = readings.anchored(reading, text)
    if found is None:
        raise SaysoError("its words are not in the text")
    mark = readings.annotation(correction.kind, found)
    if isinstance(mark, Actor) or not readings.whole(mark):
        raise SaysoError("it has no words")
    return found, mark


def _told(things: list[Thing], each: Correction, machine: Anchored, person: Anchored) -> None:
    """Take a correction into the things, in place."""
    final = {"accept": machine, "reject": None}.get(each.action, person)
    thing = _spoken_of(things, machine[1] if machine else None) or Thing(each.kind)
    if machine is not None and not any(readings.exact(machine[1], origin) for origin in thing.origins):
        thing.origins.append(machine[1])
    if final is not None:
        for other in [
            o for o in things if o is not thing and o.final is not None and readings.rival(o.final, final[1])
        ]:
            things.remove(other)
            thing.origins.extend(other.origins)
            thing.corrections = [*other.corrections, *thing.corrections]
    if thing.final is not None and final is not None:
        thing.origins.append(thing.final)
    thing.reading, thing.final = final if final is not None else (None, None)
    thing.corrections.append(each)
    if thing not in things:
        things.append(thing)


def _spoken_of(things: Sequence[Thing], mark: Mark | None) -> Thing | None:
    """The thing that a reading is of: what a person made comes before what was read there."""
    if mark is None:
        return None
    made = [thing for thing in things if thing.final is not None]
    for fits in (readings.exact, readings.same):
        for thing in made:
            if thing.final is not None and fits(thing.final, mark):
                return thing
        for thing in things:
            if any(fits(origin, mark) for origin in thing.origins):
                return thing
    return None
