"""Web Annotations: what the recommendation demands (https://www.w3.org/TR/annotation-model/), and what they say."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.exporting import FORMATS, Kept
from sayso.exporting.annotations import of
from sayso.model import Analysis
from tests.exporting.readers import read_json
from tests.exporting.sample import KEPT, hostile, many
from tests.reporting.sample import ANALYSIS, TEXT

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
# Section 3.3.5, and 3.3.4 for those of a body.
MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying"),
    *("linking", "moderating", "questioning", "replying", "tagging"),
}


def exported(items: list[Analysis | Kept], place: Path) -> dict[str, Any]:
    FORMATS["annotations"].write(items, place / "a.jsonld")
    found: dict[str, Any] = read_json(place / "a.jsonld")
    return found


# --- what the recommendation demands ---------------------------------------------------------------------------------


def check_collection(found: dict[str, Any]) -> list[dict[str, Any]]:
    """5.1 and 5.2: a collection with one embedded page; its annotations."""
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert IRI.fullmatch(found["id"])
    assert found["type"] == "AnnotationCollection"
    assert isinstance(found["total"], int)
    if found["total"] == 0:
        assert not {"first", "last"} & set(found)  # a page must have an annotation
        return []
    page = found["first"]
    assert "@context" not in page  # embedded
    assert IRI.fullmatch(page["id"])
    assert page["type"] == "AnnotationPage"
    assert page["partOf"] == found["id"]
    assert page["startIndex"] == 0
    assert found["last"] == page["id"]
    assert "next" not in page
    assert len(page["items"]) == found["total"] >= 1
    items: list[dict[str, Any]] = page["items"]
    return items


def check_annotation(each: dict[str, Any]) -> None:
    """3.1 to 3.3: an annotation with its bodies, targets, motivation and agents."""
    assert IRI.fullmatch(each["id"])
    assert each["type"] == "Annotation"
    assert each["motivation"] in MOTIVATIONS
    for agent in (each["generator"], *([each["creator"]] if "creator" in each else ())):
        assert agent["type"] in {"Person", "Organization", "Software"}
        assert isinstance(agent["name"], str)
    assert "created" not in each or MOMENT.fullmatch(each["created"])
    assert each["body"]
    for body in each["body"]:
        check_body(body)
    assert list(targets(each))
    for target in targets(each):
        check_target(target)


def check_body(body: dict[str, Any]) -> None:
    """3.2.4 for words, 4 for a link."""
    assert body["purpose"] in MOTIVATIONS
    if body["type"] == "TextualBody":
        assert isinstance(body["value"], str)
        assert body["language"] == "en"
    else:
        assert body["type"] == "SpecificResource"
        assert IRI.fullmatch(body["source"])


def check_target(target: Any) -> None:
    """4.2.4 and 4.2.5: exactly one source; selectors that select the same."""
    if isinstance(target, str):
        assert IRI.fullmatch(target)
        return
    assert target["type"] == "SpecificResource"
    assert IRI.fullmatch(target["source"])
    quotation, position = target["selector"]
    assert quotation["type"] == "TextQuoteSelector"
    assert all(isinstance(quotation[name], str) for name in ("exact", "prefix", "suffix"))
    assert quotation["exact"]
    assert position["type"] == "TextPositionSelector"
    assert 0 <= position["start"] < position["end"]
    if "state" in target:  # 4.3.1
        assert target["state"]["type"] == "TimeState"
        assert MOMENT.fullmatch(target["state"]["sourceDate"])


def targets(each: dict[str, Any]) -> Iterator[Any]:
    yield from each["target"] if isinstance(each["target"], list) else [each["target"]]


@pytest.mark.parametrize("items", [[], [ANALYSIS], [KEPT, *many(3)], [hostile("\ud800 \x00<]]>")[0]]], ids=range(4))
def test_what_the_recommendation_demands(items: list[Analysis | Kept], tmp_path: Path) -> None:
    annotations = check_collection(exported(items, tmp_path))
    assert bool(annotations) == bool(items)
    for each in annotations:
        check_annotation(each)
    ids = [each["id"] for each in annotations]
    assert len(set(ids)) == len(ids)


# --- what they say ---------------------------------------------------------------------------------------------------


def found_in(items: list[Analysis | Kept], place: Path) -> dict[str, dict[str, Any]]:
    return {each["id"].partition("#")[2]: each for each in check_collection(exported(items, place))}


def words(each: dict[str, Any], purpose: str) -> list[str]:
    return [body["value"] for body in each["body"] if body["purpose"] == purpose]


def test_both_selectors_select_the_words_in_the_text(tmp_path: Path) -> None:
    count = 0
    for each in found_in([ANALYSIS], tmp_path).values():
        for target in targets(each):
            if isinstance(target, str):
                continue
            quotation, position = target["selector"]
            start, end = position["start"], position["end"]
            assert TEXT[start:end] == quotation["exact"]
            assert TEXT[:start].endswith(quotation["prefix"])
            assert TEXT[end:].startswith(quotation["suffix"])
            assert TEXT.count(quotation["prefix"] + quotation["exact"] + quotation["suffix"]) == 1
            count += 1
    assert count > 30


def test_every_part_of_an_attribution_is_an_annotation_and_they_are_linked(tmp_path: Path) -> None:
    found = found_in([ANALYSIS], tmp_path)
    assert {key for key in found if key.startswith("a2.")} == {"a2.content", "a2.source", "a2.cue", "a2.recipient"}
    content = found["a2.content"]
    links = {body["source"].partition("#")[2] for body in content["body"] if body["purpose"] == "linking"}
    assert links == {"a2.source", "a2.cue", "a2.recipient", "a1.content"}
    assert words(content, "describing") == ["said by a dockside official (role); likely"]
    assert words(found["a2.source"], "identifying") == ["a dockside official (role)"]
    assert words(found["a0.cue"], "classifying") == ["hedged; actual"]
    assert words(found["a5.through1"], "identifying") == ["Northern Wire (outlet)"]
    assert "a0.source" not in found  # the text names nobody
    targeted = {body["source"] for each in found.values() for body in each["body"] if body["purpose"] == "linking"}
    assert targeted <= {each["id"] for each in found.values()}


def test_everything_else_that_was_found_is_there(tmp_path: Path) -> None:
    found = found_in([ANALYSIS], tmp_path)
    assert words(found["t2"], "identifying") == ["2013-01-01/2013-12-31"]
    assert words(found["k1"], "describing")[-1] == "$55 million (amount)"
    assert words(found["wording-1"], "classifying") == ["whose words: source"]
    assert found["finding-1"]["motivation"] == "commenting"
    assert len(list(targets(found["finding-1"]))) == 2
    assert found["finding-2"]["target"] == "https://courier.example/raid?a=1&b=2"  # it has no place: the whole article
    assert words(found["gap-1"], "questioning") == ["Who “المتحدث” is could not be told."]


def test_a_persons_word_has_their_name(tmp_path: Path) -> None:
    found = found_in([KEPT], tmp_path)
    assert found["t1"]["creator"] == {"type": "Person", "name": "Ines Holm"}
    assert found["t1"]["created"] == "2026-11-25T09:05:00Z"
    assert found["a1.content"]["creator"]["name"] == "Ines Holm"
    assert "creator" not in found["t2"]
    assert found["t2"]["generator"] == {"type": "Software", "name": "Sayso 0.1.0"}


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "https://a b", 'https://x/"><script>'])
def test_what_is_no_address_names_nothing(url: str | None) -> None:
    given = Kept(replace(ANALYSIS, article=replace(ANALYSIS.article, url=url)))
    sources = {target["source"] for each in of(given) for target in targets(each) if not isinstance(target, str)}
    assert len(sources) == 1
    assert sources.pop().startswith("urn:uuid:")


def test_the_same_annotation_has_the_same_name_in_every_export(tmp_path: Path) -> None:
    assert list(of(KEPT)) == list(of(KEPT))
    several = check_collection(exported(list(many(3)), tmp_path))
    assert len({each["id"].partition("#")[0] for each in several}) == 3
