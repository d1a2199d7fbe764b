"""A plain comparison of two stretches of text, word by word, for showing them side by side."""

from dataclasses import dataclass
from typing import Literal

from sayso.corpus.changes.sides import matches
from sayso.corpus.tokens import tokens
from sayso.model import Span

Kind = Literal["equal", "before", "after"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that both texts have ("equal"), or only the one before or the one after.

    `before` counts in the earlier stretch, `after` in the later one, in code points; of a stretch that only one has,
    the other's span is empty and has the place.
    """

    kind: Kind
    before: Span
    after: Span


def diff(earlier: str, later: str) -> tuple[Segment, ...]:
    """What two stretches of text have in common and what not, in order: together they are each stretch whole.

    Words are compared, without capitals and punctuation, which go with the word before them.

    >>> for segment in diff("He allegedly paid 12 men.", "He paid 20 men."):
    ...     print(segment.kind, segment.before, segment.after)
    equal Span(start=0, end=3) Span(start=0, end=3)
    before Span(start=3, end=13) Span(start=3, end=3)
    equal Span(start=13, end=18) Span(start=3, end=8)
    before Span(start=18, end=21) Span(start=8, end=8)
    after Span(start=21, end=21) Span(start=8, end=11)
    equal Span(start=21, end=25) Span(start=11, end=15)
    """
    one, other = tokens(earlier), tokens(later)
    bounds, other_bounds = _bounds(one.starts.tolist(), earlier), _bounds(other.starts.tolist(), later)
    shared = sorted(matches(one.keys.tolist(), other.keys.tolist()).items())
    found: list[Segment] = []
    own = place = 0
    for word, there in [*shared, (len(bounds) - 1, len(other_bounds) - 1)]:
        before, after = Span(bounds[own], bounds[word]), Span(other_bounds[place], other_bounds[there])
        _add(found, "before", before, Span(after.start, after.start))
        _add(found, "after", Span(before.end, before.end), after)
        own, place = min(word + 1, len(bounds) - 1), min(there + 1, len(other_bounds) - 1)
        _add(found, "equal", Span(bounds[word], bounds[own]), Span(other_bounds[there], other_bounds[place]))
    return tuple(found)


def _bounds(starts: list[int], text: str) -> list[int]:
    """Where each word begins, what stands before the first with it, and the end. A text without words is one word."""
    return [0, *starts[1:], len(text)]


def _add(found: list[Segment], kind: Kind, before: Span, after: Span) -> None:
    """Add a stretch, if there is any, to one of its kind that ends where it begins, or by itself."""
    if before.start == before.end and after.start == after.end:
        return
    if found and found[-1].kind == kind:
        last = found.pop()
        before, after = Span(last.before.start, before.end), Span(last.after.start, after.end)
    found.append(Segment(kind, before, after))
