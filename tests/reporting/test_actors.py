"""The list of actors: whom a reader could ask, how much rests on them, and how the text uses those it does not name."""

from dataclasses import replace
from typing import get_args

import pytest

from sayso.model import Actor, Analysis, Anonymity, Chain, Link, Listing, SourceKind, Span
from sayso.reporting.actors import ActorRow
from sayso.reporting.labels import standing
from sayso.reporting.view import view

from .sample import ANALYSIS, ARTICLE


def rows(*actors: Actor, analysis: Analysis = ANALYSIS) -> tuple[ActorRow, ...]:
    return view(replace(analysis, actors=actors or analysis.actors)).actors


@pytest.mark.parametrize(
    ("kind", "named", "seen", "words"),
    [
        ("person", True, None, "named person"),
        ("person", False, None, "person, not named"),
        ("organisation", True, None, "organisation"),
        ("organisation", False, None, "organisation, not named"),
        ("outlet", True, None, "outlet"),
        ("document", True, None, "document"),
        ("document", True, True, "document (seen)"),
        ("document", True, False, "document (not seen)"),
        ("document", False, True, "document, not named (seen)"),
        ("role", False, None, "role, no name"),
        ("role", True, None, "office"),
        ("group", False, None, "group, no name"),
        ("group", True, None, "named group"),
        ("unnamed", False, None, "unnamed"),
        ("outlet", True, True, "outlet"),
    ],
)
def test_in_plain_words(kind: SourceKind, named: bool, seen: bool | None, words: str) -> None:
    assert standing(Actor("e1", "x", kind, (), named=named, seen=seen)) == words


def test_every_kind_has_words() -> None:
    for kind in get_args(SourceKind):
        assert standing(Actor("e1", "x", kind, (), named=True)) != standing(Actor("e1", "x", kind, ())) or (
            kind == "unnamed"
        )


def test_those_come_first_on_whom_most_rests_and_the_named_before_the_unnamed() -> None:
    shown = rows()
    assert [row.statements for row in shown] == sorted((row.statements for row in shown), reverse=True)
    assert [(row.name, row.statements) for row in shown] == [
        ("Northern Wire", 4),
        ("Mercia Press", 2),
        ("unnamed sources", 2),
        ("Mara Quill", 1),
        ("a dockside official", 1),
        ("a customs ledger", 1),
        ("Lowland Courier", 0),
        ("Port Ember customs", 0),
    ]


def test_the_outlet_itself_carries_nothing_by_publishing() -> None:
    chain = Chain("c1", "a1", (Link("Courier", "outlet", "e1"), Link("Wire", "outlet", "e2", "a1")), True, "certain")
    shown = rows(
        Actor("e1", "Courier", "outlet", ()),
        Actor("e2", "Wire", "outlet", ()),
        analysis=replace(ANALYSIS, chains=(chain, replace(chain, id="c2"))),
    )
    assert [(row.name, row.statements) for row in shown] == [("Wire", 1), ("Courier", 0)]


def test_a_document_says_whose_it_is() -> None:
    [ledger] = [row for row in rows() if row.owner]
    assert (ledger.name, ledger.owner) == ("a customs ledger", "Port Ember customs")
    assert rows(Actor("e1", "a report", "document", (), owner="nowhere"))[0].owner is None


def test_somebody_not_named_with_a_reason() -> None:
    [hidden] = [row.hidden for row in rows() if row.name == "a dockside official"]
    assert hidden is not None
    assert hidden.explained == "Why not named, in the text's own words"
    assert [passage.words for passage in hidden.why] == ["because he was not allowed to talk to reporters"]
    assert all(passage.target for passage in (*hidden.why, *hidden.statements))
    assert hidden.judging == ""


def test_somebody_not_named_without_a_reason_who_judges() -> None:
    [hidden] = [row.hidden for row in rows() if row.name == "unnamed sources"]
    assert hidden is not None
    assert hidden.explained == "No reason is given for not naming them"
    assert hidden.judging == "1 of 2 statements is an opinion about somebody, not a fact"
    assert [passage.words for passage in hidden.opinions] == ["Quill reckless"]
    several = Anonymity(statements=("a1", "a2", "a7"), opinions=("a2", "a7", "a7"))
    [row] = rows(Actor("e1", "sources", "unnamed", (), anonymity=several))
    assert row.hidden is not None
    assert row.hidden.judging == "2 of 3 statements are opinions about somebody, not facts"


def test_ids_and_spans_that_lead_nowhere_break_nothing() -> None:
    lost = Anonymity((Span(-4, 2), Span(9_000, 9_100), Span(7, 7)), ("none",), ("none",))
    [row] = rows(Actor("e1", "", "unnamed", ("",), owner="none", anonymity=lost))
    assert row.name == "nobody named"
    assert row.hidden is not None
    assert [passage.target for passage in row.hidden.why] == [None, None, None]
    assert row.hidden.judging == ""


def test_a_table_says_only_what_it_says() -> None:
    listings = (Listing("Table A", "Wire"), Listing("", "Wire", classed="x", source="javascript:alert(1)"))
    [row] = rows(Actor("e1", "Wire", "outlet", (), listings=listings))
    assert [listed.words for listed in row.listings] == [
        "Table A lists it as “Wire” (the table's word, not Sayso's)",
        "A table without a name lists it as “Wire”: classed “x” (the table's word, not Sayso's)",
    ]
    assert [listed.address for listed in row.listings] == [None, None]


def test_chains_that_read_the_same_but_end_with_others_stay_apart() -> None:
    """Two of one name, one of whom can be asked: made one, the chain would say so of both."""
    courier = Link("Courier", "outlet")
    chains = tuple(
        Chain(f"c{n}", "a1", (courier, Link("Smith", "person", f"e{n}", "a1")), True, "certain") for n in (1, 2)
    )
    actors = (Actor("e1", "Smith", "person", (), named=True), Actor("e2", "Smith", "person", ()))
    paths = view(replace(ANALYSIS, actors=actors, chains=chains)).paths
    assert [[link.hollow for link in path.links] for path in paths] == [[False, False], [False, True]]


def test_links_without_an_actor_are_hollow_and_an_unknown_outlet_is_too() -> None:
    links = (
        Link("this page (outlet unknown)", "outlet"),
        Link("Smith", "person", None, "a1"),
        Link("Jones", "person", "gone", "a1"),
        Link("nobody named", "unnamed", None, "a1"),
    )
    unknown = Analysis(replace(ARTICLE, outlet=None), chains=(Chain("c1", "a1", links, False, "unclear"),))
    [path] = view(unknown).paths
    assert all(link.hollow for link in path.links)
    assert [link.standing for link in path.links] == [
        "outlet not known",
        "person, not resolved",
        "person, not resolved",
        "nobody to ask",
    ]
