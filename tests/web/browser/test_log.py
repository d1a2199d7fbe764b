"""Correcting a report in the browser: a person's word stands beside the machine's, and can be taken back."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.web.browser.conftest import Open
from tests.web.browser.watching import NARROW, WIDE, Scheme, Watched

LOOKS = [(NARROW, "light", "first"), (WIDE, "dark", "copy")]
WORD = "cracks"


def _log(page: Page) -> Locator:
    return page.locator("#corrections .log > li")


def _form(page: Page) -> Locator:
    return page.locator("form.correct").last


def _sign(page: Page, why: str) -> None:
    author = _form(page).get_by_label("Your name")
    if not author.input_value():
        author.fill("Ada <b>Byron</b>")
    _form(page).get_by_label("Why").fill(why)


def _notes(page: Page, layer: str) -> Locator:
    """The notes of a layer that can be corrected."""
    return page.locator(f"#text li.note.l-{layer}:has(button.begin)")


def _unfold(note: Locator) -> None:
    note.evaluate(
        "(one) => { for (let at = one; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true; }"
    )
    note.locator("summary").first.click()


@pytest.mark.parametrize(("width", "scheme", "name"), LOOKS)
def test_a_mark_is_rejected_and_that_is_taken_back(
    opened: Open, ids: dict[str, str], width: int, scheme: Scheme, name: str
) -> None:
    window = opened(width, scheme)
    page = window.page
    window.go(f"/articles/{ids[name]}")
    said, before = _log(page).count(), _notes(page, "times").count()
    assert before > 0
    _unfold(_notes(page, "times").first)
    _notes(page, "times").first.get_by_role("button", name="Correct").click()
    expect(_form(page)).to_be_visible()
    _sign(page, "That is no time.")
    window.check()
    _form(page).get_by_role("button", name="It is not so").click()
    expect(_log(page)).to_have_count(said + 1)
    expect(_log(page).nth(said)).to_contain_text("Ada <b>Byron</b>")
    expect(_notes(page, "times")).to_have_count(before - 1)
    window.stands()

    page.locator("#corrections [data-undo]").last.click()
    expect(_log(page)).to_have_count(said + 2)
    expect(_notes(page, "times")).to_have_count(before)


def test_a_form_takes_nothing_before_it_is_filled(opened: Open, ids: dict[str, str]) -> None:
    window = opened(WIDE)
    page = window.page
    window.go(f"/articles/{ids['relayed']}")
    held: list[Route] = []
    page.route("**/api/articles/*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    note = _notes(page, "times").first
    _unfold(note)
    note.get_by_role("button", name="Correct").click()
    expect(_form(page).get_by_role("button", name="Save")).to_be_disabled()
    expect(_form(page).get_by_label("Your name")).to_be_disabled()
    held[0].continue_()
    expect(_form(page).get_by_role("button", name="Save")).to_be_enabled()


def test_an_extent_is_changed_by_selecting_its_words(opened: Open, ids: dict[str, str]) -> None:
    window = opened(WIDE)
    page = window.page
    window.go(f"/articles/{ids['reworked']}")
    note = _notes(page, "who").first
    _unfold(note)
    note.get_by_role("button", name="Correct").click()
    expect(_form(page).locator(".quote").first).to_be_focused()  # only then everything stands where it stays
    said = _form(page).locator(".extent[data-part=content]")
    _select(window, WORD)
    said.locator(".quote").first.focus()
    said.get_by_role("button", name="Take the selection").click()
    expect(said.locator(".quote").first).to_have_value(WORD)
    _sign(page, "Only this.")
    _form(page).get_by_role("button", name="Save").click()
    expect(_log(page)).to_have_count(1)
    expect(_log(page)).to_contain_text("Ada <b>Byron</b>")
    answer = page.request.get(f"{window.home}/api/articles/{ids['reworked']}").json()
    spans = [span for said in answer["attributions"] for span in said["content"]["spans"]]
    assert WORD in [answer["text"][start:end] for start, end in spans]


def _select(window: Watched, word: str) -> None:
    """Select a word of the text with the mouse, as a person does."""
    place = window.page.evaluate(
        """(word) => { const all = document.createTreeWalker(document.querySelector("#text"), NodeFilter.SHOW_TEXT);
          while (all.nextNode()) { const at = all.currentNode.data.indexOf(word);
            if (at < 0 || all.currentNode.parentElement.closest(".notes, details, template, form")) continue;
            const range = document.createRange(); range.setStart(all.currentNode, at);
            range.setEnd(all.currentNode, at + word.length);
            range.startContainer.parentElement.scrollIntoView({block: "center"});
            const box = range.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2]; } }""",
        word,
    )
    window.page.mouse.dblclick(*place)
    assert window.page.evaluate("() => getSelection().toString().trim()") == word


def test_a_mark_that_was_missed_is_added(opened: Open, ids: dict[str, str]) -> None:
    window = opened(WIDE)
    page = window.page
    window.go(f"/articles/{ids['relayed']}")
    before = _notes(page, "words").count()
    _select(window, "explosives")
    page.get_by_label("Mark what was missed").select_option("wording")
    page.locator("#missed").get_by_role("button", name="Begin").click()
    expect(_form(page).locator(".quote").first).to_have_value("explosives")
    _sign(page, "It is loaded, too.")
    _form(page).get_by_role("button", name="Save").click()
    expect(_log(page)).to_have_count(1)
    expect(_notes(page, "words")).to_have_count(before + 1)


def test_keys_go_from_mark_to_mark_and_correct_by_keyboard(opened: Open, ids: dict[str, str]) -> None:
    window = opened(WIDE)
    page = window.page
    window.go(f"/articles/{ids['relayed']}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    window.check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.evaluate("() => document.activeElement.hash")
    page.keyboard.press("k")
    first = page.evaluate("() => document.activeElement.hash")
    assert re.match("#", first)
    assert first != second
    layers = page.locator(".layers input")
    for number in range(1, layers.count() + 1):
        page.keyboard.press(str(number))
        expect(layers.nth(number - 1)).not_to_be_checked()
        page.keyboard.press(str(number))
        expect(layers.nth(number - 1)).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(_form(page)).to_be_visible()
    page.wait_for_function("() => document.activeElement.closest('form.correct')")
    page.keyboard.type("jk2?")  # in a field, letters are letters
    expect(page.get_by_role("dialog")).to_be_hidden()
