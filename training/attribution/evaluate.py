"""Score a model on PolNeAR articles with the project's scorer.

    python -m training.attribution.evaluate --model export --data ../shared/data/polnear/dev --scorer ../shared/eval
    python -m training.attribution.evaluate --checkpoint runs/main/epoch4.pt ...      # the same without export

Prints the figures, a reliability table, and with `--curve` precision and recall at every threshold.
"""

import argparse
import importlib
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from evaluation import attribution as measures
from evaluation.attribution import as_marked, reliability
from sayso.annotating.tagger.decoding import Floats, Ints
from sayso.annotating.tagger.model import AttributionModel, Calibration, RawAttribution
from training.attribution.data import Article, held_out, read
from training.attribution.model import Model, load_model
from training.attribution.train import minilm_folder, plain_tokenizer


class TorchNetwork:
    """A checkpoint behind the interface of the exported model."""

    def __init__(self, model: Model) -> None:
        self.model = model.eval()

    @torch.inference_mode()
    def encode(self, ids: Ints, features: Ints) -> tuple[Floats, Floats, Floats]:
        views = self.model.encoder(torch.from_numpy(ids)[None], torch.from_numpy(features)[None])
        cue_scores, as_piece, as_cue = (view[0].numpy() for view in views)
        return cue_scores, as_piece, as_cue

    @torch.inference_mode()
    def read(self, pieces: Floats, cue: Floats, distance: Ints, real: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        emissions, verdicts = self.model.reader(*map(torch.from_numpy, (pieces, cue, distance, real)))
        return emissions.numpy(), verdicts.numpy()


def from_checkpoint(checkpoint: Path, calibration: Path | None = None) -> AttributionModel:
    """A model to find with, straight from a training run."""
    model = load_model(checkpoint)
    given: dict[str, Any] = {"weights": (1.0, 0, 0, 0, 0, 0, 0), "bias": 0.0}
    if calibration is not None:
        given = json.loads(calibration.read_text(encoding="utf-8"))
    given["transitions"] = model.masked_transitions().detach().numpy().tolist()
    return AttributionModel(TorchNetwork(model), plain_tokenizer(minilm_folder()), Calibration(**given))


def load_scorer(folder: Path) -> Any:
    """The module `score_attribution` of a folder."""
    sys.path.insert(0, str(folder))
    return importlib.import_module("score_attribution")


def whole_matches(scorer: Any, article: Article, found: list[RawAttribution]) -> list[bool]:
    """For each attribution found, whether the scorer counts it as a whole match."""
    return measures.whole_matches(scorer, article.text, article.versions[0], map(as_marked, found))


def figures(scorer: Any, articles: list[Article], found: Iterable[list[RawAttribution]]) -> dict[str, Any]:
    """All lines of the scorer."""
    triples = [(a.text, a.versions[0], list(map(as_marked, f))) for a, f in zip(articles, found, strict=True)]
    result: dict[str, Any] = scorer.score(triples)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="folder of an exported model")
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--calibration", type=Path, help="calibration.json to use with --checkpoint")
    parser.add_argument("--data", type=Path, required=True, help="a folder with text/ and attributions/")
    parser.add_argument("--held-out", type=int, default=0, help="only that many held-out articles of train")
    parser.add_argument("--scorer", type=Path, required=True, help="folder of score_attribution.py")
    parser.add_argument("--threshold", type=float)
    parser.add_argument("--predictions", type=Path, help="write predictions here, as the scorer reads them")
    parser.add_argument("--curve", action="store_true")
    given = parser.parse_args()
    torch.set_num_threads(1)
    model = AttributionModel.load(given.model) if given.model else from_checkpoint(given.checkpoint, given.calibration)
    articles = read(given.data)
    articles = held_out(articles, given.held_out)[1] if given.held_out else articles
    scorer = load_scorer(given.scorer)
    began = time.process_time()
    everything = [model.find(article.text, 0.0) for article in articles]
    spent = time.process_time() - began
    threshold = model.calibration.threshold if given.threshold is None else given.threshold
    kept = [[one for one in found if one.probability >= threshold] for found in everything]
    for name, (precision, recall, f1) in figures(scorer, articles, kept).items():
        print(f"{name:15s} P {precision:5.1f}  R {recall:5.1f}  F1 {f1:5.1f}")
    if given.predictions:
        lines = [{"id": a.id, "attributions": list(map(as_marked, f))} for a, f in zip(articles, kept, strict=True)]
        given.predictions.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    error, table = reliability(
        [
            (one.probability, right)
            for article, some in zip(articles, kept, strict=True)
            for one, right in zip(some, whole_matches(scorer, article, some), strict=True)
        ]
    )
    print(f"calibration error {error:.3f} at threshold {threshold:.3f}", *table, sep="\n")
    words = sum(len(article.text.split()) for article in articles)
    print(f"{words} words in {spent:.1f} CPU s: {words / 700 / spent:.2f} articles of 700 words a CPU second")
    for least in np.arange(0.1, 0.95, 0.05) if given.curve else []:
        kept = [[one for one in found if one.probability >= least] for found in everything]
        precision, recall, f1 = figures(scorer, articles, kept)["whole"]
        print(f"threshold {least:.2f}  whole P {precision:5.1f}  R {recall:5.1f}  F1 {f1:5.1f}")


if __name__ == "__main__":
    main()
