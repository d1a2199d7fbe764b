"""Words set into lines of a page, in both directions, with marks behind and below them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from reportlab.platypus import Flowable

from sayso.exporting.dossier import bidi, letters
from sayso.exporting.dossier.letters import BOLD, PLAIN, Setter

INK, QUIET = "#1d1c1a", "#5c5850"
LONGEST = 4000  # letters that are set as one paragraph, so that no line costs more than its neighbours


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look; `back` is the colour behind them, `under` that of a line below, `rise` lifts them."""

    size: float = 9
    bold: bool = False
    colour: str = INK
    back: str | None = None
    under: str | None = None
    dashed: bool = False
    rise: float = 0

    @property
    def font(self) -> str:
        return BOLD if self.bold else PLAIN


class Run(NamedTuple):
    """Words that look alike."""

    text: str
    look: Look = Look()


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a paragraph stands: its indent, the space around it, a bar beside it, its heading in the outline."""

    indent: float = 0
    before: float = 0
    after: float = 3
    bar: str | None = None
    outline: tuple[int, str] | None = None
    right: bool | None = False  # None: as its first strong letter says; our own words run from left to right
    kept: bool = False  # with what follows


class _Piece(NamedTuple):
    """What is drawn at once: the letters from the left, how they look, and their width."""

    text: str
    look: Look
    width: float


class Text(Flowable):  # type: ignore[misc]
    """A paragraph, which can go on on the next page."""

    def __init__(self, paragraph: "_Paragraph", setting: Setting, first: int = 0, last: int | None = None) -> None:
        super().__init__()
        self.paragraph, self.setting = paragraph, setting
        self.first, self.last = first, last
        self.spaceBefore = setting.before if first == 0 else 0
        self.spaceAfter = setting.after
        self.keepWithNext = int(setting.kept)

    def wrap(self, room: float, _: float) -> tuple[float, float]:
        self.width = room
        self.lines = self.paragraph.lines(room - self.setting.indent)[self.first : self.last]
        self.height = len(self.lines) * self.paragraph.leading
        return room, self.height

    def split(self, room: float, height: float) -> "list[Text]":
        self.wrap(room, height)
        fit = int(height / self.paragraph.leading)
        if fit < 1 or fit >= len(self.lines):
            return [] if fit < 1 else [self]
        cut = self.first + fit
        return [
            Text(self.paragraph, self.setting, self.first, cut),
            Text(self.paragraph, replace(self.setting, outline=None), cut, self.last),
        ]

    def draw(self) -> None:
        canvas, leading = self.canv, self.paragraph.leading
        if self.setting.outline:
            level, title = self.setting.outline
            key = f"{id(self.paragraph)}"
            canvas.bookmarkHorizontal(key, 0, self.height)
            canvas.addOutlineEntry(title, key, level)
        if self.setting.bar:
            canvas.setFillColor(letters.colour(self.setting.bar))
            beside = self.width + 4 if self.paragraph.right else self.setting.indent - 8
            canvas.rect(beside, 0, 2.5, self.height, stroke=0, fill=1)
        for number, (start, end) in enumerate(self.lines, 1):
            y = self.height - number * leading + leading * 0.28
            pieces = list(self.paragraph.pieces(start, end))
            free = self.width - self.setting.indent - sum(piece.width for piece in pieces)
            x = self.setting.indent + (free if self.paragraph.right else 0)
            for piece in pieces:
                self._draw(piece, x, y)
                x += piece.width

    def _draw(self, piece: _Piece, x: float, y: float) -> None:
        canvas, look = self.canv, piece.look
        if look.back:
            canvas.setFillColor(letters.colour(look.back))
            canvas.rect(x, y - look.size * 0.24, piece.width, look.size * 1.18, stroke=0, fill=1)
        if look.under:
            canvas.setStrokeColor(letters.colour(look.under))
            canvas.setLineWidth(0.7)
            canvas.setDash((1.5, 1.5) if look.dashed else ())
            canvas.line(x, y - look.size * 0.16, x + piece.width, y - look.size * 0.16)
        canvas.setFillColor(letters.colour(look.colour))
        canvas.setFont(look.font, look.size)
        canvas.drawString(x, y + look.rise, letters.shaped(piece.text, look.font, look.size))


class _Paragraph:
    """Words with their looks, cut into lines for a width."""

    def __init__(self, runs: Sequence[Run], right: bool, leading: float, *, own: bool) -> None:
        self.text = "".join(run.text for run in runs)
        self.right = right
        self.leading = leading
        self._looks = [run.look for run in runs]
        self._edges = [0, *accumulate(len(run.text) for run in runs)]
        self._levels: list[int] | None = None
        if right or bidi.has_right(self.text):
            of_runs = (level for run in runs for level in bidi.own_levels(run.text))
            self._levels = list(of_runs) if own else bidi.levels(self.text, right)
        self._lines: tuple[float, list[tuple[int, int]]] | None = None

    def lines(self, room: float) -> list[tuple[int, int]]:
        """Where each line begins and ends, the spaces at its end left out."""
        if self._lines is None or self._lines[0] != room:
            self._lines = (room, list(self._cut(room)))
        return self._lines[1]

    def _cut(self, room: float) -> Iterator[tuple[int, int]]:
        start, end, used = 0, 0, 0.0  # of the line, which ends after its last word
        for word in re.finditer(r"(\s*)(\S+)", self.text):
            space = self._width(word.start(), word.start(2))
            wide = self._width(word.start(2), word.end())
            if end > start and used + space + wide > room:
                yield start, end
                start, used, space = word.start(2), 0.0, 0.0
            while wide > room:  # longer than a line
                fit = max(start + 1, self._fitting(start, word.end(), room))
                yield start, fit
                start, used, space = fit, 0.0, 0.0
                wide = self._width(start, word.end())
            end = word.end()
            used += space + wide
        if end > start:
            yield start, end

    def _fitting(self, start: int, end: int, room: float) -> int:
        """The farthest place before `end` that a line from `start` can go to."""
        low, high = start, min(end, start + int(room))  # no letter is narrower than a point
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._width(start, middle) <= room else (low, middle - 1)
        return low

    def _width(self, start: int, end: int) -> float:
        return sum(
            letters.width(self.text[left:right], look.font, look.size) for left, right, look in self._parts(start, end)
        )

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int, Look]]:
        """The stretches of one look between two places."""
        number = bisect_right(self._edges, start) - 1
        while start < end:
            right = min(end, self._edges[number + 1])
            if start < right:
                yield start, right, self._looks[number]
            start, number = right, number + 1

    def pieces(self, start: int, end: int) -> Iterator[_Piece]:
        """What a line is drawn of, from the left."""
        if self._levels is None:
            for left, right, look in self._parts(start, end):
                words = self.text[left:right]
                yield _Piece(words, look, letters.width(words, look.font, look.size))
            return
        own = self._levels[start:end]
        looks = {place: look for left, right, look in self._parts(start, end) for place in range(left, right)}
        run: list[int] = []
        for place in (start + at for at in bidi.visual(own)):
            if run and self._goes_on(run[-1], place, looks):
                run.append(place)
                continue
            if run:
                yield self._turned(run, looks[run[0]])
            run = [place]
        if run:
            yield self._turned(run, looks[run[0]])

    def _goes_on(self, last: int, place: int, looks: dict[int, Look]) -> bool:
        assert self._levels is not None
        same = self._levels[last] == self._levels[place] and looks[last] == looks[place]
        return same and place - last == (-1 if self._levels[place] % 2 else 1)

    def _turned(self, run: list[int], look: Look) -> _Piece:
        """A run of letters of one direction as it is drawn; HarfBuzz turns by itself what it shapes."""
        assert self._levels is not None
        words = self.text[min(run) : max(run) + 1]
        if self._levels[run[0]] % 2 and not any(letters.is_shaped(letter) for letter in words):
            words = words[::-1].translate(bidi.MIRRORED)
        return _Piece(words, look, letters.width(words, look.font, look.size))


def paragraphs(runs: Sequence[Run], setting: Setting, setter: Setter) -> Iterator[Text]:
    """The words as a paragraph, or as several where they are longer than any."""
    drawn = [Run(setter.drawn(" ".join(re.split(r"\s", run.text))), run.look) for run in runs if run.text]
    leading = max((run.look.size for run in drawn), default=9) * 1.42
    whole = "".join(run.text for run in drawn)
    right = setting.right if setting.right is not None else bidi.is_right(whole)
    parts = list(_portions(drawn))
    for number, part in enumerate(parts):
        here = setting if number == 0 else replace(setting, before=0, outline=None)
        if number + 1 < len(parts):
            here = replace(here, after=0)
        yield Text(_Paragraph(part, right, leading, own=setting.right is False), here)


def _portions(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs in portions of bounded length."""
    portion: list[Run] = []
    length = 0
    for run in runs:
        text = run.text
        while length + len(text) > LONGEST:
            head = text[: LONGEST - length]
            cut = head.rfind(" ") + 1 or len(head)
            portion.append(Run(text[:cut], run.look))
            yield portion
            portion, length, text = [], 0, text[cut:]
        portion.append(Run(text, run.look))
        length += len(text)
    if portion:
        yield portion
