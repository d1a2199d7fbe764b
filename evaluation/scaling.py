"""How time and memory grow: with the length of an article, over a stream of articles, and with two processes.

    python evaluation/scaling.py [--parts length stream processes] [--words 700 7000 35000 100000] [--articles 300]

The texts are made from the demo report's paragraphs, in a new order each time, so it runs from the repository alone.
Each figure comes from a fresh process on one core, which first read a short text to have its models loaded. Seconds
are CPU seconds, which another load on the machine disturbs least; those of `processes` are on the clock. Memory is
resident: the most at any time, and how much of it came on top of the loaded models.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from importlib.resources import files
from itertools import islice

LENGTHS = (700, 7_000, 35_000, 100_000)
PARTS = ("length", "stream", "processes")
SHORT = 300  # words
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "RAYON_NUM_THREADS")

Figures = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--words", nargs="+", type=int, default=LENGTHS)
    parser.add_argument("--articles", type=int, default=300, help="how long the stream is")
    parser.add_argument("--batch", type=int, default=60, help="articles of 700 words for the gain of two processes")
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        name, number = arguments.worker
        print(json.dumps(WORKERS[name](int(number))))
        return
    print(f"one core of {os.cpu_count()}, load {os.getloadavg()[0]:.1f}")
    if "length" in arguments.parts:
        by_length("tagger", "the tagger alone", arguments.words)
        by_length("analysis", "the whole analysis", arguments.words)
    if "stream" in arguments.parts:
        by_number(arguments.articles)
    if "processes" in arguments.parts:
        by_processes(arguments.batch)


def by_length(worker: str, title: str, lengths: Iterable[int]) -> None:
    print(f"\n{title:24s}   seconds   seconds per 1,000 words   peak MB   of it for the text")
    for words in lengths:
        took = measured(worker, words)
        print(
            f"{words:18,d} words {took['seconds']:9.2f} {1000 * took['seconds'] / words:25.3f} "
            f"{took['peak'] / 1e6:9.0f} {(took['peak'] - took['loaded']) / 1e6:20.0f}",
            flush=True,
        )


def by_number(articles: int) -> None:
    print(f"\na stream of articles of {SHORT} words, one process   resident MB")
    for number, size in measured("stream", articles).items():
        print(f"after {number:>6s} {size / 1e6:43.0f}")


def by_processes(articles: int) -> None:
    print(f"\n{articles} articles of {LENGTHS[0]} words    articles/s once running   seconds in all, with start")
    speed = {}
    for processes in (1, 2):
        took = measured("processes", processes, str(articles))
        speed[processes] = took["speed"]
        print(f"{processes} at once {took['speed']:36.2f} {took['seconds']:29.1f}", flush=True)
    print(f"gain of two over one {speed[2] / speed[1]:25.2f}")


def measured(worker: str, number: int, articles: str = "0") -> Figures:
    """What a worker measured, in a fresh process with one thread."""
    environment = {**os.environ, **dict.fromkeys(THREADS, "1"), "SAYSO_SCALING": articles}
    command = [sys.executable, __file__, "--worker", worker, str(number)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def text_of(words: int, seed: int = 0) -> str:
    """Paragraphs of the demo report, a new order in each round, up to a number of words."""
    from sayso import pipeline

    report = pipeline.read(str(files("sayso") / "examples" / "relayed_report.html")).text
    paragraphs = [paragraph for paragraph in report.split("\n") if paragraph.strip()]
    dice, chosen, count = random.Random(seed), list[str](), 0
    while count < words:
        for paragraph in dice.sample(paragraphs, len(paragraphs)):
            if count < words:
                chosen.append(" ".join(paragraph.split()[: words - count]))
                count += len(chosen[-1].split())
    return "\n\n".join(chosen)


def tag(words: int) -> Figures:
    from sayso.annotating import tagger

    return on_one_core(tagger.find, text_of(SHORT), text_of(words))


def analyse(words: int) -> Figures:
    from sayso import pipeline

    def whole(text: str) -> None:
        analysis = pipeline.analyse(pipeline.read(text.encode(), name="text"))
        if not analysis.analysed:
            raise SystemExit(analysis.gaps[0].message)

    return on_one_core(whole, text_of(SHORT), text_of(words))


def on_one_core(work: Callable[[str], object], first: str, text: str) -> Figures:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    work(first)
    loaded = peak()
    start = time.process_time()
    work(text)
    return {"seconds": time.process_time() - start, "peak": peak(), "loaded": loaded}


def stream(articles: int) -> Figures:
    """Resident bytes after a sixth, the half and all of the articles."""
    from sayso import pipeline

    sizes = {}
    for number in range(1, articles + 1):
        pipeline.analyse(pipeline.read(text_of(SHORT, number).encode(), name=f"article {number}"))
        if number in {articles // 6, articles // 2, articles}:
            sizes[str(number)] = resident()
    return sizes


def in_processes(processes: int) -> Figures:
    """Articles a second from when every process has its models, and the seconds in all."""
    from sayso import pipeline

    articles = [
        pipeline.read(text_of(LENGTHS[0], number).encode(), name=str(number))
        for number in range(int(os.environ["SAYSO_SCALING"]))
    ]
    start = time.perf_counter()
    results = pipeline.analyse_many(articles, processes)
    before = len(list(islice(results, min(8, len(articles) // 2))))
    running = time.perf_counter()
    after = len(list(results))
    end = time.perf_counter()
    if before + after != len(articles):
        raise SystemExit("some articles were lost")
    return {"speed": after / (end - running), "seconds": end - start}


def peak() -> float:
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def resident() -> float:
    with open("/proc/self/statm") as statm:  # noqa: PTH123 - no file
        return float(statm.read().split()[1]) * resource.getpagesize()


WORKERS: dict[str, Callable[[int], Figures]] = {
    "tagger": tag,
    "analysis": analyse,
    "stream": stream,
    "processes": in_processes,
}

if __name__ == "__main__":
    main()
