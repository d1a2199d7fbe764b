"""The pages from other newsrooms: that the data is sound, and divided by the rule. They are measured elsewhere."""

import hashlib
import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[3] / "evaluation"))

import nested
import newsrooms


@pytest.fixture(scope="module")
def pages() -> tuple[nested.Passage, ...]:
    return nested.read(newsrooms.PAGES)


def test_three_short_pages_of_each_style(pages: tuple[nested.Passage, ...]) -> None:
    assert set(Counter(p.style for p in pages).values()) == {3}
    assert all(60 <= len(p.text.split()) <= 180 for p in pages)
    assert all(a.parent is None for p in pages for a in p.attributions)


def test_one_of_each_style_is_held_by_the_rule(pages: tuple[nested.Passage, ...]) -> None:
    for style in {p.style for p in pages}:
        ids = [p.id for p in pages if p.style == style]
        first = min(ids, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
        assert [p.id for p in pages if p.style == style and p.part == "held"] == [first]


def test_a_cue_between_words_stands_beside_them(pages: tuple[nested.Passage, ...]) -> None:
    """A colon stands in one turn only: not so far from its source as the next speaker's."""
    for page in pages:
        for found in page.attributions:
            if found.source and page.text[slice(*found.cue[0])] == ":":
                between = page.text[found.source[0][1] : found.cue[0][0]]
                assert len(between) <= 20 or page.id == "british-02", (page.id, between)


def test_without_the_scorer_it_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    newsrooms.main(["--scorer", str(tmp_path)])
    assert capsys.readouterr().out.startswith("skipped: ")
