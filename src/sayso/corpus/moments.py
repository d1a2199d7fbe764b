"""When an article was published, as far as it can order two: days, and the time of day where a page gives it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sayso.model.story import Entry

PADDED = timedelta(days=2)
"""An interval of a corpus is wider by a day on either side than what is told (Entry)."""


@dataclass(frozen=True, slots=True)
class When:
    """`first` and `last` are the days between which an article was published as its page tells, None where open.

    `moment` is the time of day, in UTC, where the page gives one with its zone. `told` is what the page says.
    """

    first: date | None
    last: date | None
    moment: datetime | None = None
    told: str = "on no known day"

    def days_before(self, other: "When") -> int | None:
        """How many days lie at least between this and a later one; below 1 or None: it is not known to be older."""
        if self.last is None or other.first is None or self.first is None:
            return None
        return (other.first - self.last).days

    def hours_before(self, other: "When") -> float | None:
        """How many hours this is older, where the time of day is known of both."""
        if self.moment is None or other.moment is None:
            return None
        return (other.moment - self.moment).total_seconds() / 3600

    def middle_before(self, other: "When") -> float:
        """How many days the middle of its days lies before another's; 0 where a side is open."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return 0.0
        return ((other.first - self.first) + (other.last - self.last)).days / 2

    def may_precede(self, other: "When") -> bool:
        """Whether nothing speaks against this being older, or both of one day."""
        hours = self.hours_before(other)
        if hours is not None:
            return hours >= 0
        return self.first is None or other.last is None or self.first <= other.last


def when(entry: Entry) -> When:
    """When an entry was published.

    >>> from sayso.model import Article, DateCandidate
    >>> date = DateCandidate("2024-03-01T08:30+02:00", "JSON-LD", "published")
    >>> article = Article("a", "a", "", "", "", "text/plain", published="2024-03-01", dates=(date,))
    >>> found = when(Entry(article, None, "2024-02-29", "2024-03-02"))
    >>> str(found.first), str(found.last), found.told
    ('2024-03-01', '2024-03-01', '2024-03-01 06:30 UTC')
    """
    first, last = _day(entry.earliest), _day(entry.latest)
    if first is not None and last is not None and last - first >= PADDED:
        first, last = first + PADDED / 2, last - PADDED / 2
    article = entry.article
    moment = _moment(article.dates[0].value) if article.dates and article.dates[0].day == article.published else None
    if first is None or last is None or first != last:
        moment = None
    return When(first, last, moment, _told(first, last, moment))


def _told(first: date | None, last: date | None, moment: datetime | None) -> str:
    if moment is not None:
        return moment.strftime("%Y-%m-%d %H:%M UTC")
    if first is None:
        return f"before {last}" if last else "on no known day"
    return str(first) if first == last else f"{first} to {last or 'an open day'}"


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told[:10]) if told else None


def _moment(value: str) -> datetime | None:
    """The moment that a date tells; None where it has no time of day or no zone."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None else None
