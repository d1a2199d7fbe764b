"""What `sayso add` and the desk do with articles: stored, listed, analysed; stopped, they go on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sayso import pipeline
from sayso.corpus.store import Corpus
from sayso.errors import SaysoError
from sayso.library.store import Library, Query
from sayso.model import Analysis, Article
from sayso.pipeline import Gathered

TEXT = "The bridge at {} will open on Friday, the mayor said. Officials said that it was safe to cross it by then."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for number in range(6):
        (tmp_path / "in" / f"{number}.txt").write_text(TEXT.format(f"town{number}"))
    return tmp_path


def gather(folder: Path, *inputs: str, **more: object) -> Gathered:
    corpus = Corpus(folder / "c")
    return pipeline.gather(corpus, Library(corpus.path), inputs, processes=1, **more)  # type: ignore[arg-type]


def quick(article: Article) -> Analysis:
    if "town3" in article.text:
        raise SaysoError("it cannot be done")
    return Analysis(article)


def test_one_that_fails_is_told_and_the_rest_is_analysed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "analyse", quick)
    told: list[Gathered] = []
    came = gather(folder, str(folder / "in"), str(folder / "none.txt"), told=told.append)
    assert (came.stored, came.unreadable, came.analysed, came.broken, came.to_analyse) == (6, 1, 5, 1, 0)
    assert [str(one.error).partition(": ")[2] for one in told if one.error] == ["there is no such file", ""]
    assert [one.stored for one in told] == sorted(one.stored for one in told)
    again = gather(folder, str(folder / "in"))
    assert (again.stored, again.analysed, again.broken) == (0, 0, 0)  # it is not tried each time


def test_a_fault_in_the_analysis_costs_one_article(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(article: Article) -> Analysis:
        if "town3" in article.text:
            raise ZeroDivisionError
        return Analysis(article)

    monkeypatch.setattr(pipeline, "analyse", faulty)
    came = gather(folder, str(folder / "in"))
    assert (came.analysed, came.broken) == (5, 1)
    assert "a fault in Sayso" in str(came.failed[0])


def test_texts_alone_are_neither_listed_nor_analysed_until_it_is_asked(folder: Path) -> None:
    came = gather(folder, str(folder / "in"), only_text=True)
    assert (came.stored, came.analysed) == (6, 0)
    assert Library(folder / "c").search(Query()).total == 0
    library = pipeline.library(folder / "c")
    assert library.search(Query("town3")).total == 1
    assert library.wanted() == 0


def test_stopped_while_it_reads_it_goes_on_with_what_is_not_analysed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "analyse", quick)

    def stop(now: Gathered) -> None:
        if now.read == 3 or now.analysed == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gather(folder, str(folder / "in"), told=stop)
    assert len(Corpus(folder / "c")) == 2  # what was read before is stored
    with pytest.raises(KeyboardInterrupt):
        gather(folder, str(folder / "in"), told=lambda now: stop(now) if now.analysed else None)
    came = gather(folder, str(folder / "in"))
    assert (came.stored, came.analysed, came.broken, came.to_analyse) == (0, 4, 1, 0)


def test_only_so_many_are_analysed_where_that_is_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "analyse", quick)
    assert gather(folder, str(folder / "in"), most=0).to_analyse == 6
    assert Library(folder / "c").search(Query()).total == 6
    assert gather(folder, most=2).analysed == 2
    assert gather(folder).to_analyse == 0


def test_who_does_some_of_all_lists_what_was_added_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "analyse", quick)
    monkeypatch.setattr(pipeline, "LISTED", 2)
    gather(folder, str(folder / "in"), only_text=True)
    (folder / "new.txt").write_text(TEXT.format("newtown"))
    assert gather(folder, str(folder / "new.txt"), most=0).to_list == 4
    library = Library(folder / "c")
    assert library.search(Query("newtown")).total == 1
    assert library.search(Query()).total == 3
    Corpus(folder / "c").remove(next(Corpus(folder / "c").entries([5])).id)  # it is not listed yet, and will not be
    assert [gather(folder, most=0).to_list for _ in range(2)] == [1, 0]
    assert library.search(Query()).total == 6


def test_a_killed_process_loses_nothing_that_was_done(folder: Path) -> None:
    code = (
        "import sys; from sayso import pipeline; from sayso.corpus.store import Corpus\n"
        "from sayso.library.store import Library\n"
        "corpus = Corpus(sys.argv[1])\n"
        "def told(now): print(now.stored, now.analysed, flush=True)\n"
        "pipeline.gather(corpus, Library(corpus.path), sys.argv[2:], processes=1, told=told)\n"
    )
    command = [sys.executable, "-c", code, str(folder / "c"), str(folder / "in")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if line.split()[1] == "2":
                break
        os.kill(process.pid, signal.SIGKILL)
    library = Library(folder / "c")
    kept = sum(row.analysed for row in library.search(Query()).rows)
    assert kept >= 2
    came = gather(folder, str(folder / "in"))
    assert came.analysed == 6 - kept
    assert all(row.analysed for row in library.search(Query()).rows)


def test_who_only_analyses_does_not_wait_for_who_adds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso.corpus import folder as corpora

    monkeypatch.setattr(pipeline, "analyse", quick)
    gather(folder, str(folder / "in"), most=0)
    with corpora.writer(folder / "c"):
        assert gather(folder).analysed == 5
        with pytest.raises(SaysoError, match="another process is writing in this corpus"):
            gather(folder, str(folder / "in"))


def test_a_removed_article_leaves_the_list_even_if_it_was_removed_from_the_corpus_alone(folder: Path) -> None:
    gather(folder, str(folder / "in"), only_text=True)
    library = pipeline.library(folder / "c")
    corpus = Corpus(folder / "c")
    corpus.remove(library.search(Query("town3")).rows[0].id)
    pipeline.enlist(corpus, library)
    assert library.search(Query("town3")).total == 0
    assert library.search(Query()).total == 5


def test_a_library_that_is_lost_is_made_anew_and_a_report_is_made_when_it_is_opened(folder: Path) -> None:
    gather(folder, str(folder / "in"), only_text=True)
    corpus = Corpus(folder / "c")
    library = pipeline.library(corpus.path)
    id = library.search(Query("town1")).rows[0].id
    made = pipeline.report(corpus, library, id)
    assert made.analysis.attributions
    assert library.analysis(id) == made.analysis
    library.close()
    (corpus.path / "library.sqlite").write_bytes(b"lost")
    anew = pipeline.library(corpus.path)
    assert anew.search(Query()).total == 6
    assert pipeline.report(corpus, anew, id).analysis == made.analysis


def test_the_library_of_another_corpus_is_put_aside(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    gather(folder, str(folder / "in"), only_text=True)
    pipeline.library(folder / "c").close()
    for name in ("corpus.json", "segments", "indexes"):
        (folder / "c" / name).rename(folder / f"old {name}")
    gather(folder, str(folder / "in" / "4.txt"), only_text=True)
    anew = pipeline.library(folder / "c")
    assert [row.number for row in anew.search(Query()).rows] == [0]
    assert "does not belong to this corpus" in caplog.text
    assert pipeline.library(folder / "c").search(Query()).total == 1


def test_what_is_kept_is_not_analysed_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "analyse", quick)
    gather(folder, *(str(folder / "in" / f"{number}.txt") for number in (0, 1)))
    gather(folder, *(str(folder / "in" / f"{number}.txt") for number in (2, 3)), only_text=True)
    corpus = Corpus(folder / "c")
    articles = [entry.article for entry in corpus.entries()]
    asked: list[str] = []
    monkeypatch.setattr(pipeline, "analyse", lambda article: asked.append(article.id) or quick(article))
    found = pipeline.analyses(Library(corpus.path), articles, processes=1)
    assert set(found) == {one.id for one in articles if "town3" not in one.text}  # it cannot be done
    assert asked == [one.id for one in articles if "town2" in one.text or "town3" in one.text]


def test_to_ask_of_a_folder_without_a_library_makes_none(tmp_path: Path) -> None:
    library = Library(tmp_path / "none")
    assert (library.analysis("x"), library.version("x")) == (None, None)
    assert not (tmp_path / "none").exists()
