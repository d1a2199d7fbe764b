"""The line of times: everything stands where it belongs, whatever the report names, and both pictures say the same."""

import io
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from sayso.annotating.dating import published
from sayso.model import Analysis, Article, DateCandidate, Finding, Span, TimeExpression, TimeReading
from sayso.model.finding import ABOUT_DATES
from sayso.reporting import html, terminal, textline
from sayso.reporting.timeline import MOST_MARKS, Timeline, fitting
from sayso.reporting.view import view

from .outputs import printed
from .sample import ANALYSIS
from .test_html import HOSTILE, Page

WORDS = "A ferry stopped on Tuesday, and a bridge was built long ago."
ARTICLE = Article(
    "id", "a.txt", WORDS, "hash", "2026-01-01T00:00:00Z", "text/plain", title="A ferry", published="2024-10-20"
)


def time(key: str, earliest: str | None, latest: str | None, anchor: str | None = "explicit") -> TimeExpression:
    return TimeExpression(key, (Span(16, 26),), None, earliest, latest, "day", anchor)


def report(*times: TimeExpression, article: Article = ARTICLE, findings: tuple[Finding, ...] = ()) -> Analysis:
    return Analysis(article, times=times, findings=findings)


def line(*times: TimeExpression, article: Article = ARTICLE, findings: tuple[Finding, ...] = ()) -> Timeline:
    return view(report(*times, article=article, findings=findings)).timeline


def conflict(*years: int, about: tuple[str, ...] = (), severity: str = "high") -> Finding:
    return Finding("conflicting dates", severity, "It does not fit.", (), ("A proof.",), about, years)  # type: ignore[arg-type]


DAYS = st.dates(date(1600, 1, 1), date(2049, 12, 31)).map(str)
ENDS = st.one_of(st.none(), DAYS, st.sampled_from(["2018-02-30", "", "XXXX", "0001-01-01", "9999-12-31"]))
TIMES = st.lists(st.tuples(ENDS, ENDS, st.sampled_from(["explicit", "published", "context", None])), max_size=60)
MADE = st.builds(
    lambda times, published, years, others: report(
        *(time(f"t{n}", *each) for n, each in enumerate(times)),
        article=replace(ARTICLE, published=published, dates=tuple(DateCandidate(day, "url") for day in others)),
        findings=(conflict(*years),),
    ),
    TIMES,
    st.one_of(st.none(), DAYS),
    st.lists(st.integers(-5, 12000), max_size=3),
    st.lists(DAYS, max_size=4),
)


@given(MADE)
def test_everything_stands_on_the_line_in_the_order_of_time(analysis: Analysis) -> None:
    drawn = view(analysis).timeline
    places = [point.at for point in (*drawn.others, *drawn.years, *drawn.months)]
    places += [at for each in (*drawn.marks, *drawn.bands) for at in (each.first, each.last)]
    assert all(0 <= at <= 1 for at in places)
    assert all(each.first <= each.last for each in (*drawn.marks, *drawn.bands))
    assert [mark.number for mark in drawn.marks] == list(range(1, len(drawn.marks) + 1))
    assert [mark.first for mark in drawn.marks] == sorted(mark.first for mark in drawn.marks)
    kept = [found.note.key for mark in drawn.marks for found in mark.notes]
    kept += [found.note.key for found in (*drawn.left_out, *drawn.unresolved)]
    assert sorted(kept) == sorted(each.id for each in analysis.times)
    assert len(drawn.marks) <= MOST_MARKS


@given(MADE, st.integers(1, 120))
def test_it_fits_any_terminal_and_has_every_mark(analysis: Analysis, width: int) -> None:
    drawn = view(analysis).timeline
    lines = textline.draw(drawn, width)
    assert all(len(each) <= width for each in lines)
    assert bool(lines) == (width >= textline.NARROWEST)
    numbers = re.findall(r"(?<=[●○━┄→])\d+", "\n".join(lines[3:]))
    assert sorted(map(int, numbers)) == [mark.number for mark in drawn.marks if lines]


@given(MADE, st.integers(20, 120))
def test_names_under_the_line_never_touch(analysis: Analysis, letters: int) -> None:
    names = fitting(view(analysis).timeline, letters)
    taken = [
        (name.at * letters - len(name.text) * name.ends, name.at * letters + len(name.text) * (not name.ends))
        for name in names
    ]
    for (_, end), (start, _) in pairwise(taken):
        assert start > end
    assert all(start >= -0.5 and end <= letters + 0.5 for start, end in taken)


def test_a_year_long_past_leaves_the_others_room() -> None:
    drawn = line(
        time("t1", "1918-01-01", "1918-12-31"),
        time("t2", "2024-10-15", "2024-10-15"),
        time("t3", "2024-10-18", "2024-10-18"),
    )
    places = [mark.first for mark in drawn.marks]
    assert places[2] - places[1] > 0.05
    assert {"1918", "2024"} <= {name.text for name in fitting(drawn, 40)}


def test_what_moves_with_the_pages_date_is_told_apart() -> None:
    drawn = line(time("t1", "2018-10-04", "2018-10-04"), time("t2", "2024-10-15", "2024-10-15", "published"))
    assert [mark.moves for mark in drawn.marks] == [False, True]
    shown = printed(
        report(time("t1", "2018-10-04", "2018-10-04"), time("t2", "2024-10-15", "2024-10-15", "published")),
        part="dates",
    )
    assert "●1" in shown
    assert "○2" in shown


@pytest.mark.parametrize(
    ("earliest", "latest", "sign"),
    [("2018-10-04", None, "●→1"), (None, "2018-10-04", "←●1"), ("2018-10-04", "2018-11-04", "━1")],
)
def test_an_open_end_is_an_arrow_and_not_a_length(earliest: str | None, latest: str | None, sign: str) -> None:
    assert sign in "\n".join(textline.draw(line(time("t1", earliest, latest)), 60))


def test_the_same_days_known_in_the_same_way_are_one_mark() -> None:
    same = time("t1", "2018-10-04", "2018-10-04"), time("t2", "2018-10-04", "2018-10-04")
    drawn = line(*same, time("t3", "2018-10-04", "2018-10-04", "published"))
    assert [len(mark.notes) for mark in drawn.marks] == [2, 1]
    assert [mark.short for mark in drawn.marks] == ["on Tuesday", "on Tuesday"]
    long_ago = replace(same[1], spans=(Span(len(WORDS) - 9, len(WORDS) - 1),))
    [mark] = line(same[0], long_ago).marks
    assert mark.short == "on Tuesday +1"
    assert mark.title.startswith("“on Tuesday”; “long ago”: 2018-10-04 (Thursday)")


@pytest.mark.parametrize(
    ("years", "severity", "labels"),
    [
        ((2018,), "high", ["2018 fits better"]),
        ((2018,), "medium", ["2018 may fit better"]),
        ((2019, 2018), "high", ["2018–2019 fits better"]),
        ((2018, 2014), "high", ["2014 fits better", "2018 fits better"]),
        ((), "high", []),
        ((0, 12000), "high", []),
    ],
)
def test_years_that_fit_better_are_bands(years: tuple[int, ...], severity: str, labels: list[str]) -> None:
    drawn = line(time("t1", "2018-10-04", "2018-10-04"), findings=(conflict(*years, severity=severity),))
    assert [band.label for band in drawn.bands] == labels
    for band in drawn.bands:
        if band.label.startswith("2018"):
            assert band.first < drawn.marks[0].first < band.last
    page = html.render(report(time("t1", "2018-10-04", "2018-10-04"), findings=(conflict(*years, severity=severity),)))
    assert all(f">{label}</text>" in page for label in labels)


def test_what_a_conflict_is_about_is_drawn_first_and_marked() -> None:
    many = [time(f"t{n}", f"{1700 + n}-05-06", f"{1700 + n}-05-06") for n in range(MOST_MARKS + 12)]
    last = many[-1].id
    drawn = line(*many, findings=(conflict(about=(last,)),))
    assert [mark.notes[0].note.key for mark in drawn.marks if mark.doubted] == [last]
    assert (len(drawn.marks), len(drawn.left_out)) == (MOST_MARKS, 12)
    analysis = report(*many, findings=(conflict(about=(last,)),))
    assert "12 more have no room on it" in html.render(analysis)
    shown = " ".join(printed(analysis, part="dates").split())
    assert "12 more have no room on it" in shown
    assert all(each.earliest in shown for each in many if each.earliest)


def test_findings_of_other_kinds_are_no_conflicts_of_dates() -> None:
    other = Finding("unnamed origin", "high", "Nobody is named.", (), (), ("t1",), (2018,))
    analysis = report(time("t1", "2018-10-04", "2018-10-04"), findings=(other,))
    assert view(analysis).timeline.bands == ()
    assert "Nobody is named" not in printed(analysis, part="dates")


def test_every_kind_of_finding_about_the_articles_date_is_among_the_kinds() -> None:
    used = DateCandidate("2024-10-20", "JSON-LD", "published")
    against = (
        DateCandidate("2018-09-05", "url", "published", "/2018/09/05/"),
        DateCandidate("2024-10-24", "url", "published", "/2024/10/24/"),
        DateCandidate("2025-12-05", "meta", "modified"),
        DateCandidate("2020-12-05", "meta", "modified"),
        DateCandidate("2020-12-05", "archive capture", "captured"),
    )
    found = [f.kind for one in against for f in published.find(replace(ARTICLE, dates=(used, one)))]
    assert set(found) == ABOUT_DATES


def test_conflicts_stand_with_their_evidence_in_both() -> None:
    found = conflict(2018)
    analysis = report(time("t1", "2018-10-04", "2018-10-04"), findings=(found,))
    for shown in (printed(analysis, part="dates"), printed(analysis), html.render(analysis)):
        assert "It does not fit." in shown
        assert "A proof." in shown
    dates = html.render(analysis).partition('<section id="dates"')[2].partition("</section>")[0]
    assert '<a href="#f1">⚑1</a> It does not fit.' in dates


@pytest.mark.parametrize(
    "analysis",
    [
        report(article=replace(ARTICLE, published=None)),
        report(),
        report(time("t1", None, None, None)),
        report(time("t1", "2024-10-15", "2024-10-15"), article=replace(ARTICLE, published=None)),
    ],
)
def test_with_nothing_to_compare_there_is_no_line(analysis: Analysis) -> None:
    assert not view(analysis).timeline.drawn
    assert "Not to scale" not in printed(analysis, part="dates")
    assert '<svg class="timeline' not in html.render(analysis)


def test_no_conflict_found_is_said_and_proves_nothing() -> None:
    assert "None was found, which proves nothing" in " ".join(printed(report(), part="dates").split())
    assert "None was found" not in printed(Analysis(ARTICLE, analysed=False), part="dates")


def test_other_readings_are_told() -> None:
    readings = (
        TimeReading("2024-11-06", "2024-11-06", "2024-11-06", "the page's year"),
        TimeReading("2018-11-06", "2018-11-06", "2018-11-06", "the year spoken of"),
        TimeReading("XXXX-11-06", None, None, ""),
    )
    analysis = report(replace(time("t1", "2024-11-06", "2024-11-06", "published"), readings=readings))
    [note] = view(analysis).on("times")
    assert note.note.rows[2:] == (
        ("Could also mean", "2018-11-06 (Tuesday): the year spoken of"),
        ("Could also mean", "XXXX-11-06"),
    )
    assert "could also mean 2018-11-06 (Tuesday)" in printed(analysis, part="dates")
    assert "could also mean 2018-11-06 (Tuesday)" in printed(analysis, explain=True)


def test_marks_lead_to_their_words_and_say_what_they_are() -> None:
    written = html.render(ANALYSIS).partition('<section id="dates"')[2].partition("</section>")[0]
    marks = re.findall(r'<a class="at[^>]* href="#(\w+)"><title>(.*?)</title>', written)
    rows = re.findall(r'<th scope="row" dir="auto"><a href="#(\w+)">', written)
    assert sorted(mark for mark, _ in marks) == sorted(rows)
    assert marks[0][1] == "“in 2013”: 2013-01-01 to 2013-12-31, counted from the words themselves"


def test_hostile_words_stay_words() -> None:
    article = replace(ARTICLE, text=f"{HOSTILE} {WORDS}")
    bad = replace(time("t1", "2018-10-04", "2018-10-04"), spans=(Span(0, len(HOSTILE)),))
    written = html.render(report(bad, article=article, findings=(conflict(2018, about=("t1",)),)))
    page = Page(written)
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert "<img" not in written
    assert 'class="at doubted"' in written


@given(MADE)
def test_any_page_is_whole(analysis: Analysis) -> None:
    Page(html.render(analysis))


def test_a_terminal_without_those_letters_gets_plain_ones() -> None:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="ascii", errors="replace") as out:
        console = Console(file=out, width=60, color_system=None, markup=False, highlight=False, emoji=False)
        times = time("t1", "2017-01-01", "2017-12-31"), time("t2", "2024-10-15", "2024-10-15", "published")
        terminal.render(report(*times, findings=(conflict(2018),)), console, part="dates")
        out.flush()
        shown = raw.getvalue().decode("ascii")
    drawn = shown.partition("Times in the text")[2].partition("Not to scale")[0]
    assert "?" not in drawn
    assert all(words in drawn for words in ("===1", "o2", "2018", "::", "V"))
