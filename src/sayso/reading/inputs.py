"""A path, an address, "-" or bytes → the raw bytes of one input, never more than the limit."""

import os
import re
import stat
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sayso import words
from sayso.errors import ReadingError
from sayso.model import DateCandidate
from sayso.reading import dates
from sayso.reading.draft import Raw

MAX_BYTES = 64_000_000  # of one input, also after unpacking; a million words are 6 MB, a long PDF with pictures 50 MB
GZIP = b"\x1f\x8b\x08"
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)


def load(source: str | os.PathLike[str] | bytes, name: str | None = None) -> Raw:
    """The bytes behind `source`, unpacked where they are gzip'ed. Raises ReadingError.

    >>> load(b"Text", name="wire").name
    'wire'
    """
    if isinstance(source, bytes | bytearray | memoryview):
        # A buffer's length is known before it is copied.
        raw = Raw(name or name_of(source), bytes(source) if len(source) <= MAX_BYTES else b"\0" * (MAX_BYTES + 1))
    else:
        raw = _named(os.fspath(source), name)
    if not raw.data:
        raise ReadingError(raw.name, "it is empty")
    if len(raw.data) > MAX_BYTES:
        raise ReadingError(raw.name, too_large())
    return _unpacked(raw) if raw.data.startswith(GZIP) else raw


def name_of(source: str | os.PathLike[str] | bytes) -> str:
    """What an input is called in messages where nobody gave it a name.

    >>> name_of("-"), name_of(b"..."), name_of("report.html")
    ('standard input', 'bytes', 'report.html')
    """
    if isinstance(source, bytes | bytearray | memoryview):
        return "bytes"
    return "standard input" if source == "-" else printable(os.fspath(source))


def too_large(size: int | None = None) -> str:
    """What a user is told of an input over the limit.

    >>> too_large(200_000_000)
    'it is too large: 200 MB, and the limit is 64 MB'
    """
    what = f"{size / 1e6:.0f} MB, and the limit is" if size else "it has more than"
    return f"it is too large: {what} {MAX_BYTES / 1e6:.0f} MB"


def is_address(source: str) -> bool:
    """Whether an input is an address and not a path, whatever its scheme.

    >>> is_address("https://news.example/a"), is_address("report.html")
    (True, False)
    """
    return _ADDRESS.match(source) is not None


def printable(name: str) -> str:
    """A name that can be written as UTF-8 and in one line: file names may hold any bytes, line breaks too."""
    readable = name.encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", "?", readable)


def _named(source: str, name: str | None) -> Raw:
    if source == "-":
        return Raw(name or name_of(source), sys.stdin.buffer.read(MAX_BYTES + 1))
    address = _ADDRESS.match(source)
    if address is None:
        return _file(source, printable(name or source))
    if address[1].lower() not in ("http", "https"):
        raise ReadingError(printable(source), "only http and https addresses can be read")
    from sayso.reading import fetch  # noqa: PLC0415 - loads the HTTP client, which files do not need

    return fetch.fetch(source, limit=MAX_BYTES)


def _file(path: str, name: str) -> Raw:
    try:
        with Path(path).open("rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
                raise ReadingError(name, too_large(status.st_size))
            changed = tuple(_changed(status.st_mtime)) if stat.S_ISREG(status.st_mode) else ()
            return Raw(name, file.read(MAX_BYTES + 1), dates=changed)  # a pipe or a device has no size of its own
    except (OSError, ValueError) as error:
        raise cannot_open(name, error) from error


def cannot_open(name: str, error: OSError | ValueError) -> ReadingError:
    """What a user is told of a file that cannot be opened."""
    if isinstance(error, FileNotFoundError):
        return ReadingError(name, "there is no such file")
    if isinstance(error, IsADirectoryError):
        return ReadingError(name, "it is a folder, not a file")
    if isinstance(error, PermissionError):
        return ReadingError(name, "you have no permission to read it")
    problem = getattr(error, "strerror", None) or str(error)  # ValueError: a NUL in the path
    return ReadingError(name, f"it cannot be opened ({problem.lower()}); to read a text itself, give its bytes")


def _changed(timestamp: float) -> Iterator[DateCandidate]:
    """The day on which a file was last changed: the article was there by then, if nobody set the file's date.

    A file that was changed on the day on which it is read tells nothing: that is the day of a download or a copy.
    """
    try:
        moment = datetime.fromtimestamp(timestamp, UTC)
    except (OverflowError, OSError, ValueError):
        return
    day = moment.date().isoformat()
    if day < dates.now()[:10] and day not in words.load("datelines")["placeholders"]["file_days"]:
        yield DateCandidate(moment.isoformat(timespec="seconds"), "file", "captured", "last changed on the disk")


def _unpacked(raw: Raw) -> Raw:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        data = unpacker.decompress(raw.data, MAX_BYTES + 1)
    except zlib.error as error:
        raise ReadingError(raw.name, "its gzip packing is broken") from error
    if len(data) > MAX_BYTES:
        raise ReadingError(raw.name, too_large())
    if not unpacker.eof:
        raise ReadingError(raw.name, "its gzip packing is cut off")
    if not data:
        raise ReadingError(raw.name, "it is empty")
    return replace(raw, data=data, notes=(*raw.notes, "The input was gzip'ed."))
