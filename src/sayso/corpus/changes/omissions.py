"""Sentences that one text has and the other leaves out, where they matter: denials, caveats, and whose word it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.corpus.changes import tables
from sayso.corpus.changes.hedges import hedges
from sayso.corpus.changes.pairing import Region
from sayso.corpus.changes.sides import Pair, Side
from sayso.model import Span

TAIL = 6
"""Sentences behind what the texts share that are looked at where the other text breaks off."""


@dataclass(frozen=True, slots=True)
class Omitted:
    """A sentence that the other text does not have, what is in it ("a denial"), and the words that say so."""

    sentence: Span
    what: str
    reason: str


def omitted(one: Side, other: Side, region: Region, pairs: Sequence[Pair]) -> Iterator[Omitted]:
    """The sentences of the one text, in and beside what both tell, whose matter the other does not have."""
    paired = {number for pair in pairs for number in _numbers(one, pair.ours)}
    for number in _looked_at(one, other, region):
        if number in paired:
            continue
        first, end = one.sentence(number)
        for what, word, reason in _matters(one, first, end):
            if not _told(one, other, (first, end), what):
                yield Omitted(one.span(first, end), what, f"“{word}” {reason}")
                break


def _numbers(side: Side, words: tuple[int, int]) -> range:
    return range(side.sentence_of(words[0]), side.sentence_of(words[1] - 1) + 1)


def _looked_at(one: Side, other: Side, region: Region) -> range:
    """The sentences of a region with one on either side; where the other text ends with it, those behind, too."""
    breaks_off = region.theirs[1] > other.last_sentence
    behind = TAIL if breaks_off else 1
    return range(max(0, region.ours[0] - 1), min(region.ours[1] + behind, one.last_sentence + 1))


def _matters(side: Side, first: int, end: int) -> Iterator[tuple[str, str, str]]:
    """What of weight is in a sentence outside of quotation marks: what it is, the words, and why."""
    start, stop = side.starts[first], side.ends[end - 1]
    for what, key in (("a denial", "denial"), ("whose word it is", "sourcing")):
        for match in tables.pattern(key, "patterns").finditer(side.text, start, stop):
            if not side.quoted[side.words_in(match.start(), match.end())[0]]:
                yield what, match[0], f"tells {what} ({tables.source(tables.table(key)['source'])})"
                break
    for hedge in hedges(side, first, end):
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
