"""A corpus in words: what came of adding to it, and how far that is."""

from collections.abc import Iterable
from itertools import islice

from sayso.reporting.labels import printable

MOST_FAILURES = 3


def added(stored: int, again: int, failed: int, why: Iterable[str] = ()) -> str:
    """What was added, on one line; `why` is what went wrong, of which the first are named.

    >>> added(3, 1, 2, ["a.pdf: no text", "b.html: not found"])
    '3 added, 1 again, 2 failed: a.pdf: no text; b.html: not found'
    >>> added(1204, 0, 0)
    '1,204 added'
    """
    parts = [f"{stored:,} added"]
    parts += [f"{again:,} again"] if again else []
    if not failed:
        return ", ".join(parts)
    named = [" ".join(words.split()) for words in islice(why, MOST_FAILURES)]
    more = [f"{failed - len(named):,} more"] if named and failed > len(named) else []
    return printable(f"{', '.join([*parts, f'{failed:,} failed'])}{': ' if named else ''}{'; '.join([*named, *more])}")


def adding(done: int, of: int | None = None, seconds: float = 0) -> str:
    """How far the adding is, with its speed once that can be told.

    >>> adding(1204, 5000, 4), adding(12)
    ('1,204 of 5,000 articles, 301 a second', '12 articles')
    """
    whole = f" of {of:,}" if of else ""
    speed = f", {done / seconds:,.0f} a second" if seconds >= 1 else ""
    return f"{done:,}{whole} articles{speed}"


def compacting(done: int, of: int) -> str:
    """How far the compaction is.

    >>> compacting(2, 8)
    'putting parts of the corpus together: 2 of 8'
    """
    return f"putting parts of the corpus together: {done:,} of {of:,}"
