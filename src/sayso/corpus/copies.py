"""Which articles print one text, and where two share the words that tell a claim."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from sayso import words
from sayso.corpus.carrying import Carrying
from sayso.model import Span
from sayso.model.story import Derivation, Entry, Passage, Story

Where = Literal["here", "quoted", "elsewhere"]


def by_text(story: Story, entries: Sequence[Entry], carrying: Mapping[str, Carrying]) -> list[list[Entry]]:
    """The entries by text: those with the same words, nearly the same, or cut and under an agency's credit."""
    group = {entry.id: entry.id for entry in entries}

    def root(id_: str) -> str:
        while group[id_] != id_:
            group[id_] = group[group[id_]]
            id_ = group[id_]
        return id_

    first: dict[str, str] = {}
    for entry in entries:
        group[root(entry.id)] = root(first.setdefault(" ".join(entry.article.text.split()).casefold(), entry.id))
    credited = {citation.by for citation in story.citations if citation.kind == "credit line"}
    for derivation in story.derivations:
        if {derivation.earlier, derivation.later} <= group.keys() and _is_copy(derivation, carrying, credited):
            group[root(derivation.later)] = root(derivation.earlier)
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[root(entry.id)].append(entry)
    return list(groups.values())


def _is_copy(derivation: Derivation, carrying: Mapping[str, Carrying], credited: set[str]) -> bool:
    limits = words.load("origins")["rests"]
    if min(derivation.earlier_share, derivation.later_share) >= limits["copy"]:
        return True
    cut = derivation.later if derivation.later_share >= derivation.earlier_share else derivation.earlier
    share = max(derivation.earlier_share, derivation.later_share)
    return share >= limits["credited_copy"] and cut in credited and where(derivation, carrying) == "here"


def where(derivation: Derivation, carrying: Mapping[str, Carrying]) -> Where:
    """Whether two articles share the words that tell the claim, only as a quotation, or other passages."""
    one, other = carrying[derivation.earlier], carrying[derivation.later]
    here = [passage for passage in derivation.passages if _overlaps(passage, one, other)]
    if not here:
        return "elsewhere"
    return "quoted" if all(passage.quoted and passage.other_quoted for passage in here) else "here"


def _overlaps(passage: Passage, one: Carrying, other: Carrying) -> bool:
    return _touch(passage.spans, one.words or one.sentences) and _touch(
        passage.other_spans, other.words or other.sentences
    )


def _touch(some: Iterable[Span], others: Iterable[Span]) -> bool:
    others = tuple(others)
    return any(a.overlaps(b) for a in some for b in others)


def by_date(entry: Entry) -> tuple[str, str, str, str]:
    return (entry.earliest or "9999", entry.latest or "9999", entry.article.text, entry.id)


def later(one: Entry, than: Entry) -> bool:
    """Whether an article was certainly published after another."""
    return one.earliest is not None and than.latest is not None and one.earliest > than.latest


def days_between(one: Entry, other: Entry) -> int:
    """The days that lie at least between two articles; 0 where they can be of one day or a date is open."""
    first, second = sorted((one, other), key=lambda entry: entry.earliest or "")
    if first.latest is None or second.earliest is None:
        return 0
    return max(0, (date.fromisoformat(second.earliest[:10]) - date.fromisoformat(first.latest[:10])).days)
