"""How a story of few and of many articles is drawn, and how long that takes: simulated cascades with known trees.

    python evaluation/lanes.py [--articles 3 30 300] [--seed 1] [--write FOLDER]

Each story is one agency's report and what others made of it (`cascading`); where the bank of invented papers is at an
end, more are named by numbers. Times are the best of three, in seconds, one process: to trace the story, and to make
the page of it, as `sayso trace --html` does. `--write` keeps the corpora and the pages, to be looked at.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from cascading import plots, printing
from cascading.newsroom import Outlet
from cascading.wording import bank

import sayso
from sayso.model import Article
from sayso.reporting.stories import html

Result = TypeVar("Result")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[3, 30, 300])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    print("| articles | trace (s) | page (s) | page (kB) |\n|---|---|---|---|")
    for count in arguments.articles:
        kept = nullcontext(arguments.write / str(count)) if arguments.write else tempfile.TemporaryDirectory()
        with kept as folder:
            print(f"| {count} | {measured(list(articles(count, arguments.seed)), Path(folder))} |")


def articles(count: int, seed: int) -> Iterator[Article]:
    """An agency's report and what so many others less one made of it, in the order in which they were there.

    >>> [found.outlet for found in articles(2, 1)] == [found.outlet for found in articles(3, 1)][:2]
    False
    """
    telling = plots.Telling(bank("report"), f"lanes {seed}")
    telling.papers = [*(Outlet(f"Paper {n}", f"Paper {n}", False) for n in range(count, 0, -1)), *telling.papers]
    telling.original(telling.agencies.pop(), 2.0, telling.brief(["official"], ["unnamed 0"]))
    while len(telling.made) < count:
        plots.spread(telling, range(min(len(telling.made), 12)), 1, 1)
    chance = random.Random(f"dates {seed}")
    for made in sorted(telling.made, key=lambda made: made.hour):
        value, _ = printing.dated(telling.start + timedelta(hours=made.hour), chance)
        slug = made.draft.outlet.name.lower().replace(" ", "-")
        yield printing.article(printing.record(made.draft, value, slug))


def measured(given: list[Article], folder: Path) -> str:
    """The times for one story, asked about in its middle, as cells of a table."""
    corpus = sayso.Corpus(folder / "corpus")
    corpus.add(given)
    asked = given[len(given) // 2]
    tracing, story = best(lambda: corpus.trace(asked, len(given)))
    making, page = best(lambda: html.story_page(story))
    (folder / "story.html").write_text(page, encoding="utf-8")
    return f"{tracing:.2f} | {making:.2f} | {len(page.encode()) / 1000:.0f}"


def best(act: Callable[[], Result]) -> tuple[float, Result]:
    """What an act gives, and the least time of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        result = act()
        times.append(time.perf_counter() - start)
    return min(times), result


if __name__ == "__main__":
    main()
