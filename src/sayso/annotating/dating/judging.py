"""From evidence to a judgement: which years a report may be of, and how badly the page's own date fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from sayso import words
from sayso.annotating.dating import months
from sayso.annotating.dating.months import Curve

EARLIEST = 2003  # the first year that may be named: before it the events are few
APART = 6  # months before the page's date in which a report is still of that date


@dataclass(frozen=True, slots=True)
class Judgement:
    """`odds` is how much better (natural logarithm) the best year fits than the page's own month and its neighbours.

    `years` are the one or two earlier years that fit best, the best one first, or none where more than two fit alike.
    """

    odds: float
    years: tuple[int, ...]


def judge(curves: Mapping[str, Curve], published: date) -> Judgement | None:
    """Weigh the evidence against a page's date; None where that lies outside of what can be told."""
    page = months.of(published)
    first = months.of(date(EARLIEST, 1, 1))
    if not first + 12 <= page < months.COUNT - 1:
        return None
    score = total(curves)
    by_year = {
        year: np.logaddexp.reduce(score[start : min(start + 12, page - APART)])
        for year in range(EARLIEST, published.year)
        if (start := months.of(date(year, 1, 1))) < page - APART
    }
    here = np.logaddexp.reduce(score[page - 1 : page + 2])
    every = np.logaddexp.reduce(list(by_year.values()))
    best = max(by_year, key=lambda year: by_year[year])
    years = _named(by_year, best, float(every))
    return Judgement(float(by_year[best] - here), years)


def _named(by_year: Mapping[int, float], best: int, every: float) -> tuple[int, ...]:
    """The best year where it stands out, else with the better one of its neighbours; none where neither does."""
    share = float(np.exp(by_year[best] - every))
    if share >= limit("one year"):
        return (best,)
    beside = [year for year in (best - 1, best + 1) if year in by_year]
    second = max(beside, key=lambda year: by_year[year], default=best)
    together = share + float(np.exp(by_year[second] - every))
    return (best, second) if together >= limit("years together") and beside else ()


def total(curves: Mapping[str, Curve]) -> Curve:
    """The weighted sum of the evidence, in natural logarithms."""
    score = months.empty()
    for name, curve in curves.items():
        score += _table()["weights"][name] * curve
    return score


def limit(name: str) -> float:
    """A threshold by its name."""
    return float(_table()["limits"][name])


@cache
def _table() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = words.load("dating")
    return table
