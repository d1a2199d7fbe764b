"""Events into the index, and out of it again. One call is one transaction: done, or nothing is changed."""

import hashlib
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sayso.errors import SaysoError
from sayso.events import database, packing
from sayso.events.database import DAY
from sayso.events.event import Event
from sayso.events.store import BETWEEN
from sayso.events.terms import terms

BATCH = 5_000
LONGEST_NAME = 80
"""Characters of a table's name."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of events that were to be added. `known` were there already, in this table or another."""

    added: int
    known: int


def key(name: str) -> str:
    """By what a table is known: "Wikipedia " is "wikipedia". Raises SaysoError for what cannot be a table's name."""
    if not re.search(r"\w", name):
        raise SaysoError(f"“{name}” cannot be a table's name: it needs a letter or a digit")
    if len(name) > LONGEST_NAME:
        raise SaysoError(f"the table's name is too long; at most {LONGEST_NAME} characters")
    return " ".join(name.casefold().split())


def add(name: str, origin: str, events: Iterable[Event]) -> Added:
    """Add events to a table, which is made if it is missing. One that is in the index already is not added again.

    Raises EventsError, or what `events` raises; nothing is changed then.
    """
    with database.writing(database.path()) as connection:
        writer = Writer(connection, name, origin)
        writer.add(events)
        return writer.done()


def remove(name: str) -> bool:
    """Remove a table and its events; whether there was one. Raises EventsError."""
    file = database.path()
    if not file.exists():
        return False
    with database.writing(file) as connection:
        if not connection.execute("SELECT 1 FROM source WHERE key = ?", [key(name)]).fetchone():
            return False
        writer = Writer(connection, name, "")
        writer.delete("source = ?", writer.source)
        writer.done()
        connection.execute("DELETE FROM source WHERE id = ?", [writer.source])
        connection.execute("DELETE FROM fetched WHERE source = ?", [writer.source])
    database.shrink(file)
    return True


class Writer:
    """Adds and deletes the events of one table inside a transaction, and keeps all counts true."""

    def __init__(self, connection: sqlite3.Connection, name: str, origin: str) -> None:
        self._connection = connection
        self.source = self._source(name, origin)
        self._ids: dict[str, int] = {}
        self._next = 1 + (connection.execute("SELECT max(id) FROM term").fetchone()[0] or 0)
        self._last: dict[int, int] = {}
        self._added = self._known = 0
        self._deleted = False

    def add(self, events: Iterable[Event]) -> None:
        """Add those events that are not in the index yet."""
        waiting = iter(events)
        while batch := list(islice(waiting, BATCH)):
            self._add({_hash(event): event for event in reversed(batch)}, len(batch))

    def delete(self, where: str, *values: int) -> None:
        """Delete the events that a condition on `event` picks."""
        picked = self._connection.execute(f"SELECT id, terms FROM event WHERE {where}", values)
        while rows := picked.fetchmany(BATCH):
            self._deleted = True
            held = [(number, terms.split(BETWEEN) if terms else []) for number, terms in rows]
            self._count(held, -1)
            self._forget(held)
        self._connection.execute(f"DELETE FROM event WHERE {where}", values)

    def done(self) -> Added:
        """Bring the table's own record up to date. The last call to a writer."""
        if self._deleted:
            for table in ("term", "year"):
                self._connection.execute(f"DELETE FROM {table} WHERE events = 0")
        self._connection.execute(
            f"UPDATE source SET (events, first, last) = (SELECT count(*), ifnull(min(id), {DAY}) / {DAY}, "
            f"ifnull(max(id), {DAY}) / {DAY} FROM event WHERE source = source.id), imported = ? WHERE id = ?",
            [datetime.now(UTC).isoformat(timespec="seconds"), self.source],
        )
        return Added(self._added, self._known)

    def _source(self, name: str, origin: str) -> int:
        """The number of the table; of one that is there already, the name stays, and the origin if none is given."""
        self._connection.execute(
            "INSERT INTO source (name, key, origin, events, first, last, imported) VALUES (?, ?, ?, 0, 1, 1, '') "
            "ON CONFLICT (key) DO UPDATE SET origin = ifnull(nullif(excluded.origin, ''), origin)",
            [" ".join(name.split()), key(name), origin],
        )
        number: int = self._connection.execute("SELECT id FROM source WHERE key = ?", [key(name)]).fetchone()[0]
        return number

    def _add(self, events: dict[int, Event], given: int) -> None:
        there = self._connection.execute(
            f"SELECT hash FROM event WHERE hash IN ({','.join(map(str, events))})"
        ).fetchall()
        for (known,) in there:
            del events[known]
        rows, held = [], []
        for digest, event in reversed(events.items()):
            number, found = self._number(date.fromisoformat(event.date)), sorted(terms(event.text))
            monthday = int(event.date[5:7]) * 100 + int(event.date[8:10])
            rows.append((number, monthday, self.source, digest, event.category, event.text, BETWEEN.join(found)))
            held.append((number, found))
        self._many("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._count(held, 1)
        parts = sorted(self._postings(held).items())
        self._many(
            "INSERT INTO posting VALUES (?, ?, ?, ?, ?)",
            ((*key, part[0], len(part), packing.packed(part)) for key, part in parts),
        )
        self._added += len(rows)
        self._known += given - len(rows)

    def _number(self, day: date) -> int:
        """The next free number of a day."""
        ordinal = day.toordinal()
        if ordinal not in self._last:
            span = [ordinal * DAY, (ordinal + 1) * DAY]
            last = self._connection.execute("SELECT max(id) FROM event WHERE id >= ? AND id < ?", span).fetchone()[0]
            self._last[ordinal] = ordinal * DAY - 1 if last is None else last
        self._last[ordinal] += 1
        if self._last[ordinal] >= (ordinal + 1) * DAY:
            raise SaysoError(f"{day.isoformat()} has more than {DAY:,} events; is it a table of events?")
        return self._last[ordinal]

    def _count(self, held: list[tuple[int, list[str]]], sign: int) -> None:
        """Count events and their terms in or out, and make sure that every term has its number in `_ids`."""
        counted = Counter(term for _, found in held for term in found)
        self._identify(counted)
        self._many("UPDATE term SET events = events + ? WHERE form = ?", ((sign * n, t) for t, n in counted.items()))
        years = Counter(_year(number) for number, _ in held)
        self._upsert("year (year, events)", "year", ((year, sign * n) for year, n in years.items()))

    def _postings(self, held: list[tuple[int, list[str]]]) -> dict[tuple[int, int], list[int]]:
        """By term and year, the events that have the term, each with its size."""
        found: dict[tuple[int, int], list[int]] = {}
        for number, having in held:
            sized = packing.sized(number, len(having))
            for term in having:
                found.setdefault((self._ids[term], _year(number)), []).append(sized)
        return found

    def _forget(self, held: list[tuple[int, list[str]]]) -> None:
        """Take events out of the postings of their terms."""
        for key, gone in self._postings(held).items():
            rows = self._connection.execute("SELECT part, packed FROM posting WHERE term = ? AND year = ?", key)
            for part, packed in rows.fetchall():
                left = [sized for sized in packing.unpacked(packed) if sized not in gone]
                self._connection.execute("DELETE FROM posting WHERE term = ? AND year = ? AND part = ?", [*key, part])
                if left:  # a part goes by its first number, which another event may get now
                    row = [*key, left[0], len(left), packing.packed(left)]
                    self._connection.execute("INSERT INTO posting VALUES (?, ?, ?, ?, ?)", row)

    def _identify(self, forms: Iterable[str]) -> None:
        for form in sorted(set(forms) - self._ids.keys()):
            found = self._connection.execute("SELECT id FROM term WHERE form = ?", [form]).fetchone()
            if found is None:
                self._connection.execute("INSERT INTO term VALUES (?, ?, 0)", [form, self._next])
            self._ids[form] = found[0] if found else self._next
            self._next += found is None

    def _upsert(self, into: str, conflict: str, rows: Iterable[tuple[int, ...]]) -> None:
        marks = ",".join("?" * (conflict.count(",") + 2))
        self._many(
            f"INSERT INTO {into} VALUES ({marks}) "
            f"ON CONFLICT ({conflict}) DO UPDATE SET events = events + excluded.events",
            rows,
        )

    def _many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._connection.executemany(statement, rows)


def _year(number: int) -> int:
    return date.fromordinal(number // DAY).year


def _hash(event: Event) -> int:
    """The day and the words of an event, of which no other event of the index has the same; capitals do not count."""
    words = " ".join(re.findall(r"\w+", event.text.casefold()))
    digest = hashlib.blake2b(f"{event.date}\n{words}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
