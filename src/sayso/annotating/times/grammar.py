"""The rules of `words/times.toml` as regular expressions over the classes of words.

Every word becomes one letter that stands for its classes, so that a rule over words is a regular expression over a
short string in which most letters are "nothing known" (finite-state patterns over token classes, as in Abney 1996,
"Partial parsing via finite-state cascades").
"""

import re
from dataclasses import dataclass
from functools import cache

from sayso.annotating.times.classes import BREAK, UNKNOWN, letters, spelled
from sayso.annotating.times.patterns import parts
from sayso.annotating.times.tokens import Tokens, table, tokenise

SIGNS = {"after(": "(?<=", "!after(": "(?<!", "before(": "(?=", "!before(": "(?!", "(": "(?:"}
GAP = 4  # one word more than the longest row of `_` in a pattern
SIGNS |= {sign: sign for sign in ")|?*+"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the name of the resolver that reads what it matched.

    `needs` has the letters of each word that the pattern cannot do without, so that most rules need not be tried.
    """

    name: str
    pattern: re.Pattern[str]
    resolver: str
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's words in a text: its first token, the one behind its last, and the words in each slot.

    A slot that stands in several branches of a pattern has a number there: "year2" is "year".
    """

    rule: Rule
    first: int
    last: int
    slots: dict[str, str]


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the file."""
    return tuple(
        Rule(rule["name"], compiled(rule["pattern"]), rule["resolve"], needed(parts(rule["pattern"])))
        for rule in table()["rules"]
    )


def needed(pattern: list[str]) -> tuple[frozenset[str], ...]:
    """The letters of the parts outside all brackets that are not optional."""
    depth = 0
    found: list[frozenset[str]] = []
    for part, following in zip(pattern, [*pattern[1:], ""], strict=True):
        depth += part.endswith("(") - (part == ")")
        if part == "|" and depth == 0:
            return ()
        if depth == 0 and part not in ")?*+_" and following not in ("?", "*"):
            found.append(frozenset(re.sub(r"^\(\?P<\w+>|[\[\])]", "", translated(part))))
    return tuple(found)


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(map(translated, parts(pattern))))


def translated(part: str) -> str:
    """One part of a pattern as a regular expression over letters."""
    if part == "_":
        return f"[^{BREAK}]"
    if part in SIGNS:
        return SIGNS[part]
    if part.endswith("=("):
        return f"(?P<{part[:-2]}>"
    if part.startswith("<"):
        slot, _, name = part[1:-1].partition(":")
        return f"(?P<{slot}>[{letters(name or slot)}])"
    return f"[{letters(part[1:] if part.startswith('#') else f'={part}')}]"


@cache
def worth_reading() -> re.Pattern[str]:
    """The stretches of known words in which an expression can be, so that rules need not try all the others."""
    anchors = "".join(letters(name) for name in table()["anchors"])
    return re.compile(rf"[^{UNKNOWN}{BREAK}]*[{anchors}][^{UNKNOWN}{BREAK}]*")


def narrowed(spelling: str) -> tuple[str, list[int]]:
    """The letters of those stretches and the ends of the gaps between them, and the place of each in the spelling."""
    places: list[int] = []
    pieces: list[str] = []
    at = 0
    for hit in worth_reading().finditer(spelling):
        skip(spelling, at, hit.start(), places, pieces)
        places += range(hit.start(), hit.end())
        pieces.append(hit[0])
        at = hit.end()
    skip(spelling, at, len(spelling), places, pieces)
    return "".join(pieces), places


def skip(spelling: str, start: int, stop: int, places: list[int], pieces: list[str]) -> None:
    """Take only the ends of a gap, as unknown words: no pattern reaches over so many."""
    kept = [*range(start, stop)] if stop - start <= GAP else [*range(start, start + GAP - 1), stop - 1]
    places += kept
    pieces += [BREAK if spelling[place] == BREAK else UNKNOWN for place in kept]


def matches(text: str) -> tuple[Tokens, list[Match]]:
    """The text's tokens, and all that rules match in the order to try: leftmost, longest, first in the file."""
    tokens = tokenise(text)
    spelling, places = narrowed(spelled(text, tokens))
    there = set(spelling)
    every = [
        (hit.start(), -hit.end(), order, hit, rule)
        for order, rule in enumerate(rules())
        if not any(there.isdisjoint(need) for need in rule.needs)
        for hit in rule.pattern.finditer(spelling)
        if hit.end() > hit.start()
    ]
    every.sort(key=lambda item: item[:3])
    return tokens, [as_match(tokens, places, hit, rule) for _, _, _, hit, rule in every]


def as_match(tokens: Tokens, places: list[int], hit: re.Match[str], rule: Rule) -> Match:
    slots = {
        name.rstrip("23"): " ".join(tokens.words[places[hit.start(name)] : places[hit.end(name) - 1] + 1])
        for name in rule.pattern.groupindex
        if hit.end(name) > hit.start(name) >= 0
    }
    return Match(rule, places[hit.start()], places[hit.end() - 1] + 1, slots)
