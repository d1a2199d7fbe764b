"""Lists of addresses: a text file with one a line, empty lines and comments ("# …") between them."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from sayso.errors import ReadingError
from sayso.reading import inputs
from sayso.reading.collections.record import Opened, Source
from sayso.reading.draft import Raw

AT_ONCE = 4
"""Pages that are fetched at the same time."""
LONGEST = 4_000


def listed(opened: Opened) -> Iterator[Source]:
    """The addresses of a list, each as a source with a key of its own, so that only those are fetched that are left.

    What is too long, or no address after all, comes as it is: it cannot be fetched, and is told so.
    """
    key = opened.source.key
    seen = set()
    while line := opened.stream.readline(LONGEST):
        address = line.decode("utf-8", "replace").strip()
        if address and not address.startswith("#") and address not in seen:
            seen.add(address)
            yield Source(inputs.printable(address), address, len(line), f"{key}|{address}" if key else "")


def fetched(sources: Iterable[Source]) -> Iterator[tuple[Source, Raw | ReadingError]]:
    """What is behind each address, in their order, a few of them under way at once."""
    waiting: deque[tuple[Source, Future[Raw | ReadingError]]] = deque()
    rest = iter(sources)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            while True:
                waiting.extend((one, pool.submit(fetch, one.path)) for one in islice(rest, AT_ONCE - len(waiting)))
                if not waiting:
                    return
                source, future = waiting.popleft()
                yield source, future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def fetch(address: str) -> Raw | ReadingError:
    """What is behind an address, or why it cannot be had."""
    if not inputs.is_address(address):
        return ReadingError(inputs.printable(address), "it stands in a list of addresses, and is none")
    try:
        return inputs.load(address)
    except ReadingError as error:
        return error
