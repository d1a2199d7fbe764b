"""Runs of words that stand in two texts, word for word: where each begins here and there, and how long it is.

The cost is near linear in the length of the texts, also when they repeat one sentence a thousand times: a run of words
that both have often is paired in the order of its occurrences, and not each with each.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sayso.corpus.tokens import Flags, Numbers, Places, runs
from sayso.corpus.worded import SEED, Worded

OFTEN = 16
"""Pairs of one run's occurrences in the two texts, above which they are paired in order only."""
MOST = 20_000
"""Blocks that are looked at, the longest first."""
BACK = 8
"""Blocks before one that it may follow in a chain."""
NEAR = 40
"""Words that may lie between a block and the next of its chain."""
DRIFT = 0.25
"""What a word between two blocks of a chain takes from its length in words."""


class Block(NamedTuple):
    """`length` words that are equal, from the words `start` and `other` of the two texts on."""

    start: int
    other: int
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def other_end(self) -> int:
        return self.other + self.length


def blocks(one: Worded, other: Worded) -> list[Block]:
    """The longest equal runs of `SEED` words or more, sorted by place in `one`, where they do not overlap.

    Where a word has several partners, those win that lie on the longest chain of blocks in the same order.

    >>> one, other = Worded.of("He came, saw the old dam and left."), Worded.of("Ada saw the old dam and wept.")
    >>> blocks(one, other)
    [Block(start=2, other=1, length=5)]
    """
    found, often = _seeds(one, other)
    if not len(found):
        return []
    rows = _diagonals(found)
    if often:
        rows = _extended(rows, one.words.keys, other.words.keys)
    if len(rows) > MOST:
        rows = rows[np.sort(np.argsort(-rows[:, 2], kind="stable")[:MOST])]
    return _chosen([Block(*row) for row in rows.tolist()], one.words.keys, other.words.keys)


def _seeds(one: Worded, other: Worded) -> tuple[Places, bool]:
    """Pairs of places at which the same run of `SEED` words begins, and whether some were too many to take them all."""
    first = np.searchsorted(other.runs, one.runs, "left")
    counts = np.searchsorted(other.runs, one.runs, "right") - first
    shared = np.flatnonzero(counts)
    if not len(shared):
        return np.zeros((0, 2), np.int64), False
    first, counts = first[shared], counts[shared]
    begins = np.searchsorted(one.runs, one.runs[shared], "left")
    here = np.searchsorted(one.runs, one.runs[shared], "right") - begins
    often = here * counts > OFTEN
    taken = np.where(often, 0, counts)
    which = np.repeat(np.arange(len(shared)), taken)
    steps = np.arange(len(which)) - np.repeat(np.cumsum(taken) - taken, taken)
    pairs = [np.stack((one.places[shared[which]], other.places[first[which] + steps]), axis=1)]
    if often.any():
        rank, here, first, counts = (shared - begins)[often], here[often], first[often], counts[often]
        forth = first + rank % counts
        back = first + counts - 1 - (here - 1 - rank) % counts
        pairs += [np.stack((one.places[shared[often]], other.places[order]), axis=1) for order in (forth, back)]
    return np.concatenate(pairs), bool(often.any())


def _diagonals(pairs: Places) -> Places:
    """Rows of start, other and length: pairs that follow each other in both texts are one block."""
    width = int(pairs[:, 0].max()) + 2  # one more than the last place, so that diagonals do not touch
    numbers = np.unique((pairs[:, 1] - pairs[:, 0]) * width + pairs[:, 0])
    breaks = np.flatnonzero(np.diff(numbers) != 1) + 1
    begins = np.concatenate((np.zeros(1, np.int64), breaks))
    lengths = np.diff(np.concatenate((begins, np.full(1, len(numbers))))) + SEED - 1
    starts = numbers[begins] % width
    return _sorted(np.stack((starts, numbers[begins] // width + starts, lengths), axis=1))


def _extended(rows: Places, keys: Numbers, other_keys: Numbers) -> Places:
    """Blocks made as long as they can be, by jumps of powers of two: comparing word by word could cost the square."""
    starts, others, lengths = rows.T.copy()
    power = min(len(keys), len(other_keys)).bit_length() - 1
    for jump in (1 << exponent for exponent in range(power, -1, -1)):
        here, there = runs(keys, jump), runs(other_keys, jump)
        lengths += jump * _equal(here, there, starts + lengths, others + lengths)
        back = jump * _equal(here, there, starts - jump, others - jump)
        starts, others, lengths = starts - back, others - back, lengths + back
    return _sorted(np.unique(np.stack((starts, others, lengths), axis=1), axis=0))


def _equal(here: Numbers, there: Numbers, places: Places, others: Places) -> Flags:
    """Whether the same run begins at both places; false where one is outside of its text."""
    inside = (places >= 0) & (others >= 0) & (places < len(here)) & (others < len(there))
    flags = np.zeros(len(places), np.bool_)
    flags[inside] = here[places[inside]] == there[others[inside]]
    return flags


def _sorted(rows: Places) -> Places:
    return rows[np.lexsort((rows[:, 1], rows[:, 0]))]


def _chosen(found: Sequence[Block], keys: Numbers, other_keys: Numbers) -> list[Block]:
    """Blocks that do not overlap in the one text, and not by a few words in the other; the best chains first."""
    scores, before = _chained(found)
    taken, other_taken = np.zeros(len(keys), np.bool_), np.zeros(len(other_keys), np.bool_)
    used: set[int] = set()
    chosen: list[Block] = []
    for last in sorted(range(len(found)), key=lambda place: (-scores[place], found[place])):
        at = last
        while at >= 0 and at not in used:
            used.add(at)
            block = _free(found[at], taken, other_taken)
            at = before[at]
            if block and (keys[block.start : block.end] == other_keys[block.other : block.other_end]).all():
                taken[block.start : block.end] = other_taken[block.other : block.other_end] = True
                chosen.append(block)
    return sorted(chosen)


def _chained(found: Sequence[Block]) -> tuple[list[float], list[int]]:
    """For each block, the score of the best chain that ends with it, and the block before it there (-1: none)."""
    scores: list[float] = []
    before: list[int] = []
    for place, (start, other, length) in enumerate(found):
        best, link = 0.0, -1
        for back in range(place - 1, max(place - BACK, 0) - 1, -1):
            early, early_other, before_it = found[back]
            here, there = start - early - before_it, other - early_other - before_it
            if early == start or early_other >= other or not -NEAR <= here <= NEAR or not -NEAR <= there <= NEAR:
                continue
            overlap = max(0, -here, -there)
            score = scores[back] - overlap - DRIFT * (abs(here - there) if overlap else max(here, there))
            if score > best:
                best, link = score, back
        scores.append(length + best)
        before.append(link)
    return scores, before


def _free(block: Block, taken: Flags, other_taken: Flags) -> Block | None:
    """The longest stretch of a block that is not taken yet, if it is long enough to be one.

    In the other text, all of it may be taken, since one sentence can be repeated; a few words at its ends are there by
    chance and belong to their neighbour.
    """
    flags = taken[block.start : block.start + block.length]
    there = other_taken[block.other : block.other + block.length]
    if not flags.any() and not there.any():
        return block
    if np.count_nonzero(there) < SEED:
        flags = flags | there
    edges = np.concatenate((np.full(1, -1), np.flatnonzero(flags), np.full(1, block.length)))
    widest = int(np.argmax(np.diff(edges)))
    start, end = int(edges[widest]) + 1, int(edges[widest + 1])
    return Block(block.start + start, block.other + start, end - start) if end - start >= SEED else None
