"""Sentences that one text has and the other leaves out, where they matter: denials, caveats, and whose word it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.corpus.changes import tables
from sayso.corpus.changes.hedges import hedges
from sayso.corpus.changes.pairing import Region
from sayso.corpus.changes.sides import Pair, Side
from sayso.model import Span

LATEST = 14
"""The last word of a sentence with which its matter begins, if the sentence is about it."""
NEAR = 3
"""Sentences within which the next one lies that both texts tell."""
TAIL = 6
"""Sentences behind what the texts share that are looked at where the other text breaks off."""


@dataclass(frozen=True, slots=True)
class Omitted:
    """A sentence that the other text does not have, what is in it ("a denial"), and the words that say so."""

    sentence: Span
    what: str
    reason: str


def omitted(region: Region, pairs: Sequence[Pair]) -> Iterator[Omitted]:
    """The sentences of the one text, between those that both tell, whose matter the other does not have."""
    one, other = pairs[0].one, pairs[0].other
    partners = {number: pair for pair in pairs for number in _numbers(one, pair.ours)}
    for number in range(region.ours[0], min(region.ours[1] + TAIL, one.last_sentence + 1)):
        if number in partners or not _is_enclosed(number, partners, other):
            continue
        first, end = one.sentence(number)
        for what, word, reason in _matters(one, first, end):
            if not _told(one, other, (first, end), what):
                yield Omitted(one.span(first, end), what, f"“{word}” {reason}")
                break


def _numbers(side: Side, words: tuple[int, int]) -> range:
    return range(side.sentence_of(words[0]), side.sentence_of(words[1] - 1) + 1)


def _is_enclosed(number: int, partners: dict[int, Pair], other: Side) -> bool:
    """Whether sentences on either side are told in the other text too, where they follow each other closely, or the
    other text breaks off after the one before."""
    before = next((partners[near] for near in range(number - 1, number - TAIL, -1) if near in partners), None)
    if before is None:
        return False
    last = other.sentence_of(before.theirs[1] - 1)
    if last == other.last_sentence:
        return True
    behind = next((partners[near] for near in range(number + 1, number + NEAR) if near in partners), None)
    near = any(number - step in partners for step in range(1, NEAR))
    return near and behind is not None and 0 < other.sentence_of(behind.theirs[0]) - last <= NEAR


def _matters(side: Side, first: int, end: int) -> Iterator[tuple[str, str, str]]:
    """What of weight is in a sentence outside of quotation marks: what it is, the words, and why."""
    start, stop = side.starts[first], side.ends[min(end, first + LATEST) - 1]
    for what, key in (("a denial", "denial"), ("whose word it is", "sourcing")):
        for match in tables.pattern(key, "patterns").finditer(side.text, start, stop):
            if not side.quoted[side.words_in(match.start(), match.end())[0]]:
                yield what, match[0], f"tells {what} ({tables.source(tables.table(key)['source'])})"
                break
    for hedge in hedges(side, range(first, end)):
        if hedge.kind == "caveat":
            word = side.text[side.starts[hedge.first] : side.ends[hedge.end - 1]]
            yield "a caveat", word, f"says that it has not been checked ({tables.source('reuters')})"
            return


def _told(one: Side, other: Side, words: tuple[int, int], what: str) -> bool:
    """Whether some sentence of the other text has the same kind of matter and any telling word of the sentence."""
    telling = {one.keys[word] for word in range(*words) if one.telling[word]}
    if not telling & other.vocabulary:
        return False
    for number in range(other.last_sentence + 1):
        first, end = other.sentence(number)
        if not telling.isdisjoint(other.keys[first:end]) and any(
            found == what for found, _, _ in _matters(other, first, end)
        ):
            return True
    return False
