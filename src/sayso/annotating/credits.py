"""Whose report it is that an outlet prints: the agency in a byline, a dateline or a line of credit.

"BEIRUT (Reuters) -", "By Agence France-Presse", "Source: AA": the outlet then passes on an agency's report, and the
agency is the first link behind the outlet (AP Stylebook, "dateline" and "credit line"). Only agencies of the table of
outlets count, so that no reporter and no place is taken for one.
"""

from dataclasses import dataclass

from sayso.annotating import clauses, media
from sayso.model import Article, Spans
from sayso.words import credits, outlets


@dataclass(frozen=True, slots=True)
class Credit:
    """The agency whose report it is, as the text writes it; where; and how that is known. No spans: in the byline."""

    name: str
    spans: Spans
    reason: str


def find(article: Article) -> Credit | None:
    """The agency that an article credits for itself, or None, also where the agency is the publisher.

    >>> text = "BEIRUT (Reuters) - A dam has burst, officials said."
    >>> find(Article("0", "a", text, "", "", "text/plain", outlet="Harbour Post")).name
    'Reuters'
    """
    byline = media.outlet_as_written(article.byline or "")
    if byline is not None and _is_agency(byline) and not _publishes(byline, article):
        return Credit(byline, (), f"the byline names {byline}")
    for line in credits.lines(article.text):
        name = clauses.without_article(line.name)
        if _is_agency(name) and not _publishes(name, article):
            return Credit(name, (line.span,), f"the {line.what} names {name}")
    return None


def _is_agency(name: str) -> bool:
    outlet = outlets.named(name)
    return outlet is not None and outlet.kind == "agency" and name in media.outlets()


def _publishes(name: str, article: Article) -> bool:
    publisher = outlets.named(article.outlet or "")
    called = outlets.named(name)
    return article.outlet is None or (publisher is not None and publisher == called)
