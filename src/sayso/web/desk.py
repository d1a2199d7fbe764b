"""What all pages of one running desk share."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from sayso.corpus.store import Corpus
from sayso.web.analysts import Analysts
from sayso.web.jobs import Jobs
from sayso.web.readings import Readings


@dataclass
class Desk:
    """A running desk: its corpus, the processes that analyse, and what was pasted and not stored.

    `proof` stands in every form: who sends it has seen a page of ours, so that no other site can send the form.
    """

    path: Path
    corpus: Corpus
    analysts: Analysts
    token: str | None = None
    jobs: Jobs = field(default_factory=Jobs)
    readings: Readings = field(default_factory=Readings)
    proof: str = field(default_factory=lambda: secrets.token_urlsafe(24))


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]
