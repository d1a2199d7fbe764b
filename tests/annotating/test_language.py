"""The parse keeps every character of the text where it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotating import language

WRAPPED = (
    "The harbour master said on Monday that the bridge over the inner\n"
    "harbour, which was closed in spring, would open again before the\n"
    "first ferries of the season arrive from the outer islands.\n\n"
    "He gave no date.\n"
)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab A.\n\t\u00a0“”SAN🦊-", max_size=80))
def test_paragraphs_together_are_the_text(text: str) -> None:
    assert "".join(span.of(text) for span in language.paragraphs(text)) == text


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ab A.\n\t\u00a0“”SAN🦊-", max_size=60))
def test_tokens_stand_where_the_text_has_them(text: str) -> None:
    doc = language.parse(text)
    assert len(doc.text) == len(text)
    assert all(t.is_space or text[t.idx : t.idx + len(t.text)] == t.text for t in doc)


def test_wrapped_lines_are_one_sentence() -> None:
    assert language.is_wrapped(WRAPPED)
    sentences = [s.text.strip() for s in language.parse(WRAPPED).sents]
    assert len(sentences) == 2
    assert sentences[0].endswith("islands.")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("EASTERHOLM, HALNA – The army said no.", "EASTERHOLM, HALNA – "),
        ("PORT SABLE (Tidewire) - The army said no.", "PORT SABLE (Tidewire) - "),
        ("Sable TV - Members of the group said no.", "Sable TV - "),
        ("The group - which denied it - said no.", "The group - which denied it - said no."),
    ],
)
def test_a_dateline_is_no_part_of_the_first_sentence(text: str, first: str) -> None:
    assert next(language.paragraphs(text)).of(text) == first


def test_a_paragraph_without_end_is_cut() -> None:
    text = "word " * 10_000
    assert max(end - start for start, end in language.paragraphs(text)) <= language.LONGEST_PARAGRAPH
