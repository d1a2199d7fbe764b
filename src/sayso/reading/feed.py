"""A feed's items (RSS 0.9x, 1.0 and 2.0, Atom) as articles, with the dates that the feed gives them.

As one input, a feed of several articles is refused; `items` makes feeds of one item each of it. The item's words are
read as a page is read.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from html import escape
from typing import Any

from sayso.errors import ReadingError
from sayso.model import DateCandidate
from sayso.model.article import DateRole
from sayso.reading import dates, html, media
from sayso.reading.draft import Draft, Naming, Raw

# What feeds call the day on which an item came out, and the one on which it was last changed (RSS 2.0; RFC 4287;
# the Dublin Core module of RSS 1.0; Atom 0.3, which said "issued").
_ROLES: dict[str, DateRole] = {
    "pubDate": "published",
    "published": "published",
    "issued": "published",
    "date": "published",
    "created": "unknown",
    "updated": "modified",
    "modified": "modified",
}


def draft(raw: Raw) -> Draft:
    """The one item of a feed. Raises ReadingError where there are none or several, or where the XML is none."""
    decoded = media.decode(raw, "application/xml")
    root = _parse(decoded.text, raw.name)
    found = _items(root, raw.name)
    if len(found) > 1:
        problem = f"it is a feed with {len(found)} articles, and one input is one article"
        raise ReadingError(raw.name, f"{problem}; a corpus takes them all (sayso add)")
    item = found[0]
    words, whole = _content(item)
    page = f"<html><body><article><h1>{escape(_text(item, 'title'))}</h1>\n<div>{words}</div></article></body></html>"
    made = html.draft(Raw(raw.name, page.encode(), _link(item) or raw.url))
    return replace(
        made,
        media_type="application/atom+xml" if _name(item) == "entry" else "application/rss+xml",
        encoding=decoded.encoding,
        byline=_author(item) or made.byline,
        namings=tuple(Naming(name, "feed title") for name in [_feed_title(root, item)] if name),
        dates=(*_dates(item), *made.dates),
        notes=(*decoded.notes, *(() if whole else ("The feed may have only the beginning of the article.",))),
    )


def items(raw: Raw) -> Iterator[tuple[str, bytes]]:
    """Every item of a feed: its address, or "", and itself as a feed with nothing else. Raises ReadingError."""
    from lxml import etree  # noqa: PLC0415 - heavy

    root = _parse(media.decode(raw, "application/xml").text, raw.name)
    for item in _items(root, raw.name):
        parent = item.getparent()
        alone = etree.Element(root.tag, dict(root.attrib), root.nsmap)
        inside = alone
        for channel in _children(root, "channel"):
            inside = etree.SubElement(alone, channel.tag)
            inside.extend(deepcopy(title) for title in _children(channel, "title"))
        alone.extend(deepcopy(title) for title in _children(root, "title"))
        (alone if parent is root else inside).append(deepcopy(item))
        yield _link(item) or "", etree.tostring(alone, encoding="utf-8", xml_declaration=True)


def _items(root: Any, name: str) -> list[Any]:
    found = [element for element in root.iter() if _name(element) in ("item", "entry")]
    if not found:
        raise ReadingError(name, "it is a feed with no article in it")
    return found


def _parse(text: str, name: str) -> Any:
    """The feed's tree. Entities stay as they are and nothing is loaded, so that no feed can blow up."""
    from lxml import etree  # noqa: PLC0415 - heavy

    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    if text.lstrip().startswith("<?xml"):  # its encoding is that of the bytes, not of this text
        text = text.partition("?>")[2].lstrip()
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError(name, "it is a feed whose XML is broken") from error
    if root is None:
        raise ReadingError(name, "it is a feed whose XML is broken")
    return root


def _name(element: Any) -> str:
    """An element's name without its namespace; "" for comments and entities."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: Any, *names: str) -> Iterator[Any]:
    return (child for child in element if _name(child) in names)


def _text(element: Any, *names: str) -> str:
    """The words of the first child of one of these names that has any, the names in their order."""
    found = (" ".join("".join(child.itertext()).split()) for name in names for child in _children(element, name))
    return next((words for words in found if words), "")


def _content(item: Any) -> tuple[str, bool]:
    """The item's words as HTML, and whether they are the whole article: `content` is meant to be, a summary is not."""
    from lxml import etree  # noqa: PLC0415 - heavy

    for name in ("encoded", "content", "description", "summary"):
        for child in _children(item, name):
            if child.get("type") == "xhtml":
                words = "".join(etree.tostring(part, encoding="unicode") for part in child if _name(part))
            else:
                words = "".join(child.itertext())
                words = escape(words) if child.get("type") == "text" else words
            if words.strip():
                return words, name in ("encoded", "content")
    return "", False


def _link(item: Any) -> str | None:
    """The address of the article itself: RSS writes it as text, Atom as an attribute."""
    addresses = [
        child.get("href") or child.text
        for child in _children(item, "link")
        if child.get("rel", "alternate") == "alternate"
    ]
    addresses += [child.text for child in _children(item, "guid") if child.get("isPermaLink", "true") == "true"]
    stripped = [(address or "").strip() for address in addresses]
    return next((address for address in stripped if address.startswith(("http://", "https://"))), None)


def _author(item: Any) -> str | None:
    """The item's author: Dublin Core's creator, Atom's name, or RSS's address with a name in brackets."""
    named = [_text(author, "name") for author in _children(item, "author")]
    plain = _text(item, "creator") or next((name for name in named if name), "") or _text(item, "author")
    if "@" in plain:
        plain = plain.partition("(")[2].rstrip(") ")
    return plain or None


def _feed_title(root: Any, item: Any) -> str:
    """The feed's own name, or that of the feed from which the item was taken over (its `source`)."""
    for source in _children(item, "source"):
        if name := _text(source, "title") or " ".join((source.text or "").split()):
            return name
    places = [root, *_children(root, "channel")]
    return next((name for name in (_text(place, "title") for place in places if place is not item) if name), "")


def _dates(item: Any) -> Iterator[DateCandidate]:
    for child in item:
        role = _ROLES.get(_name(child))
        given = " ".join("".join(child.itertext()).split()) if role else ""
        if role and (value := dates.iso(given)):
            yield DateCandidate(value, "feed", role, f"{_name(child)} {given[:60]}")
