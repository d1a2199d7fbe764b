"""Web archives: the pages of a WARC file, and of those in a WACZ, one after the other.

ISO 28500 (WARC), https://specs.webrecorder.net/wacz/ (WACZ).
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any

from sayso import words
from sayso.errors import ReadingError
from sayso.model import DateCandidate
from sayso.reading import archives, inputs
from sayso.reading.collections.record import Opened, Record
from sayso.reading.draft import Raw

MOST_HEADERS = 1_000_000
"""Bytes of a record's headers."""
MOST_CODINGS = 3
PIECE = 1 << 20
_CHUNK = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]{0,1000})?\r\n")
_IN_WACZ = re.compile(r"archive/[^/]+\.warc(?:\.gz)?", re.IGNORECASE)


class _CutOffError(Exception):
    """The archive ends within a record."""


def records(opened: Opened) -> Iterator[Record]:
    """The pages of a WARC file. Raises ReadingError where it is damaged, after what was whole."""
    stream = opened.file
    if opened.stream is not stream:  # packed, and its beginning was looked at
        stream = opened.file if stream.seekable() else opened.stream
        if stream is opened.file:
            stream.seek(0)
    yield from _pages(opened, stream, opened.source.name)


def _ends_within(opened: Opened, start: int) -> bool:
    """Whether a packed file on the disk is cut off behind the start of a record: the library does not tell."""
    if opened.stream is opened.file or not opened.source.key:
        return False
    with Path(opened.source.path).open("rb") as file:
        file.seek(start)
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while data := file.read(PIECE):
            while data:
                unpacker.decompress(data, PIECE)  # never more at once, whatever is packed in it
                data = unpacker.unconsumed_tail or unpacker.unused_data
                if unpacker.eof and data:
                    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    return not unpacker.eof


def wacz_records(opened: Opened) -> Iterator[Record]:
    """The pages of all WARC files in a WACZ. Raises ReadingError for another ZIP archive, or a damaged one."""
    if not opened.file.seekable():
        raise opened.error("it is a ZIP archive, which cannot be read from a pipe; name the file")
    try:
        with zipfile.ZipFile(opened.file) as archive:
            inside = sorted(
                (one for one in archive.infolist() if _IN_WACZ.fullmatch(one.filename)), key=lambda one: one.filename
            )
            if not inside:
                problem = "it is a ZIP archive or an Office or e-book file, and no web archive (WACZ); unpack it first"
                raise opened.error(problem)
            for one in inside:
                with archive.open(one) as stream:
                    yield from _pages(opened, stream, f"{opened.source.name}: {inputs.printable(one.filename)}")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as error:  # RuntimeError: encrypted
        raise opened.error(f"this ZIP archive cannot be read ({str(error)[:100]})") from error


def _pages(opened: Opened, stream: Any, name: str) -> Iterator[Record]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - a native library

    archive = ArchiveIterator(
        stream, record_types=WarcRecordType.response, parse_http=False, max_header_len=MOST_HEADERS
    )
    pages = iter(archive)
    found, start = False, 0
    while True:
        try:
            page = next(pages)
            found, start = True, page.stream_pos
        except StopIteration:
            if not found:
                raise ReadingError(name, "there is no page in this web archive, or it is broken") from None
            if _ends_within(opened, start):
                raise ReadingError(name, f"this web archive is cut off after record {opened.count}") from None
            return
        except (OSError, EOFError, zlib.error) as error:
            where = f"after record {opened.count}" if opened.count else "at its beginning"
            raise ReadingError(name, f"this web archive is damaged or cut off {where}") from error
        if (wanted := _is_page(page)) is False or not opened.next():
            continue
        address = (page.headers.get("WARC-Target-URI") or "").strip("<>")
        called = opened.name("record", address)
        try:
            if wanted is None:
                raise ReadingError(called, "its HTTP headers are broken")
            yield opened.record(_raw(page, called, address))
        except _CutOffError:
            yield opened.record(ReadingError(called, "the web archive is cut off in it"))
            return
        except ReadingError as error:
            yield opened.record(error)


def _is_page(page: Any) -> bool | None:
    """Whether a record can be an article; None where its headers do not tell."""
    if not page.is_http:
        return False
    try:
        page.parse_http(auto_decode="none", max_header_len=MOST_HEADERS)
        headers = page.http_headers
        if headers is None or headers.status_code != 200:
            return False
    except (OSError, ValueError, TypeError):
        return None
    known = words.load("collections")["warc"]
    path = page.headers.get("WARC-Target-URI", "").strip("<>").partition("?")[0]
    return (page.http_content_type or "").lower() in known["types"] and not path.endswith(tuple(known["no_pages"]))


def _raw(page: Any, called: str, address: str) -> Raw:
    """The bytes of a page, decoded as its headers say. Raises ReadingError."""
    size = page.content_length
    if size > inputs.MAX_BYTES:
        raise ReadingError(called, inputs.too_large(size))
    try:
        data = page.reader.read(size)
    except (OSError, EOFError) as error:
        raise _CutOffError from error
    if len(data) < size:
        raise _CutOffError
    if not data:
        raise ReadingError(called, "it is empty")
    moment = page.record_date
    captured = moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
    copied = DateCandidate(captured, archives.ARCHIVE, "captured", f"WARC-Date {captured}") if captured else None
    cut = page.headers.get("WARC-Truncated")
    return Raw(
        called,
        _decoded(data, page.http_headers, called),
        address or None,
        page.http_content_type.lower(),
        page.http_charset,
        ("The web archive has only the beginning of this page.",) if cut else (),
        (copied,) if copied else (),
        captured,
    )


def _decoded(data: bytes, headers: Any, called: str) -> bytes:
    """A body without its codings. Many archives have taken them off and left the headers, so the bytes must agree."""
    if "chunked" in headers.get("Transfer-Encoding", "").lower() and _CHUNK.match(data):
        from fastwarc.stream_io import ChunkedReader  # noqa: PLC0415 - a native library

        data = _read(ChunkedReader(BytesIO(data)), data, called)
    codings = [coding.strip().lower() for coding in headers.get("Content-Encoding", "").split(",")]
    for coding in list(reversed(codings))[:MOST_CODINGS]:
        if coding in ("gzip", "x-gzip") and data.startswith(inputs.GZIP):
            data = _inflated(data, zlib.MAX_WBITS | 16, called)
        elif coding == "deflate" and not data.lstrip().startswith(b"<"):
            zlib_header = len(data) > 1 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
            data = _inflated(data, zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS, called)
        elif coding == "br" and not data.lstrip().startswith(b"<"):
            from fastwarc.stream_io import BrotliReader  # noqa: PLC0415 - a native library

            data = _read(BrotliReader(BytesIO(data)), None, called)
    return data


def _read(reader: Any, instead: bytes | None, called: str) -> bytes:
    try:
        data: bytes = reader.read(inputs.MAX_BYTES + 1)
    except (OSError, EOFError) as error:
        if instead is not None:
            return instead
        raise ReadingError(called, "its packing is broken") from error
    if len(data) > inputs.MAX_BYTES:
        raise ReadingError(called, inputs.too_large())
    return data


def _inflated(data: bytes, bits: int, called: str) -> bytes:
    unpacker = zlib.decompressobj(bits)
    try:
        unpacked = unpacker.decompress(data, inputs.MAX_BYTES + 1)
    except zlib.error as error:
        raise ReadingError(called, "its packing is broken") from error
    if len(unpacked) > inputs.MAX_BYTES:
        raise ReadingError(called, inputs.too_large())
    if not unpacker.eof:
        raise ReadingError(called, "its packing is cut off")
    return unpacked
