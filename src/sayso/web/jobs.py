"""Work that nobody waits for: articles on their way into the library, with how far each lot is.

One lot is worked on at a time, since one process can write in a corpus. A lot is done in small pieces, and after each
piece it is the next lot's turn: so one person's hundred files do not hold up another's single one. All of it happens
in a process of its own, which steps back for those who wait before a page. Lots are held in memory only: a server that
is closed forgets what was waiting, and what was added stays.
"""

import secrets
import shutil
import tempfile
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sayso import workers
from sayso.errors import SaysoError
from sayso.web import work
from sayso.web.work import Done, Piece

State = Literal["waiting", "running", "done", "stopped"]
REMEMBERED = 500
MOST_WAITING = 200
PIECE = 4
"""Inputs that are worked on before it is the next lot's turn."""
PROBLEMS = 100
"""Problems of a lot that are told one by one."""


@dataclass(frozen=True, slots=True)
class Job:
    """A lot of inputs on the way into the library.

    Of `inputs`, `gone` have been gone through. `stored` articles are new, `again` were there already, `failed` could
    not be read; `problems` has the first hundred of these. `articles` are the ids of the first hundred that are there.
    """

    id: str
    title: str
    state: State
    inputs: int
    gone: int = 0
    stored: int = 0
    again: int = 0
    failed: int = 0
    problems: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    begun: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still to be worked on."""
        return self.state in ("waiting", "running")


@dataclass
class _Lot:
    """What is behind a job: the pieces that are left, and the folder of what was uploaded."""

    job: Job
    left: deque[Piece]
    folder: Path | None = None
    ended: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """All lots, and the thread that works on them in turns."""

    def __init__(self) -> None:
        self._lots: OrderedDict[str, _Lot] = OrderedDict()
        self._turn: deque[_Lot] = deque()
        self._change = threading.Condition()
        self._closed = False
        self._kept = workers.Kept(1)
        self._place = Path(tempfile.mkdtemp(prefix="sayso-desk-"))
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def folder(self) -> Path:
        """A new folder, which nobody else can read, for what is uploaded."""
        return Path(tempfile.mkdtemp(dir=self._place))

    def add(self, title: str, pieces: Sequence[Piece], folder: Path | None = None) -> Job:
        """Put a lot at the end of the queue; `folder` is taken away when it is done. Raises SaysoError if it is full."""
        job = Job(secrets.token_urlsafe(9), title, "waiting", sum(piece.count for piece in pieces), begun=_now())
        lot = _Lot(job, deque(pieces), folder)
        with self._change:
            if len(self._turn) >= MOST_WAITING:
                raise SaysoError("too much is waiting to be added; try again when some of it is done")
            self._lots[job.id] = lot
            self._turn.append(lot)
            while len(self._lots) > REMEMBERED and not next(iter(self._lots.values())).job.open:
                self._lots.popitem(last=False)
            self._change.notify_all()
        return job

    def get(self, id: str) -> Job | None:
        """A job as it stands now."""
        with self._change:
            lot = self._lots.get(id)
            return None if lot is None else lot.job

    def all(self) -> tuple[Job, ...]:
        """All jobs that are remembered, the latest first."""
        with self._change:
            return tuple(lot.job for lot in reversed(self._lots.values()))

    def stop(self, id: str) -> None:
        """Do no more of a lot than the piece that is under way."""
        with self._change:
            lot = self._lots.get(id)
            if lot is not None and lot.job.open:
                lot.left.clear()
                self._ended(lot, "stopped")

    def wait(self, id: str, seconds: float) -> Job | None:
        """A job when it has ended, or as it stands after some seconds."""
        with self._change:
            lot = self._lots.get(id)
        if lot is not None:
            lot.ended.wait(seconds)
        return self.get(id)

    def close(self) -> None:
        """End after the piece that is under way, and take away what was uploaded."""
        with self._change:
            self._closed = True
            self._turn.clear()
            self._change.notify_all()
        self._kept.close()
        self._thread.join()
        shutil.rmtree(self._place, ignore_errors=True)

    def _work(self) -> None:
        while lot := self._next():
            piece = lot.left.popleft()
            done = self._done(piece)
            with self._change:
                lot.job = _advanced(lot.job, piece, done)
                if lot.job.state == "running":
                    if lot.left:
                        self._turn.append(lot)
                    else:
                        self._ended(lot, "done")

    def _next(self) -> _Lot | None:
        """The lot whose turn it is, as soon as there is one; None when all is closed."""
        with self._change:
            while not self._closed:
                while self._turn:
                    lot = self._turn.popleft()
                    if lot.left and lot.job.open:
                        lot.job = replace(lot.job, state="running")
                        return lot
                self._change.wait()
            return None

    def _done(self, piece: Piece) -> Done:
        try:
            return self._kept.submit(work.added, piece).result()
        except Exception as error:
            if piece.count > 1:  # one of them has ended the process: which, shows when each is alone
                alone = [self._done(one) for one in piece.split()]
                return work.together(alone)
            problem = str(error) if isinstance(error, SaysoError) else f"a fault in Sayso ({type(error).__name__})"
            return Done(problems=(f"{piece.name}: {problem}",))

    def _ended(self, lot: _Lot, state: State) -> None:
        lot.job = replace(lot.job, state=state)
        lot.ended.set()
        if lot.folder is not None:
            shutil.rmtree(lot.folder, ignore_errors=True)


def _advanced(job: Job, piece: Piece, done: Done) -> Job:
    return replace(
        job,
        gone=job.gone + piece.count,
        stored=job.stored + done.stored,
        again=job.again + done.again,
        failed=job.failed + len(done.problems),
        problems=(*job.problems, *done.problems)[:PROBLEMS],
        articles=(*job.articles, *done.articles)[:PROBLEMS],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
