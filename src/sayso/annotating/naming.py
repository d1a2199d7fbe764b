"""Where a text says why, or only that, it does not name somebody. Words: anonymity.toml."""

import re
from functools import cache

from sayso import words


@cache
def reasons() -> re.Pattern[str]:
    """What newsrooms write where somebody is not to be named.

    >>> reasons().search("who spoke on condition of anonymity")[0]
    'on condition of anonymity'
    """
    return re.compile("|".join(words.load("anonymity")["reasons"]["patterns"]), re.IGNORECASE)


def is_about_naming(told: str) -> bool:
    """Whether words only say that somebody is not to be named.

    >>> is_about_naming("asked not to be named because he feared for his job"), is_about_naming("asked for a lawyer")
    (True, False)
    """
    match = reasons().match(told)
    return match is not None
