"""Streams through several processes: order, look-ahead, errors, and workers that die."""

import os
import pickle
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import AnalysisError, Article, ReadingError, SaysoError, analyse_many, pipeline, workers
from sayso.workers import AHEAD, WorkerDied, in_order


def work(item: str) -> str:
    """Fails, dies or dawdles as the item says."""
    if item == "bad":
        raise ValueError("bad item")
    if item == "deadly":
        os._exit(1)
    if item == "slow":
        time.sleep(0.3)
    return item.upper()


def where(_: int) -> int:
    return os.getpid()


def dies_once(marker: str) -> str:
    """Kills its process the first time."""
    if marker and not Path(marker).exists():
        Path(marker).touch()
        os._exit(1)
    return "done"


def test_results_come_in_the_order_of_the_items() -> None:
    items = ["slow", "a", "b", "slow", "c", "d"]
    assert list(in_order(work, items, 2)) == [(item, item.upper()) for item in items]


def test_an_error_in_the_middle_is_a_result() -> None:
    results = [result for _, result in in_order(work, ["a", "bad", "b"], 2)]
    assert [str(result) for result in results] == ["A", "bad item", "B"]
    assert isinstance(results[1], ValueError)


def test_a_worker_that_dies_costs_only_its_item() -> None:
    items = ["a", "b", "deadly", "c", "slow", "deadly", *"defghijk"]
    results = list(in_order(work, items, 2))
    assert [item for item, _ in results] == items
    assert [item for item, result in results if isinstance(result, WorkerDied)] == ["deadly", "deadly"]
    assert [result for _, result in results if isinstance(result, str)] == [i.upper() for i in items if i != "deadly"]


def test_what_dies_beside_others_may_live_alone(tmp_path: Path) -> None:
    results = in_order(dies_once, ["", str(tmp_path / "marker"), ""], 2)
    assert [result for _, result in results] == ["done"] * 3


def test_an_endless_stream_is_taken_as_it_is_used() -> None:
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = in_order(where, endless(), 2)
    for given in range(1, 40):
        assert next(results)[0] == given
        assert taken <= given + 2 * AHEAD
    results.close()


def test_what_the_stream_raises_comes_after_what_was_given() -> None:
    def failing() -> Iterator[str]:
        yield from ("a", "b", "c")
        raise OSError("no more")

    for processes in (1, 2):
        done = []
        with pytest.raises(OSError, match="no more"):
            done.extend(result for _, result in in_order(work, failing(), processes))
        assert done == ["A", "B", "C"]


@pytest.mark.parametrize(("items", "processes"), [(1, 2), (3, 1), (0, 2)])
def test_no_other_process_where_none_is_needed(items: int, processes: int) -> None:
    assert [pid for _, pid in in_order(where, range(items), processes)] == [os.getpid()] * items


def test_several_processes_are_others() -> None:
    assert os.getpid() not in [pid for _, pid in in_order(where, range(4), 2)]


def test_workers_that_cannot_start_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text("import os; os._exit(3)")
    monkeypatch.setattr(sys.modules["__main__"], "__file__", str(script), raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    with pytest.raises(SaysoError, match="__main__"):
        list(in_order(work, ["a", "b"], 2))


def article(name: str, language: str) -> Article:
    return Article("i", name, "w", "h", "2024", "text/plain", language=language)


def test_articles_names_and_errors_come_out_in_order(tmp_path: Path) -> None:
    error = ReadingError("x", "is bad")
    given = [article("a", "ar"), error, str(tmp_path / "none.html"), article("b", "fr")]
    one, two, three, four = analyse_many(given, processes=2)
    assert str(two) == "x: is bad"
    assert isinstance(three, ReadingError)
    assert str(three) == f"{tmp_path}/none.html: there is no such file"
    assert [result.article.input for result in (one, four) if not isinstance(result, SaysoError)] == ["a", "b"]


def test_a_fault_names_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Article, __: float | None) -> None:
        raise KeyError("x")

    monkeypatch.setattr(pipeline, "analyse", broken)
    (fault,) = analyse_many([article("a", "en")])
    assert isinstance(fault, AnalysisError)
    assert str(fault) == "a: a fault in Sayso, please report it (KeyError: 'x')"
    assert isinstance(fault.__cause__, KeyError)


def test_a_dead_worker_names_the_input() -> None:
    died = pipeline._result(article("a", "en"), WorkerDied("its process ended"))
    assert isinstance(died, AnalysisError)
    assert str(died) == "a: its process ended"


def test_the_number_of_processes_is_checked() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        analyse_many([], processes=0)
    assert workers.cores() >= 1


def test_errors_travel_between_processes() -> None:
    error = pickle.loads(pickle.dumps(ReadingError("a.html", "is empty")))
    assert (type(error), str(error), error.name) == (ReadingError, "a.html: is empty", "a.html")


def test_files_in_the_current_folder_are_not_imported_by_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports may come with anything: a `pickle.py` beside them must not run."""
    for name in ("pickle", "org", "json", "sayso"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    assert [made for _, made in workers.in_order(abs, [-1, -2, -3], 2)] == [1, 2, 3]
    assert not (tmp_path / "ran").exists()


@pytest.fixture
def kept() -> Iterator[workers.Kept]:
    kept = workers.Kept(1)
    yield kept
    kept.close()


def test_processes_that_stay_do_one_thing_after_the_other(kept: workers.Kept) -> None:
    numbers = [kept.submit(where, n) for n in range(3)]
    assert len({number.result() for number in numbers}) == 1
    with pytest.raises(ValueError, match="invalid literal"):
        kept.submit(int, "x").result()


def test_what_ends_its_process_twice_is_told_and_the_rest_is_done(kept: workers.Kept) -> None:
    before, killing, after = kept.submit(int, "1"), kept.submit(work, "deadly"), kept.submit(int, "2")
    assert (before.result(), after.result()) == (1, 2)
    with pytest.raises(workers.WorkerDied):
        killing.result()


def test_closing_ends_what_is_under_way_and_cancels_what_waits() -> None:
    kept = workers.Kept(1)
    kept.submit(int, "1").result()
    under_way, waiting = kept.submit(time.sleep, 60), kept.submit(int, "1")
    time.sleep(0.2)
    start = time.monotonic()
    kept.close()
    assert time.monotonic() - start < 10
    assert isinstance(under_way.exception(), WorkerDied)
    assert waiting.cancelled()
    assert kept.submit(int, "1").cancelled()
