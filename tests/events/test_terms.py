"""What a text is about: words and names, as an index of events and a report are compared by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.events.terms import terms, without_sources


def names(text: str) -> set[str]:
    return {term[1:] for term in terms(text) if term.startswith("=")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Envoys of Halna met on Monday.", {"envoys", "halna", "met"}),
        ("Halna's envoys and Norland’s", {"halna", "norland", "envoys"}),
        ("She said that he didn't", set()),
        ("Žofia Ørsted, Łukasz", {"zofia", "orsted", "lukasz"}),
        ("Rebels seize 14 towns on the 3rd of April", {"rebels", "seize", "towns"}),
    ],
)
def test_words(text: str, expected: set[str]) -> None:
    assert {term for term in terms(text) if not term.startswith("=")} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The White Tabards leave Port Halna.", {"white tabards", "port halna"}),
        ("In Halna, President Ada Winter spoke.", {"halna", "president ada winter", "ada winter"}),
        (
            "Secretary of State Rufus Lindqvist spoke.",
            {"secretary of state rufus lindqvist", "rufus lindqvist"},
        ),
        ("envoys of Omar al-Sabet and of al-Sabet", {"omar al sabet", "al sabet"}),
        ("Then Hunter S. Morrow, Dr. Lund and Gen. Adam Kerr met", {"hunter morrow", "lund", "adam kerr"}),
        ("The U.S. Navy and the U.N. met", {"us navy", "un"}),
        ("Côte d'Ambre and Mr. O'Leary", {"cote d ambre", "o'leary"}),
        ("Terrorists strike. Gunmen flee. HALNA denies it.", {"halna"}),
        ("Norland's Ada Winter spoke in April.", {"ada winter"}),
        ("THE WHOLE TEXT OF THIS REPORT STANDS IN CAPITALS AND IN NOTHING ELSE", set()),
        ("the Halna–Norland border; Halna-Norland talks", {"halna", "norland", "halna norland"}),
    ],
)
def test_names(text: str, expected: set[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two ships collide. (Amber Post)", "Two ships collide."),
        ("Two ships collide. (Amber Post), (Courier)", "Two ships collide."),
        ('He says "no". (Post) (Courier via Amber (Norland)).', 'He says "no".'),
        ("Two ships collide. (Amber Post) One sinks. (Courier)", "Two ships collide. One sinks."),
        ("Two ships collide (Post) (Courier)", "Two ships collide"),
        (
            "The last of the nine ships leaves the port of Halna (Post)",
            "The last of the nine ships leaves the port of Halna",
        ),
        ("Halna war (2001–present)", "Halna war (2001–present)"),
        ("The Party of Halna (PH) wins.", "The Party of Halna (PH) wins."),
        ("Two ships collide. (Amber Post", "Two ships collide. (Amber Post"),
    ],
)
def test_the_outlets_behind_an_event_are_cut_off(text: str, expected: str) -> None:
    assert without_sources(text) == expected


@given(st.text())
def test_any_text_has_terms_that_can_be_stored(text: str) -> None:
    for term in terms(text):
        assert term == term.strip()
        assert "\n" not in term
        assert 0 < len(term) <= 101


@given(st.text(alphabet="ab AB.'()-é\n"))
def test_outlets_are_cut_off_once_and_for_all(text: str) -> None:
    cut = without_sources(text)
    assert set(cut) <= set(text)
    assert len(cut) <= len(text)


@pytest.mark.parametrize("piece", ["Aa ", "A. ", "(", "(a) ", ". (a", "Aa of the ", "A'", "al-", "' "])
def test_long_repetitions_come_to_an_end(piece: str) -> None:
    text = piece * 30_000
    assert terms(text) == terms(text)
    assert len(without_sources(text)) <= len(text)
