"""The report on an article of the corpus."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from sayso import pipeline
from sayso.reporting import html
from sayso.reporting.view import view
from sayso.web import pages
from sayso.web.desk import AtDesk

router = APIRouter(include_in_schema=False)


@router.get("/articles/{id}")
async def article(request: Request, desk: AtDesk, id: str) -> HTMLResponse:
    """The report on one article."""
    entry = desk.corpus.get(id)
    analysis = await desk.analysts.ask(pipeline.analyse, entry.article)
    found = view(analysis)
    return pages.render(
        request, "report.html", html.context(found), title=found.header.title, stored=True, name=entry.id
    )
