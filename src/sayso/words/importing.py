"""Other people's tables of outlets, from CSV, TSV or JSON Lines to entries. A bad row costs itself and no other."""

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sayso import words
from sayso.errors import SaysoError
from sayso.words import delimited, tables
from sayso.words.outlets import domain
from sayso.words.tables import Header, Outlet, key

LARGEST = 64 * 1024 * 1024
LONGEST_CELL = 1_000
LONGEST_ROW = 131_072
LONGEST_NAME = 200
SAMPLE = 65_536
FIELDS = ("name", "names", "country", "owner", "kind", "class", "url", "source")
SEVERAL = frozenset({"names", "url"})
"""Fields that may come from more than one column."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was left out, or something else to know: the line it begins in, and what is wrong."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Import:
    """What came of a file: the table, what was wrong, how the file was read, and whether it replaced another table."""

    header: Header
    outlets: tuple[Outlet, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    replaced: bool = False


class Row(NamedTuple):
    """A row's cells by header, or in place of them what is wrong with the row."""

    line: int
    cells: dict[str, Any]
    problem: str = ""


def store(file: str, name: str | None = None, source: str = "", columns: Iterable[tuple[str, str]] = ()) -> Import:
    """Import a file and keep its table. `columns` are (field, header), for headers that are not known.

    Raises SaysoError naming the file if it cannot be read or nothing in it can be used; then nothing is stored.
    """
    found = read(file, name, source, columns)
    return replace(found, replaced=tables.save(found.header, found.outlets))


def read(file: str, name: str | None = None, source: str = "", columns: Iterable[tuple[str, str]] = ()) -> Import:
    """As `store`, but nothing is kept."""
    name = " ".join((name if name is not None else _stem(file)).split())
    tables.place(name)  # a bad name is told before a long file is read
    data = _bytes(file)
    text, notes = _decoded(file, data)
    rows, headers = _rows(file, text)
    mapped = _mapped(file, headers, columns)
    count, problems = 0, []
    merged: dict[tuple[str, ...], Outlet] = {}
    found = 0
    for row in rows:
        count += 1
        outlets, why = ((), row.problem) if row.problem else _entries(row.cells, mapped)
        if why:
            problems.append(Problem(row.line, why))
        for outlet in outlets:
            found += 1
            same = (key(outlet.name), outlet.country, outlet.owner, outlet.kind, outlet.classed, outlet.source)
            merged[same] = _together(merged[same], outlet) if same in merged else outlet
    if not merged:
        raise SaysoError(f"{file}: no row in it gives an outlet" + (f" (line {_first(problems)})" if problems else ""))
    header = Header(
        name=name,
        source=" ".join(source.split()) or ("standard input" if file == "-" else Path(file).name),
        file=file,
        imported=datetime.now(UTC).isoformat(timespec="seconds"),
        sha256=hashlib.sha256(data).hexdigest(),
        rows=count,
        outlets=len(merged),
        merged=found - len(merged),
        skipped=len(problems),
    )
    return Import(header, tuple(merged.values()), tuple(problems), notes)


def _first(problems: list[Problem]) -> str:
    return f"{problems[0].line}: {problems[0].why}"


def _stem(file: str) -> str:
    if file == "-":
        raise SaysoError("standard input has no name: give the table one with --name")
    return Path(file).stem


# Bytes and text


def _bytes(file: str) -> bytes:
    try:
        if file == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(LARGEST + 1)
    except IsADirectoryError:
        raise SaysoError(f"{file}: it is a folder; name a CSV or JSON Lines file") from None
    except FileNotFoundError:
        raise SaysoError(f"{file}: there is no such file") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise SaysoError(f"{file}: it cannot be read ({why})") from error
    if len(data) > LARGEST:
        raise SaysoError(f"{file}: it has more than {LARGEST // 1024**2} MB, which no table of outlets needs")
    return data


def _decoded(file: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and a note where its encoding is a guess. Raises SaysoError for what is no text."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise SaysoError(f"{file}: it is a workbook or an archive, not text; save the table as CSV")
    marked = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    notes: tuple[str, ...] = ()
    try:
        text = data.decode(marked)
    except UnicodeDecodeError:
        encoding = _guess(data[:SAMPLE]) if marked == "utf-8-sig" and b"\0" not in data else None
        if encoding is None:
            raise _no_text(file) from None
        text = data.decode(encoding, "replace")
        notes = (f"it is not UTF-8, and was read as {encoding}, which is a guess: look at names with accents",)
    if len(_CONTROLS.findall(text)) > max(2, len(text) // 1000):
        raise _no_text(file)
    if not text.strip():
        raise SaysoError(f"{file}: it is empty")
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _no_text(file: str) -> SaysoError:
    return SaysoError(f"{file}: it is not text; a table of outlets is CSV, TSV or JSON Lines")


def _guess(sample: bytes) -> str | None:
    import charset_normalizer  # noqa: PLC0415 - only for the few files that are not UTF-8

    best = charset_normalizer.from_bytes(sample).best()
    # Detectors cannot tell the encodings of Latin scripts apart in short texts; the Western one is the usual one.
    if best is None or all(alphabet.startswith(("Latin", "Basic Latin")) for alphabet in _scripts(best.alphabets)):
        return "cp1252"
    return best.encoding


def _scripts(alphabets: Iterable[str]) -> list[str]:
    return [name for name in alphabets if "Punctuation" not in name and "Currency" not in name]


_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")


# Rows


def _rows(file: str, text: str) -> tuple[Iterator[Row], list[str]]:
    start = text.lstrip()
    if start.startswith("[") and Path(file).suffix.lower() in (".json", ".jsonl", ".ndjson"):
        raise SaysoError(f"{file}: it is a JSON array; JSON Lines have one object a line")
    if start.startswith("{"):
        rows = list(_json_rows(text))
        return iter(rows), list(dict.fromkeys(header for row in rows for header in row.cells))
    return csv_rows(file, text.split("\n"))


def _json_rows(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            cells = json.loads(line)
        except (ValueError, RecursionError):
            yield Row(number, {}, "it is not JSON")
            continue
        yield Row(number, cells) if isinstance(cells, dict) else Row(number, {}, "it is not an object")


def csv_rows(file: str, lines: list[str]) -> tuple[Iterator[Row], list[str]]:
    begin = next(number for number, line in enumerate(lines) if line.strip())
    sign = delimited.delimiter(lines[begin])
    parsed = delimited.parsed(islice(lines, begin, None), sign, LONGEST_ROW)
    _, first = next(parsed)
    if isinstance(first, str):
        raise SaysoError(f"{file}: line {begin + 1}, which should be the header, cannot be read ({first})")
    headers = [" ".join(cell.split()) for cell in first]
    return _with_headers(file, headers, begin + 1, parsed), headers


def _with_headers(
    file: str, headers: list[str], begin: int, parsed: Iterator[tuple[int, list[str] | str]]
) -> Iterator[Row]:
    try:
        for number, cells in parsed:
            yield from _row(headers, begin + number, cells)
    except delimited.NoTableError as error:
        raise SaysoError(f"{file}: {error}") from error


def _row(headers: list[str], line: int, cells: list[str] | str) -> Iterator[Row]:
    if isinstance(cells, str):
        yield Row(line, {}, cells)
    elif any(cell.strip() for cell in cells[len(headers) :]):
        yield Row(line, {}, f"it has {len(cells)} cells and the header {len(headers)}")
    elif cells and not any(cell.strip() for cell in cells):
        yield Row(line, {}, "all its cells are empty")
    elif cells:
        yield Row(line, by_header(headers, cells))


def by_header(headers: list[str], cells: list[str]) -> dict[str, Any]:
    """The cells by their headers; of two columns with one header, the first that says something."""
    found: dict[str, Any] = {}
    for header, cell in zip(headers, cells, strict=False):
        if not found.get(header):
            found[header] = cell
    return found


# Columns


def _mapped(file: str, headers: list[str], columns: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """For each field the headers that it is taken from. Raises SaysoError where there is none for the name."""
    by_key = {key(header): header for header in reversed(headers) if header}
    mapped: dict[str, list[str]] = {}
    for field, header in columns:
        if key(header) not in by_key:
            raise SaysoError(f"{file}: it has no column “{header}”; its columns are {_listed(headers)}")
        mapped.setdefault(field, []).append(by_key[key(header)])
    taken = {header for given in mapped.values() for header in given}
    for field, known in words.load("columns")["headers"].items():
        if field not in mapped:
            found = [by_key[key(h)] for h in known if key(h) in by_key and by_key[key(h)] not in taken]
            mapped[field] = found if field in SEVERAL else found[:1]
    for field, given in mapped.items():
        if len(given) > 1 and field not in SEVERAL:
            raise SaysoError(f"{file}: “{field}” can be one column only, not {_listed(given)}")
    if not mapped["name"]:
        raise SaysoError(
            f"{file}: no column is known for the outlet's name; its columns are {_listed(headers)}. "
            "Name one with --column name=HEADER"
        )
    return mapped


def _listed(headers: list[str]) -> str:
    shown = [f"“{header[:40]}”" for header in headers if header]
    return ", ".join(shown[:20]) + (f" and {len(shown) - 20} more" if len(shown) > 20 else "") or "all without a header"


# Entries


def _entries(cells: Mapping[str, Any], mapped: Mapping[str, list[str]]) -> tuple[list[Outlet], str]:
    """The outlets of a row, and why it has none."""
    try:
        values = {field: [v for h in headers for v in _values(h, cells.get(h))] for field, headers in mapped.items()}
    except ValueError as error:
        return [], str(error)
    one = {field: " ".join(_joined(values[field]).split()) for field in FIELDS if field not in SEVERAL | {"name"}}
    owner = one["owner"]
    found = []
    for given in _names(values["name"], mapped["name"][0]):
        kind, name = _medium(given)
        if not key(name):
            return [], f"“{name}” has neither a letter nor a digit" if name else "it has no name"
        if len(name) > LONGEST_NAME:
            return [], f"its name has more than {LONGEST_NAME} characters"
        others = [*_other_names(name, owner), *(n for v in values["names"] for n in _split(v))]
        found.append(
            Outlet(
                name=name,
                names=tuple(dict.fromkeys(n for n in others if n != name and key(n) and len(n) <= LONGEST_NAME)),
                domains=tuple(dict.fromkeys(host for v in values["url"] for host in _hosts(v))),
                kind=one["kind"] or kind,
                country=one["country"],
                owner=owner,
                source=one["source"],
                classed=one["class"],
            )
        )
    return found, "" if found else f"it has no name (column “{mapped['name'][0]}”)"


def _values(header: str, cell: Any) -> list[str]:
    """What a cell says, as text. Raises ValueError for what is no text."""
    cells = cell if isinstance(cell, list) else [cell]
    if not all(value is None or isinstance(value, str | int | float) for value in cells):
        raise ValueError(f"“{header}” is not text")
    texts = [str(value).encode(errors="replace").decode() for value in cells if value is not None]
    if any(len(text) > LONGEST_CELL for text in texts):
        raise ValueError(f"“{header}” has more than {LONGEST_CELL:,} characters")
    return [text for text in texts if text.strip()]


def _joined(values: list[str]) -> str:
    return "; ".join(values)


def _names(values: list[str], header: str) -> list[str]:
    several = {key(known) for known in words.load("columns")["several"]["headers"]}
    split = _split if key(header) in several else lambda value: [" ".join(value.split())]
    return list(dict.fromkeys(name for value in values for name in split(value)))


def _split(value: str) -> list[str]:
    """The parts of a cell that holds several names.

    >>> _split("Amber Post; Amber Radio")
    ['Amber Post', 'Amber Radio']
    """
    return [name for part in re.split(r"[;|\n]", value) if (name := " ".join(part.split()))]


def _medium(name: str) -> tuple[str, str]:
    """The medium that stands before a name, if any, and the name; without a bracket that was only ever closed.

    >>> _medium("Print: Amber Post")
    ('Print', 'Amber Post')
    """
    head, colon, rest = name.partition(":")
    if colon and rest.strip() and key(head) in _media():
        return head.strip(), rest.strip()
    return "", name.rstrip(") ") if "(" not in name else name


@cache
def _media() -> frozenset[str]:
    return frozenset(key(word) for word in words.load("columns")["media"]["words"])


def _other_names(name: str, owner: str) -> list[str]:
    """Names of an outlet that its own name and its owner's show: "Amber Post News (APN)" owned by "X".

    What stands before a bracket is a name; what stands in it only if it is an acronym of that. An owner "Amber Post
    (AP)" of an outlet "AP" spells out its name.

    >>> _other_names("Amber Central Television (ACTV)", ""), _other_names("ACTV", "Amber Central Television (ACTV)")
    (['Amber Central Television', 'ACTV'], ['Amber Central Television'])
    """
    found = []
    bare, inside = _bracketed(name)
    if bare:
        found += [bare, inside] if _is_acronym(inside, bare) else [bare]
    bare, inside = _bracketed(owner)
    if name in (bare, inside) and _is_acronym(inside, bare):
        found.append(inside if name == bare else bare)
    return found


def _bracketed(name: str) -> tuple[str, str]:
    """What stands before a bracket at a name's end and what stands in it; nothing where there is no such bracket.

    >>> _bracketed("Amber Post (English)"), _bracketed("Amber (East) Post"), _bracketed("Amber Post (Eng")
    (('Amber Post', 'English'), ('', ''), ('Amber Post', 'Eng'))
    """
    bare, _, rest = name.partition("(")
    inside, _, behind = rest.partition(")")
    return (bare.strip(), inside.strip()) if key(bare) and rest and not behind.strip() else ("", "")


def _is_acronym(short: str, long: str) -> bool:
    """Whether three or more capitals are letters of a name in their order, beginning with its first.

    >>> _is_acronym("ACTV", "Amber Central Television"), _is_acronym("UK", "Ulm Kurier"), _is_acronym("USA", "Amber")
    (True, False, False)
    """
    letters = iter(long.casefold())
    return (
        re.fullmatch(r"[^\W\d_]{3,8}", short) is not None
        and short.isupper()
        and long[:1].casefold() == short[0].casefold()
        and all(letter in letters for letter in short.casefold())
    )


def _hosts(value: str) -> list[str]:
    """The hosts that a cell of addresses names, with or without "https://".

    >>> _hosts("www.amber.example/news; https://amber.test")
    ['amber.example', 'amber.test']
    """
    parts = re.split(r"[\s;|,]+", value)
    hosts = (domain(part if "//" in part else f"//{part}") for part in parts)
    return [host for host in hosts if re.fullmatch(r"[\w-]+(\.[\w-]+)+", host)]


def _together(first: Outlet, second: Outlet) -> Outlet:
    """One entry of two rows that differ in names and domains only."""
    return replace(
        first,
        names=tuple(dict.fromkeys((*first.names, *(n for n in (second.name, *second.names) if n != first.name)))),
        domains=tuple(dict.fromkeys((*first.domains, *second.domains))),
    )
