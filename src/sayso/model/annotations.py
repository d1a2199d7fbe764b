"""What is found in an article's text: each thing with its spans and with the reasons for it."""

from dataclasses import dataclass
from typing import Literal

from sayso.model.span import Spans

Certainty = Literal["certain", "likely", "unclear"]
SourceKind = Literal["person", "organisation", "outlet", "document", "role", "group", "unnamed"]
SpeechKind = Literal["direct", "indirect", "mixed"]
Stance = Literal["neutral", "endorsing", "distancing", "hedged", "denying"]
CueKind = Literal["verb", "noun", "preposition", "adverb", "adjective", "punctuation", "other"]
Mood = Literal["actual", "future", "possible", "conditional", "desired", "question"]
MentionKind = Literal["name", "alias", "description", "back reference", "place for government"]
Granularity = Literal["time", "day", "week", "month", "season", "quarter", "year", "decade", "century", "period"]
Voice = Literal["outlet", "source", "unclear"]
QuantityKind = Literal["place", "date", "amount", "number"]


@dataclass(frozen=True, slots=True)
class Source:
    """Who a statement is attributed to: the words in the text, and the actor they resolve to.

    No spans: the text names nobody ("stands accused of"). No actor: not resolved, and `reasons` says why.
    """

    spans: Spans
    kind: SourceKind
    actor: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that say that something is said ("reported", "according to"), and how they take it.

    `kind` is the part of speech of the word that reports: in "made the claim" a noun, in "refused to say" a verb.
    `negated`: the text says that it was not said ("did not say", "declined to comment"; the polarity of FactBank).
    That is not a denial, which is something said: "denied" has the stance "denying", and "did not deny" both.
    `mood` is whether the text gives it as said (the modality of FactBank, Saurí and Pustejovsky 2009):

    - "actual": said or thought, as the text has it;
    - "future": still to be said ("will say", "is expected to announce");
    - "possible": perhaps said ("may have said", "could claim");
    - "conditional": said only under a condition ("would argue", "if she says");
    - "desired": wanted, owed or tried, which does not make it said ("should admit", "wants to say");
    - "question": asked whether it was said ("Did she say …?").

    `attitude`: what is reported is thought, wanted, planned or agreed to, and need not have been put in words (the
    beliefs and eventualities of PARC 3, Pareti 2016; the others are assertions).

    `reasons` say why, for every aspect that is not the plain one (a neutral verb, not negated, actual, an assertion).
    """

    spans: Spans
    stance: Stance = "neutral"
    kind: CueKind = "other"
    negated: bool = False
    mood: Mood = "actual"
    reasons: tuple[str, ...] = ()
    attitude: bool = False

    @property
    def stated(self) -> bool:
        """Whether the text gives it as said: not negated, and not merely future, possible or asked for.

        >>> Cue(()).stated, Cue((), negated=True).stated
        (True, False)
        """
        return not self.negated and self.mood == "actual"


@dataclass(frozen=True, slots=True)
class Content:
    """What is said."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody says something.

    `parent` is the id of the attribution in whose content this one stands, or through which it is passed on
    ("SANA, citing unnamed sources, reported"). `recipient` is who it was said to, where the text tells. `through` are
    those who passed it on otherwise, the one nearest to the reader first ("in remarks carried by SANA", "documents
    seen by Reuters"). `probability` is how often the trained tagger is right when it says so of people's markings (0 to
    1), or None where a rule found it.
    """

    id: str
    kind: SpeechKind
    source: Source
    cue: Cue
    content: Content
    parent: str | None = None
    certainty: Certainty = "likely"
    reasons: tuple[str, ...] = ()
    recipient: Source | None = None
    probability: float | None = None
    through: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """What a table of outlets says of one, in the table's own words: a class here is the table's, not Sayso's.

    `table` is what the table is called, `source` where the entry, or the table, can be checked. What the table does
    not say is empty.
    """

    table: str
    name: str
    kind: str = ""
    country: str = ""
    owner: str = ""
    classed: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Anonymity:
    """How the text uses a source that it does not name.

    `why` are the words with which it says why it does not name them; empty: no reason is given. `statements` are the
    ids of the attributions that rest on them, `opinions` those among them that judge somebody instead of telling a
    fact (newsrooms' rules keep unnamed sources for facts), `reasons` the words by which that was told.
    """

    why: Spans = ()
    statements: tuple[str, ...] = ()
    opinions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that speaks or is spoken of, with the names that the text uses for it.

    `owner` is the id of the actor whose document this is ("SANA's report"). `named`: a reader could go and ask, or
    look it up, by what the text says: somebody with a name, the one institution or office of its kind, a document told
    of by its title or maker. `seen`: for a document, whether the text says that who reports it has seen it; None where
    it does not say. `anonymity` is there for those who are not named, `listings` for outlets in a table. `members` are
    the ids of those who are one source together ("Anna Berg and two aides").
    """

    id: str
    name: str
    kind: SourceKind
    names: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    owner: str | None = None
    named: bool = False
    seen: bool | None = None
    anonymity: Anonymity | None = None
    listings: tuple[Listing, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that stands for an actor, or, with no actor, one that could not be resolved."""

    spans: Spans
    actor: str | None
    kind: MentionKind
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeReading:
    """One of several things that an expression of time can mean, and why."""

    value: str | None
    earliest: str | None
    latest: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time as an interval: first and last possible day (ISO 8601), or None where open.

    `value` is the TIMEX3 value. `anchor` is what it was counted from: "explicit" (the words say it all),
    "published" (the article's date), "context" (another date in the text), or None where unresolved. `readings` has
    all that it can mean where that is more than one thing, the one chosen first; it is empty otherwise.
    """

    id: str
    spans: Spans
    value: str | None
    earliest: str | None
    latest: str | None
    granularity: Granularity
    anchor: str | None
    reasons: tuple[str, ...] = ()
    readings: tuple[TimeReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that take a side or keep a distance, and whose words they are.

    `kind`: "scare quotes", "so-called", "alleged", "loaded word". `voice` is "outlet", or "source" where the words
    stand in quotation marks in what `attribution` reports; "unclear" in reported speech without quotation marks, or
    in a quotation for which no source was found.
    """

    spans: Spans
    kind: str
    voice: Voice
    attribution: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A detail that can be checked against something outside the text."""

    spans: Spans
    kind: QuantityKind
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement. `attribution` is None where the outlet says it without giving a source."""

    id: str
    spans: Spans
    attribution: str | None
    quantities: tuple[Quantity, ...] = ()
    reasons: tuple[str, ...] = ()
