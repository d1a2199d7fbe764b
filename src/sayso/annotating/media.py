"""Media among the nouns and names of a text: known outlets, words for media, and names that can only be a medium's."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from sayso import words
from sayso.annotating import clauses, documents
from sayso.words import outlets as known


def outlets() -> dict[str, str]:
    """The names of known outlets that are looked for in text, each with the outlet's first name."""
    return known.in_text()


@cache
def _media_of_outlets() -> dict[str, str]:
    return {outlet.name: outlet.kind for outlet in known.table()}


@cache
def media_words(name: str) -> frozenset[str]:
    """The nouns by which a medium may be called: by its kind in the table of outlets and by its own name.

    >>> "agency" in media_words("Reuters"), "newspaper" in media_words("Reuters"), "radio" in media_words("Radio Forth")
    (True, False, True)
    """
    table: dict[str, list[str] | str] = words.load("sources")["media"]
    kind = _media_of_outlets().get(name, "")
    own = {word.lower() for word in name.split()} & {word for key in table if key != "source" for word in table[key]}
    if not kind and not own and any(word in words.load("sources")["medium_names"]["words"] for word in name.split()):
        kind = "newspaper"
    return frozenset(own | set(table.get(kind, ()))) | {"outlet", "medium"}


def media_synonyms(told: Iterable[str]) -> set[str]:
    """Other nouns for a medium that is called so: "newspaper", "paper", "daily"."""
    table: dict[str, list[str]] = words.load("sources")["media"]
    told = set(told)
    return {word for key in table if key != "source" and told & set(table[key]) for word in table[key]}


def outlet_in(phrase: str) -> str | None:
    """The longest name of a known outlet that stands in a phrase and is not part of a longer name, or None.

    >>> outlet_in("Russia's Sputnik news agency")
    'Sputnik'
    >>> outlet_in("Sputnik Holdings") is None
    True
    """
    return outlet_as_written(phrase)


def outlet_as_written(phrase: str) -> str | None:
    """The name of a known outlet as a phrase writes it, or None."""
    phrase = re.sub(r"^the (?=[A-Z])", "The ", phrase)
    found = [m[0] for m in known.names_in_text().finditer(phrase) if not _goes_on(phrase, m)]
    return max(found, key=len, default=None)


def _goes_on(phrase: str, match: re.Match[str]) -> bool:
    """Whether capitalised words before or behind make the name a part of another name."""
    before, after = phrase[: match.start()].split(), phrase[match.end() :]
    previous = before[-1] if before and not before[-1].endswith(("'s", "’s", ",")) else ""
    return bool(re.match(r" [A-Z]", after)) or (previous[:1].isupper() and previous not in {"The", "A", "Agency"})


@cache
def _media_nouns() -> frozenset[str]:
    return frozenset(
        lemma for entry in words.load("sources")["kind"] if entry["kind"] == "outlet" for lemma in entry["lemmas"]
    )


def is_medium(noun: Token) -> bool:
    """Whether a noun calls a medium: "newspaper"; of agencies only a news agency."""
    lemma = noun.lemma_.lower()
    sites = words.load("sources")["news_sites"]
    if lemma in sites["nouns"]:
        return noun.i > 0 and noun.nbor(-1).lower_ in sites["words"]
    return lemma in _media_nouns() and (lemma != "agency" or (noun.i > 0 and noun.nbor(-1).lower_ == "news"))


def end_of_outlet(text: str, start: int) -> int:
    """Where the name of a known outlet that begins at a place, with or without article, ends; -1 for none."""
    near = re.sub(r"^the (?=[A-Z])", "The ", text[start : start + 60])
    match = next(known.names_in_text().finditer(near), None)
    return (
        start + match.end()
        if match is not None and match.start() in {0, 4} and near[: match.start()] in {"", "The "}
        else -1
    )


def named(doc: Doc) -> Iterator[str]:
    """Names that stand beside a word for a medium: "the daily Kurier", "the Sabah newspaper", "private station TV Lux".

    The parser takes most of them for people or places.
    """
    media_nouns = _media_nouns() | set(words.load("sources")["news_sites"]["nouns"])
    places = {e.text for e in clauses.entities(doc) if e.label_ in {"GPE", "NORP"}}
    for token in doc:
        if (
            token.lemma_.lower() not in media_nouns
            or not is_medium(token)
            or token.pos_ not in {"NOUN", "PROPN", "ADJ"}
        ):
            continue
        before = [t for t in token.lefts if t.dep_ in {"compound", "nmod"}]
        beside = [t for t in token.children if t.dep_ == "appos" and t.pos_ == "PROPN" and t.i > token.i]
        if token.dep_ in {"compound", "nmod"} and token.head.pos_ == "PROPN" and token.head.i == token.i + 1:
            beside.append(token.head)
        if token.dep_ in {"compound", "amod"} and token.head.pos_ == "PROPN" and not beside:
            beside.append(token.head)
        runs = [clauses.proper_run(before)] + [clauses.proper_run(t.subtree) for t in beside]
        yield from (run for run in runs if run and outlet_in(run) is None and run[0].isupper() and run not in places)


def is_medium_name(name: str) -> bool:
    """Whether a name is most probably a medium's, by a word in it.

    >>> is_medium_name("Holmer Tageblatt"), is_medium_name("Harbour Bank")
    (True, False)
    """
    told = re.findall(r"[\w.]+", name)
    strong = set(words.load("sources")["medium_names"]["strong"])
    return len(told) > 1 and (told[-1] in strong or told[0] in strong)


def is_newspaper(phrase: SpacySpan, head: Token) -> bool:
    """Whether a "paper" is a newspaper: "a local paper", "the Sunday paper", not "a paper by the institute"."""
    if head.lemma_.lower() != "paper":
        return False
    told = {t.lower_ for t in head.lefts} | {t.ent_type_ for t in head.lefts}
    return (
        bool(told & set(words.load("sources")["newspapers"]["words"]) or "NORP" in told)
        and documents.maker(phrase) is None
    )
