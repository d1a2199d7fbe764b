"""What a person should read first, and what could not be told.

Each finding is one sentence with the passages that prove it. None says that anything is true or false. They come in
the order of their weight: how sure the evidence is, and how much of the article rests on it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.tokens import Doc

from sayso import words
from sayso.annotating.attribution import rules
from sayso.annotating.overlaps import by_span
from sayso.annotating.quotations import quotations
from sayso.model import (
    Actor,
    Analysis,
    Article,
    Attribution,
    Chain,
    Finding,
    Gap,
    Link,
    Span,
    Spans,
    TimeExpression,
    words_of,
)
from sayso.model.finding import Severity

NAMED = {"person", "organisation", "document"}  # last sources that a reader could look up
SAME_MATTER = 0.3  # share of the lead's content words that a statement must have to be about the main claim
LEAD_SENTENCES = 5  # in which others may speak to the main claim: leads often say 'officials' and name them next
FEWEST_WORDS = 6  # in a sentence that can be a lead; datelines and bylines have fewer
FAR_APART = 2  # days between two dates of publication that a time zone does not explain
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class MainClaim:
    """What the article is about, in its first sentences, and the statements about the same matter."""

    spans: Spans
    chains: tuple[Chain, ...]
    about: tuple[str, ...]


def find(doc: Doc, analysis: Analysis) -> tuple[Finding, ...]:
    """The findings of an analysis that has everything but them: what the main claim rests on, then by severity."""
    found = [
        *_nobody(analysis),
        *_weekdays(analysis.article, analysis.times),
        *_candidate_dates(analysis.article),
        *_own_statements(analysis),
        *_own_words(analysis),
    ]
    return (*_main_claim(doc, analysis), *sorted(found, key=lambda f: SEVERITIES.index(f.severity)))


# --- what the main claim rests on ------------------------------------------------------------------------------------


def _main_claim(doc: Doc, analysis: Analysis) -> Iterator[Finding]:
    main = main_claim(doc, analysis)
    if main is None:
        return
    clear = [chain for chain in main.chains if chain.confidence != "unclear"]
    last = [x for x in _distinct([c.links[-1] for c in clear]) if x.actor and not _passes_on(x, analysis.actors)]
    text = analysis.article.text
    named = [link.name for link in last if _can_be_asked(link, text)]
    unnamed = [link for link in last if not _can_be_asked(link, text)]
    relays = relays_of(clear, analysis.actors)
    through = f", reached through {_and(relays)}" if relays else ""
    spans = main.spans
    severity: Severity = "low"
    missing: tuple[str, ...] = ("no attribution in the first sentences",)
    if named:
        kind, message = "named sources", f"The main claim is attributed to {_and(named)}{through}."
    elif unnamed:
        kind = "unnamed sources only"
        # Where others are quoted by name further on, they may speak to the same matter: not so sure a finding. And
        # "a minister" can be traced sooner than "sources".
        untraceable = any(link.kind == "unnamed" for link in unnamed) and not _any_named(analysis)
        severity = "high" if relays or untraceable else "medium"
        who = _and([f"“{link.name}”" for link in unnamed])
        what = "people" if any(link.kind != "document" for link in unnamed) else "papers"
        message = f"The main claim rests on unnamed {what} only ({who}){through}; no named, first-hand source is given."
        spans = tuple(dict.fromkeys((*spans, *(s for link in unnamed for s in link.spans))))
    elif relays:
        kind, severity = "no first-hand source", "high"
        message = f"The main claim rests on other media alone ({_and(relays)}); no first-hand source is given."
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
        kind, severity = "no source", "low" if _any_named(analysis) else "medium"
        message = "The article opens with a claim for which no source was found."
    evidence = tuple(dict.fromkeys(draw(chain) for chain in main.chains)) or missing
    yield Finding(kind, severity, message, spans, evidence, main.about)


def _unsaid(analysis: Analysis, lead: Span) -> Attribution | None:
    """The first attribution of a sentence in which somebody denies a thing, does not say it, or has yet to say it."""
    unsaid = (a for a in analysis.attributions if a.cue.stance == "denying" or not a.cue.stated)
    return next((a for a in unsaid if a.parent is None and any(s.overlaps(lead) for s in a.cue.spans)), None)


def _speaks(doc: Doc, span: Span) -> bool:
    """Whether something in a sentence looks like speech, so that it would be wrong to say that it has no source."""
    sentence = doc.char_span(span.start, span.end, alignment_mode="expand") or ()
    says = any(t.pos_ == "VERB" and "clause" in rules.verb_frames().get(t.lemma_.lower(), ()) for t in sentence)
    return says or any(t.text in '“”"«»' or t.lower_ == "according" for t in sentence)


def _any_named(analysis: Analysis) -> bool:
    clear = (c.links[-1] for c in analysis.chains if c.confidence != "unclear")
    return any(_can_be_asked(link, analysis.article.text) for link in clear)


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
            named = named or _can_be_asked(chain.links[-1], analysis.article.text)
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


def _can_be_asked(link: Link, text: str) -> bool:
    """Whether a reader could look the source up: it has a name, or is the one institution or office of its kind.

    "The Health Ministry", "the council", "police" and "the prime minister" can be asked; "a monitoring group", "a
    minister" and "a study" cannot.
    """
    told = [word.strip(",.;:()’'").lower() for word in words_of(link.spans, text).split()]
    definite = bool(told) and told[0] not in words.load("sources")["back"]["indefinite"]
    if link.kind == "role":
        return definite and any(word in _offices() or word.removesuffix("s") in _offices() for word in told)
    if link.kind not in NAMED:
        return False
    return (link.kind == "organisation" and definite) or any(letter.isupper() for letter in link.name)


@cache
def _offices() -> frozenset[str]:
    return frozenset(lemma for entry in words.load("sources")["office"] for lemma in entry["lemmas"])


def draw(chain: Chain) -> str:
    """A chain as one line, "A ← B ← C (unnamed)"."""
    return " ← ".join(link.name + (" (unnamed)" if _is_mute(link) else "") for link in chain.links)


def _is_mute(link: Link) -> bool:
    """Whether a link is unnamed and its own words do not already say so."""
    return link.kind == "unnamed" and not re.search(r"\b(?:unnamed|nobody|not found)\b", link.name)


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
    cues = _and(f"“{words_of(a.cue.spans, text)}”" for a in bare)
    count = f"{_number(len(bare))} statements have" if len(bare) > 1 else "One statement has"
    yield Finding(
        "nobody named",
        "medium",
        f"{count} nobody behind them: {cues}." if len(bare) > 1 else f"{count} nobody behind it: {cues}.",
        tuple(s for a in bare for s in a.cue.spans),
        tuple(r for a in bare for r in a.reasons),
        tuple(a.id for a in bare),
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


# --- dates that cannot be right --------------------------------------------------------------------------------------


def _weekdays(article: Article, times: Sequence[TimeExpression]) -> Iterator[Finding]:
    """A weekday beside a date on which it did not fall."""
    for time in times:
        told = words_of(time.spans, article.text).replace("”", "").replace("“", "").replace('"', "")
        said = next((w for w in WEEKDAYS if re.search(rf"\b{w}\b", told)), None)
        if said is None or time.earliest is None or time.earliest != time.latest:
            continue
        day = date.fromisoformat(time.earliest)
        if WEEKDAYS[day.weekday()] == said:
            continue
        fits = [str(y) for y in range(day.year, day.year - 15, -1) if _falls_on(day, y, said)]
        counted = " (the year is taken from the date of publication)" if time.anchor == "published" else ""
        yield Finding(
            "conflicting dates",
            "medium" if time.anchor == "published" else "high",
            f"The text says “{told}”, but {day.day} {day:%B %Y} was a {WEEKDAYS[day.weekday()]}.",
            time.spans,
            (
                f"{day.isoformat()} was a {WEEKDAYS[day.weekday()]}{counted}",
                f"{day.day} {day:%B} was a {said} in {_and(fits)}",
            ),
            (time.id,),
        )


def _falls_on(day: date, year: int, weekday: str) -> bool:
    try:
        return WEEKDAYS[day.replace(year=year).weekday()] == weekday
    except ValueError:  # 29 February
        return False


def _candidate_dates(article: Article) -> Iterator[Finding]:
    """Dates of publication on the page that are too far apart for one article."""
    published = [c for c in article.dates if c.role == "published"]
    days = sorted({c.day for c in published if len(c.day) == 10})
    if len(days) < 2 or (date.fromisoformat(days[-1]) - date.fromisoformat(days[0])).days < FAR_APART:
        return
    listed = tuple(f"{c.day} ({c.origin}: {c.evidence})" for c in published)
    message = f"The page gives dates of publication from {days[0]} to {days[-1]}; {article.published} is used."
    yield Finding("several dates", "medium", message, tuple(s for c in published for s in c.spans), listed)


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


def gaps(analysis: Analysis) -> tuple[Gap, ...]:
    """What Sayso looked for and could not tell, each with its passage."""
    return tuple(_gaps(analysis))


def _gaps(analysis: Analysis) -> Iterator[Gap]:
    article = analysis.article
    if article.outlet is None:
        yield Gap("outlet", "Which outlet published this could not be told from the page.")
    if article.published is None:
        yield Gap("date", "When this was published could not be told; words like “Tuesday” stay unresolved.")
    for mention in analysis.mentions:
        if mention.actor is None:
            yield Gap(
                "back reference",
                f"Who “{words_of(mention.spans, article.text)}” is: {'; '.join(mention.reasons)}.",
                mention.spans,
            )
    for time in analysis.times:
        if time.anchor is None and article.published is not None:
            yield Gap("time", f"When “{words_of(time.spans, article.text)}” is: {'; '.join(time.reasons)}.", time.spans)
    said = by_span(span for a in analysis.attributions for span in (*a.content.spans, *a.cue.spans))
    for quote in quotations(article.text):
        if quote.end - quote.start >= rules.SHORTEST and not said.of(quote):
            yield Gap("quotation", "Who says this could not be told.", (quote,))
    if any(t.anchor == "published" and t.granularity == "day" for t in analysis.times):
        yield Gap(
            "dated events",
            "Whether the dates fit the events that they are told of was not checked: this version has no dated events.",
        )


def _distinct(links: Sequence[Link]) -> list[Link]:
    return list({link.actor or link.name: link for link in reversed(links)}.values())[::-1]


def _number(n: int) -> str:
    """A number as one writes it at the beginning of a sentence."""
    small = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return small[n] if n < len(small) else str(n)


def _and(names: Iterator[str] | Sequence[str]) -> str:
    """
    >>> _and(["SANA", "Sputnik", "RIA"])
    'SANA, Sputnik and RIA'
    """
    listed = list(names)
    return " and ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)
