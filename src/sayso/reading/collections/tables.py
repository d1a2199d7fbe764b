"""Rows of a table as articles: quick, since there are millions of them.

A row's text is taken as it stands. Nothing is cut from it, and its language is left open: `languages.detect` tells it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

from sayso import words
from sayso.errors import ReadingError, SaysoError
from sayso.model import Article, DateCandidate, Span
from sayso.reading import archives, dates, media, outlets
from sayso.reading.collections import days
from sayso.reading.collections.record import Opened, Record
from sayso.reading.collections.rows import BadRow, Cells, Delimited, JsonLines, Parquet
from sayso.reading.draft import Naming
from sayso.reading.inputs import printable
from sayso.words.tables import key

FIELDS = ("text", "title", "url", "outlet", "date", "byline", "language", "id")
LONGEST_CELL = 1_000
"""Code points of any cell but the text: what is longer is cut."""
_TITLE_WITHIN = 2_000
_UNDECODED = re.compile("[\udc80-\udcff]")


_READERS: dict[str, tuple[type[Delimited | JsonLines | Parquet], str]] = {
    "json": (JsonLines, "application/json"),
    "csv": (Delimited, "text/csv"),
    "parquet": (Parquet, "application/vnd.apache.parquet"),
}


def check(columns: Mapping[str, str]) -> None:
    """Raises SaysoError for a column of a field that articles do not have."""
    for field in columns:
        if field not in FIELDS:
            raise SaysoError(f"“{field}” is nothing that an article's column can be; that is {', '.join(FIELDS)}")


def records(opened: Opened, kind: Literal["json", "csv", "parquet"], columns: Mapping[str, str]) -> Iterator[Record]:
    """The articles of a table. Raises ReadingError where it has no column for the text."""
    reader, media_type = _READERS[kind]
    rows = reader(opened)
    fields = mapped(opened, rows.headers, columns)
    rows.only(fields.values(), opened.skip)
    header = fields.get("date")
    order = days.order(cells.get(header) for cells in rows.ahead()) if header else None
    table = _Table(opened, fields, order, rows.notes, media_type)
    for row in rows:
        if opened.next():
            try:
                yield opened.record(table.article(rows.cells(row)))
            except BadRow as error:
                yield opened.record(ReadingError(opened.name("row"), str(error)))
            except ReadingError as error:
                yield opened.record(error)


def mapped(opened: Opened, headers: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    """For each field the header that gives it: the one that was named, else one that is known."""
    by_key = {key(header): header for header in reversed(headers) if key(header)}
    found = {}
    for field, header in columns.items():
        if header not in headers and key(header) not in by_key:
            raise opened.error(f"it has no column “{header}”; its columns are {_listed(headers)}")
        found[field] = header if header in headers else by_key[key(header)]
    taken = set(found.values())
    for field, known in words.load("columns")["articles"].items():
        if field not in found:
            there = (by_key[key(name)] for name in known if key(name) in by_key and by_key[key(name)] not in taken)
            if (first := next(there, None)) is not None:
                found[field] = first
                taken.add(first)
    if "text" not in found:
        problem = f"no column is known for the text of its articles; its columns are {_listed(headers)}"
        raise opened.error(f"{problem}. Name one with --column text=HEADER")
    return found


def _listed(headers: list[str]) -> str:
    shown = [f"“{printable(header[:40])}”" for header in headers if header]
    return ", ".join(shown[:20]) + (f" and {len(shown) - 20} more" if len(shown) > 20 else "") or "all without a name"


class _Table:
    """What the articles of a table have in common."""

    def __init__(
        self, opened: Opened, fields: dict[str, str], order: days.Order | None, notes: tuple[str, ...], kind: str
    ) -> None:
        self._opened, self._fields, self._order, self._notes, self._kind = opened, fields, order, notes, kind
        self._captured = dates.now()

    def article(self, cells: Cells) -> Article:
        """The article of a row. Raises BadRow or ReadingError."""
        name = self._opened.name("row", self._value(cells, "id"))
        text = _text(cells.get(self._fields["text"]), name)
        url = self._value(cells, "url")
        url = url if url.startswith(("http://", "https://")) else ""
        copies = _archived(url) if url else None
        address = (copies.address or "") if copies else url
        outlet, evidence = _outlet(self._value(cells, "outlet"), self._fields.get("outlet", ""), _host(address))
        given = cells.get(self._fields["date"]) if "date" in self._fields else None
        day = days.read(given, self._order) if given is not None else days.NONE
        found = (*self._candidates(day), *days.in_address(address), *(copies.dates if copies else ()))
        published = days.chosen(found, self._captured)
        title = self._value(cells, "title")
        # Who has the same words at the same place and day is the same article, in whatever file and format it stands.
        sha256 = hashlib.sha256("\0".join((address, outlet or "", day.given, text)).encode()).hexdigest()
        return Article(
            sha256[:16],
            name,
            text,
            sha256,
            self._captured,
            self._kind,
            url=address or None,
            outlet=outlet,
            outlet_evidence=evidence,
            title=title or None,
            title_spans=_title_spans(text, title),
            byline=self._value(cells, "byline") or None,
            language=_language(self._value(cells, "language")),
            published=published.day,
            published_evidence=published.evidence,
            dates=published.candidates,
            notes=(*self._notes, *day.notes, *published.notes) if self._notes or day.notes or published.notes else (),
        )

    def _value(self, cells: Cells, field: str) -> str:
        header = self._fields.get(field)
        value = cells.get(header) if header is not None else None
        return _plain(value) if value else ""

    def _candidates(self, day: days.Day) -> tuple[DateCandidate, ...]:
        if day.value is None:
            return ()
        return (DateCandidate(day.value, "column", "published", f"{self._fields['date']} {day.given}"),)


def _text(value: Any, name: str) -> str:
    """A row's text: line ends of one kind, no control characters, nothing that is no Unicode."""
    if value is None or value == "":
        raise BadRow("it has no text")
    if not isinstance(value, str):
        raise BadRow("its text is not text")
    # Nothing is to be mended in most, which is told ten times as quickly as it is mended.
    if value.replace("\n", "").isprintable() and not value.isspace():
        return value
    if value.isspace():
        raise BadRow("it has no text")
    if _UNDECODED.search(value):
        raise BadRow("its bytes are not in the encoding of the file")
    return media.clean(value, name)


def _plain(value: Any) -> str:
    """A cell in one line: text, a number, several (authors), or an object with a name (a source)."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = ", ".join(one for one in value if isinstance(one, str))
    if not isinstance(value, str):
        return str(value)[:LONGEST_CELL] if isinstance(value, int | float) and not isinstance(value, bool) else ""
    value = value[:LONGEST_CELL]
    return value if value.isprintable() and value == value.strip() else " ".join(printable(value).split())


def _title_spans(text: str, title: str) -> tuple[Span, ...]:
    start = text.find(title, 0, len(title) + _TITLE_WITHIN) if title else -1
    return (Span(start, start + len(title)),) if start >= 0 else ()


def _language(value: str) -> str | None:
    """ISO 639-1 of a code such as "en" or "en-GB"; a language's name is left to the detector."""
    code = value[:2].lower()
    return code if code.isalpha() and code.isascii() and (len(value) == 2 or value[2:3] in ("-", "_")) else None


def _host(url: str) -> str:
    """What stands between the slashes, not yet made plain."""
    return url.split("/", 3)[2] if url else ""


def _archived(url: str) -> archives.Copy | None:
    """For an archive's address, the page's own and the moment of the copy."""
    if not _is_archive(_host(url)):
        return None
    original = archives.original(url)
    own = "" if archives.is_archive(original) else original
    return archives.Copy(own, tuple(archives.taken(url)))


@lru_cache(4096)
def _is_archive(host: str) -> bool:
    return archives.is_archive(f"https://{host}/")


@lru_cache(4096)
def _outlet(name: str, header: str, host: str) -> tuple[str | None, str | None]:
    """Who published it, and how that is known, from a row's outlet and address."""
    url = f"https://{host}/" if host else None
    if "." in name and " " not in name:  # a domain; the table of outlets knows whose
        naming = outlets.choose([], f"https://{name.rpartition('//')[2]}/", None)
        if naming:
            return naming.name, f"column “{header}”: {naming.evidence}"
    choice = outlets.choose([Naming(name, f"column “{header}”")] if name else [], url, None)
    return (choice.name, choice.evidence) if choice else (None, None)
