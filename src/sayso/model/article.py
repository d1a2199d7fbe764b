"""One text, never changed, with what is known of it."""

from dataclasses import dataclass
from typing import Literal

from sayso.model.span import Spans

DateRole = Literal["published", "modified", "captured", "unknown"]


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date that an article may have been published on, and where it stands.

    `value` is ISO 8601 (a day, or a day with time and zone as the page gives it). `origin` says where it
    came from ("JSON-LD", "meta", "feed", "column", "time element", "first line", "visible text", "dateline", "url",
    "markup", "PDF metadata", "archive capture", "saved page", "file"). `role` says what was done on it: the article was
    published or modified, or, with "captured", a copy of it was there by then, so that it was not published later.
    `evidence` is the raw words; `spans` is empty where they are not part of the article's text.
    """

    value: str
    origin: str
    role: DateRole = "unknown"
    evidence: str = ""
    spans: Spans = ()

    @property
    def day(self) -> str:
        """The calendar day as YYYY-MM-DD, in the zone in which the page gives it."""
        return self.value[:10]


@dataclass(frozen=True, slots=True)
class Residue:
    """A part of the page that is not part of the article: a comment form, a share bar, a list of links.

    `position` is where in the article's text it stood (in code points), `reason` how it was recognised.
    """

    text: str
    reason: str
    position: int


@dataclass(frozen=True, slots=True)
class Article:
    """One text with what is known of it. All offsets of all annotations count code points of `text`.

    `id` is the start of `sha256`, the hash of the raw bytes. `input` is the name by which it was read.
    `captured` is when (ISO 8601, UTC). `dates` has every candidate, the one that is used first; `published`
    is its day or None. `language` is an ISO 639-1 code, or None where the text is too short to tell.
    `title_spans` marks the headline inside the text, where it has one. `notes` are things about the reading
    that a person should know.
    """

    id: str
    input: str
    text: str
    sha256: str
    captured: str
    media_type: str
    encoding: str | None = None
    url: str | None = None
    outlet: str | None = None
    outlet_evidence: str | None = None
    title: str | None = None
    title_spans: Spans = ()
    byline: str | None = None
    language: str | None = None
    published: str | None = None
    published_evidence: str | None = None
    dates: tuple[DateCandidate, ...] = ()
    residue: tuple[Residue, ...] = ()
    notes: tuple[str, ...] = ()
