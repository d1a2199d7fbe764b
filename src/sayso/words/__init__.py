"""What Sayso knows of words and outlets, as TOML files with the source of every entry."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """One of the tables in this folder, read once.

    >>> "verbs" in load("cues")
    True
    """
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
