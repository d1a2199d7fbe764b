"""Tables of articles as rows: JSON Lines, CSV and Parquet, one row after the other, whatever their size.

A reader gives rows as they stand, and `cells` opens one, so that rows that are stored already cost next to nothing.
"""

import io
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from sayso.reading import media
from sayso.reading.collections.record import Opened
from sayso.words import delimited
from sayso.words.importing import by_header

LONGEST_ROW = 8_000_000
"""Bytes of a row: a million words are 6 MB."""
AHEAD_ROWS = 1_000
AHEAD_BYTES = 16_000_000
"""What of a file is read before its first article, to learn its columns and how it writes dates."""
BATCH = 64
"""Rows of Parquet that are in memory at once."""

Cells = Mapping[str, Any]


class BadRow(Exception):  # noqa: N818 - it says what it is
    """What is wrong with a row, in words for its user."""


class Rows(ABC):
    """The rows of a file. `headers` are the names of its columns, in their order."""

    headers: list[str]
    notes: tuple[str, ...] = ()

    def __init__(self) -> None:
        self._ahead: list[Any] = []
        self._rest: Iterator[Any] = iter(())

    def __iter__(self) -> Iterator[Any]:
        ahead, self._ahead = self._ahead, []
        return chain(ahead, self._rest)

    def ahead(self) -> Iterator[Cells]:
        """The first rows that can be opened; they come again when the rows are gone through."""
        for row in self._ahead:
            try:
                yield self.cells(row)
            except BadRow:
                continue

    def only(self, headers: Iterable[str], skip: int) -> None:  # noqa: B027 - most formats are read whole
        """Which columns are asked for, and how many of the first rows are stored already and need no reading."""

    @abstractmethod
    def cells(self, row: Any) -> Cells:
        """The cells of a row by their headers. Raises BadRow."""

    def _begin(self, rows: Iterator[Any], size: Any) -> None:
        self._rest = rows
        total = 0
        for row in islice(rows, AHEAD_ROWS):
            self._ahead.append(row)
            total += size(row)
            if total > AHEAD_BYTES:
                break


class JsonLines(Rows):
    """One JSON object a line. An array with an object on each of its lines is read as well."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._encoding, self.notes = encoding(opened)
        self._begin(filter(None, map(_json_line, lines(opened, self._encoding))), len)
        self.headers = list(dict.fromkeys(header for cells in self.ahead() for header in cells))
        if not self.headers:
            raise opened.error("no line of it is a JSON object; in JSON Lines each line has one (as with jq -c '.[]')")

    def cells(self, row: bytes) -> Cells:
        if len(row) > LONGEST_ROW:
            raise BadRow(too_long())
        try:
            cells = json.loads(row.decode(self._encoding))
        except UnicodeDecodeError as error:
            raise BadRow(no_encoding(self._encoding)) from error
        except (ValueError, RecursionError) as error:
            raise BadRow("it is not JSON") from error
        if not isinstance(cells, dict):
            raise BadRow("it is JSON, but not an object")
        return cells


def _json_line(line: bytes) -> bytes:
    """A line without what is no part of an object: commas and brackets of an array, an empty line."""
    line = line.strip(b" \t\r\n,")
    return b"" if line in (b"[", b"]") else line


class Delimited(Rows):
    """CSV, TSV, or with semicolons: the first line has the headers."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._encoding, self.notes = encoding(opened)
        texts = self._texts(opened)
        first = next((line for line in texts if line.strip()), None)
        if first is None:
            raise opened.error("it is empty")
        parsed = delimited.parsed(chain([first], texts), delimited.delimiter(first), LONGEST_ROW)
        _, header = next(parsed)
        if isinstance(header, str):
            raise opened.error(f"its first line should be the header, but {header}")
        self.headers = [" ".join(cell.split()) for cell in header]
        self._begin(self._filled(opened, parsed), _size)

    def _texts(self, opened: Opened) -> Iterator[str]:
        for line in lines(opened, self._encoding):
            # What cannot be decoded is told with its row: a lone surrogate is never text.
            text = line.decode(self._encoding, "surrogateescape")
            yield text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def _filled(self, opened: Opened, parsed: Iterator[tuple[int, list[str] | str]]) -> Iterator[list[str] | str]:
        try:
            yield from (cells for _, cells in parsed if cells)
        except delimited.NoTableError as error:
            raise opened.error(str(error)) from error

    def cells(self, row: list[str] | str) -> Cells:
        if isinstance(row, str):
            raise BadRow(row)
        if any(cell.strip() for cell in row[len(self.headers) :]):
            raise BadRow(f"it has {len(row)} cells and the header {len(self.headers)}")
        return by_header(self.headers, row)


def _size(row: list[str] | str) -> int:
    return len(row) if isinstance(row, str) else sum(map(len, row))


def _text_size(row: Cells) -> int:
    return sum(len(cell) for cell in row.values() if isinstance(cell, str))


class Parquet(Rows):
    """Parquet, of which the columns that are asked for are read, batch by batch."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        import pyarrow as pa  # noqa: PLC0415 - only for Parquet, here and below
        import pyarrow.parquet as pq  # noqa: PLC0415

        self._opened, self._errors = opened, (pa.ArrowException, OSError, ValueError, OverflowError)
        try:
            self._file = pq.ParquetFile(opened.file, pre_buffer=False, buffer_size=1 << 16)
        except self._errors as error:
            raise opened.error("it is a Parquet file that is broken or cut off") from error
        self.headers = [field.name for field in self._file.schema_arrow]

    def only(self, headers: Iterable[str], skip: int) -> None:
        wanted = list(dict.fromkeys(headers))
        self._begin(self._rows(wanted, 0), _text_size)
        self._rest = iter(())
        self._wanted, self._skip = wanted, skip

    def __iter__(self) -> Iterator[Any]:
        return self._rows(self._wanted, self._skip)

    def _rows(self, wanted: list[str], skip: int) -> Iterator[Any]:
        """The rows, for those of whole row groups that are skipped None in place of their cells."""
        groups: list[int] = []
        for number in range(self._file.num_row_groups):
            rows = self._file.metadata.row_group(number).num_rows
            if skip >= rows and not groups:
                skip -= rows
                yield from (None for _ in range(rows))
            else:
                groups.append(number)
        try:
            for batch in self._file.iter_batches(BATCH, groups, wanted, use_threads=False):
                yield from batch.to_pylist()
        except self._errors as error:
            raise self._opened.error(f"it is broken after row {self._opened.count}") from error

    def cells(self, row: Any) -> Cells:
        return row or {}


def too_long() -> str:
    """What a user is told of a row over the limit."""
    return f"it is too large: the limit of a row is {LONGEST_ROW / 1e6:.0f} MB"


def no_encoding(encoding: str) -> str:
    """What a user is told of a row in another encoding than the file's."""
    return f"its bytes are not {'UTF-8' if encoding == 'utf-8' else encoding}"


def encoding(opened: Opened) -> tuple[str, tuple[str, ...]]:
    """The encoding of a file that is text, by its beginning, and a note where it is a guess. Raises ReadingError."""
    sample = opened.stream.peek(media.SAMPLE)[: media.SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        opened.stream = io.BufferedReader(_Recoded(opened.stream))
        return "utf-8", ()
    whole = sample[: sample.rfind(b"\n") + 1] or sample
    found = media.encoding(whole)
    if found is None:
        raise opened.error("it is not text, and no kind of file that can be read")
    if found == "utf-8":
        return found, ()
    return found, (f"The file is not UTF-8, and was read as {found}, which is a guess.",)


class _Recoded(io.RawIOBase):
    """UTF-16 as UTF-8, so that lines can be told in the bytes."""

    def __init__(self, stream: Any) -> None:
        self._text = io.TextIOWrapper(stream, "utf-16", errors="replace", newline="")
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._left = self._left or self._text.read(len(buffer)).encode("utf-8", "replace")
        part, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def lines(opened: Opened, encoding: str) -> Iterator[bytes]:
    """The lines of a file; one that is too long is cut behind the limit, so that it can be told."""
    readline = opened.stream.readline
    first = True
    while line := readline(LONGEST_ROW + 1):
        if first and encoding == "utf-8":
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        yield line
        while len(line) > LONGEST_ROW and not line.endswith(b"\n"):
            line = readline(LONGEST_ROW + 1)
