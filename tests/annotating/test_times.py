"""Expressions of time: what is found, and the first and last day it can mean."""

import json
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
    (
        "They voted on the second Tuesday of May 2019.",
        None,
        [("the second Tuesday of May 2019", "2019-05-14", "2019-05-14")],
    ),
    (
        "They vote on the first Monday of November.",
        SUNDAY,
        [("the first Monday of November", "2024-11-04", "2024-11-04")],
    ),
    ("There is no fifth Monday of May 2019.", None, [("Monday", None, None), ("May 2019", "2019-05-01", "2019-05-31")]),
    ("In the 2014-15 season they won.", SUNDAY, [("2014-15", "2014-01-01", "2015-12-31")]),
    ("Its share fell in the 2000 elections.", SUNDAY, [("2000", "2000-01-01", "2000-12-31")]),
    (
        "The 1800s and the noughties",
        None,
        [("The 1800s", "1800-01-01", "1899-12-31"), ("the noughties", "2000-01-01", "2009-12-31")],
    ),
    ("She came in nineteen eighty-four.", None, [("nineteen eighty-four", "1984-01-01", "1984-12-31")]),
    (
        "She came on March twenty-first, nineteen ninety-eight.",
        None,
        [("March twenty-first, nineteen ninety-eight", "1998-03-21", "1998-03-21")],
    ),
    ("The winter of 2014 was hard.", "2014-02-20", [("The winter of 2014", "2013-12-01", "2014-02-28")]),
    ("the third quarter of fiscal 1990", None, [("the third quarter of fiscal 1990", "1990-07-01", "1990-09-30")]),
    # holidays
    ("They met on Orthodox Easter 2024.", None, [("Orthodox Easter 2024", "2024-05-05", "2024-05-05")]),
    ("They met on Yom Kippur 2024.", None, [("Yom Kippur 2024", "2024-10-12", "2024-10-12")]),
    ("They met on Passover 2024.", None, [("Passover 2024", "2024-04-23", "2024-04-23")]),
    ("They met on Election Day 2024.", None, [("Election Day 2024", "2024-11-05", "2024-11-05")]),
    ("They met on Anzac Day 2024.", None, [("Anzac Day 2024", "2024-04-25", "2024-04-25")]),
    ("The Yom Kippur War", SUNDAY, []),
    # of an event that has its date in the words
    (
        "It was the fifth anniversary of the fire of 3 May 2015.",
        SUNDAY,
        [("the fifth anniversary of the fire of 3 May 2015", "2020-05-03", "2020-05-03")],
    ),
    (
        "the 10th anniversary of the March 2011 tsunami",
        None,
        [("the 10th anniversary of the March 2011", "2021-03-01", "2021-03-31")],
    ),
    ("on the eve of the vote of 4 May 2019", None, [("the eve of the vote of 4 May 2019", "2019-05-03", "2019-05-03")]),
    ("It snowed the day after Christmas.", SUNDAY, [("the day after Christmas", "2023-12-26", "2023-12-26")]),
    # whether the sentence looks ahead
    ("A strike was postponed until Tuesday.", SUNDAY, [("Tuesday", "2024-10-22", "2024-10-22")]),
    ("Until Tuesday they were silent.", SUNDAY, [("Tuesday", "2024-10-15", "2024-10-15")]),
    ("Trading is to resume Tuesday.", SUNDAY, [("Tuesday", "2024-10-22", "2024-10-22")]),
    ("On Tuesday they planned a march.", SUNDAY, [("Tuesday", "2024-10-15", "2024-10-15")]),
    ("He failed to meet them Tuesday.", SUNDAY, [("Tuesday", "2024-10-15", "2024-10-15")]),
    ("On Oct. 25 they left.", SUNDAY, [("Oct. 25", "2023-10-25", "2023-10-25")]),
    ("The judge set a Nov. 8 deadline.", SUNDAY, [("Nov. 8", "2024-11-08", "2024-11-08")]),
    ("It will help those hurt by the Oct. 7 blast.", SUNDAY, [("Oct. 7", "2024-10-07", "2024-10-07")]),
    ("They agreed to buy the mill in January.", SUNDAY, [("January", "2025-01-01", "2025-01-31")]),
    ("The U.S. will resume the talks on Tuesday.", SUNDAY, [("Tuesday", "2024-10-22", "2024-10-22")]),
    ("It signed a June pact.", SUNDAY, [("June", "2024-06-01", "2024-06-30")]),
    # reports of results
    (
        "Third-quarter profit rose from a year earlier. In the nine months it fell from a year earlier.",
        "2024-10-30",
        [
            ("Third-quarter", "2024-07-01", "2024-09-30"),
            ("a year earlier", "2023-07-01", "2023-09-30"),
            ("nine months", None, None),
            ("a year earlier", "2023-01-01", "2023-12-31"),
        ],
    ),
    (
        "Its fourth quarter ended June 30; the year ended Aug. 31.",
        "2024-10-30",
        [
            ("fourth quarter", "2024-04-01", "2024-06-30"),
            ("June 30", "2024-06-30", "2024-06-30"),
            ("the year", "2023-09-01", "2024-08-31"),
            ("Aug. 31", "2024-08-31", "2024-08-31"),
        ],
    ),
    ("Sales rose in the latest quarter.", "2024-10-30", [("the latest quarter", "2024-07-01", "2024-09-30")]),
    (
        "the first nine months of 2012",
        None,
        [("the first nine months", "2012-01-01", "2012-09-30"), ("2012", "2012-01-01", "2012-12-31")],
    ),
    ("He lived in the quarter, one of the three quarters of the town.", SUNDAY, []),
    ("The third period and the first half of the match", SUNDAY, []),
    ("A quarterly dividend; for a second term, long-term", SUNDAY, []),
    # counted from a date before it in the text
    (
        "The talks of 3 May go on; on the 14th they end.",
        "2024-05-10",
        [("3 May", "2024-05-03", "2024-05-03"), ("the 14th", "2024-05-14", "2024-05-14")],
    ),
    ("On the 14th floor, on the 14th hole", SUNDAY, []),
    (
        "He left in 1980. Two years later he died.",
        SUNDAY,
        [("1980", "1980-01-01", "1980-12-31"), ("Two years later", "1982-01-01", "1982-12-31")],
    ),
    (
        "He left on 3 May 2019. The following Friday he died.",
        SUNDAY,
        [("3 May 2019", "2019-05-03", "2019-05-03"), ("The following Friday", "2019-05-10", "2019-05-10")],
    ),
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
    ("over the past few months", SUNDAY, "PXM"),
    ("in the near future", SUNDAY, "FUTURE_REF"),
    ("They meet every other week.", SUNDAY, "P2W"),
    ("open Friday nights", SUNDAY, "XXXX-WXX-5TNI"),
    ("each October", SUNDAY, "XXXX-10"),
    ("a weeklong strike", SUNDAY, "P1W"),
    ("in half an hour", SUNDAY, "PT30M"),
    ("for a hundred and fifty years", SUNDAY, "P150Y"),
    ("for two to three weeks", SUNDAY, "P2W"),
    ("at 1430 GMT on Friday", FRIDAY, "2024-10-18T14:30"),
    ("at three o'clock in the afternoon on Friday", FRIDAY, "2024-10-18T15:00"),
    ("a quarter-century ago", SUNDAY, "1999"),
    ("a year from now", SUNDAY, "2025"),
    ("last week - he said", SUNDAY, "2024-W41"),
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


# text, published, the days of all readings, the chosen one first
READINGS = [
    ("on 03/04/2023", None, ["2023-03-04", "2023-04-03"]),
    ("The raid of Friday killed two.", FRIDAY, ["2024-10-18", "2024-10-11"]),
    ("The council will meet on Friday.", FRIDAY, ["2024-10-18", "2024-10-25"]),
    ("a Tuesday meeting", SUNDAY, ["2024-10-15", "2024-10-22"]),
    ("He came last Tuesday.", SUNDAY, ["2024-10-15", "2024-10-08"]),
    ("They meet next Friday.", "2024-10-21", ["2024-10-25", "2024-11-01"]),
    ("the April 20 talks", SUNDAY, ["2024-04-20", "2025-04-20"]),
    ("Saturday, April 14", SUNDAY, ["2024-04-14", "2025-04-14", "2018-04-14"]),
    ("the talks in December", SUNDAY, ["2024-12-01", "2023-12-01"]),
    ("in 2008-12", None, ["2008-01-01", "2008-12-01"]),
    ("the winter of 2014", SUNDAY, ["2014-12-01", "2013-12-01"]),
]
CLEAR = [
    ("On Tuesday they met.", SUNDAY),
    ("They left in September.", SUNDAY),
    ("He left on April 14.", SUNDAY),
    ("on 20 Oct 2024", None),
    ("on 13/10/2016", None),
]


@pytest.mark.parametrize(("text", "published", "first_days"), READINGS)
def test_all_readings_are_given_where_several_are_possible(
    text: str, published: str | None, first_days: list[str]
) -> None:
    (time,) = times.find(text, published)
    assert [reading.earliest for reading in time.readings] == first_days
    assert len({reading.reason for reading in time.readings}) == len(first_days)


@pytest.mark.parametrize(("text", "published"), CLEAR)
def test_what_is_clear_has_no_other_reading(text: str, published: str | None) -> None:
    assert [time.readings for time in times.find(text, published)] == [()]


def test_what_is_counted_from_the_text_names_the_expression() -> None:
    first, second = times.find("He left on 3 May 2019. The next day he fell ill.", SUNDAY)
    assert second.anchor == "context"
    assert second.reasons == (
        f"'The next day': counted from '3 May 2019' ({first.id}), Friday 3 May 2019, before it in the text",
    )


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
quarter period ended anniversary eve half fiscal 14th nineteen
2024-10-20 '98 2014-15 said will was people $ 5 million İ ß"""
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
        assert len(expression.readings) != 1
        if expression.readings and expression.value:
            chosen = expression.readings[0]
            assert (chosen.value, chosen.earliest) == (expression.value, expression.earliest)
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
