"""What the main claim rests on: its last sources, named and unnamed, and through whom it came.

None of it says that anything is true or false.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from sayso.annotating import clauses, kinds, names
from sayso.annotating.attribution import rules
from sayso.annotating.chains import draw
from sayso.model import Actor, Analysis, Attribution, Chain, Finding, Link, Span, Spans, words_of
from sayso.model.finding import Severity

SAME_MATTER = 0.3  # share of the lead's content words that a statement must have to be about the main claim
LEAD_SENTENCES = 5  # in which others may speak to the main claim: leads often say 'officials' and name them next
FEWEST_WORDS = 6  # in a sentence that can be a lead; datelines and bylines have fewer


@dataclass(frozen=True, slots=True)
class MainClaim:
    """What the article is about, in its first sentences, and the statements about the same matter."""

    spans: Spans
    chains: tuple[Chain, ...]
    about: tuple[str, ...]


def find(doc: Doc, analysis: Analysis) -> Iterator[Finding]:
    """What the main claim rests on, and whether one of its sources looks like several."""
    main = main_claim(doc, analysis)
    if main is None:
        return
    yield _rests_on(doc, analysis, main)
    yield from _one_looks_like_several(analysis, main)


def _rests_on(doc: Doc, analysis: Analysis, main: MainClaim) -> Finding:
    clear = [chain for chain in main.chains if chain.confidence != "unclear"]
    last = [x for x in _distinct([c.links[-1] for c in clear]) if x.actor and not _passes_on(x, analysis.actors)]
    text = analysis.article.text
    known = {actor.id for actor in analysis.actors if actor.named}
    named = [link.name for link in last if link.actor in known]
    unnamed = [link for link in last if link.actor not in known]
    relays = relays_of(clear, analysis.actors)
    through = f", reached through {listed(relays)}" if relays else ""
    spans = main.spans
    severity: Severity = "low"
    missing: tuple[str, ...] = ("no attribution in the first sentences",)
    who = listed([f"“{link.name}”" for link in unnamed])
    if named:
        kind = "named sources"
        besides = f", and to {counted(len(unnamed), 'unnamed source')} ({who})" if unnamed else ""
        how_many = counted(len(named), "named source")
        message = f"The main claim is attributed to {how_many} ({listed(named)}){besides}{through}."
    elif unnamed:
        kind = "unnamed sources only"
        # Where others are quoted by name further on, they may speak to the same matter: not so sure a finding. And
        # "a minister" can be traced sooner than "sources".
        untraceable = any(link.kind == "unnamed" for link in unnamed) and not any_named(analysis)
        severity = "high" if relays or untraceable else "medium"
        what = "people" if any(link.kind != "document" for link in unnamed) else "papers"
        count = f"{len(unnamed)}: " if len(unnamed) > 1 else ""
        rests = f"The main claim rests on unnamed {what} only ({count}{who}){through}"
        message = f"{rests}; no named, first-hand source is given."
        spans = tuple(dict.fromkeys((*spans, *(s for link in unnamed for s in link.spans))))
    elif relays:
        kind, severity = "no first-hand source", "high"
        message = f"The main claim rests on other media alone ({listed(relays)}); no first-hand source is given."
    elif main.chains:
        kind, message = "source unclear", "On whose word the main claim rests could not be told for certain."
    elif (unsaid := _unsaid(analysis, spans[0])) is not None:
        cue = words_of(unsaid.cue.spans, text)
        what = "that somebody denies" if unsaid.cue.stated else "that is not, or not yet, said"
        kind, message = "not said", f"The article opens with something {what} (“{cue}”)."
        missing = unsaid.cue.reasons or missing
    elif _speaks(doc, spans[0]):
        kind, message = "source unclear", "The article opens with somebody's words; whose they are could not be told."
    else:
        kind, severity = "no source", "low" if any_named(analysis) else "medium"
        message = "The article opens with a claim for which no source was found."
    evidence = tuple(dict.fromkeys(draw(chain) for chain in main.chains)) or missing
    return Finding(kind, severity, message, spans, evidence, main.about)


def _one_looks_like_several(analysis: Analysis, main: MainClaim) -> Iterator[Finding]:
    """A source of the main claim that is called so differently that a reader may count it twice.

    Not people who are named: "the minister" and "Berg" are how everybody writes.
    """
    text = analysis.article.text
    used = {link.actor: link for chain in main.chains for link in chain.links[1:] if link.actor}
    for actor in analysis.actors:
        if actor.id not in used or actor.kind == "person" or actor.members:
            continue
        places = [m for m in analysis.mentions if m.actor == actor.id and words_of(m.spans, text)[:1].isalpha()]
        called = {_content(words_of(m.spans, text)): m for m in reversed(places) if m.kind != "alias"}
        told = [m for words_, m in sorted(called.items(), key=lambda item: item[1].spans) if words_]
        apart = [m for m in told if not any(_are_alike(m.spans, other.spans, text) for other in told if other is not m)]
        if len(apart) < 2:
            continue
        written = [f"“{words_of(m.spans, text)}”" for m in apart]
        yield Finding(
            "one source, several names",
            "low",
            f"What looks like {counted(len(apart), 'source')} is one: {listed(written)} stand for {actor.name}.",
            tuple(s for m in apart for s in m.spans),
            tuple(dict.fromkeys(r for m in apart for r in m.reasons)),
            (actor.id,),
        )


def _content(phrase: str) -> frozenset[str]:
    """The words of a phrase that tell of somebody: no pronouns, articles and numbers."""
    told = re.findall(r"[\w-]+", clauses.without_article(phrase).lower())
    empty = kinds.empty_words()
    return frozenset(word for word in told if word not in empty)


def _are_alike(one: Spans, other: Spans, text: str) -> bool:
    """Whether two ways of naming share a word, or one is the other's acronym."""
    first, second = words_of(one, text), words_of(other, text)
    short, long = sorted((clauses.without_article(first), clauses.without_article(second)), key=len)
    return bool(_content(first) & _content(second)) or names.is_acronym(short, long)


def _unsaid(analysis: Analysis, lead: Span) -> Attribution | None:
    """The first attribution of a sentence in which somebody denies a thing, does not say it, or has yet to say it."""
    unsaid = (a for a in analysis.attributions if a.cue.stance == "denying" or not a.cue.stated)
    return next((a for a in unsaid if a.parent is None and any(s.overlaps(lead) for s in a.cue.spans)), None)


def _speaks(doc: Doc, span: Span) -> bool:
    """Whether something in a sentence looks like speech, so that it would be wrong to say that it has no source."""
    sentence = doc.char_span(span.start, span.end, alignment_mode="expand") or ()
    says = any(t.pos_ == "VERB" and "clause" in rules.verb_frames().get(t.lemma_.lower(), ()) for t in sentence)
    return says or any(t.text in '“”"«»' or t.lower_ == "according" for t in sentence)


def main_claim(doc: Doc, analysis: Analysis) -> MainClaim | None:
    """The article's first statement with the chains that carry it, or None for a text without sentences.

    A report opens with its main claim and then carries it on from the same source, statement by statement; the
    first statement from somebody else ends the run, unless it stands in the next sentences, is about the same matter,
    and nobody was named before it: a lead says "officials", and who they are comes next. Whoever speaks after a denial,
    or beside a named source, may well be against the claim.
    """
    title_end = max((s.end for s in analysis.article.title_spans), default=0)
    leads = [s for s in doc.sents if s.start_char >= title_end and sum(t.is_alpha for t in s) >= FEWEST_WORDS]
    if not leads:
        return None
    lead = Span(leads[0].start_char, leads[0].start_char + len(leads[0].text.rstrip()))
    end_of_leads = leads[:LEAD_SENTENCES][-1].end_char
    statements = {a.id: a for a in analysis.attributions}
    owners = {a.id: a.owner for a in analysis.actors if a.owner}
    known = {a.id for a in analysis.actors if a.named}
    matter = _content_words(doc, (lead,))
    denials = [s.start for a in analysis.attributions if a.cue.stance == "denying" for s in a.cue.spans]
    end_of_leads = min([end_of_leads, *(start for start in denials if start >= lead.end)])
    run: list[Chain] = []
    sources: set[str] = set()
    named = False
    for chain in analysis.chains:
        statement = statements[chain.statement]
        if not statement.source.spans:
            continue
        through = {link.actor for link in chain.links[1:] if link.actor}
        through |= {owners[actor] for actor in through if actor in owners}
        start = min(s.start for s in (*statement.content.spans, *statement.source.spans))
        share = _share(_content_words(doc, statement.content.spans), matter)
        opens = start < lead.end or (not named and start < end_of_leads and share >= SAME_MATTER)
        if opens or through & sources:
            run.append(chain)
            sources |= through
            named = named or chain.links[-1].actor in known
        elif run:
            break
    return MainClaim((lead,), tuple(run), tuple(c.id for c in run))


def _share(found: set[str], of: set[str]) -> float:
    return len(found & of) / max(1, min(len(found), len(of)))


def _content_words(doc: Doc, spans: Spans) -> set[str]:
    return {
        token.lemma_.lower()
        for span in spans
        for token in (doc.char_span(span.start, span.end, alignment_mode="expand") or ())
        if token.pos_ in {"NOUN", "PROPN", "VERB"} and not token.is_stop
    }


def relays_of(chains: Sequence[Chain], actors: Sequence[Actor]) -> list[str]:
    """The outlets between the publishing one and the last source, also as owners of the reports on the way."""
    by_id = {actor.id: actor for actor in actors}
    seen: dict[str, None] = {}
    for chain in chains:
        for link in chain.links[1:]:
            actor = by_id.get(link.actor or "")
            actor = by_id[actor.owner] if actor is not None and actor.owner else actor
            if actor is not None and actor.kind == "outlet":
                seen[actor.name] = None
    return list(seen)


def _passes_on(link: Link, actors: Sequence[Actor]) -> bool:
    """Whether a last source is itself an outlet or an outlet's report: it passes on and is nobody's first hand."""
    actor = next((a for a in actors if a.id == link.actor), None)
    owner = next((a for a in actors if actor is not None and a.id == actor.owner), None)
    return link.kind == "outlet" or (owner is not None and owner.kind == "outlet")


def any_named(analysis: Analysis) -> bool:
    """Whether any statement of the article is certainly or likely that of somebody who can be asked."""
    known = {actor.id for actor in analysis.actors if actor.named and actor.kind != "outlet"}
    return any(c.links[-1].actor in known for c in analysis.chains if c.confidence != "unclear")


def _distinct(links: Sequence[Link]) -> list[Link]:
    return list({link.actor or link.name: link for link in reversed(links)}.values())[::-1]


def counted(n: int, thing: str) -> str:
    """
    >>> counted(1, "named source"), counted(2, "named source")
    ('1 named source', '2 named sources')
    """
    return f"{n} {thing}{'' if n == 1 else 's'}"


def listed(things: Sequence[str]) -> str:
    """
    >>> listed(["SANA", "Sputnik", "RIA"])
    'SANA, Sputnik and RIA'
    """
    return " and ".join([", ".join(things[:-1]), things[-1]]) if len(things) > 1 else "".join(things)
