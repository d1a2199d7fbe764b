"""`sayso events` as a user meets it."""

import io
import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sayso import cli
from sayso.errors import ReadingError
from sayso.events import database, updating
from sayso.reading import fetch
from sayso.reading.draft import Raw
from tests.events.pages import Server, page

LINES = """\
{"date": "2018-04-14", "category": "War", "text": "White Tabards report a strike on Port Halna. (Amber Post)"}
{"date": "2011-04-14", "category": "War", "text": "A strike of bakers ends in Norland."}
{"date": "2018-04-31", "text": "Nothing."}
{"date": "2019-05-05", "text": "Red\\u202e \\u001b[2J herrings."}
"""


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "amber.jsonl"
    path.write_text(LINES, encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(["events", *arguments])
    return code, *capsys.readouterr()


def test_import_list_fit_remove(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "import", table, "--source", "A book, 2024")
    assert (code, out) == (0, "amber: 3 new events from 4 rows (1 left out)\n")
    assert err == f"sayso: {table}: line 3 is left out: “2018-04-31” is no day; a day is written 2018-04-14\n"

    code, out, err = run(capsys, "list")
    assert (code, err) == (0, "")
    assert out.startswith("amber: 3 events, 2011-04-14 to 2019-05-05; A book, 2024; imported 20")

    code, out, err = run(capsys, "fit", "April 14", "a strike on Port Halna", "White Tabards")
    assert (code, err) == (0, "")
    first, event, second, *_ = out.splitlines()
    assert (first[:6], second[:6]) == ("2018  ", "2011  ")
    assert event == "  2018-04-14  White Tabards report a strike on Port Halna. (amber)"

    assert run(capsys, "remove", "Amber") == (0, "", "sayso: removed the table “Amber”\n")
    assert run(capsys, "remove", "amber")[0] == 1
    assert run(capsys, "list")[0] == 1
    assert run(capsys, "fit", "April 14", "strike")[0] == 1


def test_a_file_counts_once(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", table)
    code, out, _ = run(capsys, "import", table, "--name", "again")
    assert (code, out) == (0, "again: 0 new events from 4 rows (3 known already, 1 left out)\n")


def test_json(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", table)
    source = json.loads(run(capsys, "list", "--json")[1])
    assert (source["name"], source["events"], source["first"]) == ("amber", 3, "2011-04-14")
    best, _ = (json.loads(line) for line in run(capsys, "fit", "14 Apr", "strike", "Halna", "--json")[1].splitlines())
    assert (best["year"], best["events"][0]["category"]) == (2018, "War")


@pytest.mark.parametrize("day", ["April 13", "13 April", "apr 13", "13 Apr", "04-13", " 4-13 "])
def test_ways_to_write_a_day(table: str, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", table)
    assert run(capsys, "fit", day, "strike")[0] == 1
    assert run(capsys, "fit", day, "strike", "--spread", "1")[0] == 0


def test_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(LINES.encode()))))
    assert run(capsys, "import", "-", "--name", "piped")[1] == "piped: 3 new events from 4 rows (1 left out)\n"


def test_texts_cannot_steer_the_terminal(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", table, "--source", "\x1b[31m")
    out = run(capsys, "fit", "May 5", "herrings")[1] + run(capsys, "list")[1]
    assert "herrings" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["import", "-"], "--name"),
        (["import", "x.csv", "--name", "—"], "cannot be a table's name"),
        (["remove", " "], "cannot be a table's name"),
        (["fit", "April 31", "x"], "no day of the year"),
        (["fit", "someday", "x"], "no day of the year"),
        (["fit", "April 14"], "WORDS"),
        (["fit", "April 14", "x", "--spread", "-1"], "spread"),
        (["update", "--since", "April"], "a day is written 2018-04-14"),
        (["update", "--until", "2018-02-30"], "a day is written 2018-04-14"),
    ],
)
def test_wrong_use(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert says in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["import", "nowhere.csv"], "nowhere.csv: there is no such file"),
        (["update", "--since", "1999-01-01"], "there are pages of the days from 2002-07-01"),
        (["update", "--until", "2999-01-01"], "there are pages of the days from 2002-07-01"),
    ],
)
def test_what_cannot_be_done(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (1, "")
    assert says in err


@pytest.mark.parametrize("verb", [["list"], ["fit", "April 14", "x"], ["remove", "x"]])
def test_a_damaged_index_is_named(verb: list[str], table: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", table)
    database.path().write_bytes(b"x" * 10_000)
    code, out, err = run(capsys, *verb)
    assert (code, out) == (1, "")
    assert err.startswith(f"sayso: {database.path()}: the index of events is damaged; remove the file")


def served(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    monkeypatch.setattr(
        fetch, "fetch", lambda url, **_: Raw(url, server.get(url), url, "application/json", "utf-8", ())
    )
    monkeypatch.setattr(updating, "PAUSE", 0)


def test_update(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    today = datetime.now(UTC).date()
    served(
        monkeypatch, Server({today - timedelta(days=n): page(f"Ship number {n} sails.") for n in range(60) if n != 3})
    )
    since = (today - timedelta(days=59)).isoformat()
    code, out, err = run(capsys, "update", "--since", since)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "60 days fetched, 59 events in them that no other table has",
        f"no page, or none with an event: {today - timedelta(days=3)}",
    ]
    assert run(capsys, "update", "--since", since)[1].startswith("7 days fetched, 6 events")
    assert run(capsys, "list")[1].startswith("wikipedia: 59 events, ")


def test_an_update_without_a_network(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    server = Server({})
    server.before = [ReadingError("https://en.wikipedia.org/w/api.php?x", "the host en.wikipedia.org cannot be found")]
    served(monkeypatch, server)
    code, out, err = run(capsys, "update", "--since", date(2018, 4, 14).isoformat(), "--until", "2018-04-20")
    assert (code, out) == (1, "")
    assert err == (
        "sayso: https://en.wikipedia.org/w/api.php: the host en.wikipedia.org cannot be found; what was fetched is "
        "kept, and the next update goes on from there\n"
    )


def test_progress_is_for_terminals_only(
    table: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(table)
    path.write_text("".join(f'{{"date": "2018-04-14", "text": "Ship {n}"}}\n' for n in range(2_500)), encoding="utf-8")
    assert run(capsys, "import", table)[2] == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    _, out, err = run(capsys, "import", table, "--name", "b")
    assert "2,000 rows" in err
    assert err.endswith("\r\x1b[K")
    assert "\x1b" not in out
