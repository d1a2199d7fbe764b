"""A query as questions to the database."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from sayso.library.query import Facets, Found, Query, Row
from sayso.words.quotations import CLOSING

OUTLETS = 30
"""Outlets in the facets, those with most articles."""
_STRAIGHT = str.maketrans({mark: '"' for marks in CLOSING.items() for mark in "".join(marks) if mark not in "‘’"})
PARTS = 50
"""Words and phrases of a question that are heeded; a text that was pasted has more."""
_PART = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_COLUMNS = (
    "id, title, outlet, url, earliest, latest, published, language, words, state, high, medium, low, first_finding, gap"
)
RANKED = 20_000
"""Articles up to which they are put in an order of relevance: words that more have tell nothing apart."""
WANTED, ANALYSED = 1, 2
Condition = tuple[str, tuple[str, ...]]


def search(connection: sqlite3.Connection, query: Query, limit: int, offset: int) -> Found:
    """The articles that have what is asked for."""
    conditions = list(_conditions(connection, query))
    source = "article"
    if conditions:
        _collect(connection, conditions)
        source = "hit"
    names = dict(connection.execute("SELECT id, name FROM outlet"))
    total, facets = _facets(connection, source, names)
    order = "day, number" if query.order == "oldest" else "day DESC, number DESC"
    if query.order == "relevance" and total <= RANKED and (wanted := match(query.text)[0]):
        _rank(connection, wanted)
        order = f"rank, {order}"
    numbers = f"SELECT number FROM {source} WHERE state >= 0 ORDER BY {order} LIMIT ? OFFSET ?"
    page = [number for (number,) in connection.execute(numbers, (max(0, limit), max(0, offset)))]
    return Found(total, tuple(_rows(connection, names, page)), facets)


def _collect(connection: sqlite3.Connection, conditions: list[Condition]) -> None:
    """All that have what is asked for, in a table of this connection: so they are looked for once only."""
    where = " AND ".join(condition for condition, _ in conditions)
    values = [value for _, given in conditions for value in given]
    connection.execute("DROP TABLE IF EXISTS temp.hit")
    connection.execute("CREATE TEMP TABLE hit (number INTEGER PRIMARY KEY, outlet, kinds, day, state, rank)")
    asked = f"SELECT number, outlet, kinds, day, state, 0 FROM article WHERE {where}"
    connection.execute(f"INSERT INTO hit {asked}", values)


def _rank(connection: sqlite3.Connection, wanted: str) -> None:
    """How much each has of the words asked for (BM25: less is more), those in the title counted four times."""
    ranks = "SELECT rowid, bm25(fulltext, 4.0, 1.0) AS rank FROM fulltext WHERE fulltext MATCH ?"
    connection.execute(
        f"UPDATE hit SET rank = found.rank FROM ({ranks}) AS found WHERE hit.number = found.rowid", [wanted]
    )


def _conditions(connection: sqlite3.Connection, query: Query) -> Iterator[Condition]:
    wanted, unwanted = match(query.text)
    if wanted:
        yield "number IN (SELECT rowid FROM fulltext WHERE fulltext MATCH ?)", (wanted,)
    if unwanted:
        yield "number NOT IN (SELECT rowid FROM fulltext WHERE fulltext MATCH ?)", (unwanted,)
    if query.outlet:
        yield "outlet IN (SELECT id FROM outlet WHERE name = ? COLLATE NOCASE)", (_clean(query.outlet),)
    if query.actor:
        name = phrase(query.actor)
        who = "SELECT number FROM actor WHERE name IN (SELECT rowid FROM nametext WHERE nametext MATCH ?)"
        yield (f"number IN ({who})", (name,)) if name else ("FALSE", ())
    if query.finding:
        sets = [id for id, kinds in _kinds(connection).items() if query.finding in kinds]
        yield f"kinds IN ({', '.join(map(str, sets))})", ()
    if query.earliest:
        yield "published >= ?", (query.earliest,)
    if query.latest:
        yield "published <= ?", (query.latest,)


def match(text: str) -> tuple[str, str]:
    """What people type as expressions of FTS5: all that must be there, and what must not be (any of it).

    >>> match('harbour "old cable" ship* -fire')
    ('"harbour" "old cable" "ship"*', '"fire"')
    >>> match('" AND ( - * :'), match("it's 5,000")
    (('"AND ( - * :"', ''), ('"it\\'s" "5,000"', ''))
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, quoted, plain in islice(_PART.findall(_clean(text).translate(_STRAIGHT)), PARTS):
        words = phrase(quoted or plain)
        if words:
            star = "*" if plain.endswith("*") else ""
            (unwanted if minus else wanted).append(words + star)
    return " ".join(wanted), " OR ".join(unwanted)


def phrase(text: str) -> str:
    """Words that stand in this order, as an expression of FTS5; empty if there is no word in it."""
    said = " ".join(_clean(text).replace('"', " ").split()).rstrip("*")
    return f'"{said}"' if any(character.isalnum() for character in said) else ""


def _clean(text: str) -> str:
    """What the database takes: without half characters, and without the sign that ends a text in C."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def _facets(connection: sqlite3.Connection, source: str, names: dict[int, str]) -> tuple[int, Facets]:
    """How many there are, and of which outlets and kinds of finding."""
    sets = _kinds(connection)
    outlets: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    total = 0
    grouped = f"SELECT outlet, kinds, count(*) FROM {source} WHERE state >= 0 GROUP BY outlet, kinds"
    for outlet, kinds, count in connection.execute(grouped):
        total += count
        if outlet:
            outlets[names[outlet]] += count
        for kind in sets[kinds]:
            findings[kind] += count
    return total, Facets(_most(outlets)[:OUTLETS], _most(findings))


def _most(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _kinds(connection: sqlite3.Connection) -> dict[int, list[str]]:
    """The sets of kinds of finding that articles have, by their numbers."""
    return {id: kinds.split("\n") if kinds else [] for id, kinds in connection.execute("SELECT id, kinds FROM kinds")}


def _rows(connection: sqlite3.Connection, names: dict[int, str], numbers: list[int]) -> Iterator[Row]:
    kept = "EXISTS (SELECT 1 FROM analysis WHERE analysis.number = article.number)"
    asked = f"SELECT number, {_COLUMNS}, {kept} FROM article WHERE number IN ({', '.join(map(str, numbers))})"
    found = {number: values for number, *values in connection.execute(asked)}
    for number in numbers:
        id, title, outlet, url, earliest, latest, published, language, words, state, *more = found[number]
        *counts, first, gap, kept = more
        findings = dict(zip(("high", "medium", "low"), counts, strict=True))
        analysed = state == ANALYSED or (state == WANTED and bool(kept))  # it is to be analysed once more
        name = names[outlet] or None
        yield Row(
            id, number, title, name, url, earliest, latest, published, language, words, analysed, findings, first, gap
        )  # fmt: skip
