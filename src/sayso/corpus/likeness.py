"""Sentences of two texts that are the same reworded: told by the rare words they share, and by their order.

Precision first. Two reporters at one event write sentences with the same names and numbers; that is no copy. So a
pair of sentences must share a name or a number, most of its telling words, and most of its words in the same order.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sayso.corpus.blocks import Block
from sayso.corpus.parts import Part, aligned
from sayso.corpus.tokens import Numbers, Places
from sayso.corpus.worded import Weights, Worded

OFTEN = 1024
"""Pairs of one word's sentences in the two texts, above which the word brings none together."""
TERMS = 3
"""Telling words that two sentences must share."""
LIKELY = 0.35
"""The share of the weight of telling words, from which two sentences are compared word by word."""

PROOF = 2.0
"""What two reworded sentences must prove at least, in words, to be of use together with their neighbours."""
TRIES = 4
"""Pairs of sentences that are compared word by word, for each sentence."""


class _Pieces(NamedTuple):
    """Sentences, or what is left of them, with the telling words in them: `keys` sorted, of which piece, how heavy."""

    starts: Places
    ends: Places
    keys: Numbers
    of: Places
    weights: Weights
    totals: Weights

    def span(self, place: int) -> tuple[int, int]:
        return int(self.starts[place]), int(self.ends[place])


def pairs(one: Worded, other: Worded, known: Sequence[Block], sums: list[float]) -> list[Part]:
    """Sentences of the two texts that may be the same reworded, sorted; no word of `known` blocks is in any.

    `sums` are the `proofs` of the one text.

    >>> from sayso.corpus.parts import named, proofs
    >>> one = Worded.of("The mayor, Ada Winter, told the town council in March that the old dam had been neglected.")
    >>> other = Worded.of("Mayor Ada Winter told the council in early March that the dam had been neglected for years.")
    >>> [(part.start, part.end, part.shared) for part in pairs(one, other, [], proofs(one, named(one, other)))]
    [(1, 17, 14)]
    """
    here = _pieces(one, [(block.start, block.end) for block in known])
    there = _pieces(other, sorted((block.other, block.other_end) for block in known))
    found: list[Part] = []
    taken, other_taken = np.zeros(len(one), np.bool_), np.zeros(len(other), np.bool_)
    for place, partner in _candidates(here, there):
        if taken[here.starts[place] : here.ends[place]].all():
            continue
        part = aligned(one, other, here.span(place), there.span(partner), sums)
        if part is None or part.proof < PROOF:
            continue
        if not taken[part.start : part.end].any() and not other_taken[part.other_start : part.other_end].any():
            taken[part.start : part.end] = other_taken[part.other_start : part.other_end] = True
            found.append(part)
    return sorted(found)


def _pieces(text: Worded, known: Sequence[tuple[int, int]]) -> _Pieces:
    """The sentences of a text without the words between `known` bounds, which are sorted."""
    edges = np.zeros(len(text) + 1, np.int64)
    for start, end in known:
        edges[start] += 1
        edges[end] -= 1
    free = np.cumsum(edges)[:-1] == 0
    first = free.copy()
    first[1:] &= ~free[:-1]
    first[text.sentences[:-1]] = True
    first &= free
    of = np.cumsum(first) - 1
    starts = np.flatnonzero(first)
    sizes = np.bincount(of[free], minlength=len(starts))
    order = text.telling[free[text.telling]]
    keys, pieces = text.words.keys[order], of[order]
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = (keys[1:] != keys[:-1]) | (pieces[1:] != pieces[:-1])
    keys, pieces, weights = keys[fresh], pieces[fresh], text.weights[order][fresh]
    totals = np.bincount(pieces, weights, minlength=len(starts)).astype(np.float64)
    return _Pieces(starts, starts + sizes, keys, pieces, weights, totals)


def _candidates(here: _Pieces, there: _Pieces) -> list[tuple[int, int]]:
    """Pieces of the two texts that share telling words of much weight, the heaviest first."""
    first = np.searchsorted(there.keys, here.keys, "left")
    counts = np.searchsorted(there.keys, here.keys, "right") - first
    times = np.searchsorted(here.keys, here.keys, "right") - np.searchsorted(here.keys, here.keys, "left")
    shared = np.flatnonzero((counts > 0) & (counts * times <= OFTEN))
    counts = counts[shared]
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    place = here.of[np.repeat(shared, counts)]
    partner = there.of[np.repeat(first[shared], counts) + steps]
    both, which, terms = np.unique(place * len(there.starts) + partner, return_inverse=True, return_counts=True)
    weights = np.bincount(which, here.weights[np.repeat(shared, counts)], minlength=len(both))
    place, partner = both // max(len(there.starts), 1), both % max(len(there.starts), 1)
    share = weights / np.minimum(here.totals[place], there.totals[partner])
    likely = np.flatnonzero((terms >= TERMS) & (share >= LIKELY))
    order = likely[np.lexsort((both[likely], -(weights * share)[likely]))][
        : TRIES * (len(here.starts) + len(there.starts))
    ]
    return list(zip(place[order].tolist(), partner[order].tolist(), strict=True))
