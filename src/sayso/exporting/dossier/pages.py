"""A dossier as a PDF: the same words as the report's page has, to be printed, kept and handed on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate

from sayso.exporting.dossier import letters
from sayso.exporting.dossier.letters import PLAIN, Setter
from sayso.exporting.dossier.lines import QUIET, Look, Run, Setting, paragraphs
from sayso.exporting.given import Kept, Told, calm
from sayso.exporting.output import one_file
from sayso.reporting.labels import printable

MARGIN = 20 * mm
SEVERITY = {"high": "#a3160e", "medium": "#8a5300", "low": "#4d4a43"}
SMALL, TINY = Look(8, colour=QUIET), Look(7.5, colour=QUIET)
NORMAL, STRONG = Look(), Look(9.5, bold=True)
AS_IT_IS = Setting()
UNTITLED = "Without a title"


def analyses(items: Iterable[Kept], out: Path) -> None:
    """A dossier on each article, one after the other."""
    from sayso.exporting.dossier.article import article  # noqa: PLC0415 - the two know each other

    def sheets(sheet: Sheet) -> Iterator[Flowable]:
        for number, given in enumerate(items):
            if number:
                yield PageBreak()
            yield from article(given, sheet)

    _write(sheets, out)


def story(given: Told, out: Path) -> None:
    """A dossier on a story."""
    from sayso.exporting.dossier.story import whole  # noqa: PLC0415

    _write(lambda sheet: whole(given, sheet), out)


class Sheet:
    """Makes the parts of a dossier; what it says of letters without a sign comes at the end."""

    def __init__(self) -> None:
        self.setter = Setter()

    def text(self, *runs: Run | str, setting: Setting = AS_IT_IS, look: Look = NORMAL) -> Iterator[Flowable]:
        """A paragraph of words; bare ones have the given look."""
        told = [run if isinstance(run, Run) else Run(run, look) for run in runs]
        safe = [Run(calm(printable(run.text)), run.look) for run in told]
        yield from paragraphs(safe, setting, self.setter)

    def title(self, words: str) -> Iterator[Flowable]:
        """The title, which begins a part of the list of contents; there is always one, whatever the words are."""
        setting = Setting(after=6, outline=(0, outlined(words) or UNTITLED), right=None, kept=True)
        look = Look(17, bold=True)
        yield from list(self.text(words, look=look, setting=setting)) or self.text(UNTITLED, look=look, setting=setting)

    def heading(self, words: str) -> Iterator[Flowable]:
        setting = Setting(before=14, after=4, outline=(1, words), kept=True)
        yield from self.text(words, look=Look(12, bold=True), setting=setting)

    def facts(self, rows: Iterable[tuple[str, str]]) -> Iterator[Flowable]:
        for label, value in rows:
            yield from self.text(Run(f"{label}: ", SMALL), Run(value, Look(8)), setting=Setting(after=1))

    def reasons(self, reasons: Sequence[str], indent: float = 0) -> Iterator[Flowable]:
        for reason in reasons:
            yield from self.text(f"– {reason}", look=TINY, setting=Setting(indent=indent, after=1))

    def quotation(self, words: str, indent: float = 0) -> Iterator[Flowable]:
        if words:
            yield from self.text(
                words, look=Look(8.5), setting=Setting(indent=indent + 10, bar="#d9d4c8", after=2, right=None)
            )

    def finding(self, number: int, finding: Any) -> Iterator[Flowable]:
        """A finding as the view models of an article and of a story both have it."""
        bar = SEVERITY.get(finding.severity, QUIET)
        setting = Setting(indent=12, before=6, after=1, bar=bar, kept=True)
        yield from self.text(f"{number}. {finding.message}", look=STRONG, setting=setting)
        severity = Run(finding.severity.upper(), Look(7.5, bold=True, colour=bar))
        yield from self.text(severity, Run(f"  {finding.kind}", TINY), setting=Setting(indent=12, after=2))
        for passage in finding.passages:
            yield from self.quotation(passage.words, 12)
        yield from self.reasons(finding.evidence, 12)

    def more(self, items: Sequence[Any], most: int, indent: float = 0) -> Iterator[Flowable]:
        """How many of a list are not set here, and where they are."""
        if len(items) > most:
            told = f"… and {len(items) - most:,} more; the tables (csv, jsonl, parquet) have them all."
            yield from self.text(told, look=SMALL, setting=Setting(indent=indent, before=2))

    def gaps(self, gaps: Sequence[Any]) -> Iterator[Flowable]:
        """What could not be told."""
        if gaps:
            yield from self.heading("What could not be told")
        for gap in gaps:
            yield from self.text(f"? {gap.message}", setting=Setting(after=1))
            for passage in gap.passages:
                yield from self.quotation(passage.words)

    def end(self) -> Iterator[Flowable]:
        """How it was made, and which letters could not be drawn; nothing is left out without a word."""
        missing = sorted(self.setter.missing)
        if missing:
            told = f"Letters for which this dossier has no signs stand as {letters.BOX}: {', '.join(missing)}."
            yield from self.text(told, look=Look(8, bold=True), setting=Setting(before=10))


def outlined(words: str) -> str:
    """A title for the list of contents, short and on one line."""
    line = " ".join(calm(printable(words)).split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def _write(sheets: Any, out: Path) -> None:
    """Lay out the pages. A dossier is written when all of it is there."""
    sheet = Sheet()
    made = datetime.now(UTC)

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont(PLAIN, 7.5)
        canvas.setFillColor(letters.colour(QUIET))
        canvas.drawString(MARGIN, 11 * mm, f"Sayso: evidence, not verdicts. Made {made:%Y-%m-%d %H:%M} UTC.")
        canvas.drawRightString(A4[0] - MARGIN, 11 * mm, str(document.page))

    with one_file(out) as part:
        frame = Frame(MARGIN, MARGIN, A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
        document = BaseDocTemplate(str(part), pagesize=A4, title="Sayso dossier", creator="Sayso", lang="en")
        document.addPageTemplates(PageTemplate("page", [frame], onPage=foot))
        document.build([*sheets(sheet), *sheet.end()] or list(sheet.text("There is nothing to show.")))
