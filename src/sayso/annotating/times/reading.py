"""What a resolver gets and gives: the scene of an expression, and its reading."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.annotating.times.days import Days, spoken
from sayso.annotating.times.tokens import table
from sayso.model.annotations import Granularity

Tense = Literal["past", "future"] | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means."""

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


def explicit(scene: Scene, value: str, when: Days, granularity: Granularity, *more: str) -> Reading:
    return Reading(value, when, granularity, "explicit", (f"{scene.said}: the words say it all", *more))


def counted(scene: Scene, value: str, when: Days, granularity: Granularity, why: str) -> Reading:
    return Reading(value, when, granularity, "published", (f"{scene.said}: {why}",))


def unresolved(scene: Scene, value: str, granularity: Granularity, why: str = NO_DATE) -> Reading:
    return Reading(value, (None, None), granularity, None, (f"{scene.said}: {why}",))


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
