"""What the other articles of a story tell of two: runs of words that they share with the one, the other or both.

If one is made from the other, what the younger shares with third articles stands in the older as well, and the older
shares more with them. If both are made from a third, each shares something with it that the other lacks. Copyists of
texts reason so since Lachmann; where there are many copies, it tells more than any two texts can by themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.corpus import citing
from sayso.corpus.moments import When, when
from sayso.corpus.tokens import Flags, batch, runs
from sayso.model.story import Entry

Numbers = NDArray[np.int64]
RUN = 5
"""Words in a row: two reporters seldom hit on the same five."""


class Third(NamedTuple):
    """How many runs a third article shares with the one, with the other, and how many stand in all three.

    `before_one` and `before_other`: whether nothing speaks against its being older than them.
    """

    entry: Entry
    one: int
    other: int
    both: int
    before_one: bool
    before_other: bool


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


@dataclass(frozen=True, eq=False)
class Context:
    """A story's articles, their outlets, and which runs of words stand in which of them (a run a row)."""

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
        has = np.zeros((len(keys), len(entries)), np.bool_)
        has[numbers, np.repeat(np.arange(len(entries)), [len(one) for one in found])] = True
        houses = tuple(citing.house(entry.article) for entry in entries)
        return cls(tuple(entries), houses, tuple(map(when, entries)), has[has.sum(1) > 1])

    @cached_property
    def _places(self) -> dict[str, int]:
        return {entry.id: place for place, entry in enumerate(self.entries)}

    @cached_property
    def _common(self) -> Numbers:
        """Of every two articles, how many runs stand in both."""
        has = self.has.astype(np.float32)  # products of whole numbers are not quick
        return (has.T @ has).astype(np.int64)

    @cached_property
    def _may_precede(self) -> Flags:
        """Of every two articles, whether nothing speaks against the first being older."""
        distinct = list(dict.fromkeys(self.dates))
        number = [distinct.index(date) for date in self.dates]
        table = np.array([[one.may_precede(other) for other in distinct] for one in distinct], np.bool_)
        flags: Flags = table.reshape(len(distinct), -1)[np.ix_(number, number)]
        return flags

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
        if one.id == other.id or one.id not in self._places or other.id not in self._places:
            return None
        places = [self._places[one.id], self._places[other.id]]
        found = self.has[self.has[:, places].any(1)]  # the runs of which either has any
        mine, theirs = found[:, places].T
        both = mine & theirs
        rest = [n for n in range(len(self.entries)) if n not in places]
        own = [[n for n in rest if self.houses[n] and self.houses[n] == self.houses[place]] for place in places]
        others = np.array([n for n in rest if n not in own[0] and n not in own[1]], np.int64)
        elsewhere = found.sum(1) > found[:, list({*places, *own[0], *own[1]})].sum(1)
        apart = both & ~elsewhere
        older = found[:, others[self._may_precede[others, places[0]]]].any(1)
        here, there = mine & ~both, theirs & ~both
        return Shared(
            both=int(both.sum()),
            alone=int(apart.sum()),
            one=int((here & elsewhere).sum()),
            other=int((there & elsewhere).sum()),
            one_older=int((here & older).sum()),
            other_older=int((there & older).sum()),
            one_house=int(found[np.ix_(apart, own[0])].any(1).sum()),
            other_house=int(found[np.ix_(apart, own[1])].any(1).sum()),
            thirds=self._thirds(others, places, found[both][:, others].sum(0)),
        )

    def _thirds(self, others: Numbers, places: Sequence[int], both: Numbers) -> tuple[Third, ...]:
        one, other = (self._common[others, place] for place in places)
        before = [self._may_precede[others, place] for place in places]
        columns = (each[(one > 0) & (other > 0)].tolist() for each in (others, one, other, both, *before))
        return tuple(Third(self.entries[n], *told) for n, *told in zip(*columns, strict=True))
