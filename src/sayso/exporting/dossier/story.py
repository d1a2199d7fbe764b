"""The dossier on a story."""

from collections.abc import Iterator

from reportlab.platypus import Flowable

from sayso.exporting.dossier.lanes import drawn
from sayso.exporting.dossier.lines import QUIET, Look, Run, Setting
from sayso.exporting.dossier.pages import SMALL, STRONG, TINY, Sheet
from sayso.exporting.given import Told, own_version
from sayso.reporting import labels
from sayso.reporting.stories import originview
from sayso.reporting.stories.html import MOST_PLACES, MOST_ROWS
from sayso.reporting.stories.lanes import lanes
from sayso.reporting.stories.sides import Side, Sides
from sayso.reporting.stories.stretches import ORDERS, WHEN, Place
from sayso.reporting.stories.view import FIRMER, StoryReport, view

LOOKS = {
    "same": Look(8.5),
    "lost": Look(8.5, colour="#8f1d12", back="#fbe3dd"),
    "new": Look(8.5, colour="#14532d", back="#dcf0e0", under="#14532d"),
    "differs": Look(8.5, colour="#5f4300", back="#f8ecc4", under="#5f4300", dashed=True),
}


def whole(given: Told, sheet: Sheet) -> Iterator[Flowable]:
    """All of it: the answer first, then what it rests on."""
    report = view(given.story)
    yield from sheet.title(report.title)
    yield from sheet.facts(report.facts)
    yield from sheet.heading("Who had it first, and who else has it")
    for number, said in enumerate(report.answer):
        yield from sheet.text(said, look=STRONG if number == 0 else Look(9.5))
    yield from _findings(report, sheet)
    yield from _origins(given, sheet)
    yield from _drawing(given, sheet)
    yield from _stretches(report, sheet)
    yield from _changes(report, sheet)
    yield from _links(report, sheet)
    yield from _articles(report, sheet)
    yield from sheet.gaps(report.gaps)
    yield from sheet.heading("How this was made")
    yield from sheet.text(
        f"Traced by Sayso {own_version()}. Probabilities are of the ways, not of the truth.", look=SMALL
    )


def _findings(report: StoryReport, sheet: Sheet) -> Iterator[Flowable]:
    if report.findings:
        yield from sheet.heading("What to look at first")
    for number, finding in enumerate(report.findings, 1):
        yield from sheet.finding(number, finding)


def _origins(given: Told, sheet: Sheet) -> Iterator[Flowable]:
    if given.origins is None:
        return
    report = originview.view(given.origins)
    yield from sheet.heading("On how many origins a claim rests")
    yield from sheet.quotation(report.claim)
    yield from sheet.text(report.answer, look=STRONG)
    for row in report.origins:
        yield from sheet.text(
            Run(row.name, STRONG), Run(f"  {row.standing} {row.chance}", SMALL), setting=Setting(before=4)
        )
        for passage in row.exhibits:
            yield from sheet.quotation(passage.words)
        yield from sheet.reasons(row.reasons)
    yield from sheet.gaps(report.gaps)


def _drawing(given: Told, sheet: Sheet) -> Iterator[Flowable]:
    drawing = lanes(given.story, given.origins)
    if drawing.rows:
        yield from sheet.heading("When, and who from whom")
        yield from drawn(drawing, sheet.setter)


def _stretches(report: StoryReport, sheet: Sheet) -> Iterator[Flowable]:
    if not report.stretches:
        return
    yield from sheet.heading("Passage by passage")
    yield from sheet.text(report.alone, look=SMALL, setting=Setting(kept=True))
    for stretch in report.stretches:
        head = f"{stretch.number}. {stretch.summary}"
        yield from sheet.text(head, look=STRONG, setting=Setting(before=8, after=2, kept=True))
        yield from sheet.quotation(stretch.words)
        for order in ORDERS:
            places = stretch.at(order)
            for place in places[:MOST_PLACES]:
                yield from _place(place, WHEN[order], sheet)
            yield from sheet.more(places, MOST_PLACES, 12)


def _place(place: Place, when: str, sheet: Sheet) -> Iterator[Flowable]:
    told = (Run(place.name, Look(8.5, bold=True)), Run(f"  {when}; {place.how}", SMALL))
    yield from sheet.text(*told, setting=Setting(indent=12, after=1))
    if place.words:
        yield from sheet.quotation(place.words, 12)
    if place.sides:
        yield from _sides(place.sides, sheet)


def _sides(both: Sides, sheet: Sheet) -> Iterator[Flowable]:
    for side in (both.left, both.right):
        yield from sheet.text(*_side(side), setting=Setting(indent=22, after=2, bar="#d9d4c8"))


def _side(side: Side) -> Iterator[Run]:
    yield Run(f"{side.name}: ", Look(7.5, colour=QUIET))
    for piece in side.pieces:
        words = piece.text.rstrip()
        yield Run(words, LOOKS[piece.kind])
        yield Run(piece.text[len(words) :], LOOKS["same"])
    if not side.pieces:
        yield Run("nothing", Look(8.5, colour=QUIET))


def _changes(report: StoryReport, sheet: Sheet) -> Iterator[Flowable]:
    if report.changes:
        yield from sheet.heading("What was lost and added on the way")
    for change in report.changes[:MOST_ROWS]:
        yield from sheet.text(change.message, look=STRONG, setting=Setting(before=6, after=1, kept=True))
        firmer = f"; {FIRMER}" if change.firmer else ""
        yield from sheet.text(f"{change.kind}{firmer}; {change.where}", look=TINY, setting=Setting(after=1))
        if change.sides:
            yield from _sides(change.sides, sheet)
        yield from sheet.reasons(change.reasons)
    yield from sheet.more(report.changes, MOST_ROWS)


def _links(report: StoryReport, sheet: Sheet) -> Iterator[Flowable]:
    if report.links:
        yield from sheet.heading("Who has it from whom, directly or through others")
    for link in report.links[:MOST_ROWS]:
        yield from sheet.text(link.sentence, setting=Setting(before=4, after=0))
        yield from sheet.text(f"{link.extent}. {link.chances}", look=TINY, setting=Setting(after=0))
        yield from sheet.reasons(link.reasons)
    yield from sheet.more(report.links, MOST_ROWS)
    if report.citations:
        yield from sheet.heading("Who cites whom")
    for cited in report.citations[:MOST_ROWS]:
        yield from sheet.text(cited.sentence, setting=Setting(before=3, after=1))
        yield from sheet.quotation(cited.words)
    yield from sheet.more(report.citations, MOST_ROWS)


def _articles(report: StoryReport, sheet: Sheet) -> Iterator[Flowable]:
    yield from sheet.heading(labels.counted(len(report.articles), "article"))
    for row in report.articles:
        roles = "".join(f"; {role}" for role in row.roles)
        head = (Run(f"{row.name}  ", Look(8.5, bold=True)), Run(f"{row.day}{roles}", Look(8.5)))
        yield from sheet.text(*head, setting=Setting(before=3, after=0))
        yield from sheet.text("; ".join(filter(None, (row.title, row.address, row.possible, row.captures))), look=TINY)
