"""Dates of one article that do not fit: what is said of them, how sure it is, and what is normal and not said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotating.dating import published
from sayso.model import Article, DateCandidate, Finding, Residue, Span
from sayso.reading import dates as reading

READ = "2026-01-01T00:00:00+00:00"
NEW, OLD, SOON = "2024-10-20", "2018-09-05", "2024-10-25"


def one(
    day: str, origin: str, role: str = "published", evidence: str = "", spans: tuple[Span, ...] = ()
) -> DateCandidate:
    return DateCandidate(day, origin, role, evidence or f"{origin} {day}", spans)  # type: ignore[arg-type]


def declared(day: str, role: str = "published", name: str = "datePublished") -> DateCandidate:
    return one(day, "JSON-LD", role, f"{name} {day}")


def address(day: str) -> DateCandidate:
    return one(day, "url", evidence=f"/{day.replace('-', '/')}/")


def line(day: str, role: str = "published", origin: str = "visible text") -> DateCandidate:
    return one(day, origin, role, f"Day {day}", (Span(0, 14),))


def first_published(day: str) -> DateCandidate:
    return one(day, "visible text", evidence=f"First published on {day}")


def teaser(day: str) -> DateCandidate:
    return one(day, "time element", evidence=day)


def copy(day: str, origin: str = "archive capture") -> DateCandidate:
    return one(day, origin, "captured")


def found(*candidates: DateCandidate, url: str | None = None, text: str = "x" * 50, residue: str = "") -> list[Finding]:
    """The findings on an article with these dates, ordered and chosen as the reader does it."""
    latest = reading.there_by(candidates, READ)
    ordered = reading.chosen(candidates, latest)
    used = reading.used(ordered, latest)
    article = Article("id", "a", text, "hash", READ, "text/html", url=url, dates=ordered)
    parts = (Residue(residue, "notice", 0),) if residue else ()
    return list(published.find(replace(article, published=used.day if used else None, residue=parts)))


@pytest.mark.parametrize(
    "candidates",
    [
        (),
        (declared(NEW),),
        (declared(NEW), address(NEW), line(NEW), declared(NEW, "modified")),
        (declared(NEW), address("2024-10-21")),  # a time zone
        (declared(NEW), declared(SOON, "modified"), one("2025-06-01", "meta", "modified")),
        (declared(NEW), declared("2024-10-19", "modified")),
        (declared(NEW), one(OLD, "JSON-LD", "unknown", f"dateCreated {OLD}")),  # a draft, or a photograph
        (declared(NEW), one(OLD, "PDF metadata", "modified")),
        (declared(NEW), one("1970-01-01", "meta", evidence="date 1970-01-01")),  # a software's zero
        (one("0001-01-01", "meta"), one("1900-01-01", "url")),
        (declared(NEW), copy(NEW), copy(READ)),
        (declared(NEW), copy("2024-10-19")),  # it is tomorrow already in the east
        (declared(NEW, "modified"), copy(SOON)),
        (copy(OLD), one(OLD, "file", "captured")),
        (declared(NEW), one(SOON, "file", "captured")),
    ],
)
def test_what_is_normal_is_not_said(candidates: tuple[DateCandidate, ...]) -> None:
    assert found(*candidates) == []


@pytest.mark.parametrize(
    ("candidates", "kind", "severity"),
    [
        # Written, given an address and published within a month.
        ((declared(NEW), address("2024-10-15")), "several dates", "low"),
        ((declared(NEW), one(SOON, "meta", evidence=f"pubdate {SOON}")), "several dates", "low"),
        # One witness, however far away: an old page that was refreshed or moved has that, too.
        ((declared(NEW), address("2024-08-01")), "conflicting dates", "medium"),
        ((declared(NEW), address(OLD)), "conflicting dates", "medium"),
        ((declared(OLD), address(NEW)), "conflicting dates", "medium"),
        ((declared(NEW), first_published(OLD)), "conflicting dates", "medium"),
        ((declared(NEW), line(OLD, origin="dateline")), "conflicting dates", "medium"),
        ((declared(NEW), line(OLD, "unknown", "first line")), "conflicting dates", "medium"),
        ((declared(NEW), one(OLD, "meta", evidence=f"pubdate {OLD}")), "conflicting dates", "medium"),
        ((line(NEW), address(OLD)), "conflicting dates", "medium"),
        # Two that agree with each other and not with the date that is used.
        ((declared(NEW), address(OLD), first_published("2018-09-06")), "conflicting dates", "high"),
        ((declared(NEW), address(OLD), line("2018-09-04", origin="dateline")), "conflicting dates", "high"),
        # Two that do not agree, two of one kind, and two that say it is newer.
        ((declared(NEW), address(OLD), first_published("2012-01-02")), "conflicting dates", "medium"),
        ((declared(NEW), line(OLD), first_published(OLD)), "conflicting dates", "medium"),
        ((declared(OLD), address(NEW), first_published(NEW)), "conflicting dates", "medium"),
        ((teaser(NEW), address(OLD), line(OLD, origin="dateline")), "conflicting dates", "medium"),
        # Teasers, dates inside of titles and names of which nobody knows what they mean prove little.
        ((declared(NEW), teaser(OLD)), "several dates", "low"),
        ((declared(NEW), one(OLD, "url", evidence=OLD)), "several dates", "low"),
        ((declared(NEW), one(OLD, "meta", evidence=f"date {OLD}")), "several dates", "low"),
        ((declared(NEW), line(OLD, "unknown")), "several dates", "low"),
        # Stories that wait for their day; a date of publication set anew over an old page.
        ((declared(NEW), declared("2024-10-10", "modified")), "several dates", "low"),
        ((declared(NEW), declared(OLD, "modified")), "conflicting dates", "medium"),
        ((declared(OLD), declared(NEW, "modified")), "changed late", "low"),
        # After a copy, and after it was read.
        ((declared(NEW), copy(OLD)), "conflicting dates", "high"),
        ((teaser(NEW), copy(OLD)), "conflicting dates", "medium"),
        ((declared(NEW), copy(OLD, "saved page")), "conflicting dates", "medium"),
        ((declared("2031-01-01"),), "conflicting dates", "medium"),
        ((declared(NEW), one(OLD, "file", "captured")), "several dates", "low"),
    ],
)
def test_what_does_not_fit(candidates: tuple[DateCandidate, ...], kind: str, severity: str) -> None:
    assert [(finding.kind, finding.severity) for finding in found(*candidates)] == [(kind, severity)]


def test_the_sentence_names_both_and_where_they_stand() -> None:
    (finding,) = found(declared(NEW), address(OLD), line("2018-09-06", origin="dateline"))
    assert finding.message == (
        f"The article is dated {NEW} (JSON-LD: “datePublished {NEW}”), but its address has {OLD} "
        "(url: “/2018/09/05/”) and its own words give 2018-09-06 (dateline: “Day 2018-09-06”): 6 years apart."
    )
    assert finding.evidence == (
        f"{NEW}, used: JSON-LD: “datePublished {NEW}”",
        f"{OLD}: url: “/2018/09/05/”",
        "2018-09-06: dateline: “Day 2018-09-06”",
    )
    assert finding.spans == (Span(0, 14),)
    (late,) = found(declared(NEW), copy(OLD))
    assert late.message == (
        f"The page gives {NEW} as its day of publication (JSON-LD: “datePublished {NEW}”), but a copy of it was made "
        f"on {OLD} (archive capture: “archive capture {OLD}”)."
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/2018/09/ferry", [("medium", "2018-09 (url: “/2018/09/”): 6 years apart")]),
        ("https://news.example/2024/09/ferry", []),  # it may have been the end of September
        ("https://news.example/2024/10/ferry", []),
        ("https://news.example/2024/07/ferry", [("medium", "2024-07 (url: “/2024/07/”): 3 months apart")]),
        ("https://news.example/?from=/2018/09/ferry", []),
        ("https://news.example/2018/13/ferry", []),
        (None, []),
    ],
)
def test_a_month_in_the_address(url: str | None, expected: list[tuple[str, str]]) -> None:
    findings = found(declared(NEW), url=url)
    assert [(one.severity, one.message.partition("its address has ")[2].rstrip(".")) for one in findings] == expected


@pytest.mark.parametrize(
    ("notice", "candidates", "said"),
    [
        ("This article is more than 6 years old", (declared(NEW),), True),
        ("This article is more than 6 years old", (declared(OLD),), False),
        ("This article is more than 1 year old", (declared(NEW),), False),
        ("This article is more than 2 months old", (declared("2025-12-20"),), True),
        # What counts is when the page was made.
        ("This article is more than 1 year old", (declared(NEW), copy("2025-01-01")), True),
        ("This tree is more than 600 years old", (declared(NEW),), False),
        ("This article is more than 600 years old", (declared(NEW),), False),
    ],
)
def test_an_article_that_says_that_it_is_old(notice: str, candidates: tuple[DateCandidate, ...], said: bool) -> None:
    in_text = found(*candidates, text=f"{notice}\n\nThe ferry stopped.")
    assert [(one.kind, one.severity) for one in in_text] == ([("conflicting dates", "medium")] if said else [])
    assert [one.spans for one in in_text] == ([(Span(0, len(notice)),)] if said else [])
    assert len(found(*candidates, residue=notice)) == said


@pytest.mark.parametrize("captured", ["", "yesterday", READ])
@pytest.mark.parametrize("candidates", [(), (one("Monday", "meta"),), (one("", "url"), declared(NEW))])
def test_articles_that_others_built(captured: str, candidates: tuple[DateCandidate, ...]) -> None:
    article = Article("id", "a", "x", "hash", captured, "text/plain", published=NEW, dates=candidates)
    assert list(published.find(article)) == []


DAYS = st.dates(date(2000, 1, 1), date(2025, 12, 1)).map(str)
ANY = st.lists(
    st.builds(declared, DAYS)
    | st.builds(address, DAYS)
    | st.builds(line, DAYS, st.sampled_from(["published", "unknown"]))
    | st.builds(first_published, DAYS)
    | st.builds(teaser, DAYS)
    | st.builds(copy, DAYS)
    | st.builds(declared, DAYS, st.just("modified")),
    max_size=6,
)


@settings(deadline=None)
@given(ANY)
def test_high_needs_two_witnesses_or_an_archive(candidates: list[DateCandidate]) -> None:
    findings = found(*candidates)
    assert len({one.message for one in findings}) == len(findings)
    given_days = {one.day for one in candidates}
    for finding in findings:
        assert all(any(day in row for day in given_days) for row in finding.evidence)
        if finding.severity == "high":
            kinds = {published._kind(one) for one in candidates if one.role == "published"}
            assert "a copy of it was made" in finding.message or len(kinds) >= 3


@settings(deadline=None)
@given(ANY, st.integers(-1, 1))
def test_dates_a_day_apart_are_one_date(candidates: list[DateCandidate], shift: int) -> None:
    day = date(2024, 10, 20)
    near = [
        DateCandidate(str(day + timedelta(days=index % 2 * shift)), one.origin, one.role, one.evidence, one.spans)
        for index, one in enumerate(candidates)
    ]
    assert found(*near) == []
