"""The file of the library: what is in it, how it is opened, and what its faults are called.

It can always be made anew from the corpus beside it, so a damaged file is put aside and not mended. One process writes
at a time, in short transactions; readers go on meanwhile with what was there before (SQLite's write-ahead log).
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import filelock

from sayso.errors import SaysoError

FILE = "library.sqlite"
APPLICATION = int.from_bytes(b"SaLi")
VERSION = 1
WAIT = 30.0
"""Seconds to wait for another process that writes."""
IDLE = 16
"""Connections that are kept open for whoever asks next."""

SCHEMA = """
CREATE TABLE outlet (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE kinds (id INTEGER PRIMARY KEY, kinds TEXT NOT NULL UNIQUE);
CREATE TABLE article (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT, outlet INTEGER NOT NULL, url TEXT,
    earliest TEXT, latest TEXT, published TEXT, day TEXT NOT NULL, language TEXT, words INTEGER NOT NULL,
    state INTEGER NOT NULL, kinds INTEGER NOT NULL DEFAULT 0,
    high INTEGER NOT NULL DEFAULT 0, medium INTEGER NOT NULL DEFAULT 0, low INTEGER NOT NULL DEFAULT 0,
    first_finding TEXT, gap TEXT
);
CREATE INDEX article_id ON article (id);
CREATE INDEX article_day ON article (day, number) WHERE state >= 0;
CREATE INDEX article_facets ON article (outlet, kinds) WHERE state >= 0;
CREATE INDEX article_published ON article (published);
CREATE INDEX article_wanted ON article (number) WHERE state = 1;
CREATE TABLE analysis (number INTEGER PRIMARY KEY, version TEXT NOT NULL, packed BLOB NOT NULL);
CREATE TABLE name (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE actor (name INTEGER, number INTEGER, PRIMARY KEY (name, number)) WITHOUT ROWID;
CREATE INDEX actor_number ON actor (number);
CREATE TABLE run (first INTEGER PRIMARY KEY, wanted INTEGER NOT NULL);
CREATE VIRTUAL TABLE fulltext USING fts5 (title, text, content='', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE nametext USING fts5 (name, content='name', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2');
INSERT INTO fulltext (fulltext, rank) VALUES ('hashsize', 33554432);
INSERT INTO kinds VALUES (0, '');
INSERT INTO outlet VALUES (0, '');
"""

_TABLES = "SELECT count(*) FROM sqlite_master"

_log = logging.getLogger("sayso")


class Database:
    """The file, and open connections to it that wait to be used again; a thread has one for itself while it asks."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self._idle: list[sqlite3.Connection] = []
        self._opened_as: tuple[int, int] | None = None

    def close(self) -> None:
        """Close the connections that wait."""
        while self._idle:
            self._idle.pop().close()

    def __del__(self) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the library, whatever is written meanwhile. Raises SaysoError."""
        with self._held("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one transaction: all that is done is kept, or after an error nothing."""
        with self._held("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _held(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._told():
            connection = self._taken()
            try:
                connection.execute(begin)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.close()  # which takes back what was not kept
                raise
            self._give_back(connection)

    def _taken(self) -> sqlite3.Connection:
        seen = _state(self.file)
        if self._opened_as != seen:  # another process made it anew
            self.close()
        try:
            return self._idle.pop()
        except IndexError:
            pass
        try:
            return self._opened()
        except sqlite3.Error as error:
            if not _is_damaged(error):
                raise
        self._put_aside("was damaged", seen)
        return self._opened()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if len(self._idle) < IDLE:
            self._idle.append(connection)
        else:
            connection.close()

    def _opened(self) -> sqlite3.Connection:
        if not self.file.exists() or _is_empty(self.file):
            self._make()
        connection = _connected(self.file)
        try:
            _check(self.file, connection)
        except BaseException:
            connection.close()
            raise
        self._opened_as = _state(self.file)
        return connection

    def _make(self) -> None:
        """Make the file beside its place, and put it there when it is complete: nobody sees half of one."""
        new = self.file.with_name(f"{FILE}.new")
        with self._locked():
            if self.file.exists() and not _is_empty(self.file):
                return  # another process was first
            new.unlink(missing_ok=True)
            self._sweep()
            connection = _connected(new)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(
                    f"BEGIN; {SCHEMA} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
                )
            finally:
                connection.close()
            new.replace(self.file)

    def _sweep(self) -> None:
        """Take away what SQLite has put beside a file whose place another one takes."""
        for end in ("-wal", "-shm"):
            self.file.with_name(FILE + end).unlink(missing_ok=True)

    def begin_anew(self, why: str) -> None:
        """Take the file out of the way, so that it is made anew when something is asked."""
        self._put_aside(why, self._opened_as)

    def _put_aside(self, why: str, seen: tuple[int, int] | None) -> None:
        """The same, unless another process has put another file in the place of the one that was seen."""
        self.close()
        with self._locked():
            if seen != _state(self.file):
                return
            aside = self.file.with_name(f"{FILE}.damaged")
            self._sweep()
            with suppress(FileNotFoundError):
                self.file.replace(aside)
        told = "%s %s and is made anew; the analyses in it will be made again. The old file is %s"
        _log.warning(told, self.file, why, aside.name)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(self.file.with_name("library.lock"), timeout=WAIT):
            yield

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong with the file, as a SaysoError that names it."""
        try:
            yield
        except sqlite3.Error as error:
            if _is_damaged(error):
                self._put_aside("was damaged", self._opened_as)
            raise SaysoError(f"{self.file}: {_why(error)}") from error
        except filelock.Timeout as error:
            raise SaysoError(f"{self.file}: another process is making the library anew; try again") from error
        except OSError as error:
            raise SaysoError(f"{self.file}: {error.strerror or error}") from error


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=WAIT, isolation_level=None, check_same_thread=False)
    connection.executescript("PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 2147418112;")
    return connection


def _is_empty(file: Path) -> bool:
    """Whether nothing is in it: it is new, or whoever made it was killed."""
    connection = _connected(file)
    try:
        return not connection.execute(_TABLES).fetchone()[0]
    finally:
        connection.close()


def _check(file: Path, connection: sqlite3.Connection) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION and version > VERSION:
        raise SaysoError(f"{file}: a newer Sayso made this library; update Sayso to use it")
    if application != APPLICATION or version != VERSION:
        raise SaysoError(f"{file}: it is no library of Sayso; remove or move it, and it is made anew")


def _state(file: Path) -> tuple[int, int] | None:
    """What tells a file from another that took its place."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_damaged(error: sqlite3.Error) -> bool:
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _why(error: sqlite3.Error) -> str:
    code = _code(error)
    if _is_damaged(error):
        return "the library was damaged and is made anew; try again"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "another process is writing in the library; try again when it is done"
    if code == sqlite3.SQLITE_FULL:
        return "the disk is full; what was stored before is kept"
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return "the library cannot be written here; Sayso keeps it beside the corpus"
    return f"the library cannot be used ({error})"


def _code(error: sqlite3.Error) -> int:
    """SQLite's code without its details."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
