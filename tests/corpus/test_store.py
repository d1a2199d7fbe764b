"""What a corpus holds: every article once, whatever happens while it is added to."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import filelock
import pytest

from sayso.corpus import adding, folder
from sayso.corpus.store import Corpus
from sayso.errors import ReadingError, SaysoError
from sayso.model import Article

WORDS = [
    a + b
    for a in ("hal", "nor", "win", "tam", "ber", "sul", "kor", "ela")
    for b in ("na", "do", "ter", "gi", "mo", "ri")
]


def report(name: str, text: str, day: str | None = "2024-05-06", **more: str) -> Article:
    captured = more.pop("captured", "2024-06-01T00:00:00Z")
    return Article(name, f"{name}.txt", text, name, captured, "text/plain", outlet=f"The {name}", published=day, **more)


def invented(seed: int, count: int = 120) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(count))


CABLE = (
    "Divers found the old cable of the harbour cut in two places on Monday, the port of Halna said, "
    "and ships had to wait outside until the evening while the repair went on."
)


def test_what_is_added_comes_back_as_it_was(tmp_path: Path) -> None:
    given = [report(f"p{n}", invented(n), url=f"https://example.org/{n}", title=f"No. {n} “é”") for n in range(30)]
    corpus = Corpus(tmp_path / "c")
    assert corpus.add(given) == adding.Added(stored=30)
    assert [entry.article for entry in corpus.entries()] == given
    assert corpus.get("p7").article == given[7]
    assert (corpus.get("p7").earliest, corpus.get("p7").latest) == ("2024-05-05", "2024-05-07")


def test_the_same_page_twice_is_one_article_with_two_captures(tmp_path: Path) -> None:
    first = report("a", CABLE, url="https://www.example.org/x?utm_source=feed")
    later = replace(first, id="b", input="copy.html", url="http://example.org/x", captured="2024-07-01T00:00:00Z")
    corpus = Corpus(tmp_path / "c")
    assert corpus.add([first, first]) == adding.Added(stored=1, again=1)
    assert corpus.add([later]) == adding.Added(again=1)
    assert corpus.add([later]) == adding.Added(again=1)
    assert [one.input for one in corpus.get("a").captures] == ["a.txt", "copy.html"]


def test_the_same_words_in_another_outlet_are_another_article(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "c")
    assert corpus.add([report("a", CABLE), report("b", CABLE)]).stored == 2


def test_errors_are_handed_through_and_the_rest_is_added(tmp_path: Path) -> None:
    error = ReadingError("x.html", "it is empty")
    added = Corpus(tmp_path / "c").add([report("a", CABLE), error, report("b", invented(1))])
    assert added == adding.Added(stored=2, failed=(error,))


def test_passages_stand_earlier_and_later(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "c")
    corpus.add(
        [
            report("early", f"{invented(1)}. {CABLE}", "2024-05-01"),
            report("late", f"{CABLE} {invented(2)}.", "2024-05-20"),
            report("none", invented(3)),
        ]
    )
    story = corpus.trace(report("asked", f"{invented(4)}. {CABLE} {invented(5)}.", "2024-05-10"))
    assert [entry.id for entry in story.entries] == ["early", "asked", "late"]
    assert {(one.earlier, one.later) for one in story.derivations} == {
        ("early", "asked"),
        ("asked", "late"),
        ("early", "late"),
    }
    texts = {entry.id: entry.article.text for entry in story.entries}
    for one in story.derivations:
        [passage] = one.passages
        assert passage.kind == "verbatim"
        assert CABLE.rstrip(".") in passage.spans[0].of(texts[one.earlier])
        assert CABLE.rstrip(".") in passage.other_spans[0].of(texts[one.later])


def test_days_that_overlap_leave_open_who_was_first(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "c")
    corpus.add([report("a", CABLE, "2024-05-06"), report("b", CABLE, "2024-05-07"), report("c", CABLE, None)])
    assert set(corpus.trace(corpus.get("a")).first) == {"a", "b", "c"}


def test_an_article_of_the_corpus_is_not_laid_beside_itself(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "c")
    corpus.add([report("a", CABLE)])
    story = corpus.trace(report("a", CABLE))
    assert [entry.number for entry in story.entries] == [0]
    assert story.derivations == ()


def test_what_an_outlet_repeats_is_boilerplate(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "c")
    same = [replace(report(f"p{n}", f"{invented(n)}. {CABLE}"), outlet="Amber Post") for n in range(5)]
    corpus.add([*same, report("other", f"{CABLE} {invented(9)}")])
    assert [one.id for one in corpus.trace(corpus.get("p0")).entries if one.id != "p0"] == ["other"]


@pytest.mark.parametrize("step", [1, 7, 40])
def test_how_it_is_added_does_not_matter(tmp_path: Path, step: int) -> None:
    """Segments and indexes are merged on the way; what is found stays the same."""
    reports = [report(f"p{n}", f"{invented(n)}. {CABLE if n % 9 == 0 else ''}") for n in range(80)]
    corpus = Corpus(tmp_path / "c")
    for start in range(0, len(reports), step):
        corpus.add(reports[start : start + step])
    corpus.compact()
    assert [entry.article for entry in corpus.entries()] == reports
    assert len(folder.load(corpus.path).indexes) == 1
    found = corpus.trace(corpus.get("p0"))
    assert {entry.id for entry in found.entries} == {f"p{n}" for n in range(0, 80, 9)}


@pytest.mark.parametrize("text", ["", "one", "two words", "é" * 50, "a " * 5_000, "\ud800 lone " * 9, "…—!? " * 40])
def test_any_text_can_be_added_and_asked_about(tmp_path: Path, text: str) -> None:
    corpus = Corpus(tmp_path / "c")
    corpus.add([report("a", text), report("b", CABLE)])
    assert len(corpus) == 2
    corpus.trace(report("x", text))
    assert len(corpus.get("a").article.text) == len(text)


def test_an_open_corpus_sees_what_is_added_elsewhere(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "c")
    corpus.add([report("a", CABLE)])
    Corpus(tmp_path / "c").add([report("b", CABLE)])
    assert len(corpus) == 2
    assert {entry.id for entry in corpus.trace(corpus.get("a")).entries} == {"a", "b"}


def test_a_second_writer_is_told(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "c")
    corpus.add([report("a", CABLE)])
    with filelock.FileLock(tmp_path / "c" / "lock"), pytest.raises(SaysoError, match="another process is writing"):
        Corpus(tmp_path / "c").add([report("b", CABLE)])
    assert len(corpus) == 1


def test_other_folders_and_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(SaysoError, match="holds other things"):
        Corpus(tmp_path)
    with pytest.raises(SaysoError, match="this is a file"):
        Corpus(tmp_path / "letter.txt")


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"sayso-corpus": 1}', '{"sayso-corpus": 99}'])
def test_a_damaged_manifest_is_told(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "corpus.json").write_text(manifest)
    with pytest.raises(SaysoError, match="corpus"):
        Corpus(tmp_path)


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(tmp_path / "c")
    corpus.add([report("a", CABLE)])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(adding.postings, "write", full)
    with pytest.raises(SaysoError, match="No space left"):
        corpus.add([report("b", CABLE)])
    monkeypatch.undo()
    assert [entry.id for entry in Corpus(tmp_path / "c").entries()] == ["a"]
    assert corpus.add([report("b", CABLE)]).stored == 1


ADDING = """
import sys
sys.path[:0] = [{root!r}]
from sayso.corpus import adding, compaction
from sayso.corpus.store import Corpus
from tests.corpus.test_store import invented, report
adding.WORKED_ON, adding.SEGMENT = 2_000, 4_000
compaction.INDEXES_IN_ROW, compaction.SEGMENTS_IN_ROW = 2, 2
given = (report(f"p{{n}}", invented(n)) for n in range(400))
Corpus({path!r}).add(given, lambda added: print(added.stored, flush=True))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_process_loses_nothing_that_it_told(tmp_path: Path) -> None:
    chance = random.Random(6)
    path = tmp_path / "c"
    code = ADDING.format(root=str(Path(__file__).parents[2]), path=str(path))
    told = 0
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * 0.3)
        process.send_signal(signal.SIGKILL)
        lines = process.stdout.read().split()
        process.wait()
        process.stdout.close()
        found = [entry.id for entry in Corpus(path).entries()]
        assert len(found) == len(set(found))
        assert len(found) >= told
        told = max(told, len(found))
        if lines:
            assert len(found) >= int(lines[-1])
    Corpus(path).add([report(f"p{n}", invented(n)) for n in range(400)])
    assert sorted(entry.id for entry in Corpus(path).entries()) == sorted(f"p{n}" for n in range(400))


def test_what_is_removed_is_found_by_nothing_and_the_rest_is_as_it_was(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "c")
    given = [report(name, f"{CABLE} {invented(n)}", url=f"https://example.org/{name}") for n, name in enumerate("abcd")]
    corpus.add(given[:3])
    assert corpus.remove("b") == "b"
    with pytest.raises(SaysoError, match="there is no article 'b'"):
        corpus.remove("b")
    corpus.add(given[3:])  # numbers go on
    corpus.compact()
    for place in (corpus, Corpus(tmp_path / "c")):
        assert len(place) == 3
        assert [(one.id, one.number) for one in place.entries()] == [("a", 0), ("c", 2), ("d", 3)]
        assert [one.id for one in place.entries([0, 1, 3, 9])] == ["a", "d"]
        assert [row["id"] for row in place.listed(range(9))] == ["a", "c", "d"]
        assert {entry.id for entry in place.story("a").entries} == {"a", "c", "d"}
        assert set(place.candidates(given[0]).numbers) == {0, 2, 3}
        pairs = place.pairs()
        assert {*pairs["one"].to_pylist(), *pairs["other"].to_pylist()} == {0, 2, 3}
        with pytest.raises(SaysoError, match="there is no article 'b'"):
            place.get("b")


def test_what_was_removed_can_be_added_again_and_is_a_new_article(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "c")
    given = [report(name, f"{CABLE} {invented(n)}") for n, name in enumerate("ab")]
    corpus.add(given)
    corpus.remove("a")
    assert corpus.add(given) == adding.Added(stored=1, again=1)
    assert [(one.id, one.number) for one in corpus.entries()] == [("b", 1), ("a", 2)]
    assert corpus.get("a").article == given[0]
    assert corpus.add([given[0]]) == adding.Added(again=1)


def test_a_list_has_what_an_entry_has(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "c")
    corpus.add([report(f"p{n}", invented(n), day="2024-05-06" if n % 2 else None, title=f"No. {n}") for n in range(70)])
    corpus.add([report("last", "One \ud800 half")])
    for row, entry in zip(corpus.listed(range(71)), corpus.entries(), strict=True):
        assert (row["number"], row["id"], row["text"]) == (entry.number, entry.id, entry.article.text)
        assert (row["earliest"], row["latest"]) == (entry.earliest, entry.latest)
        assert (row["title"], row["outlet"]) == (entry.article.title, entry.article.outlet)
