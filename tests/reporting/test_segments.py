"""Cutting a text at its marks never loses or moves a letter."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Span
from sayso.reporting.segments import Mark, Marked, Segment, blocks, split

TEXTS = st.text(st.sampled_from("ab \n𝕏🚢مé\u200f"), max_size=60)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Marked]]:
    text = draw(TEXTS)
    edge = st.integers(0, len(text) + 3)
    pairs = draw(st.lists(st.tuples(edge, edge), max_size=12))
    return text, [(Span(min(p), max(p)), Mark(f"n{n % 7}", "who", "content")) for n, p in enumerate(pairs)]


def places(segments: list[Segment], mark: Mark) -> set[int]:
    return {at for seg in segments if mark in seg.marks for at in range(seg.start, seg.end)}


@given(marked_texts())
def test_segments_give_back_the_text_and_every_span(case: tuple[str, list[Marked]]) -> None:
    text, marked = case
    segments = list(split(text, marked))
    assert "".join(segment.text for segment in segments) == text
    assert all(segment.text == text[segment.start : segment.end] for segment in segments)
    for mark in {mark for _, mark in marked}:
        wanted = {at for span, each in marked if each == mark for at in range(span.start, min(span.end, len(text)))}
        assert places(segments, mark) == wanted


@given(marked_texts())
def test_paragraphs_give_back_the_text_and_every_span(case: tuple[str, list[Marked]]) -> None:
    text, marked = case
    found = blocks(text, marked)
    assert "".join("".join(seg.text for seg in block.segments) + block.after for block in found) == text
    segments = [segment for block in found for segment in block.segments]
    for mark in {mark for _, mark in marked}:
        spans = [span for span, each in marked if each == mark]
        wanted = {at for span in spans for at in range(span.start, min(span.end, len(text))) if text[at] != "\n"}
        assert places(segments, mark) == wanted


@given(marked_texts())
def test_the_outermost_mark_comes_first(case: tuple[str, list[Marked]]) -> None:
    text, marked = case
    for segment in split(text, marked):
        starts = [
            min(span.start for span, each in marked if each == mark and span.start <= segment.start < span.end)
            for mark in segment.marks
        ]
        assert starts == sorted(starts)


def test_many_marks_are_cut_quickly() -> None:
    text = "word " * 20_000
    marked = [(Span(at, at + 200), Mark(f"n{at}", "who", "content")) for at in range(0, len(text) - 200, 20)]
    assert sum(len(segment.text) for block in blocks(text, marked) for segment in block.segments) == len(text)
