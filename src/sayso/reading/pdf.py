"""A PDF: its text page by page through pdfium, with lines joined to paragraphs and the pages' furniture taken out.

A PDF knows where its glyphs stand and not what a paragraph is. Here a new one begins where the space above a line
or the size of its letters is not the usual one, where a line is indented, and where the line before ends a sentence
well before the margin.
"""

import re
import statistics
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from sayso import words
from sayso.errors import ReadingError
from sayso.model import DateCandidate, Residue
from sayso.model.article import DateRole
from sayso.reading import dates
from sayso.reading.draft import Draft, Raw
from sayso.reading.head import LONGEST_HEADLINE

MAX_PAGES = 1_000  # of one report; what is behind them is not read, and a note says so
MAX_TEXT = 20_000_000  # code points of text in one PDF; a thousand full pages have four million
LARGE = 1.25  # times the usual height of letters: a headline
ENOUGH_LETTERS = 20  # in the whole file; a scan may carry a stamp or a page number as text
_PDFIUM = threading.Lock()  # pdfium must not be called from two threads
_STOP = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[•▪◦‣●■]|[*–—-]\s|\(?\d{1,2}[.)]\s)")
_BREAKS = re.compile(r"\r\n|\r|\n|(?<=[\ufffe\x02\xad])")
_MOMENT = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d'?\d\d)?)?")
_HYPHEN = "\ufffe"  # what pdfium writes for a hyphen at the end of a line


class Line(NamedTuple):
    """A line of a page with its box in points, counted from the lower left corner of the page."""

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


def draft(raw: Raw) -> Draft:
    """The text of a PDF. Raises ReadingError for one that is broken, encrypted, or made of pictures only."""
    with _PDFIUM:
        lines, metadata, pages = _content(raw)
    if sum(character.isalpha() for line in lines for character in line.text) < ENOUGH_LETTERS:
        problem = (
            f"there is no text in its {pages} page(s); they are pictures, scans perhaps, and pictures are not read"
        )
        raise ReadingError(raw.name, problem)
    text, furniture = _laid_out(lines)
    return Draft(
        text,
        "application/pdf",
        url=raw.url,
        title=_title(lines, _unless(metadata.get("Title"), "no_title"), text),
        byline=_unless(metadata.get("Author"), "no_author"),
        dates=tuple(_dates(metadata)),
        residue=tuple(furniture),
        notes=(f"Only the first {MAX_PAGES} of {pages} pages were read.",) if pages > MAX_PAGES else (),
    )


def _content(raw: Raw) -> tuple[list[Line], dict[str, str], int]:
    """All lines, the metadata and the number of pages."""
    import pypdfium2  # noqa: PLC0415 - a native library, not needed for other inputs

    try:
        document = pypdfium2.PdfDocument(raw.data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        problem = "it is encrypted and needs a password" if locked else "it is a broken or cut off PDF"
        raise ReadingError(raw.name, problem) from error
    try:
        lines: list[Line] = []
        size = 0
        for number in range(min(len(document), MAX_PAGES)):
            lines.extend(_page(document, number))
            size += sum(len(line.text) for line in lines if line.page == number)
            if size > MAX_TEXT:
                raise ReadingError(raw.name, f"it has more than {MAX_TEXT:,} characters of text")
        return lines, {key: value.strip() for key, value in document.get_metadata_dict().items()}, len(document)
    except pypdfium2.PdfiumError as error:
        raise ReadingError(raw.name, "it is a broken or cut off PDF") from error
    finally:
        document.close()


def _page(document: Any, number: int) -> list[Line]:
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            return list(_lines(textpage, number))
        finally:
            textpage.close()
    finally:
        page.close()


def _lines(textpage: Any, number: int) -> Iterator[Line]:
    """The lines of a page, in the order in which the file has them, which need not be from top to bottom."""
    text = textpage.get_text_range()
    placed = (
        len(text) == textpage.count_chars()
    )  # not so with characters beyond U+FFFF: then nothing is known of places
    start = 0
    for index, row in enumerate(_BREAKS.split(text)):
        at = text.index(row, start) if row else start
        start = at + len(row)
        if not row.strip():
            continue
        if placed:
            first, last = at + len(row) - len(row.lstrip()), at + len(row.rstrip()) - 1
            left, bottom, _, top = textpage.get_charbox(first, loose=True)
            right = textpage.get_charbox(last, loose=True)[2]
        else:
            left, bottom, right, top = 0.0, -12.0 * index, 5.0 * len(row), 10.0 - 12.0 * index
        yield Line(" ".join(row.split()), number, left, bottom, right, top)


def _laid_out(lines: Sequence[Line]) -> tuple[str, list[Residue]]:
    """The text in paragraphs; headers, footers and page numbers, each at the end of the paragraph it stood by."""
    furniture = _furniture(lines)
    body = [line for index, line in enumerate(lines) if index not in furniture]
    margins, usual, compounds = _margins(body), _usual_gap(body), _compounds(body)
    paragraphs: list[str] = []
    places: list[tuple[Line, int]] = []
    before: Line | None = None
    for index, line in enumerate(lines):
        if index in furniture:
            places.append((line, len(paragraphs)))
            continue
        if before is None or _is_new_paragraph(before, line, margins[before.page], usual):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = joined(paragraphs[-1], line.text, compounds)
        before = line
    paragraphs = [paragraph.replace(_HYPHEN, "-") for paragraph in paragraphs]
    ends = [0]
    for paragraph in paragraphs:
        ends.append(ends[-1] + len(paragraph) + (2 if len(ends) > 1 else 0))
    reason = "page header, footer or number"
    return "\n\n".join(paragraphs), [Residue(line.text, reason, ends[place]) for line, place in places]


def _is_new_paragraph(before: Line, line: Line, margin: float, usual: float) -> bool:
    stopped = bool(_STOP.search(before.text))
    short = before.right < margin - 0.1 * max(margin - before.left, 1.0)
    starts = not line.text[0].islower()
    if _BULLET.match(line.text):
        return True
    if line.page != before.page or line.bottom > before.bottom + before.height:  # the next page or column
        return starts and stopped and (short or line.text[0] in "“\"‘'«")
    if abs(line.height - before.height) > 0.15 * before.height and abs(line.bottom - before.bottom) > 1:
        return True
    gap = (before.bottom - line.bottom) / before.height
    indented = line.left > before.left + 0.6 * before.height and gap > 0.5
    return gap > 1.25 * usual or (starts and (indented or (stopped and short and gap > 0.5)))


def _margins(lines: Sequence[Line]) -> dict[int, float]:
    """Where the lines of each page end on the right, a tenth of them left out."""
    rights: dict[int, list[float]] = {}
    for line in lines:
        rights.setdefault(line.page, []).append(line.right)
    return {page: sorted(ends)[int(0.9 * (len(ends) - 1))] for page, ends in rights.items()}


def _usual_gap(lines: Sequence[Line]) -> float:
    """From base line to base line, in heights of a line: the lower quartile, as a paragraph may be a single line."""
    gaps = [(a.bottom - b.bottom) / a.height for a, b in pairwise(lines) if a.page == b.page]
    gaps = [gap for gap in gaps if 0.5 < gap < 4]  # the rest are lines side by side, columns and pictures
    return statistics.quantiles(gaps, n=4)[0] if len(gaps) > 1 else 1.2


def _compounds(lines: Sequence[Line]) -> frozenset[str]:
    """The words with a hyphen inside a line: there the hyphen is the word's own."""
    return frozenset(word.lower() for line in lines for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", line.text))


def joined(text: str, line: str, compounds: frozenset[str]) -> str:
    r"""A paragraph with its next line. A hyphen at the end of a line goes, unless it is the word's own.

    >>> joined("The govern\ufffe", "ment of the state\ufffe", frozenset())
    'The government of the state\ufffe'
    >>> joined("a state\ufffe", "owned firm", frozenset({"state-owned"}))
    'a state-owned firm'
    """
    if not text.endswith((_HYPHEN, "\x02", "\xad")) and not re.search(r"[^\W\d_]-$", text):
        return f"{text} {line}"
    left, right = re.search(r"[^\W\d_]*$", text[:-1]), re.match(r"[^\W\d_]*", line)
    word = f"{left[0] if left else ''}-{right[0] if right else ''}".lower()
    own = word in compounds or not line[0].islower()
    return f"{text[:-1]}-{line}" if own else f"{text[:-1]}{line}"


def _furniture(lines: Sequence[Line]) -> set[int]:
    """The lines (by index) that stand at one edge of most pages, numbers aside, and bare page numbers there."""
    edges = list(_edges(lines))
    pages = len({line.page for line in lines})
    signatures = Counter(_signature(lines[index]) for index in edges)
    return {
        index
        for index in edges
        if _page_number().fullmatch(lines[index].text)
        or (pages > 1 and signatures[_signature(lines[index])] >= max(2, pages / 2))
    }


def _edges(lines: Sequence[Line]) -> Iterator[int]:
    """The two highest and the two lowest lines of each page."""
    pages: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        pages.setdefault(line.page, []).append(index)
    for indexes in pages.values():
        ordered = sorted(indexes, key=lambda index: lines[index].bottom)
        yield from dict.fromkeys((*ordered[:2], *ordered[-2:]))


def _signature(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.bottom / 4)


@cache
def _page_number() -> re.Pattern[str]:
    return re.compile("|".join(words.load("datelines")["pdf"]["page_number"]), re.IGNORECASE)


def _title(lines: Sequence[Line], given: str | None, text: str) -> str | None:
    """The metadata's title where the text has it in a line of its own, else the line in large letters on top."""
    if given and re.search(rf"^{re.escape(given)}$", text[: 2 * LONGEST_HEADLINE], re.MULTILINE):
        return given
    usual = statistics.median(line.height for line in lines)
    top = [line for line in lines[:12] if line.page == lines[0].page and line.height > LARGE * usual]
    large = [line for line in top if line.height > 0.95 * max(other.height for other in top)]
    title = " ".join(line.text for line in large)
    return title if 2 < len(title) <= LONGEST_HEADLINE else given


def _unless(value: str | None, junk: str) -> str | None:
    """A value of the metadata, unless it is one that programs write where nobody gave any."""
    patterns = words.load("datelines")["pdf"][junk]
    value = " ".join((value or "").split())
    return None if not value or re.fullmatch("|".join(patterns), value, re.IGNORECASE) else value


def _dates(metadata: dict[str, str]) -> Iterator[DateCandidate]:
    """The days on which the file was made and changed (ISO 32000-1, 7.9.4: D:YYYYMMDDHHmmSSOHH'mm)."""
    roles: dict[str, DateRole] = {"CreationDate": "unknown", "ModDate": "modified"}
    for key, role in roles.items():
        match = _MOMENT.match(metadata.get(key, ""))
        if match is None:
            continue
        year, month, day, hour, minute, second, zone = match.groups()
        time = f"T{hour}:{minute}:{second or '00'}{(zone or '').replace(chr(39), '')}" if hour else ""
        if value := dates.iso(f"{year}-{month}-{day}{time}"):
            yield DateCandidate(value, "PDF metadata", role, f"{key} {metadata[key][:40]}")
