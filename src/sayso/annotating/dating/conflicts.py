"""Dates inside a text that cannot be right as they stand: with each other, or with the page's date."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sayso import words
from sayso.annotating.dating import offices, stated, sums
from sayso.annotating.dating.offices import Titled
from sayso.annotating.dating.stated import WEEKDAYS
from sayso.annotating.times import tenses, tokens
from sayso.annotating.times.tokens import Tokens
from sayso.model import Article, Finding, TimeExpression, words_of

NEAR = timedelta(days=183)
FIRST = 2009  # before it the terms of office are not complete
GRACE = timedelta(days=2)  # an update, or a page of the day before on the other side of the world
_KIND = "conflicting dates"


def find(article: Article, times: Sequence[TimeExpression]) -> Iterator[Finding]:
    """The conflicts inside a text, and with the date of its page. Each has its proof in one sentence."""
    yield from _weekdays(article, times)
    if (published := stated.day_of(article)) is not None:
        own = stated.own(article, times)
        yield from _later_as_past(article.text, own, published)
        yield from _offices_to_come(article.text, published)
        yield from _sums(article.text, own, published)


# --- a weekday on which a date did not fall --------------------------------------------------------------------------


def _weekdays(article: Article, times: Sequence[TimeExpression]) -> Iterator[Finding]:
    """Medium: newsrooms mistake a weekday, and where the year is counted from the page it may be the page's fault."""
    for time in times:
        told = words_of(time.spans, article.text).replace("”", "").replace("“", "").replace('"', "")
        said = next((w for w in WEEKDAYS if re.search(rf"\b{w}\b", told)), None)
        if said is None or time.earliest is None or time.earliest != time.latest:
            continue
        day = date.fromisoformat(time.earliest)
        if WEEKDAYS[day.weekday()] == said or not _beside(day, told) or _is_coming(article, time, day, said, told):
            continue
        fits = [str(y) for y in range(day.year, day.year - 15, -1) if _falls_on(day, y, said)]
        counted = " (the year is taken from the date of publication)" if time.anchor == "published" else ""
        yield Finding(
            _KIND,
            "medium",
            f"The text says “{told}”, but {stated.spoken(day)} was a {WEEKDAYS[day.weekday()]}.",
            time.spans,
            (
                f"{day.isoformat()} was a {WEEKDAYS[day.weekday()]}{counted}",
                f"{day.day} {day:%B} was a {said} in {_listed(fits)}",
            ),
            (time.id,),
        )


def _is_coming(article: Article, time: TimeExpression, day: date, said: str, told: str) -> bool:
    """Whether the weekday is right a year later, and that is near: the year was counted from the page."""
    published = stated.day_of(article)
    if time.anchor != "published" or published is None or "year" in told or not _falls_on(day, day.year + 1, said):
        return False
    return timedelta(0) <= day.replace(year=day.year + 1) - published <= NEAR


def _beside(day: date, told: str) -> bool:
    """Whether the weekday in the words is of that day: not so in "the day after Tuesday", "the eve of Sunday 4 May"."""
    years = re.findall(r"\b\d{4}\b", told)
    return re.search(rf"\b0?{day.day}(st|nd|rd|th)?\b", told) is not None and set(years) <= {str(day.year)}


def _falls_on(day: date, year: int, weekday: str) -> bool:
    return stated.weekday_of(year, day.month, day.day) == WEEKDAYS.index(weekday)


def _listed(items: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:]))) or "no near year"


# --- told as past, and later than the page ---------------------------------------------------------------------------


def _later_as_past(text: str, own: Sequence[TimeExpression], published: date) -> Iterator[Finding]:
    """Medium: a page that was changed later, or a slip in one figure. Two such dates are more than a slip: high."""
    late = [t for t in stated.explicit(own) if t.granularity in ("day", "month") and _after(t, published)]
    words_of_it = tokens.tokenise(text) if late else Tokens([], [], [])
    told = [t for t in late if _is_past(words_of_it, t) and not _is_update(text, t)]
    if not told:
        return
    quotes = [f"“{' '.join(stated.clause(text, t.spans[0]).of(text).split())}”" for t in told]
    yield Finding(
        _KIND,
        "high" if len({t.earliest for t in told}) > 1 else "medium",
        f"The page is dated {stated.spoken(published)}, but the text tells as past what is later: {_listed(quotes)}.",
        tuple(span for t in told for span in t.spans),
        tuple(f"{quote}: {t.earliest} is after {published.isoformat()}" for quote, t in zip(quotes, told, strict=True)),
        tuple(t.id for t in told),
        tuple(sorted({int(t.earliest[:4]) for t in told if t.earliest}, reverse=True)[:1]),
    )


def _after(time: TimeExpression, published: date) -> bool:
    return time.earliest is not None and date.fromisoformat(time.earliest) > published + GRACE


def _is_past(found: Tokens, time: TimeExpression) -> bool:
    first, last = bisect_left(found.starts, time.spans[0].start), bisect_left(found.starts, time.spans[0].end)
    sentence = tenses.around(found.words, first, last)
    return sentence.tense == "past" and sentence.firm and not sentence.behind


def _is_update(text: str, time: TimeExpression) -> bool:
    """Whether it is the note of a change: "This article was amended on 20 June"."""
    said = stated.clause(text, time.spans[0]).of(text).lower()
    return any(word in said for word in words.load("dating")["updates"]["words"])


# --- an office before anybody held it --------------------------------------------------------------------------------


def _offices_to_come(text: str, published: date) -> Iterator[Finding]:
    """Low for one title, which may be a wish, or a headline from another day; high for titles of two kinds."""
    early: dict[str, Titled] = {}
    for titled in offices.find(text) if published.year >= FIRST else ():
        if titled.office.to_come(published) and not titled.former:
            early.setdefault(titled.office.holder, titled)
    if not early:
        return
    said = [offices.told(titled.span.of(text), titled.office) for titled in early.values()]
    yield Finding(
        _KIND,
        "high" if len({titled.office.source for titled in early.values()}) > 1 else "low",
        f"The page is dated {stated.spoken(published)}, before an office was held that it names: {said[0]}",
        tuple(titled.span for titled in early.values()),
        tuple(said),
    )


# --- sums of years that do not add up ---------------------------------------------------------------------------------


def _sums(text: str, own: Sequence[TimeExpression], published: date) -> Iterator[Finding]:
    """Medium: it may be the sum or the year that is wrong, and not the page. An anniversary may be long past: low."""
    for one in sums.find(text, own):
        if one.speaks_against(published.year):
            said = " ".join(one.span.of(text).split())
            yield Finding(
                _KIND,
                "low" if one.occasion else "medium",
                f"“{said}” adds up to {one.told()}, but the page is dated {stated.spoken(published)}.",
                (one.span,),
                (f"{one.time.earliest} and the years that are named make {one.year}",),
                (one.time.id,),
                (one.year,),
            )
