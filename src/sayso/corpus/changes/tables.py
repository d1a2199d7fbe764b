"""The words of changes.toml, made ready for searching."""

import re
from functools import cache
from typing import Any

from sayso import words


@cache
def table(name: str) -> dict[str, Any]:
    """A part of changes.toml."""
    found: dict[str, Any] = words.load("changes")[name]
    return found


@cache
def listed(name: str, key: str) -> frozenset[str]:
    """A list of a part of changes.toml."""
    return frozenset(table(name)[key])


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """The patterns of a part as one of whole words; capitals do not count."""
    found = table(name)[key]
    return re.compile(rf"\b(?:{found if isinstance(found, str) else '|'.join(found)})\b", re.IGNORECASE)


@cache
def unbounded(name: str, key: str) -> re.Pattern[str]:
    """The patterns of a part, which say themselves where words begin; capitals do not count."""
    return re.compile("|".join(table(name)[key]), re.IGNORECASE)


@cache
def source(key: str) -> str:
    """The work that an entry's source stands for."""
    return str(words.load("changes")["sources"].get(key, key))
