"""Who means no good: nothing of theirs runs, nothing is told that is not theirs, and the server stays up."""

import asyncio
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.websockets import WebSocketDisconnect

from sayso.corpus.store import Corpus
from sayso.errors import SaysoError
from sayso.model import Article
from sayso.web import work
from sayso.web.work import Asked, pasted
from tests.web.desks import HERE, REPORT, Browser, desk, stocked

SCRIPT = "<script>alert(1)</script>"
QUOTED = "\"'><img src=x onerror=alert(1)>"
EVIL = f"{SCRIPT} {QUOTED} {{{{ 7*7 }}}} </textarea></title>"


def hostile(id: str) -> Article:
    text = f"{EVIL} The minister {EVIL} said on Monday that “{EVIL} the road {SCRIPT}” was open, according to {EVIL}."
    return Article(
        id, f"{EVIL}.html", text, id, "2024-05-06T12:00:00Z", "text/html", url=f"javascript:alert(1)//{EVIL}",
        outlet=f"Outlet {EVIL}", title=f"Title {EVIL}", byline=EVIL, published="2024-05-06", language="en",
    )  # fmt: skip


@pytest.fixture(scope="module")
def haunted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    path = stocked(tmp_path_factory.mktemp("desk") / "corpus")
    Corpus(path).add([hostile("evil1"), hostile("../../evil2")])
    with desk(path) as browser:
        until = time.monotonic() + 60
        while (
            browser.get("/api/articles", params={"text": "minister"}).json()["total"] < 1 and time.monotonic() < until
        ):
            time.sleep(0.2)
        yield browser


def is_tame(page: str) -> bool:
    """Whether of the hostile words none is markup, no template was run, and no link leads to a script."""
    return not re.search(
        r"<script>|<img|alert\(1\)</script>|[^{ ]49[^0-9]|href=\"javascript:", page.replace("<script src=", "")
    )


@pytest.mark.parametrize(
    "path", ["/", "/articles/evil1", "/stories/evil1", "/articles/evil1/remove", "/?outlet=Outlet", "/jobs"]
)
def test_stored_scripts_are_text(haunted: Browser, path: str) -> None:
    page = haunted.get(path)
    assert page.status_code == 200
    assert is_tame(page.text)
    if path == "/":
        assert "&lt;script&gt;" in page.text


@pytest.mark.parametrize("name", ["text", "outlet", "actor", "finding", "earliest", "order", "page"])
def test_scripts_in_an_address_are_text(haunted: Browser, name: str) -> None:
    assert is_tame(haunted.get("/", params={name: EVIL}).text)


def test_scripts_that_are_pasted_are_text(haunted: Browser) -> None:
    page = haunted.fill("/read", {"given": f"HALNA, 6 May 2024 – {hostile('x').text}"})
    assert is_tame(page.text)
    assert "&lt;script&gt;" in page.text
    assert is_tame(haunted.fill("/add", {"addresses": EVIL}, page="/add").text)


@pytest.mark.parametrize(
    "name",
    ["../../evil.html", "..\\..\\evil.html", "/etc/cron.d/evil", "a\x00b.html", "C:\\evil.txt", ".", "..", "~", f"{SCRIPT}.html", "con.txt", "x" * 300, "-rf.html", "\u202egnp.html"],
    ids=ascii,
)  # fmt: skip
def test_a_name_of_a_file_leads_nowhere(haunted: Browser, tmp_path: Path, name: str) -> None:
    before = sorted(Path.cwd().iterdir())
    lot = haunted.fill("/add", page="/add", files=[("files", (name, f"{REPORT} {name}".encode("utf-8", "replace")))])
    assert lot.status_code == 200
    assert is_tame(lot.text)
    assert "/tmp" not in lot.text
    assert sorted(Path.cwd().iterdir()) == before
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "id", ["../../etc/passwd", "%2e%2e%2fcorpus.json", "evil1\x00", "h20240506'--", "' OR 1=1", "\ud800", "x" * 5000]
)
def test_a_strange_id_is_of_nothing(haunted: Browser, id: str) -> None:
    for path in ("/articles/", "/stories/", "/read/", "/jobs/", "/static/", "/api/articles/", "/api/jobs/"):
        assert haunted.get(path + quote(id, errors="replace")).status_code in (404, 422), path


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/static/.",
        "/static/desk.html",
    ],
)
def test_only_our_own_files_are_given(haunted: Browser, path: str) -> None:
    assert haunted.get(path).status_code == 404


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """A server of the inner network, and what it was asked."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            heard.append(connection.recv(100))
            connection.close()

    threading.Thread(target=run, daemon=True).start()
    yield server.getsockname()[1], heard
    server.close()


INSIDE = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "0.0.0.0",
    "0x7f000001",
    "2130706433",
    "127.1",
    "[::ffff:127.0.0.1]",
    "user@127.0.0.1",
]


@pytest.mark.parametrize("host", INSIDE)
def test_the_inner_network_is_not_asked(haunted: Browser, host: str) -> None:
    with listening() as (port, heard):
        address = f"http://{host}:{port}/secret"
        assert haunted.post("/api/read", json={"address": address}).status_code == 422
        assert haunted.fill("/read", {"given": address}).status_code == 422
        lot = haunted.fill("/add", {"addresses": address}, page="/add")
        until = time.monotonic() + 60
        while "http-equiv" in (page := haunted.get(lot.url.path)).text and time.monotonic() < until:
            time.sleep(0.1)
        assert heard == []
        assert "not public" in page.text or "cannot be" in page.text


@pytest.mark.parametrize(
    "given", ["file:///etc/passwd", "ftp://news.example/a", "gopher://127.0.0.1/", "/etc/passwd", "-"]
)
def test_what_is_no_web_address_is_read_as_words(given: str) -> None:
    assert pasted(given) == Asked(text=given)


def test_a_huge_paste_is_refused_in_words(haunted: Browser) -> None:
    page = haunted.fill("/read", {"given": "word " * 100_000})
    assert page.status_code == 422
    assert "add it to the library as a file" in page.text
    assert haunted.fill("/read", {"given": "word " * 1_000_000}).status_code == 413


def test_thousands_of_fields_and_files_are_refused(haunted: Browser) -> None:
    fields = {f"f{n}": "x" for n in range(2_000)}
    assert haunted.fill("/read", fields).status_code == 400
    files = [("files", (f"{n}.txt", b"x")) for n in range(1_100)]
    assert haunted.fill("/add", page="/add", files=files).status_code == 400


def test_deep_json_is_no_fault(haunted: Browser) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    answer = haunted.post("/api/read", content=deep, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)


def test_an_unknown_method_and_a_web_socket_get_nothing(haunted: Browser) -> None:
    assert haunted.request("TRACE", "/").status_code in (403, 405)
    assert haunted.put("/api/articles").status_code == 405
    with pytest.raises(WebSocketDisconnect), haunted.websocket_connect("ws://127.0.0.1/"):
        pass


def test_ten_thousand_requests_leave_the_server_up(haunted: Browser) -> None:
    async def all_at_once() -> set[int]:
        async with AsyncClient(transport=ASGITransport(haunted.app), base_url=HERE) as client:
            statuses: set[int] = set()
            for _ in range(25):
                paths = ("/static/desk.css", "/read", "/nothing", "/api/jobs/x") * 100
                statuses |= {answer.status_code for answer in await asyncio.gather(*map(client.get, paths))}
            return statuses

    assert asyncio.run(all_at_once()) <= {200, 404, 429, 503}
    assert haunted.get("/read").status_code == 200


def test_a_text_that_ends_its_process_is_an_error_and_the_next_one_is_read(
    haunted: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "analysed", ended)
    answer = haunted.post("/api/read", json={"text": REPORT})
    assert answer.status_code == 500
    assert "its process ended" in answer.json()["detail"]
    monkeypatch.undo()
    assert haunted.post("/api/read", json={"text": REPORT}).status_code == 200


def ended(_: Asked) -> None:
    """What a text would do that kills the process that reads it."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_no_path_of_the_disk_is_told(haunted: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = haunted.app.state.desk  # type: ignore[attr-defined]

    def broken(*_: object) -> None:
        raise SaysoError(f"{desk.path}: the corpus cannot be read")

    monkeypatch.setattr(type(desk.library), "search", broken)
    for path in ("/", "/api/articles"):
        answer = haunted.get(path)
        assert answer.status_code == 422
        assert str(desk.path) not in answer.text
        assert "the library: the corpus cannot be read" in answer.text


def test_a_fault_of_ours_is_told_without_a_trace(haunted: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = haunted.app.state.desk  # type: ignore[attr-defined]
    monkeypatch.setattr(type(desk.library), "search", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):  # it goes to the log of the server
        haunted.get("/")
    quiet = Browser(haunted.app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    answer = quiet.get("/")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert "content-security-policy" in answer.headers
