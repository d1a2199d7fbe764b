"""How an attribution takes what it reports, and how much of it stands in quotation marks."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from sayso import words
from sayso.annotating import clauses
from sayso.annotating.attribution import Statement
from sayso.annotating.overlaps import Overlaps
from sayso.model import Span, Spans, covered
from sayso.model.annotations import SpeechKind, Stance

STRONGEST_FIRST: tuple[Stance, ...] = ("denying", "distancing", "endorsing", "hedged")
EFFECTS: dict[Stance, str] = {
    "denying": "says that it is not so",
    "distancing": "keeps it at a distance",
    "endorsing": "takes it for true",
    "hedged": "puts it with caution",
}
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


@cache
def _sources() -> dict[tuple[str, Stance], str]:
    """Where each cue word's stance is taken from: the key of words/cues.toml's table of sources."""
    entries = (entry for group in ("verbs", "nouns", "adverbs") for entry in words.load("cues")[group])
    return {(lemma, entry["stance"]): entry["source"] for entry in entries for lemma in entry["lemmas"]}


def _sides() -> dict[str, Any]:
    """What a cue word must have beside it before it takes a side."""
    found: dict[str, Any] = words.load("cues")["sides"]
    return found


def of(line: Sequence[Token], statement: Statement, *, said: bool) -> tuple[Stance, tuple[str, ...]]:
    """The stance of a cue, and why it is not neutral: "claimed" keeps a distance, "revealed" takes it for true.

    `line` is the word that reports and those it hangs on ("say", "appeared"); `said` is whether the text gives it as
    said. In doubt a cue is neutral: who did not reveal a thing, or only would, takes nothing for true.
    """
    hedge = next(_hedges(line), None)
    if hedge is not None:
        return hedge
    found, why = _by_word(line[0], statement)
    judged = next(_judgments(line, statement.content), None)
    if found != "denying" and judged is not None and said:
        return judged
    if found in {"endorsing", "distancing"} and not said:
        return "neutral", (f"“{line[0].text}” takes no side here: it was not said",)
    return found, why


def _hedges(line: Sequence[Token]) -> Iterator[tuple[Stance, tuple[str, ...]]]:
    """ "May have said", "appeared to say", "is believed to have said": the outlet is not sure that it was said."""
    mood, governors = words.load("cues")["mood"], words.load("cues")["governors"]
    for token in line:
        for child in token.children:
            negated = any(t.dep_ == "neg" for t in token.children)
            able = child.lower_ == "could" and (negated or line[0].lemma_ in mood["ability"])
            if child.dep_ == "aux" and child.lower_ in mood["possible"] and not able:
                yield "hedged", (f"“{child.text}” puts it with caution",)
    for token in line[1:]:
        passive = token.tag_ == "VBN" and clauses.is_passive(token)
        if token.lemma_ in governors["hedged"] or (passive and token.lemma_ in governors["hedged_passive"]):
            yield "hedged", (f"“{token.text}” puts it with caution",)
        elif passive and token.lemma_ in governors["distancing_passive"]:
            yield "distancing", (f"“{token.text}” keeps a distance from its having been said",)


def _judgments(line: Sequence[Token], content: Spans) -> Iterator[tuple[Stance, tuple[str, ...]]]:
    """ "Falsely claimed", "rightly noted", "reportedly said": adverbs by which the outlet judges."""
    judging = words.load("cues")["judging"]
    beside = (t for token in line for t in token.children if t.dep_ == "advmod")
    for adverb in (t for t in beside if not any(start <= t.idx < end for start, end in content)):
        lower = adverb.lower_
        listed = stances().get(lower, frozenset()) if adverb.pos_ == "ADV" else frozenset()
        found = next((s for s in STRONGEST_FIRST if lower in judging.get(s, ()) or s in listed), None)
        if found is not None:
            yield found, (f"the adverb “{adverb.text}” {EFFECTS[found]}",)


def _by_word(core: Token, statement: Statement) -> tuple[Stance, tuple[str, ...]]:
    """What the word lists say of a word, if what stands beside it bears it out."""
    lemma = core.lemma_.lower()
    found = stances().get(lemma, frozenset())
    sided = next((s for s in STRONGEST_FIRST if s in found and s != "hedged"), None)
    if sided is None:
        hedged = "hedged" in found and "neutral" not in found
        return ("hedged", (f"“{core.text}” {EFFECTS['hedged']}",)) if hedged else ("neutral", ())
    if core.pos_ in {"VERB", "AUX"} and (why := _taken_back(core, lemma, sided, statement)):
        return "neutral", (f"“{core.text}” takes no side here: {why}",)
    if core.pos_ in {"NOUN", "PROPN"} and lemma in _sides()["with_clause"] and not _has_clause(core):
        return "neutral", (f"“{core.text}” takes no side here: no clause says what is true",)
    return sided, (f"the word list has “{lemma}” as {sided} ({_sources()[lemma, sided]})",)


def _taken_back(verb: Token, lemma: str, sided: Stance, statement: Statement) -> str:
    """Why a verb that can take a side takes none here, or ""."""
    sides = _sides()
    thing = _object(verb, statement)
    about = thing.lemma_.lower() if thing is not None else ""
    if sided == "endorsing":
        return _not_factive(verb, lemma, about, statement)
    if lemma in sides["truths"] and about:
        return f"“{about}” is taken, not said to be true"
    if lemma in sides["passive_only"] and not clauses.is_passive(verb):
        return "the one who does so is the subject"
    if lemma in sides["turning_down"] and about and about not in sides["assertions"]:
        return f"“{about}” is turned down, not said to be untrue"
    withheld = about in sides["given"] or clauses.child(verb, "dative") is not None
    if sided == "denying" and withheld and not _has_clause(verb):
        return "something is withheld, not said to be untrue"
    return ""


def _not_factive(verb: Token, lemma: str, about: str, statement: Statement) -> str:
    """Why a factive verb does not take what it reports for true, or ""."""
    sides = _sides()
    if lemma in sides["particles"] and not any(t.lower_ in sides["particle"] for t in verb.children):
        return "without its particle it points to something"
    if about and not (lemma in sides["admitting"] and about in sides["admitted"]):
        return f"its object is “{about}”, no clause"
    if _begins(verb.doc, statement) in {"whether", "if"}:
        return "a “whether” leaves open what is true"
    infinitive = clauses.child(verb, "xcomp")
    if infinitive is not None and infinitive.tag_ == "VB":
        return "an infinitive follows, no clause"
    to = any(t.dep_ == "prep" for t in verb.children) and lemma not in sides["owning_up"]
    bare = clauses.is_passive(verb) or to
    return "no clause says what is true" if bare and clauses.child(verb, "ccomp") is None else ""


def _object(verb: Token, statement: Statement) -> Token | None:
    """What a verb has as its object, where no clause is reported; a speaker behind the verb is none ("said Berg")."""
    if _has_clause(verb):
        return None
    things = (t for t in verb.children if t.dep_ in {"dobj", "oprd", "nsubjpass"} and t.tag_ not in {"WP", "WDT"})
    outside = (t for t in things if not any(start <= t.idx < end for start, end in statement.source))
    return next((t for t in outside if not _has_clause(t) or t.lemma_.lower() in _sides()["assertions"]), None)


def _has_clause(token: Token) -> bool:
    """Whether a finite clause hangs on a word: "claimed that", "the claim that"."""
    return any(
        t.dep_ == "ccomp" or (t.dep_ in {"acl", "relcl"} and any(m.dep_ == "mark" for m in t.children))
        for t in token.children
    )


def _begins(doc: Doc, statement: Statement) -> str:
    """The first word of what is reported, in small letters."""
    first = statement.content[0] if statement.content else None
    stretch = doc.char_span(first.start, first.end, alignment_mode="expand") if first is not None else None
    return stretch[0].lower_ if stretch is not None else ""


def speech_kind(content: Spans, quotes: Overlaps[Span]) -> SpeechKind:
    """Direct, indirect or mixed speech, by how much of the content stands in quotation marks."""
    share = covered(content, {q for span in content for q in quotes.of(span)})
    return "direct" if share >= DIRECT else "mixed" if share else "indirect"
