"""A page of the desk that is watched: what it asks for, what it complains of, what it lets run, how it stands."""

from dataclasses import dataclass, field
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

Scheme = Literal["light", "dark"]
NARROW, WIDE = 360, 1280
SERIOUS = {"serious", "critical"}
VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});"""


@dataclass
class Watched:
    """A browser's window, with everything that must not happen in it."""

    page: Page
    home: str
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        answer = self.page.goto(self.home + path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)

    def look(self, width: int, scheme: Scheme) -> None:
        """See the same page as a window of this width and in this scheme shows it."""
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.emulate_media(color_scheme=scheme)

    def check(self, only: str = "") -> None:
        """What holds on every screen, as it now is: no serious fault, nothing wider than the window.

        `only` is the one rule to be checked, where the others were checked already.
        """
        rules = {"runOnly": [only]} if only else {}
        found = Axe().run(self.page, options={"resultTypes": ["violations"], **rules}).response["violations"]
        faults = [(one["id"], one["impact"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]
        assert [fault for fault in faults if fault[1] in SERIOUS] == []
        self.stands()

    def stands(self) -> None:
        """Nothing is wider than the window, so that nobody has to scroll to the side; tables may in a box of theirs."""
        over = self.page.evaluate(
            """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
            [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
              .map((one) => one.outerHTML.slice(0, 120)).slice(0, 5).concat([document.scrollingElement.scrollWidth])"""
        )
        assert over == [], self.page.url

    def nothing_happened(self) -> None:
        """No dialog opened, nothing complained, and nothing was asked of anybody but the desk."""
        assert self.dialogs == []
        assert self.errors == []
        assert [url for url in self.asked if not url.startswith((self.home + "/", "data:", "blob:" + self.home))] == []


def watched(browser: Browser, home: str, width: int, scheme: Scheme = "light", **more: Any) -> Watched:
    """A new window on the desk at `home`, watched from its first page on."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, accept_downloads=True, **more
    )
    context.set_default_timeout(60_000)  # the first text waits until the models are loaded
    expect.set_options(timeout=40_000)
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    found = Watched(page, home)
    page.on("dialog", lambda dialog: (found.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda said: found.errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: found.errors.append(str(error)))
    context.on("request", lambda request: found.asked.append(request.url))
    return found
