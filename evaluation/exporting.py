"""How fast each format of `sayso export` is beside plain JSON Lines, and how much memory it takes.

    python evaluation/exporting.py [--data ../shared/data] [--articles 30] [--many 2000] [--few 200]

Articles of 700 words are analysed once, and go by again and again under other ids, `--many` of them; formats that hold
all in memory (graphs, PROV, PDF) get `--few`. Each format runs in a process of its own. `plain` writes every analysis
with `to_json`, a line each, and nothing else: the others are told as multiples of its time of a core for an article,
and of its bytes. Since articles come again, what Parquet packs says nothing of its size. Memory is the most that the
process had, less what it had when the first article went by (Linux only).
"""

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from sayso import pipeline
from sayso.exporting import FORMATS
from sayso.model import Analysis
from sayso.reporting.json import to_json

WORDS = 700
IN_MEMORY = frozenset(("gexf", "graphml", "prov", "provn", "pdf"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with polnear/dev; without it the demo report is used")
    parser.add_argument("--articles", type=int, default=30, help="how many are analysed")
    parser.add_argument("--many", type=int, default=2000)
    parser.add_argument("--few", type=int, default=200)
    parser.add_argument("--worker", nargs=3, metavar=("FORMAT", "COUNT", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        work(given.worker[0], int(given.worker[1]), Path(given.worker[2]))
        return
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "analyses"
        file.write_bytes(pickle.dumps(analyses(given.data, given.articles)))
        names = ["plain", *(name for name, each in FORMATS.items() if "analyses" in each.of)]
        report([measured(name, given.few if name in IN_MEMORY else given.many, file) for name in names])


def analyses(data: Path | None, count: int) -> list[Analysis]:
    """Articles of 700 words, analysed."""
    if data is None:
        page = files("sayso").joinpath("examples", "relayed_report.html").read_bytes()
        texts = [pipeline.read(page, name="demo").text]
    else:
        texts = [file.read_text("utf-8") for file in sorted((data / "polnear" / "dev").rglob("*.txt"))]
    words = " ".join(texts).split(" ")
    while len(words) < WORDS * count:
        words += words
    portions = (" ".join(words[number * WORDS : (number + 1) * WORDS]) for number in range(count))
    return [pipeline.analyse(pipeline.read(portion.encode(), name=f"{at}.txt")) for at, portion in enumerate(portions)]


def measured(name: str, count: int, file: Path) -> dict[str, float | str]:
    """What a process of its own measured."""
    command = [sys.executable, __file__, "--worker", name, str(count), str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float | str] = json.loads(done.stdout)
    return found


def work(name: str, count: int, file: Path) -> None:
    """Write so many in one format, and print the milliseconds of a core for an article, its bytes, and the memory."""
    known: list[Analysis] = pickle.loads(file.read_bytes())
    with tempfile.TemporaryDirectory() as place:
        write(name, known[:1], Path(place) / "first")  # what is loaded once
        before = memory(anew=True)
        start = time.process_time()
        write(name, again(known, count), Path(place) / "out")
        seconds = time.process_time() - start
        size = sum(each.stat().st_size for each in Path(place).rglob("*") if each.is_file())
    print(json.dumps({"name": name, "count": count, "ms": 1000 * seconds / count, "bytes": size / count,
                      "memory": memory() - before}))  # fmt: skip


def again(known: list[Analysis], count: int) -> Iterator[Analysis]:
    """So many, each with an id of its own."""
    for number in range(count):
        analysis = known[number % len(known)]
        yield replace(analysis, article=replace(analysis.article, id=f"{number:016x}"))


def write(name: str, items: "Iterator[Analysis] | list[Analysis]", out: Path) -> None:
    if name != "plain":
        FORMATS[name].write(items, out)
        return
    with out.open("w", encoding="utf-8") as lines:
        for analysis in items:
            lines.write(to_json(analysis) + "\n")


def memory(*, anew: bool = False) -> float:
    """The most memory that this process has had, in megabytes; `anew`: from now on."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def report(found: list[dict[str, float | str]]) -> None:
    plain = found[0]
    print("| format | articles | ms an article | times plain | KB an article | times plain | memory, MB |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for each in found:
        slower = float(each["ms"]) / float(plain["ms"])
        larger = float(each["bytes"]) / float(plain["bytes"])
        print(
            f"| {each['name']} | {each['count']:,} | {float(each['ms']):.1f} | {slower:.1f} | "
            f"{float(each['bytes']) / 1024:.0f} | {larger:.1f} | {float(each['memory']):.0f} |"
        )


if __name__ == "__main__":
    main()
