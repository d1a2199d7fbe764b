"""Days and the stretches of the calendar: weeks, months, quarters, seasons, years, as first and last day."""

import calendar
import math
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

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


def orthodox_easter(number: int) -> date:
    """Easter Sunday of the Orthodox churches, as a Gregorian day (Julian computus; Meeus, chapter 8).

    >>> orthodox_easter(2024)
    datetime.date(2024, 5, 5)
    """
    a, b, c = number % 4, number % 7, number % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month_, day_ = divmod(d + e + 114, 31)
    return date(number, month_, day_ + 1) + timedelta(number // 100 - number // 400 - 2)


def hebrew_new_year(number: int) -> date:
    """The first day of Rosh Hashanah; it begins on the evening before (Gauss's formula of 1802, Gregorian).

    >>> hebrew_new_year(2024), hebrew_new_year(2023), hebrew_new_year(2000)
    (datetime.date(2024, 10, 3), datetime.date(2023, 9, 16), datetime.date(2000, 9, 30))
    """
    cycle = 12 * (number % 19 + 1) % 19
    exact = (
        number // 100 - number // 400 - 2
        + Fraction(765433, 492480) * cycle
        + Fraction(number % 4, 4)
        - Fraction(313 * number + 89081, 98496)
    )  # fmt: skip
    found, rest = date(number, 8, 31) + timedelta(math.floor(exact)), exact % 1
    weekday = found.isoweekday()
    if weekday in (3, 5, 7):  # never on these, so that the Day of Atonement is no neighbour of a Sabbath
        return found + timedelta(1)
    if weekday == 1 and rest >= Fraction(23269, 25920) and cycle > 11:
        return found + timedelta(1)
    if weekday == 2 and rest >= Fraction(1367, 2160) and cycle > 6:
        return found + timedelta(2)
    return found


def months_up_to(last: date, count: int) -> date:
    """The first day of so many months that end on a day.

    >>> months_up_to(date(1989, 9, 30), 9), months_up_to(date(1989, 9, 29), 3)
    (datetime.date(1989, 1, 1), datetime.date(1989, 6, 30))
    """
    start = moved(last + timedelta(1), "month", -count)
    return start or last


def weekdays(year_: int, month_: int, weekday: int) -> list[date]:
    """All such weekdays (1 Monday … 7 Sunday) of a month.

    >>> weekdays(2024, 11, 4)[3]
    datetime.date(2024, 11, 28)
    """
    first, last = month(year_, month_)
    every = (first + timedelta(i) for i in range((last - first).days + 1))
    return [day for day in every if day.isoweekday() == weekday]
