"""An old report under a new date: nearly all of an article stood elsewhere long before the day that it gives."""

from collections.abc import Sequence
from datetime import date

from sayso.corpus.evidence import called, merged, share, turned
from sayso.model import Derivation, Entry, Exhibit, Span, StoryFinding

KIND = "published before"
DAYS = 30
"""Between the last possible day of the one and the first of the other: what is followed up for a month is news."""
SHARE = 0.7
"""Of the later article's words, outside of quotation marks: with less of it, most could be new."""


def find(asked: Entry, entries: Sequence[Entry], derivations: Sequence[Derivation]) -> StoryFinding | None:
    """The finding that an article's text is older than its date, or None.

    It tells of the oldest one that has the text. High where two outlets had it then: one date may be wrong, two hardly.
    """
    if asked.earliest is None or asked.article.published is None:
        return None
    before = {one.id: one for one in entries if _days_between(one, asked) >= DAYS}
    pairs = [(before.get(id_), one) for one in derivations for id_ in (one.earlier, one.later)]
    had = [(entry, one) for entry, one in pairs if entry is not None and _has(one, asked)]
    if not had:
        return None
    had.sort(key=lambda each: (each[0].latest or "", each[0].id))
    oldest, derivation = had[0]
    here, there = _shared(derivation, asked)
    known = {entry.article.outlet for entry, _ in had if entry.article.outlet}
    days = _days_between(oldest, asked)
    return StoryFinding(
        KIND,
        "high" if len(known) > 1 else "medium",
        f"{share(here, asked.article.text):.0%} of its words stood in {called(oldest)} on {oldest.article.published}, "
        f"at least {days:,} days before the day that it gives for itself ({asked.article.published}).",
        (Exhibit(oldest.id, tuple(there)), Exhibit(asked.id, tuple(here))),
        (
            *(
                f"{called(entry)} had it on {entry.article.published}: {entry.article.published_evidence or 'its date'}"
                for entry, _ in had
            ),
            "an old text was published anew, or one of the dates is wrong: what is told here is only that they differ",
        ),
    )


def _has(one: Derivation, asked: Entry) -> bool:
    """Whether the other of the two articles has nearly all of the asked one's words."""
    return asked.id in (one.earlier, one.later) and share(_shared(one, asked)[0], asked.article.text) >= SHARE


def _shared(one: Derivation, asked: Entry) -> tuple[list[Span], list[Span]]:
    """The spans in the asked article and in the other one that stand in both, outside of quotation marks."""
    passages = one.passages if one.earlier == asked.id else tuple(turned(passage) for passage in one.passages)
    plain = [passage for passage in passages if not passage.quoted]
    here = merged(span for passage in plain for span in passage.spans)
    return here, merged(span for passage in plain for span in passage.other_spans)


def _days_between(one: Entry, asked: Entry) -> int:
    """Days that lie at least between the two, none where it is not known or one follows the other closely."""
    if one.id == asked.id or one.latest is None or asked.earliest is None or one.article.published is None:
        return 0
    return (date.fromisoformat(asked.earliest) - date.fromisoformat(one.latest)).days
