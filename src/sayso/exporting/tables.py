"""Analyses as tables: the columns of each, what they mean, and the rows that an analysis gives.

Articles are named by their ids, annotations by theirs within the article. Places count code points of the article's
text, the end exclusive. `person` and `action` tell whose word a row is: empty where only the machine has said it.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.exporting.given import Kept
from sayso.model import Attribution, Source, Spans, words_of

Kind = Literal["text", "texts", "number", "numbers", "share", "yes", "spans"]
Value = str | int | float | bool | list[str] | list[int] | Spans | None
Row = tuple[Value, ...]
Columns = dict[str, tuple[Kind, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns with what they mean, and the rows of one analysis."""

    columns: Columns
    rows: Callable[[Kept], Iterator[Row]]


ARTICLE: Columns = {"article": ("text", "the article's id")}
WORD: Columns = {
    "person": ("text", "who has corrected or confirmed this; empty where only the machine has said it"),
    "action": ("text", "what they did: accept, change, add, merge or split"),
}
REASONS: Columns = {"reasons": ("texts", "why")}
PLACE: Columns = {"words": ("text", "its words in the text"), "spans": ("spans", "where these stand")}

ARTICLES: Columns = ARTICLE | {
    "url": ("text", "its address"),
    "outlet": ("text", "who published it"),
    "title": ("text", "its headline"),
    "byline": ("text", "who wrote it, as it says"),
    "published": ("text", "its day, ISO 8601"),
    "published_evidence": ("text", "where that day stands"),
    "language": ("text", "ISO 639-1"),
    "characters": ("number", "the length of its text in code points"),
    "words": ("number", "the length of its text in words"),
    "input": ("text", "the name by which it was read"),
    "captured": ("text", "when it was read, ISO 8601, UTC"),
    "sha256": ("text", "the hash of the raw bytes"),
    "analysed": ("yes", "whether it could be analysed and not only read"),
    "version": ("text", "the version of Sayso that read it"),
}
ATTRIBUTIONS: Columns = (
    ARTICLE
    | {
        "attribution": ("text", "the id of the attribution"),
        "kind": ("text", "direct, indirect or mixed speech"),
        "source": ("text", "the words that say who it is; empty where the text names nobody"),
        "source_kind": ("text", "person, organisation, outlet, document, role, group or unnamed"),
        "actor": ("text", "the id of the actor that these stand for; empty where not resolved"),
        "actor_name": ("text", "the actor's name"),
        "cue": ("text", "the words that say that it is said"),
        "cue_kind": ("text", "the part of speech of the word that reports"),
        "stance": ("text", "how the text takes it: neutral, endorsing, distancing, hedged or denying"),
        "negated": ("yes", "whether the text says that it was not said"),
        "mood": ("text", "actual, future, possible, conditional, desired or question"),
        "attitude": ("yes", "whether it is thought, wanted or planned and need not have been said"),
        "content": ("text", "what is said"),
        "parent": ("text", "the id of the attribution in which it stands"),
        "recipient": ("text", "to whom it was said"),
        "through": ("texts", "who passed it on, the one nearest to the reader first"),
        "certainty": ("text", "certain, likely or unclear"),
        "probability": ("share", "how often the tagger is right when it says so; empty where a rule found it"),
        "source_spans": ("spans", "where the words of the source stand"),
        "cue_spans": ("spans", "where the words of the cue stand"),
        "content_spans": ("spans", "where the words of what is said stand"),
    }
    | REASONS
    | WORD
)
CHAINS: Columns = (
    ARTICLE
    | {
        "chain": ("text", "the id of the chain; a row is one of its links"),
        "statement": ("text", "the id of the attribution that rests on it"),
        "place": ("number", "which link it is, from 0 for the outlet"),
        "links": ("number", "how many links the chain has"),
        "name": ("text", "who it is"),
        "kind": ("text", "person, organisation, outlet, document, role, group or unnamed"),
        "actor": ("text", "the id of the actor; empty where not resolved"),
        "attribution": ("text", "the id of the attribution that gives this link"),
    }
    | PLACE
    | {
        "complete": ("yes", "whether the chain is resolved up to its last link"),
        "confidence": ("text", "certain, likely or unclear"),
        "chain_reasons": ("texts", "why the chain is so, and where it breaks off"),
    }
    | REASONS
)
ACTORS: Columns = (
    ARTICLE
    | {
        "actor": ("text", "the actor's id"),
        "name": ("text", "what it is called"),
        "kind": ("text", "person, organisation, outlet, document, role, group or unnamed"),
        "named": ("yes", "whether a reader could go and ask, or look it up, by what the text says"),
        "names": ("texts", "the names that the text uses"),
        "owner": ("text", "the id of the actor whose document it is"),
        "seen": ("yes", "of a document, whether the text says that who reports it has seen it"),
        "members": ("texts", "the ids of those who are this one together"),
        "why_unnamed": ("text", "the words with which the text says why it does not name them"),
        "listed": ("texts", "the tables of outlets that have it"),
    }
    | REASONS
    | WORD
)
TIMES: Columns = (
    ARTICLE
    | {"time": ("text", "the id of the expression")}
    | PLACE
    | {
        "value": ("text", "the TIMEX3 value"),
        "earliest": ("text", "the first possible day, ISO 8601; empty where open"),
        "latest": ("text", "the last possible day, ISO 8601; empty where open"),
        "granularity": ("text", "time, day, week, month, season, quarter, year, decade, century or period"),
        "anchor": ("text", "what it was counted from: explicit, published or context"),
        "readings": ("number", "how many things it can mean; 0 where only one"),
    }
    | REASONS
    | WORD
)
WORDINGS: Columns = (
    ARTICLE
    | {"kind": ("text", "scare quotes, so-called, alleged or loaded word")}
    | PLACE
    | {"voice": ("text", "whose words: outlet, source or unclear"), "attribution": ("text", "in which attribution")}
    | REASONS
    | WORD
)
CLAIMS: Columns = (
    ARTICLE
    | {"claim": ("text", "the id of the claim")}
    | PLACE
    | {
        "attribution": ("text", "the id of the attribution; empty where the outlet gives no source"),
        "details": ("texts", "what in it can be checked"),
    }
    | REASONS
    | WORD
)
FINDINGS: Columns = (
    ARTICLE
    | {
        "finding": ("number", "its place among the findings, from 1"),
        "kind": ("text", "what it is about"),
        "severity": ("text", "high, medium or low"),
        "message": ("text", "the finding in one sentence"),
    }
    | PLACE
    | {
        "evidence": ("texts", "what it rests on"),
        "about": ("texts", "the ids of the annotations behind it"),
        "years": ("numbers", "of a finding about the article's own date, the years that fit better"),
    }
)
GAPS: Columns = (
    ARTICLE | {"kind": ("text", "what kind"), "message": ("text", "what could not be told, and why")} | PLACE
)
CORRECTIONS: Columns = ARTICLE | {
    "correction": ("text", "the id of the correction"),
    "kind": ("text", "attribution, actor, time, wording or claim"),
    "action": ("text", "accept, reject, change, add, merge or split"),
    "author": ("text", "who it was, in their own words"),
    "moment": ("text", "when, ISO 8601, UTC"),
    "became": ("text", "stands, taken out (what it rejects is not there), or not found in this reading"),
    "machine": ("text", "what the machine had said, as JSON"),
    "right": ("text", "what is right in the person's word, as JSON"),
    "note": ("text", "why"),
    "version": ("text", "the version of Sayso that was corrected"),
}


def _articles(given: Kept) -> Iterator[Row]:
    known = given.analysis.article
    length = (len(known.text), len(known.text.split()))
    origin = (known.input, known.captured, known.sha256)
    who = (known.url, known.outlet, known.title, known.byline)
    when = (known.published, known.published_evidence, known.language)
    yield (known.id, *who, *when, *length, *origin, given.analysis.analysed, given.version)


def _attributions(given: Kept) -> Iterator[Row]:
    text = given.analysis.article.text
    names = {actor.id: actor.name for actor in given.analysis.actors}

    def called(source: Source) -> str:
        return words_of(source.spans, text) or names.get(source.actor or "", "")

    for said in given.analysis.attributions:
        source, cue = said.source, said.cue
        yield (
            given.analysis.article.id,
            said.id,
            said.kind,
            words_of(source.spans, text),
            source.kind,
            source.actor,
            names.get(source.actor or ""),
            *(words_of(cue.spans, text), cue.kind, cue.stance, cue.negated, cue.mood, cue.attitude),
            words_of(said.content.spans, text),
            said.parent,
            called(said.recipient) if said.recipient else None,
            [called(each) for each in said.through],
            said.certainty,
            said.probability,
            *(source.spans, cue.spans, said.content.spans),
            why(said),
            *_word(given, said.id),
        )


def why(said: Attribution) -> list[str]:
    """All reasons for an attribution, each once."""
    return list(dict.fromkeys((*said.source.reasons, *said.reasons, *said.cue.reasons)))


def _chains(given: Kept) -> Iterator[Row]:
    text = given.analysis.article.text
    for chain in given.analysis.chains:
        for place, link in enumerate(chain.links):
            yield (
                *(given.analysis.article.id, chain.id, chain.statement, place, len(chain.links)),
                *(link.name, link.kind, link.actor, link.attribution, words_of(link.spans, text), link.spans),
                *(chain.complete, chain.confidence, list(chain.reasons), list(link.reasons)),
            )


def _actors(given: Kept) -> Iterator[Row]:
    text = given.analysis.article.text
    for actor in given.analysis.actors:
        hidden = words_of(actor.anonymity.why, text) if actor.anonymity else None
        yield (
            *(given.analysis.article.id, actor.id, actor.name, actor.kind, actor.named, list(actor.names)),
            *(actor.owner, actor.seen, list(actor.members), hidden),
            [listing.table for listing in actor.listings],
            list(actor.reasons),
            *_word(given, actor.id),
        )


def _times(given: Kept) -> Iterator[Row]:
    text = given.analysis.article.text
    for time in given.analysis.times:
        when = (time.value, time.earliest, time.latest, time.granularity, time.anchor, len(time.readings))
        place = (words_of(time.spans, text), time.spans)
        yield (given.analysis.article.id, time.id, *place, *when, list(time.reasons), *_word(given, time.id))


def _wordings(given: Kept) -> Iterator[Row]:
    text = given.analysis.article.text
    for index, each in enumerate(given.analysis.wordings):
        place = (words_of(each.spans, text), each.spans)
        word = _word(given, f"wording {index}")
        yield (given.analysis.article.id, each.kind, *place, each.voice, each.attribution, list(each.reasons), *word)


def _claims(given: Kept) -> Iterator[Row]:
    text = given.analysis.article.text
    for claim in given.analysis.claims:
        place = (words_of(claim.spans, text), claim.spans)
        details = [f"{each.text} ({each.kind})" for each in claim.quantities]
        word = _word(given, claim.id)
        yield (given.analysis.article.id, claim.id, *place, claim.attribution, details, list(claim.reasons), *word)


def _findings(given: Kept) -> Iterator[Row]:
    text = given.analysis.article.text
    for number, each in enumerate(given.analysis.findings, 1):
        yield (
            *(given.analysis.article.id, number, each.kind, each.severity, each.message),
            *(words_of(each.spans, text), each.spans, list(each.evidence), list(each.about), list(each.years)),
        )


def _gaps(given: Kept) -> Iterator[Row]:
    text = given.analysis.article.text
    for gap in given.analysis.gaps:
        yield (given.analysis.article.id, gap.kind, gap.message, words_of(gap.spans, text), gap.spans)


def _corrections(given: Kept) -> Iterator[Row]:
    for became, corrections in given.corrections.items():
        for each in corrections:
            readings = [None if one is None else json.dumps(one) for one in (each.machine, each.person)]
            word = (each.kind, each.action, each.author, each.moment, became)
            yield (each.article, each.id, *word, *readings, each.note, each.version)


def _word(given: Kept, key: str) -> tuple[str | None, str | None]:
    """Whose word an annotation is."""
    correction = given.standing.get(key)
    return (correction.author, correction.action) if correction else (None, None)


TABLES: dict[str, Table] = {
    "articles": Table(ARTICLES, _articles),
    "attributions": Table(ATTRIBUTIONS, _attributions),
    "chains": Table(CHAINS, _chains),
    "actors": Table(ACTORS, _actors),
    "times": Table(TIMES, _times),
    "wordings": Table(WORDINGS, _wordings),
    "claims": Table(CLAIMS, _claims),
    "findings": Table(FINDINGS, _findings),
    "gaps": Table(GAPS, _gaps),
    "corrections": Table(CORRECTIONS, _corrections),
}
