"""What is said of adding to a corpus, in one line each, and the bar that shows how far it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

Bar = Callable[[str, int, int | None], None]


class Gathered(Protocol):
    """How far it is, or what came of it, in articles."""

    @property
    def read(self) -> int: ...
    @property
    def stored(self) -> int: ...
    @property
    def again(self) -> int: ...
    @property
    def unreadable(self) -> int: ...
    @property
    def analysed(self) -> int: ...
    @property
    def unread(self) -> int: ...
    @property
    def broken(self) -> int: ...
    @property
    def to_list(self) -> int: ...
    @property
    def to_analyse(self) -> int: ...


def step(now: Gathered) -> tuple[str, int, int | None]:
    """What is being done, how much of it is done, and of how much, where that is known.

    >>> from types import SimpleNamespace
    >>> step(SimpleNamespace(to_list=0, to_analyse=4, analysed=5, unread=1, broken=0))
    ('analysing', 6, 10)
    """
    done = now.analysed + now.unread + now.broken
    if now.to_analyse or done:
        return "analysing", done, done + now.to_analyse
    if now.to_list:
        return "listing", 0, now.to_list
    return "reading", now.read, None


def added(result: Gathered, total: int) -> str:
    """What came of it.

    >>> from types import SimpleNamespace
    >>> added(SimpleNamespace(stored=3, again=0, unreadable=0, analysed=2, unread=1, broken=0), 1204)
    '3 articles added, 2 analysed, 1 not (not English, too short or too long); the corpus has 1,204'
    """
    parts = [f"{result.stored:,} article{'' if result.stored == 1 else 's'} added"]
    if result.again:
        parts.append(f"{result.again:,} {'was' if result.again == 1 else 'were'} there already")
    if result.unreadable:
        parts.append(f"{result.unreadable:,} could not be read")
    if result.analysed or result.unread:
        parts.append(f"{result.analysed:,} analysed")
    if result.unread:
        parts.append(f"{result.unread:,} not (not English, too short or too long)")
    if result.broken:
        parts.append(f"{result.broken:,} failed in analysis")
    return f"{', '.join(parts)}; the corpus has {total:,}"


def interrupted(total: int, to_analyse: int = 0) -> str:
    """What a user who stopped it is told.

    >>> interrupted(5)
    'interrupted; the corpus has 5 articles, and the same command goes on from there'
    >>> interrupted(5, 2)
    'interrupted; the corpus has 5 articles, 2 of them still to be analysed, and the same command goes on from there'
    """
    left = f", {to_analyse:,} of them still to be analysed" if to_analyse else ""
    return f"interrupted; the corpus has {total:,} articles{left}, and the same command goes on from there"


@contextmanager
def bar() -> Iterator[Bar]:
    """A bar on standard error, gone at the end: what is done, how much of it, and of how much where that is known."""
    from rich import progress  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415

    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as shown:
        task = shown.add_task("", total=None)

        def show(what: str, done: int, of: int | None) -> None:
            shown.update(task, description=what, completed=done, total=of)

        yield show
