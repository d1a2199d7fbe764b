"""The claims by outlets: who has which sentence, how, and on how many origins it rests."""

from dataclasses import replace

import pytest

from sayso.model import Derivation, Entry, Origins, Passage, Span, Story
from sayso.reporting.stories.grid import MANY, MOST_CLAIMS, SHORTEST, claims, grid

from .sample import COURIER, ENTRIES, ORIGINS, QUAY, STORY, SUNK, article, wire_story

BOAT = "“We have sent a boat,” said harbour master Ida Venn."


def test_the_sentences_that_others_have_too_are_the_claims() -> None:
    assert claims(STORY) == (SUNK, QUAY)


def test_each_outlet_has_each_claim_in_its_way() -> None:
    rows = {row.outlets: [cell.how for cell in row.cells] for row in grid(STORY).rows}
    assert rows == {
        ("this article",): ["same", "same"],
        ("Northern Wire",): ["differs", "same"],
        ("blog.example",): ["", "same"],
        ("Mercia Gazette",): ["reworked", ""],
        ("Lowland Courier",): ["same", ""],
    }


def test_what_differs_is_said() -> None:
    [wire] = [row for row in grid(STORY).rows if row.outlets == ("Northern Wire",)]
    assert "“two port workers”" in wire.cells[0].title


def test_the_origins_that_were_counted_stand_beside_their_claim() -> None:
    first, second = grid(STORY, {SUNK: ORIGINS}).claims
    assert (first.answer, first.origins) == ("1 to 2 independent origins", ("two port workers",))
    assert (second.answer, second.origins) == ("", ())


def test_who_says_it_in_other_words_is_known_from_the_origins() -> None:
    story = replace(STORY, derivations=tuple(d for d in STORY.derivations if "c0ffee05" not in (d.earlier, d.later)))
    plain, counted = grid(story), grid(story, {SUNK: ORIGINS})
    cells = [
        [row.cells[0].how for row in each.rows if row.outlets == ("Lowland Courier",)] for each in (plain, counted)
    ]
    assert cells == [[], ["other words"]]


def test_a_sentence_that_is_the_same_within_a_reworked_passage_is_told_as_the_same() -> None:
    early, late = f"{QUAY} Nobody came.", f"{QUAY} No one did come."
    entries = tuple(
        Entry(article(key, text, key), n, f"2024-05-0{n}", f"2024-05-0{n}")
        for n, (key, text) in enumerate((("a", early), ("b", late)), 1)
    )
    passage = Passage((Span(0, len(early)),), (Span(0, len(late)),), "reworked", 19, 0.8)
    story = Story("b", entries, ("a",), (Derivation("a", "b", 0.9, 0, 0, 0.1, "later from earlier", (passage,)),))
    entries = tuple(replace(one, article=replace(one.article, title=None, title_spans=())) for one in entries)
    found = grid(replace(story, entries=entries))
    assert [(claim.text, claim.carried) for claim in found.claims] == [(QUAY, "in 2 articles of 2 outlets")]
    assert [row.cells[0].how for row in found.rows] == ["same", "same"]


def test_many_outlets_that_have_the_same_share_a_row() -> None:
    found = grid(wire_story(300))
    [own, wire] = found.rows
    assert (own.outlets, len(wire.outlets)) == (("this article",), 299)
    assert len(found.claims) == 3 <= MOST_CLAIMS
    few = grid(wire_story(MANY - 1))
    assert all(len(row.outlets) == 1 for row in few.rows)


@pytest.mark.parametrize("story", [Story("gone", (), ()), Story("c0ffee01", ENTRIES[:1], ("c0ffee01",))])
def test_without_others_there_is_no_grid(story: Story) -> None:
    assert grid(story).claims == ()
    assert claims(story) == ()


def test_headlines_and_scraps_are_no_claims() -> None:
    assert all(len(claim.split()) >= SHORTEST for claim in claims(STORY))
    assert COURIER.partition("\n")[0] not in claims(STORY)


def test_an_outlet_counts_once_however_many_articles_it_has() -> None:
    twice = replace(ENTRIES[0], article=replace(ENTRIES[0].article, id="again"))
    link = replace(STORY.derivations[0], earlier="again")
    found = grid(replace(STORY, entries=(*ENTRIES, twice), derivations=(*STORY.derivations, link)), {})
    assert [claim.carried for claim in found.claims] == ["in 5 articles of 3 outlets", "in 4 articles of 3 outlets"]
    assert len([row for row in found.rows if row.outlets == ("Northern Wire",)]) == 1


def test_no_carrier_no_answer() -> None:
    assert grid(STORY, {SUNK: Origins(SUNK, 0, 0)}).claims[0].answer == "No article carries the claim"
