"""Checkable statements: what happened, where, when, how much, and on whose word it stands in the text.

A statement is one sentence, or the part of it that one source is reported to say. It counts where it can be checked
against something outside the text: it has a place, a date, an amount or a number, and says what is or was (the
"check-worthy factual sentence" of Hassan, Li and Tremayne 2015). Sentences that ask, want, predict or judge are left
out: fewer claims, but each one is something to look up.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Stretch

from sayso import words
from sayso.annotating import chains
from sayso.annotating.clauses import entities
from sayso.annotating.overlaps import Overlaps, by_span
from sayso.model import Attribution, Claim, Quantity, Span, Spans, TimeExpression, covered, merged
from sayso.words.quotations import quotations

DATELINE = re.compile(r"^[“\"]?[A-Z][^.!?\n]{1,60}?\s?(?:\([A-Za-z ]+\)\s?)?(?:\s[-–—]{1,2}|[—])\s")
ENDS = (".", "”", '"', "’", "'", ")", "…", ";", ":", ",")
PLACES = frozenset({"GPE", "LOC", "FAC"})
EDGES = ' \t\n,;:–—-“”"«»'
FEWEST_WORDS = 5
HALF = 0.5
YEAR_MONEY = re.compile(r"(19|20)\d\d\s(dollars|pounds|euros|prices)")  # "in constant 2013 dollars"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one sentence, and whose statement it is."""

    spans: Spans
    attribution: Attribution | None


@cache
def table() -> dict[str, Any]:
    return words.load("claims")


def find(doc: Doc, attributions: Sequence[Attribution], times: Sequence[TimeExpression]) -> tuple[Claim, ...]:
    """The checkable statements of a text in its order, each with what in it can be checked.

    >>> from sayso.annotating.language import parse
    >>> claims = find(parse("The charity was founded in Turkey with at least $5 million. Is that bad?"), [], [])
    >>> [[(q.kind, q.text) for q in claim.quantities] for claim in claims]
    [[('place', 'Turkey'), ('amount', 'at least $5 million')]]
    """
    text = doc.text  # put together anew at every use
    dated = Overlaps((span, time) for time in times for span in time.spans)
    quoted = by_span(quotations(text))
    held = told(attributions)
    touched = Overlaps((span, a) for a in attributions for span in (*a.content.spans, *a.cue.spans))
    found: list[Claim] = []
    for sentence in doc.sents:
        for passage in passages(text, sentence, touched, quoted):
            if passage.attribution is not None and passage.attribution.id not in held:
                continue
            tokens = tokens_in(doc, passage.spans)
            if not states_something(sentence, tokens, passage):
                continue
            quantities = quantities_in(text, passage.spans, tokens, dated)
            if enough(quantities, tokens):
                found.append(claim_of(f"cl{len(found) + 1}", passage, quantities))
    return tuple(found)


def told(attributions: Sequence[Attribution]) -> frozenset[str]:
    """The ids of the attributions in which somebody says or denies something: not "refused to say", "will say"."""
    said = chains.said(attributions)
    denied = (a.id for a in attributions if a.cue.stance == "denying" and a.cue.stated)
    outer = {a.id: a.parent for a in attributions}
    return said | {id_ for id_ in denied if outer[id_] is None or outer[id_] in said}


def claim_of(name: str, passage: Passage, quantities: Sequence[Quantity]) -> Claim:
    details = ", ".join(f"{quantity.kind} ({' '.join(quantity.text.split())})" for quantity in quantities)
    holder = passage.attribution
    does = "deny" if holder is not None and holder.cue.stance == "denying" else "say"
    who = f"what a source is reported to {does}" if holder else "the outlet's own statement: no source is given for it"
    return Claim(
        name, passage.spans, holder.id if holder else None, tuple(quantities), (who, f"can be checked: {details}")
    )


# --- whose statement -------------------------------------------------------------------------------------------------


def passages(
    text: str, sentence: Stretch, attributions: Overlaps[Attribution], quoted: Overlaps[Span]
) -> Iterator[Passage]:
    """The parts of a sentence that sources are reported to say; the whole sentence where no source touches it.

    A sentence that stands in quotation marks is somebody's, even where nobody was found who says it.
    """
    whole = trimmed(text, Span(sentence.start_char, sentence.end_char))
    touching = list({a.id: a for a in attributions.of(whole)}.values())
    if not touching:
        own = without_dateline(text, whole)
        if (
            own.end > own.start
            and covered([own], quoted.of(own)) < HALF
            and is_prose(sentence)
            and not reports(sentence)
        ):
            yield Passage((own,), None)
        return
    for attribution in touching:
        inner = [a for a in touching if a is not attribution and is_inside(a, attribution)]
        pieces = merged(
            Span(max(span.start, whole.start), min(span.end, whole.end))
            for span in attribution.content.spans
            if span.overlaps(whole)
        )
        if pieces and not inner:
            yield Passage(tuple(trimmed(text, piece) for piece in pieces), attribution)


def reports(sentence: Stretch) -> bool:
    """Whether somebody says something in a sentence in which no source was recognised: not the outlet's own then."""
    return any(
        token.pos_ == "VERB" and token.lemma_ in table()["reporting"] and any(c.dep_ == "nsubj" for c in token.children)
        for token in sentence
    )


def is_inside(inner: Attribution, outer: Attribution) -> bool:
    """Whether what one attribution reports is a part of what the other reports."""
    if inner.parent == outer.id:
        return True
    sizes = [sum(span.end - span.start for span in a.content.spans) for a in (inner, outer)]
    return sizes[0] < sizes[1] and all(
        any(around.contains(span) for around in outer.content.spans) for span in inner.content.spans
    )


def trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return Span(start, end)


def without_dateline(text: str, whole: Span) -> Span:
    """The span without "IDLEB, SANA –" at a paragraph's start."""
    if whole.start > 0 and text[max(0, whole.start - 2) : whole.start].strip(" ") not in ("", "\n", "\n\n"):
        return whole
    found = DATELINE.match(whole.of(text))
    return Span(whole.start + found.end(), whole.end) if found else whole


def is_prose(sentence: Stretch) -> bool:
    """Whether the sentence stands in a paragraph: headlines and residue end without a stop."""
    text = sentence.text.rstrip()
    return text.endswith(ENDS) and not text.endswith(("…", ":")) and "?" not in text[-3:]


def tokens_in(doc: Doc, spans: Spans) -> list[Token]:
    found: list[Token] = []
    for span in spans:
        stretch = doc.char_span(span.start, span.end, alignment_mode="contract")
        found.extend(stretch if stretch is not None else ())
    return found


# --- does it state something -----------------------------------------------------------------------------------------


def states_something(sentence: Stretch, tokens: Sequence[Token], passage: Passage) -> bool:
    """Whether the words have a main verb that says what is or was, in nobody's "we will" or "should"."""
    if len([token for token in tokens if token.text[0].isalnum()]) < FEWEST_WORDS or "?" in sentence.text[-3:]:
        return False
    if passage.attribution is None and any(is_person_speaking(token) for token in tokens):
        return False
    verb = main_verb(tokens)
    return verb is not None and is_factual(verb)


def is_person_speaking(token: Token) -> bool:
    """Whether a word is "we", "your" … (and not "US", the country)."""
    return token.lower_ in table()["first_and_second"] and (token.lower_ == "i" or not token.text.isupper())


def main_verb(tokens: Sequence[Token]) -> Token | None:
    """The highest finite verb of the words."""
    inside = {token.i for token in tokens}
    tops = [token for token in tokens if token.head.i not in inside or token.head is token]
    verbs = [token for token in tops if token.pos_ in ("VERB", "AUX") and is_finite(token)]
    if verbs:
        return verbs[0]
    return next((token for token in tokens if token.pos_ in ("VERB", "AUX") and token.dep_ == "ROOT"), None)


def is_finite(verb: Token) -> bool:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(child.tag_ in ("VBD", "VBZ", "VBP", "MD") for child in helpers)


def is_factual(verb: Token) -> bool:
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    has_subject = any(child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for child in verb.children)
    ahead = verb.lemma_ in table()["looking_ahead"] and any(child.dep_ == "xcomp" for child in verb.children)
    return (
        has_subject and not ahead and not helpers & set(table()["modals"]) and verb.lemma_ not in table()["open_verbs"]
    )


def is_past(tokens: Sequence[Token]) -> bool:
    """Whether the main verb tells an event: past, perfect, or passive."""
    verb = main_verb(tokens)
    if verb is None:
        return False
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    perfect = any(child.lemma_ == "have" for child in helpers) and verb.tag_ in ("VBN", "VBD")
    return verb.tag_ == "VBD" or perfect or any(child.tag_ == "VBD" for child in helpers)


def enough(quantities: Sequence[Quantity], tokens: Sequence[Token]) -> bool:
    """An amount or a number; a place or a date alone only where something happened then or there."""
    kinds = {quantity.kind for quantity in quantities}
    return bool(kinds & {"amount", "number"}) or (bool(kinds) and is_past(tokens)) or kinds == {"date", "place"}


# --- what can be checked ---------------------------------------------------------------------------------------------


def quantities_in(
    text: str, spans: Spans, tokens: Sequence[Token], dated: Overlaps[TimeExpression]
) -> tuple[Quantity, ...]:
    """Places, dates, amounts and numbers in the order of the text, none inside another."""
    times = [time for span in spans for time in dated.of(span)]
    dates = [span for time in times for span in time.spans if is_date(time) and any(s.contains(span) for s in spans)]
    taken = [span for time in times for span in time.spans]
    amounts = list(amounts_in(text, spans, taken))
    numbers = list(numbers_in(tokens, [*taken, *amounts]))
    places = [span for span in places_in(tokens) if not any(span.overlaps(other) for other in [*taken, *amounts])]
    found = [
        *(Quantity((span,), "date", span.of(text)) for span in dates),
        *(Quantity((span,), "amount", span.of(text)) for span in amounts),
        *(Quantity((span,), "number", span.of(text)) for span in numbers),
        *(Quantity((span,), "place", span.of(text)) for span in places),
    ]
    return tuple(sorted(found, key=lambda quantity: quantity.spans))


def is_date(time: TimeExpression) -> bool:
    """Whether an expression is a date that can be looked up: not "recently", not "three days"."""
    return time.earliest is not None and time.latest is not None and time.granularity != "period"


@cache
def amount_pattern() -> re.Pattern[str]:
    near = "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in sorted(table()["approximate"], key=len)[::-1])
    size = "|".join(sorted(table()["magnitudes"], key=len, reverse=True))
    money = "|".join(table()["currencies"])
    figure = r"\d+(?:[.,]\d+)*"
    return re.compile(
        rf"(?<!\w)(?:(?:{near})\s+)?(?:"
        rf"(?:US|A|C|HK)?[$£€¥]\s?{figure}(?:[\s-]?(?:{size})\b)?(?:\s+or\s+(?:more|less))?"
        rf"|{figure}(?:\s?(?:{size}))?\s(?:US\s|Canadian\s|Australian\s)?(?:{money})\b"
        rf"|{figure}\s?(?:%|percent\b|per\s?cent\b|percentage\spoints?\b))",
        re.IGNORECASE,
    )


def amounts_in(text: str, spans: Spans, taken: Sequence[Span]) -> Iterator[Span]:
    for span in spans:
        for hit in amount_pattern().finditer(text, span.start, span.end):
            found = Span(hit.start(), hit.end())
            if not any(found.overlaps(other) for other in taken) and not YEAR_MONEY.match(hit[0]):
                yield found


def numbers_in(tokens: Sequence[Token], taken: Sequence[Span]) -> Iterator[Span]:
    """How many of what: "29 rebels", "at least eight vans". One of a kind and numbers in names are left out."""
    doc = tokens[0].doc
    inside = {token.i for token in tokens}
    for token in tokens:
        if not counts_something(token) or token.head.i not in inside:
            continue
        first = with_approximation(
            doc, min([token.i, *(t.i for t in token.subtree if t.i in inside and t.i < token.i)])
        )
        last = token.head.i if 0 < token.head.i - token.i <= 4 else token.i
        span = Span(doc[first].idx, doc[last].idx + len(doc[last]))
        if not any(span.overlaps(other) for other in taken):
            yield span


def counts_something(token: Token) -> bool:
    return (
        token.dep_ == "nummod"
        and token.pos_ == "NUM"
        and token.lower_ not in ("zero", "one", "0", "1")
        and not any(t.lower_ in ("the", "these", "those", "both") and t.i < token.i for t in token.head.children)
        and token.head.pos_ == "NOUN"
        and token.text[0].isalnum()
        and not YEAR_MONEY.match(f"{token.text} {token.head.text}")
        and not re.search(r"[:/]|\d[a-z]", token.lower_)
    )


def with_approximation(doc: Doc, first: int) -> int:
    """The index of the first word of "at least" and its like before a number."""
    for size in (3, 2, 1):
        if first >= size and doc[first - size : first].text.lower() in table()["approximate"]:
            return first - size
    return first


def places_in(tokens: Sequence[Token]) -> Iterator[Span]:
    """Names of places where something is or happens; not places that act or own ("Damascus stresses")."""
    doc = tokens[0].doc
    inside = {token.i for token in tokens}
    named = [e for e in entities(tokens) if e.label_ in PLACES and is_plain(e) and is_where(e)]
    beside = [name for token in tokens if is_place_noun(token) and (name := name_beside(doc, token))]
    seen: set[int] = set()
    for name in [*named, *beside]:
        if not seen.intersection(range(name.start, name.end)) and name.start in inside and name.end - 1 in inside:
            seen.update(range(name.start, name.end))
            last = name[-2] if name[-1].lower_ in ("'s", "’s") and len(name) > 1 else name[-1]
            yield Span(name.start_char, last.idx + len(last))


def name_beside(doc: Doc, noun: Token) -> Stretch | None:
    """The name that a place noun goes with: "Ariha town", "the village of Douma"; the parser knows few such names."""
    if noun.i + 2 < len(doc) and doc[noun.i + 1].lower_ == "of" and doc[noun.i + 2].pos_ == "PROPN":
        return name_at(doc, noun.i + 2, 1)
    if noun.text[0].islower() and noun.i and doc[noun.i - 1].pos_ == "PROPN" and doc[noun.i - 1].ent_type_ != "NORP":
        return name_at(doc, noun.i - 1, -1)
    return None


def name_at(doc: Doc, index: int, step: int) -> Stretch:
    """The run of name words that starts (1) or ends (-1) at a token; a hyphen does not break it."""
    stop = index
    while 0 <= stop + step < len(doc) and (doc[stop + step].pos_ == "PROPN" or doc[stop + step].text == "-"):
        stop += step
    return doc[min(index, stop) : max(index, stop) + 1]


def is_plain(entity: Stretch) -> bool:
    """Whether the parser's name can be one: a capital first, no figures ("Hassia 40 km")."""
    return entity[0].text[0].isupper() and not any(token.like_num for token in entity)


def is_where(entity: Stretch) -> bool:
    """Whether a place's name stands behind a preposition of place or beside a noun such as "province"."""
    root = entity.root
    while root.dep_ in ("conj", "appos") and root.head is not root:
        root = root.head
    head = root.head
    if root.lower_ in table()["place_nouns"] or (root.dep_ in ("compound", "poss", "nmod") and is_place_noun(head)):
        return True
    if root.dep_ != "pobj":
        return False
    if head.lower_ == "of":
        return is_place_noun(head.head)
    return head.lower_ in table()["place_prepositions"] and head.head.lemma_.lower() not in table()["not_places_after"]


def is_place_noun(token: Token) -> bool:
    return token.lower_ in table()["place_nouns"]
