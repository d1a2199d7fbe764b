"""The command line as a user meets it: what goes where, and with which exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from sayso import cli, pipeline, workers
from sayso.errors import ReadingError
from sayso.model import Analysis, Article, Gap
from sayso.reporting.json import from_json

REPORT = "IDLEB, SANA – Officials said on Monday that the road was open.\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand-ins for the stages, which have tests of their own: inputs named `bad` fail, `broken` has a bug in it."""

    def read(source: str | bytes, *, name: str | None = None) -> Article:
        label = name or str(source)
        if "bad" in label:
            raise ReadingError(label, "there is no such file")
        if "broken" in label:
            raise KeyError("x")
        language = "ar" if "arabic" in label else "en"
        return Article(
            "id", label, REPORT, "hash", "2024-10-20T08:00:00Z", "text/plain", language=language, published="2024-10-20"
        )

    def analyse(article: Article, threshold: float | None = None) -> Analysis:
        if article.language != "en":
            return Analysis(article, analysed=False, gaps=(Gap("language", "It is Arabic."),))
        if "nothing" in article.input or (threshold or 0) > 0.5:
            return Analysis(article)
        from sayso.model import Attribution, Content, Cue, Source, Span

        said = Attribution(
            "a1", "indirect", Source((Span(14, 23),), "role"), Cue((Span(24, 28),)), Content((Span(39, 61),))
        )
        return Analysis(article, attributions=(said,))

    monkeypatch.setattr(pipeline, "read", read)
    monkeypatch.setattr(pipeline, "analyse", analyse)
    monkeypatch.setattr(workers, "cores", lambda: 1)  # stand-ins are in this process only


def test_the_threshold_reaches_the_analysis(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["who", "a.txt", "--json", "--threshold", "0.4"]) == 0
    assert cli.run(["who", "a.txt", "--json", "--threshold", "0.9"]) == 1
    assert cli.run(["who", "a.txt", "--threshold", "1.5"]) == 2
    assert "--threshold" in capsys.readouterr().err


def test_a_report_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["read", "a.txt"]) == 0
    out, err = capsys.readouterr()
    assert "What to look at first" in out
    assert err == ""


def test_json_is_one_line_an_input_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["read", "--json", "a.txt", "b.txt"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [from_json(line).article.input for line in lines] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("verb", "key"), [("who", "attributions"), ("chain", "chains"), ("dates", "times"), ("words", "wordings")]
)
def test_one_part(verb: str, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.run([verb, "--json", "a.txt"])
    data = json.loads(capsys.readouterr().out)
    assert data["part"] == verb
    assert key in data
    assert "text" not in data
    assert code == (0 if verb in ("who", "dates") else 1)  # the report has a time in it
    cli.run([verb, "a.txt"])
    assert "a.txt" in capsys.readouterr().out


def test_one_bad_input_does_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["read", "--json", "bad.txt", "a.txt", "broken.txt", "b.txt"]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["input"] for line in out.splitlines()] == ["a.txt", "b.txt"]
    first, second = err.splitlines()
    assert first == "sayso: bad.txt: there is no such file"
    assert second.startswith("sayso: broken.txt: a fault in Sayso, please report it (KeyError")


def test_a_fault_shows_its_traceback_only_on_request(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.run(["read", "broken.txt"])
    assert "Traceback" not in capsys.readouterr().err
    monkeypatch.setenv("SAYSO_DEBUG", "1")
    cli.run(["read", "broken.txt"])
    assert "Traceback" in capsys.readouterr().err


def test_a_text_that_is_not_english_is_shown_and_counts_as_not_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["read", "arabic.txt"]) == 1
    out, err = capsys.readouterr()
    assert "not analysed" in out
    assert err == "sayso: arabic.txt: It is Arabic.\n"


def test_nothing_found_is_told_by_the_exit_code() -> None:
    assert cli.run(["who", "nothing.txt"]) == 1
    assert cli.run(["who", "nothing.txt", "a.txt"]) == 0


def test_names_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["read", "bad\x1b[2J\nname"])
    assert capsys.readouterr().err == "sayso: bad\\x1b[2J name: there is no such file\n"


def test_a_page_for_one_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")
    assert cli.run(["read", "a.txt", "--html", str(page)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"sayso: wrote {page}\n"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert list(tmp_path.iterdir()) == [page]


def test_a_page_and_json_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["read", "a.txt", "--json", "--html", str(tmp_path / "page.html")]) == 0
    assert json.loads(capsys.readouterr().out)["input"] == "a.txt"


def test_pages_for_several_inputs_go_to_a_folder(tmp_path: Path) -> None:
    out = tmp_path / "new" / "pages"
    assert cli.run(["read", "x/a.txt", "y/a.html", "bad", "../..", "--html", str(out)]) == 1
    assert sorted(path.name for path in out.iterdir()) == ["a-2.html", "a.html", "report.html"]
    assert sorted(path.name for path in tmp_path.rglob("*.html")) == ["a-2.html", "a.html", "report.html"]


def test_a_page_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["read", "a.txt", "--html", "-"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")


def test_a_page_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["read", "a.txt", "--html", str(tmp_path / "no" / "page.html")]) == 1
    assert f"cannot write {tmp_path}/no/page.html: No such file" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to try")
def test_a_full_disk_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["read", "a.txt", "--html", "/dev/full"]) == 1
    assert "cannot write /dev/full: No space left" in capsys.readouterr().err


def test_a_write_that_fails_leaves_the_old_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert cli.run(["read", "a.txt", "--html", str(page)]) == 1
    assert page.read_text() == "old"
    assert list(tmp_path.iterdir()) == [page]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["read"],
        ["nonsense"],
        ["read", "--nonsense", "a.txt"],
        ["read", "--jobs", "0", "a.txt"],
        ["read", "a.txt", "b.txt", "--html", "-"],
        ["read", "a.txt", "--json", "--html", "-"],
        ["read", "a.txt", "--html", ""],
        ["read", "a.txt", "b.txt", "--html", __file__],
        ["read", __file__, "--html", __file__],
    ],
)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(arguments) == 2
    out, err = capsys.readouterr()
    assert "Usage: sayso" in out + err
    assert "Traceback" not in err


@pytest.mark.parametrize("verb", ["read", "who", "chain", "dates", "words", "demo"])
def test_every_command_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([verb, "--help"]) == 0
    assert "Show" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("sayso ")


def test_the_demo_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["demo"]) == 0
    assert "What to look at first" in capsys.readouterr().out


HEAVY = ("spacy", "rich", "jinja2", "pydantic", "lxml", "trafilatura", "httpx", "numpy", "pypdfium2", "htmldate")


def test_help_loads_nothing_heavy() -> None:
    code = f"import sys; from sayso import cli; cli.run(['--help']); print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


SLOW = """
import sys, time
from sayso import cli, pipeline
def read(source, *, name=None):
    print("ready", flush=True, file=sys.stderr)
    time.sleep(30)
pipeline.read = read
cli.main(["read", "a.txt"])
"""

MANY = """
from sayso import cli, pipeline
from sayso.model import Analysis, Article
pipeline.read = lambda source, name=None: Article("i", source, "w " * 9000, "h", "2024", "text/plain", language="en")
pipeline.analyse = lambda article, threshold: Analysis(article)
cli.main(["read", "--jobs", "1", "--json", *map(str, range(3000))])
"""


def test_an_interrupt_ends_quietly() -> None:
    process = subprocess.Popen([sys.executable, "-c", SLOW], stderr=subprocess.PIPE, text=True)
    assert process.stderr
    assert process.stderr.readline() == "ready\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    assert process.stderr.read() == "sayso: interrupted\n"
    process.stderr.close()
    assert process.wait(10) == 130


@pytest.mark.parametrize("code", [MANY, MANY.replace('"--json", ', "")])
def test_a_reader_that_leaves_is_no_error(code: str) -> None:
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(10) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to try")
def test_a_full_disk_behind_standard_output() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-c", MANY], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.stderr == "sayso: cannot write standard output: No space left on device\n"
    assert done.returncode == 1


def test_output_in_a_poor_encoding_is_no_error() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    code = MANY.replace('"--json", *map(str, range(3000))', '"1"')
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False)
    assert done.stderr == b""
    assert b"What to look at first" in done.stdout


@pytest.mark.parametrize("closed", [1, 2])
def test_a_closed_stream_is_no_fault(closed: int) -> None:
    code = MANY.replace("range(3000)", "range(2)")
    launch = f"import os, sys; os.close({closed}); os.execv(sys.executable, [sys.executable, '-c', {code!r}])"
    done = subprocess.run([sys.executable, "-c", launch], capture_output=True, text=True, check=False)
    assert "fault" not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_what_came_first_is_shown_before_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[int] = []
    read = pipeline.read

    def watched(source: str, *, name: str | None = None) -> Article:
        shown.append(len(capsys.readouterr().out.splitlines()))
        return replace(read(source, name=name), title=source)

    monkeypatch.setattr(pipeline, "read", watched)
    assert cli.run(["read", "--json", "a.txt", "b.txt"]) == 0
    assert shown == [0, 1]


BATCH = """
import os, sys, time
from sayso import cli, pipeline
from sayso.errors import ReadingError
from sayso.model import Analysis, Article
def read(source, *, name=None):
    if source == "bad":
        raise ReadingError(source, "there is no such file")
    if source == "killed":
        os._exit(9)
    if source == "slow":
        print("ready", flush=True, file=sys.stderr)
        time.sleep(60)
    return Article("i", source, str(os.getpid()), "h", "2024", "text/plain", language="en")
def analyse(article, threshold):
    return Analysis(article)
pipeline.read, pipeline.analyse = read, analyse
if __name__ == "__main__":
    cli.main(["read", "--json", "--jobs", "2", *sys.argv[1:]])
"""


@pytest.fixture
def batch(tmp_path: Path) -> list[str]:
    """A command with two workers; they import the script, and with it the stand-ins."""
    script = tmp_path / "batch.py"
    script.write_text(BATCH)
    return [sys.executable, str(script)]


def test_several_processes_keep_the_order_and_lose_nothing(batch: list[str]) -> None:
    inputs = ["a", "bad", "b", "killed", "c", "d"]
    done = subprocess.run([*batch, *inputs], capture_output=True, text=True, check=False)
    assert [json.loads(line)["input"] for line in done.stdout.splitlines()] == ["a", "b", "c", "d"]
    bad, killed = done.stderr.splitlines()
    assert bad == "sayso: bad: there is no such file"
    assert killed.startswith("sayso: killed: its process ended")
    assert done.returncode == 1


def test_standard_input_is_read_where_it_is(batch: list[str]) -> None:
    with subprocess.Popen([*batch, "-", "a"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        readers = [json.loads(line)["text"] for line in process.stdout]
    assert readers[0] == str(process.pid)
    assert readers[1] != str(process.pid)


def test_an_interrupt_ends_all_processes(batch: list[str]) -> None:
    process = subprocess.Popen([*batch, "slow", "slow"], stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stderr
    assert [process.stderr.readline() for _ in range(2)] == ["ready\n"] * 2
    os.killpg(process.pid, signal.SIGINT)
    assert process.stderr.read() == "sayso: interrupted\n"  # all that hold the stream have ended
    process.stderr.close()
    assert process.wait(10) == 130


def test_a_page_never_takes_the_place_of_an_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.html", "b.html"):
        Path(name).write_text("<p>kept</p>", encoding="utf-8")
    for inputs, out in ((["a.html"], "."), (["a.html"], "./"), (["a.html", "b.html"], "."), (["a.html"], "a.html")):
        assert cli.run(["read", *inputs, "--html", out]) == 2
    assert [Path(name).read_text(encoding="utf-8") for name in ("a.html", "b.html")] == ["<p>kept</p>"] * 2
