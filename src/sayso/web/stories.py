"""The story of an article: who had it first, who from whom."""

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from sayso.reporting.stories import html
from sayso.web import pages
from sayso.web.desk import AtDesk

router = APIRouter(include_in_schema=False)


@router.get("/stories/{id}")
def story(request: Request, desk: AtDesk, id: str, limit: int = Query(50, ge=1, le=500)) -> HTMLResponse:
    """The story of one article."""
    found = desk.corpus.story(id, limit)
    title = next(entry.article.title or entry.id for entry in found.entries if entry.id == found.asked)
    return pages.render(request, "story.html", html.story_context(found), title=title)
