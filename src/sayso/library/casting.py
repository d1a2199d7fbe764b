"""Who is who, as persons say: actors renamed, made one, told apart, added and taken out, wherever they speak."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sayso.errors import SaysoError
from sayso.library import readings
from sayso.library.wording import line
from sayso.model import Actor, Analysis, Anonymity, Source, Span, Spans, covered, words_of
from sayso.model.correction import Correction, Reading

Moving = Callable[[str | None, Spans], str | None]
IMPLIED = re.compile(r"p\w+-\d+")  # the id of an actor whom only a corrected mark tells of
MOSTLY = 0.5  # the share of the places of an actor that another must have to be the same


class Doings(NamedTuple):
    """What is persons' doing in an analysis: what bears one of the `lines`, and who speaks at these `places`."""

    lines: frozenset[str]
    places: frozenset[Span]


NOTHING = Doings(frozenset(), frozenset())


def doings(log: Iterable[Correction]) -> Doings:
    """What the corrections of a log do. A place is told where a person's statement gives it to somebody."""
    lines, places = set(), set()
    for each in log:
        lines.add(line(each))
        for reading in (each.machine, each.person) if each.kind == "attribution" else ():
            places |= set(spans_of((reading or {}).get("source") or {}))
    return Doings(frozenset(lines), frozenset(places))


@dataclass(slots=True)
class Cast:
    """The result so far: an analysis, whose word stands on which actor, and what found nobody to stand on.

    `log` is what is a person's doing in it, `coming` are the lines of later corrections.
    """

    analysis: Analysis
    log: Doings = NOTHING
    standing: dict[str, Correction] = field(default_factory=dict)
    unplaced: list[Correction] = field(default_factory=list)
    coming: frozenset[str] = frozenset()


def cast(result: Cast, corrections: Sequence[Correction]) -> None:
    """Apply the corrections of actors, in the order of the log. What an actor bears already is not done again.

    What was said of somebody before they were rejected is of no account, so that it is not said of another.
    """
    rejected = {
        reason for each in corrections if each.action == "reject" for reason in (each.machine or {}).get("reasons", ())
    }
    for number, each in enumerate(corrections):
        if each.action in ("accept", "add", "change") and line(each) in rejected:
            continue
        result.coming = frozenset(map(line, corrections[number + 1 :]))
        done = [actor for actor in result.analysis.actors if line(each) in actor.reasons]
        try:
            machine, person = (anchored(told, result.analysis.article.text) for told in (each.machine, each.person))
            if done:
                result.standing[done[0].id] = each
            elif each.action == "reject":
                _reject(result, each, machine)
            else:
                _ACTS[each.action](result, each, machine, person)
        except (SaysoError, LookupError):
            result.unplaced.append(each)


def is_of_a_mark(correction: Correction) -> bool:
    """Whether somebody is meant whom only a corrected mark tells of, and who is there only with the mark."""
    told = (correction.machine or {}, correction.person or {})
    return any(IMPLIED.fullmatch(str(reading.get("id", ""))) for reading in told)


def anchored(reading: Reading | None, text: str) -> Reading:
    """A reading with its places in a text, or with none where they are not there; {} for none."""
    if reading is None:
        return {}
    found = readings.anchored(reading, text)
    return {**reading, "spans": []} if found is None else found  # the names are left, and may be enough


# --- finding an actor again ------------------------------------------------------------------------------------------


def find(analysis: Analysis, reading: Reading, log: Doings, coming: frozenset[str] = frozenset()) -> Actor | None:
    """The actor that a reading of an earlier analysis means: by its names, by where the text speaks of it, by its id.

    None of them alone is sure: two groups are both "officials", ids begin anew in each analysis, and a later version
    may give a place to somebody else, about whom the person said nothing. Whoever bears the line of a correction that
    is still `coming`, and not that of this one, was not found by this one before, and so is not meant.
    """
    own = reading.get("id")
    found = [
        (there, actor.id == own, _plain(actor.name) == _plain(reading.get("name", "")), actor)
        for actor, there in _candidates(analysis, reading, log)
        if (actor.id == own or not IMPLIED.fullmatch(actor.id)) and coming.isdisjoint(actor.reasons)
    ]
    fitting = [each for each in found if each[0] > 0 or each[1]]
    return max(fitting, key=lambda each: each[:3])[3] if fitting else None


def _candidates(analysis: Analysis, reading: Reading, log: Doings) -> Iterator[tuple[Actor, float]]:
    """Those who are called as a reading calls somebody, and the share of its places at which they are read.

    For a reading without places that is all of them.
    """
    spans, names = _read_at(reading, log), _names(reading)
    read = replace(analysis, attributions=tuple(a for a in analysis.attributions if log.lines.isdisjoint(a.reasons)))
    for actor in analysis.actors:
        if not names.isdisjoint(map(_plain, (actor.name, *actor.names))):
            yield actor, covered(spans, readings.places(read, actor.id)) if spans else 1.0


def _read_at(reading: Reading, log: Doings) -> Spans:
    """Where a reading has an actor, without the places that a person's statement gave it."""
    return tuple(span for span in spans_of(reading) if span not in log.places)


def called(actor: Actor, reading: Reading) -> bool:
    """Whether an actor has a name that a reading has."""
    return not _names(reading).isdisjoint(map(_plain, (actor.name, *actor.names)))


def _names(reading: Reading) -> set[str]:
    return {_plain(name) for name in (reading.get("name", ""), *reading.get("names", ()))}


def spans_of(reading: Reading) -> Spans:
    """Where a reading of an actor has it."""
    return tuple(Span(*span) for span in reading.get("spans", ()))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def resolved(analysis: Analysis, told: Reading, now: str | None, new: str, log: Doings) -> tuple[Analysis, str]:
    """The id by which an analysis knows an actor that a mark's reading tells of; who is not known is put in, as `new`.

    `now` is who the mark is given to at present: that is who is meant, if the name fits.
    """
    fitting = [actor for actor in analysis.actors if called(actor, told)]
    given = next((actor for actor in fitting if actor.id in (now, new)), None)
    found = given or find(analysis, told, log) or (fitting[0] if len(fitting) == 1 else None)
    if found is not None:
        return analysis, found.id
    known = readings.parsed("actor", told, Actor)
    reasons = tuple(reason for reason in known.reasons if reason not in log.lines)
    made = replace(known, id=new, owner=None, members=(), reasons=reasons)
    return replace(analysis, actors=(*analysis.actors, made)), new


# --- the acts --------------------------------------------------------------------------------------------------------


def _found(result: Cast, reading: Reading) -> Actor:
    found = find(result.analysis, reading, result.log, result.coming)
    if found is None:
        raise LookupError(reading.get("name"))
    return found


def _put(result: Cast, each: Correction, actor: Actor) -> None:
    """Put an actor, new or not, into the analysis, with whose word it is."""
    said = line(each)
    actor = actor if said in actor.reasons else replace(actor, reasons=(*actor.reasons, said))
    if actor.named:
        actor = replace(actor, anonymity=None)
    known = [other.id for other in result.analysis.actors]
    actors = tuple(actor if other.id == actor.id else other for other in result.analysis.actors)
    result.analysis = replace(result.analysis, actors=actors if actor.id in known else (*actors, actor))
    result.standing[actor.id] = each


def _accept(result: Cast, each: Correction, machine: Reading, _person: Reading) -> None:
    _put(result, each, _found(result, machine))


def _reject(result: Cast, each: Correction, machine: Reading) -> None:
    """Nobody of that name, at those places; where nobody is left there, there is nothing to take out."""
    for actor, there in list(_candidates(result.analysis, machine, result.log)):
        if there >= MOSTLY and result.coming.isdisjoint(actor.reasons):
            result.analysis = without(result.analysis, actor.id, line(each))
            result.standing.pop(actor.id, None)


def without(analysis: Analysis, id_: str, why: str) -> Analysis:
    """An analysis without an actor; what it said is said by somebody who is not resolved, and `why`."""
    moved = moving(analysis, lambda actor, _: None if actor == id_ else actor, why)
    return replace(moved, actors=tuple(actor for actor in moved.actors if actor.id != id_))


def _change(result: Cast, each: Correction, machine: Reading, person: Reading) -> None:
    found = _found(result, machine)
    given = readings.parsed("actor", person, Actor)
    names = tuple(dict.fromkeys((*given.names, *found.names, given.name)))
    _put(result, each, replace(found, name=given.name, kind=given.kind, named=given.named, names=names))
    result.analysis = _of_kind(result.analysis, found, given)


def _of_kind(analysis: Analysis, old: Actor, new: Actor) -> Analysis:
    """Sources that were of the kind that their actor was are of the kind that it is now."""

    def renewed(source: Source) -> Source:
        return replace(source, kind=new.kind) if source.actor == old.id and source.kind == old.kind else source

    return _sources(analysis, renewed)


def _add(result: Cast, each: Correction, _machine: Reading, person: Reading) -> None:
    """Somebody who was missed, or was missed at some places; who is there by that name is who it is."""
    given, own = readings.parsed("actor", person, Actor), set(spans_of(person))
    named = [actor for actor in result.analysis.actors if _plain(actor.name) == _plain(given.name)]
    known = [actor for actor in named if actor.id == given.id] or named
    made = known[0] if known else replace(given, id=f"p{each.id}", owner=None, members=())
    _put(result, each, made)
    result.analysis = moving(result.analysis, lambda actor, spans: made.id if own & set(spans) else actor, line(each))


def _merge(result: Cast, each: Correction, machine: Reading, person: Reading) -> None:
    one, other = _found(result, machine), _found(result, person)
    if one.id == other.id:
        _put(result, each, one)
        return
    result.analysis = moving(result.analysis, lambda actor, _: other.id if actor == one.id else actor, line(each))
    result.analysis = replace(
        result.analysis, actors=tuple(actor for actor in result.analysis.actors if actor.id != one.id)
    )
    result.standing.pop(one.id, None)
    left = next(actor for actor in result.analysis.actors if actor.id == other.id)
    names = tuple(dict.fromkeys((*left.names, *one.names, one.name)))
    named = left.named or one.named
    reasons = (*left.reasons, *(reason for reason in one.reasons if reason in result.log.lines))
    together = _together(left.anonymity, one.anonymity)
    both = replace(left, names=names, named=named, reasons=reasons, anonymity=together)
    _put(result, each, both)


def _together(one: Anonymity | None, other: Anonymity | None) -> Anonymity | None:
    if one is None or other is None:
        return one or other
    return Anonymity(
        *(tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name)))) for name in Anonymity.__slots__)
    )


def _split(result: Cast, each: Correction, machine: Reading, person: Reading) -> None:
    """Two who were taken for one: the new one has the places that the person gave it, or those of its names."""
    analysis, given = result.analysis, readings.parsed("actor", person, Actor)
    own, names = set(spans_of(person)), {_plain(name) for name in (given.name, *given.names)}
    apart = _already_apart(analysis, machine, person)
    if apart is None:
        old = _found(result, {**machine, "spans": [s for s in machine.get("spans", []) if Span(*s) not in own]})
        text = analysis.article.text

        def goes(spans: Spans) -> bool:
            return bool(own & set(spans)) if own else bool(spans) and _plain(words_of(spans, text)) in names

        if not any(goes((place,)) for place in readings.places(analysis, old.id)):
            raise LookupError("no place of the one is the other's")
        new = replace(given, id=f"p{each.id}", owner=None, members=())
        result.analysis = replace(analysis, actors=(*analysis.actors, new))
        result.analysis = moving(
            result.analysis, lambda actor, spans: new.id if actor == old.id and goes(spans) else actor, line(each)
        )
        _divide(result, old.id, new)
        apart = next(actor for actor in result.analysis.actors if actor.id == new.id)
    _put(result, each, apart)


def _already_apart(analysis: Analysis, machine: Reading, person: Reading) -> Actor | None:
    """The new one, where the analysis tells the two apart by itself."""
    own = spans_of(person)
    for actor in analysis.actors:
        places = readings.places(analysis, actor.id)
        named = called(actor, person) or called(actor, machine)
        if own and named and not IMPLIED.fullmatch(actor.id) and covered(own, places) == covered(places, own) == 1.0:
            return actor
    return None


def _divide(result: Cast, old_id: str, new: Actor) -> None:
    """Names and statements go with the one whose they are."""
    analysis = result.analysis
    moved = {said.id for said in analysis.attributions if said.source.actor == new.id}
    old = next(actor for actor in analysis.actors if actor.id == old_id)
    kept = tuple(name for name in old.names if _plain(name) not in {_plain(n) for n in new.names}) or (old.name,)
    if old.anonymity is not None and not new.named:
        new = replace(new, anonymity=_only(old.anonymity, moved))
    rest = {said.id for said in analysis.attributions} - moved
    old = replace(old, names=kept, anonymity=_only(old.anonymity, rest) if old.anonymity else None)
    both = {old.id: old, new.id: new}
    result.analysis = replace(analysis, actors=tuple(both.get(actor.id, actor) for actor in analysis.actors))


def _only(anonymity: Anonymity, statements: set[str]) -> Anonymity:
    return replace(
        anonymity,
        statements=tuple(key for key in anonymity.statements if key in statements),
        opinions=tuple(key for key in anonymity.opinions if key in statements),
    )


_ACTS: Mapping[str, Callable[[Cast, Correction, Reading, Reading], None]] = {
    "accept": _accept,
    "change": _change,
    "add": _add,
    "merge": _merge,
    "split": _split,
}


# --- wherever an actor is referred to --------------------------------------------------------------------------------


def moving(analysis: Analysis, move: Moving, why: str) -> Analysis:
    """An analysis in which whoever is spoken of at a place is who `move` says, given who it was and the place."""
    names = {actor.id: actor for actor in analysis.actors}

    def source(given: Source) -> Source:
        to = move(given.actor, given.spans)
        return given if to == given.actor else replace(given, actor=to, reasons=_with(given.reasons, why))

    mentions = []
    for mention in analysis.mentions:
        to = move(mention.actor, mention.spans)
        same = to == mention.actor
        mentions.append(mention if same else replace(mention, actor=to, reasons=_with(mention.reasons, why)))
    return replace(
        _sources(analysis, source),
        mentions=tuple(mentions),
        actors=tuple(_among(actor, move, set(names)) for actor in analysis.actors),
    )


def _with(reasons: tuple[str, ...], why: str) -> tuple[str, ...]:
    return reasons if why in reasons else (*reasons, why)


def _among(actor: Actor, move: Moving, known: set[str]) -> Actor:
    """An actor with those it belongs to, or who belong to it, moved too."""
    owner = move(actor.owner, ()) if actor.owner else None
    members = tuple(dict.fromkeys(to for member in actor.members if (to := move(member, ())) and to in known))
    members = tuple(member for member in members if member != actor.id)
    return replace(actor, owner=owner if owner != actor.id else None, members=members)


def _sources(analysis: Analysis, renewed: Callable[[Source], Source]) -> Analysis:
    """An analysis with every source of every statement as `renewed` gives it."""
    return replace(
        analysis,
        attributions=tuple(
            replace(
                said,
                source=renewed(said.source),
                recipient=renewed(said.recipient) if said.recipient is not None else None,
                through=tuple(renewed(source) for source in said.through),
            )
            for said in analysis.attributions
        ),
    )


def sources(analysis: Analysis) -> Iterator[Source]:
    """Every source of every statement."""
    for said in analysis.attributions:
        yield said.source
        yield from (source for source in (said.recipient, *said.through) if source is not None)
