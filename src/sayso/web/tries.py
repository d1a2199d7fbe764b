"""How often somebody has tried a wrong token."""

import threading
import time
from collections import OrderedDict, deque

MOST = 10
SECONDS = 60.0
ADDRESSES = 10_000


class Tries:
    """Wrong tokens of the last minute, by the address they came from: after ten, that address has to wait.

    >>> tries = Tries()
    >>> for _ in range(10):
    ...     tries.note("192.0.2.1")
    >>> tries.allow("192.0.2.1"), tries.allow("192.0.2.2")
    (False, True)
    """

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allow(self, address: str) -> bool:
        """Whether another one may be tried."""
        with self._lock:
            wrong = self._wrong.get(address)
            return wrong is None or len(wrong) < MOST or time.monotonic() - wrong[0] > SECONDS

    def note(self, address: str) -> None:
        """A wrong one was tried."""
        with self._lock:
            self._wrong.setdefault(address, deque(maxlen=MOST)).append(time.monotonic())
            self._wrong.move_to_end(address)
            while len(self._wrong) > ADDRESSES:
                self._wrong.popitem(last=False)
