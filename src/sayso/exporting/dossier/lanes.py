"""The drawing of a story in a dossier: each row of `reporting.stories.lanes` set by itself, so that pages can turn."""

from collections.abc import Iterator
from typing import Any

from reportlab.platypus import Flowable

from sayso.exporting.dossier import letters
from sayso.exporting.dossier.letters import BOLD, PLAIN
from sayso.exporting.dossier.lines import INK, QUIET, Look, Run, Setting, paragraphs
from sayso.exporting.drawing import caption, name
from sayso.reporting.labels import printable, shortened
from sayso.reporting.stories.lanes import SIGNS, Branch, Lanes, Row, Thread

PIXEL = 0.62  # points; the rows are 30 pixels high, as on the page
HIGH = 30 * PIXEL
LABEL, LETTERS = 162, 42
PAPER, RULE, CARD, GREEN, BLUE, RED = "#ffffff", "#d9d4c8", "#f2efe7", "#0b5a4a", "#1a4f8b", "#a3160e"
COLOURS = {"copied": QUIET, "stated": GREEN}
# Which mark stands beside a sign's meaning; an arrow and a bar are drawn by their names.
KEYS = {"named": ("root",), "hollow": ("root", "hollow"), "absent": ("root", "absent")}


def drawn(drawing: Lanes, setter: letters.Setter) -> Iterator[Flowable]:
    """The whole drawing with its days and the meaning of its signs; nothing if there is none."""
    if not drawing.rows:
        return
    yield _Axis(drawing)
    for row in drawing.rows:
        [label] = paragraphs([Run(printable(shortened(name(row), LETTERS)), Look(7.5))], Setting(), setter)
        yield _Row(drawing, row, label)
    for sign in drawing.signs:
        yield _Key(sign)
    yield from paragraphs([Run(" ".join(caption(drawing)), Look(7.5, colour=QUIET))], Setting(before=4), setter)


class _Strip(Flowable):  # type: ignore[misc]
    """A strip of the drawing, in which places are shares of its width and the rest is in pixels, from the top."""

    def __init__(self, drawing: Lanes) -> None:
        super().__init__()
        self.drawing = drawing

    def wrap(self, room: float, _: float) -> tuple[float, float]:
        self.width, self.height = room, HIGH
        self.plot = (room - LABEL) / PIXEL - 30  # as many pixels are left on the right for what goes on there
        return room, HIGH

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.translate(LABEL, HIGH)
        canvas.scale(PIXEL, -PIXEL)
        self.strip(canvas)
        canvas.restoreState()

    def strip(self, canvas: Any) -> None:
        """What is in it; below all are the days."""
        if self.drawing.undated is not None:
            canvas.setFillColor(letters.colour(CARD))
            canvas.rect((self.drawing.undated - 0.06) * self.plot, 0, 0.12 * self.plot, 30, stroke=0, fill=1)
        for day in self.drawing.days:
            _line(canvas, RULE, 1, (day.at * self.plot, 0, day.at * self.plot, 30))


class _Axis(_Strip):
    """The days above the rows."""

    def strip(self, canvas: Any) -> None:
        for day in self.drawing.days:
            _words(canvas, day.at * self.plot, day.text, "ends" if day.ends else "starts")
        if self.drawing.undated is not None:
            _words(canvas, self.drawing.undated * self.plot, "no date", "middle")
        for at in self.drawing.breaks:
            _path(canvas, at * self.plot, ((-5, 30), (-1, 22), (1, 30), (5, 22)), QUIET)


class _Row(_Strip):
    """An outlet, somebody who is behind others, or a group, with what passes through."""

    def __init__(self, drawing: Lanes, row: Row, label: Flowable) -> None:
        super().__init__(drawing)
        self.row, self.label = row, label

    def draw(self) -> None:
        indent = 6 * min(self.row.depth, 3)
        self.label.wrap(LABEL * 2, HIGH)
        self.label.drawOn(self.canv, indent, HIGH / 2 - 6)
        super().draw()

    def strip(self, canvas: Any) -> None:
        super().strip(canvas)
        for mark in self.row.marks:
            if mark.first is not None and mark.last is not None:
                canvas.setLineCap(1)
                _line(canvas, "#b5c7dc", 9, (mark.first * self.plot, 15, mark.last * self.plot, 15))
                canvas.setLineCap(0)
        for thread in self.row.threads:
            self._thread(canvas, thread)
        for branch in self.row.branches:
            self._branch(canvas, branch)
        for mark in self.row.marks:
            _sign(canvas, mark.at * self.plot, mark.styles, mark.count)

    def _thread(self, canvas: Any, thread: Thread) -> None:
        x = thread.at * self.plot
        if thread.starts:
            _way(canvas, thread.style, (x, 15, x + thread.gap, 15))
        if thread.above:
            _way(canvas, thread.style, (x + thread.gap, 0, x + thread.gap, 15))
        if thread.below and not thread.folded:
            _way(canvas, thread.style, (x + thread.gap, 15, x + thread.gap, 30))

    def _branch(self, canvas: Any, branch: Branch) -> None:
        start, end = branch.at * self.plot + branch.gap, branch.to * self.plot
        if branch.stub:
            canvas.setFillColor(letters.colour(COLOURS[branch.style]))
            canvas.circle(start, 15, 3.5, stroke=0, fill=1)
            return
        side = -1 if end > start else 1  # of the mark, at which the line arrives
        _way(canvas, branch.style, (start, 15, end + 7 * side, 15))
        if self.row.kind != "group":
            tip = ((7 * side, 15), (14 * side, 11), (14 * side, 19))
            _path(canvas, end, tip, COLOURS[branch.style], filled=COLOURS[branch.style])


class _Key(_Strip):
    """A sign and what it means."""

    def __init__(self, sign: str) -> None:
        super().__init__(Lanes((), (), (), None, 0, (), 0, 0))
        self.sign = sign

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        super().wrap(room, height)
        self.height = HIGH * 0.75
        return room, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFont(PLAIN, 7.5)
        canvas.setFillColor(letters.colour(QUIET))
        canvas.drawString(28, 5, SIGNS[self.sign])
        canvas.translate(0, HIGH * 0.87)
        canvas.scale(PIXEL, -PIXEL)
        if self.sign in COLOURS:
            _way(canvas, self.sign, (2, 15, 26, 15))
            _path(canvas, 33, ((0, 15), (-7, 11), (-7, 19)), COLOURS[self.sign], filled=COLOURS[self.sign])
        elif self.sign == "bar":
            canvas.setLineCap(1)
            _line(canvas, "#b5c7dc", 9, (8, 15, 28, 15))
            _sign(canvas, 18, ())
        else:
            _sign(canvas, 18, KEYS.get(self.sign, (self.sign,)), 7)


def _sign(canvas: Any, x: float, styles: tuple[str, ...], count: int = 1) -> None:
    """What stands for an article, a group of them, or somebody behind them."""
    if "several" in styles:
        wide = 8 + 7 * len(str(count))
        canvas.setFillColor(letters.colour(CARD))
        canvas.setStrokeColor(letters.colour(QUIET))
        canvas.roundRect(x - wide / 2, 6.5, wide, 17, 8.5, stroke=1, fill=1)
        _words(canvas, x, str(count), "middle", BOLD)
    elif "absent" in styles:
        _path(canvas, x, ((-5, 10), (5, 10), (5, 20), (-5, 20)), QUIET, filled=PAPER)
    elif "root" in styles:
        hollow = "hollow" in styles
        canvas.setDash((3, 2) if hollow else ())
        _path(canvas, x, ((0, 8.5), (6.5, 15), (0, 21.5), (-6.5, 15)), GREEN, filled=PAPER if hollow else GREEN)
        canvas.setDash(())
    else:
        _article(canvas, x, styles)


def _article(canvas: Any, x: float, styles: tuple[str, ...]) -> None:
    if "own" in styles:
        canvas.setFillColor(letters.colour(PAPER))
        canvas.setStrokeColor(letters.colour(INK))
        canvas.circle(x, 15, 9, stroke=1, fill=1)
    if "first" in styles:
        _line(canvas, BLUE, 3, (x - 6, 6.5, x + 6, 6.5))
    asked = "asked" in styles
    canvas.setFillColor(letters.colour(RED if asked else INK))
    canvas.circle(x, 15, 6 if asked else 4.5, stroke=0, fill=1)


def _way(canvas: Any, style: str, ends: tuple[float, float, float, float]) -> None:
    canvas.setDash((4, 2) if style == "copied" else ())
    _line(canvas, COLOURS[style], 1.5 if style == "copied" else 2, ends)
    canvas.setDash(())


def _line(canvas: Any, colour: str, wide: float, ends: tuple[float, float, float, float]) -> None:
    canvas.setStrokeColor(letters.colour(colour))
    canvas.setLineWidth(wide)
    canvas.line(*ends)


def _path(
    canvas: Any, x: float, points: tuple[tuple[float, float], ...], colour: str, *, filled: str | None = None
) -> None:
    path = canvas.beginPath()
    path.moveTo(x + points[0][0], points[0][1])
    for across, down in points[1:]:
        path.lineTo(x + across, down)
    if filled:
        path.close()
        canvas.setFillColor(letters.colour(filled))
    canvas.setStrokeColor(letters.colour(colour))
    canvas.setLineWidth(1.5)
    canvas.drawPath(path, stroke=1, fill=1 if filled else 0)


def _words(canvas: Any, x: float, text: str, where: str, font: str = PLAIN) -> None:
    """Words at a place of a strip, turned up again."""
    wide = letters.width(text, font, 11)
    canvas.saveState()
    canvas.translate(x - {"starts": 0, "middle": wide / 2, "ends": wide}[where], 19)
    canvas.scale(1, -1)
    canvas.setFont(font, 11)
    canvas.setFillColor(letters.colour(QUIET if font == PLAIN else INK))
    canvas.drawString(0, 0, text)
    canvas.restoreState()
