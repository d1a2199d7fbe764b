"""`sayso serve` as a process: where it listens, whom it refuses, and that it leaves nothing behind."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

SAYSO = [sys.executable, "-m", "sayso", "serve"]


@contextmanager
def served(corpus: Path, *options: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [*SAYSO, str(corpus), "--port", "0", *options]
    given = os.environ | environment
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=given) as process:
        assert process.stdout
        try:
            yield process, re.findall(r"http://\S+", process.stdout.readline())[0]
        finally:
            process.kill()


def below(parent: int) -> list[int]:
    """The processes that another has started."""
    found = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def test_it_listens_on_this_machine_only_and_ends_without_a_trace(tmp_path: Path) -> None:
    with served(tmp_path / "corpus") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert "Library" in httpx2.get(address, timeout=60).text
        assert httpx2.get(address, headers={"host": "evil.example"}).status_code == 421
        children = below(process.pid)
        assert children
        process.send_signal(signal.SIGINT)
        process.wait(30)
        assert "Traceback" not in process.stderr.read()  # type: ignore[union-attr]
    until = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def test_a_killed_desk_takes_its_processes_along(tmp_path: Path) -> None:
    with served(tmp_path / "corpus") as (process, address):
        httpx2.get(address, timeout=60)
        children = below(process.pid)
        process.kill()
    until = time.monotonic() + 20
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def test_a_token_can_come_from_the_environment(tmp_path: Path) -> None:
    with served(tmp_path / "corpus", "--host", "0.0.0.0", SAYSO_TOKEN="an-invented-token") as (_, address):
        here = re.sub(r"//[^:]+", "//127.0.0.1", address)
        assert httpx2.get(f"{here}api/articles", timeout=60).status_code == 401
        answer = httpx2.get(f"{here}api/articles", headers={"authorization": "Bearer an-invented-token"})
        assert answer.json()["total"] == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--host", "0.0.0.0"], "needs a token"),
        (["--host", "0.0.0.0", "--token", "hunter2"], "needs a token of 12 letters"),
        (["--host", "192.0.2.1", "--token", "an-invented-token"], "it cannot be opened"),
        (["--host", "no such host", "--token", "an-invented-token"], "it cannot be opened"),
        (["--port", "99999"], "--port"),
    ],
)
def test_what_cannot_be_opened_is_told(tmp_path: Path, options: list[str], told: str) -> None:
    done = subprocess.run(
        [*SAYSO, str(tmp_path / "corpus"), *options], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_of_other_things_is_no_corpus(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    done = subprocess.run(
        [*SAYSO, str(tmp_path), "--port", "0"], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 1
    assert "is no corpus" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["diary.txt"]
