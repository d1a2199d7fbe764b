"""Fit the weights of the evidence that tells when a report was written (annotating/dating).

    python training/dating/fit.py --data ../shared/data [--write]

The data folder holds `allsides_sample.jsonl.gz` and `current_events.jsonl.gz`, which are imported into an index of
their own. Only articles of 2012 to 2019 and only outlets of the part "tune" (evaluation/redating.py) are used. For each
article, the months of those years compete to be its own: a conditional logit (McFadden 1974) with a small ridge. Five
folds over outlets give what the fit is worth; the weights are those of all. `--write` puts them into words/dating.toml.
"""

import argparse
import hashlib
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "evaluation"))
import redating

from sayso.annotating.dating import months

RIDGE = 1.0
MOST = 3.0  # a unit of no kind of evidence may make odds more than twenty times as high
FIRST, LAST = 12 * (2012 - months.FIRST_YEAR), 12 * (2020 - months.FIRST_YEAR)
Array = NDArray[np.float64]


def fitted(curves: Array, months_: NDArray[np.int64], scale: Array) -> Array:
    """The weights under which each article's own month is the likeliest, of curves (articles, kinds, months)."""
    rows = np.arange(len(months_))

    def loss(weights: Array) -> tuple[float, Array]:
        score = np.einsum("f,nfm->nm", weights, curves)
        score -= score.max(1, keepdims=True)
        chance = np.exp(score)
        chance /= chance.sum(1, keepdims=True)
        value = -np.log(chance[rows, months_]).mean() + RIDGE * (weights @ weights) / len(rows)
        slope = np.einsum("nm,nfm->f", chance, curves) / len(rows) - curves[rows, :, months_].mean(0)
        return value, slope + 2 * RIDGE * weights / len(rows)

    most = [(-limit, limit) for limit in MOST * scale]
    return np.asarray(minimize(loss, np.zeros(curves.shape[1]), jac=True, method="L-BFGS-B", bounds=most).x)


def right_years(curves: Array, own: NDArray[np.int64], weights: Array) -> float:
    """The share of articles whose likeliest year is their own."""
    score = np.einsum("f,nfm->nm", weights, curves)
    by_year = np.logaddexp.reduce(score.reshape(len(own), -1, 12), axis=2)
    return float((by_year.argmax(1) == own // 12).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="put the weights into words/dating.toml")
    options = parser.parse_args()
    articles = [a for a in redating.articles(options.data) if a.part == "tune"]
    redating.index(options.data)
    found: list[Any] = redating.gathered(articles)
    names = list(found[0])
    curves = np.stack([np.stack([one[name] for name in names])[:, FIRST:LAST] for one in found])
    own = np.array([months.of(a.published) for a in articles]) - FIRST
    scale = curves.std((0, 2)) + 1e-9
    curves /= scale[None, :, None]
    fold = np.array([hashlib.sha256(a.outlet.encode()).digest()[1] % 5 for a in articles])
    shares = [
        right_years(curves[fold == k], own[fold == k], fitted(curves[fold != k], own[fold != k], scale))
        for k in range(5)
    ]
    print(f"{len(articles)} articles; right year of 2012 to 2019 by fold: {', '.join(f'{s:.3f}' for s in shares)}")
    weights = fitted(curves, own, scale) / scale
    lines = [f'"{name}" = {weight:.4f}' for name, weight in zip(names, weights, strict=True)]
    print("\n".join(lines))
    if options.write:
        path = Path(__file__).resolve().parents[2] / "src/sayso/words/dating.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub(r"(?s)(\[weights\]\n).*?(?=\n\[|\Z)", lambda m: m[1] + "\n".join(lines) + "\n", text),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
