"""Files of events, packed or not, to rows: JSON Lines. Nothing is read as a whole."""

import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sayso.errors import SaysoError
from sayso.words.importing import Problem

LONGEST_LINE = 16 * 1024 * 1024
FIELDS = ("date", "text", "category")


class Row(NamedTuple):
    """What a file says of an event, as it says it, and the line it stands in."""

    line: int
    date: str
    text: str
    category: str = ""


@contextmanager
def opened(file: str) -> Iterator[Iterator[Row | Problem]]:
    """The rows of a file (- is standard input). Raises SaysoError naming the file, also while they are read."""
    with ExitStack() as open_files:
        try:
            stream = sys.stdin.buffer if file == "-" else open_files.enter_context(Path(file).open("rb"))
            buffered = io.BufferedReader(stream) if isinstance(stream, io.RawIOBase) else stream
        except IsADirectoryError:
            raise SaysoError(f"{file}: it is a folder; name a file of events") from None
        except FileNotFoundError:
            raise SaysoError(f"{file}: there is no such file") from None
        except (OSError, ValueError) as error:
            raise SaysoError(f"{file}: it cannot be read ({_reason(error)})") from error
        yield _json_rows(Lines(file, buffered))


class Lines:
    """The lines of a file, unpacked, with their numbers. One that is too long is given as a problem."""

    def __init__(self, file: str, stream: Any) -> None:
        self.file = file
        self.number = 0
        packed = stream.peek(2)[:2] == b"\x1f\x8b"
        self._stream: Any = gzip.GzipFile(fileobj=stream) if packed else stream

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        while line := self._read():
            self.number += 1
            if len(line) <= LONGEST_LINE:
                yield self.number, line
                continue
            while line and not line.endswith(b"\n"):
                line = self._read()
            yield self.number, None

    def _read(self) -> bytes:
        try:
            line: bytes = self._stream.readline(LONGEST_LINE + 1)
        except (EOFError, zlib.error) as error:
            why = f"it is damaged or breaks off after line {self.number:,}; nothing of it is imported"
            raise SaysoError(f"{self.file}: {why}") from error
        except (OSError, ValueError) as error:
            raise SaysoError(f"{self.file}: it cannot be read after line {self.number:,} ({_reason(error)})") from error
        return line


def _reason(error: Exception) -> object:
    return error.strerror if isinstance(error, OSError) and error.strerror else error


def _json_rows(lines: Iterable[tuple[int, bytes | None]]) -> Iterator[Row | Problem]:
    for number, line in lines:
        if line is None:
            yield Problem(number, f"it has more than {LONGEST_LINE // 1024**2} MB")
        elif line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: bytes) -> Row | Problem:
    try:
        record = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode())
    except UnicodeDecodeError:
        return Problem(number, "it is not UTF-8")
    except (ValueError, RecursionError):
        return Problem(number, "it is not JSON")
    if not isinstance(record, dict):
        return Problem(number, "it is not an object")
    values = ["" if (value := record.get(field)) is None else value for field in FIELDS]
    for field, value in zip(FIELDS, values, strict=True):
        if not isinstance(value, str):
            return Problem(number, f"“{field}” is not text")
    return Row(number, *values)
