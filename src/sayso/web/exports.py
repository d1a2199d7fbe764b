"""Taking it away: reports and stories in other tools' formats, as files to be downloaded."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.concurrency import run_in_threadpool
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from sayso.exporting import FORMATS
from sayso.library.query import Query as Asked
from sayso.web import articles, listing, work
from sayso.web.answers import failing
from sayso.web.desk import AtDesk, Desk

router = APIRouter(prefix="/api")
MOST = 1_000
"""Articles of one export; `sayso export` takes more."""
Name = Annotated[str, Query(max_length=64)]
Ids = Annotated[list[Annotated[str, Query(max_length=64)]] | None, Query(max_length=MOST)]
FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file, of the format's media type.", "content": {"*/*": {}}}
}
_FORMAT = Literal[tuple(FORMATS)]  # type: ignore[valid-type]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be exported: a story, articles by their ids, a report that is not stored, or all that are found.

    With a story, also the origins of a claim of it, if there is one.
    """

    asked: Annotated[Asked, Depends(listing.asked)]
    article: Ids = None
    story: Name = ""
    reading: Name = ""
    claim: Annotated[str, Query(max_length=2_000)] = ""
    limit: Annotated[int, Query(ge=1, le=500)] = 50

    @property
    def of(self) -> Literal["analyses", "story"]:
        """What the file is made of."""
        return "story" if self.story else "analyses"

    @property
    def name(self) -> str:
        """What the file is called: of letters and digits only, whatever an id is."""
        one = self.story or (self.article[0] if self.article and len(self.article) == 1 else "")
        return re.sub(r"[^A-Za-z0-9-]", "", one)[:16] or "articles"


@router.get("/exports/{format}", responses=FILE | failing(404, 503), response_class=Response)
async def export(desk: AtDesk, format: _FORMAT, chosen: Annotated[Chosen, Depends()]) -> Response:  # type: ignore[valid-type]
    """A file of reports, or of a story, in a format of another tool."""
    wanted = FORMATS[str(format)]
    if chosen.of not in wanted.of:
        raise HTTPException(422, f"{wanted.name} is no format for {'a story' if chosen.story else 'reports'}")
    folder = await run_in_threadpool(desk.jobs.folder)
    try:
        ask = await run_in_threadpool(_ask, desk, chosen)
        out = folder / f"sayso-{chosen.name}{'.zip' if wanted.several else wanted.suffix}"
        await desk.writers.ask(work.exported, work.Export(ask, wanted.name, str(out)))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return _file(out, wanted.media_type)


def _ask(desk: Desk, chosen: Chosen) -> work.Taken:
    """What is asked for, with ids that are there. Raises HTTPException."""
    corpus = str(desk.path)
    if chosen.story:
        articles.check(desk.library.has(chosen.story), chosen.story)
        return work.Taken(work.Ask(corpus, chosen.story, limit=chosen.limit, claim=chosen.claim.strip()))
    if chosen.reading:
        held = desk.readings.get(chosen.reading)
        if held is None:
            raise HTTPException(404, "This report is no longer held.")
        return work.Taken(work.Ask(corpus), reading=held)
    for id in chosen.article or ():
        articles.check(desk.library.has(id), id)
    if chosen.article:
        return work.Taken(work.Ask(corpus), tuple(chosen.article))
    found = desk.library.search(chosen.asked, MOST)
    if found.total > MOST:
        told = f"{found.total:,} articles are found, and {MOST:,} can be taken away here; `sayso export` takes them all"
        raise HTTPException(422, told)
    return work.Taken(work.Ask(corpus), tuple(row.id for row in found.rows))


def _file(out: Path, media_type: str) -> Response:
    """The file, which is taken away from here when it is sent. A browser stores it, and never shows it as a page."""
    headers = {"content-security-policy": "default-src 'none'; sandbox"}
    gone = BackgroundTask(shutil.rmtree, out.parent, ignore_errors=True)
    return FileResponse(out, media_type=media_type, filename=out.name, headers=headers, background=gone)
