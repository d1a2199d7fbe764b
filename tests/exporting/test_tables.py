"""Tables: what each row says, the same in CSV, JSON Lines and Parquet, safe in a spreadsheet, and never all in memory."""

import tracemalloc
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.exporting import FORMATS
from sayso.exporting.rows import cell
from sayso.exporting.tables import TABLES
from tests.exporting.readers import read
from tests.exporting.sample import KEPT, TOLD, many
from tests.reporting.sample import ANALYSIS, TEXT

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    place = tmp_path_factory.mktemp("tables")
    for name in ("csv", "jsonl", "parquet"):
        FORMATS[name].write([KEPT], place / name)
    return {name: read(name, place / name) for name in ("csv", "jsonl", "parquet")}


def test_there_is_a_file_a_table(tables: dict[str, Rows]) -> None:
    for found in tables.values():
        assert set(found) == set(TABLES)
        assert set(found) >= {"attributions", "chains", "actors", "times", "findings"}


def test_every_thing_found_has_a_row(tables: dict[str, Rows]) -> None:
    for found in tables.values():
        counts = {name: len(rows) for name, rows in found.items()}
        links = sum(len(chain.links) for chain in ANALYSIS.chains)
        assert counts == {
            **{"articles": 1, "attributions": 9, "chains": links, "actors": 8, "times": 2, "wordings": 2},
            **{"claims": 2, "findings": 2, "gaps": 1, "corrections": 3},
        }


def test_the_three_say_the_same(tables: dict[str, Rows]) -> None:
    for name, table in TABLES.items():
        for text, line, packed in zip(*(tables[each][name] for each in ("csv", "jsonl", "parquet")), strict=True):
            assert list(text) == list(line) == list(packed) == list(table.columns)
            for column, (kind, _) in table.columns.items():
                value = packed[column]
                if kind == "spans":
                    pairs = [(span["start"], span["end"]) for span in value]
                    assert line[column] == [list(pair) for pair in pairs]
                    assert cell(pairs) == text[column]
                else:
                    assert line[column] == value
                    assert str(cell(value)) == text[column]


def test_rows_say_what_was_found(tables: dict[str, Rows]) -> None:
    rows = tables["jsonl"]
    said = rows["attributions"][2]
    assert (said["source"], said["cue"], said["actor_name"]) == ("a dockside official", "told", "a dockside official")
    assert (said["kind"], said["parent"], said["recipient"]) == ("mixed", "a1", "Mercia Press")
    [[start, end]] = said["content_spans"]
    assert TEXT[start:end] == said["content"] == "that the regime was “ready to strike 𝕏”"
    assert rows["attributions"][5]["through"] == ["carried by Northern Wire"]
    chain = [row["name"] for row in rows["chains"] if row["chain"] == "c2"]
    assert chain == ["Lowland Courier", "Northern Wire", "Mercia Press", "a dockside official"]
    assert [row["place"] for row in rows["chains"] if row["chain"] == "c2"] == [0, 1, 2, 3]
    assert rows["actors"][2]["why_unnamed"] == "because he was not allowed to talk to reporters"
    assert (rows["times"][1]["earliest"], rows["times"][1]["latest"]) == ("2013-01-01", "2013-12-31")
    assert rows["findings"][1]["years"] == [2018]
    assert rows["claims"][0]["details"] == ["Stowe (place)", "2013 (date)", "$55 million (amount)"]


def test_a_persons_word_is_told_from_the_machines(tables: dict[str, Rows]) -> None:
    rows = tables["jsonl"]
    assert [(row["person"], row["action"]) for row in rows["times"]] == [("Ines Holm", "change"), (None, None)]
    assert rows["attributions"][1]["person"] == "Ines Holm"
    assert [(row["correction"], row["became"]) for row in rows["corrections"]] == [
        ("x1", "stands"), ("x2", "stands"), ("x3", "not found"),
    ]  # fmt: skip
    assert rows["articles"][0]["version"] == "0.1.0"


def test_every_column_of_parquet_says_what_it_means(tmp_path: Path) -> None:
    FORMATS["parquet"].write([KEPT], tmp_path / "analyses")
    FORMATS["parquet"].write(TOLD, tmp_path / "story")
    files = [*tmp_path.rglob("*.parquet")]
    assert len(files) == len(TABLES) + 7
    for file in files:
        assert all(field.metadata[b"about"] for field in pq.read_schema(file))


def test_a_story_has_its_tables(tmp_path: Path) -> None:
    FORMATS["jsonl"].write(TOLD, tmp_path / "story")
    rows = read("jsonl", tmp_path / "story")
    assert {name: len(found) for name, found in rows.items()} == {
        **{"articles": 5, "links": 5, "passages": 7, "changes": 4, "citations": 2, "findings": 2, "origins": 2},
    }
    assert (rows["links"][0]["way"], rows["links"][0]["later_from_earlier"]) == ("later from earlier", 0.91)
    assert (rows["changes"][0]["before"], rows["changes"][0]["after"]) == ("may have sunk", "has sunk")
    assert rows["citations"][0]["of"] == []
    assert [row["first"] for row in rows["articles"]] == [True, True, False, False, False]


# --- spreadsheets ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1+1"),
        *('=HYPERLINK("https://x.example","y")', "\x00=1", "\u200b=1", "\ufeff=1"),
    ],
)
def test_no_cell_is_a_formula(words: str) -> None:
    made = str(cell(words))
    assert made.startswith(("'", "\ufffd", "\u200b", "\ufeff"))
    assert not made.lstrip().startswith(("=", "+", "-", "@", "＝"))


@given(st.text(st.characters()))
def test_what_begins_a_cell_is_never_the_begin_of_a_formula(words: str) -> None:
    for value in (words, [words], [words, words]):
        made = str(cell(value))
        assert not made.lstrip()[:1] or made.lstrip()[0] not in "=+-@＝＋－＠"


# --- many ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["csv", "jsonl", "parquet", "annotations", "json"])
def test_five_times_as_many_take_no_more_memory(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.exporting.rows.GROUP_ROWS", 16)
    made = FORMATS[name]
    made.write(many(1), tmp_path / f"first{made.suffix}")  # what is loaded once

    def peak(count: int) -> int:
        tracemalloc.start()
        made.write(many(count), tmp_path / f"{count}{made.suffix}")
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    few = peak(100)
    assert peak(500) < 2 * few + 200_000
