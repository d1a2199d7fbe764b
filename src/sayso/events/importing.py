"""Other people's tables of dated events into the index. A bad row costs itself and no other."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sayso.errors import SaysoError
from sayso.events import adding, formats
from sayso.events.event import Event
from sayso.events.formats import Row
from sayso.events.terms import without_sources
from sayso.words.importing import Problem

EARLIEST = date(1600, 1, 1)
"""The Gregorian calendar was in use by then; before it, a day needs a word on its calendar."""
LONGEST_TEXT = 2_000
LONGEST_CATEGORY = 200
SHOWN = 20
"""Problems that are kept; the rest are counted."""
Progress = Callable[[int], None]


@dataclass(slots=True)
class Import:
    """What came of a file: how many rows, events that are new, known or skipped, and the first problems."""

    name: str
    file: str
    rows: int = 0
    added: int = 0
    known: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)


def store(file: str, name: str | None = None, source: str = "", progress: Progress | None = None) -> Import:
    """Import the events of a file (- is standard input), which are added to the table of that name.

    Raises SaysoError naming the file if it cannot be read to its end or holds no event; then nothing is stored.
    `progress` is told the number of rows now and then.
    """
    name = " ".join((name if name is not None else _stem(file)).split())
    adding.key(name)  # a bad name is told before a long file is read
    result = Import(name, file)
    origin = " ".join(source.split()) or ("standard input" if file == "-" else Path(file).name)
    with formats.opened(file) as rows:
        added = adding.add(name, origin, _events(result, rows, progress))
    result.added, result.known = added.added, added.known
    return result


def _stem(file: str) -> str:
    if file == "-":
        raise SaysoError("standard input has no name: give the table one with --name")
    return formats.stem(file)


def _events(result: Import, rows: Iterable[Row | Problem], progress: Progress | None) -> Iterator[Event]:
    """The events of the rows. Raises SaysoError after the last row if there was none, so that nothing is kept."""
    found = False
    for row in rows:
        result.rows += 1
        if progress and result.rows % 1_000 == 0:
            progress(result.rows)
        event = row if isinstance(row, Problem) else checked(row)
        if isinstance(event, Event):
            found = True
            yield event
            continue
        result.skipped += 1
        if len(result.problems) < SHOWN:
            result.problems.append(event)
    if not found:
        raise SaysoError(f"{result.file}: no row in it gives an event{_first(result.problems)}")


def _first(problems: list[Problem]) -> str:
    where = f"line {problems[0].line}: " if problems and problems[0].line else ""
    return f" ({where}{problems[0].why})" if problems else ""


def checked(row: Row) -> Event | Problem:
    """The event of a row, cleaned, or what is wrong with it."""
    day = _day(row.date)
    if isinstance(day, str):
        return Problem(row.line, day)
    text, category = without_sources(_plain(row.text)), _plain(row.category)
    if not re.search(r"[^\W\d_]", text):
        return Problem(row.line, "it has no text")
    if len(text) > LONGEST_TEXT:
        return Problem(row.line, f"its text has more than {LONGEST_TEXT:,} characters")
    return Event(day.isoformat(), text, category[:LONGEST_CATEGORY])


def _day(text: str) -> date | str:
    """The day that a text gives, or what is wrong with it."""
    written = text.strip()
    try:
        day = date.fromisoformat(written) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written) else None
    except ValueError:
        day = None
    if day is None:
        return f"“{_plain(written)[:40]}” is no day; a day is written 2018-04-14" if written else "it has no date"
    if not EARLIEST <= day <= date.today() + timedelta(days=1):
        return f"{day.isoformat()} is not between {EARLIEST.isoformat()} and tomorrow"
    return day


_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def _plain(text: str) -> str:
    """One line without control characters, direction marks, and halves of characters."""
    return " ".join(_HIDDEN.sub("", text.encode(errors="replace").decode()).split())
