"""Two articles side by side: every sentence of both is there once, where it belongs."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus.alignment import Worded, passages
from sayso.model import Derivation, Entry
from sayso.reporting.stories.beside import Beside, beside
from sayso.reporting.stories.html import beside_page
from sayso.reporting.stories.naming import Names

from ..test_html import Page
from .sample import ENTRIES, FROM_WIRE, STORY, article

BANK = (
    "The harbour office closed the east quay on Friday morning after a barge had run aground.",
    "Ida Venn, the harbour master, said that nobody had been hurt on board or ashore.",
    "Two tugs from Mercia arrived at noon and left again without the barge.",
    "Fishermen sold their catch from the beach, as they had in the flood of 1987.",
    "The ministry in Halna put the damage at four million crowns and promised help.",
    "Divers will look at the hull when the tide allows it, on Sunday at the earliest.",
)


def laid(one: str, other: str) -> Beside:
    """Two texts side by side, as the corpus aligns them."""
    entries = [
        Entry(replace(article(key, text, key.upper()), title=None, title_spans=()), None, day, day)
        for key, text, day in (("a", one, "2024-05-01"), ("b", other, "2024-05-09"))
    ]
    shared = passages(Worded.of(one), Worded.of(other))
    link = Derivation("a", "b", 0.9, 0.0, 0.0, 0.1, "later from earlier", shared, 1, 1)
    return beside(link, Names(entries))


def rows(found: Beside) -> list[tuple[str, str, str]]:
    """Each line as its kind and the words on either side."""
    return [
        (line.kind, line.left.text if line.left else "", line.right.text if line.right else "") for line in found.lines
    ]


def test_what_was_kept_lost_and_added() -> None:
    found = laid("\n\n".join(BANK[:3]), "\n\n".join((BANK[0], BANK[5], BANK[2])))
    assert rows(found) == [
        ("kept", BANK[0], BANK[0]),
        ("lost", BANK[1], ""),
        ("added", "", BANK[5]),
        ("kept", BANK[2], BANK[2]),
    ]
    assert [
        piece.kind for line in found.lines for side in (line.left, line.right) if side for piece in side.pieces
    ] == [
        "same",
        "same",
        "lost",
        "new",
        "same",
        "same",
    ]


def test_what_was_moved_is_told_as_moved() -> None:
    found = laid("\n\n".join(BANK[:4]), "\n\n".join((BANK[3], *BANK[:3])))
    assert [row[0] for row in rows(found)] == ["moved", "kept", "kept", "kept", "moved"]
    assert not {"lost", "added"} & set(found.counts)


def test_a_reworded_sentence_stands_beside_the_other() -> None:
    other = BANK[1].replace("said that nobody", "told reporters no one")
    _, line = laid(f"{BANK[0]}\n{BANK[1]}", f"{BANK[0]}\n{other}").lines
    assert line.kind == "kept"
    assert line.right is not None
    assert [piece.text.strip() for piece in line.right.pieces if piece.kind == "new"] == ["told reporters no one"]


def test_a_sentence_that_was_made_two_is_neither_lost_nor_added() -> None:
    two = "The ministry in Halna put the damage at four million crowns. The ministry promised help."
    assert [row[0] for row in rows(laid(BANK[4], two))] == ["kept"]


@given(st.lists(st.sampled_from(BANK), max_size=8), st.lists(st.sampled_from(BANK), max_size=8))
def test_every_sentence_of_both_is_there_once_and_in_order(one: list[str], other: list[str]) -> None:
    lines = laid("\n".join(one), "\n".join(other)).lines
    assert " ".join(line.left.text for line in lines if line.left).split() == " ".join(one).split()
    assert " ".join(line.right.text for line in lines if line.right).split() == " ".join(other).split()
    assert all((line.kind == "kept") == (line.left is not None and line.right is not None) for line in lines)


def test_where_the_dates_do_not_tell_nothing_is_lost_or_new() -> None:
    undated = [replace(entry, earliest=None, latest=None) for entry in ENTRIES]
    found = beside(FROM_WIRE, Names(undated))
    kinds = {piece.kind for line in found.lines for side in (line.left, line.right) if side for piece in side.pieces}
    assert not found.ordered
    assert kinds == {"same", "differs"}


def test_two_headlines_stand_beside_each_other() -> None:
    first = beside(FROM_WIRE, Names(ENTRIES)).lines[0]
    assert (first.left.text if first.left else "", first.right.text if first.right else "") == (
        "Fuel barge said to have sunk off Tallow Point",
        "Fuel barge sinks off Tallow Point",
    )


def test_two_that_share_nothing_are_said_to() -> None:
    assert laid(BANK[0], BANK[3]).sentence == "They share no passage"
    assert laid("", "").lines == ()


def test_the_page_is_whole_and_loads_nothing() -> None:
    page = Page(beside_page(FROM_WIRE, Names(STORY.entries, STORY.asked)))
    ids = page.ids()
    assert len(ids) == len(set(ids))
    assert {attrs["href"] for tag, attrs in page.elements if tag == "a"} == {
        "#main",
        "https://wire.example/barge",
        "https://courier.example/1",
    }
    assert [tag for tag, _ in page.elements].count("h1") == 1
