"""Tables of outlets in words: which there are, what they say of an outlet, what came of an import."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from sayso.reporting.labels import printable
from sayso.words.importing import Import
from sayso.words.tables import BUILT_IN, Header, Outlet, Table

NOT_OURS = "the table's word, not Sayso's"
_BUILT_IN_SOURCE = "comes with Sayso; each entry names its source"
MOST_PROBLEMS = 20


def tables(outlets: int, headers: Iterable[Header]) -> Iterator[str]:
    """A line a table, the built-in one first."""
    yield f"{BUILT_IN}: {outlets:,} outlets; {_BUILT_IN_SOURCE}"
    for header in headers:
        yield printable(f"{header.name}: {_counted(header)}; {header.source}; imported {header.imported[:10]}")


def tables_json(outlets: int, headers: Iterable[Header]) -> Iterator[str]:
    """An object a table: the fields of its header."""
    yield _json({"name": BUILT_IN, "source": _BUILT_IN_SOURCE, "outlets": outlets})
    yield from (_json(asdict(header)) for header in headers)


def entries(found: Iterable[tuple[Table | None, Outlet]]) -> Iterator[str]:
    """What each table says of an outlet, line by line; a class is marked as the table's word."""
    for number, (table, outlet) in enumerate(found):
        fields = {
            "also": ", ".join(outlet.names),
            "kind": outlet.kind,
            "country": outlet.country,
            "owner": outlet.owner,
            "class": f"{outlet.classed} ({NOT_OURS})" if outlet.classed else "",
            "domains": ", ".join(outlet.domains),
            "source": _source(table, outlet),
        }
        yield from ([""] if number else [])
        yield printable(f"{outlet.name}, in the table {_name(table)}")
        yield from (printable(f"  {field:<8} {value}") for field, value in fields.items() if value)


def entries_json(found: Iterable[tuple[Table | None, Outlet]]) -> Iterator[str]:
    """An object an entry: the fields of `Listing`, the other names and the domains."""
    for table, outlet in found:
        yield _json({"table": _name(table), **asdict(outlet), "source": _source(table, outlet)})


def imported(result: Import) -> Iterator[str]:
    """What a person should know of an import, the worst first: rows left out, guesses, and what there is now."""
    header = result.header
    for problem in result.problems[:MOST_PROBLEMS]:
        yield f"{header.file}: line {problem.line} is left out: {problem.why}"
    if more := len(result.problems) - MOST_PROBLEMS:
        yield from [f"{header.file}: {more:,} more rows are left out"] if more > 0 else []
    yield from (f"{header.file}: {note}" for note in result.notes)
    if result.replaced:
        yield f"the table “{header.name}” that was there is replaced"


def summary(header: Header) -> str:
    """What an import brought in, on one line."""
    return printable(f"{header.name}: {_counted(header)}")


def _counted(header: Header) -> str:
    rest = [f"{header.merged:,} merged"] if header.merged else []
    rest += [f"{header.skipped:,} left out"] if header.skipped else []
    rows = f"from {header.rows:,} rows" + (f" ({', '.join(rest)})" if rest else "")
    return f"{header.outlets:,} outlets {rows}"


def _name(table: Table | None) -> str:
    return table.header.name if table else BUILT_IN


def _source(table: Table | None, outlet: Outlet) -> str:
    return outlet.source or (table.header.source if table else "")


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
