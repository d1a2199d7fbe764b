"""The passages that two texts share: what a fact-checker sees side by side."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus import alignment
from sayso.corpus.alignment import Worded
from sayso.model import Passage

DAM = (
    "The mayor of Halna, Ada Winter, said on Monday that the old dam above the town had held through the night, "
    "although two of its five gates were damaged by the flood. Engineers of the Norland water board measured a leak "
    "of forty litres a second at the eastern gate. “We shall not open the road before the board tells us to,” Winter "
    "told reporters in front of the town hall. About 1,200 people had been brought to schools in Port Halna."
)
FAIR = (
    "The autumn fair in Lindqvist opened with fewer stalls than in any year since 1998, its organisers complained. "
    "A baker from the harbour quarter gave away four hundred loaves, and the brass band played until midnight. "
    "Rufus Kerr, who has run the fair for two decades, blamed the price of the pitches for the empty rows. "
    "The council did not answer a letter that he had sent in June."
)


def passages(one: str, other: str) -> tuple[Passage, ...]:
    return alignment.passages(Worded.of(one), Worded.of(other))


def texts(passage: Passage, one: str, other: str) -> tuple[str, str]:
    return passage.spans[0].of(one), passage.other_spans[0].of(other)


def test_identical() -> None:
    [passage] = passages(DAM, DAM)
    assert (passage.kind, passage.likeness, passage.spans[0].of(DAM)) == ("verbatim", 1.0, DAM)


def test_unrelated() -> None:
    assert passages(DAM, FAIR) == ()


def test_spliced() -> None:
    start, end = DAM.index("the old dam"), DAM.index(" a second at")
    cut = DAM[start:end]
    spliced = FAIR.replace("A baker", f"Elsewhere {cut} is what counts, and a baker")
    [passage] = passages(DAM, spliced)
    assert passage.kind == "verbatim"
    assert texts(passage, DAM, spliced) == (cut, cut)


WORDS = st.text('ab . “”"\n', max_size=60) | st.lists(st.sampled_from(DAM.split()), max_size=60).map(" ".join)


@given(WORDS, WORDS)
def test_any_texts(one: str, other: str) -> None:
    last = 0
    for passage in passages(one, other):
        [span], [other_span] = passage.spans, passage.other_spans
        assert last <= span.start < span.end <= len(one)
        assert 0 <= other_span.start < other_span.end <= len(other)
        assert 0 < passage.likeness <= 1
        here, there = Worded.of(span.of(one)).words, Worded.of(other_span.of(other)).words
        assert len(here) == passage.words
        assert (passage.kind == "verbatim") == np.array_equal(here.keys, there.keys)
        last = span.end
