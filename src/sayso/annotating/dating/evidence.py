"""All that tells when a report was written, laid on the axis of months."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.annotating.dating import offices, passages, stated, sums
from sayso.annotating.dating.months import Curve
from sayso.annotating.dating.offices import Titled
from sayso.annotating.dating.passages import Fit, Known
from sayso.annotating.dating.stated import DayOfYear
from sayso.annotating.dating.sums import Sum
from sayso.events.store import Events
from sayso.model import Article, TimeExpression


@dataclass(frozen=True, slots=True)
class Evidence:
    """`curves` has, by name, what each kind of evidence is worth in each month; the rest is what it was taken from.

    `known` is the text as the events know it, where there are any.
    """

    curves: dict[str, Curve]
    titles: list[Titled]
    coming: list[TimeExpression]
    sums: list[Sum]
    days: list[DayOfYear]
    fits: list[Fit] = field(default_factory=list)
    known: Known | None = None


def gather(article: Article, times: Sequence[TimeExpression], events: Events | None) -> Evidence:
    """The evidence of a text; without events, only that of its own words and of the offices."""
    text = article.text
    own = stated.own(article, times)
    days = stated.days_of_year(text, own)
    titles = offices.find(text)
    added = list(sums.find(text, own))
    coming = stated.to_come(text, own)
    curves = {**offices.curves(titles), **stated.curves(own, coming, days), **sums.curves(added)}
    if events is None:
        return Evidence(curves, titles, coming, added, days)
    known = Known(text, events)
    of_events, fits = passages.curves(known, days)
    return Evidence(curves | of_events, titles, coming, added, days, fits, known)
