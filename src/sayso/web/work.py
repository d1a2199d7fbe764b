"""What the processes of the desk do. Each call and what it is given can be sent to another process."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from sayso.corpus.segment import Noted
from sayso.corpus.store import Corpus
from sayso.errors import ReadingError, SaysoError
from sayso.model import Analysis, Article

LONGEST = 300_000
"""Characters of a text that somebody waits for; a longer one is added to the library, where nobody has to."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read: an address or a text."""

    address: str | None = None
    text: str | None = None
    name: str = "pasted text"


def pasted(given: str) -> Asked:
    """What somebody pasted: an address, if it is one and nothing else. Raises ReadingError for nothing and too much.

    >>> pasted("https://news.example/a").address, pasted("A fire, see https://news.example/a").address
    ('https://news.example/a', None)
    """
    given = given.strip()
    if not given:
        raise ReadingError("nothing", "paste the text of a report, or its address")
    if len(given) > LONGEST:
        told = f"it has {len(given):,} characters, and {LONGEST:,} are read at once; add it to the library as a file"
        raise ReadingError("pasted text", told)
    if given.lower().startswith(("http://", "https://")) and len(given.split()) == 1:
        return Asked(address=given)
    return Asked(text=given)


def analysed(asked: Asked) -> Analysis:
    """The analysis of an address or a text. Raises SaysoError."""
    from sayso import pipeline  # noqa: PLC0415 - in the worker

    if asked.address is not None:
        return pipeline.analyse(pipeline.read(asked.address))
    return pipeline.analyse(pipeline.read((asked.text or "").encode("utf-8", "replace"), name=asked.name))


class Input(NamedTuple):
    """What is to be added: an address, or the path of a file that was uploaded, and how people call it."""

    source: str
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a lot: some inputs, or an article that is analysed already, for the corpus in the folder `corpus`."""

    corpus: str
    inputs: tuple[Input, ...] = ()
    ready: Analysis | None = None

    @property
    def count(self) -> int:
        """How many inputs it has."""
        return len(self.inputs) if self.ready is None else 1

    @property
    def name(self) -> str:
        """How people call it."""
        return self.inputs[0].name if self.inputs else "the article"

    def split(self) -> "Iterator[Piece]":
        """Each input by itself."""
        yield from (replace(self, inputs=(one,)) for one in self.inputs)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a piece: how many articles are new or were there, what could not be read, and the ids of the rest."""

    stored: int = 0
    again: int = 0
    problems: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


def together(several: Iterable[Done]) -> Done:
    """The sum of what was done.

    >>> together([Done(stored=1, articles=("a",)), Done(again=1, problems=("b: no",))])
    Done(stored=1, again=1, problems=('b: no',), articles=('a',))
    """
    made = Done()
    for one in several:
        made = Done(
            made.stored + one.stored,
            made.again + one.again,
            (*made.problems, *one.problems),
            (*made.articles, *one.articles),
        )
    return made


def added(piece: Piece) -> Done:
    """Add a piece to its corpus."""
    _step_back()
    corpus = _corpus(piece.corpus)
    ids: list[str] = []
    got = corpus.add(_noting(_articles(piece, corpus), ids))
    return Done(got.stored, got.again, tuple(str(error) for error in got.failed), tuple(ids))


def _articles(piece: Piece, corpus: Corpus) -> Iterator[Article | SaysoError | Noted]:
    from sayso import pipeline  # noqa: PLC0415 - in the worker

    if piece.ready is not None:
        yield piece.ready.article
        return
    yield from pipeline.collected((one.source for one in piece.inputs), {}, corpus.stored_of, 1)


def _noting(articles: Iterable[Article | SaysoError | Noted], ids: list[str]) -> Iterator[Article | SaysoError | Noted]:
    for given in articles:
        if isinstance(given, Article):
            ids.append(given.id)
        yield given


@cache
def _corpus(path: str) -> Corpus:
    """Opened once in each process; it sees by itself what others add."""
    return Corpus(path)


@cache
def _step_back() -> None:
    """Let those go first who wait before a page."""
    if hasattr(os, "nice"):
        os.nice(10)
