"""Dates that cannot be right: what is told, with which proof, and what is left alone."""

import random
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sayso
from sayso import events, words
from sayso.annotating import dating, times
from sayso.annotating.dating import conflicts, months, offices, passages, stated, sums
from sayso.events import Event, adding, database
from sayso.model import Article, DateCandidate, Finding, Span

READ = "2026-01-01T00:00:00+00:00"


def page(text: str, published: str | None) -> Article:
    return Article("a", "a", text, "0", READ, "text/plain", published=published)


def told(text: str, published: str | None) -> list[Finding]:
    return list(conflicts.find(page(text, published), times.find(text, published)))


# --- offices ---------------------------------------------------------------------------------------------------------

TITLES = [
    ("House Speaker John Boehner met them.", [("House Speaker John Boehner", "John Boehner", False)]),
    ("Former Secretary of State Clinton spoke.", [("Secretary of State Clinton", "Hillary Clinton", True)]),
    ("U.S. Secretary of State John F. Kerry left.", [("U.S. Secretary of State John F. Kerry", "John Kerry", False)]),
    ("then-FBI Director James Comey’s memo", [("FBI Director James Comey’s", "James Comey", True)]),
    ("Pope Francis prayed.", [("Pope Francis", "Francis", False)]),
    ("Sen. Rand Paul voted.", [("Sen. Rand Paul", "Rand Paul", False)]),
    ("Rep. Paul Ryan (R-Wis.) voted.", [("Rep. Paul Ryan", "Paul Ryan", False)]),
    ("Rep. Frank Pallone voted.", []),  # not Barney Frank
    ("Florida Attorney General Pam Bondi sued.", []),  # a state's
    ("Lt. Gov. Ralph Northam spoke.", []),
    ("Deputy Secretary of State Clinton Miles spoke.", []),
    ("as secretary of state. Clinton won.", []),
    ("They met the speaker. Ryan left.", []),
    ("The senator\n\nBrown was here.", []),
    ("Sen. Brown spoke.", []),  # which of them?
    ("Sen. Brown spoke. Sherrod Brown left.", [("Sen. Brown", "Sherrod Brown", False)]),
    ("The keynote speaker Mike Johnson spoke.", []),
    ("Pope Leo XIII wrote.", []),
    ("President George H.W. Bush spoke.", []),
    ("President George W. Bush spoke.", [("President George W. Bush", "George W. Bush", False)]),
    ("A President Biden would do so.", []),
    ("The deposed President Mohamed Morsi spoke.", [("President Mohamed Morsi", "Mohamed Morsi", True)]),
    (
        "The 2012 Republican presidential nominee Mitt Romney spoke.",
        [("presidential nominee Mitt Romney", "Mitt Romney", True)],
    ),
    (
        "Former First Lady and Secretary of State Hillary Clinton spoke.",
        [("Secretary of State Hillary Clinton", "Hillary Clinton", True)],
    ),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), TITLES)
def test_titles_and_their_bearers(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [(t.span.of(text), t.office.holder, t.former) for t in offices.find(text)] == expected


def test_the_table_of_offices_is_in_order_and_has_sources() -> None:
    for key, entry in words.load("offices").items():
        if key == "before":
            continue
        assert entry["source"].startswith("https://en.wikipedia.org/wiki/")
        for holder, days in entry["holders"].items():
            given_ = [date.fromisoformat(day) for day in days if day]
            assert given_ == sorted(given_), holder
            assert len(days) % 2 == 0, holder
            assert all(days[:-1]), holder  # only the last end may be open


# --- what the text says of its own time ------------------------------------------------------------------------------

TO_COME = [
    ("The permit will expire at the end of 2016.", ["the end of 2016"]),
    ("The bridge is expected to open in May 2017.", ["May 2017"]),
    ("It won’t be ready until 2018, they said.", ["2018"]),
    ("It will be the first vote since 2012.", []),
    ("They will meet where they met in 2012.", []),  # "met" is past, and "where" begins a clause of its own
    ("Anna Will was there in 2012.", []),
    ("The ill will grew in 2012.", []),
    ("It opened in 2012.", []),
    ("They will repeal the law passed in 2012.", []),
    ("They will publish files that were seized in 2012.", []),
    ("The count will exceed the limits of the deal in 2015.", []),
    ("Ada Will wrote in 2012.", []),
]


@pytest.mark.parametrize(("text", "expected"), TO_COME)
def test_years_to_come(text: str, expected: list[str]) -> None:
    found = stated.to_come(text, times.find(text, "2020-01-01"))
    assert [t.spans[0].of(text) for t in found] == expected


def test_days_without_a_year_with_their_weekdays() -> None:
    text = "On Tuesday, April 3, they met; on 7 April they left. On May 5, 2012, and on Friday nothing happened."
    days = stated.days_of_year(text, times.find(text, "2018-05-01"))
    assert [(d.month, d.day, d.weekday) for d in days] == [(4, 3, 1), (4, 7, None)]
    assert {2012, 2018} <= set(stated.fitting_years(days[0]))
    assert 2016 not in stated.fitting_years(days[0])


def test_the_articles_own_date_line_is_no_mention() -> None:
    text = "3 May 2018\n\nThe bridge opened on 2 May 2017."
    found = times.find(text, "2018-05-03")
    article = Article(
        "a", "a", text, "0", READ, "text/plain", published="2018-05-03",
        dates=(DateCandidate("2018-05-03", "first line", "published", "", (Span(0, 10),)),),
    )  # fmt: skip
    assert [t.spans[0].of(text) for t in stated.own(article, found)] == ["2 May 2017"]


SUMS = [
    ("In 2008, ten years ago, the dam broke.", 2018),
    ("Ten years ago, in 2008, the dam broke.", 2018),
    ("The dam broke in May 2008, some 12 years ago.", 2020),
    ("They marked the tenth anniversary of the flood of 2008.", 2018),
    ("The dam broke in 2008. Ten years ago it stood.", None),
    ("In 2008 they were ten.", None),
]


@pytest.mark.parametrize(("text", "year"), SUMS)
def test_sums_of_years(text: str, year: int | None) -> None:
    assert [s.year for s in sums.find(text, list(times.find(text, "2018-05-01")))] == ([year] if year else [])


# --- conflicts inside a text -----------------------------------------------------------------------------------------

CONFLICTS = [
    ("It fell on Wednesday, 3 May 2018.", "2018-05-10", "medium", "3 May 2018 was a Thursday"),
    ("He was killed on 3 May 2018.", "2016-03-04", "medium", "tells as past what is later"),
    ("He was killed on 3 May 2018. She was shot on 9 June 2018.", "2016-03-04", "high", "“He was killed on 3 May 2018”"),
    ("FBI Director Christopher Wray agreed.", "2015-03-04", "low", "from 2 August 2017"),
    ("FBI Director Christopher Wray met special counsel Robert Mueller.", "2015-03-04", "high", "Wray was that"),
    ("In 2008, ten years ago, the dam broke.", "2023-03-04", "medium", "adds up to 2018"),
    ("They marked the tenth anniversary of the flood of 2008.", "2023-03-04", "low", "adds up to 2018"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published", "severity", "part"), CONFLICTS)
def test_conflicts_are_told_with_their_proof(text: str, published: str, severity: str, part: str) -> None:
    [finding] = told(text, published)
    assert (finding.kind, finding.severity) == ("conflicting dates", severity)
    assert part in finding.message
    assert finding.evidence
    assert finding.spans


FINE = [
    ("It fell on Thursday, 3 May 2018.", "2018-05-10"),
    ("The hall will open on 3 May 2018.", "2016-03-04"),
    ("He was to be tried on 3 May 2018.", "2016-03-04"),
    ("He was killed on 5 March 2016.", "2016-03-04"),  # an update of the next day
    ("The next FBI Director Christopher Wray agreed.", "2017-07-20"),
    ("Former FBI Director James Comey agreed.", "2019-07-20"),
    ("In 2008, ten years ago, the dam broke.", "2019-01-04"),
    ("In 2008, more than ten years ago, the dam broke.", "2025-01-04"),
    ("It will open on Friday, January 5.", "2017-12-20"),
    ("It opens on Saturday, November 7.", "2015-07-20"),
    ("House Minority Leader Nancy Pelosi met Senate Minority Whip Dick Durbin.", "2005-10-12"),
    ("A President Biden and a Vice President Harris would pay.", "2020-10-12"),
    ("He was killed on 3 May 2018.", None),
    ("This article was amended on 20 June 2018.", "2018-06-10"),
]


@pytest.mark.parametrize(("text", "published"), FINE)
def test_what_fits_is_left_alone(text: str, published: str | None) -> None:
    assert told(text, published) == []


# --- against dated events --------------------------------------------------------------------------------------------

EVENTS = [
    Event("2011-04-14", "Rebels of the Amber Front seize the harbour of Port Halna."),
    Event("2014-04-07", "Norland and Sudmark sign a fishing treaty in Brackwater."),
    Event("2014-08-20", "The Norland government releases a statement on grain prices."),
    Event("2018-04-07", "Poison kills dozens in the Halna suburb of Brackwater; the White Tabards blame the army."),
    Event("2018-04-14", "Norland and Sudmark strike poison works at Halna after the Brackwater attack."),
    Event("2018-08-21", "Norland and Sudmark warn the Halna army in a joint statement against the use of poison."),
    Event("2023-04-14", "A festival of kites draws thousands to Port Halna."),
    Event("2024-10-18", "Sudmark elects a new parliament after a quiet campaign."),
]
FILLERS = [
    Event(f"{year}-{month:02}-{day:02}", f"Item {n} of {year}: clerks file report {n} in district {month}.")
    for year in range(2010, 2025)
    for month in range(1, 13)
    for n, day in enumerate((3, 11, 24))
]
RELAYED = (
    "The White Tabards plan to use poison in Halna, a report says.\n\n"
    "On Tuesday Norland and Sudmark warned the Halna army in a joint statement against poison.\n\n"
    "It would serve as an excuse for another strike, “just like what happened on April 14” this year, when Norland and "
    "Sudmark struck poison works after the Brackwater attack.\n\n"
    "The White Tabards staged the poison attack in Brackwater on April 7, the army of Halna says."
)


def imported(every: list[Event]) -> None:
    adding.add("invented", "", every)


def find(text: str, published: str) -> dating.Dating | None:
    return dating.find(page(text, published), times.find(text, published), events.opened())


def test_an_old_report_under_a_new_date_is_found_with_the_events_that_prove_it() -> None:
    imported(EVENTS + FILLERS)
    found = find(RELAYED, "2024-10-20")
    assert found is not None
    assert found.years == (2018,)
    assert "2018" in found.finding.message
    proofs = "\n".join(found.finding.evidence)
    assert "Poison kills dozens" in proofs
    assert "7 April 2018" in proofs
    assert found.finding.years == (2018,)


def test_under_its_own_date_it_is_left_alone() -> None:
    imported(EVENTS + FILLERS)
    assert find(RELAYED, "2018-08-22") is None


def test_without_events_nothing_is_told_of_them() -> None:
    assert events.opened() is None
    assert find(RELAYED, "2024-10-20") is None


def test_offices_and_what_is_to_come_need_no_events() -> None:
    text = (
        "House Speaker John Boehner and Defense Secretary Leon Panetta met on Tuesday. President Obama will sign it.\n\n"
        "The cuts will end in 2013, Senate Majority Leader Harry Reid said on Wednesday. The sites will close by 2013."
    )
    found = find(text, "2018-05-10")
    assert found is not None
    assert found.finding.severity == "high"
    assert set(found.years) <= {2011, 2012}
    assert find(text, "2012-05-10") is None


def test_the_order_of_the_import_does_not_matter() -> None:
    every = EVENTS + FILLERS
    random.Random(3).shuffle(every)
    imported(every)
    first = find(RELAYED, "2024-10-20")
    adding.remove("invented")
    imported(EVENTS + FILLERS)
    assert first is not None
    assert find(RELAYED, "2024-10-20") == first


def test_a_name_alone_is_no_proof() -> None:
    imported([*FILLERS, Event("2013-07-13", "A jury acquits the guard who shot Trayvon Marlow.")])
    text = "The school play is about Trayvon Marlow. It was put on by pupils of the sixth form on Friday."
    assert find(text, "2019-05-10") is None


def test_a_date_that_is_no_day_is_no_date() -> None:
    assert list(dating.findings(page(RELAYED, "2018-09"), (), None)) == []


@pytest.mark.parametrize("published", ["1899-01-01", "2003-05-01", "2049-12-31", "2100-01-01"])
def test_dates_outside_of_what_is_known_are_left_alone(published: str) -> None:
    imported(EVENTS)
    assert find("A bridge was opened.", published) is None


PARTS = st.sampled_from(
    ["Norland", "Sudmark", "on April 14", "on Tuesday, April 3,", "in 2011", "will end by 2012", "House Speaker John Boehner",
     "in 2008, ten years ago,", "was killed on 3 May 2019", "the White Tabards", "struck", ".", "\n\n", "“", "\x00", "é"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(PARTS, max_size=30), year=st.integers(1990, 2049))
def test_whatever_the_text_findings_have_proof_and_spans_in_range(parts: list[str], year: int) -> None:
    if events.opened() is None:
        imported(EVENTS)
    text = " ".join(parts)
    article = page(text, f"{year}-06-15")
    for finding in dating.findings(article, times.find(text, article.published), events.opened()):
        assert finding.evidence
        assert all(0 <= span.start < span.end <= len(text) for span in finding.spans)


def test_passages_cover_the_text_in_order() -> None:
    text = "One.\n\n" + "word " * 500 + "\nTwo.\n" * 3
    spans = list(passages.cut(text))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert sum(len(span.of(text).split()) for span in spans) in range(len(text.split()), len(text.split()) + 3)
    assert all(span.end - span.start <= passages.LONGEST + passages.SHORTEST for span in spans)


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_the_axis_of_months(day: date) -> None:
    place = months.of(day)
    assert int(months.of_ordinals(months.np.array([day.toordinal()]))[0]) == place
    assert int(months.YEARS[place]) == day.year
    assert int(months.days_of_year(months.np.array([day.toordinal()]))[0]) == 100 * day.month + day.day


def test_a_damaged_index_costs_only_what_it_would_tell(caplog: pytest.LogCaptureFixture) -> None:
    imported(EVENTS + FILLERS)
    known = events.opened()
    assert known is not None
    article = Article("a", "a", RELAYED, "0", READ, "text/plain", language="en", published="2024-10-20")
    assert [f.years for f in sayso.dates(article).findings] == [(2018,)]
    database.path().write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    found = sayso.dates(article)
    assert found.analysed
    assert found.times
    assert not found.findings
    assert any(gap.kind == "dated events" for gap in found.gaps)
    assert "damaged" in caplog.text
