"""The nested passages: that the data is sound, that it is scored rightly, and what the finder reaches on it."""

import doctest
import hashlib
import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[3] / "evaluation"))

import nested

FLOOR = 71.0  # F1 of inner attributions on the tune part; the rule baseline gave 74.9 when this was written
BATCHES = ((1, 15), (16, 18))  # the numbers in a domain that were written, and divided into parts, together


@pytest.fixture(scope="module")
def passages() -> tuple[nested.Passage, ...]:
    return nested.read()


def test_the_passages_load_and_are_many(passages: tuple[nested.Passage, ...]) -> None:
    assert len(passages) >= 130
    assert len({p.id for p in passages}) == len({p.text for p in passages}) == len(passages)


def test_every_span_is_where_it_says(passages: tuple[nested.Passage, ...]) -> None:
    entries = {entry["id"]: entry for entry in json.loads(nested.PASSAGES.read_text(encoding="utf-8"))}
    for passage in passages:
        for found, entry in zip(passage.attributions, entries[passage.id]["attributions"], strict=True):
            for role in nested.ROLES:
                words = [part if isinstance(part, str) else part["words"] for part in entry[role]]
                assert [passage.text[start:end] for start, end in getattr(found, role)] == words, passage.id


def test_spans_are_in_order_and_have_no_space_at_their_edges(passages: tuple[nested.Passage, ...]) -> None:
    for passage in passages:
        for found in passage.attributions:
            for pairs in (found.source, found.cue, found.content):
                assert list(pairs) == sorted(pairs), passage.id
                assert all(passage.text[s:e].strip() == passage.text[s:e] for s, e in pairs), passage.id


def test_an_inner_cue_stands_in_its_parents_content_or_beside_its_cue(passages: tuple[nested.Passage, ...]) -> None:
    """Either it stands in what the parent says, or both say the same (one passes it on)."""
    for passage in passages:
        for found in passage.attributions:
            if found.parent is not None:
                parent = passage.attributions[found.parent]
                inside = all(any(s <= a and b <= e for s, e in parent.content) for a, b in found.cue)
                assert inside or found.content == parent.content, (passage.id, found)


def test_a_third_is_held_by_the_rule(passages: tuple[nested.Passage, ...]) -> None:
    """Of each batch in a domain, the third whose ids come first by SHA-256: nobody chose."""
    for domain in {p.domain for p in passages}:
        members = {int(p.id.rsplit("-", 1)[1]): p for p in passages if p.domain == domain}
        assert sorted(members) == list(range(1, BATCHES[-1][1] + 1))
        for first, last in BATCHES:
            batch = sorted((members[n] for n in range(first, last + 1)), key=_order)
            assert {p.id for p in batch if p.part == "held"} == {p.id for p in batch[: len(batch) // 3]}
    assert Counter(p.part for p in passages) == {"held": len(passages) // 3, "tune": len(passages) * 2 // 3}


def _order(passage: nested.Passage) -> str:
    return hashlib.sha256(passage.id.encode()).hexdigest()


def test_there_are_negatives_and_three_levels(passages: tuple[nested.Passage, ...]) -> None:
    assert sum(all(a.parent is None for a in p.attributions) for p in passages) >= 15
    deep = [p for p in passages if any(_depth(p, n) >= 3 for n in range(len(p.attributions)))]
    assert len(deep) >= 20


def _depth(passage: nested.Passage, n: int) -> int:
    parent = passage.attributions[n].parent
    return 1 if parent is None else 1 + _depth(passage, parent)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("absent", "is not in the text"),
        ("say", "2 times"),
        ({"words": "say", "occurrence": 3}, "is not in the text"),
    ],
)
def test_words_that_cannot_be_located_are_an_error(words: str | dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        nested.located("They say we say it", words)


def test_a_wrong_passage_is_named(tmp_path: Path) -> None:
    entry = {"id": "x-01", "domain": "x", "style": "x", "part": "tune", "text": "Ann said no."}
    entry["attributions"] = [{"source": ["Ann"], "cue": ["said"], "content": ["no"], "parent": 0}]
    path = tmp_path / "passages.json"
    path.write_text(json.dumps([entry]), encoding="utf-8")
    with pytest.raises(ValueError, match="x-01: attribution 0 has the parent 0"):
        nested.read(path)


def test_the_truth_scores_full_marks(passages: tuple[nested.Passage, ...]) -> None:
    counts = nested.tally([nested.compare(p, p.attributions) for p in passages])
    assert nested.figures(counts)["inner"] == (100.0, 100.0, 100.0)
    assert counts["parent right"] == counts["inner expected"]
    assert counts["trees right"] == counts["passages"] == len(passages)


def test_a_flat_prediction_finds_but_hangs_nothing(passages: tuple[nested.Passage, ...]) -> None:
    flat = [nested.compare(p, [replace(a, parent=None) for a in p.attributions]) for p in passages]
    counts = nested.tally(flat)
    assert counts["inner found"] == counts["inner expected"]
    assert counts["inner right"] == counts["parent right"] == 0


def test_the_command_runs_on_three_passages(capsys: pytest.CaptureFixture[str]) -> None:
    nested.main(["--limit", "3", "--errors"])
    printed = capsys.readouterr()
    assert "| together | 3 |" in printed.out
    assert not printed.err


def test_the_held_part_comes_with_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    nested.main(["--held", "--limit", "0"])
    assert "looked at once" in capsys.readouterr().err


def test_the_finder_stays_above_the_floor(passages: tuple[nested.Passage, ...]) -> None:
    outcomes = [nested.compare(p, nested.find(p.text)) for p in passages if p.part == "tune"]
    assert nested.figures(nested.tally(outcomes))["inner"][2] >= FLOOR


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(nested).failed == 0
