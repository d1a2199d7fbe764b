"""REST: the same calls and the same data as everywhere, as JSON.

Bodies are JSON or plain bytes, so that no form of another site can send them. Every answer that is no success has
`detail`, which says in words what is wrong.
"""

import io
from typing import IO, Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field, TypeAdapter
from starlette.responses import Response

from sayso.library.query import Found
from sayso.library.query import Query as Asked
from sayso.reporting.json import to_dict
from sayso.reporting.stories import json as stories
from sayso.web import adding, articles, listing, work
from sayso.web.answers import ANALYSIS, ORIGINS, STORY, Answer, failing, of
from sayso.web.desk import AtDesk, Desk
from sayso.web.fetching import fetched
from sayso.web.jobs import Job
from sayso.web.stories import of as story_of

router = APIRouter(prefix="/api", default_response_class=Answer)
Id = Annotated[str, Path(max_length=64, description="The id of an article: the start of the hash of its bytes.")]
Lot = Annotated[str, Path(max_length=64, description="The id of a lot that is added.")]
Limit = Annotated[int, Field(ge=1, le=500, description="At most so many articles are laid beside it.")]
_FOUND: TypeAdapter[Found] = TypeAdapter(Found)
_JOB: TypeAdapter[Job] = TypeAdapter(Job)
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_UPLOAD: dict[str, Any] = {"requestBody": {"required": True, "content": _BYTES}}


class Given(BaseModel):
    """A report that is handed in: its text, or the address of its page. Exactly one of them."""

    text: str = Field("", max_length=work.LONGEST, description="The text of a report, or the source of its page.")
    address: str = Field("", max_length=4_000, description="An http(s) address on a public host.")

    def asked(self) -> work.Asked:
        """What is to be read. Raises HTTPException where it is not exactly one thing."""
        if bool(self.text.strip()) == bool(self.address.strip()):
            raise HTTPException(422, "give one of text and address")
        if self.text.strip():
            return work.Asked(text=self.text, name="the text")
        if not self.address.lower().startswith(("http://", "https://")):
            raise HTTPException(422, "address: it begins with http:// or https://")
        return work.Asked(address=self.address.strip())


class About(Given):
    """A report that is handed in, or an article of the library by its id. Exactly one of them."""

    article: str = Field("", max_length=64, description="The id of an article of the library.")
    limit: Limit = 50

    async def ask(self, desk: Desk, claim: str = "") -> work.Ask:
        """The question about it. Raises HTTPException where it is not exactly one thing, or not there."""
        if not self.article:
            return work.Ask(str(desk.path), given=await fetched(desk, self.asked()), limit=self.limit, claim=claim)
        if self.text.strip() or self.address.strip():
            raise HTTPException(422, "give one of text, address and article")
        articles.check(await run_in_threadpool(desk.library.has, self.article), self.article)
        return work.Ask(str(desk.path), self.article, limit=self.limit, claim=claim)


class Claimed(About):
    """The same, and a claim: a sentence of the report, or one in its terms."""

    claim: str = Field(min_length=1, max_length=2_000)


class ToAdd(BaseModel):
    """What is to be added to the library: addresses, or the text of one report."""

    addresses: list[Annotated[str, Field(max_length=4_000)]] = Field([], max_length=adding.MOST)
    text: str = Field("", max_length=work.LONGEST)
    name: str = Field("a text", max_length=200, description="What to call the text.")


@router.post("/read", responses=of(ANALYSIS, 503))
async def read(desk: AtDesk, given: Given) -> Answer:
    """Read a text or an address and tell what it rests on. Nothing is stored."""
    return Answer(to_dict(await desk.analysts.ask(work.analysed, await fetched(desk, given.asked()))))


@router.post("/trace", responses=of(STORY, 404, 503))
async def trace(desk: AtDesk, about: About) -> Answer:
    """Lay a report beside the articles of the library: who had it first, who from whom, and what changed."""
    return Answer(stories.to_dict(await desk.analysts.ask(work.traced, await about.ask(desk))))


@router.post("/origins", responses=of(ORIGINS, 404, 503))
async def origins(desk: AtDesk, about: Claimed) -> Answer:
    """On how many independent origins a claim rests, among the articles of the library that share the report's text."""
    return Answer(stories.to_dict(await desk.analysts.ask(work.origins, await about.ask(desk, about.claim))))


@router.get("/articles", response_model=Found, responses=failing())
def search(
    desk: AtDesk,
    asked: Annotated[Asked, Depends(listing.asked)],
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0, le=listing.DEEPEST)] = 0,
) -> Answer:
    """The articles of the library that have all that is asked for, with the facets of all that were found."""
    return Answer(_FOUND.dump_python(desk.library.search(asked, limit, offset), mode="json"))


@router.post("/articles", status_code=202, response_model=Job, responses=failing(503))
def add(desk: AtDesk, given: ToAdd) -> Answer:
    """Begin to add to the library. The answer is a lot, whose address tells how far it is."""
    files: list[tuple[str, IO[bytes]]] = []
    if given.text.strip():
        files.append((adding.label(given.name), io.BytesIO(given.text.encode("utf-8", "replace"))))
    return _lot(adding.begin(desk, adding.addresses("\n".join(given.addresses)), files), 202)


@router.post("/files", status_code=202, response_model=Job, responses=failing(413, 415, 503), openapi_extra=_UPLOAD)
async def upload(
    request: Request, desk: AtDesk, name: Annotated[str, Query(max_length=400, description="The file's name.")] = ""
) -> Answer:
    """Begin to add a file: a page, a text, a PDF, a table, an archive, a list of addresses. The body is its bytes."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/octet-stream":
        raise HTTPException(415, "send the file's bytes as application/octet-stream")
    job = await adding.begin_stream(desk, adding.label(name), request.stream())
    return _lot(job, 202)


@router.get("/articles/{id}", responses=of(ANALYSIS, 404, 503))
async def article(desk: AtDesk, id: Id) -> Answer:
    """What an article of the library rests on, with people's corrections in it."""
    return Answer(to_dict((await articles.corrected(desk, id)).analysis))


@router.delete("/articles/{id}", status_code=204, responses=failing(404, 503))
async def remove(desk: AtDesk, id: Id) -> Response:
    """Take an article out of the library. What people corrected in it is kept."""
    await articles.taken_out(desk, id)
    return Response(status_code=204)


@router.get("/stories/{id}", responses=of(STORY, 404, 503))
async def story(desk: AtDesk, id: Id, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> Answer:
    """The story of an article of the library: who had it first, who from whom, and what changed."""
    return Answer(stories.to_dict(await story_of(desk, id, limit)))


@router.get("/jobs", response_model=list[Job])
def jobs(desk: AtDesk) -> Answer:
    """All lots since the desk was opened, the latest first."""
    return Answer([_JOB.dump_python(job, mode="json") for job in desk.jobs.all()])


@router.get("/jobs/{id}", response_model=Job, responses=failing(404))
def job(desk: AtDesk, id: Lot) -> Answer:
    """How far a lot is."""
    return _lot(adding.known(desk, id))


@router.delete("/jobs/{id}", response_model=Job, responses=failing(404))
def stop(desk: AtDesk, id: Lot) -> Answer:
    """Do no more of a lot than what is under way. What was added stays."""
    desk.jobs.stop(adding.known(desk, id).id)
    return _lot(adding.known(desk, id))


def _lot(job: Job, status: int = 200) -> Answer:
    data: dict[str, Any] = _JOB.dump_python(job, mode="json")
    return Answer(data, status, {"location": f"/api/jobs/{job.id}"} if status == 202 else None)
