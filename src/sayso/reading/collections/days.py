"""The dates of tables: a cell to a day, and whether a file writes the day or the month first."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sayso.model import DateCandidate
from sayso.reading import dates, pagedates

Order = Literal["day first", "month first"]
LONGEST = 100
_NUMBERS = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})\2(\d{4})\b(.*)", re.DOTALL)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")


class Day(NamedTuple):
    """A cell's date (ISO 8601, or None), the cell's words, and what a person should know of it."""

    value: str | None
    given: str
    notes: tuple[str, ...] = ()


class Published(NamedTuple):
    """The day that is used and why, of all candidates in their order of trust."""

    day: str | None
    evidence: str | None
    candidates: tuple[DateCandidate, ...]
    notes: tuple[str, ...] = ()


NONE = Day(None, "")


def order(values: Iterable[Any]) -> Order | None:
    """Whether a file writes 4/5/2017 as the fifth of April or the fourth of May, from those that can be one day only.

    None where no value tells, or two tell otherwise.

    >>> order(["4/5/2017", "4/25/2017"]), order(["4/5/2017"]), order(["25/4/2017", "4/25/2017"])
    ('month first', None, None)
    """
    told: set[Order] = set()
    for value in values:
        match = _NUMBERS.match(value) if isinstance(value, str) else None
        if match and (int(match[1]) > 12) != (int(match[3]) > 12):
            told.add("day first" if int(match[1]) > 12 else "month first")
    return told.pop() if len(told) == 1 else None


def read(value: Any, order: Order | None) -> Day:
    """The date of a cell: ISO 8601, RFC 2822, a day in words or in numbers, seconds since 1970, a date of Parquet.

    >>> [read(one, "month first").value for one in ("4/5/2017", "Sun, 20 Oct 2024 09:14:00 GMT", 1474329600)]
    ['2017-04-05', '2024-10-20T09:14:00+00:00', '2016-09-20T00:00:00+00:00']
    >>> read("4/5/2017", None).notes
    ('The date “4/5/2017” can be two days, and the file does not tell which: it is not used.',)
    """
    if isinstance(value, datetime | date):
        return Day(value.isoformat(), value.isoformat())
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return NONE
    return _read(str(value)[:LONGEST], order)


@lru_cache(8192)
def _read(text: str, order: Order | None) -> Day:
    given = "".join(character if character.isprintable() else " " for character in text).strip()
    if not given:
        return NONE
    if _EPOCH.fullmatch(given):
        seconds = float(given[:10])
        return Day(datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds"), given)
    value = dates.iso(given)
    if value is None and (match := _NUMBERS.match(given)):
        if order is None and max(int(match[1]), int(match[3])) <= 12:
            return Day(
                None, given, (f"The date “{given}” can be two days, and the file does not tell which: it is not used.",)
            )
        month, day = (match[1], match[3]) if order == "month first" else (match[3], match[1])
        value = dates.iso(f"{match[4]}-{int(month):02}-{int(day):02}{match[5]}")
    if value is None:
        return Day(None, given, (f"The date “{given}” cannot be read as a day.",))
    return Day(value, given)


def in_address(url: str) -> tuple[DateCandidate, ...]:
    """The day in an address, if there is one."""
    return tuple(pagedates.in_address(url)) if "20" in url or "19" in url else ()  # without a year, no day


def chosen(found: tuple[DateCandidate, ...], captured: str) -> Published:
    """The candidate that is used, as for a page, with the quick way for one alone."""
    if not found:
        return Published(None, None, (), dates.notes((), None, captured))
    latest = dates.there_by(found, captured)
    candidates = dates.chosen(found, latest) if len(found) > 1 else found
    used = dates.used(candidates, latest)
    why = dates.why(used, candidates) if used else None
    return Published(used.day if used else None, why, candidates, dates.notes(candidates, used, latest))
