"""Which files there are behind what a user named: folders are walked, in the order of their names."""

import os
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from sayso import words
from sayso.errors import ReadingError
from sayso.reading import inputs
from sayso.reading.collections.record import Source, state

DEEPEST = 100
"""Folders in folders."""


class Total(NamedTuple):
    """How many files (and addresses) there are, and their bytes."""

    files: int
    size: int


def sources(named: Iterable[str | Source]) -> Iterator[Source | ReadingError]:
    """Every file, each as a source or as what is wrong with it; addresses and "-" as they are, and sources too."""
    for name in named:
        if isinstance(name, Source):
            yield name
        elif name == "-" or inputs.is_address(name):
            yield Source(inputs.name_of(name), name)
        elif os.path.isdir(name):  # noqa: PTH112
            found = False
            for one in _in_folder(name, ()):
                found = True
                yield one
            if not found:
                yield ReadingError(inputs.printable(name), "there is no file in this folder that could be an article")
        else:
            yield _state(name)


def total(named: Iterable[str | Source]) -> Total:
    """The sum over all that is named; what cannot be opened has no size."""
    files = size = 0
    for source in sources(named):
        files += 1
        size += source.size if isinstance(source, Source) else 0
    return Total(files, size)


def _state(path: str) -> Source | ReadingError:
    try:
        return state(path)
    except ReadingError as error:
        return error


def _in_folder(folder: str, above: tuple[tuple[int, int], ...]) -> Iterator[Source | ReadingError]:
    """The files of a folder and of those in it. `above` are the folders on the way, so that no link leads round."""
    try:
        status = os.stat(folder)  # noqa: PTH116
        here = (status.st_dev, status.st_ino)
        if here in above or len(above) > DEEPEST:
            return
        with os.scandir(folder) as listing:
            entries = sorted((entry for entry in listing if not entry.name.startswith(".")), key=lambda one: one.name)
    except OSError as error:
        yield inputs.cannot_open(inputs.printable(folder), error)
        return
    companions = {form.format(entry.name.rpartition(".")[0]) for entry in entries for form in _companions()}
    for entry in entries:
        if _is(entry, "dir"):
            if entry.name not in companions:
                yield from _in_folder(entry.path, (*above, here))
        elif entry.name.rpartition(".")[2].lower() not in _skipped() and (_is(entry, "file") or not _there(entry)):
            yield _state(entry.path)


def _is(entry: os.DirEntry[str], kind: str) -> bool:
    try:
        return entry.is_dir() if kind == "dir" else entry.is_file()
    except OSError:
        return False


def _there(entry: os.DirEntry[str]) -> bool:
    """False for a link that leads nowhere, which is told; pipes and devices in a folder are there, and left out."""
    return os.path.exists(entry.path)  # noqa: PTH110


@cache
def _skipped() -> frozenset[str]:
    return frozenset(words.load("collections")["folders"]["skipped"])


@cache
def _companions() -> tuple[str, ...]:
    return tuple(words.load("collections")["folders"]["companions"])
