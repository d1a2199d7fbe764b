"""In which order letters stand on a line: the Unicode Bidirectional Algorithm (UAX #9) for plain text.

Without its explicit embeddings and isolates: characters that ask for them are shown as what they are in a dossier, and
do not steer it. The names of the steps are those of the annex.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

BRACKETS = {"(": ")", "[": "]", "{": "}"}
MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")
_PARTS = re.compile(r"“(?P<quoted>[^“”]*)”|(?P<part>[^\s“”:;←(),](?:[^“”:;←(),]*[^\s“”:;←(),])?)")
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
_EXPLICIT = frozenset(("BN", "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))


_RIGHT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def has_right(text: str) -> bool:
    """Whether any letter may run from right to left: all that do lie in a few blocks of Unicode.

    >>> has_right("“so-called” – Привет"), has_right("A: مرحبا")
    (False, True)
    """
    return not text.isascii() and _RIGHT.search(text) is not None


def is_right(text: str) -> bool:
    """Whether a paragraph runs from right to left: its first strong letter does (P2, P3).

    >>> is_right("42: مرحبا"), is_right("A: مرحبا")
    (True, False)
    """
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind != "L" for kind in kinds if kind in {"L", "R", "AL"}), False)


def levels(text: str, right: bool) -> list[int]:
    """The embedding level of every letter; odd ones run from right to left. `right`: the paragraph does.

    >>> levels("ab אב 12", False)
    [0, 0, 0, 1, 1, 1, 2, 2]
    """
    base = "R" if right else "L"
    kinds = _weak(text, base)
    _brackets(text, kinds, base)
    _neutral(kinds, base)
    start = int(right)
    above = {"L": (0, 1), "R": (1, 0), "AN": (2, 1), "EN": (2, 1)}  # I1, I2
    return [start + above[kind][start] for kind in kinds]


def own_levels(text: str) -> list[int]:
    """The levels of a sentence of ours, which runs from left to right: what it quotes, and each part of it between
    marks, stands for itself, so that an Arabic name does not turn round the date behind it.

    >>> own_levels("“אב 12”: 12-05")
    [0, 1, 1, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0]
    """
    found = [0] * len(text)
    for part in _PARTS.finditer(text):
        words = part["quoted"] if part["quoted"] is not None else part["part"]
        start = part.start("quoted" if part["quoted"] is not None else "part")
        if has_right(words):
            found[start : start + len(words)] = levels(words, is_right(words))
    return found


def _weak(text: str, base: str) -> list[str]:
    """The types of the letters after W1 to W7."""
    kinds: list[str] = []
    last = base  # the last strong type, with AL told apart
    for letter in text:
        kind = unicodedata.bidirectional(letter) or "L"
        if kind == "NSM" or kind in _EXPLICIT:
            kind = kinds[-1] if kinds else base
        if kind in {"L", "R", "AL"}:
            last = kind
        if kind == "EN" and last == "AL":
            kind = "AN"
        kinds.append("R" if kind == "AL" else kind)
    _separators(kinds)
    last = base
    for at, kind in enumerate(kinds):
        if kind in {"L", "R"}:
            last = kind
        elif kind == "EN" and last == "L":
            kinds[at] = "L"
    return kinds


def _separators(kinds: list[str]) -> None:
    """W4 to W6: a separator between two numbers, and signs beside one, belong to it."""
    for at in range(1, len(kinds) - 1):
        one, between, other = kinds[at - 1 : at + 2]
        if one == other and one in {"CS": ("EN", "AN"), "ES": ("EN",)}.get(between, ()):
            kinds[at] = one
    at = 0
    for kind, run in groupby(list(kinds)):
        length = len(list(run))
        if kind in {"ET", "ES", "CS"}:
            beside = kind == "ET" and "EN" in (kinds[at - 1] if at else "", *kinds[at + length : at + length + 1])
            kinds[at : at + length] = ["EN" if beside else "ON"] * length
        at += length


def _brackets(text: str, kinds: list[str], base: str) -> None:
    """N0: a pair of brackets takes the direction of what stands in it, or before it."""
    for opened, closed in sorted(_pairs(text, kinds)):
        inside = {_STRONG[kind] for kind in kinds[opened + 1 : closed] if kind in _STRONG}
        if base in inside:
            kinds[opened] = kinds[closed] = base
        elif inside:
            before = next((_STRONG[kind] for kind in reversed(kinds[:opened]) if kind in _STRONG), base)
            kinds[opened] = kinds[closed] = before if before in inside else base


def _pairs(text: str, kinds: list[str]) -> Iterator[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    for at, letter in enumerate(text):
        if kinds[at] != "ON":
            continue
        if letter in BRACKETS and len(waiting) < 63:
            waiting.append((BRACKETS[letter], at))
        elif any(letter == closing for closing, _ in waiting):
            while waiting:
                closing, opened = waiting.pop()
                if closing == letter:
                    yield opened, at
                    break


def _neutral(kinds: list[str], base: str) -> None:
    """N1, N2: what has no direction takes that of both sides, or the paragraph's."""
    at, before = 0, base
    while at < len(kinds):
        if kinds[at] in _STRONG:
            before = _STRONG[kinds[at]]
            at += 1
            continue
        end = next((later for later in range(at, len(kinds)) if kinds[later] in _STRONG), len(kinds))
        after = _STRONG[kinds[end]] if end < len(kinds) else base
        kinds[at:end] = [before if before == after else base] * (end - at)
        at = end


def visual(given: list[int]) -> list[int]:
    """The places of the letters of a line in the order in which they stand on it, from the left (L2).

    >>> visual([0, 1, 1, 2, 2])
    [0, 3, 4, 2, 1]
    """
    order = list(range(len(given)))
    lowest = min((level for level in given if level % 2), default=0)
    for level in range(max(given, default=0), lowest - 1, -1) if lowest else ():
        at = 0
        for turned, run in groupby([given[place] >= level for place in order]):
            length = len(list(run))
            if turned:
                order[at : at + length] = reversed(order[at : at + length])
            at += length
    return order
