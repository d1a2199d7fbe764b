"""Which articles of a corpus may share text with one: the few that are worth to be laid beside it."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from sayso.corpus import fingerprints, telling
from sayso.corpus.postings import Postings
from sayso.corpus.snapshot import Snapshot
from sayso.corpus.tokens import Places, batch

BOILERPLATE = 3
"""Other articles of its own outlet with the same words, from which they are the outlet's boilerplate."""
FEWEST = 4
"""Telling words that an article must share where it shares no fingerprint."""
WEIGHT = 2.6
"""What they must weigh, in words that one article of the corpus has: by the logarithms of how rare each is."""
ALIKE = 12
"""Articles that are looked at for their telling words alone."""


@dataclass(frozen=True, slots=True)
class Found:
    """The numbers of the articles that share most, the best first, and how many more share something."""

    numbers: tuple[int, ...]
    left: int


def candidates(there: Snapshot, text: str, outlet: str | None, limit: int, own: int | None = None) -> Found:
    """The articles that share fingerprints or telling words with a text; `own` is its own number, left out."""
    words = batch([text])
    hits = there.prints(np.unique(fingerprints.of_batch(words).hashes))
    numbers, shared = _counted(there, hits, outlet, own)
    order = np.lexsort((numbers, -shared))
    best = numbers[order]
    found = best[:limit].tolist()
    if len(found) < limit:
        known = {own, *hits.articles.tolist()}  # also what shares only boilerplate with it
        alike = [one for one in _alike(there, telling.asked(words)) if one not in known]
        found += alike[: min(ALIKE, limit - len(found))]
    return Found(tuple(found), max(0, len(best) - limit))


def about(there: Snapshot, text: str, limit: int, own: int | None = None) -> tuple[int, ...]:
    """The articles that may tell of the same in words of their own: that share most of a text's telling words."""
    found = _alike(there, telling.asked(batch([text])), 2, 0.0)
    return tuple([number for number in found if number != own][:limit])


def _counted(there: Snapshot, hits: Postings, outlet: str | None, own: int | None) -> tuple[Places, Places]:
    """How many fingerprints each article shares, without what its own outlet repeats in every article."""
    if not len(hits.hashes):
        return hits.articles, hits.articles
    pairs = np.unique(np.stack((hits.hashes, hits.articles)), axis=1)
    hashes, articles = pairs[:, pairs[1] != (-1 if own is None else own)]
    if outlet:
        numbers = np.unique(articles)
        names = dict(zip(numbers.tolist(), there.outlets(numbers), strict=True))
        same = np.array([names[number] == outlet for number in articles.tolist()], np.bool_)
        repeated = [hash_ for hash_, count in Counter(hashes[same].tolist()).items() if count >= BOILERPLATE]
        own_words = same & ~np.isin(hashes, repeated)
        once, counts = np.unique(articles[own_words], return_counts=True)
        kept = ~same | (own_words & np.isin(articles, once[counts > 1]))  # one can be a word beside the boilerplate
        articles = articles[kept]
    found, counts = np.unique(articles, return_counts=True)
    return found, counts


def _alike(there: Snapshot, words: Places, fewest: int = FEWEST, least: float = WEIGHT) -> list[int]:
    """The articles that share rare words, by what those weigh."""
    hits = there.telling(words)
    if not len(hits.hashes):
        return []
    _, place, common = np.unique(hits.hashes, return_inverse=True, return_counts=True)
    rarest = float(np.log(max(2, there.manifest.count)))
    weights = (np.log(max(2, there.manifest.count) / common) / rarest)[place]
    numbers, at = np.unique(hits.articles, return_inverse=True)
    sums, counts = np.bincount(at, weights), np.bincount(at)
    kept = np.flatnonzero((counts >= fewest) & (sums >= least))
    best: list[int] = numbers[kept[np.argsort(-sums[kept], kind="stable")]].tolist()
    return best
