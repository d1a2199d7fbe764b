"""Tables of events in words: which there are, what came of an import or an update, which years fit."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from sayso.events.fitting import YearFit
from sayso.events.importing import Import
from sayso.events.store import Source
from sayso.events.updating import Update
from sayso.reporting.labels import printable

MOST_YEARS = 10
MOST_EVENTS = 3
MOST_DAYS = 20


def tables(sources: Iterable[Source]) -> Iterator[str]:
    """A line a table."""
    for source in sources:
        days = f"{source.first} to {source.last}" if source.events else "no day"
        yield printable(
            f"{source.name}: {source.events:,} events, {days}; {source.origin}; imported {source.imported[:10]}"
        )


def tables_json(sources: Iterable[Source]) -> Iterator[str]:
    """An object a table: its fields."""
    yield from (json.dumps(asdict(source), ensure_ascii=False) for source in sources)


def imported(result: Import) -> Iterator[str]:
    """What a person should know of an import: the rows that were left out."""
    for problem in result.problems:
        where = f"line {problem.line}" if problem.line else "a page"
        yield f"{result.file}: {where} is left out: {problem.why}"
    if more := result.skipped - len(result.problems):
        yield f"{result.file}: {more:,} more rows are left out"


def summary(result: Import) -> str:
    """What an import brought in, on one line."""
    rest = [f"{result.known:,} known already"] if result.known else []
    rest += [f"{result.skipped:,} left out"] if result.skipped else []
    rows = f"from {result.rows:,} rows" + (f" ({', '.join(rest)})" if rest else "")
    return printable(f"{result.name}: {result.added:,} new events {rows}")


def updated(result: Update) -> Iterator[str]:
    """What an update brought in, and the days that it found nothing for."""
    yield f"{result.days:,} days fetched, {result.added:,} events in them that no other table has"
    if result.empty:
        shown = ", ".join(day.isoformat() for day in result.empty[:MOST_DAYS])
        more = f" and {len(result.empty) - MOST_DAYS} more" if len(result.empty) > MOST_DAYS else ""
        yield f"no page, or none with an event: {shown}{more}"


def reading(rows: int) -> str:
    """How far an import is."""
    return f"{rows:,} rows"


def fetching(done: int, of: int) -> str:
    """How far an update is."""
    return f"{done:,} of {of:,} days"


def fits(found: Iterable[YearFit]) -> Iterator[str]:
    """The years that fit best, each with its best events."""
    for year in list(found)[:MOST_YEARS]:
        yield f"{year.year}  {year.score:.3f}"
        yield from (printable(f"  {event.date}  {event.text} ({event.source})") for event in year.events[:MOST_EVENTS])


def fits_json(found: Iterable[YearFit]) -> Iterator[str]:
    """An object a year, with all its events that share a term."""
    yield from (json.dumps(asdict(year), ensure_ascii=False) for year in found)
