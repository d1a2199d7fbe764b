"""Style sheets and scripts: those of the reports' pages and our own, each known by name."""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from sayso.reporting import html

router = APIRouter(prefix="/static", include_in_schema=False)
REPORTS = frozenset({"report.css", "report.js", "story.css"})
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@router.get("/{name}")
def asset(name: str, request: Request) -> Response:
    """A style sheet, a script or a picture. Only names that are on the list lead anywhere."""
    if name not in known():
        raise HTTPException(404, "Nothing is found at this address.")
    text, mark = _loaded(name)
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers={"etag": mark})
    return Response(text, media_type=TYPES[name.rpartition(".")[2]], headers={"etag": mark})


@cache
def known() -> frozenset[str]:
    """The names that there are.

    >>> "report.css" in known(), "desk.css" in known(), "../app.py" in known()
    (True, True, False)
    """
    own = (file.name for file in files("sayso.web").joinpath("static").iterdir())
    return REPORTS | {name for name in own if name.rpartition(".")[2] in TYPES}


@cache
def _loaded(name: str) -> tuple[str, str]:
    """The text of a file, and the mark by which a browser sees whether it changed."""
    import hashlib  # noqa: PLC0415

    own = files("sayso.web").joinpath("static", name)
    text = html.asset(name) if name in REPORTS else own.read_text("utf-8")
    return text, f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
