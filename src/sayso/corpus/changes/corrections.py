"""Whether a later text says that it corrects what was told before."""

from sayso.corpus.changes import tables
from sayso.corpus.changes.sides import Side
from sayso.model import Span

CORRECTED = "the later text says that it corrects or updates"
"""How a reason begins that says so."""


def correction(later: Side, words: tuple[int, int]) -> Span | None:
    """The words with which a text says so of some of its words: among them, or in a notice anywhere."""
    if not any(hint in later.small for hint in tables.table("correction")["hints"]):
        return None
    start, end = later.starts[words[0]], later.ends[words[1] - 1]
    found = tables.unbounded("correction", "nearby").search(later.text, start, end) or tables.unbounded(
        "correction", "notices"
    ).search(later.text)
    return Span(*found.span()) if found else None
