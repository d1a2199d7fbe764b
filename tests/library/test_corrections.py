"""The log of corrections: nothing in it goes or changes, whoever writes."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import SaysoError
from sayso.library.corrections import FILE, Corrections, standing

TIME = {"spans": [[3, 6]]}


def test_a_corpus_without_corrections_has_no_file(tmp_path: Path) -> None:
    log = Corrections(tmp_path)
    assert log.of("x1") == ()
    assert list(log.all()) == []
    assert not (tmp_path / FILE).exists()


def test_what_was_added_is_there_for_whoever_opens_it_next(tmp_path: Path) -> None:
    made = Corrections(tmp_path).add("x1", "time", "reject", " Ada ", machine=TIME, note="no date", version="7")
    Corrections(tmp_path).add("x2", "time", "accept", "Ben", machine=TIME)
    assert Corrections(tmp_path).of("x1") == (made,)
    assert (made.author, made.note, made.version, made.machine) == ("Ada", "no date", "7", TIME)
    assert made.moment.endswith("Z")
    assert [each.article for each in Corrections(tmp_path).all()] == ["x1", "x2"]


def test_taking_back_and_taking_that_back(tmp_path: Path) -> None:
    log = Corrections(tmp_path)
    made = log.add("x1", "time", "reject", "Ada", machine=TIME)
    taken = log.undo(made.id, "Ben")
    assert standing(log.of("x1")) == ()
    with pytest.raises(SaysoError, match="has been taken back already"):
        log.undo(made.id, "Ben")
    again = log.undo(taken.id, "Ada")
    assert standing(log.of("x1")) == (made,)
    assert [each.undoes for each in log.of("x1")] == [None, made.id, taken.id]
    log.undo(again.id, "Ben")
    assert standing(log.of("x1")) == ()
    with pytest.raises(SaysoError, match="there is no correction 'nobody'"):
        log.undo("nobody", "Ada")


@pytest.mark.parametrize("statement", ["DELETE FROM corrections", "UPDATE corrections SET author = 'Eve'"])
def test_the_database_itself_refuses_to_forget(tmp_path: Path, statement: str) -> None:
    log = Corrections(tmp_path)
    made = log.add("x1", "time", "reject", "Ada", machine=TIME)
    connection = sqlite3.connect(tmp_path / FILE)
    with pytest.raises(sqlite3.IntegrityError, match="corrections are never"):
        connection.execute(statement)
    connection.close()
    assert log.of("x1") == (made,)


def test_many_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    def write(number: int) -> str:
        return Corrections(tmp_path).add("x1", "time", "reject", f"person {number}", machine=TIME).id

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(write, range(40)))
    assert {each.id for each in Corrections(tmp_path).of("x1")} == ids
    assert len(ids) == 40


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"author": "  ", "machine": TIME}, "the author is empty"),
        ({"action": "change", "machine": TIME}, '"change" needs reading of the person'),
        ({"action": "reject", "machine": TIME, "person": TIME}, '"reject" has no reading of the person'),
        ({"action": "merge", "machine": TIME, "person": TIME}, "only actors can be merged"),
        ({"machine": {"spans": [[6, 3]]}}, "6 to 3 is no stretch of text"),
        ({"machine": {"spans": [["a", 3]]}}, "is no span"),
        ({"machine": {"spans": "all"}}, "not a time: spans"),
        ({"machine": TIME, "note": "a" * 3000}, "a note may have 2000 characters"),
        ({"kind": "attribution", "machine": {"source": 5}}, "not an attribution"),
        ({"kind": "mood", "machine": TIME}, 'there is no kind of thing "mood"'),
        ({"action": "erase", "machine": TIME}, 'there is no action "erase"'),
    ],
)
def test_what_makes_no_sense_is_told_and_not_kept(tmp_path: Path, given: dict[str, Any], said: str) -> None:
    log = Corrections(tmp_path)
    whole: dict[str, Any] = {"article": "x1", "kind": "time", "action": "reject", "author": "Ada", **given}
    with pytest.raises(SaysoError, match=said):
        log.add(**whole)
    assert log.of("x1") == ()


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all, but longer than a header of one" * 20)
    with pytest.raises(SaysoError, match="cannot be read or written"):
        Corrections(tmp_path).of("x1")
