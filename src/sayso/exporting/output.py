"""Where an export goes: one file, or several in a folder or a zip; whole or not there."""

import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso import writing
from sayso.errors import SaysoError

EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a zip can say; the same files make the same zip at any hour


def is_zip(out: Path) -> bool:
    """Whether several files go into one zip rather than into a folder.

    >>> is_zip(Path("tables.zip")), is_zip(Path("tables"))
    (True, False)
    """
    return out.suffix.lower() == ".zip"


@contextmanager
def one_file(out: Path) -> Iterator[Path]:
    """The path to write one file to. Raises SaysoError naming the file if it cannot be written."""
    with _named(out), writing.whole(out) as part:
        yield part


@contextmanager
def several_files(out: Path) -> Iterator[Path]:
    """A folder to write several files into. Raises SaysoError if it cannot be, or if a folder with things is there."""
    if is_zip(out):
        with _named(out), tempfile.TemporaryDirectory(".part", ".sayso-", _beside(out)) as place:
            yield Path(place)
            with writing.whole(out) as part:
                _pack(Path(place), part)
        return
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise SaysoError(f"{out} is there already: name a new folder, or a file that ends in .zip")
    with _named(out), writing.folder(out) as place:
        yield place


def _beside(out: Path) -> Path | None:
    """The folder of the file, where the files have room if the zip has; not the one of a pipe or a device."""
    return out.resolve().parent if not out.exists() or out.is_file() else None


def _pack(place: Path, out: Path) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for file in sorted(place.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(file.relative_to(place).as_posix(), EARLIEST)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                with file.open("rb") as source, made.open(entry, "w", force_zip64=True) as target:
                    while block := source.read(1 << 20):
                        target.write(block)


@contextmanager
def _named(out: Path) -> Iterator[None]:
    """Errors of the system name what was to be written."""
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise SaysoError(f"cannot write {os.fspath(out)}: {error.strerror or error}") from error
