"""The line of times drawn with letters, as wide as the terminal is."""

from collections.abc import Sequence
from typing import NamedTuple

from sayso.reporting.timeline import Mark, Timeline, fitting

NARROWEST = 24
MARGINS = (1, 4)  # columns at both sides: for the arrow of an open end; for that and a mark's number


class Signs(NamedTuple):
    """The letters of which a line is made."""

    dot: str
    ring: str
    bar: str
    dashes: str
    earlier: str
    later: str
    rule: str
    begins: str
    page: str
    below: str
    other: str
    band: str


DRAWN = Signs("●", "○", "━", "┄", "←", "→", "─", "┬", "▼", "│", "◆", "░")
PLAIN = Signs("*", "o", "=", "-", "<", ">", "-", "+", "V", "|", "^", ":")
DOUBTED = "!"


def draw(timeline: Timeline, width: int, signs: Signs = DRAWN) -> list[str]:
    """The line of times in so many columns, with the number of each mark behind it; nothing if that is too narrow.

    >>> from sayso.reporting.timeline import Point
    >>> page, years = Point(1, "2024-10-20"), (Point(0, "2018"),)
    >>> print("\\n".join(draw(Timeline(page, (), years, (), (), (), (), ()), 30)))
                    2024-10-20
     2018
     ┬───────────────────────▼
    """
    if width < NARROWEST:
        return []
    left, right = MARGINS
    canvas = _Canvas(width, left, width - left - right - 1)
    _axis(timeline, canvas, signs)
    for lane in _lanes(timeline.marks, canvas, signs):
        canvas.next()
        for band in timeline.bands:
            canvas.write(signs.band * (canvas.column(band.last) - canvas.column(band.first) + 1), band.first)
        if timeline.page:
            canvas.write(signs.below, timeline.page.at)
        for column, words in lane:
            canvas.put(words, column)
    return canvas.lines()


def _axis(timeline: Timeline, canvas: "_Canvas", signs: Signs) -> None:
    """Three lines: the name of the page's date, the names of years and months, and the line itself."""
    page = timeline.page
    if page:
        canvas.write(page.label, page.at, ends=page.at > 0.5)
    canvas.next()
    names = fitting(timeline, canvas.last + 1)
    for name in names:
        canvas.write(name.text, name.at, ends=name.ends)
    canvas.next()
    canvas.write(signs.rule * (canvas.last + 1), 0)
    for sign, places in ((signs.begins, names), (signs.other, timeline.others), (signs.page, (page,) if page else ())):
        for place in places:
            canvas.write(sign, place.at)


def legend(timeline: Timeline, signs: Signs = DRAWN) -> list[tuple[str, str]]:
    """Each sign that is on the line and what it means."""
    used = {
        "solid": f"{signs.dot} {signs.bar}",
        "hollow": f"{signs.ring} {signs.dashes}",
        "open": f"{signs.earlier} {signs.later}",
        "doubted": DOUBTED,
        "page": signs.page,
        "other": signs.other,
        "band": signs.band,
    }
    return [(used[kind], words) for kind, words in timeline.legend.items()]


class _Canvas:
    """Lines of letters, written over each other in order."""

    def __init__(self, width: int, left: int, last: int) -> None:
        self.left, self.last = left, last
        self._rows = [[" "] * width]

    def column(self, at: float) -> int:
        return self.left + round(at * self.last)

    def next(self) -> None:
        self._rows.append([" "] * len(self._rows[0]))

    def write(self, words: str, at: float, *, ends: bool = False) -> None:
        self.put(words, self.column(at) - (len(words) - 1 if ends else 0))

    def put(self, words: str, column: int) -> None:
        row = self._rows[-1]
        start = max(0, min(column, len(row) - len(words)))
        row[start : start + len(words)] = words[: len(row) - start]

    def lines(self) -> list[str]:
        return ["".join(row).rstrip() for row in self._rows]


def _lanes(marks: Sequence[Mark], canvas: _Canvas, signs: Signs) -> list[list[tuple[int, str]]]:
    """The marks with their columns, in as few lines as leave one column between two of them."""
    lanes: list[list[tuple[int, str]]] = []
    for mark in marks:
        column, words = _piece(mark, canvas, signs)
        free = (lane for lane in lanes if lane[-1][0] + len(lane[-1][1]) < column)
        lane = next(free, None)
        if lane is None:
            lanes.append(lane := [])
        lane.append((column, words))
    return lanes


def _piece(mark: Mark, canvas: _Canvas, signs: Signs) -> tuple[int, str]:
    first, last = canvas.column(mark.first), canvas.column(mark.last)
    if first == last:
        body = signs.ring if mark.moves else signs.dot
    else:
        body = (signs.dashes if mark.moves else signs.bar) * (last - first + 1)
    if mark.open == "earlier":
        first, body = first - 1, signs.earlier + body
    if mark.open == "later":
        body += signs.later
    return first, f"{body}{mark.number}{DOUBTED if mark.doubted else ''}"
