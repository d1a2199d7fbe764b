"""A text cut where marks begin and end, so that a page can show marks that nest and overlap.

HTML elements nest, marks do not: "who says it" may end in the middle of a loaded phrase. Cut at every
boundary, each piece of text lies wholly inside or outside of every mark, and no renderer has to count.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.model import Span

LayerName = Literal["findings", "who", "chains", "times", "words", "claims", "actors", "gaps", "places"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One part (`source`, `cue`, `content`, …) of the note or passage `target`; `depth` counts what it is nested in."""

    target: str
    layer: LayerName
    part: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text under the same marks throughout, the outermost first.

    `opens` and `closes` are the marks with a span that begins or ends exactly here, or that the paragraph cuts.
    """

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    closes: tuple[Mark, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its segments, and the line breaks that follow it in the text."""

    start: int
    segments: tuple[Segment, ...]
    after: str

    @property
    def end(self) -> int:
        return self.segments[-1].end if self.segments else self.start


Marked = tuple[Span, Mark]


def split(text: str, marked: Iterable[Marked], start: int = 0, end: int | None = None) -> tuple[Segment, ...]:
    """Cut `text[start:end]` at every boundary of the marked spans. The texts of the segments join to the input.

    >>> said, loaded = Mark("n1", "who", "content"), Mark("n2", "words", "outlet")
    >>> for segment in split("the regime fled", [(Span(0, 10), said), (Span(4, 15), loaded)]):
    ...     print(repr(segment.text), [mark.target for mark in segment.marks])
    'the ' ['n1']
    'regime' ['n1', 'n2']
    ' fled' ['n2']
    """
    end = len(text) if end is None else end
    inside = _clipped(marked, start, end)
    cuts = sorted({start, end, *(edge for span, _ in inside for edge in span)})
    segments = []
    active: list[Marked] = []
    waiting = 0
    for left, right in itertools.pairwise(cuts):
        active = [pair for pair in active if pair[0].end > left]
        while waiting < len(inside) and inside[waiting][0].start <= left:
            active.append(inside[waiting])
            waiting += 1
        segments.append(_segment(text, Span(left, right), active))
    return tuple(segments)


def _clipped(marked: Iterable[Marked], start: int, end: int) -> list[Marked]:
    """The spans that touch the stretch, in the order in which they enclose each other."""
    inside = [(span, mark) for span, mark in marked if span.start < span.end and span.overlaps(Span(start, end))]
    inside.sort(key=lambda pair: (pair[0].start, -pair[0].end, pair[1].depth, pair[1].target))
    return [(Span(max(start, span.start), min(end, span.end)), mark) for span, mark in inside]


def _segment(text: str, piece: Span, active: Sequence[Marked]) -> Segment:
    marks = tuple(dict.fromkeys(mark for _, mark in active))
    opens = tuple(dict.fromkeys(mark for span, mark in active if span.start == piece.start))
    closes = tuple(dict.fromkeys(mark for span, mark in active if span.end == piece.end))
    return Segment(piece.start, piece.of(text), marks, opens, closes)


def blocks(text: str, marked: Iterable[Marked]) -> tuple[Block, ...]:
    """The paragraphs of a text with their segments; every paragraph with `after` joins to the text again.

    >>> [(b.start, b.segments[0].text, b.after) for b in blocks("One.\\n\\nTwo.", [])]
    [(0, 'One.', '\\n\\n'), (6, 'Two.', '')]
    """
    pairs = sorted(marked, key=lambda pair: pair[0])
    result = []
    first, running = 0, []
    for match in re.finditer(r"([^\n]*)(\n*)", text):
        if not match.group():
            continue
        start, end = match.span(1)
        while first < len(pairs) and pairs[first][0].start < end:
            running.append(pairs[first])
            first += 1
        running = [pair for pair in running if pair[0].end > start]
        result.append(Block(start, split(text, running, start, end) if end > start else (), match.group(2)))
    return tuple(result)
