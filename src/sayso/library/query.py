"""What a person asks the library for, and what they get."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Order = Literal["newest", "oldest", "relevance"]


@dataclass(frozen=True, slots=True)
class Query:
    """What the articles must have; what is empty or None asks for nothing.

    `text`: all of these words, in the title or the text; words in quotation marks stand in this order, `word*` is how
    a word begins, `-word` must not be there. `outlet` is its name, `actor` words of a name of somebody in the article.
    `earliest` and `latest` (ISO 8601 days) bound the day that the article gives itself; one that gives none is then
    left out. `finding` is a kind of finding. "relevance" orders by the words asked for, and without any is "newest".
    """

    text: str = ""
    outlet: str | None = None
    actor: str | None = None
    earliest: str | None = None
    latest: str | None = None
    finding: str | None = None
    order: Order = "newest"


@dataclass(frozen=True, slots=True)
class Row:
    """An article in a list. `findings` counts them by severity, `first_finding` is the message of the first.

    `title` is how its text begins, where it has none. `analysed` is False where only the text is there; `gap` then says
    why it cannot be analysed, if that was tried.
    """

    id: str
    number: int
    title: str | None
    outlet: str | None
    url: str | None
    earliest: str | None
    latest: str | None
    published: str | None
    language: str | None
    words: int
    analysed: bool
    findings: Mapping[str, int]
    first_finding: str | None
    gap: str | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the articles found have which outlet and which kind of finding, the most frequent first."""

    outlets: tuple[tuple[str, int], ...] = ()
    findings: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """How many articles were found, those of the page that was asked for, and the facets of all."""

    total: int
    rows: tuple[Row, ...]
    facets: Facets = field(default_factory=Facets)
