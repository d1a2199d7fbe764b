"""Other people's tables: which columns are known, what becomes of odd rows, and files that are no tables."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.words import importing, tables
from sayso.words.tables import Outlet
from tests.shared import SHARED, needs

MATRIX = ("data", "state_media_matrix.csv")


def read(tmp_path: Path, data: str | bytes, name: str = "amber.csv", **options: object) -> importing.Import:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return importing.read(str(path), **options)  # type: ignore[arg-type]


AMBER = Outlet("Amber Post", ("AP2",), ("amber.example",), "newspaper", "Halland", "Amber Group", "p. 3", "A1")
PLAIN = "name,aliases,country,owner,kind,class,url,source\nAmber Post,AP2,Halland,Amber Group,newspaper,A1,https://www.amber.example/x,p. 3\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", PLAIN),
        ("a.csv", "\ufeff" + PLAIN),
        ("a.csv", PLAIN.replace("\n", "\r\n")),
        ("a.csv", PLAIN.replace("\n", "\r")),
        ("a.csv", "\n\n" + PLAIN),
        ("a.tsv", PLAIN.replace(",", "\t")),
        ("a.txt", PLAIN.replace(",", ";")),
        ("a.csv", PLAIN.replace("name,aliases", "NAME ,Other-Names").replace("class", "Classification")),
        ("a.csv", PLAIN.encode("utf-16")),
        ("a.csv", PLAIN.replace("source\n", "source,Notes\n").replace("p. 3\n", 'p. 3,"two\nlines"\n')),
        (
            "a.jsonl",
            json.dumps(
                {
                    "name": "Amber Post",
                    "names": ["AP2"],
                    "country": "Halland",
                    "owner": "Amber Group",
                    "kind": "newspaper",
                    "type": "A1",
                    "domain": ["amber.example"],
                    "source": "p. 3",
                    "more": {"x": 1},
                }
            ),
        ),
    ],
)
def test_a_table_is_read_however_it_is_written(name: str, data: str | bytes, tmp_path: Path) -> None:
    result = read(tmp_path, data, name)
    assert result.outlets == (AMBER,)
    assert result.problems == ()
    assert (result.header.rows, result.header.outlets, result.header.skipped) == (1, 1, 0)


ASSETS = "Region,Country,Media company,Main assets,URL,Typology\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "N,Norland,Amber Group,Amber Post,,X?",
            [Outlet("Amber Post", country="Norland", owner="Amber Group", classed="X?")],
        ),
        ("N,,G,Print: Amber Post,,", [Outlet("Amber Post", kind="Print", owner="G")]),
        ("N,,G,UA:First,,", [Outlet("UA:First", owner="G")]),
        ("N,,G,CBN Weekly),,", [Outlet("CBN Weekly", owner="G")]),
        (
            "N,,G,Amber Central Television (ACTV),,",
            [Outlet("Amber Central Television (ACTV)", ("Amber Central Television", "ACTV"), owner="G")],
        ),
        ("N,,G,Amber News (UK),,", [Outlet("Amber News (UK)", ("Amber News",), owner="G")]),
        ("N,,G,Amber House (Amber,,", [Outlet("Amber House (Amber", ("Amber House",), owner="G")]),
        (
            "N,,Amber Press Agency (APAG),APAG,,",
            [Outlet("APAG", ("Amber Press Agency",), owner="Amber Press Agency (APAG)")],
        ),
        ("N,,Amber Press Agency (APAG),APAG Two,,", [Outlet("APAG Two", owner="Amber Press Agency (APAG)")]),
        (
            "N,,G,Amber Post; Radio: Amber FM,,",
            [Outlet("Amber Post", owner="G"), Outlet("Amber FM", kind="Radio", owner="G")],
        ),
        ("N,,G,Amber Free Radio/Radio Amber,,", [Outlet("Amber Free Radio/Radio Amber", owner="G")]),
        (
            "N,,G,Amber Post,www.amber.example https://amber.test:80/x,",
            [Outlet("Amber Post", domains=("amber.example", "amber.test"), owner="G")],
        ),
        ("N,,G,Amber Post,none,", [Outlet("Amber Post", owner="G")]),
        ("N,,G,Amber Post", [Outlet("Amber Post", owner="G")]),
    ],
)
def test_rows_of_a_matrix(row: str, expected: list[Outlet], tmp_path: Path) -> None:
    assert list(read(tmp_path, ASSETS + row).outlets) == expected


def test_rows_that_differ_in_names_and_addresses_only_are_one(tmp_path: Path) -> None:
    result = read(
        tmp_path, "name,names,url,class\nAmber Post,AP2,a.example,X\nAMBER POST,,b.example,X\nAmber Post,,,Y\n"
    )
    assert [(it.names, it.domains, it.classed) for it in result.outlets] == [
        (("AP2", "AMBER POST"), ("a.example", "b.example"), "X"),
        ((), (), "Y"),
    ]
    assert (result.header.rows, result.header.merged) == (3, 1)


BAD_ROWS = [
    (",x", "it has no name"),
    ("...,x", "neither a letter nor a digit"),
    ("," * 1, "all its cells are empty"),
    ("Amber Post,x,y", "it has 3 cells and the header 2"),
    ('"Amber" Post,x', "it cannot be read"),
    ('"Amber Post,x', "it cannot be read"),
    ("x" * 201 + ",x", "more than 200 characters"),
    ("Amber Post," + "x" * 1001, "more than 1,000 characters"),
    ("y" * 140_000 + ",x", "it cannot be read"),
]


@pytest.mark.parametrize(("row", "why"), BAD_ROWS, ids=[why for _, why in BAD_ROWS])
def test_a_bad_row_costs_itself_only(row: str, why: str, tmp_path: Path) -> None:
    result = read(tmp_path, f"name,class\nFirst Post,A\n{row}\nLast Post,A\n")
    assert [outlet.name for outlet in result.outlets] == ["First Post", "Last Post"]
    [problem] = result.problems
    assert problem.line == 3
    assert why in problem.why
    assert result.header.skipped == 1


@pytest.mark.parametrize(
    "line", ["{", "[1]", "3", '{"name": {"a": 1}}', '{"class": "A"}', "[" * 50_000, '{"name": ["A"], "class": [[1]]}']
)
def test_a_bad_line_of_json_costs_itself_only(line: str, tmp_path: Path) -> None:
    result = read(
        tmp_path,
        f'{{"name": "First Post"}}\n{line}\n\n{{"name": "Last \ud83d Post", "class": 7}}\n'.encode("utf-8", "replace"),
        "a.jsonl",
    )
    assert [outlet.name for outlet in result.outlets] == ["First Post", "Last ? Post"]
    assert [problem.line for problem in result.problems] == [2]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b" \n\n", "it is empty"),
        (b"\xef\xbb\xbf \n", "it is empty"),
        (b"\x00\x01\x02\x03" * 50, "it is not text"),
        (b"name,class\n" + b"\x01\x02\x03\x04" * 50, "it is not text"),
        (b"PK\x03\x04 and more", "save the table as CSV"),
        (b"\xff\xfe\x00", "it is not text"),
        (b"Amber Post,Halland\nSable Courier,Norland\n", "no column is known for the outlet's name"),
        (b"name,class\n", "no row in it gives an outlet"),
        (b"name,class\n,x\n,y\n", "no row in it gives an outlet (line 2"),
        (b'"name,class\nx,y\n', "which should be the header"),
        (b'name,class\n"x y"z\n' + b'"x"z\n' * 2000, "is it a table?"),
        (b"{\n", "no column is known"),
    ],
)
def test_a_file_that_is_no_table_is_named(data: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(SaysoError) as error:
        read(tmp_path, data)
    assert str(error.value).startswith(str(tmp_path / "amber.csv"))
    assert why in str(error.value)


def test_what_cannot_be_read_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LARGEST", 20)
    with pytest.raises(SaysoError, match="MB"):
        read(tmp_path, PLAIN)
    for file, why in (
        (tmp_path, "it is a folder"),
        (tmp_path / "no.csv", "no such file"),
        ("a\0b.csv", "cannot be read"),
    ):
        with pytest.raises(SaysoError, match=why):
            importing.read(str(file))
    with pytest.raises(SaysoError, match="JSON array"):
        read(tmp_path, '[{"a":1}]', "a.json")


def test_an_old_encoding_is_guessed_and_noted(tmp_path: Path) -> None:
    text = "name,country\nTélévision du Nord,Côte d’Ambre\nRádio Nação,Norlândia\n"
    result = read(tmp_path, text.encode("cp1252"))
    assert [outlet.name for outlet in result.outlets] == ["Télévision du Nord", "Rádio Nação"]
    assert "guess" in result.notes[0]


def test_columns_by_hand(tmp_path: Path) -> None:
    data = "Titel,Eigner,Land,Web 1,Web 2\nAmber Post,Gruppe,Halland,a.example,b.example\n"
    columns = [("name", "titel"), ("owner", "Eigner"), ("country", "Land"), ("url", "Web 1"), ("url", "Web 2")]
    [outlet] = read(tmp_path, data, columns=columns).outlets
    assert outlet == Outlet("Amber Post", (), ("a.example", "b.example"), "", "Halland", "Gruppe")
    with pytest.raises(SaysoError, match="no column “Nix”; its columns are “Titel”, “Eigner”"):
        read(tmp_path, data, columns=[("name", "Nix")])
    with pytest.raises(SaysoError, match="one column only"):
        read(tmp_path, data, columns=[("name", "Titel"), ("name", "Land")])


def test_a_column_given_by_hand_is_not_taken_twice(tmp_path: Path) -> None:
    [outlet] = read(tmp_path, "name,type\nAmber Post,daily\n", columns=[("kind", "type")]).outlets
    assert (outlet.kind, outlet.classed) == ("daily", "")


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_whatever_the_rows_every_one_is_counted(
    rows: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = [json.dumps({"name": name, "class": classed}) for name, classed in [("Amber Post", "A"), *rows]]
    result = read(tmp_path_factory.mktemp("any"), "\n".join(lines), "a.jsonl")
    header = result.header
    assert header.rows == len(rows) + 1 == header.outlets + header.merged + header.skipped
    assert all(tables.key(outlet.name) for outlet in result.outlets)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_named_error(data: bytes) -> None:
    path = tables.folder().parent / "any.csv"
    path.write_bytes(data)
    try:
        assert importing.read(str(path)).outlets
    except SaysoError as error:
        assert str(error).startswith(str(path))  # noqa: PT017 - either will do


def test_what_is_stored_is_what_was_read(tmp_path: Path, own_tables: Path) -> None:
    path = tmp_path / "amber.csv"
    path.write_text(PLAIN)
    result = importing.store(str(path), source="A book")
    assert not result.replaced
    [table] = tables.stored()
    assert table.header == result.header
    assert table.find("Amber Post") == (AMBER,)
    assert importing.store(str(path)).replaced
    assert [kept.name for kept in own_tables.iterdir()] == ["amber.jsonl"]


def test_a_failed_import_leaves_the_old_table(tmp_path: Path) -> None:
    path = tmp_path / "amber.csv"
    path.write_text(PLAIN)
    importing.store(str(path))
    path.write_text("name\n")
    with pytest.raises(SaysoError):
        importing.store(str(path))
    assert len(tables.stored()) == 1


def test_two_processes_at_once_leave_one_whole_table(tmp_path: Path) -> None:
    for letter in "ab":
        lines = "".join(f"{letter} Post {i},{letter}\n" for i in range(3000))
        (tmp_path / f"{letter}.csv").write_text("name,class\n" + lines)
    code = "import sys; from sayso.words import importing\nfor _ in range(5): importing.store(sys.argv[1], 'one')"
    started = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path / f"{letter}.csv")]) for letter in "ab"]
    while any(process.poll() is None for process in started):
        assert tables.headers()[1] == []
    assert [process.returncode for process in started] == [0, 0]
    tables.forget()
    [table] = tables.stored()
    assert table.header.outlets == 3000
    letters = {name[0][0] for name in table.names()}
    assert len(letters) == 1


@needs(*MATRIX)
def test_the_state_media_matrix() -> None:
    result = importing.store(str(SHARED.joinpath(*MATRIX)))
    header = result.header
    assert header.rows == header.outlets + header.merged + header.skipped
    assert header.skipped <= 1  # one row of empty cells
    assert header.outlets > 1_000
    [table] = tables.stored()
    for name, country in [("SANA", "Syria"), ("Bakhtar News Agency", "Afghanistan")]:
        assert country in {outlet.country for outlet in table.find(name)}
    assert all(outlet.classed for outlet in result.outlets)
