"""Find attributions with the trained model: onnxruntime, tokenizers and NumPy, no PyTorch.

    find("The mine is safe, the ministry said.")

The text is encoded in overlapping windows whose results are joined again, so the cost grows linearly with its
length and nothing depends on where a window happened to end.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.annotating.tagger.decoding import (
    Floats,
    Ints,
    Labelled,
    Run,
    candidates,
    label,
    surroundings,
    without_rivals,
)
from sayso.annotating.tagger.encoding import CLOSING, GLUED, OPENING, Pieces, encode, owners, windows

WINDOW, OVERLAP, TOGETHER = 256, 48, 12

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class RawAttribution:
    """Who says what by which words: code-point spans, end exclusive, and how likely it is that they are right."""

    source: Spans
    cue: Spans
    content: Spans
    probability: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the evidence on a candidate becomes a probability: a logistic regression, and the usual threshold."""

    weights: tuple[float, ...]
    bias: float
    transitions: tuple[tuple[float, ...], ...]
    threshold: float = 0.5
    low: float = 0.15
    peak: float = 0.3

    def probability(self, evidence: tuple[float, ...]) -> float:
        score = self.bias + sum(w * x for w, x in zip(self.weights, evidence, strict=True))
        return float(1 / (1 + np.exp(-score)))


class Network(Protocol):
    """The two steps of the model, whatever runs them."""

    def encode(self, ids: Ints, features: Ints) -> tuple[Floats, Floats, Floats]:
        """Cue scores (n, 3) and the two views (n, width) of the pieces of one window."""

    def read(self, pieces: Floats, cue: Floats, distance: Ints, real: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Tag scores (k, places, TAGS) and verdicts (k,) for k cues."""


class OnnxNetwork:
    """The exported model: two graphs in int8, and the table of word embeddings, one scale a row."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.encoder, self.reader = (
            onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in ("encoder.onnx", "reader.onnx")
        )
        self.table = np.load(folder / "embeddings.npy", mmap_mode="r")
        self.scales = np.load(folder / "scales.npy")

    def encode(self, ids: Ints, features: Ints) -> tuple[Floats, Floats, Floats]:
        embedded = self.table[ids] * self.scales[ids][:, None]
        given = {"embedded": embedded[None].astype(np.float32), "features": features[None]}
        cue_scores, as_piece, as_cue = self.encoder.run(None, given)
        return cue_scores[0], as_piece[0], as_cue[0]

    def read(self, pieces: Floats, cue: Floats, distance: Ints, real: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        emissions, verdicts = self.reader.run(None, {"pieces": pieces, "cue": cue, "distance": distance, "real": real})
        return emissions, verdicts


class AttributionModel:
    """A loaded model. Safe to use for many texts, one after the other."""

    def __init__(self, network: Network, tokenizer: Tokenizer, calibration: Calibration) -> None:
        self.network, self.tokenizer, self.calibration = network, tokenizer, calibration

    @classmethod
    def load(cls, folder: Path) -> "AttributionModel":
        """Load from a folder that `training.attribution.export` wrote. Raises OSError if a file is missing."""
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        given: dict[str, Any] = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
        return cls(OnnxNetwork(folder), tokenizer, Calibration(**given))

    def find(self, text: str, threshold: float | None = None) -> list[RawAttribution]:
        """The attributions of a text in order of their cues; those at least `threshold` likely, if one is given."""
        pieces = encode(text, self.tokenizer)
        least = self.calibration.threshold if threshold is None else threshold
        found = [
            as_attribution(one, pieces, probability)
            for one, probability in self.candidates(pieces)
            if probability >= least
        ]
        return sorted(found, key=lambda attribution: attribution.cue)

    def candidates(self, pieces: Pieces) -> list[tuple[Labelled, float]]:
        """All candidates that no likelier one contradicts, with their probabilities."""
        labelled = self.labelled(pieces)
        probabilities = [self.calibration.probability(one.evidence) for one in labelled]
        return [(labelled[i], probabilities[i]) for i in without_rivals(labelled, probabilities)]

    def labelled(self, pieces: Pieces) -> list[Labelled]:
        """Every candidate, read."""
        if not len(pieces):
            return []
        scores, as_piece, as_cue = self._in_context(pieces)
        peaks = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely = peaks / peaks.sum(axis=1, keepdims=True)
        found = candidates(likely, self.calibration.low, self.calibration.peak)
        views = likely, as_piece, as_cue, np.array(self.calibration.transitions, dtype=np.float32)
        return [one for batch in _chunks(found, TOGETHER) for one in self._read(batch, *views)]

    def _in_context(self, pieces: Pieces) -> tuple[Floats, Floats, Floats]:
        spans = windows(len(pieces), WINDOW, OVERLAP)
        parts = []
        for (start, end), (first, last) in zip(spans, owners(spans), strict=True):
            views = self.network.encode(pieces.ids[start:end], pieces.features[start:end])
            parts.append([view[first - start : last - start] for view in views])
        scores, as_piece, as_cue = (np.concatenate(views) for views in zip(*parts, strict=True))
        return scores, as_piece, as_cue

    def _read(
        self, found: list[Run], likely: Floats, as_piece: Floats, as_cue: Floats, transitions: Floats
    ) -> list[Labelled]:
        places, distance, real = surroundings(found, 0, len(likely))
        cue = np.stack([as_cue[start:end].mean(axis=0) for start, end in found])
        emissions, verdicts = self.network.read(as_piece[places], cue, distance, real)
        return label(found, likely, emissions, verdicts, transitions)


@cache
def shipped() -> AttributionModel:
    """The model in the package, loaded once (a fifth of a second)."""
    with as_file(files(__package__) / "weights") as folder:
        return AttributionModel.load(folder)


def find(text: str, threshold: float | None = None) -> list[RawAttribution]:
    """The attributions of a text by the shipped model, in the order of their cues.

    `threshold` is the least probability, 0 to 1: higher finds fewer, with fewer errors. Without it, the one that gave
    the best F1 on held-out articles. The spans are code points, end exclusive.

    >>> text = "The mine is safe, the ministry said."
    >>> [(text[slice(*a.source[0])], text[slice(*a.cue[0])]) for a in find(text)]
    [('the ministry', 'said')]
    """
    return shipped().find(text, threshold)


def _chunks(runs: list[Run], size: int) -> Iterator[list[Run]]:
    return (runs[i : i + size] for i in range(0, len(runs), size))


def as_attribution(one: Labelled, pieces: Pieces, probability: float) -> RawAttribution:
    """A candidate in code points."""
    return RawAttribution(_spans(one.source, pieces), _spans(one.cue, pieces), _spans(one.content, pieces), probability)


def _spans(runs: list[Run], pieces: Pieces) -> Spans:
    return [_with_marks(start, end, pieces) for start, end in runs]


def _with_marks(start: int, end: int, pieces: Pieces) -> tuple[int, int]:
    """Code points of a run, with the quotation marks that hug it: the model was taught to leave them out."""
    quotes, gaps = pieces.features[:, 2], pieces.features[:, 1]
    while end < len(pieces) and gaps[end] == GLUED and not pieces.words[end] and CLOSING in quotes[end : end + 2]:
        end += 1
    while start > 0 and gaps[start] == GLUED and quotes[start - 1] == OPENING:
        start -= 1
    return int(pieces.starts[start]), int(pieces.ends[end - 1])
