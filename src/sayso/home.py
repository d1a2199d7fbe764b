"""Where what a user gave Sayso lies: tables of outlets, dated events."""

import os
from functools import cache
from pathlib import Path


def folder(part: str) -> Path:
    """The folder of one kind of data: $SAYSO_HOME/part, else below the usual place for data of a program."""
    return _folder(os.environ.get("SAYSO_HOME"), part)


@cache
def _folder(home: str | None, part: str) -> Path:
    """Worked out once: it is asked for with every name that is looked up."""
    if home:
        return Path(home).expanduser() / part
    from platformdirs import user_data_dir  # noqa: PLC0415 - only here

    return Path(user_data_dir("sayso", appauthor=False)) / part
