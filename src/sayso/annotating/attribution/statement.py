"""An attribution as found in the text, and how attributions stand inside one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.annotating.overlaps import Overlaps
from sayso.model import Certainty, Span, Spans, covered

Construction = Literal["", "fronted", "agentless", "relay", "turn", "figure"]
"""What else a rule saw: the clause before its verb, a passive with nobody behind it, words passed on, a transcript."""


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution as found in the text, before anybody is resolved.

    `source` is empty where the text names nobody; `told` is who it was said to, if it says so; `within` is the
    cue of the statement through which this one is passed on ("SANA, citing unnamed sources, reported"); `head` is
    the number of the cue's main word, or -1; `probability` is the trained model's (0 to 1), or None where a rule
    found it.
    """

    source: Spans
    cue: Spans
    content: Spans
    certainty: Certainty
    reasons: tuple[str, ...]
    told: Spans = ()
    within: Spans = ()
    head: int = -1
    probability: float | None = None
    construction: Construction = ""


def parents_of(statements: Sequence[Statement]) -> list[int | None]:
    """For each statement the number of the smallest one in whose content it stands, or through which it is passed on.

    A parent's content is always the larger one, so that nothing is its own ancestor. What stands in a report that
    rests on one other ("A, quoting B, said that C had agreed") was said by that other: B is the parent.
    """
    contents = Overlaps((Span(s.content[0].start, s.content[-1].end), n) for n, s in enumerate(statements))
    by_cue = {s.cue: n for n, s in reversed(list(enumerate(statements))) if s.within}
    by_cue |= {s.cue: n for n, s in enumerate(statements) if not s.within}
    relays: dict[Spans, list[int]] = {}
    for n, s in enumerate(statements):
        if s.within in by_cue and s.content == statements[by_cue[s.within]].content:
            relays.setdefault(s.within, []).append(n)
    parents = [by_cue.get(s.within) if s.within else _around(statements, s, contents) for s in statements]
    for n, parent in enumerate(parents):
        if parent is not None and not statements[n].within and len(relays.get(statements[parent].cue, ())) == 1:
            parents[n] = relays[statements[parent].cue][0]
    return _without_rings(parents)


def _without_rings(parents: list[int | None]) -> list[int | None]:
    """The parents, with the first link of every ring cut: "quoted citing" names each as resting on the other.

    >>> _without_rings([1, 0, 0])
    [None, 0, 0]
    """
    for n, parent in enumerate(parents):
        seen, above = {n}, parent
        while above is not None and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == n:
            parents[n] = None
    return parents


def _around(statements: Sequence[Statement], this: Statement, contents: Overlaps[int]) -> int | None:
    near = contents.of(this.cue[0]) if this.cue else []
    around = [
        (_size(statements[m]), bool(statements[m].within), m)
        for m in near
        if _size(statements[m]) > _size(this) and covered(this.cue, statements[m].content) == 1
    ]
    return min(around)[2] if around else None


def _size(statement: Statement) -> int:
    return sum(end - start for start, end in statement.content)
