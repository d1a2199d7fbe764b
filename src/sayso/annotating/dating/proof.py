"""Sentences of proof: what in a text a reader can check against the years that it seems to be of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sayso.annotating.dating import months, offices, stated
from sayso.annotating.dating.evidence import Evidence
from sayso.annotating.dating.judging import limit
from sayso.annotating.dating.offices import Office, Titled
from sayso.annotating.dating.passages import Fit, Known, place
from sayso.annotating.dating.stated import spoken
from sayso.events.terms import terms
from sayso.model import Span, Spans

MOST_EVENTS = 4
PAST = timedelta(days=60)  # so long past at the page's date that nobody would speak of it as still to come
WORDS_SHOWN = 5
OFTEN = 2  # a title that is kept after the office proves something only where it is said again
LONGEST_EVENT = 220  # code points of an event's text that are shown


@dataclass(frozen=True, slots=True)
class Proof:
    """One sentence, the passages it is about, and whether it tells alone (`firm`) or only beside others.

    `about` are ids of times.
    """

    sentence: str
    spans: Spans
    firm: bool
    about: tuple[str, ...] = ()


def find(text: str, evidence: Evidence, published: date, years: Sequence[int]) -> list[Proof]:
    """What speaks for some years and against the page's date, the firmest first."""
    found = [
        *_to_come(text, evidence, published, years),
        *_offices(text, evidence.titles, published, years),
        *_weekdays(text, evidence, published, years),
        *_sums(text, evidence, published, years),
    ]
    if evidence.known is not None:
        found += _events(text, evidence.fits, years, evidence.known)
    return found


def enough(proofs: Sequence[Proof]) -> bool:
    """Whether a reader who checks the proofs would be convinced: a firm one, or two events at least."""
    return any(proof.firm for proof in proofs) or len(proofs) >= 2


# --- the text's own words --------------------------------------------------------------------------------------------


def _to_come(text: str, evidence: Evidence, published: date, years: Sequence[int]) -> Iterator[Proof]:
    for time in evidence.coming:
        if time.latest and f"{min(years)}" <= time.latest < (published - PAST).isoformat():
            span = stated.clause(text, time.spans[0])
            sentence = f"“{_line(span.of(text))}” speaks of {time.spans[0].of(text)} as still to come."
            yield Proof(sentence, (span,), firm=True, about=(time.id,))


def _weekdays(text: str, evidence: Evidence, published: date, years: Sequence[int]) -> Iterator[Proof]:
    for day in evidence.days:
        fits = stated.fitting_years(day) if day.weekday is not None else []
        here = int(day.on_axis()[months.of(published)])
        if day.weekday is not None and not {here, here + 1} & set(fits) and any(year in fits for year in years):
            near = [str(year) for year in fits if here - 12 <= year <= here]
            sentence = f"“{_line(day.time.spans[0].of(text))}” was not in {here}; that day and weekday go together in "
            yield Proof(sentence + " and ".join(near) + ".", day.time.spans, firm=True, about=(day.time.id,))


def _sums(text: str, evidence: Evidence, published: date, years: Sequence[int]) -> Iterator[Proof]:
    for one in evidence.sums:
        if one.year in years and not one.about and one.speaks_against(published.year):
            sentence = f"“{_line(one.span.of(text))}” adds up to {one.year}."
            yield Proof(sentence, (one.span,), firm=not one.occasion, about=(one.time.id,))


# --- who held which office -------------------------------------------------------------------------------------------


def _offices(text: str, titles: Sequence[Titled], published: date, years: Sequence[int]) -> Iterator[Proof]:
    former = {t.office.holder for t in titles if t.former}
    shown: set[str] = set()
    for titled in titles:
        office = titled.office
        if (
            not office.over(published)
            or titled.former
            or office.holder in former | shown
            or not _held_in(office, years)
        ):
            continue
        if office.kept and any(t.office.key == office.key and not t.office.over(published) for t in titles):
            continue
        spans = tuple(t.span for t in titles if t.office == office)
        if office.kept and len(spans) < OFTEN:
            continue
        shown.add(office.holder)
        yield Proof(offices.told(titled.span.of(text), office, len(spans)), spans, firm=not office.kept)


def _held_in(office: Office, years: Sequence[int]) -> bool:
    return any(
        first.year <= year and (last is None or year <= last.year) for first, last in office.terms for year in years
    )


# --- dated events ----------------------------------------------------------------------------------------------------


def _events(text: str, fits: Sequence[Fit], years: Sequence[int], known: Known) -> Iterator[Proof]:
    seen: set[Span | int] = set()
    for fit in sorted(fits, key=lambda fit: (fit.day is None, -fit.score)):
        least = limit("day fits") if fit.day else limit("passage fits")
        year = months.FIRST_YEAR + int(place(np.array([fit.event]))[0]) // 12
        if year not in years or fit.score < least or fit.event in seen or fit.span in seen:
            continue
        found = _event(text, fit, known)
        if found is not None:
            seen |= {fit.event, fit.span}
            yield found
        if len(seen) >= 2 * MOST_EVENTS:
            return


def _event(text: str, fit: Fit, known: Known) -> Proof | None:
    """The sentence on an event; none where it shares a single name, which may be told of in any year."""
    entry = known.events.entries([fit.event]).get(fit.event)
    if entry is None:
        return None
    day = date.fromisoformat(entry.event.date)
    wanted = known.terms if fit.day else terms(fit.span.of(text))
    common = known.shared(fit.event, wanted)
    if len(common) < 2:
        return None
    shared = ", ".join(common[:WORDS_SHOWN])
    told = entry.event.text
    told = told if len(told) <= LONGEST_EVENT else told[:LONGEST_EVENT].rsplit(" ", 1)[0] + " …"
    if fit.day:
        said = f"“{_line(fit.day.time.spans[0].of(text))}” and “{shared}” fit {spoken(day)} better than other years"
        spans: Spans = fit.day.time.spans
        about: tuple[str, ...] = (fit.day.time.id,)
    else:
        said, spans, about = f"“{shared}” stand together in the text and on {day:%A} {spoken(day)}", (fit.span,), ()
    return Proof(f"{said}: “{told}” ({entry.event.source}).", spans, firm=False, about=about)


def _line(text: str) -> str:
    return " ".join(text.strip("“”\"'‘’ \n").replace("“", "").replace("”", "").split())
