"""Publication dates: how pages write them, every candidate with where it came from, and which one is used.

Only whole days count: a month without a day, or "05/04/2017", which is two days, is no candidate.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import NamedTuple

from sayso import words
from sayso.model import DateCandidate
from sayso.words.days import is_placeholder

# What is trusted first. A page's own declaration stands before what is only seen on it, and a date that a file
# was made stands last: it is often the day of a conversion. The day of a copy is never the day of publication.
ORIGINS = (
    *("JSON-LD", "meta", "feed", "column", "time element", "first line", "visible text", "dateline", "url", "markup"),
    *("PDF metadata", "archive capture", "saved page", "file"),
)
_DECLARED = ("JSON-LD", "meta", "feed")


class Found(NamedTuple):
    """A date in a text: its ISO 8601 value and where it stands."""

    value: str
    start: int
    end: int


def month(name: str) -> int:
    """The number of a month by its name or short name.

    >>> month("sept")
    9
    """
    return _months()[name.lower()]


def month_names() -> tuple[str, ...]:
    """All names and short names of months, in small letters."""
    return tuple(_months())


@cache
def _months() -> dict[str, int]:
    table = {name: short for name, short in words.load("datelines")["months"].items() if name != "source"}
    spellings = {name: [name, *short] for name, short in table.items()}
    return {form.lower(): number for number, forms in enumerate(spellings.values(), 1) for form in forms}


@cache
def pattern() -> re.Pattern[str]:
    """A day as news pages write it in English, with the weekday before it and the time of day after it, if any."""
    table = words.load("datelines")
    month = "|".join(sorted(_months(), key=len, reverse=True))
    weekday = "|".join(sorted(table["weekdays"]["names"], key=len, reverse=True))
    zone = "|".join(key for key in table["zones"] if key != "source")
    return re.compile(
        rf"""(?<![\w.,/:-])(?:(?:{weekday})\b\.?,?\s+)?
        (?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<m1>{month})\b\.?,?[\s-]+(?P<y1>\d{{4}})
        |(?P<m2>{month})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<y2>\d{{4}})
        |(?P<y3>\d{{4}})(?P<s3>[-/.])(?P<m3>\d{{1,2}})(?P=s3)(?P<d3>\d{{1,2}})
        |(?P<d4>\d{{1,2}})(?P<s4>[/.-])(?P<m4>\d{{1,2}})(?P=s4)(?P<y4>\d{{4}}))(?!\d)
        (?P<time>(?:T|,?\s+(?:at\s+|[-–|]\s*)?)(?P<hour>[012]?\d)[:.]?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?(?!\d)
        (?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?(?P<zone>{zone})\b)?(?P<offset>\s?[+-]\d{{1,2}}(?::?\d\d)?\b)?)?""",
        re.IGNORECASE | re.VERBOSE,
    )


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
    """The days in a stretch of text, with their times where they are given.

    >>> [found.value for found in find("Posted on Sunday, October 20, 2024 at 9:14 pm GMT; not 05/04/2017")]
    ['2024-10-20T21:14:00+00:00']
    """
    for match in pattern().finditer(text, start, len(text) if end is None else end):
        if (value := _value(match)) is not None:
            yield Found(value, match.start(), match.end())


def at(text: str, start: int) -> Found | None:
    """The day that begins exactly at `start`, if there is one."""
    match = pattern().match(text, start)
    value = _value(match) if match else None
    return Found(value, start, match.end()) if match and value else None


def iso(text: str) -> str | None:
    """A machine's date as ISO 8601, with its zone as given, or None: ISO 8601, RFC 2822, or a day in words.

    >>> iso("2024-10-20T09:14:00+03:00"), iso("Sun, 20 Oct 2024 09:14:00 GMT"), iso("2024-10"), iso("yesterday")
    ('2024-10-20T09:14:00+03:00', '2024-10-20T09:14:00+00:00', None, None)
    """
    text = text.strip()[:100]
    if re.fullmatch(r"\d{14}", text):  # 20241020091400, as archives and some newsrooms write it
        text = f"{text[:8]}T{text[8:]}"
    if re.match(r"\d{4}-?\d\d-?\d\d", text):
        try:
            moment = datetime.fromisoformat(text)
            return moment.date().isoformat() if len(text) <= len("2024-10-20") else moment.isoformat()
        except ValueError:
            pass
    if re.match(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:", text):
        try:
            return parsedate_to_datetime(text).isoformat()
        except ValueError:
            return None
    return next((found.value for found in find(text)), None)


def chosen(candidates: Iterable[DateCandidate], latest: str) -> tuple[DateCandidate, ...]:
    """The candidates, each once, with the one to use first, then the others in the order of trust.

    `latest` is the moment by which the article was there (see `there_by`).

    >>> published = DateCandidate("2024-10-20", "visible text")
    >>> modified = DateCandidate("2024-10-22", "JSON-LD", "modified")
    >>> chosen([modified, published], "2025-01-01T00:00:00+00:00")[0].value
    '2024-10-20'
    """
    unique = list(dict.fromkeys(candidates))
    return tuple(sorted(unique, key=lambda candidate: _rank(candidate, latest)))


def there_by(candidates: Iterable[DateCandidate], captured: str) -> str:
    """The moment by which the article was there: that of the first copy, or `captured`, when Sayso read it.

    The date of a file does not count: anybody can set it, and unpacking and copying do.
    """
    copies = [one.value for one in candidates if one.role == "captured" and one.origin != "file"]
    return min((captured, *(copy for copy in copies if not is_placeholder(copy))))


def is_usable(candidate: DateCandidate, latest: str) -> bool:
    """Whether an article can have been published on this day: not a placeholder, and not after it was there."""
    if is_placeholder(candidate.value):
        return False
    # A day of grace: it is tomorrow already in the east.
    return date.fromisoformat(candidate.day) <= date.fromisoformat(latest[:10]) + timedelta(days=1)


def used(candidates: Sequence[DateCandidate], latest: str) -> DateCandidate | None:
    """The one that is used, of candidates in their order of trust: the first, unless it is only the day of a copy."""
    first = next(iter(candidates), None)
    return first if first and first.role != "captured" and is_usable(first, latest) else None


def why(used: DateCandidate, candidates: Iterable[DateCandidate]) -> str:
    """In words, where the date that is used comes from, and before which others it stands."""
    given = f": {used.evidence}" if used.evidence else ""
    if used.role == "modified":
        return f"{used.origin}, as the day of the last change: no day of publication is given{given}"
    if used.origin == "PDF metadata":
        return f"PDF metadata, the day on which the file was made: no other day is given{given}"
    others = [one for one in candidates if one.role in ("published", "unknown") and one.day != used.day]
    passed = dict.fromkeys(f"{one.origin} ({one.day})" for one in others if not is_placeholder(one.value))
    return f"{used.origin}{given}" + (f"; trusted before {', '.join(list(passed)[:4])}" if passed else "")


def notes(candidates: tuple[DateCandidate, ...], used: DateCandidate | None, latest: str) -> tuple[str, ...]:
    """What a person should know of the dates: that none was found, or cannot be, or that they differ."""
    copies = sorted((one for one in candidates if one.role == "captured"), key=lambda one: one.value)
    there = f" It was there on {copies[0].day} ({copies[0].origin})." if copies else ""
    if used is None and len(copies) == len(candidates):
        return (f"No date of publication was found.{there}",)
    refused = [one for one in candidates if not is_usable(one, latest) and one.role != "captured"]
    said = [f"The date {one.day} ({one.origin}) cannot be the day of publication." for one in refused]
    if used is None:
        said.append(f"No date of publication that can be used was found.{there}")
    told = [one for one in candidates if one.role in ("published", "unknown") and one.origin != "PDF metadata"]
    days = {one.day for one in told if one not in refused}
    if len(days) > 1:
        said.append(f"The dates given for the publication differ: {', '.join(sorted(days))}.")
    return tuple(said)


def now() -> str:
    """The present moment in UTC, in whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _rank(candidate: DateCandidate, latest: str) -> tuple[bool, bool, bool, int, bool]:
    origin = ORIGINS.index(candidate.origin) if candidate.origin in ORIGINS else len(ORIGINS)
    made = candidate.role == "unknown" and candidate.origin in _DECLARED  # dateCreated: a draft's day, perhaps
    origin = ORIGINS.index("url") if made else origin
    copied, changed = candidate.role == "captured", candidate.role == "modified"
    return (not is_usable(candidate, latest), copied, changed, origin, made)


def _value(match: re.Match[str]) -> str | None:
    day = _day(match)
    if day is None or match["time"] is None:
        return day.isoformat() if day else None
    hour = int(match["hour"])
    if half := (match["half"] or "").lower():
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23:
        return day.isoformat()
    return f"{day.isoformat()}T{hour:02}:{match['minute']}:{match['second'] or '00'}{_zone(match)}"


def _zone(match: re.Match[str]) -> str:
    if match["offset"]:
        digits = match["offset"].strip().replace(":", "")
        hours, minutes = int(digits[1:3]), int(digits[3:5] or 0)
        return f"{digits[0]}{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else ""
    zones: dict[str, str] = words.load("datelines")["zones"]
    return zones[match["zone"].upper()] if match["zone"] else ""


def _day(match: re.Match[str]) -> date | None:
    if match["d1"] or match["d2"]:
        number = 1 if match["d1"] else 2
        parts = int(match[f"y{number}"]), _months()[match[f"m{number}"].lower()], int(match[f"d{number}"])
    elif match["d3"]:
        parts = int(match["y3"]), int(match["m3"]), int(match["d3"])
    else:
        first, second = int(match["d4"]), int(match["m4"])
        if match["s4"] != "." and first <= 12 and second <= 12 and first != second:
            return None  # 05/04/2017: the fifth of April in London, the fourth of May in Washington
        day, month = (second, first) if second > 12 else (first, second)
        parts = int(match["y4"]), month, day
    try:
        return date(*parts)
    except ValueError:
        return None
