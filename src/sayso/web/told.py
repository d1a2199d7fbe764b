"""Stories and origins that were asked for lately: who reads two articles of a story asks for the story each time."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

MOST = 24


class Told:
    """What was worked out, the latest `MOST`. Who asks for what is being worked out waits for that.

    A key holds all that the answer depends on, the state of the corpus among it.
    """

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, asyncio.Future[Any]] = OrderedDict()

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Any]]) -> Any:
        """What `make` gives, or gave before. What it raises is raised, and not kept."""
        if key not in self._found:
            self._found[key] = asyncio.ensure_future(make())
        self._found.move_to_end(key)
        while len(self._found) > MOST:
            self._found.popitem(last=False)
        try:
            return await asyncio.shield(self._found[key])
        except BaseException:
            self._found.pop(key, None)
            raise

    def has(self, key: Hashable) -> bool:
        """Whether it was worked out before."""
        return key in self._found and self._found[key].done()
