"""The story of an article: who had it first, who from whom, on how many origins its claims rest, two side by side."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from sayso.corpus import folder
from sayso.model import Derivation, Origins, Story
from sayso.reporting.stories import html, originview
from sayso.reporting.stories.grid import claims
from sayso.reporting.stories.naming import Names
from sayso.web import articles, pages, work
from sayso.web.desk import AtDesk, Desk

router = APIRouter(include_in_schema=False)
Limit = Annotated[int, Query(ge=1, le=500, description="Lay at most so many articles beside it: those sharing most.")]
Claim = Annotated[str, Query(min_length=1, max_length=2000)]
MOST = 300


@router.get("/stories/{id}")
async def story(request: Request, desk: AtDesk, id: str, limit: Limit = MOST, claim: str = "") -> Response:
    """The story of one article; with a claim, those who are behind it stand in the drawing."""
    found = await of(desk, id, limit)
    known = {each: await counted(desk, id, each, limit) for each in claims(found) if _is_counted(desk, id, each, limit)}
    if claim:
        known[claim] = await counted(desk, id, claim, limit)
    return await run_in_threadpool(_page, request, found, known, claim)


def _page(request: Request, found: Story, known: dict[str, Origins], claim: str) -> HTMLResponse:
    title = next(entry.article.title or entry.id for entry in found.entries if entry.id == found.asked)
    at = f"/stories/{quote(found.asked, safe='')}"
    links = {"with": f"{at}/with/", "counting": f"{at}/origins", "story_at": at}
    context = html.story_context(found, counted=known, drawn=claim or None, brief=True)
    return pages.render(request, "story.html", context | links, title=title, name=found.asked)


@router.get("/stories/{id}/with")
def picked(id: str, other: str, one: str = "") -> Response:
    """From a form in which two were picked to where they stand side by side."""
    return RedirectResponse(f"/stories/{quote(one or id, safe='')}/with/{quote(other, safe='')}", 303)


@router.get("/stories/{id}/with/{other}")
async def beside(request: Request, desk: AtDesk, id: str, other: str, limit: Limit = MOST) -> Response:
    """Two articles side by side."""
    for each in (id, other):
        articles.check(await run_in_threadpool(desk.library.has, each), each)
    if id == other:
        return RedirectResponse(f"/stories/{quote(id, safe='')}", 303)
    found = await of(desk, id, limit)
    link = _between(found, id, other)
    if link is None:
        found = await desk.analysts.ask(work.compared, work.Ask(str(desk.path), id, other=other))
        link = _between(found, id, other)
    if link is None:
        raise HTTPException(404, "They cannot be laid beside each other.")
    return await run_in_threadpool(_beside, request, link, Names(found.entries), id)


def _between(found: Story, one: str, other: str) -> Derivation | None:
    return next((link for link in found.derivations if {link.earlier, link.later} == {one, other}), None)


def _beside(request: Request, link: Derivation, names: Names, id: str) -> HTMLResponse:
    context = html.beside_context(link, names) | {"article_at": "/articles/", "story_at": f"/stories/{id}"}
    return pages.render(request, "beside.html", context, title="Side by side")


@router.get("/stories/{id}/origins")
async def origins(request: Request, desk: AtDesk, id: str, claim: Claim, limit: Limit = MOST) -> Response:
    """On how many origins a claim rests, and which."""
    found = await counted(desk, id, claim, limit)
    context = html.origins_context(found) | {"story_at": f"/stories/{quote(id, safe='')}"}
    return await run_in_threadpool(pages.render, request, "origins.html", context, title=originview.answer(found))


@router.get("/stories/{id}/range")
async def range_of(desk: AtDesk, id: str, claim: Claim, limit: Limit = MOST) -> Response:
    """The same in short, for a page that is shown already."""
    return JSONResponse({"answer": originview.answer(await counted(desk, id, claim, limit))})


async def of(desk: Desk, id: str, limit: int) -> Story:
    """The story of an article of the library. Raises HTTPException if it is not there."""
    articles.check(await run_in_threadpool(desk.library.has, id), id)
    ask = work.Ask(str(desk.path), id, limit=limit)
    found: Story = await desk.told.get(_key(desk, id, limit), lambda: desk.analysts.ask(work.traced, ask))
    return found


async def counted(desk: Desk, id: str, claim: str, limit: int) -> Origins:
    """The origins of a claim. Raises HTTPException if the article is not there."""
    articles.check(await run_in_threadpool(desk.library.has, id), id)
    ask = work.Ask(str(desk.path), id, claim=claim, limit=limit)
    found: Origins = await desk.told.get(_key(desk, id, limit, claim), lambda: desk.analysts.ask(work.origins, ask))
    return found


def _is_counted(desk: Desk, id: str, claim: str, limit: int) -> bool:
    return desk.told.has(_key(desk, id, limit, claim))


def _key(desk: Desk, id: str, limit: int, claim: str = "") -> tuple[object, ...]:
    """All that an answer depends on: adding changes the stamp of the corpus, correcting the length of the log."""
    corrected = desk.library.corrections.count() if claim else 0
    return folder.stamp(desk.path), id, limit, claim, corrected
