"""Every screen of the desk stands: at both widths, in light and dark, by keyboard, and whatever is stored in it."""

import re
from collections.abc import Callable

import pytest

from tests.web.browser import reports
from tests.web.browser.conftest import Open
from tests.web.browser.watching import NARROW, WIDE, Watched

SCREENS = {
    "library": "/",
    "found": "/?text=bridge",
    "nothing found": "/?text=zeppelin",
    "read": "/read",
    "add": "/add",
    "jobs": "/jobs",
    "report": "/articles/{relayed}",
    "report from right to left": "/articles/{arabic}",
    "hostile report": "/articles/{hostile}",
    "story": "/stories/{first}",
    "hostile story": "/stories/{hostile}",
    "side by side": "/stories/{first}/with/{copy}",
}
every_screen = pytest.mark.parametrize("path", SCREENS.values(), ids=SCREENS.keys())


@every_screen
def test_no_serious_fault_and_nothing_too_wide(opened: Open, ids: dict[str, str], path: str) -> None:
    window = opened(NARROW)
    window.go(path.format(**ids))
    window.check()  # the other two looks have these colours and these widths; the main ways go through all four
    window.look(WIDE, "dark")
    window.check()


@pytest.mark.parametrize("name", ["report", "library", "story", "side by side"])
def test_dark_is_dark_and_light_is_light(opened: Open, ids: dict[str, str], name: str) -> None:
    window = opened(WIDE)
    window.go(SCREENS[name].format(**ids))
    assert _shade(window) > 200
    window.look(WIDE, "dark")
    assert _shade(window) < 60


def _shade(window: Watched) -> int:
    """How light the page's ground is, 0 to 255."""
    ground = window.page.evaluate(
        """() => { for (const one of [document.body, document.documentElement]) {
          const colour = getComputedStyle(one).backgroundColor; if (!/, 0\\)$|transparent/.test(colour)) return colour; }
          return matchMedia("(prefers-color-scheme: dark)").matches ? "rgb(0, 0, 0)" : "rgb(255, 255, 255)"; }"""
    )
    return max(int(part) for part in re.findall(r"\d+", ground)[:3])


@every_screen
def test_everything_is_reached_by_keyboard(opened: Open, ids: dict[str, str], path: str) -> None:
    window = opened(WIDE)
    window.go(path.format(**ids))
    left, unseen = _tabbed(window)
    assert left == []
    assert unseen == []


def _tabbed(window: Watched) -> tuple[list[str], list[str]]:
    """What Tab does not come to though it can be used, and what shows no mark when it has the focus."""
    page = window.page
    page.evaluate(
        """() => { window.left = new Set([...document.querySelectorAll(
          "a[href], button, input:not([type=hidden]), select, textarea, summary, [onclick], [role=button]")]
          .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled
            && !(one.type === "radio" && !one.checked)));
        window.unseen = []; window.seen = (one) => { const style = getComputedStyle(one);
          const box = one.closest("label") || one;
          return style.outlineStyle !== "none" || style.boxShadow !== "none" || box.matches(":focus-within:not(:focus)")
            && getComputedStyle(box).outlineStyle !== "none"; }; }"""
    )
    count = page.evaluate("() => left.size")
    for _ in range(count + 20):
        page.keyboard.press("Tab")
        if not page.evaluate(
            """() => { const at = document.activeElement; if (at && at !== document.body) {
              if (left.has(at) && !seen(at)) unseen.push(at.outerHTML.slice(0, 120)); left.delete(at); }
              return left.size; }"""
        ):
            break
    return (
        page.evaluate("() => [...left].map((one) => one.outerHTML.slice(0, 120))"),
        page.evaluate("() => unseen"),
    )


def test_a_report_from_right_to_left_stands_right(opened: Open, ids: dict[str, str]) -> None:
    window = opened(NARROW)
    window.go(SCREENS["report from right to left"].format(**ids))
    page = window.page
    title = page.locator("h1")
    assert title.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    told = page.locator("#text").get_by_text(reports.ARABIC[1][:30]).first
    assert told.evaluate("(one) => getComputedStyle(one.closest('p')).direction") == "rtl"
    edges = told.evaluate(
        """(one) => { const range = document.createRange(); const p = one.closest("p"); range.selectNodeContents(p);
          const [box, words] = [p.getBoundingClientRect(), [...range.getClientRects()]];
          return [box.right - Math.max(...words.map((line) => line.right)), words.at(-1).left - box.left]; }"""
    )
    assert edges[0] < 3  # its lines begin at the right
    assert page.get_by_role("navigation").first.evaluate("(one) => getComputedStyle(one).direction") == "ltr"


@pytest.mark.parametrize("name", ["library", "hostile report", "hostile story"])
def test_stored_scripts_are_words_and_nothing_else(opened: Open, ids: dict[str, str], name: str) -> None:
    window = opened(WIDE)
    window.go(SCREENS[name].format(**ids))
    page = window.page
    assert page.get_by_text("alert('stored')").count() > 0
    page.wait_for_timeout(200)  # an image that is not there would have told by now
    assert page.locator("img[src=x], script:not([src])").count() == 0
    for place in page.get_by_text("onmouseover").all()[:5]:
        if place.is_visible():
            place.hover()


def test_a_hostile_search_is_words_and_nothing_else(opened: Open) -> None:
    window = opened(WIDE)
    window.go("/?text=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&outlet=%27%22%3E%3Cimg+src=x+onerror=alert(1)%3E")
    assert window.page.locator("img, script:not([src])").count() == 0


@pytest.mark.parametrize("name", ["report", "story", "library"])
def test_a_screen_works_without_scripts(opened: Open, ids: dict[str, str], name: str) -> None:
    window = opened(WIDE, java_script_enabled=False)
    window.go(SCREENS[name].format(**ids))
    assert window.page.locator("h1").inner_text()
    assert window.page.locator("main a[href]").count() > 1


def test_a_printed_report_has_no_controls(opened: Open, ids: dict[str, str]) -> None:
    window = opened(WIDE)
    window.go(SCREENS["report"].format(**ids))
    window.page.emulate_media(media="print")
    seen: Callable[[str], int] = lambda what: sum(one.is_visible() for one in window.page.locator(what).all())  # noqa: E731
    assert seen("button") == 0
    assert seen("nav") == 0
    assert seen("#text p") > 3
