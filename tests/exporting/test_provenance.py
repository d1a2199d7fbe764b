"""W3C PROV: how a finding came about can be followed back to the page, and says who did what."""

from pathlib import Path
from typing import Any

import pytest
from prov.model import ProvDocument

from sayso.exporting import FORMATS
from tests.exporting.readers import read_prov
from tests.exporting.sample import KEPT, many
from tests.reporting.sample import ANALYSIS

ID = ANALYSIS.article.id


@pytest.fixture(params=["prov", "provn"])
def document(request: pytest.FixtureRequest, tmp_path: Path) -> ProvDocument:
    made = FORMATS[request.param]
    made.write([KEPT], tmp_path / f"out{made.suffix}")
    return read_prov(tmp_path / f"out{made.suffix}")


def relations(document: ProvDocument, kind: str) -> set[tuple[str, str]]:
    """The first two ends of all relations of a kind, by their local names without the article's id."""
    found = set()
    for record in document.records:
        if record.get_type().localpart == kind:
            one, other = [_short(value) for _, value in record.formal_attributes][:2]
            found.add((one, other))
    return found


def _short(value: Any) -> str:
    return str(value).removeprefix("sayso:").removeprefix(f"{ID}/")


def test_a_finding_can_be_followed_back_to_the_page(document: ProvDocument) -> None:
    derived = relations(document, "Derivation")
    reached, waiting = set(), ["finding-1"]
    while waiting:
        here = waiting.pop()
        reached.add(here)
        waiting += [other for one, other in derived if one == here and other not in reached]
    assert {"c1", "c2", "article", "page"} <= reached
    start = ANALYSIS.article.text.index("citing unnamed sources")
    assert f"{start}-{start + len('citing unnamed sources')}" in reached


def test_everything_named_in_a_relation_is_described(document: ProvDocument) -> None:
    names = {str(record.identifier) for record in document.records if record.is_element()}
    for record in document.records:
        if record.is_relation():
            ends = [value for name, value in record.formal_attributes if value is not None and "time" not in str(name)]
            assert {str(end) for end in ends} <= names


def test_sayso_in_its_version_is_the_agent_that_analysed(document: ProvDocument) -> None:
    assert ("analysing", "sayso-0.1.0") in relations(document, "Association")
    assert {("finding-1", "analysing"), ("c1", "analysing")} <= relations(document, "Generation")
    assert ("analysing", "article") in relations(document, "Usage")
    assert ("page", "outlet-Lowland%20Courier") in relations(document, "Attribution")
    [reading] = [each for each in document.get_records() if _short(each.identifier) == "reading"]
    assert reading.get_startTime().isoformat() == "2026-11-22T17:00:00+00:00"


def test_a_correction_is_a_persons_act_and_revises_the_machines_reading(document: ProvDocument) -> None:
    derived = relations(document, "Derivation")
    assert ("t1", "machine-x2") in derived
    assert ("correction-x2", "person-Ines%20Holm") in relations(document, "Association")
    assert ("t1", "correction-x2") in relations(document, "Generation")
    assert ("t1", "analysing") not in relations(document, "Generation")
    assert ("a1", "analysing") in relations(document, "Generation")  # accepted: the machine found it
    assert ("correction-x1", "a1") in relations(document, "Usage")
    assert ("machine-x3", "correction-x3") in relations(document, "Invalidation")


def test_both_notations_say_the_same(tmp_path: Path) -> None:
    items = [KEPT, *many(2)]
    for name in ("prov", "provn"):
        FORMATS[name].write(items, tmp_path / f"out{FORMATS[name].suffix}")
    assert read_prov(tmp_path / "out.json") == read_prov(tmp_path / "out.provn")
