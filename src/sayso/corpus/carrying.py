"""Which articles of a story carry a claim, and in which sentences.

A claim is any text: a sentence of an article, or what a user typed. A sentence carries it if it has most of its words,
and one of its names or numbers or stands beside one: so another event in the same town is none. A number may have
changed on the way; that is told. Where another text has the sentence reworked, the shared passage leads there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from sayso import words
from sayso.corpus import matching
from sayso.corpus.matching import Claim, Match, limits
from sayso.corpus.vocabulary import Kind, Term, sentences, terms
from sayso.model import Analysis, Span, Spans, merged
from sayso.model.story import Derivation, Entry, Story

SHORT = 2  # sentences of a passage that tells by itself where a claim stands in the other text


@dataclass(frozen=True, slots=True)
class Carrying:
    """Where an article says a claim: the sentences, the words in them that tell it, and what is told otherwise."""

    sentences: Spans
    words: Spans
    notes: tuple[str, ...] = ()


def find(story: Story, claim: str, analyses: Mapping[str, Analysis] | None = None) -> dict[str, Carrying]:
    """The articles that carry a claim, by id. Whom the claim itself gives as its source is no part of it.

    >>> from sayso.model import Article
    >>> text = "HALNA – Twelve people died when the dam above Halna burst. The mayor opened a school in Halna."
    >>> entry = Entry(Article("a", "a", text, "", "", "text/plain"), None, None, None)
    >>> found = find(Story("a", (entry,), ("a",)), "The Halna dam burst, killing 12 people")
    >>> [span.of(text) for span in found["a"].sentences]
    ['HALNA – Twelve people died when the dam above Halna burst.']
    """
    asked = _claim(_core(claim, analyses or {}), story)
    if not asked.terms:
        return {}
    matched = {entry.id: _in_article(asked, entry) for entry in story.entries}
    found = {id_: carrying for id_, carrying in matched.items() if carrying is not None}
    found = _of_one_time(story, found)
    _by_passages(asked, story, found)
    return {entry.id: found[entry.id] for entry in story.entries if entry.id in found}


def _of_one_time(story: Story, found: Mapping[str, Carrying]) -> dict[str, Carrying]:
    """Without those that tell another number at another time: that is another event of the kind in the same town."""
    days = {entry.id: (_number(entry.earliest), _number(entry.latest)) for entry in story.entries}
    exact = [days[id_] for id_, one in found.items() if not one.notes and days[id_][0] is not None]
    apart = int(words.load("origins")["carrying"]["apart"])
    return {
        id_: one
        for id_, one in found.items()
        if not one.notes or not exact or any(_near(days[id_], other, apart) for other in exact)
    }


def _number(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def _near(one: tuple[int | None, int | None], other: tuple[int | None, int | None], days: int) -> bool:
    """Whether two intervals of days can lie within some days of each other; what is open can."""
    starts, ends = (one[0], other[0]), (one[1], other[1])
    return all(
        start is None or end is None or start - end <= days for start, end in zip(starts, reversed(ends), strict=True)
    )


def where(claim: str, entry: Entry, story: Story) -> Spans:
    """The sentences of one article that carry a claim."""
    asked = _claim(_core(claim, {}), story)
    found = _in_article(asked, entry) if asked.terms else None
    return found.sentences if found is not None else ()


# --- the claim ------------------------------------------------------------------------------------------------------


def _core(claim: str, analyses: Mapping[str, Analysis]) -> str:
    """What is claimed, without who is said to say so: by the analysis of an article that has it, else by cues."""
    bare = claim.strip().rstrip(".")
    for id_ in sorted(analyses):
        text = analyses[id_].article.text
        at = text.find(bare) if bare else -1
        if at >= 0 and (found := _said_in(analyses[id_], Span(at, at + len(bare)))):
            return " ".join(span.of(text) for span in found)
    without = _frame().sub(" ", bare)
    return without if sum(1 for _ in terms(without)) >= limits().least else claim


def _said_in(analysis: Analysis, sentence: Span) -> list[Span]:
    """What somebody says in a sentence; nothing, if nobody speaks there, or it is too little to be the claim."""
    spoken = (a for a in analysis.attributions if not a.cue.attitude)
    inside = [a for a in spoken if any(span.overlaps(sentence) for span in a.content.spans)]
    apart = [s for a in inside for s in (*a.source.spans, *a.cue.spans)]
    said = merged(span for a in inside for span in a.content.spans)
    cut = [Span(max(s.start, sentence.start), min(s.end, sentence.end)) for s in said if s.overlaps(sentence)]
    found = [piece for span in cut for piece in _outside(span, apart)]
    count = sum(1 for span in found for _ in terms(span.of(analysis.article.text)))
    return found if count >= limits().least else []


def _outside(span: Span, apart: Iterable[Span]) -> list[Span]:
    """A span without others.

    >>> _outside(Span(0, 10), [Span(3, 5)])
    [Span(start=0, end=3), Span(start=5, end=10)]
    """
    result, start = [], span.start
    for other in merged(other for other in apart if other.overlaps(span)):
        if other.start > start:
            result.append(Span(start, other.start))
        start = max(start, other.end)
    return [*result, Span(start, span.end)] if start < span.end else result


def _claim(text: str, story: Story) -> Claim:
    found = list(terms(text))
    if _in_capitals(text, found):  # a headline, or small letters throughout: the articles tell what is a name
        names = _names(story, {term.form for term in found if term.kind != "number"})
        found = [t if t.kind == "number" else t._replace(kind="name" if t.form in names else "word") for t in found]
    else:
        first = next((t for t in found if t.kind == "word"), None)
        if first is not None and text[first.span.start].isupper() and first.form in _names(story, {first.form}):
            found[found.index(first)] = first._replace(kind="name")
    return Claim.of(found)


def _in_capitals(text: str, found: Sequence[Term]) -> bool:
    long = [t for t in found if t.kind != "number" and t.span.end - t.span.start > 3]
    capital = sum(text[t.span.start].isupper() for t in long)
    return capital == 0 or (len(long) > 3 and capital > 0.7 * len(long))


def _names(story: Story, forms: set[str]) -> set[str]:
    """Which of some words the article that was asked about, or else the others, write as names."""
    texts = sorted(story.entries, key=lambda entry: (entry.id != story.asked, entry.article.text))[:20]
    for entry in texts:
        seen: dict[str, set[Kind]] = {}
        for span in sentences(entry.article.text):
            piece = span.of(entry.article.text)
            inside = list(terms(piece))
            if _in_capitals(piece, inside):
                continue
            for term in inside[1:]:
                if term.form in forms:
                    seen.setdefault(term.form, set()).add(term.kind)
        if seen:
            return {form for form, kinds in seen.items() if kinds == {"name"}}
    return set()


# --- sentences ------------------------------------------------------------------------------------------------------


def _in_article(claim: Claim, entry: Entry) -> Carrying | None:
    text = entry.article.text
    spans = sentences(text)
    likely = [n for n, span in enumerate(spans) if matching.is_likely(claim, span.of(text))]
    found: dict[int, Match] = {}
    for n in likely:
        around = _around(text, spans, n) | _forms(entry.article.title or "")
        limit = limits().strict() if is_headline(entry, spans[n]) else limits()
        if match := matching.match(claim, _span_terms(text, spans[n]), around, limit):
            found[n] = match
    if not found:
        found = dict(_in_pairs(claim, entry, spans, likely))
    return _carrying(spans, found) if found else None


def is_headline(entry: Entry, sentence: Span) -> bool:
    """Whether a sentence is the article's title, which says little and names nobody."""
    if any(sentence.overlaps(span) for span in entry.article.title_spans):
        return True
    return sentence.of(entry.article.text) == (entry.article.title or "").strip()


def _carrying(spans: Spans, found: dict[int, Match]) -> Carrying:
    exact = [match for match in found.values() if not match.notes]
    notes = () if exact else tuple(dict.fromkeys(note for match in found.values() for note in match.notes))
    told = sorted({term.span for match in found.values() for term in match.terms})
    return Carrying(tuple(spans[n] for n in sorted(found)), tuple(told), notes)


def _in_pairs(claim: Claim, entry: Entry, spans: Spans, likely: Sequence[int]) -> Iterator[tuple[int, Match]]:
    """Two sentences that tell a claim together: each says something of it that the other does not."""
    text = entry.article.text
    for n in likely:
        for m in (n - 1, n + 1):
            if not 0 <= m < len(spans) or is_headline(entry, spans[n]) or is_headline(entry, spans[m]):
                continue
            match = matching.match(
                claim, (*_span_terms(text, spans[n]), *_span_terms(text, spans[m])), frozenset(), limits().together()
            )
            if match is None:
                continue
            halves = {k: tuple(t for t in match.terms if spans[k].contains(t.span)) for k in (n, m)}
            forms = [{t.form for t in half} for half in halves.values()]
            if forms[0] - forms[1] and forms[1] - forms[0]:
                yield from ((k, Match(half, match.notes)) for k, half in halves.items())


def _span_terms(text: str, span: Span) -> tuple[Term, ...]:
    return tuple(terms(span.of(text), span.start))


def _around(text: str, spans: Spans, n: int) -> frozenset[str]:
    near = [spans[m] for m in (n - 1, n + 1) if 0 <= m < len(spans)]
    return frozenset().union(*(_forms(span.of(text)) for span in near))


@lru_cache(maxsize=1 << 12)
def _forms(text: str) -> frozenset[str]:
    return frozenset(term.form for term in terms(text))


# --- passages -------------------------------------------------------------------------------------------------------


def _by_passages(claim: Claim, story: Story, found: dict[str, Carrying]) -> None:
    """Adds the articles to whose text a shared passage leads from a sentence that carries the claim."""
    entries = {entry.id: entry for entry in story.entries}
    waiting = True
    while waiting:
        waiting = False
        for derivation in story.derivations:
            for here, there in ((derivation.earlier, derivation.later), (derivation.later, derivation.earlier)):
                if here not in found or there in found or there not in entries:
                    continue
                carrying = _through(claim, derivation, found[here], entries[there], here == derivation.earlier)
                if carrying is not None:
                    found[there] = carrying
                    waiting = True


def _through(claim: Claim, derivation: Derivation, known: Carrying, there: Entry, forwards: bool) -> Carrying | None:
    """Where a passage that a carrier shares has the claim in another article: a short one says by itself where."""
    text = there.article.text
    for passage in derivation.passages:
        own, other = (passage.spans, passage.other_spans) if forwards else (passage.other_spans, passage.spans)
        if not any(a.overlaps(b) for a in own for b in known.words or known.sentences):
            continue
        spans = tuple(s for s in sentences(text) if any(s.overlaps(o) for o in other))
        limit = limits().led(sure=len(spans) <= SHORT)
        none: frozenset[str] = frozenset()
        matches = {n: m for n, s in enumerate(spans) if (m := matching.match(claim, _span_terms(text, s), none, limit))}
        if matches:
            carrying = _carrying(spans, matches)
            return replace(carrying, notes=(*carrying.notes, "a shared passage leads to its sentence"))
    return None


@cache
def _frame() -> re.Pattern[str]:
    known = words.load("origins")["cues"]
    who = known["who"].format(heads="|".join(known["heads"])).replace("?P<who>", "?:")
    return re.compile(known["frame"].format(who=who))
