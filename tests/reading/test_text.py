"""Bare text: what becomes of its head and of its end."""

import pytest

from sayso.model import Article
from sayso.reading import read
from tests.shared import SHARED, needs

PROSE = "Officials said on Monday that the road to the coast would stay closed until the end of the week at least."
MORE = "Two drivers told the agency that they had waited for nine hours, and that nobody had brought them any water."

RELAYED = f"""\
20 Oct 2024

Press TV - Members of the so-called relief group are said to be planning a protest at the harbour, a report says.

{PROSE}

{MORE}

Your Name
Your Email Address"""


def text_of(*paragraphs: str) -> bytes:
    return "\n\n".join(paragraphs).encode()


def test_relayed_report() -> None:
    article = read(RELAYED.encode(), name="relayed")
    assert article.outlet == "Press TV"
    assert article.outlet_evidence == 'dateline "Press TV -"'
    assert [(date.value, date.origin, date.spans) for date in article.dates] == [
        ("2024-10-20", "first line", ((0, 11),))
    ]
    assert article.published == "2024-10-20"
    assert article.language == "en"
    assert [(part.text, part.reason) for part in article.residue] == [
        ("Your Name", "comment form"),
        ("Your Email Address", "comment form"),
    ]
    assert article.text.endswith("brought them any water.")
    assert RELAYED.startswith(article.text)


@needs("samples", "relayed_report.txt")
def test_real_sample() -> None:
    article = read(str(SHARED / "samples" / "relayed_report.txt"))
    assert (article.outlet, article.published, article.language) == ("Press TV", "2024-10-20", "en")
    assert article.dates[0].origin == "first line"
    assert article.dates[0].spans == ((0, 11),)
    assert [part.text for part in article.residue] == ["Your Name", "Your Email Address"]
    assert article.text.endswith("near the border with Turkey.")


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Road to the coast stays closed", "Road to the coast stays closed"),
        ("Who closed the road to the coast?", "Who closed the road to the coast?"),
        ("Poll: Most Drivers Would Wait Again.", "Poll: Most Drivers Would Wait Again."),
        ("He said that he would wait.", None),  # a sentence
        ("These were the conditions:", None),
        ("20 Oct 2024", None),
        ("IDLEB, SANA – Road closed", None),  # a dateline opens a paragraph
        (PROSE, None),
    ],
)
def test_headline(first: str, title: str | None) -> None:
    article = read(text_of(first, PROSE, MORE), name="x")
    assert article.title == title
    assert [span.of(article.text) for span in article.title_spans] == ([title] if title else [])


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        (["Road stays closed", "By Jane Roe"], "Jane Roe"),
        (["Road stays closed", "By Jane Roe, Coast Herald"], "Jane Roe"),
        (["Road stays closed", "5 March 2024", "Written by Jane Roe and P. Low"], "Jane Roe and P. Low"),
        (["Road stays closed", "By the end of the week it was open."], None),
        (["Road stays closed", "By midnight"], None),
    ],
)
def test_byline(lines: list[str], byline: str | None) -> None:
    assert read(text_of(*lines, PROSE, MORE), name="x").byline == byline


@pytest.mark.parametrize(
    ("opening", "outlet"),
    [
        ("Press TV - Members of the group", "Press TV"),
        ("IDLEB, SANA – Members of the group", "SANA"),
        ("Aleppo SANA-Members of the group", "SANA"),
        ("LONDON (Reuters) - Members of the group", "Reuters"),
        ("WASHINGTON, Oct 20 (Reuters) - Members of the group", "Reuters"),
        ("BEIRUT (AP) — Members of the group", "Associated Press"),
        ("DAMASCUS, Syria (AP) — Members of the group", "Associated Press"),
        ("BEIJING, Oct. 20 (Xinhua) -- Members of the group", "Xinhua News Agency"),
        ("MOSCOW, October 20. /TASS/. Members of the group", "TASS"),
        ("6 October 2016 Aleppo SANA-Members of the group", "SANA"),
        ("ISLETON (Isles Wire) - Members of the group", "Isles Wire"),
        ("Sputnik – the first of its kind – was a ball of the group", None),
        ("Reuters reported that members of the group", None),
        ("The minister (Reuters once called him the bridge) said to members of the group", None),
        ("He spoke to Reuters - Members of the group", None),
        ("NATO (North Atlantic Treaty Organization) - members of the group", None),
    ],
)
def test_dateline(opening: str, outlet: str | None) -> None:
    article = read(text_of(f"{opening} met at the harbour on Friday, and nobody knows what they have agreed on.", MORE))
    assert article.outlet == outlet


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("20 Oct 2024\n\nOfficials", ("2024-10-20", "first line", "20 Oct 2024")),
        ("Sunday, October 20, 2024\n\nOfficials", ("2024-10-20", "first line", "Sunday, October 20, 2024")),
        ("2024-10-20\nOfficials", ("2024-10-20", "first line", "2024-10-20")),
        ("20.10.2024 | World\n\nOfficials", ("2024-10-20", "first line", "20.10.2024")),
        ("Road closed\n\nPublished: 20 October 2024\n\nOfficials", ("2024-10-20", "visible text", "20 October 2024")),
        ("Wed 05 Apr 2017 Road closed. Officials", ("2017-04-05", "first line", "Wed 05 Apr 2017")),
        ("Published February 18 2015 The road is closed. Officials", ("2015-02-18", "first line", "February 18 2015")),
        ("Last updated: 20 Oct 2024\n\nOfficials", ("2024-10-20", "first line", "20 Oct 2024")),
        ("LONDON, Oct 20, 2024 (Reuters) - Officials", ("2024-10-20", "dateline", "Oct 20, 2024")),
        ("Date of publication 5 July 2016 The bomber. Officials", ("2016-07-05", "first line", "5 July 2016")),
        ("05.10.2017(updated 1935) Officials", ("2017-10-05", "first line", "05.10.2017")),
        ("March 15, 2011, was a Tuesday. Officials", None),
        ("May 4 2012 was when officials", None),
        ("On 20 October 2024 officials", None),
        ("05/04/2017\n\nOfficials", None),  # the fifth of April or the fourth of May
        ("13/04/2017\n\nOfficials", ("2017-04-13", "first line", "13/04/2017")),
        ("The elections of 20 October 2024\n\nOfficials", None),
    ],
)
def test_date_in_the_head(opening: str, expected: tuple[str, str, str] | None) -> None:
    article = read(f"{opening} said that the road to the coast would stay closed for a week or two.\n\n{MORE}".encode())
    found = [(one.day, one.origin, "".join(span.of(article.text) for span in one.spans)) for one in article.dates]
    assert found == ([expected] if expected else [])
    assert article.published == (expected[0] if expected else None)


def test_a_day_of_change_is_told_apart() -> None:
    article = read(text_of("Published 20 Oct 2024 | Updated 22 Oct 2024", PROSE, MORE))
    assert [(one.day, one.role) for one in article.dates] == [("2024-10-20", "published"), ("2024-10-22", "modified")]
    only = read(text_of("Last updated 22 Oct 2024", PROSE, MORE))
    assert only.published == "2024-10-22"
    assert only.published_evidence is not None
    assert "last change" in only.published_evidence


def test_days_that_cannot_be() -> None:
    article = read(text_of("20 Oct 2924", PROSE, MORE))
    assert article.published is None
    assert article.dates[0].value == "2924-10-20"
    assert any("cannot be the day of publication" in note for note in article.notes)


def test_text_is_kept_as_it_stands() -> None:
    raw = f"\ufeffA  b\r\n\r\n  {PROSE}\t\r\n\x00\x07{MORE}  \n\n".encode()
    assert read(raw).text == f"A  b\n\n  {PROSE}\t\n{MORE}  \n\n"


def test_identity() -> None:
    first, second = (read(PROSE.encode(), name="x") for _ in range(2))
    assert _without_time(first) == _without_time(second)
    assert first.id == first.sha256[:16]
    assert first.captured.endswith("+00:00")


def _without_time(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in article.__slots__ if name != "captured"}
