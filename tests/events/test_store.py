"""The index of events: what goes in comes out, counts stay true, and no accident to the file ends in a traceback."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import events
from sayso.errors import SaysoError
from sayso.events import Event, adding, database
from sayso.events.store import Events
from sayso.events.terms import terms

SHIPS = Event("2018-04-14", "Two ships collide off Port Halna.", "Disasters")
WINTER = Event("2018-04-15", "President Ada Winter resigns.")
OLD = Event("2011-04-14", "Rebels seize Port Halna.")
DECEMBER = Event("2019-12-31", "Norland votes.")
JANUARY = Event("2020-01-01", "Norland celebrates.")
LEAP = Event("2016-02-29", "A bridge falls in Norland.")
ALL = [SHIPS, WINTER, OLD, DECEMBER, JANUARY, LEAP]


def opened() -> Events:
    found = events.opened()
    assert found is not None
    return found


def texts(entries: list[events.Entry]) -> list[str]:
    return [entry.event.text for entry in entries]


def test_nothing_imported_is_none() -> None:
    assert events.opened() is None


def test_what_goes_in_comes_out() -> None:
    assert adding.add("Amber", "a book", ALL) == adding.Added(6, 0)
    found = opened()
    assert (found.total, found.first, found.last) == (6, date(2011, 4, 14), date(2020, 1, 1))
    assert found.years == {2011: 1, 2016: 1, 2018: 2, 2019: 1, 2020: 1}
    [entry] = found.between(date(2018, 4, 14), date(2018, 4, 14))
    assert entry.event == Event("2018-04-14", SHIPS.text, "Disasters", "Amber")
    assert entry.terms == terms(SHIPS.text)
    [source] = found.sources()
    assert (source.name, source.origin, source.events) == ("Amber", "a book", 6)
    assert (source.first, source.last) == ("2011-04-14", "2020-01-01")


@pytest.mark.parametrize(
    ("month", "day", "spread", "expected"),
    [
        (4, 14, 0, [OLD, SHIPS]),
        (4, 15, 0, [WINTER]),
        (4, 14, 1, [OLD, SHIPS, WINTER]),
        (1, 1, 0, [JANUARY]),
        (1, 1, 1, [DECEMBER, JANUARY]),
        (12, 30, 2, [DECEMBER, JANUARY]),
        (2, 28, 1, [LEAP]),
        (3, 1, 1, [LEAP]),
        (7, 1, 1000, [OLD, LEAP, SHIPS, WINTER, DECEMBER, JANUARY]),
    ],
)
def test_days_of_the_year(month: int, day: int, spread: int, expected: list[Event]) -> None:
    adding.add("a", "", ALL)
    assert texts(opened().near(month, day, spread)) == [event.text for event in expected]


def test_a_day_that_no_year_has() -> None:
    adding.add("a", "", ALL)
    with pytest.raises(ValueError, match="day"):
        opened().near(4, 31)


def test_terms_are_counted() -> None:
    adding.add("a", "", ALL)
    found = opened()
    assert texts(found.holding("=port halna")) == [OLD.text, SHIPS.text]
    assert found.holding("=nowhere") == []
    assert found.counts("=port halna") == {2011: 1, 2018: 1}
    assert found.counts("nowhere") == {}
    assert found.frequency(["norland", "=ada winter", "nowhere"]) == {"norland": 3, "=ada winter": 1}
    assert found.frequency([f"word{n}" for n in range(2_000)] + ["norland"]) == {"norland": 3}


def test_an_event_is_added_once() -> None:
    adding.add("a", "", ALL)
    again = Event(SHIPS.date, "two ships collide — off port Halna", "Other")
    assert adding.add("a", "", [*ALL, again, again]) == adding.Added(0, 8)
    assert adding.add("b", "", [SHIPS]) == adding.Added(0, 1)
    other_day = Event("2018-04-16", SHIPS.text)
    assert adding.add("b", "", [other_day, other_day]) == adding.Added(1, 1)
    assert opened().total == 7


def test_removing_takes_what_the_table_had() -> None:
    adding.add("a", "", ALL[:3])
    adding.add("b", "", ALL[3:])
    before = opened()
    assert adding.remove("A ") is True
    assert adding.remove("a") is False
    found = opened()
    assert found is not before
    assert texts(found.between(date.min, date.max)) == [LEAP.text, DECEMBER.text, JANUARY.text]
    assert found.years == {2016: 1, 2019: 1, 2020: 1}
    assert found.frequency(["halna", "norland"]) == {"norland": 3}
    assert found.counts("halna") == {}
    assert [source.name for source in found.sources()] == ["b"]
    assert adding.remove("b") is True
    assert events.opened() is None
    assert adding.add("a", "", ALL) == adding.Added(6, 0)


def test_there_is_nothing_to_remove_from_nothing() -> None:
    assert adding.remove("a") is False
    assert not database.path().exists()


def test_an_open_index_goes_on_while_a_newer_one_is_opened() -> None:
    adding.add("a", "", [SHIPS])
    old = opened()
    assert opened() is old
    adding.add("a", "", [WINTER])
    assert opened().total == 2
    assert texts(old.near(4, 14)) == [SHIPS.text]


@pytest.mark.parametrize("name", ["", "—", "x" * 81])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(SaysoError, match="name"):
        adding.add(name, "", [SHIPS])


DAYS = st.dates(date(2015, 12, 25), date(2017, 1, 5)).map(date.isoformat)
EVENTS = st.builds(Event, DAYS, st.sampled_from([e.text for e in ALL]) | st.text("abc AB", min_size=1, max_size=12))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(EVENTS, max_size=12), min_size=1, max_size=4), st.sampled_from("0123"))
def test_all_counts_are_those_of_the_events(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[Event]], gone: str
) -> None:
    """Whatever is added and removed: the index answers as a list of its events would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAYSO_HOME", str(tmp_path_factory.mktemp("any")))
        for number, part in enumerate(parts):
            adding.add(str(number), "", part)
        adding.remove(gone)
        found = events.opened()
        left = found.between(date.min, date.max) if found else []
        if found is None:
            return
        assert all(entry.terms == terms(entry.event.text) for entry in left)
        assert all(entry.event.source != gone for entry in left)
        counted = Counter(term for entry in left for term in entry.terms)
        assert found.frequency([*counted, "other"]) == counted
        assert found.years == Counter(int(entry.event.date[:4]) for entry in left)
        for term in counted:
            holding = [entry for entry in left if term in entry.terms]
            assert found.holding(term) == holding
            assert found.counts(term) == Counter(int(entry.event.date[:4]) for entry in holding)
        for start in (date(2016, 1, 1), date(2016, 12, 31)):
            near = {(start + timedelta(days=n)).strftime("%m-%d") for n in (-1, 0, 1)}
            expected = [entry for entry in left if entry.event.date[5:] in near]
            assert found.near(start.month, start.day, 1) == expected
        assert sum(source.events for source in found.sources()) == len(left)


# Accidents


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lambda path: path.write_bytes(b"not a database, but long enough to be one" * 200), "damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "damaged"),
        (lambda path: _do(path, "PRAGMA user_version = 99"), "another version of Sayso"),
        (lambda path: _do(path, "PRAGMA application_id = 7"), "no index of events"),
        (lambda path: _do(path, "DROP TABLE year"), "cannot be used"),
    ],
)
def test_a_bad_file_is_named(harm, why: str) -> None:  # type: ignore[no-untyped-def]
    adding.add("a", "", ALL)
    harm(database.path())
    for attempt in (opened, lambda: adding.add("a", "", [Event("2020-05-05", "More.")])):
        with pytest.raises(database.EventsError) as caught:
            attempt()
        assert str(database.path()) in str(caught.value)
        assert why in str(caught.value)


def test_damage_while_it_is_open_is_named() -> None:
    adding.add(
        "a", "", [Event(f"20{n % 20:02}-04-14", f"Number {n} of many long texts " + "x" * 300) for n in range(2000)]
    )
    found = opened()
    data = database.path().read_bytes()
    database.path().write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(database.EventsError, match="damaged"):
        found.near(4, 14)


def test_a_folder_in_its_place_is_named() -> None:
    database.path().mkdir(parents=True)
    with pytest.raises(database.EventsError, match=r"events\.sqlite"):
        events.opened()


def test_a_file_where_the_folder_should_be() -> None:
    database.path().parent.parent.mkdir(exist_ok=True)
    database.path().parent.write_text("")
    assert events.opened() is None
    with pytest.raises(database.EventsError, match="events"):
        adding.add("a", "", ALL)


def test_another_writer_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT", 0.05)
    adding.add("a", "", ALL)
    with database.writing(database.path()):
        assert opened().total == 6
        with pytest.raises(database.EventsError, match="another process is writing"):
            adding.add("a", "", [Event("2020-05-05", "More.")])


def test_a_full_disk_changes_nothing() -> None:
    adding.add("a", "", ALL)
    before = database.path().read_bytes()

    def many():  # type: ignore[no-untyped-def]
        for n in range(200):
            yield Event("2020-05-05", f"Number {n} " + "x" * 1900)

    def fill() -> None:
        with database.writing(database.path()) as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 2}")
            adding.Writer(connection, "a", "").add(many())

    with pytest.raises(database.EventsError, match="disk is full; nothing was changed"):
        fill()
    assert database.path().read_bytes() == before


def test_an_error_among_the_events_changes_nothing() -> None:
    adding.add("a", "", [SHIPS])

    def broken():  # type: ignore[no-untyped-def]
        yield WINTER
        raise SaysoError("the file breaks off")

    with pytest.raises(SaysoError, match="breaks off"):
        adding.add("a", "", broken())
    assert texts(opened().between(date.min, date.max)) == [SHIPS.text]


KILLED = """
import os, signal, sys
from sayso.events import Event, adding, database
def events():
    for n in range(30_000):
        yield Event("2018-04-14", f"Number {n} of a long import that ends badly")
adding.BATCH = 1_000
with database.writing(database.path()) as connection:
    connection.execute("PRAGMA cache_spill = ON")
    connection.execute("PRAGMA cache_size = 20")  # so that much of it is in the file already
    writer = adding.Writer(connection, "b", "")
    writer.add(events())
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("before", [[], ALL])
def test_a_killed_import_leaves_nothing(before: list[Event]) -> None:
    if before:
        adding.add("a", "", before)
    done = subprocess.run([sys.executable, "-c", KILLED], check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert database.path().with_name("events.sqlite-journal").exists()
    found = events.opened()
    assert (found.total if found else 0) == len(before)
    assert adding.add("b", "", [Event("2020-05-05", "More.")]) == adding.Added(1, 0)
    assert opened().total == len(before) + 1


def test_a_read_only_folder_can_be_read() -> None:
    adding.add("a", "", ALL)
    code = "from sayso import events; print(events.opened().total)"
    database.path().chmod(0o444)
    database.path().parent.chmod(0o555)
    try:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    finally:
        database.path().parent.chmod(0o755)
    assert done.stdout == "6\n"


def test_readers_are_not_kept_waiting_by_a_writer() -> None:
    adding.add("a", "", ALL)
    with database.writing(database.path()) as connection:
        adding.Writer(connection, "b", "").add(Event("2018-04-14", f"Number {n}") for n in range(6_000))
        assert opened().total == 6
    assert opened().total == 6_006


def test_the_database_is_not_loaded_without_need() -> None:
    code = "import sys, sayso, sayso.cli, sayso.events; print('sqlite3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"


def test_it_is_a_plain_sqlite_file() -> None:
    adding.add("a", "", ALL)
    connection = sqlite3.connect(database.path())
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def _do(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    os.utime(path)
