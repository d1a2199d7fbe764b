"""A story, and the origins of a claim, in a terminal: what had it first and what stands out before all else."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from sayso.model import Origins, Story
from sayso.reporting.labels import printable, shortened
from sayso.reporting.printing import BAR, Printer
from sayso.reporting.stories import originview
from sayso.reporting.stories.originview import OriginRow, OriginsReport
from sayso.reporting.stories.sides import PieceKind, Side, Sides, brief
from sayso.reporting.stories.stretches import WHEN, Place, Stretch
from sayso.reporting.stories.view import FIRMER, ArticleRow, ChangeRow, LinkRow, StoryReport, view
from sayso.reporting.terminal import show_finding
from sayso.reporting.view import FindingView, GapView

# Words that stand on one side only, as `git --word-diff` marks them: it can be read without colour.
MARKS: dict[PieceKind, tuple[str, str, str]] = {
    "same": ("", "", ""),
    "lost": ("[-", "-]", "red"),
    "new": ("{+", "+}", "green"),
    "differs": ("[~", "~]", "yellow"),
}
LEGEND = {
    "lost": "[-these words-] stand in the earlier text only",
    "new": "{+these+} in the later one only",
    "differs": "[~these~] in this text only, and the dates do not tell which is the earlier one",
}
WIDE = 120  # columns from which on two texts stand beside each other
PLACES = 4
ROWS = 10
STRETCHES = 8


def story(given: Story, console: Console, *, explain: bool = False) -> None:
    """Print a story; `explain` shows all of it, with every reason."""
    report, printer = view(given), Printer(console, explain)
    printer.line(Text(printable(shortened(report.title, 300)), "bold underline"))
    for label, value in report.facts:
        printer.fact(label, value)
    printer.heading("Who had it first, and who else has it")
    for said in report.answer:
        printer.line(said, 2, lead="- ")
    _findings(report.findings, printer)
    _stretches(report, printer)
    _links(report, printer)
    _changes(report, printer)
    _citations(report, printer)
    _articles(report.articles, printer)
    _gaps(report.gaps, printer)
    if not explain:
        console.print()
        printer.line("--explain shows all with the reasons, --html FILE writes a page with a picture.", style="dim")
    console.print()


def origins(given: Origins, console: Console, *, explain: bool = False) -> None:
    """Print on how many origins a claim rests, and which; `explain` adds every reason."""
    report, printer = originview.view(given), Printer(console, explain)
    printer.line(Text(printable(report.answer), "bold underline"))
    printer.quote(report.claim, 2)
    for said in report.about:
        printer.line(said, 2, lead="- ")
    _findings(report.findings, printer)
    for number, origin in enumerate(report.origins, 1):
        _origin(number, origin, report, printer)
    if report.uncertain:
        printer.heading("What is uncertain", len(report.uncertain))
        for carrier in report.uncertain:
            printer.line(carrier.sentence, 2, lead="- ")
            printer.reasons(carrier.reasons, 6)
    _articles(report.articles, printer)
    _gaps(report.gaps, printer)
    console.print()


# --- parts -----------------------------------------------------------------------------------------------------------


def _findings(findings: Iterable[FindingView], printer: Printer) -> None:
    found = tuple(findings)
    if found:
        printer.heading("What to look at first", len(found))
    for number, finding in enumerate(found, 1):
        show_finding(number, finding, printer)


def _stretches(report: StoryReport, printer: Printer) -> None:
    if not report.stretches:
        return
    printer.heading("Passage by passage", len(report.stretches))
    printer.line(report.alone, 2)
    limit = None if printer.explain else STRETCHES
    shown = report.stretches[:limit]
    _legend((place.sides for stretch in shown for place in stretch.places[: _limit(printer)]), printer)
    for stretch in shown:
        _stretch(stretch, printer)
    _more(len(report.stretches) - len(shown), printer)


def _limit(printer: Printer) -> int | None:
    return None if printer.explain else PLACES


def _more(count: int, printer: Printer, indent: int = 2) -> None:
    if count:
        printer.line(f"… and {count} more (--explain)", indent, "dim")


def _legend(both: Iterable[Sides | None], printer: Printer) -> None:
    kinds = {piece.kind for each in both if each for side in (each.left, each.right) for piece in side.pieces}
    if told := "; ".join(words for kind, words in LEGEND.items() if kind in kinds):
        printer.line(told, 2, "dim")


def _stretch(stretch: Stretch, printer: Printer) -> None:
    printer.console.print()
    printer.line(Text(printable(stretch.summary), "bold"), lead=f"{stretch.number:>3}. ")
    printer.quote(stretch.words if printer.explain else shortened(stretch.words), 5)
    shown = stretch.places[: _limit(printer)]
    for place in shown:
        _place(place, printer)
    _more(len(stretch.places) - len(shown), printer, 5)


def _place(place: Place, printer: Printer) -> None:
    when = "" if place.when == "untold" else f"{WHEN[place.when]}, "
    printer.line(f"{place.name}: {when}{place.how}", 5, lead="- ")
    printer.quote(shortened(place.words, 70), 7)
    if place.sides:
        _sides(place.sides, printer, 7)
    printer.reasons(place.reasons, 7)


def _sides(both: Sides, printer: Printer, indent: int) -> None:
    """Both texts, beside each other where there is room, otherwise under each other."""
    left, right = (side if printer.explain else brief(side) for side in (both.left, both.right))
    if printer.console.width < WIDE:
        for side in (left, right):
            printer.line(Text(printable(f"{side.name}:"), "dim"), indent)
            printer.line(_marked(side), indent, lead=Text(BAR, "dim"))
    else:
        named = [Text.assemble((printable(f"{side.name}: "), "dim"), _marked(side)) for side in (left, right)]
        printer.two(named[0], named[1], indent)


def _marked(side: Side) -> Text:
    text = Text(style="italic") if side.pieces else Text("(nothing)", "dim")
    for piece in side.pieces:
        opens, closes, colour = MARKS[piece.kind]
        words = printable(piece.text)
        text.append(f"{opens}{words.rstrip()}{closes}{' ' if words.endswith(' ') else ''}", colour)
    return text


def _links(report: StoryReport, printer: Printer) -> None:
    if not report.links:
        return
    printer.heading("Who has it from whom, directly or through others", len(report.links))
    shown = report.links[: None if printer.explain else ROWS]
    for link in shown:
        _link(link, printer)
    _more(len(report.links) - len(shown), printer)


def _link(link: LinkRow, printer: Printer) -> None:
    printer.line(link.sentence, 2, lead="- ")
    printer.line(link.extent, 6, "dim")
    if printer.explain:
        printer.line(link.chances, 6, "dim")
    printer.reasons(link.reasons, 6)


def _changes(report: StoryReport, printer: Printer) -> None:
    if not report.changes:
        return
    printer.heading("What was lost and added on the way", len(report.changes))
    shown = report.changes[: None if printer.explain else ROWS]
    for change in shown:
        _change(change, printer)
    _more(len(report.changes) - len(shown), printer)


def _change(change: ChangeRow, printer: Printer) -> None:
    head = Text(printable(change.message), "bold")
    head.append(printable(f"  [{change.kind}{f': {FIRMER}' if change.firmer else ''}]"), "not bold dim")
    printer.line(head, 2, lead="- ")
    printer.line(change.where, 4, "dim")
    if change.sides:
        _sides(change.sides, printer, 4)
    printer.reasons(change.reasons, 6)


def _citations(report: StoryReport, printer: Printer) -> None:
    if not report.citations:
        return
    printer.heading("Who cites whom", len(report.citations))
    shown = report.citations[: None if printer.explain else ROWS]
    for cited in shown:
        printer.line(cited.sentence, 2, lead="- ")
        printer.quote(cited.words, 4)
        printer.reasons(cited.reasons, 6)
    _more(len(report.citations) - len(shown), printer)


def _articles(articles: tuple[ArticleRow, ...], printer: Printer) -> None:
    if not articles:
        return
    printer.heading("The articles, the oldest first", len(articles))
    shown = [row for at, row in enumerate(articles) if printer.explain or at < ROWS or "asked about" in row.roles]
    for row in shown:
        roles = f"  [{'; '.join(row.roles)}]" if row.roles else ""
        printer.line(Text.assemble(printable(f"{row.day}  {row.name}"), (roles, "dim")), 2, lead="- ")
        if row.title not in row.name:
            printer.line(row.title, 4, "dim")
        if printer.explain:
            printer.line(
                "; ".join(filter(None, (f"possible days: {row.possible}", row.captures, row.article))), 4, "dim"
            )
    _more(len(articles) - len(shown), printer)


def _gaps(gaps: tuple[GapView, ...], printer: Printer) -> None:
    printer.heading("What could not be told", len(gaps))
    if not gaps:
        printer.line("Nothing was noted, which proves nothing: docs/limits.md says what is missed.", 2)
    for gap in gaps:
        printer.line(gap.message, 2, lead="- ")
        for passage in gap.passages[:3]:
            printer.quote(passage.words, 6)


def _origin(number: int, origin: OriginRow, report: OriginsReport, printer: Printer) -> None:
    printer.heading(f"Origin {number} of at most {report.most}: {printable(origin.name)}")
    printer.line(origin.standing, 2)
    printer.line(origin.chance, 2)
    for passage in origin.exhibits[: _limit(printer)]:
        printer.quote(passage.words, 4)
    _more(len(origin.exhibits) - len(origin.exhibits[: _limit(printer)]), printer, 4)
    if origin.chains:
        printer.line("who has it from there (read ← as “has it from”):", 2)
    shown = origin.chains[: None if printer.explain else ROWS]
    for chain in shown:
        printer.line(chain, 4, lead="- ")
    _more(len(origin.chains) - len(shown), printer, 4)
    printer.reasons(origin.reasons, 4)
