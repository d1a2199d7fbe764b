"""Which of many spans overlap a given one, so that the cost of a text grows with its length and not its square."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, TypeVar

from sayso.model import Span

T = TypeVar("T")


class Overlaps(Generic[T]):
    """Things with spans, to be asked for those that overlap a span.

    >>> quotes = Overlaps([(Span(0, 5), "a"), (Span(10, 20), "b")])
    >>> quotes.of(Span(4, 12)), quotes.of(Span(5, 10))
    (['a', 'b'], [])
    """

    def __init__(self, items: Iterable[tuple[Span, T]]) -> None:
        self._items = sorted(items, key=lambda item: item[0])
        self._starts = [span.start for span, _ in self._items]
        self._reach = list(accumulate((span.end for span, _ in self._items), max))

    def of(self, span: Span) -> list[T]:
        """The things whose spans overlap this one, in the order of their spans."""
        found = []
        n = bisect_left(self._starts, span.end) - 1
        while n >= 0 and self._reach[n] > span.start:
            if self._items[n][0].overlaps(span):
                found.append(self._items[n][1])
            n -= 1
        return found[::-1]


def by_span(spans: Iterable[Span]) -> Overlaps[Span]:
    """Spans that are asked for themselves."""
    return Overlaps((span, span) for span in spans)
