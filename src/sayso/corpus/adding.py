"""Articles into a corpus: what is new is stored and indexed, what is there already is another capture of it."""

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from sayso import writing
from sayso.corpus import compaction, fingerprints, folder, postings, segment, telling
from sayso.corpus.folder import Part
from sayso.corpus.postings import Postings
from sayso.corpus.segment import Noted, Seen, Stored
from sayso.corpus.snapshot import Snapshot
from sayso.corpus.tokens import BATCH, Batch, Numbers, Places, batch, mixed
from sayso.errors import SaysoError
from sayso.model import Article, Capture

SEGMENT = 48_000_000
"""Characters of text that are stored together. Some 400 MB of memory are used until they are."""
SECONDS = 30
"""After which what was read is stored, however little it is."""
WORKED_ON = BATCH // 4


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding: how many articles are new, how many were there already, and what went wrong, by input.

    What is counted is on the disk.
    """

    stored: int = 0
    again: int = 0
    failed: tuple[SaysoError, ...] = ()


def add(
    path: Path, articles: Iterable[Article | SaysoError | Noted], told: Callable[[Added], None] | None = None
) -> Added:
    """Add articles to the corpus in a folder. `told` is called with what is stored, each time that something is.

    A `Noted` among them says how far an input has gone by; it is stored together with what came before it.

    Raises SaysoError if another process is writing, or if it cannot be written; what was told is kept.
    """
    try:
        with folder.writer(path) as manifest, Snapshot(path, manifest) as there:
            return _Adding(path, there).all(articles, told)
    except OSError as error:  # a full disk, most of all
        raise SaysoError(
            f"{path}: it cannot be written: {error.strerror or error}; what was stored before is kept"
        ) from error


class _Adding:
    """What is held back until it is enough to be stored."""

    def __init__(self, path: Path, there: Snapshot) -> None:
        self._path = path
        self._there = there
        self._manifest = there.manifest
        self._next = there.manifest.count
        self._new: dict[int, int] = {}
        self._seen_again: set[tuple[int, str, str | None]] = set()
        self._added = Added()
        self._failed: list[SaysoError] = []
        self._empty()

    def _empty(self) -> None:
        self._stored: list[Stored] = []
        self._seen: list[Seen] = []
        self._prints: list[Postings] = []
        self._telling: list[Numbers] = []
        self._sources: dict[str, Noted] = {}
        self._size = self._worked = self._again = 0
        self._since = time.monotonic()

    def all(self, articles: Iterable[Article | SaysoError | Noted], told: Callable[[Added], None] | None) -> Added:
        waiting: list[Article] = []
        try:
            for given in articles:
                if isinstance(given, SaysoError):
                    self._failed.append(given)
                    continue
                if isinstance(given, Noted):
                    self._sources[given.key] = given
                    continue
                waiting.append(given)
                self._size += len(given.text)
                if self._size - self._worked >= WORKED_ON:
                    self._work(waiting)
                if self._is_due():
                    self._work(waiting)
                    self._store(told)
        finally:  # also when reading is interrupted, or fails: what was read is kept
            self._work(waiting)
            self._store(told)
        return replace(self._added, failed=tuple(self._failed))

    def _is_due(self) -> bool:
        full = self._size >= SEGMENT or len(self._stored) >= telling.MOST // 2
        return full or (self._size > 0 and time.monotonic() - self._since >= SECONDS)

    def _work(self, articles: list[Article]) -> None:
        """Index those that are new, and take them off the list."""
        self._worked = self._size
        if not articles:
            return
        words = batch([article.text for article in articles])
        first = self._next
        numbers = np.full(len(articles), -1, np.int64)
        for place, (article, key) in enumerate(zip(articles, _keys(articles, words), strict=True)):
            length = int(words.bounds[place + 1] - words.bounds[place])
            known = self._known(key)
            if known is not None:
                self._capture(known, article)
                continue
            numbers[place] = self._next
            self._new[key] = self._next
            self._stored.append(Stored(self._next, article, key, length))
            self._next += 1
        articles.clear()
        if self._next > first:
            self._index(words, numbers)

    def _index(self, words: Batch, numbers: Places) -> None:
        found = fingerprints.of_batch(words)
        kept = numbers[found.texts] >= 0
        self._prints.append(Postings(found.hashes[kept], numbers[found.texts[kept]], found.places[kept]))
        self._telling.append(telling.pairs(words, numbers - self._manifest.count))

    def _known(self, key: int) -> int | None:
        number = self._new.get(key)
        return self._there.number_of(key) if number is None else number

    def _capture(self, number: int, article: Article) -> None:
        """Keep that an article was seen again, unless it is the same input once more."""
        self._again += 1
        where = (number, article.input, article.url)
        if where in self._seen_again:
            return
        self._seen_again.add(where)
        at = number - self._manifest.count
        first = self._stored[at].article if at >= 0 else None
        known: Sequence[Capture] = (
            [Capture(first.captured, first.input, first.url)] if first else self._there.entry(number).captures
        )
        if all((one.input, one.url) != where[1:] for one in known):
            self._seen.append(Seen(number, Capture(article.captured, article.input, article.url)))

    def _store(self, told: Callable[[Added], None] | None) -> None:
        if self._stored or self._seen or self._sources:
            self._manifest = self._written()
            folder.store(self._path, self._manifest)
            self._manifest = compaction.compact(self._path, self._manifest)
        if self._stored or self._seen or self._again:
            added = self._added
            stored, again = added.stored + len(self._stored), added.again + self._again
            self._added = Added(stored, again, tuple(self._failed))
            if told:
                told(self._added)
        self._empty()

    def _written(self) -> folder.Manifest:
        """The segment and its index in the folder, and the manifest that names them."""
        manifest, name = self._manifest.named()
        part = Part(name, manifest.count, len(self._stored), self._size)
        with writing.folder(self._path / folder.SEGMENTS / name) as place:
            segment.write(place, self._stored, self._seen, self._sources.values())
        if self._stored:
            with writing.folder(self._path / folder.INDEXES / name) as place:
                prints = (np.concatenate(column) for column in zip(*self._prints, strict=True))
                postings.write(place / postings.PRINTS, [postings.sorted_postings(*prints)])
                words, texts = telling.rarest(np.concatenate(self._telling))
                order = np.lexsort((texts, words))
                numbers = texts[order] + manifest.count
                found = Postings(words[order], numbers, np.zeros(len(order), np.int64))
                postings.write(place / postings.TELLING, [found])
            manifest = replace(manifest, indexes=(*manifest.indexes, part))
        return replace(manifest, segments=(*manifest.segments, part))


def key_of(article: Article) -> int:
    """What an article has in common with every other capture of it, and with no other article."""
    return next(_keys([article], batch([article.text])))


def _keys(articles: list[Article], words: Batch) -> Iterator[int]:
    """What is equal for two captures of one article: the same words at the same address, or of the same outlet."""
    for article, (start, end) in zip(articles, pairwise(words.bounds.tolist()), strict=True):
        where = address(article.url) if article.url else (article.outlet or "").casefold()
        said = hashlib.blake2b(where.encode("utf-8", "replace"), digest_size=8)
        said.update(mixed(words.keys[start:end] + np.uint64(1)).tobytes())
        yield int.from_bytes(said.digest(), "big")


def address(url: str) -> str:
    """An address without what does not change the page: scheme, "www.", a last slash, a fragment, what tracks readers.

    >>> address("https://www.example.org/a/?utm_source=feed#top"), address("http://example.org/a?id=2&fbclid=x")
    ('example.org/a', 'example.org/a?id=2')
    """
    url = re.sub(r"^https?://(www\.)?", "", url.strip(), flags=re.IGNORECASE).partition("#")[0]
    place, _, asked = url.partition("?")
    kept = [part for part in asked.split("&") if part and not re.match(r"(utm_\w+|fbclid|gclid)(=|$)", part)]
    host, slash, rest = place.rstrip("/").partition("/")
    return host.lower() + slash + rest + ("?" + "&".join(kept) if kept else "")
