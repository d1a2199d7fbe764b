"""Papers that speak, and who made them: "SANA's report", "a poll by the institute", "a letter from the bank"."""

from functools import cache

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from sayso import words
from sayso.annotating import kinds


def head_of(phrase: SpacySpan) -> Token:
    """The head of a phrase; "the business daily" is a daily, whatever the parser makes of it."""
    for n, token in enumerate(phrase[:-1]):  # "a poll by the institute Sondex", whatever the parser hangs on what
        by = phrase[n + 1].lower_ in {"by", "from"} and token.pos_ == "NOUN"
        if by and n <= 4 and kinds.by_head().get(token.lemma_.lower()) == "document":
            return token
    last = phrase[-1]
    return last if last.lower_ in {"daily", "weekly", "monthly"} and phrase.root.i < last.i else phrase.root


def maker(phrase: SpacySpan) -> Token | None:
    """Who made a document, as its phrase tells: "SANA's report", "a report by the ministry", "a letter from a bank"."""
    head = head_of(phrase)
    possessor = next((t for t in head.children if t.dep_ == "poss" and t.pos_ in {"PROPN", "NOUN"}), None)
    if possessor is not None:
        return possessor
    for token in (t for t in phrase if t.i > head.i):
        who = next((t for t in token.children if t.dep_ == "pobj" and t.i < phrase.end), None)
        if who is not None and _names_maker(token, head, who):
            return who
    before = [t for t in head.lefts if t.dep_ in {"compound", "nmod"}]
    return next((t for t in before if t.ent_type_ in {"ORG", "PERSON"} or _is_body(t)), None)


def _names_maker(preposition: Token, head: Token, who: Token) -> bool:
    """Whether a preposition in a document's phrase says who made it, and not what it is about or where it lay."""
    verb = preposition.head
    on_head = verb.i == head.i
    if preposition.lower_ == "by":
        right_behind = preposition.i == head.i + 1
        return right_behind or verb.pos_ not in {"VERB", "AUX"} or verb.lemma_.lower() in _making()
    if preposition.lower_ == "from":
        named = who.pos_ == "PROPN" or any(t.dep_ in {"appos", "compound"} and t.pos_ == "PROPN" for t in who.children)
        return verb.pos_ != "VERB" and (named or kinds.by_head().get(who.lemma_.lower()) in {"organisation", "role"})
    if preposition.lower_ == "of":
        return on_head and who.ent_type_ == "ORG"
    published = preposition.lower_ == "in" and (on_head or verb.lemma_.lower() == "publish")
    return published and who.pos_ == "PROPN" and who.ent_type_ not in {"GPE", "LOC", "DATE"}


def _is_body(noun: Token) -> bool:
    return kinds.by_head().get(noun.lemma_.lower()) == "organisation"


@cache
def _making() -> frozenset[str]:
    return frozenset(words.load("sources")["making"]["lemmas"])
