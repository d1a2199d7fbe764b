"""The main ways through the desk, as somebody without JavaScript goes them."""

import re
import time
from pathlib import Path

import pytest
from httpx2 import Response

from sayso.corpus import folder
from tests.web.desks import REPORT, TEXTS, Browser, desk, stocked

UNSURE = (
    "HALNA, 7 May 2024 – The old mill burned down on Monday, officials said. “It was arson,” said Ben Orlo, a fireman."
)


def ended(browser: Browser, job: Response) -> Response:
    """The page of a lot as it is when the lot has ended."""
    until = time.monotonic() + 120
    while "http-equiv" in (page := browser.get(job.url.path)).text:
        assert time.monotonic() < until, page.text
        time.sleep(0.2)
    return page


def test_a_pasted_report_is_shown_and_not_stored(browser: Browser) -> None:
    before = browser.get("/api/articles").json()["total"]
    page = browser.fill("/read", {"given": REPORT})
    assert page.url.path.startswith("/read/")
    assert "Ada Ferro" in page.text
    assert "What to look at first" in page.text
    assert browser.get("/api/articles").json()["total"] == before


def test_a_report_that_is_not_stored_has_a_name_nobody_can_guess(browser: Browser) -> None:
    one, other = (browser.fill("/read", {"given": REPORT}).url.path for _ in range(2))
    assert one != other
    assert len(one.rpartition("/")[2]) >= 16
    assert browser.get("/read/abc").status_code == 404


def test_a_button_adds_what_was_pasted(browser: Browser) -> None:
    page = browser.fill("/read", {"given": UNSURE})
    added = browser.fill(f"{page.url.path}/add")
    if added.url.path.startswith("/jobs/"):
        added = browser.get(re.findall(r'href="(/articles/\w+)"', ended(browser, added).text)[0])
    assert added.url.path.startswith("/articles/")
    assert "Ben Orlo" in added.text
    assert browser.get("/api/articles", params={"text": "mill arson"}).json()["total"] == 1


def test_nothing_pasted_is_told(browser: Browser) -> None:
    page = browser.fill("/read", {"given": "  "})
    assert page.status_code == 422
    assert "paste the text" in page.text


def test_a_text_that_is_not_english_is_shown_with_the_reason(browser: Browser) -> None:
    german = "Der Minister sagte am Montag, die Straße zum Hafen sei wieder offen und niemand sei verletzt worden. " * 3
    assert "not English" in browser.fill("/read", {"given": german}).text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Bridge closed", "A cable, cut", "Cable cut"]),
        ("?order=oldest", ["Cable cut", "A cable, cut", "Bridge closed"]),
        ("?text=harbour", ["A cable, cut", "Cable cut"]),
        ("?text=harbour&outlet=Halna Wire", ["Cable cut"]),
        ("?earliest=2024-05-09&latest=2024-05-31", ["A cable, cut"]),
        ("?text=nothing-like-it", []),
    ],
)
def test_the_library_finds_what_is_asked(browser: Browser, query: str, titles: list[str]) -> None:
    page = browser.get(f"/{query}").text
    shown = re.findall(r"<h2><a [^>]+>([^<]+)</a>", page)
    assert [title for title in shown if title in {title for _, _, title in TEXTS}] == titles


@pytest.mark.parametrize("query", ["?earliest=yesterday", "?latest=2024-13-01"])
def test_a_day_that_is_none_is_told_with_what_was_given(browser: Browser, query: str) -> None:
    page = browser.get(f"/{query}")
    assert page.status_code == 422
    assert "is no day" in page.text


def test_an_article_opens_with_its_report(browser: Browser) -> None:
    page = browser.get("/articles/h20240506").text
    assert "Cable cut" in page
    assert "Ada Ferro" in page


def test_a_story_shows_who_has_it_from_whom(browser: Browser) -> None:
    page = browser.get("/stories/a20240509").text
    assert "Halna Wire" in page
    assert "Who has it from whom" in page


@pytest.mark.parametrize("path", ["/articles/none", "/stories/none", "/articles/none/remove", "/jobs/none", "/nothing"])
def test_what_is_not_there_is_told(browser: Browser, path: str) -> None:
    page = browser.get(path)
    assert page.status_code == 404
    assert "<h1>" in page.text


def test_files_are_added_and_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    page = f"<html><head><title>The mill</title></head><body><article><p>{UNSURE}</p><p>{REPORT}</p></article></body></html>"
    files = [("files", ("mill.html", page.encode())), ("files", ("cut off.pdf", b"%PDF-1.7\n%broken"))]
    with desk(tmp_path / "corpus") as browser:
        lot = ended(browser, browser.fill("/add", page="/add", files=files))
        assert "cut off.pdf" in lot.text
        [there] = re.findall(r'href="(/articles/\w+)"', lot.text)
        shown = browser.get(there)
        assert "Ben Orlo" in shown.text
        assert str(tmp_path) not in shown.text + lot.text
        found = browser.get(f"/api{there}").json()
        assert found["input"] == "mill.html"
        removed = browser.fill(f"{there}/remove", page=f"{there}/remove")
        assert removed.url.path == "/"
        assert browser.get(there).status_code == 404
        assert browser.get("/api/articles").json()["total"] == 0


def test_a_table_is_many_articles_in_one_file(tmp_path: Path) -> None:
    rows = "\n".join(
        f'"Fire {n}","Officials said on Monday that fire {n} was out.","Halna Wire","2024-05-{n:02}"'
        for n in range(1, 21)
    )
    with desk(tmp_path / "corpus") as browser:
        lot = browser.fill(
            "/add", page="/add", files=[("files", ("fires.csv", f"title,text,outlet,date\n{rows}".encode()))]
        )
        assert "fires.csv" in lot.text
        ended(browser, lot)
        assert browser.get("/api/articles", params={"outlet": "Halna Wire"}).json()["total"] == 20


def test_a_lot_of_files_does_not_hold_up_another(tmp_path: Path) -> None:
    many = [
        ("files", (f"{n}.txt", f"Officials said on Monday that fire {n} was out. {REPORT}".encode())) for n in range(60)
    ]
    with desk(tmp_path / "corpus") as browser:
        long = browser.fill("/add", page="/add", files=many)
        short = browser.fill("/add", page="/add", files=[("files", ("mill.txt", UNSURE.encode()))])
        ended(browser, short)
        gone, of = re.findall(r"(\d+) of (\d+) inputs", browser.get(long.url.path).text)[-1]
        assert int(gone) < int(of) == 60
        stopped = browser.fill(f"{long.url.path}/stop", page="/add")
        assert "Stopped" in stopped.text


def test_a_lot_waits_for_another_process_that_writes(tmp_path: Path) -> None:
    with desk(stocked(tmp_path / "corpus")) as browser:
        with folder.writer(tmp_path / "corpus"):
            lot = browser.fill("/add", page="/add", files=[("files", ("mill.txt", UNSURE.encode()))])
            until = time.monotonic() + 120
            while "another process is writing" not in browser.get(lot.url.path).text:
                assert time.monotonic() < until
                time.sleep(0.2)
            refused = browser.delete("/api/articles/h20240506")
            assert refused.status_code == 503
            assert "another process is writing" in refused.json()["detail"]
        assert "Done." in ended(browser, lot).text
        assert browser.delete("/api/articles/h20240506").status_code == 204


def test_nothing_to_add_is_told(browser: Browser) -> None:
    assert "give an address, or choose a file" in browser.fill("/add", {"addresses": " "}, page="/add").text


@pytest.mark.parametrize("format", ["json", "csv", "annotations", "gexf"])
def test_a_report_is_taken_away_as_a_file(browser: Browser, format: str) -> None:
    answer = browser.get(f"/api/exports/{format}", params={"article": "h20240506"})
    assert answer.status_code == 200
    assert re.fullmatch(r'attachment; filename="sayso-h20240506\.[a-z]+"', answer.headers["content-disposition"])
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.content


def test_a_story_and_what_is_not_stored_are_taken_away_too(browser: Browser) -> None:
    story = browser.get("/api/exports/json", params={"story": "a20240509"})
    assert "Halna Wire" in story.text
    name = browser.fill("/read", {"given": REPORT}).url.path.rpartition("/")[2]
    assert "Ada Ferro" in browser.get("/api/exports/json", params={"reading": name}).text


@pytest.mark.parametrize(
    ("query", "status"),
    [("article=none", 404), ("story=none", 404), ("reading=none", 404), ("earliest=x", 422)],
)
def test_an_export_of_nothing_is_told(browser: Browser, query: str, status: int) -> None:
    assert browser.get(f"/api/exports/json?{query}").status_code == status


def test_every_page_offers_only_formats_that_work(browser: Browser) -> None:
    for page in ("/articles/h20240506", "/stories/a20240509"):
        links = re.findall(r'href="(/api/exports/[^"]+)" download', browser.get(page).text)
        assert len(links) >= 3
        assert [browser.get(link.replace("&amp;", "&")).status_code for link in links] == [200] * len(links)
