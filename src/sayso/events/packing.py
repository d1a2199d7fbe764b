"""The events that have a term, as the index keeps them: eight bytes each, the event's number with its size.

An event's size, the number of its terms, is what a comparison is measured by; beside the number it costs no look-up.
"""

import sys
from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LARGEST = 255
_BITS = 8


def sized(number: int, size: int) -> int:
    """An event's number with its size, which counts to 255."""
    return number << _BITS | min(size, LARGEST)


def number(sized: int) -> int:
    """The event's number alone."""
    return sized >> _BITS


def packed(numbers: Iterable[int]) -> bytes:
    """Sized numbers as bytes, little-endian on every machine."""
    found = array("q", numbers)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def unpacked(data: bytes) -> list[int]:
    """Sized numbers from bytes.

    >>> unpacked(packed([sized(48286400514, 12)])) == [48286400514 * 256 + 12]
    True
    """
    found = array("q", data)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tolist()


def joined(parts: list[bytes]) -> "NDArray[np.int64]":
    """Sized numbers of several pieces, in order."""
    import numpy as np  # noqa: PLC0415 - only for those who compare whole texts

    return np.sort(np.frombuffer(b"".join(parts), dtype="<i8").astype(np.int64))


def numbers(found: "NDArray[np.int64]") -> "NDArray[np.int64]":
    return found >> _BITS


def sizes(found: "NDArray[np.int64]") -> "NDArray[np.int64]":
    return found & LARGEST
