"""Words that say less than certain, and what became of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from sayso import words
from sayso.corpus.changes import tables
from sayso.corpus.changes.sides import Pair, Side
from sayso.corpus.tokens import tokens
from sayso.model import Span

REACH = 4
"""Words on either side of a hedge, among which the words that it hedges are looked for."""
KEPT = 0.5
"""The share of telling words that two sentences have in common at least, where a hedge between them counts."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge in a text: its words (first, and behind the last), its kind, whether a verb stands behind it that changes
    its form without it, and which entry of a list has it."""

    first: int
    end: int
    kind: str
    verbal: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A hedge that the other text does not have: its words in the one, what stands bare in the other, both with
    the words around, and why it is a hedge."""

    hedge: Span
    bare: Span
    wording: Span
    reason: str
    sourced: bool


def dropped(pair: Pair) -> Iterator[Dropped]:
    """The hedges of the one text that have nothing in their place in the other, although what they hedge is there."""
    found = hedges(pair.one, pair.left)
    if not found or pair.kept < KEPT or _keeps(pair):
        return
    back = len(hedges(pair.other, pair.turned.left))
    for hedge in found[back:]:
        hedged = _hedged(pair, hedge)
        if hedged is None or _hedged_elsewhere(pair.other, pair.here[hedged]):
            continue
        first, last = min(hedge.first, hedged), max(hedge.end, hedged + 1)
        yield Dropped(
            pair.one.span(hedge.first, hedge.end),
            _bare(pair, hedge, hedged),
            pair.one.span(first, last),
            hedge.reason,
            bool(_gains_source(pair)),
        )


def hedges(side: Side, words: Iterable[int]) -> list[Hedge]:
    """The hedges that begin with one of some words; those in quotation marks left out: they are somebody else's."""
    found: list[Hedge] = []
    for word in words:
        if side.keys[word] not in _opening() or side.quoted[word] or (found and word < found[-1].end):
            continue
        match = _pattern().match(side.text, side.starts[word])
        if match:
            kind, verbal, reason = _entries()[int((match.lastgroup or "e0")[1:])]
            end = side.words_in(match.start(), match.end())[1]
            found.append(Hedge(word, end, kind, verbal, f"“{' '.join(match[0].lower().split())}” {reason}"))
    return found


def has_hedge(text: str, span: Span) -> bool:
    """Whether a hedge begins in a stretch of a text."""
    found = _pattern().search(text, span.start)
    return found is not None and found.start() < span.end


@cache
def _opening() -> frozenset[int]:
    """The numbers of all words with which a hedge can begin."""
    return frozenset(tokens(" ".join(re.findall(r"[a-z]+", _pattern().pattern.lower()))).keys.tolist())


def _keeps(pair: Pair) -> bool:
    """Whether the other text keeps a distance in words that the one does not have, or asks."""
    kept = tables.pattern("keeping", "pattern")
    other = pair.other
    if "?" in other.text[other.starts[pair.theirs[0]] : other.ends[pair.theirs[1] - 1] + 2]:
        return True
    return any(kept.fullmatch(other.word(word)) for word in range(*pair.theirs) if word not in pair.there)


def _gains_source(pair: Pair) -> bool:
    any_source = tables.pattern("attribution", "any")
    return any(any_source.fullmatch(pair.other.word(word)) for word in pair.turned.left)


def _hedged(pair: Pair, hedge: Hedge) -> int | None:
    """The word that a hedge hedges, if the other text has it: the next telling one, or at a clause's end the last."""
    one = pair.one
    behind = [word for word in range(hedge.end, min(hedge.end + REACH, pair.ours[1])) if one.telling[word]]
    if hedge.kind == "caveat" or not behind:
        before = range(hedge.first - 1, max(pair.ours[0], hedge.first - 3 * REACH) - 1, -1)
        behind = [word for word in before if one.telling[word]]
    reach = 2 if hedge.verbal else 1  # "may withdraw troops", "withdrew troops"
    return next((word for word in behind[:reach] if word in pair.here), None)


def _hedged_elsewhere(other: Side, hedged: int) -> bool:
    """Whether the other text hedges the word somewhere else, and need not do so twice."""
    kept = tables.pattern("keeping", "pattern")
    return any(
        kept.fullmatch(other.word(word - step))
        for word, key in enumerate(other.keys)
        if key == other.keys[hedged] and word != hedged
        for step in range(1, REACH)
    )


def _bare(pair: Pair, hedge: Hedge, hedged: int) -> Span:
    """What stands in the other text where the one has the hedge and the word that it hedges."""
    there = pair.here[hedged]
    if hedged < hedge.first:
        return pair.other.span(there, there + 1)
    start = pair.here.get(hedge.first - 1, there - 1) + 1
    return pair.other.span(start if there - 2 * REACH <= start <= there else there, there + 1)


@cache
def _entries() -> tuple[tuple[str, bool, str], ...]:
    """Kind, whether a verb follows, and reason of each group of the pattern."""
    own = [
        (entry["kind"], bool(entry.get("verbal")), f"{entry['says']} ({tables.source(entry['source'])})")
        for entry in _own()
    ]
    distancing = [("report", False, f"{entry['says']} ({entry['source']})") for entry in _distancing()]
    return (*own, *distancing)


@cache
def _pattern() -> re.Pattern[str]:
    """All hedges at once; a group for each entry."""
    groups = []
    for entry in _own():
        forms = "|".join(entry["patterns"])
        groups.append(forms if entry.get("whole_case") else f"(?i:{forms})")
    for entry in _distancing():
        forms = "|".join(entry["forms"])
        unless = "".join(rf"(?! {word}\b)" for word in entry.get("unless_after", ()))
        groups.append(f"(?i:{forms})(?!\\w){unless}")
    return re.compile(r"\b(?:" + "|".join(f"(?P<e{n}>{group})" for n, group in enumerate(groups)) + r")(?!\w)")


def _own() -> list[dict[str, str]]:
    return list(words.load("changes")["hedges"])


def _distancing() -> list[dict[str, str]]:
    return [entry for entry in words.load("wording")["entries"] if entry["kind"] == "alleged"]
