"""How long ago a text says that a year was, so that the year in which it was written can be counted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from sayso import words
from sayso.annotating.dating import months, stated
from sayso.annotating.dating.months import Curve
from sayso.model import Span, TimeExpression

ROUND = 1  # years by which "ten years ago" may be off


@dataclass(frozen=True, slots=True)
class Sum:
    """How long ago a year was by the text: "in 2008, ten years ago". `year` is when that was written.

    `about`: the word by which the text says that it is not exact. `occasion`: it is told as an anniversary, which may
    be past as well.
    """

    time: TimeExpression
    span: Span
    year: int
    about: str = ""
    occasion: bool = False

    def speaks_against(self, year: int) -> bool:
        """Whether a text of that year would not say so. "More than ten years ago" is true for ever after."""
        bound = _table()["bounds"].get(self.about, 0)
        return self.year - year > ROUND if bound > 0 else abs(self.year - year) > ROUND + bool(self.about)

    def told(self) -> str:
        return f"{self.year} or later" if _table()["bounds"].get(self.about, 0) > 0 else str(self.year)


def find(text: str, own: Sequence[TimeExpression]) -> Iterator[Sum]:
    """The years of which a text says how long ago they were, or which anniversary of theirs it is."""
    for time in stated.explicit(own):
        span = time.spans[0]
        if time.earliest is None or time.earliest[:4] != (time.latest or "")[:4]:
            continue
        year = int(time.earliest[:4])
        if any(word in span.of(text).lower() for word in _table()["anniversary"]):
            yield Sum(time, span, year, occasion=True)
            continue
        found = _ago().after.match(text, span.end) or _ago().before.search(text, max(0, span.start - 40), span.start)
        if found and (count := _number(found["n"])):
            whole = Span(min(span.start, found.start()), max(span.end, found.end()))
            yield Sum(time, whole, year + count, about=" ".join((found["about"] or "").lower().split()))


def curves(found: Sequence[Sum]) -> dict[str, Curve]:
    """How the months agree with the sums of a text."""
    right, wrong = months.empty(), months.empty()
    for one in found:
        if one.occasion:  # it may be told of as long past
            continue
        right += (one.year == months.YEARS) & (not one.about)
        wrong += np.array([one.speaks_against(int(year)) for year in months.YEARS])
    return {"sum right": np.minimum(right, 2), "sum wrong": np.minimum(wrong, 2)}


class _Ago(NamedTuple):
    after: re.Pattern[str]
    before: re.Pattern[str]


@cache
def _ago() -> _Ago:
    number = rf"(?:(?P<about>{'|'.join(_table()['about'])})\s+)?(?P<n>\d{{1,3}}|[a-z]+(?:-[a-z]+)?)"
    ago = rf"\s+(?:{'|'.join(_table()['ago'])})"
    return _Ago(
        re.compile(rf",?\s+{number}{ago}\b", re.IGNORECASE),
        re.compile(rf"\b{number}{ago},?\s+(?:in|on)\s+$", re.IGNORECASE),
    )


def _table() -> dict[str, Any]:
    table: dict[str, Any] = words.load("dating")["sums"]
    return table


def _number(said: str) -> int | None:
    """A number of years in figures or words.

    >>> _number("10"), _number("five"), _number("twenty-five"), _number("many")
    (10, 5, 25, None)
    """
    if figure := re.match(r"\d+", said):
        return int(figure[0])
    values = words.load("times")["words"]["numword"]
    parts = [values.get(part) for part in said.casefold().split("-")]
    return None if None in parts else sum(int(part) for part in parts if part is not None)
