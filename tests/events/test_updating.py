"""Fetching Wikipedia's daily pages: politely, resumable, and nothing lost whatever the server answers."""

from datetime import date, timedelta

import pytest

from sayso import events
from sayso.errors import ReadingError, SaysoError, ServerError
from sayso.events import Event, adding, updating
from tests.events.pages import PAGE, Server, page

TODAY = date(2018, 6, 30)
DAYS = [date(2018, 4, 1) + timedelta(days=n) for n in range(70)]
URL = updating.API


class Run:
    """An update with a server, and the seconds it waited."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.waited: list[float] = []

    def __call__(self, since: date = DAYS[0], until: date = DAYS[-1], today: date = TODAY) -> updating.Update:
        return updating.update(updating.Way(self.server.get, self.waited.append), since, until, today)


@pytest.fixture
def server() -> Server:
    return Server({day: page(f"On {day.isoformat()} ship number {n} sails.") for n, day in enumerate(DAYS)})


def stored() -> dict[str, list[str]]:
    found = events.opened()
    texts: dict[str, list[str]] = {}
    for entry in found.between(date.min, date.max) if found else []:
        assert entry.event.source == "wikipedia"
        texts.setdefault(entry.event.date, []).append(entry.event.text)
    return texts


def test_days_come_in_batches_with_a_pause(server: Server) -> None:
    run = Run(server)
    result = run()
    assert (result.days, result.added, result.empty) == (70, 70, [])
    assert [len(asked) for asked in server.asked] == [50, 20]
    assert run.waited == [updating.PAUSE]
    assert stored() == {day.isoformat(): [f"On {day} ship number {n} sails."] for n, day in enumerate(DAYS)}


def test_what_is_there_is_not_fetched_again(server: Server) -> None:
    Run(server)()
    server.asked.clear()
    assert Run(server)(until=DAYS[-1] + timedelta(days=1)).days == 1
    assert server.asked == [[DAYS[-1] + timedelta(days=1)]]


def test_young_pages_are_fetched_anew_and_replaced(server: Server) -> None:
    today = DAYS[10]
    Run(server)(until=today, today=today)
    server.asked.clear()
    server.contents[today] = "'''Halna'''\n*The ship came back. [http://x.example (Post)]\n*It left again."
    later = today + timedelta(days=1)
    result = Run(server)(until=later, today=later)
    assert server.asked == [DAYS[4:12]]
    assert result.days == 8
    assert stored()[today.isoformat()] == ["The ship came back.", "It left again."]
    assert sum(map(len, stored().values())) == 13
    found = events.opened()
    assert found is not None
    assert found.frequency(["ship", "left", "number"]) == {"ship": 12, "left": 1, "number": 11}


def test_a_page_fetched_while_young_is_fetched_once_more_much_later(server: Server) -> None:
    Run(server)(until=DAYS[3], today=DAYS[3])
    server.asked.clear()
    Run(server)(until=DAYS[3])
    Run(server)(until=DAYS[3])
    assert server.asked == [DAYS[:4]]


def test_an_interrupted_update_goes_on(server: Server) -> None:
    server.before = [{}, KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        Run(server)()
    assert len(stored()) == 50
    server.asked.clear()
    assert Run(server)().days == 20
    assert server.asked == [DAYS[50:]]
    assert len(stored()) == 70


MAXLAG: dict[str, object] = {"error": {"code": "maxlag", "info": "Waiting for db: 6 seconds lagged.", "lag": 6}}


@pytest.mark.parametrize(
    ("before", "waited"),
    [
        ([MAXLAG], [5]),
        ([MAXLAG, MAXLAG, MAXLAG, MAXLAG], [5, 10, 20, 40]),
        ([ServerError(URL, "the server answered 429 Too Many Requests", 429, 30.0)], [30]),
        ([ServerError(URL, "the server answered 429 Too Many Requests", 429)], [5]),
        ([ServerError(URL, "the server answered 503 Service Unavailable", 503, 1.0), MAXLAG], [5, 10]),
        ([{"error": {"code": "ratelimited", "info": "Too fast"}}], [5]),
    ],
)
def test_a_busy_server_is_waited_for(
    server: Server, before: list[BaseException | dict[str, object] | bytes], waited: list[float]
) -> None:
    server.before = before
    run = Run(server)
    assert run(until=DAYS[9]).days == 10
    assert run.waited == waited


@pytest.mark.parametrize(
    ("answers", "why", "tries"),
    [
        ([MAXLAG] * 9, "busy, also at the 5th try", 5),
        ([ServerError(URL, "the server answered 429 Too Many Requests", 429, 3600.0)], "asks to wait 3600 seconds", 1),
        ([ServerError(URL, "the server answered 403 Forbidden", 403)], "403 Forbidden", 1),
        ([ReadingError(URL, "the host en.wikipedia.org cannot be found")], "cannot be found", 1),
        ([{"error": {"code": "badvalue", "info": "Unrecognized value"}}], "badvalue: Unrecognized value", 1),
        ([b"<html>Wikimedia Error</html>"], "no JSON", 1),
        ([b"[" * 100_000], "no JSON", 1),
        ([b"[]"], "no answer of the MediaWiki API", 1),
        ([{"batchcomplete": True}], "no answer of the MediaWiki API", 1),
        ([{"query": {"pages": []}}], "none of the pages", 1),
        (
            [{"query": {"pages": [{"title": "Portal:Current events/1999 April 1", "missing": True}]}}],
            "none of the pages",
            1,
        ),
    ],
)
def test_a_server_that_refuses_is_given_up_and_what_was_done_is_kept(
    server: Server, answers: list[BaseException | dict[str, object] | bytes], why: str, tries: int
) -> None:
    server.before = [{}, *answers]
    with pytest.raises(SaysoError, match=why) as caught:
        Run(server)()
    assert type(caught.value) is SaysoError
    assert str(caught.value).startswith(URL)
    assert len(server.asked) == 1 + tries
    assert len(stored()) == 50
    server.before = []
    assert Run(server)().days == 20


def test_what_an_answer_leaves_out_is_asked_for_again(server: Server) -> None:
    server.at_once = 30
    assert Run(server)().days == 70
    assert [len(asked) for asked in server.asked] == [50, 40, 10]
    assert len(stored()) == 70


def test_missing_and_spoilt_pages_are_told_and_what_was_there_stays(server: Server) -> None:
    today = DAYS[5]
    Run(server)(until=today, today=today)
    server.contents[DAYS[2]] = "lol"
    server.contents[DAYS[3]] = "*" + "[[x|" * 10_000
    del server.contents[DAYS[4]]
    result = Run(server)(until=today, today=today)
    assert result.empty == [DAYS[2], DAYS[3], DAYS[4]]
    assert len(stored()) == 6
    assert stored()[DAYS[3].isoformat()] == [f"On {DAYS[3]} ship number 3 sails."]


def test_a_page_with_thousands_of_events_is_cut(server: Server) -> None:
    server.contents[DAYS[0]] = "\n".join(f"*Vandal number {n} was here." for n in range(3_000))
    assert Run(server)(until=DAYS[0]).added == updating.MOST


def test_a_page_as_it_is(server: Server) -> None:
    day = date(2018, 4, 14)
    server.contents = {day: PAGE}
    Run(server)(since=day, until=day)
    found = events.opened()
    assert found is not None
    first = found.between(day, day)[0].event
    assert first == Event(
        "2018-04-14", "The Norlandic army takes Port Halna.", "Armed conflicts and attacks – Halna War", "wikipedia"
    )


def test_removing_the_table_forgets_what_was_fetched(server: Server) -> None:
    Run(server)(until=DAYS[4])
    adding.add("other", "", [Event("2018-04-14", "Two ships collide.")])
    adding.remove("wikipedia")
    server.asked.clear()
    assert Run(server)(until=DAYS[4]).days == 5


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2002, 6, 30), TODAY),
        (TODAY, TODAY + timedelta(days=1)),
        (TODAY, TODAY - timedelta(days=1)),
    ],
)
def test_days_that_have_no_page_are_refused(server: Server, since: date, until: date) -> None:
    with pytest.raises(SaysoError, match="there are pages of the days from 2002-07-01 to 2018-06-30"):
        Run(server)(since=since, until=until)
    assert server.asked == []


def test_progress_is_told(server: Server) -> None:
    told: list[tuple[int, int]] = []
    way = updating.Way(server.get, lambda _: None, lambda done, of: told.append((done, of)))
    updating.update(way, DAYS[0], DAYS[-1], TODAY)
    assert told == [(0, 70), (50, 70)]
