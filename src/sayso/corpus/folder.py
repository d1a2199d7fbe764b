"""The folder of a corpus: what belongs to it, who may write in it.

    corpus.json                      the manifest: which segments and which indexes belong to the corpus
    segments/000012/                 articles that were stored together: articles, texts, captures
    indexes/000013/                  postings of a row of segments: fingerprints, telling
    lock                             who writes holds it
    library.sqlite, corrections.sqlite   the room `library` keeps what was found and corrected here

All of it but the manifest is never changed once it is there. A change of the corpus is one step: the new manifest
takes the place of the old one. So a process can be killed at any moment: what it had not finished belongs to nothing,
and the next who writes takes it away. The folder can be copied, also while it is read.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

from sayso import writing
from sayso.errors import HeldError, SaysoError

VERSION = 1
MANIFEST = "corpus.json"
SEGMENTS, INDEXES = "segments", "indexes"


@dataclass(frozen=True, slots=True)
class Part:
    """A segment or an index: its folder's name, and the numbers of the articles in it. `size` is its bytes of text."""

    name: str
    first: int
    count: int
    size: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What belongs to a corpus. `next` is the number of the next folder that is made.

    `removed` are the numbers of articles that nobody gets any more; what was stored of them stays where it is.
    """

    segments: tuple[Part, ...] = ()
    indexes: tuple[Part, ...] = ()
    next: int = 0
    removed: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many articles were stored, with those that were removed again; so the number of the next one."""
        return sum(part.count for part in self.segments)

    def named(self) -> tuple[Self, str]:
        """A name for a new folder, and the manifest that has given it."""
        return replace(self, next=self.next + 1), f"{self.next:06d}"


def load(folder: Path) -> Manifest:
    """The manifest of a corpus; an empty one where there is none yet. Raises SaysoError for another kind of folder."""
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return _new(folder)
    except (ValueError, OSError) as error:
        raise SaysoError(f"{folder}: the corpus cannot be read: {MANIFEST} is damaged ({error})") from error
    return _manifest(folder, data)


def store(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of the old one: from now on what it names belongs to the corpus."""
    writing.write(folder / MANIFEST, json.dumps({"sayso-corpus": VERSION, **asdict(manifest)}) + "\n")


@contextmanager
def writer(folder: Path) -> Iterator[Manifest]:
    """Hold the corpus to write in it, and get its manifest. Raises SaysoError at once where another process does."""
    import filelock  # noqa: PLC0415 - only writers need it

    if not folder.exists():
        _make(folder)
    load(folder)  # before anything is written: it may be somebody's folder of other things
    lock = filelock.FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise HeldError(
            f"{folder}: another process is writing in this corpus; try again when it is done (reading goes on)"
        ) from None
    except OSError as error:
        raise SaysoError(f"{folder}: it cannot be written in: {error.strerror or error}") from error
    try:
        manifest = load(folder)
        sweep(folder, manifest)
        yield manifest
    finally:
        lock.release()


def sweep(folder: Path, manifest: Manifest) -> None:
    """Take away what belongs to nothing: what a killed process had begun, and what a compaction replaced."""
    sweep_indexes(folder, manifest)
    _sweep(folder / SEGMENTS, manifest.segments)
    for path in folder.glob(".sayso-*.part"):
        with suppress(OSError):
            path.unlink()


def sweep_indexes(folder: Path, manifest: Manifest) -> None:
    """Take away the indexes that a compaction replaced. Readers have theirs open, and go on with them."""
    _sweep(folder / INDEXES, manifest.indexes)


def _sweep(folder: Path, parts: Sequence[Part]) -> None:
    kept = {part.name for part in parts}
    with suppress(FileNotFoundError):
        for path in folder.iterdir():
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)


def stamp(folder: Path) -> tuple[int, int, int]:
    """What changes with every change of the corpus: its manifest's time, size and file number."""
    try:
        status = (folder / MANIFEST).stat()
    except OSError:
        return (0, 0, 0)
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaysoError(f"{folder}: the folder cannot be made: {error.strerror or error}") from error


def _new(folder: Path) -> Manifest:
    """The manifest of a corpus that is still to be made: in a folder that is empty, or not there."""
    if folder.exists() and not folder.is_dir():
        raise SaysoError(f"{folder}: a corpus is a folder, and this is a file")
    if folder.is_dir() and not all(_is_ours(entry.name) for entry in list(folder.iterdir())):
        raise SaysoError(f"{folder}: this folder holds other things and is no corpus; name a new or an empty folder")
    return Manifest()


def _is_ours(name: str) -> bool:
    part = name.startswith(".sayso-") and name.endswith(".part")
    return part or name in {"lock", SEGMENTS, INDEXES} or name.startswith(("library.", "corrections."))


def _manifest(folder: Path, data: Any) -> Manifest:
    version = data.get("sayso-corpus") if isinstance(data, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise SaysoError(f"{folder}: this corpus was made by a newer Sayso; update Sayso to read it")
    try:
        segments, indexes = (tuple(Part(**part) for part in data[kind]) for kind in (SEGMENTS, INDEXES))
        return Manifest(segments, indexes, int(data["next"]), tuple(int(number) for number in data.get("removed", ())))
    except (KeyError, TypeError, ValueError) as error:
        raise SaysoError(f"{folder}: the corpus cannot be read: {MANIFEST} is not a manifest of a corpus") from error
