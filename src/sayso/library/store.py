"""The library: what a person sees of a corpus. A list that can be searched, the analyses, and people's corrections."""

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib import metadata
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter

from sayso.library import searching
from sayso.library.database import Database
from sayso.library.query import Facets, Found, Query, Row
from sayso.model import Analysis, Entry

if TYPE_CHECKING:
    from sayso.library.corrections import Corrections

__all__ = ["Facets", "Found", "Library", "Listed", "Query", "Row"]

REMOVED, LISTED, WANTED, ANALYSED, LEFT, FAILED = -1, 0, searching.WANTED, searching.ANALYSED, 3, 4
"""What became of an article: taken out; text only; to be analysed; analysed; not English and so on; tried in vain."""
TOGETHER = 2_000
"""Articles that are listed in one transaction."""
PAGE = 16
"""Articles to be analysed that are looked up at once."""
BEGINNING = 72
"""Letters of a text that stand for a title where it has none."""


class Listed(NamedTuple):
    """What the list needs to know of an article of the corpus; the text is indexed, and not stored."""

    number: int
    id: str
    title: str | None
    outlet: str | None
    url: str | None
    earliest: str | None
    latest: str | None
    published: str | None
    language: str | None
    words: int
    text: str


class Library:
    """What is known of the articles of a corpus, in the same folder: made anew where it is missing or damaged.

    All of it may be called by several threads, and by several processes: one writes at a time, the others wait.
    What goes wrong with its file is a SaysoError.

    >>> import tempfile
    >>> from sayso.model import Article
    >>> article = Article("a", "a.txt", "The old cable was cut.", "a", "2024-05-06T00:00:00Z", "text/plain", title="A")
    >>> library = Library(tempfile.mkdtemp())
    >>> library.keep(Entry(article, 0, None, "2024-05-07"), None)
    >>> found = library.search(Query("cable"))
    >>> found.total, found.rows[0].title, library.analysis("a")
    (1, 'A', None)
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._database = Database(self.path)

    @cached_property
    def corrections(self) -> "Corrections":
        """What people said of the analyses. They lie in a file of their own, which is precious."""
        from sayso.library.corrections import Corrections  # noqa: PLC0415

        return Corrections(self.path)

    def close(self) -> None:
        """Close the file; it is opened again when something is asked."""
        self._database.close()

    def keep(self, entry: Entry, analysis: Analysis | None) -> None:
        """List an article, and keep what was found in it, in the place of what was kept before."""
        self.keep_many([(entry, analysis)])

    def keep_many(self, pairs: Iterable[tuple[Entry, Analysis | None]]) -> None:
        """The same for several, in one transaction."""
        with self._database.writing() as connection:
            for entry, analysis in pairs:
                _list(connection, _listed(entry))
                if analysis is not None:
                    _keep(connection, _number(entry), analysis)

    def fail(self, number: int, problem: str) -> None:
        """Note that an article could not be analysed, so that it is not tried again each time."""
        with self._database.writing() as connection:
            update = "UPDATE article SET state = ?, gap = ? WHERE number = ? AND state >= 0"
            connection.execute(update, (FAILED, _clean(problem), number))

    def enlist(self, articles: Iterable[Listed]) -> Iterator[int]:
        """List articles, and give after each transaction how many there are by then."""
        waiting: list[Listed] = []
        done = 0
        for article in articles:
            waiting.append(article)
            if len(waiting) >= TOGETHER:
                done += self._enlist_all(waiting)
                waiting = []
                yield done
        if waiting:
            yield done + self._enlist_all(waiting)

    def _enlist_all(self, articles: list[Listed]) -> int:
        with self._database.writing() as connection:
            for article in articles:
                _list(connection, article)
        return len(articles)

    def missing(self, count: int) -> Iterator[int]:
        """The numbers below `count` that are not listed yet."""
        with self._database.reading() as connection:
            listed, last = connection.execute("SELECT count(*), coalesce(max(number), -1) FROM article").fetchone()
            there = (
                {} if listed == last + 1 else {number for (number,) in connection.execute("SELECT number FROM article")}
            )
        if there:
            yield from (number for number in range(min(count, last + 1)) if number not in there)
        yield from range(last + 1, count)

    def expect(self, first: int, *, analyse: bool) -> None:
        """Note that articles from this number on, until it is noted otherwise, are to be analysed, or not."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM run WHERE first >= ?", (first,))
            connection.execute("INSERT INTO run VALUES (?, ?)", (first, analyse))

    def want_all(self) -> None:
        """Have all those analysed that are not, that could not be before, or that another version of Sayso analysed."""
        with self._database.writing() as connection:
            connection.execute("UPDATE article SET state = ? WHERE state IN (?, ?)", (WANTED, LISTED, FAILED))
            others = "SELECT number FROM analysis WHERE version <> ?"
            connection.execute(
                f"UPDATE article SET state = ? WHERE state >= 0 AND number IN ({others})", (WANTED, _version())
            )

    def wanted(self) -> int:
        """How many articles are still to be analysed."""
        with self._database.reading() as connection:
            count: int = connection.execute("SELECT count(*) FROM article WHERE state = 1").fetchone()[0]
        return count

    def last(self) -> tuple[int, str] | None:
        """The number and the id of the last article of the list."""
        asked = "SELECT number, id FROM article WHERE state >= 0 ORDER BY number DESC LIMIT 1"
        with self._database.reading() as connection:
            found: tuple[int, str] | None = connection.execute(asked).fetchone()
        return found

    def begin_anew(self) -> None:
        """Put the file aside, since it is another corpus's. Corrections are kept."""
        self._database.begin_anew("does not belong to this corpus")

    def next_wanted(self) -> tuple[int, ...]:
        """The first few of these numbers."""
        return tuple(islice(self.all_wanted(), PAGE))

    def all_wanted(self, first: int = 0) -> Iterator[int]:
        """The numbers of the articles that are still to be analysed when their turn comes: those from `first` on, then
        the ones before it, the last of them first. So two processes that do it meet once, and not in every article.
        """
        yield from self._pages("number > ? ORDER BY number", first - 1)
        yield from self._pages("number < ? ORDER BY number DESC", first)

    def _pages(self, which: str, last: int) -> Iterator[int]:
        asked = f"SELECT number FROM article WHERE state = 1 AND {which} LIMIT {PAGE}"
        while True:
            with self._database.reading() as connection:
                numbers = [number for (number,) in connection.execute(asked, (last,))]
            if not numbers:
                return
            yield from numbers
            last = numbers[-1]

    def has(self, id: str) -> bool:
        """Whether an article is on the list."""
        with self._database.reading() as connection:
            asked = "SELECT 1 FROM article WHERE id = ? AND state >= 0 LIMIT 1"
            return connection.execute(asked, (_clean(id),)).fetchone() is not None

    def analysis(self, id: str) -> Analysis | None:
        """What the machine found in an article, as it was kept; None where it was not analysed."""
        found = self._kept(id)
        return None if found is None else _adapter().validate_json(zlib.decompress(found[1]))

    def version(self, id: str) -> str | None:
        """The version of Sayso that analysed an article."""
        found = self._kept(id)
        return None if found is None else found[0]

    def search(self, query: Query, limit: int = 50, offset: int = 0) -> Found:
        """The articles that have all that is asked for: at most `limit`, after `offset` others."""
        with self._database.reading() as connection:
            return searching.search(connection, query, limit, offset)

    def remove(self, id: str) -> None:
        """Take an article out of the list, with all that was kept of it but people's corrections."""
        with self._database.writing() as connection:
            numbers = [number for (number,) in connection.execute("SELECT number FROM article WHERE id = ?", (id,))]
            _remove(connection, numbers)

    def remove_numbers(self, numbers: Iterable[int]) -> None:
        """The same for articles by their numbers; those that are not on the list will not be, either."""
        asked = "SELECT 1 FROM article WHERE number = ? AND state < 0"
        with self._database.reading() as connection:
            there = [number for number in numbers if not connection.execute(asked, (number,)).fetchone()]
        if there:
            with self._database.writing() as connection:
                empty = (
                    "INSERT OR IGNORE INTO article (number, id, outlet, day, words, state) VALUES (?, '', 0, '', 0, ?)"
                )
                connection.executemany(empty, [(number, REMOVED) for number in there])
                _remove(connection, there)

    def _kept(self, id: str) -> tuple[str, bytes] | None:
        if not self._database.file.exists():  # to ask of it makes none: the folder may be another's
            return None
        asked = "SELECT version, packed FROM analysis JOIN article USING (number) WHERE id = ? ORDER BY number LIMIT 1"
        with self._database.reading() as connection:
            found: tuple[str, bytes] | None = connection.execute(asked, (_clean(id),)).fetchone()
        return found


def _number(entry: Entry) -> int:
    if entry.number is None:
        raise ValueError(f"{entry.id}: only an article of the corpus can be kept in its library")
    return entry.number


def _listed(entry: Entry) -> Listed:
    article = entry.article
    return Listed(
        _number(entry), article.id, article.title, article.outlet, article.url, entry.earliest, entry.latest,
        article.published, article.language, len(article.text.split()), article.text,
    )  # fmt: skip


def _list(connection: sqlite3.Connection, given: Listed) -> None:
    """Put an article on the list, unless it is there."""
    if connection.execute("SELECT 1 FROM article WHERE number = ?", (given.number,)).fetchone():
        return
    wanted = connection.execute(
        "SELECT wanted FROM run WHERE first <= ? ORDER BY first DESC LIMIT 1", (given.number,)
    ).fetchone()
    state = WANTED if wanted and wanted[0] else LISTED
    title, url, text = _clean(given.title), _clean(given.url), _clean(given.text)
    shown = title or opening(text or "")
    day = given.published or given.latest or ""
    connection.execute(
        "INSERT INTO article (number, id, title, outlet, url, earliest, latest, published, day, language, words, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (given.number, _clean(given.id), shown, _id_of(connection, "outlet", given.outlet), url, given.earliest,
         given.latest, given.published, day, given.language, given.words, state),
    )  # fmt: skip
    connection.execute("INSERT INTO fulltext (rowid, title, text) VALUES (?, ?, ?)", (given.number, title, text))


def opening(text: str) -> str | None:
    """How a text begins, for a list in which it has no title; None where there is nothing.

    >>> opening("Officials said on Monday that the old dam above Halna burst, and that nobody was hurt. More soon.")
    'Officials said on Monday that the old dam above Halna burst, and that …'
    """
    words = text[:BEGINNING].split()
    if len(text) <= BEGINNING:
        return " ".join(words) or None
    return " ".join([*words[:-1], "…"])


def _keep(connection: sqlite3.Connection, number: int, analysis: Analysis) -> None:
    """Put what was found in the place of what was kept before; nothing of an article that was removed meanwhile."""
    if connection.execute("SELECT state FROM article WHERE number = ?", (number,)).fetchone() == (REMOVED,):
        return
    _forget(connection, number)
    counts = [sum(one.severity == severity for one in analysis.findings) for severity in ("high", "medium", "low")]
    kinds = "\n".join(sorted({one.kind for one in analysis.findings}))
    first = analysis.findings[0].message if analysis.findings else None
    gap = None if analysis.analysed or not analysis.gaps else analysis.gaps[0].message
    connection.execute(
        "UPDATE article SET state = ?, language = ?, kinds = ?, high = ?, medium = ?, low = ?, first_finding = ?,"
        " gap = ? WHERE number = ?",
        (ANALYSED if analysis.analysed else LEFT, analysis.article.language, _id_of(connection, "kinds", kinds),
         *counts, _clean(first), _clean(gap), number),
    )  # fmt: skip
    packed = zlib.compress(_adapter().dump_json(analysis))
    connection.execute("INSERT INTO analysis VALUES (?, ?, ?)", (number, _version(), packed))
    names = {name for actor in analysis.actors for name in (actor.name, *actor.names)}
    ids = [(_name(connection, name), number) for name in sorted(names)]
    connection.executemany("INSERT OR IGNORE INTO actor VALUES (?, ?)", ids)


def _forget(connection: sqlite3.Connection, number: int) -> None:
    for table in ("analysis", "actor"):
        connection.execute(f"DELETE FROM {table} WHERE number = ?", (number,))


def _remove(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Leave only the number, so that it is not listed again; nothing of an article is found in the text then."""
    gone = "id = '', title = NULL, outlet = 0, url = NULL, kinds = 0, first_finding = NULL, gap = NULL"
    for number in numbers:
        _forget(connection, number)
        connection.execute(f"UPDATE article SET state = ?, {gone} WHERE number = ?", (REMOVED, number))


def _id_of(connection: sqlite3.Connection, table: str, value: str | None) -> int:
    """The number of an outlet, or of a set of kinds of finding; 0 for none."""
    if not value:
        return 0
    column = "name" if table == "outlet" else "kinds"
    found = connection.execute(f"SELECT id FROM {table} WHERE {column} = ?", (_clean(value),)).fetchone()
    if found is None:
        found = connection.execute(
            f"INSERT INTO {table} ({column}) VALUES (?) RETURNING id", (_clean(value),)
        ).fetchone()
    id: int = found[0]
    return id


def _name(connection: sqlite3.Connection, name: str) -> int:
    name = name.encode("utf-8", "replace").decode()
    found = connection.execute("SELECT id FROM name WHERE name = ?", (name,)).fetchone()
    if found is None:
        found = connection.execute("INSERT INTO name (name) VALUES (?) RETURNING id", (name,)).fetchone()
        connection.execute("INSERT INTO nametext (rowid, name) VALUES (?, ?)", (found[0], name))
    id: int = found[0]
    return id


def _clean(text: str | None) -> str | None:
    return None if text is None else text.encode("utf-8", "replace").decode()


@cache
def _adapter() -> TypeAdapter[Analysis]:
    return TypeAdapter(Analysis)


@cache
def _version() -> str:
    return metadata.version("sayso")
