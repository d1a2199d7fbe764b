"""brat standoff: read by a reader as strict as brat's own (standoff.py), it says what was found."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sayso.exporting import FORMATS, Kept
from sayso.exporting.brat import fragments, plain
from sayso.model import Article, Content, Span
from tests.exporting.sample import KEPT
from tests.exporting.standoff import Standoff, folder
from tests.reporting.sample import ANALYSIS, TEXT


def exported(given: Kept, place: Path) -> Standoff:
    FORMATS["brat"].write([given], place / "brat")
    [found] = folder(place / "brat").values()
    return found


def test_the_text_is_the_articles_text(tmp_path: Path) -> None:
    assert exported(KEPT, tmp_path).text == TEXT


def test_parts_are_marks_and_relations_tie_them(tmp_path: Path) -> None:
    found = exported(KEPT, tmp_path)
    by_words = {(mark.kind, mark.text): key for key, mark in reversed(found.marks.items())}  # the first of each
    content = by_words["Content", "that the regime was “ready to strike 𝕏”"]
    source, cue = by_words["Source", "a dockside official"], by_words["Cue", "told"]
    assert {("Says", source, content), ("Cues", cue, content)} <= set(found.relations)
    assert ("Hears", by_words["Recipient", "Mercia Press"], content) in found.relations
    outer = by_words["Content", "that a dockside official told Mercia Press that the regime was “ready to strike 𝕏”"]
    assert ("Stands_in", content, outer) in found.relations
    relayed = by_words["Content", "“The quay is open,”"]
    assert ("Passes_on", by_words["Relay", "carried by Northern Wire"], relayed) in found.relations
    assert {("Speech", content, "mixed"), ("Kind", source, "role"), ("Stance", cue, "neutral")} <= set(found.attributes)
    assert found.notes[by_words["Time", "in 2013"]] == "2013-01-01/2013-12-31"
    finding = next(key for key, mark in found.marks.items() if mark.kind == "Finding")
    assert ("Severity", finding, "high") in found.attributes


def test_what_goes_over_lines_or_has_holes_is_one_mark_of_several_pieces(tmp_path: Path) -> None:
    found = exported(KEPT, tmp_path)
    [wording] = [mark for mark in found.marks.values() if mark.kind == "Loaded_word"]
    assert wording.text == "regime was “ready to strike 𝕏”. It"
    assert len(wording.spans) == 2
    holes = replace(ANALYSIS.attributions[1], content=Content((Span(0, 8), Span(10, 14), Span(12, 20))))
    split = exported(Kept(replace(ANALYSIS, attributions=(holes,))), tmp_path / "holes")
    assert [mark.spans for mark in split.marks.values() if mark.kind == "Content"] == [((0, 8), (10, 20))]


def test_not_said_and_thought_are_attributes_without_a_value(tmp_path: Path) -> None:
    said = ANALYSIS.attributions[1]
    unsaid = replace(said, cue=replace(said.cue, negated=True, attitude=True, mood="future"))
    found = exported(Kept(replace(ANALYSIS, attributions=(unsaid,))), tmp_path)
    [cue] = [key for key, mark in found.marks.items() if mark.kind == "Cue"]
    assert {("Negated", cue, None), ("Attitude", cue, None), ("Mood", cue, "future")} <= set(found.attributes)


def test_no_id_leads_out_of_the_folder(tmp_path: Path) -> None:
    evil = replace(ANALYSIS, article=replace(ANALYSIS.article, id="../../evil"))
    FORMATS["brat"].write([evil], tmp_path / "inner" / "brat")
    assert {file.relative_to(tmp_path).parts[:2] for file in tmp_path.rglob("*.txt")} == {("inner", "brat")}


@given(st.text(st.characters(), max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_fragments_cover_every_letter_and_no_line_break(text: str, start: int, end: int) -> None:
    flat = plain(text)
    assert len(flat) == len(text)
    pieces = fragments((Span(start, end),), flat)
    covered = {place for piece in pieces for place in range(*piece)}
    wanted = {place for place in range(start, min(end, len(flat))) if not flat[place].isspace()}
    assert wanted <= covered <= set(range(start, end))
    assert all(piece.of(flat).strip() == piece.of(flat) and "\n" not in piece.of(flat) for piece in pieces)


def test_an_article_without_text_has_two_files(tmp_path: Path) -> None:
    from sayso.model import Analysis

    empty = Analysis(Article("id", "a.txt", "", "hash", "2024-10-20T08:00:00Z", "text/plain"))
    found = exported(Kept(empty), tmp_path)
    assert (found.text, found.marks) == ("", {})
