"""Wikipedia's pages of current events: which of their lines are events, and which day they are about."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.events import wikitext
from sayso.events.wikitext import Page
from tests.events import pages


def test_a_page() -> None:
    assert [tuple(item) for item in wikitext.items(pages.PAGE)] == pages.ITEMS
    assert [tuple(item) for item in wikitext.items(pages.OLD_PAGE)] == [("", "A ferry sinks off Port Halna.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*A ship sinks.", ["A ship sinks."]),
        ("*A ship sinks.}}", ["A ship sinks."]),
        ("*A [[ship]] of {{lang|no|Nordland}} sinks.", ["A ship of Nordland sinks."]),
        ("*A ship (the [http://x.example Amber]) sinks.", ["A ship (the Amber) sinks."]),
        ("*A ship sinks. [http://x.example/a_(b) (Post)], [http://x.example (Courier)],", ["A ship sinks."]),
        ("*A ship sinks. [http://x.example]", ["A ship sinks."]),
        ("*<!-- *No event. -->A ship <!-- a\nb -->sinks.", ["A ship sinks."]),
        ("*A ship sinks. <!-- to the end\n*No event.", ["A ship sinks."]),
        ("* [[Amber Sea]]:\n** A ship sinks.\n** Another sails.", ["A ship sinks.", "Another sails."]),
        ("A line of prose.\n{|\n|*A cell\n|}\n", []),
        ("*[[Amber Sea]]", []),
        ("", []),
        ("*", [""]),
        ("lol lol", []),
        ("*" + "[[a]]" * 101, []),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    assert [item.text for item in wikitext.items(text)] == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Portal:Current events/2018 April 14", "", date(2018, 4, 14)),
        ("Portal:Current_events/2018_April_14", "", date(2018, 4, 14)),
        ("2018 April 14", "", date(2018, 4, 14)),
        ("x", pages.PAGE, date(2018, 4, 14)),
        ("x", pages.OLD_PAGE, date(2009, 4, 14)),
        ("x", "{{Current events\n| year = 2018\n| month = 4\n| day = 14\n}}", date(2018, 4, 14)),
        ("Portal:Current events/2018 April 31", "", None),
        ("Portal:Current events/April 2018", "", None),
        ("x", "*A ship sinks in {{current|2018|4|14}}.", None),
        ("x", "", None),
    ],
)
def test_the_day(title: str, text: str, expected: date | None) -> None:
    assert wikitext.day_of(Page(title, text)) == expected


@given(st.dates(date(2002, 7, 1), date(2100, 1, 1)))
def test_a_title_names_its_day(day: date) -> None:
    assert wikitext.day_of(Page(wikitext.title(day), None)) == day


@pytest.mark.parametrize(
    "answer",
    [
        {
            "query": {
                "pages": [
                    {"title": "A", "revisions": [{"slots": {"main": {"content": "text"}}}]},
                    {"title": "B", "missing": True},
                ]
            }
        },
        {"query": {"pages": {"1": {"title": "A", "revisions": [{"*": "text"}]}, "-1": {"title": "B", "missing": ""}}}},
        {
            "query": {
                "pages": {
                    "1": {"title": "A", "revisions": [{"slots": {"main": {"*": "text"}}}]},
                    "-1": {"title": "B", "missing": ""},
                }
            }
        },
    ],
)
def test_answers_of_the_api(answer: object) -> None:
    assert list(wikitext.pages(answer)) == [Page("A", "text"), Page("B", None)]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        None,
        3,
        {"query": {}},
        {"query": {"pages": [3]}},
        {"query": {"pages": [{"title": "A", "revisions": [{}]}]}},
    ],
)
def test_other_answers(answer: object) -> None:
    with pytest.raises(ValueError, match="no answer of the MediaWiki API"):
        list(wikitext.pages(answer))


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "*",
                "[[",
                "]]",
                "{{",
                "}}",
                "|",
                "'''",
                "\n",
                "<ref>",
                "</ref>",
                "[http://x (",
                "]",
                "a",
                " ",
                "<!--",
                "-->",
                "==",
                ";",
                "flag",
                "{|",
                "&amp;",
            ]
        )
    )
)
def test_any_wikitext_is_read(pieces: list[str]) -> None:
    for item in wikitext.items("".join(pieces)):
        assert "\n" not in item.text


@pytest.mark.parametrize("piece", ["{{a|", "[[a|", "<ref name=", "[http://x (", "<!--", "{|", "'''", "*{{a|"])
def test_wikitext_made_to_hurt(piece: str) -> None:
    """It comes to an end: where it takes more than its length, the test run does not."""
    for text in ("*" + piece * 50_000, ("*" + piece * 90 + "\n") * 20):
        assert all("\n" not in item.text for item in wikitext.items(text))
