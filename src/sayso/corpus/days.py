"""Between which days an article was published, as far as what is known of it tells."""

from datetime import date, timedelta

from sayso.model import Article

ZONES = timedelta(days=1)
"""A day is another one elsewhere: what a page calls the 3rd can be the 2nd or the 4th where the other paper is."""


def interval(article: Article) -> tuple[str | None, str | None]:
    """The first and the last possible day (ISO 8601) of publication, None where open.

    >>> interval(Article("id", "a", "Text", "hash", "2026-01-05T08:00:00Z", "text/plain", published="2024-03-01"))
    ('2024-02-29', '2024-03-02')
    >>> interval(Article("id", "a", "Text", "hash", "2026-01-05T08:00:00Z", "text/plain"))
    (None, '2026-01-06')
    """
    told = [one.day for one in article.dates if one.role == "published"]
    days = sorted(day for given in {*told, article.published} if (day := _day(given)))
    seen = [day for given in (article.captured, *_captures(article)) if (day := _day(given))]
    there = min(seen, default=None)
    if not days:
        return None, _moved(there, ZONES)
    latest = min(days[-1], there) if there and there >= days[0] else days[-1]
    return _moved(days[0], -ZONES), _moved(latest, ZONES)


def _captures(article: Article) -> list[str]:
    return [one.day for one in article.dates if one.role == "captured"]


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given[:10]) if given else None
    except ValueError:
        return None


def _moved(day: date | None, by: timedelta) -> str | None:
    try:
        return (day + by).isoformat() if day else None
    except OverflowError:
        return day.isoformat() if day else None
