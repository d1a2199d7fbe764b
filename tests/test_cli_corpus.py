"""`sayso add`, `trace` and `story`, as a user meets them."""

import json
from pathlib import Path

import pytest

from sayso import cli
from sayso.corpus.store import Corpus
from sayso.library.store import Library, Query
from tests.corpus.test_store import CABLE, invented


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "more").mkdir(parents=True)
    (folder / "a.txt").write_text(f"Halna Wire\n3 May 2024\n\n{CABLE} {invented(1)}.")
    (folder / "more" / "b.txt").write_text(f"Amber Post\n9 May 2024\n\n{invented(2)}. {CABLE}")
    (folder / ".hidden.txt").write_text("Not to be read.")
    return folder


def test_a_folder_is_added_and_traced(reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = str(tmp_path / "c")
    assert cli.run(["add", "--only-text", corpus, str(reports)]) == 0
    assert capsys.readouterr().out == "2 articles added; the corpus has 2\n"
    assert cli.run(["add", "--only-text", corpus, str(reports)]) == 0
    assert capsys.readouterr().out == "0 articles added; the corpus has 2\n"  # files that are done are not read again
    for file in reports.rglob("*.txt"):
        file.touch()
    assert cli.run(["add", "--only-text", corpus, str(reports)]) == 0
    assert "2 were there already" in capsys.readouterr().out
    assert cli.run(["trace", corpus, str(reports / "a.txt"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "sayso-story/1"
    assert len(found["derivations"]) == 1
    assert cli.run(["story", corpus, found["asked"][:8]]) == 0
    assert "Passage by passage" in capsys.readouterr().out


def test_the_page_is_written_and_holds_both_texts(reports: Path, tmp_path: Path) -> None:
    corpus, page = str(tmp_path / "c"), tmp_path / "page.html"
    cli.run(["add", "--only-text", corpus, str(reports)])
    assert cli.run(["trace", corpus, str(reports / "a.txt"), "--html", str(page)]) == 0
    assert page.read_text("utf-8").count("Divers found the old cable") >= 2


def test_one_bad_file_is_told_and_the_rest_goes_on(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (reports / "empty.txt").touch()
    assert cli.run(["add", "--only-text", str(tmp_path / "c"), str(reports)]) == 1
    said = capsys.readouterr()
    assert "empty.txt: it is empty" in said.err
    assert said.out == "2 articles added, 1 could not be read; the corpus has 2\n"


def test_what_stands_nowhere_else_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "a.txt"
    report.write_text(CABLE)
    corpus = str(tmp_path / "c")
    cli.run(["add", "--only-text", corpus, str(report)])
    assert cli.run(["trace", corpus, str(report)]) == 1
    assert cli.run(["story", corpus, "zzz"]) == 1
    assert "there is no article 'zzz'" in capsys.readouterr().err


GERMAN = "Der Hafen von Halna blieb am Montag den ganzen Tag geschlossen, und die Schiffe mussten draussen warten."
ENGLISH = "The bridge at Halna will open on Friday, the mayor, Anna Berg, said. Officials said that it was safe."


def test_what_is_added_is_analysed_and_another_language_is_only_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = str(tmp_path / "c")
    for name, text in (("a", ENGLISH), ("b", GERMAN)):
        (tmp_path / f"{name}.txt").write_text(text)
    assert cli.run(["add", "--jobs", "1", corpus, str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]) == 0
    said = capsys.readouterr().out
    assert said == "2 articles added, 1 analysed, 1 not (not English, too short or too long); the corpus has 2\n"
    library = Library(corpus)
    analysed = {row.language: row.analysed for row in library.search(Query()).rows}
    assert analysed == {"en": True, "de": False}
    german = library.search(Query("Hafen")).rows[0]
    assert german.gap
    assert "its language is de" in german.gap
    assert library.search(Query(actor="anna berg")).total == 1


def test_texts_alone_are_analysed_when_it_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus, report = str(tmp_path / "c"), tmp_path / "a.txt"
    report.write_text(ENGLISH)
    assert cli.run(["add", "--only-text", corpus, str(report)]) == 0
    assert cli.run(["add", corpus, str(report)]) == 0  # somebody wanted only the text of it
    assert capsys.readouterr().out.endswith("0 articles added; the corpus has 1\n")
    assert cli.run(["add", "--jobs", "1", corpus]) == 0
    assert capsys.readouterr().out == "0 articles added, 1 analysed; the corpus has 1\n"
    assert cli.run(["add", "--only-text", corpus]) == 2


def test_what_is_removed_is_found_by_nothing(reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = str(tmp_path / "c")
    cli.run(["add", "--only-text", corpus, str(reports)])
    first = next(Corpus(corpus).entries()).id
    assert cli.run(["remove", corpus, "zzz", first[:9]]) == 1
    said = capsys.readouterr()
    assert "there is no article 'zzz'" in said.err
    assert said.out.endswith("the corpus has 1 article\n")
    assert cli.run(["remove", corpus, first]) == 1
    assert cli.run(["story", corpus, first]) == 1
    assert cli.run(["trace", corpus, str(reports / "more" / "b.txt")]) == 1
