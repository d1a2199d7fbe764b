"""What a text says of its own time: the years it names, those still to come, the weekdays of its dates."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from sayso import words
from sayso.annotating.dating import months
from sayso.annotating.dating.months import Curve
from sayso.model import Article, Span, TimeExpression

AHEAD = 2  # months
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OFFSETS = range(-6, 7)  # years before and after the report that its text may name
LONGEST_CLAUSE = 90  # code points between "will" and the year
_WITH_DAY = ("day", "month")
_WITH_YEAR = (*_WITH_DAY, "year", "season", "quarter")
_SENTENCE = re.compile(r"\n|[.!?;] ")
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_GAPS = {"date within a month": (0, 1), "date within half a year": (2, 6), "date within a year": (7, 14)}


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A month and day without a year, and the weekday (0 is Monday) that the text gives it, if any."""

    time: TimeExpression
    month: int
    day: int
    weekday: int | None

    def on_axis(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """For a report of each month, the year of the nearest such day: the last one, or one in the next two months."""
        month = months.NUMBERS % 12 + 1
        ahead = (self.month - month) % 12 <= AHEAD
        return months.YEARS + (ahead & (self.month < month)) - (~ahead & (self.month > month))


def spoken(day: date) -> str:
    """A day as a sentence has it.

    >>> spoken(date(2018, 4, 14))
    '14 April 2018'
    """
    return f"{day.day} {day:%B %Y}"


def weekdays_in(text: str) -> list[int]:
    """The weekdays that a text names, in the order of the week; 0 is Monday."""
    low = text.lower()
    return [number for number, name in enumerate(WEEKDAYS) if name.lower() in low]


def weekday_of(year: int, month: int, day: int) -> int | None:
    """The weekday of a day (0 is Monday), or None for the 29 February of a year that has none."""
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None


def day_of(article: Article) -> date | None:
    """The article's date, where it is a whole day."""
    try:
        return date.fromisoformat(article.published or "")
    except ValueError:
        return None


def clause(text: str, span: Span) -> Span:
    """From the start of the sentence, or some words before, to the end of a time."""
    ends = [match.end() for match in _SENTENCE.finditer(text, max(0, span.start - LONGEST_CLAUSE), span.start)]
    start = ends[-1] if ends else max(0, span.start - LONGEST_CLAUSE)
    while 0 < start < span.start and text[start - 1].isalnum():
        start += 1
    return Span(start, span.end)


def own(article: Article, times: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The times that the text speaks of, without those that are the article's own date line."""
    lines = [span for candidate in article.dates for span in candidate.spans]
    return [t for t in times if not any(span.overlaps(line) for span in t.spans for line in lines)]


def explicit(times: Iterable[TimeExpression]) -> list[TimeExpression]:
    """The times whose words name the year, within the axis."""
    return [
        t
        for t in times
        if t.anchor == "explicit"
        and t.granularity in _WITH_YEAR
        and t.earliest
        and t.latest
        and months.FIRST_YEAR <= int(t.earliest[:4]) <= months.LAST_YEAR
    ]


def to_come(text: str, times: Iterable[TimeExpression]) -> list[TimeExpression]:
    """The times of explicit years that the text speaks of as still to come."""
    return [
        t
        for t in explicit(times)
        if _future().search(text, max(0, t.spans[0].start - LONGEST_CLAUSE), t.spans[0].start)
    ]


def days_of_year(text: str, times: Iterable[TimeExpression]) -> list[DayOfYear]:
    """The days that the text gives without their year, each once."""
    found: dict[tuple[int, int, int | None], DayOfYear] = {}
    for time in times:
        said = time.spans[0].of(text)
        if time.anchor != "published" or time.granularity != "day" or not time.earliest or time.earliest != time.latest:
            continue
        if not (_MONTH.search(said) and re.search(r"\d", said)):
            continue
        day = date.fromisoformat(time.earliest)
        weekday = next(iter(weekdays_in(said)), None)
        found.setdefault((day.month, day.day, weekday), DayOfYear(time, day.month, day.day, weekday))
    return list(found.values())


def curves(
    times: Sequence[TimeExpression], coming: Sequence[TimeExpression], days: Sequence[DayOfYear]
) -> dict[str, Curve]:
    """How the months agree with the years, dates and weekdays of a text; `coming` are its times still to come."""
    named = explicit(times)
    years = sorted({int(t.earliest[:4]) for t in named if t.earliest})
    found = {f"names year {offset:+d}": np.isin(months.YEARS + offset, years).astype(float) for offset in OFFSETS}
    found["names its year or later"] = (years[-1] >= months.YEARS).astype(float) if years else months.empty()
    found["years since the last named"] = (
        np.clip(months.YEARS - years[-1], 0, 8).astype(float) if years else months.empty()
    )
    ahead = {int(t.latest[:4]) for t in coming if t.latest}
    found["year to come is past"] = sum(((year < months.YEARS).astype(float) for year in ahead), months.empty())
    return {**found, **_latest_date(named), **_weekdays(days)}


def _latest_date(named: Iterable[TimeExpression]) -> dict[str, Curve]:
    """How long before each month the latest date lies that the text gives with its year."""
    dates = [months.of(date.fromisoformat(t.earliest)) for t in named if t.granularity in _WITH_DAY and t.earliest]
    gap = months.NUMBERS - max(dates) if dates else np.full(months.COUNT, 1000)
    found = {name: ((gap >= least) & (gap <= most)).astype(float) for name, (least, most) in _GAPS.items()}
    return {**found, "date to come": (gap < 0).astype(float)}


def _weekdays(days: Iterable[DayOfYear]) -> dict[str, Curve]:
    right, wrong = months.empty(), months.empty()
    for day in days:
        if day.weekday is not None:
            fits = np.isin(day.on_axis(), fitting_years(day))
            right += fits
            wrong += ~fits
    return {"weekday right": np.minimum(right, 2), "weekday wrong": np.minimum(wrong, 2)}


def fitting_years(day: DayOfYear) -> list[int]:
    """The years in which a day of the year falls on the weekday that the text gives it."""
    years = range(months.FIRST_YEAR - 1, months.LAST_YEAR + 1)
    return [year for year in years if weekday_of(year, day.month, day.day) == day.weekday]


@cache
def _future() -> re.Pattern[str]:
    table = words.load("dating")["future"]
    future, past, prepositions = (
        "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in table[name])
        for name in ("words", "past", "prepositions")
    )
    nouns = "".join(rf"(?<!\b{word}\s)" for word in table["nouns"])
    between = rf"(?:(?!\b(?:{past}|\w+[^e\W]ed)\b)[^.;:,!?\n])*"  # no past, and no participle: "the law passed in 2012"
    return re.compile(rf"{nouns}\b(?:{future})\b{between}\b(?:{prepositions})[\s-]+$")
