"""Which years fit a day without a year: those in which something like it happened on that day."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import events
from sayso.events import Event, adding
from sayso.events.terms import terms

TABLE = [
    Event("2011-04-14", "Norland votes for a new council."),
    Event("2014-04-13", "White Tabards report from Port Halna."),
    Event("2018-04-14", "White Tabards report a strike on Port Halna."),
    Event("2018-04-14", "Envoys meet over the strike on Port Halna."),
    Event("2018-04-15", "The strike on Port Halna ends."),
    Event("2019-04-14", "A strike of bakers in Norland ends; nobody reports from Halna for days and days of snow."),
    Event("2018-05-14", "White Tabards report a strike on Port Halna again."),
]
ASKED = terms("the strike on Port Halna, as White Tabards report")


def test_the_year_in_which_it_happened_comes_first() -> None:
    adding.add("a", "", TABLE)
    best, *rest = events.fit(4, 14, ASKED)
    assert best.year == 2018
    assert [event.text for event in best.events] == [TABLE[2].text, TABLE[3].text]
    assert best.events[0].date == "2018-04-14"
    assert [fit.year for fit in rest] == [2019]
    assert best.score > 5 * rest[0].score


def test_days_around_count_if_asked_for() -> None:
    adding.add("a", "", TABLE)
    years = [(fit.year, len(fit.events)) for fit in events.fit(4, 14, ASKED, spread=1)]
    assert years == [(2018, 3), (2014, 1), (2019, 1)]


@pytest.mark.parametrize("asked", [[], ["nowhere"], terms("bakers of nowhere in summer")])
def test_a_year_without_a_shared_term_is_not_there(asked: list[str]) -> None:
    adding.add("a", "", TABLE)
    assert events.fit(4, 15, asked) == []


def test_a_term_of_every_event_tells_nothing() -> None:
    adding.add("a", "", [Event("2011-04-14", "Halna votes."), Event("2012-04-14", "Halna sleeps.")])
    assert events.fit(4, 14, ["halna"]) == []


def test_many_weak_events_do_not_beat_a_strong_one() -> None:
    weak = [Event("2020-04-14", f"Number {n}: a strike of the bakers of quarter {n * 37 % 101}") for n in range(60)]
    adding.add("a", "", [*TABLE, *weak])
    assert events.fit(4, 14, ASKED)[0].year == 2018


def test_nothing_imported_fits_nothing() -> None:
    assert events.fit(4, 14, ASKED) == []


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(sorted({term for event in TABLE for term in terms(event.text)}))))
def test_scores_are_shares(tmp_path_factory: pytest.TempPathFactory, asked: set[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAYSO_HOME", str(tmp_path_factory.mktemp("any")))
        adding.add("a", "", TABLE)
        found = events.fit(4, 14, asked, 1)
    assert [fit.score for fit in found] == sorted((fit.score for fit in found), reverse=True)
    assert all(0 < fit.score <= len(fit.events) for fit in found)
    for fit in found:
        assert all(event.date.startswith(str(fit.year)) for event in fit.events)
        assert all(terms(event.text) & asked for event in fit.events)
