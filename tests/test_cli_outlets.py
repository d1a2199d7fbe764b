"""`sayso outlets` as a user meets it."""

import io
import json
import sys
from pathlib import Path

import pytest

from sayso import cli

TABLE = "name,country,owner,class\nAmber Post,Halland,Amber Group,A1\n,,,x\nSable\x1b[2J Courier,Norland,,B2\n"


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "amber.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(["outlets", *arguments])
    return code, *capsys.readouterr()


def test_import_list_show_remove(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "import", table, "--source", "A book, 2024")
    assert (code, out) == (0, "amber: 2 outlets from 3 rows (1 left out)\n")
    assert err == f"sayso: {table}: line 3 is left out: it has no name (column “name”)\n"

    code, out, err = run(capsys, "list")
    assert (code, err) == (0, "")
    built_in, amber = out.splitlines()
    assert built_in.startswith("built-in: ")
    assert amber.startswith("amber: 2 outlets from 3 rows (1 left out); A book, 2024; imported 20")

    code, out, err = run(capsys, "show", "amber post")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Amber Post, in the table amber",
        "  country  Halland",
        "  owner    Amber Group",
        "  class    A1 (the table's word, not Sayso's)",
        "  source   A book, 2024",
    ]

    code, out, err = run(capsys, "remove", "amber")
    assert (code, err) == (0, "sayso: removed the table “amber”\n")
    assert len(out.splitlines()) == 1
    assert run(capsys, "show", "amber post")[0] == 1
    assert run(capsys, "remove", "amber")[0] == 1


def test_json(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", table)
    built_in, amber = (json.loads(line) for line in run(capsys, "list", "--json")[1].splitlines())
    assert built_in["outlets"] > 80
    assert (amber["name"], amber["rows"], amber["skipped"], len(amber["sha256"])) == ("amber", 3, 1, 64)
    [entry] = (json.loads(line) for line in run(capsys, "show", "--json", "Amber Post")[1].splitlines())
    assert (entry["table"], entry["name"], entry["classed"], entry["source"]) == (
        "amber",
        "Amber Post",
        "A1",
        "amber.csv",
    )


def test_replacing_is_said(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", table, "--name", "Amber")
    code, _, err = run(capsys, "import", table, "--name", "amber")
    assert code == 0
    assert "the table “amber” that was there is replaced" in err


def test_names_cannot_steer_the_terminal(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", table)
    _, out, _ = run(capsys, "show", "Sable[2J Courier")
    assert "Sable\\x1b[2J Courier" in out
    assert "\x1b" not in out


def test_many_bad_rows_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "amber.csv"
    path.write_text("name,class\nAmber Post,A\n" + ",x\n" * 50)
    _, _, err = run(capsys, "import", str(path))
    assert len(err.splitlines()) == 21
    assert err.splitlines()[-1].endswith("30 more rows are left out")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["import"],
        ["import", "-"],
        ["import", "x", "--column", "colour=x"],
        ["import", "x", "--column", "name"],
        ["import", "x", "--column", "name="],
        ["import", "x", "--name", "built-in"],
        ["import", "x", "--name", " "],
        ["show"],
        ["remove"],
        ["remove", "/"],
        ["drop", "x"],
    ],
)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert "Usage: sayso outlets" in out + err


@pytest.mark.parametrize("data", [None, b"", b"\0\1\2", b"x,y\n1,2\n"])
def test_a_bad_file_is_one_line_that_names_it(
    data: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "amber.csv"
    if data is not None:
        path.write_bytes(data)
    code, out, err = run(capsys, "import", str(path))
    assert (code, out) == (1, "")
    assert err.startswith(f"sayso: {path}: ")
    assert err.count("\n") == 1


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TABLE.encode())))
    code, out, _ = run(capsys, "import", "-", "--name", "piped")
    assert code == 0
    assert out.startswith("piped: 2 outlets")


def test_a_damaged_table_is_listed_as_such_and_can_be_removed(
    table: str, own_tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "import", table)
    (own_tables / "amber.jsonl").write_text("gone")
    for arguments, code in ((["list"], 1), (["show", "Reuters"], 0)):
        done, out, err = run(capsys, *arguments)
        assert done == code
        assert out
        assert err.count("a table of outlets is left out") == 1
        from sayso.words import tables

        tables.forget()
    assert run(capsys, "remove", "amber")[0] == 0
    assert run(capsys, "list")[0] == 0


@pytest.mark.parametrize("verb", ["import", "list", "show", "remove"])
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, verb, "--help")
    assert code == 0
    assert "how" in out
