"""What stands for a text in the index: winnowed runs of words, so that a shared passage is found by equal numbers.

Of all runs of eight words, winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003) keeps the least in every eight in a
row. So two texts that share 15 words in a row share at least one number, though only about 0.22 a word are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sayso.corpus.tokens import Batch, Flags, Numbers, Places, batch, runs

RUN = 8
WINDOW = 8
SURE = RUN + WINDOW - 1
"""Words in a row that two texts must share for it to be sure that they share a fingerprint."""
BITS = 48
"""Kept of each number: in a corpus of a million articles, one look-up in two million meets another's by chance."""


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """`hashes` (48 bits in int64), `texts` (which text of the batch) and `places` (the run's first word in it)."""

    hashes: Places
    texts: Places
    places: Places

    def __len__(self) -> int:
        return len(self.hashes)


def fingerprints(texts: Sequence[str]) -> Fingerprints:
    """The fingerprints of texts, in the order of the texts and of their words.

    >>> one = "The ministry said on Monday that the old dam above the town had held through the night."
    >>> two = fingerprints([one, "Officials: THE MINISTRY SAID, on Monday, that the old dam above the town had"])
    >>> bool(np.isin(two.hashes[two.texts == 1], two.hashes[two.texts == 0]).any())
    True
    """
    return of_batch(batch(texts))


def of_batch(words: Batch) -> Fingerprints:
    """The fingerprints of texts whose words are known."""
    hashes = runs(words.keys, RUN) >> np.uint64(64 - BITS)
    if not len(hashes):
        none = np.zeros(0, np.int64)
        return Fingerprints(none, none, none)
    texts = words.of_texts()
    whole = texts[: len(hashes)] == texts[RUN - 1 :]  # not from one text into the next
    kept = np.flatnonzero(_winnowed(np.where(whole, hashes, np.uint64(1) << np.uint64(BITS))) & whole)
    return Fingerprints(hashes[kept].astype(np.int64), texts[kept], kept - words.bounds[texts[kept]])


def _winnowed(hashes: Numbers) -> Flags:
    """Which are the least of some `WINDOW` in a row; at the ends, of what is there."""
    top = np.full(WINDOW - 1, np.iinfo(np.uint64).max, np.uint64)
    least = _sliding(np.minimum, np.concatenate((top, hashes, top)))
    flags: Flags = hashes == _sliding(np.maximum, least)
    return flags


def _sliding(pick: np.ufunc, numbers: Numbers) -> Numbers:
    """The least (or greatest) of each `WINDOW` in a row, by doubling: WINDOW is a power of two."""
    width = 1
    while width < WINDOW:
        numbers = pick(numbers[:-width], numbers[width:])
        width *= 2
    return numbers
