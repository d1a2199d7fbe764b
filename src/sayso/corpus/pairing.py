"""All pairs of articles of a corpus that share fingerprints, in one pass over the index.

The index is sorted by fingerprint, so all articles that have one lie beside each other, and no join is needed. What
some hundreds of papers carry makes all its pairs, so that a wire story is not lost; what thousands have, which is
boilerplate most of all, ties each article to the first that has it and to the one before it only.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from sayso.corpus.postings import Postings
from sayso.corpus.tokens import Numbers, Places

MANY = 1_000
"""Articles with the same fingerprint, above which not all their pairs are made."""
HELD = 1 << 24
"""Pairs that are counted at once: some 400 MB of memory."""


def pairs(postings: Iterator[Postings]) -> pa.Table:
    """The pairs as a table: `one` and `other` (numbers of articles, `one` less) and `shared` (fingerprints).

    `postings` are those of the corpus in their order, in parts that break nowhere within a fingerprint.
    """
    counted: list[tuple[Numbers, Places]] = []
    waiting: list[Numbers] = []
    size = 0
    for part in postings:
        for made in _pairs(part):
            waiting.append(made)
            size += len(made)
            if size >= HELD:
                counted = [_counted(waiting, counted)]
                waiting, size = [], 0
    keys, shared = _counted(waiting, counted)
    one, other = (keys >> np.uint64(32)).astype(np.int64), (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return pa.table({"one": one, "other": other, "shared": shared})


def _pairs(part: Postings) -> Iterator[Numbers]:
    """The pairs of each fingerprint, as one number each: the articles' numbers behind each other."""
    again = (part.hashes[1:] == part.hashes[:-1]) & (part.articles[1:] == part.articles[:-1])
    once = np.concatenate((np.ones(min(1, len(again) + 1), np.bool_), ~again))[: len(part.hashes)]
    hashes, articles = part.hashes[once], part.articles[once].astype(np.uint64)
    edges = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1], [True])))
    starts, sizes = edges[:-1], np.diff(edges)
    for size in np.unique(sizes[(sizes > 1) & (sizes <= MANY)]).tolist():
        rows = articles[starts[sizes == size][:, None] + np.arange(size)]
        for first in range(size - 1):  # all pairs of a row, without a table of their places
            yield (rows[:, first, None] << np.uint64(32) | rows[:, first + 1 :]).ravel()
    for start, size in zip(starts[sizes > MANY].tolist(), sizes[sizes > MANY].tolist(), strict=True):
        some = articles[start : start + size]
        yield some[0] << np.uint64(32) | some[1:]
        yield some[1:-1] << np.uint64(32) | some[2:]


def _counted(waiting: list[Numbers], counted: list[tuple[Numbers, Places]]) -> tuple[Numbers, Places]:
    """How often each pair came, with what was counted before."""
    keys = np.sort(np.concatenate([*waiting, np.zeros(0, np.uint64)]))
    found = [*counted, _runs(keys, np.ones(len(keys), np.int64))]
    keys = np.concatenate([some for some, _ in found])
    order = np.argsort(keys, kind="stable")
    return _runs(keys[order], np.concatenate([counts for _, counts in found])[order])


def _runs(keys: Numbers, counts: Places) -> tuple[Numbers, Any]:
    if not len(keys):
        return keys, counts
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.add.reduceat(counts, starts)
