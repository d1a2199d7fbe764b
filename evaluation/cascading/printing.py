"""Drafts as articles: an address, a hash, and the date that the page gives, which is not always the true one."""

import hashlib
import json
import random
from collections.abc import Mapping
from datetime import datetime, timedelta

from cascading.model import DateQuality
from cascading.newsroom import Draft
from sayso.model.article import Article, DateCandidate
from sayso.model.span import Span

CAPTURED = "2025-11-03T08:00:00+00:00"
"""When the corpus was gathered: long after, as most are."""
DAYS, YEARS, MISSING = 0.07, 0.05, 0.04
"""How many dates are wrong by days (swapped day and month among them), wrong by years, missing: assumed, together with
the brief's 10 to 15 per cent of wrong ones."""
WITH_TIME = 0.25
"""How many pages give the time of day with the date: assumed."""


def dated(moment: datetime, chance: random.Random) -> tuple[str | None, DateQuality]:
    """The date that a page gives for a true moment (ISO 8601), and how good it is."""
    draw = chance.random()
    if draw < DAYS:
        day = moment.day <= 12 and moment.day != moment.month and chance.random() < 0.3
        swapped = moment.replace(day=moment.month, month=moment.day) if day else None
        return f"{swapped or moment + timedelta(days=chance.choice((-3, -2, -1, 1, 1, 2, 3, 5, 8))):%Y-%m-%d}", "days"
    if draw < DAYS + YEARS:
        year = min(2025, moment.year + chance.choice((-3, -2, -1, 1, 1, 2, 3, 4)))
        year = year if year != moment.year else moment.year - 1
        return f"{moment.replace(year=year, day=min(moment.day, 28)):%Y-%m-%d}", "years"
    if draw < DAYS + YEARS + MISSING:
        return None, "missing"
    return (f"{moment:%Y-%m-%dT%H:%M}+00:00" if chance.random() < WITH_TIME else f"{moment:%Y-%m-%d}"), "right"


def record(draft: Draft, value: str | None, slug: str) -> dict[str, str | None]:
    """An article as a line of JSON has it: as in the tables that `sayso add` reads."""
    return {
        "url": f"https://www.{draft.outlet.site}/{slug}",
        "outlet": draft.outlet.name,
        "title": draft.title,
        "byline": draft.byline,
        "published": value,
        "text": draft.text,
    }


def article(fields: Mapping[str, str | None]) -> Article:
    """A record as an Article."""
    text, title, value = fields["text"] or "", fields["title"] or "", fields["published"]
    raw = json.dumps(dict(fields), ensure_ascii=False)
    sha256 = hashlib.sha256(raw.encode()).hexdigest()
    dates = (DateCandidate(value, "meta", "published", value),) if value else ()
    return Article(
        id=sha256[:16],
        input=f"{fields['url']}",
        text=text,
        sha256=sha256,
        captured=CAPTURED,
        media_type="application/json",
        encoding="utf-8",
        url=fields["url"],
        outlet=fields["outlet"],
        outlet_evidence="given with the article",
        title=title,
        title_spans=(Span(0, len(title)),),
        byline=fields["byline"],
        language="en",
        published=value[:10] if value else None,
        published_evidence="given with the article" if value else None,
        dates=dates,
    )
