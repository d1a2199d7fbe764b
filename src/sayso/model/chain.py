"""The ordered path of sources behind one statement."""

from dataclasses import dataclass

from sayso.model.annotations import Certainty, SourceKind
from sayso.model.span import Spans


@dataclass(frozen=True, slots=True)
class Link:
    """One source on the way, with the words that prove it. The first link, the outlet, has no words."""

    name: str
    kind: SourceKind
    actor: str | None = None
    attribution: str | None = None
    spans: Spans = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """From the outlet that published the article to the last source given for a statement.

    `complete` is False where a link is not resolved or nobody is given; `reasons` then says where it breaks off.
    """

    id: str
    statement: str
    links: tuple[Link, ...]
    complete: bool
    confidence: Certainty
    reasons: tuple[str, ...] = ()
