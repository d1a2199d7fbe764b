"""What persons said of the machine's readings: a log beside the corpus that is only ever appended to.

The file is precious, since nothing can make it anew. So nothing in it is changed or deleted, and the database itself
refuses to: to take a correction back is one more line, and to take that back another.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import Any

from sayso.errors import SaysoError
from sayso.library import readings
from sayso.model.correction import Action, Corrected, Correction, Reading

FILE = "corrections.sqlite"
PATIENCE = 30.0  # seconds to wait for another who writes
LONGEST = 200_000  # code points of a reading as JSON; a quotation of a whole article is shorter
LONGEST_WORDS = 2_000  # of a note, and of an author's name

NEEDED: dict[Action, tuple[str, ...]] = {
    "accept": ("machine",),
    "reject": ("machine",),
    "change": ("machine", "person"),
    "add": ("person",),
    "merge": ("machine", "person"),
    "split": ("machine", "person"),
}
_NAMES = tuple(field.name for field in fields(Correction))
_JSON = ("machine", "person")
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS corrections (number INTEGER PRIMARY KEY AUTOINCREMENT, {", ".join(_NAMES)}, UNIQUE (id));
CREATE INDEX IF NOT EXISTS by_article ON corrections (article);
CREATE TRIGGER IF NOT EXISTS unchanged BEFORE UPDATE ON corrections
    BEGIN SELECT RAISE(ABORT, 'corrections are never changed'); END;
CREATE TRIGGER IF NOT EXISTS undeleted BEFORE DELETE ON corrections
    BEGIN SELECT RAISE(ABORT, 'corrections are never deleted'); END;
"""


class Corrections:
    """The corrections of a corpus. Several processes and threads may read and add at once."""

    def __init__(self, folder: str | PathLike[str]) -> None:
        """`folder` is the corpus's; the file comes to be with the first correction.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     log = Corrections(folder)
        ...     made = log.add("x1", "time", "reject", "Ada", machine={"spans": [[0, 3]]})
        ...     taken = log.undo(made.id, "Ben")
        ...     [found.undoes == made.id for found in log.of("x1")], standing(log.of("x1"))
        ([False, True], ())
        """
        self.path = Path(folder) / FILE

    def of(self, article: str) -> tuple[Correction, ...]:
        """All corrections of one article in the order in which they were made, with those taken back."""
        return tuple(self._found("WHERE article = ?", article))

    def all(self) -> Iterator[Correction]:
        """All corrections of the corpus in the order in which they were made."""
        return iter(tuple(self._found("")))

    def count(self) -> int:
        """How many lines the log has: as nothing in it ever changes, the log is as it was where their number is."""
        if not self.path.exists():
            return 0
        with closing(self._connection()) as connection, self._told():
            lines: int = connection.execute("SELECT count(*) FROM corrections").fetchone()[0]
            return lines

    def add(  # noqa: PLR0913 - a correction has so many parts
        self,
        article: str,
        kind: Corrected,
        action: Action,
        author: str,
        *,
        machine: Reading | None = None,
        person: Reading | None = None,
        note: str = "",
        version: str = "",
    ) -> Correction:
        """Keep a correction, and give it an id and its moment. Raises SaysoError, if it does not make sense."""
        made = Correction("", article, kind, action, author.strip(), "", machine, person, note.strip(), None, version)
        _check(made)
        with self._writing() as connection:
            return _appended(connection, made)

    def undo(self, id_: str, author: str) -> Correction:
        """Take a correction back, or take back that it was taken back. Raises SaysoError, if it does not stand."""
        _check_words(author)
        with self._writing() as connection:
            found = next(_read(connection, "WHERE id = ?", id_), None)
            if found is None:
                raise SaysoError(f"there is no correction {id_!r}")
            if not any(each.id == id_ for each in holding(_read(connection, "WHERE article = ?", found.article))):
                raise SaysoError(f"the correction {id_!r} has been taken back already")
            return _appended(connection, replace(found, author=author.strip(), note="", undoes=id_))

    def _found(self, where: str, *values: str) -> Iterator[Correction]:
        if not self.path.exists():
            return
        with closing(self._connection()) as connection, self._told():
            yield from list(_read(connection, where, *values))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: a correction is there, or it is not, whatever happens to the process."""
        with self._told(), closing(self._connection()) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection

    def _connection(self) -> sqlite3.Connection:
        with self._told():
            connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            connection.execute("PRAGMA synchronous = FULL")
            return connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise SaysoError(f"{self.path}: the corrections cannot be read or written ({error})") from error


def standing(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections of a log that nobody took back, without the lines by which others were taken back."""
    return tuple(each for each in holding(corrections) if each.undoes is None)


def holding(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The lines of a log that hold, from the last one back: what a line that holds takes back does not."""
    undone: set[str] = set()
    held = []
    for each in reversed(list(corrections)):
        if each.id not in undone:
            held.append(each)
            if each.undoes is not None:
                undone.add(each.undoes)
    return tuple(held[::-1])


def _check(made: Correction) -> None:
    _check_words(made.author)
    if len(made.note) > LONGEST_WORDS:
        raise SaysoError(f"a note may have {LONGEST_WORDS} characters, and this one has {len(made.note)}")
    if made.action in ("merge", "split") and made.kind != "actor":
        raise SaysoError(f'only actors can be merged or split, not a thing of the kind "{made.kind}"')
    if made.action not in NEEDED:
        raise SaysoError(f'there is no action "{made.action}"')
    if made.action == "merge" and (made.machine or {}).get("id") == (made.person or {}).get("id"):
        raise SaysoError("an actor cannot be made one with itself")
    for name in _JSON:
        given = getattr(made, name)
        if (given is not None) != (name in NEEDED[made.action]):
            raise SaysoError(f'"{made.action}" {"needs" if given is None else "has no"} reading of the {name}')
        if given is not None:
            readings.check(made.kind, given)
            if len(json.dumps(given)) > LONGEST:
                raise SaysoError(f"the reading of the {name} is longer than {LONGEST} characters")


def _check_words(author: str) -> None:
    if not author.strip():
        raise SaysoError("a correction needs somebody who makes it: the author is empty")
    if len(author) > LONGEST_WORDS:
        raise SaysoError(f"the name of an author may have {LONGEST_WORDS} characters")


def _appended(connection: sqlite3.Connection, made: Correction) -> Correction:
    made = replace(made, id=secrets.token_hex(6), moment=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    row = asdict(made) | {name: json.dumps(getattr(made, name)) for name in _JSON}
    marks = ", ".join("?" * len(_NAMES))
    connection.execute(
        f"INSERT INTO corrections ({', '.join(_NAMES)}) VALUES ({marks})",
        [row[name] for name in _NAMES],
    )
    return made


def _read(connection: sqlite3.Connection, where: str, *values: str) -> Iterator[Correction]:
    rows = connection.execute(
        f"SELECT {', '.join(_NAMES)} FROM corrections {where} ORDER BY number",
        values,
    )
    for row in rows:
        named: dict[str, Any] = dict(zip(_NAMES, row, strict=True))
        yield Correction(**named | {name: json.loads(named[name]) for name in _JSON})
