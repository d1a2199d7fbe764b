"""A query as questions to the database."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sayso.library.query import Facets, Found, Query, Row

OUTLETS = 30
"""Outlets in the facets, those with most articles."""
PARTS = 50
"""Words and phrases of a question that are heeded; a text that was pasted has more."""
_PART = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_COLUMNS = (
    "id, number, title, outlet, url, earliest, latest, published, language, words, state, "
    "high, medium, low, first_finding, gap"
)
ANALYSED = 2
Condition = tuple[str, tuple[str, ...]]


def search(connection: sqlite3.Connection, query: Query, limit: int, offset: int) -> Found:
    """The articles that have what is asked for."""
    conditions = list(_conditions(connection, query))
    where = " AND ".join(["state >= 0", *(condition for condition, _ in conditions)])
    values = [value for _, given in conditions for value in given]
    total, facets = _facets(connection, where, values)
    wanted, _ = match(query.text)
    if query.order == "relevance" and wanted:
        source = "words JOIN article ON number = words.rowid"
        where, values = f"words MATCH ? AND {where}", [wanted, *values]
        order = "bm25(words, 4.0, 1.0), number DESC"
    else:
        source = "article"
        order = "day, number" if query.order == "oldest" else "day DESC, number DESC"
    columns = ", ".join(f"article.{column}" for column in _COLUMNS.split(", "))
    found = connection.execute(
        f"SELECT {columns} FROM {source} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
        (*values, max(0, limit), max(0, offset)),
    ).fetchall()
    names = dict(connection.execute("SELECT id, name FROM outlet"))
    return Found(total, tuple(_row(names, one) for one in found), facets)


def _conditions(connection: sqlite3.Connection, query: Query) -> Iterator[Condition]:
    wanted, unwanted = match(query.text)
    if wanted:
        yield "number IN (SELECT rowid FROM words WHERE words MATCH ?)", (wanted,)
    if unwanted:
        yield "number NOT IN (SELECT rowid FROM words WHERE words MATCH ?)", (unwanted,)
    if query.outlet:
        yield "outlet IN (SELECT id FROM outlet WHERE name = ? COLLATE NOCASE)", (_clean(query.outlet),)
    if query.actor:
        name = phrase(query.actor)
        who = "SELECT number FROM actor WHERE name IN (SELECT rowid FROM names WHERE names MATCH ?)"
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
    for minus, quoted, plain in islice(_PART.findall(_clean(text)), PARTS):
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


def _facets(connection: sqlite3.Connection, where: str, values: list[str]) -> tuple[int, Facets]:
    """How many there are, and of which outlets and kinds of finding."""
    names, sets = dict(connection.execute("SELECT id, name FROM outlet")), _kinds(connection)
    outlets: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    total = 0
    grouped = f"SELECT outlet, kinds, count(*) FROM article WHERE {where} GROUP BY outlet, kinds"
    for outlet, kinds, count in connection.execute(grouped, values):
        total += count
        if outlet:
            outlets[names[outlet]] += count
        for kind in sets[kinds]:
            findings[kind] += count
    return total, Facets(tuple(outlets.most_common(OUTLETS)), tuple(findings.most_common()))


def _kinds(connection: sqlite3.Connection) -> dict[int, list[str]]:
    """The sets of kinds of finding that articles have, by their numbers."""
    return {id: kinds.split("\n") if kinds else [] for id, kinds in connection.execute("SELECT id, kinds FROM kinds")}


def _row(names: dict[int, str], values: tuple[Any, ...]) -> Row:
    id, number, title, outlet, *more, state, high, medium, low, first, gap = values
    findings = {"high": high, "medium": medium, "low": low}
    url, earliest, latest, published, language, words = more
    return Row(
        id, number, title, names[outlet] or None, url, earliest, latest, published, language, words,
        state == ANALYSED, findings, first, gap,
    )  # fmt: skip
