"""Adding to the library: addresses, files and lists, as lots that go on when the page is closed."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from sayso.errors import ReadingError, SaysoError
from sayso.reading import inputs
from sayso.reporting import labels
from sayso.web import pages
from sayso.web.desk import AtDesk, Desk
from sayso.web.forms import Form, text
from sayso.web.jobs import PIECE, Job
from sayso.web.work import Input, Piece

router = APIRouter(include_in_schema=False)
MOST = 10_000
"""Addresses of one lot."""
SUFFIXES = frozenset(
    {"html", "htm", "xhtml", "mhtml", "txt", "md", "pdf", "xml", "rss", "atom"}
    | {"json", "jsonl", "ndjson", "csv", "tsv", "parquet", "warc", "wacz", "zip", "gz"}
)
SOON = 3.0
"""Seconds that a page waits for a lot of one article."""


@router.get("/add")
def ask(request: Request) -> HTMLResponse:
    """The form for addresses and files."""
    return pages.render(request, "add.html", given="", problem="")


@router.post("/add")
async def add(request: Request, desk: AtDesk, form: Form) -> Response:
    """Begin a lot, and lead on to its progress."""
    given = text(form, "addresses")
    try:
        job = await run_in_threadpool(begin, desk, addresses(given), _files(form))
    except SaysoError as error:
        return pages.render(request, "add.html", status=422, given=given, problem=str(error))
    finally:
        await form.close()
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.post("/read/{name}/add")
async def keep(desk: AtDesk, form: Form, name: str) -> Response:  # noqa: ARG001 - the form proves who sends it
    """Add what was pasted, with its report, and lead on to it."""
    analysis = desk.readings.get(name)
    if analysis is None:
        raise HTTPException(404, "This report is no longer held. Paste the text again; it was not stored.")
    title = analysis.article.title or analysis.article.input
    job: Job | None = desk.jobs.add(title, [Piece(str(desk.path), ready=analysis)])
    job = await run_in_threadpool(desk.jobs.wait, job.id, SOON) if job else None
    if job is not None and job.state == "done" and job.articles:
        return RedirectResponse(f"/articles/{job.articles[0].id}", 303)
    return RedirectResponse(f"/jobs/{job.id}" if job else "/jobs", 303)


@router.get("/jobs")
def jobs(request: Request, desk: AtDesk) -> HTMLResponse:
    """All lots that are remembered."""
    return pages.render(request, "jobs.html", jobs=desk.jobs.all())


@router.get("/jobs/{id}")
def job(request: Request, desk: AtDesk, id: str) -> HTMLResponse:
    """How far a lot is. The page comes again by itself until it is done."""
    return pages.render(request, "job.html", job=known(desk, id))


@router.post("/jobs/{id}/stop")
def stop(desk: AtDesk, form: Form, id: str) -> Response:  # noqa: ARG001
    """Do no more of a lot."""
    desk.jobs.stop(known(desk, id).id)
    return RedirectResponse(f"/jobs/{id}", 303)


def known(desk: Desk, id: str) -> Job:
    """The lot with an id. Raises HTTPException if there is none."""
    job = desk.jobs.get(id)
    if job is None:
        raise HTTPException(404, "There is no such lot. Those from before the desk was started anew are forgotten.")
    return job


def addresses(given: str) -> list[Input]:
    """The addresses in a text, one a line. Raises ReadingError for a line that is something else.

    >>> [one.source for one in addresses("https://news.example/a  \\n\\n# a comment\\nhttps://news.example/a")]
    ['https://news.example/a']
    """
    lines = [line.strip() for line in given.splitlines()]
    lines = list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
    for line in lines:
        if not line.lower().startswith(("http://", "https://")) or len(line.split()) > 1:
            raise ReadingError(inputs.printable(line[:200]), "it is no address; one begins with http:// or https://")
    if len(lines) > MOST:
        raise ReadingError("the addresses", f"there are {len(lines):,}, and {MOST:,} can be added at once")
    return [Input(line, inputs.printable(line)) for line in lines]


def begin(desk: Desk, given: list[Input], files: list[tuple[str, IO[bytes]]]) -> Job:
    """Begin a lot of addresses and files. Raises SaysoError if there is nothing, or too much is waiting."""
    if not given and not files:
        raise ReadingError("nothing", "give an address, or choose a file")
    folder = desk.jobs.folder() if files else None
    stored = [_stored(folder, number, name, file) for number, (name, file) in enumerate(files) if folder]
    everything = [*given, *stored]
    parts = [[one] for one in given]  # each may keep us waiting for half a minute
    parts += [stored[start : start + PIECE] for start in range(0, len(stored), PIECE)]
    pieces = [Piece(str(desk.path), tuple(part)) for part in parts]
    rest = f" and {labels.counted(len(everything) - 1, 'other')}" if len(everything) > 1 else ""
    return desk.jobs.add(f"{everything[0].name}{rest}", pieces, folder)


async def begin_stream(desk: Desk, name: str, chunks: AsyncIterator[bytes]) -> Job:
    """Begin a lot of one file that comes in as it is read. Raises SaysoError if too much is waiting."""
    folder = await run_in_threadpool(desk.jobs.folder)
    size = 0
    try:
        with _place(folder, 0, name).open("xb") as target:
            async for chunk in chunks:
                size += len(chunk)
                await run_in_threadpool(target.write, chunk)
        if not size:
            raise ReadingError(name, "it is empty")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    piece = Piece(str(desk.path), (Input(str(_place(folder, 0, name)), name),))
    return await run_in_threadpool(desk.jobs.add, name, [piece], folder)


def _files(form: FormData) -> list[tuple[str, IO[bytes]]]:
    """The files of the form that are there, with the names that their owners gave them."""
    chosen = (file for file in form.getlist("files") if isinstance(file, UploadFile))
    return [(label(file.filename or ""), file.file) for file in chosen if file.filename or file.size]


def label(name: str) -> str:
    """What a file is called in messages; nothing but that is done with the name that somebody gave it.

    >>> label("../../etc/passwd"), label("C:\\\\news\\\\a.html"), label("")
    ('passwd', 'a.html', 'a file')
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return inputs.printable(last)[:120] or "a file"


def _stored(folder: Path, number: int, name: str, file: IO[bytes]) -> Input:
    path = _place(folder, number, name)
    with path.open("xb") as target:
        shutil.copyfileobj(file, target, 1 << 20)
    return Input(str(path), name)


def _place(folder: Path, number: int, name: str) -> Path:
    """Where a file lies: under a name of ours. Of its own it keeps the ending, if that is one we know."""
    suffix = name.lower().rpartition(".")[2]
    return folder / (f"{number}.{suffix}" if suffix in SUFFIXES else f"{number}")
