"""What a language model is given of an analysis, a story or the origins of a claim: the words that prove it.

Everything that is said comes with its quotes: exact words, and where they stand. There is nothing in it that could be
taken for a verdict: no probabilities, no severities; how sure something is, is said in words. All is bounded: of what
is left out, `left_out` has the number.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from sayso.model import (
    Actor,
    Analysis,
    Article,
    Attribution,
    Certainty,
    Chain,
    Change,
    Citation,
    Claim,
    Derivation,
    Entry,
    Exhibit,
    Finding,
    Gap,
    Link,
    Origin,
    Origins,
    Passage,
    Source,
    Spans,
    Story,
    TimeExpression,
    Wording,
)
from sayso.model.story import Carrier, Circle
from sayso.reporting import labels

LONGEST_QUOTE = 600  # code points; what is longer is cut, with its true end beside it
QUOTES = 12  # at most for one thing; a report's longest lists of passages are about names
PASSAGES = 8  # of two articles
SURE, LIKELY = 0.9, 0.5

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words exactly as they stand in an article's text, from `start` to `end` in code points, the end exclusive.

    Where `cut` is true, `words` is only how they begin.
    """

    start: int
    end: int
    words: str
    cut: bool = False


Quotes = tuple[Quote, ...]


class Answer(BaseModel):
    """What a tool gives. `left_out` says how many more there are of a list than are shown."""

    model_config = ConfigDict(frozen=True)

    left_out: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What is known of an article, and by what words or fields; null where it is not known.

    `id` is the start of the hash of its bytes. `earliest` and `latest`: between which days it was published.
    `characters`: the length of the text in which quotes are counted.
    """

    id: str
    url: str | None
    outlet: str | None
    outlet_evidence: str | None
    title: str | None
    byline: str | None
    published: str | None
    published_evidence: str | None
    language: str | None
    characters: int
    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """Something that a person should look at, with the words it rests on and why. It says nothing on what is true."""

    kind: str
    message: str
    quotes: Quotes
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that could not be told, and why."""

    kind: str
    message: str
    quotes: Quotes


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody says something. `source` are the words for who, `actor` whom they stand for, null where not resolved.

    `standing`: who that is, and whether a reader could go and ask. `how`: as whose words it is given, and whether it
    was said at all. `within`: the id of the statement in which this one stands, or through which it is passed on.
    """

    id: str
    source: Quotes
    actor: str | None
    standing: str
    cue: Quotes
    how: str
    says: Quotes
    within: str | None
    certainty: Certainty
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """Words that take a side or keep a distance, and whose words they are ("outlet", "source" or "unclear")."""

    kind: str
    quotes: Quotes
    voice: str
    statement: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Time:
    """An expression of time, the first and last day that it can mean, and from what it was counted."""

    quotes: Quotes
    earliest: str | None
    latest: str | None
    counted_from: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unsourced:
    """A checkable statement for which the outlet gives no source; `to_check` are its details."""

    quotes: Quotes
    to_check: tuple[str, ...]
    reasons: tuple[str, ...]


class Reading(Answer):
    """What a report rests on. `analysed` is false where its text could only be read; `missing` says why.

    `observations` come in the order in which a person should look at them, the rest in the order of the text.
    `text` is there if it was asked for.
    """

    article: ArticleFacts
    analysed: bool
    observations: tuple[Observation, ...]
    statements: tuple[Statement, ...]
    unsourced: tuple[Unsourced, ...]
    words: tuple[Word, ...]
    times: tuple[Time, ...]
    missing: tuple[Missing, ...]
    notes: tuple[str, ...]
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One source on the way: who that is, whether a reader could go and ask, and the words that prove it."""

    name: str
    standing: str
    quotes: Quotes
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """On whose word a statement rests, from the outlet to the last source given.

    Where `complete` is false, it breaks off there, and `reasons` says why.
    """

    statement: str
    says: Quotes
    steps: tuple[Step, ...]
    complete: bool
    certainty: Certainty
    reasons: tuple[str, ...]


class Chains(Answer):
    """The chains of a report, in the order of its text."""

    article: ArticleFacts
    analysed: bool
    chains: tuple[Way, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class InArticle:
    """Words in one of the articles, by the article's id."""

    article: str
    quotes: Quotes


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that stands in two articles: "verbatim", or "reworked". `quoted`: in quotation marks in both."""

    kind: str
    words: int
    quoted: bool
    in_earlier: Quotes
    in_later: Quotes


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two articles where both tell the same."""

    kind: str
    message: str
    in_earlier: Quotes
    in_later: Quotes
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """An article names an outlet as where it has something from; `of` are the ids of the articles that can be meant."""

    by: str
    outlet: str
    kind: str
    of: tuple[str, ...]
    quotes: Quotes
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """What two articles have to do with each other: what they share, and who has it from whom, as far as that shows.

    `way` is "later from earlier", "earlier from later", "common source" or "unclear".
    """

    earlier: str
    later: str
    way: str
    reasons: tuple[str, ...]
    shared: tuple[Shared, ...]
    differences: tuple[Difference, ...]
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoryObservation:
    """Something in the story that a person should look at, or a circle of articles that have it from each other."""

    kind: str
    message: str
    exhibits: tuple[InArticle, ...]
    evidence: tuple[str, ...]


class Trace(Answer):
    """Where a report's passages stand elsewhere in the corpus.

    `asked` is the report's id. `articles` come in the order of their dates; `may_be_first` are those that are not told
    to have it from another. `further` more articles share less and were not laid beside it.
    """

    asked: str
    articles: tuple[ArticleFacts, ...]
    may_be_first: tuple[str, ...]
    relations: tuple[Relation, ...]
    citations: tuple[Cited, ...]
    observations: tuple[StoryObservation, ...]
    missing: tuple[Missing, ...]
    further: int


@dataclass(frozen=True, slots=True)
class OriginFacts:
    """Somebody who may know it for themselves. `articles` are those that rest on it.

    `certainty`: how sure it is that this is an origin of its own and not the same as another.
    """

    id: str
    name: str
    kind: str
    articles: tuple[str, ...]
    exhibits: tuple[InArticle, ...]
    certainty: Certainty
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rests:
    """On what an article rests: the id of another article, or of an origin, and how sure that is."""

    on: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class CarrierFacts:
    """An article that carries the claim: its words for it, and what it has it from."""

    article: str
    quotes: Quotes
    rests: tuple[Rests, ...]
    reasons: tuple[str, ...]


class Independence(Answer):
    """On how many independent origins a claim rests in the corpus: at least `least`, at most `most`, and which.

    Both are 0 where no article carries the claim. Many origins do not make it true, nor one untrue.
    """

    claim: str
    least: int
    most: int
    origins: tuple[OriginFacts, ...]
    carriers: tuple[CarrierFacts, ...]
    circles: tuple[StoryObservation, ...]
    articles: tuple[ArticleFacts, ...]
    missing: tuple[Missing, ...]


class _Shortened:
    """Cuts lists to a length and keeps count of what it left out of each."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left_out: dict[str, int] = {}

    def __call__(self, name: str, found: Sequence[S], made: Callable[[S], T]) -> tuple[T, ...]:
        if len(found) > self.limit:
            self.left_out[name] = len(found) - self.limit
        return tuple(made(one) for one in found[: self.limit])


def quotes(spans: Spans, text: str) -> Quotes:
    """The words of spans, each exactly as it stands in the text.

    >>> from sayso.model import Span
    >>> quotes((Span(0, 4),), "SANA reported")
    (Quote(start=0, end=4, words='SANA', cut=False),)
    """
    return tuple(
        Quote(start, end, text[start : min(end, start + LONGEST_QUOTE)], end - start > LONGEST_QUOTE)
        for start, end in spans[:QUOTES]
    )


def reading(analysis: Analysis, limit: int, *, whole_text: bool = False) -> Reading:
    """What a report rests on; at most `limit` of each list."""
    text, cut = analysis.article.text, _Shortened(limit)
    actors = {actor.id: actor for actor in analysis.actors}
    own = [claim for claim in analysis.claims if claim.attribution is None]
    return Reading(
        article=facts(analysis.article),
        analysed=analysis.analysed,
        observations=cut("observations", analysis.findings, lambda found: _observation(found, text)),
        statements=cut("statements", analysis.attributions, lambda said: _statement(said, actors, text)),
        unsourced=cut("unsourced", own, lambda claim: _unsourced(claim, text)),
        words=cut("words", analysis.wordings, lambda wording: _word(wording, text)),
        times=cut("times", analysis.times, lambda time: _time(time, text)),
        missing=cut("missing", analysis.gaps, lambda gap: _missing(gap, text)),
        notes=analysis.article.notes,
        left_out=cut.left_out,
        text=text if whole_text else None,
    )


def chains(analysis: Analysis, limit: int) -> Chains:
    """The chains of a report, at most `limit`."""
    text, cut = analysis.article.text, _Shortened(limit)
    actors = {actor.id: actor for actor in analysis.actors}
    says = {said.id: said.content.spans for said in analysis.attributions}
    return Chains(
        article=facts(analysis.article),
        analysed=analysis.analysed,
        chains=cut("chains", analysis.chains, lambda chain: _way(chain, actors, says, text)),
        missing=cut("missing", analysis.gaps, lambda gap: _missing(gap, text)),
        left_out=cut.left_out,
    )


def trace(story: Story, limit: int) -> Trace:
    """Where a report's passages stand elsewhere; at most `limit` of each list."""
    texts, cut = _texts(story.entries), _Shortened(limit)
    asked = texts.get(story.asked, "")
    looked = [StoryObservation("circle", one.message, *_shown(one, texts)) for one in story.circles]
    looked += [
        StoryObservation(one.kind, one.message, _exhibits(one.exhibits, texts), one.evidence) for one in story.findings
    ]
    return Trace(
        asked=story.asked,
        articles=cut("articles", story.entries, _dated),
        may_be_first=story.first,
        relations=cut("relations", story.derivations, lambda one: _relation(one, texts)),
        citations=cut("citations", story.citations, lambda one: _cited(one, texts)),
        observations=cut("observations", looked, lambda one: one),
        missing=cut("missing", story.gaps, lambda gap: _missing(gap, asked)),
        further=story.left,
        left_out=cut.left_out,
    )


def independence(found: Origins, limit: int) -> Independence:
    """On how many independent origins a claim rests; at most `limit` of each list."""
    texts, cut = _texts(found.entries), _Shortened(limit)
    return Independence(
        claim=found.claim,
        least=found.least,
        most=found.most,
        origins=cut("origins", found.origins, lambda one: _origin(one, texts)),
        carriers=cut("carriers", found.carriers, lambda one: _carrier(one, texts)),
        circles=cut("circles", found.circles, lambda one: StoryObservation("circle", one.message, *_shown(one, texts))),
        articles=cut("articles", found.entries, _dated),
        missing=cut("missing", found.gaps, lambda gap: _missing(gap, "")),
        left_out=cut.left_out,
    )


def facts(article: Article, earliest: str | None = None, latest: str | None = None) -> ArticleFacts:
    """What is known of an article. By which name it was read is not told: that can be a path on the user's disk."""
    return ArticleFacts(
        article.id,
        article.url,
        article.outlet,
        article.outlet_evidence,
        article.title,
        article.byline,
        article.published,
        article.published_evidence,
        article.language,
        len(article.text),
        earliest,
        latest,
    )


def certainty(share: float) -> Certainty:
    """How sure something is, in a word.

    >>> certainty(0.97), certainty(0.6), certainty(0.2)
    ('certain', 'likely', 'unclear')
    """
    return "certain" if share >= SURE else "likely" if share >= LIKELY else "unclear"


def _dated(entry: Entry) -> ArticleFacts:
    return facts(entry.article, entry.earliest, entry.latest)


def _texts(entries: Iterable[Entry]) -> dict[str, str]:
    return {entry.id: entry.article.text for entry in entries}


def _observation(found: Finding, text: str) -> Observation:
    return Observation(found.kind, found.message, quotes(found.spans, text), found.evidence)


def _missing(gap: Gap, text: str) -> Missing:
    return Missing(gap.kind, gap.message, quotes(gap.spans, text) if text else ())


def _statement(said: Attribution, actors: Mapping[str, Actor], text: str) -> Statement:
    actor = actors.get(said.source.actor or "")
    return Statement(
        id=said.id,
        source=quotes(said.source.spans, text),
        actor=actor.name if actor else None,
        standing=labels.standing(actor) if actor else _unresolved(said.source),
        cue=quotes(said.cue.spans, text),
        how=labels.how(said),
        says=quotes(said.content.spans, text),
        within=said.parent,
        certainty=said.certainty,
        reasons=tuple(dict.fromkeys((*said.reasons, *said.source.reasons, *said.cue.reasons))),
    )


def _unresolved(source: Source) -> str:
    return f"{labels.KINDS.get(source.kind, source.kind)}, not resolved" if source.spans else labels.NOBODY


def _unsourced(claim: Claim, text: str) -> Unsourced:
    details = tuple(f"{detail.kind}: {detail.text}" for detail in claim.quantities)
    return Unsourced(quotes(claim.spans, text), details, claim.reasons)


def _word(wording: Wording, text: str) -> Word:
    return Word(wording.kind, quotes(wording.spans, text), wording.voice, wording.attribution, wording.reasons)


def _time(time: TimeExpression, text: str) -> Time:
    counted = labels.ANCHORS.get(time.anchor or "")
    return Time(quotes(time.spans, text), time.earliest, time.latest, counted, time.reasons)


def _way(chain: Chain, actors: Mapping[str, Actor], says: Mapping[str, Spans], text: str) -> Way:
    return Way(
        statement=chain.statement,
        says=quotes(says.get(chain.statement, ()), text),
        steps=tuple(_step(link, actors, text) for link in chain.links),
        complete=chain.complete,
        certainty=chain.confidence,
        reasons=chain.reasons,
    )


def _step(link: Link, actors: Mapping[str, Actor], text: str) -> Step:
    actor = actors.get(link.actor or "")
    standing = labels.standing(actor) if actor else labels.KINDS.get(link.kind, link.kind)
    return Step(labels.link_name(link), standing, quotes(link.spans, text), link.reasons)


def _exhibits(found: Iterable[Exhibit], texts: Mapping[str, str]) -> tuple[InArticle, ...]:
    return tuple(InArticle(one.article, quotes(one.spans, texts.get(one.article, ""))) for one in found)


def _shown(circle: Circle, texts: Mapping[str, str]) -> tuple[tuple[InArticle, ...], tuple[str, ...]]:
    return _exhibits(circle.exhibits, texts), (f"how sure: {circle.certainty}",)


def _relation(found: Derivation, texts: Mapping[str, str]) -> Relation:
    earlier, later = texts.get(found.earlier, ""), texts.get(found.later, "")
    cut = _Shortened(PASSAGES)
    return Relation(
        found.earlier,
        found.later,
        found.way,
        found.reasons,
        cut("shared", found.passages, lambda one: _shared(one, earlier, later)),
        cut("differences", found.changes, lambda one: _difference(one, earlier, later)),
        cut.left_out,
    )


def _shared(passage: Passage, earlier: str, later: str) -> Shared:
    both = passage.quoted and passage.other_quoted
    here, there = quotes(passage.spans, earlier), quotes(passage.other_spans, later)
    return Shared(passage.kind, passage.words, both, here, there)


def _difference(change: Change, earlier: str, later: str) -> Difference:
    here, there = quotes(change.before, earlier), quotes(change.after, later)
    return Difference(change.kind, change.message, here, there, change.reasons)


def _cited(citation: Citation, texts: Mapping[str, str]) -> Cited:
    words = quotes(citation.spans, texts.get(citation.by, ""))
    return Cited(citation.by, citation.outlet, citation.kind, citation.of, words, citation.reasons)


def _origin(origin: Origin, texts: Mapping[str, str]) -> OriginFacts:
    exhibits = _exhibits(origin.exhibits, texts)
    sure = certainty(origin.chance)
    return OriginFacts(origin.id, origin.name, origin.kind, origin.articles, exhibits, sure, origin.reasons)


def _carrier(carrier: Carrier, texts: Mapping[str, str]) -> CarrierFacts:
    rests = tuple(Rests(on, certainty(share)) for on, share in carrier.rests_on)
    return CarrierFacts(carrier.article, quotes(carrier.spans, texts.get(carrier.article, "")), rests, carrier.reasons)
