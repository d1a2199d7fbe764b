"""The desk as a web application: the rooms, behind one door. Each room is a module with a `router`."""

import os
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.types import ASGIApp

from sayso.corpus.store import Corpus
from sayso.library.store import Library
from sayso.web import (
    adding,
    answers,
    api,
    articles,
    correcting,
    exports,
    listing,
    login,
    pages,
    problems,
    reading,
    static,
    stories,
)
from sayso.web.analysts import Analysts
from sayso.web.desk import Desk
from sayso.web.guard import Guard, Rules
from sayso.web.jobs import Jobs

ROOMS = (listing, reading, adding, articles, stories, login, static, api, exports, correcting)
ABOUT = "What Sayso reads in news reports: on whose say-so each thing in them rests. Evidence, and no verdicts."


class _Guarded(FastAPI):
    """An app whose door is outside of everything else, so that its headers are on every answer."""

    def build_middleware_stack(self) -> ASGIApp:
        return Guard(super().build_middleware_stack(), self.state.rules)


def app(
    corpus: str | os.PathLike[str],
    *,
    token: str | None = None,
    names: Iterable[str] = (),
    anywhere: bool = False,
    analysts: Analysts | None = None,
) -> FastAPI:
    """The desk of a corpus, whose folder is made when the first article is added.

    `token` is what whoever asks has to bring. `names` are the host names that it goes by besides those of this
    machine, and with `anywhere` each of its addresses. `analysts` are the processes that analyse what is pasted, by
    default one a core. Raises SaysoError if the folder is none of a corpus.
    """
    Corpus(corpus)  # it may be no corpus
    path, token = Path(corpus).absolute(), token or None
    desk = Desk(path, Library(path), analysts or Analysts(), Analysts(1), Jobs(path), token)

    @asynccontextmanager
    async def open_hours(_: FastAPI) -> AsyncIterator[None]:
        desk.analysts.start()
        desk.jobs.start()
        threading.Thread(target=pages.warm, daemon=True).start()
        try:
            yield
        finally:
            desk.jobs.close()
            desk.analysts.close()
            desk.writers.close()
            desk.library.close()

    made = _Guarded(title="Sayso", description=ABOUT, lifespan=open_hours, docs_url=None, redoc_url=None)
    made.state.desk = desk
    made.state.rules = Rules(token, frozenset(name.lower() for name in names), anywhere)
    problems.install(made)
    answers.describe(made)
    for room in ROOMS:
        made.include_router(room.router)
    return made
