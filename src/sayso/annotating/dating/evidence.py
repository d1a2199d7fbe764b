"""All that tells when a report was written, laid on the axis of months."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.annotating.dating import offices, passages, stated, sums
from sayso.annotating.dating.months import Curve
from sayso.annotating.dating.offices import Titled
from sayso.annotating.dating.passages import Fit
from sayso.annotating.dating.stated import DayOfYear
from sayso.annotating.dating.sums import Sum
from sayso.events.store import Events
from sayso.model import Article, TimeExpression


@dataclass(frozen=True, slots=True)
class Evidence:
    """`curves` has, by name, what each kind of evidence is worth in each month; the rest is what it was taken from."""

    curves: dict[str, Curve]
    titles: list[Titled]
    coming: list[TimeExpression]
    sums: list[Sum]
    days: list[DayOfYear]
    fits: list[Fit] = field(default_factory=list)


def gather(article: Article, times: Sequence[TimeExpression], events: Events | None) -> Evidence:
    """The evidence of a text; without events, only that of its own words and of the offices."""
    text = article.text
    own = stated.own(article, times)
    days = stated.days_of_year(text, own)
    titles = offices.find(text)
    added = list(sums.find(text, own))
    curves = {**offices.curves(titles), **stated.curves(article, own, days), **sums.curves(added)}
    fits: list[Fit] = []
    if events is not None:
        of_events, fits = passages.curves(passages.Known(text, events), days)
        curves |= of_events
    return Evidence(curves, titles, stated.to_come(text, own), added, days, fits)
