"""How dates are written, and which of them is used."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import DateCandidate
from sayso.reading import dates

NOW = "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("20 Oct 2024", ["2024-10-20"]),
        ("20th October, 2024", ["2024-10-20"]),
        ("Oct. 20, 2024", ["2024-10-20"]),
        ("Sept 3 2019", ["2019-09-03"]),
        ("20-Oct-2024", ["2024-10-20"]),
        ("2024/10/20", ["2024-10-20"]),
        ("20.10.2024", ["2024-10-20"]),
        ("10/20/2024", ["2024-10-20"]),
        ("10/11/2024", []),
        ("11/11/2024", ["2024-11-11"]),
        ("October 2024", []),
        ("31 Feb 2024", []),
        ("may 2024 12", []),
        ("20 Oct 2024 14:05", ["2024-10-20T14:05:00"]),
        ("20 Oct 2024 at 2.05 pm GMT", ["2024-10-20T14:05:00+00:00"]),
        ("20 Oct 2024, 14:05 UTC+3", ["2024-10-20T14:05:00+03:00"]),
        ("20 Oct 2024 14:05 +0330", ["2024-10-20T14:05:00+03:30"]),
        ("20 Oct 2024 14:05 EST", ["2024-10-20T14:05:00"]),  # which EST it is, nobody says
        ("version 1.20.10.2024 of it", []),
        ("12024-10-20", []),
        ("between 1 May 2020 and 3 May 2020", ["2020-05-01", "2020-05-03"]),
    ],
)
def test_find(text: str, values: list[str]) -> None:
    assert [found.value for found in dates.find(text)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-10-20", "2024-10-20"),
        ("20241020", "2024-10-20"),
        ("2024-10-20T09:14:00Z", "2024-10-20T09:14:00+00:00"),
        ("2024-10-20 09:14:00", "2024-10-20T09:14:00"),
        ("2024-10-20T09:14:00.123+0300", "2024-10-20T09:14:00.123000+03:00"),
        ("Sun, 20 Oct 2024 09:14:00 GMT", "2024-10-20T09:14:00+00:00"),
        ("October 20, 2024", "2024-10-20"),
        ("2024", None),
        ("", None),
        ("2024-13-45", None),
        ("9" * 10_000, None),
    ],
)
def test_iso(text: str, value: str | None) -> None:
    assert dates.iso(text) == value


@pytest.mark.parametrize(
    ("candidates", "first"),
    [
        ([("2024-10-21", "url", "published"), ("2024-10-20", "JSON-LD", "published")], "2024-10-20"),
        ([("2024-10-22", "JSON-LD", "modified"), ("2024-10-20", "url", "published")], "2024-10-20"),
        ([("1970-01-01", "JSON-LD", "published"), ("2024-10-20", "url", "published")], "2024-10-20"),
        ([("2031-01-01", "JSON-LD", "published"), ("2024-10-20", "url", "published")], "2024-10-20"),
        ([("2026-01-02", "meta", "published")], "2026-01-02"),  # it is tomorrow in Auckland
    ],
)
def test_chosen(candidates: list[tuple], first: str) -> None:
    ordered = dates.chosen([DateCandidate(*one) for one in candidates], NOW)
    assert ordered[0].value == first
    assert len(ordered) == len(candidates)
    assert dates.is_usable(ordered[0], NOW)


LIKE_DATES = (
    st.from_regex(r"\A\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?([+-]\d\d:?\d\d|Z)?)?\Z")
    | st.from_regex(r"\A[A-Z][a-z]{2}, \d{1,2} (Jan|Feb|Xyz) \d{4} \d\d:\d\d:\d\d ([+-]\d{4}|GMT|EST|\w{0,4})\Z")
    | st.from_regex(r"\A\d{1,2}[./-]\d{1,2}[./-]\d{4}( \d\d:\d\d( UTC[+-]\d)?)?\Z")
    | st.from_regex(r"\A\d{8}(\d{6})?\Z")
    | st.text(max_size=40)
)


@given(LIKE_DATES)
def test_iso_gives_a_day_or_nothing(text: str) -> None:
    value = dates.iso(text)
    assert value is None or datetime.fromisoformat(value).date().isoformat() == value[:10]
