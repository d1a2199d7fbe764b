"""The notation of the rules in `words/times.toml` (see that file's head): macros written out, cut into parts."""

import re
from functools import cache

from sayso.annotating.times.tokens import table

PART = re.compile(r"!?(?:after|before)\(|\w+=\(|<[\w:]+>|#\w+|[()|?*+]|[^\s()|?*+]+")
MACRO = re.compile(r"\{(\w+)\}(\?)?")


def parts(pattern: str) -> list[str]:
    """
    >>> parts("the? n=(a|#number) <unit>")
    ['the', '?', 'n=(', 'a', '|', '#number', ')', '<unit>']
    """
    return PART.findall(expanded(pattern))


def expanded(pattern: str) -> str:
    """The pattern with its macros written out.

    >>> expanded("{wd} <day>")
    '(<anyweekday> ,?)? <day>'
    """
    while found := MACRO.search(pattern):
        macro = table()["macros"][found[1]]
        written = f"({macro})?" if found[2] else macro
        pattern = pattern[: found.start()] + written + pattern[found.end() :]
    return pattern


def is_literal(part: str) -> bool:
    """Whether a part of a pattern is a word that stands for itself."""
    return not (part in "()|?*+_" or part.endswith("(") or part.startswith("#") or re.fullmatch(r"<[\w:]+>", part))


@cache
def literals() -> frozenset[str]:
    """The words that rules name themselves."""
    return frozenset(part for rule in table()["rules"] for part in parts(rule["pattern"]) if is_literal(part))
