"""The index of events, for those who ask it. Nothing is ever loaded as a whole."""

import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.events import database, packing
from sayso.events.database import DAY
from sayso.events.event import Entry, Event

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BETWEEN = "\n"
"""Stands between the terms of an event where they are stored; no term has it."""
KEPT = 8
"""Days of the year whose events stay in memory, some 2 MB each."""
_AT_ONCE = 500  # parameters of one question; SQLite has a limit
_ENTRY = "SELECT event.id, text, category, name, terms FROM event JOIN source ON source.id = event.source"


@dataclass(frozen=True, slots=True)
class Source:
    """An imported table. `origin` is where it can be checked, `first` and `last` ISO days, `imported` an ISO time."""

    name: str
    origin: str
    events: int
    first: str
    last: str
    imported: str


class Events:
    """The events that a user imported. Every question may raise EventsError: another process may harm the file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection = database.reading(file)
        self._kept: dict[int, list[Entry]] = {}
        # Closed when nobody has it any more: a newer one takes its place while an older may still be in use.
        weakref.finalize(self, self._connection.close)

    @cached_property
    def years(self) -> dict[int, int]:
        """How many events there are of each year that has any, in order."""
        return dict(self._rows("SELECT year, events FROM year ORDER BY year"))

    @property
    def total(self) -> int:
        """How many events there are."""
        return sum(self.years.values())

    @property
    def first(self) -> date:
        """The day of the earliest event."""
        return self._day("SELECT min(id) FROM event")

    @property
    def last(self) -> date:
        """The day of the latest event."""
        return self._day("SELECT max(id) FROM event")

    def near(self, month: int, day: int, spread: int = 0) -> list[Entry]:
        """The events of all years on a day of the year, or up to `spread` days from it; in order of time.

        Days are counted over the turn of the year and over 29 February. Raises ValueError for 31 April.
        """
        around = date(2000, month, day)  # a leap year
        days = [around + timedelta(days=n) for n in range(-min(spread, 183), min(spread, 183) + 1)]
        found = [entry for monthday in {100 * near.month + near.day for near in days} for entry in self._on(monthday)]
        return sorted(found, key=lambda entry: entry.event.date)

    def _on(self, monthday: int) -> list[Entry]:
        """The events of a day of the year. A report names a few days, and asks for them again and again."""
        if monthday not in self._kept:
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[monthday] = self._entries("WHERE monthday = ? ORDER BY event.id", [monthday])
        return self._kept[monthday]

    def between(self, first: date, last: date) -> list[Entry]:
        """The events from one day to another, both included; in order of time."""
        span = (first.toordinal() * DAY, (last.toordinal() + 1) * DAY)
        return self._entries("WHERE event.id >= ? AND event.id < ? ORDER BY event.id", span)

    def holding(self, term: str) -> list[Entry]:
        """The events that have a term, in order of time."""
        found = [sized for packed in self._packed(term) for sized in packing.unpacked(packed)]
        return list(self.entries(packing.number(sized) for sized in sorted(found)).values())

    def counts(self, term: str) -> dict[int, int]:
        """How many events of each year have a term; only years that have one, in order."""
        where = "WHERE term = (SELECT id FROM term WHERE form = ?)"
        return dict(self._rows(f"SELECT year, sum(events) FROM posting {where} GROUP BY year ORDER BY year", [term]))

    def _packed(self, term: str) -> list[bytes]:
        where = "WHERE term = (SELECT id FROM term WHERE form = ?)"
        return [packed for (packed,) in self._rows(f"SELECT packed FROM posting {where}", [term])]

    def frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """How many events have each term; those that none has are left out."""
        wanted = sorted(set(terms))
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            found.update(self._rows(f"SELECT form, events FROM term WHERE form IN ({_marks(part)})", part))
        return found

    def postings(self, terms: Iterable[str], most: int) -> "dict[str, NDArray[np.int64]]":
        """The events that have each term, sized (see `packing`) and in order of time.

        Terms that no event has, or more than `most`, are left out.
        """
        wanted = sorted(set(terms))
        found: dict[str, list[bytes]] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            for form, packed in self._rows(
                "SELECT form, packed FROM term JOIN posting ON posting.term = term.id "
                f"WHERE form IN ({_marks(part)}) AND term.events <= ?",
                [*part, most],
            ):
                found.setdefault(form, []).append(packed)
        try:
            return {form: packing.joined(found[form]) for form in sorted(found)}
        except ValueError as error:
            raise database.damaged(self._file) from error

    def entries(self, numbers: Iterable[int]) -> dict[int, Entry]:
        """The events of some numbers, by number and in that order; those that are not there are left out."""
        wanted = list(numbers)
        found: dict[int, Entry] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            rows = self._rows(f"{_ENTRY} WHERE event.id IN ({_marks(part)})", part)
            found.update((row[0], self._entry(row)) for row in rows)
        return {number: found[number] for number in wanted if number in found}

    def sources(self) -> list[Source]:
        """The imported tables, by name."""
        rows = self._rows("SELECT name, origin, events, first, last, imported FROM source ORDER BY key")
        return [
            Source(name, origin, events, _iso(first), _iso(last), at) for name, origin, events, first, last, at in rows
        ]

    def _day(self, question: str) -> date:
        return date.fromordinal((self._rows(question)[0][0] or DAY) // DAY)

    def _entries(self, where: str, parameters: Iterable[Any]) -> list[Entry]:
        return [self._entry(row) for row in self._rows(f"{_ENTRY} {where}", parameters)]

    @staticmethod
    def _entry(row: tuple[int, str, str, str, str]) -> Entry:
        number, text, category, source, terms = row
        return Entry(
            Event(_iso(number // DAY), text, category, source), frozenset(terms.split(BETWEEN) if terms else ())
        )

    def _rows(self, question: str, parameters: Iterable[Any] = ()) -> list[Any]:
        with database.told(self._file):
            return self._connection.execute(question, tuple(parameters)).fetchall()


_opened: dict[Path, tuple[tuple[int, ...], Events | None]] = {}


def opened() -> Events | None:
    """The user's index, or None where nothing was imported. Opened at the first call, and anew when it changed.

    Raises EventsError, naming the file, if it is damaged or another version wrote it.
    """
    file = database.path()
    try:
        found = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        _opened.pop(file, None)
        return None
    except OSError as error:
        raise database.EventsError(f"{file}: it cannot be read ({error.strerror or error})") from error
    state = (found.st_ino, found.st_mtime_ns, found.st_size)
    if file not in _opened or _opened[file][0] != state:
        _opened.clear()
        _opened[file] = (state, _open(file) if found.st_size else None)
    return _opened[file][1]


def _open(file: Path) -> Events | None:
    """The index in a file, or None if no event is in it, as when all tables were removed."""
    events = Events(file)
    return events if _has_tables(events) and events.years else None


def _has_tables(events: Events) -> bool:
    return bool(events._rows("SELECT count(*) FROM sqlite_master")[0][0])


def _marks(values: list[Any]) -> str:
    return ",".join("?" * len(values))


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
