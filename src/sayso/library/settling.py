"""What was said of actors after a mark was given to one: it holds for the mark as well.

Corrections of actors are laid on an analysis before those of marks, whose sources they decide. A mark that a person
gave to somebody who was rejected, or told apart, later on follows here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sayso.library import casting, readings
from sayso.library.casting import Cast
from sayso.library.folding import Thing
from sayso.library.wording import line
from sayso.model import Actor, Attribution, Source
from sayso.model.correction import Correction, Reading


def settle(result: Cast, log: Sequence[Correction], made: Mapping[str, Thing]) -> None:
    """Apply what a log says of actors to the statements that persons made before; `made` are these by their ids."""
    order = {each.id: number for number, each in enumerate(log)}
    for each in log:
        if each.kind == "actor" and each.action in ("add", "reject", "split"):
            earlier = {key for key, thing in made.items() if order[thing.last.id] < order[each.id]}
            _follow(result, each, earlier)
    _without_unused(result)


def _follow(result: Cast, each: Correction, earlier: set[str]) -> None:
    text = result.analysis.article.text
    machine, person = (casting.anchored(reading, text) for reading in (each.machine, each.person))
    own = set(casting.spans_of(machine if each.action == "reject" else person))
    to = _bearer(result, each)
    meant = {actor.id for actor in result.analysis.actors if casting.called(actor, machine)} if machine else None

    def goes(source: Source) -> bool:
        here = bool(own & set(source.spans)) or (each.action == "reject" and not source.spans)
        return here and source.actor is not None and (meant is None or source.actor in meant)

    moved = [said for said in result.analysis.attributions if said.id in earlier and any(map(goes, _sources(said)))]
    if not moved:
        return
    if to is None and each.action != "reject":
        to = _new(result, each, person)
    told = {said.id: _given(said, goes, None if to is None else to.id) for said in moved}
    attributions = tuple(told.get(said.id, said) for said in result.analysis.attributions)
    result.analysis = replace(result.analysis, attributions=attributions)


def _bearer(result: Cast, each: Correction) -> Actor | None:
    return next((actor for actor in result.analysis.actors if line(each) in actor.reasons), None)


def _new(result: Cast, each: Correction, person: Reading) -> Actor:
    """Somebody told apart only where a person's mark stands."""
    given = readings.parsed("actor", person, Actor)
    made = replace(given, id=f"p{each.id}", owner=None, members=(), reasons=(line(each),))
    result.analysis = replace(result.analysis, actors=(*result.analysis.actors, made))
    result.standing[made.id] = each
    result.unplaced = [other for other in result.unplaced if other.id != each.id]
    return made


def _sources(said: Attribution) -> tuple[Source, ...]:
    return (said.source, *((said.recipient,) if said.recipient is not None else ()), *said.through)


def _given(said: Attribution, goes: Callable[[Source], bool], to: str | None) -> Attribution:
    def given(source: Source) -> Source:
        return replace(source, actor=to) if goes(source) else source

    recipient = given(said.recipient) if said.recipient is not None else None
    return replace(said, source=given(said.source), recipient=recipient, through=tuple(map(given, said.through)))


def _without_unused(result: Cast) -> None:
    """Leave out actors whom only a mark told of, and no mark does any more."""
    result.analysis = replace(
        result.analysis,
        actors=tuple(
            actor
            for actor in result.analysis.actors
            if not casting.IMPLIED.fullmatch(actor.id)
            or actor.id in result.standing
            or any(actor.id == source.actor for said in result.analysis.attributions for source in _sources(said))
        ),
    )
