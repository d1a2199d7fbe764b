"""A text prepared once for all comparisons with others: its words, what is quoted, its sentences and what tells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sayso import words
from sayso.corpus.tokens import Flags, Numbers, Places, Tokens, runs, tokens
from sayso.model import Span
from sayso.words.quotations import quotations

SEED = 5
"""Words in a row that two texts must share for a passage to be looked for there."""
LONGEST_SENTENCE = 100
"""Words, after which a sentence is cut: a text without full stops must not cost its square."""
HEADLINE = 0.6
"""The share of words in capitals from which a sentence is a headline, whose capitals tell nothing."""
LONG_WORD = 8

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Worded:
    """A text and what comparing it needs; arrays have one place a word, if nothing else is said.

    `quoted`: in quotation marks. `sentences`: the first word of each sentence, and the number of words at the end.
    `names`: in capitals, also where no sentence begins. `weights`: how much it tells that another text has the word,
    too; 0 for those that stand everywhere. `telling` are the places of the others, sorted by their keys. `runs` are
    numbers of its runs of `SEED` words, sorted, and `places` where each begins.
    """

    text: str
    words: Tokens
    quoted: Flags
    sentences: Places
    names: Flags
    numbers: Flags
    weights: Weights
    telling: Places
    runs: Numbers
    places: Places

    @classmethod
    def of(cls, text: str, rarity: Mapping[int, float] | None = None) -> Self:
        """A text made ready. `rarity` has for keys of words how rare they are in a corpus (1 for an ordinary word).

        >>> prepared = Worded.of("The dam held. “We saw it,” said Ada Winter, 41.")
        >>> [int(word) for word in prepared.sentences]
        [0, 3, 10]
        >>> [int(word) for word in prepared.quoted.nonzero()[0]], [int(word) for word in prepared.names.nonzero()[0]]
        ([3, 4, 5], [7, 8])
        """
        found = tokens(text)
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        first = _kinds()[np.minimum(points[found.starts], len(_kinds()) - 1)]
        sentences = _sentences(text, found)
        common = among(found.keys, _common())
        names = _names(found, points, first == _CAPITAL, sentences, common)
        numbers: Flags = first == _DIGIT
        weights = _weights(found, names | numbers, common, rarity)
        telling = np.flatnonzero(weights)
        telling = telling[np.argsort(found.keys[telling], kind="stable")]
        seeds = runs(found.keys, SEED)
        places = np.argsort(seeds, kind="stable")
        quoted = _inside(found, quotations(text))
        return cls(text, found, quoted, sentences, names, numbers, weights, telling, seeds[places], places)

    def __len__(self) -> int:
        return len(self.words)

    def span(self, start: int, end: int) -> Span:
        """Where the words from `start` to before `end` stand, with marks that open before them or close behind."""
        first, last = int(self.words.starts[start]), int(self.words.ends[end - 1])
        before = int(self.words.ends[start - 1]) if start else 0
        opening = _OPENING.search(self.text, before, first)
        closing = _CLOSING.match(self.text, last)
        return Span(opening.start() if opening else first, closing.end() if closing else last)


_BREAK = re.compile(r"[.!?…]+[\"”’»)\]]*\s+(?=[\"“‘'«(\[]*[^\W_a-z])|\n[^\S\n]*\n\s*")
_OPENING = re.compile(r"[\"“„‘«(\[$£€]+\Z")
_CLOSING = re.compile(r"[.,!?…]*[\"”’»)\]]+|[.!?…]+|%")
_QUOTES = np.array([ord(mark) for mark in "\"“„‘«'"], np.uint32)
_CAPITAL, _DIGIT = 1, 2


def _sentences(text: str, found: Tokens) -> Places:
    """Where sentences begin, by punctuation: after "Mr." and "J." none does."""
    breaks = [match.end() for match in _BREAK.finditer(text) if match[0][0] != "." or _ends(text, match.start())]
    starts = np.searchsorted(found.starts, np.array(breaks, np.int64))
    bounds = np.unique(np.concatenate((np.zeros(1, np.int64), starts, np.full(1, len(found)))))
    if len(bounds) > 1 and np.diff(bounds).max() > LONGEST_SENTENCE:
        pieces = [np.arange(start, end, LONGEST_SENTENCE) for start, end in pairwise(bounds)]
        bounds = np.concatenate((*pieces, bounds[-1:]))
    return bounds


def _ends(text: str, stop: int) -> bool:
    """Whether a full stop ends a sentence and not only a word."""
    start = stop
    while start and stop - start <= 5 and text[start - 1].isalnum():
        start -= 1
    word = text[start:stop]
    return (len(word) > 1 or word.isdigit()) and word.lower() not in _titles()


def _names(found: Tokens, points: NDArray[np.uint32], capital: Flags, sentences: Places, common: Flags) -> Flags:
    """Words in capitals that are so somewhere else than where a sentence or a quotation begins, or in a headline."""
    if not len(found):
        return capital
    shares = np.add.reduceat(capital, sentences[:-1], dtype=np.float64) / np.diff(sentences)
    opens = np.isin(points[np.maximum(found.starts - 1, 0)], _QUOTES)
    opens[sentences[:-1]] = True
    sure = capital & ~common & ~opens & np.repeat(shares < HEADLINE, np.diff(sentences))
    return capital & among(found.keys, np.unique(found.keys[sure]))


def _weights(found: Tokens, telling: Flags, common: Flags, rarity: Mapping[int, float] | None) -> Weights:
    long = found.ends - found.starts >= LONG_WORD
    weights = np.where(common, 0.0, 1.0 + 0.5 * long + telling)
    if rarity is not None:
        weights *= np.array([rarity.get(key, 1.0) for key in found.keys.tolist()], np.float64)
    return weights


def _inside(found: Tokens, spans: tuple[Span, ...]) -> Flags:
    """Which words lie in the spans, which do not overlap."""
    edges = np.zeros(len(found) + 1, np.int64)
    if spans:
        bounds = np.searchsorted(found.starts, np.array(spans, np.int64))
        np.add.at(edges, bounds[:, 0], 1)
        np.add.at(edges, bounds[:, 1], -1)
    flags: Flags = np.cumsum(edges)[:-1] > 0
    return flags


def among(keys: Numbers, known: Numbers) -> Flags:
    """Which keys are known; `known` is sorted."""
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    flags: Flags = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
    return flags


@cache
def _common() -> Numbers:
    """The keys of words that tell nothing, sorted."""
    return np.unique(tokens(" ".join(words.load("events")["stop"].values())).keys)


@cache
def _titles() -> frozenset[str]:
    return frozenset(words.load("events")["stop"]["titles"].split())


@cache
def _kinds() -> NDArray[np.uint8]:
    """For each code point, whether it is a capital or a digit; the last stands for all beyond."""
    letters = map(chr, range(1 << 16))
    return np.array([_CAPITAL if c.isupper() or c.istitle() else _DIGIT * c.isdigit() for c in letters], np.uint8)
