"""Who says what: a table of constructions, and what holds for any text."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotating import attribution, language
from sayso.model import Span
from tests.annotating.reading import said
from tests.shared import SHARED, needs

WHO_SAYS_WHAT = [
    # indirect speech
    (
        "The harbour master said that the bridge was safe.",
        [("The harbour master", "said", "that the bridge was safe")],
    ),
    ("Officials announced the port would close.", [("Officials", "announced", "the port would close")]),
    ("The minister has not said that taxes would rise.", [("The minister", "has not said", "that taxes would rise")]),
    ("The union vowed to fight the plan.", [("The union", "vowed", "to fight the plan")]),
    # direct speech, before and behind the cue
    ("“We will rebuild it,” Anna Berg said.", [("Anna Berg", "said", "“We will rebuild it,”")]),
    ("Anna Berg said: “We will rebuild the old bridge.”", [("Anna Berg", "said", "“We will rebuild the old bridge.”")]),
    # mixed speech
    (
        "The mayor called the plan “a slow disaster” for the town.",
        [("The mayor", "called", "the plan “a slow disaster” for the town")],
    ),
    # other cues than verbs
    (
        "According to the coast guard, two boats were missing.",
        [("the coast guard", "According to", "two boats were missing")],
    ),
    (
        "The ministry rejected the company's claim that the water was clean.",
        [
            ("The ministry", "rejected", "the company's claim that the water was clean"),
            ("the company", "claim", "that the water was clean"),
        ],
    ),
    # nobody named
    ("The driver is accused of leaving the scene.", [("", "is accused", "The driver … of leaving the scene")]),
    # the source of a relayed statement
    (
        "The agency, citing two officials, reported that the talks had failed.",
        [
            ("two officials", "citing", "that the talks had failed"),
            ("The agency", "reported", "that the talks had failed"),
        ],
    ),
    (
        "The paper quoted the mayor as saying that the road would open.",
        [
            ("The paper", "quoted", "the mayor as saying that the road would open"),
            ("the mayor", "saying", "that the road would open"),
        ],
    ),
    ("The poll shows a narrow lead for the mayor.", [("The poll", "shows", "a narrow lead for the mayor")]),
    (
        "“We tried everything.\n\n“In the end we had to leave,” Berg said.",
        [("Berg", "said", "“We tried everything. … “In the end we had to leave,”")],
    ),
    # not speech
    ("The bridge was built in 1901.", []),
]


@pytest.mark.parametrize(("text", "expected"), WHO_SAYS_WHAT, ids=[text[:40] for text, _ in WHO_SAYS_WHAT])
def test_who_says_what(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text) == expected


def test_a_quotation_runs_on_in_the_next_sentence() -> None:
    text = "“The dam held through the whole night,” said Anna Berg. “Nobody in the valley had to leave home.”"
    [(source, _, content)] = said(text)
    assert source == "Anna Berg"
    assert "Nobody in the valley had to leave home." in content


def test_transcript_lines_have_a_speaker() -> None:
    assert said("BERG: The water came at night.")[0][:2] == ("BERG", ":")


def test_a_name_that_the_parser_does_not_know_is_no_verb() -> None:
    text = "Haldmark's official news agency HALNA, citing witnesses, reported that the road was closed."
    assert ("Haldmark's official news agency HALNA", "reported", "that the road was closed") in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "SHOUTING ALL DAY THE MAYOR SAID NO",
        "He said\n\n“",
        '"" "',
        "said said said",
        ":",
        "According to",
        "\n\n\n",
        '“‘«"”’»',
        "a\u202eb said 𝕊𝔸ℕ𝔸 told 🦊 that it",
    ],
)
def test_odd_text_does_no_harm(text: str) -> None:
    check_spans(text)


WORDS = st.sampled_from(
    [
        "SANA",
        "said",
        "that",
        "“",
        "”",
        '"',
        "(",
        ")",
        ",",
        ".",
        "told",
        "reporters",
        "the",
        "minister",
        "citing",
        "according",
        "to",
        "claim",
        "report",
        "it",
        "he",
        "’s",
        "\n\n",
        "—",
        ":",
        "quoted",
        "as",
        "saying",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_spans_lie_in_the_text_in_order_and_parents_form_a_tree(text: str) -> None:
    check_spans(text)


def check_spans(text: str) -> None:
    statements = attribution.find(language.parse(text))
    parents = attribution.parents_of(statements)
    for n, statement in enumerate(statements):
        for spans in (statement.source, statement.cue, statement.content):
            assert list(spans) == sorted(spans)
            assert all(0 <= start < end <= len(text) for start, end in spans)
        assert statement.content
        seen = {n}
        parent = parents[n]
        while parent is not None:
            assert parent not in seen
            seen.add(parent)
            parent = parents[parent]


def test_two_that_rest_on_each_other_are_no_ring() -> None:
    check_spans("said quoted citing report SANA SANA SANA SANA")


def test_offsets_count_code_points() -> None:
    text = "🦊🦊 The mayor 𝕏 said that it rained."
    [statement] = attribution.find(language.parse(text))
    assert statement.content == (Span(text.index("that"), len(text) - 1),)


KNOWN_FAILURES = json.loads(Path(__file__).with_name("known_failures_attribution.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, marks=pytest.mark.xfail(strict=True, reason=row["why"]), id=row["text"][:30])
        for row in KNOWN_FAILURES
    ],
)
def test_known_failure(row: dict[str, Any]) -> None:
    assert said(row["text"]) == [tuple(row["expected"])]


PASSIVES = [
    ("It is believed that the dam will hold.", [("", "is believed", "that the dam will hold")]),
    ("Asked whether the dam was safe, Berg shrugged.", []),
    (
        "The company has been accused by two former employees of hiding the results.",
        [("two former employees", "has been accused", "The company … of hiding the results")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PASSIVES, ids=[text[:30] for text, _ in PASSIVES])
def test_passives(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text) == expected


@needs("data", "polnear", "dev")
def test_the_floor_of_what_was_measured() -> None:
    """PolNeAR dev: not below what the docs say by more than another parser or runtime may cost."""
    command = [sys.executable, "evaluation/attribution.py", "--data", str(SHARED / "data")]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    figures = {line[:15].strip(): [float(x) for x in line[15:].split()] for line in done.stdout.splitlines()[1:-1]}
    assert figures["whole"][2] >= 75
    assert figures["whole"][0] >= 76
    assert figures["whole exact"][2] >= 57
