"""The words of texts as numbers, many texts at once, with where each word stands.

A word is a run of letters and digits; capitals, punctuation and spaces do not count, so that two papers that set the
same text in different ways have the same words. NumPy does it over a whole batch of texts: one pass over the bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

BATCH = 1 << 22
"""Bytes of text that are worked on at once: what is made of them stays in the processor's caches better than more."""
_ODD = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio, made odd
_MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one text, in order: `keys` (uint64, one a word), and `starts` and `ends` in code points."""

    keys: Numbers
    starts: Places
    ends: Places

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class Batch:
    """The words of several texts: `keys` of all, `bounds` (one more than texts) where each text's words begin.

    `starts` and `ends` count bytes of `data`, the texts in UTF-8, one after the other with a line break behind each.
    """

    keys: Numbers
    bounds: Places
    starts: Places
    ends: Places
    data: NDArray[np.uint8]

    def of_texts(self) -> Places:
        """Which text each word is of."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))


def tokens(text: str) -> Tokens:
    """The words of a text.

    >>> found = tokens("“The dam’s gate – open!”")
    >>> [("“The dam’s gate – open!”"[start:end]) for start, end in zip(found.starts, found.ends)]
    ['The', 'dam', 's', 'gate', 'open']
    >>> bool((found.keys == tokens("the dam's GATE open").keys).all())
    True
    """
    found = batch([text])
    starts, ends = found.starts, found.ends
    if len(found.data) != len(text) + 1:  # some letter takes more than a byte
        points = np.cumsum((found.data & 0xC0) != 0x80) - 1
        starts, ends = points[starts], points[ends]
    return Tokens(found.keys, starts, ends)


def batch(texts: Sequence[str]) -> Batch:
    """The words of many texts. Keep it to about `BATCH` bytes: a hundred bytes of memory are used for each."""
    encoded = [text.encode("utf-8", "replace") for text in texts]
    data = _bytes(encoded)
    small = _small_bytes()[data] if all(map(str.isascii, texts)) else _bytes(list(map(_small, texts, encoded)))
    inside = _is_word(data)
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if len(inside) and inside[0]:
        edges = np.concatenate((np.zeros(1, np.int64), edges))
    starts, ends = edges[0::2], edges[1::2]  # the last byte is a line break: every word ends
    sums = np.zeros(len(data) + 1, np.uint64)
    powers, inverse = _powers(len(data))
    np.cumsum(_letters()[small] * powers[: len(data)], out=sums[1:])
    keys = mixed((sums[ends] - sums[starts]) * inverse[starts])
    offsets = np.cumsum([0, *(len(one) + 1 for one in encoded)])
    return Batch(keys, np.searchsorted(starts, offsets), starts, ends, data)


def runs(keys: Numbers, length: int) -> Numbers:
    """A number for each run of `length` words in a row (n - length + 1 of them; none where there are fewer words)."""
    if len(keys) < length:
        return np.zeros(0, np.uint64)
    powers, inverse = _powers(len(keys))
    sums = np.zeros(len(keys) + 1, np.uint64)
    np.cumsum(keys * powers[: len(keys)], out=sums[1:])
    return mixed((sums[length:] - sums[:-length]) * inverse[: len(keys) - length + 1])


def mixed(numbers: Numbers) -> Numbers:
    """The numbers with every bit mixed into every other (the finaliser of MurmurHash3, A. Appleby, public domain)."""
    numbers = numbers ^ (numbers >> np.uint64(33))
    numbers *= np.uint64(0xFF51AFD7ED558CCD)
    numbers ^= numbers >> np.uint64(33)
    numbers *= np.uint64(0xC4CEB9FE1A85EC53)
    numbers ^= numbers >> np.uint64(33)
    return numbers


def _bytes(encoded: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"\n".join([*encoded, b""]), np.uint8)


def _small(text: str, encoded: bytes) -> bytes:
    """A text in small letters, in as many bytes: "İ" would take more, so a text with it is lowered in ASCII only."""
    small = text.lower().encode("utf-8", "replace")
    return small if len(small) == len(encoded) else encoded.lower()


@cache
def _small_bytes() -> NDArray[np.uint8]:
    return np.frombuffer(bytes(range(256)).lower(), np.uint8)


def _is_word(data: NDArray[np.uint8]) -> Flags:
    """Which bytes belong to words: ASCII letters and digits, and all other letters.

    Outside of ASCII, the spaces and marks of Latin-1, of General Punctuation and of CJK Symbols are none.
    """
    inside: Flags = _word_bytes()[data]
    leads = np.flatnonzero(_leads()[data])  # the last byte is a line break, so each has one behind it
    first, second = data[leads], data[leads + 1]
    two = leads[first == 0xC2]
    three = leads[(first != 0xC2) & ((second == 0x80) | ((second == 0x81) & (first == 0xE2)))]
    for marks, length in ((two, 2), (three, 3)):
        for byte in range(length):
            inside[marks + byte] = False
    return inside


@cache
def _word_bytes() -> Flags:
    return np.array([byte >= 0x80 or chr(byte).isalnum() for byte in range(256)])


@cache
def _leads() -> Flags:
    """The first bytes of the letters among which there are marks."""
    return np.isin(np.arange(256), (0xC2, 0xE2, 0xE3))


@cache
def _letters() -> Numbers:
    """A number for each byte, the same on every machine and in every version: an index on disk rests on them."""
    return mixed(np.arange(1, 257, dtype=np.uint64) * np.uint64(_ODD))


def _powers(count: int) -> tuple[Numbers, Numbers]:
    """The powers of an odd number modulo 2^64 from 0 on, and those of its inverse, at least `count` of each."""
    size = 1 << max(count, 2).bit_length()
    return _tables(size) if size <= 4 * BATCH else _made(size)  # those of a huge text are not kept


@cache
def _tables(size: int) -> tuple[Numbers, Numbers]:
    return _made(size)


def _made(size: int) -> tuple[Numbers, Numbers]:
    def rising(base: int) -> Any:
        powers = np.full(size, base, np.uint64)
        powers[0] = 1
        return np.cumprod(powers)

    return rising(_ODD), rising(pow(_ODD, -1, 1 << 64))
