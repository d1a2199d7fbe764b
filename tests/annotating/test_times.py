"""Expressions of time: what is found, and the first and last day it can mean."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotating import times
from sayso.annotating.times import classes, days, grammar, tokens
from sayso.annotating.times.resolve import RESOLVERS

SUNDAY = "2024-10-20"
FRIDAY = "2024-10-18"

# text, published, [(words, first day, last day)]
CASES = [
    # the words say it all
    ("They met on 20 Oct 2024.", None, [("20 Oct 2024", "2024-10-20", "2024-10-20")]),
    ("They met on October 20, 2024, in Rome.", None, [("October 20, 2024", "2024-10-20", "2024-10-20")]),
    ("They met on Sunday, 20th of October 2024.", None, [("Sunday, 20th of October 2024", "2024-10-20", "2024-10-20")]),
    ("Updated 2024-10-20 in Oslo", None, [("2024-10-20", "2024-10-20", "2024-10-20")]),
    ("Updated 20/10/2024 in Oslo", None, [("20/10/2024", "2024-10-20", "2024-10-20")]),
    ("Updated 03/04/2024 in Oslo", None, [("03/04/2024", "2024-03-04", "2024-04-03")]),
    ("Updated 13.10.2016 in Oslo", None, [("13.10.2016", "2016-10-13", "2016-10-13")]),
    ("It was built in 2013.", None, [("2013", "2013-01-01", "2013-12-31")]),
    ("It has lasted since March 2011.", None, [("March 2011", "2011-03-01", "2011-03-31")]),
    ("October 2013's flood", None, [("October 2013", "2013-10-01", "2013-10-31")]),
    ("Wages rose in the 1990s.", None, [("the 1990s", "1990-01-01", "1999-12-31")]),
    ("Work began in late 2015.", None, [("late 2015", "2015-01-01", "2015-12-31")]),
    ("It opened in spring 2014.", None, [("spring 2014", "2014-03-01", "2014-05-31")]),
    ("Sales in the first quarter of 2012", None, [("the first quarter of 2012", "2012-01-01", "2012-03-31")]),
    ("a ship of the 19th century", None, [("the 19th century", "1800-01-01", "1899-12-31")]),
    ("The fair ran on 3-5 May 2019.", None, [("3-5 May 2019", "2019-05-03", "2019-05-05")]),
    ("It fell on Christmas 2013.", None, [("Christmas 2013", "2013-12-25", "2013-12-25")]),
    ("They left on Easter Monday 2024.", None, [("Easter Monday 2024", "2024-04-01", "2024-04-01")]),
    ("from 2011 to 2013", None, [("2011", "2011-01-01", "2011-12-31"), ("2013", "2013-01-01", "2013-12-31")]),
    # counted from the publication date
    ("On Tuesday they met.", SUNDAY, [("Tuesday", "2024-10-15", "2024-10-15")]),
    ("The mill burned on Friday.", FRIDAY, [("Friday", "2024-10-18", "2024-10-18")]),
    ("The council will meet Thursday.", FRIDAY, [("Thursday", "2024-10-24", "2024-10-24")]),
    ("He came last Tuesday.", SUNDAY, [("last Tuesday", "2024-10-15", "2024-10-15")]),
    ("He came last Friday.", FRIDAY, [("last Friday", "2024-10-11", "2024-10-11")]),
    ("They meet next Friday.", SUNDAY, [("next Friday", "2024-10-25", "2024-10-25")]),
    ("It rained this week.", SUNDAY, [("this week", "2024-10-14", "2024-10-20")]),
    ("It rained last month.", SUNDAY, [("last month", "2024-09-01", "2024-09-30")]),
    ("It rained yesterday.", "2024-03-01", [("yesterday", "2024-02-29", "2024-02-29")]),
    ("It rains today.", SUNDAY, [("today", "2024-10-20", "2024-10-20")]),
    ("She left two years ago.", SUNDAY, [("two years ago", "2022-01-01", "2022-12-31")]),
    ("She left ten days ago.", SUNDAY, [("ten days ago", "2024-10-10", "2024-10-10")]),
    ("She left a year and a half ago.", SUNDAY, [("a year and a half ago", "2023-04-01", "2023-04-30")]),
    ("Shells fell in recent days.", SUNDAY, [("recent days", "2024-10-10", "2024-10-20")]),
    ("during the past few days", SUNDAY, [("the past few days", "2024-10-10", "2024-10-20")]),
    ("over the past two months", SUNDAY, [("the past two months", "2024-08-20", "2024-10-20")]),
    ("They met earlier this month.", SUNDAY, [("earlier this month", "2024-10-01", "2024-10-31")]),
    ("They met over the weekend.", "2024-10-21", [("the weekend", "2024-10-19", "2024-10-20")]),
    ("At 9:30 a.m. on Monday it rang.", SUNDAY, [("At 9:30 a.m. on Monday", "2024-10-14", "2024-10-14")]),
    ("He fell on Sunday night.", SUNDAY, [("Sunday night", "2024-10-20", "2024-10-20")]),
    ("It closed last summer.", SUNDAY, [("last summer", "2024-06-01", "2024-08-31")]),
    ("It closed last Christmas.", SUNDAY, [("last Christmas", "2023-12-25", "2023-12-25")]),
    # a month and a day without a year
    ("The raid of April 14 failed.", SUNDAY, [("April 14", "2024-04-14", "2024-04-14")]),
    ("The raid of 14 April failed.", SUNDAY, [("14 April", "2024-04-14", "2024-04-14")]),
    ("as on April 14” this year, he said", SUNDAY, [("April 14” this year", "2024-04-14", "2024-04-14")]),
    ("He was killed on Nov. 3 at home.", SUNDAY, [("Nov. 3", "2023-11-03", "2023-11-03")]),
    ("Voters will choose on Nov. 3.", SUNDAY, [("Nov. 3", "2024-11-03", "2024-11-03")]),
    ("The raid of Oct. 3 failed.", SUNDAY, [("Oct. 3", "2024-10-03", "2024-10-03")]),
    ("The bridge fell in September.", SUNDAY, [("September", "2024-09-01", "2024-09-30")]),
    ("The bridge fell in December.", SUNDAY, [("December", "2023-12-01", "2023-12-31")]),
    # counted from a date before it in the text
    (
        "He left on 3 May 2019. The next day he fell ill. Three days later he died.",
        SUNDAY,
        [
            ("3 May 2019", "2019-05-03", "2019-05-03"),
            ("The next day", "2019-05-04", "2019-05-04"),
            ("Three days later", "2019-05-07", "2019-05-07"),
        ],
    ),
    # nothing to count from
    ("On Tuesday they met.", None, [("Tuesday", None, None)]),
    ("The raid of April 14 failed.", None, [("April 14", None, None)]),
    ("It rained last month.", None, [("last month", None, None)]),
    ("The talks took three days.", SUNDAY, [("three days", None, None)]),
    ("They meet every Friday.", SUNDAY, [("every Friday", None, None)]),
    # no time at all
    ("It may rain, and they march a second time as prices fall.", SUNDAY, []),
    ("The Sunday Times and the Daily Mail wrote of 9/11.", SUNDAY, []),
    ("Some 2,000 people came, in 2000 cases by bus.", SUNDAY, []),
    ("UN resolution 2254 and flight 1549", SUNDAY, []),
    ("Theresa May and April Smith sat in the sun and wed.", SUNDAY, []),
    ("the 6-year-old boy, 50 years old", SUNDAY, []),
    ("the fall of the city", SUNDAY, []),
    ("on Feb. 30 of no year", SUNDAY, []),
    ("", SUNDAY, []),
]

VALUES = [
    ("On Tuesday they met.", SUNDAY, "2024-10-15"),
    ("On Tuesday they met.", None, "XXXX-WXX-2"),
    ("It rained last week.", "1998-02-27", "1998-W08"),
    ("They met on Friday night.", FRIDAY, "2024-10-18TNI"),
    ("at 9:30 p.m. on Friday", FRIDAY, "2024-10-18T21:30"),
    ("over the past two months", SUNDAY, "P2M"),
    ("in recent days", SUNDAY, "PXD"),
    ("a five-hour talk", SUNDAY, "PT5H"),
    ("last fall", "1999-05-07", "1998-FA"),
    ("the third quarter", "1989-10-30", "1989-Q3"),
    ("the 1990s", None, "199"),
    ("He recently left.", SUNDAY, "PAST_REF"),
]


def found(text: str, published: str | None) -> list[tuple[str, str | None, str | None]]:
    return [(t.spans[0].of(text), t.earliest, t.latest) for t in times.find(text, published)]


@pytest.mark.parametrize(("text", "published", "expected"), CASES)
def test_finds_intervals(text: str, published: str | None, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert found(text, published) == expected


@pytest.mark.parametrize(("text", "published", "value"), VALUES)
def test_gives_timex_values(text: str, published: str | None, value: str) -> None:
    assert times.find(text, published)[0].value == value


def known_failures() -> list[object]:
    path = Path(__file__).with_name("known_failures_times.json")
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [pytest.param(row, marks=pytest.mark.xfail(strict=True, reason=row["reason"])) for row in rows]


@pytest.mark.parametrize("row", known_failures())
def test_known_failure(row: dict[str, object]) -> None:
    text, published = str(row["text"]), row["published"]
    assert [list(item) for item in found(text, published and str(published))] == row["expected"]


def test_reasons_say_what_was_not_in_the_text() -> None:
    tuesday, april = times.find("On Tuesday they spoke of April 7.", SUNDAY)
    assert tuesday.reasons == ("'Tuesday': the last Tuesday before publication on Sunday 20 October 2024",)
    assert "the year is not stated in the text" in april.reasons[0]
    assert april.anchor == "published"


def test_both_readings_of_an_ambiguous_date_are_told() -> None:
    (both,) = times.find("on 03/04/2024", None)
    assert "Monday 4 March 2024 or Wednesday 3 April 2024" in both.reasons[0]


def test_a_weekday_that_is_not_that_dates_is_told() -> None:
    (day,) = times.find("It began on Saturday, April 14, in the harbour.", SUNDAY)
    assert day.earliest == "2024-04-14"
    assert (
        day.reasons[1]
        == "the text says Saturday, but that day is Sunday 14 April 2024; it was a Saturday in 2012 and 2018"
    )


def test_without_a_publication_date_the_reason_says_so() -> None:
    (day,) = times.find("On Tuesday they met.", None)
    assert "the article's own date is not known" in day.reasons[0]
    assert day.anchor is None


WORDS = """on in last next the a of and since until early late this past few two 3 14 31 2013 2024 1990s May March April
Oct. Tuesday Friday Sunday weekend week month year years ago earlier later day days quarter first third second spring
fall
Christmas today yesterday tonight morning at 9:30 a.m. noon now recently every half century decade , . - ” ' 20/10/2024
2024-10-20 '98 said will was people $ 5 million İ ß"""
PIECES = st.sampled_from([*WORDS.split(), "\n\n"])
TEXTS = st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=80)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat)


@settings(deadline=None)
@given(TEXTS, DAYS)
def test_spans_and_intervals_hold_for_any_text(text: str, published: str | None) -> None:
    result = times.find(text, published)
    ends = 0
    for number, expression in enumerate(result, 1):
        (span,) = expression.spans
        assert expression.id == f"t{number}"
        assert ends <= span.start < span.end <= len(text)
        assert span.of(text).strip() == span.of(text)
        assert expression.reasons
        if expression.earliest and expression.latest:
            assert expression.earliest <= expression.latest
        ends = span.end
    assert times.find(text, published) == result


@settings(deadline=None)
@given(TEXTS)
def test_skipping_what_cannot_match_loses_nothing(text: str) -> None:
    spelling = classes.spelled(text, tokens.tokenise(text))
    narrowed, places = grammar.narrowed(spelling)
    there = set(narrowed)
    for rule in grammar.rules():
        full = [hit.span() for hit in rule.pattern.finditer(spelling) if hit.group()]
        hits = [hit.span() for hit in rule.pattern.finditer(narrowed) if hit.group()]
        assert full == [(places[first], places[last - 1] + 1) for first, last in hits]
        assert not full or not any(there.isdisjoint(need) for need in rule.needs)


@settings(deadline=None)
@given(
    st.dates(date(1600, 1, 1), date(2600, 1, 1)), st.sampled_from(["day", "week", "month", "quarter", "year", "decade"])
)
def test_a_day_lies_in_its_stretch(day: date, unit: str) -> None:
    first, last = days.stretch(day, unit)
    assert first <= day <= last
    assert days.timex(first, unit) == days.timex(day, unit) == days.timex(last, unit)


def test_every_rule_has_its_resolver_and_every_resolver_its_rule() -> None:
    assert {rule.resolver for rule in grammar.rules()} == set(RESOLVERS)


@pytest.mark.parametrize("name", sorted(tokens.table()["shapes"]))
def test_examples_of_a_shape_have_it(name: str) -> None:
    for example in tokens.table()["shapes"][name]["examples"]:
        assert name in classes.classify(example)


def test_an_article_takes_milliseconds() -> None:
    text = " ".join(text for text, _, _ in CASES) * 2  # some 700 words, with far more times than news has
    times.find(text, SUNDAY)
    started = time.perf_counter()
    times.find(text, SUNDAY)
    assert time.perf_counter() - started < 0.5  # a wide floor: machines in CI are slow and shared
