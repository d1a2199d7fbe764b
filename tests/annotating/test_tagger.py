"""The trained tagger alone: what it finds, and what holds whatever it is given."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotating import tagger
from sayso.annotating.tagger import RawAttribution
from sayso.annotating.tagger.encoding import encode, owners, windows
from sayso.annotating.tagger.model import OVERLAP, WINDOW

PAGE = """Harbour council splits over the flood wall

The harbour council put off its vote on the flood wall on Tuesday after two of its members said they had not seen the final figures.

Council leader Anna Berg told reporters that the wall would cost £14 million. “We cannot wait for another winter,” she said. “The old wall is full of holes.”

A survey by the university shows that two thirds of the people in the lower town want the wall built this year. According to the survey, one in ten has already moved away.

Tom Lind, who speaks for the fishermen, accused the council of hiding a report on the tides. His claim that the report was kept back for a year was denied by the council.

The ministry is expected to announce its decision in May. Residents fear that it will come too late.
"""

SAID = [
    ("two of its members", "said", "they had not seen the final figures"),
    ("Council leader Anna Berg", "told", "that the wall would cost £14 million"),
    ("A survey by the university", "shows", "that two thirds of the people in the lower town want the wall built"),
    ("the survey", "According to", "one in ten has already moved away"),
    ("Tom Lind", "accused", "of hiding a report on the tides"),
    ("Residents", "fear", "that it will come too late"),
]


def found(text: str) -> list[tuple[str, str, str]]:
    def words(spans: list[tuple[int, int]]) -> str:
        return " … ".join(text[start:end] for start, end in spans)

    return [(words(a.source), words(a.cue), words(a.content)) for a in tagger.find(text)]


@pytest.mark.parametrize(("source", "cue", "content"), SAID, ids=[cue for _, cue, _ in SAID])
def test_who_says_what(source: str, cue: str, content: str) -> None:
    assert any(source in s and cue in c and content in said for s, c, said in found(PAGE))


def test_a_quotation_in_two_parts_is_one_content() -> None:
    [content] = [said for source, _, said in found(PAGE) if source == "she"]
    assert "We cannot wait for another winter," in content
    assert "The old wall is full of holes." in content


def test_text_without_speech_has_no_attributions() -> None:
    assert found("The bridge was built in 1901. It is made of steel and has four arches.") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("“", "«"), ("”", "»"), ("“", '"'), ("”", '"'), ("\n\n", "\n"), ("£", "$"), (" ", "\u00a0")],
)
def test_the_same_is_found_however_it_is_typed(old: str, new: str) -> None:
    plain = {(source, cue) for source, cue, _ in found(PAGE)}
    other = {(s.replace(new, old), c.replace(new, old)) for s, c, _ in found(PAGE.replace(old, new))}
    assert len(plain & other) >= len(plain) - 2


def test_capitals_hide_little() -> None:
    plain = {(source.upper(), cue.upper()) for source, cue, _ in found(PAGE)}
    assert len(plain & {(source, cue) for source, cue, _ in found(PAGE.upper())}) >= len(plain) - 2


def test_a_higher_threshold_finds_a_part_of_what_a_lower_one_finds() -> None:
    runs = [tagger.find(PAGE, least) for least in (0.0, 0.3, 0.6, 0.9)]
    for more, fewer in pairwise(runs):
        assert all(one in more for one in fewer)
    assert len(runs[0]) > len(runs[-1])
    assert all(one.probability >= 0.6 for one in runs[2])


def test_twice_is_once() -> None:
    assert tagger.find(PAGE) == tagger.find(PAGE)


def test_what_stands_far_away_does_not_matter() -> None:
    """Long texts are read in windows: a page is read alike wherever it stands."""
    filler = "The road runs along the river for a mile and then turns north. " * 60 + "\n\n"
    alone, behind = found(PAGE), found(filler + PAGE + "\n\n" + filler)
    assert len(set(alone) & set(behind)) >= len(alone) - 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "said",
        "“",
        ":" * 300,
        "said that " * 200,
        "🦊 said 𝕊𝔸ℕ𝔸 told 🦊",
        "\u202e\x00\ufeff said it",
        "ا" * 500,
    ],
)
def test_odd_text_does_no_harm(text: str) -> None:
    check(text, tagger.find(text, 0.0))


PIECES = st.sampled_from(
    ["said", "“", "”", '"', "the", "mayor", ",", ".", "\n\n", "’", "told", ":", "that", "🦊", "He"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_spans_lie_in_the_text_and_roles_do_not_overlap(text: str) -> None:
    check(text, tagger.find(text, 0.0))


def check(text: str, attributions: list[RawAttribution]) -> None:
    assert [a.cue for a in attributions] == sorted(a.cue for a in attributions)
    for attribution in attributions:
        assert 0 <= attribution.probability <= 1
        assert attribution.cue
        for spans in (attribution.source, attribution.cue, attribution.content):
            assert spans == sorted(spans)
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(left[1] <= right[0] for left, right in pairwise(spans))


@given(st.integers(0, 5000))
def test_windows_cover_everything_and_one_of_them_answers_for_each_piece(length: int) -> None:
    spans = windows(length, WINDOW, OVERLAP)
    answered = [n for first, last in owners(spans) for n in range(first, last)]
    assert answered == list(range(length))
    assert all(end - start <= WINDOW for start, end in spans)
    for (start, end), (first, last) in zip(spans, owners(spans), strict=True):
        assert start <= first <= last <= end


def test_pieces_know_where_they_stand() -> None:
    text = "“Yes,” said SANA.\n\nNo."
    pieces = encode(text, tagger.shipped().tokenizer)
    assert "".join(text[s:e] for s, e in zip(pieces.starts, pieces.ends, strict=True)) == "“Yes,”saidSANA.No."
    assert pieces.features.shape == (len(pieces), 3)
