"""A desk on a port of its own, over a small invented library, and a browser before it.

Both are there for the browser tests only and end with them: while Playwright runs, no other event loop can.
"""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.web.browser import chromium, reports
from tests.web.browser.watching import Watched, watched

Open = Callable[..., Watched]


@dataclass(frozen=True)
class Desk:
    """Where a desk is, and the ids of its articles by their names in `reports`."""

    home: str
    ids: dict[str, str]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium.path()
    if path is None:
        pytest.skip(chromium.MISSING)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=chromium.options())
        yield found
        found.close()


@pytest.fixture(scope="package")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:  # noqa: ARG001 - skipped with it
    """A desk over the invented library, in a process of its own."""
    place = tmp_path_factory.mktemp("desk")
    environment = {**os.environ, "SAYSO_HOME": str(place / "home"), "PYTHONUNBUFFERED": "1"}
    pages = reports.write(place / "pages")
    sayso = [sys.executable, "-m", "sayso"]
    subprocess.run(
        [*sayso, "add", "--jobs", "1", str(place / "corpus"), *pages], env=environment, check=True, capture_output=True
    )
    with (
        (place / "errors").open("w") as errors,
        subprocess.Popen(
            [*sayso, "serve", str(place / "corpus"), "--port", "0"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            yield _opened(process, place)
        finally:
            process.terminate()
            process.wait(30)
    assert "Traceback" not in (place / "errors").read_text()


def _opened(process: subprocess.Popen[str], place: Path) -> Desk:
    """The desk as soon as it lists all its articles: it opens before."""
    assert process.stdout is not None
    said = process.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert address, (said, (place / "errors").read_text())
    ids = reports.ids(place / "corpus")
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(f"{address.group()}/api/articles", timeout=30) as answer:
            if json.load(answer)["total"] == len(ids):
                return Desk(address.group(), ids)
        time.sleep(0.2)
    raise AssertionError("the desk does not list its articles")


@pytest.fixture
def ids(desk: Desk) -> dict[str, str]:
    return desk.ids


@pytest.fixture
def opened(browser: Browser, desk: Desk) -> Iterator[Open]:
    """Opens windows before the desk; when the test is over, nothing may have happened in any of them."""
    windows: list[Watched] = []

    def open_window(width: int, scheme: str = "light", **more: object) -> Watched:
        windows.append(watched(browser, desk.home, width, scheme, **more))
        return windows[-1]

    yield open_window
    for window in windows:
        window.page.context.close()
    for window in windows:
        window.nothing_happened()
