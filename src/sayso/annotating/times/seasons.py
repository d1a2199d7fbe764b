"""Quarters, halves, seasons and holidays."""

import re
from dataclasses import replace
from datetime import date, timedelta

from sayso.annotating.times import days
from sayso.annotating.times.dates import stated_year
from sayso.annotating.times.reading import (
    Reading,
    Scene,
    Told,
    counted,
    explicit,
    part_note,
    published_on,
    unresolved,
    with_others,
)
from sayso.annotating.times.tokens import table

LONG_OVER = 120  # days
NEAR = 60  # days: a holiday named without a year is the coming one if that is so near and the last one is not


def end_day(scene: Scene) -> date | None:
    """The day of "ended Sept. 30", the last of the month in "to June": the last one, or the next of what is ending."""
    if scene.published and scene.has("here"):
        return scene.published + timedelta(scene.number("here"))
    if scene.published and scene.has("weekday"):
        return scene.published - timedelta((scene.published.isoweekday() - scene.number("weekday")) % 7)
    if not scene.has("endmonth"):
        return None
    if scene.has("endyear"):
        return end_in(scene, int(scene.slots["endyear"]))
    if not scene.published:
        return None
    year, ahead = scene.published.year, scene.has("ahead")
    ends = [end for step in (0, 1 if ahead else -1) if (end := end_in(scene, year + step))]
    return next((end for end in ends if (end >= scene.published if ahead else end <= scene.published)), None)


def end_in(scene: Scene, year: int) -> date | None:
    month = int({**table()["words"]["month_short"], **table()["words"]["month"]}[scene.slots["endmonth"]])
    if not scene.has("endday"):
        return days.month(year, month)[1]
    return days.day(year, month, int(re.sub(r"\D", "", scene.slots["endday"])))


def quarter(scene: Scene) -> Reading | None:
    number = quarter_number(scene)
    if number > 4:
        return None
    if scene.has("year"):
        stated = int(scene.slots["year"])
        return explicit(scene, f"{stated}-Q{number}", days.quarter(stated, number), "quarter")
    if not scene.published:
        return unresolved(scene, f"XXXX-Q{number}", "quarter")
    year = scene.published.year
    if scene.has("direction"):
        year += scene.number("direction")
    else:
        year -= days.quarter(year, number)[0] > scene.published and scene.tense != "future"
        year += long_over(scene, days.quarter(year, number)[1])
        year -= "before" in scene.words or "earlier" in scene.words or "ago" in scene.words
    why = f"the year is not stated in the text; counted from {published_on(scene)}"
    return counted(scene, f"{year}-Q{number}", days.quarter(year, number), "quarter", why)


def month_quarter(scene: Scene) -> Reading | None:
    """The September quarter: the three months up to the end of that month."""
    month = scene.number("anymonth")
    if month % 3 or not scene.published:
        return None
    year = scene.published.year
    year -= days.quarter(year, month // 3)[0] > scene.published and scene.tense != "future"
    why = f"the three months up to the end of that month, counted from {published_on(scene)}"
    return counted(scene, f"{year}-Q{month // 3}", days.quarter(year, month // 3), "quarter", why)


def long_over(scene: Scene, end: date) -> bool:
    """Whether a sentence on the future cannot mean what ended then: just ended, it may still be reported."""
    return scene.published is not None and scene.tense == "future" and (scene.published - end).days > LONG_OVER


def quarter_number(scene: Scene) -> int:
    if scene.has("quarterno"):
        return int(scene.slots["quarterno"][1])
    return scene.number("ordinal") if scene.has("ordinal") else 4


def quarter_ended(scene: Scene) -> Reading | None:
    """The fourth quarter ended June 30: the three months up to that day, whatever quarter of the calendar they are."""
    named, end = quarter(scene), end_day(scene)
    if named is None or end is None:
        return named
    year = scene.slots.get("year", str(end.year))
    first = days.months_up_to(end, 3)
    why = f"{scene.said}: the three months up to {days.spoken(end)}; the company counts its own quarters"
    return replace(named, value=f"{year}-Q{quarter_number(scene)}", days=(first, end), reasons=(why,))


def third_period(scene: Scene) -> Reading | None:
    """The third period: a quarter in a report that has named one, else that of a match."""
    return quarter(scene) if scene.memory.latest else None


def this_quarter(scene: Scene) -> Reading | None:
    """The quarter: the one that the report is about; "the latest quarter", where it names none, the last whole one."""
    if scene.has("year"):
        return quarter_of(scene, scene.memory.reported, int(scene.slots["year"]))
    if scene.slots.get("which") == "that":
        return quarter_of(scene, scene.memory.quarter)
    latest, published = scene.memory.latest, scene.published
    coming = latest and latest.start and published and latest.start > published
    if scene.slots.get("which") != "latest" or not published or (latest and not coming):
        return quarter_of(scene, latest)
    return last_quarter(scene, published, 0)


def quarter_before(scene: Scene) -> Reading | None:
    """The year-earlier quarter: the one that the report is about, a year before."""
    reported = scene.memory.reported
    return quarter_of(scene, reported, int((reported.reading.value or "")[:4]) - 1) if reported else None


def year_before(scene: Scene) -> Reading | None:
    """A year earlier, in a report of results: of the quarter, or of the longer period that it speaks of."""
    latest = scene.memory.latest
    if scene.memory.reported or latest is None:
        return quarter_before(scene)
    year = int((latest.reading.value or "")[:4]) - 1
    why = f"{scene.said}: the year before that of {latest}"
    return Reading(str(year), days.year(year), "year", "context", (why,))


def year_ago_quarter(scene: Scene) -> Reading | None:
    found = quarter_before(scene)
    if found or not scene.published or scene.memory.latest or scene.slots["where"] == "period":
        return found
    return last_quarter(scene, scene.published, -1)


def same_quarter(scene: Scene) -> Reading | None:
    """The same quarter last year, the corresponding period of 1988."""
    if scene.has("year"):
        return quarter_of(scene, scene.memory.reported, int(scene.slots["year"]))
    return year_ago_quarter(scene)


def quarter_of(scene: Scene, told: Told | None, year: int | None = None) -> Reading | None:
    if told is None or not re.fullmatch(r"\d{4}-Q\d", told.reading.value or ""):
        return None
    value = told.reading.value or ""
    number, stated = int(value[-1:]), int(value[:4]) if year is None else year
    why = f"{scene.said}: the quarter that the text has named before, {told}"
    return Reading(f"{stated}-Q{number}", days.quarter(stated, number), "quarter", "context", (why,))


def last_quarter(scene: Scene, published: date, years: int) -> Reading:
    """The last whole quarter before publication, or the same one some years away."""
    end = days.stretch(published, "quarter")[0] - timedelta(1)
    year, number = end.year + years, (end.month + 2) // 3
    why = f"the text names no quarter; the last whole one before {published_on(scene)}" + ", a year earlier" * -years
    return counted(scene, f"{year}-Q{number}", days.quarter(year, number), "quarter", why)


def half(scene: Scene) -> Reading | None:
    number = 1 if scene.slots["half"].startswith("first") else 2
    if scene.has("year"):
        stated = int(scene.slots["year"])
        return explicit(scene, f"{stated}-H{number}", days.half(stated, number), "period")
    if not scene.published:
        return unresolved(scene, f"XXXX-H{number}", "period")
    year = scene.published.year
    if scene.has("direction"):
        year += scene.number("direction")
    elif "year" not in scene.words:  # first-half results
        year -= days.half(year, number)[0] > scene.published and scene.tense != "future"
        year += long_over(scene, days.half(year, number)[1])
    return counted(scene, f"{year}-H{number}", days.half(year, number), "period", f"counted from {published_on(scene)}")


def report_half(scene: Scene) -> Reading | None:
    """The first half: of a year in a report that has named a quarter, else that of a match."""
    return half(scene) if scene.memory.latest else None


def season(scene: Scene) -> Reading | None:
    code = table()["words"]["season"][scene.slots["season"]]
    north = "seasons as in the north: spring March to May, and so on"
    if scene.has("year", "spoken", "shortyear"):
        return season_of_year(scene, stated_year(scene), code, north)
    if not scene.published:
        return unresolved(scene, f"XXXX-{code}", "season")
    year = near_season(scene, scene.published, code)
    why = f"counted from {published_on(scene)} ({north})"
    return counted(scene, f"{year}-{code}", days.season(year, code), "season", why)


def season_of_year(scene: Scene, year: int, code: str, north: str) -> Reading:
    """A season of a stated year. A winter has two years: it begins in December, and most of it is in the next one."""
    reading = explicit(scene, f"{year}-{code}", days.season(year, code), "season", north, *part_note(scene))
    if code != "WI":
        return reading
    earlier = explicit(scene, f"{year}-{code}", days.season(year - 1, code), "season", north, *part_note(scene))
    reading = replace(
        reading, reasons=(f"{scene.said}: the winter that began in December {year}", *reading.reasons[1:])
    )
    earlier = replace(earlier, reasons=(f"{scene.said}: the winter that ended in {year}", *earlier.reasons[1:]))
    if scene.published and days.season(year, code)[0] > scene.published and scene.tense != "future":
        return earlier  # told before the December of that year
    return with_others(reading, earlier)


def near_season(scene: Scene, published: date, code: str) -> int:
    """The year of the last, this or next season seen from the publication date."""
    ahead = scene.tense == "future" or scene.before in table()["lists"]["ahead"]
    way = scene.number("direction") if scene.has("direction") else (1 if ahead else None)
    year = published.year
    if scene.words.lower().endswith(" year"):
        return year + (way or 0)
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
    last = max(day for day in choices if day <= published)
    coming = min(day for day in choices if day >= published)
    if scene.has("direction"):
        chosen = {1: coming, 0: choices[2], -1: last}[scene.number("direction")]
        return holiday_at(scene, chosen)
    near = scene.tense is None and (coming - published).days <= NEAR < (published - last).days
    ahead = scene.tense == "future" or near
    other = (last if ahead else coming) if scene.tense is None else None
    return with_others(holiday_at(scene, coming if ahead else last), holiday_at(scene, other) if other else None)


def holiday_at(scene: Scene, day: date) -> Reading:
    return counted(scene, day.isoformat(), (day, day), "day", f"the year is counted from {published_on(scene)}")


def holiday_in(entry: dict[str, str | int], year: int) -> date:
    if "day" in entry:
        month, number = map(int, str(entry["day"]).split("-"))
        return date(year, month, number)
    if "nth" in entry:
        month, weekday, nth = map(int, str(entry["nth"]).split())
        return days.weekdays(year, month, weekday)[nth if nth < 0 else nth - 1] + timedelta(int(entry.get("plus", 0)))
    starts = {"easter": days.easter, "orthodox": days.orthodox_easter, "hebrew": days.hebrew_new_year}
    kind = next(kind for kind in starts if kind in entry)
    return starts[kind](year) + timedelta(int(entry[kind]))
