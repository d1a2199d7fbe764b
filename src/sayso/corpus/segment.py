"""The files of a segment: articles that were stored together.

articles.parquet    what is known of each, to be asked by any tool: outlet, title, url, days, …
texts.parquet       the text of each, and all of the article's other fields as JSON, to get one article quickly
captures.parquet    the times that articles (also of earlier segments) were seen again
sources.parquet     how many records of each input were stored by then, and whether that is all of them
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import TypeAdapter

from sayso.corpus.days import interval
from sayso.model import Article, Capture

ARTICLES, TEXTS, CAPTURES, SOURCES = (f"{name}.parquet" for name in ("articles", "texts", "captures", "sources"))
_TEXTS_IN_GROUP = 32
"""Texts that are unpacked to get one of them: some 150 KB."""
_ROWS = 1 << 16

_TEXTS = pa.schema([("text", pa.string()), ("rest", pa.binary())])
_SOURCES = pa.schema([("key", pa.string()), ("records", pa.int64()), ("finished", pa.bool_())])
_CAPTURES = pa.schema([("number", pa.int32()), ("moment", pa.string()), ("input", pa.string()), ("url", pa.string())])
_ARTICLES = pa.schema(
    [
        ("number", pa.int32()),
        ("id", pa.string()),
        ("key", pa.uint64()),
        ("outlet", pa.dictionary(pa.int32(), pa.string())),
        ("title", pa.string()),
        ("url", pa.string()),
        ("published", pa.string()),
        ("earliest", pa.string()),
        ("latest", pa.string()),
        ("language", pa.string()),
        ("words", pa.int32()),
    ]
)
COLUMNS: Sequence[str] = _ARTICLES.names
"""Of the catalogue."""


class Stored(NamedTuple):
    """An article as it is stored: its number, what tells whether it is the same as another, and its length in words."""

    number: int
    article: Article
    key: int
    words: int


class Seen(NamedTuple):
    """An article that is in the corpus already was seen again."""

    number: int
    capture: Capture


class Noted(NamedTuple):
    """How many records of an input are stored by now, and whether it has no more. `key` is its name and its state."""

    key: str
    records: int
    finished: bool


def write(folder: Path, stored: Sequence[Stored], seen: Iterable[Seen], sources: Iterable[Noted] = ()) -> None:
    """Write the files of a segment. Those that would be empty are left out."""
    _write(folder / ARTICLES, _ARTICLES, [_row(one) for one in stored])
    texts = [{"text": _clean(one.article.text), "rest": _rest(one.article)} for one in stored]
    _write(folder / TEXTS, _TEXTS, texts, _TEXTS_IN_GROUP)
    _write(folder / SOURCES, _SOURCES, [{**one._asdict(), "key": _clean(one.key)} for one in sources])
    _write(folder / CAPTURES, _CAPTURES, [{"number": one.number, **_fields(one.capture)} for one in seen])


def merge(folder: Path, parts: Sequence[Path]) -> None:
    """Write the files of several segments as one, a row group at a time."""
    kinds = (
        (ARTICLES, _ARTICLES, _ROWS),
        (TEXTS, _TEXTS, _TEXTS_IN_GROUP),
        (CAPTURES, _CAPTURES, _ROWS),
        (SOURCES, _SOURCES, _ROWS),
    )
    for name, kind, rows in kinds:
        there = [part / name for part in parts if (part / name).exists()]
        if there:
            with pq.ParquetWriter(folder / name, kind, compression="zstd") as file:
                for path in there:
                    for batch in pq.ParquetFile(path).iter_batches(rows):
                        file.write_table(pa.Table.from_batches([batch]).cast(kind), rows)


class Texts:
    """The articles of a segment, one at a time."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path, memory_map=True)
        metadata = self._file.metadata
        self._starts = np.cumsum([0, *(metadata.row_group(n).num_rows for n in range(metadata.num_row_groups))])

    def articles(self, rows: Sequence[int]) -> Iterator[Article]:
        """The articles in these rows, in their order; each group of texts is unpacked once."""
        for group, at in self._rows(rows, ["text", "rest"]):
            yield _article(group["text"][at].as_py(), group["rest"][at].as_py())

    def texts(self, rows: Sequence[int]) -> Iterator[str]:
        """Only the texts in these rows, which is much quicker."""
        for group, at in self._rows(rows, ["text"]):
            yield group["text"][at].as_py()

    def _rows(self, rows: Sequence[int], columns: list[str]) -> Iterator[tuple[pa.Table, int]]:
        groups = np.searchsorted(self._starts, rows, side="right") - 1
        kept: dict[int, pa.Table] = {}
        for row, group in zip(rows, groups.tolist(), strict=True):
            if group not in kept:
                kept = {group: self._file.read_row_group(group, columns, use_threads=False)}
            yield kept[group], row - int(self._starts[group])


def catalogue(folder: Path, columns: Sequence[str]) -> pa.Table:
    """Columns of what is known of the articles of a segment."""
    return pq.read_table(folder / ARTICLES, columns=list(columns))


def kind(column: str) -> pa.DataType:
    """The type of a column of the catalogue."""
    return _ARTICLES.field(column).type


def captures(folder: Path) -> Iterator[Seen]:
    """The captures that are kept in a segment."""
    for row in _rows(folder / CAPTURES):
        yield Seen(row.pop("number"), Capture(**row))


def sources(folder: Path) -> Iterator[Noted]:
    """How far inputs had been stored with a segment."""
    for row in _rows(folder / SOURCES):
        yield Noted(**row)


def _write(path: Path, kind: Any, rows: list[dict[str, Any]], in_group: int = _ROWS) -> None:
    if rows:
        table = pa.Table.from_pylist(rows, schema=kind)
        pq.write_table(table, path, row_group_size=in_group, compression="zstd")


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist() if path.exists() else []
    return rows


def _row(stored: Stored) -> dict[str, Any]:
    article = stored.article
    earliest, latest = interval(article)
    return {
        "number": stored.number,
        "id": article.id,
        "key": stored.key,
        "outlet": _clean(article.outlet),
        "title": _clean(article.title),
        "url": _clean(article.url),
        "published": article.published,
        "earliest": earliest,
        "latest": latest,
        "language": article.language,
        "words": stored.words,
    }


def _fields(capture: Capture) -> dict[str, str | None]:
    return {"moment": capture.moment, "input": _clean(capture.input), "url": _clean(capture.url)}


def _clean(text: str | None) -> str | None:
    """A text that can be written as UTF-8: a lone surrogate becomes a question mark, as long as it was."""
    return text if text is None or text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


@cache
def _adapter() -> TypeAdapter[Article]:
    return TypeAdapter(Article)


def _rest(article: Article) -> bytes:
    return _adapter().dump_json(article, exclude={"text"}, exclude_defaults=True)


def _article(text: str, rest: bytes) -> Article:
    return _adapter().validate_python({**json.loads(rest), "text": text})
