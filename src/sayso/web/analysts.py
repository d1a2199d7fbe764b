"""The processes that analyse for whoever waits before a page: warm from the start, and replaced when one dies."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sayso import workers
from sayso.errors import SaysoError
from sayso.model import Article

T = TypeVar("T")
R = TypeVar("R")

WAITING = 40
"""People that may wait for each process before another is sent away."""


class BusyError(SaysoError):
    """So much is asked for that one more would only wait."""


class Analysts:
    """Processes that stay. `ask` waits without holding up anybody else."""

    def __init__(self, processes: int | None = None) -> None:
        self.processes = workers.cores() if processes is None else processes
        self._kept = workers.Kept(self.processes)
        self._waiting = 0
        self._started = False

    def start(self) -> None:
        """Have every process load what it needs, before anybody asks."""
        if self._started:
            return
        self._started = True
        for _ in range(self.processes):
            self._kept.submit(_warmed, None)

    async def ask(self, work: Callable[[T], R], item: T) -> R:
        """What `work` makes of an item in one of the processes.

        Raises what `work` raises, WorkerDied if its process ended, BusyError if too many wait.
        """
        if self._waiting >= WAITING * self.processes:
            raise BusyError("too many texts are being read at once; try again in a minute")
        self._waiting += 1
        try:
            return await asyncio.wrap_future(self._kept.submit(work, item))
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the processes."""
        self._kept.close()


def _warmed(_: None) -> None:
    from sayso import pipeline  # noqa: PLC0415 - in the worker

    said = "The road was open on Monday, officials said. “It is safe,” the ministry said on Tuesday."
    pipeline.analyse(Article("warm", "warm", said, "", "2024-01-01T00:00:00Z", "text/plain", language="en"))
