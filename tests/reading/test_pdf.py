"""PDFs: lines to paragraphs, the pages' furniture, and files without text."""

import pytest

from sayso.errors import ReadingError
from sayso.reading import pdf as reader
from sayso.reading import read
from tests.reading.pdfs import column, pdf

LINES = [
    "Officials said on Monday that the road to the coast would stay closed",
    "until the end of the week, and that a letter from the minis-",
    "try had come too late to change anything about it.",
]
OTHERS = [
    "Two drivers told the agency that they had waited for nine hours and",
    "that nobody had brought them any water.",
]
FIRST = (
    "Officials said on Monday that the road to the coast would stay closed until the end of the week, and that a "
    "letter from the ministry had come too late to change anything about it."
)
SECOND = "Two drivers told the agency that they had waited for nine hours and that nobody had brought them any water."


@pytest.mark.parametrize(
    "lines",
    [
        column([*LINES, "", *OTHERS]),
        [*column(LINES), *column(OTHERS[:1], top=684, x=84), *column(OTHERS[1:], top=672)],  # an indented first line
        column([*LINES, *OTHERS]),  # a short last line alone
    ],
)
def test_paragraphs(lines: list) -> None:
    assert read(pdf([lines])).text == f"{FIRST}\n\n{SECOND}"


def test_headline_and_dates() -> None:
    lines = [
        (72, 780, 20, "Road to the coast stays closed"),
        (72, 750, 10, "20 October 2024"),
        *column([*LINES, "", *OTHERS]),
    ]
    article = read(
        pdf([lines], Title="Microsoft Word - road.docx", Author="Jane Roe", CreationDate="D:20250102030405+01'00'")
    )
    assert article.title == "Road to the coast stays closed"
    assert article.title_spans == ((0, 30),)
    assert (article.media_type, article.byline, article.published) == ("application/pdf", "Jane Roe", "2024-10-20")
    assert [(one.value, one.origin) for one in article.dates] == [
        ("2024-10-20", "visible text"),
        ("2025-01-02T03:04:05+01:00", "PDF metadata"),
    ]


def test_pages_and_their_furniture() -> None:
    pages = [
        [(72, 810, 8, "Coast Herald"), *column(lines), (290, 30, 8, f"Page {number} of 2")]
        for number, lines in enumerate((LINES[:2], [*LINES[2:], "", *OTHERS]), 1)
    ]
    article = read(pdf(pages))
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert [part.text for part in article.residue] == ["Coast Herald", "Page 1 of 2", "Coast Herald", "Page 2 of 2"]


def test_only_the_day_it_was_made() -> None:
    article = read(pdf([column(LINES)], CreationDate="D:20240102"))
    assert article.published == "2024-01-02"
    assert article.published_evidence is not None
    assert "the file was made" in article.published_evidence


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("the govern\ufffe", "ment", "the government"),
        ("the Anglo\ufffe", "American bank", "the Anglo-American bank"),
        ("a state\ufffe", "owned firm", "a state-owned firm"),
        ("from 2020\ufffe", "21", "from 2020-21"),
        ("no hyphen", "here", "no hyphen here"),
    ],
)
def test_hyphens(text: str, line: str, expected: str) -> None:
    assert reader.joined(text, line, frozenset({"state-owned"})) == expected


WHOLE = pdf([column(LINES), column(OTHERS)])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf([[], []]), "no text in its 2 page"),
        (pdf([[(72, 30, 8, "7")]]), "no text in its 1 page"),
        (WHOLE[: len(WHOLE) // 3], "broken or cut off"),
        (b"%PDF-1.4", "broken or cut off"),
        (b"%PDF-1.7\n" + b"\x00" * 1000, "broken or cut off"),
        (WHOLE.replace(b"/Root 1 0 R", b"/Root 9 0 R /Encrypt << /Filter /Odd >>"), "encrypted"),
    ],
)
def test_unreadable(data: bytes, words: str) -> None:
    with pytest.raises(ReadingError, match=words) as caught:
        read(data, name="report.pdf")
    assert str(caught.value).startswith("report.pdf: ")


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 1)
    article = read(WHOLE)
    assert article.text == FIRST
    assert "Only the first 1 of 2 pages were read." in article.notes
