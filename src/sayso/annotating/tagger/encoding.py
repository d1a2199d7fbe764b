"""Turn a text into what the attribution model reads: word pieces, and what lower-casing would lose.

The vocabulary of the encoder is lower case and its tokenizer drops line breaks. Capital letters tell names from
words, blank lines tell where a quotation may stop, and quotation marks tell most of what direct speech is, so each
piece carries three small numbers beside its id: its case, the gap before it, and where it stands among quotation marks.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]

CASES, GAPS, QUOTES = 6, 4, 4
LOWER, CAPITALISED, CAPITALS, MIXED, DIGITS, MARK = range(CASES)
GLUED, SPACE, LINE, PARAGRAPH = range(GAPS)
OUTSIDE, INSIDE, OPENING, CLOSING = range(QUOTES)

SHOUTED = 4
"""From how many pieces in capitals on a line without small letters is in capitals, and not a list of names."""

_QUOTATION_MARK = re.compile(r"[“”«»„\"]|''|``|(?<!\w)[‘'](?=\w)|(?<=[\w.,!?…—-])[’'](?!\w)|\n\s*\n|\n")
_OPENERS, _CLOSERS, _SINGLES = "“«„``", "”»", "‘’'"


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Word pieces of one text: ids, code-point starts and ends, features (n, 3), and whether each is a word."""

    ids: Ints
    starts: Ints
    ends: Ints
    features: Ints
    words: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


def encode(text: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text. The tokenizer must not truncate or pad."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    surfaces = [text[start:end] for start, end in encoding.offsets]
    features = np.zeros((len(surfaces), 3), dtype=np.int64)
    features[:, 1] = _gaps(text, encoding.offsets)
    features[:, 0] = _cases(surfaces, features[:, 1])
    features[:, 2] = _quotes(text, offsets)
    words = np.array([any(map(str.isalnum, surface)) for surface in surfaces], dtype=np.bool_)
    return Pieces(np.array(encoding.ids, dtype=np.int64), offsets[:, 0], offsets[:, 1], features, words)


def _cases(surfaces: list[str], gaps: Ints) -> list[int]:
    """The case of each piece. In a line of capitals, capitals tell nothing, and count as small letters."""
    cases = [case(surface) for surface in surfaces]
    lines = [*np.flatnonzero(gaps >= LINE).tolist(), len(cases)]
    for start, end in pairwise(lines):
        large = sum(c == CAPITALS for c in cases[start:end])
        if large >= SHOUTED and not any(c in {LOWER, MIXED} for c in cases[start:end]):
            cases[start:end] = [LOWER if c in {CAPITALS, CAPITALISED} else c for c in cases[start:end]]
    return cases


def case(surface: str) -> int:
    """How a piece is written.

    >>> [case(s) for s in ("said", "Syria", "UN", "McCain", "2013", ",")]
    [0, 1, 2, 3, 4, 5]
    """
    if surface.islower():
        return LOWER
    if surface.isupper():
        return CAPITALS if len(surface) > 1 else CAPITALISED
    if surface[:1].isupper() and surface[1:].islower():
        return CAPITALISED
    if any(map(str.isdigit, surface)):
        return DIGITS
    return MIXED if any(map(str.isalpha, surface)) else MARK


def _gaps(text: str, offsets: list[tuple[int, int]]) -> list[int]:
    gaps = [PARAGRAPH] * bool(offsets)
    for (_, left), (right, _) in pairwise(offsets):
        lines = text.count("\n", left, right) if right > left else 0
        gaps.append(PARAGRAPH if lines > 1 else LINE if lines else SPACE if right > left else GLUED)
    return gaps


def _quotes(text: str, offsets: Ints) -> Ints:
    """Where each piece stands among quotation marks.

    A quotation that runs over several paragraphs is opened anew in each and closed only in the last, so a paragraph
    end closes silently. Where a text has blank lines, a single line break is a wrapped line and closes nothing.
    """
    state = np.zeros(len(text) + 1, dtype=np.int64)
    wrapped, opened, single, since = "\n\n" in text, False, False, 0
    for match in _QUOTATION_MARK.finditer(text):
        mark, start, end = match.group(), match.start(), match.end()
        state[since:start] = INSIDE if opened or single else OUTSIDE
        since = end
        if "\n" in mark:
            if mark.count("\n") > 1 or not wrapped:
                opened = single = False
            else:
                state[start:end] = INSIDE if opened or single else OUTSIDE
        elif len(mark) == 1 and mark in _SINGLES:
            opens = start == 0 or not (text[start - 1].isalnum() or text[start - 1] in ".,!?…")
            state[start:end] = OPENING if opens else CLOSING if single else INSIDE if opened else OUTSIDE
            single = opens
        else:
            opens = mark in _OPENERS or (mark not in _CLOSERS and not opened)
            state[start:end] = OPENING if opens else CLOSING
            opened = opens
    state[since:] = INSIDE if opened or single else OUTSIDE
    return state[offsets[:, 0]]


def windows(length: int, size: int, overlap: int) -> list[tuple[int, int]]:
    """Even windows over `length` pieces, none longer than `size`, neighbours sharing about `overlap` pieces.

    >>> windows(10, 6, 2)
    [(0, 6), (4, 10)]
    """
    if length <= size:
        return [(0, length)] if length else []
    count = -(-(length - overlap) // (size - overlap))
    width = -(-(length + (count - 1) * overlap) // count)
    starts = np.linspace(0, length - width, count).round().astype(int)
    return [(int(start), int(start) + width) for start in starts]


def owners(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each window, the pieces it answers for: overlaps are cut in the middle.

    >>> owners([(0, 6), (4, 10)])
    [(0, 5), (5, 10)]
    """
    cuts = [(left[1] + right[0]) // 2 for left, right in pairwise(spans)]
    return list(zip([spans[0][0], *cuts], [*cuts, spans[-1][1]], strict=True)) if spans else []
