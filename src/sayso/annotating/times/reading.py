"""What a resolver gets and gives: the scene of an expression, and its reading."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sayso.annotating.times.days import Days, spoken, timex
from sayso.annotating.times.tokens import table
from sayso.model.annotations import Granularity

Tense = Literal["past", "future"] | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means; `others` is what else it can mean."""

    value: str | None
    days: tuple[date | None, date | None]
    granularity: Granularity
    anchor: str | None
    reasons: tuple[str, ...]
    others: tuple["Reading", ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An expression of time that the text has had already."""

    id: str
    words: str
    reading: Reading
    place: int

    @property
    def start(self) -> date | None:
        return self.reading.days[0]

    def __str__(self) -> str:
        return f"'{self.words}' ({self.id})"


STALE = 290  # days: a quarter that ended so long before publication is not the one that is reported


@dataclass(frozen=True, slots=True)
class Memory:
    """What the text has told so far, as far as later expressions are counted from it.

    `date` is the last expression with a first and last day, `quarter` the last quarter. `reported` is the quarter
    that a report of results is about: the latest of all that the text names; None while it speaks of a longer period.
    """

    published: date | None = None
    date: Told | None = None
    quarter: Told | None = None
    latest: Told | None = None
    reported: Told | None = None

    def after(self, told: Told) -> "Memory":
        """The memory once the text has told this."""
        reading = told.reading
        if reading.value in ("P1Q", "P3M") and reading.days[1]:  # "the quarter ended Sept. 30"
            quarter = replace(reading, value=timex(reading.days[1], "quarter"), granularity="quarter")
            return replace(self.after(replace(told, reading=quarter)), date=told)
        if reading.granularity != "quarter" or not reading.days[0]:
            date = told if all(reading.days) else self.date
            return replace(self, date=date, reported=None if longer(told) else self.reported)
        if reading.anchor == "context":  # a quarter counted from another: that one stays what the report is about
            return replace(self, date=told, quarter=told, reported=self.latest)
        if self.published and reading.days[1] and (self.published - reading.days[1]).days > STALE:
            return replace(self, date=told, quarter=told)  # too old to be what is reported
        newest = self.latest is None or self.rank(told) >= self.rank(self.latest)
        latest, reported = (told, told) if newest else (self.latest, self.reported)
        return replace(self, date=told, quarter=told, latest=latest, reported=reported)

    def rank(self, told: Told) -> tuple[bool, str]:
        """The order of quarters: one that has ended by publication comes before one that has not."""
        end = told.reading.days[1]
        over = end is not None and (self.published is None or end <= self.published)
        return over, told.reading.value or ""


def longer(told: Told) -> bool:
    """Whether an expression is of a period longer than a quarter, as reports of results have: nine months, the year."""
    value, words = told.reading.value or "", told.words.lower()
    year = told.reading.granularity == "year" and words.startswith(("the ", "fiscal"))
    return year or re.fullmatch(r"P(6|9|12)M|\d{4}-H[12]|P1Y", value) is not None


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the verbs around an expression say of its tense.

    `firm`: a verb in the past stands close to it. `open`: the nearest verb's form leaves the tense open.
    `behind`: the tense is that of a verb behind it.
    """

    tense: Tense = None
    firm: bool = False
    open: bool = False
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What a resolver may look at: the words, their place and neighbours, the publication day, the sentence, what the
    text has told before."""

    words: str
    slots: dict[str, str]
    place: int
    before: str
    after: str
    published: date | None
    sentence: Sentence
    memory: Memory
    name_follows: bool = False

    @property
    def tense(self) -> Tense:
        return self.sentence.tense

    @property
    def context(self) -> Told | None:
        return self.memory.date

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


def explicit(scene: Scene, value: str, when: Days, granularity: Granularity, *more: str) -> Reading:
    return Reading(value, when, granularity, "explicit", (f"{scene.said}: the words say it all", *more))


def counted(scene: Scene, value: str, when: Days, granularity: Granularity, why: str) -> Reading:
    return Reading(value, when, granularity, "published", (f"{scene.said}: {why}",))


def unresolved(scene: Scene, value: str, granularity: Granularity, why: str = NO_DATE) -> Reading:
    return Reading(value, (None, None), granularity, None, (f"{scene.said}: {why}",))


def in_context(scene: Scene, told: Told, value: str, when: Days, granularity: Granularity) -> Reading:
    """A reading counted from an expression before this one in the text, which the reason names."""
    return Reading(value, when, granularity, "context", (f"{scene.said}: counted from {whence(told)}",))


def whence(told: Told) -> str:
    """What is counted from, in words: the expression, its id, and its day, where it is one."""
    first, last = told.reading.days
    day = f", {spoken(first)}" if first and first == last else ""
    return f"{told}{day}, before it in the text"


def with_others(reading: Reading, *others: Reading | None) -> Reading:
    """A reading with what else the words can mean, as far as it is something else."""
    return replace(reading, others=tuple(o for o in others if o is not None and o.days != reading.days))


def published_on(scene: Scene) -> str:
    return f"publication on {spoken(scene.published)}" if scene.published else ""


def part_note(scene: Scene) -> tuple[str, ...]:
    if not scene.has("mod"):
        return ()
    return (f"'{scene.slots['mod'].replace(' -', '-')}' says which part, without an exact border: the whole is given",)


def grain_of(unit: str) -> Granularity:
    grains: dict[str, Granularity] = {
        "day": "day", "week": "week", "weekend": "period", "fortnight": "week", "month": "month",
        "quarter": "quarter", "year": "year", "decade": "decade", "century": "century",
    }  # fmt: skip
    return grains.get(unit, "time")


def part_of(scene: Scene) -> str:
    return str(table()["words"]["part"][scene.slots["part"]]) if scene.has("part") else ""
