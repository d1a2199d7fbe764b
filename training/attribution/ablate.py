"""What each choice of decoding gives: the exported model with one of them left out, on the held-out articles.

    python -m training.attribution.ablate --model export --data ../shared/data/polnear/train --scorer ../shared/eval

Nothing is trained anew, so a feature left out here shows how much the model leans on it, not what it would do if it
had never seen it. Each variant is measured at its own best threshold.
"""

import argparse
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from sayso.annotating.tagger import decoding
from sayso.annotating.tagger import model as runtime
from sayso.annotating.tagger.decoding import allowed
from sayso.annotating.tagger.encoding import Pieces
from sayso.annotating.tagger.model import AttributionModel, as_attribution
from training.attribution.data import Article, held_out, read
from training.attribution.evaluate import figures, load_scorer

Prepare = Callable[[Pieces], Pieces]
STEPS = np.arange(0.2, 0.66, 0.04)
SHOWN = ("whole", "whole exact", "content exact", "source exact", "cue exact")


def measure(model: AttributionModel, articles: list[Article], scorer: Any, prepare: Prepare, rivals: bool) -> str:
    """The figures of one variant, at the threshold that suits it best."""
    texts = [prepare(runtime.encode(article.text, model.tokenizer)) for article in articles]
    found = []
    for pieces in texts:
        labelled = model.labelled(pieces)
        likely = [model.calibration.probability(one.evidence) for one in labelled]
        kept = decoding.without_rivals(labelled, likely) if rivals else range(len(labelled))
        found.append([as_attribution(labelled[i], pieces, likely[i]) for i in kept])
    best = max(
        (figures(scorer, articles, [[o for o in some if o.probability >= least] for some in found]) for least in STEPS),
        key=lambda result: result["whole"][2],
    )
    return " | ".join(f"{best[name][2]:.1f}" for name in SHOWN)


def without(feature: int) -> Prepare:
    """Pieces whose feature always says the same: lower case, a space before, outside of quotation marks."""

    def prepare(pieces: Pieces) -> Pieces:
        features = pieces.features.copy()
        features[:, feature] = 1 if feature == 1 else 0
        return dataclasses.replace(pieces, features=features)

    return prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder of an exported model")
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR's train folder")
    parser.add_argument("--held-out", type=int, default=60)
    parser.add_argument("--scorer", type=Path, required=True, help="folder of score_attribution.py")
    given = parser.parse_args()
    articles, scorer = held_out(read(given.data), given.held_out)[1], load_scorer(given.scorer)
    model = AttributionModel.load(given.model)
    usual = model.calibration
    plain: Prepare = lambda pieces: pieces  # noqa: E731
    loose = tuple(tuple(0.0 if ok else decoding.FORBIDDEN for ok in row) for row in allowed())
    print("| left out | " + " | ".join(SHOWN) + " |")

    def row(name: str, prepare: Prepare = plain, rivals: bool = True) -> None:
        print(f"| {name} | {measure(model, articles, scorer, prepare, rivals)} |", flush=True)

    row("nothing")
    row("choosing among rivals", rivals=False)
    model.calibration = dataclasses.replace(usual, transitions=loose)
    row("learned transitions of tags")
    for name, place in (("the verdict", 2), ("how sure the path of tags is", 3)):
        weights = tuple(0.0 if n == place else w for n, w in enumerate(usual.weights))
        model.calibration = dataclasses.replace(usual, weights=weights)
        row(name)
    model.calibration = usual
    for name, feature in (("capital letters", 0), ("gaps and line breaks", 1), ("quotation marks", 2)):
        row(name, without(feature))


if __name__ == "__main__":
    main()
