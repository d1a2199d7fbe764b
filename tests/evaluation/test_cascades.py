"""The simulated cascades of evaluation/cascading: that their truth is true, and that the measure can tell."""

import doctest
import json
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "evaluation"))

import cascades
import cascading
from cascading import Cascade, scoring, trees
from cascading.wording import bank, runs

COPIES = {"wire copy", "uncredited copy", "credited copy", "cut copy", "uncredited cut copy"}


@pytest.fixture(scope="module", params=["tune", "report"])
def told(request: pytest.FixtureRequest) -> list[Cascade]:
    return list(trees(request.param, 12, seed=77))


def _templates(found: object) -> set[str]:
    if isinstance(found, str):
        return {found}
    if isinstance(found, dict):
        return set().union(*map(_templates, found.values()))
    return set().union(*map(_templates, found)) if isinstance(found, list) else set()


def test_the_same_seed_gives_the_same_cascade() -> None:
    assert doctest.testmod(cascading).failed == 0
    assert cascading.tree("tune", 3, seed=1) != cascading.tree("tune", 3, seed=2)


def test_nothing_of_one_part_can_be_learnt_by_heart_for_the_other() -> None:
    shared = _templates(bank("tune")) & _templates(bank("report"))
    assert {one for one in shared if len(one.split()) > 2} == set()


def test_a_copy_has_its_words_from_its_parent(told: list[Cascade]) -> None:
    checked = 0
    for cascade in told:
        nodes = {node.id: node for node in cascade.nodes}
        for node in (node for node in cascade.nodes if node.kind in COPIES and node.parents[0] in nodes):
            parent = nodes[node.parents[0]]
            own = runs(node.article.text, 8)
            assert len(own & runs(parent.article.text, 8)) > 0.4 * len(own), node.article.text
            checked += 1
    assert checked > 8


def test_own_reports_share_no_more_than_quotations_and_handouts(told: list[Cascade]) -> None:
    for cascade in told:
        own = {node.id: node for node in cascade.nodes if not node.parents}
        for one in cascade.relations:
            if one.first in own and one.second in own:
                assert one.kinship == "common source"
                assert one.through in {"quotation", "handout"}


def test_every_relation_is_of_two_articles_in_their_true_order(told: list[Cascade]) -> None:
    for cascade in told:
        hours = {node.id: node.hour for node in cascade.nodes}
        assert len(hours) == len(cascade.nodes)
        assert all(hours[one.first] <= hours[one.second] for one in cascade.relations)
        assert {one.kinship for one in cascade.relations} <= {"copied", "common source"}


def test_claims_stand_in_the_articles_that_carry_them(told: list[Cascade]) -> None:
    for cascade in told:
        texts = {node.id: node.article.text for node in cascade.nodes}
        for claim in cascade.claims:
            assert claim.number >= 1
            assert all(sentence in texts[id_] for id_, those in claim.sentences.items() for sentence in those)


def test_what_is_said_to_have_changed_stands_in_both_texts(told: list[Cascade]) -> None:
    for cascade in told:
        texts = {node.id: node.article.text for node in cascade.nodes}
        for one in cascade.relations:
            for change in one.changes:
                assert change.before in texts[one.first]
                assert change.after in texts[one.second]


def test_the_truth_scores_full_and_its_opposite_nothing(told: list[Cascade]) -> None:
    for cascade in told:
        full = scoring.score(cascade, scoring.true(cascade))
        assert {key[1] for key in full.directions} <= {"right"}
        assert all(least <= number <= most for _, number, _, least, most in full.origins)
        assert full.circles["found"] == full.circles["there"]
        assert full.first["right"] == 1
        turned = scoring.true(cascade)
        turned.ways = {pair: next(iter(pair - {way})) for pair, way in turned.ways.items()}
        turned.first = (cascade.nodes[-1].id,)
        wrong = scoring.score(cascade, turned)
        assert "right" not in {key[1] for key in wrong.directions}


def test_cascades_are_written_as_lines_that_anybody_can_read(tmp_path: Path) -> None:
    cascade = cascading.tree("tune", 0)
    cascades.write(tmp_path, [cascade])
    lines = (tmp_path / "tune-0000.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [article.id for article in cascade.articles]
    truth = json.loads((tmp_path / "truth.jsonl").read_text(encoding="utf-8"))
    assert len(truth["relations"]) == len(cascade.relations)
