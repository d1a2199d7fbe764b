"""Files are written whole or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sayso.errors import SaysoError


def write(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the whole new one. Raises SaysoError naming the file."""
    try:
        with _opened(path) as file:
            file.write(text)
    except OSError as error:
        raise SaysoError(f"cannot write {path}: {error.strerror or error}") from error


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """The file beside its place, moved there when it is complete; a device or a pipe is written as it is."""
    real = path.resolve()
    if real.exists() and not stat.S_ISREG(real.stat().st_mode):
        with real.open("w", encoding="utf-8", errors="replace") as file:
            yield file
        return
    part = real.with_name(f".sayso-{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", errors="replace", newline="\n") as file:
            yield file
        part.replace(real)
    finally:
        part.unlink(missing_ok=True)
