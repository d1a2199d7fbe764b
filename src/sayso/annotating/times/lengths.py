"""Lengths of time and what is counted with them: two weeks ago, the past few days, three days later, every year."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.annotating.times import days
from sayso.annotating.times.days import spoken
from sayso.annotating.times.reading import (
    Reading,
    Scene,
    Told,
    grain_of,
    in_context,
    part_of,
    published_on,
    unresolved,
    whence,
)
from sayso.annotating.times.seasons import end_day, year_before
from sayso.annotating.times.tokens import table

TOLD = "counted from something that the text tells, not from a date"
AGAIN = "something that comes again, not a date"
LENGTH = "a length of time, not a date"
DAYS = {"week": 7, "weekend": 7, "fortnight": 14, "month": 31, "quarter": 92, "year": 366, "decade": 3653,
        "century": 36525}  # fmt: skip
COMPARED = (
    "week",
    "month",
    "quarter",
    "year",
)  # "from a month earlier": before the publication where nothing else is told
MOST = 10_000  # units: what is counted in more is no date


def amount(words: str) -> float | None:
    """A number as figures or words, the lower one of two; None where it is vague ("several").

    >>> amount("twenty - four"), amount("2,000"), amount("a couple of"), amount("a few"), amount("one and a half")
    (24.0, 2000.0, 2.0, None, 1.5)
    >>> amount("two to three")
    2.0
    """
    words = re.split(r" (?:to|or) ", words)[0]
    if "half" in words and "dozen" in words:
        return 6.0
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
        dozens = value == 12 and words.startswith("a ")
        total = max(total, 1) * value if dozens or value >= 100 else total + value
    if total:
        return total + fraction
    return fraction or 1.0


LETTER = {"second": "TXS", "minute": "TXM", "hour": "TXH", "day": "XD", "week": "XW", "fortnight": "X2W", "month": "XM",
          "quarter": "XQ", "year": "XY", "decade": "XE", "century": "XC", "weekend": "XWE"}  # fmt: skip


HALVES = {"year": "P6M", "day": "PT12H", "hour": "PT30M", "minute": "PT30S"}


def duration(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time.

    >>> duration(3, "month"), duration(None, "day"), duration(2, "decade"), duration(5, "hour"), duration(1.5, "year")
    ('P3M', 'PXD', 'P20Y', 'PT5H', 'P1.5Y')
    """
    if count == 0.5 and unit in HALVES:
        return HALVES[unit]
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
    other = days.moved(scene.published, unit, most if ahead else -most) if most is not None and most < MOST else None
    why = f"counted from {published_on(scene)}"
    why += "" if count is not None or other is None else f"; how many is not said, at most {most} {unit}s read into it"
    found = (scene.published, other) if ahead else (other, scene.published)
    return Reading(value, found, "period", "published", (f"{scene.said}: {why}",))


def ago(scene: Scene) -> Reading | None:
    """Two years ago: the year, month, week or day so far before publication."""
    unit, count = unit_of(scene), amount(scene.slots["n"]) if scene.has("n") else None
    way = 1 if scene.has("ahead") else -1
    count = count + 0.5 if count is not None and scene.has("half") else count
    if unit == "year" and count == 1 and way < 0 and (same := year_before(scene)):
        return same
    return stepped(scene, Step(unit, count, way), scene.published)


@dataclass(frozen=True, slots=True)
class Step:
    """So many units before (way -1) or after (1) a day; the count is None where the words do not say it."""

    unit: str
    count: float | None
    way: int

    @property
    def whole(self) -> "Step":
        """The step in whole units: a year and a half is 18 months."""
        if self.count is None or self.count == int(self.count):
            return self
        smaller = {"year": (12, "month"), "decade": (10, "year"), "century": (100, "year")}
        times, unit = smaller.get(self.unit, (1, self.unit))
        count = times * self.count
        return Step(unit, float(round(count)), self.way)


def stepped(scene: Scene, step: Step, base: date | None, told: Told | None = None) -> Reading | None:
    """The year, month, week or day that a step leads to."""
    vague_value = "PAST_REF" if step.way < 0 else "FUTURE_REF"
    if base is None:
        return unresolved(scene, vague_value, "period")
    anchor, origin = ("context", whence(told)) if told else ("published", published_on(scene))
    if step.count is None:
        found = (None, base) if step.way < 0 else (base, None)
        return Reading(vague_value, found, "period", anchor, (f"{scene.said}: how long from {origin} is not said",))
    step = step.whole
    target = days.moved(base, step.unit, round(step.count or 0) * step.way) if (step.count or 0) < MOST else None
    if target is None:
        return None
    grain = {"decade": "year", "century": "year", "fortnight": "week"}.get(step.unit, step.unit)
    why = f"{scene.said}: counted from {origin}"
    return Reading(days.timex(target, grain), days.stretch(target, grain), grain_of(grain), anchor, (why,))


def later(scene: Scene) -> Reading | None:
    """Three days later: counted from before it in the text, where that is exact enough."""
    unit, count = unit_of(scene), amount(scene.slots["n"])
    told = scene.context if scene.context and fits(scene.context, unit) else None
    if (unit, count, scene.slots["where"]) == ("year", 1, "earlier") and (same := year_before(scene)):
        return same
    if told is None or scene.slots["where"] in ("before", "after") or LETTER[unit].startswith("T"):
        return unresolved(scene, duration(count, unit), "period", TOLD)
    way = 1 if scene.slots["where"] == "later" else -1
    return stepped(scene, Step(unit, count, way), told.start, told)


def context_day(scene: Scene) -> Told | None:
    """The last dated expression, where it is one day."""
    told = scene.context
    return told if told and told.reading.days[0] == told.reading.days[1] else None


def beside(scene: Scene) -> Reading | None:
    """The previous day, the following year, that week: counted from before it in the text."""
    unit = unit_of(scene) if scene.has("unit") else "day"
    if unit in ("second", "minute", "hour"):
        return None
    if unit == "year" and scene.slots.get("where") == "earlier" and (same := year_before(scene)):
        return same
    way = table()["sides"].get(scene.slots.get("where", "same"), 0)
    told = scene.context
    loose = told is None or (told.reading.anchor == "published" and not fits(told, unit))
    if scene.published and loose and way < 0 and unit in COMPARED:
        return stepped(scene, Step(unit, 1.0, -1), scene.published)
    if told is None or told.start is None or not fits(told, unit):
        return unresolved(scene, open_value(unit), grain_of(unit), TOLD)
    found = days.moved(told.start, unit, way)
    if found is None:
        return None
    return in_context(scene, told, days.timex(found, unit) + part_of(scene), days.stretch(found, unit), grain_of(unit))


def open_value(unit: str) -> str:
    return {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}.get(unit, "XXXX")


def fits(told: Told, unit: str) -> bool:
    """Whether a stretch of time lies in one such unit, so that the unit beside it can be told."""
    first, last = told.reading.days
    dated = told.reading.granularity != "period" or (told.reading.value or "P")[0].isdigit()
    return first is not None and last is not None and dated and (last - first).days < DAYS.get(unit, 1)


def year_earlier(scene: Scene) -> Reading | None:
    """The year-earlier results."""
    unit = unit_of(scene)
    if unit == "year" and (same := year_before(scene)):
        return same
    if not scene.published:
        return unresolved(scene, open_value(unit), grain_of(unit))
    return stepped(scene, Step(unit, 1.0, -1), scene.published)


def length(scene: Scene) -> Reading | None:
    unit, number = unit_of(scene), scene.slots.get("n", "")
    if re.fullmatch(r"(19|20)\d\d", number) or is_part(scene, unit):
        return None  # "the 1988 quarter"
    count = amount(number) if number else 1.0 if "long" in scene.words and scene.has("unit") else None
    count = count + 0.5 if count is not None and scene.has("half") else count
    return unresolved(scene, duration(count, unit), "period", LENGTH)


def is_part(scene: Scene, unit: str) -> bool:
    """Whether the word is no length at all: "three quarters of the voters", "for a second term"."""
    follows = scene.after.isalpha() and scene.after not in table()["words"]["timeprep"]
    return (
        unit == "quarter"
        and (scene.slots.get("n") == "a" or (scene.after == "of" and scene.slots.get("n") in ("one", "three")))
    ) or (unit == "second" and scene.slots.get("n") in ("a", "another") and follows)


def part_century(scene: Scene) -> Reading | None:
    """Half a century, a quarter-century ago."""
    years = 50 if scene.slots["which"] == "half" else 25
    if scene.has("ago"):
        return stepped(scene, Step("year", years, -1), scene.published)
    return unresolved(scene, duration(years, "year"), "period", LENGTH)


def long(scene: Scene) -> Reading:
    """A weeklong strike."""
    return unresolved(scene, str(table()["words"]["long"][scene.slots["long"]]), "period", LENGTH)


def often(scene: Scene) -> Reading | None:
    """Daily, every two weeks, so much a year."""
    if scene.has("often") and (scene.name_follows or is_kind(scene)):
        return None  # "the party daily Granma", "Daily Sabah"
    if scene.has("often"):
        value = str(table()["words"]["often"][scene.slots["often"]])
    elif scene.has("part"):
        value = f"XXXX-XX-XX{part_of(scene)}"
    else:
        count = 2.0 if scene.has("other") else amount(scene.slots["n"]) if scene.has("n") else 1.0
        value = duration(count, unit_of(scene))
    return unresolved(scene, value, "period", AGAIN)


def every_month(scene: Scene) -> Reading:
    """Every October, each summer."""
    season = table()["words"]["season"].get(scene.slots.get("season", ""))
    value = f"XXXX-{season}" if season else f"XXXX-{scene.number('month'):02d}"
    return unresolved(scene, value, "period", AGAIN)


def is_kind(scene: Scene) -> bool:
    """Whether the word says what kind of thing follows: "a quarterly dividend" is one dividend."""
    verbal = scene.after in table()["words"]["timeprep"] or scene.after in table()["lists"]["clause_starts"]
    return scene.slots["often"] == "quarterly" and scene.after.isalpha() and not verbal


def ended(scene: Scene) -> Reading | None:
    """The year ended March 31, the nine months to September: so long up to that day."""
    unit, end = unit_of(scene), end_day(scene)
    count = amount(scene.slots["n"]) if scene.has("n") else 1.0
    start = end and days.moved(end + timedelta(1), unit, -round(count or 0))
    if not end or not start or not count or count >= MOST or LETTER[unit].startswith("T"):
        return unresolved(scene, duration(count, unit), "period", LENGTH)
    anchor = "explicit" if scene.has("endyear") else "published"
    why = f"{scene.said}: so long up to {spoken(end)}"
    return Reading(duration(count, unit), (start, end), "period", anchor, (why,))


def first_months(scene: Scene) -> Reading | None:
    """The first nine months of a year: from its January on."""
    count = amount(scene.slots["n"])
    value = duration(count, "month")
    way = scene.number("direction") if scene.has("direction") else 0
    year = int(scene.slots["year"]) if scene.has("year") else scene.published.year + way if scene.published else None
    if year is None or count is None or not 1 <= count <= 12:
        return unresolved(scene, value, "period", LENGTH)
    why = f"{scene.said}: counted from January {year}"
    anchor = "explicit" if scene.has("year") else "published"
    return Reading(value, days.months(year, 1, round(count)), "period", anchor, (why,))
