"""Whether a sentence tells a claim: enough of its words, and what tells it from another event in the same town."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple, Self

from sayso import words
from sayso.corpus.vocabulary import Kind, Term, is_rare, spellings, stem


@dataclass(frozen=True, slots=True)
class Limits:
    """What a sentence must have of a claim; what each is stands in words/origins.toml. `gated`: also one of its names
    or numbers, in the sentence or beside it."""

    telling: float
    words: float
    all: float
    numberless: float
    pair: float
    nameless: float
    chance: float
    passage: float
    least: int
    gated: bool = True

    def strict(self) -> Self:
        """For headlines: a number and a name do not lead to the claim there."""
        return replace(self, chance=math.inf)

    def together(self) -> Self:
        """For two sentences that tell it together."""
        return replace(self.strict(), words=self.pair, all=self.pair)

    def led(self, sure: bool) -> Self:
        """For a sentence to which a shared passage leads, `sure` where it leads nowhere else."""
        if not sure:
            return replace(self, gated=False)
        share = self.passage
        return replace(self, words=0.0, all=share, numberless=share, nameless=share, least=1, gated=False)


@cache
def limits() -> Limits:
    """The limits for any sentence."""
    known = words.load("origins")["carrying"]
    return Limits(**{field.name: known[field.name] for field in fields(Limits) if field.name in known})


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim made ready: its terms, each once, and the word that is counted behind each number."""

    terms: tuple[Term, ...]
    counted: dict[str, str]

    @classmethod
    def of(cls, found: Sequence[Term]) -> Self:
        unique = {term.form: term for term in reversed(found)}
        counted = {t.form: after.form for t, after in pairwise(found) if t.kind == "number" and after.kind == "word"}
        return cls(tuple(unique.values())[::-1], counted)

    def forms(self, *kinds: Kind) -> frozenset[str]:
        """The forms of its terms of some kinds."""
        return frozenset(term.form for term in self.terms if term.kind in kinds)


class Match(NamedTuple):
    """The terms of a sentence that tell a claim, and what it tells otherwise."""

    terms: tuple[Term, ...]
    notes: tuple[str, ...]


def is_likely(claim: Claim, sentence: str) -> bool:
    """A quick look at whether a sentence can have enough of a claim's words."""
    small = sentence.casefold()
    if any(is_rare(form) and form in small for form in claim.forms("number")):
        return True
    known = claim.forms("name", "word")
    count = sum(any(spelling in small for spelling in spellings(form)) for form in known)
    return count >= max(1, 0.25 * len(known))


def match(claim: Claim, found: Sequence[Term], around: frozenset[str], limit: Limits) -> Match | None:
    """The claim's terms in a sentence, if they are enough. A changed number counts half, so does a name beside it."""
    shared = _shared(claim, found, around)
    if not (_enough(claim, shared, limit) or _by_number(claim, found, shared, limit)):
        return None
    forms = shared.here | {new.form for new in shared.changed.values()}
    notes = tuple(f"it says {new.form} where the claim says {old}" for old, new in sorted(shared.changed.items()))
    return Match(tuple(t for t in found if t.form in forms), notes)


class _Shared(NamedTuple):
    """What of a claim a sentence has: its forms, numbers that stand for the claim's, names that stand beside it."""

    here: frozenset[str]
    changed: dict[str, Term]
    beside: frozenset[str]

    def count(self, *forms: frozenset[str]) -> int:
        return sum(len(self.here & some) for some in forms)


def _shared(claim: Claim, found: Sequence[Term], around: frozenset[str]) -> _Shared:
    forms = {term.form for term in found}
    here = frozenset(term.form for term in claim.terms if term.form in forms)
    return _Shared(here, dict(_changed(claim, found)), (claim.forms("name") & around) - here)


def _enough(claim: Claim, shared: _Shared, limit: Limits) -> bool:
    """Whether a sentence has enough of a claim's ordinary words, of its whole weight, and what tells it from others."""
    ordinary, telling = claim.forms("word"), claim.forms("name", "number")
    weights = {t.form: 1.0 if t.kind == "word" else limit.telling for t in claim.terms}
    weight = sum(weights[form] for form in shared.here)
    weight += sum(weights[form] / 2 for form in (*shared.changed, *shared.beside))
    share = shared.count(ordinary) / len(ordinary) if ordinary else 1.0
    needs = [limit.all]
    if not telling:
        needs.append(limit.nameless)
    elif limit.gated and not (shared.count(telling) or shared.changed or shared.beside):
        return False
    if claim.forms("number") and not (shared.count(claim.forms("number")) or shared.changed):
        needs.append(limit.numberless)
    count = len(shared.here) + len(shared.changed) + len(shared.beside)
    least = max(limit.words, 0 if telling else limit.nameless)
    return (
        share >= least and weight >= max(needs) * sum(weights.values()) and count >= min(limit.least, len(claim.terms))
    )


def _by_number(claim: Claim, found: Sequence[Term], shared: _Shared, limit: Limits) -> bool:
    """Whether a sentence has a claim's numbers, none of them one that comes by chance, and a name and a word of it.

    Where both count people by them ("56 colliers", "56 dead"), a name or a word is enough.
    """
    numbers = claim.forms("number")
    rare = any(is_rare(form) and float(form) > limit.chance for form in numbers)
    if not rare or not numbers <= shared.here:
        return False
    named = bool(shared.count(claim.forms("name")) or shared.beside)
    worded = bool(shared.count(claim.forms("word")))
    people = _tells_people(claim.terms) and _tells_people(found)
    return (named and worded) or (people and (named or worded))


def _tells_people(found: Sequence[Term]) -> bool:
    """Whether a sentence is about people, alive or dead."""
    return any(term.form in _people() for term in found)


def _changed(claim: Claim, found: Sequence[Term]) -> Iterator[tuple[str, Term]]:
    """The claim's numbers that a sentence has otherwise: another one stands before what is counted, or there is one."""
    numbers = [t for t in found if t.kind == "number"]
    here = {t.form for t in numbers}
    asked = claim.forms("number")
    others = [t for t in numbers if t.form not in asked]
    for old in sorted(asked - here):
        unit = claim.counted.get(old)
        beside = [t for t in others if unit and _counts(t, unit, found)]
        if beside:
            yield old, beside[0]
        elif unit is None and len(asked) == len(others) == 1:
            yield old, others[0]


def _counts(number: Term, unit: str, found: Sequence[Term]) -> bool:
    place = found.index(number)
    return any(t.form == unit for t in found[place + 1 : place + 3])


@cache
def _people() -> frozenset[str]:
    kinds = (kind["lemmas"] for kind in words.load("sources")["kind"] if kind["kind"] in ("unnamed", "role", "group"))
    own = words.load("origins")["people"]["words"]
    return frozenset(stem(word) for listed in (*kinds, own) for word in listed)
