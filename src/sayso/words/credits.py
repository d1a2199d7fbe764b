"""Where a report says whose it is: the name in a dateline or in a line of credit, as it stands there.

"BEIRUT (Reuters) -", "Source: AA", "— with AFP": AP Stylebook, "dateline" and "credit line". Whether a name is an
outlet's is for the caller to tell; the patterns are in credits.toml.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from sayso import words
from sayso.model import Span

Part = Literal["whole", "part"]
PARTS: tuple[Part, ...] = ("whole", "part")


class Line(NamedTuple):
    """A name that a report gives for itself. `what` says in which way, in words; `sure`: it can only be an outlet's."""

    what: str
    name: str
    span: Span
    sure: bool


def lines(text: str, of: Part = "whole") -> Iterator[Line]:
    """The names credited with the whole report, or with a part of it, in the order of the patterns.

    >>> [(line.what, line.name) for line in lines("BEIRUT (Reuters) - A dam has burst.")]
    [('dateline', 'Reuters')]
    >>> [line.name for line in lines("A dam has burst, officials said.\\n\\nWith reporting by Agence Halna", "part")]
    ['Agence Halna']
    """
    for form in _forms(of):
        first = max(0, len(text) + form.window) if form.window < 0 else 0
        for match in form.pattern.finditer(text[first : first + abs(form.window)]):
            yield Line(
                form.what, match["name"], Span(first + match.start("name"), first + match.end("name")), form.sure
            )


class _Form(NamedTuple):
    what: str
    window: int
    pattern: re.Pattern[str]
    sure: bool


@cache
def _forms(of: Part) -> tuple[_Form, ...]:
    table = words.load("credits")
    day, name = table["shared"]["day"], table["shared"]["name"]
    return tuple(
        _Form(
            entry["what"],
            table["shared"][entry["where"]],
            re.compile(entry["pattern"].replace("%day%", day).replace("%name%", name)),
            entry.get("sure", False),
        )
        for entry in table[of]
    )
