"""A web page: its article's text through trafilatura, its metadata, and what of the page is only furniture."""

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from sayso.errors import ReadingError
from sayso.model import DateCandidate, Residue
from sayso.reading import media, notices, residue
from sayso.reading.draft import Draft, Naming, Raw
from sayso.reading.head import LONGEST_HEADLINE
from sayso.reading.metadata import Metadata, collect

MAX_HTML_BYTES = 20_000_000  # long before it, a page is no article; trafilatura refuses more as well
MAX_ELEMENTS = 100_000  # the largest news pages (live blogs of a day) have some 30,000
MOST_FURNITURE = 40  # pieces of page furniture that are listed
LONGEST_CELL = 300  # code points; a longer cell is not one of a table of data
SHORTEST_ARTICLE = 40  # code points of its longest paragraph
_HEAD = 4  # paragraphs of a text among which its headline is looked for
_SHORTEST_START = 12  # code points by which a paragraph is found again in the page
_SUFFIX = re.compile(r"\s+[|•·»–—-]+\s+(?P<rest>[^|•·»]{2,60})$")
# What stands in every page and tells nothing about this one.
_COMMON_FURNITURE = {"navigation"}


def draft(raw: Raw) -> Draft:
    """The article of a page. Raises ReadingError where there is none, or where the page is made to break readers."""
    if len(raw.data) > MAX_HTML_BYTES:
        raise ReadingError(raw.name, f"it is too large for a page: the limit is {MAX_HTML_BYTES / 1e6:.0f} MB")
    decoded = media.decode(raw, "text/html")
    tree = _parse(decoded.text, raw.name)
    _open_layout_tables(tree)
    metadata = collect(tree, raw.url, decoded.text)
    more = _more_metadata(tree, metadata.url)
    page_text = " ".join(" ".join(tree.itertext("p", "div", "span", "strong", "b", "em", "time")).split())
    paragraphs = _paragraphs(tree, raw.name)
    title = _shown(_title(metadata), paragraphs)
    text = "\n\n".join(_with_title(paragraphs, title))
    return Draft(
        text,
        "text/html",
        decoded.encoding,
        metadata.url,
        title,
        metadata.byline or more.author,
        metadata.namings or ((Naming(more.sitename, "page title"),) if more.sitename and not metadata.url else ()),
        (*metadata.dates, *_markup_date(metadata.dates, more.date)),
        (*notices.age(page_text, text), *_furniture(tree, text)),
        decoded.notes,
    )


@cache
def _libraries() -> Any:
    """trafilatura, loaded once and kept from writing to the log: what it finds wrong, the ReadingError says."""
    import trafilatura  # noqa: PLC0415 - heavy
    import trafilatura.metadata  # noqa: PLC0415 - heavy

    for name in ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura


def _parse(text: str, name: str) -> Any:
    """The page's tree. libxml2 stops at a depth of 256: what is below is not there, so the page is refused."""
    from lxml import etree, html  # noqa: PLC0415 - heavy

    parser = html.HTMLParser(collect_ids=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    # A declaration in the text would be taken for the encoding of the bytes that are made here.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise ReadingError(name, "there is no article text in it: its HTML is empty or broken") from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise ReadingError(name, "its HTML is nested deeper than 256 elements, which no article needs")
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise ReadingError(name, f"its HTML has more than {MAX_ELEMENTS} elements, which no article needs")
    return tree


def _open_layout_tables(tree: Any) -> None:
    """Make blocks of the tables that old pages are laid out with, so that their text is not read as rows of data.

    A table is there for the layout if it holds another one, or a cell with more text than a cell of data has.
    """
    layout: list[Any] = []
    stack: list[tuple[Any, list[int]]] = []  # the tables that are open, each with the lengths of its cells
    for event, element in _walk(tree):
        if element.tag == "table":
            if event == "start":
                layout.extend(table for table, _ in stack[-1:])
                stack.append((element, [0]))
            else:
                layout.extend(table for table, cells in (stack.pop(),) if max(cells) > LONGEST_CELL)
        elif stack and event == "start" and element.tag in ("td", "th"):
            stack[-1][1].append(0)
        if stack:
            text = element.text if event == "start" else element.tail
            stack[-1][1][-1] += len(text or "")
    for table in dict.fromkeys(layout):
        table.tag = "div"
        for row in table.iterchildren("tbody", "thead", "tr"):
            for part in (row, *row.iterchildren("tr")):
                for cell in part.iterchildren("td", "th"):
                    cell.tag = "div"
                part.tag = "div"


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree  # noqa: PLC0415 - heavy

    return iter(etree.iterwalk(tree, events=("start", "end")))


def _more_metadata(tree: Any, url: str | None) -> Any:
    """What trafilatura and htmldate make of a page's head: the author, the site, and a day by their own rules."""
    # Not the extensive search: it takes the year of a copyright line for the first of January.
    options = {"extensive_search": False, "original_date": True, "deferred_url_extractor": True}
    return _libraries().metadata.extract_metadata(tree, url, options)


def _paragraphs(tree: Any, name: str) -> list[str]:
    document = _libraries().bare_extraction(tree, include_comments=False, with_metadata=False)
    text = (document.text or "") if document is not None else ""
    paragraphs = [" ".join(line.split()) for line in text.split("\n")]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    links = {" ".join(element.text_content().split()) for element in tree.iter("a")}
    longest = max((len(one) for one in paragraphs if one.lstrip("-• ") not in links), default=0)
    if longest < SHORTEST_ARTICLE:
        raise ReadingError(name, "there is no article text in it")
    return paragraphs


def _title(metadata: Metadata) -> str | None:
    """The headline: the page's only h1 if it has one, else what the metadata say, without the site's name behind it."""
    sites = {naming.name.casefold() for naming in metadata.namings}
    for title in metadata.titles:
        if title.casefold() in sites:  # on many pages the site's name is the h1
            continue
        match = _SUFFIX.search(title)
        if match and (match["rest"].casefold() in sites or title[: match.start()] in metadata.titles):
            return title[: match.start()]
        return title
    return None


def _shown(title: str | None, paragraphs: list[str]) -> str | None:
    """The headline as the text has it, where the known title is only a part of it or has the site's name before it."""
    if title is None:
        return None
    parts = [_bare(part) for part in (title, *re.split(r"\s+(?:[|•·»–—-]+|::)\s+", title))]
    parts = [part for part in parts if part.count(" ") >= 2]
    for paragraph in paragraphs[:_HEAD]:
        if len(paragraph) <= LONGEST_HEADLINE and _bare(paragraph).startswith(tuple(parts)):
            return paragraph
    return title


def _with_title(paragraphs: list[str], title: str | None) -> list[str]:
    """The paragraphs with the headline as the first of them, once."""
    if title is None:
        return paragraphs
    same = [index for index, paragraph in enumerate(paragraphs[:_HEAD]) if _bare(paragraph) == _bare(title)]
    rest = [paragraph for index, paragraph in enumerate(paragraphs) if index not in same]
    return [title, *rest]


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _markup_date(candidates: tuple[DateCandidate, ...], day: str | None) -> list[DateCandidate]:
    """htmldate's own result, where nothing else gave the same day.

    It makes the first of the month of a month without a day and of 30 February, so that no such day is taken.
    """
    if day is None or day.endswith("-01") or any(candidate.day == day for candidate in candidates):
        return []
    return [DateCandidate(day, "markup", "unknown", "found by htmldate in the page's markup")]


def _furniture(tree: Any, text: str) -> Iterator[Residue]:
    """What the extraction left out and a rule knows: comment forms, share bars, notices; at most MOST_FURNITURE."""
    ends = {row[:_SHORTEST_START]: end for row, end in _row_ends(text)}
    rows = set(text.split("\n"))
    position, count = 0, 0
    run: list[Residue] = []
    for row in _rows(tree):
        position = ends.get(row[:_SHORTEST_START], position) if len(row) >= _SHORTEST_START else position
        rule = residue.rule_for(row) if row not in rows else None
        if rule is None or rule.reason in _COMMON_FURNITURE:
            run = []
            continue
        run.append(Residue(row, rule.reason, position))
        if rule.alone == "never" and len(run) == 1:
            continue  # "Share" alone may be anything
        yield from run if len(run) == 2 and _was_held(run[0]) else run[-1:]
        count += 1
        if count >= MOST_FURNITURE:
            return


def _was_held(part: Residue) -> bool:
    rule = residue.rule_for(part.text)
    return rule is not None and rule.alone == "never"


def _row_ends(text: str) -> Iterator[tuple[str, int]]:
    end = 0
    for row in text.split("\n"):
        end += len(row) + 1
        if len(row) >= _SHORTEST_START:
            yield row, end - 1


def _rows(tree: Any) -> Iterator[str]:
    """The short pieces of text of a page, in its order, each in one line."""
    for event, element in _walk(tree):
        if event == "start" and element.tag in ("script", "style", "noscript", "template", "title", "option"):
            continue
        text = element.text if event == "start" else element.tail
        if text and not text.isspace():
            yield " ".join(text[: residue.LONGEST_LINE + 1].split())
