"""How long the index of events takes, how large it is, and how well it tells the year of a day.

    python evaluation/events.py --data ../shared/data

Imports `current_events.jsonl.gz` into a folder of its own, and asks it in a process of its own about the days on which
news articles were published (`allsides_sample.jsonl.gz`), with the words of each article: which years fit this day and
these words. The first question about each day of the year is cold; asked again at once, it is warm. The year is known,
so it can be said how often it comes first; guessing among the years that have events on such days is told beside it.
"""

import argparse
import gzip
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.events.store import Events

SEED = 5
WORDS = 700
SPREAD = 1
FEW = 10  # words of a question as a person would ask it


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the events and the articles")
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        ask(json.loads(arguments.worker.read_text(encoding="utf-8")))
        return
    with tempfile.TemporaryDirectory() as home:
        os.environ["SAYSO_HOME"] = home
        load(arguments.data)
        sys.stdout.flush()
        articles = Path(home) / "articles.json"
        articles.write_text(json.dumps(sample(arguments.data)), encoding="utf-8")
        command = [sys.executable, __file__, "--data", str(arguments.data), "--worker", str(articles)]
        subprocess.run(command, check=True)


def load(data: Path) -> None:
    """Import the events twice, and say what that took."""
    from sayso.events import database, importing

    file = str(data / "current_events.jsonl.gz")
    start = time.perf_counter()
    first = importing.store(file)
    took = time.perf_counter() - start
    rows = f"{first.rows:,} rows: {first.added:,} events, {first.known:,} known, {first.skipped:,} left out"
    print(f"import                  {took:7.1f} s, {rows}; load {os.getloadavg()[0]:.1f}")
    start = time.perf_counter()
    again = importing.store(file)
    print(f"the same file again     {time.perf_counter() - start:7.1f} s, {again.added:,} events added")
    print(f"size                    {database.path().stat().st_size / 1e6:7.1f} MB")
    print(f"peak memory, importing  {memory():7.1f} MB")


def ask(articles: list[dict[str, Any]]) -> None:
    """Ask the index about days and words, and say what that took."""
    from sayso.events import fitting, store
    from sayso.events.terms import terms

    before = memory()
    start = time.perf_counter()
    found = store.opened()
    assert found is not None
    print(f"opening                 {1000 * (time.perf_counter() - start):7.1f} ms")
    texts = [" ".join(article["text"].split()[:WORDS]) for article in articles]
    full = [text for text in texts if text.count(" ") == WORDS - 1]
    timed(f"terms of {WORDS} words", [partial(terms, text) for text in full])
    asked = [(day_of(article), terms(f"{article['title']}. {article['text']}")) for article in articles]
    timed("events near a day, cold", [partial(found.near, day.month, day.day, SPREAD) for day, _ in asked])
    timed("frequencies of its words", [partial(found.frequency, words) for _, words in asked])
    rarest = [(day, sorted(found.frequency(words).items(), key=lambda pair: pair[::-1])[:FEW]) for day, words in asked]
    few = [(day, frozenset(term for term, _ in rare)) for day, rare in rarest]
    for what, questions in (("a text", asked), (f"{FEW} words", few)):
        cold, warm = list[float](), list[float]()
        found._kept.clear()
        for day, words in questions:
            for took in (cold, warm):
                start = time.perf_counter()
                fitting.fit(found, day.month, day.day, words, SPREAD)
                took.append(time.perf_counter() - start)
        shown(f"years for {what}, cold", cold)
        shown(f"years for {what}, warm", warm)
    print(f"peak memory, asking     {memory():7.1f} MB, {before:.1f} of them before the index was opened")
    rank(found, asked)
    fitting.BEST = found.total
    print("if all that are measured counted, and not the best three of them:")
    rank(found, asked)


def rank(found: "Events", asked: list[tuple[date, frozenset[str]]]) -> None:
    """Say how often the year in which an article was published fits best."""
    from sayso.events import fitting

    places, chances = [], []
    for day, words in asked:
        years = [fit.year for fit in fitting.fit(found, day.month, day.day, words, SPREAD)]
        places.append(years.index(day.year) if day.year in years else len(years))
        chances.append(1 / max(1, len(years)))
    first, three = (100 * statistics.mean(place < n for place in places) for n in (1, 3))
    chance = 100 * statistics.mean(chances)
    print(f"the true year           {first:7.1f} % first, {three:.1f} % in the first three")
    print(f"the same by chance      {chance:7.1f} % first")


def sample(data: Path) -> list[dict[str, Any]]:
    """One article for each day of the year that has any, of some length; the same ones each time."""
    with gzip.open(data / "allsides_sample.jsonl.gz", "rt", encoding="utf-8") as file:
        read = [json.loads(line) for line in file]
    dated = [article for article in read if re.match(r"\d{4}-\d\d-\d\d", article["published"] or "")]
    long = [article for article in dated if len(article["text"]) > 1000]
    random.Random(SEED).shuffle(long)
    by_day = {f"{day_of(article):%m-%d}": article for article in long}
    return [by_day[day] for day in sorted(by_day)]


def day_of(article: dict[str, Any]) -> date:
    return date.fromisoformat(article["published"][:10])


def timed(what: str, acts: list[Callable[[], object]]) -> None:
    took = []
    for act in acts:
        start = time.perf_counter()
        act()
        took.append(time.perf_counter() - start)
    shown(what, took)


def shown(what: str, took: list[float]) -> None:
    at_95 = statistics.quantiles(took, n=20)[-1]
    print(f"{what:<23} {1000 * statistics.median(took):7.1f} ms median, {1000 * at_95:.1f} ms p95 of {len(took)}")


def memory() -> float:
    """Megabytes that this process had at most, as Linux tells it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s*(\d+)", status)[1]) / 1000  # type: ignore[index]


if __name__ == "__main__":
    main()
