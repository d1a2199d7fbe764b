"""What speaks for one article having its text from another: each kind of evidence, with a sentence that can be checked.

A hint speaks for a direction (above 0: the second has it from the first, and as much against the other way), for the
later from the earlier or the earlier from the later alone, for copying whichever way, for a common source, or for
nothing that can be told. How much each kind weighs stands in words/derivation.toml.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from sayso import words
from sayso.corpus import citing
from sayso.corpus.around import Context, Shared
from sayso.corpus.moments import When, when
from sayso.model.span import Span, Spans
from sayso.model.story import Citation, Entry, Passage
from sayso.words import outlets, tables

Toward = Literal["direction", "later", "earlier", "copying", "common", "unknown"]
MANY = 100  # shared words outside of quotation marks, from which more tell no more
LONG = 40  # … in a row and word for word
FEW = 40  # … below which it can be chance or a set phrase
EDGE = 250  # code points at either end of a text, in which outlets put what they say below every report
WHOLE = 0.9  # the share of a text that is taken for all of it
WEEKS = 21  # days from which one date may be wrong, or the text was printed again
LEFT_OUT = 0.08  # the share of the other text that a cut has left out at least
NEARLY = 0.97  # the share of what two have in common that a third must have to be where both can have it from
MARGIN = 0.1  # the share of what is in common, by which one article is plainly nearer than another
SOME = 10  # runs of words, at which half of the weight is reached


class Hint(NamedTuple):
    """One piece of evidence. `value` is between -1 and 1; below 0 it speaks against what it is toward."""

    kind: str
    toward: Toward
    value: float
    reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, the one that seems older first, with what they share. Passages count in the first, then the second.

    `shares` are the shares of the first's and of the second's words that stand in the other.
    """

    first: Entry
    second: Entry
    passages: tuple[Passage, ...]
    citations: tuple[Citation, ...]
    context: Context
    shares: tuple[float, float]
    own: tuple[Citation, ...] = ()
    """Those of the citations that are of one of the two."""

    @property
    def names(self) -> tuple[str, str]:
        """How the two are called in a sentence."""
        one, other = called(self.first), called(self.second)
        return (one, other) if one != other else (f"{one} ({self.first.id})", f"{other} ({self.second.id})")

    @property
    def same_house(self) -> bool:
        """Whether one outlet published both."""
        house = citing.house(self.first.article)
        return bool(house) and house == citing.house(self.second.article)


def hints(pair: Pair) -> list[Hint]:
    """All evidence on two articles."""
    of_texts = (_extent, _edges, _cut, _edits, _names_left, _quotations)
    sources = (_dates, _citations, _agency, _credits, *of_texts, _around, _house)
    return [hint for source in sources for hint in source(pair)]


def called(entry: Entry) -> str:
    """How an article is called in a sentence: by its outlet, else by its input."""
    return entry.article.outlet or entry.article.input or entry.id


# --- when ------------------------------------------------------------------------------------------------------------


def _dates(pair: Pair) -> Iterator[Hint]:
    """The older one cannot have it from the younger, if both dates are right."""
    one, other = when(pair.first), when(pair.second)
    older, younger = pair.names
    told = f"{older} is dated {one.told}, {younger} {other.told}"
    days = one.days_before(other)
    if (hours := one.hours_before(other)) is not None and 0 < hours < 24:
        yield Hint("hours apart", "direction", min(1.0, hours / 6), told)
    elif days == 1:
        yield Hint("a day apart", "direction", 1.0, told)
    elif days is not None and days > 1:
        yield Hint("days apart" if days <= WEEKS else "weeks apart", "direction", 1.0, told)
    elif _seen_before(one, other):
        yield Hint("seen before", "direction", 1.0, f"{older} was there by {one.last}, {younger} is dated {other.told}")


def _seen_before(one: When, other: When) -> bool:
    return one.first is None and one.last is not None and other.first is not None and one.last < other.first


# --- whom they name --------------------------------------------------------------------------------------------------


def _citations(pair: Pair) -> Iterator[Hint]:
    """One names the other's outlet as where it has it from."""
    ways = ((pair.second, pair.first, 1.0), (pair.first, pair.second, -1.0))
    found = {(by.id, c.kind): (sign, c) for by, of, sign in ways for c in pair.own if names(c, by, of)}
    for kind in ("credit line", "named as source", "address", "named"):
        there = [told for (_, what), told in found.items() if what == kind]
        value = sum(sign for sign, _ in there)
        if len(there) == 2:
            yield Hint(kind, "direction", 0.0, f"{pair.names[0]} and {pair.names[1]} name each other")
        for sign, citation in there if value else ():
            by, of = (pair.names[1], pair.names[0]) if sign > 0 else pair.names
            yield Hint(kind, "direction", sign, f"{by} gives {of} as a source: {'; '.join(citation.reasons)}")


def names(citation: Citation, by: Entry, of: Entry) -> bool:
    """Whether a citation is one's of the other's outlet; also where the dates say otherwise, which may be wrong."""
    return citation.by == by.id and (of.id in citation.of or tables.key(citation.outlet) == citing.house(of.article))


def _agency(pair: Pair) -> Iterator[Hint]:
    """Agencies write for others, and seldom copy them."""
    kinds = [_is_agency(entry, pair) for entry in (pair.first, pair.second)]
    if kinds[0] != kinds[1]:
        name = pair.names[0] if kinds[0] else pair.names[1]
        yield Hint("agency", "direction", 1.0 if kinds[0] else -1.0, f"{name} is a news agency, the other is not")


def _is_agency(entry: Entry, pair: Pair) -> bool:
    """By the table, or by the credit lines of others in the story."""
    known = outlets.named(entry.article.outlet or "")
    if known is not None:
        return known.kind == "agency"
    house, own = citing.house(entry.article), (pair.first.id, pair.second.id)
    return any(
        (entry.id in line.of or tables.key(line.outlet) == house) and "dateline" in "".join(line.reasons)
        for line in pair.citations
        if line.kind == "credit line" and line.by not in own
    )


def _credits(pair: Pair) -> Iterator[Hint]:
    """A third that both name, or that only one of them names."""
    one, other = (_named(pair, entry) for entry in (pair.first, pair.second))
    both = [(one[key], other[key]) for key in one if key in other]
    if both:
        credited = next((two for two in both if all(c.kind == "credit line" for c in two)), None)
        kind = "both credit" if credited else "both name"
        name = (credited or both[0])[0].outlet
        yield Hint(kind, "common", 1.0, f"{pair.names[0]} and {pair.names[1]} both give {name} as a source")
        return
    for mine, theirs, sign in ((one, other, 1.0), (other, one, -1.0)):
        credit = next((c for c in mine.values() if c.kind == "credit line"), None)
        if credit:
            has, lacks = pair.names if sign > 0 else pair.names[::-1]
            told = f"{has} credits {credit.outlet}, which {lacks} does not name"
            yield Hint("credits another", "earlier" if sign > 0 else "later", -1.0, told)
        if credit and not theirs:
            has, lacks = pair.names if sign > 0 else pair.names[::-1]
            told = f"{has} credits {credit.outlet}, {lacks} has the text without any credit"
            yield Hint("credit dropped", "direction", sign, told)


def _named(pair: Pair, entry: Entry) -> dict[str, Citation]:
    """Whom an article gives as a source, but for the other of the two; by the outlet's key."""
    houses = {citing.house(pair.first.article), citing.house(pair.second.article)}
    found = [c for c in pair.own if c.by == entry.id and c.kind != "named"]
    return {key: c for c in reversed(found) if (key := tables.key(c.outlet)) not in houses}


# --- what they share -------------------------------------------------------------------------------------------------


def _extent(pair: Pair) -> Iterator[Hint]:
    """Much the same text outside of quotation marks comes from copying; little may come from anything."""
    free = [passage for passage in pair.passages if not (passage.quoted and passage.other_quoted)]
    count = sum(passage.words for passage in free)
    longest = max((passage.words for passage in free if passage.kind == "verbatim"), default=0)
    if count:
        told = f"they share {count} words outside of quotation marks"
        yield Hint("much shared", "copying", min(1.0, count / MANY), told)
    if longest:
        told = f"{longest} words in a row stand in both outside of quotation marks"
        yield Hint("long shared", "copying", min(1.0, longest / LONG), told)
    if count < FEW:
        yield Hint("little shared", "unknown", 1 - count / FEW, f"they share only {count} words outside of quotations")


def _edges(pair: Pair) -> Iterator[Hint]:
    """What stands first or last in both, and is all that they share, is a site's set phrase rather than a report."""
    texts = len(pair.first.article.text), len(pair.second.article.text)
    at_edge = [
        all(span.end <= EDGE or span.start >= length - EDGE for passage in pair.passages for span in spans(passage))
        for length, spans in zip(texts, (_here, _there), strict=True)
    ]
    if pair.passages and all(at_edge):
        yield Hint("at the edges", "unknown", 1.0, "all that they share stands at the beginning or the end of both")


def _quotations(pair: Pair) -> Iterator[Hint]:
    """What two share only in quotation marks, both can have from whoever said it."""
    total = sum(passage.words for passage in pair.passages)
    quoted = sum(passage.words for passage in pair.passages if passage.quoted and passage.other_quoted)
    if total and quoted == total:
        yield Hint("only quotations", "common", 1.0, "all that they share stands in quotation marks in both")
    elif quoted:
        told = f"{quoted} of the {total} shared words stand in quotation marks in both"
        yield Hint("quotations", "common", quoted / total, told)


def _cut(pair: Pair) -> Iterator[Hint]:
    """A text that stands more wholly in the other than the other in it: cut from it, or taken over and added to."""
    one, other = pair.shares
    told = f"{other:.0%} of {pair.names[1]} stands in {pair.names[0]}, {one:.0%} the other way round"
    yield Hint("stands in it", "direction", other - one, told)
    ways = (
        (pair.first, pair.names, _here, other, one, 1.0),
        (pair.second, pair.names[::-1], _there, one, other, -1.0),
    )
    for whole, (longer, shorter), spans, inside, left, sign in ways:
        if inside >= WHOLE and left <= 1 - LEFT_OUT and _begins(whole, [s for p in pair.passages for s in spans(p)]):
            yield Hint("beginning of it", "direction", sign, f"{shorter} is the beginning of {longer}, which goes on")


def _begins(whole: Entry, spans: Spans | list[Span]) -> bool:
    """Whether what was taken from a text is its beginning."""
    found = merged(spans)
    return bool(found) and share(found, whole.article.text[: found[-1].end]) >= WHOLE


def _edits(pair: Pair) -> Iterator[Hint]:
    """Edits that go one way: hedges are dropped, and who was told it."""
    texts = (pair.first.article.text, pair.second.article.text)
    inside = [
        " ".join(span.of(text) for passage in pair.passages for span in spans(passage))
        for text, spans in zip(texts, (_here, _there), strict=True)
    ]
    one, other = (len(_hedges().findall(text)) for text in inside)
    if one != other:
        more, fewer = pair.names if one > other else pair.names[::-1]
        told = f"in what they share, {more} has {max(one, other)} words of caution, {fewer} {min(one, other)}"
        yield Hint("caution dropped", "direction", max(-1.0, min(1.0, (one - other) / 2)), told)
    own = [_own_words(entry, text) for entry, text in zip((pair.first, pair.second), inside, strict=True)]
    if bool(own[0]) != bool(own[1]):
        name, sign = (pair.names[0], 1.0) if own[0] else (pair.names[1], -1.0)
        told = f"in what they share, {name} says that it was told or saw itself: “{own[0] or own[1]}”"
        yield Hint("own report", "direction", sign, told)


def _here(passage: Passage) -> Spans:
    return passage.spans


def _there(passage: Passage) -> Spans:
    return passage.other_spans


@cache
def _hedges() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.load('derivation')['caution']['words'])})\b", re.IGNORECASE)


def _own_words(entry: Entry, text: str) -> str:
    """The words by which a text says that its own outlet was told or saw what it reports."""
    name = entry.article.outlet
    if not name:
        return ""
    found = _own(re.sub(r"^[Tt]he ", "", name)).search(text)
    return found[0] if found else ""


@lru_cache(maxsize=256)
def _own(name: str) -> re.Pattern[str]:
    phrases = "|".join(words.load("derivation")["own"]["phrases"])
    return re.compile(rf"\b(?:{phrases}) (?:the |The )?{re.escape(name)}\b")


def _names_left(pair: Pair) -> Iterator[Hint]:
    """The name of the outlet that had it first, left standing in what was taken over."""
    for entry, spans, sign in ((pair.first, _there, 1.0), (pair.second, _here, -1.0)):
        by = pair.second if sign > 0 else pair.first
        text = " ".join(span.of(by.article.text) for passage in pair.passages for span in spans(passage))
        name = re.sub(r"^[Tt]he ", "", entry.article.outlet or "")
        if name and not pair.same_house and (found := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)):
            holds, held = pair.names[::-1] if sign > 0 else pair.names
            told = f"the name {found[0]} stands in what {holds} shares with {held}"
            yield Hint("name left over", "direction", sign, told)


# --- the story around them -------------------------------------------------------------------------------------------


def _around(pair: Pair) -> Iterator[Hint]:
    """What others of the story share with the two."""
    shared = pair.context.shared(pair.first, pair.second)
    if shared is None or not shared.both:
        return
    yield from _third(pair, shared)
    yield from _nearer(pair, shared)
    yield from _nearest(pair, shared)
    for runs, (holds, held), sign in (
        (shared.one_house, pair.names[::-1], 1.0),
        (shared.other_house, pair.names, -1.0),
    ):
        if runs:
            told = f"{holds} has words that stand in other articles of {held} as well, and in no others"
            yield Hint("house text", "direction", sign * runs / (runs + SOME), told)


def _nearer(pair: Pair, shared: Shared) -> Iterator[Hint]:
    """What each shares with others and not with the other of the two: if one was made from the other, it has none."""
    one, other = pair.names
    if shared.alone and shared.thirds:
        told = (
            f"{shared.alone} of the {shared.both} runs of words that they share stand in no other article of the story"
        )
        yield Hint("shared alone", "copying", shared.alone / shared.both, told)
    if shared.one + shared.other:
        least, most = sorted((shared.one, shared.other))
        told = f"{one} shares {shared.one} runs of words with others that {other} lacks, {other} {shared.other}"
        yield Hint("nearer to others", "direction", (shared.one - shared.other) / (most + SOME), told)
        yield Hint("each with others", "common", least / (least + shared.both), told)
        yield Hint("each much with others", "common", least / (least + SOME), told)
        yield Hint("one with others", "copying", (most - least) / (most + SOME), told)
    if shared.other_older:
        told = f"{other} shares {shared.other_older} runs of words with older articles that {one} lacks"
        yield Hint("has it from older", "later", -shared.other_older / (shared.other_older + SOME), told)
        least = min(shared.one_older, shared.other_older)
        told = f"{one} and {other} each share runs of words with older articles that the other of them lacks"
        yield Hint("each with older", "common", least / (least + SOME), told)


def _nearest(pair: Pair, shared: Shared) -> Iterator[Hint]:
    """Of all that one can have it from, is it the other that it shares most with?"""
    ways: tuple[tuple[Toward, tuple[str, str], int, int], ...] = (
        ("later", pair.names[::-1], 1, shared.other),
        ("earlier", pair.names, 0, shared.one),
    )
    for toward, (name, source), place, beyond in ways:
        rivals = [
            (third.other if place else third.one, third)
            for third in shared.thirds
            if (third.before_other if place else third.before_one)
        ]
        most, rival = max(rivals, key=lambda two: two[0], default=(0, None))
        if rival is not None:
            told = f"{name} shares {shared.both} runs of words with {source}, {most} with {called(rival.entry)}"
            yield Hint("nearest", toward, _sharp(shared.both - most, max(most, shared.both)), told)
            yield Hint("near", toward, shared.both / max(most, shared.both) - 1, told)
        if beyond:
            told = f"{name} shares {beyond} runs of words with others that {source} lacks"
            yield Hint("has it from others", toward, -beyond / (beyond + SOME), told)


def _sharp(difference: int, of: int) -> float:
    return max(-1.0, min(1.0, difference / (MARGIN * of)))


def _third(pair: Pair, shared: Shared) -> Iterator[Hint]:
    """Third articles, not younger than both, that have what they share, and more of each."""
    before = [third for third in shared.thirds if third.before_one]
    most = max((third.both for third in before), default=0)
    if before:
        told = f"of the {shared.both} runs of words that they share, no older article has more than {most}"
        yield Hint("beyond any third", "copying", 1 - most / shared.both, told)
    fit = [third for third in before if third.both >= NEARLY * shared.both]
    best = max(fit, key=lambda third: min(third.one, third.other), default=None)
    if best is None:
        return
    more = min(best.one, best.other) - best.both
    name = called(best.entry)
    yield Hint("third has it", "common", 1.0, f"{name} has all that they share, and is not younger")
    if len(fit) > 1:
        told = f"{len(fit)} articles that are not younger have all that they share"
        yield Hint("several have it", "common", 1 - 1 / len(fit), told)
    if more:
        told = f"{name} has {more} more runs of words in common with each of them"
        yield Hint("third has more", "common", more / (more + SOME), told)
    cited = [entry for entry in (pair.first, pair.second) if _cites(pair, entry, best.entry)]
    if len(cited) == 1:
        told = f"{name} has what they share, and {called(cited[0])} gives it as a source"
        yield Hint("third is cited", "common", 1.0, told)
    if _is_agency(best.entry, pair) and not any(_is_agency(one, pair) for one in (pair.first, pair.second)):
        yield Hint("third is an agency", "common", 1.0, f"{name}, a news agency, has what they share")


def _cites(pair: Pair, by: Entry, of: Entry) -> bool:
    return any(names(citation, by, of) for citation in pair.own)


def _house(pair: Pair) -> Iterator[Hint]:
    """What one outlet prints again and again is no derivation."""
    if pair.same_house:
        value = 1 - max(pair.shares)
        yield Hint("same outlet", "unknown", value, f"both are of {pair.first.article.outlet}, which may repeat itself")


# --- counting --------------------------------------------------------------------------------------------------------


def turned(passage: Passage) -> Passage:
    """A passage seen from the other article. `words` is counted where it began, and nearly the same."""
    return Passage(
        passage.other_spans,
        passage.spans,
        passage.kind,
        passage.words,
        passage.likeness,
        passage.other_quoted,
        passage.quoted,
        passage.reasons,
    )


def share(spans: Sequence[Span], text: str) -> float:
    """The share of a text's words that lie in spans, which do not overlap."""
    total = _count(text)
    return min(1.0, sum(_count(span.of(text)) for span in spans) / total) if total else 0.0


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


@lru_cache(maxsize=1024)
def _count(text: str) -> int:
    return len(_WORD.findall(text))


_WORD = re.compile(r"[^\W_]+")
