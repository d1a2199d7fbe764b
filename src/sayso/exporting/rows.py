"""Tables as CSV, JSON Lines and Parquet: one file a table, written while the analyses go by.

A million analyses are never in memory: CSV and JSON Lines are written row by row, Parquet in groups of rows.
"""

import csv as written
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol, TextIO

from sayso.exporting.given import Kept, Told, calm, sound
from sayso.exporting.output import several_files
from sayso.exporting.storytables import tables_of
from sayso.exporting.tables import TABLES, Columns, Kind, Row, Value

GROUP_ROWS = 8192
GROUP_LETTERS = 1 << 25  # of one group of rows in memory
FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


class Sink(Protocol):
    """Takes the rows of one table."""

    def put(self, row: Row) -> None: ...

    def close(self) -> None: ...


# --- CSV -------------------------------------------------------------------------------------------------------------


def cell(value: Value) -> str | int | float:
    """A value as a cell that no spreadsheet takes for a formula: such a text gets an apostrophe before it.

    >>> cell("=1+1"), cell("a fire"), cell([(0, 4), (9, 12)]), cell(None), cell(True)
    ("'=1+1", 'a fire', '0-4 9-12', '', 'true')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = calm(value if isinstance(value, str) else _listed(value))
    return f"'{text}" if text.lstrip()[:1] in FORMULA or text[:1] in FORMULA else text


def _listed(values: Sequence[Any]) -> str:
    if values and isinstance(values[0], tuple):
        return " ".join(f"{start}-{end}" for start, end in values)
    return " | ".join(map(str, values))


class CsvSink:
    """A CSV file as RFC 4180 has it, with the mark by which spreadsheets know UTF-8."""

    def __init__(self, file: Path, columns: Columns) -> None:
        self._file: TextIO = file.open("w", encoding="utf-8-sig", newline="")
        self._rows = written.writer(self._file)
        self._rows.writerow(columns)

    def put(self, row: Row) -> None:
        self._rows.writerow(map(cell, row))

    def close(self) -> None:
        self._file.close()


# --- JSON Lines ------------------------------------------------------------------------------------------------------


class LinesSink:
    """One JSON object a row; spans are pairs of numbers."""

    def __init__(self, file: Path, columns: Columns) -> None:
        self._file: TextIO = file.open("w", encoding="utf-8", newline="\n")
        self._names = tuple(columns)

    def put(self, row: Row) -> None:
        self._file.write(one_line(dict(zip(self._names, row, strict=True))) + "\n")

    def close(self) -> None:
        self._file.close()


def one_line(data: Mapping[str, Any]) -> str:
    """Plain data as one line that every reader of lines and of UTF-8 takes; half surrogates are replaced.

    >>> one_line({"text": "a\\u2028b\\ud800"})
    '{"text": "a\\\\u2028b\ufffd"}'
    """
    line = sound(json.dumps(data, ensure_ascii=False, allow_nan=False))
    if line.isascii():
        return line
    return line.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


# --- Parquet ---------------------------------------------------------------------------------------------------------


class ParquetSink:
    """A Parquet file, in groups of rows; every column has a note on what it means."""

    def __init__(self, file: Path, columns: Columns) -> None:
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        kinds = [(name, arrow(kind), about) for name, (kind, about) in columns.items()]
        self._schema = pa.schema([pa.field(name, kind, metadata={"about": about}) for name, kind, about in kinds])
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd")
        self._rows: list[Row] = []
        self._letters = 0

    def put(self, row: Row) -> None:
        self._rows.append(tuple(_sound(value) for value in row))
        self._letters += sum(len(value) for value in row if isinstance(value, str))
        if len(self._rows) >= GROUP_ROWS or self._letters >= GROUP_LETTERS:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa  # noqa: PLC0415

        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [pa.array(each, field.type) for each, field in zip(columns, self._schema, strict=True)]
            self._writer.write_batch(pa.record_batch(arrays, schema=self._schema))
        self._rows, self._letters = [], 0


def arrow(kind: Kind) -> Any:
    """The Arrow type of a kind of column."""
    import pyarrow as pa  # noqa: PLC0415

    span = pa.struct([("start", pa.int64()), ("end", pa.int64())])
    return {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.int64(),
        "numbers": pa.list_(pa.int64()),
        "share": pa.float64(),
        "yes": pa.bool_(),
        "spans": pa.list_(span),
    }[kind]


def _sound(value: Value) -> Any:
    """A value as Arrow takes it: whole letters, and spans as pairs."""
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, list):
        return [sound(each) if isinstance(each, str) else each for each in value]
    return [tuple(span) for span in value] if isinstance(value, tuple) else value


# --- all of them -----------------------------------------------------------------------------------------------------

SINKS: dict[str, Callable[[Path, Columns], Sink]] = {"csv": CsvSink, "jsonl": LinesSink, "parquet": ParquetSink}


def analyses(suffix: str, items: Iterable[Kept], out: Path) -> None:
    """The tables of analyses, into a folder or a zip, as files with the suffix of a format (csv, jsonl, parquet)."""
    with (
        several_files(out) as folder,
        _sinks(folder, suffix, {name: one.columns for name, one in TABLES.items()}) as to,
    ):
        for given in items:
            for name, table in TABLES.items():
                for row in table.rows(given):
                    to[name].put(row)


def story(suffix: str, given: Told, out: Path) -> None:
    """The tables of a story, in the same way."""
    made = tables_of(given)
    with several_files(out) as folder, _sinks(folder, suffix, {name: each for name, (each, _) in made.items()}) as to:
        for name, (_, rows) in made.items():
            for row in rows:
                to[name].put(row)


@contextmanager
def _sinks(folder: Path, suffix: str, tables: Mapping[str, Columns]) -> Iterator[dict[str, Sink]]:
    with ExitStack() as opened:
        sinks: dict[str, Sink] = {}
        for name, columns in tables.items():
            sinks[name] = SINKS[suffix](folder / f"{name}.{suffix}", columns)
            opened.callback(sinks[name].close)
        yield sinks
