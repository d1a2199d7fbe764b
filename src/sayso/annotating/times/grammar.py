"""The rules of `words/times.toml`, made regular expressions over the classes of words (see that file's head).

The method: every word becomes one letter that stands for its classes, so that a rule over words is a regular
expression over a short string of letters in which most are "nothing known" (a finite-state cascade over
token classes, as in Abney 1996, "Partial parsing via finite-state cascades").
"""

import re
from dataclasses import dataclass
from functools import cache

from sayso.annotating.times import tokens
from sayso.annotating.times.tokens import Tokens, alphabet, table

PART = re.compile(r"!?(?:after|before)\(|\w+=\(|<[\w:]+>|#\w+|[()|?*+]|[^\s()|?*+]+")
LOOKS = {"after(": "(?<=", "!after(": "(?<!", "before(": "(?=", "!before(": "(?!"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the name of the resolver that reads what it matched."""

    name: str
    pattern: re.Pattern[str]
    resolver: str


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's words in a text: its first token and the one behind its last, and the words in each slot."""

    rule: Rule
    first: int
    last: int
    slots: dict[str, str]


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the file."""
    return tuple(Rule(rule["name"], compiled(rule["pattern"]), rule["resolve"]) for rule in table()["rules"])


@cache
def literals() -> frozenset[str]:
    """The words that rules name themselves."""
    parts = (part for rule in table()["rules"] for part in PART.findall(expanded(rule["pattern"])))
    return frozenset(part for part in parts if is_literal(part))


def is_literal(part: str) -> bool:
    return not (part in "()|?*+" or part.endswith("(") or part.startswith("#") or re.fullmatch(r"<[\w:]+>", part))


def expanded(pattern: str) -> str:
    """The pattern with its macros written out.

    >>> expanded("{wd} <day>")
    '(<anyweekday> ,?)? <day>'
    """
    while found := re.search(r"\{(\w+)\}(\?)?", pattern):
        macro = table()["macros"][found[1]]
        written = f"({macro})?" if found[2] else macro
        pattern = pattern[: found.start()] + written + pattern[found.end() :]
    return pattern


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(map(translated, PART.findall(expanded(pattern)))))


def translated(part: str) -> str:
    """One part of a pattern as a regular expression over letters."""
    if part in LOOKS:
        return LOOKS[part]
    if part == "(":
        return "(?:"
    if part in ")|?*+":
        return part
    if part.endswith("=("):
        return f"(?P<{part[:-2]}>"
    if part.startswith("#"):
        return letters(part[1:])
    if part.startswith("<"):
        slot, _, name = part[1:-1].partition(":")
        return f"(?P<{slot}>{letters(name or slot)})"
    return letters(f"={part}")


def letters(name: str) -> str:
    """The letters of all words of a class, as a set of a regular expression."""
    wanted = set(table()["unions"].get(name, [name]))
    found = "".join(letter for names, letter in alphabet(literals()).items() if names & wanted)
    if not found:
        raise ValueError(f"words/times.toml: no word of class {name!r}")
    return f"[{found}]"


def matches(text: str) -> tuple[Tokens, list[Match]]:
    """The text's tokens, and all that rules match, in the order in which to try: leftmost, longest, first in the file."""
    found = tokens.tokenise(text, literals())
    every = [
        (hit.start(), -hit.end(), order, hit, rule)
        for order, rule in enumerate(rules())
        for hit in rule.pattern.finditer(found.letters)
        if hit.end() > hit.start()
    ]
    every.sort(key=lambda item: item[:3])
    return found, [as_match(found, hit, rule) for _, _, _, hit, rule in every]


def as_match(found: Tokens, hit: re.Match[str], rule: Rule) -> Match:
    slots = {
        name: " ".join(found.words[hit.start(name) : hit.end(name)])
        for name in rule.pattern.groupindex
        if hit.start(name) >= 0 and hit.end(name) > hit.start(name)
    }
    return Match(rule, hit.start(), hit.end(), slots)
