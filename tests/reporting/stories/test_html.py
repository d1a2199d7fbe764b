"""The pages of stories and origins: whole, valid, self-contained, and deaf to what articles say to them."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from markupsafe import escape

from sayso.model import Origins, Story
from sayso.reporting import html as report_html
from sayso.reporting.stories.html import origins_page, story_page

from ..test_html import Page, contrast
from .hostile import EVIL_ORIGINS, EVIL_STORY, WORDS
from .sample import ENTRIES, ORIGINS, STORY, wire_story

UNDATED = replace(
    STORY,
    first=(),
    entries=tuple(replace(e, earliest=None, latest=None, article=replace(e.article, published=None)) for e in ENTRIES),
)
PAGES = {
    "story": story_page(STORY),
    "evil story": story_page(EVIL_STORY),
    "wire story": story_page(wire_story(300)),
    "undated": story_page(UNDATED),
    "alone": story_page(Story("c0ffee01", ENTRIES[:1], ("c0ffee01",))),
    "nothing": story_page(Story("gone", (), ())),
    "origins": origins_page(ORIGINS),
    "evil origins": origins_page(EVIL_ORIGINS),
    "no origins": origins_page(Origins("a fire", 0, 0)),
}


@pytest.fixture(params=PAGES)
def written(request: pytest.FixtureRequest) -> str:
    return PAGES[request.param]


def test_every_link_leads_somewhere_and_no_anchor_is_there_twice(written: str) -> None:
    page = Page(written)
    ids = page.ids()
    assert len(ids) == len(set(ids))
    links = [attrs["href"] or "" for tag, attrs in page.elements if tag == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    for _, attrs in page.elements:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set((attrs.get(name) or "").split()) <= set(ids)


def test_the_pages_have_landmarks_and_headings_in_order(written: str) -> None:
    page = Page(written)
    tags = [tag for tag, _ in page.elements]
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert tags.count(landmark) == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all("aria-labelledby" in attrs for tag, attrs in page.elements if tag == "section")


def test_nothing_is_fetched_and_nothing_else_runs(written: str) -> None:
    page = Page(written)
    for tag, attrs in page.elements:
        assert tag not in {"link", "img", "iframe", "object", "embed", "form", "base", "foreignobject"}
        assert not [name for name in attrs if name.startswith("on") or name in {"src", "style", "srcset"}]
        assert tag != "a" or (attrs["href"] or "").startswith(("#", "https://"))
    assert not re.search(r"@import|url\(", written)
    assert [tag for tag, _ in page.elements].count("script") == 1
    [style], [script] = (
        re.findall(r"<style>(.*?)</style>", written, re.S),
        re.findall(r"<script>(.*?)</script>", written, re.S),
    )
    [policy] = [attrs["content"] for _, attrs in page.elements if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert policy == report_html.policy(style, script)
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["evil story", "evil origins"])
def test_hostile_words_stay_words(name: str) -> None:
    written = PAGES[name]
    assert "<img" not in written
    assert not set(written) & set("\u202e\x1b\ud800")
    body = written.partition("</style>")[2].partition("<script>")[0]
    assert str(escape(WORDS)) in body
    assert not [
        attrs for tag, attrs in Page(written).elements if tag == "b" or "javascript" in (attrs.get("href") or "")
    ]


def test_both_texts_are_whole_and_what_changed_is_marked_up() -> None:
    found = re.findall(r'<div class="side">.*?<p class="words" dir="auto">(.*?)</p></div>', PAGES["story"], re.S)
    texts = [re.sub(r"<[^>]+>", "", side) for side in found]
    assert "A fuel barge with 400 barrels on board has sunk off Tallow Point on Thursday night, officials say." in texts
    assert "A fuel barge with <del>an estimated 40</del> barrels on board <del>may have</del> sunk" in found[0]
    assert "A fuel barge with <ins>400</ins> barrels on board <ins>has</ins> sunk" in found[1]


def test_where_the_dates_do_not_tell_nothing_is_deleted_or_inserted() -> None:
    passages = PAGES["undated"].partition('<ol class="stretches">')[2].partition("</section>")[0]
    tags = set(re.findall(r"<(\w+)", passages))
    assert "mark" in tags
    assert not tags & {"del", "ins"}


def test_the_whole_article_is_there_letter_by_letter_with_its_passages() -> None:
    said = re.findall(r'<p class="said"[^>]*>(.*?)</p>', PAGES["story"], re.S)
    lines = [re.sub(r"<a .*?</a>|<[^>]+>", "", line) for line in said]
    assert lines == [line for line in ENTRIES[2].article.text.split("\n") if line]
    assert re.findall(r'<a class="ref" href="#s(\d)"', "".join(said)) == ["1", "2", "3"]


def test_all_articles_are_in_the_table_however_many() -> None:
    assert all(f"<bdi>Paper {n}</bdi>" in PAGES["wire story"] for n in range(1, 300))


def test_colours_can_be_read() -> None:
    style = report_html.asset("report.css") + report_html.asset("story.css")
    colours: dict[str, dict[str, str]] = {"light": {}, "dark": {}}
    for sheet in ("report.css", "story.css"):
        for shade, part in zip(colours, report_html.asset(sheet).split("@media (prefers-color", 1), strict=True):
            colours[shade] |= dict(re.findall(r"--([\w-]+): (#\w{6})", part))
    assert style.count("prefers-color") == 2
    for known in colours.values():
        for name in ("lost", "new", "differs"):
            assert contrast(known[name], known[f"{name}-tint"]) >= 4.5


def test_a_notebook_shows_both_in_a_frame_of_their_own() -> None:
    for given, written in ((STORY, PAGES["story"]), (ORIGINS, PAGES["origins"])):
        [(tag, attrs)] = Page(given._repr_html_()).elements  # type: ignore[attr-defined]
        assert (tag, attrs["sandbox"], attrs["srcdoc"]) == ("iframe", "allow-scripts", written)


def test_one_article_is_no_picture() -> None:
    assert 'id="picture"' not in PAGES["alone"]
    assert 'id="picture"' in PAGES["story"]
