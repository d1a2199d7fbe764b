"""The terminal: what comes first, and that no page can steer it."""

from dataclasses import replace

import pytest

from sayso.model import Analysis, Finding, Gap
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
    links = tuple(replace(chain, links=(replace(chain.links[0], name=HOSTILE),)) for chain in ANALYSIS.chains)
    found = replace(
        ANALYSIS,
        article=article,
        chains=links,
        actors=tuple(replace(actor, name=HOSTILE) for actor in ANALYSIS.actors),
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
