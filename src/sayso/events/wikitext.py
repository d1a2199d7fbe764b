"""Wikipedia's pages of current events, a page a day: wikitext to rows.

A page has headings, below them bullets, and in these a link to a topic with the events about it one level deeper. An
event is a bullet with nothing below it, or with a link to an outlet.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sayso import words

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Node
    from mwparserfromhell.wikicode import Wikicode

LONGEST_PAGE = 200_000
"""Characters of a page; the rest of a longer one is left out."""
MOST_OPENED = 100
"""Links, templates and tags of a line. A longer one is left out: each that is opened and never closed costs the parser
a look at all that follows, so that a line made for it would take hours."""
TITLE = "Portal:Current events/"


class Page(NamedTuple):
    """A page as it came: its title, and its wikitext, or None where there is no such page."""

    title: str
    text: str | None


class Item(NamedTuple):
    """An event of a page. `category` is the heading and the topic above it."""

    category: str
    text: str


def title(day: date) -> str:
    """The title of the page of a day.

    >>> title(date(2018, 4, 1))
    'Portal:Current events/2018 April 1'
    """
    return f"{TITLE}{day.year} {day:%B} {day.day}"


def day_of(page: Page) -> date | None:
    """The day that a page is about, by its title, else by the template that it begins with.

    >>> day_of(Page("Portal:Current_events/2018_April_14", ""))
    datetime.date(2018, 4, 14)
    """
    if written := re.search(r"([0-9]{4})[ _]([A-Z][a-z]+)[ _]([0-9]{1,2})$", page.title):
        return _day(" ".join(written.groups()), "%Y %B %d")
    _, template, header = (page.text or "").casefold().partition("{{current events")
    for form in _HEADERS if template else ():
        if written := form.search(header[:300]):
            return _day(" ".join(written.groups()), "%Y %m %d")
    return None


_HEADERS = (
    re.compile(r"year\s*=\s*([0-9]+)\s*\|\s*month\s*=\s*([0-9]+)\s*\|\s*day\s*=\s*([0-9]+)"),
    re.compile(r"\|\s*([0-9]{4})\s*\|\s*([0-9]{1,2})\s*\|\s*([0-9]{1,2})\s*[|}]"),
)


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None


def items(text: str) -> list[Item]:
    """The events of a page, in order. What is no bullet is left out."""
    heading, topics, found = "", dict[int, str](), list[Item]()
    lines = list(_lines(text))
    for (depth, written), (next_depth, _) in zip(lines, [*lines[1:], (0, "")], strict=False):
        line = _parsed(written)
        said = "".join(str(node) for node in line.nodes if not _is_outlet(node))
        if depth == 0:
            heading, topics = _plain(line).rstrip(":").strip(), {}
            continue
        topics = {level: topic for level, topic in topics.items() if level < depth}
        text = _plain(_parsed(said))
        if (next_depth <= depth or said != written) and not _only_a_link(written):
            found.append(Item(" – ".join(filter(None, [heading, *topics.values()])), text))
        topics[depth] = text
    return found


def pages(answer: Any) -> Iterator[Page]:
    """The pages of an answer of the MediaWiki API (formatversion 1 or 2). Raises ValueError for any other answer.

    A page that the answer leaves for later, as very long answers do, is not there.
    """
    try:
        listed = answer["query"]["pages"]
        for page in listed.values() if isinstance(listed, dict) else listed:
            if "missing" in page or "invalid" in page:
                yield Page(str(page["title"]), None)
            elif page.get("revisions"):
                yield Page(str(page["title"]), _content(page["revisions"][0]))
    except (TypeError, KeyError, AttributeError, IndexError) as error:
        raise ValueError("it is no answer of the MediaWiki API with pages in it") from error


def _content(revision: dict[str, Any]) -> str:
    slot = revision["slots"]["main"] if "slots" in revision else revision
    return str(slot["content"] if "content" in slot else slot["*"])


def _parsed(text: str) -> "Wikicode":
    import mwparserfromhell  # noqa: PLC0415 - only for wikitext

    return mwparserfromhell.parse(text)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The headings, as depth 0, and the bullets of a page with their depths."""
    for line in _uncommented(text[:LONGEST_PAGE]).split("\n"):
        if len(re.findall(r"\{\{|\[|<|\{\|", line)) > MOST_OPENED:
            continue
        if bullet := re.match(r"([*#:]+)(.*)", line):
            yield len(bullet[1]), _tidied(bullet[2])
        elif heading := re.fullmatch(r"\s*(?:;\s*(.+)|'''(.+)'''|==+(.+?)==+)\s*", line):
            yield 0, _tidied(next(part for part in heading.groups() if part))


def _uncommented(text: str) -> str:
    first, *others = text.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


def _tidied(line: str) -> str:
    """A line without what is no text of it. The template around the page may end behind its last event."""
    if line.count("}}") > line.count("{{"):
        line = line.rstrip().removesuffix("}}")
    return "".join(map(_kept, _parsed(line).nodes)).strip()


def _kept(node: "Node") -> str:
    """A piece of wikitext, if it is text of an event: nothing of a note, a table, a picture.

    Of templates those stay that stand for words, as these words.
    """
    from mwparserfromhell import nodes  # noqa: PLC0415

    if isinstance(node, nodes.Template):
        parameter = words.load("events")["templates"].get(str(node.name).strip().casefold())
        return str(node.get(parameter).value) if parameter and node.has(parameter) else ""
    picture = isinstance(node, nodes.Wikilink) and re.match(r"(?i)\s*(file|image|category):", str(node.title))
    beside = isinstance(node, nodes.Tag) and str(node.tag) in ("ref", "table", "gallery")
    return "" if picture or beside else str(node)


def _is_outlet(node: "Node") -> bool:
    """Whether it is a link to an outlet, as [https://post.example (Amber Post)]."""
    from mwparserfromhell import nodes  # noqa: PLC0415

    return isinstance(node, nodes.ExternalLink) and re.match(r"['\s]*\(", str(node.title or "(")) is not None


def _plain(line: "Wikicode") -> str:
    return re.sub(r"\s+", " ", line.strip_code()).strip(" ,;")


def _only_a_link(written: str) -> bool:
    """Whether a bullet is nothing but a link: a topic with nothing said about it."""
    return re.fullmatch(r"'*\[\[[^\[\]]*\]\]'*:?", written) is not None
