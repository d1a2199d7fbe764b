"""Two texts side by side: all their words are there, and what is marked stands in one of them only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reporting.stories.sides import MOST_WORDS, brief, sides

WORDS = st.lists(
    st.sampled_from(["the", "The", "quay,", "quay", "was", "“shut”", "shut", "—", "\u202eopen"]), max_size=30
)


def words(text: str) -> list[str]:
    bare = ["".join(letter for letter in word.casefold() if letter.isalnum()) for word in text.split()]
    return [word for word in bare if word]


@given(WORDS, WORDS, st.booleans())
def test_the_pieces_join_to_the_texts_and_the_same_ones_are_the_same(
    one: list[str], other: list[str], ordered: bool
) -> None:
    both = sides(("A", " ".join(one)), ("B", " ".join(other)), ordered=ordered)
    assert both.left.text.split() == one
    assert both.right.text.split() == other
    same = [
        [word for piece in side.pieces if piece.kind == "same" for word in words(piece.text)]
        for side in (both.left, both.right)
    ]
    assert same[0] == same[1]


@pytest.mark.parametrize(
    ("left", "right", "lost", "new"),
    [
        ("It may have sunk.", "It has sunk.", ["may have"], ["has"]),
        ("THE QUAY, he said, is “shut”.", "the quay he said is shut", [], []),
        ("forty barrels", "", ["forty barrels"], []),
        ("many were killed - and more", "many were killed and more", [], []),
        ("the - old - quay", "the quay", ["old -"], []),
        ("", "", [], []),
        ("one two three", "three", ["one two"], []),
    ],
)
def test_what_is_marked(left: str, right: str, lost: list[str], new: list[str]) -> None:
    both = sides(("A", left), ("B", right), ordered=True)
    assert [piece.text.strip() for piece in both.left.pieces if piece.kind == "lost"] == lost
    assert [piece.text.strip() for piece in both.right.pieces if piece.kind == "new"] == new
    kinds = {piece.kind for side in (both.left, both.right) for piece in side.pieces}
    assert "differs" not in kinds


def test_where_the_dates_do_not_tell_nothing_is_lost_or_new() -> None:
    both = sides(("A", "it may sink"), ("B", "it will sink"), ordered=False)
    assert {piece.kind for side in (both.left, both.right) for piece in side.pieces} == {"same", "differs"}


def test_a_short_form_keeps_every_change() -> None:
    text = " ".join(f"w{n}" for n in range(200))
    both = sides(("A", text), ("B", text.replace("w100", "other")), ordered=True)
    for side, changed in ((both.left, "w100"), (both.right, "other")):
        short = brief(side)
        assert len(short.text.split()) < 30
        assert [piece.text.strip() for piece in short.pieces if piece.kind != "same"] == [changed]


def test_texts_without_measure_are_shown_without_marks() -> None:
    text = "word " * (MOST_WORDS + 1)
    both = sides(("A", text), ("B", "another"), ordered=True)
    assert {piece.kind for piece in both.left.pieces} == {"same"}
