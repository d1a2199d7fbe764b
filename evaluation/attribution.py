"""Who says what, measured on PolNeAR with the project's scorer.

    python evaluation/attribution.py --data ../shared/data                    # as the program does it, with the parse
    python evaluation/attribution.py --data ../shared/data --tagger           # the trained tagger alone
    python evaluation/attribution.py --data ../shared/data --tagger --curve --outlets --weights FOLDER

PolNeAR marks one level of attributions, so only the outermost ones are scored. For the tagger alone there is also a
reliability table: of those given a probability of so much, the share that people marked too ('whole' in the scorer),
and the expected calibration error, the mean distance of the two (Naeini et al., AAAI 2015).
"""

import argparse
import importlib
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.annotating import tagger
from sayso.annotating.tagger import AttributionModel, RawAttribution

Marked = dict[str, list[tuple[int, int]]]
"""An attribution in the scorer's form: code-point spans by role."""

BINS = 10
CURVE = [least / 20 for least in range(3, 20)]


@dataclass(frozen=True, slots=True)
class Scored:
    """An article with what people marked, and what was found, each with a probability or None."""

    id: str
    text: str
    marked: list[Marked]
    found: list[tuple[float | None, Marked]]

    def triple(self, least: float = 0.0) -> tuple[str, list[Marked], list[Marked]]:
        """What the scorer reads, less what is not probable enough."""
        return self.text, self.marked, [one for p, one in self.found if p is None or p >= least]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear/dev and polnear/train")
    parser.add_argument("--part", default="dev", choices=("dev", "train"))
    parser.add_argument("--scorer", type=Path, help="folder with score_attribution.py (default: DATA/../eval)")
    parser.add_argument("--tagger", action="store_true", help="the trained tagger alone, without parse and rules")
    parser.add_argument("--weights", type=Path, help="another exported model for --tagger")
    parser.add_argument("--threshold", type=float, help="least probability (default: the tagger's own)")
    parser.add_argument("--outlets", action="store_true", help="figures for each outlet")
    parser.add_argument("--curve", action="store_true", help="precision and recall at every threshold")
    given = parser.parse_args()
    folder = given.data / "polnear" / given.part
    if not folder.is_dir():
        print(f"skipped: {folder} is absent")
        return
    sys.path.insert(0, str(given.scorer or given.data.parent / "eval"))
    polnear, scorer = importlib.import_module("polnear"), importlib.import_module("score_attribution")
    model = AttributionModel.load(given.weights) if given.weights else tagger.shipped()
    threshold = model.calibration.threshold if given.threshold is None else given.threshold
    find: Callable[[str], list[tuple[float | None, Marked]]]
    if given.tagger:
        find = lambda text: [(one.probability, as_marked(one)) for one in model.find(text, 0.0)]  # noqa: E731
    else:
        find = lambda text: outermost(text, given.threshold)  # noqa: E731
    began = time.process_time()
    articles = [Scored(a.id, a.text, a.attributions, find(a.text)) for a in polnear.read(folder)]
    spent = time.process_time() - began
    least = threshold if given.tagger else 0.0
    print(f"polnear/{given.part}, {len(articles)} articles, threshold {threshold:.2f}: precision, recall, F1")
    show(scorer.score([a.triple(least) for a in articles]))
    if given.outlets:
        show_outlets(scorer, articles, least)
    if given.tagger:
        show_reliability(scorer, articles, least)
    for step in CURVE if given.tagger and given.curve else ():
        show({f"p >= {step:.2f}": scorer.score([a.triple(step) for a in articles])["whole"]})
    words = sum(len(a.text.split()) for a in articles)
    print(f"{words} words in {spent:.1f} CPU s: {words / 700 / spent:.2f} articles of 700 words a CPU second")


def outermost(text: str, threshold: float | None = None) -> list[tuple[float | None, Marked]]:
    """The outermost attributions of a text in the scorer's form."""
    from sayso.annotating import attribution, language

    statements = attribution.find(language.parse(text), threshold)
    return [
        (s.probability, {role: [tuple(span) for span in getattr(s, role)] for role in ("source", "cue", "content")})
        for s, parent in zip(statements, attribution.parents_of(statements), strict=True)
        if not s.within and parent is None
    ]


def as_marked(one: RawAttribution) -> Marked:
    """What the scorer reads of one of the tagger's attributions."""
    return {"source": one.source, "cue": one.cue, "content": one.content}


def show(figures: dict[str, Sequence[float]]) -> None:
    """A line of figures for each name."""
    for name, values in figures.items():
        print(f"{name:15s} " + "  ".join(f"{value:5.1f}" for value in values))


def show_outlets(scorer: Any, articles: Sequence[Scored], least: float) -> None:
    """'whole' for the articles of each outlet (the first part of their ids)."""
    for outlet in sorted({a.id.split("_")[0] for a in articles}):
        part = [a.triple(least) for a in articles if a.id.startswith(outlet + "_")]
        show({outlet: scorer.score(part)["whole"]})


def show_reliability(scorer: Any, articles: Sequence[Scored], least: float) -> None:
    """The reliability table and the calibration error of what is kept at a threshold."""
    scored = [pair for a in articles for pair in judged(scorer, a, least)]
    error, lines = reliability(scored)
    print(f"expected calibration error {error:.3f}", "from-to    found   said  right", *lines, sep="\n")


def judged(scorer: Any, article: Scored, least: float) -> list[tuple[float, bool]]:
    """The probability of each attribution found, and whether it is a whole match."""
    kept = [(p, one) for p, one in article.found if p is not None and p >= least]
    right = whole_matches(scorer, article.text, article.marked, [one for _, one in kept])
    return [(p, ok) for (p, _), ok in zip(kept, right, strict=True)]


def whole_matches(scorer: Any, text: str, marked: Iterable[Marked], found: Iterable[Marked]) -> list[bool]:
    """For each attribution found, whether the scorer counts it as a whole match."""
    tokens = scorer.Tokens(text)
    gold, mine = (
        [{role: tokens.covered(spans) for role, spans in one.items()} for one in side] for side in (marked, found)
    )
    right = [False] * len(mine)
    for i, j in scorer.pair_up(mine, gold):
        p, g = mine[i], gold[j]
        if g["source"]:
            near = tokens.head(g["source"]) in p["source"] and len(p["source"]) <= 3 * len(g["source"]) + 5
        else:
            near = not p["source"]
        right[i] = near and scorer.dice(p["content"], g["content"]) >= 0.5
    return right


def reliability(scored: Sequence[tuple[float, bool]]) -> tuple[float, list[str]]:
    """The expected calibration error, and a line for each bin: its range, how many, mean probability, share right.

    >>> reliability([(0.9, True), (0.9, False)])[0]
    0.4
    """
    error, lines = 0.0, []
    for bin_ in range(BINS):
        inside = [(p, right) for p, right in scored if min(int(p * BINS), BINS - 1) == bin_]
        if inside:
            said, was = sum(p for p, _ in inside) / len(inside), sum(right for _, right in inside) / len(inside)
            error += len(inside) / len(scored) * abs(said - was)
            lines.append(f"{bin_ / BINS:.1f}-{(bin_ + 1) / BINS:.1f}  {len(inside):7d}  {said:.3f}  {was:.3f}")
    return error, lines


if __name__ == "__main__":
    main()
