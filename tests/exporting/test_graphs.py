"""Graphs: who says what on whose word, and who has it from whom, as Gephi and others read them."""

from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest

from sayso.exporting import FORMATS, Kept, Told
from sayso.exporting.graphs import of_analyses, of_story
from tests.exporting.readers import read
from tests.exporting.sample import KEPT, TOLD, many
from tests.reporting.sample import ANALYSIS
from tests.reporting.stories.sample import STORY, wire_story

ID = ANALYSIS.article.id


def edges(graph: nx.MultiDiGraph, relation: str) -> list[tuple[str, str]]:
    return [(one, other) for one, other, data in graph.edges(data=True) if data["relation"] == relation]


def test_chains_lead_from_the_outlet_to_the_last_source() -> None:
    graph = of_analyses([KEPT])
    links = [
        (one, other)
        for one, other, data in graph.edges(data=True)
        if data["relation"] == "has it from" and data["chain"] == "c2"
    ]
    assert [(graph.nodes[one]["label"], graph.nodes[other]["label"]) for one, other in links] == [
        ("Lowland Courier", "Northern Wire"), ("Northern Wire", "Mercia Press"), ("Mercia Press", "a dockside official"),
    ]  # fmt: skip


def test_statements_belong_to_who_says_them_and_stand_in_others() -> None:
    graph = of_analyses([KEPT])
    assert (f"{ID}/a2", f"{ID}/e3") in edges(graph, "says")
    assert (f"{ID}/a2", f"{ID}/a1") in edges(graph, "stands in")
    assert len(edges(graph, "publishes")) == len(ANALYSIS.attributions)
    assert not [end for end in edges(graph, "says") if end[0] == f"{ID}/a4"]  # not resolved
    assert graph.nodes[f"{ID}/e3"] == {
        "kind": "actor", "label": "a dockside official", "source_kind": "role", "named": False, "article": ID,
    }  # fmt: skip


def test_a_link_that_nobody_stands_for_is_a_node_of_its_own() -> None:
    graph = of_analyses([KEPT])
    assert graph.nodes[f"{ID}/c0.1"]["label"] == "nobody named"
    unknown = replace(ANALYSIS, chains=tuple(
        replace(each, links=(replace(each.links[0], actor=None), *each.links[1:])) for each in ANALYSIS.chains
    ))  # fmt: skip
    outlets = [node for node in of_analyses([Kept(unknown)]) if node.endswith("/outlet")]
    assert outlets == [f"{ID}/outlet"]  # one for all chains


def test_articles_share_no_node() -> None:
    graph = of_analyses(Kept(each) for each in many(3))
    assert nx.number_weakly_connected_components(graph) >= 3
    for one, other, _ in graph.edges:
        assert one.partition("/")[0] == other.partition("/")[0]


def test_a_story_has_its_origins_and_who_is_cited_elsewhere() -> None:
    graph = of_story(TOLD)
    kinds = {data["kind"] for _, data in graph.nodes(data=True)}
    assert kinds == {"article", "cited outlet", "origin"}
    assert ("c0ffee03", "cited/Tallow Radio") in edges(graph, "citation")
    assert graph.nodes["origin/o1"] == {
        "kind": "origin", "label": "two port workers", "source_kind": "unnamed", "chance": 1.0,
    }  # fmt: skip
    assert set(edges(graph, "rests on")) >= {("c0ffee01", "origin/o1"), ("c0ffee03", "c0ffee01")}
    assert not edges(of_story(Told(STORY)), "rests on")


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_both_formats_give_the_graph_back(name: str, tmp_path: Path) -> None:
    made = FORMATS[name]
    for number, (items, graph) in enumerate(
        (([KEPT], of_analyses([KEPT])), (TOLD, of_story(TOLD)), (wire_story(300), of_story(Told(wire_story(300)))))
    ):
        out = tmp_path / f"{number}{made.suffix}"
        made.write(items, out)
        back = read(name, out)
        assert set(back.nodes) == set(graph.nodes)
        assert back.number_of_edges() == graph.number_of_edges()
        assert {back.nodes[node]["label"] for node in back} == {graph.nodes[node]["label"] for node in graph}
