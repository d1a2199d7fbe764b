"""The dossier on one article."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from reportlab.platypus import Flowable

from sayso.exporting.dossier.lines import INK, QUIET, Look, Run, Setting
from sayso.exporting.dossier.pages import SMALL, STRONG, TINY, Sheet
from sayso.exporting.given import Kept
from sayso.model import Article, Span, words_of
from sayso.model.correction import Correction, Reading
from sayso.reporting import labels
from sayso.reporting.html import RIGHT_TO_LEFT
from sayso.reporting.segments import Mark, Segment
from sayso.reporting.view import Paragraph, Report, view

WHO, DEEP, GREEN, BLUE, RUST, VIOLET = "#dff0ea", "#c3e2d7", "#0b5a4a", "#1a4f8b", "#9a3412", "#6b3fa0"
REF = Look(5.5, colour=QUIET, rise=3)
BECAME = {
    "stands": "It stands in the marks above.",
    "taken out": "What it rejects is not among the marks above.",
    "not found": "Not in the marks above: this version of Sayso does not find what it was about.",
}
NOTES = {"who": "Who says what", "times": "Times", "words": "Words", "claims": "Claims", "actors": "Who is meant"}


def article(given: Kept, sheet: Sheet) -> Iterator[Flowable]:
    """All of it: findings first, then what they rest on."""
    report = view(given.analysis)
    yield from sheet.title(report.header.title)
    yield from sheet.facts(report.header.facts)
    for note in report.header.notes:
        yield from sheet.text(note, look=SMALL)
    yield from _findings(report, sheet)
    yield from _chains(report, sheet)
    yield from _text(report, sheet, right=report.header.language in RIGHT_TO_LEFT)
    yield from _notes(report, sheet)
    yield from _actors(report, sheet)
    yield from _dates(report, sheet)
    yield from sheet.gaps(report.gaps)
    yield from _corrections(given, sheet)
    yield from sheet.heading("How this was made")
    made = f"Read and analysed by Sayso {given.version}. Where no other is named, a mark is the machine's word."
    yield from sheet.text(made, look=SMALL)


def _findings(report: Report, sheet: Sheet) -> Iterator[Flowable]:
    yield from sheet.heading("What to look at first")
    for number, finding in enumerate(report.findings, 1):
        yield from sheet.finding(number, finding)
    if not report.findings:
        yield from sheet.text("Nothing stands out." if report.analysed else "The text was read, but not analysed.")


def _chains(report: Report, sheet: Sheet) -> Iterator[Flowable]:
    if not report.paths:
        return
    yield from sheet.heading("Who rests on whom")
    yield from sheet.text("Read “←” as “on the word of”. The longest chains come first.", look=TINY)
    for path in report.paths:
        yield from sheet.text(path.text, look=STRONG, setting=Setting(before=5, after=1, kept=True))
        resting = labels.counted(len(path.statements), "statement")
        standings = "; ".join(f"{link.bare}: {link.standing}" for link in path.links if link.standing)
        yield from sheet.text(f"{path.confidence}; {resting}. {standings}", look=TINY, setting=Setting(after=1))
        for passage in path.statements:
            yield from sheet.quotation(passage.words)
        yield from sheet.reasons(path.all_reasons)


def _text(report: Report, sheet: Sheet, *, right: bool) -> Iterator[Flowable]:
    yield from sheet.heading("The text, with marks")
    legend = (
        *("who says what: ", Run("what is said", Look(7.5, back=WHO)), ", "),
        *(Run("who says it", Look(7.5, under=GREEN)), ", ", Run("how", Look(7.5, under=GREEN, dashed=True)), "; "),
        *(Run("times", Look(7.5, under=BLUE)), "; ", Run("loaded words", Look(7.5, colour=RUST)), "; "),
        *(Run("claims without a source", Look(7.5, under=VIOLET, dashed=True)), ". Numbers lead to the notes below."),
    )
    yield from sheet.text(*legend, look=TINY, setting=Setting(after=6))
    for paragraph in report.paragraphs:
        setting = Setting(after=5, right=True if right else None)
        yield from sheet.text(*_runs(paragraph), setting=setting)


def _runs(paragraph: Paragraph) -> Iterator[Run]:
    for piece in paragraph.pieces:
        yield Run(piece.segment.text, _look(piece.segment, heading=paragraph.heading))
        if piece.refs:
            yield Run(",".join(str(note.number) for note in piece.refs), REF)


def _look(segment: Segment, *, heading: bool) -> Look:
    """How a piece looks under all of its marks: the innermost of a kind decides."""
    depth = max((mark.depth for mark in segment.marks if (mark.layer, mark.part) == ("who", "content")), default=-1)
    under, dashed = _line(segment.marks)
    return Look(
        11 if heading else 9.5,
        bold=heading,
        colour=RUST if any(mark.layer == "words" for mark in segment.marks) else INK,
        back=None if depth < 0 else DEEP if depth else WHO,
        under=under,
        dashed=dashed,
    )


def _line(marks: tuple[Mark, ...]) -> tuple[str | None, bool]:
    """The line below a piece: its colour and whether it is dashed."""
    lines = {
        ("who", "source"): (GREEN, False),
        ("who", "cue"): (GREEN, True),
        ("times", "time"): (BLUE, False),
        ("claims", "own"): (VIOLET, True),
    }
    found = [lines[mark.layer, mark.part] for mark in marks if (mark.layer, mark.part) in lines]
    return found[-1] if found else (None, False)


def _notes(report: Report, sheet: Sheet) -> Iterator[Flowable]:
    for layer, name in NOTES.items():
        found = report.on(layer)
        if found:
            yield from sheet.heading(f"Notes: {name.lower()}")
        for each in found:
            note = each.note
            rows = "; ".join(f"{label}: {value}" for label, value in note.rows)
            sure = f" ({note.certainty})" if note.certainty else ""
            head = (
                Run(f"{each.number}  ", Look(8, bold=True, colour=QUIET)),
                Run(f"{note.label}{sure}", Look(8.5, bold=True)),
            )
            yield from sheet.text(*head, setting=Setting(before=3, after=0, kept=True))
            yield from sheet.text(rows, look=Look(8), setting=Setting(indent=12, after=0))
            yield from sheet.reasons(note.reasons, 12)


def _actors(report: Report, sheet: Sheet) -> Iterator[Flowable]:
    if report.actors:
        yield from sheet.heading("Who speaks and is spoken of")
    for row in report.actors:
        also = f"; also “{'”, “'.join(row.other_names)}”" if row.other_names else ""
        resting = f"; {labels.counted(row.statements, 'statement')}" if row.statements else ""
        told = Run(f"{row.standing}{resting}{also}", Look(8))
        yield from sheet.text(Run(f"{row.name}  ", Look(8.5, bold=True)), told, setting=Setting(after=1))
        if row.hidden:
            yield from sheet.reasons(tuple(filter(None, (row.hidden.explained, row.hidden.judging))), 12)
            for passage in row.hidden.why:
                yield from sheet.quotation(passage.words, 12)
        yield from sheet.reasons(tuple(listed.words for listed in row.listings), 12)


def _dates(report: Report, sheet: Sheet) -> Iterator[Flowable]:
    if report.dates:
        yield from sheet.heading("Dates that it may have been published on")
    for row in report.dates:
        used = f"; used{f': {row.why}' if row.why else ''}" if row.used else ""
        told = f"{row.value}: {row.role}, from {row.origin}{used}"
        yield from sheet.text(told, look=Look(8.5, bold=row.used), setting=Setting(after=1))


def _corrections(given: Kept, sheet: Sheet) -> Iterator[Flowable]:
    if any(given.corrections.values()):
        yield from sheet.heading("What people have corrected")
    for became, corrections in given.corrections.items():
        for each in corrections:
            yield from sheet.text(*_correction(each, given.analysis.article), setting=Setting(after=1))
            yield from sheet.text(BECAME[became], look=TINY, setting=Setting(indent=12, after=1))


def _correction(each: Correction, article: Article) -> Iterator[Run]:
    yield Run(f"{each.author} ", Look(8.5, bold=True))
    yield Run(f"({each.moment}): {each.action} {each.kind}", Look(8.5))
    readings = (("the machine's", each.machine), ("the person's", each.person))
    told = [f"{whose}: {called(reading, article)}" for whose, reading in readings if reading]
    yield Run("".join(f"; {each}" for each in told) + (f"; “{each.note}”" if each.note else ""), Look(8))


def called(reading: Reading, article: Article) -> str:
    """A reading in words: its name, or what stands at its spans.

    >>> article = Article("id", "a.txt", "A fire broke out.", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> called({"spans": [[2, 6]]}, article), called({"name": "SANA"}, article)
    ('“fire”', 'SANA')
    """
    if name := reading.get("name"):
        return str(name)
    parts = (reading, *(reading.get(part) for part in ("source", "cue", "content")))
    spans = chain.from_iterable(_spans(part) for part in parts)
    words = labels.shortened(words_of(sorted(spans), article.text), 300)
    return f"“{words}”" if words else "no words of the text"


def _spans(part: Any) -> Iterator[Span]:
    """The spans of a part of a reading, which comes from a person and may be anything."""
    given = part.get("spans") if isinstance(part, dict) else None
    for each in given if isinstance(given, list | tuple) else ():
        if isinstance(each, list | tuple) and len(each) == 2 and all(isinstance(end, int) for end in each):
            yield Span(*each)
