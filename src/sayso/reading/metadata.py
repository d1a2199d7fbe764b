"""What an HTML page says of itself: JSON-LD, meta elements, addresses, and the dates that stand on it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso import words
from sayso.model import DateCandidate
from sayso.model.article import DateRole
from sayso.reading import dates
from sayso.reading.draft import Naming
from sayso.reading.head import label_role

MOST_VISIBLE = 6  # dates taken from the page's visible text: those of other articles' teasers follow the article's own
LONGEST_LABEL = 120  # code points of a text that is a date and next to nothing else
_ARTICLE = re.compile(r"(?:Article|Report|Posting|Review)$")
_DATED = re.compile(r"date|time|publi|posted|byline|meta|stamp|info", re.IGNORECASE)
_MODIFIED = re.compile(r"modif|updat|edited", re.IGNORECASE)
_PUBLISHED = re.compile(r"publi|posted|issued|created|\bpubdate\b", re.IGNORECASE)
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(0?[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_ELSEWHERE = {"aside", "nav", "footer", "li", "script", "style", "noscript", "template", "select", "a"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself. `titles` and `namings` have the most trusted first."""

    titles: tuple[str, ...] = ()
    url: str | None = None
    byline: str | None = None
    namings: tuple[Naming, ...] = ()
    dates: tuple[DateCandidate, ...] = ()


def collect(tree: Any, url: str | None) -> Metadata:
    """Read a parsed page's metadata. `url` is where it was fetched from, or None for a file.

    >>> from lxml.html import document_fromstring
    >>> collect(document_fromstring('<meta property="og:site_name" content="Example News"><p>x'), None).namings
    (Naming(name='Example News', origin='og:site_name'),)
    """
    metas = list(_metas(tree))
    linked = [_plain(node["headline"]) for node in _articles(tree) if isinstance(node.get("headline"), str)]
    own = url or _own_address(tree, metas)
    candidates = (*_linked_dates(tree), *_meta_dates(metas), *_visible_dates(tree), *_url_dates(own))
    return Metadata(
        titles=tuple(
            title for title in (*_headings(tree), *linked, *_meta_titles(metas), *_title_element(tree)) if title
        ),
        url=own,
        byline="; ".join(dict.fromkeys(_authors(tree))) or None,
        namings=(*_meta_names(metas), *_publishers(tree)),
        dates=candidates,
    )


def _plain(text: str) -> str:
    """Text of a title as plain words in one line: scripts and tags in it are dropped, not shown.

    >>> _plain("Road <script>alert(1)</script> <b>open</b>")
    'Road open'
    """
    text = re.sub(r"<(script|style)\b.*?(?:</\1\s*>|$)", " ", text[:5_000], flags=re.IGNORECASE | re.DOTALL)
    return " ".join(re.sub(r"</?[a-zA-Z!][^<>]*>", " ", text).split())[:500]


def _metas(tree: Any) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            yield name.strip().lower(), content.strip()[:1000]


def _meta_titles(metas: list[tuple[str, str]]) -> list[str]:
    return [_plain(content) for name, content in metas if name in ("og:title", "twitter:title", "dc.title", "headline")]


def _meta_names(metas: list[tuple[str, str]]) -> list[Naming]:
    names: list[str] = words.load("datelines")["meta"]["site"]
    found = [Naming(_plain(content), name) for name, content in metas if name in names and "://" not in content]
    return sorted(found, key=lambda naming: names.index(naming.origin))


def _headings(tree: Any) -> list[str]:
    headings = [_plain(_words(element)) for element in tree.iter("h1")]
    headings = list(dict.fromkeys(heading for heading in headings if heading))
    return headings if len(headings) == 1 else []


def _title_element(tree: Any) -> list[str]:
    element = next(tree.iter("title"), None)
    return [_plain(_words(element))] if element is not None else []


def _words(element: Any) -> str:
    return " ".join(str(part) for part in element.itertext(with_tail=False) if isinstance(part, str))


def _own_address(tree: Any, metas: list[tuple[str, str]]) -> str | None:
    links = (
        element.get("href")
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    )
    named = (content for name, content in metas if name in ("og:url", "twitter:url"))
    return next((url.strip() for url in (*links, *named) if url and re.match(r"https?://[^\s/]+", url.strip())), None)


def _linked(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of a page, those in lists and graphs too, but not what other objects only mention."""
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        try:
            waiting = [json.loads((element.text or "").strip(" \n\t;"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting[:0] = node[:200]
            elif isinstance(node, dict):
                yield node
                waiting[:0] = [node[key] for key in ("@graph", "mainEntity") if isinstance(node.get(key), dict | list)]


def _articles(tree: Any) -> list[dict[str, Any]]:
    """The page's own article in JSON-LD: the first one, or else what says anything of a page."""
    nodes = list(_linked(tree))
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _kinds(node))]
    return articles[:1] or [node for node in nodes if "WebPage" in _kinds(node)][:1]


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _linked_dates(tree: Any) -> list[DateCandidate]:
    found = []
    roles: dict[str, DateRole] = {"datePublished": "published", "dateCreated": "unknown", "dateModified": "modified"}
    for node in _articles(tree):
        for key, role in roles.items():
            if isinstance(node.get(key), str) and (value := dates.iso(node[key])):
                found.append(DateCandidate(value, "JSON-LD", role, f"{key} {node[key].strip()[:60]}"))
    return found


def _publishers(tree: Any) -> list[Naming]:
    found = []
    for node in _articles(tree):
        publishers = node.get("publisher")
        for publisher in publishers if isinstance(publishers, list) else [publishers]:
            name = publisher.get("name") if isinstance(publisher, dict) else publisher
            if isinstance(name, str) and "://" not in name:
                found.append(Naming(_plain(name), "JSON-LD publisher"))
    return found


def _authors(tree: Any) -> Iterator[str]:
    for node in _articles(tree):
        authors = node.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            name = author.get("name") if isinstance(author, dict) else author
            if isinstance(name, str) and name.strip() and "://" not in name:
                yield _plain(name)


@cache
def _meta_roles() -> dict[str, DateRole]:
    table = words.load("datelines")["meta"]
    modified: dict[str, DateRole] = dict.fromkeys(table["modified"], "modified")
    return modified | dict.fromkeys(table["published"], "published")


def _meta_dates(metas: list[tuple[str, str]]) -> list[DateCandidate]:
    found = []
    for name, content in metas:
        role = _meta_roles().get(name)
        if role and (value := dates.iso(content)):
            found.append(DateCandidate(value, "meta", role, f"{name} {content[:60]}"))
    return found


def _url_dates(url: str | None) -> list[DateCandidate]:
    """The day in an address such as /2024/10/20/, /2024-10-20- or /20241020."""
    if url is None or not (match := _URL_DAY.search(url)):
        return []
    value = dates.iso(f"{match[1]}-{int(match[3]):02}-{match[4]}")
    return [DateCandidate(value, "url", "published", match[0])] if value else []


def _visible_dates(tree: Any) -> list[DateCandidate]:
    """Dates in time elements, and in short texts that a label or their element's class marks as dates."""
    found: list[DateCandidate] = []
    elsewhere: set[Any] = set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _ELSEWHERE or element.getparent() in elsewhere:
            elsewhere.add(element)
            continue
        found.extend(_time_element(element) if element.tag == "time" else _labelled(element))
        if len(found) >= MOST_VISIBLE:
            break
    return found


def _time_element(element: Any) -> list[DateCandidate]:
    shown = " ".join(_words(element).split())[:LONGEST_LABEL]
    given = element.get("datetime") or shown
    value = dates.iso(given)
    if value is None:
        return []
    marks = " ".join(value for key, value in element.attrib.items() if key != "datetime") + " ".join(element.attrib)
    before = _before(element)
    role = _role(marks) if _role(marks) != "unknown" else label_role(before)
    return [DateCandidate(value, "time element", role, shown or given[:LONGEST_LABEL])]


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
    if _MODIFIED.search(marks):
        return "modified"
    return "published" if _PUBLISHED.search(marks) else "unknown"
