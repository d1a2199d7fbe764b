"""What is counted from the publication date: today, Friday, last week, 9 a.m."""

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta

from sayso.annotating.times import days
from sayso.annotating.times.dates import full_date
from sayso.annotating.times.days import spoken
from sayso.annotating.times.lengths import TOLD, context_day, fits, open_value, stretch
from sayso.annotating.times.reading import (
    Reading,
    Scene,
    counted,
    explicit,
    grain_of,
    in_context,
    part_note,
    part_of,
    published_on,
    unresolved,
    with_others,
)
from sayso.annotating.times.seasons import holiday
from sayso.annotating.times.tokens import table
from sayso.model.annotations import Granularity

CLOSE = 30  # words: so near behind a date of another year "the year" is that year


def here(scene: Scene) -> Reading | None:
    """Today, yesterday, tomorrow."""
    if not scene.published:
        return unresolved(scene, "XXXX-XX-XX", "day")
    found = scene.published + timedelta(scene.number("here"))
    value = found.isoformat() + part_of(scene)
    return counted(
        scene, value, (found, found), "time" if scene.has("part") else "day", f"counted from {published_on(scene)}"
    )


def day_beside(scene: Scene) -> Reading | None:
    """The day before yesterday, the day after Christmas, the day before Oct. 23."""
    base = day_named(scene)
    start = base.days[0] if base else None
    if base is None or start is None:
        return base
    found = start + timedelta(-1 if scene.slots["side"] == "before" else 1)
    why = f"{scene.said}: counted from {spoken(start)}"
    return replace(base, value=found.isoformat(), days=(found, found), granularity="day", reasons=(why,), others=())


def day_named(scene: Scene) -> Reading | None:
    """The day that a part of the words names."""
    readers = {"anyday": full_date, "weekday": weekday, "here": here, "holiday": holiday, "direction": near_part}
    return next((read(scene) for slot, read in readers.items() if scene.has(slot)), None)


def weekday_beside(scene: Scene) -> Reading | None:
    """The following Friday: counted from before it in the text."""
    told = context_day(scene)
    number = scene.number("weekday")
    value = f"XXXX-WXX-{number}{part_of(scene)}"
    if told is None or told.start is None:
        return unresolved(scene, value, "day", TOLD)
    way = table()["sides"].get(scene.slots.get("where", "same"), 0)
    step = (number - told.start.isoweekday()) % 7
    if way:
        step = step or 7
    if way <= 0:
        step -= 7 * (step > 0)
    found = told.start + timedelta(step - (7 if way < 0 and step == 0 else 0))
    return in_context(
        scene, told, found.isoformat() + part_of(scene), (found, found), "time" if part_of(scene) else "day"
    )


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
    return counted(
        scene, found.isoformat() + part_of(scene), (found, found), "time", f"counted from {published_on(scene)}"
    )


def weekday(scene: Scene) -> Reading | None:
    """A weekday: the last one up to publication, or the next one where the sentence looks ahead."""
    number = scene.number("weekday")
    part = part_of(scene)
    grain: Granularity = "time" if part else "day"
    if not scene.published:
        return unresolved(scene, f"XXXX-WXX-{number}{part}", grain)
    return near_weekday(scene, scene.published, number)


def near_weekday(scene: Scene, published: date, number: int) -> Reading:
    """The nearest such day on the side that the words or the tense say, and the day a week off where they do not."""
    name = calendar.day_name[number - 1]
    back, ahead = (published.isoweekday() - number) % 7, (number - published.isoweekday()) % 7
    way = scene.number("direction") if scene.has("direction") else None
    last, coming = f"the last {name} before {published_on(scene)}", f"the first {name} after {published_on(scene)}"
    if way == -1:
        far = 7 if "week" in scene.words.lower() and back < published.isoweekday() else 0
        said = weekday_at(scene, -(back or 7) - far, last)
        close = not far and 0 < back < published.isoweekday()  # in the week of publication
        return with_others(said, weekday_at(scene, -back - 7, f"the {name} of the week before") if close else None)
    if way == 1:
        said = weekday_at(scene, ahead or 7, f"the next {name} after {published_on(scene)}")
        close = 0 < ahead <= 7 - published.isoweekday()
        return with_others(said, weekday_at(scene, ahead + 7, f"the {name} of the week after") if close else None)
    if back == 0:
        same = f"published that very day, {spoken(published)}, which a {name} in the news then means"
        week = (7, coming) if scene.tense == "future" else (-7, last)
        return with_others(weekday_at(scene, 0, same), weekday_at(scene, *week) if way is None else None)
    until = scene.before in table()["lists"]["until"] and not scene.sentence.behind
    if scene.tense == "future" or until or (way == 0 and scene.tense != "past"):
        said = weekday_at(scene, ahead, f"the sentence looks ahead: {coming}")
        return with_others(said, weekday_at(scene, -back, last) if until and scene.tense != "future" else None)
    return with_others(weekday_at(scene, -back, last), weekday_at(scene, ahead, coming) if not scene.tense else None)


def weekday_at(scene: Scene, step: int, why: str) -> Reading:
    found = (scene.published or date.max) + timedelta(step)
    part = part_of(scene)
    return counted(scene, found.isoformat() + part, (found, found), "time" if part else "day", why)


def weekly(scene: Scene) -> Reading | None:
    number = scene.number("weekdays" if scene.has("weekdays") else "weekday")
    part = str(table()["words"]["parts"][scene.slots["parts"]]) if scene.has("parts") else part_of(scene)
    return unresolved(scene, f"XXXX-WXX-{number}{part}", "period", "a day that comes again every week, not a date")


def clock(scene: Scene) -> Reading | None:
    """A time of day; with its day where the words give one."""
    time = clock_value(scene.slots["clock"], scene.slots.get("part", "morning"))
    if time is None or (not scene.has("weekday", "here", "anyday", "part") and not timely(scene)):
        return None
    base = day_named(scene)
    if base is not None:
        base = replace(base, others=())
    elif (told := context_day(scene)) and (known := told.start):
        base = in_context(scene, told, known.isoformat(), (known, known), "time")
    elif scene.published:
        base = counted(scene, scene.published.isoformat(), (scene.published, scene.published), "time", "")
        base = replace(base, reasons=(f"{scene.said}: no day beside it; taken as the day of {published_on(scene)}",))
    else:
        base = unresolved(scene, "XXXX-XX-XX", "time")
    day = (base.value or "").split("T")[0] if base else ""
    return replace(base, value=f"{day}T{time}", granularity="time") if base else None


def timely(scene: Scene) -> bool:
    """Whether figures alone are a time of day: "9.30" may be a number, "9:30" a score or a verse."""
    words = scene.words.lower()
    return bool(re.search(r"o'clock|[ap]\.?m\b|noon|midday|midnight|gmt|utc|local|\b[ecmp][sd]?t\b", words)) or (
        ":" in words and (words.startswith("at ") or scene.before == "at")
    )


def clock_value(words: str, part: str = "morning") -> str | None:
    """The time of day, in the part of the day that the words name.

    >>> clock_value("9:30 p.m."), clock_value("noon"), clock_value("9am"), clock_value("1430")
    ('21:30', '12:00', '09:00', '14:30')
    """
    fixed = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
    if words in fixed:
        return fixed[words]
    if re.fullmatch(r"([01]\d|2[0-3])[0-5]\d", words):  # 1430 GMT
        return f"{words[:2]}:{words[2:]}"
    words = str(table()["words"]["numword"].get(words.split(maxsplit=1)[0], words))
    found = re.match(r"(\d{1,2})(?:[:.](\d\d))?\s*([ap])?", words)
    if not found or int(found[1]) > 24:
        return None
    hour = int(found[1]) % 12 + (12 if found[3] == "p" else 0) if found[3] else int(found[1])
    hour += 12 * (part in ("afternoon", "evening") and 0 < hour < 12)
    return f"{hour:02d}:{found[2] or '00'}"


def near(scene: Scene) -> Reading | None:
    """Last week, this month, next year; "the end of the year"."""
    unit = table()["words"]["unit"][scene.slots["unit"]]
    way = scene.number("direction") if scene.has("direction") else 0
    if unit in ("second", "minute", "hour") or (unit == "day" and way != 0) or "previous" in scene.slots.values():
        return None  # "the previous week" is counted from a date in the text
    if re.search(r"\b(the (past|last)|this past)\b", scene.words.lower()):
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


def the_unit(scene: Scene) -> Reading | None:
    """The year, "later in the day": of a date stated close before, else of the publication."""
    unit = scene.slots["unit"]
    told, published = scene.context, scene.published
    if unit == "day":
        told = context_day(scene)
    elif told and (told.reading.anchor != "explicit" or scene.place - told.place > CLOSE):
        told = None
    if told and told.start and fits(told, unit):
        return in_context(scene, told, days.timex(told.start, unit), days.stretch(told.start, unit), grain_of(unit))
    return near(scene) if published else unresolved(scene, open_value(unit), grain_of(unit))


def past_unit(scene: Scene, unit: str) -> Reading | None:
    """The past year: the stretch that ends with the publication, not the calendar's year before."""
    return stretch(replace(scene, slots={**scene.slots, "n": "one", "anyunit": unit}))


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
    if scene.has("year"):
        return explicit(scene, scene.slots["year"], days.year(int(scene.slots["year"])), "year")
    if not scene.published:
        return unresolved(scene, "XXXX", "year")
    number = scene.published.year
    return counted(scene, str(number), days.year(number), "year", f"counted from {published_on(scene)}")


def vague(scene: Scene) -> Reading | None:
    """Now, recently, soon."""
    slot = next(slot for slot in ("ref", "term", "vague") if scene.has(slot))
    value = str(table()["words"][slot][scene.slots[slot]])
    if scene.words.lower() in ("past", "present"):
        return None  # "in past debates"
    if value == "FUTURE_REF" and slot == "vague" and scene.tense == "past":
        return None  # "he soon left"
    base = scene.published
    if not base:
        return unresolved(scene, value, "period")
    found = {"PAST_REF": (None, base), "PRESENT_REF": (base, base), "FUTURE_REF": (base, None)}[value]
    why = f"{scene.said}: no date in it, only before, at or after {published_on(scene)}"
    return Reading(value, found, "period", "published", (why,))
