"""Attributions inside attributions: how many are found, and whether each hangs where it should.

    python evaluation/nested.py [--held] [--errors] [--limit N]

The passages are in tests/annotating/nested (its README says how they were made). Figures in per cent:
  inner   an inner attribution is found when its content is (Dice >= .5) and the head of its source lies in the
          predicted source, as `whole` in the project's scorer; precision over the predictions that have a parent
  all     the same for every attribution, outer ones included
  parent  of the inner attributions found, those that hang on the right one
  tree    passages with every attribution found, none too many, and every parent right
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.annotating import attribution, language, sources
from sayso.model import Spans

PASSAGES = Path(__file__).parents[1] / "tests" / "annotating" / "nested" / "passages.json"
ROLES = ("source", "cue", "content")
# The scorer's tokens and heads (score_attribution.py), so that "whole" means the same here as on PolNeAR.
TOKEN = re.compile(r"\w+(?:[’'\-.]\w+)*(?:[’']s)?|[^\w\s]")
AFTER_HEAD = {"of", "in", "for", "from", "at", "on", "who", "that", "with", "to", "by", "and", "which"}

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution as code-point offsets, expected or predicted; `parent` is a place in the same list."""

    source: Pairs
    cue: Pairs
    content: Pairs
    parent: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A short text with the attributions that a person finds in it."""

    id: str
    domain: str
    style: str
    part: str
    text: str
    attributions: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """The tokens of one attribution, by role."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One passage compared: what was expected and predicted, and what of it agrees.

    `right` maps a place among the expected to its place among the predicted ones, for those found.
    """

    passage: Passage
    predicted: tuple[Found, ...]
    right: dict[int, int]


def find(text: str) -> tuple[Found, ...]:
    """What Sayso finds in a text. The one place that knows how it is called.

    Taken where sources are resolved, since only from there on a parent is part of the data.
    """
    doc = language.parse(text)
    found = sources.resolve(doc, attribution.find(doc)).attributions
    places = {a.id: n for n, a in enumerate(found)}
    return tuple(
        Found(_pairs(a.source.spans), _pairs(a.cue.spans), _pairs(a.content.spans), places.get(a.parent or ""))
        for a in found
    )


def _pairs(spans: Spans) -> Pairs:
    return tuple((span.start, span.end) for span in spans)


def read(path: Path = PASSAGES) -> tuple[Passage, ...]:
    """The passages of a file, their words turned into offsets.

    Raises ValueError, with the passage's id, where words are not in the text, stand there more than once without
    saying which is meant, or a parent is not one of the attributions before.
    """
    return tuple(_passage(entry) for entry in json.loads(path.read_text(encoding="utf-8")))


def _passage(entry: dict[str, Any]) -> Passage:
    try:
        attributions = tuple(_attribution(entry["text"], n, a) for n, a in enumerate(entry["attributions"]))
    except ValueError as error:
        raise ValueError(f"{entry['id']}: {error}") from None
    return Passage(entry["id"], entry["domain"], entry["style"], entry["part"], entry["text"], attributions)


def _attribution(text: str, number: int, entry: dict[str, Any]) -> Found:
    parent: int | None = entry["parent"]
    if parent is not None and not 0 <= parent < number:
        raise ValueError(f"attribution {number} has the parent {parent}; it has to be one before it")
    source, cue, content = (tuple(located(text, words) for words in entry[role]) for role in ROLES)
    if not cue or not content:
        raise ValueError(f"attribution {number} has no cue or no content")
    return Found(source, cue, content, parent)


def located(text: str, words: str | dict[str, Any]) -> tuple[int, int]:
    """Where words stand in a text: start and end in code points. Only whole words count.

    >>> located("He says they say so", {"words": "say", "occurrence": 1})
    (13, 16)
    """
    wanted, occurrence = (words, None) if isinstance(words, str) else (words["words"], words["occurrence"])
    left, right = (r"(?<!\w)" if wanted[0].isalnum() else ""), (r"(?!\w)" if wanted[-1].isalnum() else "")
    places = [match.span() for match in re.finditer(left + re.escape(wanted) + right, text)]
    if not places or (occurrence is not None and not 1 <= occurrence <= len(places)):
        raise ValueError(f"“{wanted}” is not in the text (or not so often)")
    if occurrence is None and len(places) > 1:
        raise ValueError(f"“{wanted}” is in the text {len(places)} times: say which is meant")
    return places[(occurrence or 1) - 1]


def compare(passage: Passage, predicted: Sequence[Found]) -> Outcome:
    """Expected and predicted attributions paired one to one, the most alike first."""
    tokens = [match.span() for match in TOKEN.finditer(passage.text)]
    gold = [marked(passage.text, tokens, a) for a in passage.attributions]
    found = [marked(passage.text, tokens, a) for a in predicted]
    likeness = sorted(
        ((_likeness(g, p), -n, -m) for n, g in enumerate(gold) for m, p in enumerate(found)), reverse=True
    )
    pairs: dict[int, int] = {}
    for weight, n, m in likeness:
        if weight > 0 and -n not in pairs and -m not in pairs.values():
            pairs[-n] = -m
    right = {n: m for n, m in pairs.items() if is_whole(passage.text, tokens, gold[n], found[m])}
    return Outcome(passage, tuple(predicted), right)


def marked(text: str, tokens: list[tuple[int, int]], found: Found) -> Marked:
    """The tokens that lie in an attribution by half or more, less the punctuation at the edges of each run."""
    return Marked(*(_covered(text, tokens, pairs) for pairs in (found.source, found.cue, found.content)))


def _covered(text: str, tokens: list[tuple[int, int]], pairs: Pairs) -> frozenset[int]:
    inside = {
        n
        for n, (start, end) in enumerate(tokens)
        if 2 * sum(max(0, min(end, e) - max(start, s)) for s, e in pairs) >= end - start
    }
    while True:
        edges = {n for n in inside if not _is_word(text, tokens[n]) and not {n - 1, n + 1} <= inside}
        if not edges or edges == inside:  # a lone colon stays: it is a cue
            return frozenset(inside)
        inside -= edges


def _is_word(text: str, token: tuple[int, int]) -> bool:
    return any(letter.isalnum() for letter in text[slice(*token)])


def is_whole(text: str, tokens: list[tuple[int, int]], gold: Marked, predicted: Marked) -> bool:
    """Content right by half, and the source has its head word (and there is none where none is expected)."""
    if dice(gold.content, predicted.content) < 0.5:
        return False
    if not gold.source or not predicted.source:
        return gold.source == predicted.source
    short_enough = len(predicted.source) <= 3 * len(gold.source) + 5
    return short_enough and head(text, tokens, gold.source) in predicted.source


def head(text: str, tokens: list[tuple[int, int]], source: frozenset[int]) -> int:
    """The last word before a preposition or a comma in the first run: "sources" in "sources in Idlib"."""
    first = last = min(source)
    for n in sorted(source)[1:]:
        word = text[slice(*tokens[n])].lower()
        if n != last + 1 or not _is_word(text, tokens[n]) or word in AFTER_HEAD:
            break
        last = n
    return last if _is_word(text, tokens[last]) else first


def dice(one: frozenset[int], other: frozenset[int]) -> float:
    """How far two sets are the same, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def _likeness(gold: Marked, predicted: Marked) -> float:
    """The scorer's weight for pairing. The source decides where one content is handed on by several."""
    if not (gold.content & predicted.content or gold.cue & predicted.cue):
        return 0.0
    roles = zip((1.0, 0.5, 0.25), ("content", "cue", "source"), strict=True)
    return sum(weight * dice(getattr(gold, role), getattr(predicted, role)) for weight, role in roles)


def parent_is_right(outcome: Outcome, n: int) -> bool:
    """Whether the n-th expected attribution, which was found, hangs where it should."""
    expected = outcome.passage.attributions[n].parent
    predicted = outcome.predicted[outcome.right[n]].parent
    return predicted == (None if expected is None else outcome.right.get(expected, -1))


def tree_is_right(outcome: Outcome) -> bool:
    """Whether all is found, nothing is too much, and every attribution hangs where it should."""
    sizes = {len(outcome.right), len(outcome.passage.attributions), len(outcome.predicted)}
    return len(sizes) == 1 and all(parent_is_right(outcome, n) for n in outcome.right)


def tally(outcomes: Sequence[Outcome]) -> Counter[str]:
    """The counts from which the figures come."""
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        gold, predicted = outcome.passage.attributions, outcome.predicted
        inner = [n for n, a in enumerate(gold) if a.parent is not None]
        found = [n for n in inner if n in outcome.right]
        counts["all expected"] += len(gold)
        counts["all predicted"] += len(predicted)
        counts["all right"] += len(outcome.right)
        counts["inner expected"] += len(inner)
        counts["inner found"] += len(found)
        counts["inner predicted"] += sum(a.parent is not None for a in predicted)
        counts["inner right"] += sum(predicted[outcome.right[n]].parent is not None for n in found)
        counts["parent right"] += sum(parent_is_right(outcome, n) for n in found)
        counts["passages"] += 1
        counts["trees right"] += tree_is_right(outcome)
    return counts


def figures(counts: Counter[str]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of inner and of all attributions, in per cent."""
    return {
        "inner": _prf(
            counts["inner right"], counts["inner predicted"], counts["inner found"], counts["inner expected"]
        ),
        "all": _prf(counts["all right"], counts["all predicted"], counts["all right"], counts["all expected"]),
    }


def _prf(right: int, predicted: int, found: int, expected: int) -> tuple[float, float, float]:
    precision, recall = _percent(right, predicted), _percent(found, expected)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The figures over all passages, by domain and by style, as a Markdown table."""
    yield "| passages | n | inner P | R | F1 | all P | R | F1 | parent | tree |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    groups = {"together": list(outcomes)}
    for outcome in outcomes:
        groups.setdefault(outcome.passage.domain, []).append(outcome)
    for outcome in outcomes:
        groups.setdefault(outcome.passage.style, []).append(outcome)
    for name, members in groups.items():
        counts = tally(members)
        numbers = [x for three in figures(counts).values() for x in three]
        numbers.append(_percent(counts["parent right"], counts["inner found"]))
        numbers.append(_percent(counts["trees right"], counts["passages"]))
        yield f"| {name} | {len(members)} | " + " | ".join(f"{number:.1f}" for number in numbers) + " |"


def faults(outcome: Outcome) -> Iterator[str]:
    """What is wrong in one passage, a line each."""
    text, gold, predicted = outcome.passage.text, outcome.passage.attributions, outcome.predicted
    for n, expected in enumerate(gold):
        if n not in outcome.right:
            yield f"missed  {shown(text, expected)}"
        elif not parent_is_right(outcome, n):
            under = None if expected.parent is None else shown(text, gold[expected.parent])
            yield f"hangs wrong  {shown(text, expected)}   expected under: {under or 'nothing'}"
    for m, extra in enumerate(predicted):
        if m not in outcome.right.values():
            yield f"too much  {shown(text, extra)}"


def shown(text: str, found: Found) -> str:
    """An attribution on one line: source, cue, content."""
    return " | ".join(" … ".join(text[s:e] for s, e in getattr(found, role)) or "–" for role in ROLES)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held", action="store_true", help="the part nobody tunes on: look at it once, at the end")
    parser.add_argument("--errors", action="store_true", help="list what is missed, hangs wrong or is too much")
    parser.add_argument("--limit", type=int, help="only the first N passages")
    parser.add_argument("--passages", type=Path, default=PASSAGES)
    options = parser.parse_args(arguments)
    if options.held:
        print("The held part is looked at once, when all tuning is done. Do not tune on what you see.", file=sys.stderr)
    part = "held" if options.held else "tune"
    passages = [passage for passage in read(options.passages) if passage.part == part][: options.limit]
    outcomes = [compare(passage, find(passage.text)) for passage in passages]
    print(f"nested passages, part {part}, in per cent\n")
    print("\n".join(table(outcomes)))
    for outcome in outcomes if options.errors else ():
        if lines := list(faults(outcome)):
            print(f"\n{outcome.passage.id}  {outcome.passage.text}", *lines, sep="\n  ")


if __name__ == "__main__":
    main()
