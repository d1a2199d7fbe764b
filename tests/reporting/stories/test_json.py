"""The JSON of stories and origins that others may rely on."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sayso import SaysoError
from sayso.model import Origins, Story
from sayso.reporting.stories.json import (
    SCHEMAS,
    file_name,
    make_schema,
    origins_from,
    origins_line,
    stored_schema,
    story_from,
    story_line,
)

from .sample import COURIER, ENTRIES, ORIGINS, STORY, article, wire_story

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (Story, story_line(STORY)),
        (Story, story_line(Story("none", (), ()))),
        (Story, story_line(wire_story(300))),
        (Origins, origins_line(ORIGINS)),
        (Origins, origins_line(Origins("a fire", 0, 0))),
    ],
)
def test_outputs_are_valid(kind: type, line: str) -> None:
    schema = stored_schema(kind)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(line))


def test_what_others_may_rely_on_is_there() -> None:
    data = json.loads(story_line(STORY))
    assert data["schema"] == "sayso-story/1"
    link = data["derivations"][0]
    assert [link[key] for key in ("earlier", "later", "way", "later_from_earlier")] == [
        "c0ffee01", "c0ffee03", "later from earlier", 0.91,
    ]  # fmt: skip
    [[start, end]] = link["passages"][0]["other_spans"]
    texts = {entry["article"]["id"]: entry["article"]["text"] for entry in data["entries"]}
    assert texts["c0ffee03"] == COURIER
    assert COURIER[start:end].startswith("A fuel barge with 400 barrels")
    assert json.loads(origins_line(ORIGINS))["schema"] == "sayso-origins/1"


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_stored_schemas_are_up_to_date(kind: type) -> None:
    # To renew: python -m sayso.reporting.json
    made = make_schema(kind)
    assert stored_schema(kind) == made
    assert json.loads((ROOT / "docs/schema" / file_name(kind)).read_text(encoding="utf-8")) == made


def test_there_and_back_again() -> None:
    assert story_from(story_line(STORY)) == STORY
    assert origins_from(origins_line(ORIGINS)) == ORIGINS


@given(st.text(), st.one_of(st.none(), st.text()))
def test_any_text_stays_one_line_and_comes_back(text: str, outlet: str | None) -> None:
    entry = replace(ENTRIES[0], article=replace(article("x", text, outlet), title=text))
    story, origins = Story(text, (entry,), (text,)), Origins(text, 0, 0, entries=(entry,))
    for line in (story_line(story), origins_line(origins)):
        assert len(line.splitlines()) == 1
        line.encode("utf-8")
    assert story_from(story_line(story)) == story
    assert origins_from(origins_line(origins)) == origins


@pytest.mark.parametrize(
    "line", ["", "[]", "{}", '{"schema": "sayso/1"}', '{"schema": "sayso-story/1"}', "[" * 100_000, "\ud800"]
)
def test_other_lines_are_refused_with_a_reason(line: str) -> None:
    for read in (story_from, origins_from):
        with pytest.raises(SaysoError, match=r"not |JSON"):
            read(line)


def test_the_reason_says_where() -> None:
    data = json.loads(story_line(STORY))
    data["derivations"][0]["way"] = "sideways"
    with pytest.raises(SaysoError, match=r"derivations\.0\.way"):
        story_from(json.dumps(data))
