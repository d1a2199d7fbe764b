"""A sorted file of postings: which article has which number (a fingerprint, a telling word), and where in it.

Parquet, sorted by `hash` and then by `article`, in row groups of which only the few are read that a question needs.
About seven bytes a posting; every tool that reads Parquet can read it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sayso.corpus.tokens import Places

PRINTS, TELLING = "fingerprints.parquet", "telling.parquet"
GROUP = 1 << 14
"""Postings in a row group: what is read for one number that is looked up."""
MERGED = 1 << 22
"""Postings that are sorted at once when files are merged: some 200 MB of memory."""
_COLUMNS = ("hash", "article", "place")


class Postings(NamedTuple):
    """Postings in the order of `hashes`, then `articles`: three arrays of one length (`places`: the first word)."""

    hashes: Places
    articles: Places
    places: Places


def sorted_postings(hashes: Places, articles: Places, places: Places) -> Postings:
    """Postings in their order. They must come in the order of their articles, and of their places in each."""
    order = np.argsort(hashes, kind="stable")
    return Postings(hashes[order], articles[order], places[order])


def write(path: Path, parts: Iterable[Postings]) -> None:
    """Write sorted postings, which come in parts that follow each other."""
    kinds = pa.schema([("hash", pa.int64()), ("article", pa.int32()), ("place", pa.int32())])
    packing = dict.fromkeys(_COLUMNS, "DELTA_BINARY_PACKED")
    with pq.ParquetWriter(
        path, kinds, compression="none", use_dictionary=False, column_encoding=packing, write_statistics=["hash"]
    ) as file:
        for part in filter(lambda one: len(one.hashes), parts):
            columns = [pa.array(part.hashes), pa.array(part.articles, pa.int32()), pa.array(part.places, pa.int32())]
            file.write_table(pa.Table.from_arrays(columns, schema=kinds), row_group_size=GROUP)


class Reader:
    """A file of postings, open to be asked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = pq.ParquetFile(path, memory_map=True)
        metadata = self._file.metadata
        groups = range(metadata.num_row_groups)
        self.count: int = metadata.num_rows
        self._rows = np.cumsum([0, *(metadata.row_group(group).num_rows for group in groups)])
        self._first = np.array([metadata.row_group(group).column(0).statistics.min for group in groups], np.int64)
        self._last = np.array([metadata.row_group(group).column(0).statistics.max for group in groups], np.int64)

    @property
    def greatest(self) -> int:
        """The greatest number in it; -1 where it is empty."""
        return int(self._last[-1]) if self.count else -1

    def find(self, hashes: Places) -> Postings:
        """All postings of the numbers in `hashes` (sorted, each once)."""
        groups = self._groups(hashes)
        if not len(groups):
            return _none()
        there = self._read(groups, ["hash"])[0]
        flags = _among(there, hashes)
        if not flags.any():
            return _none()
        sizes = np.diff(self._rows)[groups]
        hit = np.logical_or.reduceat(flags, np.cumsum(sizes) - sizes)  # most groups were read for nothing
        articles, places = self._read(groups[hit], ["article", "place"])
        kept = flags[np.repeat(hit, sizes)]
        return Postings(there[flags], articles[kept].astype(np.int64), places[kept].astype(np.int64))

    def between(self, low: int, high: int) -> Postings:
        """All postings from one number up to, but not with, another."""
        groups = np.flatnonzero((self._last >= low) & (self._first < high))
        if not len(groups):
            return _none()
        hashes, articles, places = self._read(groups, list(_COLUMNS))
        start, end = np.searchsorted(hashes, (low, high))
        return Postings(hashes[start:end], articles[start:end].astype(np.int64), places[start:end].astype(np.int64))

    def _groups(self, hashes: Places) -> Places:
        """The row groups that can have any of the numbers: one number can fill several."""
        from_ = np.searchsorted(self._last, hashes, side="left")
        to = np.searchsorted(self._first, hashes, side="right")
        edges = np.zeros(len(self._first) + 1, np.int64)
        some = to > from_
        np.add.at(edges, from_[some], 1)
        np.add.at(edges, to[some], -1)
        return np.flatnonzero(np.cumsum(edges)[:-1])

    def _read(self, groups: Places, columns: list[str]) -> list[Any]:
        table = self._file.read_row_groups(groups.tolist(), columns=columns, use_threads=True)
        return [table[name].to_numpy() for name in columns]

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def merged(readers: Sequence[Reader]) -> Iterator[Postings]:
    """The postings of several files, whose articles follow each other, in one order.

    A stretch of numbers at a time, so that memory stays flat.
    """
    total = sum(reader.count for reader in readers)
    pieces = max(1, -(-total // MERGED))
    top = 1 + max((reader.greatest for reader in readers), default=0)
    bounds = [top * piece // pieces for piece in range(pieces + 1)]
    for low, high in pairwise(bounds):
        parts = [reader.between(low, high) for reader in readers]
        yield sorted_postings(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _among(there: Places, asked: Places) -> Any:
    """Which of sorted numbers are among sorted ones that are asked for: the few are looked up in the many."""
    flags = np.zeros(len(there), np.bool_)
    for start, end in zip(
        np.searchsorted(there, asked, side="left"), np.searchsorted(there, asked, side="right"), strict=True
    ):
        flags[start:end] = True
    return flags


def _none() -> Postings:
    empty = np.zeros(0, np.int64)
    return Postings(empty, empty, empty)
