"""Stretches of two texts that are alike: which words of them are equal, and how much that proves."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq

from sayso.corpus.blocks import Block
from sayso.corpus.tokens import Flags
from sayso.corpus.worded import Weights, Worded, among

NAME = 0.75
COMMON = 0.5
"""What an equal word proves, where others prove 1: two reports of one event share its names without a copy, and a
word that stands everywhere is in the same place by chance."""
DIFFERING = 0.6
"""What a word that differs takes away."""


class Part(NamedTuple):
    """Words from `start` to before `end` in the one text and what they are in the other, with what is `equal` there.

    `proof` is in words: what the equal ones prove, less what those that differ disprove.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    equal: tuple[Block, ...]
    proof: float

    @property
    def shared(self) -> int:
        return sum(block.length for block in self.equal)

    @property
    def longer(self) -> int:
        return max(self.end - self.start, self.other_end - self.other_start)


def summed(each: Weights | Flags) -> list[float]:
    """Sums from the first word to before each, so that what lies in a block is one difference; one more than words."""
    return [0.0, *np.cumsum(each, dtype=np.float64).tolist()]


def named(one: Worded, other: Worded) -> Flags:
    """Which words of the one text are numbers, or names in either text."""
    names = np.concatenate((one.words.keys[one.names], other.words.keys[other.names]))
    return one.numbers | among(one.words.keys, np.unique(names))


def proofs(text: Worded, names: Flags) -> list[float]:
    """What the words of a text prove where they are equal, `summed`."""
    return summed(np.where(text.weights > 0, np.where(names, NAME, 1.0), COMMON))


def alone(block: Block, sums: list[float]) -> Part:
    """A block as a part of its own. `sums` are the `proofs` of the one text."""
    proof = sums[block.end] - sums[block.start]
    return Part(block.start, block.end, block.other, block.other_end, (block,), proof)


def together(early: Part, late: Part) -> Part:
    """Two parts, of which the one is before the other in both texts, as one."""
    last, first = early.equal[-1], late.equal[0]
    equal = early.equal + late.equal
    if (last.end, last.other_end) == (first.start, first.other):
        equal = (*early.equal[:-1], Block(last.start, last.other, last.length + first.length), *late.equal[1:])
    proof = early.proof + late.proof - DIFFERING * _between(last, first)
    return Part(early.start, late.end, early.other_start, late.other_end, equal, proof)


def aligned(
    one: Worded, other: Worded, span: tuple[int, int], other_span: tuple[int, int], sums: list[float]
) -> Part | None:
    """What of two stretches of words is alike: that part of their alignment which proves most; None for nothing."""
    (start, end), (other_start, other_end) = span, other_span
    keys, other_keys = one.words.keys[start:end].tolist(), other.words.keys[other_start:other_end].tolist()
    same = LCSseq.editops(keys, other_keys).as_matching_blocks()
    equal = _gathered([Block(b.a, b.b, b.size) for b in same if b.size], keys, other_keys)
    return _densest([Block(start + here, other_start + there, length) for here, there, length in equal], sums)


def _gathered(equal: list[Block], keys: list[int], other_keys: list[int]) -> list[Block]:
    """Blocks with words moved from the shorter to the longer neighbour where either can have them."""
    equal = list(equal)
    for late in range(1, len(equal)):
        p, q = equal[late - 1], equal[late]
        while p.length and q.length >= p.length and keys[q.start - 1] == other_keys[q.other - 1]:
            p, q = Block(p.start, p.other, p.length - 1), Block(q.start - 1, q.other - 1, q.length + 1)
        while q.length and p.length > q.length and keys[p.end] == other_keys[p.other_end]:
            p, q = Block(p.start, p.other, p.length + 1), Block(q.start + 1, q.other + 1, q.length - 1)
        equal[late - 1 : late + 1] = [p, q]
    return [block for block in equal if block.length]


def _densest(equal: Sequence[Block], sums: list[float]) -> Part | None:
    """The blocks in a row that prove most, less the words that differ between them."""
    best = score = 0.0
    first = start = end = 0
    for place, block in enumerate(equal):
        if place:
            score -= DIFFERING * _between(equal[place - 1], block)
        if score <= 0:
            score, first = 0.0, place
        score += sums[block.end] - sums[block.start]
        if score > best:
            best, start, end = score, first, place + 1
    if not end:
        return None
    rows = tuple(equal[start:end])
    return Part(rows[0].start, rows[-1].end, rows[0].other, rows[-1].other_end, rows, best)


def _between(early: Block, late: Block) -> int:
    """How many words lie between two blocks, in that text in which more do."""
    return max(late.start - early.end, late.other - early.other_end)
