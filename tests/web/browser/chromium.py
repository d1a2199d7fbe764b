"""Debian's Chromium for the browser tests: where it is, or why there is none. Playwright brings no browser of its own."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "there is no Chromium: the browser tests need the one of the system (apt install chromium), or SAYSO_CHROMIUM with "
    "its path"
)


def path() -> str | None:
    """The path of the system's Chromium, or None. SAYSO_CHROMIUM names another one."""
    named = os.environ.get("SAYSO_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def options() -> list[str]:
    """What Chromium is started with: root, as in a container, cannot have its sandbox; nothing calls home."""
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--disable-gpu",
    ]
    return [*quiet, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else quiet
