"""Fit the weights of the evidence on who has a text from whom (corpus/derivation).

    python training/derivation/fit.py [--count 400] [--seed 1] [--write]

On simulated cascades of the part "tune" (evaluation/cascading), in which it is known what was made of what. For every
two articles that share text or a citation, four ways compete: the later has it from the earlier, the earlier from the
later, both from a third, or neither; a multinomial logit with a ridge. A piece of evidence may not count against what
it speaks for, however it falls out here. Five folds over cascades give what the fit is worth; the weights are those of
all. `--write` puts them into words/derivation.toml.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "evaluation"))
from cascading import Cascade, trees  # noqa: E402

from sayso.corpus import alignment, citing, derivation, evidence  # noqa: E402
from sayso.corpus.around import Context  # noqa: E402
from sayso.corpus.days import interval  # noqa: E402
from sayso.corpus.worded import Worded  # noqa: E402
from sayso.model.story import Entry  # noqa: E402

RIDGE = 2.0
MOST = 4.0  # a unit of no kind of evidence may make odds more than fifty times as high
EITHER = {"stands in it", "beginning of it"}  # what speaks for which direction is for the fit to say
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """Two articles with their evidence, and which of the four ways is true. `direct`: with nobody between."""

    cascade: int
    found: list[evidence.Hint]
    truth: int
    through: str
    direct: bool
    texts: tuple[Entry, Entry]
    shared: int


def cases(cascade: Cascade) -> Iterator[Case]:
    """Every two articles of a cascade that share text or a citation."""
    entries = [Entry(a, n, *interval(a)) for n, a in enumerate(cascade.articles)]
    worded = {entry.id: Worded.of(entry.article.text) for entry in entries}
    context = Context.of(entries)
    citations = tuple(c for e in entries for c in citing.citations(e, [o for o in entries if o is not e]))
    truths = {frozenset((one.first, one.second)): one for one in cascade.relations}
    circles = {frozenset(two) for circle in cascade.circles for two in combinations(circle, 2)}
    for one, other in combinations(entries, 2):
        first, second = derivation.ordered(one, other)
        ids = frozenset((first.id, second.id))
        if len(ids) < 2 or (ids in circles and ids not in truths):
            continue
        passages = alignment.passages(worded[first.id], worded[second.id])
        true = truths.get(ids)
        if not passages and (true is None or true.kinship != "copied"):
            continue
        pair = derivation.paired(first, second, passages, citations, context)
        way = 3 if true is None else 2 if true.kinship != "copied" else 0 if true.first == first.id else 1
        through, direct = (true.through, true.direct) if true else ("nothing", False)
        yield Case(
            cascade.number, evidence.hints(pair), way, through, direct, (first, second), sum(p.words for p in passages)
        )


@dataclass(frozen=True)
class Table:
    """The evidence of all cases as numbers: for each case, way and kind what a unit of the weight adds."""

    names: list[tuple[str, str]]
    values: Array
    truth: NDArray[np.int64]


SECTIONS = dict.fromkeys(section for section, _ in derivation.TOWARD.values())


def tabled(found: list[Case]) -> Table:
    weights = derivation.table()
    names = [(toward, kind) for toward in SECTIONS for kind in weights[toward]]
    places = {name: n for n, name in enumerate(names)}
    values = np.zeros((len(found), 4, len(names) + 2))
    for row, case in enumerate(found):
        for hint in case.found:
            section, signs = derivation.TOWARD[hint.toward]
            values[row, :, places[section, hint.kind]] += hint.value * np.array(signs)
        values[row, :2, -2] = 1
        values[row, 3, -1] = 1
    return Table([*names, ("base", "direction"), ("base", "unknown")], values, np.array([case.truth for case in found]))


def fitted(table: Table, rows: NDArray[np.bool_]) -> Array:
    """The weights under which the true ways are likeliest."""
    values, truth = table.values[rows], table.truth[rows]
    index = np.arange(len(truth))
    free = np.array([toward != "base" for toward, _ in table.names])

    def loss(weights: Array) -> tuple[float, Array]:
        score = values @ weights
        score -= score.max(1, keepdims=True)
        chance = np.exp(score)
        chance /= chance.sum(1, keepdims=True)
        value = -np.log(chance[index, truth] + 1e-12).mean() + RIDGE * (weights[free] @ weights[free]) / len(index)
        slope = np.einsum("nw,nwf->f", chance, values) / len(index) - values[index, truth].mean(0)
        return value, slope + 2 * RIDGE * np.where(free, weights, 0) / len(index)

    bounds = [(-MOST if toward == "base" or kind in EITHER else 0.0, MOST) for toward, kind in table.names]
    return np.asarray(minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds).x)


def as_table(table: Table, weights: Array) -> dict[str, dict[str, float]]:
    """The weights as words/derivation.toml has them."""
    made: dict[str, dict[str, float]] = {"limits": dict(derivation.table()["limits"])}
    for (toward, kind), weight in zip(table.names, weights, strict=True):
        made.setdefault(toward, {})[kind] = round(float(weight), 4)
    return made


def report(found: list[Case], chances: Array, ways: list[str]) -> None:
    """How good the judgements are, and whether they are right as often as they say."""
    told = np.array([derivation.WAYS.index(way) for way in ways])
    truth = np.array([case.truth for case in found])
    groups: dict[str, Any] = {
        "all": np.ones(len(found), bool),
        "copied": truth < 2,
        "copied, direct": np.array([c.direct for c in found]) & (truth < 2),
        "copied, text": np.array([c.through == "text" for c in found]) & (truth < 2),
        "copied, 60 words": np.array([c.shared >= 60 for c in found]) & (truth < 2),
        "copied, citation": np.array([c.through == "citation" for c in found]) & (truth < 2),
        "common source": truth == 2,
        "neither": truth == 3,
    }
    for name, rows in groups.items():
        n, decided = int(rows.sum()), rows & (told < 3)
        directed = rows & (told < 2)
        right = (told == truth)[decided].mean() if decided.any() else float("nan")
        direction = (told == truth)[directed].mean() if directed.any() else float("nan")
        print(
            f"{name:18} {n:6} pairs; undecided {1 - decided.sum() / n:.3f}; right of decided {right:.3f};"
            f" told a direction {directed.sum() / n:.3f}, right {direction:.3f}"
        )
    both = (told < 2) & (truth < 2)
    print(f"of copied pairs with a direction told, the direction is right in {(told == truth)[both].mean():.3f}")
    false = (told < 2) & (truth >= 2)
    print(f"accused though not copied: {false.sum()} of {(truth >= 2).sum()}")
    best = chances[:, :3]
    for low, high in (
        (0.0, 0.1),
        (0.1, 0.3),
        (0.3, 0.5),
        (0.5, 0.6),
        (0.6, 0.7),
        (0.7, 0.8),
        (0.8, 0.9),
        (0.9, 0.95),
        (0.95, 1.01),
    ):
        rows, columns = np.where((best >= low) & (best < high))
        hit = (truth[rows] == columns).mean() if len(rows) else float("nan")
        print(
            f"  said {low:.2f} to {high:.2f}: {len(rows):6} times, mean {best[rows, columns].mean():.3f}, "
            f"right {hit:.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=400, help="how many cascades")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put the weights into words/derivation.toml")
    options = parser.parse_args()
    found = [case for cascade in trees("tune", options.count, options.seed) for case in cases(cascade)]
    table = tabled(found)
    fold = np.array([case.cascade % 5 for case in found])
    chances, ways = np.zeros((len(found), 4)), [""] * len(found)
    for k in range(5):
        weights = as_table(table, fitted(table, fold != k))
        for row in np.flatnonzero(fold == k):
            chances[row] = derivation.probabilities(found[row].found, weights)
            ways[row] = derivation.told(chances[row], found[row].found)
    report(found, chances, ways)
    made = as_table(table, fitted(table, np.ones(len(found), bool)))
    lines = {
        toward: [f'"{kind}" = {weight:.4f}' for kind, weight in made[toward].items()] for toward in (*SECTIONS, "base")
    }
    for toward, those in lines.items():
        print(f"[{toward}]", *those, sep="\n")
    if options.write:
        path = ROOT / "src/sayso/words/derivation.toml"
        text = path.read_text(encoding="utf-8")
        for toward, those in lines.items():
            body = "\n".join(those) + "\n"
            text = re.sub(rf'(?m)^(\[{toward}\]\n)(?:"[^\n]*\n)*', lambda m, body=body: m[1] + body, text)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
