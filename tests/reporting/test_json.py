"""The JSON that others may rely on."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sayso import Analysis, SaysoError
from sayso.reporting.json import PARTS, from_dict, from_json, make_schema, stored_schema, to_dict, to_json

from .sample import ANALYSIS, ARTICLE, TEXT

ROOT = Path(__file__).parents[2]

# The example of the design, reduced to its keys: whoever relies on these must find them.
PROMISED = {
    "dates": {"value", "origin", "spans"},
    "attributions": {"id", "kind", "source", "cue", "content", "reasons"},
    "actors": {"id", "name", "names", "kind"},
    "chains": {"id", "statement", "links", "complete", "confidence"},
    "times": {"spans", "earliest", "latest", "granularity", "anchor"},
    "wordings": {"spans", "kind", "voice", "reasons"},
    "claims": {"spans", "attribution", "quantities", "reasons"},
    "findings": {"kind", "severity", "message", "spans", "evidence"},
}


def test_the_keys_of_the_design_are_there() -> None:
    data = to_dict(ANALYSIS)
    assert {"schema", "id", "url", "outlet", "title", "language", "text", *PROMISED} <= set(data)
    for key, keys in PROMISED.items():
        assert all(keys <= set(each) for each in data[key]), key
    said = data["attributions"][1]
    assert set(said["source"]) >= {"spans", "kind", "actor"}
    assert set(said["cue"]) >= {"spans", "stance"}
    start, end = said["source"]["spans"][0]
    assert TEXT[start:end] == "Northern Wire"


@pytest.mark.parametrize("part", [None, *PARTS])
def test_outputs_are_valid(part: str | None) -> None:
    schema = stored_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(to_json(ANALYSIS, part)))


def test_the_dates_come_with_the_findings_about_dates_and_no_others() -> None:
    kinds = [finding["kind"] for finding in json.loads(to_json(ANALYSIS, "dates"))["findings"]]
    assert kinds == ["conflicting dates"]
    assert len(to_dict(ANALYSIS)["findings"]) == 2


def test_the_schema_refuses_what_is_not_an_analysis() -> None:
    validator = Draft202012Validator(stored_schema())
    data = to_dict(ANALYSIS)
    assert not validator.is_valid({key: value for key, value in data.items() if key != "findings"})
    assert not validator.is_valid({**data, "schema": "sayso/2"})
    assert not validator.is_valid({**data, "title_spans": [[1]]})


def test_the_stored_schemas_are_up_to_date() -> None:
    # To renew: python -m sayso.reporting.json
    made = make_schema()
    assert stored_schema() == made
    assert json.loads((ROOT / "docs/schema/sayso-1.json").read_text(encoding="utf-8")) == made


def test_there_and_back_again() -> None:
    assert from_json(to_json(ANALYSIS)) == ANALYSIS


@given(st.text(), st.one_of(st.none(), st.text()))
def test_any_text_stays_one_line_and_comes_back(text: str, title: str | None) -> None:
    analysis = Analysis(replace(ARTICLE, text=text, title=title))
    line = to_json(analysis)
    assert len(line.splitlines()) == 1
    assert from_json(line) == analysis
    line.encode("utf-8")


@pytest.mark.parametrize(
    "line",
    ["", "[]", "{}", '{"schema": "sayso/2"}', '{"schema": "sayso/1"}', to_json(ANALYSIS, "who"), "[" * 100_000],
)
def test_other_lines_are_refused_with_a_reason(line: str) -> None:
    with pytest.raises(SaysoError, match=r"not |JSON"):
        from_json(line)


def test_the_reason_says_where() -> None:
    data = to_dict(ANALYSIS)
    data["chains"][0]["confidence"] = "surely"
    with pytest.raises(SaysoError, match=r"chains\.0\.confidence"):
        from_dict(data)
