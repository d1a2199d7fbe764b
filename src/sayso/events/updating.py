"""Wikipedia's pages of current events, a page a day, over the MediaWiki API into the index. Politely, and resumable.

https://www.mediawiki.org/wiki/API:Etiquette: one request at a time, many pages in one, and to wait when asked to.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from sayso.errors import ReadingError, SaysoError, ServerError
from sayso.events import database, importing, wikitext
from sayso.events.adding import Writer
from sayso.events.database import DAY
from sayso.events.event import Event
from sayso.events.formats import Row

API = "https://en.wikipedia.org/w/api.php"
TABLE = "wikipedia"
ORIGIN = "Wikipedia, Portal:Current events (CC BY-SA 4.0)"
FIRST = date(2002, 7, 1)
"""The first day that has a page."""
SETTLED = timedelta(days=7)
"""Pages still change for some days: what was fetched sooner is fetched anew."""
AT_ONCE = 50
"""Pages of one request, the API's limit."""
LARGEST = 32 * 1024 * 1024
SECONDS = 60.0
"""Bytes and time that an answer may take."""
TRIES = 5
PAUSE = 1.0
LONGEST_WAIT = 120.0
"""Seconds. A server that asks for more is left alone."""
BUSY = frozenset({"maxlag", "ratelimited", "readonly", "internal_api_error_DBQueryError"})
"""Errors of the API that pass."""


@dataclass(slots=True)
class Update:
    """What came of an update: the days and the events that were fetched and are in no other table.

    `empty` are days whose page is missing or has no event; they keep what they had.
    """

    days: int = 0
    added: int = 0
    empty: list[date] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Way:
    """How to ask the server: what fetches an address, what waits, and what is told how many days are done, of all."""

    get: Callable[[str], bytes]
    sleep: Callable[[float], None] = time.sleep
    progress: Callable[[int, int], None] | None = None


def update(way: Way, since: date = FIRST, until: date | None = None, today: date | None = None) -> Update:
    """Fetch the days from `since` to `until` (today) that are not in the index yet, and those that may have changed.

    Every batch is kept with the note which days it was, so that after an error the next update goes on from there.
    Raises SaysoError if the server cannot be reached, refuses, or keeps being busy.
    """
    today = today or datetime.now(UTC).date()
    until = until or today
    if not FIRST <= since <= until <= today:
        raise SaysoError(f"there are pages of the days from {FIRST} to {today}, not from {since} to {until}")
    waiting = _waiting(since, until)
    result, total = Update(), len(waiting)
    while waiting:
        if way.progress:
            way.progress(total - len(waiting), total)
        if result.days:
            way.sleep(PAUSE)
        pages = _pages(way, waiting[:AT_ONCE])
        if not pages:
            raise SaysoError(f"{API}: the answer has none of the pages that were asked for; {_kept(result)}")
        with database.writing(database.path()) as connection:
            _replace(connection, pages, today, result)
        waiting = [day for day in waiting if day not in pages]
    return result


def _waiting(since: date, until: date) -> list[date]:
    """The days that are to be fetched, in order."""
    file = database.path()
    settled: set[int] = set()
    if file.exists() and file.stat().st_size:
        connection = database.reading(file)
        try:
            with database.told(file):
                rows = connection.execute("SELECT day, at FROM fetched").fetchall()
        finally:
            connection.close()
        settled = {day for day, at in rows if date.fromisoformat(at) - date.fromordinal(day) >= SETTLED}
    days = range(since.toordinal(), until.toordinal() + 1)
    return [date.fromordinal(day) for day in days if day not in settled]


def _pages(way: Way, days: list[date]) -> dict[date, wikitext.Page]:
    """The pages of days that the server gave, which may be some of them only."""
    titles = "|".join(wikitext.title(day) for day in days)
    asked = {"action": "query", "prop": "revisions", "rvprop": "content|timestamp|ids", "rvslots": "main"}
    form = {"format": "json", "formatversion": "2", "maxlag": "5", "titles": titles}
    answer = _answer(way, f"{API}?{urlencode(asked | form)}")
    try:
        given = {wikitext.day_of(page): page for page in wikitext.pages(answer)}
    except ValueError as error:
        raise SaysoError(f"{API}: {error}") from error
    return {day: given[day] for day in days if day in given}


def _answer(way: Way, url: str) -> dict[str, Any]:
    """The answer to a request, asked again while the server says that it is busy. Raises SaysoError."""
    for attempt in range(TRIES):
        answer, wait = _asked(way, url)
        if wait is None:
            return answer
        wait = max(wait, 5.0 * 2**attempt)
        if wait > LONGEST_WAIT:
            raise SaysoError(f"{API}: the server asks to wait {wait:.0f} seconds; {_LATER}")
        if attempt + 1 < TRIES:
            way.sleep(wait)
    raise SaysoError(f"{API}: the server is busy, also at the {TRIES}th try; {_LATER}")


_LATER = "what was fetched is kept, and the next update goes on from there"


def _asked(way: Way, url: str) -> tuple[dict[str, Any], float | None]:
    """The answer, or the seconds to wait (0 if it does not say) where the server is busy."""
    try:
        data = way.get(url)
    except ServerError as error:
        if error.status not in (429, 503):
            raise SaysoError(f"{API}: {error.problem}; {_LATER}") from error
        return {}, error.retry_after or 0.0
    except ReadingError as error:
        raise SaysoError(f"{API}: {error.problem}; {_LATER}") from error
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SaysoError(f"{API}: the answer is no JSON; {_LATER}") from error
    problem = answer.get("error") if isinstance(answer, dict) else None
    if not isinstance(problem, dict):
        return answer, None
    if problem.get("code") in BUSY:
        return {}, 0.0
    raise SaysoError(f"{API}: {problem.get('code')}: {problem.get('info')}; {_LATER}")


def _kept(result: Update) -> str:
    return f"{result.days:,} days are done, and the next update goes on from there"


def _replace(connection: sqlite3.Connection, pages: dict[date, wikitext.Page], today: date, result: Update) -> None:
    """Put the events of pages in place of those that were fetched of the same days before."""
    writer = Writer(connection, TABLE, ORIGIN)
    for day, page in pages.items():
        found = list(_events(day, page))
        if found:
            start = day.toordinal() * DAY
            writer.delete("source = ? AND id >= ? AND id < ?", writer.source, start, start + DAY)
            writer.add(found)
        else:
            result.empty.append(day)
        fetched = [day.toordinal(), writer.source, today.isoformat()]
        connection.execute("INSERT OR REPLACE INTO fetched VALUES (?, ?, ?)", fetched)
    result.days += len(pages)
    result.added += writer.done().added


def _events(day: date, page: wikitext.Page) -> Iterator[Event]:
    for item in islice(wikitext.items(page.text or ""), MOST):
        event = importing.checked(Row(0, day.isoformat(), item.text, item.category))
        if isinstance(event, Event):
            yield event


MOST = 1_000
"""Events of a day; the fullest have some hundred. A page with more was spoilt, and its rest is left out."""
