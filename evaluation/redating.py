"""Whether reports under a wrong date are found, and true ones left alone: redated news of 2012 to 2019.

    python evaluation/redating.py --data ../shared/data [--part report|tune] [--shift same|any] [--without-events]

The data folder holds `allsides_sample.jsonl.gz` (articles) and `current_events.jsonl.gz` (dated events, imported into
an index of their own). Outlets are split by the hash of their names: weights and limits were set on "tune", and
"report" may be quoted. Every article is asked twice: under its own date, and under one that is one to six years later
(`--shift same` keeps day and month, `any` takes any day between). "Accused" is a true date with a finding of severity
high, "found" a wrong one, "doubted" a true one with a finding of severity medium; "year" is how many of the found
name the right year alone, "named" alone or as one of two. The curve moves the limit of the odds and leaves all else.
The articles of 2020, later than all that anything was fitted on, are asked under their own date as well.
"""

import argparse
import csv
import gzip
import hashlib
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

import numpy as np

import sayso
from sayso import events
from sayso.annotating import dating, times
from sayso.annotating.dating import conflicts, evidence
from sayso.annotating.dating.months import Curve
from sayso.annotating.dating.published import find as published_findings
from sayso.model import Article, TimeExpression
from sayso.model.finding import by_severity

SEED = 2026
WORDS = 700
FIRST, LAST = date(2012, 1, 1), date(2019, 12, 31)


@dataclass(frozen=True, slots=True)
class Report:
    """An article of the data; `part` is that of its outlet."""

    id: str
    outlet: str
    part: str
    published: date
    text: str


def articles(folder: Path, first: date = FIRST, last: date = LAST) -> list[Report]:
    """The articles with a whole date between two days."""
    found = []
    with gzip.open(folder / "allsides_sample.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            try:
                day = date.fromisoformat(record["published"])
            except ValueError:
                continue
            if first <= day <= last:
                part = "report" if hashlib.sha256(record["outlet"].encode()).digest()[0] % 2 else "tune"
                text = f"{record['title']}\n\n{record['text']}"
                found.append(Report(record["id"], record["outlet"], part, day, text))
    return found


def kes(folder: Path) -> list[Report]:
    """The articles of FA-KES, on the war in Syria, 2011 to 2018: nothing was fitted on them."""
    found = []
    with (folder / "fa_kes.csv").open(encoding="latin-1", newline="") as rows:
        for row in csv.DictReader(rows):
            month, day, year = map(int, row["date"].split("/"))
            text = f"{row['article_title']}\n\n{row['article_content']}"
            found.append(Report(row["unit_id"], row["source"], "report", date(year, month, day), text))
    return found


def index(folder: Path) -> None:
    """Import the events into an index beside the machine's other temporary files, once."""
    home = Path(tempfile.gettempdir()) / "sayso-evaluation"
    os.environ["SAYSO_HOME"] = str(home)
    if events.opened() is None:
        from sayso.events import importing

        importing.store(str(folder / "current_events.jsonl.gz"), "current events", "Wikipedia, Portal:Current events")


def dated(report: Report, published: date) -> Article:
    """A report as a page of a day: the day in its first line, then headline and text."""
    article = sayso.read(f"{published:%d %B %Y}\n\n{report.text}".encode(), name=report.id)
    if article.published != published.isoformat():
        raise SystemExit(f"{report.id}: read as of {article.published}, not {published}")
    return article


def gathered(reports: list[Report]) -> list[dict[str, Curve]]:
    """The curves of evidence of reports under their own dates."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:  # SQLite must not be forked
        return list(pool.map(_evidence, reports, chunksize=20))


def _evidence(report: Report) -> dict[str, Curve]:
    article = dated(report, report.published)
    return evidence.gather(article, times.find(article.text, article.published), events.opened()).curves


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of a page: `severity` of the finding (None: nothing said), the odds, and the years named."""

    wrong: bool
    year: int
    page: int
    severity: str | None
    odds: float
    years: tuple[int, ...]
    message: str


def ask(report: Report, published: date, without_events: bool) -> Answer:
    """What all findings about dates say of a report under a date: the highest counts."""
    article = dated(report, published)
    known = None if without_events else events.opened()
    found_times = times.find(article.text, article.published)
    found = dating.find(article, found_times, known)
    others = [*conflicts.find(article, found_times), *published_findings(article)]
    said = by_severity([*([found.finding] if found else []), *others])
    wrong = published != report.published
    highest = said[0] if said and (found or said[0].severity == "high") else None
    return Answer(
        wrong,
        report.published.year,
        published.year,
        highest.severity if highest else None,
        found.odds if found else -99.0,
        found.years if found else (highest.years if highest else ()),
        highest.message if highest else "",
    )


def later(report: Report, shift: str) -> date:
    """A date one to six years after a report's own."""
    chance = random.Random(f"{SEED} {report.id}")
    if shift == "any":
        return report.published + timedelta(days=chance.randint(365, 6 * 365 + 1))
    year = report.published.year + chance.randint(1, 6)
    return report.published.replace(year=year, day=min(report.published.day, 28))


def _both(job: tuple[Report, str, bool]) -> list[Answer]:
    report, shift, without_events = job
    days = [report.published] if shift == "none" else [report.published, later(report, shift)]
    return [ask(report, day, without_events) for day in days]


def answers(reports: list[Report], shift: str, without_events: bool) -> list[Answer]:
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:  # SQLite must not be forked
        jobs = [(report, shift, without_events) for report in reports]
        return [answer for both in pool.map(_both, jobs, chunksize=20) for answer in both]


def line(found: list[Answer], limit: float | None) -> str:
    """Accused, found and named, at the program's own limit or another one of the odds."""

    def high(answer: Answer) -> bool:
        if limit is None:
            return answer.severity == "high"
        return answer.severity is not None and bool(answer.years) and answer.odds >= limit

    true, wrong = [a for a in found if not a.wrong], [a for a in found if a.wrong]
    hit = [a for a in wrong if high(a)]
    alone = sum(a.years == (a.year,) for a in hit) / max(1, len(hit))
    named = sum(a.year in a.years for a in hit) / max(1, len(hit))
    within = [a for a in wrong if a.page <= LAST.year]
    doubted = 100 * np.mean([a.severity == "medium" and not high(a) for a in true])
    return (
        f"accused {100 * np.mean([high(a) for a in true]):.2f} % (doubted {doubted:.1f} %)  "
        f"found {100 * len(hit) / len(wrong):.1f} % "
        f"(pages up to 2019: {100 * np.mean([high(a) for a in within]):.1f} %)  "
        f"year {100 * alone:.1f} %  named {100 * named:.1f} %"
    )


def report_lines(found: list[Answer]) -> Iterator[str]:
    yield f"as it is: {line(found, None)}"
    for limit in np.arange(2.5, 8.1, 0.5):
        yield f"odds >= {limit:.1f}: {line(found, float(limit))}"


def speed(reports: list[Report]) -> Iterator[str]:
    """CPU milliseconds for the dates of an article of 700 words, beside the times alone, which are a part of it."""
    long = [r for r in reports if len(r.text.split()) >= WORDS][:200]
    pages = [dated(replace(r, text=" ".join(r.text.split(" ")[:WORDS])), r.published) for r in long]
    known = events.opened()
    found = [times.find(page.text, page.published) for page in pages]  # also loads what is loaded once
    list(dating.findings(pages[0], found[0], known))

    def took(what: Callable[[Article, tuple[TimeExpression, ...]], object]) -> float:
        start = time.process_time()
        for page, its_times in zip(pages, found, strict=True):
            what(page, its_times)
        return 1000 * (time.process_time() - start) / len(pages)

    yield f"{len(pages)} articles of {WORDS} words, CPU milliseconds each:"
    yield f"times alone {took(lambda page, _: times.find(page.text, page.published)):.1f}"
    yield f"findings about dates, without events {took(lambda page, t: list(dating.findings(page, t, None))):.1f}"
    yield f"findings about dates, with events {took(lambda page, t: list(dating.findings(page, t, known))):.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=["report", "tune"], default="report")
    parser.add_argument("--speed", action="store_true", help="measure how long it takes instead")
    parser.add_argument("--kes", action="store_true", help="the articles of fa_kes.csv instead")
    parser.add_argument("--shift", choices=["same", "any"], default="same")
    parser.add_argument("--without-events", action="store_true")
    parser.add_argument(
        "--messages", type=int, default=0, help="print so many findings about true dates (part tune only)"
    )
    options = parser.parse_args()
    if not (options.data / "allsides_sample.jsonl.gz").exists():
        print(f"{options.data}: no allsides_sample.jsonl.gz there, so nothing was measured")
        return
    index(options.data)
    reports = kes(options.data) if options.kes else [r for r in articles(options.data) if r.part == options.part]
    if options.speed:
        print("\n".join(speed(reports)))
        return
    found = answers(reports, options.shift, options.without_events)
    print(f"{options.part}: {len(reports)} articles, each under its own date and under a later one ({options.shift})")
    print("\n".join(report_lines(found)))
    if options.messages and options.part == "tune":
        for answer in [a for a in found if not a.wrong and a.severity == "high"][: options.messages]:
            print(f"{answer.year} {answer.odds:.1f} {answer.message}")
    if options.kes:
        return
    newer = [r for r in articles(options.data, date(2020, 1, 1), date(2020, 12, 31)) if r.part == options.part]
    accused = [a.severity == "high" for a in answers(newer, "none", options.without_events)]
    print(f"{len(newer)} articles of 2020 under their own date: accused {100 * np.mean(accused):.2f} %")


if __name__ == "__main__":
    main()
