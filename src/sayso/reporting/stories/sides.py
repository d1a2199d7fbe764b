"""Two texts side by side, with the words marked that stand in one of them only."""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

PieceKind = Literal["same", "lost", "new", "differs"]
MOST_WORDS = 5000  # of a side: what is longer is shown without marks
KEPT = 8  # words on both sides of a change that a short form keeps


class Piece(NamedTuple):
    """Words that stand in both texts ("same"), or in this one only.

    "lost" stands in the earlier text only and "new" in the later one; "differs" where it is not known which is which.
    """

    text: str
    kind: PieceKind


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts: whose it is, and its pieces, which join to the text with single spaces in it."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Sides:
    """Two texts side by side, the earlier one on the left where that is known."""

    left: Side
    right: Side


def sides(left: tuple[str, str], right: tuple[str, str], *, ordered: bool) -> Sides:
    """Two texts, each given as whose it is and what it says; `ordered`: the left one is the earlier.

    Words are the same whatever their capitals and the marks around them; marks by themselves are not compared.

    >>> both = sides(("A", "The quay was shut."), ("B", "the quay is shut"), ordered=True)
    >>> [*both.left.pieces]
    [Piece(text='The quay ', kind='same'), Piece(text='was ', kind='lost'), Piece(text='shut.', kind='same')]
    >>> [piece.text for piece in both.right.pieces if piece.kind == "new"]
    ['is ']
    """
    here, there = left[1].split(), right[1].split()
    kept_here, kept_there = _kept(here, there)
    return Sides(
        Side(left[0], _pieces(here, kept_here, "lost" if ordered else "differs")),
        Side(right[0], _pieces(there, kept_there, "new" if ordered else "differs")),
    )


def _kept(here: list[str], there: list[str]) -> tuple[list[bool], list[bool]]:
    """Of each word on either side, whether it stands on the other side, too, in order."""
    if max(len(here), len(there)) > MOST_WORDS:
        return [True] * len(here), [True] * len(there)
    one, other = [bare(word) for word in here], [bare(word) for word in there]
    found = Indel.opcodes([word for word in one if word], [word for word in other if word])
    kept_one = [at for each in found if each.tag == "equal" for at in range(each.src_start, each.src_end)]
    kept_other = [at for each in found if each.tag == "equal" for at in range(each.dest_start, each.dest_end)]
    return _spread(one, kept_one), _spread(other, kept_other)


def _spread(words: list[str], kept: list[int]) -> list[bool]:
    """The same for all words: a dash or the like, which is not compared, goes with the word before it."""
    numbers = set(kept)
    result: list[bool] = []
    count = 0
    for word in words:
        result.append(count in numbers if word else not result or result[-1])
        count += bool(word)
    return result


def bare(word: str) -> str:
    """A word as it is compared: without capitals, and the marks around it."""
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def _pieces(words: list[str], kept: list[bool], other: PieceKind) -> tuple[Piece, ...]:
    result = []
    at = 0
    for same, run in groupby(kept):
        end = at + len(list(run))
        after = " " if end < len(words) else ""
        result.append(Piece(" ".join(words[at:end]) + after, "same" if same else other))
        at = end
    return tuple(result)


def brief(side: Side) -> Side:
    """The side with its long unchanged stretches cut: what has changed is what is looked for.

    >>> brief(Side("A", (Piece(" ".join("abcdefghijklmnopqrstuvwxyz") + " ", "same"), Piece("new", "new")))).text
    '… s t u v w x y z new'
    """
    last = len(side.pieces) - 1
    return Side(side.name, tuple(_cut(piece, at == 0, at == last) for at, piece in enumerate(side.pieces)))


def _cut(piece: Piece, begins: bool, ends: bool) -> Piece:
    words = piece.text.split()
    if piece.kind != "same" or len(words) <= 2 * KEPT + 4 or (begins and ends):
        return piece
    head, tail = ([] if begins else words[:KEPT]), ([] if ends else words[-KEPT:])
    return Piece(" ".join([*head, "…", *tail]) + ("" if ends else " "), "same")
