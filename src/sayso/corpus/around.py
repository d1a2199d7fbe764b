"""What the other articles of a story tell of two: runs of words that they share with the one, the other or both.

If one is made from the other, what the younger shares with third articles stands in the older as well, and the older
shares more with them. If both are made from a third, each shares something with it that the other lacks. Copyists of
texts reason so since Lachmann; where there are many copies, it tells more than any two texts can by themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.corpus.tokens import Flags, batch, runs
from sayso.model.story import Entry

RUN = 5
"""Words in a row: two reporters seldom hit on the same five."""


class Third(NamedTuple):
    """How many runs a third article shares with the one, with the other, and with both in the same words."""

    entry: Entry
    one: int
    other: int
    both: int


class Shared(NamedTuple):
    """How many runs two articles share; of these, how many stand in no third, and how many each has with others alone.

    `thirds` are the other articles that share anything with both.
    """

    both: int
    alone: int
    one: int
    other: int
    thirds: tuple[Third, ...]


@dataclass(frozen=True, eq=False)
class Context:
    """A story's articles, and which runs of words stand in which of them."""

    entries: tuple[Entry, ...] = ()
    places: dict[str, int] | None = None
    has: Flags | None = None

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Context":
        """The articles of a story, to be made once for all of its pairs: about 0.2 ms an article."""
        words = batch([entry.article.text for entry in entries])
        found = [np.unique(runs(words.keys[a:b], RUN)) for a, b in zip(words.bounds, words.bounds[1:], strict=False)]
        keys, numbers = np.unique(np.concatenate([*found, np.zeros(0, np.uint64)]), return_inverse=True)
        has = np.zeros((len(entries), len(keys)), np.bool_)
        has[np.repeat(np.arange(len(entries)), [len(one) for one in found]), numbers] = True
        return cls(tuple(entries), {entry.id: n for n, entry in enumerate(entries)}, has[:, has.sum(0) > 1])

    def shared(self, one: Entry, other: Entry) -> Shared | None:
        """What two share with each other and with the rest; None where the story is not known.

        >>> from sayso.model import Article
        >>> texts = {"a": "one two three four five six seven", "b": "two three four five six", "c": "one two three four five"}
        >>> story = [Entry(Article(id_, id_, text, "", "", "text/plain"), None, None, None) for id_, text in texts.items()]
        >>> found = Context.of(story).shared(story[0], story[1])
        >>> found.both, found.alone, found.one, found.other
        (1, 1, 1, 0)
        """
        if self.has is None or self.places is None or not {one.id, other.id} <= self.places.keys():
            return None
        mine, theirs = self.places[one.id], self.places[other.id]
        if mine == theirs:
            return None
        rest = np.array([n for n in range(len(self.entries)) if n not in {mine, theirs}], np.int64)
        both = self.has[mine] & self.has[theirs]
        counts = [self._counts(rest, flags) for flags in (self.has[mine], self.has[theirs], both)]
        anywhere = np.logical_or.reduce(self.has[rest], axis=0)
        return Shared(
            int(both.sum()),
            int((both & ~anywhere).sum()),
            int((self.has[mine] & anywhere & ~both).sum()),
            int((self.has[theirs] & anywhere & ~both).sum()),
            tuple(
                Third(self.entries[n], int(a), int(b), int(c))
                for n, a, b, c in zip(rest, *counts, strict=True)
                if a and b
            ),
        )

    def _counts(self, rest: NDArray[np.int64], flags: Flags) -> NDArray[np.int64]:
        assert self.has is not None
        counts: NDArray[np.int64] = self.has[np.ix_(rest, np.flatnonzero(flags))].sum(1)
        return counts
