"""Days that are told by their place beside a date: an anniversary, an eve, the second Tuesday of May, the 14th."""

import re
from dataclasses import replace
from datetime import timedelta

from sayso.annotating.times import days
from sayso.annotating.times.dates import day_number, full_date, month_of_year, near_month, year
from sayso.annotating.times.days import spoken
from sayso.annotating.times.reading import (
    NO_DATE,
    Reading,
    Scene,
    counted,
    in_context,
    published_on,
    unresolved,
)

CLOSE = 15  # words: so near behind a date "the 14th" is of the same month


def nth_weekday(scene: Scene) -> Reading | None:
    """The second Tuesday of May 2019, the last Friday of this month."""
    months = month_meant(scene)
    if months is None or months.days[0] is None:
        return months
    every = days.weekdays(months.days[0].year, months.days[0].month, scene.number("weekday"))
    nth = len(every) if scene.slots.get("nth") == "last" else ordinal(scene)
    if not 1 <= nth <= len(every):
        return None
    found = every[nth - 1]
    return replace(months, value=found.isoformat(), days=(found, found), granularity="day", others=())


def month_meant(scene: Scene) -> Reading | None:
    """The month that the words name: with its year, or counted from publication."""
    if scene.has("anymonth") and not scene.has("year"):
        if scene.published:
            return near_month(scene, scene.published, scene.number("anymonth"))
        return unresolved(scene, "XXXX-XX-XX", "day", f"no year in the text, and {NO_DATE}")
    if scene.has("anymonth"):
        return month_of_year(scene)
    way = scene.number("direction") if scene.has("direction") else 0
    found = days.moved(scene.published, "month", way) if scene.published else None
    if found is None:
        return unresolved(scene, "XXXX-XX-XX", "day")
    return counted(scene, "", days.stretch(found, "month"), "month", f"the month is counted from {published_on(scene)}")


def ordinal(scene: Scene) -> int:
    return scene.number("ordinal") if scene.has("ordinal") else day_number(scene.slots["nth"])


def day_of_month(scene: Scene) -> Reading | None:
    """The 14th of this month; "on the 14th" only close behind a date, and of its month."""
    number = day_number(scene.slots["dayth"])
    if " of " in scene.words:
        base = month_meant(scene)
        start = base.days[0] if base else None
        found = days.day(start.year, start.month, number) if start else None
        return (
            replace(base, value=found.isoformat(), days=(found, found), granularity="day") if base and found else base
        )
    told = scene.context
    if told is None or told.start is None or told.reading.granularity not in ("day", "month"):
        return None
    found = days.day(told.start.year, told.start.month, number)
    if found is None or scene.place - told.place > CLOSE:
        return None
    return in_context(scene, told, found.isoformat(), (found, found), "day")


def anniversary(scene: Scene) -> Reading | None:
    """The fifth anniversary of the fire of 3 May 2015: that day, month or year so many years later."""
    event = event_of(scene)
    start = event.days[0] if event else None
    if event is None or start is None or re.search(r"[;!?]", scene.words):
        return None
    grain, count = event.granularity, ordinal(scene)
    found = days.moved(start, "year", count)
    if found is None:
        return None
    why = f"{scene.said}: {count} years after {days.timex(start, grain)}, the date of the event"
    return Reading(days.timex(found, grain), days.stretch(found, grain), grain, event.anchor, (why,))


def event_of(scene: Scene) -> Reading | None:
    if scene.has("anyday"):
        return full_date(scene)
    return month_of_year(scene) if scene.has("anymonth") else year(replace(scene, words="year"))


def eve(scene: Scene) -> Reading | None:
    """The eve of the vote of 4 May 2019: the day before it."""
    event = full_date(scene)
    start = event.days[0] if event else None
    if event is None or start is None or re.search(r"[;!?]", scene.words):
        return None
    found = start - timedelta(1)
    why = f"{scene.said}: the day before {spoken(start)}"
    return replace(event, value=found.isoformat(), days=(found, found), reasons=(why,), others=())
