"""The library: what there is, to be searched."""

from itertools import islice

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from sayso.web import pages
from sayso.web.desk import AtDesk

router = APIRouter(include_in_schema=False)


@router.get("/")
def library(request: Request, desk: AtDesk) -> HTMLResponse:
    """The articles of the corpus."""
    rows = [entry.article for entry in islice(desk.corpus.entries(), 50)]
    return pages.render(request, "library.html", rows=rows, total=len(desk.corpus))
