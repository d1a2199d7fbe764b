"""What a corpus's articles have to do with each other: shared passages, who had it from whom, how many origins.

Nothing here is a verdict on an outlet. Where two articles share a text, what can be said is how likely each way is.
"""

from dataclasses import dataclass
from typing import Literal

from sayso.model.annotations import Certainty, SourceKind
from sayso.model.article import Article
from sayso.model.finding import Gap, Severity
from sayso.model.span import Spans

PassageKind = Literal["verbatim", "reworked"]
ChangeKind = Literal[
    "hedge dropped",
    "hedge added",
    "source lost",
    "source added",
    "source promoted",
    "number changed",
    "name changed",
    "quotation altered",
    "cut",
    "added",
]
CitationKind = Literal["credit line", "named as source", "named", "address"]
Way = Literal["later from earlier", "earlier from later", "common source", "unclear"]


@dataclass(frozen=True, slots=True)
class Capture:
    """One time that an article was seen: when (ISO 8601, UTC), as what input, and at which address."""

    moment: str
    input: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of a corpus, with the days between which it was published and every time that it was seen.

    `number` is its place in the corpus, counted from 0 in the order of adding; None for an article that is not in it.
    `earliest` and `latest` are the first and last possible day of publication (ISO 8601), None where open: a day
    that is given is allowed a day on either side for time zones; with no day given, only the captures bound it.
    """

    article: Article
    number: int | None
    earliest: str | None
    latest: str | None
    captures: tuple[Capture, ...] = ()

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that stands in two articles, as it stands in each of them.

    `spans` count in the one article, `other_spans` in the other. `words` is the length in words of the stretch in the
    one. `likeness` (0 to 1) is the share of words of the longer side that stand in the other, in order: 1 for
    "verbatim", where only capitals, punctuation and spaces may differ. `quoted` and `other_quoted`: whether it stands
    in quotation marks here and there.
    """

    spans: Spans
    other_spans: Spans
    kind: PassageKind
    words: int
    likeness: float = 1.0
    quoted: bool = False
    other_quoted: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Something that differs between an earlier text and a later one where both tell the same.

    `before` are its words in the earlier article, `after` in the later one; either can be empty. `firmer`: the later
    text says it with more certainty than the earlier one did. `message` says it in one sentence.
    """

    kind: ChangeKind
    message: str
    before: Spans
    after: Spans
    firmer: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """An article names an outlet as where it has something from.

    `by` is the id of the article that cites. `outlet` is the name of who is cited, `of` the ids of the articles of the
    story that can be meant (of that outlet, not later); empty where the corpus has none. `spans` are the words in the
    text of `by`, empty for a credit or an address outside of it.
    """

    by: str
    outlet: str
    kind: CitationKind
    of: tuple[str, ...] = ()
    spans: Spans = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """What two articles have to do with each other, as probabilities of the four ways; they sum to 1.

    `earlier` and `later` are ids, named by their dates; where the dates do not tell, the order says nothing.
    `later_from_earlier` and `earlier_from_later` count copying through others, too; `common`: both have it from a
    third. `way` is the way that is told: "unclear", unless one is likely enough. In `passages`, `spans` count in the
    earlier article and `other_spans` in the later one. `earlier_share` is the share of the earlier article's words
    that stand in the later one, `later_share` the other way round (0 to 1).
    """

    earlier: str
    later: str
    later_from_earlier: float
    earlier_from_later: float
    common: float
    unknown: float
    way: Way
    passages: tuple[Passage, ...] = ()
    earlier_share: float = 0.0
    later_share: float = 0.0
    citations: tuple[Citation, ...] = ()
    changes: tuple[Change, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Words in an article of a story that prove something: the article's id and the spans in its text."""

    article: str
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Circle:
    """Articles that have it from each other, so that none of them is an origin: each rests on the next, the last on
    the first. `exhibits` are the words that say so, one an article."""

    articles: tuple[str, ...]
    exhibits: tuple[Exhibit, ...]
    message: str
    certainty: Certainty = "likely"


@dataclass(frozen=True, slots=True)
class StoryFinding:
    """Something in a story that a person should look at, in one sentence, with the words that it rests on."""

    kind: str
    severity: Severity
    message: str
    exhibits: tuple[Exhibit, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """The articles of a corpus that share text with one article, or cite each other about it, as a dated graph.

    `asked` is the id of the article that was asked about. `entries` are in the order of their dates, those without a
    date last; of copies that are the same text, each is there. `first` are the ids of those that may have been first:
    more than one where the dates do not tell. `derivations` link each article to the earliest and to the nearest
    that it can have its text from. `left` is how many further articles share only less with it and are not shown.
    """

    asked: str
    entries: tuple[Entry, ...]
    first: tuple[str, ...]
    derivations: tuple[Derivation, ...] = ()
    citations: tuple[Citation, ...] = ()
    circles: tuple[Circle, ...] = ()
    findings: tuple[StoryFinding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    left: int = 0


@dataclass(frozen=True, slots=True)
class Carrier:
    """An article that carries a claim: where it says it, and how likely it has it from where.

    `spans` are the sentences in its text. `rests_on` pairs what it can rest on (an id of an article, or of an origin:
    "o1") with a probability; they sum to 1. `reasons` has why.
    """

    article: str
    spans: Spans
    rests_on: tuple[tuple[str, float], ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Somebody who may know it for themselves, as far as the articles tell.

    `kind` is the kind of source, or "own report" where an outlet says it with nobody behind it and nothing shows that
    it has it from elsewhere. `name` is how the articles call it. `articles` are the ids of those that rest on it,
    whether they cite it or have it from one that does. `chance` (0 to 1) is how often it is an origin of its own
    when the uncertain links are drawn.
    """

    id: str
    kind: SourceKind | Literal["own report"]
    name: str
    articles: tuple[str, ...]
    exhibits: tuple[Exhibit, ...]
    chance: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origins:
    """On how many independent origins a claim rests, as a range, with the proof.

    `least` and `most` hold between them the true number in at least 98 of a hundred draws of the uncertain links;
    `shares` has how often each number came, from 1 on. Both are 0 where no article carries the claim. `entries` are
    the articles that all of this is about, in the order of their dates.
    """

    claim: str
    least: int
    most: int
    shares: tuple[float, ...] = ()
    origins: tuple[Origin, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    circles: tuple[Circle, ...] = ()
    gaps: tuple[Gap, ...] = ()
    entries: tuple[Entry, ...] = ()
