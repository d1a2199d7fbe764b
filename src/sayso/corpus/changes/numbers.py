"""Numbers of a text with what they count, and whether two of them can be one."""

import re
from dataclasses import dataclass
from functools import cache

from sayso.corpus.changes import tables
from sayso.corpus.changes.sides import Side

ROUNDED = 0.07
"""By how much of itself a number may be rounded."""
ABOUT = 0.15
"""… where "about", "nearly" or "more than" stands before one of the two."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number: its words (first, and behind the last), the least and the most it stands for, its currency or "%",
    and whether a word before it says that it is not exact."""

    first: int
    end: int
    least: float
    most: float
    unit: str
    about: bool

    def can_be(self, other: "Number") -> bool:
        """Whether both may stand for the same: equal, rounded, or one as vague as it has to be."""
        if self.least <= other.most and other.least <= self.most:
            return True
        if self.least != self.most or other.least != other.most:
            return False
        one, two = sorted((self.least, other.least))
        if self.about or other.about:
            return two - one <= ABOUT * two
        return two - one <= ROUNDED * two and (_rounds_to(one, two) or _rounds_to(two, one))


def _rounds_to(exact: float, rounded: float) -> bool:
    digits = len(f"{rounded:.10g}".replace(".", "").strip("0"))
    return float(f"{exact:.{max(digits, 1)}g}") == rounded


def numbers(side: Side, first: int, end: int) -> list[Number]:
    """The numbers among some words; days, times of day and the numbers of names ("F-16") left out."""
    found: list[Number] = []
    if first >= end:
        return found
    for match in _pattern().finditer(side.text, side.starts[first], side.ends[end - 1]):
        start, stop = side.words_in(match.start(), match.end())
        value = _value(match)
        if start >= stop or _is_no_amount(side, start, stop):
            continue
        unit, behind = _unit(side, match, stop)
        about = tables.listed("numbers", "approximate")
        found.append(Number(start, stop, *value, unit, behind or side.word(start - 1) in about))
    return found


def _value(match: re.Match[str]) -> tuple[float, float]:
    """From what to what the matched words reach."""
    table = tables.table("numbers")
    if match["vague"]:
        least, most = table["vague"][" ".join(match["vague"].lower().split())]
        return float(least), float(most)
    if match["figure"]:
        value = float(match["figure"].replace(",", ""))
    else:
        found = re.findall(r"[a-z]+", match["word"].lower())
        value = float(sum(table["units"].get(word, 1) for word in found))  # "a hundred"
    for magnitude in re.findall(r"[a-z]+", (match["magnitude"] or "").lower()):
        value *= table["magnitudes"][magnitude]
    return value, value


def value_of(words: str) -> float | None:
    """What a number in words or figures stands for; None for what is none.

    >>> value_of("3bn"), value_of("twenty-five"), value_of("3 million"), value_of("dam")
    (3000000000.0, 25.0, 3000000.0, None)
    """
    match = _pattern().fullmatch(words)
    value = _value(match) if match and not match["vague"] else None
    return value[0] if value else None


def _is_no_amount(side: Side, first: int, end: int) -> bool:
    """Whether a number is a day, a time, one end of a range, a score, or part of a name."""
    table = tables.table("numbers")
    before, behind = side.gap(first), side.gap(end)
    if side.word(first - 1) in table["months"] or side.word(end) in table["months"] or side.word(end) in table["clock"]:
        return True
    if behind[:1] in (":", "-", "–", "/") and side.word(end)[:1].isdigit():
        return True
    return first > 0 and before in (":", "-", "–", "/", "#")


def _unit(side: Side, match: re.Match[str], end: int) -> tuple[str, bool]:
    """The currency of a number or "%", and whether "or so" stands behind it."""
    table = tables.table("numbers")
    sign = (match["sign"] or "").strip().lower()
    if sign:
        return table["currencies"].get(sign, sign), False
    rest = side.text[match.end() : match.end() + 12].lstrip(" -").lower()
    if any(rest.startswith(word) for word in table["percent"]):
        return "%", False
    return table["currencies"].get(side.word(end), ""), rest.startswith("or so")


def is_year(side: Side, number: Number) -> bool:
    """Whether a number looks like a year."""
    spelled = side.text[side.starts[number.first] : side.ends[number.end - 1]]
    return not number.unit and len(spelled) == 4 and spelled.isdigit() and 1800 <= number.least < 2100


@cache
def _pattern() -> re.Pattern[str]:
    table = tables.table("numbers")
    signs = "|".join(re.escape(sign) for sign in table["currencies"] if not sign[-1].isalpha())
    magnitudes = "|".join(sorted(table["magnitudes"], key=len, reverse=True))
    vague = "|".join(word.replace(" ", r"\s+") for word in sorted(table["vague"], key=len, reverse=True))
    units = "|".join(sorted(table["units"], key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,])(?P<sign>(?:us)?(?:{signs})\s?)?(?:"
        rf"(?P<vague>{vague})(?!\s+of\s+(?:thousands|millions)\b)"
        rf"|(?P<figure>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<word>(?:{units})(?:[-\s](?:{units}))?|a(?=\s(?:hundred|thousand|million|billion)\b)))"
        rf"(?P<magnitude>(?:[\s-]?(?:{magnitudes})\b)*)(?!\w|\.\d|,\d)",
        re.IGNORECASE,
    )
