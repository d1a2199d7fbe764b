"""Pages from templates: our own, and around those of the reports."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader

from sayso.exporting import FORMATS
from sayso.reporting import html
from sayso.web.desk import desk_of


def render(
    request: Request, template: str, context: Mapping[str, object] | None = None, *, status: int = 200, **more: object
) -> HTMLResponse:
    """A page from a template of `web/templates` (or `reporting/templates`), which knows `context` and `more`.

    Every template knows `path`, the address of the page, and `proof`, which each form has to send back.
    """
    desk = desk_of(request)
    known = {"path": request.url.path, "proof": desk.proof, "guarded": desk.token is not None}
    text = environment().get_template(template).render({**known, **(context or {}), **more})
    return HTMLResponse(text.encode("utf-8", "replace"), status)  # a text may hold what UTF-8 cannot


def warm() -> None:
    """Have the templates ready before anybody asks for a page."""
    for name in ("report.html", "library.html", "story.html"):
        environment().get_template(name)


@cache
def environment() -> Environment:
    """The templates of the desk before those of the reports."""
    made = html.environment(PackageLoader("sayso.web", "templates"))
    made.globals["formats"] = formats
    return made


def formats(of: Literal["analyses", "story"]) -> list[tuple[str, str]]:
    """The formats of reports or of stories, with what each is for.

    >>> [name for name, _ in formats("story")][:1]
    ['csv']
    """
    return [(name, one.about) for name, one in FORMATS.items() if of in one.of]
