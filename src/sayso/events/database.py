"""The file of the index: where it lies, what is in it, how it is opened, and what its faults are called.

An event's number begins with its day: `day * DAY + n`, `day` being a proleptic Gregorian ordinal. So events lie in the
order of their days, and whoever has the numbers of events, as a posting has, knows their days without reading them.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sayso import home
from sayso.errors import SaysoError

FILE = "events.sqlite"
APPLICATION = int.from_bytes(b"Says")
VERSION = 1
DAY = 1 << 16
"""Numbers that a day has for its events."""
_DAMAGED = "the index of events is damaged; remove the file, and import the tables again"
WAIT = 5.0
"""Seconds to wait for another process that writes."""

SCHEMA = """
CREATE TABLE source (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL UNIQUE, origin TEXT NOT NULL,
    events INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, imported TEXT NOT NULL
);
CREATE TABLE event (
    id INTEGER PRIMARY KEY, monthday INTEGER NOT NULL, source INTEGER NOT NULL, hash INTEGER NOT NULL UNIQUE,
    category TEXT NOT NULL, text TEXT NOT NULL, terms TEXT NOT NULL
);
CREATE INDEX event_monthday ON event (monthday);
CREATE TABLE term (form TEXT PRIMARY KEY, id INTEGER NOT NULL, events INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE posting (
    term INTEGER, year INTEGER, part INTEGER, events INTEGER NOT NULL, packed BLOB NOT NULL,
    PRIMARY KEY (term, year, part)
) WITHOUT ROWID;
CREATE TABLE year (year INTEGER PRIMARY KEY, events INTEGER NOT NULL);
CREATE TABLE fetched (day INTEGER PRIMARY KEY, source INTEGER NOT NULL, at TEXT NOT NULL);
"""


class EventsError(SaysoError):
    """The index of events cannot be used or written. The message names the file and the way out."""


def path() -> Path:
    """The file of the user's index of events, which need not be there."""
    return home.folder("events") / FILE


@contextmanager
def told(file: Path) -> Iterator[None]:
    """What goes wrong with the file, as an EventsError that names it."""
    try:
        yield
    except sqlite3.Error as error:
        raise EventsError(f"{file}: {_why(error)}") from error
    except OSError as error:
        raise EventsError(f"{file}: {error.strerror or error}") from error


def damaged(file: Path) -> EventsError:
    return EventsError(f"{file}: {_DAMAGED}")


def _why(error: sqlite3.Error) -> str:
    code = _code(error)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _DAMAGED
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "another process is writing the index of events; try again when it is done"
    if code == sqlite3.SQLITE_FULL:
        return "the disk is full; nothing was changed"
    return f"the index of events cannot be used ({error})"


def _code(error: sqlite3.Error) -> int:
    """SQLite's code without its details."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def reading(file: Path) -> sqlite3.Connection:
    """A connection that cannot write. Raises EventsError."""
    with told(file):
        try:
            return _checked(file)
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_READONLY:
                raise
        # A process was killed while it wrote. What it left half done goes when one reads who may write.
        with closing(_connected(file, "rw")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return _checked(file)


def _checked(file: Path) -> sqlite3.Connection:
    connection = _connected(file, "ro")
    try:
        _check(file, connection)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def writing(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection inside one transaction: all that is done is kept, or after an error nothing. Raises EventsError."""
    with told(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(_connected(file, "rwc")) as connection:
            # Pages stay in memory until the end, so that readers are not kept waiting by a long import.
            connection.executescript("PRAGMA cache_spill = OFF; PRAGMA temp_store = MEMORY;")
            connection.execute("BEGIN IMMEDIATE")
            try:
                if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    _create(connection)
                _check(file, connection)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def shrink(file: Path) -> None:
    """Give the room of what was deleted back to the disk, if that works now; it can be used again in any case."""
    with suppress(sqlite3.Error), closing(_connected(file, "rw")) as connection:
        connection.execute("VACUUM")


def _connected(file: Path, mode: str) -> sqlite3.Connection:
    uri = f"{file.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False)


def _create(connection: sqlite3.Connection) -> None:
    for statement in filter(str.strip, SCHEMA.split(";")):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _check(file: Path, connection: sqlite3.Connection) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        return
    if application != APPLICATION:
        raise EventsError(f"{file}: it is no index of events; remove or move it, and import the tables again")
    if version != VERSION:
        raise EventsError(f"{file}: another version of Sayso wrote it; remove the file, and import the tables again")
