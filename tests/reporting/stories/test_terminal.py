"""Stories and origins in a terminal: what comes first, how much of it, and that no article can steer it."""

from dataclasses import replace

import pytest

from sayso.model import Carrier, Exhibit, Origin, Origins, Span, Story

from .hostile import EVIL_ORIGINS, EVIL_STORY
from .outputs import printed
from .sample import ORIGINS, STORY, wire_story


def test_what_matters_stands_first() -> None:
    shown = printed(STORY)
    order = [
        "Who had it first",
        "Either Northern Wire (3 May 2024) or blog.example (3 May 2024) had it first",
        "4 other articles share text with it",
        "What to look at first",
        "Passage by passage",
        "Who has it from whom",
        "What was lost and added",
        "Who cites whom",
        "What could not be told",
        "14 more articles share less and are not shown.",
    ]
    assert [shown.index(words) for words in order] == sorted(shown.index(words) for words in order)


def test_changed_words_are_marked_without_colour() -> None:
    shown = " ".join(printed(STORY).replace("│", "").split())
    assert "A fuel barge with [-an estimated 40-] barrels on board [-may have-] sunk" in shown
    assert "A fuel barge with {+400+} barrels on board {+has+} sunk" in shown
    assert "[-these words-] stand in the earlier text only; {+these+} in the later one only" in shown


def test_two_texts_stand_beside_each_other_where_there_is_room() -> None:
    narrow, wide = (
        [line for line in printed(STORY, width).splitlines() if "A fuel barge with" in line and "barrels" in line]
        for width in (80, 140)
    )
    assert any("[-an" in line and "{+400+}" in line for line in wide)
    assert not any("[-an" in line and "{+400+}" in line for line in narrow)


@pytest.mark.parametrize("given", [STORY, EVIL_STORY, ORIGINS, wire_story(30), Story("gone", (), ())], ids=range(5))
@pytest.mark.parametrize("width", [10, 20, 40, 80, 120, 200])
def test_no_line_is_too_long_or_ends_in_spaces(given: Story, width: int) -> None:
    for line in printed(given, width, explain=True).splitlines():
        assert len(line) <= max(width, 20), line
        assert line == line.rstrip()


@pytest.mark.parametrize("given", [EVIL_STORY, EVIL_ORIGINS], ids=["story", "origins"])
@pytest.mark.parametrize("width", [80, 140])
def test_nothing_in_the_articles_is_obeyed(given: Story, width: int) -> None:
    shown = printed(given, width, explain=True)
    assert not [letter for letter in shown if letter != "\n" and (ord(letter) < 32 or 127 <= ord(letter) < 160)]
    assert not set(shown) & set("\u202e\ud800")
    assert "[bold red]x[/] :bomb:" in " ".join(shown.split())


def test_reasons_and_probabilities_come_only_when_asked_for() -> None:
    for words in ("it is dated 3 days later", "both from a common source 6%", "an equal run of words"):
        assert words not in printed(STORY, 100)
        assert words in " ".join(printed(STORY, 200, explain=True).split())


def test_a_wire_story_of_three_hundred_fits_a_few_screens_and_nothing_is_lost_on_request() -> None:
    story = wire_story(300)
    short, whole = printed(story), printed(story, explain=True)
    assert len(short.splitlines()) < 100
    assert "… and 295 more (--explain)" in short
    assert all(f"Paper {n} " in whole for n in range(1, 300))


def test_a_story_without_dates_tells_so() -> None:
    entries = tuple(
        replace(entry, earliest=None, latest=None, article=replace(entry.article, published=None))
        for entry in STORY.entries
    )
    shown = " ".join(printed(replace(STORY, entries=entries, first=())).split())
    assert "Who had it first cannot be told: none of the articles has a date." in shown
    assert "4 other articles share text with it: the dates do not tell whether earlier or later." in shown
    assert "[~may have~]" in shown
    assert "[-" not in shown
    assert ": earlier," not in shown


def test_one_article_alone_and_a_story_of_nothing() -> None:
    for story in (Story("c0ffee01", STORY.entries[:1], ("c0ffee01",)), Story("gone", (), ())):
        shown = printed(story)
        assert "No other article of the corpus shares enough text with it, or is cited for it." in " ".join(
            shown.split()
        )
        assert "Passage by passage" not in shown


def test_ids_and_spans_that_lead_nowhere_break_nothing() -> None:
    beyond = (Span(-5, 2), Span(5, 5), Span(10_000, 20_000), Span(9, 3))
    link = replace(
        STORY.derivations[0], earlier="gone", passages=(replace(STORY.derivations[0].passages[0], spans=beyond),)
    )
    broken = replace(
        STORY,
        derivations=(link,),
        first=("gone",),
        findings=(replace(STORY.findings[0], exhibits=(Exhibit("gone", beyond),)),),
    )
    assert "article gone had it first" in printed(broken, explain=True)


def test_how_many_origins_stands_first_and_each_has_its_proof_and_its_chains() -> None:
    shown = " ".join(printed(ORIGINS, 100).split())
    assert shown.startswith("1 to 2 independent origins")
    assert "│ Northern Wire (3 May 2024): according to two port workers who asked not to be named" in shown
    assert (
        "- Mercia Gazette (9 May 2024) ← Lowland Courier of 6 May 2024 ← Northern Wire (3 May 2024) ← two port workers"
        in shown
    )
    assert (
        "Lowland Courier, undated may have it from Lowland Courier of 6 May 2024 (62%) or own report of Lowland Courier (38%)."
        in shown
    )


def test_origins_of_a_claim_that_nobody_carries() -> None:
    assert printed(Origins("a fire", 0, 0)).startswith("No article carries the claim\n")


def test_carriers_that_rest_on_each_other_end() -> None:
    carriers = tuple(
        Carrier(one, (), ((other, 1.0),)) for one, other in (("c0ffee01", "c0ffee03"), ("c0ffee03", "c0ffee01"))
    )
    origin = Origin("o1", "person", "Ida Venn", ("c0ffee01",), (), 0.5)
    shown = printed(replace(ORIGINS, carriers=carriers, origins=(origin,)), 100)
    assert "- Northern Wire (3 May 2024) ← … ← Ida Venn" in shown
