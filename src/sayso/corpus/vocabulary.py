"""The words of a claim and of sentences as they are compared: stems, names, numbers however they are written."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from sayso import words
from sayso.model import Span, Spans

Kind = Literal["name", "number", "word"]


class Term(NamedTuple):
    """A word that tells something: as it is compared, what it is, and where it stands."""

    form: str
    kind: Kind
    span: Span


def sentences(text: str) -> Spans:
    """The sentences of a text: up to a full stop before a capital, or to the end of a line.

    >>> [span.of("Mr. Berg left. He said so.") for span in sentences("Mr. Berg left. He said so.")]
    ['Mr. Berg left.', 'He said so.']
    """
    result, start = [], 0
    for end in (*(match.end() for match in _END.finditer(text) if _ends(text, match)), len(text)):
        piece = text[start:end]
        if stripped := piece.strip():
            begin = start + len(piece) - len(piece.lstrip())
            result.append(Span(begin, begin + len(stripped)))
        start = end
    return tuple(result)


def terms(text: str, start: int = 0) -> Iterator[Term]:
    """The words of a text that tell something. A name is a word in capitals where no sentence begins."""
    opening = True
    for match in _WORD.finditer(text):
        span = Span(start + match.start(), start + match.end())
        word = match[0]
        number = _number(word, text[match.end() : match.end() + 12])
        if number is not None:
            yield Term(number, "number", span)
        elif (form := stem(word)) not in _empty() and len(form) > 1:
            yield Term(form, "name" if word[0].isupper() and not opening else "word", span)
        opening = text[match.end() : match.end() + 1] in ".!?:\n"


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A word without its endings, and one for all that newsrooms put for each other.

    >>> stem("killing"), stem("deaths"), stem("Halna’s"), stem("dams")
    ('die', 'die', 'halna', 'dam')
    """
    small = re.sub(r"['’]s?$", "", word).casefold()
    if small in _stop():
        return small
    return _alike().get(small) or _alike().get(cut := _cut(small), cut)


def is_rare(number: str) -> bool:
    """Whether two events hardly have a number in common by chance; a year they may.

    >>> is_rare("47"), is_rare("2"), is_rare("2024")
    (True, False, False)
    """
    return float(number) > int(words.load("origins")["carrying"]["chance"]) and not 1900 <= float(number) <= 2100


def spellings(form: str) -> tuple[str, ...]:
    """By what the words with a stem begin."""
    return (form, *_by_stem().get(form, ()))


_WORD = re.compile(r"(?i:twen|thir|for|fif|six|seven|eigh|nine)ty-[a-z]+|\d[\d.,]*\d|\d|[^\W\d_]+(?:['’][^\W\d_]+)*")
_END = re.compile(r"[.!?…][\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9À-Þ])|\n+")
_LARGE = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence: not behind "Mr" or an initial."""
    if match[0][0] != ".":
        return True
    before = re.search(r"(\w*)\Z", text[max(0, match.start() - 12) : match.start()])
    word = before[1] if before else ""
    return (len(word) > 1 or word.isdigit()) and word.casefold() not in _titles()


def _number(word: str, behind: str) -> str | None:
    """A number as it is compared, or None: "1,200" and "1200", "twelve" and "12" are one."""
    if word[0].isdecimal():
        digits = word.replace(",", "")
        value = float(digits) if digits.count(".") < 2 else None
    else:
        parts = [_spelt().get(part) for part in word.casefold().replace("-one", "-1").split("-")]
        value = sum(part for part in parts if part is not None) if None not in parts else None
    if value is None:
        return None
    following = re.match(r"[\s-]+(\w+)", behind)
    if following and (large := _LARGE.get(following[1].casefold())) and value != large:
        value *= large
    return f"{value:g}" if value < 1e6 else f"{value:.0f}"


def _cut(word: str) -> str:
    for ending, left in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us")):
            bare = word[: -len(ending)] + left
            doubled = ending in ("ing", "ed") and bare[-1:] == bare[-2:-1] and bare[-1] not in "lsz"
            return bare[:-1] if doubled else bare.removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


@cache
def _alike() -> dict[str, str]:
    """The stem for each word that has others in its place."""
    families = words.load("origins")["alike"].items()
    return {form: first for first, others in families for word in (first, *others) for form in (word, _cut(word))}


@cache
def _by_stem() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word, first in _alike().items():
        found[first] = (*found.get(first, ()), word)
    return found


@cache
def _stop() -> frozenset[str]:
    return frozenset(word for listed in words.load("events")["stop"].values() for word in listed.split())


@cache
def _empty() -> frozenset[str]:
    own = words.load("origins")["empty"]["words"]
    return _stop() | {form for word in own for form in (word, _cut(word))}


@cache
def _titles() -> frozenset[str]:
    return frozenset(words.load("events")["stop"]["titles"].split())


@cache
def _spelt() -> dict[str, float]:
    numbers = words.load("times")["words"]["numword"]
    return {"1": 1.0, **{word: float(value) for word, value in numbers.items() if word not in ("one", *_LARGE)}}
