"""Files of events: what becomes of odd rows, and files that are none."""

import gzip
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from sayso import events
from sayso.errors import SaysoError
from sayso.events import importing
from tests.shared import SHARED, needs

ROW = {"date": "2018-04-14", "category": "Disasters", "text": "Two ships collide off Port Halna. (Amber Post)"}
LINE = json.dumps(ROW) + "\n"


def store(tmp_path: Path, data: str | bytes, name: str = "amber.jsonl", **options: object) -> importing.Import:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return importing.store(str(path), **options)  # type: ignore[arg-type]


def stored() -> list[tuple[str, str, str]]:
    found = events.opened()
    entries = found.between(date.min, date.max) if found else []
    return [(entry.event.date, entry.event.category, entry.event.text) for entry in entries]


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("amber.jsonl", LINE),
        ("amber.jsonl", LINE.strip()),
        ("amber.jsonl", "\ufeff" + LINE),
        ("amber.jsonl", "\n\n" + LINE.replace("\n", "\r\n")),
        ("amber.jsonl.gz", gzip.compress(LINE.encode())),
        ("amber.dat", gzip.compress(LINE.encode()) + gzip.compress(b"\n", mtime=0)),
        ("amber.jsonl", json.dumps({**ROW, "more": {"x": 1}})),
        ("amber.jsonl", json.dumps({**ROW, "text": "Two  ships\ncollide\toff Port\x1b Halna.\x00\u202e"})),
    ],
)
def test_json_lines(tmp_path: Path, name: str, data: str | bytes) -> None:
    result = store(tmp_path, data, name)
    assert (result.name, result.rows, result.added, result.skipped) == ("amber", 1, 1, 0)
    assert stored() == [("2018-04-14", "Disasters", "Two ships collide off Port Halna.")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ('{"date": ' * 20_000, "not JSON"),
        (json.dumps({**ROW, "date": ""}), "no date"),
        (json.dumps({**ROW, "date": None}), "no date"),
        (json.dumps({**ROW, "date": 2018}), "“date” is not text"),
        (json.dumps({**ROW, "date": "2018-02-30"}), "“2018-02-30” is no day"),
        (json.dumps({**ROW, "date": "2018-W15-6"}), "is no day"),
        (json.dumps({**ROW, "date": "20180414"}), "is no day"),
        (json.dumps({**ROW, "date": "14 April 2018"}), "is no day"),
        (json.dumps({**ROW, "date": "1599-12-31"}), "not between"),
        (json.dumps({**ROW, "date": (date.today() + timedelta(days=3)).isoformat()}), "not between"),
        (json.dumps({**ROW, "text": " "}), "no text"),
        (json.dumps({**ROW, "text": "14 — 15"}), "no text"),
        (json.dumps({**ROW, "text": ["x"]}), "“text” is not text"),
        (json.dumps({**ROW, "text": "x" * 2_001}), "more than 2,000 characters"),
        (json.dumps({**ROW, "category": {}}), "“category” is not text"),
    ],
)
def test_a_bad_row_costs_itself(tmp_path: Path, line: str, why: str) -> None:
    result = store(tmp_path, f"{LINE}{line}\n{LINE.replace('ships', 'trains')}")
    assert (result.rows, result.added, result.skipped) == (3, 2, 1)
    [problem] = result.problems
    assert problem.line == 2
    assert why in problem.why


def test_bytes_that_are_no_text_cost_their_row(tmp_path: Path) -> None:
    result = store(tmp_path, LINE.encode() + b'{"date": "2018-04-14", "text": "caf\xe9"}\n')
    assert (result.added, [(p.line, p.why) for p in result.problems]) == (1, [(2, "it is not UTF-8")])


def test_halves_of_characters_are_no_trouble(tmp_path: Path) -> None:
    store(tmp_path, '{"date": "2018-04-14", "text": "Two \\ud800 ships"}\n')
    assert stored()[0][2] == "Two ? ships"


def test_a_huge_line_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.events.formats.LONGEST_LINE", 200)
    result = store(tmp_path, f"{LINE}{'x' * 1_000}\n{LINE.replace('ships', 'trains')}")
    assert (result.added, [p.line for p in result.problems]) == (2, [2])


def test_many_bad_rows_are_counted_and_a_few_kept(tmp_path: Path) -> None:
    result = store(tmp_path, LINE + "{\n" * 500)
    assert (result.rows, result.skipped, len(result.problems)) == (501, 500, importing.SHOWN)


def test_twice_is_once(tmp_path: Path) -> None:
    store(tmp_path, LINE)
    result = store(tmp_path, LINE, name="other.jsonl")
    assert (result.added, result.known) == (0, 1)
    assert len(stored()) == 1


def test_name_and_source(tmp_path: Path) -> None:
    store(tmp_path, LINE, name="x.jsonl", **{"source": " a  book "})
    found = events.opened()
    assert found is not None
    assert [(s.name, s.origin) for s in found.sources()] == [("x", "a book")]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b"\n \n", "it is empty"),
        (gzip.compress(b"", mtime=0), "it is empty"),
        (b"{}\n{}\n", "line 1: it has no date"),
        (LINE.encode("utf-16"), "not UTF-8"),
        (bytes(range(256)) * 20, "not UTF-8"),
        (b"\x1f\x8b\x08\x00", "breaks off"),
        (gzip.compress(LINE.encode() * 3)[:-9], "breaks off"),
        (b"\x1f\x8bno gzip at all", "cannot be read"),
        (LINE.encode() + b"{", None),
    ],
)
def test_files_that_give_nothing_change_nothing(tmp_path: Path, data: bytes, why: str | None) -> None:
    if why is None:
        store(tmp_path, data)
        assert len(stored()) == 1
        return
    with pytest.raises(SaysoError, match=why) as caught:
        store(tmp_path, data)
    assert "amber.jsonl" in str(caught.value)
    assert stored() == []


def test_a_packed_file_that_breaks_off_imports_nothing(tmp_path: Path) -> None:
    rows = lines(*({**ROW, "text": f"Number {n} of {n * 7919 % 1000} ships"} for n in range(20_000)))
    data = gzip.compress(rows.encode())
    with pytest.raises(SaysoError, match=r"breaks off after line [\d,]{4,}; nothing of it is imported"):
        store(tmp_path, data[: len(data) // 2])
    assert events.opened() is None


def test_a_folder_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="it is a folder"):
        importing.store(str(tmp_path))
    with pytest.raises(SaysoError, match="no such file"):
        importing.store(str(tmp_path / "x.jsonl"))
    with pytest.raises(SaysoError, match="has no name"):
        importing.store("-")
    assert events.opened() is None


def test_standard_input() -> None:
    code = "from sayso.events import importing; print(importing.store('-', 'piped').added)"
    data = gzip.compress(LINE.encode())
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True, timeout=60)
    assert done.stdout == b"1\n"


@needs("data", "current_events.jsonl.gz")
def test_a_real_table(tmp_path: Path) -> None:
    with gzip.open(SHARED / "data" / "current_events.jsonl.gz") as file:
        data = b"".join(line for line, _ in zip(file, range(3_000), strict=False))
    result = store(tmp_path, data)
    assert result.rows == 3_000
    assert result.skipped == 0
    assert result.added > 2_950
