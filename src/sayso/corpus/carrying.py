"""Which articles of a story carry a claim, and in which sentences.

A claim is any text: a sentence of an article, or what a user typed. A sentence carries it if it has most of its words,
and one of its names or numbers or stands beside one: so another event in the same town is none. A number may have
changed on the way; that is told. Where another text has the sentence reworked, the shared passage leads there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from sayso import words
from sayso.model import Analysis, Span, Spans, merged
from sayso.model.story import Derivation, Entry, Story

SHORT = 2  # sentences of a passage that tells by itself where a claim stands in the other text
Kind = str  # "name", "number" or "word"


@dataclass(frozen=True, slots=True)
class Carrying:
    """Where an article says a claim: the sentences, the words in them that tell it, and what is told otherwise."""

    sentences: Spans
    words: Spans
    notes: tuple[str, ...] = ()


class Term(NamedTuple):
    """A word that tells something: as it is compared, what it is, and where it stands."""

    form: str
    kind: Kind
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim made ready: its terms, and the word that is counted behind each number."""

    terms: tuple[Term, ...]
    counted: dict[str, str]
    known: frozenset[str]
    """The stems and forms by which a sentence is looked at at all."""

    def forms(self, *kinds: Kind) -> frozenset[str]:
        return frozenset(term.form for term in self.terms if term.kind in kinds)


class _Match(NamedTuple):
    terms: tuple[Term, ...]
    notes: tuple[str, ...]


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
    _by_passages(asked, story, found)
    return {entry.id: found[entry.id] for entry in story.entries if entry.id in found}


def sentences(text: str) -> Spans:
    """The sentences of a text: up to a full stop before a capital, or to the end of a line.

    >>> [span.of("Mr. Berg left. He said so.") for span in sentences("Mr. Berg left. He said so.")]
    ['Mr. Berg left.', 'He said so.']
    """
    result, start = [], 0
    for end in (*(match.end() for match in _END.finditer(text) if _ends(text, match)), len(text)):
        piece = text[start:end]
        if stripped := piece.strip():
            begin = start + len(piece) - len(piece.lstrip())
            result.append(Span(begin, begin + len(stripped)))
        start = end
    return tuple(result)


def terms(text: str, start: int = 0) -> Iterator[Term]:
    """The words of a text that tell something. A name is a word in capitals where no sentence begins."""
    opening = True
    for match in _WORD.finditer(text):
        span = Span(start + match.start(), start + match.end())
        word = match[0]
        number = _number(word, text[match.end() : match.end() + 12])
        if number is not None:
            yield Term(number, "number", span)
        elif (form := stem(word)) not in _empty() and len(form) > 1:
            yield Term(form, "name" if word[0].isupper() and not opening else "word", span)
        opening = text[match.end() : match.end() + 1] in ".!?:\n"


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A word without its endings, and one for all that newsrooms put for each other.

    >>> stem("killing"), stem("deaths"), stem("Halna’s"), stem("dams")
    ('die', 'die', 'halna', 'dam')
    """
    small = re.sub(r"['’]s?$", "", word).casefold()
    if small in _stop():
        return small
    return _alike().get(small) or _alike().get(cut := _cut(small), cut)


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
    return without if sum(1 for _ in terms(without)) >= int(_limits()["least"]) else claim


def _said_in(analysis: Analysis, sentence: Span) -> list[Span]:
    """What somebody says in a sentence; nothing, if nobody speaks there, or it is too little to be the claim."""
    spoken = (a for a in analysis.attributions if not a.cue.attitude)
    inside = [a for a in spoken if any(span.overlaps(sentence) for span in a.content.spans)]
    apart = [s for a in inside for s in (*a.source.spans, *a.cue.spans)]
    said = merged(span for a in inside for span in a.content.spans)
    cut = [Span(max(s.start, sentence.start), min(s.end, sentence.end)) for s in said if s.overlaps(sentence)]
    found = [piece for span in cut for piece in without(span, apart)]
    count = sum(1 for span in found for _ in terms(span.of(analysis.article.text)))
    return found if count >= int(_limits()["least"]) else []


def without(span: Span, apart: Iterable[Span]) -> list[Span]:
    """A span without others.

    >>> without(Span(0, 10), [Span(3, 5)])
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
    unique = tuple({(t.form): t for t in reversed(found)}.values())[::-1]
    counted = {t.form: after.form for t, after in pairwise(found) if t.kind == "number" and after.kind == "word"}
    return Claim(unique, counted, frozenset(t.form for t in unique if t.kind != "number"))


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
    likely = [n for n, span in enumerate(spans) if _is_likely(claim, span.of(text))]
    found: dict[int, _Match] = {}
    for n in likely:
        around = _around(text, spans, n) | _forms(entry.article.title or "")
        if match := _match(claim, _span_terms(text, spans[n]), around, _limits()):
            found[n] = match
    if not found:
        found = dict(_in_pairs(claim, text, spans, likely))
    return _carrying(spans, found) if found else None


def _carrying(spans: Spans, found: dict[int, _Match]) -> Carrying:
    exact = [match for match in found.values() if not match.notes]
    notes = () if exact else tuple(dict.fromkeys(note for match in found.values() for note in match.notes))
    told = sorted({term.span for match in found.values() for term in match.terms})
    return Carrying(tuple(spans[n] for n in sorted(found)), tuple(told), notes)


def _in_pairs(claim: Claim, text: str, spans: Spans, likely: Sequence[int]) -> Iterator[tuple[int, _Match]]:
    """Two sentences that tell a claim together."""
    limits = _limits()
    together = _replaced(limits, limits["pair"])
    for n in likely:
        for m in (n - 1, n + 1):
            if not 0 <= m < len(spans):
                continue
            both = (*_span_terms(text, spans[n]), *_span_terms(text, spans[m]))
            if match := _match(claim, both, frozenset(), together):
                for place in (n, m):
                    own = tuple(t for t in match.terms if spans[place].contains(t.span))
                    yield place, _Match(own, match.notes)


def _replaced(limits: dict[str, Any], share: float) -> dict[str, Any]:
    return {**limits, "words": share, "all": share}


def _is_likely(claim: Claim, sentence: str) -> bool:
    """A quick look at whether a sentence can have enough of the claim's words."""
    small = sentence.casefold()
    count = sum(any(form in small for form in _spellings(form)) for form in claim.known)
    return count >= max(1, 0.25 * len(claim.known))


def _match(claim: Claim, found: Sequence[Term], around: frozenset[str], limits: dict[str, Any]) -> _Match | None:
    """The claim's terms in a sentence, if they are enough. A changed number counts half, so does a name beside it."""
    shared = _shared(claim, found, around)
    if not (_enough(claim, shared, limits) or _by_number(claim, shared)):
        return None
    forms = shared.here | {new.form for new in shared.changed.values()}
    notes = tuple(f"it says {new.form} where the claim says {old}" for old, new in sorted(shared.changed.items()))
    return _Match(tuple(t for t in found if t.form in forms), notes)


class _Shared(NamedTuple):
    """What of a claim a sentence has: its forms, numbers that stand for the claim's, names that stand beside it."""

    here: frozenset[str]
    changed: dict[str, Term]
    beside: frozenset[str]

    def count(self, *forms: frozenset[str]) -> int:
        return sum(len(self.here & some) for some in forms)


def _shared(claim: Claim, found: Sequence[Term], around: frozenset[str]) -> _Shared:
    forms = {term.form for term in found}
    here = frozenset(term.form for term in claim.terms if term.form in forms)
    return _Shared(here, dict(_changed(claim, found)), (claim.forms("name") & around) - here)


def _enough(claim: Claim, shared: _Shared, limits: dict[str, Any]) -> bool:
    """Whether a sentence has enough of a claim's ordinary words, of its whole weight, and what tells it from others."""
    ordinary, telling = claim.forms("word"), claim.forms("name", "number")
    weights = {t.form: 1.0 if t.kind == "word" else float(limits["telling"]) for t in claim.terms}
    weight = sum(weights[form] for form in shared.here)
    weight += sum(weights[form] / 2 for form in (*shared.changed, *shared.beside))
    share = shared.count(ordinary) / len(ordinary) if ordinary else 1.0
    needs = [limits["all"]]
    if not telling:
        needs.append(limits["nameless"])
    elif not (shared.count(telling) or shared.changed or shared.beside):
        return False
    if claim.forms("number") and not (shared.count(claim.forms("number")) or shared.changed):
        needs.append(limits["numberless"])
    count = len(shared.here) + len(shared.changed) + len(shared.beside)
    least = max(limits["words"], 0 if telling else limits["nameless"])
    return (
        share >= least
        and weight >= max(needs) * sum(weights.values())
        and count >= min(int(limits["least"]), len(claim.terms))
    )


def _by_number(claim: Claim, shared: _Shared) -> bool:
    """Whether a sentence has a claim's numbers, none of them one that comes by chance, with a name and a word of it."""
    numbers = claim.forms("number")
    rare = [form for form in numbers if float(form) > int(_limits()["chance"]) and not 1900 <= float(form) <= 2100]
    named = shared.count(claim.forms("name")) or shared.beside
    return bool(rare and numbers <= shared.here and named and shared.count(claim.forms("word")))


def _changed(claim: Claim, found: Sequence[Term]) -> Iterator[tuple[str, Term]]:
    """The claim's numbers that a sentence has otherwise: another one stands before what is counted, or there is one."""
    numbers = [t for t in found if t.kind == "number"]
    here = {t.form for t in numbers}
    asked = claim.forms("number")
    others = [t for t in numbers if t.form not in asked]
    for old in sorted(asked - here):
        unit = claim.counted.get(old)
        beside = [t for t in others if unit and _counts(t, unit, found)]
        if beside:
            yield old, beside[0]
        elif unit is None and len(asked) == len(others) == 1:
            yield old, others[0]


def _counts(number: Term, unit: str, found: Sequence[Term]) -> bool:
    place = found.index(number)
    return any(t.form == unit for t in found[place + 1 : place + 3])


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
        limits = _limits() if len(spans) > SHORT else _relaxed()
        around = claim.forms("name")  # the passage stands for the gate
        matches = {n: m for n, s in enumerate(spans) if (m := _match(claim, _span_terms(text, s), around, limits))}
        if matches:
            carrying = _carrying(spans, matches)
            return replace(carrying, notes=(*carrying.notes, "a shared passage leads to its sentence"))
    return None


def _relaxed() -> dict[str, Any]:
    share = _limits()["passage"]
    return {**_limits(), "words": 0.0, "all": share, "numberless": share, "nameless": share, "least": 1}


# --- words ----------------------------------------------------------------------------------------------------------

_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+(?:['’][^\W\d_]+)*")
_END = re.compile(r"[.!?…][\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9À-Þ])|\n+")
_LARGE = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence: not behind "Mr" or an initial."""
    if match[0][0] != ".":
        return True
    before = re.search(r"(\w*)\Z", text[max(0, match.start() - 12) : match.start()])
    word = before[1] if before else ""
    return (len(word) > 1 or word.isdigit()) and word.casefold() not in _titles()


def _number(word: str, behind: str) -> str | None:
    """A number as it is compared, or None: "1,200" and "1200", "twelve" and "12" are one."""
    if word[0].isdecimal():
        digits = word.replace(",", "")
        value = float(digits) if digits.count(".") < 2 else None
    else:
        value = _spelt().get(word.casefold())
    if value is None:
        return None
    following = re.match(r"[\s-]+(\w+)", behind)
    if following and (large := _LARGE.get(following[1].casefold())) and value != large:
        value *= large
    return f"{value:g}" if value < 1e6 else f"{value:.0f}"


def _cut(word: str) -> str:
    for ending, left in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us")):
            bare = word[: -len(ending)] + left
            doubled = ending in ("ing", "ed") and bare[-1:] == bare[-2:-1] and bare[-1] not in "lsz"
            return bare[:-1] if doubled else bare.removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


@cache
def _frame() -> re.Pattern[str]:
    known = words.load("origins")["cues"]
    who = known["who"].format(heads="|".join(known["heads"])).replace("?P<who>", "?:")
    return re.compile(known["frame"].format(who=who))


@cache
def _limits() -> dict[str, Any]:
    limits: dict[str, Any] = words.load("origins")["carrying"]
    return limits


@cache
def _alike() -> dict[str, str]:
    """The stem for each word that has others in its place."""
    families = words.load("origins")["alike"].items()
    return {form: first for first, others in families for word in (first, *others) for form in (word, _cut(word))}


@cache
def _spellings(form: str) -> tuple[str, ...]:
    """By what a word with a stem begins."""
    return (form, *(word for word, first in _alike().items() if first == form))


@cache
def _stop() -> frozenset[str]:
    return frozenset(word for listed in words.load("events")["stop"].values() for word in listed.split())


@cache
def _empty() -> frozenset[str]:
    own = words.load("origins")["empty"]["words"]
    return _stop() | {form for word in own for form in (word, _cut(word))}


@cache
def _titles() -> frozenset[str]:
    return frozenset(words.load("events")["stop"]["titles"].split())


@cache
def _spelt() -> dict[str, float]:
    numbers = words.load("times")["words"]["numword"]
    return {word: float(value) for word, value in numbers.items() if word not in ("one", *_LARGE)}
