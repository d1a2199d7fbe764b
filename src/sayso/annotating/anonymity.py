"""How a text uses the sources that it does not name: why it does not, and whether they tell facts or judge somebody.

Newsrooms' own rules are the measure of what to look for, not of what is right: unnamed sources are for facts and not
for opinions, and readers are told why somebody is not named (AP, "Anonymous sources"; Reuters Handbook, "Sources").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from sayso import words
from sayso.annotating import clauses, naming
from sayso.annotating.overlaps import Overlaps
from sayso.model import Anonymity, Attribution, Span


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for each actor, by its id."""

    by_actor: dict[str, Anonymity]

    def of(self, actor: str) -> Anonymity | None:
        return self.by_actor.get(actor)


def find(doc: Doc, attributions: Sequence[Attribution]) -> Findings:
    """For every actor what rests on it, with the reasons for not naming it and the opinions among it.

    Only those for actors without a name are of use to anybody; the caller knows which they are.
    """
    reasons = _reasons(doc)
    by_actor: dict[str, list[Attribution]] = {}
    for attribution in attributions:
        if attribution.source.actor:
            by_actor.setdefault(attribution.source.actor, []).append(attribution)
    why = _why(doc, attributions, reasons)
    found: dict[str, Anonymity] = {}
    for actor, own in by_actor.items():
        opinions = [(a, judges) for a in own if (judges := opinion(doc, a))]
        found[actor] = Anonymity(
            tuple(why.get(actor, ())),
            tuple(a.id for a in own),
            tuple(a.id for a, _ in opinions),
            tuple(dict.fromkeys(judges for _, judges in opinions)),
        )
    return Findings(found)


def _reasons(doc: Doc) -> list[Span]:
    """Every place where the text says why, or that, somebody is not named."""
    text = doc.text
    found = []
    for match in naming.reasons().finditer(text):
        token = next(iter(doc.char_span(match.start(), match.end(), alignment_mode="expand") or ()), None)
        if token is not None:
            found.append(Span(match.start(), _end_of_reason(token, match.end())))
    return found


def _end_of_reason(token: Token, end: int) -> int:
    """The end of the clause that goes on with "because …", "so as not to …", "out of fear"."""
    sentence = token.sent
    more = _going_on().match(sentence.text[end - sentence.start_char :]) if end >= sentence.start_char else None
    return end + (more.end() if more else 0)


@cache
def _going_on() -> re.Pattern[str]:
    """Words that begin the clause with the reason."""
    begin = "|".join(words.load("anonymity")["reasons"]["because"])
    return re.compile(rf"[^.;”\"]*?\b(?:{begin})\b[^.;,”\"]*")


def _why(doc: Doc, attributions: Sequence[Attribution], reasons: Sequence[Span]) -> dict[str, list[Span]]:
    """For each actor the reasons in a sentence of which it is the source; the nearest one where there are several."""
    sources = Overlaps((span, a) for a in attributions for span in a.source.spans)
    found: dict[str, list[Span]] = {}
    for reason in reasons:
        here = [a for a in sources.of(_sentence(doc, reason)) if a.source.actor]
        if here:
            nearest = min(here, key=lambda a: abs(a.source.spans[0].start - reason.start))
            found.setdefault(nearest.source.actor or "", []).append(reason)
    return found


def _sentence(doc: Doc, span: Span) -> Span:
    found = doc.char_span(span.start, span.start + 1, alignment_mode="expand")
    return Span(found.sent.start_char, found.sent.end_char) if found is not None else span


def opinion(doc: Doc, attribution: Attribution) -> str:
    """Why a statement is a judgement on somebody and not a fact, in words; "" where nothing shows that.

    Somebody, told of by a name, a pronoun or a noun for people and bodies, is said to be something that only a judge
    can say, to have failed, or to have to do something.
    """
    table = words.load("anonymity")["opinion"]
    for span in attribution.content.spans:
        for token in doc.char_span(span.start, span.end, alignment_mode="expand") or ():
            lemma = token.lemma_.lower()
            if lemma in table["judging"] and _is_about_somebody(token):
                return f"“{token.text}” judges somebody"
            if token.lower_ in table["ought"] and token.dep_ == "aux" and _is_about_somebody(token.head):
                return f"“{token.text}” says what somebody ought to do"
    return ""


def _is_about_somebody(token: Token) -> bool:
    """Whether a word is said of a person or a body: as its predicate, its verb, or beside it."""
    verb = token
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        if verb.dep_ in {"amod", "compound"} and _is_somebody(verb.head):
            return True
        verb = verb.head
    who = clauses.subject(verb)
    objects = [t for t in verb.children if t.dep_ in {"dobj", "pobj"}]
    return any(_is_somebody(t) for t in (who, *objects) if t is not None)


def _is_somebody(token: Token) -> bool:
    person = token.lower_ in {"he", "she", "they", "him", "her", "them"}
    return person or token.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"} or token.lemma_.lower() in _people()


@cache
def _people() -> frozenset[str]:
    kinds = {"role", "organisation", "group", "unnamed"}
    return frozenset(
        lemma for entry in words.load("sources")["kind"] if entry["kind"] in kinds for lemma in entry["lemmas"]
    )
