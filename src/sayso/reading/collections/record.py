"""What comes out of collections: where it stands, and what it is."""

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import ReadingError, SaysoError
from sayso.model import Article
from sayso.reading import inputs
from sayso.reading.draft import Raw

BUFFER = 1 << 20
HEAD = 4_096
"""Bytes by which a kind is told."""
LONGEST_HINT = 200


@dataclass(frozen=True, slots=True)
class Source:
    """One input file (or address, or "-") in the state in which it is read.

    `name` is how it is called in messages, `path` how it is opened. `size` are its bytes, 0 where nobody knows. `key`
    is the same as long as the file is: its absolute path, size and time of change; "" for what has no such state
    (standard input, a pipe, an address that was named by itself).
    """

    name: str
    path: str
    size: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a source: its place there, counted from 0, and what it is.

    `at` are the bytes of the source that are read by now. `content` is an article that is finished (a row of a
    table), a `Raw` that `reading.article_of` makes one of, here or in another process, or an error that names source
    and record.
    """

    source: Source
    number: int
    at: int
    content: Article | Raw | SaysoError


@dataclass(frozen=True, slots=True)
class Finished:
    """A source is done. `records` is how many it has, None where it was done before and was not opened.

    `again`: an address that could not be fetched, or a file that could not be opened, so that it is worth another try.
    """

    source: Source
    records: int | None
    again: bool = False


class Opened:
    """A source while it is read: its bytes, unpacked, and the count of its records.

    `stream` has the unpacked bytes, `file` those on the disk. `raw` is what was fetched, if it comes from an address.
    """

    def __init__(self, source: Source, file: Any, skip: int = 0, raw: Raw | None = None) -> None:
        self.source = source
        self.file = file
        self.raw = raw
        self.count = 0
        self._skip = skip
        packed = file.peek(3)[:3] == inputs.GZIP
        self.stream: Any = io.BufferedReader(gzip.GzipFile(fileobj=file), BUFFER) if packed else file
        # Unpacked apart, so that of what is cut off the whole records can be read.
        first = file.peek(HEAD)
        self.head: bytes = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(first, HEAD) if packed else first[:HEAD]

    def next(self) -> bool:
        """Count a record; whether it is wanted, or stored already."""
        self.count += 1
        return self.count > self._skip

    @property
    def skip(self) -> int:
        """How many of the next records are stored already."""
        return max(0, self._skip - self.count)

    def record(self, content: Article | Raw | SaysoError) -> Record:
        """The record that was counted last."""
        return Record(self.source, self.count - 1, self.at(), content)

    def at(self) -> int:
        """The bytes of the file that are read."""
        if self.raw:
            return self.source.size
        try:
            return int(self.file.tell())
        except (OSError, ValueError):  # a pipe does not tell
            return 0

    def name(self, kind: str, hint: str = "") -> str:
        """How the record that was counted last is called: "crawl.warc.gz, record 17 (https://…)"."""
        hint = inputs.printable(hint[:LONGEST_HINT])
        return f"{self.source.name}, {kind} {self.count}" + (f" ({hint})" if hint else "")

    def error(self, problem: str) -> ReadingError:
        """An error of the whole source."""
        return ReadingError(self.source.name, problem)

    def whole(self) -> Raw:
        """All of it as one input. Raises ReadingError, also for what is too large."""
        if self.raw:
            return self.raw
        if self.source.key:
            return inputs.load(self.source.path, self.source.name)
        return inputs.load(self.stream.read(inputs.MAX_BYTES + 1), self.source.name)


@contextmanager
def opened(source: Source, skip: int = 0, raw: Raw | None = None) -> Iterator[Opened]:
    """Open a source; `raw` is what was fetched for it already. Raises ReadingError where it cannot be opened."""
    with _file(source, raw) as file:
        try:
            reading = Opened(source, file, skip, raw)
        except _PACKING as error:
            raise ReadingError(source.name, "its gzip packing is broken") from error
        except OSError as error:
            raise inputs.cannot_open(source.name, error) from error
        if not reading.head:
            raise ReadingError(source.name, "it is empty")
        yield reading


@contextmanager
def packing_told(reading: Opened) -> Iterator[None]:
    """While a source is read: what its packing, or the disk, has wrong is a ReadingError."""
    where = "at its beginning"
    try:
        yield
    except _PACKING as error:
        where = f"after record {reading.count}" if reading.count else where
        raise reading.error(f"its gzip packing is cut off or broken {where}") from error
    except OSError as error:
        where = f"after record {reading.count}" if reading.count else where
        raise reading.error(f"it cannot be read {where} ({error.strerror or error})") from error


_PACKING = (EOFError, zlib.error, gzip.BadGzipFile)


@contextmanager
def _file(source: Source, raw: Raw | None) -> Iterator[Any]:
    if raw:
        yield io.BufferedReader(io.BytesIO(raw.data))
    elif source.path == "-":
        yield sys.stdin.buffer
    else:
        try:
            file = Path(source.path).open("rb", BUFFER)  # noqa: SIM115 - closed below, errors of opening told apart
        except (OSError, ValueError) as error:
            raise inputs.cannot_open(source.name, error) from error
        with file:
            yield file


def state(path: str) -> Source:
    """A path as a source. Raises ReadingError where there is no such file."""
    name = inputs.printable(path)
    try:
        status = os.stat(path)  # noqa: PTH116 - Path(path).stat() costs twice as much, and folders have many files
    except (OSError, ValueError) as error:
        raise inputs.cannot_open(name, error) from error
    if not stat.S_ISREG(status.st_mode):
        return Source(name, path)
    key = f"{os.path.abspath(path)}|{status.st_size}|{status.st_mtime_ns}"  # noqa: PTH100
    return Source(name, path, status.st_size, inputs.printable(key))
