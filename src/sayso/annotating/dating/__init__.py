"""Whether a report can be of the day that it bears.

What a text says of its own time is laid on an axis of months (`evidence`): who holds which office in it (`offices`),
the years, dates and weekdays it names and what it speaks of as still to come (`stated`), and which dated events share
the names and words of its passages (`passages`). A judgement weighs them (`judging`). It is told only where there are
sentences that a reader can check (`proof`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.annotating.dating import conflicts, evidence, judging, proof, published, stated
from sayso.annotating.dating.proof import Proof
from sayso.annotating.dating.stated import spoken
from sayso.events.store import Events
from sayso.model import Article, Finding, Gap, TimeExpression, words_of
from sayso.model.finding import Severity


@dataclass(frozen=True, slots=True)
class Dating:
    """That a page's date does not fit: the finding, how much better other years fit (logarithm), and which."""

    finding: Finding
    odds: float
    years: tuple[int, ...]


def findings(article: Article, times: Sequence[TimeExpression], events: Events | None) -> Iterator[Finding]:
    """All findings about the dates of a report; without events, those that need none."""
    if found := find(article, times, events):
        yield found.finding
    yield from conflicts.find(article, times)
    yield from published.find(article)


def gaps(article: Article, times: Sequence[TimeExpression], events: Events | None) -> Iterator[Gap]:
    """What could not be told of the dates of a report."""
    if article.published is None:
        yield Gap("date", "When this was published could not be told; words like “Tuesday” stay unresolved.")
    for time in times:
        if time.anchor is None and article.published is not None:
            yield Gap("time", f"When “{words_of(time.spans, article.text)}” is: {'; '.join(time.reasons)}.", time.spans)
    if events is None:
        yield Gap(
            "dated events",
            "Whether the text fits the events of its time was not checked: there are no dated events to read "
            "(`sayso events import`).",
        )
    elif (day := stated.day_of(article)) and not events.first <= day <= events.last:
        yield Gap(
            "dated events",
            "Whether the text fits the events of its time could be checked in part only: the imported events lie "
            f"between {events.first.isoformat()} and {events.last.isoformat()}.",
        )


def find(article: Article, times: Sequence[TimeExpression], events: Events | None) -> Dating | None:
    """Whether the text fits other years than that of the page's date; None where it fits, or cannot be told."""
    if (day := stated.day_of(article)) is None:
        return None
    gathered = evidence.gather(article, times, events)
    found = judging.judge(gathered.curves, day)
    if found is None or found.odds < judging.limit("medium") or not found.years:
        return None
    proofs = proof.find(article.text, gathered, day, found.years)
    if not proof.enough(proofs):
        return None
    severity: Severity = "high" if found.odds >= judging.limit("high") else "medium"
    return Dating(_finding(article, day, found.years, proofs, severity), found.odds, found.years)


def _finding(
    article: Article, day: date, years: tuple[int, ...], proofs: Sequence[Proof], severity: Severity
) -> Finding:
    lines = tuple(span for candidate in article.dates[:1] for span in candidate.spans)
    which = " or ".join(map(str, years))
    likely = "what it tells fits" if severity == "high" else "what it tells may fit"
    return Finding(
        "conflicting dates",
        severity,
        f"The page is dated {spoken(day)}, but {likely} {which} better: {proofs[0].sentence}",
        (*lines, *dict.fromkeys(span for one in proofs for span in one.spans)),
        tuple(one.sentence for one in proofs),
        tuple(dict.fromkeys(id_ for one in proofs for id_ in one.about)),
        years,
    )
