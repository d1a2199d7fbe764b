"""What an HTML page says of itself: JSON-LD, meta elements, addresses, and the dates that stand on it (pagedates)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sayso import words
from sayso.model import DateCandidate
from sayso.reading import archives, pagedates
from sayso.reading.draft import Naming

_ARTICLE = re.compile(r"(?:Article|Report|Posting|Review)$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself. `titles` and `namings` have the most trusted first."""

    titles: tuple[str, ...] = ()
    url: str | None = None
    byline: str | None = None
    namings: tuple[Naming, ...] = ()
    dates: tuple[DateCandidate, ...] = ()


def collect(tree: Any, url: str | None, page: str = "") -> Metadata:
    """Read a parsed page's metadata. `url` is where it was fetched from, or None for a file; `page` is its source.

    The bar of an archive is taken out of `tree`.

    >>> from lxml.html import document_fromstring
    >>> collect(document_fromstring('<meta property="og:site_name" content="Example News"><p>x'), None).namings
    (Naming(name='Example News', origin='og:site_name'),)
    """
    metas = list(_metas(tree))
    addresses = _own_addresses(tree, metas)
    copy = archives.find(page, tree, ([url] if url else []) + addresses)
    archives.remove_bars(tree, rewritten=copy.rewritten)
    outside = [one for one in ([url] if url else []) + addresses if not archives.is_archive(one)]
    own = next(iter(outside), copy.address) or next(iter(addresses), url)
    articles = _articles(tree)
    linked = [_plain(node["headline"]) for node in articles if isinstance(node.get("headline"), str)]
    return Metadata(
        titles=tuple(
            title for title in (*_headings(tree), *linked, *_meta_titles(metas), *_title_element(tree)) if title
        ),
        url=own,
        byline="; ".join(dict.fromkeys(_authors(articles))) or None,
        namings=() if copy.rewritten else (*_meta_names(metas), *_publishers(articles)),
        dates=(*_own_dates(pagedates.find(tree, articles, metas, own), copy), *copy.dates),
    )


def _own_dates(found: list[DateCandidate], copy: archives.Copy) -> list[DateCandidate]:
    """The dates of a page; those in the head of one that an archive made are the archive's."""
    if not copy.rewritten:
        return found
    return [replace(one, origin=archives.ARCHIVE, role="captured") if one.origin == "meta" else one for one in found]


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


def _own_addresses(tree: Any, metas: list[tuple[str, str]]) -> list[str]:
    links = (
        element.get("href")
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    )
    named = (content for name, content in metas if name in ("og:url", "twitter:url"))
    return [url.strip() for url in (*links, *named) if url and re.match(r"https?://[^\s/]+", url.strip())]


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


def _publishers(articles: list[dict[str, Any]]) -> list[Naming]:
    found = []
    for node in articles:
        publishers = node.get("publisher")
        for publisher in publishers if isinstance(publishers, list) else [publishers]:
            name = publisher.get("name") if isinstance(publisher, dict) else publisher
            if isinstance(name, str) and "://" not in name:
                found.append(Naming(_plain(name), "JSON-LD publisher"))
    return found


def _authors(articles: list[dict[str, Any]]) -> Iterator[str]:
    for node in articles:
        authors = node.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            name = author.get("name") if isinstance(author, dict) else author
            if isinstance(name, str) and name.strip() and "://" not in name:
                yield _plain(name)
