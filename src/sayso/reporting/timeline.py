"""The times of a report on one line: what its text names, its own date, and the years that fit better.

The line is not to scale. A report names the days of last week beside years long past; on an even scale all of its days
would fall on one spot. So the stretch between two neighbouring days on which anything begins or ends is as long as the
logarithm of its days: the order stays, what is near stays near, and 1918 leaves 2024 room to be read.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from math import inf, log1p
from typing import Literal, NamedTuple

from sayso.model import Analysis, DateCandidate, Finding, TimeExpression, TimeReading
from sayso.model.finding import ABOUT_DATES
from sayso.reporting import labels
from sayso.reporting.notes import NoteView

MOST_MARKS = 40
SHORT = 26  # letters
Side = Literal["", "earlier", "later"]

SQUEEZED = "Not to scale: the longer a stretch, the more it is squeezed."
SOLID = "told by the words, or counted from another date in the text"
MOVES = "counted from the page's own date: should that be wrong, these move with it"
DOUBTED = "named in a conflict"
OPEN = "one end is open"
PAGE = "the page's own date"
OTHERS = "another date that the article may have"


@dataclass(frozen=True, slots=True)
class Point:
    """A day, or the beginning of a month or year, with its place on the line (0 to 1) and its name."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name under the line that there is room for; it begins at its place, or `ends` there."""

    at: float
    text: str
    ends: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Years in a row that fit better than that of the page's date, from `first` to `last` on the line."""

    first: float
    last: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day or a longer time that the text names, from `first` to `last` on the line, and the notes on its words.

    `open` is the side on which it has no end. `moves`: it is counted from the page's own date. `doubted`: a finding
    about dates is about it.
    """

    number: int
    first: float
    last: float
    open: Side
    moves: bool
    doubted: bool
    when: str
    notes: tuple[NoteView, ...]

    @property
    def short(self) -> str:
        """Its first words as far as there is room for them, and how many others there are."""
        first, *others = dict.fromkeys(view.note.words for view in self.notes)
        return labels.shortened(first, SHORT) + (f" +{len(others)}" if others else "")

    @property
    def target(self) -> str | None:
        """The anchor of its first place in the text."""
        return next((view.mark for view in self.notes if view.mark), None)

    @property
    def title(self) -> str:
        """All of its words, when it is and what it is counted from."""
        counted = dict(self.notes[0].note.rows)["Counted from"]
        named = "; ".join(dict.fromkeys(labels.in_quotes(labels.shortened(view.note.words, 60)) for view in self.notes))
        return f"{named}: {self.when}, counted from {counted}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The line with all that is on it, the marks in the order of time.

    `page` is the page's own date, `others` the other days that the article may have, `years` and `months` those in
    which there is anything, the years that matter most first. `left_out` are times for which there was no room,
    `unresolved` those that have no place on any line.
    """

    page: Point | None
    others: tuple[Point, ...]
    years: tuple[Point, ...]
    months: tuple[Point, ...]
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    left_out: tuple[NoteView, ...]
    unresolved: tuple[NoteView, ...]

    @property
    def drawn(self) -> bool:
        """Whether there are two things to compare, which is what a line is for."""
        return len(self.marks) + len(self.others) + len(self.bands) + (self.page is not None) > 1

    @property
    def legend(self) -> dict[str, str]:
        """What each kind of sign on this line means, by kind, for those that are on it."""
        return {
            kind: words
            for kind, words, there in (
                ("solid", SOLID, any(not mark.moves for mark in self.marks)),
                ("hollow", MOVES, any(mark.moves for mark in self.marks)),
                ("open", OPEN, any(mark.open for mark in self.marks)),
                ("doubted", DOUBTED, any(mark.doubted for mark in self.marks)),
                ("page", f"{PAGE}{f', {self.page.label}' if self.page else ''}", self.page is not None),
                ("other", OTHERS, bool(self.others)),
                ("band", "; ".join(band.label for band in self.bands), bool(self.bands)),
            )
            if there
        }


class _Stretch(NamedTuple):
    """What makes two times one mark: the same days, known in the same way."""

    first: date
    last: date
    open: Side
    moves: bool


class _Years(NamedTuple):
    """Years in a row that a finding says fit better."""

    first: date
    last: date
    label: str


class Line:
    """Where days stand on the line (0 to 1), given those on which something begins or ends.

    `longest` is how long a stretch of days can be at most, as a logarithm.
    """

    def __init__(self, days: Iterable[date], longest: float = inf) -> None:
        self.days = sorted(set(days))
        steps = [min(longest, log1p((later - earlier).days)) for earlier, later in pairwise(self.days)]
        self._places = list(accumulate(steps, initial=0.0))

    def at(self, day: date) -> float:
        """The place of a day; one between two known days stands between them, one outside at the end."""
        if len(self.days) < 2:
            return 0.5
        after = bisect_right(self.days, day)
        if after == 0:
            return 0.0
        if after == len(self.days):
            return 1.0
        earlier, later = self.days[after - 1], self.days[after]
        share = (day - earlier).days / (later - earlier).days
        start, end = self._places[after - 1], self._places[after]
        return (start + share * (end - start)) / self._places[-1]


def timeline(analysis: Analysis, notes: Sequence[NoteView]) -> Timeline:
    """The line of an analysis, given the notes on it.

    >>> from sayso.model import Article
    >>> article = Article("id", "a.txt", "", "hash", "2024-10-20T08:00:00Z", "text/plain", published="2024-10-20")
    >>> timeline(Analysis(article), ()).page
    Point(at=0.5, label='2024-10-20 (Sunday)')
    """
    conflicts = [finding for finding in analysis.findings if finding.kind in ABOUT_DATES]
    doubted = frozenset(key for finding in conflicts for key in finding.about)
    found, unresolved = _stretches(analysis.times, notes)
    kept, left_out = _kept(found, doubted)
    page = _day(analysis.article.published)
    pages = [page] if page else []
    others = _others(analysis.article.dates, page)
    better = list(dict.fromkeys(years for finding in conflicts for years in _better(finding)))
    bounds = [day for years in better for day in years[:2]]
    line = Line([*pages, *others, *bounds, *(day for stretch in kept for day in stretch[:2])])
    return Timeline(
        page=_named(page, line) if page else None,
        others=tuple(_named(day, line) for day in others),
        years=tuple(_years(line, [day.year for day in (*pages, *bounds)])),
        months=tuple(_months(line)),
        bands=tuple(Band(line.at(years.first), line.at(years.last), years.label) for years in better),
        marks=tuple(_marks(kept, doubted, line)),
        left_out=left_out,
        unresolved=unresolved,
    )


def fitting(timeline: Timeline, letters: int) -> tuple[Label, ...]:
    """The names of years, and then of months, that fit below a line as long as so many letters.

    A month is named only where its year is.
    """
    room = Room(letters)
    for point in (*timeline.years, *timeline.months):
        year, _, month = point.label.partition("-")
        if not month or any(label.text == year for label in room.labels):
            room.add(point.at, month or year)
    return tuple(sorted(room.labels, key=lambda label: label.at))


class Room:
    """A line as long as so many letters, and the names below it that do not touch each other."""

    def __init__(self, letters: int) -> None:
        self.letters = letters
        self.labels: list[Label] = []
        self._placed: list[tuple[float, float]] = []

    def add(self, at: float, text: str) -> None:
        """Put a name at its place, if there is room left."""
        long = len(text) / self.letters
        ends = at + long > 1
        start, gap = (at - long if ends else at), 1 / self.letters
        if all(start > end + gap or start + long < begin - gap for begin, end in self._placed):
            self._placed.append((start, start + long))
            self.labels.append(Label(at, text, ends))


# --- what is on the line ---------------------------------------------------------------------------------------------


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _stretch(time: TimeExpression) -> _Stretch | None:
    """The days of a time, or None where it has none. Where only one end is known, it stands for the other."""
    first, last = _day(time.earliest), _day(time.latest)
    known = first or last
    if known is None:
        return None
    side: Side = "earlier" if first is None else "later" if last is None else ""
    ends = sorted((first or known, last or known))
    return _Stretch(ends[0], ends[1], side, time.anchor == "published")


def _stretches(
    times: Sequence[TimeExpression], notes: Sequence[NoteView]
) -> tuple[dict[_Stretch, tuple[NoteView, ...]], tuple[NoteView, ...]]:
    """The stretches of time that the text names with the notes on them, in its order; and the notes on the rest."""
    stretches = {time.id: _stretch(time) for time in times}
    found: dict[_Stretch, tuple[NoteView, ...]] = {}
    unresolved = []
    for view in notes:
        if view.note.layer != "times":
            continue
        stretch = stretches[view.note.key]
        if stretch is None:
            unresolved.append(view)
        else:
            found[stretch] = (*found.get(stretch, ()), view)
    return found, tuple(unresolved)


def _kept(
    found: dict[_Stretch, tuple[NoteView, ...]], doubted: frozenset[str]
) -> tuple[dict[_Stretch, tuple[NoteView, ...]], tuple[NoteView, ...]]:
    """Those that are drawn, and the rest: what is in doubt comes first, then in the text's order."""
    ordered = sorted(found.items(), key=lambda item: not _in_doubt(item[1], doubted))
    return dict(ordered[:MOST_MARKS]), tuple(view for _, views in ordered[MOST_MARKS:] for view in views)


def _in_doubt(views: Iterable[NoteView], doubted: frozenset[str]) -> bool:
    return any(view.note.key in doubted for view in views)


def _marks(kept: dict[_Stretch, tuple[NoteView, ...]], doubted: frozenset[str], line: Line) -> Iterator[Mark]:
    for number, stretch in enumerate(sorted(kept), 1):
        first, last, side, moves = stretch
        views = kept[stretch]
        in_doubt = _in_doubt(views, doubted)
        yield Mark(number, line.at(first), line.at(last), side, moves, in_doubt, _when(stretch), views)


def _when(stretch: _Stretch) -> str:
    first, last = stretch.first.isoformat(), stretch.last.isoformat()
    earliest, latest = (None if stretch.open == "earlier" else first), (None if stretch.open == "later" else last)
    return labels.interval(TimeReading(None, earliest, latest, ""))


def _others(dates: Iterable[DateCandidate], page: date | None) -> list[date]:
    days = {_day(candidate.value) for candidate in dates} - {page}
    return sorted(day for day in days if day)


def _better(finding: Finding) -> Iterator[_Years]:
    """The years that fit better, neighbours as one stretch."""
    years = sorted({year for year in finding.years if date.min.year <= year <= date.max.year})
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    for first, last in zip(starts, ends, strict=True):
        fit = "fits better" if finding.severity == "high" else "may fit better"
        label = f"{first} {fit}" if first == last else f"{first}–{last} {fit}"
        yield _Years(date(first, 1, 1), date(last, 12, 31), label)


# --- how it is named -------------------------------------------------------------------------------------------------


def _named(day: date, line: Line) -> Point:
    return Point(line.at(day), labels.day(day.isoformat()))


def _years(line: Line, weighty: Sequence[int]) -> list[Point]:
    """The years with anything in them: those of the page's date and of conflicts, the first, then by how much it is."""
    counted = Counter(day.year for day in line.days)
    first = [day.year for day in line.days[:1]]
    ordered = dict.fromkeys((*weighty, *first, *sorted(counted, key=lambda year: (-counted[year], year))))
    return [Point(line.at(date(year, 1, 1)), f"{year:04}") for year in ordered]


def _months(line: Line) -> list[Point]:
    """The months with anything in them but whole years; their label leads with the year, which is not shown again."""
    ends = {(1, 1), (12, 31)}
    starts = dict.fromkeys(day.replace(day=1) for day in line.days if (day.month, day.day) not in ends)
    return [Point(line.at(start), f"{start.year:04}-{start:%b}") for start in starts]
