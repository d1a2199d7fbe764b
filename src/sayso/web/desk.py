"""What all pages of one running desk share."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request

from sayso.library.store import Library
from sayso.web.analysts import Analysts
from sayso.web.jobs import Jobs
from sayso.web.readings import Readings
from sayso.web.told import Told
from sayso.web.tries import Tries


@dataclass
class Desk:
    """A running desk: its library, the processes that analyse and that write exports, lots, and what was only pasted.

    The corpus itself is asked in the processes only (`work`): reading in it takes time, and several threads at once
    cannot.
    `proof` stands in every form: who sends it has seen a page of ours, so that no other site can send the form.
    """

    path: Path
    library: Library
    analysts: Analysts
    writers: Analysts
    jobs: Jobs
    token: str | None = None
    readings: Readings = field(default_factory=Readings)
    fetching: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(16))
    tries: Tries = field(default_factory=Tries)
    told: Told = field(default_factory=Told)
    proof: str = field(default_factory=lambda: secrets.token_urlsafe(24))


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]
