"""What happened to a claim between an earlier text and a later one: tables of texts and what must be told."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus import changes
from sayso.corpus.tokens import tokens
from sayso.corpus.worded import Worded
from sayso.model import Change, Passage, Span, words_of

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("changes.toml").read_text("utf-8"))["cases"]


def whole(one: str, other: str) -> Passage:
    return Passage((Span(0, len(one)),), (Span(0, len(other)),), "reworked", len(one.split()), 0.8)


def found(one: str, other: str) -> tuple[Change, ...]:
    return changes.find(Worded.of(one), Worded.of(other), [whole(one, other)])


def told(one: str, other: str) -> list[list[str]]:
    return [
        [change.kind, words_of(change.before, one), words_of(change.after, other)] + ["firm"] * change.firmer
        for change in found(one, other)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.get("note", case["earlier"][:40]))
def test_told(case: dict[str, Any]) -> None:
    assert sorted(told(case["earlier"], case["later"])) == sorted(case["expected"])
    messages = " ".join(change.message for change in found(case["earlier"], case["later"]))
    for words in case.get("says", []):
        assert words in messages


ANY = st.text("abc AB.,“”'’\"12\n…[]-", max_size=80)
TEXTS = st.lists(st.sampled_from([case[key] for case in CASES for key in ("earlier", "later")]), max_size=4).map(
    " ".join
)
MIRRORED = {
    "hedge dropped": "hedge added",
    "hedge added": "hedge dropped",
    "source lost": "source added",
    "source added": "source lost",
    "cut": "added",
    "added": "cut",
    "number changed": "number changed",
    "name changed": "name changed",
    "quotation altered": "quotation altered",
}


@given(ANY | TEXTS, ANY | TEXTS)
def test_offsets(one: str, other: str) -> None:
    for change in found(one, other) if one and other else ():
        assert change.before or change.after
        assert all(0 <= span.start < span.end <= len(one) for span in change.before)
        assert all(0 <= span.start < span.end <= len(other) for span in change.after)


@given(ANY | TEXTS)
def test_equal(text: str) -> None:
    """Also where only marks and capitals are set in another way."""
    if text:
        assert found(text, text) == ()
        assert found(text, text.upper()) == ()


@given(TEXTS, TEXTS)
def test_swapped(one: str, other: str) -> None:
    """What was dropped on the way there was added on the way back. Only a promotion has no name backwards."""
    if one and other:
        there = [(c.kind, c.before, c.after) for c in found(one, other) if c.kind in MIRRORED and not _vouches(c)]
        back = [
            (MIRRORED[c.kind], c.after, c.before) for c in found(other, one) if c.kind in MIRRORED and not _vouches(c)
        ]
        assert sorted(there) == sorted(back)


def _vouches(change: Change) -> bool:
    return any("vouches" in reason for reason in change.reasons)


@given(ANY | TEXTS, ANY | TEXTS)
def test_diff_is_each_text_whole(one: str, other: str) -> None:
    segments = changes.diff(one, other)
    assert "".join(segment.before.of(one) for segment in segments) == one
    assert "".join(segment.after.of(other) for segment in segments) == other
    for segment in segments:
        if segment.kind == "equal":
            assert tokens(segment.before.of(one)).keys.tolist() == tokens(segment.after.of(other)).keys.tolist()
        else:
            empty = segment.after if segment.kind == "before" else segment.before
            assert empty.start == empty.end
