"""The words of a text, each with its class, so that rules can be read over words instead of characters."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso import words

UNKNOWN = "."  # the letter of a word of which the grammar knows nothing
BREAK = "\n"  # the letter of a blank line: no expression runs over one
FIRST_LETTER = 0x100  # letters of classes start here, clear of all that regular expressions read as marks

TOKEN = re.compile(
    r"""\n\s*\n                                # a blank line
    | \d{4}-\d\d-\d\d(?!\d)                    # 2024-10-20
    | \d{1,2}([/.])\d{1,2}\1\d{2,4}(?!\d)      # 20/10/2024
    | \d{1,2}/\d{1,2}(?!\d)                    # 1/2, 9/11
    | \d{1,2}:\d\d(?:am|pm)?(?!\d)             # 9:30
    | (?<!\w)['’`]\d\d(?:s)?(?!\w)             # '98, '80s
    | \d{4}['’]?s\b                            # 1990s
    | \d+(?:,\d{3})+(?:\.\d+)?                 # 2,000
    | \d+(?:\.\d+)?(?:[^\W\d_]+)?              # 20, 3.5, 20th, 9am
    | ['’](?:s|ll)\b                           # year's
    | [^\W\d_]+\d*                             # a word, Q3
    | \S""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text in order: where they start and end, what they are (lower case), and their classes' letters."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    letters: str


@cache
def table() -> dict[str, Any]:
    """The grammar's data. English is chosen here and nowhere else."""
    return words.load("times")


def plain(text: str) -> str:
    """Lower case, with the typewriter's apostrophe.

    >>> plain("Year’s")
    "year's"
    """
    return text.lower().replace("’", "'").replace("`", "'")


def split(entry: str) -> tuple[str, ...]:
    """The tokens of an entry of the table.

    >>> split("a.m.")
    ('a', '.', 'm', '.')
    """
    return tuple(plain(match[0]) for match in TOKEN.finditer(entry))


@cache
def shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(shape["pattern"], re.IGNORECASE)) for name, shape in table()["shapes"].items())


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Every word or phrase of the table with the names of its classes; names that are no times have none."""
    found: dict[str, set[str]] = {name: set() for name in table()["names"]["entries"]}
    for name, entries in {**table()["words"], "holiday": table()["holidays"]}.items():
        for word in entries:
            found.setdefault(plain(word), set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


@cache
def phrases() -> dict[str, list[tuple[str, ...]]]:
    """Entries of several tokens by their first one, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in word_classes():
        if len(parts := split(entry)) > 1:
            found.setdefault(parts[0], []).append(parts)
    return {first: sorted(entries, key=len, reverse=True) for first, entries in found.items()}


def classify(text: str) -> frozenset[str]:
    """The names of a token's classes: those of the table, those of its shape.

    >>> sorted(classify("second")), sorted(classify("May")), sorted(classify("may")), sorted(classify("7"))
    (['ordinal', 'unit'], ['month'], [], ['day', 'number'])
    """
    word = plain(text)
    names = set(word_classes().get(word, ()))
    if text[:1].islower():
        names -= set(table()["capitalised"])
    return frozenset(names | {name for name, pattern in shapes() if pattern.fullmatch(word)})


@cache
def alphabet(literals: frozenset[str] = frozenset()) -> dict[frozenset[str], str]:
    """A letter for every combination of classes; `=word` is the class of a word that rules name themselves."""
    known = set(word_classes()) | set(literals)
    known |= {example for shape in table()["shapes"].values() for example in shape["examples"]}
    sets = {with_literal(form, literals) for word in known for form in (word, word.capitalize())}
    ordered = sorted((sorted(names) for names in sets if names), key=str)
    return {frozenset(names): chr(FIRST_LETTER + number) for number, names in enumerate(ordered)}


def with_literal(text: str, literals: frozenset[str]) -> frozenset[str]:
    word = plain(text)
    return classify(text) | ({f"={word}"} if word in literals else frozenset())


@cache
def letter_of(text: str, literals: frozenset[str]) -> str:
    return alphabet(literals).get(with_literal(text, literals), UNKNOWN)


@cache
def vocabulary(literals: frozenset[str]) -> frozenset[str]:
    """The words that have a class, so that all the others need no further look."""
    return frozenset(word for word in set(word_classes()) | literals)


def tokenise(text: str, literals: frozenset[str] = frozenset()) -> Tokens:
    """The tokens of a text; phrases of the table ("a.m.", "Sunday Times") are one token.

    >>> tokenise("At 9 a.m. the Sunday Times").words
    ['at', '9', 'a.m.', 'the', 'sunday times']
    """
    raw = [(match.start(), match.end()) for match in TOKEN.finditer(text)]
    lower = [plain(text[start:end]) for start, end in raw]
    known = vocabulary(literals)
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    letters: list[str] = []
    index = 0
    while index < len(raw):
        size = phrase_length(lower, raw, index) if lower[index] in phrases() else 1
        start, end = raw[index][0], raw[index + size - 1][1]
        word = lower[index] if size == 1 else " ".join(plain(text[start:end]).split())
        starts.append(start)
        ends.append(end)
        forms.append(word)
        letters.append(letter(word, text[start:end], known, literals))
        index += size
    return Tokens(starts, ends, forms, "".join(letters))


def phrase_length(lower: list[str], raw: list[tuple[int, int]], index: int) -> int:
    for parts in phrases()[lower[index]]:
        stop = index + len(parts)
        if tuple(lower[index:stop]) == parts and all(
            raw[i + 1][0] - raw[i][1] <= (0 if parts[i + 1 - index] in (".", "-", "'s") else 2)
            for i in range(index, stop - 1)
        ):
            return len(parts)
    return 1


def letter(word: str, text: str, known: frozenset[str], literals: frozenset[str]) -> str:
    if word in known:
        return letter_of(text, literals)
    first = word[0]
    if first == "\n":
        return BREAK
    if first.isdigit() or first in "'½" or (len(word) == 2 and word[1].isdigit()):
        return alphabet(literals).get(classify(text), UNKNOWN)
    return UNKNOWN
