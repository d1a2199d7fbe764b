"""Files of events, packed or not, to rows: which format it is shows in how it begins.

JSON Lines (also a Wikidata dump's), XML and nothing else may be longer than memory, so these are read piece by piece.
"""

import gzip
import io
import json
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sayso import words
from sayso.errors import SaysoError
from sayso.events import wikitext
from sayso.words import importing as tables
from sayso.words.importing import Problem
from sayso.words.tables import key

LONGEST_LINE = 16 * 1024 * 1024
LARGEST = 256 * 1024 * 1024
"""Bytes of a file that is read as a whole: CSV, one JSON document, a page."""
HEAD = 4096


class Row(NamedTuple):
    """What a file says of an event, as it says it, and the line it stands in."""

    line: int
    date: str
    text: str
    category: str = ""


Rows = Iterator[Row | Problem]


def stem(file: str) -> str:
    """The name of a file without what it ends in.

    >>> stem("tables/amber.jsonl.gz")
    'amber'
    """
    return Path(Path(file).name.removesuffix(".gz")).stem


@contextmanager
def opened(file: str) -> Iterator[Rows]:
    """The rows of a file (- is standard input). Raises SaysoError naming the file, also while they are read."""
    with ExitStack() as open_files:
        try:
            stream = sys.stdin.buffer if file == "-" else open_files.enter_context(Path(file).open("rb"))
            packed = stream.peek(2)[:2] == b"\x1f\x8b"  # type: ignore[union-attr]
        except IsADirectoryError:
            raise SaysoError(f"{file}: it is a folder; name a file of events") from None
        except FileNotFoundError:
            raise SaysoError(f"{file}: there is no such file") from None
        except (OSError, ValueError) as error:
            raise SaysoError(f"{file}: it cannot be read ({_reason(error)})") from error
        unpacked: Any = io.BufferedReader(gzip.GzipFile(fileobj=stream)) if packed else stream
        source = Source(file, unpacked)
        yield _reader(source)(source)


class Source:
    """A file while it is read. Its faults are SaysoErrors that name it."""

    def __init__(self, file: str, stream: Any) -> None:
        self.file = file
        self.line = 0
        self._stream = stream
        self.head: bytes = self._told(lambda: stream.peek(HEAD)[:HEAD])

    def read(self, size: int = -1) -> bytes:
        """As a file does it; XML is read so."""
        return self._told(lambda: self._stream.read(size))

    def text(self) -> str:
        """All of it. Raises SaysoError for what is too large or not UTF-8."""
        data = self.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise SaysoError(f"{self.file}: it has more than {LARGEST // 1024**2} MB; JSON Lines may be longer")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise SaysoError(f"{self.file}: it is not UTF-8; save it as UTF-8") from None

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Its lines with their numbers; None in place of one that is too long."""
        while line := self._readline():
            self.line += 1
            kept = line if len(line) <= LONGEST_LINE else None
            while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
                line = self._readline()
            yield self.line, kept

    def _readline(self) -> bytes:
        return self._told(lambda: self._stream.readline(LONGEST_LINE + 1))

    def _told(self, read: Callable[[], bytes]) -> bytes:
        where = f" after line {self.line:,}" if self.line else ""
        try:
            return read()
        except (EOFError, zlib.error) as error:
            raise SaysoError(f"{self.file}: it is damaged or breaks off{where}; nothing of it is imported") from error
        except (OSError, ValueError) as error:
            why = f"it cannot be read{where} ({_reason(error)}); nothing of it is imported"
            raise SaysoError(f"{self.file}: {why}") from error


def _reason(error: Exception) -> object:
    return error.strerror if isinstance(error, OSError) and error.strerror else error


def _reader(source: Source) -> Callable[[Source], Rows]:
    """What reads a file, by how it begins."""
    head = source.head
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"BZh", b"\xfd7zXZ")):
        raise SaysoError(f"{source.file}: it is a workbook or an archive; unpack it, or save the table as CSV")
    if b"\0" in head:
        raise SaysoError(f"{source.file}: it is not UTF-8 text; events come as JSON, CSV, wikitext or XML")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"<mediawiki" in start:
        return _xml_rows
    if start.startswith(b"<") and not start.startswith(b"<!--"):
        raise SaysoError(f"{source.file}: it is HTML, or XML that is no export of MediaWiki")
    if re.match(rb'\{\s*"(?:head|results|query|batchcomplete|continue|curtimestamp)"|\[\s*\{(?!.)|\[\{', start):
        return _document_rows
    if start.startswith((b"{{", b"<!--", b"*", b"'''", b"=", b";")) or b"{{current events" in start.lower():
        return _page_rows
    if start.startswith((b"{", b"[")):
        return _json_rows
    return _csv_rows


# One record


@lru_cache(64)
def _fields(headers: tuple[str, ...]) -> dict[str, str]:
    """For each of the fields of an event the header that gives it; see `words/events.toml`."""
    by_key = {key(header): header for header in reversed(headers) if header}
    known = words.load("events")["columns"]
    found = {field: [by_key[key(name)] for name in names if key(name) in by_key] for field, names in known.items()}
    return {field: given[0] for field, given in found.items() if given}


def _row(line: int, record: Mapping[str, Any], fields: Mapping[str, str]) -> Row | Problem:
    """The row of a record: its text and description as one sentence; its day, if the record says that it is one."""
    values = {field: "" if (value := record.get(header)) is None else value for field, header in fields.items()}
    for field, value in values.items():
        if not isinstance(value, str) and field != "precision":
            return Problem(line, f"“{fields[field]}” is not text")
    if values.get("precision") not in (None, "", "11", 11):
        return Problem(line, "its date is no day (precision other than 11)")
    day, midnight, _ = values.get("date", "").strip().partition("T00:00:00")
    if midnight and day.endswith("-01") and not values.get("precision"):
        return Problem(line, f"{day[:20]} may stand for a month or a year; ask for ?precision (wikibase:timePrecision)")
    text, description = values.get("text", "").strip(), values.get("description", "").strip()
    if re.fullmatch(r"Q[0-9]+", text):
        return Problem(line, f"{text} has no label")
    joined = ": ".join(part for part in (text, description) if part)
    return Row(line, day, joined, values.get("category", ""))


# Formats


def _json_rows(source: Source) -> Rows:
    for number, line in source.lines():
        if line is None:
            yield Problem(number, f"it has more than {LONGEST_LINE // 1024**2} MB")
        elif (written := line.removeprefix(b"\xef\xbb\xbf").strip().rstrip(b",")) not in (b"", b"[", b"]"):
            yield from _json_row(number, written)


def _json_row(number: int, line: bytes) -> Rows:
    try:
        record = json.loads(line.decode())
    except UnicodeDecodeError:
        yield Problem(number, "it is not UTF-8")
    except (ValueError, RecursionError):
        yield Problem(number, "it is not JSON")
    else:
        if not isinstance(record, dict):
            yield Problem(number, "it is not an object")
        elif "claims" in record:
            yield from _entity_rows(number, record)
        else:
            yield _row(number, record, _fields(tuple(record)))


def _entity_rows(number: int, entity: Mapping[str, Any]) -> Rows:
    """An item of a Wikidata dump: a row for each day that its claims give."""
    label, description = _english(entity, "labels"), _english(entity, "descriptions")
    dated = [(day, form) for name, form in words.load("events")["wikidata"].items() for day in _claimed(entity, name)]
    if not dated or not label:
        yield Problem(number, "it has no English label" if dated else "none of its dates is a day")
        return
    for day, form in dated:
        sentence = form.format(label)
        yield Row(number, day, f"{sentence}: {description}" if description else sentence)


def _english(entity: Mapping[str, Any], part: str) -> str:
    try:
        return str(entity[part]["en"]["value"])
    except (KeyError, TypeError, IndexError):
        return ""


def _claimed(entity: Mapping[str, Any], name: str) -> list[str]:
    """The days that an item's claims of a property give, those in the Julian calendar and outdated ones left out."""
    days = []
    claims = entity["claims"].get(name, []) if isinstance(entity["claims"], dict) else []
    for claim in claims if isinstance(claims, list) else []:
        try:
            value = claim["mainsnak"]["datavalue"]["value"]
            gregorian = str(value.get("calendarmodel", "Q1985727")).endswith("Q1985727")
            if value["precision"] == 11 and gregorian and claim.get("rank") != "deprecated":
                days.append(str(value["time"]).removeprefix("+").partition("T")[0])
        except (KeyError, TypeError, AttributeError):  # "unknown value" has none
            continue
    return list(dict.fromkeys(days))


def _document_rows(source: Source) -> Rows:
    """One JSON document: an answer of Wikidata's query service, short or long, or of the MediaWiki API."""
    try:
        document = json.loads(source.text())
    except (ValueError, RecursionError) as error:
        raise SaysoError(f"{source.file}: it is damaged or breaks off ({error}); nothing of it is imported") from error
    if isinstance(document, dict) and "results" not in document:
        try:
            yield from _pages_rows((0, page) for page in wikitext.pages(document))
        except ValueError as error:
            raise SaysoError(f"{source.file}: {error}") from error
        return
    records = document if isinstance(document, list) else _bindings(source.file, document)
    for number, record in enumerate(records, 1):
        yield (
            _row(number, record, _fields(tuple(record)))
            if isinstance(record, dict)
            else Problem(number, "it is no object")
        )


def _bindings(file: str, document: Mapping[str, Any]) -> list[Any]:
    try:
        return [{name: cell["value"] for name, cell in row.items()} for row in document["results"]["bindings"]]
    except (KeyError, TypeError, AttributeError):
        raise SaysoError(f"{file}: it is no answer of Wikidata's query service") from None


def _csv_rows(source: Source) -> Rows:
    text = source.text().replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise SaysoError(f"{source.file}: it is empty")
    rows, headers = tables.csv_rows(source.file, text.split("\n"))
    fields = _fields(tuple(headers))
    for wanted in ("date", "text"):
        if wanted not in fields:
            listed = ", ".join(f"“{header[:40]}”" for header in headers[:20])
            why = f"no column is known for the event's {wanted}; its columns are {listed}. Call one “{wanted}”"
            raise SaysoError(f"{source.file}: {why}")
    for row in rows:
        yield Problem(row.line, row.problem) if row.problem else _row(row.line, row.cells, fields)


def _page_rows(source: Source) -> Rows:
    """The wikitext of a page, whose file may be called as the page is ("2018 April 14.wiki")."""
    yield from _pages_rows([(0, wikitext.Page(stem(source.file), source.text()))])


def _xml_rows(source: Source) -> Rows:
    """MediaWiki's XML export: the last revision of each page."""
    from lxml import etree  # noqa: PLC0415 - only for XML

    def pages() -> Iterator[tuple[int, wikitext.Page]]:
        parser = etree.iterparse(
            source, tag="{*}page", resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        for _, page in parser:
            texts = page.findall("{*}revision/{*}text")
            text = texts[-1].text or "" if texts else ""
            yield page.sourceline, wikitext.Page(page.findtext("{*}title") or "", text)
            page.clear()
            while page.getprevious() is not None:
                del page.getparent()[0]

    try:
        yield from _pages_rows(page for page in pages() if wikitext.day_of(page[1]))
    except etree.XMLSyntaxError as error:
        why = f"it is damaged or breaks off ({error}); nothing of it is imported"
        raise SaysoError(f"{source.file}: {why}") from error


def _pages_rows(pages: Iterable[tuple[int, wikitext.Page]]) -> Rows:
    for line, page in pages:
        day, found = wikitext.day_of(page), wikitext.items(page.text or "")
        if day is not None and found:
            yield from (Row(line, day.isoformat(), item.text, item.category) for item in found)
            continue
        why = "it has no event" if day else "neither its title nor its first template gives a day"
        yield Problem(line, f"“{page.title[:80]}”: {why if page.text is not None else 'there is no such page'}")
