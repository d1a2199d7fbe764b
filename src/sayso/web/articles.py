"""An article of the library: its report with people's corrections, and how it is taken out."""

import asyncio

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from sayso.errors import HeldError
from sayso.library.correcting import Corrected, apply
from sayso.reporting import html
from sayso.reporting.view import view
from sayso.web import logbook, pages, work
from sayso.web.desk import AtDesk, Desk, desk_of
from sayso.web.forms import Form

router = APIRouter(include_in_schema=False)
TRIES = 5
"""Seconds in which another process may be done with writing."""


@router.get("/articles/{id}")
async def article(request: Request, desk: AtDesk, id: str) -> Response:
    """The report on one article."""
    known = await corrected(desk, id)
    return await run_in_threadpool(_page, request, known)


def _page(request: Request, known: Corrected) -> HTMLResponse:
    found = view(known.analysis, known.persons)
    log = desk_of(request).library.corrections.of(known.analysis.article.id)
    context = {"title": found.header.title, "stored": True, "name": known.analysis.article.id, "correcting": True}
    return pages.render(request, "report.html", html.context(found) | context | logbook.context(log, known, found))


@router.get("/articles/{id}/remove")
async def ask(request: Request, desk: AtDesk, id: str) -> HTMLResponse:
    """Whether it is meant."""
    known = (await corrected(desk, id)).analysis.article
    return pages.render(request, "remove.html", name=known.id, title=known.title or known.input)


@router.post("/articles/{id}/remove")
async def remove(desk: AtDesk, form: Form, id: str) -> Response:  # noqa: ARG001 - the form proves who sends it
    """Take the article out of the library."""
    await taken_out(desk, id)
    return RedirectResponse("/", 303)


async def corrected(desk: Desk, id: str) -> Corrected:
    """What is known of an article: as it is kept, or made now, with corrections. Raises HTTPException if not there."""
    found = await run_in_threadpool(_kept, desk, id)
    return await _made(desk, id) if found is None or found.touched else found


async def marked(desk: Desk, id: str) -> Corrected:
    """The same at once, its marks and actors as they are, but chains and findings only as far as they still hold."""
    return await run_in_threadpool(_kept, desk, id) or await _made(desk, id)


async def _made(desk: Desk, id: str) -> Corrected:
    check(await run_in_threadpool(desk.library.has, id), id)
    found: Corrected = await desk.analysts.ask(work.reported, work.Ask(str(desk.path), id))
    return found


def _kept(desk: Desk, id: str) -> Corrected | None:
    analysis = desk.library.analysis(id)
    return None if analysis is None else apply(analysis, desk.library.corrections.of(id))


async def taken_out(desk: Desk, id: str) -> None:
    """Take an article out. Raises HTTPException if it is not there, HeldError if another process writes on and on."""
    check(await run_in_threadpool(desk.library.has, id), id)
    for more in range(TRIES, -1, -1):
        try:
            await desk.analysts.ask(work.removed, work.Ask(str(desk.path), id))
        except HeldError:
            if not more:
                raise
            await asyncio.sleep(1)
        else:
            return


def check(there: bool, id: str) -> None:
    """Raises HTTPException where an article is not there."""
    if not there:
        raise HTTPException(404, f"There is no article {id!r} in the library; it may have been removed.")
