"""Dates that the words give: days, months, years, decades, centuries."""

import calendar
import re
from dataclasses import replace
from datetime import date

from sayso.annotating.times import days
from sayso.annotating.times.days import spoken
from sayso.annotating.times.reading import (
    NO_DATE,
    Reading,
    Scene,
    counted,
    explicit,
    part_note,
    published_on,
    unresolved,
    with_others,
)
from sayso.annotating.times.tokens import table

# Days: a date without a year is the coming one if that is near and the last one far; and the other one is as likely.
SOON, VERY_SOON, LONG_AGO, OTHER = 100, 60, 240, 200
LAST_MONTHS = 9  # months: so far ahead, the last such month is as likely, whatever the tense seems to be
MONTHS_AHEAD = 4  # a month without a year in a sentence without a tense is at most so far ahead


def iso(scene: Scene) -> Reading | None:
    found = days.parsed(scene.slots["iso"])
    return explicit(scene, found.isoformat(), (found, found), "day") if found else None


def slashed(scene: Scene) -> Reading | None:
    """A date in figures: day and month where only one order is possible, both readings where two are."""
    first, second, last = (int(part) for part in re.split(r"[/.]", scene.slots["slashed"]))
    year = last if last > 99 else last + (1900 if last >= 50 else 2000)
    if not days.FIRST_YEAR < year < days.LAST_YEAR:
        return None
    found = sorted({day for day in (days.day(year, second, first), days.day(year, first, second)) if day})
    if not found:
        return None
    if len(found) == 1:
        return explicit(scene, found[0].isoformat(), (found[0], found[0]), "day")
    both = " or ".join(map(spoken, found))
    why = f"{scene.said}: day and month could stand in either order: {both}"
    return Reading(None, (found[0], found[1]), "period", "explicit", (why,), tuple(map(in_order, found)))


def in_order(found: date) -> Reading:
    """One reading of a date in figures that has two."""
    why = f"read as {spoken(found)}: day and month could stand in either order"
    return Reading(found.isoformat(), (found, found), "day", "explicit", (why,))


def full_date(scene: Scene) -> Reading | None:
    """A day and a month, with the year in the words or counted from the publication date."""
    month, number = scene.number("anymonth"), day_number(scene.slots["anyday"])
    if scene.has("year"):
        found = days.day(int(scene.slots["year"]), month, number)
        return explicit(scene, found.isoformat(), (found, found), "day", *weekday_note(scene, found)) if found else None
    value = f"XXXX-{month:02d}-{number:02d}"
    if not days.day(2000, month, number):
        return None
    if not scene.published:
        return unresolved(scene, value, "day", f"no year in the text, and {NO_DATE}")
    return near_date(scene, scene.published, month, number)


def day_range(scene: Scene) -> Reading | None:
    """The third to the fifth of May: the stretch between two days of a month."""
    last = full_date(scene)
    if last is None or last.days[1] is None:
        return last
    first = days.day(last.days[1].year, last.days[1].month, day_number(scene.slots["first"]))
    if first is None or first > last.days[1]:
        return None
    value = f"{first.isoformat()}/{last.days[1].isoformat()}"
    return replace(last, value=value, days=(first, last.days[1]), granularity="period")


def day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def near_date(scene: Scene, published: date, month: int, number: int) -> Reading | None:
    """A day and a month without a year: the last such day or the coming one, and the other where that is as likely."""
    if scene.has("direction"):
        found = days.day(published.year + scene.number("direction"), month, number)
        why = f"'{scene.slots['direction']} year' counted from {published_on(scene)}"
        return day_counted(scene, found, why) if found else None
    every = [day for year in range(published.year - 8, published.year + 9) if (day := days.day(year, month, number))]
    before = max((day for day in every if day <= published), default=None)
    after = min((day for day in every if day >= published), default=None)
    ahead = looks_ahead(scene, published, before, after)
    found, other = (after, before) if ahead else (before, after)
    if found is None:
        return unresolved(scene, f"XXXX-{month:02d}-{number:02d}", "day", "no such day in the year of publication")
    reading = year_taken(scene, found, ahead)
    fitting = [day for day in every if day < published and weekday_fits(scene, day)]
    misnamed = fitting and not weekday_fits(scene, found)
    return with_others(
        reading,
        year_taken(scene, other, not ahead) if other and open_to(scene, published, other, ahead) else None,
        day_counted(scene, fitting[-1], "the last such day with the weekday that the text gives") if misnamed else None,
    )


def day_counted(scene: Scene, found: date, why: str) -> Reading:
    reading = counted(scene, found.isoformat(), (found, found), "day", why)
    return replace(reading, reasons=(*reading.reasons, *weekday_note(scene, found)))


def year_taken(scene: Scene, found: date, ahead: bool) -> Reading:
    side = "next such day after " if ahead else "last such day before "
    return day_counted(scene, found, f"the year is not stated in the text; taken as the {side}{published_on(scene)}")


def open_to(scene: Scene, published: date, other: date, ahead: bool) -> bool:
    """Whether the day on the other side of the publication is as likely: the sentence does not tell, and it is near."""
    against = scene.tense == ("past" if ahead else "future")
    return against or (scene.tense is None and abs((other - published).days) <= OTHER)


def looks_ahead(scene: Scene, published: date, before: date | None, after: date | None) -> bool:
    """Whether a date without a year is the coming one.

    The sentence decides, unless one of the two is so near and the other so far that newsrooms would name a year for
    the far one (AP Stylebook, "months": the year is left out for the current one).
    """
    if after is None or before is None:
        return after is not None
    gap = (after - published).days
    if scene.tense == "future":
        return gap <= LONG_AGO or (published - before).days > SOON
    near = gap <= SOON and (published - before).days >= LONG_AGO
    if scene.before in table()["lists"]["ahead"] or (weekday_fits(scene, after) and not weekday_fits(scene, before)):
        return near
    return near and (scene.tense is None or (gap <= VERY_SOON and not scene.sentence.firm))


def weekday_fits(scene: Scene, day: date) -> bool:
    return scene.has("anyweekday") and scene.number("anyweekday") == day.isoweekday()


def weekday_note(scene: Scene, found: date) -> tuple[str, ...]:
    if not scene.has("anyweekday") or weekday_fits(scene, found):
        return ()
    name = calendar.day_name[scene.number("anyweekday") - 1]
    fits = [
        str(y)
        for y in range(found.year - 12, found.year)
        if (d := days.day(y, found.month, found.day)) and weekday_fits(scene, d)
    ]
    years = " and ".join(fits) or "no near year"
    return (f"the text says {name}, but that day is {spoken(found)}; it was a {name} in {years}",)


def week_of(scene: Scene) -> Reading | None:
    base = full_date(scene)
    if base is None or base.days[0] is None:
        return base
    return replace(base, value=days.timex(base.days[0], "week"), days=days.week(base.days[0]), granularity="week")


def month_of_year(scene: Scene) -> Reading | None:
    """A month with its year, or with "last", "this", "next"."""
    month = scene.number("anymonth" if scene.has("anymonth") else "month")
    if scene.has("year", "shortyear", "spoken"):
        year = stated_year(scene)
        return explicit(scene, f"{year}-{month:02d}", days.month(year, month), "month", *part_note(scene))
    if not scene.published:
        return unresolved(scene, f"XXXX-{month:02d}", "month")
    year, published = scene.published.year, scene.published
    way = scene.number("direction")
    if re.search(r"year\W*$", scene.words):
        year += way
    elif way < 0:
        year -= month >= published.month
    elif way > 0:
        year += month <= published.month
    why = f"the {scene.slots['direction']} {calendar.month_name[month]} counted from {published_on(scene)}"
    return counted(scene, f"{year}-{month:02d}", days.month(year, month), "month", why)


def stated_year(scene: Scene) -> int:
    if scene.has("year"):
        return int(scene.slots["year"])
    if scene.has("shortyear"):
        short = int(scene.slots["shortyear"][-2:])
        return short + (1900 if short >= 40 else 2000)
    return spoken_number(scene.slots["spoken"])


def spoken_number(words: str) -> int:
    """
    >>> spoken_number("nineteen ninety - six"), spoken_number("two thousand and one"), spoken_number("twenty eleven")
    (1996, 2001, 2011)
    """
    numbers = table()["words"]["numword"]
    head, *rest = words.split()
    start = 2000 if "thousand" in rest else 100 * int(numbers[head])
    return start + sum(int(numbers[word]) for word in rest if word in numbers and word not in ("hundred", "thousand"))


def spoken_date(scene: Scene) -> Reading | None:
    """March twenty-first, nineteen ninety-eight: a date as broadcasts write it out."""
    number = sum(number_of(word) for word in scene.slots["dayword"].replace("-", " ").split())
    slots = {**scene.slots, "anyday": str(number)}
    if scene.has("spoken"):
        slots["year"] = str(spoken_number(scene.slots["spoken"]))
    return full_date(replace(scene, slots=slots)) if number <= 31 else None


def number_of(word: str) -> int:
    words = table()["words"]
    return int({**words["ordinal"], **words["numword"]}[word])


def bare_month(scene: Scene) -> Reading | None:
    """A month alone: the last one before publication, or the next one where the sentence speaks of the future."""
    word, month = scene.slots["month"], scene.number("month")
    placed = table()["words"]["timeprep"].get(scene.before)
    nameless = placed is None or (placed == 0 and scene.name_follows)
    if nameless and word in table()["doubtful_months"] and not scene.has("mod") and not as_attribute(scene):
        return None
    if scene.after.isdigit():
        return None  # "Feb. 30"
    if not scene.published:
        return unresolved(scene, f"XXXX-{month:02d}", "month", f"no year in the text, and {NO_DATE}")
    return near_month(scene, scene.published, month)


def as_attribute(scene: Scene) -> bool:
    """Whether a month is one by what surrounds it: "a June agreement", not "the March on Rome", "a May Day"."""
    lists = table()["lists"]
    return (
        scene.before in lists["articles"]
        and not scene.name_follows
        and (scene.after.isalpha() and scene.after not in lists["no_nouns"])
    )


def near_month(scene: Scene, published: date, month: int) -> Reading:
    """A month without a year: the last one, or the coming one, and the other where that is as likely."""
    away, open_end = (month - published.month) % 12, scene.sentence.open or month > published.month
    near = scene.tense is None and 0 < away <= MONTHS_AHEAD and open_end
    soon = scene.tense == "past" and away == 1 and not scene.sentence.firm
    until = scene.before in table()["lists"]["ahead"] and 0 < away <= 6
    ahead = scene.tense == "future" or near or soon or until
    unsettled = scene.tense is None or (scene.tense == "past" and not scene.sentence.firm)
    both = (unsettled and 0 < away <= 6) or (ahead and away >= LAST_MONTHS)
    reading = month_taken(scene, published, month, ahead)
    return with_others(reading, month_taken(scene, published, month, not ahead) if both else None)


def month_taken(scene: Scene, published: date, month: int, ahead: bool) -> Reading:
    """The last such month up to publication, or the next one."""
    year = published.year + (month < published.month if ahead else -(month > published.month))
    side = "the next one from" if ahead else "the last one before"
    why = f"the year is not stated in the text; taken as {side} {published_on(scene)}"
    return counted(scene, f"{year}-{month:02d}", days.month(year, month), "month", why)


def year(scene: Scene) -> Reading | None:
    """A number that is a year by its company."""
    number = stated_year(scene)
    certain = scene.has("mod") or "year" in scene.words or "fiscal" in scene.words
    if not certain and not looks_like_year(scene, number):
        return None
    return explicit(scene, str(number), days.year(number), "year", *part_note(scene))


def short_year(scene: Scene) -> Reading | None:
    """Since '84."""
    number = stated_year(scene)
    return explicit(scene, str(number), days.year(number), "year", *part_note(scene))


def looks_like_year(scene: Scene, number: int) -> bool:
    forbidden = table()["not_a_year"]
    if scene.before in forbidden["before"] or scene.after in forbidden["after"]:
        return False
    if number % 100 == 0 and scene.after in table()["not_a_year"]["yearly"]:
        return True
    placed = scene.before in table()["words"]["timeprep"] or scene.before in ("(", "-", "–", "—", "'", '"', "“", "‘")
    counts = number % 100 == 0 and scene.after.isalpha() and scene.after.endswith("s") and len(scene.after) > 3
    if counts and scene.after not in ("was", "has"):
        return False
    return placed or 1900 <= number <= 2039


def years(scene: Scene) -> Reading | None:
    """2014-15: both years. "2008-12" can be a month as well."""
    first, short = re.split(r"[-–/]", scene.slots["years"])
    last = int(first) // 100 * 100 + int(short)
    last += 100 * (last < int(first))
    span = explicit(scene, f"{first}/{last}", (days.year(int(first))[0], days.year(last)[1]), "period")
    if last - int(first) > 99 or last == int(first):
        return None
    if not 1 <= int(short) <= 12 or last == int(first) + 1:
        return span
    month = explicit(scene, f"{first}-{short}", days.month(int(first), int(short)), "month")
    span = replace(span, reasons=(f"{scene.said}: the years {first} to {last}",))
    return with_others(span, replace(month, reasons=(f"{scene.said}: the month as computers write it",)))


def spoken_year(scene: Scene) -> Reading | None:
    number = spoken_number(scene.slots["spoken"])
    if number % 100 == 0 and "year" not in scene.before and scene.before not in ("in", "since", "by", "until"):
        return None
    return explicit(scene, str(number), days.year(number), "year", *part_note(scene))


def decade(scene: Scene) -> Reading | None:
    if scene.has("decade"):
        number = int(scene.slots["decade"][:4])
        if scene.words == scene.slots["decade"] and "'" in scene.words:
            return explicit(scene, str(number), days.year(number), "year")  # "1990's first budget"
    elif scene.has("decadeword"):
        number = (1800 if "eighteen" in scene.words.lower() else 1900) + scene.number("decadeword")
    else:
        short = day_number(scene.slots["shortdecade"])
        if not scene.words.lower().startswith("the") and "'" not in scene.slots["shortdecade"]:
            return None  # "in his 30s"
        number = short + (1900 if short >= 20 else 2000)
    if number % 100 == 0 and number < 1900:  # "the 1800s"
        return explicit(scene, str(number // 100), days.century(number // 100 + 1), "century", *part_note(scene))
    return explicit(scene, str(number // 10), days.decade(number), "decade", *part_note(scene))


def century(scene: Scene) -> Reading | None:
    number = scene.number("ordinal")
    if number < 11:
        return None
    return explicit(scene, str(number - 1), days.century(number), "century", *part_note(scene))
