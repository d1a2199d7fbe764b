"""A stretch of an article's text."""

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Start and end in an article's text, in code points, end exclusive (W3C TextPositionSelector).

    >>> Span(0, 4).of("SANA reported")
    'SANA'
    >>> Span(0, 4).overlaps(Span(4, 8))
    False
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]


def words_of(spans: Iterable[Span], text: str) -> str:
    """The words of several spans as one line, with an ellipsis where the text goes on between them.

    >>> words_of([Span(0, 7), Span(19, 22)], "We will, she said, win")
    'We will … win'
    """
    return " … ".join(" ".join(span.of(text).split()) for span in spans)


def merged(spans: Iterable[Span]) -> Spans:
    """The spans in order, those that touch or overlap made one.

    >>> merged([Span(5, 9), Span(0, 5)])
    (Span(start=0, end=9),)
    """
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(span.end, result[-1].end))
        else:
            result.append(span)
    return tuple(result)


def covered(inner: Iterable[Span], outer: Iterable[Span]) -> float:
    """The share of the inner spans' characters that lie in the outer ones (0 to 1; 0 for nothing).

    >>> covered([Span(0, 10)], [Span(5, 20)])
    0.5
    """
    inner, outer = merged(inner), merged(outer)
    total = sum(span.end - span.start for span in inner)
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in inner for b in outer)
    return shared / total if total else 0.0
