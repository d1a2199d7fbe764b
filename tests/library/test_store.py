"""What a library keeps of a corpus and finds in it, whatever people type and whatever happens to its file."""

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.library import database, store
from sayso.library.store import Library, Query
from sayso.model import Actor, Analysis, Article, Entry, Finding, Gap, Span

REPORTS = {
    "cable": ("The old cable", "Divers found the old cable of the harbour cut on Monday, the port of Halna said."),
    "bridge": ("A bridge opens", "The bridge at Halna will open on Friday. It cost 5,000 crowns; it's safe."),
    "fire": ("Fire in the harbour", "A fire in the old harbour was out by noon. No cable was harmed, Zoë Berg said."),
    "rain": (None, "Rain is expected in the north."),
}
OUTLETS = {"cable": "Halna Wire", "bridge": "Halna Wire", "fire": "Amber Post", "rain": None}
DAYS = {"cable": "2024-05-06", "bridge": "2024-05-08", "fire": "2024-05-07", "rain": None}


def entry(name: str, number: int, **more: str) -> Entry:
    title, text = REPORTS.get(name, (name, f"{name} text"))
    day = DAYS.get(name)
    article = Article(
        name, f"{name}.txt", text, name, "2024-05-20T00:00:00Z", "text/plain", title=title,
        outlet=OUTLETS.get(name), published=day, language="en", url=f"https://example.org/{name}",
    )  # fmt: skip
    return Entry(replace(article, **more), number, day, day or "2024-05-21")


def analysed(given: Entry, *kinds: str, actors: tuple[str, ...] = ()) -> Analysis:
    findings = tuple(Finding(kind, "high", f"It has {kind}.", (Span(0, 3),)) for kind in kinds)
    return Analysis(
        given.article,
        actors=tuple(Actor(f"e{n}", name, "person", (name,)) for n, name in enumerate(actors)),
        findings=findings,
    )


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(tmp_path)
    entries = [entry(name, number) for number, name in enumerate(REPORTS)]
    made.keep_many((one, None) for one in entries)
    made.keep(entries[0], analysed(entries[0], "no named source", "old report", actors=("Anna Berg", "SANA")))
    made.keep(entries[2], analysed(entries[2], "no named source", actors=("Zoë Berg",)))
    return made


def ids(library: Library, query: Query, **page: int) -> list[str]:
    return [row.id for row in library.search(query, **page).rows]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", {"cable", "bridge", "fire", "rain"}),
        ("harbour", {"cable", "fire"}),
        ("HARBOUR cable", {"cable", "fire"}),
        ('"old cable"', {"cable"}),
        ('"old cable', {"cable"}),
        ('"the old harbour"', {"fire"}),
        ("“old cable”", {"cable"}),
        ("harb*", {"cable", "fire"}),
        ("harb", set()),
        ("harbour -fire", {"cable"}),
        ("-harbour", {"bridge", "rain"}),
        ('harbour -"old cable"', {"fire"}),
        ("zoe", {"fire"}),
        ("it's", {"bridge"}),
        ("5,000", {"bridge"}),
        ("cable AND harbour", set()),
        ("bridge OR rain", set()),
        ("NOT", set()),
        ("title:bridge", set()),
        ('" ( ) * - : ^ + {', {"cable", "bridge", "fire", "rain"}),
    ],
)
def test_words_as_people_type_them(library: Library, typed: str, found: set[str]) -> None:
    for order in ("newest", "relevance"):
        assert set(ids(library, Query(typed, order=order))) == found


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = Library(tmp_path_factory.mktemp("c"))
    made.keep(entry("cable", 0), analysed(entry("cable", 0), "old report", actors=("Anna Berg",)))
    return made


@given(typed=st.text(max_size=60) | st.text('"*-+^:(){}\0\ud800 abNEAROT,', max_size=40))
def test_nothing_that_is_typed_is_an_error(everything: Library, typed: str) -> None:
    for query in (Query(typed, order="relevance"), Query(actor=typed), Query(outlet=typed, finding=typed)):
        assert everything.search(query).total <= 1


def test_a_pasted_text_is_a_question_too(library: Library) -> None:
    assert ids(library, Query(f"{REPORTS['cable'][1]} " * 500)) == ["cable"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(), ["rain", "bridge", "fire", "cable"]),  # the undated one by the day it was seen
        (Query(order="oldest"), ["cable", "fire", "bridge", "rain"]),
        (Query("harbour", order="relevance"), ["fire", "cable"]),  # it is in the title
        (Query(order="relevance"), ["rain", "bridge", "fire", "cable"]),
        (Query(outlet="halna wire"), ["bridge", "cable"]),
        (Query(outlet="Halna"), []),
        (Query(actor="berg"), ["fire", "cable"]),
        (Query(actor="anna berg"), ["cable"]),
        (Query(actor="berg anna"), []),
        (Query(actor="?"), []),
        (Query(finding="no named source"), ["fire", "cable"]),
        (Query(finding="old report"), ["cable"]),
        (Query(finding="old"), []),
        (Query(earliest="2024-05-07"), ["bridge", "fire"]),
        (Query(latest="2024-05-07"), ["fire", "cable"]),
        (Query("old", actor="berg", outlet="Amber Post", finding="no named source", earliest="2024-05-01"), ["fire"]),
    ],
)
def test_what_is_asked_for_narrows_the_list_and_orders_it(library: Library, query: Query, found: list[str]) -> None:
    assert ids(library, query) == found


def test_facets_count_what_was_found(library: Library) -> None:
    found = library.search(Query(), limit=1)
    assert (found.total, len(found.rows)) == (4, 1)
    assert found.facets.outlets == (("Halna Wire", 2), ("Amber Post", 1))
    assert found.facets.findings == (("no named source", 2), ("old report", 1))
    assert library.search(Query("cable", outlet="Amber Post")).facets.findings == (("no named source", 1),)


def test_pages_follow_each_other(library: Library) -> None:
    every = ids(library, Query())
    assert [ids(library, Query(), limit=1, offset=n)[0] for n in range(4)] == every
    assert ids(library, Query(), offset=4) == []


def test_an_analysis_comes_back_as_it_was_made(library: Library) -> None:
    given = entry("cable", 0)
    assert library.analysis("cable") == analysed(given, "no named source", "old report", actors=("Anna Berg", "SANA"))
    assert library.version("cable")
    assert library.analysis("rain") is None
    assert library.analysis("no such") is None
    row = next(row for row in library.search(Query()).rows if row.id == "cable")
    assert (row.analysed, row.findings["high"], row.first_finding) == (True, 2, "It has no named source.")


def test_a_new_analysis_takes_the_place_of_the_old_one(library: Library) -> None:
    given = entry("cable", 0)
    library.keep(given, analysed(given, "old report", actors=("Ivo Tam",)))
    assert ids(library, Query(actor="sana")) == []
    assert ids(library, Query(actor="ivo")) == ["cable"]
    assert library.search(Query()).facets.findings == (("no named source", 1), ("old report", 1))
    assert ids(library, Query("cable")) == ["fire", "cable"]


def test_another_language_stands_in_the_list_with_its_gap(library: Library) -> None:
    given = entry("hafen", 4)
    gap = Gap("language", "Its language is de.")
    library.keep(given, Analysis(replace(given.article, language="de"), analysed=False, gaps=(gap,)))
    row = library.search(Query("hafen")).rows[0]
    assert (row.language, row.analysed, row.gap) == ("de", False, "Its language is de.")


def test_missing_are_those_that_are_not_listed(library: Library) -> None:
    assert list(library.missing(4)) == []
    library.keep(entry("late", 7), None)
    assert list(library.missing(10)) == [4, 5, 6, 8, 9]


def test_what_is_removed_is_gone_from_list_search_and_facets_and_does_not_come_back(library: Library) -> None:
    library.remove("cable")
    assert ids(library, Query("cable")) == ["fire"]
    assert library.analysis("cable") is None
    assert ids(library, Query(actor="anna")) == []
    assert library.search(Query()).facets.findings == (("no named source", 1),)
    assert not library.has("cable")
    assert list(library.missing(4)) == []
    library.keep(entry("cable", 0), analysed(entry("cable", 0), "old report"))  # its analysis was under way
    library.fail(0, "It broke.")
    assert library.search(Query()).total == 3
    library.remove("no such")


def test_only_what_was_expected_is_wanted_and_its_own_come_first(tmp_path: Path) -> None:
    library = Library(tmp_path)
    for first, analyse in ((0, True), (3, False), (5, True)):
        library.expect(first, analyse=analyse)
    list(library.enlist(store._listed(entry(f"n{number}", number)) for number in range(8)))
    assert library.wanted() == 6
    assert list(library.all_wanted(6)) == [6, 7, 5, 2, 1, 0]
    library.keep(entry("n0", 0), analysed(entry("n0", 0)))
    library.fail(1, "It broke.")
    assert library.next_wanted() == (2, 5, 6, 7)
    assert library.search(Query("n1")).rows[0].gap == "It broke."
    library.want_all()
    assert library.wanted() == 7


def test_what_another_version_analysed_is_analysed_again_and_can_be_read_meanwhile(library: Library) -> None:
    with library._database.writing() as connection:
        connection.execute("UPDATE analysis SET version = '0.0.1' WHERE number = 0")
    library.want_all()
    assert list(library.all_wanted()) == [0, 1, 3]
    assert library.analysis("cable")
    assert [row.id for row in library.search(Query()).rows if row.analysed] == ["fire", "cable"]
    library.keep(entry("cable", 0), analysed(entry("cable", 0)))
    assert list(library.all_wanted()) == [1, 3]
    assert library.version("cable") == library.version("fire")


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 5000, b""])
def test_a_damaged_file_is_made_anew_with_a_word(
    library: Library, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    library.close()
    for file in library.path.glob("library.sqlite*"):
        file.unlink()
    (library.path / database.FILE).write_bytes(content)
    other = Library(library.path)
    assert other.search(Query()).total == 0
    assert list(other.missing(2)) == [0, 1]
    assert ("was damaged and is made anew" in caplog.text) == bool(content)
    other.keep(entry("cable", 0), None)
    assert ids(library, Query()) == ["cable"]  # who had the old one open sees the new one


def test_a_file_damaged_while_it_is_open_is_told_once(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    library.close()
    with sqlite3.connect(library.path / database.FILE) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    file = library.path / database.FILE
    data = bytearray(file.read_bytes())
    data[4096:] = b"\x07" * (len(data) - 4096)
    file.write_bytes(data)
    with pytest.raises(SaysoError, match="was damaged and is made anew; try again"):
        library.search(Query())
    assert library.search(Query()).total == 0
    assert "library.sqlite.damaged" in caplog.text


def test_a_file_whose_maker_was_killed_is_made(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with sqlite3.connect(tmp_path / database.FILE) as begun:
        begun.execute("PRAGMA journal_mode = WAL")
    begun.close()
    assert Library(tmp_path).search(Query()).total == 0
    assert not caplog.text


def test_a_newer_library_and_a_foreign_file_are_left_alone(library: Library) -> None:
    with library._database.writing() as connection:
        connection.execute("PRAGMA user_version = 99")
    library.close()
    with pytest.raises(SaysoError, match="a newer Sayso made this library"):
        Library(library.path).search(Query())
    with library.path.joinpath("foreign").open("wb"), sqlite3.connect(library.path / "x.sqlite") as foreign:
        foreign.execute("CREATE TABLE diary (line)")
    foreign.close()
    (library.path / "x.sqlite").replace(library.path / database.FILE)
    with pytest.raises(SaysoError, match="it is no library of Sayso"):
        Library(library.path).search(Query())


def test_a_full_disk_is_told_and_what_was_there_stays(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def small(file: Path) -> sqlite3.Connection:
        connection = real(file)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        return connection

    real = database._connected
    library.close()
    monkeypatch.setattr(database, "_connected", small)
    with pytest.raises(SaysoError, match="the disk is full; what was stored before is kept"):
        library.keep_many((entry("x" * 5000 + str(number), number), None) for number in range(4, 50))
    assert library.search(Query()).total == 4
    assert list(library.missing(5)) == [4]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(SaysoError, match="file"):
        Library(tmp_path / "file").search(Query())


def test_several_write_and_read_at_once(tmp_path: Path) -> None:
    problems: list[BaseException] = []

    def write(first: int) -> None:
        try:
            mine = Library(tmp_path)
            for number in range(first, 60, 3):
                given = entry(f"n{number}", number)
                mine.keep(given, analysed(given, "old report", actors=(f"Person {number % 5}",)))
                assert mine.search(Query(f"n{number}")).total == 1
            mine.close()
        except BaseException as problem:
            problems.append(problem)

    writers = [threading.Thread(target=write, args=(first,)) for first in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert problems == []
    assert Library(tmp_path).search(Query(finding="old report")).total == 60


def test_readers_go_on_with_what_was_there_while_somebody_writes(library: Library) -> None:
    with library._database.writing() as connection:
        connection.execute("UPDATE article SET state = -1")
        assert library.search(Query()).total == 4
