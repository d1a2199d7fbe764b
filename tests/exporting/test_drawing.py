"""The drawing of a story as a picture by itself, and as data."""

import re
from pathlib import Path

import pytest
from lxml import etree

from sayso.exporting import FORMATS, Told
from sayso.exporting.drawing import ALONE, picture, style
from sayso.model import Story
from tests.exporting.readers import read
from tests.exporting.sample import TOLD
from tests.reporting.stories.hostile import EVIL_ORIGINS, EVIL_STORY
from tests.reporting.stories.sample import STORY, wire_story

SVG = "{http://www.w3.org/2000/svg}"
STORIES = [TOLD, Told(STORY), Told(wire_story(300)), Told(EVIL_STORY, EVIL_ORIGINS), Told(Story("gone", (), ()))]


def words(root: etree._Element, kind: str) -> list[str]:
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text") if each.get("class") == kind]


def test_every_outlet_has_its_row_and_every_sign_its_meaning() -> None:
    root = etree.fromstring(picture(TOLD).encode())
    assert words(root, "name") == [
        *("two port workers; nobody named", "Tallow Radio; not in the corpus", "Northern Wire; may be first"),
        *("blog.example; may be first", "Lowland Courier; asked about; 2 articles", "Mercia Gazette"),
    ]
    assert "a source that nobody names: there is nobody to ask" in words(root, "quiet")
    titles = ["".join(each.itertext()) for each in root.iter(f"{SVG}title")]
    assert titles[0] == "Fuel barge sinks off Tallow Point"
    assert any("Mercia Gazette" in title for title in titles[1:])


def test_of_many_outlets_the_groups_are_drawn_and_that_is_told() -> None:
    root = etree.fromstring(picture(Told(wire_story(300))).encode())
    assert len(words(root, "name")) < 10
    said = " ".join(words(root, "quiet"))
    assert "300 articles of 300 outlets" in said
    assert re.search(r"29\d outlets are drawn as groups", said)
    assert "Not drawn: 3 more articles that share less." in said


def test_one_article_is_no_drawing_and_that_is_told() -> None:
    root = etree.fromstring(picture(Told(Story("gone", (), ()))).encode())
    assert ALONE in words(root, "quiet")


@pytest.mark.parametrize("given", STORIES, ids=range(len(STORIES)))
def test_nothing_in_it_is_loaded_or_run_or_leads_anywhere(given: Told) -> None:
    made = picture(given)
    root = etree.fromstring(made.encode(), etree.XMLParser(resolve_entities=False))
    names = {etree.QName(each).localname for each in root.iter()}
    assert names <= {"svg", "title", "desc", "style", "rect", "text", "g", "line", "path", "circle", "clipPath"}
    for each in root.iter():
        assert {name for name in each.attrib if name.startswith("on") or "href" in name} == set()
    assert set(re.findall(r"url\(([^)]*)\)", made)) <= {"#row"}
    assert not re.search(r"@import|@font-face|var\(", made)


def test_it_has_the_pages_style_in_colours_that_every_program_knows() -> None:
    assert re.search(r"\.stated \.way \{ stroke: #[0-9a-f]{6}; stroke-width: 2; \}", style())
    assert ".copied .way { stroke-dasharray" in style()


def test_all_is_in_sight(tmp_path: Path) -> None:
    FORMATS["svg"].write(TOLD, tmp_path / "s.svg")
    root = read("svg", tmp_path / "s.svg")
    width, height = float(root.get("width")), float(root.get("height"))
    for each in root.findall(f"{SVG}text") + root.findall(f"{SVG}g/{SVG}text"):
        assert 0 < float(each.get("x")) < width
        assert 0 < float(each.get("y")) < height


def test_the_same_drawing_is_there_as_data(tmp_path: Path) -> None:
    FORMATS["json"].write(TOLD, tmp_path / "s.json")
    found = read("json", tmp_path / "s.json")
    assert found["schema"] == "sayso-story/1"
    assert [row["name"] for row in found["drawing"]["rows"]][2:] == [
        *("Northern Wire", "blog.example", "Lowland Courier", "Mercia Gazette"),
    ]
    assert found["origins"]["schema"] == "sayso-origins/1"
    assert all(0 <= mark["at"] <= 1 for row in found["drawing"]["rows"] for mark in row["marks"])
