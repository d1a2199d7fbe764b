"""What a story says first: who had it first, how many carry it, who has it from whom."""

from dataclasses import replace

import pytest

from sayso.model import Citation, Derivation, Entry, Story
from sayso.reporting.stories import wording
from sayso.reporting.stories.naming import Names
from sayso.reporting.stories.view import view

from .sample import STORY, article, wire_story


def entry(
    key: str, outlet: str | None, published: str | None, first: str | None = None, last: str | None = None
) -> Entry:
    return Entry(article(key, "A fire.", outlet, published), None, first, last)


A = entry("a", "Alpha Post", "2024-05-03", "2024-05-02", "2024-05-04")
B = entry("b", "Beta Times", "2024-05-04", "2024-05-03", "2024-05-05")
C = entry("c", "Gamma News", "2024-05-09", "2024-05-08", "2024-05-10")
D = entry("d", "Delta Sun", "2024-05-03", "2024-05-02", "2024-05-04")
UNDATED = entry("u", "Undated", None)
SEEN_EARLY = entry("e", "Early Bird", None, None, "2024-04-30")
SEEN = entry("s", "Seen Daily", None, None, "2024-05-09")


@pytest.mark.parametrize(
    ("entries", "first", "said"),
    [
        ([A, C], ["a"], "Alpha Post (3 May 2024) had it first of the articles in the corpus."),
        (
            [A, C],
            ["a", "c"],
            "Going by the dates: Alpha Post (3 May 2024) had it first of the articles in the corpus. Whether another, dated "
            "later, has it from elsewhere is not told.",
        ),
        (
            [A, D, C, entry("x", "Extra", "2024-05-12", "2024-05-11", "2024-05-13")],
            ["a", "d", "c", "x"],
            "Going by the dates: either Alpha Post (3 May 2024) or Delta Sun (3 May 2024) had it first; the dates do not "
            "tell. Whether 2 others, dated later, have it from elsewhere is not told.",
        ),
        (
            [A, D, C],
            ["a", "d"],
            "Either Alpha Post (3 May 2024) or Delta Sun (3 May 2024) had it first; the dates do not tell.",
        ),
        (
            [A, B, C],
            ["a", "b"],
            "Either Alpha Post (3 May 2024) or Beta Times (4 May 2024) had it first; the dates do not tell (a day counts "
            "with the one before and the one after, for time zones).",
        ),
        (
            [A, B, D, C],
            ["a", "b", "d"],
            "One of 3 had it first: Alpha Post (3 May 2024), Beta Times (4 May 2024) or Delta Sun (3 May 2024); the dates do "
            "not tell (a day counts with the one before and the one after, for time zones).",
        ),
        (
            [A, C, SEEN],
            ["a", "s"],
            "Alpha Post (3 May 2024) had it first of the articles in the corpus. 1 article without a date may be older.",
        ),
        (
            [SEEN_EARLY, A, C],
            ["e"],
            "Early Bird (by 30 April 2024) had it first of the articles in the corpus.",
        ),
        (
            [SEEN, UNDATED],
            ["s", "u"],
            "Who had it first cannot be told: none of the articles has a date.",
        ),
        ([C, A], ["c"], "This article (9 May 2024) had it first of the articles in the corpus."),
        (
            [A, C, UNDATED],
            ["a"],
            "Alpha Post (3 May 2024) had it first of the articles in the corpus. 1 article without a date may be older.",
        ),
        ([UNDATED, entry("v", "Other", None)], [], "Who had it first cannot be told: none of the articles has a date."),
        ([A, C], [], "Who had it first cannot be told."),
        ([C], ["c"], "No other article of the corpus shares enough text with it, or is cited for it."),
        ([], [], "No other article of the corpus shares enough text with it, or is cited for it."),
    ],
)
def test_who_had_it_first(entries: list[Entry], first: list[str], said: str) -> None:
    story = Story("c", tuple(entries), tuple(first))
    assert wording.first(story, Names(story.entries, "c")) == said
    assert view(story).answer[0] == said


def link(way: str, *chances: float, ends: tuple[str, str] = ("a", "b")) -> Derivation:
    return Derivation(*ends, *chances, way)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (link("later from earlier", 0.97, 0.01, 0.01, 0.01), "Beta Times almost certainly has it from Alpha Post"),
        (link("later from earlier", 0.85, 0.05, 0.05, 0.05), "Beta Times very likely has it from Alpha Post"),
        (link("later from earlier", 0.6, 0.1, 0.2, 0.1), "Beta Times likely has it from Alpha Post"),
        (link("earlier from later", 0.1, 0.6, 0.2, 0.1), "Alpha Post likely has it from Beta Times"),
        (
            link("earlier from later", 0.1, 0.6, 0.2, 0.1, ends=("a", "c")),
            "Alpha Post likely has it from this article, though its date is earlier",
        ),
        (
            link("common source", 0.1, 0.1, 0.7, 0.1),
            "Alpha Post and Beta Times likely both have it from a common source",
        ),
        (link("unclear", 0.45, 0.35, 0.1, 0.1), "Alpha Post and Beta Times: either may have it from the other"),
        (
            link("unclear", 0.3, 0.05, 0.45, 0.2, ends=("c", "b")),
            "This article and Beta Times may have it from a common source; that is not sure",
        ),
        (
            link("unclear", 0.3, 0.05, 0.15, 0.5),
            "Alpha Post and Beta Times: it cannot be told whether one has it from the other",
        ),
    ],
)
def test_who_has_it_from_whom(given: Derivation, said: str) -> None:
    assert wording.way(given, Names([A, B, C], "c")) == said


def test_how_many_carry_it_and_how_many_are_left_out() -> None:
    report = view(STORY)
    assert report.answer[1] == "4 other articles share text with it: 2 earlier, 1 later, 1 where the dates do not tell."
    assert report.gaps[-1].message == "14 more articles share less and are not shown."
    assert [gap.message for gap in view(replace(STORY, left=1, gaps=())).gaps] == [
        "1 more article shares less and is not shown."
    ]
    apart = view(replace(STORY, derivations=STORY.derivations[:2]))
    assert apart.answer[1:3] == (
        "2 other articles share text with it: 2 earlier.",
        "2 more hang together with it only through others, or by what is cited.",
    )


def test_a_wire_story_is_told_in_a_few_sentences() -> None:
    assert view(wire_story(300)).answer == (
        "Northern Wire (3 May 2024) had it first of the articles in the corpus.",
        "299 other articles share text with it: 1 earlier, 298 where the dates do not tell.",
        "This article almost certainly has it from Northern Wire, directly or through others.",
        "299 articles likely have it from Northern Wire, directly or through others.",
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            Citation("a", "Beta Times", "named as source", ("b",)),
            "Alpha Post names as its source: Beta Times (here: Beta Times (4 May 2024))",
        ),
        (
            Citation("c", "Tallow Radio", "credit line"),
            "This article gives a credit to Tallow Radio (no article of it in the corpus)",
        ),
        (
            Citation("gone", "Alpha Post", "address", ("a", "b")),
            "article gone links to Alpha Post (here: Alpha Post (3 May 2024) or Beta Times (4 May 2024))",
        ),
    ],
)
def test_who_cites_whom(given: Citation, said: str) -> None:
    assert wording.citing(given, Names([A, B, C], "c")) == said


def test_articles_of_one_outlet_are_told_apart() -> None:
    second = entry("a2", "Alpha Post", "2024-05-08", "2024-05-07", "2024-05-09")
    twins = [replace(UNDATED, article=replace(UNDATED.article, id=key)) for key in ("u1", "u2")]
    names = Names([A, second, B, *twins])
    assert [names.dated(key) for key in ("a", "a2", "b", "u1", "u2")] == [
        "Alpha Post of 3 May 2024",
        "Alpha Post of 8 May 2024",
        "Beta Times (4 May 2024)",
        "Undated (1) (no date)",
        "Undated (2) (no date)",
    ]


def test_a_day_that_is_not_among_the_possible_ones_is_not_told_as_its_day() -> None:
    names = Names([entry("x", "Old Post", "2024-05-03", None, "2018-04-14")])
    assert names.dated("x") == "Old Post (by 14 April 2018)"
