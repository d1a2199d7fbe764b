"""The words of a text, with phrases of the table ("a.m.", "Sunday Times") as one."""

import re
from functools import cache
from typing import Any, NamedTuple

from sayso import words

TOKEN = re.compile(
    r"""\n\s*\n                                # a blank line
    | \d{4}-\d\d-\d\d(?!\d)                    # 2024-10-20
    | (?:1[89]|20)\d\d[-–/]\d\d(?![\d-])        # 2014-15
    | \d{1,2}([/.])\d{1,2}\1\d{2,4}(?!\d)      # 20/10/2024
    | \d{1,2}/\d{1,2}(?!\d)                    # 1/2, 9/11
    | \d{1,2}:\d\d(?:am|pm)?(?!\d)             # 9:30
    | (?<!\w)['’`]\d\d(?:s)?(?!\w)             # '98, '80s
    | \d{3}0['’]?s\b                           # 1990s
    | \d+(?:,\d{3})+(?:\.\d+)?                 # 2,000
    | \d+(?:\.\d+)?(?:[^\W\d_]+)?              # 20, 3.5, 20th, 9am
    | ['’](?:s|ll)\b                           # year's
    | [^\W\d_]+\d*                             # a word, Q3
    | \S""",
    re.VERBOSE,
)
CLOSE = frozenset({".", "-", "'s"})  # tokens of a phrase that nothing may part from the token before


class Tokens(NamedTuple):
    """The words of a text in order: where they start and end, and what they are in lower case."""

    starts: list[int]
    ends: list[int]
    words: list[str]


@cache
def table() -> dict[str, Any]:
    """The grammar's data. English is chosen here and nowhere else."""
    return words.load("times")


def plain(text: str) -> str:
    """Lower case, with the typewriter's apostrophe and a dash that is none of a hyphen; as long as the text.

    >>> plain("Year’s"), plain("last week - he said")
    ("year's", 'last week – he said')
    """
    low = text.lower()
    if len(low) != len(text):  # a few letters of other scripts are two in lower case
        low = "".join(lowered if len(lowered := char.lower()) == 1 else char for char in text)
    return low.replace("’", "'").replace("`", "'").replace(" - ", " – ").replace("--", "––")


@cache
def entries() -> frozenset[str]:
    """Every word and phrase that the table has."""
    by_class = (plain(word) for members in table()["words"].values() for word in members)
    return frozenset([*by_class, *map(plain, table()["holidays"]), *map(plain, table()["names"]["entries"])])


@cache
def phrases() -> dict[str, list[tuple[str, ...]]]:
    """Entries of several tokens by their first one, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for parts in sorted((split(entry) for entry in entries()), key=len, reverse=True):
        if len(parts) > 1:
            found.setdefault(parts[0], []).append(parts)
    return found


def split(entry: str) -> tuple[str, ...]:
    """The tokens of an entry of the table.

    >>> split("a.m.")
    ('a', '.', 'm', '.')
    """
    return tuple(plain(match[0]) for match in TOKEN.finditer(entry))


def tokenise(text: str) -> Tokens:
    """The tokens of a text.

    >>> tokenise("At 9 a.m. the Sunday Times").words
    ['at', '9', 'a.m.', 'the', 'sunday times']
    """
    spans = [match.span() for match in TOKEN.finditer(text)]
    even = plain(text)
    forms = [even[start:end] for start, end in spans]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    firsts = phrases()
    for index in reversed([index for index, form in enumerate(forms) if form in firsts]):
        stop = index + phrase_length(forms, spans, index)
        if stop > index + 1:  # from the end on, so that the places before it stay
            forms[index:stop] = [" ".join(even[starts[index] : ends[stop - 1]].split())]
            ends[index:stop] = [ends[stop - 1]]
            starts[index:stop] = [starts[index]]
            spans[index:stop] = [(starts[index], ends[index])]
    return Tokens(starts, ends, forms)


def phrase_length(forms: list[str], spans: list[tuple[int, int]], index: int) -> int:
    """How many tokens the phrase at a token has; 1 where there is none."""
    for parts in phrases()[forms[index]]:
        near = range(index + 1, index + len(parts))
        if tuple(forms[index : index + len(parts)]) == parts and all(
            spans[i][0] - spans[i - 1][1] <= (0 if forms[i] in CLOSE else 2) for i in near
        ):
            return len(parts)
    return 1
