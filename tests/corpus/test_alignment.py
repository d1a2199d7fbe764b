"""The passages that two texts share: what a fact-checker sees side by side."""

import random
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus import alignment, blocks, likeness
from sayso.corpus.alignment import Worded
from sayso.corpus.blocks import Block
from sayso.corpus.parts import Part
from sayso.corpus.tokens import Places
from sayso.model import Passage

Bounds = tuple[int, int]

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
SECOND_REPORT = (
    "Two gates of the Halna dam broke in Sunday's flood, but the wall stands, Mayor Ada Winter told the Courier. "
    "Water escapes through a crack in the east, some 40 litres each second by the water board's count. "
    "The road to Port Halna stays closed. Schools there took in 1,200 people overnight."
)


def passages(one: str, other: str) -> tuple[Passage, ...]:
    return alignment.passages(Worded.of(one), Worded.of(other))


def shown(one: str, other: str) -> list[tuple[str, str, str]]:
    """Kind and both texts of each passage, as a reader sees them side by side."""
    return [(p.kind, p.spans[0].of(one), p.other_spans[0].of(other)) for p in passages(one, other)]


def test_the_same_text_is_one_passage() -> None:
    [passage] = passages(DAM, DAM)
    assert (passage.kind, passage.likeness, passage.spans[0].of(DAM)) == ("verbatim", 1.0, DAM)
    assert passage.reasons == (
        "83 words in a row are equal",
        "12 of these are in quotation marks in both texts",
    )


@pytest.mark.parametrize("other", [FAIR, SECOND_REPORT, "", "…", "Halna"])
def test_other_texts_share_nothing(other: str) -> None:
    """Neither another story nor another reporter at the same event."""
    assert passages(DAM, other) == passages(other, DAM) == ()


def test_spliced() -> None:
    cut = DAM[DAM.index("the old dam") : DAM.index(" a second at")]
    spliced = FAIR.replace("A baker", f"Elsewhere {cut} is what counts, and a baker")
    assert shown(DAM, spliced) == [("verbatim", cut, cut)]


def test_set_in_another_way() -> None:
    """Capitals, punctuation and spaces do not count."""
    [passage] = passages(DAM, DAM.upper().replace("“", '"').replace("”", '"').replace(" ", "\n"))
    assert (passage.kind, passage.words) == ("verbatim", 83)


def test_a_lightly_edited_paragraph_is_one_passage() -> None:
    edited = DAM.replace("on Monday ", "").replace("damaged by the flood", "damaged in the flood")
    edited = edited.replace("measured a leak", "found a leak").replace("told reporters", "told the press")
    [passage] = passages(DAM, edited)
    assert passage.kind == "reworked"
    assert passage.spans[0].of(DAM) == DAM
    assert passage.likeness == pytest.approx(78 / 83)
    assert passage.reasons[0] == "78 words of 83 are equal and in the same order"


def test_long_verbatim_stretch_keeps_its_bounds_in_an_edited_paragraph() -> None:
    start, end = DAM.index("Engineers"), DAM.index(" told reporters")
    before = (
        "Mayor Ada Winter of Halna said Monday the dam above town held all night, but two gates were hurt in floods. "
    )
    edited = (
        before + DAM[start:end] + " said to the press outside the hall. Some 1,200 were taken to Port Halna's schools."
    )
    assert ("verbatim", DAM[start:end], DAM[start:end]) in shown(DAM, edited)


def test_moved_paragraphs() -> None:
    one, two, three, four = FAIR.split(". ")
    moved = ". ".join([three, one]) + ".\n\n" + DAM.partition(". ")[0] + ".\n\n" + ". ".join([two, four])
    found = [here.rstrip(".") for kind, here, there in shown(FAIR, moved) if here.rstrip(".") == there.rstrip(".")]
    assert found == [one, two, three, four.rstrip(".")]


REWORDED = [
    # a third of the words changed, a word in here and there, words swapped
    (
        "The mayor of Halna, Ada Winter, told on Tuesday how the old dam above her town had stood through that night, "
        "although three of the five gates were broken by the flood.",
        0.6,
    ),
    (
        "Ada Winter, the mayor of Halna, said that the old dam just above the town had held all through the long "
        "night, although two of its gates were damaged badly by the flood.",
        0.7,
    ),
]


@pytest.mark.parametrize(("text", "least"), REWORDED)
def test_reworded(text: str, least: float) -> None:
    other = f"{FAIR} {text} {FAIR[::-1]}"
    [passage] = passages(DAM, other)
    assert passage.kind == "reworked"
    assert least < passage.likeness < 1
    here, there = passage.spans[0].of(DAM), passage.other_spans[0].of(other)
    assert DAM.partition(". ")[0].endswith(here.rstrip("."))
    assert there.lower().startswith("the mayor of halna")
    assert there.endswith("by the flood.")


def test_quotations() -> None:
    said = "We shall not open the road before the board tells us to"
    assert [(p.quoted, p.other_quoted) for p in passages(DAM, f"“{said}”: so much the mayor told us. {FAIR}")] == [
        (True, True)
    ]
    assert [(p.quoted, p.other_quoted) for p in passages(DAM, f"{said}, the mayor told us. {FAIR}")] == [(True, False)]
    assert [(p.quoted, p.other_quoted) for p in passages(DAM, DAM)] == [(False, False)]


def test_an_altered_quotation_is_quoted_on_both_sides() -> None:
    one = "“We shall never open the road to Halna before the water board of Norland tells us to do so,” Winter said."
    other = "Winter: “We shall open the road to Halna before the water board of Norland asks us to do so.”"
    [passage] = passages(one, other)
    assert (passage.kind, passage.quoted, passage.other_quoted) == ("reworked", True, True)


@pytest.mark.parametrize(
    "words",
    [
        "it was the one that they had not been in before",
        "Norland Foreign Minister Ada Winter and Halna Defence Secretary Rufus Kerr",
        "on Monday, 12 October 2020, at 10:30 a.m. in Port Halna",
        "did not respond to a request for comment on",
        "had held through the night",
    ],
)
def test_what_means_nothing(words: str) -> None:
    """Stop words, names with their titles, dates, set phrases, and what is too short."""
    assert (
        passages(
            f"Before the flood came down on the valley {words} everything stopped.",
            f"The bakers of the old harbour quarter say that {words} bread costs more.",
        )
        == ()
    )


def test_spans_end_with_words_and_their_marks() -> None:
    one = "🙂🙂 He wrote: “The old dam above Halna has held through the whole night.” Nobody was hurt 🙂."
    other = "(“The old dam above Halna has held through the whole night.”) So what?"
    [(_, here, there)] = shown(one, other)
    assert here == "“The old dam above Halna has held through the whole night.”"
    assert there == "(“The old dam above Halna has held through the whole night.”)"


def test_repeated_in_one() -> None:
    """A sentence that stands twice in the one text is shown twice, and once the other way round."""
    sentence = "The old dam above Halna has held through the whole of the stormy night."
    twice = f"{sentence} {FAIR} {sentence}"
    assert [here for _, here, _ in shown(twice, sentence)] == [sentence, sentence]
    assert [here for _, here, _ in shown(sentence, twice)] == [sentence]


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


NEW_WORDS = st.integers(30, 90).map(lambda count: [f"word{place}" for place in range(count)])


@given(NEW_WORDS, st.data())
def test_copies_are_found_both_ways(words: list[str], data: st.DataObject) -> None:
    """A stretch of 30 words, set into a text of other words, is found exactly, from either side."""
    start = data.draw(st.integers(0, len(words) - 30))
    end = data.draw(st.integers(start + 30, len(words)))
    one = " ".join(words)
    other = " ".join(["before", *words[start:end], "behind"])
    [there], [back] = passages(one, other), passages(other, one)
    assert there.spans[0].of(one) == " ".join(words[start:end])
    assert (there.spans, there.other_spans) == (back.other_spans, back.spans)
    assert there.kind == back.kind == "verbatim"


@given(st.lists(st.sampled_from("ab"), min_size=30, max_size=400))
def test_identical_texts_of_any_words(words: list[str]) -> None:
    text = " ".join(words)
    assert [(p.kind, p.spans[0].of(text), p.words) for p in passages(text, text)] == [("verbatim", text, len(words))]


SENTENCE = "The mayor of Halna, Ada Winter, said on Monday that the old dam had held through the night. "


def _random(letters: str, count: int) -> str:
    return " ".join(random.Random(count).choices(letters, k=count))


def _template(place: int) -> str:
    dice = random.Random(place)
    return f"The mayor of Halna, Ada Winter{dice.randrange(50)}, said that dam {dice.randrange(999)} had held. "


HOSTILE: dict[str, tuple[Callable[[int], str], Callable[[int], str]]] = {
    "one word": (lambda n: "a " * n, lambda n: "a " * n),
    "one word, half as often": (lambda n: "a " * n, lambda n: "a " * (n // 2)),
    "two words": (lambda n: _random("ab", n), lambda n: _random("ab", n + 1)),
    "one sentence": (lambda n: SENTENCE * (n // 18), lambda n: SENTENCE * (n // 36)),
    "one sentence, once": (lambda n: SENTENCE * (n // 18), lambda _: SENTENCE),
    "one template": (
        lambda n: "".join(map(_template, range(n // 14))),
        lambda n: "".join(map(_template, range(n // 14, n // 7))),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_cost_is_near_linear(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeds, the blocks and the words that are looked at grow like the texts, however they repeat."""
    seeds, chained, aligned = blocks._seeds, blocks._chained, likeness.aligned
    work: list[int] = []

    def counted_seeds(one: Worded, other: Worded) -> tuple[Places, bool]:
        found = seeds(one, other)
        work.append(len(found[0]))
        return found

    def counted_chained(found: Sequence[Block]) -> tuple[list[float], list[int]]:
        work.append(len(found))
        return chained(found)

    def counted_aligned(one: Worded, other: Worded, span: Bounds, other_span: Bounds, sums: list[float]) -> Part | None:
        work.append(span[1] - span[0] + other_span[1] - other_span[0])
        return aligned(one, other, span, other_span, sums)

    monkeypatch.setattr(blocks, "_seeds", counted_seeds)
    monkeypatch.setattr(blocks, "_chained", counted_chained)
    monkeypatch.setattr(likeness, "aligned", counted_aligned)
    one, other = (make(8000) for make in HOSTILE[name])
    passages(one, other)
    assert sum(work) <= 20 * (len(one.split()) + len(other.split()))
