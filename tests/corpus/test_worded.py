"""A text prepared for comparing: where its sentences begin, what is quoted, which words are names."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus.worded import LONGEST_SENTENCE, Worded


def words(text: Worded, flags: object) -> list[str]:
    return [text.text[text.words.starts[at] : text.words.ends[at]] for at in np.flatnonzero(flags)]


@pytest.mark.parametrize(
    ("text", "firsts"),
    [
        ("Mr. Kerr left. Dr. A. Winter stayed.", ["Mr", "Dr"]),
        ("It ended in 1998. “So what?” he asked. (Nobody knew.) Élan won.", ["It", "So", "Nobody", "Élan"]),
        ("Flood at Halna\n\nTwo gates broke, say engineers", ["Flood", "Two"]),
        ("one line\nthat goes on", ["one"]),
        ("", []),
    ],
)
def test_sentences(text: str, firsts: list[str]) -> None:
    prepared = Worded.of(text)
    begins = np.zeros(len(prepared), np.bool_)
    begins[prepared.sentences[:-1]] = True
    assert words(prepared, begins) == firsts
    assert prepared.sentences[-1] == len(prepared)


def test_sentences_without_an_end_are_cut() -> None:
    assert np.diff(Worded.of("word " * 1000).sentences).max() == LONGEST_SENTENCE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bakers met Ada Winter in Halna. Winter spoke.", ["Ada", "Winter", "Halna", "Winter"]),
        ("“Nobody knew,” she said: then the Courier asked.", ["Courier"]),
        ("Two Gates Of Old Dam Broken By Flood", []),
        ("On Monday the Žižkov fair opened.", ["Žižkov"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    prepared = Worded.of(text)
    assert words(prepared, prepared.names) == names


def test_numbers_and_quoted() -> None:
    prepared = Worded.of("About 1,200 came 🙂. “We wait,” said a 3rd man")
    assert words(prepared, prepared.numbers) == ["1", "200", "3rd"]
    assert words(prepared, prepared.quoted) == ["We", "wait"]


def test_what_tells() -> None:
    prepared = Worded.of("The bakers of Halna did not respond to a request for comment on Monday about the flood.")
    assert words(prepared, prepared.weights) == ["bakers", "Halna", "flood"]


@given(st.text())
def test_any_text(text: str) -> None:
    prepared = Worded.of(text)
    assert prepared.sentences[-1] == len(prepared)
    assert len(prepared.quoted) == len(prepared.names) == len(prepared.weights) == len(prepared)
    assert sorted(prepared.telling.tolist()) == np.flatnonzero(prepared.weights).tolist()
