"""How fast and how large a corpus is: adding, asking and the index, at several sizes.

    python evaluation/corpora.py --data ../shared/data [--articles 1000000] [--folder FOLDER] [--asked 60]

Articles of 700 words are made of `allsides_sample.jsonl.gz` by cutting and mixing. Nine of ten are made of pieces of
four to seven words, each piece from another article, so that hardly eight words in a row stand elsewhere; every tenth
has a passage of 40 to 200 words as it stands in the sample, after the same. What is asked about are articles of both
kinds that are not in the corpus, and five in a hundred of those with a passage have one that stands in many.

  add     megabytes of text a second, on one core: from articles in memory, and with JSON Lines read and parsed (the
          command `sayso add --only-text`, from the second call on of the same process); at each tenth, whether it
          stays the same
  index   bytes of fingerprints and telling words for a million articles; texts and catalogue apart
  trace   milliseconds for an article of 700 words in the open corpus, by how many articles its story has; the first
          question, which opens the corpus, apart; and the most memory that was used
`--folder` keeps the corpus, and uses it again if it is complete.
"""

import argparse
import gzip
import json
import random
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import sayso
from sayso import pipeline
from sayso.corpus.store import Corpus
from sayso.model import Article

WORDS = 700
TENTHS = 10


class Maker:
    """Makes articles by cutting and mixing, the same ones for the same numbers."""

    def __init__(self, data: Path) -> None:
        with gzip.open(data / "allsides_sample.jsonl.gz", "rt", encoding="utf-8") as lines:
            self.texts = [words for line in lines if len(words := json.loads(line)["text"].split()) > 250]

    def article(self, number: int, *, copies: bool | None = None) -> Article:
        """An article by its number; `copies`: whether it has a passage of the sample (every tenth has)."""
        chance = random.Random(number)
        made: list[str] = []
        if copies if copies is not None else number % 10 == 0:
            words = chance.choice(self.texts)
            length = chance.randint(40, 200)
            start = chance.randrange(len(words) - length)
            made = words[start : start + length]
        while len(made) < WORDS:
            words, length = chance.choice(self.texts), chance.randint(4, 7)
            start = chance.randrange(len(words) - length)
            made += words[start : start + length]
        day = f"20{12 + number % 9}-{1 + number % 12:02}-{1 + number % 28:02}"
        return Article(
            f"{number:016x}",
            f"made:{number}",
            " ".join(made),
            f"{number:064x}",
            "2026-01-01T00:00:00Z",
            "text/plain",
            outlet=f"Outlet {number % 400}",
            published=day,
            url=f"https://example.org/{number}",
        )


def build(maker: Maker, folder: Path, count: int) -> None:
    """Add the articles, a tenth at a time, and print how fast each went."""
    corpus = Corpus(folder)
    print("| articles | text, MB | made, s | added, MB/s of a core | MB/s by the clock |\n|--:|--:|--:|--:|--:|")
    for tenth in range(TENTHS):
        making = 0.0
        size = 0

        def made(first: int = tenth * count // TENTHS, last: int = (tenth + 1) * count // TENTHS) -> Iterator[Article]:
            nonlocal making, size
            for number in range(first, last):
                began = time.process_time()
                article = maker.article(number)
                making += time.process_time() - began
                size += len(article.text.encode())
                yield article

        clock, cpu = time.perf_counter(), time.process_time()
        corpus.add(made())
        clock, cpu = time.perf_counter() - clock - making, time.process_time() - cpu - making
        print(
            f"| {(tenth + 1) * count // TENTHS:,} | {size / 1e6:.0f} | {making:.0f} | {size / 1e6 / cpu:.1f} "
            f"| {size / 1e6 / clock:.1f} |",
            flush=True,
        )
    began = time.perf_counter()
    corpus.compact()
    print(f"\none index of all: {time.perf_counter() - began:.1f} s more")


def sizes(folder: Path, count: int) -> None:
    """Print what lies on the disk, for a million articles."""
    for name in ("indexes", "segments"):
        size = sum(path.stat().st_size for path in (folder / name).rglob("*") if path.is_file())
        print(f"{name}: {size / 1e6:.0f} MB, {size / count * 1e6 / 1e9:.2f} GB for a million articles")


def ask(maker: Maker, folder: Path, count: int, asked: int) -> None:
    """Print how long traces take."""
    corpus = Corpus(folder)
    began = time.perf_counter()
    corpus.trace(maker.article(count + 1))
    first = time.perf_counter() - began
    times: dict[str, list[float]] = {}
    for number in range(asked):
        article = maker.article(10 * count + number, copies=bool(number % 2))
        began = time.perf_counter()
        story = corpus.trace(article)
        took = 1000 * (time.perf_counter() - began)
        found = len(story.entries) - 1
        kind = "none" if not found else "1 to 4" if found < 5 else "5 to 15" if found < 16 else "16 or more"
        times.setdefault(kind, []).append(took)
        times.setdefault("all", []).append(took)
    print("\n| others in the story | asked | median, ms | 95th of 100, ms |\n|---|--:|--:|--:|")
    for kind, some in sorted(times.items()):
        some.sort()
        print(f"| {kind} | {len(some)} | {statistics.median(some):.0f} | {some[int(len(some) * 0.95)]:.0f} |")
    print(f"\nfirst question, with the corpus opened: {first:.2f} s")


def rows(data: Path) -> None:
    """Print how fast JSON Lines are read and added: the sample as it is."""
    path = data / "allsides_sample.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        size = sum(len(json.loads(line)["text"].encode()) for line in lines) / 1e6
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            corpus = Corpus(folder)
            cpu = time.process_time()
            corpus.add(pipeline.collected([str(path)], {}, corpus.stored_of, 1))
            cpu = time.process_time() - cpu
    print(f"JSON Lines (gzip) read, parsed and added: {size / cpu:.1f} MB of text a second of a core\n")


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--asked", type=int, default=60)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="sayso-corpora-"))
    print(f"sayso {sayso.__version__}: {options.articles:,} articles of {WORDS} words\n")
    try:
        rows(options.data)
        maker = Maker(options.data)
        if not folder.exists() or len(Corpus(folder)) != options.articles:
            build(maker, folder, options.articles)
        sizes(folder, options.articles)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        ask(maker, folder, options.articles, options.asked)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(
            f"most memory: {after / 1e3:.0f} MB ({before / 1e3:.0f} MB before the questions, with the sample's texts)"
        )
    finally:
        if options.folder is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
