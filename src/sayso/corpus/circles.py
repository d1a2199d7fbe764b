"""Circles: articles that have it from each other, or a claim that comes back to its first outlet as confirmation.

Only where an article cites another in, or next to, words that the two share. Two articles of an outlet that cite each
other's outlet about different things are no circle, and so are two citations that have nothing to do with each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise, product
from typing import Any

import networkx as nx

from sayso import words
from sayso.corpus.carrying import sentences
from sayso.corpus.voices import house
from sayso.model import Certainty, Span, Spans
from sayso.model.story import Circle, Citation, Derivation, Entry, Exhibit, Story

MOST_PATHS = 200  # ways through one circle of outlets that are looked at


@dataclass(frozen=True, slots=True)
class _Step:
    """An article cites another about words that both have: where in each these words stand."""

    by: Entry
    of: Entry
    citation: Citation
    here: Spans
    there: Spans


def find(story: Story) -> tuple[Circle, ...]:
    """The circles of a story, the shortest first; each set of outlets once.

    A circle runs through outlets: the Echo cites the Post, and the Post an article of the Echo. Where the article
    that closes it is not the one that began it, the claim has come back as its own confirmation.
    """
    graph = nx.DiGraph()
    steps: dict[tuple[str, str], list[_Step]] = defaultdict(list)
    for step in _steps(story):
        pair = (house(step.by), house(step.of))
        steps[pair].append(step)
        graph.add_edge(*pair)
    cycles = (cycle for cycle in nx.simple_cycles(graph, length_bound=_limits()["longest"]) if len(cycle) > 1)
    found: dict[frozenset[str], Circle] = {}
    for cycle in sorted(cycles, key=lambda cycle: (len(cycle), sorted(cycle))):
        if frozenset(cycle) not in found and (path := _path(_turned(cycle), steps)) is not None:
            found[frozenset(cycle)] = _circle(path)
    return tuple(found.values())


def _turned(cycle: Sequence[str]) -> list[str]:
    """A cycle from its first name on, so that it is told in the same way whatever the order of the articles."""
    at = cycle.index(min(cycle))
    return [*cycle[at:], *cycle[:at]]


# --- who cites whom about what they share ---------------------------------------------------------------------------


def _steps(story: Story) -> Iterator[_Step]:
    entries = {entry.id: entry for entry in story.entries}
    shared: dict[tuple[str, str], list[Derivation]] = defaultdict(list)
    for derivation in story.derivations:
        shared[derivation.earlier, derivation.later].append(derivation)
        shared[derivation.later, derivation.earlier].append(derivation)
    for citation in story.citations:
        if citation.kind == "named" or citation.by not in entries:
            continue
        by = entries[citation.by]
        for id_ in citation.of:
            if id_ in entries and house(entries[id_]) != house(by):
                yield from _about(by, entries[id_], citation, shared[by.id, id_])


def _about(by: Entry, of: Entry, citation: Citation, derivations: Iterable[Derivation]) -> Iterator[_Step]:
    """A citation that stands in or next to what two articles share; a credit, if it is about most of the article."""
    for derivation in derivations:
        forwards = derivation.earlier == by.id
        share = derivation.earlier_share if forwards else derivation.later_share
        if not citation.spans and share < _limits()["whole"]:
            continue
        near = _near(by, citation.spans)
        passages = [(p.spans, p.other_spans) if forwards else (p.other_spans, p.spans) for p in derivation.passages]
        told = [(here, there) for here, there in passages if near is None or _touch(here, near)]
        if told:
            here = tuple(span for spans, _ in told for span in spans)
            there = tuple(span for _, spans in told for span in spans)
            yield _Step(by, of, citation, here, there)


def _near(entry: Entry, spans: Spans) -> Spans | None:
    """The sentences of some words and those beside them; None for no words, which stand for the whole text."""
    if not spans:
        return None
    found = sentences(entry.article.text)
    near = int(_limits()["near"])
    places = [n for n, sentence in enumerate(found) if any(sentence.overlaps(span) for span in spans)]
    return tuple(found[m] for n in places for m in range(max(0, n - near), min(len(found), n + near + 1)))


def _touch(some: Iterable[Span], others: Iterable[Span]) -> bool:
    return any(one.overlaps(other) for one, other in product(some, tuple(others)))


# --- round and round --------------------------------------------------------------------------------------------------


def _path(cycle: Sequence[str], steps: Mapping[tuple[str, str], Sequence[_Step]]) -> list[_Step] | None:
    """Citations round a cycle of outlets that are about the same words, or None.

    Of all ways round, one that closes in the same article is taken, else one that comes back to the outlet only.
    """
    turns = [[*cycle[n:], *cycle[:n]] for n in range(len(cycle))]
    whole: list[_Step] | None = None
    for turn in turns:
        choices = [steps[pair] for pair in pairwise((*turn, turn[0]))]
        for path in _first(product(*choices)):
            if all(_joins(one, other) for one, other in pairwise(path)):
                if path[-1].of.id == path[0].by.id:
                    if _same_words(path[0].by, path[-1].there, path[0].here):
                        return list(path)
                elif whole is None and _comes_back(path):
                    whole = list(path)
    return whole


def _first(paths: Iterable[tuple[_Step, ...]]) -> Iterator[tuple[_Step, ...]]:
    for number, path in enumerate(paths):
        if number == MOST_PATHS:
            return
        yield path


def _joins(one: _Step, other: _Step) -> bool:
    """Whether the cited article cites on about the same words."""
    return one.of.id == other.by.id and _same_words(one.of, one.there, other.here)


def _same_words(entry: Entry, some: Spans, others: Spans) -> bool:
    """Whether two stretches of an article overlap, or stand in the same sentence."""
    found = [s for s in sentences(entry.article.text) if any(s.overlaps(span) for span in others)]
    return _touch(some, (*others, *found))


def _comes_back(path: Sequence[_Step]) -> bool:
    """Whether the outlet that cites first in the path is the outlet that is cited last, by an earlier article."""
    last, first = path[0].by, path[-1].of
    return house(last) == house(first) and not (_day(first) or "") > (_day(last) or "9999")


# --- how it is told ---------------------------------------------------------------------------------------------------


def _circle(path: Sequence[_Step]) -> Circle:
    articles = [step.by for step in path]
    if path[-1].of.id != path[0].by.id:
        articles.append(path[-1].of)
    days = _days(articles)
    exhibits = tuple(Exhibit(step.by.id, step.citation.spans) for step in path)
    if len(articles) > len(path):
        exhibits = (*exhibits, Exhibit(path[-1].of.id, path[-1].there))
    certainty: Certainty = "likely" if days is not None and days <= _limits()["follow_up"] else "unclear"
    return Circle(tuple(entry.id for entry in articles), exhibits, _message(path, articles, days), certainty)


def _message(path: Sequence[_Step], articles: Sequence[Entry], days: int | None) -> str:
    told = ", ".join(f"{_called(step.by)} cites {_called(step.of)}" for step in path)
    if len(articles) > len(path):
        message = f"The claim returns to {_name(articles[-1])} as if confirmed: {told}"
    else:
        message = f"They have it from each other: {told}"
    if days is None:
        return f"{message}; not all have a date, so that it cannot be told whether it is a mere follow-up"
    if days > _limits()["follow_up"]:
        return f"{message}; {days} days lie between the first and the last, so that it may be a mere follow-up"
    return message


def _days(articles: Sequence[Entry]) -> int | None:
    """The days between the first article and the last; None where one has no date."""
    found = [day for entry in articles if (day := _day(entry)) is not None]
    if len(found) < len(articles):
        return None
    return (date.fromisoformat(max(found)) - date.fromisoformat(min(found))).days


def _day(entry: Entry) -> str | None:
    """The day that an article is dated; else the first day it can be of."""
    day = entry.article.published or entry.earliest
    return day[:10] if day else None


def _called(entry: Entry) -> str:
    day = _day(entry)
    return f"{_name(entry)} ({day})" if day else _name(entry)


def _name(entry: Entry) -> str:
    return entry.article.outlet or entry.article.input


@cache
def _limits() -> dict[str, Any]:
    known: dict[str, Any] = words.load("origins")["circles"]
    return known
