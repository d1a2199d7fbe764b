"""How quick the desk is over HTTP: a pasted report, the library, a story, and ten people at once.

    python evaluation/desk.py [--parts paste people story library] [--people 10] [--think 5] [--library FOLDER]

Each part starts `sayso serve` by itself on a free port of this machine, and asks it as a browser does: the form of a
page with its proof, the redirect, the page that comes. Times are seconds (of the library milliseconds) on the clock.

  paste    a report of 700 words, made from the demo's paragraphs in a new order each time: the first one, sent as soon
           as the server answers at all, one sent after the processes are warm, and the median and p95 of the rest
  people   one person alone, then so many at once, each for `--minutes`: paste a report, search, open an article, its
           story; between two pages everybody looks at the page for `--think` seconds on average (exponentially).
           p95 of all pages of the many over that of the one. Then the same without looking at anything.
  story    a story of so many articles (as in `evaluation/lanes.py`), the first time and again
  library  a corpus with its library, as `evaluation/library.py --folder` makes it: the first page, and searches
"""

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import httpx

from lanes import articles  # isort: skip - beside this file

import sayso
from sayso import pipeline

PARTS = ("paste", "people", "story", "library")
WORDS = 700
QUERIES = (
    "",
    "?page=1500",
    "?text=said",
    "?text=president+court&order=relevance",
    "?outlet=Outlet+7",
    "?text=said&outlet=Outlet+7",
    "?actor=Trump",
    "?earliest=2016-01-01&latest=2016-12-31",
    "?finding=no+named+source",
)

Times = list[float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--pastes", type=int, default=30)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--think", type=float, default=5.0)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--articles", type=int, default=300, help="of the story")
    parser.add_argument("--library", type=Path, help="a corpus with its library")
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    if "paste" in given.parts:
        paste(given.pastes)
    if "people" in given.parts:
        people(given.people, given.think, given.minutes * 60)
    if "story" in given.parts:
        story(given.articles)
    if "library" in given.parts and given.library:
        library(given.library)


class Person:
    """Somebody with a browser before the desk."""

    def __init__(self, address: str, seed: int) -> None:
        self.browser = httpx.Client(base_url=address, timeout=300, follow_redirects=True)
        self.chance = random.Random(seed)
        self.took: dict[str, Times] = {}

    def does(self, name: str, act: Callable[[], httpx.Response]) -> httpx.Response:
        """Do something, and note how long it took until the page was there."""
        start = time.perf_counter()
        answer = act()
        self.took.setdefault(name, []).append(time.perf_counter() - start)
        answer.raise_for_status()
        return answer

    def pastes(self) -> None:
        """Paste a report into the form, and get its page."""
        page = self.browser.get("/read").text
        fields = {"proof": re.findall(r'name="proof" value="([^"]+)"', page)[0], "given": report(self.chance)}
        shown = self.does("paste", lambda: self.browser.post("/read", data=fields))
        assert "What to look at first" in shown.text

    def sits(self, seconds: float, think: float) -> None:
        """Go through the screens for some time."""
        until = time.monotonic() + seconds

        def look() -> None:
            time.sleep(self.chance.expovariate(1 / think) if think else 0)

        look()
        while time.monotonic() < until:
            self.pastes()
            look()
            word = self.chance.choice(["said", "police", "dam"])
            found = self.does("search", lambda word=word: self.browser.get("/", params={"text": word}))  # type: ignore[misc]
            id = self.chance.choice(linked(found.text) or linked(self.browser.get("/").text))
            look()
            self.does("article", lambda id=id: self.browser.get(f"/articles/{id}"))  # type: ignore[misc]
            look()
            self.does("story", lambda id=id: self.browser.get(f"/stories/{id}"))  # type: ignore[misc]
            look()


def linked(page: str) -> list[str]:
    """The ids of the articles that a page leads to."""
    return re.findall(r'href="/articles/(\w+)"', page)


def report(chance: random.Random) -> str:
    """A report of 700 words, of the demo's paragraphs in a new order."""
    paragraphs = demo().split("\n\n")
    made: list[str] = []
    while sum(len(one.split()) for one in made) < WORDS:
        made.append(chance.choice(paragraphs))
    return " ".join("\n\n".join(made).split(" ")[:WORDS])


def demo() -> str:
    page = files("sayso").joinpath("examples", "relayed_report.html").read_bytes()
    return sayso.read(page, name="demo").text


@contextmanager
def served(corpus: Path) -> Iterator[str]:
    """The address of a desk that answers."""
    command = [sys.executable, "-m", "sayso", "serve", str(corpus), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = re.findall(r"http://\S+", process.stdout.readline())[0]
        try:
            yield address
        finally:
            process.terminate()


def paste(times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with served(Path(folder) / "corpus") as address:
            person = Person(address, 1)
            opened = time.perf_counter() - start
            for n in range(times + 1):
                if n == 1:
                    time.sleep(10)
                person.pastes()
    first, warm, *rest = person.took["paste"]
    print(f"\npaste     open after {opened:.2f}, first {first:.2f}, then {warm:.2f}; {spread(rest)}", flush=True)


def people(number: int, think: float, seconds: float) -> None:
    for looks in (think, 0.0):
        with tempfile.TemporaryDirectory() as folder:
            corpus = Path(folder) / "corpus"
            stock(corpus, 40)
            with served(corpus) as address:
                Person(address, 0).sits(20, 0)  # warm
                alone = together([Person(address, 1)], seconds, looks)
                many = together([Person(address, seed) for seed in range(10, 10 + number)], seconds, looks)
        print(f"\npeople    looking at a page for {looks:g} s: one, and {number} at once")
        for name in sorted(many):
            print(f"  {name:8s} one {spread(alone[name])}; many {spread(many[name])}")
        pages, page = ([took for times in all.values() for took in times] for all in (many, alone))
        ratio = p95(pages) / p95(page)
        print(f"  p95 of all pages: {ratio:.2f} times that of one", flush=True)


def together(those: Sequence[Person], seconds: float, think: float) -> dict[str, Times]:
    """What everybody's pages took."""
    with ThreadPoolExecutor(len(those)) as pool:
        for done in [pool.submit(one.sits, seconds, think) for one in those]:
            done.result()
    names = ("paste", "search", "article", "story")
    return {name: [took for one in those for took in one.took.get(name, [])] for name in names}


def stock(corpus: Path, count: int) -> str:
    """A corpus with a story and its analyses; the id of an article of it."""
    there = sayso.Corpus(corpus)
    there.add(articles(count, 1))
    known = pipeline.library(corpus)
    ids = [entry.id for entry in there.entries()]
    for id in ids[:40]:
        pipeline.report(there, known, id)
    return ids[0]


def story(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        id = stock(corpus, count)
        with served(corpus) as address:
            person = Person(address, 1)
            person.pastes()
            for _ in range(4):
                page = person.does("story", lambda: person.browser.get(f"/stories/{id}", params={"limit": count}))
    first, *rest = person.took["story"]
    print(
        f"\nstory     of {count}: first {first:.2f}, again {spread(rest)}, {len(page.content) / 1e3:.0f} kB", flush=True
    )


def library(corpus: Path) -> None:
    with served(corpus) as address:
        person = Person(address, 1)
        print("\nlibrary   milliseconds: the first, then median and p95 of 15")
        for query in QUERIES:
            for _ in range(16):
                page = person.does(query, lambda query=query: person.browser.get(f"/{query}"))  # type: ignore[misc]
            total = re.findall(r'role="status">([\d,]+)', page.text)[0]
            first, *rest = person.took[query]
            times = f"{1e3 * first:6.0f} {1e3 * statistics.median(rest):6.0f} {1e3 * p95(rest):6.0f}"
            print(f"  {query or 'all':45s} {times}   of {total}", flush=True)


def spread(times: Times) -> str:
    return f"median {statistics.median(times):.2f}, p95 {p95(times):.2f} of {len(times)}"


def p95(times: Times) -> float:
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]


if __name__ == "__main__":
    main()
