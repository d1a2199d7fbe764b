"""Whole analyses as JSON, which Sayso reads again."""

import json
from pathlib import Path

from sayso.exporting import FORMATS
from sayso.reporting.json import from_dict
from sayso.reporting.stories.json import story_from
from tests.exporting.sample import KEPT, TOLD, many
from tests.reporting.sample import ANALYSIS
from tests.reporting.stories.sample import STORY


def test_analyses_come_back_as_they_were(tmp_path: Path) -> None:
    FORMATS["json"].write([KEPT, *many(2)], tmp_path / "a.json")
    found = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [from_dict(each) for each in found] == [ANALYSIS, *many(2)]


def test_a_story_comes_back_as_it_was(tmp_path: Path) -> None:
    FORMATS["json"].write(TOLD, tmp_path / "s.json")
    assert story_from((tmp_path / "s.json").read_text("utf-8")) == STORY
