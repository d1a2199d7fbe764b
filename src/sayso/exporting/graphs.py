"""Graphs for Gephi and the like, as GEXF and GraphML: of analyses who says what on whose word, of a story who has it
from whom.

Edges go from the one who has something to the one that it is from. Nodes have a `kind` and a `label`.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.exporting.given import Kept, Told, calm
from sayso.exporting.output import one_file
from sayso.model import Analysis, Citation, Origins, words_of

if TYPE_CHECKING:
    import networkx as nx

LONGEST = 300  # letters of a statement that label its node


def gexf(items: Iterable[Kept], out: Path) -> None:
    """Analyses as GEXF."""
    _gexf(of_analyses(items), out)


def graphml(items: Iterable[Kept], out: Path) -> None:
    """Analyses as GraphML."""
    _graphml(of_analyses(items), out)


def story_gexf(given: Told, out: Path) -> None:
    """A story as GEXF."""
    _gexf(of_story(given), out)


def story_graphml(given: Told, out: Path) -> None:
    """A story as GraphML."""
    _graphml(of_story(given), out)


def of_analyses(items: Iterable[Kept]) -> "nx.MultiDiGraph":
    """Articles, actors and statements as one graph; who is who in two articles is not told, so no two share an actor.

    An article's node has edges "publishes" to its statements, a statement "says" to the actor that it is given to, and
    "stands in" to the statement in which it stands. An edge "has it from" is a link of a chain: from who passes
    something on to who they have it from, with the `chain` and the `statement` that rests on it.
    """
    import networkx as nx  # noqa: PLC0415

    graph = nx.MultiDiGraph()
    for given in items:
        _add(graph, given.analysis)
    return graph


def _add(graph: "nx.MultiDiGraph", analysis: Analysis) -> None:
    article = analysis.article
    known = {"label": article.title or article.input, "outlet": article.outlet, "url": article.url}
    _node(graph, article.id, "article", known | {"published": article.published, "language": article.language})
    for actor in analysis.actors:
        about = {"label": actor.name, "source_kind": actor.kind, "named": actor.named, "article": article.id}
        _node(graph, f"{article.id}/{actor.id}", "actor", about)
    _add_statements(graph, analysis)
    for chain in analysis.chains:
        ends = [_end(article.id, chain.id, place, link.actor) for place, link in enumerate(chain.links)]
        for end, link in zip(ends, chain.links, strict=True):
            if end not in graph:
                _node(graph, end, "actor", {"label": link.name, "source_kind": link.kind, "article": article.id})
        ways = {"chain": chain.id, "statement": chain.statement, "complete": chain.complete, "article": article.id}
        for one, other in itertools.pairwise(ends):
            _edge(graph, one, other, "has it from", ways | {"confidence": chain.confidence})


def _add_statements(graph: "nx.MultiDiGraph", analysis: Analysis) -> None:
    article = analysis.article
    ids = {said.id for said in analysis.attributions}
    for said in analysis.attributions:
        key = f"{article.id}/{said.id}"
        words = words_of(said.content.spans, article.text)[:LONGEST]
        known = {"label": words, "speech": said.kind, "stance": said.cue.stance, "certainty": said.certainty}
        _node(graph, key, "statement", known | {"stated": said.cue.stated, "article": article.id})
        _edge(graph, article.id, key, "publishes", {})
        if said.source.actor and f"{article.id}/{said.source.actor}" in graph:
            cue = words_of(said.cue.spans, article.text)
            _edge(graph, key, f"{article.id}/{said.source.actor}", "says", {"cue": cue})
    for said in analysis.attributions:
        if said.parent in ids:
            _edge(graph, f"{article.id}/{said.id}", f"{article.id}/{said.parent}", "stands in", {})


def _end(article: str, chain: str, place: int, actor: str | None) -> str:
    """The node of a link: its actor's, or one of its own where it is not resolved; all chains begin at one outlet."""
    if actor:
        return f"{article}/{actor}"
    return f"{article}/{chain}.{place}" if place else f"{article}/outlet"


def of_story(given: Told) -> "nx.MultiDiGraph":
    """The articles of a story as `corpus.graph` has them, with who is cited and not in the corpus, and with origins.

    Besides the edges "derivation" and "citation", an edge "rests on" goes from an article to what it has a claim from,
    another article or an origin, with its `probability`; there are such only where origins were asked for.
    """
    import networkx as nx  # noqa: PLC0415

    from sayso.corpus.graph import graph as drawn  # noqa: PLC0415

    story = given.story
    graph = nx.relabel_nodes(drawn(story), calm)
    for key, data in graph.nodes(data=True):
        data |= {"kind": "article", "label": data.get("title") or data.get("outlet") or key}
    for citation in _elsewhere(given):
        name = f"cited/{calm(citation.outlet)}"
        _node(graph, name, "cited outlet", {"label": citation.outlet})
        _edge(graph, calm(citation.by), name, "citation", {"kind": citation.kind})
    if given.origins:
        _add_origins(graph, given.origins)
    return graph


def _elsewhere(given: Told) -> Iterator[Citation]:
    """The citations of an outlet that has no article in the story: what is behind it is not at hand."""
    links = (each for link in given.story.derivations for each in link.citations)
    return (each for each in dict.fromkeys((*given.story.citations, *links)) if not each.of)


def _add_origins(graph: "nx.MultiDiGraph", origins: Origins) -> None:
    ids = {origin.id for origin in origins.origins}
    for origin in origins.origins:
        known = {"label": origin.name, "source_kind": origin.kind, "chance": float(origin.chance)}
        _node(graph, f"origin/{origin.id}", "origin", known)
    for carrier in origins.carriers:
        for key, chance in carrier.rests_on:
            to = calm(f"origin/{key}" if key in ids else key)
            if calm(carrier.article) in graph and to in graph:
                _edge(graph, carrier.article, to, "rests on", {"probability": float(chance)})


def _node(graph: "nx.MultiDiGraph", key: str, kind: str, known: Mapping[str, Any]) -> None:
    graph.add_node(calm(key), kind=kind, **_plain(known))


def _edge(graph: "nx.MultiDiGraph", one: str, other: str, relation: str, known: Mapping[str, Any]) -> None:
    graph.add_edge(calm(one), calm(other), relation=relation, **_plain(known))


def _plain(known: Mapping[str, Any]) -> dict[str, Any]:
    """What is known, as both formats can hold it."""
    return {
        name: calm(value) if isinstance(value, str) else value for name, value in known.items() if value is not None
    }


def _gexf(graph: "nx.MultiDiGraph", out: Path) -> None:
    import networkx as nx  # noqa: PLC0415

    for number, (_, _, data) in enumerate(graph.edges(data=True)):
        data["id"] = str(number)
    with one_file(out) as part:
        nx.write_gexf(graph, part, version="1.2draft")


def _graphml(graph: "nx.MultiDiGraph", out: Path) -> None:
    import networkx as nx  # noqa: PLC0415

    with one_file(out) as part:
        nx.write_graphml_xml(graph, part)
