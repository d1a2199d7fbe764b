"""What is known of outlets: the built-in table, imported ones, and by which names an outlet is found."""

import logging
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.annotating.media import outlet_in
from sayso.words import importing, outlets, tables


def keep(tmp_path: Path, text: str, name: str = "amber") -> None:
    """Import an invented table."""
    path = tmp_path / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    importing.store(str(path), name)


def found(name: str, domain: str | None = None) -> list[tuple[str, str, str]]:
    return [(it.table, it.name, it.country) for it in outlets.listings(name, domain)]


def test_table() -> None:
    assert len(outlets.table()) >= 80
    for outlet in outlets.table():
        assert outlet.kind in ("agency", "broadcaster", "newspaper", "magazine", "site")
        assert outlet.country
        assert outlet.source
        assert outlets.named(outlet.name) is not None
        assert all(outlets.at_domain(f"https://www.{domain}/a") == outlet for domain in outlet.domains)
    without = {"Amaq News Agency", "Al-Ikhbariya Syria", "Al-Aqsa TV"}  # whose address is not known for certain
    shared = {"The Mail on Sunday", "The Sunday Telegraph", "Sunday Mirror"}  # who publish at their daily's address
    assert {o.name for o in outlets.table() if not o.domains} == without | shared


@pytest.mark.parametrize("url", ["https://notbbc.co.uk/", "https://bbc.co.uk.evil.example/", "https://co.uk/"])
def test_a_host_that_only_looks_alike(url: str) -> None:
    assert outlets.at_domain(url) is None


TABLE = """name,aliases,country,owner,class,url,source
Amber Post,AMBR; Amber Post Online,Halland,Amber Group,A1,https://amber.example,p. 3
Amber Post,,Norland,,B2,https://amber.test,
The Sable Courier,,Halland,,A1,,
Unity,,Norland,,B2,,
Canal+,,Halland,,A1,,
PresseTV,,Halland,,A1,,
Tidewire (English),Tidewire,Norland,,B2,,
MAP,,Norland,,B2,,
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Amber Post", [("Amber Post", "Halland"), ("Amber Post", "Norland")]),
        ("AMBER-POST", [("Amber Post", "Halland"), ("Amber Post", "Norland")]),
        ("The Amber Post", [("Amber Post", "Halland"), ("Amber Post", "Norland")]),
        ("ambr", [("Amber Post", "Halland")]),
        ("Amber Post Online", [("Amber Post", "Halland")]),
        ("Sable Courier", [("The Sable Courier", "Halland")]),
        ("Tidewire", [("Tidewire (English)", "Norland")]),
        ("canal +", [("Canal+", "Halland")]),
        ("Canal", []),
        ("Amber Posts", []),
        ("Amber", []),
        ("Ambèr Post", []),
        ("Theamber Post", []),
        ("the", []),
        ("", []),
        ("!?", []),
    ],
)
def test_names_match_exactly_or_not_at_all(name: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    keep(tmp_path, TABLE)
    assert found(name) == [("amber", *one) for one in expected]


def test_a_listing_is_the_tables_word(tmp_path: Path) -> None:
    keep(tmp_path, TABLE)
    [first, second] = outlets.listings("Amber Post")
    assert (first.classed, first.owner, first.source) == ("A1", "Amber Group", "p. 3")
    assert (second.classed, second.owner, second.source) == ("B2", "", "amber.csv")


def test_a_domain_tells_outlets_of_one_name_apart_and_finds_none_alone(tmp_path: Path) -> None:
    keep(tmp_path, TABLE)
    assert found("Amber Post", "news.amber.test") == [("amber", "Amber Post", "Norland")]
    assert found("Amber Post", "www.amber.example") == [("amber", "Amber Post", "Halland")]
    assert len(found("Amber Post", "elsewhere.example")) == 2
    assert found("Somebody", "amber.test") == []
    assert [table for table, *_ in found("Somebody", "bbc.co.uk")] == ["built-in"]


def test_every_table_speaks_and_the_built_in_one_first(tmp_path: Path) -> None:
    keep(tmp_path, "name,class\nXinhua,S\n", "zeta")
    keep(tmp_path, "name,class\nXinhua,T\n", "alpha")
    assert [it.table for it in outlets.listings("Xinhua")] == ["built-in", "alpha", "zeta"]
    assert [it.classed for it in outlets.listings("Xinhua")] == ["", "T", "S"]


def test_another_name_of_the_built_in_table_counts_where_country_or_domain_agree(tmp_path: Path) -> None:
    keep(tmp_path, "name,country,url\nAP,United States,\nAFP,Norland,\nUPI,,https://upi.com\n")
    assert found("Associated Press")[1:] == [("amber", "AP", "United States")]
    assert found("Agence France-Presse")[1:] == []
    assert [name for _, name, _ in found("United Press International")][1:] == (
        ["UPI"] if "upi.com" in (outlets.named("UPI") or outlets.Outlet("")).domains else []
    )


@given(st.text(max_size=30))
def test_a_key_forgets_only_what_may_be_written_either_way(name: str) -> None:
    once = tables.key(name)
    assert tables.key(unicodedata.normalize("NFD", name)) == tables.key(unicodedata.normalize("NFC", name))
    assert tables.key(f" {name}. ") == once
    letters = [c for c in unicodedata.normalize("NFC", name).casefold() if c.isalnum()]
    assert [c for c in once if c.isalnum()] == letters


# Names in running text


def test_which_imported_names_count_in_text(tmp_path: Path) -> None:
    keep(tmp_path, TABLE + "Ordnung,,X,,,,\nOTRX,,X,,,,\n7 Days,,X,,,,\nThe Herold,,X,,,,\nthe red dawn,,X,,,,\n")
    built_in = {n for o in outlets.table() for n in (o.name, *o.names)}
    ours = set(outlets.in_text()) - built_in - {outlets.without_accents(n) for n in built_in}
    assert ours == {"Amber Post", "Amber Post Online", "AMBR", "The Sable Courier", "OTRX"}
    assert outlet_in("a reporter of the Amber Post in Lund") == "Amber Post"
    assert outlet_in("Unity") is None
    assert outlet_in("Amber Postal Service") is None


def test_an_imported_name_leads_to_the_built_in_outlet(tmp_path: Path) -> None:
    keep(tmp_path, "name\nPRESS TV\nTidewire Daily (English)\n")
    assert outlets.in_text()["PRESS TV"] == "Press TV"
    assert outlets.in_text()["Tidewire Daily"] == "Tidewire Daily"


PIECES = st.sampled_from(["Sky", "News", "AP", ".", "-", " ", "x", "Le", "’", "UA:", "É"])
NAMES = st.lists(st.lists(PIECES, min_size=1, max_size=4).map("".join).map(str.strip).filter(bool), max_size=8)


@given(NAMES, st.lists(PIECES, max_size=12).map("".join))
def test_names_are_found_as_one_pattern_of_all_would(names: list[str], text: str) -> None:
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    expected = [m.span() for m in re.finditer(rf"(?<![\w.])(?:{pattern})(?!\w)", text)] if names else []
    assert [m.span() for m in outlets.Names(names).finditer(text)] == expected


def test_every_line_of_a_long_table_is_found(tmp_path: Path) -> None:
    lines = (f"Amber {i} Post {i % 7},Norland {i % 90},C{i % 3}\n" for i in range(20_000))
    keep(tmp_path, "name,country,class\n" + "".join(lines))
    tables.forget()
    for i in range(1000):
        assert len(outlets.listings(f"Amber {i} Post {i % 7}")) == 1


# The store


def test_a_damaged_table_is_told_once_and_the_others_speak(
    tmp_path: Path, own_tables: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keep(tmp_path, TABLE)
    keep(tmp_path, TABLE, "broken")
    path = own_tables / "broken.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    tables.forget()
    with caplog.at_level(logging.WARNING, logger="sayso"):
        tables.check()
        assert {table for table, *_ in found("AMBR")} == {"amber"}
        assert {table for table, *_ in found("AMBR")} == {"amber"}
    [message] = caplog.messages
    assert str(path) in message
    assert "sayso outlets remove broken" in message


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"\xff\xfe", b"{}", b"[]\n", b"null", b'{"format": "sayso outlets/2"}\n', b"[" * 100_000],
    ids=["empty", "blank", "bytes", "no-header", "list", "null", "later", "deep"],
)
def test_any_damage_is_a_named_error(data: bytes, own_tables: Path) -> None:
    own_tables.mkdir()
    (own_tables / "bad.jsonl").write_bytes(data)
    (own_tables / "folder.jsonl").mkdir()
    found_headers, wrong = tables.headers()
    assert found_headers == []
    assert len(wrong) == 2
    assert all("sayso outlets remove" in str(error) for error in wrong)
    assert tables.stored() == ()


def test_replacing_and_removing(tmp_path: Path, own_tables: Path) -> None:
    keep(tmp_path, "name,class\nAmber Post,A\n")
    assert [it.classed for it in outlets.listings("Amber Post")] == ["A"]
    keep(tmp_path, "name,class\nAmber Post,B\n", "Amber")
    assert [it.classed for it in outlets.listings("Amber Post")] == ["B"]
    assert [path.name for path in own_tables.iterdir()] == ["amber.jsonl"]
    assert tables.remove("AMBER")
    assert not tables.remove("amber")
    assert outlets.listings("Amber Post") == ()


def test_without_a_home_the_folder_is_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAYSO_HOME")
    assert tables.folder().parts[-2:] == ("sayso", "outlets")
    monkeypatch.setenv("SAYSO_HOME", "~/x")
    assert tables.folder() == Path.home() / "x" / "outlets"


@pytest.mark.parametrize("name", ["", " ", "..", "../x", "a/b", "built-in", "Built in", "x" * 81, "é" * 90, "con\0"])
def test_a_name_cannot_lead_out_of_the_folder(name: str, own_tables: Path) -> None:
    try:
        path = tables.place(name)
    except tables.SaysoError:
        return
    assert path.parent == own_tables
    assert "/" not in path.name
    assert path.name.strip(".") == path.name
