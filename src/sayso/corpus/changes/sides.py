"""Two texts word by word: which words of the one stand in the other, in the same order."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz.distance import LCSseq

from sayso.corpus.worded import Worded
from sayso.model import Span

LONGEST = 160
"""Code points of a wording that a message quotes."""


class Side:
    """A text whose words are looked at one by one: plain lists are quicker for that than arrays."""

    def __init__(self, worded: Worded) -> None:
        self.text = worded.text
        self.keys: list[int] = worded.words.keys.tolist()
        self.starts: list[int] = worded.words.starts.tolist()
        self.ends: list[int] = worded.words.ends.tolist()
        self.quoted: list[bool] = worded.quoted.tolist()
        lengths = worded.words.ends - worded.words.starts
        self.telling: list[bool] = ((worded.weights > 0) & (lengths > 1)).tolist()
        self.named: list[bool] = worded.names.tolist()
        self.sentences: list[int] = worded.sentences.tolist()

    def __len__(self) -> int:
        return len(self.keys)

    def spelled(self, word: int) -> str:
        return self.text[self.starts[word] : self.ends[word]]

    def word(self, word: int) -> str:
        """A word in small letters; "" beyond the text's ends."""
        return self.spelled(word).lower() if 0 <= word < len(self.keys) else ""

    def gap(self, word: int) -> str:
        """What stands between a word and the one before it."""
        before = self.ends[word - 1] if word > 0 else 0
        after = self.starts[word] if word < len(self.keys) else len(self.text)
        return self.text[before:after]

    def span(self, first: int, end: int) -> Span:
        """Where the words from `first` to before `end` stand."""
        return Span(self.starts[first], self.ends[end - 1])

    def words_in(self, start: int, end: int) -> tuple[int, int]:
        """The words of a stretch in code points: the first and the one behind the last."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def sentence_of(self, word: int) -> int:
        """The number of the sentence in which a word stands."""
        return max(0, bisect_left(self.sentences, word + 1) - 1)

    def sentence(self, number: int) -> tuple[int, int]:
        """The words of a sentence: the first and the one behind the last."""
        return self.sentences[number], self.sentences[number + 1]

    @property
    def last_sentence(self) -> int:
        return len(self.sentences) - 2

    @cached_property
    def small(self) -> str:
        """The text in small letters; its places need not be the text's."""
        return self.text.lower()

    @cached_property
    def vocabulary(self) -> frozenset[int]:
        return frozenset(self.keys)

    def quote(self, span: Span) -> str:
        """Words for a message: on one line and of bearable length."""
        words = " ".join(span.of(self.text).split())
        return words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True, eq=False)
class Pair:
    """Sentences of an earlier text and those of a later one that tell the same.

    `ours` and `theirs` are words (first, and behind the last) of the two; `here` has for words of the one those of
    the other that are the same in the same order, `there` the other way round.
    """

    one: Side
    other: Side
    ours: tuple[int, int]
    theirs: tuple[int, int]
    here: dict[int, int]
    there: dict[int, int]

    @cached_property
    def turned(self) -> "Pair":
        """The same seen from the other text."""
        return Pair(self.other, self.one, self.theirs, self.ours, self.there, self.here)

    @cached_property
    def left(self) -> list[int]:
        """The words of the one that the other does not have here."""
        return [word for word in range(*self.ours) if word not in self.here]

    @cached_property
    def shared(self) -> int:
        """How many telling words stand in both."""
        return sum(self.one.telling[word] for word in self.here)

    @cached_property
    def kept(self) -> float:
        """The share of the shorter side's telling words that stand in both (0 to 1)."""
        least = min(self._telling)
        return self.shared / least if least else 0.0

    @cached_property
    def alike(self) -> float:
        """The same share of the longer side's telling words."""
        most = max(self._telling)
        return self.shared / most if most else 0.0

    @cached_property
    def _telling(self) -> tuple[int, int]:
        return sum(self.one.telling[slice(*self.ours)]), sum(self.other.telling[slice(*self.theirs)])


def matches(one: Sequence[Any], other: Sequence[Any]) -> dict[int, int]:
    """The places of a longest common subsequence: those in `one` with those in `other`.

    The same whichever of the two comes first: what was dropped on the way there was added on the way back.

    >>> matches("dam", "damp")
    {0: 0, 1: 1, 2: 2}
    """
    if list(one) > list(other):
        return {place: own for own, place in _matches(other, one).items()}
    return _matches(one, other)


def _matches(one: Sequence[Any], other: Sequence[Any]) -> dict[int, int]:
    return {
        code.src_start + step: code.dest_start + step
        for code in LCSseq.opcodes(one, other)
        if code.tag == "equal"
        for step in range(code.src_end - code.src_start)
    }


def pair(one: Side, other: Side, ours: tuple[int, int], theirs: tuple[int, int]) -> Pair:
    """Two stretches of words laid side by side."""
    found = matches(one.keys[slice(*ours)], other.keys[slice(*theirs)])
    here = {own + ours[0]: place + theirs[0] for own, place in sorted(found.items())}
    return Pair(one, other, ours, theirs, here, {place: own for own, place in here.items()})
