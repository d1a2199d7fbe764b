"""Whom an article names as where it has something from, and what only looks like it."""

import json
from pathlib import Path

import pytest

from sayso.corpus import citing
from sayso.model import Analysis, Chain, Link, Span
from tests.corpus.shared import entry

FAILURES = json.loads(Path(__file__).with_name("known_failures_citing.json").read_text(encoding="utf-8"))

# The outlets of the other entries: none of them is in a table.
OTHERS = [
    entry("p", "The dam held.", "Halna Post", "2024-03-01", url="https://halnapost.example/2024/03/dam-held"),
    entry("w", "The dam held.", "NORDWIRE", "2024-03-01"),
    entry("t", "The dam held.", "The Times of Orrin", "2024-03-05"),
    entry("f", "The dam held.", "Fox", "2024-03-01"),
]

CITED = [
    ("The dam held, the Halna Post reported on Monday.", ["Halna Post: named as source"]),
    ("The Halna Post’s website first reported that the dam held.", ["Halna Post: named as source"]),
    ("The Halna Post, citing two engineers, said the dam held.", ["Halna Post: named as source"]),
    ("The Halna Post, citing an engineer, who asked not to be named, said it held.", ["Halna Post: named as source"]),
    ("It was confirmed on Monday by the Halna Post, which said so.", ["Halna Post: named as source"]),
    ("According to the Halna Post, the dam held.", ["Halna Post: named as source"]),
    ("According to NORDWIRE news agency, the dam held.", ["NORDWIRE: named as source"]),
    ("The dam held, state media said, citing NORDWIRE.", ["NORDWIRE: named as source"]),
    ("“It held,” the mayor told the Halna Post.", ["Halna Post: named as source"]),
    ("“It held,” she said in an interview with the Halna Post on Friday.", ["Halna Post: named as source"]),
    ("On Monday NORDWIRE reported that the dam held.", ["NORDWIRE: named as source"]),
    ("On Monday Reuters reported that the dam held.", ["Reuters: named as source"]),
    ("The dam held, the daily Times of Orrin wrote on Friday.", ["Times of Orrin: named as source"]),
    ("A Halna Post investigation found cracks in the wall.", ["Halna Post: named"]),
    ("The Halna Post report speaks of cracks. The Halna Post said they are old.", ["Halna Post: named as source"]),
    ("See halnapost.example/2024/03/dam-held for the report.", ["Halna Post: address"]),
    ("See https://www.halnapost.example/2024/03/dam-held/?from=x for it.", ["Halna Post: address"]),
    ("ORRIN (NORDWIRE) — The dam held.", ["NORDWIRE: credit line"]),
    ("ORRIN, March 1 (Reuters) - The dam held.", ["Reuters: credit line"]),
    ("ORRIN (SUDPRESS) — The dam held.", ["SUDPRESS: credit line"]),  # in no table and in no story
    ("ORRIN, March 1 (SUDPRESS) – The dam held.", ["SUDPRESS: credit line"]),
    ("ORRIN, NORDWIRE – The dam held.", ["NORDWIRE: credit line"]),
    ("The dam held on Monday.\n\n(NORDWIRE)", ["NORDWIRE: credit line"]),
    ("The dam held on Monday.\n\n— with NORDWIRE", ["NORDWIRE: credit line"]),
    ("The dam held on Monday.\n\nWith reporting by Reuters.", ["Reuters: credit line"]),
    ("The dam held on Monday.\n\nThis story first appeared in the Halna Post.", ["Halna Post: credit line"]),
    ("The dam held on Monday.-NORDWIRE", ["NORDWIRE: credit line"]),
    ("A NORDWIRE photographer saw that the dam held.", ["NORDWIRE: named as source"]),
    ("A NORDWIRE correspondent in the old town said it held.", ["NORDWIRE: named as source"]),
    ("“It held,” the mayor told a Reuters correspondent on Monday.", ["Reuters: named as source"]),
    ("“It held,” the mayor said in an email to NORDWIRE.", ["NORDWIRE: named as source"]),
    ("The dam held, an engineer told Agence France Presse.", ["Agence France-Presse: named as source"]),
    ("Fox reported that the dam held.", ["Fox: named as source"]),
]

NOT_CITED = [
    "A NORDWIRE photographer was arrested at the dam.",
    "The mayor hit a NORDWIRE correspondent.",
    "The dam near the Halna Post building held.",
    "According to the Times of Orrin building manager, the dam held.",
    "Fox hunting is banned at the dam.",
    "Fox hunters told of a dam that held.",
    "The judge told the Halna Post to pay damages.",
    "The Halna Post Office said that letters would be late.",
    "Lena Fox said that the dam held.",
    "The mayor reads the Halna Post, NORDWIRE and the Times of Orrin.",
    "The Harbour Echo reported that the dam held.",  # it itself
    "“It held,” the mayor told the Harbour Echo.",
    "ORRIN (UPDATE 2) — The dam held.",
    "The dam held (at last).",
    "HARBOUR ECHO (Harbour Echo) — The dam held.",
    "“He reads the Halna Post”, said the mayor’s wife.",
    "The mayor bought the Halna Post, said his wife.",
    "The Halna Posting reported that the dam held.",
    "See https://halnapost.example/ for more.",
    "See https://halnapost.example/2024/03/dam-held-not for more.",
]


def cited(text: str, **more: str) -> list[str]:
    own = entry("own", text, "Harbour Echo", "2024-03-02", **more)
    return [f"{found.outlet}: {found.kind}" for found in citing.citations(own, OTHERS)]


@pytest.mark.parametrize(("text", "expected"), CITED)
def test_who_is_cited(text: str, expected: list[str]) -> None:
    assert cited(text) == expected


@pytest.mark.parametrize("text", NOT_CITED)
def test_who_is_only_spoken_of(text: str) -> None:
    assert cited(text) == []


def test_a_byline_credits() -> None:
    assert cited("The dam held.", byline="Ann Lee and NORDWIRE") == ["NORDWIRE: credit line"]
    assert cited("The dam held.", byline="Ann Lee, Harbour Echo") == []


def test_the_spans_are_the_names_and_who_can_be_meant_is_not_later() -> None:
    own = entry("own", "The Times of Orrin and the Halna Post reported it. NORDWIRE reported it.", "Echo", "2024-03-02")
    found = {one.outlet: one for one in citing.citations(own, OTHERS)}
    assert found["NORDWIRE"].of == ("w",)
    assert found["Halna Post"].of == ("p",)
    assert [span.of(own.article.text) for span in found["Halna Post"].spans] == ["Halna Post"]
    later = entry("own", "The Times of Orrin reported it.", "Echo", "2024-03-02")
    assert [one.of for one in citing.citations(later, OTHERS)] == [()]  # theirs is of the 5th


def test_an_outlet_is_the_same_by_all_of_its_names() -> None:
    agency = entry("r", "The dam held.", "Associated Press", "2024-03-01")
    own = entry("own", "ORRIN (AP) - The dam held, The Associated Press reported.", "Echo", "2024-03-02")
    assert {one.of for one in citing.citations(own, [agency])} == {("r",)}
    assert citing.citations(entry("x", own.article.text, "AP", "2024-03-02"), [agency]) == ()


def test_chains_of_an_analysis_cite() -> None:
    own = entry("own", "It held, the Tarn Bugle had it.", "Echo", "2024-03-02")
    links = (Link("Echo", "outlet"), Link("Tarn Bugle", "outlet", "e1", "a1", (Span(13, 23),)))
    local = (Link("Echo", "outlet"), Link("local media", "outlet", "e2", "a2", (Span(0, 2),)))
    analysis = Analysis(
        own.article, chains=(Chain("c1", "a1", links, True, "certain"), Chain("c2", "a2", local, True, "likely"))
    )
    assert [(one.outlet, one.kind) for one in citing.citations(own, [], analysis)] == [
        ("Tarn Bugle", "named as source")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(row["text"], row["expected"], marks=pytest.mark.xfail(strict=True, reason=row["why"]))
        for row in FAILURES
    ],
)
def test_known_failure(text: str, expected: str) -> None:
    found = citing.citations(entry("x", f"The rain stopped. {text}", "Harbour Echo", "2024-03-04"), OTHERS)
    assert [f"{one.outlet}: {one.kind}" for one in found] == [expected]
