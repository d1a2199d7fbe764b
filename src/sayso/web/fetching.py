"""Pages are fetched by threads of the desk itself: a slow server keeps no process from its work.

Who is asked is up to `reading.fetch`: public hosts only, at each redirect and after the look-up of each name.
"""

from dataclasses import replace

from anyio import to_thread

from sayso.errors import ReadingError
from sayso.reading import inputs
from sayso.web.desk import Desk
from sayso.web.work import Asked


async def fetched(desk: Desk, asked: Asked) -> Asked:
    """The same with what is at its address, if it has one. Raises ReadingError where that cannot be had."""
    if asked.address is None:
        return asked
    if not inputs.is_address(asked.address):  # a path is nothing that others may name
        raise ReadingError(inputs.printable(asked.address), "it is no address")
    return replace(asked, raw=await to_thread.run_sync(inputs.load, asked.address, limiter=desk.fetching))
