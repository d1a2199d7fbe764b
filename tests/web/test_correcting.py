"""Correcting over REST: what a person says is kept and shown, what makes no sense is told, nothing is lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app as command
from tests.web.desks import Browser, desk, stocked

CABLE = "h20240506"


@pytest.fixture
def at(browser: Browser) -> str:
    """The address of the corrections of an article, whose log is as the test before left it."""
    assert browser.get(f"/articles/{CABLE}").status_code == 200
    return f"/api/articles/{CABLE}/corrections"


def _article(browser: Browser) -> dict[str, Any]:
    found: dict[str, Any] = browser.get(f"/api/articles/{CABLE}").json()
    return found


def _said(found: dict[str, Any], words: str) -> dict[str, Any]:
    """The statement whose words of saying are these."""
    said = [a for a in found["attributions"] if words in [found["text"][s:e] for s, e in a["cue"]["spans"]]]
    return dict(said[-1])


def test_a_change_is_shown_everywhere_with_whose_word_it_is_and_can_be_taken_back(browser: Browser, at: str) -> None:
    before = _article(browser)
    said = _said(before, "said")
    start = before["text"].index("was hurt")
    body = {
        "kind": "attribution",
        "action": "change",
        "author": "Ada <b>Berg</b>",
        "of": said["id"],
        "person": {"content": {"spans": [[start, start + 8]]}},
        "note": "only this",
    }
    answer = browser.post(at, json=body)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["author"], made["version"] != "", made["machine"]["id"]) == ("Ada <b>Berg</b>", True, said["id"])
    now = _said(_article(browser), "said")
    assert now["content"]["spans"] == [[start, start + 8]]
    assert any(made["id"] in reason and "only this" in reason for reason in now["reasons"])
    page = browser.get(f"/articles/{CABLE}").text
    assert "Ada &lt;b&gt;Berg&lt;/b&gt;" in page
    assert "<b>Berg" not in page
    assert [line["state"] for line in browser.get(at).json()] == ["stands"]

    assert browser.post(f"{at}/{made['id']}/undo", json={"author": "Ben"}).status_code == 201
    assert _article(browser) == before
    assert [line["state"] for line in browser.get(at).json()] == ["undone", "undoes"]
    again = browser.post(f"{at}/{made['id']}/undo", json={"author": "Ben"})
    assert (again.status_code, "taken back already" in again.json()["detail"]) == (409, True)


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        ({"action": "reject", "of": "none"}, 422, 'there is no attribution "none"'),
        ({"action": "reject"}, 422, "needs reading of the machine"),
        ({"action": "change", "of": "a1", "person": {}}, 422, "nothing is changed"),
        ({"action": "change", "of": "a1", "person": {"content": {"spans": [[0, 10**6]]}}}, 422, "no stretch of a text"),
        ({"action": "change", "of": "a1", "person": {"source": {"actor": "x99"}}}, 422, "no actor or statement 'x99'"),
        ({"action": "change", "of": "a1", "person": {"colour": "red"}}, 422, "colour"),
        ({"action": "merge", "of": "a1", "into": "a1"}, 422, "only actors can be merged"),
        ({"action": "accept", "of": "a1", "author": "  "}, 422, "author"),
        ({"action": "accept", "of": "a1", "seen": 99}, 409, "Somebody corrected this report meanwhile"),
        ({"action": "erase", "of": "a1"}, 422, "action"),
        ({"action": "add", "person": {"content": {"spans": []}}}, 422, "has no words"),
    ],
)
def test_what_makes_no_sense_is_told_and_not_kept(
    browser: Browser, at: str, body: dict[str, Any], status: int, problem: str
) -> None:
    before = browser.get(at).json()
    answer = browser.post(at, json={"kind": "attribution", "author": "Ada", **body})
    assert (answer.status_code, problem in answer.json()["detail"]) == (status, True), answer.json()
    assert browser.get(at).json() == before


def test_what_is_not_there_is_told(browser: Browser, at: str) -> None:
    assert browser.get("/api/articles/none/corrections").status_code == 404
    accept = {"kind": "time", "action": "accept", "author": "Ada", "of": "t1"}
    assert browser.post("/api/articles/none/corrections", json=accept).status_code == 404
    assert browser.post(f"{at}/none/undo", json={"author": "Ada"}).status_code == 404


def test_a_page_of_another_site_corrects_nothing(browser: Browser, at: str) -> None:
    body = json.dumps({"kind": "attribution", "action": "reject", "author": "Eve", "of": "a1"})
    before = browser.get(at).json()
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        sent = browser.post(at, content=body, headers={"content-type": "application/json", **headers})
        assert sent.status_code == 403
    assert browser.post(at, content=body, headers={"content-type": "text/plain"}).status_code == 422
    assert browser.get(at).json() == before


def test_what_people_corrected_is_training_data(tmp_path: Path) -> None:
    corpus = stocked(tmp_path / "corpus")
    with desk(corpus) as browser:
        at = f"/api/articles/{CABLE}/corrections"
        found = _article(browser)
        key = _said(found, "said")["id"]
        accepted = browser.post(at, json={"kind": "attribution", "action": "accept", "author": "Ada", "of": key}).json()
        actor = next(a["id"] for a in found["actors"] if a["name"] == "Ada Ferro")
        browser.post(at, json={"kind": "actor", "action": "reject", "author": "Ada", "of": actor})
        taken = browser.post(at, json={"kind": "attribution", "action": "reject", "author": "Eve", "of": key}).json()
        browser.post(f"{at}/{taken['id']}/undo", json={"author": "Ada"})
        lines = [json.loads(line) for line in browser.get("/api/corrections").text.splitlines()]
    assert lines[0]["id"] == accepted["id"]
    assert [(line["kind"], line["action"]) for line in lines] == [("attribution", "accept"), ("actor", "reject")]
    assert lines[0]["person"] == lines[0]["machine"]
    assert lines[1]["person"] is None
    assert all(line["text"][s:e] == words for line in lines for s, e, words in line["machine"]["words"])

    told = CliRunner().invoke(command, ["corrections", str(corpus), "--json"])
    assert [json.loads(line) for line in told.stdout.splitlines()] == lines
    told = CliRunner().invoke(command, ["corrections", str(corpus)])
    assert [line.endswith("(taken back)") for line in told.stdout.splitlines()] == [False, False, True, False]
