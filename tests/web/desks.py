"""A desk with a few invented reports, and how a browser asks it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from sayso import pipeline
from sayso.corpus.store import Corpus
from sayso.model import Article
from sayso.web.analysts import Analysts
from sayso.web.app import app

HERE = "http://127.0.0.1"
TOLD = "Divers found the cable of the old harbour cut in two places on Monday, the port of Halna said in a statement."
REPORT = f"HALNA, 6 May 2024 – {TOLD} “Nobody was hurt,” said Ada Ferro, who leads the port authority."
TEXTS = {
    (
        "Halna Wire",
        "2024-05-06",
        "Cable cut",
    ): f"{TOLD} “Nobody was hurt,” said Ada Ferro, who leads the port authority.",
    (
        "Amber Post",
        "2024-05-09",
        "A cable, cut",
    ): f"According to Halna Wire, {TOLD[0].lower()}{TOLD[1:]} Ships had to wait.",
    ("Coast Daily", "2024-06-01", "Bridge closed"): "The bridge over the Ossel is closed until Friday, officials said.",
}


def report(outlet: str, day: str, title: str, text: str) -> Article:
    id = f"{outlet[0].lower()}{day.replace('-', '')}"
    return Article(
        id, f"{id}.txt", text, id, f"{day}T12:00:00Z", "text/plain",
        outlet=outlet, published=day, title=title, language="en",
    )  # fmt: skip


def stocked(path: Path) -> Path:
    """A corpus with the invented reports."""
    corpus = Corpus(path)
    corpus.add(report(*about, text) for about, text in TEXTS.items())
    pipeline.library(path)
    return path


class Browser(TestClient):
    """A client that sends forms as a browser does: with the proof that stood on the page."""

    def fill(self, action: str, fields: dict[str, str] | None = None, page: str = "/read", **more: Any) -> Response:
        """Load a page, and send a form of it."""
        return self.post(action, data={"proof": self.proof(page), **(fields or {})}, **more)

    def proof(self, page: str = "/read") -> str:
        found = re.search(r'name="proof" value="([^"]+)"', self.get(page).text)
        assert found, page
        return found[1]


@contextmanager
def desk(path: Path, **options: Any) -> Iterator[Browser]:
    """A desk that is open, with one process to analyse."""
    with Browser(app(path, analysts=Analysts(1), **options), base_url=HERE) as browser:
        yield browser
