"""What a text is about, as a set of terms: its words, and the names in it. For events and for reports alike.

No parser: an index holds hundreds of thousands of texts. So a name is a run of words in capitals, and no more.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sayso import words

NAME = "="
"""What the form of a name begins with, so that "=rice" is not "rice"."""
LONGEST_RUN = 8
"""Words in capitals, above which they are a headline or a text in capitals."""
LONGEST_TERM = 100


def terms(text: str) -> frozenset[str]:
    """The terms of a text, in small letters and without accents.

    A word is one of three letters or more that is no stop word. A name is a run of words in capitals, with "of",
    "al-" and the like inside, and begins with "="; of a run of more than two, its last two words are a name as well. A
    single word in capitals at the start of a sentence is no name unless all of it is in capitals.

    >>> sorted(terms("Yesterday Foreign Minister Ada Winter met envoys."))
    ['=ada winter', '=foreign minister ada winter', 'ada', 'envoys', 'foreign', 'met', 'minister', 'winter']
    """
    patterns = _patterns()
    text = _undotted(_folded(text))
    found = {word for word in _WORD.findall(text.casefold()) if len(word) <= LONGEST_TERM}
    found -= patterns.stop
    for run in patterns.run.finditer(text):
        found.update(_names(run, patterns.stop))
    return frozenset(found)


def without_sources(text: str) -> str:
    """The text of an event without the outlets that are given in brackets behind its sentences, or at its end.

    A bracket at the end of a short heading is part of it, as in "Halna war (2001–present)".

    >>> without_sources("Two ships collide off Halna. (Amber Post), (Courier (Norland))")
    'Two ships collide off Halna.'
    """
    text = _AFTER_SENTENCE.sub("", text).strip()
    end = _AT_END.search(text)
    if end and (end["more"] or text.count(" ", 0, end.start()) >= SENTENCE):
        text = text[: end.start()].rstrip()
    return text


SENTENCE = 8
"""Spaces in a text, from which it is a sentence and no heading, also without a full stop."""
_BRACKET = r"\((?:[^()]|\([^()]*\))*\)"
_AFTER_SENTENCE = re.compile(rf"(?<=[.!?\"”’'])\s*{_BRACKET}(?:[\s,;.]*{_BRACKET})*[,;.]*")
_AT_END = re.compile(rf"\s*{_BRACKET}(?P<more>(?:[\s,;.]*{_BRACKET})*)[\s,;.]*$")
_WORD = re.compile(r"\b[^\W\d_]\w{2,}")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_BETWEEN = re.compile(r"[ .-]+|(?<=\bd)'")
_SENTENCE_ENDS = frozenset(".!?:;\n\r•*")


class _Patterns(NamedTuple):
    stop: frozenset[str]
    run: re.Pattern[str]
    dotted: re.Pattern[str]
    letters: dict[int, str]


@cache
def _patterns() -> _Patterns:
    """What is made of the words in `words/events.toml`."""
    known = words.load("events")
    lists = {name: text.split() for name, text in known["stop"].items()}
    capital = r"[A-Z]\w*(?:'[A-Z]\w+)?"
    inside = "|".join(known["inside"]["words"].split())
    initial = r"(?:(?<=\b[A-Z])\.)?"
    return _Patterns(
        stop=frozenset(word for listed in lists.values() for word in listed),
        run=re.compile(rf"\b(?:[ae]l-)?{capital}(?:{initial}[ -](?:(?:{inside})[ '-]){{0,2}}{capital})*"),
        dotted=re.compile(rf"\b(?:(?:[A-Z]\.){{2,}}|(?:{'|'.join(lists['titles']).title()})\.)"),
        letters={ord("’"): "'", **{ord(letter): plain for letter, plain in known["letters"].items()}},
    )


def _folded(text: str) -> str:
    """The text without accents: "Erdoğan" is written "Erdogan" as well."""
    if text.isascii():
        return text
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).translate(_patterns().letters)


def _undotted(text: str) -> str:
    """The text without the full stops of "U.S." and "Gen.", which end no sentence."""
    return _patterns().dotted.sub(lambda match: match[0].replace(".", ""), text)


def _names(run: re.Match[str], stop: frozenset[str]) -> Iterator[str]:
    found = [word for word in _BETWEEN.split(run[0]) if len(word) > 1 or word.islower()]
    initial = _begins_sentence(run)
    while found and found[0].casefold() in stop and (len(found[0]) == 1 or not found[0].isupper()):  # "US" stays
        del found[0]
        initial = False
    capitals = [place for place, word in enumerate(found) if word[0].isupper()]
    if not capitals or len(capitals) > LONGEST_RUN or (len(found) == 1 and initial and not found[0].isupper()):
        return
    lowered = [word.casefold() for word in found]
    for start in {0, capitals[-2] if len(capitals) > 2 else 0}:
        if len(name := " ".join(lowered[start:])) <= LONGEST_TERM:
            yield NAME + name


def _begins_sentence(run: re.Match[str]) -> bool:
    before = run.string[max(0, run.start() - 4) : run.start()].rstrip(" \t\"'“”‘([")
    return not before or before[-1] in _SENTENCE_ENDS
