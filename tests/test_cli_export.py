"""`sayso export`, as a user meets it."""

import json
import zipfile
from pathlib import Path

import pytest
import typer.main

from sayso import cli
from sayso.corpus.store import Corpus
from sayso.exporting import FORMATS
from sayso.library.store import Library
from tests.corpus.test_store import CABLE, invented

SAID = f'{CABLE} "We do not know who did it," said Mara Quill, the harbour master of Halna.'


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("corpus")
    (place / "a.txt").write_text(f"Halna Wire\n3 May 2024\n\n{SAID} {invented(1)}.")
    (place / "b.txt").write_text(f"Amber Post\n9 May 2024\n\n{invented(2)}. {SAID}")
    assert cli.run(["add", str(place / "c"), str(place / "a.txt"), str(place / "b.txt")]) == 0
    return place / "c"


def ids(corpus: Path) -> list[str]:
    return [entry.id for entry in Corpus(corpus).entries()]


def test_the_help_names_every_format() -> None:
    command = typer.main.get_command(cli.app)
    [option] = [each for each in command.commands["export"].params if each.name == "format"]  # type: ignore[attr-defined]
    assert [name for name in FORMATS if name not in str(option.help)] == []


def test_one_file_goes_to_standard_output(corpus: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.run(["export", str(corpus), "--format", "json"]) == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert [each["id"] for each in found] == ids(corpus)
    assert "Mara Quill" in {actor["name"] for actor in found[0]["actors"]}


def test_only_the_articles_that_are_named_are_exported(
    corpus: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    first, second = ids(corpus)
    assert cli.run(["export", str(corpus), second[:9], first, "--format", "json"]) == 0
    assert [each["id"] for each in json.loads(capsysbinary.readouterr().out)] == [second, first]


def test_several_files_go_to_a_folder_or_a_zip(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["export", str(corpus), "--format", "csv", "--out", str(tmp_path / "tables.zip")]) == 0
    assert f"wrote {tmp_path / 'tables.zip'}" in capsys.readouterr().err
    with zipfile.ZipFile(tmp_path / "tables.zip") as packed:
        assert "attributions.csv" in packed.namelist()
    assert cli.run(["export", str(corpus), "--format", "brat", "--out", str(tmp_path / "brat")]) == 0
    assert {file.stem for file in (tmp_path / "brat").glob("*.ann")} == set(ids(corpus))
    assert cli.run(["export", str(corpus), "--format", "brat", "--out", str(tmp_path / "brat")]) == 1
    assert "there already" in capsys.readouterr().err


def test_a_story_is_exported(corpus: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    asked = ids(corpus)[1]
    assert cli.run(["export", str(corpus), "--format", "svg", "--story", asked]) == 0
    assert capsysbinary.readouterr().out.startswith(b"<svg ")
    arguments = ["--story", asked[:8], "--claim", CABLE, "--out", str(tmp_path / "story.pdf")]
    assert cli.run(["export", str(corpus), "--format", "pdf", *arguments]) == 0
    assert (tmp_path / "story.pdf").read_bytes().startswith(b"%PDF")


def test_what_is_not_analysed_yet_is_analysed_and_kept(
    corpus: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    place = tmp_path / "c"
    assert cli.run(["add", str(place), str(corpus.parent / "a.txt"), "--only-text"]) == 0
    [id] = ids(place)
    assert Library(place).version(id) is None
    capsysbinary.readouterr()
    assert cli.run(["export", str(place), "--format", "json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)[0]["attributions"]
    assert Library(place).version(id) is not None


def test_a_persons_word_is_in_it(corpus: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    id = ids(corpus)[0]
    library = Library(corpus)
    analysis = library.analysis(id)
    assert analysis is not None
    time = analysis.times[0]
    machine = {"spans": [list(span) for span in time.spans], "value": time.value}
    library.corrections.add(article=id, kind="time", action="reject", author="Ines Holm", machine=machine)
    assert cli.run(["export", str(corpus), id, "--format", "json"]) == 0
    [found] = json.loads(capsysbinary.readouterr().out)
    assert [list(span) for span in time.spans] not in [each["spans"] for each in found["times"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--format takes one of annotations, brat, csv"),
        (["--format", "docx"], "not docx"),
        (["--format", "csv"], "name a new folder, or a file that ends in .zip, with --out"),
        (["--format", "svg"], "give an article of it with --story"),
        (["--format", "brat", "--story", "x", "--out", "o"], "leave out --story"),
        (["--format", "json", "--claim", "x"], "name the story's article with --story"),
        (["x", "--format", "json", "--story", "y"], "either articles or --story"),
    ],
)
def test_wrong_use_is_told(arguments: list[str], said: str, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", str(corpus), *arguments]) == 2
    assert said in " ".join(capsys.readouterr().err.split())


def test_what_would_spoil_the_corpus_is_refused(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(corpus.iterdir())
    assert cli.run(["export", str(corpus), "--format", "json", "--out", str(corpus / "corpus.json")]) == 2
    assert "the folder of the corpus" in " ".join(capsys.readouterr().err.split())
    assert sorted(corpus.iterdir()) == before


def test_what_is_not_there_is_told_and_nothing_is_written(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    assert cli.run(["export", str(corpus), "zzz", "--format", "json", "--out", str(out)]) == 1
    assert "there is no article 'zzz'" in capsys.readouterr().err
    assert cli.run(["export", str(tmp_path / "none"), "--format", "json", "--out", str(out)]) == 1
    assert "there is no article to export" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
