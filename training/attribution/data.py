"""PolNeAR articles as what the model learns from: pieces, and for each piece its part in which attribution."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.annotating.tagger.decoding import CONTENT, CUE, SOURCE, Run
from sayso.annotating.tagger.encoding import DIGITS, LINE, LOWER, MARK, Pieces, encode

Attribution = dict[str, list[tuple[int, int]]]
ROLES = {"source": SOURCE, "cue": CUE, "content": CONTENT}
ALONE = 0.12
"""The share of windows that are cut at their paragraphs."""


@dataclass(frozen=True, slots=True)
class Article:
    """A text and each annotator's attributions, as code-point spans by role."""

    id: str
    text: str
    versions: list[list[Attribution]]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """An article ready for the model: its pieces, and each attribution's runs of pieces by role."""

    pieces: Pieces
    attributions: list[dict[str, list[Run]]]


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A stretch of an example: pieces `start` to `end`."""

    example: Example
    start: int
    end: int


def read(folder: Path) -> list[Article]:
    """All articles of a PolNeAR folder (`text/*.txt`, `attributions/*_XXXX.ann`, XXXX the annotator)."""
    annotations: dict[str, list[Path]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem[:-5], []).append(path)
    articles = []
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stem in annotations:
            versions = [_standoff(_content(annotation)) for annotation in annotations[path.stem]]
            articles.append(Article(path.stem, _content(path), versions))
    return articles


def held_out(articles: list[Article], count: int) -> tuple[list[Article], list[Article]]:
    """Articles to learn from, and `count` others to tune on, chosen by a hash of their names: always the same."""
    order = sorted(articles, key=lambda article: zlib.crc32(article.id.encode()))
    return order[count:], order[:count]


def example(text: str, attributions: list[Attribution], tokenizer: Tokenizer) -> Example:
    """Pieces and runs. Punctuation at the edges of a run is left out: annotators disagree about it."""
    pieces = encode(text, tokenizer)
    marked = [{role: _runs(spans, pieces) for role, spans in attribution.items()} for attribution in attributions]
    return Example(pieces, [attribution for attribution in marked if attribution["cue"]])


def varied(article: Article, tokenizer: Tokenizer, rng: np.random.Generator) -> Example:
    """An example as another newsroom might have set it.

    Any annotator's version; now and then other quotation marks, wrapped lines, or everything in small letters. All
    changes keep every character in its place.
    """
    text = article.text
    dice = rng.random(3)
    if dice[0] < 0.25:
        text = _requoted(text, rng.choice(['""', "‘’", "«»", "“”"]))
    if dice[1] < 0.04:
        text = _wrapped(text)
    made = example(text, article.versions[rng.integers(len(article.versions))], tokenizer)
    if dice[2] < 0.04:
        made = replace(made, pieces=_without_case(made.pieces))
    return made


def random_windows(made: Example, size: int, rng: np.random.Generator) -> Iterator[Window]:
    """Windows that tile an example from a random place, so that no piece is always at an edge.

    Some are cut at their paragraphs, so that a text of one sentence is nothing new to the model.
    """
    length = len(made.pieces)
    cuts = list(range(int(rng.integers(size // 4, size + 1)), length - size // 4, size)) if length > size else []
    for start, end in zip([0, *cuts], [*cuts, length], strict=True):
        alone = rng.random() < ALONE
        begins = np.flatnonzero(made.pieces.features[start + 1 : end, 1] >= LINE) + start + 1 if alone else ()
        for first, last in pairwise([start, *map(int, begins), end]):
            if last > first:
                yield Window(made, first, last)


def batches(windows: list[Window], budget: int, rng: np.random.Generator) -> list[list[Window]]:
    """Windows of like length together, at most `budget` pieces (with padding) in a batch, batches in random order."""
    noise = rng.random(len(windows)) * 16
    order = sorted(range(len(windows)), key=lambda i: windows[i].end - windows[i].start + noise[i])
    made: list[list[Window]] = [[]]
    longest = 0
    for i in order:
        longest = max(longest, windows[i].end - windows[i].start)
        if made[-1] and longest * (len(made[-1]) + 1) > budget:
            made.append([])
            longest = windows[i].end - windows[i].start
        made[-1].append(windows[i])
    return [made[i] for i in rng.permutation(len(made))]


def _content(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _standoff(standoff: str) -> list[Attribution]:
    spans: Attribution = {}
    attributions: list[Attribution] = []
    for line in standoff.split("\n"):
        fields = line.rstrip("\r").split("\t")
        if len(fields) > 1 and re.fullmatch(r"T\d+", fields[0]):
            pairs = [pair.split() for pair in fields[1].split(" ", 1)[1].split(";")]
            spans[fields[0]] = [(int(start), int(end)) for start, end in pairs]
        elif len(fields) > 1 and re.fullmatch(r"E\d+", fields[0]):
            made: Attribution = {role: [] for role in ROLES}
            for argument in fields[1].split():
                name, _, target = argument.partition(":")
                role = name.rstrip("0123456789").lower()
                if role in made:
                    made[role] += spans.get(target, [])
            attributions.append({role: sorted(set(found)) for role, found in made.items()})
    return attributions


def _runs(spans: list[tuple[int, int]], pieces: Pieces) -> list[Run]:
    width = np.maximum(pieces.ends - pieces.starts, 1)
    covered = np.zeros(len(pieces), dtype=np.int64)
    for start, end in spans:
        covered += np.maximum(np.minimum(pieces.ends, end) - np.maximum(pieces.starts, start), 0)
    inside: NDArray[np.bool_] = 2 * covered >= width
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(np.int8), [0]])))
    runs = [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    stripped = [run for run in (_strip(run, pieces.words) for run in runs) if run[0] < run[1]]
    return stripped or runs


def _strip(run: Run, words: NDArray[np.bool_]) -> Run:
    start, end = run
    while start < end and not words[start]:
        start += 1
    while end > start and not words[end - 1]:
        end -= 1
    return start, end


def _requoted(text: str, marks: str) -> str:
    """Double quotation marks replaced by another pair, straight ones taken as opening after a gap.

    >>> _requoted('He said: "No," twice.', "«»")
    'He said: «No,» twice.'
    """
    text = re.sub(r'“|(?<![^\s(\[—])"', marks[0], text)
    return re.sub(r'[”"]', marks[1], text) if marks != '""' else text.replace("”", '"')


def _wrapped(text: str, columns: int = 72) -> str:
    """Lines wrapped: at the last space before each 72nd column a line break instead."""
    wrapped = list(text)
    start = last = 0
    for i, character in enumerate(text):
        if character == "\n":
            start = last = i + 1
        elif character == " ":
            if i - start > columns and last > start:
                wrapped[last] = "\n"
                start = last + 1
            last = i
    return "".join(wrapped)


def _without_case(pieces: Pieces) -> Pieces:
    features = pieces.features.copy()
    cases = features[:, 0]
    features[:, 0] = np.where((cases == MARK) | (cases == DIGITS), cases, LOWER)
    return replace(pieces, features=features)
