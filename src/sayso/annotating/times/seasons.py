"""Quarters, halves, seasons and holidays."""

from datetime import date, timedelta

from sayso.annotating.times import days
from sayso.annotating.times.reading import Reading, Scene, Told, counted, explicit, part_note, published_on, unresolved
from sayso.annotating.times.tokens import table


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
    """The quarter: the one that the report is about; "the latest quarter", where it names none, the last whole one."""
    if scene.has("year"):
        return quarter_of(scene, scene.memory.reported, int(scene.slots["year"]))
    if scene.slots.get("which") == "that":
        return quarter_of(scene, scene.memory.quarter)
    if scene.memory.latest or scene.slots.get("which") != "latest" or not scene.published:
        return quarter_of(scene, scene.memory.latest)
    return last_quarter(scene, scene.published, 0)


def quarter_before(scene: Scene) -> Reading | None:
    """The year-earlier quarter: the one that the report is about, a year before."""
    reported = scene.memory.reported
    return quarter_of(scene, reported, reported.start.year - 1) if reported and reported.start else None


def year_ago_quarter(scene: Scene) -> Reading | None:
    found = quarter_before(scene)
    if found or not scene.published or scene.memory.latest or scene.slots["where"] == "period":
        return found
    return last_quarter(scene, scene.published, -1)


def quarter_of(scene: Scene, told: Told | None, year: int | None = None) -> Reading | None:
    if told is None or told.start is None:
        return None
    number, stated = (told.start.month + 2) // 3, told.start.year if year is None else year
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
