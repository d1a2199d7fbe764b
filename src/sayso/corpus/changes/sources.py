"""Sources that are lost on the way, or that gain authority."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.corpus.changes import attributing, tables
from sayso.corpus.changes.attributing import Given
from sayso.corpus.changes.sides import Pair, Side
from sayso.model import Span

KEPT = 0.6
"""The share of what a source says, in telling words, that the other text has too."""
FEWEST = 4
"""Telling words of it, at least."""
BESIDE = 4
"""Telling words beside a source by which it is told what it is the source of."""
TOLD = 10
"""Words between a verb and "that", in which it says to whom and when."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A source that the other text does not give: its words, the bare sentence, and whether it is given elsewhere."""

    phrase: Span
    bare: Span
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Promoted:
    """One source in the place of another with less authority: the words of both, and why it has less."""

    before: Span
    after: Span
    reason: str


def lost(pair: Pair) -> Iterator[Lost]:
    """The sources of the one text where the other says the same with nobody behind it."""
    one, other = pair.one, pair.other
    if not pair.left or pair.shared < FEWEST:
        return
    found = [one_of for one_of in attributing.given(one, *pair.ours) if _stands_alone(pair, one_of)]
    if not found or attributing.may_give_source(other, *pair.theirs) or any(other.quoted[slice(*pair.theirs)]):
        return
    phrases = [range(source.first, source.end) for source in found]
    if 2 * sum(one.quoted[word] for word in pair.here) > len(pair.here):  # the other has the speech itself
        return
    said = [w for w in range(*pair.ours) if one.telling[w] and not any(w in phrase for phrase in phrases)]
    if sum(word in pair.here for word in said) < max(FEWEST, KEPT * len(said)):
        return
    for source in found:
        if _is_of_what_is_told(pair, source, said) and not _near(pair, source):
            yield Lost(one.span(source.first, source.end), other.span(*pair.theirs), _elsewhere(other, one, source))


def promoted(pair: Pair) -> Iterator[Promoted]:
    """Sources without a name in whose place the later text has one with more authority."""
    if not pair.left or pair.kept < KEPT or pair.shared < FEWEST:
        return
    ours = attributing.given(pair.one, *pair.ours)
    theirs = attributing.given(pair.other, *pair.theirs) if ours else []
    if len(ours) != 1 or len(theirs) != 1:  # with several, who stands in whose place is a guess
        return
    source, later = ours[0], theirs[0]
    before, after = attributing.rung(pair.one, source.who), attributing.rung(pair.other, later.who)
    if before is None or after is None or not _is_firmer(before, after) or not _another(pair, source, later):
        return
    if before > 0 and pair.one.word(source.who[0]) == "the":  # it points back, perhaps to somebody named
        return
    standing: list[str] = tables.table("standing")["names"]
    reason = (
        f"{standing[before]} before, {standing[after]} after; it may also be another who said the same "
        f"({tables.source('reuters')})"
    )
    yield Promoted(pair.one.span(*source.who), pair.other.span(*later.who), reason)


def firmer_verbs(pair: Pair) -> Iterator[tuple[Span, Span]]:
    """Verbs that kept a distance where the later text has one that vouches, of the same source."""
    weak, firm = tables.listed("verbs", "weak"), tables.listed("verbs", "firm")
    if pair.kept < KEPT or not any(pair.one.word(word) in weak for word in pair.left):
        return
    later = attributing.given(pair.other, *pair.theirs)
    for source in attributing.given(pair.one, *pair.ours):
        if pair.one.word(source.verb) not in weak:
            continue
        names = attributing.names_of(pair.one, source.who)
        for same in later:
            if names & attributing.names_of(pair.other, same.who) and pair.other.word(same.verb) in firm:
                yield _verb(pair.one, source), _verb(pair.other, same)


def _verb(side: Side, source: Given) -> Span:
    return side.span(source.verb, source.verb + 1)


def _stands_alone(pair: Pair, source: Given) -> bool:
    """Whether somebody else than "he" is the source, and not one that the other sentence tells of."""
    names = attributing.names_of(pair.one, source.who)
    return bool(names) and not names & set(pair.other.keys[slice(*pair.theirs)])


def _is_of_what_is_told(pair: Pair, source: Given, said: Sequence[int]) -> bool:
    """Whether the other text has the words beside a source: behind it, before it, or in the midst on both sides.

    `said` are the telling words of the sentences that belong to no source.
    """
    one = pair.one
    start = next((word + 1 for word in range(source.end, source.end + TOLD) if one.word(word) == "that"), source.end)
    first, end = one.sentence(one.sentence_of(source.first))
    before = [word for word in reversed(said) if first <= word < source.first][:BESIDE]
    behind = [word for word in said if start <= word < end][:BESIDE]
    sides = [side for side in (before, behind) if len(side) > 1 or len(before) + len(behind) < BESIDE]
    return all(2 * sum(word in pair.here for word in side) >= len(side) for side in sides)


def _near(pair: Pair, source: Given) -> bool:
    """Whether a sentence beside the other one gives the source, or the one before any at all."""
    other = pair.other
    first, last = other.sentence_of(pair.theirs[0]), other.sentence_of(pair.theirs[1] - 1)
    names = attributing.names_of(pair.one, source.who)
    if first > 0 and attributing.given(other, *other.sentence(first - 1)):
        return True
    beside = range(max(0, first - 1), min(last + 1, other.last_sentence) + 1)
    return any(names & set(other.keys[slice(*other.sentence(number))]) for number in beside)


def _elsewhere(other: Side, one: Side, source: Given) -> bool:
    """Whether the other text gives the source in any sentence."""
    names = attributing.names_of(one, source.who)
    if not names & other.vocabulary:
        return False
    return any(names & attributing.names_of(other, given.who) for given in attributing.given(other, 0, len(other)))


def _another(pair: Pair, source: Given, later: Given) -> bool:
    """Whether the two sources are told of with other words; a source may only have lost its "unnamed"."""
    inside = range(source.first, source.end)
    ours = {pair.one.keys[word] for word in range(*pair.ours) if word not in inside}
    before, after = _head(pair.one, source), _head(pair.other, later)
    if after & ours or (before & set(pair.other.keys[slice(*pair.theirs)]) - after):
        return False
    hidden = tables.listed("anonymity", "words")
    unnamed = any(pair.one.word(word) in hidden for word in range(*source.who))
    return unnamed or not before & after


def _head(side: Side, source: Given) -> frozenset[int]:
    return attributing.names_of(side, attributing.head(side, source.who))


def _is_firmer(before: int, after: int) -> bool:
    """Whether a rung can be the other one's, told of as more: residents are no army, whatever its word weighs."""
    return after in tables.table("standing")["above"][before]
