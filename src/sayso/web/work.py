"""What the processes of the desk do. Each call and what it is given can be sent to another process."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sayso.corpus.store import Corpus
from sayso.errors import ReadingError, SaysoError
from sayso.library.correcting import Corrected
from sayso.library.store import Library, opening
from sayso.model import Analysis, Article, Entry, Origins, Story
from sayso.reading.collections.record import Source, state
from sayso.reading.draft import Raw
from sayso.reading.inputs import is_address
from sayso.writing import write

if TYPE_CHECKING:
    from sayso.exporting import Kept
    from sayso.pipeline import Gathered

LONGEST = 300_000
"""Characters of a text that somebody waits for; a longer one is added to the library, where nobody has to."""

AT_ONCE = 8
"""Articles that are analysed before another lot has its turn."""
SHOWN = 100
"""New articles of a piece that are named."""
SECONDS = 0.5
PATIENCE = 20.0
PROGRESS, STOP, GIVE_WAY = "progress", "stop", "give-way"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read: an address or a text. `raw` is what was fetched from the address (see `fetching`)."""

    address: str | None = None
    text: str | None = None
    name: str = "pasted text"
    raw: Raw | None = None


def pasted(given: str) -> Asked:
    """What somebody pasted: an address, if it is one and nothing else. Raises ReadingError for nothing and too much.

    >>> pasted("https://news.example/a").address, pasted("A fire, see https://news.example/a").address
    ('https://news.example/a', None)
    """
    given = given.strip()
    if not given:
        raise ReadingError("nothing", "paste the text of a report, or its address")
    _check_length("pasted text", len(given))
    if given.lower().startswith(("http://", "https://")) and len(given.split()) == 1:
        return Asked(address=given)
    return Asked(text=given)


def analysed(asked: Asked) -> Analysis:
    """The analysis of what was fetched, or of a text. Raises SaysoError."""
    from sayso import pipeline  # noqa: PLC0415 - in the worker

    return pipeline.analyse(_read(asked))


def _read(asked: Asked) -> Article:
    """The article that was handed in. A page can be longer than what somebody waits for, too."""
    from sayso import reading  # noqa: PLC0415 - in the worker

    raw = asked.raw or Raw(asked.name, (asked.text or "").encode("utf-8", "replace"))
    article = reading.article_of(raw)
    _check_length(article.input, len(article.text))
    return article


def _check_length(name: str, length: int) -> None:
    if length > LONGEST:
        told = f"it has {length:,} characters, and {LONGEST:,} are read at once; add it to the library as a file"
        raise ReadingError(name, told)


class Ask(NamedTuple):
    """A question to the corpus in a folder: about an article of it (its id), or one that is only handed in."""

    corpus: str
    article: str = ""
    given: Asked | None = None
    limit: int = 50
    claim: str = ""
    other: str = ""


def reported(ask: Ask) -> Corrected:
    """The report on an article, made now if it was not yet, with people's corrections. Raises SaysoError."""
    from sayso import pipeline  # noqa: PLC0415 - in the worker

    return pipeline.report(corpus_of(ask.corpus), library_of(ask.corpus), ask.article)


def traced(ask: Ask) -> Story:
    """The story of an article. Raises SaysoError."""
    return corpus_of(ask.corpus).trace(_asked(ask), ask.limit)


def compared(ask: Ask) -> Story:
    """The story of two articles alone. Raises SaysoError."""
    return corpus_of(ask.corpus).compare(ask.article, ask.other)


def origins(ask: Ask) -> Origins:
    """On how many origins a claim rests. Raises SaysoError."""
    from sayso import pipeline  # noqa: PLC0415 - in the worker

    corpus, library = corpus_of(ask.corpus), library_of(ask.corpus)
    # One process: a worker starts no workers of its own.
    analyses = partial(pipeline.analyses, library, processes=1)
    return corpus.origins(_asked(ask), ask.claim, analyses, ask.limit)


def removed(ask: Ask) -> str:
    """Take an article out of the corpus and its library. Raises SaysoError."""
    id = corpus_of(ask.corpus).remove(ask.article)
    library_of(ask.corpus).remove(id)
    return id


class Taken(NamedTuple):
    """What is taken away: the story that is asked for, or articles by their ids, or a report that is not stored."""

    ask: Ask
    articles: tuple[str, ...] = ()
    reading: Analysis | None = None


class Export(NamedTuple):
    """An export: of what, in which format, and where the file is to be."""

    of: Taken
    format: str
    out: str


def exported(wanted: Export) -> None:
    """Write an export. Raises SaysoError."""
    from sayso.exporting import FORMATS, Kept, Told  # noqa: PLC0415 - in the worker

    taken, format = wanted.of, FORMATS[wanted.format]
    if taken.ask.article:
        story = traced(taken.ask)
        format.write(Told(story, origins(taken.ask) if taken.ask.claim else None), wanted.out)
    elif taken.reading is not None:
        format.write([Kept(taken.reading)], wanted.out)
    else:
        format.write(_all_kept(taken), wanted.out)


def _all_kept(taken: Taken) -> "Iterator[Kept]":
    from sayso.exporting import Kept  # noqa: PLC0415 - in the worker

    library = library_of(taken.ask.corpus)
    for id in taken.articles:
        known = reported(taken.ask._replace(article=id))
        yield Kept.of(known, library.version(id) or "")


def _asked(ask: Ask) -> Article | Entry:
    return corpus_of(ask.corpus).get(ask.article) if ask.given is None else _read(ask.given)


class Input(NamedTuple):
    """What is to be added: an address, or the path of a file that was uploaded, and how people call it."""

    source: str
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a lot: some inputs, or an article that is analysed already, for the corpus in the folder `corpus`.

    `signs` is a folder in which the process says how far it is, and is told to stop.
    """

    corpus: str
    inputs: tuple[Input, ...] = ()
    ready: Analysis | None = None
    signs: str = ""

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


class Listed(NamedTuple):
    """An article that was added: its id and what it is called."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a piece: how many articles are new or were there, what could not be read, and some of the new ones.

    `unfinished`: it gave way to another lot, and is to be gone on with.
    """

    stored: int = 0
    again: int = 0
    problems: tuple[str, ...] = ()
    articles: tuple[Listed, ...] = ()
    unfinished: bool = False


def together(several: Iterable[Done]) -> Done:
    """The sum of what was done.

    >>> together([Done(stored=1), Done(again=1, problems=("b: no",))])
    Done(stored=1, again=1, problems=('b: no',), articles=(), unfinished=False)
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
    """Add a piece to its corpus; a few articles are analysed at once, of many it is noted that they are to be."""
    from sayso import pipeline  # noqa: PLC0415 - in the worker

    _step_back()
    corpus, library = corpus_of(piece.corpus), library_of(piece.corpus)
    if piece.ready is not None:
        return _kept(corpus, library, piece.ready)
    before = corpus.next_number
    signs = _Signs(piece.signs)
    try:
        pipeline.gather(corpus, library, _sources(piece), processes=1, most=0, told=signs.told)
    except _StoppedError as stopped:
        return _done(signs.last, _listed(corpus, before), unfinished=stopped.gives_way)
    new = _listed(corpus, before)
    if len(new) <= AT_ONCE:
        for one in new:
            with suppress(SaysoError):  # it is told where the article is asked for
                pipeline.report(corpus, library, one.id)
    return _done(signs.last, new)


def _sources(piece: Piece) -> Iterator[str | Source]:
    for one in piece.inputs:
        yield one.source if is_address(one.source) else replace(state(one.source), name=one.name)


def _listed(corpus: Corpus, before: int) -> list[Listed]:
    rows = corpus.listed(range(before, min(corpus.next_number, before + SHOWN)))
    return [Listed(row["id"], row["title"] or opening(row["text"]) or row["id"]) for row in rows]


def _done(last: "Gathered", articles: Iterable[Listed], *, unfinished: bool = False) -> Done:
    return Done(last.stored, last.again, tuple(str(error) for error in last.failed), tuple(articles), unfinished)


def _kept(corpus: Corpus, library: Library, analysis: Analysis) -> Done:
    """Store what was pasted, with its report, and give it as the library has it."""
    got = corpus.add([analysis.article])
    entry = corpus.known(analysis.article)
    if entry is None:
        return Done(problems=tuple(str(error) for error in got.failed))
    library.keep(entry, analysis if analysis.article.id == entry.id else None)
    title = entry.article.title or opening(entry.article.text) or entry.article.input
    return Done(got.stored, got.again, articles=(Listed(entry.id, title),))


def caught_up(path: str) -> int:
    """List and analyse some of what others put into the corpus, and of what is to be analysed; how many are left."""
    from sayso import pipeline  # noqa: PLC0415 - in the worker

    _step_back()
    library = library_of(path)
    done = pipeline.gather(corpus_of(path), library, (), processes=1, most=AT_ONCE)
    return done.to_list + library.wanted()


class _StoppedError(Exception):
    """The lot is to be left. `gives_way`: only for now."""

    def __init__(self, gives_way: bool) -> None:
        super().__init__()
        self.gives_way = gives_way


class _Signs:
    """Signs between the desk and the process that adds, as files in a folder: how far it is, and that it should stop.

    Who adds one large file gives way after a while, if others wait: adding goes on later where it was.
    """

    def __init__(self, folder: str) -> None:
        from sayso.pipeline import Gathered  # noqa: PLC0415 - in the worker

        self._folder = Path(folder) if folder else None
        self._began = self._said = time.monotonic()
        self.last = Gathered()

    def told(self, now: "Gathered") -> None:
        """Called by whoever adds, now and then."""
        self.last = now
        if self._folder is None or time.monotonic() - self._said < SECONDS:
            return
        self._said = time.monotonic()
        write(self._folder / PROGRESS, f"{now.read} {now.stored}")
        if (self._folder / STOP).exists():
            raise _StoppedError(gives_way=False)
        if self._said - self._began > PATIENCE and (self._folder / GIVE_WAY).exists():
            raise _StoppedError(gives_way=True)


@cache
def corpus_of(path: str) -> Corpus:
    """Opened once in each process; it sees by itself what others add."""
    return Corpus(path)


@cache
def library_of(path: str) -> Library:
    """Opened once in each process."""
    return Library(path)


@cache
def _step_back() -> None:
    """Let those go first who wait before a page."""
    if hasattr(os, "nice"):
        os.nice(5)
