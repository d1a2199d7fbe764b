"""The first lines of a report: headline, date line, byline, and the dateline that opens its first paragraph.

A head is at most a few short lines; the first line that reads like prose ends it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso import words
from sayso.model import DateCandidate, Span
from sayso.model.article import DateRole
from sayso.reading import dates, outlets
from sayso.reading.draft import Naming
from sayso.reading.residue import is_prose

HEAD_LINES = 8  # lines with something in them that may stand before the first paragraph
LONGEST_HEADLINE = 200  # code points; the longest headlines of Reuters and AP have 120
_STAMP_REST = 40  # code points that may stand beside a date in a line of its own ("| World | 3 comments")
_GAP = 5  # code points of white space between a date and the dateline behind it
_BELOW = 4_000  # code points below a headline in which a paragraph of prose has to follow
_OPENING = 200  # code points in which a dateline ends
_BYLINE = re.compile(
    r"(?:by|written by|report by|story by)\s*:?\s+(?P<name>[^\W\d_][^\d|,;:()\n]{2,80}?)\s*(?:[|,;(].{0,80})?",
    re.IGNORECASE,
)
_DASH = r"\s?(?:[-–—―]+|:)\s?"


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines say. `stamps` are their dates, with spans; `dateline` the outlet that a dateline names."""

    title: Span | None = None
    byline: str | None = None
    stamps: tuple[DateCandidate, ...] = ()
    dateline: Naming | None = None


def read(text: str, title: Span | None = None) -> Head:
    r"""Read the head of a text. `title` is where the headline stands, if that is known already.

    >>> head = read("20 Oct 2024\n\nIDLEB, SANA – Officials said on Monday that the road to the coast was open.")
    >>> head.dateline.name, head.stamps[0].value, head.stamps[0].spans
    ('SANA', '2024-10-20', (Span(start=0, end=11),))
    """
    byline: str | None = None
    stamps: list[DateCandidate] = []
    for number, line in enumerate(_lines(text)):
        row = line.of(text)
        if title is not None and line.overlaps(title):
            continue
        in_head = title is not None and line.end <= title.start
        if stamp := _stamp(text, line, first=number == 0):
            stamps.extend(stamp)
        elif (match := _BYLINE.fullmatch(row)) and not row.endswith(".") and match["name"][0].isupper():
            byline = byline or match["name"].strip()
        elif title is None and _is_headline(text, line):
            title = line
        elif not in_head:
            opening = _opening_date(text, line, first=number == 0)
            begin = opening[-1].spans[-1].end if opening else line.start
            dateline, dated = _dateline(text, begin)
            return Head(title, byline, (*stamps, *opening, *dated), dateline)
    return Head(title, byline, tuple(stamps))


def _lines(text: str) -> Iterator[Span]:
    """The first lines that are not blank, without the white space around them."""
    start, count = 0, 0
    while start < len(text) and count < HEAD_LINES:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        row = text[start:end]
        if words_only := row.strip():
            begin = start + row.index(words_only[0])
            yield Span(begin, begin + len(words_only))
            count += 1
        start = end + 1


@cache
def _label() -> re.Pattern[str]:
    labels = words.load("datelines")["labels"]
    published, modified = ("|".join(sorted(labels[role], key=len, reverse=True)) for role in ("published", "modified"))
    return re.compile(rf"\W{{0,3}}(?:(?P<modified>{modified})|(?P<published>{published}))\b\s*[:|]?\s*", re.IGNORECASE)


def label_role(words_before: str) -> DateRole:
    """What the words before a date make of it.

    >>> label_role("Last updated: "), label_role("Posted on "), label_role("")
    ('modified', 'published', 'unknown')
    """
    matches = list(_label().finditer(words_before))
    if not matches:
        return "unknown"
    return "modified" if matches[-1]["modified"] else "published"


def _stamp(text: str, line: Span, *, first: bool) -> list[DateCandidate]:
    """The dates of a line that has a date and next to nothing else."""
    if line.end - line.start > 2 * LONGEST_HEADLINE:
        return []
    found = list(dates.find(text, line.start, line.end))
    row = line.of(text)
    beside = len(row) - sum(date.end - date.start for date in found)
    labelled = len("".join(match[0] for match in _label().finditer(row)))
    if not found or beside - labelled > _STAMP_REST or (row.endswith((".", "?", "!")) and beside > 3):
        return []
    if beside - labelled > 3 and not re.search(r"[|•·/–—-]|\s{2}", row) and not _label().match(row):
        return []  # "Elections of 20 October 2024" is a headline
    origin = "first line" if first else "visible text"
    result, done = [], line.start
    for date in found:
        result.append(_candidate(text, date, origin, label_role(text[done : date.start])))
        done = date.end
    return result


def _opening_date(text: str, line: Span, *, first: bool) -> list[DateCandidate]:
    """A date that a paragraph begins with, as in text that lost its line breaks: "Wed 05 Apr 2017 Road closed".

    Prose may begin with a date as well ("March 15, 2011 was a Tuesday"; "May 4, 2012, when"): then the text goes on
    with a small letter or a comma.
    """
    label = _label().match(text, line.start, line.end)
    begin = label.end() if label else line.start
    found = dates.at(text, begin)
    if found is None or not re.match(
        r"\s*$|[\s|:.–—-]*(?:by\s+)?[\"'“‘(\[]?[A-Z0-9]|[\s|]*\((?:last )?updated\b", text[found.end : found.end + 20]
    ):
        return []
    role = label_role(label[0]) if label else "unknown"
    return [_candidate(text, found, "first line" if first else "visible text", role)]


def _candidate(text: str, found: dates.Found, origin: str, role: DateRole) -> DateCandidate:
    span = Span(found.start, found.end)
    return DateCandidate(found.value, origin, role, span.of(text), (span,))


def _is_headline(text: str, line: Span) -> bool:
    """A short line without a full stop (or in title case), with a blank line and a longer paragraph below it."""
    row = line.of(text)
    if len(row) > LONGEST_HEADLINE or len(row) < 3 or row.endswith((",", ";", ":", "…")):
        return False
    if row.endswith((".", ".”", '."')) and not _is_title_case(row):
        return False
    below = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*").match(text, line.end)
    if below is None or is_dateline(text, line.start):
        return False
    rest = text[below.end() : below.end() + _BELOW]
    following = [span.of(rest) for span in _lines(rest)]
    return any(is_prose(one) and len(one) > len(row) for one in following)


def _is_title_case(row: str) -> bool:
    long_words = [word for word in re.findall(r"[^\W\d_]+", row) if len(word) > 3]
    return len(long_words) > 2 and sum(word[0].isupper() for word in long_words) > 0.8 * len(long_words)


def is_dateline(text: str, start: int) -> bool:
    """Whether a paragraph that begins at `start` opens with a dateline that names an outlet."""
    return _dateline(text, start)[0] is not None


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    """The shapes of a dateline; AP Stylebook, "datelines"; Reuters Handbook of Journalism, "datelines"."""
    known = f"(?P<outlet>{outlets.dateline_names()})"
    name = r"[^\W\d_][\w.'’-]*"
    place = rf"(?P<place>{name}(?:[ /-]{{1,2}}{name}){{0,3}}(?:,\s{name}(?:\s{name}){{0,2}})?)"
    day = r"(?:[,.]?\s\(?(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,?\s\d{4})?\)?)?"
    begins = r"(?=[\"'“‘(]?[A-Z0-9])"
    return (
        re.compile(rf"{known}{_DASH}{begins}"),  # Press TV - Members
        re.compile(rf"{place}{day},?\s[/(\[]{known}[/)\]]{day}\.?{_DASH}"),  # LONDON (Reuters) -
        re.compile(rf"{place}{day}[.,]?\s/{known}/\.?\s"),  # MOSCOW, October 20. /TASS/.
        re.compile(rf"{place}{day},?\s{known}{_DASH}{begins}"),  # IDLEB, SANA –
        # A name that the table does not have needs a place in capitals, brackets and a dash.
        re.compile(
            r"(?P<place>[A-Z][A-Z.'’ -]{2,40}(?:,\s[A-Z][\w. ]{1,30})?)"
            rf"{day},?\s\((?P<outlet>[A-Z][\w.&'’ -]{{1,40}})\)\s?[-–—]+\s{begins}"
        ),
    )


def _dateline(text: str, start: int) -> tuple[Naming | None, list[DateCandidate]]:
    start += len(text[start : start + _GAP]) - len(text[start : start + _GAP].lstrip())
    opening = text[start : start + _OPENING]
    for pattern in _datelines():
        match = pattern.match(opening)
        if match is None or not _is_place(match.groupdict().get("place")):
            continue
        naming = Naming(match["outlet"], f'dateline "{match[0].strip()}"')
        found = dates.find(text, start, start + match.end())
        return naming, [_candidate(text, date, "dateline", "published") for date in found]
    return None, []


def _is_place(place: str | None) -> bool:
    """Places are names: every word of theirs begins with a capital, but for a few small ones (Rio de Janeiro)."""
    if place is None:
        return True
    small = [word for word in re.findall(r"[^\W\d_]+", place) if not word[0].isupper()]
    return all(len(word) <= 3 for word in small) and place[0].isupper()
