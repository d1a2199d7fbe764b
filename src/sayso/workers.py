"""Work on a stream with several processes: in order, with a bounded look-ahead, whatever happens to a process.

Processes are spawned, not forked: spaCy and onnxruntime keep threads, which a fork would lose. Each worker loads what
it needs once and uses one thread. A worker ends by itself when its parent does, so that an interrupt or a crash leaves
none behind.
"""

import logging
import multiprocessing
import os
import signal
import threading
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import chain, islice
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from sayso.errors import SaysoError

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4
"""Items in hand for each process: those under way, those that wait, and results that are ahead of their turn."""

_SAFE_PATH = "PYTHONSAFEPATH"
_ENVIRONMENT = threading.Lock()
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "RAYON_NUM_THREADS")


_DIED = "its process ended (killed, crashed or out of memory), also with nothing beside it"


class WorkerDied(SaysoError):  # noqa: N818 - it says what happened
    """The process that worked on an item ended: killed, crashed, or out of memory."""


def cores() -> int:
    """How many cores this process may use.

    >>> cores() >= 1
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    work: Callable[[T], R], items: Iterable[T], processes: int
) -> Generator[tuple[T, R | Exception], None, None]:
    """Every item with what `work` made of it, or the exception it raised, in the order of the items.

    At most AHEAD items for each process are taken from `items` before the first of them is given out. With one
    process, or one item only, all happens in this process. A worker that dies costs nothing that was done: what was
    under way is tried again, one by one, and the item that kills its worker again comes out with WorkerDied. `work`
    and the items go to other processes, so they must be picklable.

    Raises SaysoError if no process can be started, and what `items` raises, after all that came before it.

    >>> [(item, str(result)) for item, result in in_order(int, ["1", "x"], processes=1)]
    [('1', '1'), ('x', "invalid literal for int() with base 10: 'x'")]
    """
    source = iter(items)
    if processes > 1:
        first, rest = _first_two(source)
        source = chain(first, rest)
        if len(first) > 1:
            yield from _Stream(work, source, processes)
            return
    for item in source:
        yield item, _attempt(work, item)


def _first_two(source: Iterator[T]) -> tuple[list[T], Iterator[T]]:
    """The first two items, if there are as many, and the rest; what goes wrong on the way belongs to the rest."""
    first: list[T] = []
    try:
        first.extend(islice(source, 1))
        first.extend(islice(source, 1))
    except Exception as error:
        return first, _raising(error)
    return first, source


def _raising(error: Exception) -> Iterator[T]:
    yield from ()
    raise error


def _attempt(work: Callable[[T], R], item: T) -> R | Exception:
    try:
        return work(item)
    except Exception as error:
        return error


class _Stream(Generic[T, R]):
    """A stream of items through a pool of processes."""

    def __init__(self, work: Callable[[T], R], source: Iterator[T], processes: int) -> None:
        self._work, self._source, self._processes = work, source, processes
        self._waiting: deque[tuple[T, Future[R]]] = deque()
        self._more = True
        self._failure: Exception | None = None

    def __iter__(self) -> Iterator[tuple[T, R | Exception]]:
        while self._more:
            with _pool(self._processes) as pool:
                broken = yield from self._until_broken(pool)
            if broken:
                yield from self._one_by_one()
        if self._failure:
            raise self._failure

    def _until_broken(self, pool: ProcessPoolExecutor) -> Generator[tuple[T, R | Exception], None, bool]:
        """Give out what is done, in order, until a worker dies; whether one did."""
        while True:
            self._fill(pool)
            if not self._waiting:
                return False
            item, future = self._waiting[0]
            result = _attempt(Future.result, future)
            if isinstance(result, BrokenProcessPool):
                return True
            self._waiting.popleft()
            yield item, result

    def _fill(self, pool: ProcessPoolExecutor) -> None:
        """Take items until enough are in hand, or the next result is there to be given out."""
        while self._more and len(self._waiting) < AHEAD * self._processes:
            if self._waiting and self._waiting[0][1].done():
                return
            try:
                item = next(self._source)
            except StopIteration:
                self._more = False
            except Exception as error:
                self._more, self._failure = False, error
            else:
                self._waiting.append((item, _submit(pool, self._work, item)))

    def _one_by_one(self) -> Iterator[tuple[T, R | Exception]]:
        """What was in hand when a worker died: done already, or tried once more with nothing beside it."""
        _check_start()
        while self._waiting:
            with _pool(1) as pool:
                while self._waiting:
                    item, future = self._waiting.popleft()
                    result = _attempt(Future.result, future)
                    if isinstance(result, BrokenProcessPool):
                        result = _attempt(Future.result, _submit(pool, self._work, item))
                    if isinstance(result, BrokenProcessPool):
                        yield item, WorkerDied(_DIED)
                        break
                    yield item, result


class Kept:
    """Processes that stay, for work that comes one by one, each on its own: who dies takes nobody's work along.

    >>> kept = Kept(1)
    >>> kept.submit(int, "7").result()
    7
    >>> kept.close()
    """

    def __init__(self, processes: int) -> None:
        self._pipe = multiprocessing.get_context("spawn").Pipe(duplex=False)
        self._closed = False
        self._door = threading.Lock()
        self._waiting: SimpleQueue[_Asked | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(processes)]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[T], R], item: T) -> Future[R]:
        """Have `work` done on an item by the next process that is free. Both must be picklable.

        The future raises WorkerDied where the work has ended its process twice; it is cancelled where all is closed.
        """
        future: Future[R] = Future()
        with self._door:
            if self._closed:
                future.cancel()
            else:
                self._waiting.put(_Asked(work, item, future))
        return future

    def close(self) -> None:
        """End the processes at once, whatever they are doing; what waits is cancelled."""
        with self._door:
            self._closed = True
            with suppress(Empty):
                while asked := self._waiting.get_nowait():
                    asked.future.cancel()
            for _ in self._threads:
                self._waiting.put(None)
        self._pipe[1].close()
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        """One process after the other, until there is nothing to be done any more."""
        again: _Asked | None = None
        more = True
        while more:
            with _pool(1, self._pipe[0]) as pool:
                more, again = self._until_broken(pool, again)

    def _until_broken(self, pool: ProcessPoolExecutor, asked: "_Asked | None") -> tuple[bool, "_Asked | None"]:
        """Do what is asked for until the process dies; whether it goes on, and what is to be tried once more."""
        while asked := asked or self._waiting.get():
            if asked.again or asked.future.set_running_or_notify_cancel():
                result = _attempt(Future.result, _submit(pool, asked.work, asked.item))
                if isinstance(result, BrokenProcessPool) and not (asked.again or self._closed):
                    return True, replace(asked, again=True)
                _answer(asked.future, WorkerDied(_DIED) if isinstance(result, BrokenProcessPool) else result)
                if isinstance(result, BrokenProcessPool):
                    return True, None
            asked = None
        return False, None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Work that waits for a process. `again`: its first process has died."""

    work: Callable[[Any], Any]
    item: Any
    future: Future[Any]
    again: bool = False


def _answer(future: Future[Any], result: Any) -> None:
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)


def _check_start() -> None:
    """Tell a worker that died of its work from workers that cannot even start."""
    with _pool(1) as pool:
        if isinstance(_attempt(Future.result, _submit(pool, int, 0)), BrokenProcessPool):
            raise SaysoError(
                "no worker process could be started. A script that uses several processes needs its calls below "
                '`if __name__ == "__main__":`; with processes=1 everything runs in one.'
            )


@contextmanager
def _pool(processes: int, end: Connection | None = None) -> Iterator[ProcessPoolExecutor]:
    """Workers that end when the block does: after their work, or at once if the block is left by an exception.

    With `end`, they also end when what is at its other end does.
    """
    context = multiprocessing.get_context("spawn")
    ears, mouth = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(processes, context, _prepare, (ears, *((end,) if end else ())))
    try:
        yield pool
        pool.shutdown()
    finally:
        mouth.close()
        pool.shutdown(cancel_futures=True)
        ears.close()


def _submit(pool: ProcessPoolExecutor, work: Callable[[T], R], item: T) -> Future[R]:
    try:
        with _interrupts_held(), _safe_path():
            return pool.submit(work, item)
    except BrokenProcessPool as error:
        future: Future[R] = Future()
        future.set_exception(error)
        return future


@contextmanager
def _safe_path() -> Iterator[None]:
    """Without it, a process that starts would import what lies in the folder in which Sayso was started."""
    with _ENVIRONMENT:
        before = os.environ.get(_SAFE_PATH)
        os.environ[_SAFE_PATH] = "1"
        try:
            yield
        finally:
            if before is None:
                del os.environ[_SAFE_PATH]
            else:
                os.environ[_SAFE_PATH] = before


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: their parent ends them. What comes now comes after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare(*ears: Connection) -> None:
    """In a new worker: one thread, no chatter, deaf to Ctrl-C, and no longer there than its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    if not os.environ.get("SAYSO_DEBUG"):
        logging.getLogger().addHandler(logging.NullHandler())
        warnings.simplefilter("ignore")
    for each in ears:
        threading.Thread(target=_end_with_parent, args=(each,), daemon=True).start()


def _end_with_parent(ears: Connection) -> None:
    try:
        ears.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
