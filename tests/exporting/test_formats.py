"""What holds for every format: it can be read again whatever the words are, and it is there as a whole or not at all."""

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import ReadingError, SaysoError
from sayso.exporting import FORMATS, Format, Kept, Told
from sayso.model import Story
from tests.exporting.readers import read
from tests.exporting.sample import KEPT, TOLD, hostile
from tests.reporting.sample import ANALYSIS
from tests.reporting.stories.hostile import EVIL

OF_ANALYSES = [each for each in FORMATS.values() if "analyses" in each.of]
OF_STORIES = [each for each in FORMATS.values() if "story" in each.of]
BY_NAME = {"ids": lambda each: each.name}
WORDS = (
    *(
        EVIL,
        "=cmd|' /C calc'!A0",
        "\x00",
        "\ud800\udfff",
        "]]>&amp;<!--",
        "\u202e\u2066x",
        "\r\n\x85\u2028\u2029",
        "%s{0}\\",
    ),
    *(
        "",
        "\t",
        "🚢" * 9,
        "a" * 5000,
        "é\u0301\u0300",
        '"""',
        "قال ١٢ (BBC)",
        "中文",
        "\ufffe\uffff",
        "[1;31m",
        "//../x",
    ),
)


def test_the_formats_that_are_promised_are_there() -> None:
    assert {each.name for each in OF_ANALYSES} >= {
        *("annotations", "brat", "csv", "jsonl", "parquet", "gexf", "graphml", "prov", "provn", "pdf", "json"),
    }
    assert {each.name for each in OF_STORIES} >= {"csv", "jsonl", "parquet", "gexf", "graphml", "pdf", "json"}


@pytest.mark.parametrize("made", OF_ANALYSES, **BY_NAME)
def test_analyses_are_written_and_can_be_read(made: Format, tmp_path: Path) -> None:
    for number, items in enumerate(([], [ANALYSIS], [KEPT, ANALYSIS])):
        out = tmp_path / f"{number}{made.suffix}"
        made.write(items, out)
        read(made.name, out)
    assert sorted(tmp_path.iterdir()) == sorted(tmp_path / f"{number}{made.suffix}" for number in range(3))


@pytest.mark.parametrize("made", OF_STORIES, **BY_NAME)
def test_stories_are_written_and_can_be_read(made: Format, tmp_path: Path) -> None:
    for number, story in enumerate((TOLD, TOLD.story, Story("gone", (), ()))):
        out = tmp_path / f"{number}{made.suffix}"
        made.write(story, out)
        read(made.name, out)


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
@pytest.mark.parametrize("made", FORMATS.values(), **BY_NAME)
def test_hostile_words_break_nothing(made: Format, words: str, tmp_path: Path) -> None:
    analysis, story = hostile(words)
    _write_all(made, analysis, story, tmp_path)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.text(st.characters(), max_size=40))
@pytest.mark.parametrize("made", FORMATS.values(), **BY_NAME)
def test_no_words_break_anything(made: Format, words: str) -> None:
    analysis, story = hostile(words)
    with tempfile.TemporaryDirectory() as place:
        _write_all(made, analysis, story, Path(place))


def _write_all(made: Format, analysis: Kept, story: Told, place: Path) -> None:
    if "analyses" in made.of:
        made.write([analysis], place / f"a{made.suffix}")
        read(made.name, place / f"a{made.suffix}")
    if "story" in made.of:
        made.write(story, place / f"s{made.suffix}")
        read(made.name, place / f"s{made.suffix}")


def broken() -> Iterator[Kept]:
    yield KEPT
    raise SaysoError("the corpus is broken")


@pytest.mark.parametrize("made", OF_ANALYSES, **BY_NAME)
def test_what_breaks_off_leaves_nothing_and_spoils_nothing(made: Format, tmp_path: Path) -> None:
    out = tmp_path / f"out{made.suffix}"
    with pytest.raises(SaysoError, match="the corpus is broken"):
        made.write(broken(), out)
    assert list(tmp_path.iterdir()) == []
    old = tmp_path / "old.zip"
    old.write_text("old")
    with pytest.raises(SaysoError, match="the corpus is broken"):
        made.write(broken(), old)
    assert [file.name for file in tmp_path.iterdir()] == ["old.zip"]
    assert old.read_text() == "old"


@pytest.mark.parametrize("made", OF_ANALYSES, **BY_NAME)
def test_where_nothing_can_be_written_the_place_is_named(made: Format, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "out"
    with pytest.raises(SaysoError, match=r"cannot write .*file.out"):
        made.write([ANALYSIS], out)


@pytest.mark.parametrize("made", [each for each in OF_ANALYSES if each.several], **BY_NAME)
def test_several_files_go_into_a_new_folder_or_a_zip(made: Format, tmp_path: Path) -> None:
    made.write([KEPT], tmp_path / "folder")
    made.write([KEPT], tmp_path / "all.zip")
    made.write([KEPT], tmp_path / "again.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        assert packed.testzip() is None
        packed.extractall(tmp_path / "unpacked")
    assert read(made.name, tmp_path / "unpacked") == read(made.name, tmp_path / "folder")
    assert (tmp_path / "all.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    with pytest.raises(SaysoError, match=r"folder is there already"):
        made.write([KEPT], tmp_path / "folder")
    (tmp_path / "empty").mkdir()
    made.write([KEPT], tmp_path / "empty")


def test_a_format_says_what_it_is_not_for(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="brat is a format for analyses"):
        FORMATS["brat"].write(TOLD, tmp_path / "x")


def test_an_error_among_the_analyses_is_raised(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="no-such-file"):
        FORMATS["json"].write([ANALYSIS, ReadingError("no-such-file", "there is no such file")], tmp_path / "a.json")
    assert list(tmp_path.iterdir()) == []
