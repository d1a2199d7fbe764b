"""Days and the stretches of the calendar: weeks, months, quarters, seasons, years, as first and last day."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta

Days = tuple[date, date]

SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # meteorological, northern half of the world
FIRST_YEAR, LAST_YEAR = 1000, 2999


def parsed(value: str | None) -> date | None:
    """The day at the start of an ISO 8601 value, or None.

    >>> parsed("2024-10-20T08:00Z"), parsed("soon")
    (datetime.date(2024, 10, 20), None)
    """
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def day(year: int, month: int, number: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def spoken(value: date) -> str:
    """A day as a person writes it.

    >>> spoken(date(2024, 10, 20))
    'Sunday 20 October 2024'
    """
    return f"{calendar.day_name[value.weekday()]} {value.day} {calendar.month_name[value.month]} {value.year}"


def month(year: int, number: int) -> Days:
    """
    >>> month(2024, 2)[1]
    datetime.date(2024, 2, 29)
    """
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def months(year: int, first: int, count: int) -> Days:
    """A stretch of whole months; it may run into the next year."""
    last = first + count - 1
    return date(year, first, 1), month(year + (last - 1) // 12, (last - 1) % 12 + 1)[1]


def week(value: date) -> Days:
    """The ISO week, Monday to Sunday, that a day is in."""
    monday = value - timedelta(value.weekday())
    return monday, monday + timedelta(6)


def quarter(year: int, number: int) -> Days:
    return months(year, 3 * number - 2, 3)


def half(year: int, number: int) -> Days:
    return months(year, 6 * number - 5, 6)


def season(year: int, code: str) -> Days:
    """A season; the winter of a year begins in its December."""
    return months(year, SEASON_STARTS[code], 3)


def year(number: int) -> Days:
    return date(number, 1, 1), date(number, 12, 31)


def decade(number: int) -> Days:
    return date(number, 1, 1), date(number + 9, 12, 31)


def century(number: int) -> Days:
    """The 20th century as newsrooms count it: 1900 to 1999."""
    return date(100 * (number - 1), 1, 1), date(100 * number - 1, 12, 31)


def moved(value: date, unit: str, count: int) -> date | None:
    """The day so many units later (earlier, where negative), or None beyond the calendar.

    >>> moved(date(2024, 3, 31), "month", -1)
    datetime.date(2024, 2, 29)
    """
    months_of = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
    try:
        if unit in months_of:
            index = value.year * 12 + value.month - 1 + months_of[unit] * count
            first, last = month(index // 12, index % 12 + 1)
            return min(last, first + timedelta(value.day - 1))
        return value + timedelta({"day": 1, "weekend": 7, "week": 7, "fortnight": 14}.get(unit, 0) * count)
    except (ValueError, OverflowError):
        return None


def stretch(value: date, unit: str) -> Days:
    """The day, week, month … that a day is in."""
    whole: dict[str, Callable[[date], Days]] = {
        "week": week,
        "weekend": week,
        "fortnight": week,
        "month": lambda day: month(day.year, day.month),
        "quarter": lambda day: quarter(day.year, (day.month + 2) // 3),
        "year": lambda day: year(day.year),
        "decade": lambda day: decade(day.year // 10 * 10),
        "century": lambda day: century(day.year // 100 + 1),
    }
    return whole[unit](value) if unit in whole else (value, value)


def timex(value: date, unit: str) -> str:
    """The TIMEX3 value of the day, week, month … that a day is in.

    >>> timex(date(1998, 2, 20), "week"), timex(date(1989, 10, 30), "quarter"), timex(date(1989, 1, 1), "decade")
    ('1998-W08', '1989-Q4', '198')
    """
    iso = value.isocalendar()
    return {
        "week": f"{iso.year}-W{iso.week:02d}",
        "fortnight": f"{iso.year}-W{iso.week:02d}",
        "weekend": f"{iso.year}-W{iso.week:02d}-WE",
        "month": f"{value.year}-{value.month:02d}",
        "quarter": f"{value.year}-Q{(value.month + 2) // 3}",
        "year": f"{value.year}",
        "decade": f"{value.year // 10}",
        "century": f"{value.year // 100}",
    }.get(unit, value.isoformat())


def easter(number: int) -> date:
    """Easter Sunday (Gregorian; Meeus, Astronomical Algorithms, 1991, chapter 8).

    >>> easter(2024)
    datetime.date(2024, 3, 31)
    """
    a, (b, c) = number % 19, divmod(number, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    (i, k), m = divmod(c, 4), (a + 11 * h) // 319
    j = (2 * e + 2 * i - k - h + m + 32) % 7
    n = (h - m + j + 90) // 25
    return date(number, n, (h - m + j + n + 19) % 32)


def nth_weekday(year_: int, month_: int, weekday: int, nth: int) -> date:
    """The nth such weekday (1 Monday … 7 Sunday) of a month, the last where `nth` is -1.

    >>> nth_weekday(2024, 11, 4, 4)
    datetime.date(2024, 11, 28)
    """
    first, last = month(year_, month_)
    hits = [
        first + timedelta(i) for i in range((last - first).days + 1) if (first + timedelta(i)).isoweekday() == weekday
    ]
    return hits[nth if nth < 0 else nth - 1]
