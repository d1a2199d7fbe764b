"""How fast and how large Sayso is: articles a second, start-up, the first report, memory, install size.

    python evaluation/speed.py [--data ../shared/data] [--articles 60]

Each article is 700 words and goes the whole way: bytes → article → analysis → JSON, on one core. Beside it, on the
same core and texts, runs spaCy's pipeline alone: machines differ and are shared, the ratio is what can be compared.
Then what it costs to tell who the sources are and to follow the chains, against all the rest of an analysis.
Without --data the texts are made from the demo report.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from importlib import metadata
from importlib.resources import files
from pathlib import Path

WORDS = 700


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with polnear/dev; without it the demo report is used")
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        work(json.loads(arguments.worker.read_text(encoding="utf-8")))
        return
    texts = articles(arguments.data, arguments.articles)
    print(f"{len(texts)} articles of {WORDS} words, one core of {os.cpu_count()}, load {os.getloadavg()[0]:.1f}")
    report(throughput(texts))
    command = [sys.executable, "-m", "sayso"]
    print(f"sayso --help            {fastest([*command, '--help'], 7):6.2f} s (fastest of 7)")
    print(f"first report, cold      {fastest([*command, 'demo'], 3):6.2f} s (fastest of 3, new process)")
    size, packages = install_size("sayso")
    print(f"install                 {size / 1e6:6.0f} MB in {packages} packages, Python itself not counted")


def articles(data: Path | None, count: int) -> list[str]:
    """Texts of exactly WORDS words."""
    if data is not None and (folder := data / "polnear" / "dev" / "text").is_dir():
        pool = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    else:
        from sayso import pipeline

        pool = [pipeline.read(str(files("sayso") / "examples" / "relayed_report.html")).text]
    return [cut(pool[n % len(pool)]) for n in range(count)]


def cut(text: str) -> str:
    """A text repeated and cut to WORDS words, its line breaks kept."""
    pieces = text.split(" ")
    while sum(map(len, (p.split() for p in pieces))) < WORDS:
        pieces += ["\n\n", *text.split(" ")]
    return " ".join(pieces[:WORDS])


def throughput(texts: list[str]) -> dict[str, float]:
    """What the worker measured, in a process of its own on one core."""
    path = Path(f"/tmp/sayso-speed-{os.getpid()}.json")
    path.write_text(json.dumps(texts), encoding="utf-8")
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, __file__, "--worker", str(path)]
    try:
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    finally:
        path.unlink()
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def work(texts: list[str]) -> None:
    """Measure in this process, pinned to one core: Sayso and spaCy in turns, article by article."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from sayso import pipeline
    from sayso.annotating import attribution, chains, language, sources
    from sayso.reporting.json import to_json

    nlp = language.pipeline()
    pipeline.analyse(pipeline.read(texts[0].encode(), name="first"))
    own, spacy, reading, resolving = [], [], [], []
    for n, text in enumerate(texts):
        start = time.perf_counter()
        article = pipeline.read(text.encode(), name=f"article {n}")
        read = time.perf_counter()
        to_json(pipeline.analyse(article))
        done = time.perf_counter()
        nlp(article.text)
        end = time.perf_counter()
        doc = language.parse(article.text)
        statements = attribution.find(doc)
        begin = time.perf_counter()
        resolved = sources.resolve(doc, statements, article.outlet)
        chains.build(article, resolved.attributions, resolved.actors)
        resolving.append(time.perf_counter() - begin)
        reading.append(read - start)
        own.append(done - start)
        spacy.append(end - done)
    figures = {
        "articles": len(texts) / sum(own),
        "spacy": len(texts) / sum(spacy),
        "median": statistics.median(own),
        "reading": statistics.median(reading),
        "resolving": sum(resolving) / (sum(own) - sum(resolving)),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    print(json.dumps(figures))


def report(figures: dict[str, float]) -> None:
    speed, ratio = figures["articles"], figures["articles"] / figures["spacy"]
    print(f"bytes to JSON           {speed:6.1f} articles/s, {speed * WORDS:,.0f} words/s")
    print(f"spaCy alone, beside it  {figures['spacy']:6.1f} articles/s; ratio {ratio:.2f}")
    print(f"median article          {1000 * figures['median']:6.0f} ms, reading {1000 * figures['reading']:.0f} ms")
    print(f"sources and chains      {100 * figures['resolving']:6.1f} % on top of all the rest")
    print(f"peak memory             {figures['memory'] / 1e6:6.0f} MB resident")


def fastest(command: list[str], times: int) -> float:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        took.append(time.perf_counter() - start)
    return min(took)


def install_size(name: str) -> tuple[int, int]:
    """Bytes on disk of a package with all that it needs, and how many packages that is."""
    from packaging.requirements import Requirement

    waiting, seen, size = [name], set[str](), 0
    while waiting:
        package = waiting.pop().lower().replace("_", "-")
        if package in seen:
            continue
        try:
            distribution = metadata.distribution(package)
        except metadata.PackageNotFoundError:
            continue
        seen.add(package)
        paths = (Path(str(f.locate())) for f in distribution.files or ())
        size += sum(path.stat().st_size for path in paths if path.is_file())
        needed = [Requirement(r) for r in distribution.requires or ()]
        waiting += [r.name for r in needed if r.marker is None or r.marker.evaluate({"extra": ""})]
    if name == "sayso":  # an editable install lists no files of its own
        size += sum(path.stat().st_size for path in Path(str(files("sayso"))).rglob("*") if path.is_file())
    return size, len(seen)


if __name__ == "__main__":
    main()
