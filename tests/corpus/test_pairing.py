"""All pairs of a corpus that share text."""

import random
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus import cluster, pairing
from sayso.corpus.fingerprints import fingerprints
from sayso.corpus.postings import Postings, sorted_postings
from sayso.corpus.store import Corpus
from tests.corpus.test_store import invented, report


def counted(found: object) -> dict[tuple[int, int], int]:
    rows = found.to_pylist()  # type: ignore[attr-defined]
    return {(row["one"], row["other"]): row["shared"] for row in rows}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6)), max_size=60))
def test_pairs_are_those_of_a_plain_count(postings: list[tuple[int, int]]) -> None:
    ordered = sorted(postings, key=lambda one: one[1])
    hashes, articles = (np.array(some, np.int64) for some in (zip(*ordered, strict=True) if ordered else ((), ())))
    expected = Counter(
        pair
        for hash_ in range(10)
        for pair in combinations(sorted({article for other, article in postings if other == hash_}), 2)
    )
    parts: list[Postings] = [sorted_postings(hashes, articles, np.zeros(len(hashes), np.int64))]
    assert counted(pairing.pairs(iter(parts))) == dict(expected)


def test_what_very_many_have_ties_each_to_the_first_and_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "MANY", 3)
    articles = np.arange(6)
    part = Postings(np.full(6, 7), articles, np.zeros(6, np.int64))
    assert set(counted(pairing.pairs(iter([part])))) == {(0, n) for n in range(1, 6)} | {
        (n, n + 1) for n in range(1, 5)
    }


def corpus_of(path: Path) -> tuple[Corpus, list[str]]:
    chance = random.Random(3)
    texts = [invented(n, 200) for n in range(40)]
    for n in range(20, 40):
        words = texts[chance.randrange(20)].split()
        start = chance.randrange(100)
        texts[n] += " " + " ".join(words[start : start + chance.randint(20, 90)])
    corpus = Corpus(path)
    for start in range(0, 40, 9):
        corpus.add([report(f"p{n}", texts[n]) for n in range(start, min(40, start + 9))])
    return corpus, texts


def brute(texts: list[str]) -> dict[tuple[int, int], int]:
    prints = [set(fingerprints([text]).hashes.tolist()) for text in texts]
    return {(a, b): len(prints[a] & prints[b]) for a, b in combinations(range(len(texts)), 2) if prints[a] & prints[b]}


def test_pairs_of_a_corpus(tmp_path: Path) -> None:
    corpus, texts = corpus_of(tmp_path / "c")
    assert counted(corpus.pairs()) == brute(texts)


def test_daft_gives_the_same_pairs(tmp_path: Path) -> None:
    pytest.importorskip("daft", reason="Daft is an extra")
    corpus, texts = corpus_of(tmp_path / "c")
    assert counted(cluster.pairs([str(corpus.path)]).to_arrow()) == brute(texts)
