"""Where a story grew more certain from one article to the next, and nobody new stands behind it."""

from collections.abc import Sequence

from sayso.corpus.changes.corrections import CORRECTED
from sayso.model import Change, Citation, Exhibit, StoryFinding
from sayso.model.finding import Severity

KINDS = frozenset({"hedge dropped", "source lost", "source promoted", "cut"})
NEAR = 250
"""Code points around a change, within which a citation is of what changed."""


def firmer(
    earlier: str, later: str, changes: Sequence[Change], citations: Sequence[Citation] = ()
) -> StoryFinding | None:
    """The finding that certainty grew without a new source, or None.

    `earlier` and `later` are the ids of the two articles, `changes` those between them, `citations` those of the
    later article: one beside a change is a source for it, unless it is of the earlier article, whose words it changes.
    """
    added = [change for change in changes if change.kind == "source added"]
    grown = [
        change
        for change in changes
        if change.firmer and change.kind in KINDS and not any(_is_near(change, other) for other in added)
    ]
    grown = [change for change in grown if not _is_cited(change, earlier, later, citations)]
    if not any(change.kind != "cut" for change in grown):
        return None
    return StoryFinding(
        "certainty grew without a new source",
        _severity(grown, changes),
        _message(grown),
        (
            Exhibit(earlier, tuple(span for change in grown for span in change.before)),
            Exhibit(later, tuple(span for change in grown for span in change.after)),
        ),
        tuple(dict.fromkeys(text for change in grown for text in (change.message, *change.reasons))),
    )


def _severity(grown: Sequence[Change], changes: Sequence[Change]) -> Severity:
    """High where both a hedge and a source went, medium for one of them; low where the later text corrects itself, or
    where a source only has more authority: it may be another one."""
    if any(reason.startswith(CORRECTED) for change in changes for reason in change.reasons):
        return "low"
    kinds = {change.kind for change in grown} - {"cut"}
    if kinds == {"source promoted"}:
        return "low"
    return "high" if len(kinds) > 1 else "medium"


def _message(grown: Sequence[Change]) -> str:
    first = next(change for change in grown if change.kind != "cut")
    more = len(grown) - 1
    others = f" ({more} more such {'change' if more == 1 else 'changes'})" if more else ""
    return f"The later article is more certain and gives no new source for it. {first.message}{others}"


def _is_cited(change: Change, earlier: str, later: str, citations: Sequence[Citation]) -> bool:
    """Whether the later article names an outlet as its source beside a change, other than the earlier one itself."""
    return any(
        abs(span.start - own.start) < NEAR
        for citation in citations
        if citation.by == later and citation.kind == "named as source" and earlier not in citation.of
        for span in citation.spans
        for own in change.after
    )


def _is_near(change: Change, added: Change) -> bool:
    return any(abs(own.start - span.start) < NEAR for own in change.after for span in added.after)
