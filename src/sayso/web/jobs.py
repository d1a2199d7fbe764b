"""Work that nobody waits for: articles on their way into the library, with how far each lot is.

One lot is worked on at a time, since one process can write in a corpus. A lot is done in small pieces, and after each
piece it is the next lot's turn: so one person's hundred files do not hold up another's single one. All of it happens
in a process of its own, which steps back for those who wait before a page. Lots are held in memory only: a server that
is closed forgets what was waiting, and what was added stays.
"""

import logging
import secrets
import shutil
import tempfile
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sayso import workers
from sayso.errors import HeldError, SaysoError
from sayso.library.store import Library
from sayso.web import work
from sayso.web.work import Done, Listed, Piece

_log = logging.getLogger("sayso")

State = Literal["waiting", "running", "done", "stopped"]
REMEMBERED = 500
MOST_WAITING = 200
ROOM = 1_000_000_000
"""Bytes of the disk that are left free."""
PIECE = 4
"""Inputs that are worked on before it is the next lot's turn."""
HELD = 1.0
"""Seconds after which it is tried again where another process is writing."""
PROBLEMS = 100
"""Problems of a lot that are told one by one."""


@dataclass(frozen=True, slots=True)
class Job:
    """A lot of inputs on the way into the library.

    Of `inputs`, `gone` have been gone through; of what is under way, `read` articles. `stored` articles are new,
    `again` were there already, `failed` could not be read; `problems` has the first hundred of these. `articles` are
    the first hundred new ones. `begun` is when it was asked for (ISO 8601, UTC). `held`: another process is writing.
    """

    id: str
    title: str
    state: State
    inputs: int
    gone: int = 0
    read: int = 0
    stored: int = 0
    again: int = 0
    failed: int = 0
    problems: tuple[str, ...] = ()
    articles: tuple[Listed, ...] = ()
    begun: str = ""
    held: bool = False

    @property
    def open(self) -> bool:
        """Whether it is still to be worked on."""
        return self.state in ("waiting", "running")


@dataclass
class _Lot:
    """What is behind a job: the pieces that are left, and the folder of its signs and of what was uploaded."""

    job: Job
    left: deque[Piece]
    folder: Path
    ended: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """All lots, and the thread that works on them in turns."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = str(corpus)
        self._lots: OrderedDict[str, _Lot] = OrderedDict()
        self._turn: deque[_Lot] = deque()
        self._change = threading.Condition()
        self._closed = self._behind = False
        self._kept = workers.Kept(1)
        self._place = Path(tempfile.mkdtemp(prefix="sayso-desk-"))
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin to work: first to list what others put into the corpus."""
        self._behind = True
        self._thread.start()

    def folder(self) -> Path:
        """A new folder, which nobody else can read, for what is uploaded. Raises SaysoError where there is no room."""
        if shutil.disk_usage(self._place).free < ROOM:
            raise SaysoError("there is too little room left on the disk of the desk")
        return Path(tempfile.mkdtemp(dir=self._place))

    def add(self, title: str, pieces: Sequence[Piece], folder: Path | None = None) -> Job:
        """Put a lot at the end of the queue; `folder` is taken away with it. Raises SaysoError if the queue is full."""
        folder = self.folder() if folder is None else folder
        job = Job(secrets.token_urlsafe(9), title, "waiting", sum(piece.count for piece in pieces), begun=_now())
        lot = _Lot(job, deque(replace(piece, signs=str(folder)) for piece in pieces), folder)
        with self._change:
            if len(self._turn) >= MOST_WAITING:
                shutil.rmtree(folder, ignore_errors=True)
                raise SaysoError("too much is waiting to be added; try again when some of it is done")
            for other in self._lots.values():
                if other.job.state == "running":
                    (other.folder / work.GIVE_WAY).touch()
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
        if lot is None or lot.job.state != "running":
            return None if lot is None else lot.job
        try:
            read, stored = (int(count) for count in (lot.folder / work.PROGRESS).read_text().split())
        except (OSError, ValueError):  # nothing is said yet, or no more
            return lot.job
        return replace(lot.job, read=read, stored=lot.job.stored + stored)

    def all(self) -> tuple[Job, ...]:
        """All jobs that are remembered, the latest first."""
        with self._change:
            return tuple(lot.job for lot in reversed(self._lots.values()))

    def stop(self, id: str) -> None:
        """Do no more of a lot than what is under way."""
        with self._change:
            lot = self._lots.get(id)
            if lot is not None and lot.job.open:
                lot.left.clear()
                if lot.job.state == "running":
                    (lot.folder / work.STOP).touch()
                lot.job = replace(lot.job, state="stopped")
                lot.ended.set()

    def wait(self, id: str, seconds: float) -> Job | None:
        """A job when it has ended, or as it stands after some seconds."""
        with self._change:
            lot = self._lots.get(id)
        if lot is not None:
            lot.ended.wait(seconds)
        return self.get(id)

    def close(self) -> None:
        """End after what is under way, and take away what was uploaded."""
        with self._change:
            self._closed = True
            for lot in self._lots.values():
                if lot.job.state == "running":
                    (lot.folder / work.STOP).touch()
            self._change.notify_all()
        self._kept.close()
        if self._thread.is_alive():
            self._thread.join()
        shutil.rmtree(self._place, ignore_errors=True)

    def _work(self) -> None:
        while not self._closed:
            if turn := self._next():
                self._advance(*turn)
            elif self._behind and not self._closed:
                self._catch_up()

    def _next(self) -> tuple[_Lot, Piece] | None:
        """The lot whose turn it is, as soon as there is one, and its piece; None where something else is to be done."""
        with self._change:
            while not (self._closed or self._turn or self._behind):
                self._change.wait()
            while self._turn and not self._closed:
                lot = self._turn.popleft()
                if lot.left:
                    lot.job = replace(lot.job, state="running")
                    (lot.folder / work.PROGRESS).unlink(missing_ok=True)
                    (lot.folder / work.GIVE_WAY).unlink(missing_ok=True)
                    if self._turn:
                        (lot.folder / work.GIVE_WAY).touch()
                    return lot, lot.left.popleft()
                shutil.rmtree(lot.folder, ignore_errors=True)  # it was stopped while it waited
            return None

    def _advance(self, lot: _Lot, piece: Piece) -> None:
        """Do a piece of a lot, and put it at the end of the queue."""
        done = self._done(lot, piece)
        with self._change:
            self._behind = True
            lot.job = _advanced(lot.job, piece, done)
            if done.unfinished and lot.job.open:
                lot.left.appendleft(piece)
            if lot.left:
                self._turn.append(lot)
                return
            if lot.job.open:
                lot.job = replace(lot.job, state="done")
            lot.ended.set()
            shutil.rmtree(lot.folder, ignore_errors=True)

    def _done(self, lot: _Lot, piece: Piece) -> Done:
        try:
            return self._when_free(lot, piece)
        except Exception as error:
            if piece.count > 1:  # one of them has ended the process: which, shows when each is alone
                return work.together([self._done(lot, one) for one in piece.split()])
            problem = str(error) if isinstance(error, SaysoError) else f"a fault in Sayso ({type(error).__name__})"
            return Done(problems=(problem if problem.startswith(piece.name) else f"{piece.name}: {problem}",))

    def _when_free(self, lot: _Lot, piece: Piece) -> Done:
        """Add a piece, as soon as no other process is writing in the corpus."""
        while True:
            try:
                done = self._kept.submit(work.added, piece).result()
            except HeldError:
                if self._closed or not lot.job.open:
                    return Done()
                lot.job = replace(lot.job, held=True)
                time.sleep(HELD)
            else:
                lot.job = replace(lot.job, held=False)
                return done

    def _catch_up(self) -> None:
        """List and analyse some of what is to be, when no lot waits."""
        try:
            left = self._kept.submit(work.caught_up, self._corpus).result()
        except workers.WorkerDied as error:
            left = self._give_up(str(error))
        except HeldError:
            time.sleep(HELD)
            return
        except Exception as error:  # a damaged corpus says so on every page; cancelled: all is closed
            _log.warning("analysing what is to be analysed has stopped: %s", error)
            left = 0
        with self._change:
            self._behind = left > 0

    def _give_up(self, problem: str) -> int:
        """Note of the article whose turn it was that it ends its process."""
        library = Library(self._corpus)
        numbers = library.next_wanted()
        if numbers:
            library.fail(numbers[0], problem)
        library.close()
        return len(numbers) - 1


def _advanced(job: Job, piece: Piece, done: Done) -> Job:
    return replace(
        job,
        gone=job.gone + (0 if done.unfinished else piece.count),
        stored=job.stored + done.stored,
        again=job.again + done.again,
        failed=job.failed + len(done.problems),
        problems=(*job.problems, *done.problems)[:PROBLEMS],
        articles=(*job.articles, *done.articles)[:PROBLEMS],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
