"""The terminal: what comes first, and that no page can steer it."""

from dataclasses import replace

import pytest

from sayso.model import Analysis, Anonymity, Finding, Gap, Listing
from sayso.reporting.terminal import PARTS

from .outputs import printed
from .sample import ANALYSIS, ARTICLE

HOSTILE = "[bold red]x[/] :bomb: \x1b[31m\x1b]0;owned\x07 \x9b2J \r\x08 \u202egnp.exe \ud800"


def test_findings_stand_before_all_else_with_their_passage() -> None:
    lines = printed(ANALYSIS)
    order = [
        "What to look at first",
        "!! 1. The main claim",
        "│ citing unnamed sources",
        "Who rests on whom",
        "Times in",
    ]
    assert [lines.index(words) for words in order] == sorted(lines.index(words) for words in order)


def test_a_chain_reads_from_the_outlet_to_the_last_source() -> None:
    assert "Lowland Courier ← Northern Wire ← Mercia Press ← a dockside official" in printed(ANALYSIS)
    assert "Lowland Courier ← ? (breaks off here)" in printed(ANALYSIS)


@pytest.mark.parametrize("width", [10, 20, 40, 80, 200])
def test_no_line_is_too_long_or_ends_in_spaces(width: int) -> None:
    for line in printed(ANALYSIS, width, explain=True).splitlines():
        assert len(line) <= max(width, 20), line
        assert line == line.rstrip()


@pytest.mark.parametrize("part", [None, *PARTS])
def test_nothing_in_the_article_is_obeyed(part: str | None) -> None:
    article = replace(ARTICLE, title=HOSTILE, outlet=HOSTILE, input=HOSTILE, byline=HOSTILE, notes=(HOSTILE,))
    links = tuple(
        replace(chain, links=tuple(replace(link, name=HOSTILE, reasons=(HOSTILE,)) for link in chain.links))
        for chain in ANALYSIS.chains
    )
    found = replace(
        ANALYSIS,
        article=article,
        chains=links,
        actors=tuple(
            replace(
                actor,
                name=HOSTILE,
                names=(HOSTILE, HOSTILE * 2),
                anonymity=Anonymity(opinions=("a1",), reasons=(HOSTILE,)),
                listings=(Listing(*[HOSTILE] * 7),),
            )
            for actor in ANALYSIS.actors
        ),
        findings=(Finding(HOSTILE, "high", HOSTILE, (), (HOSTILE,)),),
        gaps=(Gap(HOSTILE, HOSTILE),),
    )
    shown = printed(found, explain=True, part=part)
    assert not [letter for letter in shown if letter != "\n" and (ord(letter) < 32 or 127 <= ord(letter) < 160)]
    assert "\u202e" not in shown
    assert "\ud800" not in shown
    assert "[bold red]x[/] :bomb:" in shown


def test_reasons_come_only_when_asked_for() -> None:
    reason = "“reported” is a verb of speaking"
    assert reason not in printed(ANALYSIS)
    assert reason in printed(ANALYSIS, 200, explain=True)


def test_a_text_that_was_not_analysed_says_so() -> None:
    gap = Gap("language", "The text is Arabic.")
    for part in (None, *PARTS):
        assert "The text is Arabic." in printed(Analysis(ARTICLE, analysed=False, gaps=(gap,)), part=part)


def test_a_part_with_nothing_in_it_says_so() -> None:
    assert "Nothing of this kind was found" in printed(Analysis(ARTICLE), part="words")


def test_every_link_has_a_line_with_the_words_that_prove_it() -> None:
    lines = [line.strip() for line in printed(ANALYSIS, 100, part="chain").splitlines()]
    first = lines.index("- Lowland Courier ← Northern Wire ← Mercia Press ← a dockside official")
    assert lines[first + 1 : first + 8] == [
        "likely; 1 statement",
        "● Lowland Courier: the outlet itself",
        "● Northern Wire: outlet — “Northern Wire, citing unnamed sources, reported”",
        "● Mercia Press: outlet — “told Mercia Press”",
        "○ a dockside official: role, no name — “a dockside official told”",
        "what rests on it:",
        "│ that the regime was “ready to strike 𝕏”",
    ]


def test_a_chain_that_breaks_off_says_why_without_being_asked() -> None:
    shown = printed(ANALYSIS, 100, part="chain")
    assert "? breaks off at “nobody named”: an agentless passive" in shown
    alone = shown.partition("- Lowland Courier ← ? (breaks off here)")[2].partition("\n\n")[0]
    assert "the outlet itself" not in alone
    assert "? The source was not found." in alone
    silent = replace(ANALYSIS, chains=tuple(replace(chain, reasons=()) for chain in ANALYSIS.chains))
    assert "? breaks off here" in printed(silent, 100, part="chain")


def test_the_parts_show_all_statements_and_the_report_the_first() -> None:
    chains = tuple(replace(ANALYSIS.chains[2], id=f"c{n}", statement=f"a{n}") for n in range(1, 8))
    many = replace(ANALYSIS, chains=chains)
    part, whole = printed(many, 100, part="chain"), printed(many, 100)
    for words in ("“The quay is open,”", "forty barrels", "Quill reckless"):
        assert f"│ {words}" in part.partition("Who speaks")[0]
        assert f"│ {words}" not in whole.partition("Who speaks")[0]
    assert "7 statements, first:" in whole


def test_what_a_table_says_stays_its_word() -> None:
    shown = " ".join(printed(ANALYSIS).split())
    assert (
        "Register of Presses lists it as “Northern Wire”: kind “news agency”; country “Lowland”; owner “Ministry of "
        "the North”; classed “state-controlled” (the table's word, not Sayso's), https://register.example/northern-wire"
    ) in shown


def test_who_passed_it_on_stands_beside_who_was_told() -> None:
    shown = printed(ANALYSIS, 100, explain=True)
    assert "told to: Mercia Press" in shown
    assert "passed on by: Northern Wire" in shown
