"""Fit how evidence becomes a probability, and choose the threshold, on articles held out from training.

    python -m training.attribution.calibrate --model export --data ../shared/data/polnear/train --scorer ../shared/eval

Two logistic regressions in one: first on every candidate, to rank rivals; then scale and shift on those that remain,
whose share of right ones is higher. The threshold is the one with the best 'whole' F1.
"""

import argparse
import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from sayso.annotating.tagger.encoding import encode
from sayso.annotating.tagger.model import AttributionModel, RawAttribution, as_attribution
from training.attribution.data import Article, held_out, read
from training.attribution.evaluate import figures, from_checkpoint, load_scorer, whole_matches

Matrix = NDArray[np.float64]


def logistic(x: Matrix, y: Matrix, ridge: float = 1.0) -> tuple[Matrix, float]:
    """Weights and bias of a logistic regression, lightly held to zero."""

    def loss(parameters: Matrix) -> tuple[float, Matrix]:
        scores = x @ parameters[:-1] + parameters[-1]
        pull = ridge * np.append(parameters[:-1], 0)
        value = np.logaddexp(0, scores).sum() - (y * scores).sum() + (pull * parameters).sum() / 2
        rest = 1 / (1 + np.exp(-scores)) - y
        return float(value), np.append(x.T @ rest, rest.sum()) + pull

    fitted = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return fitted[:-1], float(fitted[-1])


def fit(model: AttributionModel, articles: list[Article], scorer: Any) -> None:
    """Give the model a calibration fitted on these articles."""
    texts = [encode(article.text, model.tokenizer) for article in articles]
    every = [model.labelled(pieces) for pieces in texts]
    evidence = np.array([one.evidence for labelled in every for one in labelled])
    alone = [
        whole_matches(scorer, article, [as_attribution(one, pieces, 0.0)])[0]
        for article, pieces, labelled in zip(articles, texts, every, strict=True) for one in labelled
    ]  # fmt: skip
    weights, bias = logistic(evidence, np.array(alone, dtype=float))
    model.calibration = dataclasses.replace(model.calibration, weights=tuple(weights), bias=bias, threshold=0.0)
    found = [[as_attribution(one, pieces, p) for one, p in model.candidates(pieces)] for pieces in texts]
    kept = [one for some in found for one in some]
    right = [r for article, some in zip(articles, found, strict=True) for r in whole_matches(scorer, article, some)]
    scores = np.array([[np.log(o.probability / (1 - o.probability))] for o in kept])
    scale, shift = logistic(scores, np.array(right, dtype=float), ridge=0.01)
    weights, bias = weights * scale[0], float(bias * scale[0] + shift)
    model.calibration = dataclasses.replace(model.calibration, weights=tuple(weights.round(5)), bias=round(bias, 5))
    found = [[as_attribution(one, pieces, p) for one, p in model.candidates(pieces)] for pieces in texts]
    model.calibration = dataclasses.replace(model.calibration, threshold=best_threshold(scorer, articles, found))


def best_threshold(scorer: Any, articles: list[Article], found: list[list[RawAttribution]]) -> float:
    """The threshold with the best 'whole' F1, the mean of those within a quarter of a point of it."""
    steps = np.arange(0.26, 0.6, 0.04)
    f1 = np.array([
        figures(scorer, articles, [[o for o in some if o.probability >= least] for some in found])["whole"][2]
        for least in steps
    ])  # fmt: skip
    return round(float(steps[f1 >= f1.max() - 0.25].mean()), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="folder of an exported model, whose calibration.json is rewritten")
    parser.add_argument("--checkpoint", type=Path, help="instead: a checkpoint, with --out")
    parser.add_argument("--out", type=Path, help="where to write calibration.json for a checkpoint")
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR's train folder")
    parser.add_argument("--held-out", type=int, default=60)
    parser.add_argument("--scorer", type=Path, required=True, help="folder of score_attribution.py")
    given = parser.parse_args()
    model = AttributionModel.load(given.model) if given.model else from_checkpoint(given.checkpoint)
    fit(model, held_out(read(given.data), given.held_out)[1], load_scorer(given.scorer))
    target = given.out or given.model / "calibration.json"
    target.write_text(json.dumps(dataclasses.asdict(model.calibration)), encoding="utf-8")
    shown = {**dataclasses.asdict(model.calibration), "transitions": "…"}
    print(shown)


if __name__ == "__main__":
    main()
