"""Through whom a statement came: media to which somebody spoke or that carried it, readers, lawyers who read it out.

"Told Reuters" and "citing" are found with the statement itself (`attribution/rules`). Here are the ways in which a
sentence names another hand besides: "in an interview with Nikkei", "in remarks carried by MTI", "documents seen by
Reuters", "first reported by the Echo", "in a statement read out by his lawyer". Words: `relays` in words/sources.toml.
"""

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from sayso import words
from sayso.annotating import clauses, kinds, media
from sayso.annotating.attribution import Statement
from sayso.annotating.register import Draft
from sayso.model import Spans


def find(doc: Doc, statement: Statement, outlet: str | None) -> tuple[Spans, ...]:
    """The noun phrases of those through whom a statement came, the one nearest to the reader first.

    What stands in the content itself is somebody else's word. `outlet`, who published the text, is no relay.

    >>> from sayso.annotating import attribution, language
    >>> doc = language.parse("The mayor said in an interview with Reuters that the dam was safe.")
    >>> [spans[0].of(doc.text) for s in attribution.find(doc) for spans in find(doc, s, None)]
    ['Reuters']
    """
    found: list[Spans] = []
    for token in _around(doc, statement):
        if token.lower_ == "by" and any(s.start <= token.head.idx < s.end for s in statement.cue):
            continue  # "was quoted by": the one who quotes has a statement of its own
        for who in _relay(token):
            numbers = clauses.noun_phrase(who) | name_behind(who)
            spans = clauses.spans_of(doc, numbers)
            words_ = " ".join(doc[n].text for n in sorted(numbers))
            if (
                spans
                and spans not in found
                and not _is_publisher(words_, outlet)
                and not _overlaps(spans, statement.told)
            ):
                found.append(spans)
    if statement.construction == "relay" and statement.told and statement.told not in found:
        found.append(statement.told)  # "the weekly had learned from a nurse that"
    return tuple(found)


def name_behind(noun: Token) -> set[int]:
    """The name right behind a word for a medium, wherever the parser hangs it: "the state news agency MTI"."""
    doc, n = noun.doc, noun.i + 1
    if noun.pos_ != "NOUN" or not media.is_medium(noun):
        return set()
    found = set()
    while n < len(doc) and doc[n].pos_ == "PROPN" and doc[n].text[0].isupper():
        found.add(n)
        n += 1
    return found


def _around(doc: Doc, statement: Statement) -> Iterator[Token]:
    """The words that tell how a statement came about: those on the cue and on the source, and not what is told."""
    for spans in (statement.cue, statement.source):
        part = doc.char_span(*spans[0], alignment_mode="expand") if spans else None
        if part is not None:
            yield from _beside(part.root)
            yield from (t for n in part if n.dep_ == "prep" and n.i != part.root.i for t in _beside(n))
    cue = doc.char_span(*statement.cue[0], alignment_mode="expand") if statement.cue else None
    for child in cue.root.lefts if cue is not None else ():  # "Speaking to the Daily Mail, he said"
        if child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_.lower() in _lists()["speaking"]:
            yield from _beside(child)
    if cue is not None and cue.root.dep_ in {"advcl", "prep", "parataxis"} and cue.root.head.pos_ == "VERB":
        yield from (t for t in _beside(cue.root.head) if t.dep_ in {"prep", "agent"})


BESIDE = {
    "prep",
    "pobj",
    "acl",
    "agent",
    "appos",
    "compound",
    "nmod",
    "dobj",
    "dative",
    "advmod",
    "pcomp",
    "npadvmod",
    "amod",
    "oprd",
    "prt",
}


def _beside(head: Token) -> Iterator[Token]:
    """What hangs on a word, through phrases and participles, but not through clauses of their own."""
    for child in head.children:
        also = child.dep_ == "conj" and head.dep_ == "acl" and child.tag_ in {"VBN", "VBD"}  # "dated and seen by"
        if child.dep_ in BESIDE or also:
            yield child
            yield from _beside(child)


@cache
def _lists() -> dict[str, frozenset[str]]:
    table = words.load("sources")["relays"]
    return {name: frozenset(entries) for name, entries in table.items() if isinstance(entries, list)}


def _relay(token: Token) -> Iterator[Token]:
    """Those whom a preposition, or a verb of carrying, makes a relay."""
    who = next((t for t in token.children if t.dep_ == "pobj"), None)
    head = token.head
    lemma = head.lemma_.lower()
    if who is None:
        return
    preposition = token.lower_
    if preposition == "by":
        if (
            (lemma in _lists()["carrying"] and is_medium(who))
            or (lemma in _lists()["seeing"] and (is_medium(who) or _is_document(head)))
            or (_is_reading_out(head) and not is_medium(who))
        ):
            yield who
    elif preposition in {"with", "to", "for", "in", "on", "from", "of"} and is_medium(who):
        if (
            head.pos_ == "NOUN"
            and preposition in {"in", "on", "for"}
            and kinds.by_head().get(lemma) == "document"
            and who.text not in _lists_of("platforms")
            and lemma not in _lists()["occasions"]
        ):
            return
        occasion = lemma in _lists()["occasions"] and head.pos_ in {"NOUN", "PROPN"}
        speaking = preposition in {"with", "to", "on"} and lemma in _lists()["speaking"]
        giving = preposition in {"to", "with"} and lemma in _lists()["giving"]
        writing = preposition in {"in", "on", "for"} and lemma in _lists()["writing"]
        if writing and head.dep_ == "acl" and kinds.by_head().get(head.head.lemma_.lower()) == "document":
            return  # "a study published in The Lancet" speaks for itself
        if occasion or speaking or giving or writing:
            yield who
    elif (
        lemma == "interview" and preposition in {"with", "to"} and who.pos_ == "PROPN" and who.ent_type_ != "PERSON"
    ) or (preposition in {"through", "via"} and lemma in _lists()["passing"] | _lists()["speaking"]):
        yield who


def _is_document(participle: Token) -> bool:
    """Whether what was seen is a paper: then whoever has seen it is the hand through which it came."""
    return participle.dep_ == "acl" and kinds.by_head().get(participle.head.lemma_.lower()) == "document"


def _is_reading_out(verb: Token) -> bool:
    if verb.lemma_.lower() in _lists()["passing"]:
        return True
    particle = any(t.lower_ in {"out", "aloud", "on"} for t in verb.children)
    return verb.lemma_.lower() in {"read", "pass", "hand"} and particle


def is_medium(noun: Token) -> bool:
    """Whether a noun, with what stands beside it, is a medium that passes things on.

    A known outlet, a word like "newspaper", or a name with such a word in it ("the Holmer Tageblatt"); not a network
    where everybody posts for themselves.
    """
    around = [t for t in noun.subtree if t.dep_ not in {"relcl", "acl"}]
    text = clauses.without_article("".join(t.text_with_ws for t in around).strip())
    if noun.text in _lists_of("platforms") or text in _lists_of("platforms"):
        return False
    if media.outlet_in(text if text in media.outlets() else f"the {text}") and noun.pos_ == "PROPN":
        return True
    run = clauses.proper_run(t for t in [*noun.lefts, noun] if t.dep_ in {"compound", "nmod", "amod"} or t.i == noun.i)
    if media.outlet_in(run or text) and (
        noun.pos_ == "PROPN" or media.is_medium(noun) or noun.lemma_.lower() in _lists()["programmes"]
    ):
        return True
    if media.is_medium(noun) or (noun.lemma_.lower() in _lists()["programmes"] and noun.pos_ == "NOUN" and bool(run)):
        return True
    if any(
        media.is_medium(t) or media.outlet_in(t.text)
        for t in noun.children
        if t.dep_ in {"appos", "compound", "nmod", "poss", "amod"}
    ):
        return noun.pos_ == "PROPN" or media.is_medium(noun) or any(media.is_medium(t) for t in noun.children)
    return noun.pos_ == "PROPN" and media.is_medium_name(run)


def medium_of(phrase: SpacySpan) -> SpacySpan:
    """The medium behind one who was told: "the Manila Sun" of "a reporter from the Manila Sun"; else the phrase."""
    root = phrase.root
    if root.lemma_.lower() not in _lists()["programmes"]:
        return phrase
    written = media.outlet_as_written(phrase.text)
    if written is not None and root.lemma_.lower() in _lists()["reporters"]:
        start = phrase.start_char + phrase.text.find(written)
        return phrase.doc.char_span(start, start + len(written), alignment_mode="expand") or phrase
    before = [t for t in root.lefts if t.dep_ in {"compound", "nmod"} and t.pos_ == "PROPN"]
    if before and root.lemma_.lower() in _lists()["reporters"]:
        return phrase.doc[before[0].left_edge.i : root.i]
    behind = phrase.doc[phrase.end : phrase.end + 4]  # the parser may hang "from the Sun" on "told"
    for token in (*phrase, *(behind if len(behind) and behind[0].dep_ == "prep" else ())):
        if token.dep_ == "pobj" and token.head.lower_ in {"of", "from", "at", "with", "for"} and is_medium(token):
            numbers = sorted(clauses.noun_phrase(token))
            return phrase.doc[numbers[0] : numbers[-1] + 1]
    return phrase


def settle(draft: Draft, phrase: SpacySpan) -> None:
    """Make a medium of one who passes things on, where the words for it allow that.

    Somebody told is one if it is called so, or bears a name without article that is neither a person's nor that of a
    body before which people speak: "told Semafor", not "told parliament".
    """
    if draft.kind not in {"organisation", "group", "unnamed"} or draft.several:
        return
    root = phrase.root
    bare = root.pos_ == "PROPN" and root.ent_type_ in {"ORG", ""} and phrase[0].pos_ == "PROPN"
    forum = any(word.lower() in _lists_of("forums") for word in re.findall(r"\w+", phrase.text))
    if is_medium(root) or (bare and not forum and not draft.words & _bodies()):
        draft.kind = "outlet"
        draft.words |= media.media_words(draft.name)


@cache
def _bodies() -> frozenset[str]:
    return frozenset(word for entry in words.load("sources")["class"] for word in entry["wider"])


def without_seeing(phrase: SpacySpan) -> str:
    """A document's words without who has seen them: "internal review" of "internal review seen by the Gazette"."""
    root = phrase.root
    for token in phrase:
        if (
            token.i > root.i
            and token.dep_ == "acl"
            and token.tag_ in {"VBN", "VBD"}
            and token.lemma_.lower() in _hands()
        ):
            return phrase.doc[phrase.start : token.i].text.rstrip(" ,")
    return str(phrase.text)


@cache
def _hands() -> frozenset[str]:
    return _lists()["seeing"] | _lists()["giving"] | _lists()["carrying"]


@cache
def _lists_of(table: str) -> frozenset[str]:
    return frozenset(words.load("sources")[table]["words"])


def _is_publisher(words_: str, outlet: str | None) -> bool:
    """Whether the one named is who publishes the text: "this newspaper", "our correspondent", or its own name."""
    if re.match(r"(?:this|our|us)\b", words_.lower()):
        return True
    if outlet is None:
        return False
    known = media.outlets().get(media.outlet_in(words_) or "", clauses.without_article(words_))
    return _key(known) == _key(media.outlets().get(outlet, outlet)) or _key(outlet) in _key(words_)


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", clauses.without_article(name).casefold())


def _overlaps(spans: Spans, others: Spans) -> bool:
    return any(a.overlaps(b) for a in spans for b in others)
