"""Who is given an office in a text: "House Speaker John Boehner" is of the years in which he was that."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

import numpy as np

from sayso import words
from sayso.annotating.dating import months
from sayso.annotating.dating.months import Curve, Flags
from sayso.annotating.dating.stated import spoken
from sayso.model import Span

SLACK = timedelta(days=31)  # around the ends of a term: elections, nominations, successors who act
LONGEST_TITLE = 9  # words
ABBREVIATED = 3  # letters of "Gov." and "U.S."; behind more, a full stop ends a sentence
_WORD = re.compile(r"\b(?:then|ex)(?=-)|[^\W_]+(?:[-'’.](?=[^\W_])[^\W_]+)*\.?")
_NEXT = re.compile(r" (?:[A-Z]\. ?)?[A-Z][a-z]")
_JOINED = re.compile(r"(?!\s*\n\s*\n)[\s“”\"'’-]{0,3}")
_NUMERAL = re.compile(r" ([IVX]+)\b")

Term = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Office:
    """An office and one who held it.

    `kept`: the title is kept after the office. `common`: others of that family name bear the title too. `source`: where
    to check the terms.
    """

    key: str
    holder: str
    terms: tuple[Term, ...]
    kept: bool
    common: bool
    source: str

    def held(self) -> Flags:
        """The months in which the text may speak of it as held."""
        held = np.zeros(months.COUNT, dtype=np.bool_)
        for first, last in self.terms:
            held |= months.between(first - SLACK, last + SLACK if last else None)
        return held

    def over(self, day: date) -> bool:
        """Whether it was held before a day, and not on it."""
        past = any(last is not None and last + SLACK < day for _, last in self.terms)
        return past and not any(first - SLACK <= day <= (last or day) + SLACK for first, last in self.terms)

    def to_come(self, day: date) -> bool:
        """Whether it was not held before or on a day."""
        return all(first - SLACK > day for first, _ in self.terms)


@dataclass(frozen=True, slots=True)
class Titled:
    """A place where somebody bears the title of an office; `former`: the text says that it is over."""

    office: Office
    span: Span
    former: bool


def find(text: str) -> list[Titled]:
    """The titles with their bearers, in the order of the text.

    >>> [(t.office.holder, t.former) for t in find("House Speaker John Boehner met former Secretary of State Clinton.")]
    [('John Boehner', False), ('Hillary Clinton', True)]
    """
    families = _by_family()
    tokens = list(_WORD.finditer(text))
    in_full = cache(partial(_in_full, text))  # a long text bears the same title a thousand times
    found: list[Titled] = []
    for place, token in enumerate(tokens):
        word = _plain(token[0])
        if word in families and token[0][0].isupper() and not _NEXT.match(text, token.end()):
            found.extend(_titled(text, tokens, place, families[word], in_full))
    return found


def _in_full(text: str, holder: str) -> bool:
    """Whether the text names somebody with given name and family name."""
    given, *_, family = holder.split()
    return re.search(rf"\b{re.escape(given)}\s(?:\S{{1,12}}\s){{0,2}}{re.escape(family)}\b", text) is not None


def _titled(
    text: str,
    tokens: list[re.Match[str]],
    place: int,
    offices: tuple[Office, ...],
    in_full: Callable[[str], bool],
) -> Iterator[Titled]:
    before = _before(text, tokens, place)
    numeral = _NUMERAL.match(text, tokens[place].end())
    seen = set()
    for office in offices:
        title = _title(before, office)
        if title is None or office.key in seen or (numeral and numeral[1] not in office.holder.split()):
            continue
        start, length = title
        first = tokens[place - (len(before) - start)]
        if length == 1 and first[0].islower():  # "keynote speaker Johnson"
            continue
        if _is_another(before[:start], office) or (office.common and not in_full(office.holder)):
            continue
        seen.add(office.key)
        end = tokens[place].start() + len(tokens[place][0].rstrip("."))
        yield Titled(office, Span(first.start(), end), _is_over(before[:start]))


def _is_another(ahead: list[str], office: Office) -> bool:
    """Whether the word before a title makes it another office, or a wish: "Florida", "deputy", "a"."""
    lists = _lists()
    states = lists["states"] if _table()[office.key].get("states") else frozenset()
    return bool(ahead) and ahead[-1] in lists["another"] | states


def _is_over(ahead: list[str]) -> bool:
    """Whether the words before a title say that the office is over: "former", "then", or an election's year."""
    former, near = _lists()["former"], ahead[-3:]
    listed = ahead[-8:] if "and" in ahead[-8:] else []
    return bool(former & {*near, *listed}) or any(re.fullmatch(r"(?:19|20)\d\d", word) for word in near)


def _before(text: str, tokens: list[re.Match[str]], place: int) -> list[str]:
    """The words before a family name, as far as nothing but white space lies between them."""
    found: list[str] = []
    for n in range(place - 1, max(-1, place - LONGEST_TITLE - 5), -1):
        if not _JOINED.fullmatch(text, tokens[n].end(), tokens[n + 1].start()):
            break
        word = _plain(tokens[n][0])
        if tokens[n][0].endswith(".") and len(word) > ABBREVIATED:
            break
        found.append(word)
    return found[::-1]


def _title(before: list[str], office: Office) -> tuple[int, int] | None:
    """Where the longest of an office's titles begins, right before the name or its given names, and its length."""
    names = [_plain(part) for part in office.holder.split()]
    ends = [len(before)]
    for n in range(1, len(names) + 2):
        middle = before[len(before) - n + 1 :]
        own = middle in ([], names[1:-1]) or (len(names) == 2 and all(len(word) == 1 for word in middle))
        if len(before) > n and before[-n] == names[0] and own:
            ends.append(len(before) - n)
    for end in ends:
        for length in range(min(LONGEST_TITLE, end), 0, -1):
            if tuple(before[end - length : end]) in _titles()[office.key]:
                return end - length, length
    return None


def told(said: str, office: Office, count: int = 1) -> str:
    """The sentence with which a reader can check a title."""
    terms = " and ".join(
        f"from {spoken(first)} to {spoken(last)}" if last else f"since {spoken(first)}" for first, last in office.terms
    )
    often = f" ({count} times)" if count > 1 else ""
    plain = " ".join(said.strip("“”\"'‘’ ").split())
    return f"“{plain}”{often}: {office.holder} was that {terms} ({office.source})."


def curves(found: list[Titled]) -> dict[str, Curve]:
    """How the months agree with the titles: counts of bearers, each once, and the share of a title that is kept."""
    in_office, ended, not_begun, former_early = (months.empty() for _ in range(4))
    for mine in _by_bearer(found).values():
        current, former = [t for t in mine if not t.former], [t for t in mine if t.former]
        held = np.logical_or.reduce([t.office.held() for t in mine])
        begun = min(months.of(first) for t in mine for first, _ in t.office.terms) < months.NUMBERS
        if current and not former:
            not_begun += ~held & ~begun
            if not mine[0].office.kept:
                in_office += held
                ended += ~held & begun
        if former and (ends := [last for t in former for _, last in t.office.terms if last]):
            former_early += months.of(min(ends) - SLACK) > months.NUMBERS
    return {
        "office held": in_office,
        "office over": ended,
        "office to come": not_begun,
        "former too early": former_early,
        "president": _presidents(found),
    }


def _by_bearer(found: list[Titled]) -> dict[tuple[str, str], list[Titled]]:
    bearers: dict[tuple[str, str], list[Titled]] = {}
    for titled in found:
        kind = "president" if titled.office.key.endswith("president") else titled.office.key
        bearers.setdefault((kind, titled.office.holder.split()[-1]), []).append(titled)
    return bearers


def _presidents(found: list[Titled]) -> Curve:
    """The share of "President X" whose X was in office, less 1; 0 where nobody is called so."""
    named = [t.office for t in found if t.office.key == "president" and not t.former]
    if not named:
        return months.empty()
    share: Curve = np.sum([office.held() for office in named], axis=0) / len(named) - 1.0
    return share


@cache
def _table() -> dict[str, Any]:
    return {key: entry for key, entry in words.load("offices").items() if key != "before"}


@cache
def _lists() -> dict[str, frozenset[str]]:
    before = words.load("offices")["before"]
    return {
        "former": frozenset(before["former"]),
        "another": frozenset(before["another"]),
        "states": frozenset(before["states"].split()),
    }


@cache
def _titles() -> dict[str, frozenset[tuple[str, ...]]]:
    return {key: frozenset(tuple(title.split()) for title in entry["titles"]) for key, entry in _table().items()}


@cache
def _by_family() -> dict[str, tuple[Office, ...]]:
    found: dict[str, list[Office]] = {}
    for key, entry in _table().items():
        for holder, days in entry["holders"].items():
            terms = tuple(
                (date.fromisoformat(first), date.fromisoformat(last) if last else None)
                for first, last in zip(days[::2], days[1::2], strict=True)
            )
            office = Office(
                key,
                holder,
                terms,
                entry.get("kept", False),
                entry.get("common", False),
                entry["source"],
            )
            family = holder.split()[0 if key == "pope" else -1]
            found.setdefault(_plain(family), []).append(office)
    return {family: tuple(offices) for family, offices in found.items()}


def _plain(word: str) -> str:
    """A word in small letters without stops and without the 's of a possessive.

    >>> _plain("U.S."), _plain("Boehner’s")
    ('us', 'boehner')
    """
    return re.sub(r"['’]s$", "", word.casefold()).replace(".", "")
