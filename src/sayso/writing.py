"""Files are written whole or not at all, and are on the disk when the call returns."""

import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import SaysoError


def write(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the whole new one. Raises SaysoError naming the file."""
    try:
        with whole(path) as part, part.open("x", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise SaysoError(f"cannot write {path}: {error.strerror or error}") from error


@contextmanager
def folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which is at `path` when it is complete; on an error nothing is left of it.

    An OSError goes through as it is. What a killed process left behind begins with a dot and ends in ".part".
    """
    part = path.with_name(f".{path.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        yield part
        for file in part.iterdir():
            _keep(file)
        _keep(part)
        part.rename(path)
        _keep(path.parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write a file that is at `path` when it is complete; on an error the old one, or none, is still there.

    A device or a pipe at `path` gets the bytes as they are, once there are all of them. An OSError goes through as it
    is. What a killed process left behind begins with ".sayso-" and ends in ".part".
    """
    real = path.resolve()
    if real.exists() and not stat.S_ISREG(real.stat().st_mode):
        with tempfile.TemporaryDirectory() as place:
            part = Path(place) / "part"
            yield part
            with part.open("rb") as made, real.open("wb") as out:
                shutil.copyfileobj(made, out)
        return
    part = real.with_name(f".sayso-{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        yield part
        _keep(part)
        part.replace(real)
        _keep(real.parent)
    finally:
        part.unlink(missing_ok=True)


def _keep(path: Path) -> None:
    """See to it that a file, or the names in a folder, outlast a loss of power, where the system offers that."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    except OSError:  # some file systems have no such call for folders
        if not path.is_dir():
            raise
    finally:
        os.close(descriptor)
