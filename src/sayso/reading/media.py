"""What kind of file some bytes are, and how they become text."""

import codecs
import re
from typing import Literal, NamedTuple

from sayso.errors import ReadingError
from sayso.reading.draft import Raw

MediaType = Literal["text/html", "text/plain", "application/pdf", "application/xml"]

SAMPLE = 65_536  # bytes from which an encoding is guessed
SNIFFED = 4_096  # bytes in which a kind is looked for; after the WHATWG MIME Sniffing Standard, which takes 1,445
MOST_CONTROLS = 0.02  # share of control characters above which some bytes are not text

# What other files begin with (IANA media types; "List of file signatures", Wikipedia), in the words for the message.
_SIGNATURES: dict[bytes, str] = {
    b"PK\x03\x04": "a ZIP archive or an Office or e-book file",
    b"PK\x05\x06": "a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "a Rich Text file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a WebP picture or a recording",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"ID3": "a recording",
    b"OggS": "a recording",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"PAR1": "a Parquet table, a collection for a corpus (sayso add)",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"WARC/": "a web archive (WARC), a collection for a corpus (sayso add)",
    b"%!PS": "a PostScript file",
}
_HTML = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style|article|main|section|header|div|span|p|h[1-6]"
    rb"|table|tbody|tr|td|ul|ol|dl|a|img|br|b|i|em|strong|font|center|blockquote)\b)",
    re.IGNORECASE,
)
_HTML_LATER = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b[^>]*>", re.IGNORECASE)
_FEED = re.compile(rb"<(?:!doctype\s+)?(?:rss|(?:\w+:)?feed|rdf:RDF)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml|\s*<(?:urlset|sitemapindex)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
# Browsers take these names for their Windows supersets (WHATWG Encoding Standard, "names and labels").
# The letters and signs of Windows-1252 that the languages of Western Europe use; its neighbours have others there.
_WESTERN = "àâäáãåæçéèêëíìîïñóòôöõøœúùûüýßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝ“”‘’–—…«»€£§°©® ·•"
_SUPERSETS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}


class Decoded(NamedTuple):
    """Text, the name of its encoding, and what a person should know of how it was chosen."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def sniff(raw: Raw) -> MediaType:
    """The kind of an input, from its first bytes (what a server says of it counts only for text). Raises ReadingError.

    >>> sniff(Raw("page", b"<!-- saved --><html><body><p>Hello</p>"))
    'text/html'
    """
    head = raw.data[:SNIFFED]
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    for signature, words in _SIGNATURES.items():
        if head.startswith(signature):
            raise ReadingError(raw.name, f"it is {words}; HTML, PDF and plain text can be read")
    narrow = _narrow(head)
    if _HTML.match(_opening(narrow)) or _HTML_LATER.search(narrow):
        return "text/html"
    if _FEED.match(_opening(narrow)):
        return "application/xml"
    if _XML.match(narrow):
        raise ReadingError(
            raw.name, "it is XML, a list of pages perhaps, and not an article; HTML, PDF and plain text can be read"
        )
    return "text/html" if raw.content_type in ("text/html", "application/xhtml+xml") else "text/plain"


def decode(raw: Raw, media_type: MediaType) -> Decoded:
    """The text of HTML or plain bytes. Raises ReadingError for bytes that are no text.

    A byte order mark wins, then UTF-8 that could not be anything else, then what the server or the page declares,
    then UTF-8, then a guess (which is noted).

    >>> decode(Raw("wire", "Sí".encode("utf-16")), "text/plain").text
    'Sí'
    """
    decoded = _marked(raw.data) or _certain(raw.data) or _declared(raw, media_type) or _utf8(raw.data) or _guessed(raw)
    return Decoded(clean(decoded.text, raw.name), decoded.encoding, decoded.notes)


def encoding(sample: bytes) -> str | None:
    """The encoding of a file of many lines, from the first ones: UTF-8, a guess, or None for what is no text.

    A line that is broken is a broken line, and not another encoding.

    >>> encoding("zwölf Uhr".encode()), encoding("zwölf Uhr, fünf Übel".encode("latin-1")) == "utf-8"
    ('utf-8', False)
    """
    if 0 not in sample:
        lines = [line for line in sample.splitlines()[:-1] or [sample] if not line.isascii()]
        if 2 * sum(_utf8(line, lossy=False) is not None for line in lines) >= len(lines):
            return "utf-8"
    return _guess(sample)


def clean(text: str, name: str) -> str:
    """Line ends made one kind, control characters dropped. Raises ReadingError where there are too many of them."""
    controls = len(_CONTROLS.findall(text))
    if controls > max(8, len(text) * MOST_CONTROLS):
        raise ReadingError(name, "it is not text, and no kind of file that can be read")
    text = (
        text.removeprefix("\ufeff")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x0c", "\n")
        .replace("\x85", "\n")
    )
    text = _CONTROLS.sub("", text) if controls else text
    if not text.strip():
        raise ReadingError(name, "it is empty: there are only spaces in it")
    return text


def _narrow(head: bytes) -> bytes:
    """The first bytes as if one byte were a character, so that markup in UTF-16 is seen too."""
    for mark, _ in _BOMS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"")


def _opening(head: bytes) -> bytes:
    """What follows the white space, comments and XML declaration that may stand before a page's first tag."""
    while True:
        head = head.lstrip()
        end = {b"<!--": b"-->", b"<?xml": b"?>"}.get(b"<!--" if head.startswith(b"<!--") else head[:5].lower())
        if end is None or end not in head:
            return head
        head = head.partition(end)[2]


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lossy(data, encoding)
    return None


def _certain(data: bytes) -> Decoded | None:
    """UTF-8, where it is used beyond ASCII without a fault: then a declaration that says otherwise is wrong."""
    return None if data.isascii() else _utf8(data, lossy=False)


def _declared(raw: Raw, media_type: MediaType) -> Decoded | None:
    named = [raw.charset] if raw.charset else []
    if media_type != "text/plain" and (match := _CHARSET.search(raw.data[:SNIFFED])):
        named.append(match[1].decode("ascii", "replace"))
    for name in named:
        try:
            found = codecs.lookup(name).name
            encoding = _SUPERSETS.get(found, found)
            return Decoded(raw.data.decode(encoding), encoding)
        except (LookupError, ValueError):  # unknown, not a text encoding, or the bytes are something else
            continue
    return None


def _utf8(data: bytes, *, lossy: bool = True) -> Decoded | None:
    if data[:SNIFFED].count(0) > 1:  # UTF-16 without a mark is valid UTF-8 full of NULs
        return None
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        # One broken byte in a long page is a broken byte, not another encoding.
        broken = _lossy(data, "utf-8") if lossy and error.start > SAMPLE else None
        return broken if broken and broken.text.count("\ufffd") * 1000 < len(broken.text) else None


def _guessed(raw: Raw) -> Decoded:
    encoding = _guess(raw.data)
    if encoding is None:
        raise ReadingError(raw.name, "it is not text, and no kind of file that can be read")
    decoded = _lossy(raw.data, encoding)
    note = f"The encoding is not declared: {encoding} is a guess."
    return Decoded(decoded.text, encoding, (note, *decoded.notes))


def _guess(data: bytes) -> str | None:
    for encoding, zeros in (("utf-16-le", data[1:SNIFFED:2]), ("utf-16-be", data[0:SNIFFED:2])):
        if zeros.count(0) > len(zeros) * 0.3:
            return encoding
    if data[:SNIFFED].count(0):
        return None
    import charset_normalizer  # noqa: PLC0415 - only for the few inputs that are not UTF-8

    sample = data[:SAMPLE]
    matches = charset_normalizer.from_bytes(sample)
    best = matches.best()
    if best is None:
        return "cp1252" if _is_western(sample) else None
    # Detectors cannot tell the encodings of Latin scripts apart in short texts; the Western one is the usual one.
    return "cp1252" if _is_western(sample) and _is_latin(str(best)) else best.encoding


def _is_western(sample: bytes) -> bool:
    """Whether the bytes are Windows-1252 in a Western language: few bytes above ASCII, nearly all usual ones."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    high = [character for character in text if character > "\x7f"]
    usual = sum(character in _WESTERN for character in high)
    return len(high) < len(text) * 0.12 and usual >= len(high) * 0.95


def _is_latin(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character < "\u0250" for character in letters) > len(letters) * 0.9


def _lossy(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    notes = (f"{lost} characters could not be decoded as {encoding}.",) if lost else ()
    return Decoded(text, encoding.removesuffix("-sig"), notes)
