"""Which texts share runs of words, by brute force and exactly, for evaluation/reuse.py. Nothing of Sayso is used.

Every run of words of every text gets a number, equal numbers for equal runs (by doubling: Karp, Miller and Rosenberg
1972; words are numbered from a table and runs are compared, nothing is hashed), and DuckDB joins them all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

WORD = re.compile(r"[^\W_]+")
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row that stand in two texts and that cannot be made longer: `length` words from `start` in `one`."""

    one: str
    other: str
    start: int
    length: int


class Texts:
    """The words of texts, as numbers, one text after the other."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.ids = list(texts)
        self.place = {id: at for at, id in enumerate(self.ids)}
        known: dict[str, int] = {}
        words: list[int] = []
        bounds = [0]
        self.spans: list[list[tuple[int, int]]] = []
        for text in texts.values():
            found = list(WORD.finditer(text))
            words += [known.setdefault(one.group().lower(), len(known)) for one in found]
            bounds.append(len(words))
            self.spans.append([one.span() for one in found])
        self.words = np.array(words, np.int64)
        self.bounds = np.array(bounds, np.int64)
        self._texts = np.repeat(np.arange(len(texts)), np.diff(self.bounds))

    def runs(self, length: int) -> tuple[Places, Places]:
        """For each run of `length` words that lies in one text: its number, and where it begins."""
        numbers, have = self.words, 1
        while have < length:
            step = min(have, length - have)
            pairs = numbers[:-step] * (numbers.max() + 1) + numbers[step:]
            numbers = np.unique(pairs, return_inverse=True)[1]
            have += step
        starts = np.flatnonzero(self._texts[: len(numbers)] == self._texts[length - 1 :])
        return numbers[starts], starts

    def pairs(self, length: int) -> set[tuple[str, str]]:
        """All pairs of texts that share a run of so many words, both ways round."""
        numbers, starts = self.runs(length)
        runs = pa.table({"run": numbers, "text": self._texts[starts]})
        with duckdb.connect() as database:
            database.register("runs", runs)
            rows = database.execute(
                "WITH own AS (SELECT DISTINCT run, text FROM runs) "
                "SELECT DISTINCT a.text, b.text FROM own a JOIN own b ON a.run = b.run AND a.text <> b.text"
            ).fetchall()
        return {(self.ids[one], self.ids[other]) for one, other in rows}

    def stretches(self, length: int) -> list[Stretch]:
        """All stretches of at least so many words that two texts share, seen from each of the two.

        One that lies within another of the same two texts is not counted: a line that stands twice in the other.
        """
        numbers, starts = self.runs(length)
        runs = pa.table({"run": numbers, "text": self._texts[starts], "at": starts - self.bounds[self._texts[starts]]})
        with duckdb.connect() as database:
            database.register("runs", runs)
            rows = database.execute(
                "SELECT a.text, b.text, a.at - b.at AS diagonal, a.at FROM runs a JOIN runs b "
                "ON a.run = b.run AND a.text <> b.text ORDER BY 1, 2, 3, 4"
            ).fetchnumpy()
        one, other, diagonal, at = (np.asarray(column, np.int64) for column in rows.values())
        if not len(one):
            return []
        fresh = np.ones(len(one), np.bool_)
        fresh[1:] = (np.diff(one) != 0) | (np.diff(other) != 0) | (np.diff(diagonal) != 0) | (np.diff(at) != 1)
        first = np.flatnonzero(fresh)
        last = np.append(first[1:], len(one)) - 1
        return self._longest(one[first], other[first], at[first], at[last] + length)

    def _longest(self, one: Places, other: Places, starts: Places, ends: Places) -> list[Stretch]:
        """Those that do not lie within another of the same two texts."""
        found: list[Stretch] = []
        before, reach = (-1, -1), -1
        for at in np.lexsort((-ends, starts, other, one)):
            pair = int(one[at]), int(other[at])
            reach = reach if pair == before else -1
            if ends[at] > reach:
                found.append(Stretch(self.ids[pair[0]], self.ids[pair[1]], int(starts[at]), int(ends[at] - starts[at])))
                reach = int(ends[at])
            before = pair
        return found

    def words_of(self, id: str, start: int, end: int) -> range:
        """The words of a text between two places in code points, by their numbers in the text."""
        spans = self.spans[self.place[id]]
        inside = [at for at, (first, last) in enumerate(spans) if first < end and last > start]
        return range(inside[0], inside[-1] + 1) if inside else range(0)
