"""Which years fit a day without a year and words beside it: "April 14, White Tabards, Port Halna"."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from sayso.events.event import Entry, Event
from sayso.events.store import Events

BEST = 3
"""Events of a year that count. The sum of all favours the years of which most is written: `evaluation/events.py`."""


TRIED = 8
"""Events of a year that are measured: those that share most. To know the weight of an event costs a look-up a term."""


@dataclass(frozen=True, slots=True)
class YearFit:
    """How well a year fits: its score, above 0 and mostly far below 1, and the events that make it, the best first."""

    year: int
    score: float
    events: tuple[Event, ...]


def fit(found: Events, month: int, day: int, terms: Iterable[str], spread: int = 0) -> list[YearFit]:
    """The years that have events on that day, or up to `spread` days from it, which share terms; the best first.

    A term weighs log(events / events that have it). An event scores the share that the terms it shares have of the
    weight of all terms asked for, times the share they have of the weight of its own. A year scores what its best three
    events score together, of the eight that share most. Terms that no event has do not count. Raises ValueError for a
    day that no year has.
    """
    weights = _weights(found, terms)
    asked = sum(weights.values())
    years: dict[int, list[tuple[float, Entry]]] = {}
    for entry in found.near(month, day, spread):
        if common := sum(weights[term] for term in entry.terms & weights.keys()):
            years.setdefault(int(entry.event.date[:4]), []).append((common, entry))
    tried = {year: heapq.nlargest(TRIED, sharing, key=_first) for year, sharing in years.items()}
    own = _weights(found, {term for sharing in tried.values() for _, entry in sharing for term in entry.terms})
    scored = {
        year: [(common / asked * common / sum(own[t] for t in entry.terms), entry) for common, entry in sharing]
        for year, sharing in tried.items()
    }
    return sorted((_year(year, pairs) for year, pairs in scored.items()), key=lambda fit: (-fit.score, fit.year))


def _first(pair: tuple[float, Entry]) -> float:
    return pair[0]


def _weights(found: Events, terms: Iterable[str]) -> dict[str, float]:
    total = found.total
    return {term: log(total / events) for term, events in found.frequency(terms).items()}


def _year(year: int, scored: list[tuple[float, Entry]]) -> YearFit:
    best = sorted(scored, key=lambda pair: (-pair[0], pair[1].event.date, pair[1].event.text))
    return YearFit(year, sum(score for score, _ in best[:BEST]), tuple(entry.event for _, entry in best))
