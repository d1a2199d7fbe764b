"""The story of an article: who had it first, who from whom."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from sayso.model import Story
from sayso.reporting.stories import html
from sayso.web import articles, pages, work
from sayso.web.desk import AtDesk, Desk

router = APIRouter(include_in_schema=False)
Limit = Annotated[int, Query(ge=1, le=500, description="Lay at most so many articles beside it: those sharing most.")]


@router.get("/stories/{id}")
async def story(request: Request, desk: AtDesk, id: str, limit: Limit = 50) -> Response:
    """The story of one article."""
    return await run_in_threadpool(_page, request, await of(desk, id, limit))


def _page(request: Request, found: Story) -> HTMLResponse:
    title = next(entry.article.title or entry.id for entry in found.entries if entry.id == found.asked)
    return pages.render(request, "story.html", html.story_context(found), title=title, name=found.asked)


async def of(desk: Desk, id: str, limit: int) -> Story:
    """The story of an article of the library. Raises HTTPException if it is not there."""
    articles.check(await run_in_threadpool(desk.library.has, id), id)
    return await desk.analysts.ask(work.traced, work.Ask(str(desk.path), id, limit=limit))
