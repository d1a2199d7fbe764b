"""Copies planted in news articles, for evaluation/reuse.py: what was copied from where to where is then known.

Every copy takes the place of an article of another outlet: its headline, outlet and day stay, and the copy is either
spliced into its text or stands instead of it. Sources and those whose place is taken are different articles, each used
once. A copy is dated like its source or up to three days later.
"""

import bisect
import gzip
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

WORD = re.compile(r"[^\W_]+")
LENGTHS = (30, 60, 120, 300, 0)
"""Words of a copied part; 0: the whole text."""
RATES = (5, 10, 20, 30)
KINDS = ("whole", "cut", "spliced in", "of several", *(f"reworded {rate} %" for rate in RATES), "shuffled")
VERBATIM = KINDS[:4]
SHORT = ("shuffled", 30)
"""Not planted: one sentence or two have no order to speak of."""
SOURCES = 3
"""From so many sources comes an article spliced from several."""
LONGEST = 1500
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"”’])\s+|\n+")
_DOUBLE = str.maketrans({"“": "‘", "”": "’", '"': "'"})


@dataclass(frozen=True, slots=True)
class Report:
    """An article of the data; `text` begins with its headline."""

    id: str
    outlet: str
    published: str | None
    title: str
    body: str

    @property
    def text(self) -> str:
        return f"{self.title}\n\n{self.body}"


@dataclass(frozen=True, slots=True)
class Way:
    """How a copy is made."""

    kind: str
    length: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Planted:
    """A copy: `start` and `end` say where its words stand in the source's text. `length` 0 is the whole text."""

    source: str
    copy: str
    kind: str
    length: int
    quoted: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Articles by their ids, the planted copies, and the ids of articles that were left as they are."""

    reports: dict[str, Report]
    planted: tuple[Planted, ...]
    untouched: tuple[str, ...]


def read(folder: Path, part: str) -> list[Report]:
    """The articles of a part, by the hash of their ids: also in the order of the hashes, so that nobody chose."""
    found = []
    with gzip.open(folder / "allsides_sample.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            digest = hashlib.sha256(record["id"].encode()).digest()
            if part == ("report" if digest[0] % 2 else "tune"):
                day = record["published"] if len(record["published"]) == 10 else None
                report = Report(record["id"], record["outlet"], day, record["title"], record["text"].strip())
                found.append((digest, report))
    return [report for _, report in sorted(found, key=lambda pair: pair[0])]


def cells() -> Iterator[tuple[str, int]]:
    """Every kind with every length that makes sense."""
    for kind in KINDS:
        for length in LENGTHS:
            also_whole = kind.startswith(("reworded", "shuffled"))
            if ((kind == "whole") == (length == 0) or (length == 0 and also_whole)) and (kind, length) != SHORT:
                yield kind, length


def plant(reports: Sequence[Report], each: int, seed: int = 2026) -> Sample:
    """Plant `each` copies of every kind and length, half of them in quotation marks; the rest stays as it is."""
    dice = random.Random(seed)
    vocabulary = Vocabulary(report.text for report in reports)
    rest = sorted(reports, key=lambda report: report.id)
    dice.shuffle(rest)
    kept = {report.id: report for report in rest}
    planted: list[Planted] = []
    for kind, length in cells():
        for number in range(each):
            sources = [_taken(rest, length) for _ in range(SOURCES if kind == "of several" else 1)]
            host = _host(rest, {source.outlet for source in sources})
            copies, report = _copied(Way(kind, length, number % 2 == 1), sources, host, vocabulary, dice)
            planted += copies
            kept[report.id] = report
    return Sample(kept, tuple(planted), tuple(report.id for report in rest))


def _taken(rest: list[Report], length: int) -> Report:
    """The next article that is long enough to copy so much from it."""
    for at in range(len(rest) - 1, -1, -1):
        if max(100, length * 5 // 4) <= len(WORD.findall(rest[at].body)) <= LONGEST:
            return rest.pop(at)
    raise SystemExit("too few articles to plant so many copies: ask for fewer with --each")


def _host(rest: list[Report], outlets: set[str]) -> Report:
    for at in range(len(rest) - 1, -1, -1):
        if rest[at].outlet not in outlets:
            return rest.pop(at)
    raise SystemExit("too few articles to plant so many copies: ask for fewer with --each")


def _copied(
    way: Way, sources: Sequence[Report], host: Report, vocabulary: "Vocabulary", dice: random.Random
) -> tuple[list[Planted], Report]:
    planted, parts = [], []
    for source in sources:
        find = shuffled_place if way.kind == "shuffled" else place
        start, end = find(source, way.length, dice)
        part = source.text[start:end]
        if way.kind == "shuffled":
            part = shuffled(part, dice)
        elif way.kind.startswith("reworded"):
            part = vocabulary.reworded(part, int(way.kind.split()[1]) / 100, dice)
        parts.append(in_quotes(part) if way.quoted else part)
        planted.append(Planted(source.id, host.id, way.kind, way.length, way.quoted, start, end))
    alone = way.kind in {"whole", "cut", "of several"} or (way.kind != "spliced in" and dice.random() < 0.5)
    body = "\n\n".join(parts) if alone else spliced(host.body, parts[0], dice)
    return planted, replace(host, body=body, published=_later(sources[0].published, dice))


def place(source: Report, length: int, dice: random.Random) -> tuple[int, int]:
    """Where so many words in a row stand in the source's text, from the start of a sentence on."""
    offset = len(source.title) + 2
    words = [(found.start(), found.end()) for found in WORD.finditer(source.text, offset)]
    if not length:
        return words[0][0], words[-1][1]
    starts = [0, *(bisect.bisect_left(words, (found.end(), 0)) for found in _SENTENCE.finditer(source.text, offset))]
    fitting = [start for start in starts if start + length <= len(words)]
    first = dice.choice(fitting)
    return words[first][0], words[first + length - 1][1]


def shuffled_place(source: Report, length: int, dice: random.Random) -> tuple[int, int]:
    """As `place`, but whole sentences of at least so many words, where there are so many."""
    start, end = place(source, length, dice)
    stop = _SENTENCE.search(source.text, end)
    return start, stop.start() if stop else len(source.text)


def shuffled(part: str, dice: random.Random) -> str:
    """The sentences in another order."""
    sentences = _SENTENCE.split(part)
    order = list(range(len(sentences)))
    while len(order) > 1 and order == sorted(order):
        dice.shuffle(order)
    return " ".join(sentences[at] for at in order)


def in_quotes(part: str) -> str:
    """In quotation marks, opened anew in every paragraph, as newspapers do; marks inside become single ones."""
    opened = re.sub(r"\n+", "\n\n“", part.translate(_DOUBLE))
    return f"“{opened}”"


def spliced(body: str, part: str, dice: random.Random) -> str:
    """The part in the body of another text: as a paragraph of its own, or behind a sentence in a paragraph."""
    if dice.random() < 0.5:
        paragraphs = body.split("\n\n")
        paragraphs.insert(dice.randint(0, len(paragraphs)), part)
        return "\n\n".join(paragraphs)
    ends = [found.start() for found in _SENTENCE.finditer(body)] or [len(body)]
    at = dice.choice(ends)
    return f"{body[:at]} {part}{body[at:]}"


def _later(published: str | None, dice: random.Random) -> str | None:
    if published is None:
        return None
    return (date.fromisoformat(published) + timedelta(days=dice.randint(0, 3))).isoformat()


class Vocabulary:
    """The words of many texts, to reword others with."""

    def __init__(self, texts: Iterator[str]) -> None:
        self.words: list[str] = []
        counts: Counter[str] = Counter()
        for text in texts:
            words = WORD.findall(text.lower())
            self.words += words[::10]
            counts.update(words)
        self._ranked = sorted(counts, key=lambda word: (-counts[word], word))
        self._ranks = {word: rank for rank, word in enumerate(self._ranked)}

    def alike(self, word: str, dice: random.Random) -> str:
        """Another word that is about as frequent: its rank differs by at most a fifth."""
        rank = self._ranks.get(word.lower(), len(self._ranked) // 2)
        near = range(int(rank * 0.8), min(len(self._ranked), int(rank * 1.2) + 5))
        return self._ranked[dice.choice([one for one in (dice.choice(near), dice.choice(near)) if one != rank] or near)]

    def reworded(self, part: str, rate: float, dice: random.Random) -> str:
        """A share of the words replaced (three fifths of them), taken out, put in, or swapped with the next."""
        found = list(WORD.finditer(part))
        words = [one.group() for one in found]
        between = [part[one.end() : other.start()] for one, other in pairwise(found)] + [""]
        chosen = sorted(dice.sample(range(len(words)), max(1, round(rate * len(words)))))
        for at in chosen:
            act = dice.choices(self._acts(), (3, 3, 1.5, 1.5, 1))[0]
            act(words, between, at, dice)
        return "".join(word + gap for word, gap in zip(words, between, strict=True)).strip()

    def _acts(self) -> list[Callable[[list[str], list[str], int, random.Random], None]]:
        return [self._replace_alike, self._replace, _take_out, self._put_in, _swap]

    def _replace_alike(self, words: list[str], _: list[str], at: int, dice: random.Random) -> None:
        words[at] = _cased(self.alike(words[at], dice), words[at])

    def _replace(self, words: list[str], _: list[str], at: int, dice: random.Random) -> None:
        words[at] = _cased(dice.choice(self.words), words[at])

    def _put_in(self, words: list[str], _: list[str], at: int, dice: random.Random) -> None:
        words[at] = f"{words[at]} {dice.choice(self.words)}"


def _take_out(words: list[str], between: list[str], at: int, _: random.Random) -> None:
    words[at] = ""
    between[at] = between[at].lstrip()


def _swap(words: list[str], _: list[str], at: int, __: random.Random) -> None:
    other = at + 1 if at + 1 < len(words) else at - 1
    if other >= 0:
        words[at], words[other] = words[other], words[at]


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word
