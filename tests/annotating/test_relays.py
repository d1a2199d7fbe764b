"""Through whom a statement came, and on whose word: the ways in which newsrooms say so."""

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.annotating.chains import draw
from tests.annotating.reading import analysed

CHAINS = [
    # relays beside the telling
    ("The mayor said in an interview with Reuters that the dam was safe.", ["Reuters ← mayor"]),
    (
        "Minister Anna Berg said in remarks carried by the state news agency Velan that it was over.",
        ["Velan ← Anna Berg"],
    ),
    ("Eight vans left the factory, according to documents seen by the Amber Post.", ["Amber Post ← documents"]),
    ("Speaking to the Amber Post, Anna Berg said that the dam was safe.", ["Amber Post ← Anna Berg"]),
    ("Anna Berg told a reporter from the Amber Post that the dam was safe.", ["Amber Post ← Anna Berg"]),
    ("In a statement read out by his lawyer, Mark Reid said that he was sorry.", ["his lawyer ← Mark Reid"]),
    ("“It is over,” Anna Berg told the Amber Post. “We lost,” she added.", ["Amber Post ← Anna Berg"] * 2),
    # one medium after the other
    (
        "The Amber Post reported that the Velan Times had learned from a clerk that the road was shut.",
        ["Amber Post ← Velan Times ← clerk"],
    ),
    (
        "The dam has burst, Reuters reported, citing the TASS agency, which quoted officials.",
        ["Reuters ← TASS ← officials"],
    ),
    (
        "The road is shut, Reuters reported on Monday, citing the business daily Delo, which in turn cited a clerk.",
        ["Reuters ← Delo ← clerk"],
    ),
    (
        "Two survivors said that the boat had circled them, according to the aid group Safe Shore.",
        ["Safe Shore ← Two survivors (unnamed)"],
    ),
    ("The bank is open. ECOWAS condemned what it called an “attempted coup”.", ["ECOWAS"] * 2),
    ("A fire was brought under control on Sunday, TASS quoted a rescue worker as saying.", ["TASS ← rescue worker"]),
    ("The talks were first reported by the Amber Post.", ["Amber Post"]),
    # hearsay
    ("“My brother told me that they came,” Anna Berg said.", ["Anna Berg ← My brother"]),
    ("“I heard from two nurses that he had died,” Anna Berg said.", ["Anna Berg ← two nurses"]),
    # no relay at all
    ("Anna Berg said on Facebook that the dam was safe.", ["Anna Berg"]),
    ("Anna Berg told parliament that the dam was safe.", ["Anna Berg"]),
    ("Anna Berg told this newspaper that the dam was safe.", ["Anna Berg"]),
    ("Anna Berg told the Harbour Post that the dam was safe.", ["Anna Berg"]),
    ("Sleep helps, according to a study published in The Lancet.", ["study"]),
    # several who say it together, and nobody
    ("Anna Berg and two aides said that the dam was safe.", ["Anna Berg", "two aides"]),
    ("The court heard that the driver had fled.", ["nobody named"]),
    ("The army put the toll at 31.", ["army"]),
]


@pytest.mark.parametrize(("text", "expected"), CHAINS, ids=[text[:50] for text, _ in CHAINS])
def test_who_passed_it_on(text: str, expected: list[str]) -> None:
    assert sorted(draw(c) for c in analysed(text).chains) == sorted(f"Harbour Post ← {chain}" for chain in expected)


NO_STATEMENT = [
    "A man has been charged with murder.",
    "The war has claimed 300,000 lives.",
    "An aide, who asked not to be named, was at the door.",
]


@pytest.mark.parametrize("text", NO_STATEMENT)
def test_what_nobody_says(text: str) -> None:
    assert analysed(text).chains == ()


KNOWN_FAILURES = json.loads(Path(__file__).with_name("known_failures_sources.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, marks=pytest.mark.xfail(strict=True, reason=row["why"]), id=row["text"][:30])
        for row in KNOWN_FAILURES
    ],
)
def test_known_failure(row: dict[str, Any]) -> None:
    assert sorted(draw(c) for c in analysed(row["text"]).chains) == sorted(row["expected"])
