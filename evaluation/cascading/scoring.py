"""What somebody says of a cascade, held against the truth; and rules of thumb to hold Sayso against."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from cascading.model import Cascade, Relation
from cascading.wording import words
from sayso.model.article import Article

COMMON, UNCLEAR = "common source", "unclear"
LENGTHS = ("cut", "added")
"""Changes that every pair has: told apart from those that matter."""

Pair = frozenset[str]


@dataclass(slots=True)
class Told:
    """What somebody says of a cascade.

    `ways` has for a pair the id of the article that was made from the other, or "common source" or "unclear"; `ranges`
    the least and most origins of a claim, `carriers` the ids of the articles that carry it; `changes` for an earlier
    and a later id the kinds, with the words before and after; `first` the ids that may have been first, of `among`.
    """

    ways: dict[Pair, str] = field(default_factory=dict)
    ranges: dict[str, tuple[int, int]] = field(default_factory=dict)
    carriers: dict[str, set[str]] = field(default_factory=dict)
    circles: list[set[str]] = field(default_factory=list)
    changes: dict[tuple[str, str], set[tuple[str, str, str]]] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    among: set[str] | None = None


@dataclass(slots=True)
class Score:
    """What came of some cascades; scores add up. Keys of the counters say what was counted."""

    directions: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)  # truth, told, kind, dates
    pairs: int = 0
    origins: list[tuple[str, int, int, int, int]] = field(default_factory=list)  # plot, true, of carriers, least, most
    circles: Counter[str] = field(default_factory=Counter)
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)  # kind, "there" | "found" | "kept" | "told" | …
    first: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Add another one to this."""
        for name in ("directions", "circles", "changes", "first"):
            getattr(self, name).update(getattr(other, name))
        self.pairs += other.pairs
        self.origins += other.origins
        self.failures += other.failures


def true(cascade: Cascade) -> Told:
    """The truth."""
    told = Told()
    for one in cascade.relations:
        told.ways[frozenset((one.first, one.second))] = one.second if one.kinship == "copied" else COMMON
        told.changes[one.first, one.second] = {(c.kind, c.before, c.after) for c in one.changes}
    told.ranges = {claim.key: (claim.number, claim.number) for claim in cascade.claims}
    told.carriers = {claim.key: set(claim.sentences) for claim in cascade.claims}
    told.circles = [set(circle) for circle in cascade.circles]
    told.first = (cascade.nodes[0].id,)
    return told


def by_dates(cascade: Cascade) -> Told:
    """A rule of thumb: who has the earlier date was first, and each outlet is an origin of its own."""
    told = Told()
    dates = {node.id: date_of(node.article) for node in cascade.nodes}
    for one in cascade.relations:
        earlier, later = sorted((one.first, one.second), key=lambda id_: dates[id_])
        known = dates[later] != "9999" and not dates[later].startswith(dates[earlier])
        told.ways[frozenset((earlier, later))] = later if known else UNCLEAR
    outlets = {node.id: node.article.outlet for node in cascade.nodes}
    for claim in cascade.claims:
        count = len({outlets[id_] for id_ in claim.sentences})
        told.ranges[claim.key], told.carriers[claim.key] = (count, count), set(claim.sentences)
    told.first = tuple(id_ for id_, date in dates.items() if date == min(dates.values()))
    return told


def one_source(cascade: Cascade) -> Told:
    """Another: whatever is alike has a common source, and there is one origin."""
    told = Told(ways={frozenset((one.first, one.second)): COMMON for one in cascade.relations})
    told.ranges = {claim.key: (1, 1) for claim in cascade.claims}
    told.carriers = {claim.key: set(claim.sentences) for claim in cascade.claims}
    return told


def date_of(article: Article) -> str:
    return article.dates[0].value if article.dates else "9999"


def score(cascade: Cascade, told: Told, only: set[Pair] | None = None) -> Score:
    """What somebody's word is worth; `only` are the pairs that count."""
    found = Score()
    _score_ways(cascade, told, only, found)
    for claim in cascade.claims:
        if claim.key in told.ranges:
            least, most = told.ranges[claim.key]
            its = {one for id_ in told.carriers[claim.key] for one in claim.origins.get(id_, ())}
            found.origins.append((cascade.kind, claim.number, len(its), least, most))
    _score_circles(cascade, told, found)
    _score_changes(cascade, told, found)
    _score_first(cascade, told, found)
    return found


def _score_first(cascade: Cascade, told: Told, found: Score) -> None:
    """Whether the outlet is right, where only one is told, of those that were asked about."""
    nodes = [node for node in cascade.nodes if told.among is None or node.id in told.among]
    outlets = {node.id: node.article.outlet for node in nodes}
    names = {outlets.get(id_, "another story's") for id_ in told.first}
    right = "right" if names == {nodes[0].article.outlet} else "wrong"
    found.first[right if len(names) == 1 else "not told"] += 1


def _score_ways(cascade: Cascade, told: Told, only: set[Pair] | None, found: Score) -> None:
    nodes = {node.id: node for node in cascade.nodes}
    for one in cascade.relations:
        pair = frozenset((one.first, one.second))
        found.pairs += 1
        if pair not in told.ways or (only is not None and pair not in only):
            continue
        truth = one.second if one.kinship == "copied" else COMMON
        way = told.ways[pair]
        kind = nodes[one.second].kind if one.kinship == "copied" else f"common: {one.through}"
        called = "right" if way == truth else way if way in {COMMON, UNCLEAR} else _wrong(one)
        found.directions[one.kinship, called, kind, _dates(cascade, one)] += 1
        if called not in {"right", UNCLEAR}:
            both = " > ".join(
                f"{node.article.outlet} [{node.kind}, {date_of(node.article)}]"
                for node in (nodes[one.first], nodes[one.second])
            )
            found.failures.append(
                f"{cascade.part} {cascade.number} ({cascade.kind}): {both}: {one.kinship}, "
                f"{one.shared} words, told {called}"
            )


def _wrong(one: Relation) -> str:
    return "the other way" if one.kinship == "copied" else "one from the other"


def _dates(cascade: Cascade, one: Relation) -> str:
    nodes = {node.id: node for node in cascade.nodes}
    both = (nodes[one.first], nodes[one.second])
    for bad in ("years", "days", "missing"):
        if any(node.date == bad for node in both):
            return "one is missing" if bad == "missing" else f"one is wrong by {bad}"
    days = {node.article.published for node in both}
    return "right, other days" if len(days) == 2 else "right, same day"


def _score_circles(cascade: Cascade, told: Told, found: Score) -> None:
    outlets = {node.id: node.article.outlet for node in cascade.nodes}
    for circle in cascade.circles:
        hit = any(len({outlets.get(id_) for id_ in set(circle) & said}) > 1 for said in told.circles)
        found.circles["there"] += 1
        found.circles["found"] += hit
    for said in told.circles:
        found.circles["false"] += not any(len(set(circle) & said) > 1 for circle in cascade.circles)


def _score_changes(cascade: Cascade, told: Told, found: Score) -> None:
    """Over the pairs that were copied, and are told of the right way round."""
    for one in cascade.relations:
        if one.kinship != "copied" or told.ways.get(frozenset((one.first, one.second))) != one.second:
            continue
        truths = {(change.kind, change.before, change.after) for change in one.changes}
        said = told.changes.get((one.first, one.second), set())
        for change in truths:
            hit = any(_same(change, other) for other in said)
            for there, hits in [("there", "found"), ("kept", "found of kept")][: 2 if _is_kept(change) else 1]:
                found.changes[change[0], there] += 1
                found.changes[change[0], hits] += hit
        for other in said:
            found.changes[other[0], "told"] += 1
            found.changes[other[0], "right"] += any(_same(change, other) for change in truths)


def _is_kept(change: tuple[str, str, str]) -> bool:
    """Whether the sentence was otherwise left mostly as it was: half of all its words stand in both."""
    before, after = (set(words(side)) for side in change[1:])
    return not before or not after or len(before & after) >= 0.5 * len(before | after)


def _same(truth: tuple[str, str, str], said: tuple[str, str, str]) -> bool:
    """Whether a change that is told is a true one: the same kind, in the same sentence."""
    if truth[0] != said[0]:
        return False
    sides = [(a, b) for a, b in zip(truth[1:], said[1:], strict=True) if a and b]
    return not sides or any(a in b or b in a for a, b in sides)


RULES: dict[str, Callable[[Cascade], Told]] = {"earlier date": by_dates, "one source": one_source, "the truth": true}
