"""Whose report it is that an outlet prints: the agency in a byline, a dateline or a line of credit.

"BEIRUT (Reuters) -", "By Agence France-Presse", "Source: AA": the outlet then passes on an agency's report, and the
agency is the first link behind the outlet (AP Stylebook, "dateline" and "credit line"). Only agencies of the table of
outlets count, so that no reporter and no place is taken for one.
"""

import re
from dataclasses import dataclass

from sayso.annotating import clauses, media
from sayso.model import Article, Span, Spans
from sayso.words import outlets

HEAD = 300  # code points in which a dateline or a credit stands before the report
END = 120  # … and behind it
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d{1,2} [A-Z][a-z]{2}|[A-Z][a-z]{2,8}\.? \d{1,2}"
FORMS = (
    ("dateline", HEAD, r"(?m)^[A-Z][^\n.!?]{0,60}?\((?P<name>[^)\n]{2,40})\)\s*[-–—]"),
    ("dateline", HEAD, r"(?m)^[A-Z]{3}[^\n.!?(]{0,40}?,\s(?P<name>[A-Z][\w’' -]{1,30}?)\s*[-–—]\s"),
    ("line of credit", HEAD, rf"\b(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)??) (?={DAY})"),
    ("line of credit", HEAD, r"\b[Ss]ource:?\s(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]+)?)\b"),
    ("line of credit", -END, r"\b[Ss]ource:?\s(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]+)?)\b"),
    ("line of credit", -END, r"[-–—]{2}\s?(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]+)*)\s*$"),
    ("line of credit", -END, r"\((?P<name>[^)\n]{2,40})\)\s*$"),
    ("line of credit", -END, r"(?m)^[-–—]?\s?(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]+)*)(?: and agencies)?\.?\s*$"),
)


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
    for what, window, form in FORMS:
        first = max(0, len(article.text) + window) if window < 0 else 0
        for match in re.finditer(form, article.text[first : first + abs(window)]):
            name = clauses.without_article(match["name"])
            if _is_agency(name) and not _publishes(name, article):
                span = Span(first + match.start("name"), first + match.end("name"))
                return Credit(name, (span,), f"the {what} names {name}")
    return None


def _is_agency(name: str) -> bool:
    outlet = outlets.named(name)
    return outlet is not None and outlet.kind == "agency" and name in media.outlets()


def _publishes(name: str, article: Article) -> bool:
    publisher = outlets.named(article.outlet or "")
    called = outlets.named(name)
    return article.outlet is None or (publisher is not None and publisher == called)
