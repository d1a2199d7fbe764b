"""How an attribution takes what it reports, and how much of it stands in quotation marks."""

from functools import cache

from spacy.tokens import Doc

from sayso import words
from sayso.annotating.attribution import Statement
from sayso.annotating.overlaps import Overlaps
from sayso.model import Span, Spans, covered
from sayso.model.annotations import SpeechKind, Stance

STRONGEST_FIRST: tuple[Stance, ...] = ("denying", "distancing", "endorsing", "hedged")
DIRECT = 0.9  # share of the content in quotation marks from which on speech is direct


@cache
def stances() -> dict[str, frozenset[Stance]]:
    """The stances that words/cues.toml gives each cue word."""
    table: dict[str, set[Stance]] = {}
    for group in ("verbs", "nouns", "adverbs"):
        for entry in words.load("cues")[group]:
            for lemma in entry["lemmas"]:
                table.setdefault(lemma, set()).add(entry["stance"])
    return {lemma: frozenset(found) for lemma, found in table.items()}


def of(doc: Doc, statement: Statement) -> Stance:
    """The stance of a statement's cue: "claimed" keeps a distance, "revealed" takes it for true.

    A word with several readings keeps its neutral one; a modal before it ("may have said") hedges it.
    """
    if statement.head < 0:
        return "neutral"
    cue = doc[statement.head]
    context = words.load("cues")["context"]
    if any(t.dep_ == "aux" and t.lower_ in context["modal_hedges"] for t in cue.children):
        return "hedged"
    found = stances().get(cue.lemma_.lower(), frozenset())
    if "neutral" in found and not found & {"denying", "distancing", "endorsing"}:
        return "neutral"
    return next((s for s in STRONGEST_FIRST if s in found), "neutral")


def speech_kind(content: Spans, quotes: Overlaps[Span]) -> SpeechKind:
    """Direct, indirect or mixed speech, by how much of the content stands in quotation marks."""
    share = covered(content, {q for span in content for q in quotes.of(span)})
    return "direct" if share >= DIRECT else "mixed" if share else "indirect"
