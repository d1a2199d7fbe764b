"""MinHash LSH of other programs on the articles of evaluation/reuse.py, which starts this with the peers' Python.

    python evaluation/reuse_peers.py datasketch|rensa < articles.json > scores.json

Standard input: `articles` (texts by id), `targets` (the ids that are asked about) and, where not all settings are
wanted, `settings` (their names). Standard output: for every setting the pairs of a target and another article with the
greatest estimated likeness of any of their units, so that the best threshold can be chosen afterwards. A unit is the
article, a paragraph or a window of words; what is compared are the shingles of one, two, three or five words.
Candidates come from the library's own LSH, in bands so narrow that little is missed, and are then compared by their
whole signatures, which removes the chance hits: more than the libraries do by themselves. datasketch's LSH Ensemble
looks for what is contained in an article. Needs NumPy and the peer only, nothing of Sayso.
"""

import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"[^\W_]+")
PERMUTATIONS = 120
WINDOW, STEP = 50, 25
FEWEST = 8
"""A paragraph of fewer words is joined with the next."""
SHINGLES = (1, 2, 3, 5)
NARROW, NARROWEST, WORDS = (40, 3), (120, 1), (30, 4)
"""Bands and rows: for paragraphs and windows, for whole articles (nearly all are compared), and for single words."""
FLOOR, WORDS_FLOOR = 0.04, 0.25
"""Estimates of less say nothing and are not handed on; of single words, any two texts have many in common."""

Numbers = NDArray[np.uint64]
Scores = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Units:
    """Units of texts: `owners` has the text of each, `words` its words, as random numbers."""

    owners: NDArray[np.int64]
    words: list[Numbers]

    def shingles(self, size: int) -> Iterator[list[bytes]]:
        """The different shingles of each unit, 8 bytes each; of a shorter unit, the whole."""
        for words in self.words:
            length = max(1, len(words) - size + 1)
            mixed = np.zeros(length, np.uint64)
            for at in range(min(size, len(words))):
                mixed = (mixed ^ words[at : at + length]) * np.uint64(0x9E3779B97F4A7C15)
                mixed ^= mixed >> np.uint64(29)
            raw = np.unique(mixed).tobytes()
            yield [raw[at : at + 8] for at in range(0, len(raw), 8)]

    def of(self, owners: Sequence[int]) -> NDArray[np.int64]:
        """The units of some texts."""
        return np.flatnonzero(np.isin(self.owners, owners))


def units(texts: Iterable[str], kind: str) -> Units:
    """All units of a kind."""
    known: dict[str, np.uint64] = {}
    dice = np.random.default_rng(0)
    owners, found = [], []
    for number, text in enumerate(texts):
        for words in _pieces(text, kind):
            for word in words:
                if word not in known:
                    known[word] = dice.integers(0, 1 << 63, dtype=np.uint64)
            owners.append(number)
            found.append(np.array([known[word] for word in words], np.uint64))
    return Units(np.array(owners), found)


def _pieces(text: str, kind: str) -> Iterator[list[str]]:
    if kind == "paragraph":
        gathered: list[str] = []
        for line in text.lower().split("\n"):
            gathered += WORD.findall(line)
            if len(gathered) >= FEWEST:
                yield gathered
                gathered = []
        if gathered:
            yield gathered
        return
    words = WORD.findall(text.lower())
    if kind == "article":
        yield words
        return
    for start in range(0, max(1, len(words) - STEP), STEP):
        yield words[start : start + WINDOW]


class Datasketch:
    """datasketch: MinHash in NumPy, LSH in Python's dictionaries."""

    def __init__(self) -> None:
        self._library: Any = importlib.import_module("datasketch")

    def sketches(self, shingles: Iterable[list[bytes]]) -> list[Any]:
        made = self._library.MinHash.generator(shingles, num_perm=PERMUTATIONS, seed=1)
        return list(made)

    def matrix(self, sketches: Sequence[Any]) -> NDArray[Any]:
        return np.array([sketch.hashvalues for sketch in sketches], np.uint32)

    def index(self, sketches: Sequence[Any], bands: tuple[int, int]) -> Any:
        lsh = self._library.MinHashLSH(num_perm=PERMUTATIONS, params=bands)
        for key, sketch in enumerate(sketches):
            lsh.insert(key, sketch, check_duplication=False)
        return lsh

    def ensemble(self, sketches: Sequence[Any], sizes: Sequence[int], threshold: float) -> Any:
        lsh = self._library.MinHashLSHEnsemble(threshold=threshold, num_perm=PERMUTATIONS, num_part=8, m=4)
        lsh.index(list(zip(range(len(sketches)), sketches, sizes, strict=True)))
        return lsh


class Rensa:
    """rensa: the same in Rust."""

    def __init__(self) -> None:
        self._library: Any = importlib.import_module("rensa")

    def sketches(self, shingles: Iterable[list[bytes]]) -> list[Any]:
        return list(self._library.RMinHash.from_token_sets(shingles, PERMUTATIONS, 1))

    def matrix(self, sketches: Sequence[Any]) -> NDArray[Any]:
        return np.array([sketch.digest() for sketch in sketches], np.uint32)

    def index(self, sketches: Sequence[Any], bands: tuple[int, int]) -> Any:
        lsh = self._library.RMinHashLSH(0.1, bands[0] * bands[1], bands[0])
        lsh.insert_pairs(list(enumerate(sketches)))
        return lsh


def alike(peer: Datasketch | Rensa, all_units: Units, size: int, targets: Sequence[int], whole: bool) -> Scores:
    """Pairs of a target and another text by the most alike of their units (estimated Jaccard index)."""
    sketches = peer.sketches(all_units.shingles(size))
    matrix = peer.matrix(sketches)
    lsh = peer.index(sketches, NARROWEST if whole else WORDS if size == 1 else NARROW)
    floor = WORDS_FLOOR if size == 1 else FLOOR
    best: Scores = {}
    for unit in all_units.of(targets):
        candidates = np.fromiter(lsh.query(sketches[unit]), np.int64)
        equal = (matrix[candidates] == matrix[unit]).mean(axis=1)
        _keep(best, int(all_units.owners[unit]), all_units.owners[candidates], equal, floor)
    return best


def contained(peer: Datasketch, asked: Units, articles: Units, size: int, targets: Sequence[int]) -> Scores:
    """Pairs of a target and another text by how much of a unit of the target the other contains, estimated."""
    sets = list(articles.shingles(size))
    sizes = [len(one) for one in sets]
    sketches = peer.sketches(sets)
    matrix, counts = peer.matrix(sketches), np.array(sizes)
    lsh = peer.ensemble(sketches, sizes, 0.3)
    chosen = asked.of(targets)
    own = list(Units(asked.owners[chosen], [asked.words[unit] for unit in chosen]).shingles(size))
    best: Scores = {}
    for unit, shingles, sketch in zip(chosen, own, peer.sketches(own), strict=True):
        candidates = np.fromiter(lsh.query(sketch, len(shingles)), np.int64)
        jaccard = (matrix[candidates] == peer.matrix([sketch])).mean(axis=1)
        share = jaccard / (1 + jaccard) * (len(shingles) + counts[candidates]) / len(shingles)
        _keep(best, int(asked.owners[unit]), candidates, np.minimum(share, 1.0), FLOOR)
    return best


def _keep(best: Scores, target: int, others: NDArray[np.int64], scores: NDArray[np.float64], floor: float) -> None:
    kept = scores >= floor
    for other, score in zip(others[kept].tolist(), scores[kept].tolist(), strict=True):
        if other != target and score > best.get((target, other), 0.0):
            best[target, other] = score


def settings(name: str, texts: Sequence[str], targets: Sequence[int]) -> Iterator[tuple[str, Callable[[], Scores]]]:
    """Every setting by its name, with what finds its pairs."""
    peer = Datasketch() if name == "datasketch" else Rensa()
    made = {kind: units(texts, kind) for kind in ("article", "paragraph", "window")}
    for kind, of_kind in made.items():
        for size in SHINGLES:
            if kind != "article" or size > 1:  # any two articles have common words
                yield f"{kind}, {size}", partial(alike, peer, of_kind, size, targets, kind == "article")
    if isinstance(peer, Datasketch):
        for kind in ("article", "paragraph"):
            for size in (2, 3):
                find = partial(contained, peer, made[kind], made["article"], size, targets)
                yield f"{kind} contained, {size}", find


def main() -> None:
    asked = json.load(sys.stdin)
    ids = list(asked["articles"])
    place = {id: at for at, id in enumerate(ids)}
    targets = [place[id] for id in asked["targets"]]
    answer = {}
    for name, find in settings(sys.argv[1], list(asked["articles"].values()), targets):
        if name in asked.get("settings", [name]):
            start = time.process_time()
            found = find()
            pairs = [(ids[target], ids[other], round(score, 3)) for (target, other), score in found.items()]
            answer[name] = {"seconds": time.process_time() - start, "pairs": pairs}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
