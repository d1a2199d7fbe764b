"""The article's own date: candidates that contradict each other or cannot be right.

A finding here says that two dates do not fit, each with where it stands, and never that anybody put one there to
deceive. Innocent ways to two dates are common: newsrooms refresh old pages and print the new day, sites move and
write the day of the move into their markup, pages carry the dates of other articles. So one witness against the
date that is used is "medium" at most, however far apart the two are. "High" takes two witnesses of different kinds
that agree with each other, or an archive that had the page before the day on which it says that it was published.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations
from typing import Literal, NamedTuple

from sayso import words
from sayso.model import Article, DateCandidate, Finding, Span, Spans
from sayso.model.finding import Severity
from sayso.words.days import age_notice, is_placeholder

NEAR = 2  # days between two dates that a time zone does not explain
MONTH = 30  # days; less than that lies between writing a story, setting its address and publishing it
YEAR = 365
_NEVER = "9999-12-31"
DECLARED = ("JSON-LD", "meta", "feed")
Kind = Literal["address", "declared", "words", "seen"]
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/(?!\d{1,2}/)")


class Witness(NamedTuple):
    """A day that stands against the one that is used: of what kind, as it is given, where, and how far away.

    Where only a month is given, `day` is the day of it that is nearest, so that `apart` is never too much.
    """

    kind: Kind
    day: str
    given: str
    where: str
    apart: int
    spans: Spans = ()


def find(article: Article) -> Iterator[Finding]:
    """What does not fit among the dates that an article may have, one sentence each with where they stand.

    >>> address = DateCandidate("2018-09-05", "url", "published", "/2018/09/05/")
    >>> dates = DateCandidate("2024-10-20", "JSON-LD", "published"), address
    >>> captured = "2026-01-01T00:00:00+00:00"
    >>> article = Article("id", "a", "x", "h", captured, "text/html", published="2024-10-20", dates=dates)
    >>> [finding.severity for finding in find(article)]
    ['medium']
    """
    days = tuple(one for one in article.dates if _is_day(one.day))
    if not days:
        return
    # Articles that others built need not say when they were read.
    article = replace(article, dates=days, captured=article.captured if _is_day(article.captured[:10]) else _NEVER)
    yield from _after_it_was_there(article)
    used = article.dates[0]
    if used.day != article.published:
        return
    yield from _apart(article, used)
    if used.role != "modified":
        yield from _changed_before(article, used)
        yield from _changed_late(article, used)
        yield from _too_young(article, used)
        yield from _after_the_file(article, used)


# --- dates that stand against each other -----------------------------------------------------------------------------


def _apart(article: Article, used: DateCandidate) -> Iterator[Finding]:
    """Days of publication too far from the one that is used for one article."""
    against = sorted(_witnesses(article, used), key=lambda one: (one.kind == "seen", -one.apart))
    if not against or used.role == "modified":
        return
    agreeing = _agreeing(against, used)
    severity = "high" if agreeing else _severity(against, used)
    named = agreeing or against[:1]
    told = " and ".join(f"{_NAMES[one.kind]} {one.given} ({one.where})" for one in named)
    yield Finding(
        "several dates" if severity == "low" else "conflicting dates",
        severity,
        f"The article is dated {used.day} ({_where(used)}), but {told}: {_length(named[0].apart)} apart.",
        (*used.spans, *(span for one in against for span in one.spans)),
        (f"{used.day}, used: {_where(used)}", *(f"{one.given}: {one.where}" for one in against)),
    )


_NAMES: dict[Kind, str] = {
    "address": "its address has",
    "declared": "the page also declares",
    "words": "its own words give",
    "seen": "the page also shows",
}


def _agreeing(against: Sequence[Witness], used: DateCandidate) -> Sequence[Witness]:
    """Two witnesses of different kinds that say the article is older by a year or more, and agree with each other.

    Against a date that is only seen on the page they prove no more than that it was the wrong one to use.
    """
    if _kind(used) == "seen":
        return ()
    far = [one for one in _strong(against, used) if one.apart >= YEAR and one.day < used.day]
    pairs = combinations(far, 2)
    return next(((a, b) for a, b in pairs if a.kind != b.kind and abs(_days(a.day, b.day)) < MONTH), ())


def _severity(against: Sequence[Witness], used: DateCandidate) -> Severity:
    """How sure it is that the date used cannot stand alone; the reasons are in the docstring of this file."""
    own = [one for one in against if one.kind == _kind(used) != "seen"]
    return "medium" if any(one.apart >= MONTH for one in (*_strong(against, used), *own)) else "low"


def _strong(against: Sequence[Witness], used: DateCandidate) -> list[Witness]:
    """The witnesses that stand apart from the date used: a day that is only seen on a page may be anything's."""
    return [one for one in against if one.kind not in ("seen", _kind(used))]


def _witnesses(article: Article, used: DateCandidate) -> Iterator[Witness]:
    for one in article.dates:
        if one is used or not _counts(one, article):
            continue
        apart = abs(_days(one.day, used.day))
        if apart >= NEAR:
            yield Witness(_kind(one), one.day, one.day, _where(one), apart, one.spans)
    yield from _month_in_address(article, used)


def _counts(one: DateCandidate, article: Article) -> bool:
    """Whether a candidate is one for the publication. A day of unknown meaning is so only in the article's own head."""
    if is_placeholder(one.day) or _days(one.day, _there_by(article).day) > 1:
        return False
    return one.role == "published" or (one.role == "unknown" and bool(one.spans))


def _kind(one: DateCandidate) -> Kind:
    if one.origin in DECLARED:
        vague = one.evidence.partition(" ")[0] in words.load("datelines")["meta"]["vague"]
        return "seen" if vague else "declared"
    if one.origin == "url":
        # A day that is a part of the path was set when the page was made; one inside of a title may be an event's.
        return "address" if one.evidence.startswith("/") else "seen"
    if one.origin in ("first line", "dateline") or _first_time().search(one.evidence):
        return "words"
    # Other days on a page may be those of another article's teaser, or of a picture.
    return "words" if one.spans and one.role == "published" else "seen"


def _month_in_address(article: Article, used: DateCandidate) -> Iterator[Witness]:
    """An address such as /2024/10/ferry-stops, where no day of it is known."""
    match = _URL_MONTH.search((article.url or "").partition("?")[0])
    if match is None or any(one.origin == "url" for one in article.dates):
        return
    first = f"{match[1]}-{match[2]}-01"
    last = f"{match[1]}-{match[2]}-28"  # three days short of the longest month, which MONTH swallows
    nearest = min(max(used.day, first), last)
    if abs(_days(nearest, used.day)) >= MONTH:
        given = f"{match[1]}-{match[2]}"
        yield Witness("address", nearest, given, f"url: “{match[0]}”", abs(_days(nearest, used.day)))


# --- dates that cannot be right --------------------------------------------------------------------------------------


def _after_it_was_there(article: Article) -> Iterator[Finding]:
    """A day of publication later than a copy of the page, or than the day on which it was read."""
    limit = _there_by(article)
    late = [
        one
        for one in article.dates
        if one.role == "published" and not is_placeholder(one.day) and _days(one.day, limit.day) > 1
    ]
    if not late:
        return
    first = late[0]
    archived = limit.origin == "archive capture"
    # Scripts write the day of reading into a page that is shown again; its markup and its address they leave alone.
    severity: Severity = "high" if archived and _kind(first) != "seen" else "medium"
    there = f"it was read on {limit.day}" if limit.origin == "read" else f"a copy of it was made on {limit.day}"
    where = f" ({_where(limit)})" if limit.origin != "read" else ""
    yield Finding(
        "conflicting dates",
        severity,
        f"The page gives {first.day} as its day of publication ({_where(first)}), but {there}{where}.",
        tuple(span for one in late for span in one.spans),
        tuple(f"{one.day}: {_where(one)}" for one in late),
    )


def _after_the_file(article: Article, used: DateCandidate) -> Iterator[Finding]:
    """A file older than the article in it. Anybody can set a file's date, and unpacking does, so it proves little."""
    for file in article.dates:
        if file.origin == "file" and _days(used.day, file.day) > 1:
            yield Finding(
                "several dates",
                "low",
                f"The article is dated {used.day} ({_where(used)}), but its file was last changed on {file.day}, if "
                "nobody set the file's date.",
                used.spans,
                (f"{used.day}, used: {_where(used)}", f"{file.day}: date of the file"),
            )


def _changed_before(article: Article, used: DateCandidate) -> Iterator[Finding]:
    """A last change before the publication. Stories that wait for their day do that, for days or weeks."""
    changes = [one for one in article.dates if one.role == "modified" and one.origin in DECLARED]
    changes = [one for one in changes if not is_placeholder(one.day) and _days(used.day, one.day) >= NEAR]
    if not changes:
        return
    last = max(changes, key=lambda one: one.day)
    apart = _days(used.day, last.day)
    far = apart >= MONTH
    yield Finding(
        "conflicting dates" if far else "several dates",
        "medium" if far else "low",
        f"The article is dated {used.day} ({_where(used)}), but the page says that it was last changed on {last.day} "
        f"({_where(last)}), {_length(apart)} before.",
        used.spans,
        (f"{used.day}, used: {_where(used)}", f"{last.day}: {_where(last)}"),
    )


def _changed_late(article: Article, used: DateCandidate) -> Iterator[Finding]:
    """A last change long after the publication: what was changed, nobody says."""
    changes = [one for one in article.dates if one.role == "modified" and one.origin != "PDF metadata"]
    changes = [one for one in changes if _days(one.day, _there_by(article).day) <= 1]
    if not changes:
        return
    last = max(changes, key=lambda one: one.day)
    apart = _days(last.day, used.day)
    if apart >= YEAR:
        yield Finding(
            "changed late",
            "low",
            f"The page says that it was last changed on {last.day} ({_where(last)}), {_length(apart)} after the "
            f"article's date, {used.day}; what was changed then is not said.",
            (*used.spans, *last.spans),
            (f"{used.day}, used: {_where(used)}", f"{last.day}: {_where(last)}"),
        )


def _too_young(article: Article, used: DateCandidate) -> Iterator[Finding]:
    """An article that says of itself that it is older than its date."""
    match = age_notice(article.text)
    spans = (Span(match.start(), match.end()),) if match else ()
    match = match or next((found for part in article.residue if (found := age_notice(part.text))), None)
    if match is None or len(match["number"]) > 2:
        return
    days = int(int(match["number"]) * (365.25 if match["unit"].lower() == "year" else 30.4))
    there = _there_by(article).day
    if _days(there, used.day) < days - NEAR:
        yield Finding(
            "conflicting dates",
            "medium",
            f"The page says “{match[0]}”, but the article is dated {used.day} ({_where(used)}), "
            f"{_length(max(_days(there, used.day), 0))} before {there}.",
            (*used.spans, *spans),
            (f"{used.day}, used: {_where(used)}", f"the page was there on {there}: {_where(_there_by(article))}"),
        )


# --- helpers ---------------------------------------------------------------------------------------------------------


def _there_by(article: Article) -> DateCandidate:
    """The first copy of the page, or else the moment at which it was read. A file's date can be set, and is none."""
    read = DateCandidate(article.captured, "read", "captured")
    copies = [one for one in article.dates if one.role == "captured" and one.origin != "file"]
    return min((one for one in (*copies, read) if not is_placeholder(one.day)), key=lambda one: one.value)


def _is_day(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False


def _days(later: str, earlier: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _where(one: DateCandidate) -> str:
    return f"{one.origin}: “{one.evidence}”" if one.evidence else one.origin


def _length(days: int) -> str:
    """A length of time as one would say it.

    >>> _length(5), _length(90), _length(2237)
    ('5 days', '3 months', '6 years')
    """
    for number, unit in ((round(days / 365.25), "year"), (round(days / 30.4), "month"), (days, "day")):
        if number >= 1 and (unit != "month" or number > 1) and (unit != "year" or days >= YEAR):
            return f"{number} {unit}" + ("s" if number != 1 else "")
    return "0 days"


@cache
def _first_time() -> re.Pattern[str]:
    return re.compile(r"\b(?:first|originally) (?:published|posted|printed|appeared)\b", re.IGNORECASE)
