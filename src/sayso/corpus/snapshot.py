"""A corpus as it stands at one moment: what is read of it does not change, whatever is added meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sayso.corpus import folder, postings, segment
from sayso.corpus.days import interval
from sayso.corpus.folder import Manifest
from sayso.corpus.postings import Postings
from sayso.corpus.tokens import Places
from sayso.errors import SaysoError
from sayso.model import Capture, Entry

T = TypeVar("T")

_LISTED = 4_096
"""Rows of the catalogue that are read as Python's values at once."""


class Snapshot:
    """The articles and the indexes that a manifest names, open to be read."""

    def __init__(self, path: Path, manifest: Manifest | None = None) -> None:
        self.path = path
        self.stamp = folder.stamp(path)
        self.manifest = folder.load(path) if manifest is None else manifest
        segments = [(part, path / folder.SEGMENTS / part.name) for part in self.manifest.segments]
        indexes = [path / folder.INDEXES / part.name for part in self.manifest.indexes]
        try:
            self._folders = [place for _, place in segments]
            self._texts = [segment.Texts(place / segment.TEXTS) if part.count else None for part, place in segments]
            self._prints = [postings.Reader(place / postings.PRINTS) for place in indexes]
            self._telling = [postings.Reader(place / postings.TELLING) for place in indexes]
        except (OSError, ValueError) as error:
            raise SaysoError(f"{path}: the corpus cannot be read: {error}") from error
        self._removed = np.array(self.manifest.removed, np.int64)
        self._last_telling: tuple[bytes, Postings] | None = None
        self._firsts = np.array([part.first for part in self.manifest.segments] or [0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in (*self._prints, *self._telling):
            reader.close()

    def prints(self, hashes: Places) -> Postings:
        """All postings of fingerprints (sorted, each once)."""
        return self._there(_together([reader.find(hashes) for reader in self._prints]))

    def all_prints(self) -> Iterator[Postings]:
        """All postings of fingerprints in their order, in parts that break nowhere within one."""
        return map(self._there, postings.merged(self._prints))

    def telling(self, words: Places) -> Postings:
        """All postings of telling words (sorted, each once). The last answer is kept: it is asked for twice."""
        key = words.tobytes()
        if self._last_telling is None or self._last_telling[0] != key:
            self._last_telling = key, self._there(_together([reader.find(words) for reader in self._telling]))
        return self._last_telling[1]

    def _there(self, found: Postings) -> Postings:
        """Postings without those of articles that were removed."""
        if not len(self._removed):
            return found
        kept = ~np.isin(found.articles, self._removed)
        return Postings(found.hashes[kept], found.articles[kept], found.places[kept])

    def number_of(self, key: int) -> int | None:
        """The number of the article with a key."""
        keys, numbers = self._by_key
        at = int(np.searchsorted(keys, np.uint64(key)))
        return int(numbers[at]) if at < len(keys) and int(keys[at]) == key else None

    def number_with_id(self, id: str) -> int | None:
        """The number of the first article with an id, or whose id begins so, where no other's does."""
        ids = self._column("id")
        begins: list[int] = pc.indices_nonzero(pc.starts_with(ids, id)).to_pylist()
        found = {number: ids[number].as_py() for number in begins if number not in self.manifest.removed}
        whole = [number for number, one in found.items() if one == id]
        if whole:
            return whole[0]
        return min(found) if len(set(found.values())) == 1 else None

    def numbers_with_id(self, id: str) -> list[int]:
        """The numbers of all articles with an id: the same bytes at several addresses are as many articles."""
        found: list[int] = pc.indices_nonzero(pc.equal(self._column("id"), id)).to_pylist()
        return [number for number in found if number not in self.manifest.removed]

    def stored_of(self, key: str) -> int | None:
        """How many records of an input are stored, or None where all of it is; `key` is its name and its state."""
        noted = self._sources.get(key)
        return 0 if noted is None else None if noted.finished else noted.records

    def entry(self, number: int) -> Entry:
        """One article by its number."""
        return next(self.entries([number]))

    def entries(self, numbers: Sequence[int] | None = None) -> Iterator[Entry]:
        """Articles by their numbers, in their order; all that are there without."""
        wanted = self.numbers() if numbers is None else numbers
        for number, article in zip(wanted, self._in_segments(wanted, segment.Texts.articles), strict=True):
            first = Capture(article.captured, article.input, article.url)
            earliest, latest = interval(article)
            yield Entry(article, number, earliest, latest, (first, *self._captures.get(number, ())))

    def numbers(self) -> Sequence[int]:
        """The numbers of all articles that are there."""
        every = range(self.manifest.count)
        return every if not len(self._removed) else np.setdiff1d(every, self._removed).tolist()

    def listed(self, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
        """What the catalogue has of articles, with their texts: quicker than the whole articles, for many."""
        kinds = [name for name in segment.COLUMNS if name != "key"]
        for start in range(0, len(numbers), _LISTED):
            some = numbers[start : start + _LISTED]
            rows = pa.table({name: self._column(name).take(pa.array(some)) for name in kinds}).to_pylist()
            for row, text in zip(rows, self._in_segments(some, segment.Texts.texts), strict=True):
                yield {**row, "text": text}

    def outlets(self, numbers: Places) -> list[str | None]:
        """The outlets of articles."""
        names = self._column("outlet")
        return names.take(pa.array(numbers)).to_pylist() if len(numbers) else []

    def _in_segments(
        self, numbers: Sequence[int], get: Callable[[segment.Texts, list[int]], Iterator[T]]
    ) -> Iterator[T]:
        """What `get` gives of articles, asked for by their rows in their segments, a run of one segment at a time."""
        places = (np.searchsorted(self._firsts, numbers, side="right") - 1).tolist()
        start = 0
        while start < len(places):
            end = start
            while end < len(places) and places[end] == places[start]:
                end += 1
            texts = self._texts[places[start]]
            first = int(self._firsts[places[start]])
            if texts is not None:
                yield from get(texts, [number - first for number in numbers[start:end]])
            start = end

    def _column(self, name: str) -> pa.ChunkedArray:
        """What the catalogue has of all articles, by number."""
        if name not in self._columns:
            parts = [
                segment.catalogue(place, [name])[name]
                for place, texts in zip(self._folders, self._texts, strict=True)
                if texts is not None
            ]
            self._columns[name] = pa.chunked_array(
                [chunk for part in parts for chunk in part.chunks], segment.kind(name)
            )
        return self._columns[name]

    @cached_property
    def _columns(self) -> dict[str, pa.ChunkedArray]:
        return {}

    @cached_property
    def _by_key(self) -> tuple[Any, Places]:
        keys = self._column("key").to_numpy()
        order = np.argsort(keys, kind="stable")
        if len(self._removed):
            order = order[~np.isin(order, self._removed)]
        return keys[order], order

    @cached_property
    def _sources(self) -> dict[str, segment.Noted]:
        return {noted.key: noted for place in self._folders for noted in segment.sources(place)}  # the last one counts

    @cached_property
    def _captures(self) -> dict[int, list[Capture]]:
        found: dict[int, list[Capture]] = {}
        for place in self._folders:
            for seen in segment.captures(place):
                found.setdefault(seen.number, []).append(seen.capture)
        return found


def _together(parts: Sequence[Postings]) -> Postings:
    if len(parts) == 1:
        return parts[0]
    if not parts:
        none = np.zeros(0, np.int64)
        return Postings(none, none, none)
    return Postings(*(np.concatenate(column) for column in zip(*parts, strict=True)))
