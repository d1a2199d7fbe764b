"""What the other articles of a story tell of two: runs of words that they share with the one, the other or both.

If one is made from the other, what the younger shares with third articles stands in the older as well, and the older
shares more with them. If both are made from a third, each shares something with it that the other lacks. Copyists of
texts reason so since Lachmann; where there are many copies, it tells more than any two texts can by themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sayso.corpus import citing
from sayso.corpus.moments import When, when
from sayso.corpus.tokens import Flags, batch, runs
from sayso.model.story import Entry

RUN = 5
"""Words in a row: two reporters seldom hit on the same five."""


class Third(NamedTuple):
    """How many runs a third article shares with the one, with the other, and how many stand in all three."""

    entry: Entry
    one: int
    other: int
    both: int


class Shared(NamedTuple):
    """How many runs two articles share; of these, how many stand in no article of another outlet.

    `one` and `other`: how many runs each shares with articles of other outlets and not with the other of the two;
    `one_older`, `other_older`: with those that may be older than the one. `one_house`, `other_house`: how many of the
    runs that both have stand elsewhere only in the one's own outlet, or only in the other's. `thirds` are the articles
    of other outlets that share anything with both.
    """

    both: int
    alone: int
    one: int
    other: int
    one_older: int
    other_older: int
    one_house: int
    other_house: int
    thirds: tuple[Third, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """A story's articles, their outlets, and which runs of words stand in which of them (an article a row)."""

    entries: tuple[Entry, ...] = ()
    houses: tuple[str, ...] = ()
    dates: tuple[When, ...] = ()
    has: Flags = field(default_factory=lambda: np.zeros((0, 0), np.bool_))

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Context":
        """The articles of a story, to be made once for all of its pairs: about 0.2 ms an article."""
        words = batch([entry.article.text for entry in entries])
        found = [np.unique(runs(words.keys[a:b], RUN)) for a, b in pairwise(words.bounds)]
        keys, numbers = np.unique(np.concatenate([*found, np.zeros(0, np.uint64)]), return_inverse=True)
        has = np.zeros((len(entries), len(keys)), np.bool_)
        has[np.repeat(np.arange(len(entries)), [len(one) for one in found]), numbers] = True
        houses = tuple(citing.house(entry.article) for entry in entries)
        return cls(tuple(entries), houses, tuple(map(when, entries)), has[:, has.sum(0) > 1])

    def shared(self, one: Entry, other: Entry) -> Shared | None:
        """What two share with each other and with the rest; None where they are not both of the story.

        >>> from sayso.model import Article
        >>> texts = ["a b c d e f g", "b c d e f", "a b c d e"]
        >>> articles = [Article(text, text, text, "", "", "text/plain") for text in texts]
        >>> story = [Entry(article, None, None, None) for article in articles]
        >>> found = Context.of(story).shared(story[0], story[1])
        >>> found.both, found.alone, found.one, found.other
        (1, 1, 1, 0)
        """
        places = [n for n, entry in enumerate(self.entries) if entry.id in {one.id, other.id}]
        if len(places) != 2:
            return None
        if self.entries[places[0]].id != one.id:
            places.reverse()
        mine, theirs = self.has[places]
        both = mine & theirs
        rest = [n for n in range(len(self.entries)) if n not in places]
        own = [[n for n in rest if self.houses[n] and self.houses[n] == self.houses[place]] for place in places]
        others = [n for n in rest if n not in own[0] and n not in own[1]]
        elsewhere = self._anywhere(others)
        apart = both & ~elsewhere
        houses = [int((apart & self._anywhere(of)).sum()) for of in own]
        older = self._anywhere([n for n in others if self.dates[n].may_precede(self.dates[places[0]])])
        here, there = mine & ~both, theirs & ~both
        return Shared(
            both=int(both.sum()),
            alone=int(apart.sum()),
            one=int((here & elsewhere).sum()),
            other=int((there & elsewhere).sum()),
            one_older=int((here & older).sum()),
            other_older=int((there & older).sum()),
            one_house=houses[0],
            other_house=houses[1],
            thirds=self._thirds(others, mine, theirs, both),
        )

    def _anywhere(self, rows: Sequence[int]) -> Flags:
        flags: Flags = np.logical_or.reduce(self.has[list(rows)], axis=0, initial=False)
        return flags

    def _thirds(self, rows: Sequence[int], *flags: Flags) -> tuple[Third, ...]:
        counts = [self.has[list(rows)][:, those].sum(1) for those in flags]
        found = zip(rows, *counts, strict=True)
        return tuple(Third(self.entries[n], int(a), int(b), int(c)) for n, a, b, c in found if a and b)
