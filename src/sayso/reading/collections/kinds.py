"""What kind of collection a file is, from how it begins; its name decides only where that does not tell."""

import re
from typing import Literal

from sayso import words
from sayso.errors import ReadingError
from sayso.reading import media
from sayso.reading.collections.record import HEAD, Opened
from sayso.reading.draft import Raw
from sayso.words import delimited
from sayso.words.tables import key

Kind = Literal["warc", "zip", "parquet", "json", "csv", "feed", "addresses", "article"]

_ADDRESS_LINE = re.compile(rb"https?://\S+", re.IGNORECASE)
_JSON = re.compile(rb'(?:\[\s*)?\{\s*(?:"|\})')
_WORDS_OF_A_HEADER = 60
_LONGEST_HEADER = 60


def kind(opened: Opened) -> Kind:
    """The kind of an input that is opened, unpacked."""
    head = opened.head.removeprefix(b"\xef\xbb\xbf")
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if _JSON.match(head.lstrip()):
        return "json"
    if _is_markup(opened.head):
        return "feed" if _sniffed(opened.head) == "application/xml" else "article"
    stem = opened.source.path.lower().removesuffix(".gz")
    if stem.endswith((".jsonl", ".ndjson")):
        return "json"
    if stem.endswith((".csv", ".tsv")) or _is_header(head):
        return "csv"
    return "addresses" if _is_list(head) else "article"


_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"WARC/", "warc"),
    (b"PK\x03\x04", "zip"),
    (b"PAR1", "parquet"),
)


def _sniffed(head: bytes) -> str | None:
    try:
        return media.sniff(Raw("", head))
    except ReadingError:
        return None


def _is_markup(head: bytes) -> bool:
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") or b"%PDF-" in head[:1024]


def _is_header(head: bytes) -> bool:
    """Whether a first line is that of a table: short names, one known for texts and one for another field."""
    try:
        line = head.split(b"\n", 1)[0].decode().strip()
    except UnicodeDecodeError:
        return False
    sign = delimited.delimiter(line)
    cells = [key(cell) for cell in line.split(sign)]
    if len(cells) < 2 or len(cells) > _WORDS_OF_A_HEADER or any(len(cell) > _LONGEST_HEADER for cell in cells):
        return False
    known = {field: {key(name) for name in names} for field, names in words.load("columns")["articles"].items()}
    others = set().union(*(names for field, names in known.items() if field != "text"))
    return not known["text"].isdisjoint(cells) and not others.isdisjoint(cells)


def _is_list(head: bytes) -> bool:
    """Whether all the first lines are addresses, empty or comments, and one of them an address."""
    lines = head.splitlines()
    lines = lines[:-1] if len(head) >= HEAD else lines  # the last one may go on
    said = [line.strip() for line in lines if line.strip() and not line.startswith(b"#")]
    return bool(said) and all(_ADDRESS_LINE.fullmatch(line) for line in said)
