"""Persons' corrections laid on a machine's reading, this version's or a later one's.

A correction finds what it is about by its kind and its spans, never by an id, which begins anew with each reading. A
person's word is never overwritten: what they rejected stays out when it comes back, what they changed stays as they
made it, and what finds no place is told. The reasons of everything corrected say whose word it is, and when.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from sayso.library import casting, consequences, folding, placing
from sayso.library.corrections import standing as standing_of
from sayso.library.wording import line
from sayso.model import Analysis, Link
from sayso.model.correction import Corrected as Kind
from sayso.model.correction import Correction

MARKS: tuple[Kind, ...] = ("attribution", "time", "wording", "claim")


State = Literal["stands", "rejected", "unplaced", "superseded", "undone", "undoes"]
"""What became of a line of the log."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """An analysis as persons corrected it.

    `standing` has, by the id of an actor or a mark (`wording 3` for the fourth wording), the correction that decides
    it; `rejected` are those by which something is not there; `unplaced` those whose thing is not found in this reading,
    or whose words are not in the text; `superseded` those of which a later one speaks anew.
    """

    analysis: Analysis
    standing: dict[str, Correction] = field(default_factory=dict)
    rejected: tuple[Correction, ...] = ()
    unplaced: tuple[Correction, ...] = ()
    superseded: tuple[Correction, ...] = ()

    @property
    def persons(self) -> dict[str, str]:
        """Whose word each thing is that was corrected, by its id, in words."""
        return {key: line(each) for key, each in self.standing.items()}

    @property
    def credited(self) -> Link | None:
        """The agency whose report the outlet prints, as its chains have it behind the outlet."""
        links = [chain.links[1] for chain in self.analysis.chains if len(chain.links) > 1]
        return next((link for link in links if link.attribution is None), None)

    @property
    def touched(self) -> bool:
        """Whether anything is otherwise than the machine had it."""
        return any(found.action != "accept" for found in self.standing.values()) or bool(self.rejected)


def apply(analysis: Analysis, corrections: Sequence[Correction]) -> Corrected:
    """An analysis with all corrections of its article that stand, in the order of the log; twice is once.

    >>> from sayso.model import Article, Span, TimeExpression
    >>> article = Article("x1", "a.txt", "It fell in May.", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> may = TimeExpression("t1", (Span(11, 14),), "2024-05", "2024-05-01", "2024-05-31", "month", "published")
    >>> no = Correction("c1", "x1", "time", "reject", "Ada", "2026-11-25T10:00:00Z", {"spans": [[11, 14]]})
    >>> apply(Analysis(article, times=(may,)), [no]).analysis.times
    ()
    """
    valid = [each for each in standing_of(corrections) if each.article == analysis.article.id]
    if not valid:
        return Corrected(analysis)
    log = frozenset(map(line, valid))
    cast = casting.Cast(analysis, log)
    casting.cast(cast, [each for each in valid if each.kind == "actor"])
    made = cast.analysis
    unplaced: list[Correction] = []
    whose: dict[Kind, dict[str, folding.Thing]] = {}
    gone: list[Correction] = [each for each in valid if each.kind == "actor" and each.action == "reject"]
    for kind in MARKS:
        things, lost = folding.folded([each for each in valid if each.kind == kind], analysis.article.text)
        made, whose[kind] = placing.placed(made, kind, things, log)
        unplaced += lost
        gone += [thing.last for thing in things if thing.final is None]
    again = [each for each in cast.unplaced if casting.is_of_a_mark(each)]
    cast.analysis, cast.unplaced = made, [each for each in cast.unplaced if each not in again]
    casting.cast(cast, again)
    made, unplaced = cast.analysis, [*unplaced, *cast.unplaced]
    made = _consistent(placing.referring(made, whose), analysis, whose)
    standing = cast.standing | {key: thing.last for found in whose.values() for key, thing in found.items()}
    decided = {each.id for each in (*standing.values(), *gone, *unplaced)}
    return Corrected(
        made,
        standing,
        rejected=tuple(each for each in valid if each in gone),
        unplaced=tuple(each for each in valid if each in unplaced),
        superseded=tuple(each for each in valid if each.id not in decided),
    )


def _consistent(made: Analysis, before: Analysis, whose: dict[Kind, dict[str, folding.Thing]]) -> Analysis:
    """What follows for all that refers to what was corrected."""
    new = {key for key, thing in whose["attribution"].items() if key not in {said.id for said in before.attributions}}
    made = consequences.referable(consequences.nested(made, new), before)
    made = replace(made, chains=consequences.chains(made, before))
    kept, gaps = consequences.findings(made, before)
    return replace(made, findings=kept, gaps=gaps)


def states(log: Sequence[Correction], known: Corrected) -> list[tuple[Correction, State]]:
    """What became of each line of an article's log."""
    of: dict[str, State] = {each.id: "stands" for each in standing_of(log)}
    of |= {each.id: "superseded" for each in known.superseded}
    of |= {each.id: "rejected" for each in known.rejected}
    of |= {each.id: "unplaced" for each in known.unplaced}
    return [(each, "undoes" if each.undoes else of.get(each.id, "undone")) for each in log]
