"""Which sentences carry a claim."""

import pytest

from sayso.corpus import carrying
from sayso.model import Article
from sayso.model.story import Entry, Story
from tests.corpus.stories import CLAIM, Made, Told

CARRIES: list[tuple[str, str, str]] = [
    ("the same words", CLAIM, "Twelve people died when the old dam above Halna burst."),
    ("figures for words", CLAIM, "The old dam above Halna burst and 12 people died."),
    ("other words", CLAIM, "Twelve were killed as the dam collapsed above Halna."),
    ("a number that changed", CLAIM, "At least 19 people died when the dam above Halna burst."),
    (
        "typed without capitals",
        "old dam above halna burst, killing twelve people",
        "Twelve people died when Halna’s old dam burst.",
    ),
    (
        "a headline",
        "Old Dam Bursts Above Halna, Killing Twelve",
        "Twelve people died when the old dam above Halna burst.",
    ),
    (
        "a claim without names",
        "The wall had been cracked for months",
        "The wall had been cracked for many months, he said.",
    ),
    ("a short claim", "The dam burst", "Then the dam burst."),
    ("in a quotation", CLAIM, "“The old dam above Halna burst and twelve people died,” she said."),
]

CARRIES_NOT: list[tuple[str, str, str]] = [
    ("another event in the same town", CLAIM, "Twelve people met the mayor of Halna when the new school opened."),
    ("another accident in the same town", CLAIM, "Twelve people died in Halna when a bus left the road."),
    ("the same event, another thing", CLAIM, "The old dam above Halna was built by the navy."),
    ("the same thing elsewhere", CLAIM, "Forty people died when a mine near Brodek flooded."),
    ("a name only", CLAIM, "Halna is a town of weavers."),
    ("words that stand everywhere", "He said that it was so", "He said that it was so."),
]


def story(text: str, extra: str = "") -> Story:
    entry = Entry(Article("a", "a", f"{extra}{text}", "", "", "text/plain"), None, None, None)
    return Story("a", (entry,), ("a",))


@pytest.mark.parametrize(("claim", "text"), [c[1:] for c in CARRIES], ids=[c[0] for c in CARRIES])
def test_carries(claim: str, text: str) -> None:
    found = carrying.find(story(text, "Rain fell. Nobody knew of it. "), claim)
    assert [span.of(f"Rain fell. Nobody knew of it. {text}") for span in found["a"].sentences] == [text]


@pytest.mark.parametrize(("claim", "text"), [c[1:] for c in CARRIES_NOT], ids=[c[0] for c in CARRIES_NOT])
def test_carries_not(claim: str, text: str) -> None:
    assert carrying.find(story(text), claim) == {}


def test_a_name_beside_the_sentence_is_enough() -> None:
    text = "Fear is over Halna. The old dam burst in the night and twelve people died."
    assert [span.of(text) for span in carrying.find(story(text), CLAIM)["a"].sentences] == [text[20:]]


def test_two_sentences_tell_it_together() -> None:
    text = "The old dam above Halna burst on Tuesday. Twelve people died. Schools are shut."
    found = carrying.find(story(text), CLAIM)["a"]
    assert [span.of(text) for span in found.sentences] == [text[:41], text[42:61]]


def test_a_changed_number_is_told_once_and_not_if_the_right_one_is_there_too() -> None:
    wrong = "At least 19 people died when the dam above Halna burst."
    assert carrying.find(story(wrong), CLAIM)["a"].notes == ("it says 19 where the claim says 12",)
    assert carrying.find(story(f"{wrong} {CLAIM}"), CLAIM)["a"].notes == ()


def test_a_reworked_passage_leads_to_the_sentence() -> None:
    one = Told("a", "Halna Post", CLAIM)
    reworded = "A dozen lost their lives above Halna as the ageing wall gave way."
    other = Told("b", "Harbour Echo", f"Rain fell all night. {reworded} Schools are shut.")
    assert list(carrying.find(Made([one, other]).story, CLAIM)) == ["a"]
    found = carrying.find(Made([one, other]).shares("a", "b", CLAIM, reworded).story, CLAIM)
    assert [span.of(other.text) for span in found["b"].sentences] == [reworded]


def test_a_passage_about_something_else_does_not() -> None:
    one = Told("a", "Halna Post", f"{CLAIM} Rain fell all night over the hills.")
    other = Told("b", "Harbour Echo", "Rain fell all night over the hills. Schools are shut.")
    made = Made([one, other]).shares("a", "b", "Rain fell all night over the hills.")
    assert list(carrying.find(made.story, CLAIM)) == ["a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Lund left. J. Berg stayed.", ["Dr. Lund left.", "J. Berg stayed."]),
        ("“It held.” So he said.", ["“It held.”", "So he said."]),
        ("A headline\n\nThe text", ["A headline", "The text"]),
        ("At 3.5 metres. 12 died.", ["At 3.5 metres.", "12 died."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in carrying.sentences(text)] == expected


def test_numbers_are_one_however_they_are_written() -> None:
    for written in ("1,200 people", "1200 people", "1.2 thousand people", "twelve hundred people"):
        assert next(carrying.terms(written)).form == "1200"
