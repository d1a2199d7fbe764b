"""What happened to a claim between an earlier text and a later one: tables of texts and what must be told."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus import alignment, changes
from sayso.corpus.tokens import tokens
from sayso.corpus.worded import Worded
from sayso.model import Change, Citation, Passage, Span, words_of

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
    found_here = sorted(told(case["earlier"], case["later"]))
    if "fails" in case:
        assert found_here != sorted(case["expected"]), "a known failure is none any more: take its reason out"
        return
    assert found_here == sorted(case["expected"])
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


HALNA = (
    "HALNA — {first} It was opened in June by two ministers and the mayor of Port Halna. About 1,200 people came to "
    "see the first tram cross the Ose. The bridge is forty metres long and rests on nine pillars of oak. {last}"
)
PAID = "Three builders of the new bridge were {hedge}paid in cash by the mayor, Ada Winter{source}."


def articles(**kept: str) -> tuple[str, str]:
    """An earlier and a later article that differ in one sentence, or in two."""
    earlier = PAID.format(hedge="allegedly ", source=", according to unnamed sources in the council")
    later = PAID.format(hedge=kept.get("hedge", ""), source=kept.get("source", ""))
    last = "The council will vote on the audit in two weeks."
    return HALNA.format(first=earlier, last=last), HALNA.format(first=later, last=kept.get("last", last))


def firmer(one: str, other: str, *citations: Citation) -> tuple[str, str, list[str]] | None:
    """Severity, message and the words of the later article in the finding on two articles."""
    prepared = Worded.of(one), Worded.of(other)
    between = changes.find(*prepared, alignment.passages(*prepared))
    finding = changes.firmer("a1", "a2", between, citations)
    if finding is None:
        return None
    assert finding.kind == "certainty grew without a new source"
    assert [exhibit.article for exhibit in finding.exhibits] == ["a1", "a2"]
    return finding.severity, finding.message, [span.of(other) for span in finding.exhibits[1].spans]


def test_firmer_without_hedge_and_source() -> None:
    one, other = articles()
    found = firmer(one, other)
    assert found is not None
    severity, message, words = found
    assert severity == "high"
    assert "allegedly paid" in message or "according to unnamed sources" in message
    assert "paid" in words


@pytest.mark.parametrize(
    ("kept", "severity"),
    [
        ({"source": ", according to unnamed sources in the council"}, "medium"),
        ({"source": ", according to officials in the council"}, "low"),
        ({"hedge": "allegedly ", "source": ", according to officials in the council"}, "low"),
        ({"last": "Correction: this article has been updated with the findings of the audit."}, "low"),
        ({"hedge": "allegedly ", "source": ", according to unnamed sources in the council"}, None),
    ],
)
def test_firmer_by_severity(kept: dict[str, str], severity: str | None) -> None:
    found = firmer(*articles(**kept))
    assert (found and found[0]) == severity


def test_not_firmer_the_other_way_round() -> None:
    one, other = articles()
    assert firmer(other, one) is None


def test_not_firmer_with_a_new_source() -> None:
    """Another outlet cited beside the change; the earlier article itself is no new source."""
    one, other = articles()
    at = other.index("paid")
    cited = Citation("a2", "The Lindqvist Courier", "named as source", (), (Span(at, at + 4),))
    assert firmer(one, other, cited) is None
    assert firmer(one, other, replace(cited, of=("a1",))) is not None
    assert firmer(one, other, replace(cited, by="a3")) is not None


def test_not_firmer_by_numbers_and_quotations_alone() -> None:
    one = HALNA.format(first="“We never paid builders in cash,” said the mayor, Ada Winter.", last="It rained.")
    other = one.replace("1,200", "1,900").replace("never paid builders", "never paid the builders of the bridge")
    assert firmer(one, other) is None


def test_correction_is_said() -> None:
    one = HALNA.format(first="The bridge was paid for by the town.", last="It rained.")
    other = one.replace("1,200", "1,900").replace("It rained.", "Correction: an earlier version gave a wrong figure.")
    [change] = found(one, other)
    assert change.kind == "number changed"
    assert "the later text says that it corrects or updates" in change.message


def test_no_passages() -> None:
    one, other = articles()
    assert changes.find(Worded.of(one), Worded.of(other), ()) == ()


def test_other_stories_tell_nothing() -> None:
    """A sentence that stands in many texts is no proof that both tell of one event."""
    toll = (
        "More than {} people have been killed in the war in Sorrel since it began with protests in the spring of 2011."
    )
    shelling = (
        "Nine shells hit the market of Tarn on Monday morning. The stalls burned until noon. Soldiers closed the road. "
    )
    talks = (
        "The envoys met in a hotel on the lake and ate trout. No date was set for new talks. Both left by helicopter. "
    )
    one = shelling * 2 + toll.format("170,000") + " The mayor of Tarn has called for help from the coast."
    other = talks * 2 + toll.format("290,000") + " A second round may be held in the autumn in Port Halna."
    prepared = Worded.of(one), Worded.of(other)
    kinds = {change.kind for change in changes.find(*prepared, alignment.passages(*prepared))}
    assert kinds <= {"number changed"}
