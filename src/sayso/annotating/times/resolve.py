"""What the words of a match come to: the days, the TIMEX3 value, what they were counted from, and why."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from sayso.annotating.times import days
from sayso.annotating.times.days import Days, spoken
from sayso.annotating.times.tokens import table
from sayso.model.annotations import Granularity

Tense = Literal["past", "future"] | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means. `certain` readings can be what a later expression counts from."""

    value: str | None
    days: tuple[date | None, date | None]
    granularity: Granularity
    anchor: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a resolver may look at: the words, their neighbours, the publication day, the tense, the date before."""

    words: str
    slots: dict[str, str]
    before: str
    after: str
    published: date | None
    tense: Tense
    context: Reading | None
    name_follows: bool = False

    def has(self, *slots: str) -> bool:
        return any(slot in self.slots for slot in slots)

    def number(self, slot: str) -> int:
        """The value of a slot's word in the table."""
        word = self.slots[slot]
        if slot.startswith("any"):
            name = slot.removeprefix("any")
            return int({**table()["words"][f"{name}_short"], **table()["words"][name]}[word])
        return int(table()["words"][slot][word])

    @property
    def said(self) -> str:
        return f"'{self.words}'"


Resolver = Callable[[Scene], Reading | None]

NO_DATE = "the article's own date is not known, so that this cannot be counted from it"
AHEAD = frozenset({"until", "till", "by", "through", "before", "to"})
LENGTH = "a length of time, not a date"
SOON, LONG_AGO = 100, 240  # days: a date without a year is the coming one if that is near and the last one far


def explicit(scene: Scene, value: str, when: Days, granularity: Granularity, *more: str) -> Reading:
    return Reading(value, when, granularity, "explicit", (f"{scene.said}: the words say it all", *more))


def counted(scene: Scene, value: str, when: Days, granularity: Granularity, why: str) -> Reading:
    return Reading(value, when, granularity, "published", (f"{scene.said}: {why}",))


def unresolved(scene: Scene, value: str, granularity: Granularity, why: str = NO_DATE) -> Reading:
    return Reading(value, (None, None), granularity, None, (f"{scene.said}: {why}",))


def published_on(scene: Scene) -> str:
    return f"publication on {spoken(scene.published)}" if scene.published else ""


# --- dates -----------------------------------------------------------------------------------------------------------


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
    return Reading(None, (found[0], found[1]), "period", "explicit", (why,))


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
    found, why = nearest_day(scene, scene.published, month, number)
    if not found:
        return unresolved(scene, value, "day", "no such day in the year of publication")
    reading = counted(scene, found.isoformat(), (found, found), "day", why)
    return replace(reading, reasons=(*reading.reasons, *weekday_note(scene, found)))


def day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def nearest_day(scene: Scene, published: date, month: int, number: int) -> tuple[date | None, str]:
    if scene.has("direction"):
        year = published.year + scene.number("direction")
        return days.day(year, month, number), f"'{scene.slots['direction']} year' counted from {published_on(scene)}"
    earlier = [day for year in range(published.year, published.year - 9, -1) if (day := days.day(year, month, number))]
    later = [day for year in range(published.year, published.year + 9) if (day := days.day(year, month, number))]
    before = next((day for day in earlier if day <= published), None)
    after = next((day for day in later if day >= published), None)
    ahead = looks_ahead(scene, published, before, after)
    why = f"the year is not stated in the text; taken as the {'next' if ahead else 'last'} such day "
    return (after if ahead else before), why + ("after " if ahead else "before ") + published_on(scene)


def looks_ahead(scene: Scene, published: date, before: date | None, after: date | None) -> bool:
    """Whether a date without a year is the coming one.

    The sentence decides; where it does not, a date so near that newsrooms would name no year for it (AP Stylebook,
    "months": the year is left out for the current one), unless the last one is as near.
    """
    if scene.tense == "future" or after is None or before is None:
        return after is not None
    near = (after - published).days <= SOON and (published - before).days >= LONG_AGO
    if scene.before in AHEAD or (scene.has("anyweekday") and weekday_fits(scene, after) and not weekday_fits(scene, before)):
        return near
    return near and scene.tense is None


def weekday_fits(scene: Scene, day: date) -> bool:
    return scene.number("anyweekday") == day.isoweekday()


def weekday_note(scene: Scene, found: date) -> tuple[str, ...]:
    if not scene.has("anyweekday") or scene.number("anyweekday") == found.isoweekday():
        return ()
    name = calendar.day_name[scene.number("anyweekday") - 1]
    fits = [str(y) for y in range(found.year - 12, found.year) if (d := days.day(y, found.month, found.day)) and weekday_fits(scene, d)]
    return (f"the text says {name}, but {spoken(found)} is none; it was a {name} in {' and '.join(fits) or 'no near year'}",)


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
    >>> spoken_number("nineteen ninety - six"), spoken_number("two thousand")
    (1996, 2000)
    """
    if "thousand" in words:
        return 2000
    numbers = table()["words"]["numword"]
    return 1900 + sum(int(numbers[word]) for word in words.split()[1:] if word in numbers)


def part_note(scene: Scene) -> tuple[str, ...]:
    if not scene.has("mod"):
        return ()
    return (f"'{scene.slots['mod'].replace(' -', '-')}' says which part, without an exact border: the whole is given",)


def bare_month(scene: Scene) -> Reading | None:
    """A month alone: the last one before publication, or the next one where the sentence speaks of the future."""
    word, month = scene.slots["month"], scene.number("month")
    if word in table()["doubtful_months"] and not (scene.has("mod") or scene.before in table()["words"]["timeprep"]):
        return None
    if not scene.published:
        return unresolved(scene, f"XXXX-{month:02d}", "month", f"no year in the text, and {NO_DATE}")
    published = scene.published
    year = published.year
    near = scene.tense is None and 0 < month - published.month <= 3
    ahead = scene.tense == "future" or near or (scene.before in AHEAD and 0 < (month - published.month) % 12 <= 6)
    if ahead:
        year += month < published.month
    else:
        year -= month > published.month
    side = "the next one from" if ahead else "the last one before"
    why = f"the year is not stated in the text; taken as {side} {published_on(scene)}"
    return counted(scene, f"{year}-{month:02d}", days.month(year, month), "month", why)


def year(scene: Scene) -> Reading | None:
    """A number that is a year by its company."""
    number = int(scene.slots["year"])
    certain = scene.has("mod") or "year" in scene.words or "fiscal" in scene.words
    if not certain and not looks_like_year(scene, number):
        return None
    return explicit(scene, str(number), days.year(number), "year", *part_note(scene))


def looks_like_year(scene: Scene, number: int) -> bool:
    forbidden = table()["not_a_year"]
    if scene.before in forbidden["before"] or scene.after in forbidden["after"]:
        return False
    placed = scene.before in table()["words"]["timeprep"] or scene.before in ("(", "-", "–", "—", "'", '"', "“", "‘")
    counts = number % 100 == 0 and scene.after.isalpha() and scene.after.endswith("s") and len(scene.after) > 3
    if counts and scene.after not in ("was", "has"):
        return False
    return placed or 1900 <= number <= 2039


def spoken_year(scene: Scene) -> Reading | None:
    number = spoken_number(scene.slots["spoken"])
    if number == 1900 or (number == 2000 and "year" not in scene.before and scene.before not in ("in", "since")):
        return None
    return explicit(scene, str(number), days.year(number), "year")


def decade(scene: Scene) -> Reading | None:
    if scene.has("decade"):
        number = int(scene.slots["decade"][:4])
    elif scene.has("decadeword"):
        number = 1900 + scene.number("decadeword")
    else:
        short = day_number(scene.slots["shortdecade"])
        if not scene.words.lower().startswith("the") and "'" not in scene.slots["shortdecade"]:
            return None  # "in his 30s"
        number = short + (1900 if short >= 20 else 2000)
    return explicit(scene, str(number // 10), days.decade(number), "decade", *part_note(scene))


def century(scene: Scene) -> Reading | None:
    number = scene.number("ordinal")
    if number < 11:
        return None
    return explicit(scene, str(number - 1), days.century(number), "century", *part_note(scene))


# --- quarters, seasons, holidays -------------------------------------------------------------------------------------


def quarter(scene: Scene) -> Reading | None:
    number = int(scene.slots["quarterno"][1]) if scene.has("quarterno") else scene.number("ordinal")
    if number > 4:
        return None
    stated = scene.slots.get("year") or scene.slots.get("year2")
    if stated:
        return explicit(scene, f"{stated}-Q{number}", days.quarter(int(stated), number), "quarter")
    if not scene.published:
        return unresolved(scene, f"XXXX-Q{number}", "quarter")
    published = scene.published
    year = published.year
    if scene.has("direction") or scene.has("direction2"):
        year += int(table()["words"]["direction"][scene.slots.get("direction") or scene.slots["direction2"]])
    else:
        year -= days.quarter(year, number)[0] > published and scene.tense != "future"
        year -= "earlier" in scene.words or "ago" in scene.words
    why = f"the year is not stated in the text; counted from {published_on(scene)}"
    return counted(scene, f"{year}-Q{number}", days.quarter(year, number), "quarter", why)


def this_quarter(scene: Scene) -> Reading | None:
    """The quarter: the one that the text speaks of, where it has named one."""
    return context_quarter(scene, int(scene.slots["year"]) if scene.has("year") else None)


def quarter_before(scene: Scene) -> Reading | None:
    """The year-earlier quarter."""
    stated = scene.context.days[0] if scene.context else None
    return context_quarter(scene, stated.year - 1 if stated else None)


def context_quarter(scene: Scene, year: int | None) -> Reading | None:
    start = scene.context.days[0] if scene.context and scene.context.granularity == "quarter" else None
    if start is None:
        return None
    number, stated = (start.month + 2) // 3, start.year if year is None else year
    why = f"{scene.said}: the quarter that the text has named before"
    return Reading(f"{stated}-Q{number}", days.quarter(stated, number), "quarter", "context", (why,))


def week_of(scene: Scene) -> Reading | None:
    base = full_date(scene)
    if base is None or base.days[0] is None:
        return base
    return replace(base, value=days.timex(base.days[0], "week"), days=days.week(base.days[0]), granularity="week")


def half(scene: Scene) -> Reading | None:
    number = 1 if scene.slots["half"].startswith("first") else 2
    if scene.has("year"):
        stated = int(scene.slots["year"])
        return explicit(scene, f"{stated}-H{number}", days.half(stated, number), "period")
    if not scene.published:
        return unresolved(scene, f"XXXX-H{number}", "period")
    year = scene.published.year + (scene.number("direction") if scene.has("direction") else 0)
    return counted(scene, f"{year}-H{number}", days.half(year, number), "period", f"counted from {published_on(scene)}")


def season(scene: Scene) -> Reading | None:
    code = table()["words"]["season"][scene.slots["season"]]
    north = "seasons as in the north: spring March to May, and so on"
    if scene.has("year"):
        stated = int(scene.slots["year"])
        return explicit(scene, f"{stated}-{code}", days.season(stated, code), "season", north, *part_note(scene))
    if not scene.published:
        return unresolved(scene, f"XXXX-{code}", "season")
    year = near_season(scene, scene.published, code)
    why = f"counted from {published_on(scene)} ({north})"
    return counted(scene, f"{year}-{code}", days.season(year, code), "season", why)


def near_season(scene: Scene, published: date, code: str) -> int:
    """The year of the last, this or next season seen from the publication date."""
    way = scene.number("direction") if scene.has("direction") else (1 if scene.tense == "future" else None)
    year = published.year
    first, last = days.season(year, code)
    if way == 0 and scene.slots["direction"] == "this":
        return year - (code == "WI" and published.month <= 2)
    if way == 1:
        return year + (last < published if not scene.has("direction") else first <= published)
    if way == -1 and "past" not in scene.words:
        return year - (last >= published)
    return year - (first > published)


def holiday(scene: Scene) -> Reading | None:
    entry = table()["holidays"][scene.slots["holiday"]]
    if scene.has("year"):
        found = holiday_in(entry, int(scene.slots["year"]))
        return explicit(scene, found.isoformat(), (found, found), "day")
    if not scene.published:
        return unresolved(scene, "XXXX", "day")
    published = scene.published
    choices = [holiday_in(entry, published.year + i) for i in (-2, -1, 0, 1, 2)]
    way = scene.number("direction") if scene.has("direction") else (1 if scene.tense == "future" else -1)
    if way > 0:
        found = next(day for day in choices if day >= published)
    elif way == 0:
        found = choices[2]
    else:
        found = [day for day in choices if day <= published][-1]
    return counted(scene, found.isoformat(), (found, found), "day", f"the year is counted from {published_on(scene)}")


def holiday_in(entry: dict[str, str | int], year: int) -> date:
    if "day" in entry:
        month, number = map(int, str(entry["day"]).split("-"))
        return date(year, month, number)
    if "nth" in entry:
        month, weekday, nth = map(int, str(entry["nth"]).split())
        return days.nth_weekday(year, month, weekday, nth)
    return days.easter(year) + timedelta(int(entry["easter"]))


# --- days counted from the publication -------------------------------------------------------------------------------


def part_of(scene: Scene) -> str:
    return str(table()["words"]["part"][scene.slots["part"]]) if scene.has("part") else ""


def here(scene: Scene) -> Reading | None:
    """Today, yesterday, tomorrow."""
    if not scene.published:
        return unresolved(scene, "XXXX-XX-XX", "day")
    found = scene.published + timedelta(scene.number("here"))
    value = found.isoformat() + part_of(scene)
    return counted(scene, value, (found, found), "time" if scene.has("part") else "day", f"counted from {published_on(scene)}")


def day_beside(scene: Scene) -> Reading | None:
    reading = here(scene)
    if not reading or not scene.published:
        return reading
    found = scene.published + timedelta(scene.number("here") + (1 if scene.slots["side"] == "after" else -1))
    return counted(scene, found.isoformat(), (found, found), "day", f"counted from {published_on(scene)}")


def tonight(scene: Scene) -> Reading | None:
    if not scene.published:
        return unresolved(scene, "XXXX-XX-XXTNI", "time")
    found = scene.published
    first = found - timedelta(1) if scene.slots["night"] == "overnight" else found
    return counted(scene, f"{found.isoformat()}TNI", (first, found), "time", f"counted from {published_on(scene)}")


def near_part(scene: Scene) -> Reading | None:
    """This morning, last night."""
    if scene.slots["direction"] in ("past", "coming", "upcoming", "current", "next", "previous"):
        return None
    if not scene.published:
        return unresolved(scene, f"XXXX-XX-XX{part_of(scene)}", "time")
    found = scene.published + timedelta(scene.number("direction"))
    return counted(scene, found.isoformat() + part_of(scene), (found, found), "time", f"counted from {published_on(scene)}")


def weekday(scene: Scene) -> Reading | None:
    """A weekday: the last one before publication, that day itself included, or the next where the sentence looks ahead."""
    number = scene.number("weekday")
    name = calendar.day_name[number - 1]
    part = part_of(scene)
    grain: Granularity = "time" if part else "day"
    if not scene.published:
        return unresolved(scene, f"XXXX-WXX-{number}{part}", grain)
    found, why = near_weekday(scene, scene.published, number, name)
    return counted(scene, found.isoformat() + part, (found, found), grain, why)


def near_weekday(scene: Scene, published: date, number: int, name: str) -> tuple[date, str]:
    back, ahead = (published.isoweekday() - number) % 7, (number - published.isoweekday()) % 7
    way = scene.number("direction") if scene.has("direction") else None
    if way == -1:
        week = 7 if "week" in scene.words.lower() and back < published.isoweekday() else 0
        return published - timedelta((back or 7) + week), f"the last {name} before {published_on(scene)}"
    if way == 1:
        return published + timedelta(ahead or 7), f"the next {name} after {published_on(scene)}"
    if back == 0:
        return published, f"published on a {name}, {spoken(published)}: news means that very day"
    if scene.tense == "future" or (way == 0 and scene.tense != "past"):
        return published + timedelta(ahead), f"the sentence looks ahead: the first {name} after {published_on(scene)}"
    return published - timedelta(back), f"the last {name} before {published_on(scene)}"


def weekly(scene: Scene) -> Reading | None:
    number = scene.number("weekdays" if scene.has("weekdays") else "weekday")
    return unresolved(scene, f"XXXX-WXX-{number}", "period", "a day that comes again every week, not a date")


def clock(scene: Scene) -> Reading | None:
    """A time of day; with its day where the words give one."""
    time = clock_value(scene.slots["clock"])
    if time is None or (not scene.has("weekday", "here", "anyday") and not timely(scene)):
        return None
    if scene.has("anyday"):
        base = full_date(scene)
    elif scene.has("weekday"):
        base = weekday(scene)
    elif scene.has("here"):
        base = here(scene)
    elif scene.published:
        base = counted(scene, scene.published.isoformat(), (scene.published, scene.published), "time", "")
        base = replace(base, reasons=(f"{scene.said}: no day beside it; taken as the day of {published_on(scene)}",))
    else:
        base = unresolved(scene, "XXXX-XX-XX", "time")
    return replace(base, value=f"{base.value}T{time}", granularity="time") if base else None


def timely(scene: Scene) -> bool:
    """Whether figures alone are a time of day: "9.30" may be a number, "9:30" a score or a verse."""
    words = scene.words.lower()
    return bool(re.search(r"[ap]\.?m\b|noon|midday|midnight|gmt|utc|local|\b[ecmp][sd]?t\b", words)) or (
        ":" in words and (words.startswith("at ") or scene.before == "at")
    )


def clock_value(words: str) -> str | None:
    """
    >>> clock_value("9:30 p.m."), clock_value("noon"), clock_value("9am")
    ('21:30', '12:00', '09:00')
    """
    fixed = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
    if words in fixed:
        return fixed[words]
    found = re.match(r"(\d{1,2})(?:[:.](\d\d))?\s*([ap])?", words)
    if not found or int(found[1]) > 24:
        return None
    hour = int(found[1]) % 12 + (12 if found[3] == "p" else 0) if found[3] else int(found[1])
    return f"{hour:02d}:{found[2] or '00'}"


# --- weeks, months, years counted from the publication ---------------------------------------------------------------


def near(scene: Scene) -> Reading | None:
    """Last week, this month, next year; "the end of the year"."""
    unit = table()["words"]["unit"][scene.slots["unit"]]
    way = scene.number("direction") if scene.has("direction") else 0
    if unit in ("second", "minute", "hour") or (unit == "day" and way != 0):
        return None
    if scene.slots.get("direction") in ("past", "last") and " the " in f" {scene.words.lower()} ":
        return past_unit(scene, unit)
    value_if_open = {"week": "XXXX-WXX", "month": "XXXX-XX"}.get(unit, "XXXX")
    if not scene.published:
        return unresolved(scene, value_if_open, grain_of(unit))
    found = days.moved(scene.published, unit, way)
    if not found:
        return None
    why = f"counted from {published_on(scene)}"
    reading = counted(scene, days.timex(found, unit), days.stretch(found, unit), grain_of(unit), why)
    return replace(reading, reasons=(*reading.reasons, *part_note(scene)))


def past_unit(scene: Scene, unit: str) -> Reading | None:
    """The past year: the stretch that ends with the publication, not the calendar's year before."""
    return stretch(replace(scene, slots={**scene.slots, "n": "one", "anyunit": unit}))


def grain_of(unit: str) -> Granularity:
    grains: dict[str, Granularity] = {
        "day": "day", "week": "week", "weekend": "period", "fortnight": "week", "month": "month",
        "quarter": "quarter", "year": "year", "decade": "decade", "century": "century",
    }  # fmt: skip
    return grains.get(unit, "time")


def weekend(scene: Scene) -> Reading | None:
    if not scene.published:
        return unresolved(scene, "XXXX-WXX-WE", "period")
    published = scene.published
    way = scene.number("direction") if scene.has("direction") else None
    saturday = days.week(published)[0] + timedelta(5)
    if way in (-1, 1):
        saturday += timedelta(7 * way)
    elif saturday > published and scene.tense != "future" and way is None:
        saturday -= timedelta(7)
    value = days.timex(saturday, "weekend")
    return counted(scene, value, (saturday, saturday + timedelta(1)), "period", f"counted from {published_on(scene)}")


def year_end(scene: Scene) -> Reading | None:
    if not scene.published:
        return unresolved(scene, "XXXX", "year")
    number = scene.published.year
    return counted(scene, str(number), days.year(number), "year", f"counted from {published_on(scene)}")


# --- counted stretches -----------------------------------------------------------------------------------------------


def amount(words: str) -> float | None:
    """A number as figures or words; None where it is vague ("several").

    >>> amount("twenty - four"), amount("2,000"), amount("a couple of"), amount("a few"), amount("one and a half")
    (24.0, 2000.0, 2.0, None, 1.5)
    """
    if "couple" in words:
        return 2.0
    if re.search(r"\b(few|several|many)\b", words):
        return None
    fraction = 0.5 if "half" in words or "½" in words else 0.0
    if found := re.search(r"(\d)/(\d)", words):
        fraction = int(found[1]) / int(found[2])
        words = words.replace(found[0], "")
    figures = re.search(r"\d[\d,]*(\.\d+)?", words)
    if figures:
        return float(figures[0].replace(",", "")) + fraction
    return amount_in_words(words, fraction)


def amount_in_words(words: str, fraction: float) -> float:
    numbers = table()["words"]["numword"]
    total = 0
    for word in words.split():
        value = int(numbers.get(word, 0))
        total = max(total, 1) * value if value in (12, 100, 1000) and "a " in f"{words} " or value >= 100 else total + value
    if total:
        return total + fraction
    return fraction or 1.0


LETTER = {"second": "TXS", "minute": "TXM", "hour": "TXH", "day": "XD", "week": "XW", "fortnight": "X2W", "month": "XM",
          "quarter": "XQ", "year": "XY", "decade": "XE", "century": "XC", "weekend": "XWE"}  # fmt: skip


def duration(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time.

    >>> duration(3, "month"), duration(None, "day"), duration(2, "decade"), duration(5, "hour"), duration(1.5, "year")
    ('P3M', 'PXD', 'P20Y', 'PT5H', 'P1.5Y')
    """
    if count is not None and unit in ("decade", "century"):
        count, unit = count * (10 if unit == "decade" else 100), "year"
    if count is not None and unit == "fortnight":
        count, unit = count * 2, "week"
    return "P" + LETTER[unit].replace("X", f"{count:g}" if count is not None else "X", 1)


def unit_of(scene: Scene) -> str:
    words = table()["words"]
    for slot in ("anyunit", "unit", "units"):
        if scene.has(slot):
            return str({**words["unit"], **words["units"]}[scene.slots[slot]])
    return "day"


def stretch(scene: Scene) -> Reading | None:
    """The past two months, recent days, the next five years: a stretch that touches the publication date."""
    unit = unit_of(scene)
    count = amount(scene.slots["n"]) if scene.has("n") else None
    value = duration(count, unit)
    side = scene.slots.get("direction") or scene.slots.get("side")
    if not side:
        return unresolved(scene, value, "period", LENGTH)
    if not scene.published:
        return unresolved(scene, value, "period")
    ahead = side in ("next", "coming", "upcoming", "future")
    most = round(count) if count is not None else table()["at_most"].get(unit)
    other = days.moved(scene.published, unit, most if ahead else -most) if most is not None and most < 10_000 else None
    why = f"counted from {published_on(scene)}"
    why += "" if count is not None or other is None else f"; how many is not said, at most {most} {unit}s read into it"
    found = (scene.published, other) if ahead else (other, scene.published)
    return Reading(value, found, "period", "published", (f"{scene.said}: {why}",))


def ago(scene: Scene) -> Reading | None:
    """Two years ago: the year, month, week or day so far before publication."""
    unit, count = unit_of(scene), amount(scene.slots["n"])
    if unit == "year" and count == 1 and (same := quarter_before(scene)):
        return same
    return stepped(scene, unit, count, -1, scene.published, "published")


def stepped(
    scene: Scene, unit: str, count: float | None, way: int, base: date | None, anchor: str
) -> Reading | None:
    if base is None:
        return unresolved(scene, "PAST_REF" if way < 0 else "FUTURE_REF", "period")
    origin = published_on(scene) if anchor == "published" else f"{spoken(base)}, the date before it in the text"
    if count is None:
        vague = "PAST_REF" if way < 0 else "FUTURE_REF"
        found = (None, base) if way < 0 else (base, None)
        return Reading(vague, found, "period", anchor, (f"{scene.said}: how long from {origin} is not said",))
    if count != int(count):
        count, unit = {"year": (12 * count, "month"), "decade": (10 * count, "year")}.get(unit, (round(count), unit))
    target = days.moved(base, unit, round(count) * way) if count < 10_000 else None
    if target is None:
        return None
    grain = {"decade": "year", "century": "year", "fortnight": "week"}.get(unit, unit)
    why = f"{scene.said}: counted from {origin}"
    return Reading(days.timex(target, grain), days.stretch(target, grain), grain_of(grain), anchor, (why,))


def later(scene: Scene) -> Reading | None:
    """Three days later: counted from the day before it in the text, where that is one."""
    unit, count = unit_of(scene), amount(scene.slots["n"])
    base = context_day(scene)
    if base is None or scene.slots["where"] in ("before", "after"):
        return unresolved(scene, duration(count, unit), "period", "counted from something that the text tells, not a date")
    way = 1 if scene.slots["where"] == "later" else -1
    return stepped(scene, unit, count, way, base, "context")


def context_day(scene: Scene) -> date | None:
    """The day of the last dated expression, where it is one day."""
    if scene.context and scene.context.days[0] == scene.context.days[1]:
        return scene.context.days[0]
    return None


def beside(scene: Scene) -> Reading | None:
    """The previous day, the following year, that week: counted from the date before it in the text."""
    unit = unit_of(scene) if scene.has("unit") else "day"
    if unit in ("second", "minute", "hour"):
        return None
    if unit == "year" and scene.slots.get("where") == "earlier" and (same := quarter_before(scene)):
        return same
    way = {"previous": -1, "before": -1, "earlier": -1, "next": 1, "following": 1, "after": 1}.get(
        scene.slots.get("where", "same"), 0
    )
    context = scene.context.days[0] if scene.context else None
    narrow = scene.context and scene.context.days[1] and unit_fits(scene.context.granularity, unit)
    if context is None or not narrow:
        return unresolved(scene, open_value(unit), grain_of(unit), "counted from something that the text tells, not a date")
    found = days.moved(context, unit, way)
    if found is None:
        return None
    value = days.timex(found, unit) + part_of(scene)
    why = f"{scene.said}: counted from {spoken(context)}, the date before it in the text"
    return Reading(value, days.stretch(found, unit), grain_of(unit), "context", (why,))


def open_value(unit: str) -> str:
    return {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}.get(unit, "XXXX")


def unit_fits(granularity: str, unit: str) -> bool:
    order = ["time", "day", "week", "month", "quarter", "season", "year", "decade", "century"]
    return granularity in order and unit in order and order.index(granularity) <= max(order.index(unit), 1)


def year_earlier(scene: Scene) -> Reading | None:
    """The year-earlier results."""
    unit = unit_of(scene)
    if unit == "year" and (same := quarter_before(scene)):
        return same
    if not scene.published:
        return unresolved(scene, open_value(unit), grain_of(unit))
    return stepped(scene, unit, 1.0, -1, scene.published, "published")


def length(scene: Scene) -> Reading | None:
    unit = unit_of(scene)
    if re.fullmatch(r"(19|20)\d\d", scene.slots.get("n", "")):
        return None  # "the 1988 quarter"
    count = amount(scene.slots["n"]) if scene.has("n") else None
    return unresolved(scene, duration(count, unit), "period", LENGTH)


def often(scene: Scene) -> Reading | None:
    """Daily, every two weeks, so much a year."""
    if scene.has("often") and scene.name_follows:
        return None  # "the party daily Granma", "Daily Sabah"
    if scene.has("often"):
        value = str(table()["words"]["often"][scene.slots["often"]])
    else:
        value = duration(amount(scene.slots["n"]) if scene.has("n") else 1.0, unit_of(scene))
    return unresolved(scene, value, "period", "something that comes again, not a date")


def vague(scene: Scene) -> Reading | None:
    """Now, recently, soon."""
    refs = {"past": "PAST_REF", "future": "FUTURE_REF", "present": "PRESENT_REF"}
    value = refs[scene.slots["ref"]] if scene.has("ref") else str(table()["words"]["vague"][scene.slots["vague"]])
    base = scene.published
    if not base:
        return unresolved(scene, value, "period")
    found = {"PAST_REF": (None, base), "PRESENT_REF": (base, base), "FUTURE_REF": (base, None)}[value]
    return Reading(value, found, "period", "published", (f"{scene.said}: no date in it, only before, at or after {published_on(scene)}",))


RESOLVERS: dict[str, Resolver] = {
    "iso": iso,
    "slashed": slashed,
    "date": full_date,
    "month": month_of_year,
    "bare_month": bare_month,
    "year": year,
    "spoken_year": spoken_year,
    "decade": decade,
    "century": century,
    "quarter": quarter,
    "this_quarter": this_quarter,
    "quarter_before": quarter_before,
    "week_of": week_of,
    "half": half,
    "season": season,
    "holiday": holiday,
    "here": here,
    "day_beside": day_beside,
    "tonight": tonight,
    "near_part": near_part,
    "weekday": weekday,
    "weekly": weekly,
    "clock": clock,
    "near": near,
    "weekend": weekend,
    "year_end": year_end,
    "stretch": stretch,
    "ago": ago,
    "later": later,
    "beside": beside,
    "year_earlier": year_earlier,
    "length": length,
    "often": often,
    "vague": vague,
}
