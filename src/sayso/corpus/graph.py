"""A story as a networkx graph, for Gephi and the like.

Nodes are the articles' ids. An edge goes from the article that has something to the one that it has it from.
"""

import re
from collections.abc import Iterator

import networkx as nx

from sayso.model import Derivation, Entry, Story

Value = str | int | float | bool
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graph(story: Story) -> nx.MultiDiGraph:
    """The story as a directed graph whose attributes GraphML can hold; what is not known is left out.

    Nodes have `outlet`, `title`, `url`, `published`, `earliest`, `latest` (days, ISO 8601), `asked` and `first`
    (whether it was asked about, and may have been first).

    Edges with `relation` "derivation" have `way` ("copied", "common source" or "unclear"; of the last two the direction
    says nothing), `probability` (0 to 1) that it goes the edge's way, `reverse` that it goes the other way round,
    `common` that both have it from a third and `unknown`, `passages` and `words` (how many they share). Edges with
    `relation` "citation" have `kind` and `outlet` (as it is named); there is one to each article that can be meant, and
    none where the corpus has no such article.

    >>> from sayso.model import Article
    >>> article = Article("id", "a.txt", "", "hash", "2024-10-20T08:00:00Z", "text/plain", outlet="Northern Wire")
    >>> graph(Story("id", (Entry(article, 0, None, None),), ("id",))).nodes["id"]
    {'outlet': 'Northern Wire', 'asked': True, 'first': True}
    """
    made = nx.MultiDiGraph()
    for entry in story.entries:
        made.add_node(entry.id, **dict(_node(entry, story)))
    for link in story.derivations:
        turned = link.way == "earlier from later"
        ends = (link.earlier, link.later) if turned else (link.later, link.earlier)
        made.add_edge(*ends, **_edge(link, turned))
    cited = dict.fromkeys([*story.citations, *(each for link in story.derivations for each in link.citations)])
    for citation in cited:
        for of in citation.of:
            made.add_edge(citation.by, of, relation="citation", kind=citation.kind, outlet=_plain(citation.outlet))
    return made


def _node(entry: Entry, story: Story) -> Iterator[tuple[str, Value]]:
    article = entry.article
    known = {"outlet": article.outlet, "title": article.title, "url": article.url, "published": article.published}
    known |= {"earliest": entry.earliest, "latest": entry.latest}
    yield from ((name, _plain(value)) for name, value in known.items() if value)
    yield "asked", entry.id == story.asked
    yield "first", entry.id in story.first


def _edge(link: Derivation, turned: bool) -> dict[str, Value]:
    ways = (link.later_from_earlier, link.earlier_from_later)
    return {
        "relation": "derivation",
        "way": link.way if link.way in {"common source", "unclear"} else "copied",
        "probability": float(ways[turned]),  # a whole number would have another type in a file than the others
        "reverse": float(ways[not turned]),
        "common": float(link.common),
        "unknown": float(link.unknown),
        "passages": len(link.passages),
        "words": sum(passage.words for passage in link.passages),
    }


def _plain(value: str) -> str:
    """The words without what no XML file can hold."""
    return _NOT_XML.sub("\ufffd", value)
