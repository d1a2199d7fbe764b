"""What is known of outlets: the built-in table (outlets.toml) and the tables that the user imported.

All of it says who an outlet is; none of it is a judgement of Sayso's. A class is the word of the table that gives it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from urllib.parse import urlsplit

from sayso import words
from sayso.model import Listing
from sayso.words import tables
from sayso.words.tables import BUILT_IN, Outlet, Table, key

__all__ = [
    "BUILT_IN",
    "Names",
    "Outlet",
    "at_domain",
    "domain",
    "entries",
    "in_text",
    "listings",
    "named",
    "names_in_text",
    "table",
    "without_accents",
]


@cache
def table() -> tuple[Outlet, ...]:
    """All outlets of the built-in table.

    >>> "Reuters" in {outlet.name for outlet in table()}
    True
    """
    return tuple(
        Outlet(**{**entry, "names": tuple(entry["names"]), "domains": tuple(entry["domains"])})
        for entry in words.load("outlets")["outlet"]
    )


def named(name: str) -> Outlet | None:
    """The outlet of the built-in table that goes by a name, however it is spaced or written in capitals.

    >>> named("PRESSTV").name
    'Press TV'
    """
    return next((table()[place] for place in _index().exactly(name)), None)


def at_domain(url: str) -> Outlet | None:
    """The outlet that publishes at an address: the built-in table's longest domain that the host ends in.

    >>> at_domain("https://www.bbc.co.uk/news/world-1").name
    'BBC News'
    """
    return _at_host(domain(url))


def domain(url: str) -> str:
    """The host of an address without "www.", in small letters; "" where there is none.

    >>> domain("https://www.Example.org:8080/a")
    'example.org'
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").rstrip(".")


def listings(name: str, domain: str | None = None) -> tuple[Listing, ...]:
    """What the built-in table and each imported one say of an outlet, each in its own words; the built-in one first.

    A name matches exactly or not at all; capitals, spaces, punctuation and a leading "The" do not count. Another
    name matches too: the table's own, or the built-in table's if both have the same country or domain. Where a table
    has several outlets of a name, all are given, but for those at other domains than `domain` if some are at it.
    `domain` alone finds an outlet in the built-in table only.

    >>> [(listing.table, listing.country) for listing in listings("Xinhua")]
    [('built-in', 'China')]
    """
    return tuple(
        Listing(
            where.header.name if where else BUILT_IN,
            outlet.name,
            outlet.kind,
            outlet.country,
            outlet.owner,
            outlet.classed,
            outlet.source or (where.header.source if where else ""),
        )
        for where, outlet in entries(name, domain)
    )


def entries(name: str, domain: str | None = None) -> tuple[tuple[Table | None, Outlet], ...]:
    """As `listings`, with the whole entry and its table (None: the built-in one)."""
    host = (domain or "").casefold().removeprefix("www.").rstrip(".")
    own = _narrowed(tuple(table()[place] for place in _index().find(name)), host)
    if not own and host and (there := _at_host(host)):
        own = (there,)
    found: list[tuple[Table | None, Outlet]] = [(None, outlet) for outlet in own]
    for imported in tables.stored():
        matches = imported.find(name) or _by_other_names(imported, own)
        found += [(imported, outlet) for outlet in _narrowed(matches, host)]
    return tuple(found)


def in_text() -> dict[str, str]:
    """The names that are looked for in running text, each with the name by which the outlet is called.

    All of the built-in table. Of imported ones those of two words or more, and acronyms of three to five capitals that
    are no English word: a single word ("Unity") would make an outlet of any noun.
    """
    return _in_text(tables.stored())


def names_in_text() -> "Names":
    """The same names, ready to be found."""
    return _names_in_text(tables.stored())


class Names:
    """Finds any of many names in a text, in a time that does not grow with their number."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        for name in names:
            if start := _START.match(name):
                self._by_start.setdefault(start[0], []).append(name)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The places where a name stands by itself, the longest at each, as one pattern of all names would find them.

        >>> [found[0] for found in Names(["Sky", "Sky News"]).finditer("Sky News and Sky, not Skyline")]
        ['Sky News', 'Sky']
        """
        end = 0
        starts = self._by_start.keys() & set(_WORD.findall(text))  # few texts have many of them
        places = sorted((place, start) for start in starts for place in _places(text, start))
        for place, start in places:
            if place >= end and (found := self._pattern(start).match(text, place)):
                end = found.end()
                yield found

    def _pattern(self, start: str) -> re.Pattern[str]:
        if start not in self._patterns:
            longest_first = sorted(self._by_start[start], key=len, reverse=True)
            self._patterns[start] = re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        return self._patterns[start]


def _places(text: str, word: str) -> Iterator[int]:
    """Where `_WORD` finds a word. A search for its letters is much quicker than a pattern with a look behind it."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        begins = at == 0 or (not _is_inside(text[at - 1]) and text[at - 1] != ".")
        if begins and not (_is_inside(word[0]) and end < len(text) and _is_inside(text[end])):
            yield at
        at = text.find(word, at + 1)


def _is_inside(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


_START = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"(?<![\w.])(?:\w+|[^\w\s])")


def _at_host(host: str) -> Outlet | None:
    labels = host.split(".")
    suffixes = (".".join(labels[index:]) for index in range(len(labels) - 1))
    return next((outlet for suffix in suffixes if (outlet := _by_domain().get(suffix))), None)


def _narrowed(outlets: tuple[Outlet, ...], host: str) -> tuple[Outlet, ...]:
    return tuple(outlet for outlet in outlets if host and outlet.at(host)) or outlets


def _by_other_names(imported: Table, own: tuple[Outlet, ...]) -> tuple[Outlet, ...]:
    """The outlets that a table calls by another name of the built-in entry, and that nothing tells from it."""
    found: dict[Outlet, None] = {}
    for outlet in own:
        for name in (outlet.name, *outlet.names):
            for match in imported.find(name):
                same_country = match.country and key(match.country) == key(outlet.country)
                if same_country or any(outlet.at(host) for host in match.domains):
                    found[match] = None
    return tuple(found)


@cache
def _in_text(imported: tuple[Table, ...]) -> dict[str, str]:
    names = {name: outlet.name for outlet in table() for name in (outlet.name, *outlet.names)}
    names = {**{without_accents(name): first for name, first in names.items()}, **names}
    for first, *others in chain.from_iterable(imported_table.names() for imported_table in imported):
        # Without what stands in brackets behind it, if the entry has it like that too.
        called = others[0] if "(" in first and others else first
        for name in filter(_is_plain, (first, *others)):
            known = named(name)
            names.setdefault(name, known.name if known else called)
    return names


def without_accents(name: str) -> str:
    """A name as those write it who have no accents: "Les Echos" for "Les Échos"."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


@cache
def _names_in_text(imported: tuple[Table, ...]) -> Names:
    return Names(_in_text(imported))


def _is_plain(name: str) -> bool:
    """Whether a name in running text can hardly be anything else.

    >>> [_is_plain(name) for name in ("Amber Daily", "The Herald", "7 Days", "Unity", "KXTV", "MAP")]
    [True, False, False, False, True, False]
    """
    if " " not in name:
        return bool(_ACRONYM.fullmatch(name)) and name.lower() not in _ordinary()
    parts = name.split()
    if parts[0].lower() in _ARTICLES:
        parts = parts[1:]
    return "(" not in name and sum(part != part.lower() for part in parts) > 1


_ACRONYM = re.compile(r"[A-Z]{3,5}")
_ARTICLES = ("the", "a", "an")


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(words.load("ordinary")["words"].split())


@cache
def _index() -> tables.Index:
    return tables.Index((outlet.name, *outlet.names) for outlet in table())


@cache
def _by_domain() -> dict[str, Outlet]:
    return {name: outlet for outlet in table() for name in outlet.domains}
