"""A story as a networkx graph that other programs can take."""

import io
from dataclasses import replace

import networkx as nx
import pytest

from sayso.corpus.graph import graph
from sayso.model import Story
from tests.reporting.stories.hostile import EVIL_STORY
from tests.reporting.stories.sample import STORY, wire_story


def test_edges_go_from_who_has_it_to_whom_it_has_it_from() -> None:
    edges = {
        (one, other): (data["way"], data["probability"])
        for one, other, data in graph(STORY).edges(data=True)
        if data["relation"] == "derivation"
    }
    assert edges["c0ffee03", "c0ffee01"] == ("copied", 0.91)
    assert edges["c0ffee04", "c0ffee03"] == ("copied", 0.97)
    assert edges["c0ffee05", "c0ffee03"] == ("unclear", 0.35)
    [link] = [each for each in STORY.derivations if each.way == "unclear"]
    turned = graph(replace(STORY, derivations=(replace(link, way="earlier from later"),)))
    assert [(one, other, data["probability"], data["reverse"]) for one, other, data in turned.edges(data=True)] == [
        ("c0ffee03", "c0ffee05", 0.45, 0.35)
    ]


def test_citations_are_edges_to_each_article_that_can_be_meant() -> None:
    cited = [each for each in graph(STORY).edges(data=True) if each[2]["relation"] == "citation"]
    assert cited == [
        ("c0ffee04", "c0ffee03", {"relation": "citation", "kind": "named as source", "outlet": "Lowland Courier"})
    ]


@pytest.mark.parametrize("story", [STORY, EVIL_STORY, wire_story(300), Story("gone", (), ())], ids=range(4))
def test_graphml_holds_it_and_gives_it_back(story: Story) -> None:
    made = graph(story)
    file = io.BytesIO()
    nx.write_graphml(made, file)
    file.seek(0)
    back = nx.read_graphml(file, force_multigraph=True)
    assert back.number_of_edges() == made.number_of_edges()
    assert set(back.nodes) == set(made.nodes)
    for key, data in made.nodes(data=True):
        assert {
            name: value.split() if isinstance(value, str) else value for name, value in back.nodes[key].items()
        } == {name: value.split() if isinstance(value, str) else value for name, value in data.items()}
