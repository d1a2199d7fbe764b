"""Loaded words, distancing words, scare quotes: what is marked, and whose words they are said to be."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import words
from sayso.annotating import wording
from sayso.annotating.language import parse
from sayso.model import Attribution, Content, Cue, Source, Span
from tests.annotating.reading import analysed

ENTRIES = words.load("wording")["entries"]


def span_of(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def said(text: str, who: str, cue: str, what: str, kind: Any = "indirect") -> Attribution:
    """An attribution made by hand."""
    return Attribution(
        id="a1",
        kind=kind,
        source=Source((span_of(text, who),), "person"),
        cue=Cue((span_of(text, cue),)),
        content=Content((span_of(text, what),)),
    )


def marked(text: str, *attributions: Attribution) -> list[tuple[str, str, str]]:
    return [(w.spans[0].of(text), w.kind, w.voice) for w in wording.find(parse(text), attributions)]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["forms"][0])
def test_every_entry_has_source_and_examples_that_hold(entry: dict[str, Any]) -> None:
    assert entry["source"]
    assert entry["says"]
    assert entry["match"]
    assert entry["no_match"]
    pattern = wording.pattern_of(entry["forms"])
    for text in entry["match"]:
        assert any(wording.allowed(text, hit, entry) for hit in pattern.finditer(text)), text
    for text in entry["no_match"]:
        assert not any(wording.allowed(text, hit, entry) for hit in pattern.finditer(text)), text


def test_no_form_stands_in_two_entries() -> None:
    forms = [form for entry in ENTRIES for form in entry["forms"]]
    assert len(forms) == len(set(forms))


SCARE_QUOTES = [
    ("Members of the Red Lantern “aid group,” which was founded in May, crossed the river.", ["“aid group,”"]),
    ("The two states voiced their alleged “concerns” over the dam.", ["“concerns”"]),
    ('The ministry sent its "advisers" to the port.', ['"advisers"']),
    ("A so-called “people’s court” sat in the barn.", ["“people’s court”"]),
    # speech, names, titles, words that are spoken of
    ("“We lost,” the captain said.", []),
    ("“Never again,” she said.", []),
    ("The captain called the plan “hopeless”.", []),
    ("He described the rescue as a “stunt” of the mayor.", []),
    ("They sang “Blue River” at the gate.", []),
    ("Robert “Bob” Harker ran the mill.", []),
    ("The word “dam” is older than the town.", []),
    ("The raid was known as “harvest night” among the troops.", []),
    ("He asked, “Why now?” and left.", []),
    ("The sign read “closed” in three languages.", []),
    ("The mayor praised “the long and patient work of all the people of the valley” and his “team” of builders.", []),
]


@pytest.mark.parametrize(("text", "expected"), SCARE_QUOTES)
def test_scare_quotes(text: str, expected: list[str]) -> None:
    assert [part for part, kind, _ in marked(text) if kind == "scare quotes"] == expected


def test_the_outlets_own_words() -> None:
    assert marked("The regime sent its militants.") == [
        ("regime", "loaded word", "outlet"),
        ("militants", "loaded word", "outlet"),
    ]


def test_quoted_words_are_the_sources() -> None:
    text = "“The regime will fall,” the envoy said."
    attribution = said(text, "the envoy", "said", "The regime will fall", "direct")
    (word,) = wording.find(parse(text), [attribution])
    assert (word.voice, word.attribution) == ("source", "a1")


def test_reported_words_are_unclear_and_the_reason_says_so() -> None:
    text = "The envoy said that the regime would fall."
    attribution = said(text, "The envoy", "said", "that the regime would fall")
    (word,) = wording.find(parse(text), [attribution])
    assert (word.voice, word.attribution) == ("unclear", "a1")
    assert "it cannot be told" in word.reasons[1]


def test_quoted_words_without_a_source_are_unclear() -> None:
    assert marked("On the wall: “down with the regime and all who serve it” in red paint.")[0][2] == "unclear"


def test_marks_in_reported_speech_are_the_outlets() -> None:
    text = "The Red Lantern “aid group” crossed the river, an officer said."
    attribution = said(text, "an officer", "said", "The Red Lantern “aid group” crossed the river")
    (word,) = wording.find(parse(text), [attribution])
    assert (word.kind, word.voice, word.attribution) == ("scare quotes", "outlet", None)
    assert "cannot be told for certain" in word.reasons[1]


def test_a_quoted_verdict_in_reported_speech_is_the_sources() -> None:
    text = "An officer said the crossing was a “farce”."
    attribution = said(text, "An officer", "said", "the crossing was a “farce”")
    assert wording.find(parse(text), [attribution]) == ()


def test_the_shortest_attribution_counts() -> None:
    text = "The paper wrote that the envoy said that the regime would fall."
    outer = said(text, "The paper", "wrote", "that the envoy said that the regime would fall")
    inner = said(text, "the envoy", "said", "that the regime would fall")
    inner = Attribution("a2", inner.kind, inner.source, inner.cue, inner.content, parent="a1")
    assert [w.attribution for w in wording.find(parse(text), [outer, inner])] == ["a2"]


PIECES = st.sampled_from(
    [
        "The",
        "regime",
        "so-called",
        "“",
        "”",
        '"',
        "'",
        "aid",
        "group,",
        "alleged",
        "said",
        "terrorists",
        ",",
        ".",
        "\n\n",
        "we",
    ]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_spans_hold_for_any_text(text: str) -> None:
    found = wording.find(parse(text), [])
    for word in found:
        (span,) = word.spans
        assert 0 <= span.start < span.end <= len(text)
        assert re.search(r"\w", span.of(text))
        assert len(word.reasons) == 2
    assert list(found) == sorted(found, key=lambda word: word.spans)


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("The so-called rescue group said on Monday that the dam was safe.", "outlet"),
        ("According to the so-called rescue group, the dam is safe.", "outlet"),
        ("“The so-called rescue group told us that it was over,” Anna Berg said.", "source"),
        ("Anna Berg said that the so-called rescue group had claimed that the dam was safe.", "unclear"),
    ],
)
def test_words_about_a_source_are_never_its_own(text: str, voice: str) -> None:
    """They belong to whoever tells of it: the outlet, or the one quoted around it."""
    analysis = analysed(text)
    [found] = [w for w in analysis.wordings if w.kind == "so-called"]
    assert found.voice == voice
    about = [a for a in analysis.attributions if any(s.overlaps(found.spans[0]) for s in a.source.spans)]
    assert found.attribution not in {a.id for a in about}
