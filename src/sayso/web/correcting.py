"""Correcting the machine: a person's word is kept beside its reading, and laid on it wherever it is shown."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path
from fastapi.concurrency import run_in_threadpool
from pydantic import TypeAdapter
from starlette.responses import StreamingResponse

from sayso.errors import SaysoError
from sayso.library import persons, readings, training
from sayso.library.correcting import Corrected, states
from sayso.model.correction import Correction, Reading
from sayso.reporting.json import one_line
from sayso.web import articles
from sayso.web.answers import Answer, failing
from sayso.web.bodies import Line, ToCorrect, ToUndo
from sayso.web.desk import AtDesk, Desk

router = APIRouter(prefix="/api", default_response_class=Answer)
Id = Annotated[str, Path(max_length=64, description="The id of an article.")]
Which = Annotated[str, Path(max_length=64, description="The id of a correction.")]
_CORRECTION: TypeAdapter[Correction] = TypeAdapter(Correction)
_LINES: dict[int | str, dict[str, Any]] = {
    200: {"description": "A line of JSON for each thing.", "content": {"application/x-ndjson": {}}}
}


@router.get("/articles/{id}/corrections", response_model=list[Line], responses=failing(404, 503))
async def log(desk: AtDesk, id: Id) -> Answer:
    """All corrections of an article in the order in which they were made, and what became of each."""
    known = await articles.marked(desk, id)
    lines = await run_in_threadpool(desk.library.corrections.of, known.analysis.article.id)
    return Answer([{"correction": _plain(each), "state": state} for each, state in states(lines, known)])


@router.post("/articles/{id}/corrections", status_code=201, response_model=Correction, responses=failing(404, 409, 503))
async def correct(desk: AtDesk, id: Id, given: ToCorrect) -> Answer:
    """Accept, reject or change what was found, add what was missed, merge or split actors."""
    known = await articles.marked(desk, id)
    return Answer(_plain(await run_in_threadpool(_kept, desk, known, given)), 201)


@router.post(
    "/articles/{id}/corrections/{which}/undo",
    status_code=201,
    response_model=Correction,
    responses=failing(404, 409, 503),
)
def undo(desk: AtDesk, id: Id, which: Which, given: ToUndo) -> Answer:
    """Take a correction back, or take back that it was taken back. Nothing is deleted."""
    lines = desk.library.corrections.of(id)
    articles.check(desk.library.has(id), id)
    if which not in {each.id for each in lines}:
        raise HTTPException(404, f"There is no correction {which!r} of this article.")
    try:
        return Answer(_plain(desk.library.corrections.undo(which, given.author)), 201)
    except SaysoError as error:
        raise HTTPException(409, str(error)) from error


@router.get("/corrections", response_class=StreamingResponse, responses=_LINES | failing())
def exported(desk: AtDesk) -> StreamingResponse:
    """All that persons corrected, as training data: for each the text, what was read there, and what is right."""
    found = training.examples(desk.library)
    return StreamingResponse((one_line(each) + "\n" for each in found), media_type="application/x-ndjson")


def _kept(desk: Desk, known: Corrected, given: ToCorrect) -> Correction:
    article, log = known.analysis.article, desk.library.corrections
    if given.seen is not None and given.seen != len(log.of(article.id)):
        raise HTTPException(409, "Somebody corrected this report meanwhile; load the page again, and look.")
    return log.add(
        article.id,
        given.kind,
        given.action,
        given.author,
        machine=_read(known, given, given.of),
        person=_said(known, given),
        note=given.note,
        version=desk.library.version(article.id) or "",
    )


def _read(known: Corrected, given: ToCorrect, key: str | None) -> Reading | None:
    """What the thing is at present: as the machine read it, or as a person left it."""
    return None if key is None or given.action == "add" else readings.of(known.analysis, given.kind, key)


def _said(known: Corrected, given: ToCorrect) -> Reading | None:
    if given.action == "merge":
        return _read(known, given, given.into)
    if given.person is None:
        return None
    said = given.person.said()
    if given.action == "add" and given.kind == "actor" and given.of is not None:  # places of somebody who is known
        said = readings.of(known.analysis, "actor", given.of) | {"spans": said.get("spans", [])}
    return persons.complete(known.analysis, given.kind, given.action, _read(known, given, given.of), said)


def _plain(correction: Correction) -> dict[str, Any]:
    made: dict[str, Any] = _CORRECTION.dump_python(correction, mode="json")
    return made
