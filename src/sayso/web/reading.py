"""Reading what is pasted: a text or an address becomes a report, and nothing is stored."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from sayso.errors import SaysoError
from sayso.reporting import html
from sayso.reporting.view import view
from sayso.web import pages, work
from sayso.web.desk import AtDesk
from sayso.web.fetching import fetched
from sayso.web.forms import Form, text

router = APIRouter(include_in_schema=False)


@router.get("/read")
def empty(request: Request) -> HTMLResponse:
    """The form for a text or an address."""
    return pages.render(request, "read.html", given="", problem="")


@router.post("/read")
async def read(request: Request, desk: AtDesk, form: Form) -> Response:
    """Analyse what was pasted, and lead on to the report."""
    given = text(form, "given")
    try:
        analysis = await desk.analysts.ask(work.analysed, await fetched(desk, work.pasted(given)))
    except SaysoError as error:
        return pages.render(request, "read.html", status=422, given=given, problem=str(error))
    return RedirectResponse(f"/read/{desk.readings.hold(analysis)}", 303)


@router.get("/read/{name}")
def report(request: Request, desk: AtDesk, name: str) -> HTMLResponse:
    """The report on what was pasted."""
    analysis = desk.readings.get(name)
    if analysis is None:
        raise HTTPException(404, "This report is no longer held. Paste the text again; it was not stored.")
    found = view(analysis)
    return pages.render(request, "report.html", html.context(found), title=found.header.title, stored=False, name=name)
