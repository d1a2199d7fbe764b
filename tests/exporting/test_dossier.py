"""The dossier: what it says, how lines of both directions are set, and that it tells what it has no signs for."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.exporting import FORMATS, Kept, Told
from sayso.exporting.dossier import bidi
from sayso.exporting.dossier.letters import BOX, Setter
from sayso.exporting.dossier.lines import LONGEST, Look, Run, Setting, Text, paragraphs
from sayso.model import Analysis, Article
from tests.exporting.readers import read_pdf
from tests.exporting.sample import KEPT, TOLD, many
from tests.reporting.sample import ANALYSIS
from tests.reporting.stories.sample import STORY, wire_story

ROOM = 300.0


def dossier(text: str, place: Path, language: str = "en") -> str:
    article = Article("id", "a.txt", text, "hash", "2024-10-20T08:00:00Z", "text/plain", language=language)
    FORMATS["pdf"].write([Analysis(article)], place / "a.pdf")
    return " ".join(read_pdf(place / "a.pdf").split())


def test_it_says_all_that_was_found(tmp_path: Path) -> None:
    FORMATS["pdf"].write([KEPT], tmp_path / "a.pdf")
    said = " ".join(read_pdf(tmp_path / "a.pdf").split())
    assert "1. The main claim rests on unnamed people only, reached through Northern Wire and Mercia Press." in said
    assert "Lowland Courier ← Northern Wire ← Mercia Press ← a dockside official" in said
    assert "the regime was “ready to strike" in said
    assert "What could not be told ? Who “المتحدث" in said
    assert "Ines Holm (2026-11-25T09:05:00Z): change time" in said
    assert "“It is the Tuesday before.”" in said
    assert "this version of Sayso does not find what it was about" in said
    assert "Sayso 0.1.0" in said


def test_a_story_says_who_had_it_first_and_what_changed(tmp_path: Path) -> None:
    FORMATS["pdf"].write(TOLD, tmp_path / "s.pdf")
    said = " ".join(read_pdf(tmp_path / "s.pdf").split())
    assert "Either Northern Wire (3 May 2024) or blog.example (3 May 2024) had it first" in said
    assert "“may have sunk” has become “has sunk”." in said
    assert "1 to 2 independent origins" in said
    assert "Tallow Radio" in said


def test_a_story_is_drawn_with_its_signs(tmp_path: Path) -> None:
    FORMATS["pdf"].write(Told(STORY), tmp_path / "s.pdf")
    said = " ".join(read_pdf(tmp_path / "s.pdf").split())
    assert "Tallow Radio; not in the corpus" in said
    assert "an outlet that is cited, and of which the corpus has no article" in said
    document = pypdfium2.PdfDocument(tmp_path / "s.pdf")
    page = document[0]
    picture = page.render(scale=1).to_pil().convert("RGB")
    assert (163, 22, 14) in {picture.getpixel((x, y)) for x in range(picture.width) for y in range(300, 700)}


def test_of_long_lists_a_part_is_set_and_the_rest_is_counted(tmp_path: Path) -> None:
    FORMATS["pdf"].write(wire_story(300), tmp_path / "s.pdf")
    said = " ".join(read_pdf(tmp_path / "s.pdf").split())
    assert "… and 557 more; the tables (csv, jsonl, parquet) have them all." in said
    document = pypdfium2.PdfDocument(tmp_path / "s.pdf")
    assert len(document) < 25


def test_each_article_begins_a_page_and_is_in_the_list_of_contents(tmp_path: Path) -> None:
    FORMATS["pdf"].write(many(3), tmp_path / "a.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    titles = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    articles = [page for level, _, page in titles if level == 0]
    assert len(articles) == 3
    assert articles[0] == 0
    assert len(set(articles)) == 3
    assert (1, "What to look at first", 0) in titles


def test_nothing_stands_outside_of_the_margins(tmp_path: Path) -> None:
    article = replace(ANALYSIS.article, title="A" * 400, url="https://x.example/" + "b" * 900)
    FORMATS["pdf"].write([Kept(replace(ANALYSIS, article=article))], tmp_path / "a.pdf")
    for page in pypdfium2.PdfDocument(tmp_path / "a.pdf"):
        text = page.get_textpage()
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            assert left >= 56
            assert right <= page.get_width() - 55
            assert bottom >= 28
            assert top <= page.get_height() - 50


@pytest.mark.parametrize(
    "words",
    [
        "Порт закрыт, сказал министр.",
        "Το λιμάνι έκλεισε.",
        "قال المتحدث إن الميناء مفتوح",
        "הנמל סגור, אמר השר.",
        "Նավահանգիստը փակ է",
        "ポ",
    ],
)
def test_letters_of_many_scripts_are_drawn(words: str, tmp_path: Path) -> None:
    said = dossier(f"{words} 12", tmp_path)
    if words == "ポ":
        assert f"no signs stand as {BOX}: Chinese, Japanese or Korean." in said
        assert words not in said
    else:
        assert words in said
        assert "no signs" not in said


def test_what_has_no_sign_is_told_by_its_script(tmp_path: Path) -> None:
    said = dossier("港は閉鎖 बंदरगाह 🚢 open", tmp_path)
    assert "no signs stand as □: Chinese, Japanese or Korean, Devanagari, signs and pictures." in said


def test_a_right_to_left_article_stands_on_the_right(tmp_path: Path) -> None:
    dossier("قال المتحدث إن الميناء مفتوح\n\nThe port is open", tmp_path, "ar")
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    page = document[0]
    text = page.get_textpage()
    found = text.get_text_range()
    for words in ("قال", "The port is open"):
        at = found.index(words)
        rights = [text.get_charbox(place)[2] for place in range(at, at + len(words))]
        assert max(rights) == pytest.approx(page.get_width() - 56.7, abs=4)


# --- lines -----------------------------------------------------------------------------------------------------------


def set_lines(*runs: Run, right: bool | None = None) -> list[list[str]]:
    """The pieces of each line, from the left."""
    [text] = paragraphs(runs, Setting(right=right), Setter())
    text.wrap(ROOM, 1000)
    return [[piece.text for piece in text.paragraph.pieces(*line)] for line in text.lines]


def test_words_go_on_the_next_line_and_none_is_lost() -> None:
    words = "The harbour office closed the east quay on Friday morning and said it was looking into the reports."
    lines = set_lines(Run(words))
    assert len(lines) == 2
    assert " ".join("".join(line) for line in lines) == words


def test_a_word_longer_than_a_line_is_cut() -> None:
    lines = set_lines(Run("a " + "b" * 400 + " c"))
    assert "".join("".join(line) for line in lines).replace(" ", "") == "a" + "b" * 400 + "c"


@given(st.lists(st.text("ab אבسل 12().🚢\u0301", max_size=30), max_size=5))
def test_every_letter_of_a_line_is_drawn_once_whatever_its_direction(words: list[str]) -> None:
    looks = (Look(), Look(bold=True), Look(8))
    runs = [Run(text, looks[number % 3]) for number, text in enumerate(words)]
    for text in paragraphs(runs, Setting(right=None), Setter()):
        text.wrap(60, 1000)
        for start, end in text.lines:
            drawn = "".join(piece.text for piece in text.paragraph.pieces(start, end))
            given_letters = text.paragraph.text[start:end]
            assert sorted(drawn.translate(bidi.MIRRORED)) == sorted(given_letters.translate(bidi.MIRRORED)) or (
                sorted(drawn.replace("(", ")")) == sorted(given_letters.replace("(", ")"))
            )


def test_a_paragraph_goes_on_on_the_next_page() -> None:
    [text] = paragraphs([Run("word " * 300)], Setting(), Setter())
    _, height = text.wrap(ROOM, 1000)
    top, rest = text.split(ROOM, height / 2)
    assert isinstance(rest, Text)
    assert top.wrap(ROOM, 1000)[1] + rest.wrap(ROOM, 1000)[1] == pytest.approx(height)
    assert text.split(ROOM, 3) == []


def test_a_text_without_an_end_is_set_in_portions() -> None:
    made = list(paragraphs([Run("word " * 4000), Run("x" * 9000)], Setting(), Setter()))
    assert all(len(text.paragraph.text) <= LONGEST for text in made)
    assert "".join(text.paragraph.text for text in made) == "word " * 4000 + "x" * 9000


# --- directions ------------------------------------------------------------------------------------------------------


def shown(text: str, right: bool) -> str:
    levels = bidi.levels(text, right)
    letters = (
        text[place].translate(bidi.MIRRORED) if levels[place] % 2 else text[place] for place in bidi.visual(levels)
    )
    return "".join(letters)


@pytest.mark.parametrize(
    ("text", "right", "expected"),
    [
        ("abc", False, "abc"),
        ("אבג", True, "גבא"),
        ("abc אבג def", False, "abc גבא def"),
        ("אבג abc דהו", True, "והד abc גבא"),
        ("אבג 123 דהו", True, "והד 123 גבא"),
        ("אבג 1,234.5 דהו", True, "והד 1,234.5 גבא"),
        ("אבג (BBC)", True, "(BBC) גבא"),
        ("BBC (אבג)", False, "BBC (גבא)"),
        ("(אבג)", False, "(גבא)"),
        ("אבג (ABC דהו)", True, "(והד ABC) גבא"),
        ("السعر 50%", True, "%50 رعسلا"),
        ("قال $50", True, "50$ لاق"),
        ("abc!", True, "!abc"),
        ("", True, ""),
    ],
)
def test_letters_stand_in_the_order_of_their_direction(text: str, right: bool, expected: str) -> None:
    # As UAX #9 has it; `unicode-bidi` (Rust) gave the same for 20,000 mixed texts in both directions.
    assert shown(text, right) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“אבג 12”: 2024-05-12 (Sunday)", "“12 גבא”: 2024-05-12 (Sunday)"),
        ("this page ← «אבג» ← דהו", "this page ← «גבא» ← והד"),
        ("אבג: “דהו” (likely)", "גבא: “והד” (likely)"),
        ("“אבג (BBC)”, that is אבג; 2 statements", "“(BBC) גבא”, that is גבא; 2 statements"),
        ("no such letters", "no such letters"),
    ],
)
def test_an_arabic_name_turns_nothing_else_of_our_sentences(text: str, expected: str) -> None:
    found = bidi.own_levels(text)
    letters = (
        text[place].translate(bidi.MIRRORED) if found[place] % 2 else text[place] for place in bidi.visual(found)
    )
    assert "".join(letters) == expected


@given(st.text(st.characters(), max_size=50), st.booleans())
def test_every_letter_has_a_level_and_a_place(text: str, right: bool) -> None:
    levels = bidi.levels(text, right)
    assert len(levels) == len(text)
    assert set(levels) <= {0, 1, 2, 3} - ({0} if right else set())
    assert sorted(bidi.visual(levels)) == list(range(len(text)))
