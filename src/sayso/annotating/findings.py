"""What a person should read first, and what could not be told.

Each finding is one sentence with the passages that prove it. None says that anything is true or false. They come in
the order of their weight: how sure the evidence is, and how much of the article rests on it.
"""

from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc

from sayso.annotating import dating, mainclaim
from sayso.annotating.attribution import rules
from sayso.annotating.mainclaim import counted, listed
from sayso.annotating.overlaps import by_span
from sayso.events.store import Events
from sayso.model import (
    Analysis,
    Finding,
    Gap,
    words_of,
)
from sayso.model.finding import by_severity
from sayso.words.quotations import quotations


def find(doc: Doc, analysis: Analysis, events: Events | None = None) -> tuple[Finding, ...]:
    """The findings of an analysis that has everything but them: what the main claim rests on, then by severity."""
    found = [
        *_nobody(analysis),
        *_unnamed_judges(analysis),
        *dating.findings(analysis.article, analysis.times, events),
        *_own_statements(analysis),
        *_own_words(analysis),
    ]
    return (*mainclaim.find(doc, analysis), *by_severity(found))


# --- statements with nobody behind them ------------------------------------------------------------------------------


def _nobody(analysis: Analysis) -> Iterator[Finding]:
    text = analysis.article.text
    quoted = {a.id for a in analysis.attributions if a.kind == "direct"}  # there it is the speaker who names nobody
    bare = [
        a
        for a in analysis.attributions
        if not a.source.spans
        and a.cue.stated
        and a.parent not in quoted
        and any("passive" in r or "without naming" in r for r in a.reasons)
    ]
    if not bare:
        return
    cues = listed([f"“{words_of(a.cue.spans, text)}”" for a in bare])
    count = f"{_number(len(bare))} statements have" if len(bare) > 1 else "One statement has"
    yield Finding(
        "nobody named",
        "medium",
        f"{count} nobody behind them: {cues}." if len(bare) > 1 else f"{count} nobody behind it: {cues}.",
        tuple(s for a in bare for s in a.cue.spans),
        tuple(r for a in bare for r in a.reasons),
        tuple(a.id for a in bare),
    )


def _unnamed_judges(analysis: Analysis) -> Iterator[Finding]:
    """Unnamed sources that judge somebody instead of telling a fact; newsrooms' own rules keep them for facts."""
    said = {a.id: a for a in analysis.attributions}
    judging = [(actor, actor.anonymity) for actor in analysis.actors if actor.anonymity and actor.anonymity.opinions]
    if not judging:
        return
    opinions = [said[id_] for _, anonymity in judging for id_ in anonymity.opinions]
    who = listed([f"“{actor.name}”" for actor, _ in judging])
    yield Finding(
        "unnamed judgement",
        "low",
        f"{counted(len(opinions), 'statement')} by sources that are not named ({who}) may judge somebody instead of "
        "telling a fact.",
        tuple(s for a in opinions for s in a.content.spans),
        tuple(dict.fromkeys(r for _, anonymity in judging for r in anonymity.reasons)),
        tuple(a.id for a in opinions),
    )


def _own_statements(analysis: Analysis) -> Iterator[Finding]:
    own = [c for c in analysis.claims if c.attribution is None]
    if not own:
        return
    details = [q.text for c in own for q in c.quantities]
    what = f"{_number(len(own))} checkable statements are" if len(own) > 1 else "One checkable statement is"
    yield Finding(
        "own statements",
        "low",
        f"{what} the outlet's own, with no source given; to check: {', '.join(dict.fromkeys(details))}.",
        tuple(s for c in own for s in c.spans),
        tuple(dict.fromkeys(r for c in own for r in c.reasons)),
        tuple(c.id for c in own),
    )


# --- whose words -----------------------------------------------------------------------------------------------------


def _own_words(analysis: Analysis) -> Iterator[Finding]:
    text = analysis.article.text
    own = [w for w in analysis.wordings if w.voice == "outlet"]
    if not own:
        return
    counted = Counter(words_of(w.spans, text).strip("“”\"‘’'«»,. ").lower() for w in own)
    listed = ", ".join(f"“{word}”" + (f" ({n} times)" if n > 1 else "") for word, n in counted.most_common())
    yield Finding(
        "loaded words",
        "low",
        f"In its own voice, the outlet uses words that take a side or keep a distance: {listed}.",
        tuple(s for w in own for s in w.spans),
        tuple(dict.fromkeys(w.reasons[0] for w in own if w.reasons)),
    )


# --- what could not be told ------------------------------------------------------------------------------------------


def gaps(analysis: Analysis, events: Events | None = None) -> tuple[Gap, ...]:
    """What Sayso looked for and could not tell, each with its passage."""
    return tuple(_gaps(analysis, events))


def _gaps(analysis: Analysis, events: Events | None) -> Iterator[Gap]:
    article = analysis.article
    if article.outlet is None:
        yield Gap("outlet", "Which outlet published this could not be told from the page.")
    for mention in analysis.mentions:
        if mention.actor is None:
            yield Gap(
                "back reference",
                f"Who “{words_of(mention.spans, article.text)}” is: {'; '.join(mention.reasons)}.",
                mention.spans,
            )
    said = by_span(span for a in analysis.attributions for span in (*a.content.spans, *a.cue.spans))
    for quote in quotations(article.text):
        if quote.end - quote.start >= rules.SHORTEST and not said.of(quote):
            yield Gap("quotation", "Who says this could not be told.", (quote,))
    yield from dating.gaps(article, analysis.times, events)


def _number(n: int) -> str:
    """A number as one writes it at the beginning of a sentence."""
    small = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return small[n] if n < len(small) else str(n)
