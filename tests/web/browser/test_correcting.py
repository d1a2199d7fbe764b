"""Correcting a report in the browser: by mouse, by keyboard, in texts with letters outside of the first plane."""

import json
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.browser.conftest import Open
from tests.web.browser.watching import NARROW, WIDE, Watched

SELECT = """([first, last]) => {
  const walker = document.createTreeWalker(document.querySelector("#text"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest("[data-start]")) continue;
    const at = node.data.indexOf(first);
    if (at >= 0 && range.collapsed && !range.started) { range.setStart(node, at); range.started = true; }
    const end = range.started ? node.data.indexOf(last) : -1;
    if (end >= 0) { range.setEnd(node, end + last.length); break; }
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def _known(window: Watched, id: str, path: str = "") -> Any:
    with urlopen(Request(f"{window.home}/api/articles/{id}{path}")) as answer:
        return json.load(answer)


def _words(found: dict[str, Any], spans: list[list[int]]) -> list[str]:
    return [found["text"][start:end] for start, end in spans]


def _form(page: Page, label: str) -> Locator:
    """Open the form of the note whose label begins so."""
    note = page.locator("li.note", has=page.locator("summary bdi", has_text=label)).first
    note.evaluate(
        "(one) => { for (let at = one; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true; }"
    )
    note.locator("summary").click()
    note.get_by_role("button", name="Correct").click()
    form = note.locator("form.correct")
    expect(form.locator(".quote").first).to_be_visible()
    return form


def _save(form: Locator, button: str = "Save", who: str = "Ada Berg") -> None:
    form.get_by_label("Your name").fill(who)
    page = form.page
    with page.expect_navigation():
        form.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#corrections")).to_be_attached()


@pytest.fixture
def report(opened: Open, ids: dict[str, str]) -> tuple[Watched, str]:
    window = opened(WIDE)
    window.go(f"/articles/{ids['astral']}")
    return window, ids["astral"]


def test_an_extent_is_what_was_selected_also_behind_letters_that_are_two_to_a_browser(
    report: tuple[Watched, str],
) -> None:
    window, id = report
    form = _form(window.page, "Jonas Falk: “said”")
    window.page.evaluate(SELECT, ["of Karsu", "will hold"])
    form.locator("[data-part=content] .take").click()
    expect(form.locator("[data-part=content] .quote")).to_have_value("of Karsu 😀😀 will hold")
    _save(form)
    found = _known(window, id)
    [said] = [a for a in found["attributions"] if _words(found, a["content"]["spans"]) == ["of Karsu 😀😀 will hold"]]
    assert any("changed by Ada Berg" in reason for reason in said["reasons"])
    tag = window.page.locator("li.note", has_text="a person's word").first
    expect(tag).to_be_visible()


def test_an_extent_can_be_typed_and_what_is_not_in_the_text_is_told(report: tuple[Watched, str]) -> None:
    window, id = report
    form = _form(window.page, "Ada Berg: “said”")
    quote = form.locator("[data-part=content] .quote").first
    quote.fill("It will for ever last")
    form.get_by_label("Your name").fill("Ben")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_role("alert")).to_contain_text("does not stand in the text")
    quote.fill("𝐰𝐢𝐥𝐥 … winter")
    _save(form, who="Ben")
    found = _known(window, id)
    assert ["𝐰𝐢𝐥𝐥 not last the winter"] in [_words(found, a["content"]["spans"]) for a in found["attributions"]]


def test_rejected_by_keyboard_alone_and_taken_back(report: tuple[Watched, str]) -> None:
    window, id = report
    page = window.page
    before = _known(window, id)["attributions"]
    page.keyboard.press("j")
    while "officials" not in (page.evaluate("document.activeElement.getAttribute('aria-label')") or ""):
        page.keyboard.press("j")
    page.keyboard.press("e")
    form = page.locator("form.correct")
    expect(form.locator(".quote").first).to_be_focused()
    form.get_by_label("Your name").focus()
    page.keyboard.type("Ada")
    reject = form.get_by_role("button", name="It is not so")
    reject.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#corrections li.rejected")).to_have_count(1)
    assert len(_known(window, id)["attributions"]) == len(before) - 1
    assert page.evaluate("localStorage.getItem('sayso-author')") == "Ada"
    with page.expect_navigation():
        page.locator("#corrections li.rejected button").click()
    expect(page.locator("#corrections li.rejected")).to_have_count(0)
    assert _known(window, id)["attributions"] == before


def test_who_was_missed_is_added_with_somebody_new(report: tuple[Watched, str]) -> None:
    window, id = report
    page = window.page
    page.evaluate(SELECT, ["the gates", "stay open"])
    page.keyboard.press("m")
    page.locator("#missed").get_by_role("button", name="Begin").click()
    form = page.locator("#missed form.correct")
    expect(form.locator("[data-part=content] .quote")).to_have_value("the gates stay open")
    form.locator("[data-part=cue] .more").click()
    form.locator("[data-part=cue] .quote").last.fill("disagreed")
    form.get_by_label("Who that is").select_option(label="somebody else, who is not in the list")
    form.get_by_label("Who, then").fill("The gatekeeper 😀")
    _save(form)
    found = _known(window, id)
    [new] = [actor for actor in found["actors"] if actor["name"] == "The gatekeeper 😀"]
    assert new["id"] in [said["source"]["actor"] for said in found["attributions"]]
    assert new["id"] in [link["actor"] for chain in found["chains"] for link in chain["links"]]


def test_two_actors_are_made_one(report: tuple[Watched, str]) -> None:
    window, id = report
    page = window.page
    actor = page.locator(".actor", has_text="officials").first
    actor.get_by_role("button", name="Correct").click()
    form = actor.locator("form.correct")
    expect(form.get_by_label("Name", exact=True)).to_have_value("officials")
    form.get_by_label("The same as").select_option(index=1)
    _save(form, "Make one of both")
    assert "officials" not in [each["name"] for each in _known(window, id)["actors"]]


def test_who_corrected_meanwhile_is_not_overwritten(report: tuple[Watched, str]) -> None:
    window, id = report
    form = _form(window.page, "Ada Berg: “said”")
    key = _known(window, id)["times"][0]["id"]
    body = {"kind": "time", "action": "accept", "author": "Eve", "of": key}
    asked = Request(
        f"{window.home}/api/articles/{id}/corrections", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    urlopen(asked).close()
    form.get_by_label("Your name").fill("Ada")
    form.get_by_role("button", name="It is so").click()
    expect(form.get_by_role("alert")).to_contain_text("Somebody corrected this report meanwhile")
    window.errors.clear()  # the browser notes the answer 409


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_forms_have_no_serious_fault(opened: Open, ids: dict[str, str], width: int) -> None:
    window = opened(width)
    window.go(f"/articles/{ids['relayed']}")
    page = window.page
    for host in (page.locator(".note.l-who"), page.locator(".note.l-times"), page.locator(".note.l-words")):
        one = host.first
        one.evaluate(
            "(one) => { for (let at = one; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true; }"
        )
        one.locator("details").first.evaluate("(one) => { one.open = true; }")
        one.get_by_role("button", name="Correct").click()
        expect(one.locator("form.correct .quote").first).to_be_visible()
    page.locator(".actor").first.get_by_role("button", name="Correct").click()
    window.check()
    window.look(width, "dark")
    window.check("color-contrast")


def test_the_keys_are_listed_and_can_be_switched_off(opened: Open, ids: dict[str, str]) -> None:
    window = opened(WIDE)
    window.go(f"/articles/{ids['relayed']}")
    page = window.page
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Keys of one letter are on").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("1")
    expect(page.locator("#show-who")).to_be_checked()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Keys of one letter are on").check()
    page.keyboard.press("Escape")
    for number, layer in enumerate(("who", "chains", "times", "words", "claims", "actors"), 1):
        page.keyboard.press(str(number))
        expect(page.locator(f"#show-{layer}")).not_to_be_checked()
    expect(page.locator("a.way").first).to_be_hidden()
