"""Addresses that are pasted: a page is read; where it leads inside, or does not answer, that is told."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sayso.reading import fetch
from tests.web.desks import REPORT, Browser

PAGE = f"<html><head><title>The cable</title></head><body><article><h1>The cable</h1><p>{REPORT}</p></article></body></html>"


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/inside":
            self.send_response(302)
            self.send_header("location", "http://127.0.0.2/secret")
            self.end_headers()
            return
        self.send_response(200 if self.path == "/page" else 404)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _one_address_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "is_public", lambda address: address == "127.0.0.1")


def test_a_page_is_read_by_its_address(browser: Browser, elsewhere: str) -> None:
    page = browser.fill("/read", {"given": f" {elsewhere}/page\n"})
    assert page.url.path.startswith("/read/")
    assert "Ada Ferro" in page.text
    assert browser.post("/api/read", json={"address": f"{elsewhere}/page"}).json()["title"] == "The cable"


@pytest.mark.parametrize(("path", "told"), [("/inside", "127.0.0.2"), ("/gone", "404")])
def test_what_cannot_be_fetched_is_told(browser: Browser, elsewhere: str, path: str, told: str) -> None:
    page = browser.fill("/read", {"given": elsewhere + path})
    assert page.status_code == 422
    assert told in page.text
    answer = browser.post("/api/read", json={"address": elsewhere + path})
    assert answer.status_code == 422
    assert told in answer.json()["detail"]


def test_a_name_that_leads_inside_is_refused(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_addresses", lambda *_: ["127.0.0.1", "10.0.0.7"])
    answer = browser.post("/api/read", json={"address": "http://news.example/a"})
    assert "10.0.0.7" in answer.json()["detail"]
