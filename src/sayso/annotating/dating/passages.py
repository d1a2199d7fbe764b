"""Passages of a text held against dated events: which months have events that share their names and words."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from sayso.annotating.dating import months
from sayso.annotating.dating.months import Curve
from sayso.annotating.dating.stated import DayOfYear, weekdays_in
from sayso.events import packing
from sayso.events.database import DAY
from sayso.events.store import Events
from sayso.events.terms import terms
from sayso.model import Span

COMMON = 3000  # events that have a term, above which it tells nothing of a passage
COMMON_ON_A_DAY = 10_000  # and of a day of the year
SHORTEST, LONGEST, MOST = 500, 1200, 40  # code points of a passage; passages of a text
SHARED = 2  # terms that a passage and an event must have in common at least
WORD, NAME = 0.6, 1.0  # what a word weighs beside a name
LENGTH = 8.0  # keeps very short events from fitting everything
NAMED_DAY = 1.25  # for an event of a weekday that the passage names
BEST = 15  # events of a passage that count
LEAD = 2  # passages that tell what is new
APART = 0.5  # what a term weighs that stands in another passage than the date
MARGIN = 3.0
_LINE = re.compile(r"\n+")

Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]
Fits = tuple[Numbers, Scores]


@dataclass(frozen=True, slots=True)
class Fit:
    """A passage and an event that share terms; the higher the score, the rarer what they share."""

    span: Span
    event: int
    score: float
    day: DayOfYear | None = None


class Known:
    """The terms of a text that the events know, with the events that have them and what each weighs."""

    def __init__(self, text: str, events: Events) -> None:
        self.text = text
        self.events = events
        self.terms = terms(text)
        self.postings = events.postings(self.terms, COMMON_ON_A_DAY)
        total = max(2, events.total)
        self.weight = {
            term: math.log(total / len(numbers)) * (NAME if term[0] == "=" else WORD)
            for term, numbers in self.postings.items()
        }

    def fits(self, wanted: Iterable[str], on: DayOfYear | None = None, near: frozenset[str] = frozenset()) -> Fits:
        """The events that share enough of some terms, and their scores; of one day of the year only, if it is given.

        Then terms that are not `near` the day in the text weigh less.
        """
        most = COMMON_ON_A_DAY if on else COMMON
        held = [term for term in wanted if term in self.postings and len(self.postings[term]) <= most]
        if len(held) < SHARED:
            return np.empty(0, np.int64), np.empty(0)
        weights = [self.weight[term] * (APART if on and term not in near else 1.0) for term in held]
        numbers = np.concatenate([self.postings[term] for term in held])
        each = np.repeat(weights, [len(self.postings[term]) for term in held])
        if on is not None:
            right = months.days_of_year(packing.numbers(numbers) // DAY) == 100 * on.month + on.day
            numbers, each = numbers[right], each[right]
        found, places = np.unique(numbers, return_inverse=True)
        enough = np.bincount(places, minlength=len(found)) >= SHARED
        scores = np.bincount(places, weights=each, minlength=len(found))[enough]
        found = found[enough]
        return packing.numbers(found), scores / np.sqrt(packing.sizes(found) + LENGTH)

    def shared(self, event: int, wanted: Iterable[str]) -> tuple[str, ...]:
        """Which terms an event shares, the weightiest first; a name's words are not named beside it."""
        having = (t for t in wanted if t in self.postings and event in packing.numbers(self.postings[t]))
        held = sorted(having, key=lambda t: (-self.weight[t], t))
        names = {word for term in held if term[0] == "=" for word in term[1:].split()}
        return tuple(term.lstrip("=") for term in held if term[0] == "=" or term not in names)


def cut(text: str) -> Iterator[Span]:
    """A text in passages of about a paragraph: short lines together, long ones cut.

    >>> [span.of("One.\\nTwo.") for span in cut("One.\\nTwo.")]
    ['One.\\nTwo.']
    """
    start = end = 0
    for line in _lines(text):
        if end > start and (line.end - start > SHORTEST or end - start > SHORTEST):
            yield Span(start, end)
            start = line.start
        elif end == start:
            start = line.start
        end = line.end
    if end > start:
        yield Span(start, end)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    ends = [(match.start(), match.end()) for match in _LINE.finditer(text)] + [(len(text), len(text))]
    for stop, after in ends:
        while stop - start > LONGEST:
            yield Span(start, start + LONGEST)
            start += LONGEST
        if stop > start:
            yield Span(start, stop)
        start = after


def place(numbers: Numbers) -> NDArray[np.int64]:
    """The months of events, as places on the axis (some may lie outside)."""
    return months.of_ordinals(numbers // DAY)


def curves(known: Known, days: Sequence[DayOfYear]) -> tuple[dict[str, Curve], list[Fit]]:
    """How well events of each month fit the passages, and the best fits of all."""
    best, lead, weight = months.empty(), months.empty(), months.empty()
    fits: list[Fit] = []
    for number, span in enumerate(islice(cut(known.text), MOST)):
        events, scores = known.fits(terms(span.of(known.text)))
        if not len(events):
            continue
        scores = scores * _weekday_factor(span.of(known.text), events)
        at = place(events)
        inside = (at >= 0) & (at < months.COUNT)
        events, scores, at = events[inside], scores[inside], at[inside]
        np.maximum.at(best, at, scores)
        if number < LEAD:
            np.maximum.at(lead, at, scores)
        top = np.argsort(-scores, kind="stable")[:BEST]
        weight += np.bincount(at[top], weights=scores[top] ** 2, minlength=months.COUNT)
        fits += [Fit(span, int(events[n]), float(scores[n])) for n in top]
    margin, dated = _days(known, days)
    found = {
        "passage": months.with_last(best),
        "lead": months.with_last(lead),
        "passages, two months": np.sqrt(months.spread(weight, 1)),
        "passages, half a year": np.sqrt(months.spread(weight, 5)),
        "passages, a year": np.sqrt(months.spread(weight, 11)),
        "day of the year": margin,
        "names not yet known": _not_yet(known),
    }
    return found, fits + dated


def _weekday_factor(passage: str, events: Numbers) -> Scores:
    return np.where(np.isin((events // DAY - 1) % 7, weekdays_in(passage)), NAMED_DAY, 1.0)


def _days(known: Known, days: Sequence[DayOfYear]) -> tuple[Curve, list[Fit]]:
    """For days without a year: how far the events of one year's day fit better than those of any other year."""
    margin = months.empty()
    fits: list[Fit] = []
    for day in days[:12]:
        span = _around(known.text, day.time.spans[0])
        numbers, scores = known.fits(known.terms, day, terms(span.of(known.text)))
        if not len(numbers):
            continue
        years = months.FIRST_YEAR + place(numbers) // 12
        by_year = {int(year): float(scores[years == year].max()) for year in np.unique(years)}
        ranked = sorted(by_year, key=lambda year: -by_year[year])
        lead = by_year[ranked[0]] - (by_year[ranked[1]] if len(ranked) > 1 else 0.0)
        margin += np.where(day.on_axis() == ranked[0], min(MARGIN, lead), 0.0)
        top = int(numbers[int(np.argmax(scores))])
        fits.append(Fit(span, top, lead, day))
    return margin, fits


def _around(text: str, span: Span) -> Span:
    """The paragraph around a span, or 300 code points on either side."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - 300)
    end = text.find("\n", span.end)
    return Span(start, min(len(text) if end < 0 else end, span.end + 300))


def _not_yet(known: Known) -> Curve:
    """How many names of the text no event has yet in each month, less the more names there are; never above 0."""
    names = [events for term, events in known.postings.items() if term[0] == "=" and len(events) >= 3]
    found = months.empty()
    for events in names:
        found -= int(place(packing.numbers(events[:1]))[0]) > months.NUMBERS
    return found / math.sqrt(len(names) + 5)
