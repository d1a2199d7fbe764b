"""Entries of a corpus, made for tests."""

from sayso.model import Article, DateCandidate
from sayso.model.story import Entry


def entry(
    id_: str,
    text: str,
    outlet: str | None = None,
    day: str | None = None,
    *,
    to: str | None = None,
    moment: str | None = None,
    byline: str | None = None,
    url: str | None = None,
) -> Entry:
    """An article published on a day (until a day), or at a moment of it, as it stands in a corpus."""
    dates = (DateCandidate(moment or day or "", "JSON-LD", "published"),) if moment or day else ()
    article = Article(
        id_, id_, text, id_, "", "text/plain", url=url, outlet=outlet, byline=byline, published=day, dates=dates
    )
    return Entry(article, None, day, to or day)
