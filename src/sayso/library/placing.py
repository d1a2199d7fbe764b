"""Laying what persons say of marks on the marks of an analysis, whichever version of Sayso made it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sayso.library import casting, readings
from sayso.library.casting import Doings
from sayso.library.folding import Thing
from sayso.library.readings import Mark
from sayso.library.wording import line
from sayso.model import Analysis, Attribution, Source, Wording
from sayso.model.correction import Corrected, Reading


def placed(
    analysis: Analysis, kind: Corrected, things: Sequence[Thing], log: Doings
) -> tuple[Analysis, dict[str, Thing]]:
    """An analysis with the marks of one kind as persons say, and whose word stands on which of them.

    Each thing first takes the mark that it is, and gives it its words; then what persons rejected, or what cannot stand
    beside their word, goes. Which marks go does not depend on which were taken, so that doing it twice changes nothing.
    """
    if not things:
        return analysis, {}
    marks: list[Mark] = list(getattr(analysis, readings.FIELDS[kind]))
    taken = _taken(marks, things)
    whose: dict[int, Thing] = {}
    left: list[Mark] = []
    for index, mark in enumerate(marks):
        thing = taken.get(index)
        if thing is None and any(_is_against(each, mark) for each in things):
            continue
        if thing is not None:
            analysis, made = _made(analysis, thing, mark, log)
            whose[id(made)] = thing
        left.append(mark if thing is None else made)
    taking = {id(thing) for thing in taken.values()}
    for thing in things:
        if thing.final is not None and id(thing) not in taking:
            analysis, made = _made(analysis, thing, None, log)
            whose[id(made)] = thing
            left.append(made)
    left.sort(key=lambda mark: min((span.start for span in readings.whole(mark)), default=0))
    found: dict[str, Any] = {readings.FIELDS[kind]: tuple(left)}
    analysis = replace(analysis, **found)
    numbered = zip(readings.keyed(analysis, kind), left, strict=True)
    return analysis, {key: whose[id(mark)] for key, mark in numbered if id(mark) in whose}


def _taken(marks: Sequence[Mark], things: Sequence[Thing]) -> dict[int, Thing]:
    """For the marks that are things of persons, which: the very same first, then the most alike."""
    taken: dict[int, Thing] = {}
    wanting = [thing for thing in things if thing.final is not None]
    for thing in list(wanting):
        for index, mark in enumerate(marks):
            if index not in taken and thing.final is not None and readings.exact(mark, thing.final):
                taken[index] = thing
                wanting.remove(thing)
                break
    for thing in wanting:
        free = [(_fit(thing, mark), -index) for index, mark in enumerate(marks) if index not in taken]
        best = max(free, default=((0, 0.0), 0))
        if best[0][0]:
            taken[-best[1]] = thing
    return taken


def _fit(thing: Thing, mark: Mark) -> tuple[int, float]:
    """How well a mark is what a person spoke of: what it was read as before comes before what it shall be."""
    for rank, others in ((2, thing.origins), (1, [thing.final] if thing.final is not None else [])):
        found = [readings.alike(readings.whole(mark), readings.whole(o)) for o in others if readings.same(mark, o)]
        if found:
            return rank, max(found)
    return 0, 0.0


def _is_against(thing: Thing, mark: Mark) -> bool:
    """Whether a mark is what a person rejected or replaced, or cannot stand beside what they said instead."""
    if thing.final is not None and readings.rival(mark, thing.final):
        return True
    return any(readings.same(mark, origin) for origin in thing.origins)


def _made(analysis: Analysis, thing: Thing, mark: Mark | None, log: Doings) -> tuple[Analysis, Mark]:
    """A mark as a person says, in the place of one that was read, or new."""
    final = thing.final
    if final is None:
        raise AssertionError("only what is something in the end is made")
    reasons = tuple(dict.fromkeys((*final.reasons, *map(line, thing.corrections))))
    id_ = getattr(mark, "id", f"p{thing.corrections[0].id}")
    if isinstance(final, Wording):
        return analysis, replace(final, reasons=reasons)
    final = replace(final, id=id_, reasons=reasons)
    if not isinstance(final, Attribution):
        return analysis, final
    now = mark if isinstance(mark, Attribution) else None
    analysis, final = _known(analysis, thing, final, now, log)
    probability = final.probability if thing.last.action == "accept" else None
    parent = now.parent if now is not None else None
    return analysis, replace(final, parent=parent, certainty="certain", probability=probability)


def _known(
    analysis: Analysis, thing: Thing, said: Attribution, now: Attribution | None, log: Doings
) -> tuple[Analysis, Attribution]:
    """A statement of a person with its sources as this analysis knows them; `now` is whose place it takes."""
    refs, new = (thing.reading or {}).get("refs", {}), f"p{thing.corrections[0].id}"
    at = [now.source, now.recipient, *now.through] if now is not None else []

    def known(source: Source, number: int) -> Source:
        nonlocal analysis
        there = at[number] if number < len(at) else None
        present = there.actor if there is not None else None
        if source.actor in refs:
            analysis, actor = casting.resolved(analysis, refs[source.actor], present, f"{new}-{number}", log)
            return replace(source, actor=actor)
        return source if any(actor.id == source.actor for actor in analysis.actors) else replace(source, actor=None)

    source = known(said.source, 0)
    recipient = known(said.recipient, 1) if said.recipient is not None else None
    through = tuple(known(each, number) for number, each in enumerate(said.through, 2))
    return analysis, replace(said, source=source, recipient=recipient, through=through)


def referring(analysis: Analysis, whose: Mapping[Corrected, Mapping[str, Thing]]) -> Analysis:
    """An analysis in which the statements that persons' marks refer to are those of this analysis."""

    def meant(kind: Corrected, key: str, now: str | None) -> str | None:
        thing = whose.get(kind, {}).get(key)
        if thing is None or thing.reading is None:
            return now
        ref = thing.reading.get("parent" if kind == "attribution" else "attribution")
        found = _statement(analysis, thing.reading.get("refs", {}), ref) if ref is not None else None
        return found or (now if kind == "attribution" else None)

    return replace(
        analysis,
        attributions=tuple(replace(a, parent=meant("attribution", a.id, a.parent)) for a in analysis.attributions),
        wordings=tuple(
            replace(found, attribution=meant("wording", f"wording {number}", found.attribution))
            for number, found in enumerate(analysis.wordings)
        ),
        claims=tuple(replace(c, attribution=meant("claim", c.id, c.attribution)) for c in analysis.claims),
    )


def _statement(analysis: Analysis, refs: Mapping[str, Reading], key: str) -> str | None:
    """The id by which this analysis knows the statement that a reading calls `key`."""
    if key not in refs:
        return next((said.id for said in analysis.attributions if said.id == key), None)
    wanted = readings.parsed("attribution", refs[key], Attribution)
    ranked = [
        ((readings.exact(said, wanted), readings.alike(readings.whole(said), readings.whole(wanted))), -number, said.id)
        for number, said in enumerate(analysis.attributions)
        if readings.same(said, wanted)
    ]
    return max(ranked)[2] if ranked else None
