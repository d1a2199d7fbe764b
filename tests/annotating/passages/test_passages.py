"""The passages about sources: that the data is sound, that it is scored rightly, and what the reading of it reaches."""

import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[3] / "evaluation"))

import chains

# Floors on the part tune, a point or two below what was reached when this was written; of references, the most wrong.
CHAIN, LAST, MOST_WRONG = 81.0, 87.0, 3.0


@pytest.fixture(scope="module")
def passages() -> tuple[chains.Passage, ...]:
    return chains.read(sorted(chains.FOLDER.glob("*.json")))


def test_the_passages_load_and_are_many(passages: tuple[chains.Passage, ...]) -> None:
    assert len(passages) == 396
    assert len({p.id for p in passages}) == len({p.text for p in passages}) == len(passages)
    domains = {"war", "politics", "courts", "business", "sport", "health", "science", "mixed", "pointing", "daily"}
    assert {p.domain for p in passages} == domains
    assert {p.style for p in passages} == {"agency", "broadsheet", "tabloid", "broadcast"}


def test_nothing_is_wrong_with_any_file() -> None:
    assert [line for path in sorted(chains.FOLDER.glob("*.json")) for line in chains.check(path)] == []


def test_a_third_is_held_and_nobody_chose(passages: tuple[chains.Passage, ...]) -> None:
    parts = Counter(chains.part_of(p) for p in passages)
    assert parts == {"tune": 275, "held": 121}


def test_what_is_wrong_with_a_passage_is_told_with_its_name(tmp_path: Path) -> None:
    entry = {"id": "x-1", "domain": "x", "style": "agency", "outlet": "X", "text": "Reuters said so.", "references": []}
    bad = [
        {**entry, "actors": [], "chains": [{"statement": "nothing", "links": []}]},
        {
            **entry,
            "id": "x-2",
            "actors": [{"id": "a", "names": ["AFP"], "kind": "outlet", "named": True}],
            "chains": [],
        },
        {**entry, "id": "x-2", "actors": [], "chains": [{"statement": "so", "links": ["a"]}]},
    ]
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(bad))
    lines = list(chains.check(path))
    assert [line.split(":")[0] for line in lines] == ["x-1", "x-2", "x-2", "x-2"]
    assert "stands there 2 times" in lines[-1]


PASSAGE = chains.passage(
    {
        "id": "x-1",
        "domain": "x",
        "style": "agency",
        "outlet": "Harbour Post",
        "text": "Reuters, citing two officials, reported that a dam had burst. It said that a bridge was shut. A dam is a wall.",
        "actors": [
            {"id": "R", "names": ["Reuters"], "kind": "outlet", "named": True},
            {"id": "O", "names": ["two officials"], "kind": "role", "named": False},
        ],
        "chains": [
            {"statement": "a dam had burst", "links": ["R", "O"]},
            {"statement": "a bridge was shut", "links": ["R"]},
            {"statement": "A dam is a wall", "links": []},
        ],
        "references": [{"words": "It", "actor": "R"}],
    }
)


def test_a_passage_that_is_read_rightly_scores_full() -> None:
    counts = chains.tally([chains.compare(PASSAGE, chains.analyse(PASSAGE))])
    right = {"chains": 2, "found": 2, "whole": 2, "last": 2, "named": 2, "reference right": 1, "own": 1}
    assert {key: counts[key] for key in right} == right
    assert counts["too many"] == counts["reference wrong"] == counts["mixed"] == 0
    assert list(chains.faults(chains.compare(PASSAGE, chains.analyse(PASSAGE)))) == []


def test_every_kind_of_fault_is_counted() -> None:
    analysis = chains.analyse(PASSAGE)
    cut = [replace(c, links=(*c.links[:1], *c.links[2:])) for c in analysis.chains if len(c.links) > 2]
    other = replace(analysis, chains=(*cut, *(c for c in analysis.chains if len(c.links) == 2)))
    counts = chains.tally([chains.compare(PASSAGE, other)])
    assert (counts["whole"], counts["last"]) == (1, 2)
    nothing = chains.tally([chains.compare(PASSAGE, replace(analysis, chains=()))])
    assert (nothing["found"], nothing["chains"]) == (0, 2)
    wrong = [replace(m, actor="e2") if m.kind == "back reference" else m for m in analysis.mentions]
    assert chains.tally([chains.compare(PASSAGE, replace(analysis, mentions=tuple(wrong)))])["reference wrong"] == 1
    swapped = [replace(a, named=not a.named) for a in analysis.actors]
    assert chains.tally([chains.compare(PASSAGE, replace(analysis, actors=tuple(swapped)))])["named"] == 0


def test_a_labelling_agrees_with_itself(passages: tuple[chains.Passage, ...]) -> None:
    counts = sum((chains.agreement(p, p) for p in passages), Counter[str]())
    assert counts["whole"] == counts["last"] == counts["named"] == counts["chains"] > 1000
    assert counts["same actor"] == counts["references"] > 300


def test_the_floor(passages: tuple[chains.Passage, ...]) -> None:
    tune = [p for p in passages if chains.part_of(p) == "tune"]
    figures = dict(
        zip(
            chains.COLUMNS,
            chains.figures(chains.tally([chains.compare(p, chains.analyse(p)) for p in tune])),
            strict=True,
        )
    )
    assert figures["chain"] >= CHAIN
    assert figures["last"] >= LAST
    assert figures["wrong"] <= MOST_WRONG
