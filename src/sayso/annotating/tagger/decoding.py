"""From scores of the attribution model to attributions. NumPy only, shared by training, evaluation and runtime.

The model works in two steps. It scores every piece as the beginning, the inside or the outside of a cue; runs of
likely cue pieces become candidates. Then it reads the surroundings of each candidate and scores every piece there as
part of the source, the cue or the content of *that* attribution; the best path of tags gives its spans.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Run = tuple[int, int]

REACH = 80
"""How many pieces to each side of a cue are read: 99 % of what people marked for a cue lies within."""

OUT, SOURCE, CUE, CONTENT = 0, 1, 3, 5
TAGS = 7
"""Out, then beginning and inside of source, of cue, of content."""

FORBIDDEN = -1e4


def allowed() -> NDArray[np.bool_]:
    """Which tag may follow which: an inside only follows its own beginning or inside."""
    table = np.ones((TAGS, TAGS), dtype=np.bool_)
    for role in (SOURCE, CUE, CONTENT):
        table[:, role + 1] = False
        table[[role, role + 1], role + 1] = True
    return table


@dataclass(frozen=True, slots=True)
class Labelled:
    """One candidate, read: runs of pieces for each role, and figures from which its probability is made."""

    source: list[Run]
    cue: list[Run]
    content: list[Run]
    evidence: tuple[float, ...]


def candidates(cue_probabilities: Floats, low: float, peak: float = 0.0) -> list[Run]:
    """Runs of pieces that may be cues, cut where a new cue begins.

    Each piece is in a cue with a probability of at least `low`, and one of them of at least `peak`: most of the
    time goes into reading candidates, and those without a likely piece are hardly ever right.
    """
    inside = 1.0 - cue_probabilities[:, 0]
    begins = cue_probabilities[:, 1] > np.maximum(cue_probabilities[:, 2], low)
    runs: list[Run] = []
    for i in np.flatnonzero(inside >= low):
        if runs and runs[-1][1] == i and not begins[i]:
            runs[-1] = (runs[-1][0], int(i) + 1)
        else:
            runs.append((int(i), int(i) + 1))
    return [run for run in runs if inside[slice(*run)].max() >= peak]


def surroundings(runs: list[Run], low: int, high: int) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """What the second step reads for each run: piece indices, their distance from the run, and which are real.

    Pieces stand between `low` and `high`; places beyond are filled with `low` and marked as not real. The distance
    is 0 in the run, and runs from -REACH to REACH.
    """
    bounds = np.array(runs, dtype=np.int64).reshape(-1, 2)
    middle = (bounds[:, :1] + bounds[:, 1:]) // 2
    places = middle + np.arange(-REACH, REACH, dtype=np.int64)
    real = (places >= low) & (places < high)
    distance = np.minimum(places - bounds[:, :1], 0) + np.maximum(places - bounds[:, 1:] + 1, 0)
    return np.where(real, places, low), np.clip(distance, -REACH, REACH) + REACH, real


def viterbi(emissions: Floats, transitions: Floats) -> tuple[Ints, Floats, Floats]:
    """The best tag paths of (candidates, places, TAGS) emissions, their scores, and the log sum of all paths."""
    count, length, _ = emissions.shape
    best = emissions[:, 0] + transitions[0]
    total = best.copy()
    back = np.zeros((count, length, TAGS), dtype=np.int64)
    for t in range(1, length):
        step = best[:, :, None] + transitions
        back[:, t] = step.argmax(axis=1)
        best = step.max(axis=1) + emissions[:, t]
        step = total[:, :, None] + transitions
        peak = step.max(axis=1)
        total = peak + np.log(np.exp(step - peak[:, None]).sum(axis=1)) + emissions[:, t]
    paths = np.zeros((count, length), dtype=np.int64)
    paths[:, -1] = best.argmax(axis=1)
    for t in range(length - 1, 0, -1):
        paths[:, t - 1] = np.take_along_axis(back[:, t], paths[:, t, None], axis=1)[:, 0]
    peak = total.max(axis=1)
    return paths, best.max(axis=1), peak + np.log(np.exp(total - peak[:, None]).sum(axis=1))


def runs_of(path: Ints, role: int, places: Ints) -> list[Run]:
    """The runs of one role in a path, as piece ranges."""
    runs: list[Run] = []
    for i in np.flatnonzero((path == role) | (path == role + 1)):
        place = int(places[i])
        if runs and runs[-1][1] == place and path[i] != role:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def label(
    found: list[Run], cue_probabilities: Floats, emissions: Floats, verdicts: Floats, transitions: Floats
) -> list[Labelled]:
    """Spans and evidence for each candidate."""
    if not found:
        return []
    places, _, _ = surroundings(found, 0, len(cue_probabilities))
    paths, scores, totals = viterbi(emissions, transitions)
    inside = 1.0 - cue_probabilities[:, 0]
    labelled = []
    for k, (start, end) in enumerate(found):
        source = runs_of(paths[k], SOURCE, places[k])
        cue = runs_of(paths[k], CUE, places[k])
        content = runs_of(paths[k], CONTENT, places[k])
        middle = (start + end) / 2
        evidence = (
            _logit(float(inside[start:end].max())),
            _logit(float(inside[start:end].mean())),
            float(verdicts[k]),
            float(scores[k] - totals[k]),
            float(bool(source)),
            float(bool(content)),
            float(np.log1p(size(content))),
        )
        nearest = min(cue, key=lambda run: abs((run[0] + run[1]) / 2 - middle), default=(start, end))
        labelled.append(Labelled(_longest(source), [nearest], content, evidence))
    return labelled


def _logit(p: float) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return float(np.log(p / (1 - p)))


def _longest(runs: list[Run]) -> list[Run]:
    return [max(runs, key=lambda run: run[1] - run[0])] if runs else []


def size(runs: list[Run]) -> int:
    """How many pieces some runs hold."""
    return sum(end - start for start, end in runs)


def shared(left: list[Run], right: list[Run]) -> int:
    """How many pieces two lists of runs have in common."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in left for b in right)


INNER, OUTER = 0.4, 0.7
"""How likely the less likely one of two has to be to stand inside the other's content, or around it."""


def without_rivals(labelled: list[Labelled], probabilities: list[float], overlap: float = 0.5) -> list[int]:
    """Indices of the attributions to keep, likeliest first.

    People mark a stretch of text as the content of one attribution only. Where two candidates claim the same words
    (two fragments of one cue, or a cue inside another's content that repeats it), the likelier one stays. A candidate
    that stands whole inside another's content is no rival but nested in it, if both are likely.
    """
    kept: list[int] = []
    near: dict[int, list[int]] = {}  # those kept, by the stretches of REACH pieces that they touch
    for i in sorted(range(len(labelled)), key=lambda k: -probabilities[k]):
        mine = labelled[i]
        touched = _stretches(mine)
        rivals = {k for stretch in touched for k in near.get(stretch, ())}
        if not any(_rivals(mine, labelled[k], overlap, probabilities[i]) for k in rivals):
            kept.append(i)
            for stretch in touched:
                near.setdefault(stretch, []).append(i)
    return kept


def _stretches(one: Labelled) -> set[int]:
    return {n for start, end in (*one.cue, *one.content) for n in range(start // REACH, (end - 1) // REACH + 1)}


def _rivals(mine: Labelled, kept: Labelled, overlap: float, probability: float) -> bool:
    """Whether a candidate contradicts a likelier one."""
    if shared(mine.cue, kept.cue):
        return True
    smaller = min(size(mine.content), size(kept.content))
    if not smaller or shared(mine.content, kept.content) <= overlap * smaller:
        return False
    nested = (_inside(mine, kept) and probability >= INNER) or (_inside(kept, mine) and probability >= OUTER)
    return not nested


def _inside(inner: Labelled, outer: Labelled) -> bool:
    """Whether the cue and the content of one stand in the content of the other, and leave something of it."""
    small, large = size(inner.content), size(outer.content)
    whole = shared(inner.cue, outer.content) == size(inner.cue)
    return whole and small < 0.95 * large and shared(inner.content, outer.content) > 0.9 * small
