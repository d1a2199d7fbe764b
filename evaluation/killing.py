"""Whether a corpus outlasts being killed: SIGKILL at random moments while it is added to and its files are merged.

    python evaluation/killing.py [--times 100] [--seed 1]

Each time a process adds invented articles in small portions, so that segments are stored and merged all the time, and
prints what is stored; it is killed at a random moment after its first word. Then the corpus is opened: it must hold
every article that was told as stored, each once and whole, and answer a question. At the end everything is added once
more, and nothing may be missing. Any fault ends the run with exit code 1.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sayso.corpus.store import Corpus
from sayso.model import Article

COUNT = 3_000
WORDS = [
    a + b for a in ("hal", "nor", "win", "tam", "ber", "sul", "kor", "ela") for b in ("na", "do", "ter", "gi", "mo")
]


def article(number: int) -> Article:
    """An invented article, the same one for the same number."""
    chance = random.Random(number)
    text = " ".join(chance.choice(WORDS) for _ in range(120))
    return Article(
        f"a{number}", f"a{number}", text, f"a{number}", "2024-06-01T00:00:00Z", "text/plain", outlet=f"O{number % 7}"
    )


def work(folder: str) -> None:
    """Add all in small portions, and print what is stored (runs in the process that is killed)."""
    from sayso.corpus import adding, compaction

    adding.WORKED_ON, adding.SEGMENT = 4_000, 20_000
    compaction.INDEXES_IN_ROW, compaction.SEGMENTS_IN_ROW = 2, 3
    Corpus(folder).add(map(article, range(COUNT)), lambda added: print(added.stored + added.again, flush=True))


def checked(folder: Path, told: int) -> int:
    """How many articles are there. Raises AssertionError where something is lost, doubled or in pieces."""
    corpus = Corpus(folder)
    found = {entry.id: entry.article for entry in corpus.entries()}
    assert len(found) == len(corpus), f"{len(corpus) - len(found)} articles twice"
    assert all(one == article(int(id_[1:])) for id_, one in found.items()), "an article is not as it was"
    missing = [number for number in range(told) if f"a{number}" not in found]
    assert not missing, f"told as stored and not there: {missing[:5]}"
    corpus.trace(article(0))
    return len(found)


def main() -> None:
    """Kill, open, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work)
        return
    chance = random.Random(options.seed)
    folder, rounds, kills = Path(tempfile.mkdtemp(prefix="sayso-killing-")), 0, 0
    while kills < options.times:
        place = folder / f"{rounds}"
        rounds += 1
        told = there = 0
        while there < COUNT and kills < options.times:
            command = [sys.executable, __file__, "--work", str(place)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                lines = [process.stdout.readline()]
                time.sleep(chance.random() ** 2 * 2)
                killed = process.poll() is None
                process.send_signal(signal.SIGKILL)
                lines += process.stdout.readlines()
            kills += killed
            told = max([told, *(int(line) for line in lines if line.endswith("\n"))])
            there = checked(place, told)
        if there < COUNT:
            Corpus(place).add(map(article, range(COUNT)))
            assert checked(place, COUNT) == COUNT
    print(f"killed {kills} times in {rounds} corpora: nothing lost, nothing twice, nothing in pieces")


if __name__ == "__main__":
    main()
