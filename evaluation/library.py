"""How quickly a library of many articles is listed and searched, and what keeping it costs.

    python evaluation/library.py --data ../shared/data [--articles 100000] [--folder FOLDER]

Articles of 700 words are made as for `evaluation/corpora.py`, of 400 outlets, and each gets the actors and findings
of one of 120 real analyses of the sample, with names of its own put beside the real ones.

  add      megabytes of text a second: texts alone (`sayso add --only-text`)
  list     the same for the list, which is made at the first search
  keep     milliseconds to keep one analysis as it is made, in its own transaction
  search   milliseconds for the first page of 50 with the total and the facets, in an open library, by what is asked;
           the first of all, which opens the library, apart; and for the last page. By the clock, and of a core
`--folder` keeps the corpus, and uses it again if it is complete.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import sayso
from sayso import pipeline
from sayso.corpus.store import Corpus
from sayso.library.store import Library, Query
from sayso.model import Actor, Analysis, Entry

from corpora import Maker  # isort: skip - beside this file

REAL = 120
TOGETHER = 2_000
TIMES = 15
QUERIES = {
    "everything": Query(),
    "everything, oldest": Query(order="oldest"),
    "a word in most": Query("said"),
    "a word in most, relevance": Query("said", order="relevance"),
    "the most frequent word": Query("the"),
    "the most frequent, relevance": Query("the", order="relevance"),
    "two words": Query("president court"),
    "two words, relevance": Query("president court", order="relevance"),
    "a phrase": Query('"white house"'),
    "a phrase of frequent words": Query('"of the"'),
    "how a word begins": Query("gov*"),
    "without a word": Query("president -court"),
    "a rare word": Query("harbour"),
    "an outlet": Query(outlet="Outlet 7"),
    "an outlet and a word": Query("said", outlet="Outlet 7"),
    "a year": Query(earliest="2016-01-01", latest="2016-12-31"),
    "a word in a year": Query("said", earliest="2016-01-01", latest="2016-12-31"),
    "a frequent name": Query(actor="Trump"),
    "a rare name": Query(actor="Person 77"),
    "a kind of finding": Query(finding="no source"),
    "a kind and a word": Query("said", finding="no source"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with allsides_sample.jsonl.gz")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp())
    try:
        build(Maker(arguments.data), folder, arguments.articles)
        ask(folder)
    finally:
        if not arguments.folder:
            shutil.rmtree(folder)


def build(maker: Maker, folder: Path, count: int) -> None:
    """The corpus, its list, and the analyses, with what each took."""
    corpus, library = Corpus(folder), Library(folder)
    if len(corpus) < count:
        made = [maker.article(number) for number in range(len(corpus), count)]
        size = sum(len(article.text) for article in made) / 1e6
        start = time.process_time()
        corpus.add(made)
        print(f"add      {size / (time.process_time() - start):6.1f} MB of text a second of a core; {size:,.0f} MB")
        del made
    missing = sum(1 for _ in library.missing(corpus.next_number))
    if missing:
        started, start = time.process_time(), time.perf_counter()
        pipeline.enlist(corpus, library)
        took = time.process_time() - started
        size = sum(len(row["text"]) for row in corpus.listed(range(min(missing, 1000)))) * missing / 1000 / 1e6
        clock = time.perf_counter() - start
        print(f"list     {size / took:6.1f} MB of text a second of a core; {clock:,.0f} s by the clock")
    if not library.search(Query(finding="no source"), 1).total:
        keep(maker, corpus, library)
    size = sum(path.stat().st_size for path in folder.glob("library.sqlite*")) / 1e6
    print(f"size     {size:,.0f} MB of library.sqlite for {count:,} articles")


def keep(maker: Maker, corpus: Corpus, library: Library) -> None:
    real = [
        sayso.analyse(replace(maker.article(n), text=" ".join(maker.texts[n][:300]), language="en"))
        for n in range(REAL)
    ]
    took = []
    for entry, analysis in islice(zip(corpus.entries(), real, strict=False), REAL):
        start = time.perf_counter()
        library.keep(entry, analysis)
        took.append(time.perf_counter() - start)
    print(f"keep     {1000 * statistics.median(took):6.1f} ms median for an analysis of 300 words")
    small = [Analysis(one.article, actors=one.actors, findings=one.findings) for one in real]
    pairs = ((entry, of(entry, small)) for entry in corpus.entries())
    while some := list(islice(pairs, TOGETHER)):
        library.keep_many(some)


def of(entry: Entry, real: list[Analysis]) -> Analysis:
    """A real analysis for another article, with two actors that only some have."""
    number = entry.number or 0
    own = tuple(
        Actor(f"x{n}", name, "person", (name,))
        for n, name in enumerate((f"Person {number % 9973}", f"Anna No{number}"))
    )
    found = real[number % REAL]
    return replace(found, article=entry.article, actors=(*found.actors, *own))


def ask(folder: Path) -> None:
    """Ask for the first page in every way, and for the last one."""
    library = Library(folder)
    start = time.perf_counter()
    total = library.search(Query()).total
    print(f"search   {1000 * (time.perf_counter() - start):6.1f} ms for the first of all, which opens the library\n")
    print("| asked | articles | median, ms | most, ms | of a core, ms |\n|---|--:|--:|--:|--:|")
    for what, query in QUERIES.items():
        shown(what, library, query, 0)
    shown("everything, the last page", library, Query(), total - 50)


def shown(what: str, library: Library, query: Query, offset: int) -> None:
    took: list[float] = []
    worked: list[float] = []
    found: Any = None
    for _ in range(TIMES):
        start, cpu = time.perf_counter(), time.process_time()
        found = library.search(query, 50, offset)
        took.append(1000 * (time.perf_counter() - start))
        worked.append(1000 * (time.process_time() - cpu))
    middle = statistics.median
    print(f"| {what} | {found.total:,} | {middle(took):.0f} | {max(took):.0f} | {middle(worked):.0f} |", flush=True)


if __name__ == "__main__":
    main()
