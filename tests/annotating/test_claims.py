"""Checkable statements: which sentences, on whose word, and what in them can be looked up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotating import claims, times
from sayso.annotating.language import parse
from sayso.model import Attribution, Claim, Content, Cue, Source, Span

SUNDAY = "2024-10-20"


def span_of(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def said(text: str, cue: str, *what: str, name: str = "a1", parent: str | None = None) -> Attribution:
    """An attribution made by hand."""
    content = Content(tuple(span_of(text, part) for part in what))
    return Attribution(name, "indirect", Source((), "unnamed"), Cue((span_of(text, cue),)), content, parent=parent)


def found(text: str, *attributions: Attribution) -> tuple[Claim, ...]:
    return claims.find(parse(text), attributions, times.find(text, SUNDAY))


CLAIMED = [
    (
        "The Red Lantern was founded in Turkey in 2013 by a former officer.",
        [("place", "Turkey"), ("date", "2013")],
    ),
    (
        "The group has received at least $55 million from the fund and £23 million or more from the bank.",
        [("amount", "at least $55 million"), ("amount", "£23 million or more")],
    ),
    ("The shell killed 29 villagers near the town of Brenna.", [("number", "29 villagers"), ("place", "Brenna")]),
    ("The harbour closed on Tuesday after the storm.", [("date", "Tuesday")]),
    ("Prices rose 4.5 percent in the spring of 2015.", [("amount", "4.5 percent"), ("date", "the spring of 2015")]),
    ("The talks have been held in Geneva since March 2011.", [("place", "Geneva"), ("date", "March 2011")]),
    (
        "The plant employs more than 300 people at two sites.",
        [("number", "more than 300 people"), ("number", "two sites")],
    ),
]

NOT_CLAIMED = [
    "Is it true that the bridge fell in 2013?",  # a question
    "The army will march on Monday with 300 men.",  # yet to come
    "The minister could have paid $5 million in 2013.",  # not said to be so
    "The council hopes to open the bridge in 2030.",  # a wish
    "The militants remain a danger to the region.",  # nothing to look up
    "It was a terrible day for the whole country.",  # a judgement
    "Damascus and Ankara have often stressed their old friendship.",  # places that act
    "We lost 300 men in the winter of 2015.",  # somebody speaks: whose words is not known
    "20 October 2024",  # a date line
    "Storm kills 29 in Geneva",  # a headline
    "The report says that 29 people died in Geneva.",  # a source that was not recognised is not the outlet
]


@pytest.mark.parametrize(("text", "quantities"), CLAIMED)
def test_the_outlets_own_statements(text: str, quantities: list[tuple[str, str]]) -> None:
    (claim,) = found(text)
    assert claim.id == "cl1"
    assert claim.attribution is None
    assert claim.spans[0].of(text) == text
    assert [(quantity.kind, quantity.text) for quantity in claim.quantities] == quantities
    assert "no source is given" in claim.reasons[0]


@pytest.mark.parametrize("text", NOT_CLAIMED)
def test_what_is_no_claim(text: str) -> None:
    assert found(text) == ()


def test_a_reported_statement_names_its_attribution() -> None:
    text = "The report says that 29 people died in Geneva on Tuesday."
    (claim,) = found(text, said(text, "says", "that 29 people died in Geneva on Tuesday"))
    assert claim.attribution == "a1"
    assert claim.spans[0].of(text) == "that 29 people died in Geneva on Tuesday"
    assert [quantity.kind for quantity in claim.quantities] == ["number", "place", "date"]


def test_the_innermost_attribution_has_the_claim() -> None:
    text = "The agency reported that witnesses said 29 people died in Geneva."
    outer = said(text, "reported", "that witnesses said 29 people died in Geneva")
    inner = said(text, "said", "29 people died in Geneva", name="a2", parent="a1")
    assert [claim.attribution for claim in found(text, outer, inner)] == ["a2"]


def test_a_sentence_with_a_cue_is_not_the_outlets() -> None:
    text = "The mill, opened in 1950, stands accused of fraud in Geneva."
    assert found(text, said(text, "accused", "of fraud in Geneva")) == ()


def test_a_dateline_is_no_part_of_a_claim() -> None:
    text = "GENEVA, ABC – The harbour closed in 2013 after the storm."
    (claim,) = found(text)
    assert claim.spans[0].of(text) == "The harbour closed in 2013 after the storm."


def test_claims_are_numbered_in_the_order_of_the_text() -> None:
    text = "The mill opened in 1950. It was good. The mill closed in 2013 with 40 workers."
    assert [claim.id for claim in found(text)] == ["cl1", "cl2"]


WORDS = """The group founded was in Turkey 2013 $5 million 29 people said “ ” , . ? will on Tuesday has at least"""
PIECES = st.sampled_from([*WORDS.split(), "\n\n"])


@settings(max_examples=30, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_spans_and_quantities_hold_for_any_text(text: str) -> None:
    for number, claim in enumerate(found(text), 1):
        assert claim.id == f"cl{number}"
        assert claim.quantities
        for quantity in claim.quantities:
            assert any(outer.contains(span) for span in quantity.spans for outer in claim.spans)
            assert quantity.text == quantity.spans[0].of(text)
