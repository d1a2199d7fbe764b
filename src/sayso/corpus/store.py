"""A corpus: many articles in one folder, to be asked what stands elsewhere."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from sayso.corpus import adding, compaction, folder, origins, pairing, search, tracing
from sayso.corpus.adding import Added
from sayso.corpus.segment import Noted
from sayso.corpus.snapshot import Snapshot
from sayso.errors import SaysoError
from sayso.model import Analysis, Article, Entry, Origins, Story


class Corpus:
    """Many articles in one folder, which is made when the first is added, and can be copied.

    >>> import tempfile
    >>> def report(outlet, day, text):
    ...     return Article(outlet, outlet, text, outlet, f"{day}T12:00:00Z", "text/plain", outlet=outlet, published=day)
    >>> told = "Divers found the cable of the old harbour cut in two places on Monday, the port of Halna said."
    >>> corpus = Corpus(tempfile.mkdtemp())
    >>> corpus.add([report("Halna Wire", "2024-05-06", told)]).stored
    1
    >>> story = corpus.trace(report("Amber Post", "2024-05-09", f"{told} Ships had to wait outside."))
    >>> [entry.article.outlet for entry in story.entries], [one.words for one in story.derivations[0].passages]
    (['Halna Wire', 'Amber Post'], [19])
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        folder.load(self.path)  # it may be no corpus
        self._open: Snapshot | None = None

    def __len__(self) -> int:
        manifest = self._now().manifest
        return manifest.count - len(manifest.removed)

    @property
    def next_number(self) -> int:
        """The number that the next article gets; all articles have lower ones."""
        return self._now().manifest.count

    @property
    def removed(self) -> tuple[int, ...]:
        """The numbers of the articles that were removed."""
        return self._now().manifest.removed

    def add(
        self, articles: Iterable[Article | SaysoError | Noted], told: Callable[[Added], None] | None = None
    ) -> Added:
        """Add articles; errors among them are handed through. The same page twice is one article with two captures.

        `told` is called each time that articles are safely on the disk. Raises SaysoError if another process is
        adding, or if the disk is full; what was told before is kept.
        """
        return adding.add(self.path, articles, told)

    def stored_of(self, key: str) -> int | None:
        """How many records of an input are in it, None where all are: so an `add` that was stopped can go on.

        `key` is the input's name and state, as in the `Noted` that was added.
        """
        return self._now().stored_of(key)

    def remove(self, id: str) -> str:
        """Take an article out, by its id or how it begins, and give its whole id: nothing finds it any more.

        What was stored of it stays in the files. Added again from elsewhere, it is a new article. Raises SaysoError if
        there is none, or if another process is writing.
        """
        with folder.writer(self.path) as manifest:
            there = self.get(id)
            numbers = self._now().numbers_with_id(there.id)
            folder.store(self.path, replace(manifest, removed=tuple(sorted({*manifest.removed, *numbers}))))
        return there.id

    def compact(self) -> None:
        """Make one index of all, so that questions are answered as quickly as can be."""
        with folder.writer(self.path) as manifest:
            compaction.compact(self.path, manifest, fully=True)

    def get(self, id: str) -> Entry:
        """The article with an id, or with the only id that begins so. Raises SaysoError if there is none."""
        number = self._now().number_with_id(id) if id else None
        if number is None:
            raise SaysoError(f"{self.path}: there is no article {id!r}, or several whose ids begin so")
        return self._now().entry(number)

    def known(self, article: Article) -> Entry | None:
        """An article as the corpus has it: the same words at the same address, or of the same outlet; else None."""
        number = self._now().number_of(adding.key_of(article))
        return None if number is None else self._now().entry(number)

    def entries(self, numbers: Sequence[int] | None = None) -> Iterator[Entry]:
        """All articles, in the order in which they were added; or those that are there of some, by their numbers."""
        now = self._now()
        return now.entries(None if numbers is None else self._there(now, numbers))

    def listed(self, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
        """What a list needs of the articles with these numbers that are there, with their texts: quick, for many.

        By name: number, id, outlet, title, url, published, earliest, latest (days), language, words and text.
        """
        now = self._now()
        return now.listed(self._there(now, numbers))

    @staticmethod
    def _there(now: Snapshot, numbers: Sequence[int]) -> list[int]:
        removed = frozenset(now.manifest.removed)
        return [number for number in numbers if 0 <= number < now.manifest.count and number not in removed]

    def trace(self, article: Article | Entry, limit: int = 50) -> Story:
        """What of an article stands elsewhere in the corpus, passage by passage, and who may have had it first.

        The article need not be in the corpus. At most `limit` others are laid beside it, those that share most.
        """
        return tracing.trace(self._now(), article, limit)

    def story(self, id: str, limit: int = 50) -> Story:
        """The story of an article of the corpus. Raises SaysoError if there is none with this id."""
        return self.trace(self.get(id), limit)

    def compare(self, one: str, other: str) -> Story:
        """The story of two articles alone, whether they share anything or not. Raises SaysoError if one is not there.

        What the articles around them would tell is not asked: where two are in one story, its derivation knows more.
        """
        return tracing.compare(self.get(one), self.get(other))

    def origins(
        self,
        article: Article | Entry | str,
        claim: str,
        analyses: Callable[[Iterable[Article]], Mapping[str, Analysis]] | None = None,
        limit: int = 50,
    ) -> Origins:
        """On how many independent origins a claim rests, among the articles that share text with one (or with its id).

        `claim` is a sentence of an article, or one in the same terms. `analyses` analyses the articles that carry it
        (by id), so that whom each gives for it is known from its chains; without, from plainer signs.
        """
        given = self.get(article) if isinstance(article, str) else article
        story = tracing.trace(self._now(), given, limit, claim=claim)
        if analyses is None:
            return origins.find(story, claim, {})
        carry = origins.find(story, claim, {}).carriers
        texts = {entry.id: entry.article for entry in story.entries}
        return origins.find(story, claim, analyses([texts[one.article] for one in carry]))

    def pairs(self) -> pa.Table:
        """All pairs of articles that share fingerprints: `one`, `other` (their numbers) and `shared` (how many).

        What more than a thousand articles have ties each to the first and to the one before it only.
        """
        return pairing.pairs(self._now().all_prints())

    def candidates(self, article: Article, limit: int = 50) -> search.Found:
        """The numbers of the articles that may share text with one, without laying them beside it."""
        return search.candidates(self._now(), article.text, article.outlet, limit)

    def _now(self) -> Snapshot:
        """The corpus as it stands now: opened anew when somebody has added to it."""
        if self._open is None or self._open.stamp != folder.stamp(self.path):
            for last in (False, False, True):  # what is opened can be replaced and taken away meanwhile
                try:
                    self._open = Snapshot(self.path)
                    break
                except SaysoError:
                    if last:
                        raise
        assert self._open is not None
        return self._open
