"""Whether two names can be one: a longer form, a variant of spelling, an abbreviation, a capital for its country."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz

from sayso import words
from sayso.corpus.changes import tables

ALIKE = 75.0
"""Likeness of two spellings (rapidfuzz's ratio, 0 to 100) from which they are taken for one name."""

LONGEST_SHORT = 7
"""Letters of the longest abbreviation."""


def same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names, in their words, may be those of one.

    >>> same(["Anna", "Berg"], ["Ms", "Berg"]), same(["Anna", "Berg"], ["Carl", "Holm"])
    (True, False)
    >>> same(["Damascus"], ["Syria"]), same(["Halna", "Water", "Board"], ["HWB"])
    (True, True)
    """
    one, other = bare(one), bare(other)
    if not one or not other:
        return True
    known = _groups(one), _groups(other)
    if known[0] and known[1]:
        return bool(known[0] & known[1])
    return _shares(one, other) or _abbreviates(one, other) or _abbreviates(other, one)


def bare(name: Sequence[str]) -> list[str]:
    """A name without titles, and without articles in small letters.

    >>> bare(["General", "Ahmad", "al", "Karim"])
    ['Ahmad', 'Karim']
    """
    small = tables.listed("names", "inside") | tables.listed("names", "articles") | {"the", "s"}
    rest = [word for word in name if word.lower() not in small and word not in _titles()]
    return rest if rest else [word for word in name if word not in _titles() and word.lower() not in {"the", "s"}]


def is_country(name: Sequence[str]) -> bool:
    """Whether a name is a country's, its people's or its capital's."""
    return bool(_groups(bare(name)))


def _shares(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the shorter name stands in the longer one, or their last words are alike and no given names differ."""
    shorter, longer = sorted((one, other), key=len)
    if all(any(alike(word, its) for its in longer) for word in shorter):
        return True
    return len(shorter) == 1 and alike("".join(shorter), "".join(longer))


def alike(one: str, other: str) -> bool:
    """Whether two words may be spellings of one name.

    >>> alike("Mohammed", "Muhammad"), alike("Homs", "Hims"), alike("Aleppo", "Idlib"), alike("Iran", "Iraq")
    (True, True, False, False)
    """
    one, other = _plain(one), _plain(other)
    if one == other or (one[:1] == other[:1] and _skeleton(one) == _skeleton(other) and len(_skeleton(one)) > 1):
        return True
    if min(len(one), len(other)) >= 4 and (one.startswith(other) or other.startswith(one)):  # "Iraq", "Iraqi"
        return True
    return min(len(one), len(other)) >= 5 and fuzz.ratio(one, other) >= ALIKE


def _plain(word: str) -> str:
    """A word in small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if c.isalnum())


def _skeleton(word: str) -> str:
    """What transliterations of one name have in common: the first letters of its sounds, without vowels."""
    for written, stands_for in tables.table("names")["letters"]:
        word = word.replace(written, stands_for)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouh]", "", word))


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one is the initials of the other."""
    letters = "".join(short).replace(".", "")
    return len(long) > 1 and letters.isupper() and letters == "".join(word[0] for word in long if word[0].isupper())


def is_short(name: Sequence[str]) -> bool:
    """Whether a name is an abbreviation in capitals.

    >>> is_short(["HWB"]), is_short(["Halna"])
    (True, False)
    """
    letters = "".join(bare(name)).replace(".", "")
    return 2 <= len(letters) <= LONGEST_SHORT and letters.isalpha() and letters.isupper()


def spelled_out(name: Sequence[str], text: str) -> list[list[str]]:
    """What a text has in full of which a name in capitals is the initials.

    >>> spelled_out(["HWB"], "The Halna Water Board (HWB) met.")
    [['Halna', 'Water', 'Board']]
    """
    if not is_short(name):
        return []
    letters = "".join(bare(name)).replace(".", "")
    between = r"[\s-]+(?:(?:of|for|the|and|in|on|to|de|al)[\s-]+)*"
    found = re.finditer(r"\b" + between.join(rf"{letter}[^\W\d_]+" for letter in letters), text)
    return [[word for word in re.split(r"[\s-]+", match[0]) if word[0].isupper()] for match in found]


def _groups(name: Sequence[str]) -> frozenset[int]:
    """The numbers of the groups of names for one thing in which a name stands, also without an "s" at its end."""
    key = _plain("".join(name))
    return _same().get(key) or _same().get(key.removesuffix("s"), frozenset())


@cache
def _same() -> dict[str, frozenset[int]]:
    capitals = words.load("sources")["capitals"]["table"]
    listed = [entry["names"] for entry in words.load("changes")["same"]]
    table: dict[str, frozenset[int]] = {}
    for number, group in enumerate([*listed, *_by_country(capitals)]):
        for name in group:
            key = _plain("".join(bare(name.replace(".", "").replace("-", " ").split())))
            table[key] = table.get(key, frozenset()) | {number}
    return table


def _by_country(capitals: Sequence[Sequence[str]]) -> list[list[str]]:
    """Each country with its people and all its capitals."""
    groups: dict[str, list[str]] = {}
    for capital, country, people in capitals:
        groups.setdefault(country, [country, people]).append(capital)
    return list(groups.values())


@cache
def _titles() -> frozenset[str]:
    table = words.load("sources")["titles"]
    return frozenset(word.rstrip(".") for key in ("masculine", "feminine", "either") for word in table[key])
