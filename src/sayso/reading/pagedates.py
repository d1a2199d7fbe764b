"""The dates that stand on an HTML page: JSON-LD, meta elements, its address, time elements, lines with a label."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from sayso import words
from sayso.model import DateCandidate
from sayso.model.article import DateRole
from sayso.reading import dates
from sayso.reading.head import label_role

MOST_VISIBLE = 6  # dates taken from the page's visible text: those of other articles' teasers follow the article's own
LONGEST_LABEL = 120  # code points of a text that is a date and next to nothing else
_DATED = re.compile(r"date|time|publi|posted|byline|meta|stamp|info", re.IGNORECASE)
_MODIFIED = re.compile(r"modif|updat|edited", re.IGNORECASE)
_PUBLISHED = re.compile(r"publi|posted|issued|(?<!date)created|\bpubdate\b", re.IGNORECASE)
_MACHINE = re.compile(r"date(?:published|modified|created)|uploaddate", re.IGNORECASE)
_LINKED: dict[str, DateRole] = {
    "datePublished": "published",
    "uploadDate": "published",
    "dateCreated": "unknown",
    "dateModified": "modified",
}
_ELSEWHERE = {"aside", "nav", "footer", "li", "script", "style", "noscript", "template", "select", "a"}


def find(
    tree: Any, articles: list[dict[str, Any]], metas: list[tuple[str, str]], url: str | None
) -> list[DateCandidate]:
    """All dates that a page gives for itself; `articles` are its JSON-LD objects, `url` is its own address.

    >>> from lxml.html import document_fromstring
    >>> [one.value for one in find(document_fromstring("<p>x"), [], [("pubdate", "2024-10-20")], None)]
    ['2024-10-20']
    """
    return [*_linked(articles), *_meta(metas), *_visible(tree), *in_address(url)]


def in_address(url: str | None) -> list[DateCandidate]:
    """The day in an address such as /2024/10/20/, /2024/oct/20/, /2024-10-20- or /20241020.

    >>> [(one.value, one.evidence) for one in in_address("https://news.example/world/2024/oct/20/ferry")]
    [('2024-10-20', '/2024/oct/20/')]
    """
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return []
    for match in _url_day().finditer(path):
        month = dates.month(match["name"]) if match["name"] else int(match["month"])
        if value := dates.iso(f"{match['year']}-{month:02}-{int(match['day']):02}"):
            return [DateCandidate(value, "url", "published", match[0])]
    return []


@cache
def _url_day() -> re.Pattern[str]:
    names = "|".join(sorted(dates.month_names(), key=len, reverse=True))
    return re.compile(
        rf"""/?(?<!\d)(?P<year>(?:19|20)\d\d)(?:
        (?P<between>[/_-]?)(?P<month>0[1-9]|1[0-2]|(?<=[/_-])[1-9](?=[/_-]))(?P=between)
        |(?P<mark>[/_-])(?P<name>{names})(?P=mark))
        (?P<day>0[1-9]|[12]\d|3[01]|(?<=[/_-])[1-9])(?!\d)/?""",
        re.IGNORECASE | re.VERBOSE,
    )


def _linked(articles: list[dict[str, Any]]) -> Iterator[DateCandidate]:
    for node in articles:
        for key, role in _LINKED.items():
            if isinstance(node.get(key), str) and (value := dates.iso(node[key])):
                yield DateCandidate(value, "JSON-LD", role, f"{key} {node[key].strip()[:60]}")


@cache
def _meta_roles() -> dict[str, DateRole]:
    table = words.load("datelines")["meta"]
    roles: tuple[tuple[str, DateRole], ...] = (
        ("published", "published"),
        ("created", "unknown"),
        ("modified", "modified"),
    )
    return {name: role for key, role in roles for name in table[key]}


def _meta(metas: list[tuple[str, str]]) -> list[DateCandidate]:
    """In the order of the table, and of one name the earliest first, so that their order in the page tells nothing."""
    order = {name: place for place, name in enumerate(_meta_roles())}
    found = []
    for name, content in metas:
        if name in order and (value := dates.iso(content)):
            candidate = DateCandidate(value, "meta", _meta_roles()[name], f"{name} {content[:60]}")
            found.append((order[name], value, candidate))
    return [candidate for *_, candidate in sorted(found, key=lambda one: one[:2])]


def _visible(tree: Any) -> list[DateCandidate]:
    """Dates in time elements and microdata, and in short texts that a label or their element's class marks as dates."""
    found: list[DateCandidate] = []
    elsewhere: set[Any] = set()
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "meta":
            continue
        if element.tag in _ELSEWHERE or element.getparent() in elsewhere:
            elsewhere.add(element)
            continue
        found.extend(_time_element(element) if element.tag == "time" else chain(_machine(element), _labelled(element)))
        if len(found) >= MOST_VISIBLE:
            break
    return found


def _machine(element: Any) -> Iterator[DateCandidate]:
    """A date for machines on an element that shows another text: microdata's `content`, `title` of an hAtom abbr."""
    marks = element.get("itemprop") or (element.get("class") if element.tag == "abbr" else "") or ""
    given = element.get("content") or (element.get("title") if element.tag == "abbr" else None)
    named = _MACHINE.search(marks) or (element.tag == "abbr" and _role(marks) != "unknown")
    if given and named and (value := dates.iso(given)):
        yield DateCandidate(value, "time element", _role(marks), given.strip()[:LONGEST_LABEL])


def _time_element(element: Any) -> list[DateCandidate]:
    shown = " ".join(_words(element).split())[:LONGEST_LABEL]
    given = element.get("datetime") or shown
    value = dates.iso(given)
    if value is None:
        return []
    marks = " ".join(value for key, value in element.attrib.items() if key != "datetime") + " ".join(element.attrib)
    label = _before(element) if label_role(_before(element)) != "unknown" else ""
    roles: list[DateRole] = [_role(marks), label_role(shown), label_role(label)]
    role = next((one for one in roles if one != "unknown"), roles[0])
    return [DateCandidate(value, "time element", role, f"{label} {shown or given}".strip()[:LONGEST_LABEL])]


def _labelled(element: Any) -> list[DateCandidate]:
    found = []
    marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    texts = [element.text, *(child.tail for child in element)] if len(element) < 20 else [element.text]
    for text in texts:
        if not text or len(text) > 4 * LONGEST_LABEL or not re.search(r"\d{4}", text):
            continue
        row = " ".join(text.split())
        for date in dates.find(row) if len(row) <= LONGEST_LABEL else ():
            label = label_role(row[: date.start] or _before(element))
            if label == "unknown" and not _DATED.search(marks):
                continue
            role = label if label != "unknown" else _role(marks)
            found.append(DateCandidate(date.value, "visible text", role, row))
    return found


def _before(element: Any) -> str:
    """The words directly before an element, where they are a label."""
    previous = element.getprevious()
    text = (
        (previous.tail or _words(previous))
        if previous is not None
        else (element.getparent().text if element.getparent() is not None else "")
    )
    row = " ".join((text or "").split())
    return row if len(row) <= 40 else ""


def _role(marks: str) -> DateRole:
    """What an element's class and other marks make of its date; WordPress marks one that was never changed as both."""
    if _PUBLISHED.search(marks):
        return "published"
    return "modified" if _MODIFIED.search(marks) else "unknown"


def _words(element: Any) -> str:
    return " ".join(str(part) for part in element.itertext(with_tail=False) if isinstance(part, str))
