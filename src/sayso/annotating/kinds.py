"""What a word says of a source by itself: its kind, whether it is a title, a given name, or nothing at all."""

from functools import cache
from typing import Literal

from sayso import words
from sayso.model import SourceKind

Sex = Literal["", "masculine", "feminine"]


@cache
def by_head() -> dict[str, SourceKind]:
    """What kind of source a noun without a name stands for; the first table that has it wins."""
    table: dict[str, SourceKind] = {}
    for entry in words.load("sources")["kind"]:
        for lemma in entry["lemmas"]:
            table.setdefault(lemma, entry["kind"])
    return table


@cache
def empty_words() -> frozenset[str]:
    """Words of a phrase that do not tell who is meant: articles, pronouns, numbers, "unnamed"."""
    back: dict[str, list[str]] = words.load("sources")["back"]
    groups = (
        "articles",
        "indefinite",
        "anonymous",
        "singular_thing",
        "singular_person",
        "several",
        "speaker",
        "relative",
        "parts",
    )
    counts: dict[str, int] = words.load("sources")["counts"]
    return (
        frozenset(word for group in groups for word in back[group])
        | set(counts)
        | {"of", "in", "for", "by", "with", "from", "at", "on", "to", "and"}
    )


@cache
def titles() -> frozenset[str]:
    """Words that stand before a person's name."""
    table = words.load("sources")["titles"]
    return frozenset((*table["masculine"], *table["feminine"], *table["either"]))


@cache
def bodies() -> frozenset[str]:
    """Armed groups and parties that the parser takes for people."""
    return frozenset(words.load("sources")["bodies"]["names"])


@cache
def sexes() -> dict[str, Sex]:
    """Given names that hardly anybody of the other sex bears."""
    table = words.load("given_names")
    return {
        **dict.fromkeys(table["men"]["names"].split(), "masculine"),
        **dict.fromkeys(table["women"]["names"].split(), "feminine"),
    }


@cache
def postnominals() -> frozenset[str]:
    """Words behind a person's name that are no part of it."""
    return frozenset(words.load("sources")["postnominals"]["words"])


@cache
def addresses() -> frozenset[str]:
    """Words that make a name a street's or a house's."""
    return frozenset(words.load("sources")["addresses"]["words"])


def is_given_name(word: str) -> bool:
    """Whether a word is a given name that hardly anything else is called by."""
    return word in sexes()
