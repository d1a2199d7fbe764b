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
    """Who made a document, as its phrase tells: "SANA's report", "a report by the ministry", "a letter from the bank"."""
    head = head_of(phrase)
    possessor = next((t for t in head.children if t.dep_ == "poss" and t.pos_ in {"PROPN", "NOUN"}), None)
    if possessor is not None:
        return possessor
    for token in (t for t in phrase if t.i > head.i):
        who = next((t for t in token.children if t.dep_ == "pobj" and t.i < phrase.end), None)
        if who is None:
            continue
        verb = token.head.lemma_.lower()
        if token.i == head.i + 1 and token.lower_ == "by":
            return who
        named = who.pos_ == "PROPN" or any(t.dep_ in {"appos", "compound"} and t.pos_ == "PROPN" for t in who.children)
        body = kinds.by_head().get(who.lemma_.lower()) in {"organisation", "role"}
        if token.lower_ == "by" and (token.head.pos_ not in {"VERB", "AUX"} or verb in _making()):
            return who
        if token.lower_ == "from" and (named or body) and token.head.pos_ != "VERB":
            return who
        if token.lower_ == "of" and token.head.i == head.i and who.ent_type_ == "ORG":
            return who
        if (
            token.lower_ == "in"
            and (verb == "publish" or token.head.i == head.i)
            and who.pos_ == "PROPN"
            and who.ent_type_ not in {"GPE", "LOC", "DATE"}
        ):
            return who
    before = [t for t in head.lefts if t.dep_ in {"compound", "nmod"}]
    return next((t for t in before if t.ent_type_ in {"ORG", "PERSON"} or _is_body(t)), None)


def _is_body(noun: Token) -> bool:
    return kinds.by_head().get(noun.lemma_.lower()) == "organisation"


@cache
def _making() -> frozenset[str]:
    return frozenset(words.load("sources")["making"]["lemmas"])
