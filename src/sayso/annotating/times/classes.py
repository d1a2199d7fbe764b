"""What each word can be in an expression of time, as one letter, so that a rule over words is a regular expression."""

import re
from functools import cache, lru_cache

from sayso.annotating.times.patterns import literals
from sayso.annotating.times.tokens import Tokens, entries, plain, table

UNKNOWN = "."  # the letter of a word of which the grammar knows nothing
BREAK = "\n"  # the letter of a blank line: no expression runs over one
DASH = "–"  # what a hyphen between spaces, or two of them, is read as
FIRST_LETTER = 0x100  # letters of classes start here, clear of all that regular expressions read as marks


@cache
def shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(shape["pattern"])) for name, shape in table()["shapes"].items())


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Every word or phrase of the table with the names of its classes; names that are no times have none."""
    found: dict[str, set[str]] = {word: set() for word in entries()}
    for name, members in {**table()["words"], "holiday": table()["holidays"]}.items():
        for word in members:
            found[plain(word)].add(name)
    return {word: frozenset(names) for word, names in found.items()}


def classify(text: str) -> frozenset[str]:
    """The names of a token's classes: those of the table, those of its shape, `=word` for a word that rules name.

    >>> sorted(classify("second")), sorted(classify("May")), sorted(classify("may")), sorted(classify("7"))
    (['=second', 'ordinal', 'unit'], ['month'], [], ['day', 'number'])
    """
    word = plain(text)
    names = set(word_classes().get(word, ()))
    if text[:1].islower():
        names -= set(table()["capitalised"])
    if word in literals():
        names.add(f"={word}")
    return frozenset(names | {name for name, pattern in shapes() if pattern.fullmatch(word)})


@cache
def alphabet() -> dict[frozenset[str], str]:
    """A letter for every combination of classes."""
    known = entries() | literals()
    known |= {example for shape in table()["shapes"].values() for example in shape["examples"]}
    combinations = {classify(form) for word in known for form in (word, word.capitalize())}
    ordered = sorted(sorted(names) for names in combinations if names)
    return {frozenset(names): chr(FIRST_LETTER + number) for number, names in enumerate(ordered)}


@cache
def known_words() -> frozenset[str]:
    """The words that have a class, so that all the others need no further look."""
    return entries() | literals()


@lru_cache(maxsize=8192)
def letter(text: str) -> str:
    return BREAK if text[0] == "\n" else alphabet().get(classify(text), UNKNOWN)


def spelled(text: str, tokens: Tokens) -> str:
    """The letters of a text's tokens, one each."""
    known = known_words()
    return "".join(
        UNKNOWN if word.isalpha() and word not in known else letter(DASH if word == DASH else text[start:end])
        for start, end, word in zip(*tokens, strict=True)
    )


def letters(name: str) -> str:
    """The letters of all words of a class (or of a union of classes).

    >>> len(letters("quarterno"))
    1
    """
    wanted = set(table()["unions"].get(name, [name]))
    found = "".join(letter for names, letter in alphabet().items() if names & wanted)
    if not found:
        raise ValueError(f"words/times.toml: no word of class {name!r}")
    return found
