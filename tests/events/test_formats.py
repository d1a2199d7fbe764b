"""Other formats than JSON Lines: tables, Wikidata's, Wikipedia's."""

import gzip
import json
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import events
from sayso.errors import SaysoError
from sayso.events import importing
from tests.events import pages

SHIPS = ("2018-04-14", "Disasters", "Two ships collide off Port Halna.")
WAR = ("2018-04-14", "", "Siege of Port Halna: battle of the Halna war")


def store(tmp_path: Path, data: str | bytes, name: str = "amber.csv") -> importing.Import:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return importing.store(str(path))


def stored() -> list[tuple[str, str, str]]:
    found = events.opened()
    entries = found.between(date.min, date.max) if found else []
    return [(entry.event.date, entry.event.category, entry.event.text) for entry in entries]


# Tables


@pytest.mark.parametrize(
    "data",
    [
        "date,text,category\n2018-04-14,Two ships collide off Port Halna.,Disasters\n",
        "\ufeffDay;Type;Headline;Other\r\n2018-04-14;Disasters;Two ships collide off Port Halna.;x\r\n",
        "category\tdate\ttext\nDisasters\t2018-04-14\tTwo ships collide off Port Halna.\n\n",
        'Date,Event,Topic\n2018-04-14,"Two ships\ncollide off Port Halna. (Post, Courier)",Disasters\n',
    ],
)
def test_tables(tmp_path: Path, data: str) -> None:
    result = store(tmp_path, data)
    assert (result.rows, result.added, result.skipped) == (1, 1, 0)
    assert stored() == [SHIPS]


def test_bad_rows_of_a_table(tmp_path: Path) -> None:
    data = 'date,text\n2018-04-14,One.\n14.4.2018,Two.\n2018-04-14,"Three.\n2018-04-15,Four.,more\n2018-04-16,Five.\n'
    result = store(tmp_path, data)
    assert [problem.line for problem in result.problems] == [3, 4, 5]
    assert [text for _, _, text in stored()] == ["One.", "Five."]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("when,what\n2018-04-14,Ships.\n", "no column is known for the event's date; its columns are “when”, “what”"),
        ("date,what\n2018-04-14,Ships.\n", "no column is known for the event's text"),
        ("date,text\n", "no row in it gives an event"),
        ("  \n", "it is empty"),
        ("date,text\n2018-04-14,caf\xe9\n".encode("latin-1"), "not UTF-8"),
        (b"PK\x03\x04....", "workbook or an archive"),
        (b"BZh91AY", "workbook or an archive"),
        ("This is prose, and no table.\nNone at all.\n", "no column is known"),
    ],
)
def test_what_is_no_table(tmp_path: Path, data: str | bytes, why: str) -> None:
    with pytest.raises(SaysoError, match=why) as caught:
        store(tmp_path, data)
    assert "amber.csv" in str(caught.value)
    assert stored() == []


# Wikidata


def binding(**values: str) -> dict[str, dict[str, str]]:
    return {name: {"type": "literal", "value": value} for name, value in values.items()}


SIEGE = {
    "event": "http://www.wikidata.org/entity/Q1",
    "eventLabel": "Siege of Port Halna",
    "date": "2018-04-14T00:00:00Z",
    "eventDescription": "battle of the Halna war",
}


def long_answer(*rows: dict[str, str]) -> str:
    return json.dumps({"head": {"vars": list(rows[0])}, "results": {"bindings": [binding(**row) for row in rows]}})


@pytest.mark.parametrize(
    "data",
    [
        long_answer(SIEGE),
        json.dumps([SIEGE]),
        json.dumps([SIEGE], indent=2),
        "event,eventLabel,date,eventDescription\n"
        + ",".join(SIEGE[name] for name in ("event", "eventLabel", "date", "eventDescription")),
        long_answer({**SIEGE, "precision": "11"}),
    ],
)
def test_answers_of_the_query_service(tmp_path: Path, data: str) -> None:
    assert store(tmp_path, data, "query.json").added == 1
    assert stored() == [WAR]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({**SIEGE, "date": "2018-01-01T00:00:00Z"}, "may stand for a month or a year"),
        ({**SIEGE, "date": "2018-04-01T00:00:00Z"}, "may stand for a month or a year"),
        ({**SIEGE, "date": "2018-01-01T00:00:00Z", "precision": "9"}, "precision other than 11"),
        ({**SIEGE, "date": "-0480-09-20T00:00:00Z"}, "is no day"),
        ({**SIEGE, "date": "1066-10-14T00:00:00Z"}, "not between"),
        ({**SIEGE, "date": "t1234567"}, "is no day"),
        ({**SIEGE, "eventLabel": "Q1"}, "Q1 has no label"),
    ],
)
def test_dates_that_may_be_no_days_are_left_out(tmp_path: Path, row: dict[str, str], why: str) -> None:
    result = store(tmp_path, long_answer(SIEGE, row), "query.json")
    assert [(problem.line, why in problem.why) for problem in result.problems] == [(2, True)]
    assert result.added == 1


def test_the_first_of_a_month_counts_where_the_precision_says_so(tmp_path: Path) -> None:
    store(tmp_path, long_answer({**SIEGE, "date": "2018-01-01T00:00:00Z", "precision": "11"}), "query.json")
    assert stored()[0][0] == "2018-01-01"


def claim(time: str, precision: int = 11, rank: str = "normal", calendar: str = "Q1985727") -> dict[str, Any]:
    value = {"time": time, "precision": precision, "calendarmodel": f"http://www.wikidata.org/entity/{calendar}"}
    return {"rank": rank, "mainsnak": {"snaktype": "value", "datavalue": {"type": "time", "value": value}}}


def entity(label: str = "Siege of Port Halna", description: str = "", **claims: list[Any]) -> dict[str, Any]:
    labels = {"en": {"language": "en", "value": label}} if label else {"no": {"language": "no", "value": "x"}}
    described = {"en": {"language": "en", "value": description}} if description else {}
    return {"type": "item", "id": "Q1", "labels": labels, "descriptions": described, "claims": claims}


DAY = "+2018-04-14T00:00:00Z"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (entity(P585=[claim(DAY)], description="battle of the Halna war"), [WAR[2]]),
        (entity(P585=[claim(DAY)]), ["Siege of Port Halna"]),
        (
            entity(P580=[claim(DAY)], P576=[claim("+2018-05-02T00:00:00Z")]),
            ["Siege of Port Halna begins", "Siege of Port Halna is dissolved"],
        ),
        (entity("Amber Union", P571=[claim(DAY), claim(DAY)]), ["Amber Union is founded"]),
        (entity(P585=[claim(DAY, precision=9)], P580=[claim(DAY)]), ["Siege of Port Halna begins"]),
    ],
)
@pytest.mark.parametrize("form", ["{}\n", "[\n{},\n]\n", "[\n{}\n]"])
def test_a_wikidata_dump(tmp_path: Path, item: dict[str, Any], expected: list[str], form: str) -> None:
    store(tmp_path, gzip.compress(form.replace("{}", json.dumps(item)).encode()), "dump.json.gz")
    assert [text for _, _, text in stored()] == expected
    assert stored()[0][0] == "2018-04-14"


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (entity(), "none of its dates is a day"),
        (entity(P585=[claim("+2018-04-00T00:00:00Z", precision=10)]), "none of its dates is a day"),
        (entity(P585=[claim(DAY, rank="deprecated")]), "none of its dates is a day"),
        (entity(P585=[claim(DAY, calendar="Q1985786")]), "none of its dates is a day"),
        (entity(P585=[{"rank": "normal", "mainsnak": {"snaktype": "somevalue"}}]), "none of its dates is a day"),
        (entity(P569=[claim(DAY)]), "none of its dates is a day"),
        (entity("", P585=[claim(DAY)]), "no English label"),
        ({"claims": []}, "none of its dates is a day"),
        ({"claims": {"P585": {}}, "labels": []}, "none of its dates is a day"),
        ({"claims": {"P585": [3]}, "labels": {"en": 3}}, "none of its dates is a day"),
        (entity(P585=[claim("-0044-03-15T00:00:00Z")]), "is no day"),
    ],
)
def test_items_without_a_day_are_left_out(tmp_path: Path, item: dict[str, Any], why: str) -> None:
    good = entity(P585=[claim("+2011-01-01T00:00:00Z")])
    result = store(tmp_path, f"[\n{json.dumps(item)},\n{json.dumps(good)}\n]\n", "dump.json")
    assert (result.added, result.skipped) == (1, 1)
    assert result.problems[0].line == 2
    assert why in result.problems[0].why


# Wikipedia


def api(contents: dict[date, str], missing: date | None = None) -> str:
    days = [*contents, *([missing] if missing else [])]
    server = pages.Server(contents)
    return json.dumps(server._answer([f"Portal:Current events/{day.year} {day:%B} {day.day}" for day in days]))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.wiki", pages.PAGE),
        ("page.txt", pages.PAGE),
        ("2018 April 14.wiki", pages.PAGE.split("content=")[1].removesuffix("}}")),
        ("2018_April_14.wiki.gz", gzip.compress(pages.PAGE.split("content=")[1].encode())),
        ("answer.json", api({date(2018, 4, 14): pages.PAGE})),
        ("export.xml", pages.xml({"Portal:Current events/2018 April 14": pages.PAGE, "Talk:Port Halna": "*Talk."})),
    ],
)
def test_pages(tmp_path: Path, name: str, data: str | bytes) -> None:
    store(tmp_path, data, name)
    assert stored() == [("2018-04-14", *item) for item in pages.ITEMS]


def test_several_pages(tmp_path: Path) -> None:
    contents = {date(2018, 4, n): pages.page(f"Ship number {n} sails.") for n in (14, 15)} | {date(2018, 4, 16): "lol"}
    result = store(tmp_path, api(contents, date(2018, 4, 17)), "answer.json")
    assert [day for day, _, _ in stored()] == ["2018-04-14", "2018-04-15"]
    assert [problem.why for problem in result.problems] == [
        "“Portal:Current events/2018 April 16”: it has no event",
        "“Portal:Current events/2018 April 17”: there is no such page",
    ]


def test_an_export_of_many_pages(tmp_path: Path) -> None:
    titles = {
        f"Portal:Current events/20{y:02} April {d}": pages.page(f"Ship {y} of {d}.")
        for y in range(2, 18)
        for d in range(1, 29)
    }
    assert store(tmp_path, pages.xml(titles), "export.xml").added == len(titles)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE mediawiki [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/hostname">]><mediawiki><page><title>Portal:Current events/2018 April 14</title>'
    "<revision><text>*Ship &b; &c; sails.</text></revision></page></mediawiki>"
)


def test_entities_of_xml_are_not_followed(tmp_path: Path) -> None:
    with suppress(SaysoError):
        store(tmp_path, BOMB, "export.xml")
    assert all("aaa" not in text for _, _, text in stored())


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("export.xml", pages.xml({"Portal:Current events/2018 April 14": pages.PAGE})[:-20], "damaged or breaks off"),
        ("export.xml", "<mediawiki></mediawiki>", "no row in it gives an event"),
        ("page.html", "<!DOCTYPE html><p>Ships.<br></p>", "HTML"),
        ("answer.json", '{"batchcomplete": true, "query": {"pages": [', "damaged or breaks off"),
        ("answer.json", '{"batchcomplete": true}', "no answer of the MediaWiki API"),
        ("answer.json", '{"head": {}, "results": {}}', "no answer of Wikidata's query service"),
        ("page.wiki", "*Two ships collide.", "gives a day"),
    ],
)
def test_what_is_no_page(tmp_path: Path, name: str, data: str, why: str) -> None:
    with pytest.raises(SaysoError, match=why) as caught:
        store(tmp_path, data, name)
    assert name in str(caught.value)
    assert stored() == []


# Anything at all

KEYS = [
    "date",
    "text",
    "category",
    "description",
    "precision",
    "claims",
    "labels",
    "en",
    "value",
    "P585",
    "mainsnak",
    "datavalue",
    "time",
    "query",
    "pages",
    "title",
    "revisions",
    "slots",
    "main",
    "content",
    "missing",
    "head",
    "results",
    "bindings",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["2018-04-14", "Ships.", DAY]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
STARTS = [
    b"",
    b"{",
    b"[{",
    b"[\n{",
    b'{"query":',
    b'{"head":',
    b"<mediawiki",
    b"{{Current events|",
    b"date,text\n",
    b"\x1f\x8b\x08\x00",
]


def is_an_error_or_an_import(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAYSO_HOME", folder)
        path = Path(folder) / "any.json"
        path.write_bytes(data)
        added, problem = 0, None
        try:
            added = importing.store(str(path)).added
        except SaysoError as error:
            problem = str(error)
        assert (problem is None) == (added > 0)
        assert problem is None or "any.json" in problem
        assert len(stored()) == added


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=200))
def test_any_bytes(start: bytes, rest: bytes) -> None:
    is_an_error_or_an_import(start + rest)


@settings(max_examples=150, deadline=None)
@given(st.lists(JSON, min_size=1, max_size=3), st.sampled_from(["lines", "list", "one"]))
def test_any_json(values: list[object], form: str) -> None:
    written = {"lines": "\n".join(map(json.dumps, values)), "list": json.dumps(values), "one": json.dumps(values[0])}
    is_an_error_or_an_import(written[form].encode())
