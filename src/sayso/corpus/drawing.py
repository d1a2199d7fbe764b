"""Draws what is uncertain, many times, and counts the origins: who had it from whom, and which sources are one."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso import words

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
Chances = NDArray[np.float64]

MOST_ODDS = 1000.0


@dataclass(frozen=True, slots=True)
class Tie:
    """Two texts, one of which can have the claim from the other: how likely `one` has it, `other` has it, or both
    have it from a third that is not known; what is left to 1 is that they have nothing to do with each other.

    `key` tells the tie in all runs, so that its draws do not change with what else is there.
    """

    one: int
    other: int
    one_from_other: float
    other_from_one: float
    either: float
    key: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Who has it from whom in each draw (rows). `own`: which texts stand for themselves; `ways`: for each tie
    0 nothing, 1 `one` from `other`, 2 the other way, 3 both from a third."""

    own: Flags
    ways: NDArray[np.int8]


def ways(firm: Sequence[bool], ties: Sequence[Tie]) -> Ways:
    """Draws who has it from whom. `firm`: for each text, whether it rests on somebody in any case.

    Texts come in the order in which one stands for all that have it from each other and from nobody else.

    >>> found = ways([False, False], [Tie(0, 1, 0.0, 1.0, 0.0, "t")])
    >>> bool(found.own[:, 0].all()), bool(found.own[:, 1].any())
    (True, False)
    """
    drawn = np.stack([_ways(tie) for tie in ties], axis=1) if ties else np.zeros((_settings()["draws"], 0), np.int8)
    return Ways(_own(firm, ties, drawn), drawn)


def span_of(counts: Places) -> tuple[int, int]:
    """The smallest range of numbers that holds enough of the draws; of several, the one that holds most.

    >>> span_of(np.array([1] * 99 + [2])), span_of(np.array([1, 2, 2, 3]))
    ((1, 1), (1, 3))
    """
    within = float(_settings()["within"])
    shares = np.bincount(counts) / len(counts)
    sums = np.concatenate(([0.0], np.cumsum(shares)))
    numbers = range(len(shares))
    ranges = [(a, b) for a in numbers for b in numbers[a:] if sums[b + 1] - sums[a] >= within - 1e-9]
    return min(ranges, key=lambda r: (r[1] - r[0], sums[r[0]] - sums[r[1] + 1], r[0]))


def _ways(tie: Tie) -> NDArray[np.int8]:
    bounds = np.cumsum((tie.one_from_other, tie.other_from_one, tie.either))
    places = np.searchsorted(bounds, _uniform(tie.key), side="right")
    return np.where(places < 3, places + 1, 0).astype(np.int8)


@cache
def _settings() -> dict[str, Any]:
    known: dict[str, Any] = words.load("origins")["drawing"]
    return known


def happens(chance: float, key: str) -> Flags:
    """Draws of something that happens with a chance."""
    rows: Flags = _uniform(key) < chance
    return rows


def _uniform(key: str) -> Chances:
    """Numbers between 0 and 1, always the same for a key."""
    known = _settings()
    generator = np.random.default_rng([known["seed"], zlib.crc32(key.encode("utf-8", "replace"))])
    numbers: Chances = generator.random(known["draws"])
    return numbers


def _own(firm: Sequence[bool], ties: Sequence[Tie], ways: NDArray[np.int8]) -> Flags:
    """Which texts stand for themselves: no other is behind them, or they come first of those with only each other."""
    shape = (len(ways), len(firm))
    supported = np.zeros(shape, np.bool_)
    for place, tie in enumerate(ties):
        supported[:, tie.one] |= (ways[:, place] == 1) | (ways[:, place] == 3)
        supported[:, tie.other] |= ways[:, place] >= 2
    own = ~supported & ~np.array(firm, np.bool_)
    grounded = ~supported | np.array(firm, np.bool_)
    _spread(grounded, ties, ways)
    for text in range(len(firm)):
        if (open_ := ~grounded[:, text]).any():
            own[open_, text] = grounded[open_, text] = True
            _spread(grounded, ties, ways)
    return own


def _spread(grounded: Flags, ties: Sequence[Tie], ways: NDArray[np.int8]) -> None:
    """Carries on along the ties who has something behind it, until nothing changes."""
    if grounded.all():
        return
    before = -1
    while (now := int(grounded.sum())) != before:
        before = now
        for place, tie in enumerate(ties):
            way = ways[:, place]
            grounded[:, tie.one] |= grounded[:, tie.other] & ((way == 1) | (way == 3))
            grounded[:, tie.other] |= grounded[:, tie.one] & (way >= 2)


def founders(active: Flags, same: Chances, keys: Sequence[str]) -> Flags:
    """Which sources are an origin of their own in each draw.

    One after the other, each joins one before it with the odds of their being one, against odds of 1 of standing
    alone (a distance-dependent Chinese restaurant, Blei and Frazier, JMLR 2011). So two are one as often as was
    given, and of twenty unnamed sources neither all become one nor all stay apart. Nobody joins those among whom is
    one that it cannot be.
    """
    known = _settings()
    rows = np.arange(len(active))
    clusters = np.tile(np.arange(len(keys)), (len(active), 1))
    founds = active.copy()
    odds = np.minimum(same / np.maximum(1.0 - same, 1e-9), MOST_ODDS)
    for place, key in enumerate(keys):
        before = [n for n in range(place) if same[place, n] > known["never"]]
        if not before:
            continue
        weights = odds[place, before] * active[:, before]
        blocked = np.zeros(active.shape, np.bool_)
        for n in (n for n in range(place) if same[place, n] <= known["never"]):
            blocked[rows, clusters[:, n]] |= active[:, n]
        weights = np.where(blocked[rows[:, None], clusters[:, before]], 0.0, weights)
        sums = np.cumsum(weights, axis=1)
        picks = (sums <= (_uniform(key) * (sums[:, -1] + 1.0))[:, None]).sum(axis=1)
        joins = active[:, place] & (picks < len(before))
        chosen = clusters[rows, np.array([*before, place])[picks]]
        clusters[:, place] = np.where(joins, chosen, place)
        founds[:, place] &= ~joins
    return founds


def shares(counts: Places) -> Iterator[float]:
    """How often each number came, from 1 on."""
    found = np.bincount(counts, minlength=2)[1:] / len(counts)
    yield from (float(share) for share in found)
