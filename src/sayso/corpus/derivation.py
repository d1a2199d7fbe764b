"""Who has it from whom: the evidence on two articles, weighed to probabilities.

A fitted sum (a multinomial logit, McFadden 1974): each hint adds its weight to the logarithm of a way's odds, and what
speaks for one direction speaks against the other, so that the judgement is the same whichever article comes first.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sayso import words
from sayso.corpus import evidence
from sayso.corpus.around import Context
from sayso.corpus.evidence import Hint, Pair, Toward
from sayso.corpus.moments import when
from sayso.model.story import Citation, Derivation, Entry, Passage, Way

__all__ = ["Context", "judge"]

NAMED = frozenset({"credit line", "named as source", "address", "own report", "name left over", "agency"})
"""Kinds of evidence of which one at least must speak for a direction: that the one names the other, or that the other
says that it was there, or writes for others. By dates and texts alone nobody is told to have copied: both may print an
agency's text that is not in the corpus (in FA-KES nearly all do, evaluation/reuse_kes.csv)."""
SAID = 0.1  # a hint that adds less to the odds (natural logarithm) is not told
WAYS: tuple[Way, ...] = ("later from earlier", "earlier from later", "common source", "unclear")
TOWARD: Mapping[Toward, tuple[str, tuple[int, int, int, int]]] = {
    "direction": ("direction", (1, -1, 0, 0)),
    "later": ("copied", (1, 0, 0, 0)),
    "earlier": ("copied", (0, 1, 0, 0)),
    "copying": ("copying", (1, 1, 0, 0)),
    "common": ("common", (0, 0, 1, 0)),
    "unknown": ("unknown", (0, 0, 0, 1)),
}
"""In which section of the table the weight of a hint stands, and to the sums of which ways it adds."""
Weights = Mapping[str, Mapping[str, float]]


def judge(
    one: Entry,
    other: Entry,
    passages: Sequence[Passage],
    citations: Sequence[Citation] = (),
    context: Context | None = None,
) -> Derivation:
    """What two articles have to do with each other. `passages` count in `one`, then in `other`.

    `citations` can be those of the whole story: who names whom, and who names the same third.

    >>> from sayso.model import Article, Span
    >>> text = "The old dam above Halna held through the night, and nobody was hurt."
    >>> post = Article("p", "p", text, "", "", "text/plain", outlet="Halna Post")
    >>> echo = Article("e", "e", text, "", "", "text/plain", outlet="Echo")
    >>> passage = Passage((Span(0, len(text)),), (Span(0, len(text)),), "verbatim", 13)
    >>> days = ("2024-03-01", "2024-03-01"), ("2024-03-04", "2024-03-04")
    >>> found = judge(Entry(echo, None, *days[1]), Entry(post, None, *days[0]), [passage])
    >>> found.earlier, found.later, found.later_from_earlier > found.earlier_from_later
    ('p', 'e', True)
    """
    first, second = ordered(one, other)
    own = tuple(passages) if first is one else tuple(evidence.turned(passage) for passage in passages)
    own = tuple(sorted(own, key=lambda passage: passage.spans))
    pair = paired(first, second, own, citations, context or Context())
    found = evidence.hints(pair)
    chances = probabilities(found, table())
    way = told(chances, found)
    later, earlier, common, unknown = (float(chance) for chance in chances)
    return Derivation(
        first.id,
        second.id,
        later_from_earlier=later,
        earlier_from_later=earlier,
        common=common,
        unknown=unknown,
        way=way,
        passages=own,
        earlier_share=pair.shares[0],
        later_share=pair.shares[1],
        citations=tuple(c for c in pair.own if _between(c, first, second)),
        reasons=_reasons(found, way),
    )


def ordered(one: Entry, other: Entry) -> tuple[Entry, Entry]:
    """Two entries, the one that seems older first; by their ids where the dates do not tell."""
    mine, theirs = when(one), when(other)
    later = mine.hours_before(theirs) or mine.middle_before(theirs)
    if later:
        return (one, other) if later > 0 else (other, one)
    return (one, other) if one.id <= other.id else (other, one)


def paired(
    first: Entry, second: Entry, passages: Sequence[Passage], citations: Sequence[Citation], context: Context
) -> Pair:
    """Two entries in their order, with how much of each stands in the other. `passages` count in the first."""
    here = evidence.merged(span for passage in passages for span in passage.spans)
    there = evidence.merged(span for passage in passages for span in passage.other_spans)
    shares = evidence.share(here, first.article.text), evidence.share(there, second.article.text)
    one, other = first.id, second.id
    own = tuple(cited for cited in citations if cited.by == one or cited.by == other)  # noqa: PLR1714 - many times
    return Pair(first, second, tuple(passages), tuple(citations), context, shares, own)


def probabilities(found: Sequence[Hint], weights: Weights) -> NDArray[np.float64]:
    """Of the four ways: the second from the first, the first from the second, a common source, unknown."""
    sums = np.zeros(4)
    for hint in found:
        section, signs = TOWARD[hint.toward]
        sums += weights[section][hint.kind] * hint.value * np.array(signs)
    base = weights["base"]
    scores = sums + np.array([base["direction"], base["direction"], 0.0, base["unknown"]])
    chances = np.exp(scores - scores.max())
    kept = weights["limits"]["kept for the unknown"]
    mixed: NDArray[np.float64] = chances / chances.sum() * (1 - kept) + np.array([0, 0, 0, kept])
    return mixed


def told(chances: NDArray[np.float64], found: Sequence[Hint]) -> Way:
    """The way that is told: one that is likely enough, and copying only where somebody is named."""
    later, earlier, common, _ = chances
    limits = table()["limits"]
    if common >= limits["common source"]:
        return "common source"
    if max(later, earlier) < limits["direction"]:
        return "unclear"
    sign = 1 if later > earlier else -1
    for_it = {hint.kind for hint in found if hint.toward == "direction" and hint.value * sign > 0}
    if not for_it & NAMED:
        return "unclear"
    return "later from earlier" if sign > 0 else "earlier from later"


def _reasons(found: Sequence[Hint], way: Way) -> tuple[str, ...]:
    """The sentences of the evidence, what adds most first; on a way that is told, what speaks against it stays too."""
    weights = table()
    by_weight = sorted(found, key=lambda hint: -_worth(hint, weights))
    said = [hint.reason for hint in by_weight if not hint.value or _worth(hint, weights) >= SAID]
    if way == "unclear" and not any(hint.toward == "direction" and hint.value for hint in found):
        said.append("neither dates nor credits nor the texts tell which was first")
    return tuple(dict.fromkeys(said))


def _worth(hint: Hint, weights: Weights) -> float:
    return abs(weights[TOWARD[hint.toward][0]][hint.kind] * hint.value)


def _between(citation: Citation, first: Entry, second: Entry) -> bool:
    return evidence.names(citation, first, second) or evidence.names(citation, second, first)


@cache
def table() -> Weights:
    """The weights, by what they speak for and by kind of evidence."""
    weights: Weights = words.load("derivation")
    return weights
