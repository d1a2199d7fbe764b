"""The story screen over HTTP: the drawing, claims and their origins, two articles side by side."""

import asyncio
from pathlib import Path
from urllib.parse import quote

import pytest

from sayso.web.told import MOST, Told
from tests.web.desks import TOLD, Browser, desk, stocked

STORY = "/stories/a20240509"
CLAIM = f"According to Halna Wire, {TOLD[0].lower()}{TOLD[1:]}"


def test_a_mark_leads_to_its_article_beside_the_asked_one(browser: Browser) -> None:
    page = browser.get(STORY).text
    assert f'href="{STORY}/with/h20240506" data-article="h20240506"' in page
    assert browser.get(f"{STORY}/with/h20240506").status_code == 200


def test_two_articles_stand_side_by_side_whichever_is_named_first(browser: Browser) -> None:
    one, other = (browser.get(path).text for path in (f"{STORY}/with/h20240506", "/stories/h20240506/with/a20240509"))
    for page in (one, other):
        assert "<ins>Ships had to wait.</ins>" in page
        assert page.index("<bdi>Halna Wire</bdi>, 6 May 2024") < page.index("<bdi>Amber Post</bdi>, 9 May 2024")


def test_two_that_have_nothing_in_common_can_be_read_side_by_side_too(browser: Browser) -> None:
    page = browser.get(f"{STORY}/with/c20240601").text
    assert "They share no passage" in page
    assert "The bridge over the Ossel is closed until Friday" in page


def test_an_article_beside_itself_is_its_story(browser: Browser) -> None:
    answer = browser.get(f"{STORY}/with/a20240509", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, STORY)


def test_without_a_script_a_form_picks_any_two(browser: Browser) -> None:
    answer = browser.get(f"{STORY}/with?one=h20240506&other=c20240601", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/stories/h20240506/with/c20240601")
    assert f'action="{STORY}/with"' in browser.get(STORY).text


@pytest.mark.parametrize("other", ["//evil.example", "../../login", "\\evil.example", "a\r\nSet-Cookie: x=1"])
def test_a_picked_id_leads_nowhere_else(browser: Browser, other: str) -> None:
    answer = browser.get(f"{STORY}/with", params={"other": other}, follow_redirects=False)
    assert answer.headers["location"] == f"{STORY}/with/{quote(other, safe='')}"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path", [f"{STORY}/with/none", "/stories/none/with/a20240509", "/stories/none/origins?claim=a"]
)
def test_what_is_not_there_is_said_to_be_so(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_how_many_origins_a_claim_has_stands_on_the_page_once_it_was_counted(browser: Browser) -> None:
    assert "independent origin" not in browser.get("/stories/h20240506").text
    asked = f"/stories/h20240506/range?claim={quote(TOLD)}"
    assert browser.get(asked).json() == {"answer": "1 independent origin"}
    page = browser.get("/stories/h20240506").text
    assert "<strong>1 independent origin</strong>" in page
    assert "the port of Halna" in browser.get(f"/stories/h20240506/origins?claim={quote(TOLD)}").text


def test_who_is_behind_a_claim_can_be_drawn(browser: Browser) -> None:
    plain, drawn = (browser.get(path).text for path in (STORY, f"{STORY}?claim={quote(CLAIM)}"))
    assert 'class="lane root"' not in plain
    assert 'class="lane root"' in drawn


def test_a_story_is_traced_anew_when_the_corpus_has_changed() -> None:
    """Who asks twice gets what was told; a key of another state is asked for anew, and what failed as well."""
    asked: list[str] = []

    async def tell(name: str) -> str:
        asked.append(name)
        if name == "bad":
            raise ValueError(name)
        return name.upper()

    async def run() -> None:
        told = Told()
        both = await asyncio.gather(*(told.get(("a", 1), lambda: tell("a")) for _ in range(2)))
        assert both == ["A", "A"]
        assert await told.get(("a", 2), lambda: tell("a")) == "A"
        for _ in range(2):
            with pytest.raises(ValueError, match="bad"):
                await told.get("bad", lambda: tell("bad"))
        assert asked == ["a", "a", "bad", "bad"]
        assert told.has(("a", 1))
        for n in range(MOST):
            await told.get(n, lambda: tell("more"))
        assert not told.has(("a", 1))

    asyncio.run(run())


def test_origins_are_counted_anew_when_somebody_has_corrected(tmp_path: Path) -> None:
    with desk(stocked(tmp_path / "corpus")) as browser:
        browser.get(f"/stories/h20240506/range?claim={quote(TOLD)}")
        assert "<strong>1 independent origin</strong>" in browser.get("/stories/h20240506").text
        said = browser.get("/api/articles/h20240506").json()["attributions"][0]["id"]
        body = {"kind": "attribution", "action": "reject", "author": "Ada", "of": said}
        assert browser.post("/api/articles/h20240506/corrections", json=body).status_code == 201
        assert "independent origin" not in browser.get("/stories/h20240506").text
