"""The way of a fact-checker through the desk: paste, look, jump, correct, keep, search, follow, compare, take away."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.web.browser import reports
from tests.web.browser.conftest import Open
from tests.web.browser.watching import NARROW, WIDE, Scheme, Watched

LOOKS = [(width, scheme) for width in (NARROW, WIDE) for scheme in ("light", "dark")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_pasted_text_becomes_a_report_that_can_be_kept_and_found(opened: Open, width: int, scheme: Scheme) -> None:
    window = opened(width, scheme)
    page = window.page
    days = 100 + LOOKS.index((width, scheme))
    window.go("/")
    page.get_by_role("link", name="Read", exact=True).click()
    page.get_by_label("text of a report").fill(reports.PASTED.format(days))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What to look at first")).to_be_visible(timeout=60_000)
    window.check("color-contrast")

    _jump_from_the_first_finding(window)
    _layers(window)

    page.get_by_role("button", name="Add to the library").click()
    expect(page).to_have_url(re.compile("/articles/[0-9a-f]{16}$"))
    kept = page.url
    expect(page.get_by_role("button", name="Add to the library")).to_have_count(0)
    _correct_and_undo(window)

    page.get_by_role("navigation", name="Desk").get_by_role("link", name="Library").click()
    page.get_by_label("Words", exact=True).fill(f"closed for {days} days")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status").first).to_contain_text("1 article")
    page.locator(f'main a[href="{kept.removeprefix(window.home)}"]').first.click()
    expect(page.locator("#text")).to_contain_text(f"closed for {days} days")
    window.stands()


def _jump_from_the_first_finding(window: Watched) -> None:
    """From the first finding to its passage, which is then in sight and lit up."""
    page = window.page
    first = page.locator("#findings li").first
    expect(first.locator(".message")).not_to_be_empty()
    link = first.locator("a[href^='#']").first
    words = link.inner_text()
    link.click()
    lit = page.locator("#text .lit").first
    expect(lit).to_be_in_viewport()
    assert lit.inner_text().split()[0].strip("“”") in words


def _correct_and_undo(window: Watched) -> None:
    """A mark is rejected under a name, and that is taken back."""
    page = window.page
    notes = page.locator("#text li.note.l-who")
    before = notes.count()
    notes.first.evaluate("(one) => { for (let at = one; at; at = at.parentElement) at.open = true; }")
    notes.first.locator("summary").click()
    notes.first.get_by_role("button", name="Correct").click()
    form = page.locator("form.correct")
    form.get_by_label("Your name").fill("Ada Berg")
    form.get_by_role("button", name="It is not so").click()
    expect(page.locator("#corrections .log")).to_contain_text("Ada Berg")
    expect(notes).to_have_count(before - 1)
    page.locator("#corrections").get_by_role("button", name="Take back").click()
    expect(notes).to_have_count(before)


def _layers(window: Watched) -> None:
    """Each layer can be switched off and on again, and its marks with it."""
    page = window.page
    boxes = page.locator(".layers input[type=checkbox]")
    expect(boxes.first).to_be_visible()
    assert boxes.count() >= 5
    for box in boxes.all():
        shown = box.is_checked()
        marks = _drawn(page.locator("#text"))
        box.set_checked(not shown)
        changed = _drawn(page.locator("#text"))
        box.set_checked(shown)
        assert _drawn(page.locator("#text")) == marks
        name = box.get_attribute("id")
        assert changed != marks or page.locator(f"label:has(#{name}) .count").inner_text() == "0", name


def _drawn(text: Locator) -> str:
    """How the marks of the text are drawn now, as one string."""
    return str(
        text.evaluate(
            """(text) => [...text.querySelectorAll("*")].map((one) => { const style = getComputedStyle(one);
              return [style.display, style.borderBottom, style.backgroundColor, style.textDecoration,
                style.boxShadow, style.fontStyle, style.fontWeight, style.visibility].join(); }).join("|")"""
        )
    )


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_story_is_followed_and_two_of_it_are_read_side_by_side(
    opened: Open, ids: dict[str, str], width: int, scheme: Scheme
) -> None:
    window = opened(width, scheme)
    page = window.page
    window.go("/?text=bridge")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Old bridge falls into the Tarn"))
    row.get_by_role("link", name="story").first.click()
    expect(page).to_have_url(re.compile(f"/stories/{ids['first']}$"))
    for outlet in ("Ennerby Echo", "Harbour Ledger", "Amber Post"):
        expect(page.get_by_text(outlet).first).to_be_attached()
    window.stands()
    page.locator("a[href*='/with/']").first.click()
    expect(page).to_have_url(re.compile("/stories/[0-9a-f]{16}/with/[0-9a-f]{16}$"))
    expect(page.get_by_text(reports.BRIDGE[1][:40]).first).to_be_visible()
    window.check("color-contrast")


@pytest.mark.parametrize("path", ["/articles/{relayed}", "/stories/{first}"])
def test_everything_that_can_be_taken_away_comes_as_a_file(opened: Open, ids: dict[str, str], path: str) -> None:
    window = opened(WIDE)
    page = window.page
    window.go(path.format(**ids))
    page.get_by_text("Take it away").click()
    links = page.get_by_role("link").and_(page.locator("a[download]"))
    assert links.count() >= 4
    with page.expect_download() as coming:
        links.first.click()
    assert coming.value.path().stat().st_size > 100
    for link in links.all():
        answer = page.request.get(window.home + (link.get_attribute("href") or ""))
        assert answer.status == 200, (link.inner_text(), answer.text()[:300])
        assert answer.headers["content-disposition"].startswith("attachment"), link.inner_text()
        assert len(answer.body()) > 100


def test_the_whole_way_by_keyboard(opened: Open) -> None:
    window = opened(WIDE)
    page = window.page
    window.go("/read")
    expect(page.get_by_label("text of a report")).to_be_focused()
    page.keyboard.insert_text(reports.PASTED.format(42))
    _tab_to(window, page.get_by_role("button", name="Read it"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What to look at first")).to_be_visible(timeout=60_000)
    _tab_to(window, page.locator("#findings li a[href^='#']").first)
    page.keyboard.press("Enter")
    expect(page.locator("#text .lit").first).to_be_in_viewport()
    _tab_to(window, page.get_by_role("button", name="Add to the library"), back=True)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/articles/[0-9a-f]{16}$"))
    _tab_to(window, page.get_by_role("navigation", name="Desk").get_by_role("link", name="Library"))
    page.keyboard.press("Enter")
    _tab_to(window, page.get_by_label("Words", exact=True))
    page.keyboard.insert_text("harbour of Ennerby will stay closed for 42 days")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("1 article")


def _tab_to(window: Watched, place: Locator, *, back: bool = False) -> None:
    """Press Tab until the place has the focus, which is then in sight."""
    for _ in range(400):
        if place.evaluate("(one) => one === document.activeElement"):
            expect(place).to_be_in_viewport()
            return
        window.page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab does not come to {place}")


def test_files_are_added_and_told_of(opened: Open, tmp_path: Path) -> None:
    window = opened(NARROW)
    page = window.page
    added, empty = tmp_path / "added <b>.html", tmp_path / "empty.html"
    added.write_text(reports.PAGES["first"].replace("Ennerby", "Yarrowby"), "utf-8")
    empty.touch()
    window.go("/add")
    page.get_by_label("Files").set_input_files([added, empty])
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Done.")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("empty.html: it is empty")).to_be_visible()
    page.locator("main a[href^='/articles/']").first.click()
    expect(page.locator("h1").first).to_have_text("Old bridge falls into the Tarn")
    expect(page.locator("#text")).to_contain_text("Yarrowby")
