"""Which sentences of two texts tell the same: those that passages have in common, and those enclosed between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.corpus.changes.sides import Pair, Side, matches, pair
from sayso.model import Passage

FAR = 120
"""Words between two passages, from which what lies between belongs to neither."""
SENTENCES = 4
"""The most sentences on one side that are compared with those of the other as one."""
FEWEST = 3
"""Telling words that two sentences share at least, if they tell the same."""
SHARE = 0.5
"""The share of the shorter sentence's telling words at least, where it is so."""


@dataclass(frozen=True, slots=True)
class Region:
    """Stretches of two texts that follow each other: whole sentences, by their numbers (first, and behind the last)."""

    ours: tuple[int, int]
    theirs: tuple[int, int]


def regions(one: Side, other: Side, passages: Sequence[Passage]) -> list[Region]:
    """The passages in whole sentences, those near each other in both texts made one."""
    chains: list[list[int]] = []
    for passage in sorted(passages, key=lambda passage: passage.spans):
        ours = one.words_in(passage.spans[0].start, passage.spans[-1].end)
        theirs = other.words_in(passage.other_spans[0].start, passage.other_spans[-1].end)
        if ours[0] == ours[1] or theirs[0] == theirs[1]:
            continue
        last = chains[-1] if chains else None
        if last and 0 <= ours[0] - last[1] <= FAR and 0 <= theirs[0] - last[3] <= FAR:
            last[1], last[3] = ours[1], theirs[1]
        else:
            chains.append([*ours, *theirs])
    return [
        Region(
            (one.sentence_of(a), one.sentence_of(b - 1) + 1),
            (other.sentence_of(c), other.sentence_of(d - 1) + 1),
        )
        for a, b, c, d in chains
    ]


def pairs(one: Side, other: Side, region: Region) -> list[Pair]:
    """The sentences of a region that tell the same, side by side; one may have become two."""
    ours = one.sentences[region.ours[0]], one.sentences[region.ours[1]]
    theirs = other.sentences[region.theirs[0]], other.sentences[region.theirs[1]]
    shared = matches(one.keys[slice(*ours)], other.keys[slice(*theirs)])
    counts: dict[tuple[int, int], int] = {}
    for own, place in shared.items():
        if one.telling[ours[0] + own]:
            both = one.sentence_of(ours[0] + own), other.sentence_of(theirs[0] + place)
            counts[both] = counts.get(both, 0) + 1
    linked = [both for both, count in counts.items() if _tell_the_same(one, other, both, count)]
    return [
        pair(
            one,
            other,
            (one.sentences[a], one.sentences[b + 1]),
            (other.sentences[c], other.sentences[d + 1]),
        )
        for a, b, c, d in _groups(sorted(linked))
        if b - a < SENTENCES and d - c < SENTENCES
    ]


def _tell_the_same(one: Side, other: Side, both: tuple[int, int], count: int) -> bool:
    telling = sum(one.telling[slice(*one.sentence(both[0]))]), sum(other.telling[slice(*other.sentence(both[1]))])
    return count == max(telling) or (count >= FEWEST and count >= SHARE * min(telling))


def _groups(linked: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Linked sentences that share one made a group: first and last of the one, first and last of the other."""
    group: list[int] = []
    for own, place in linked:
        if group and (own <= group[1] or place <= group[3]):
            group[1], group[2], group[3] = max(group[1], own), min(group[2], place), max(group[3], place)
        else:
            if group:
                yield group[0], group[1], group[2], group[3]
            group = [own, own, place, place]
    if group:
        yield group[0], group[1], group[2], group[3]
