"""The report in a terminal: the findings first, in 80 columns or fewer, with or without colour.

The article's words only ever become `Text`, made printable first: neither rich's markup nor a terminal's
escape sequences in a page can act.
"""

from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.text import Text

from sayso.model import Analysis
from sayso.reporting import textline
from sayso.reporting.actors import ActorRow, Hidden
from sayso.reporting.labels import VOICES, counted, printable, shortened
from sayso.reporting.notes import OTHERWISE, NoteView
from sayso.reporting.passages import Passage
from sayso.reporting.paths import LinkView, Path
from sayso.reporting.printing import Printer
from sayso.reporting.timeline import SQUEEZED, Timeline
from sayso.reporting.view import FindingView, Report, view

CHAINS = "Who rests on whom (read ← as “on the word of”)"
ACTORS = "Who speaks and is spoken of, and who could be asked"
MAIN_CHAINS = 8
MAIN_PASSAGES = 3
RINGS = {False: Text("● "), True: Text("○ ")}
SEVERITY = {"high": ("!!", "bold red"), "medium": ("! ", "bold yellow"), "low": ("- ", "bold")}


def render(analysis: Analysis, console: Console, *, explain: bool = False, part: str | None = None) -> None:
    """Print the report, or one `part` of it ("who", "chain", "dates", "words"); `explain` adds every reason."""
    report = view(analysis)
    printer = Printer(console, explain)
    if part is None:
        _whole(report, printer)
    else:
        printer.line(Text(printable(shortened(report.header.title)), "bold underline"))
        before = printer.lines
        PARTS[part](report, printer)
        if report.analysed and printer.lines == before:
            printer.line("Nothing of this kind was found, which proves nothing: docs/limits.md says what is missed.", 2)
        if not report.analysed:
            _gaps(report, printer)
    console.print()


def _whole(report: Report, printer: Printer) -> None:
    _header(report, printer)
    _findings(report, printer)
    for title, rows, show in _sections(report):
        if rows:
            printer.heading(title, len(rows))
            show(report, printer)
    _gaps(report, printer)
    if report.analysed and not printer.explain:
        printer.console.print()
        printer.line("--explain adds the reasons, --html FILE writes a page with the text and its marks.", style="dim")


Show = Callable[[Report, Printer], None]


def _sections(report: Report) -> list[tuple[str, Sequence[object], Show]]:
    return [
        (CHAINS, report.paths, _main_chains),
        (ACTORS, report.actors, _main_actors),
        ("Who says what", report.on("who"), _who),
        ("Dates the article may have", report.dates, _candidates),
        ("Times in the text", report.on("times"), _times),
        ("Said by the outlet itself, no source given", report.on("claims", "own"), _own),
        ("Loaded and distancing words", report.on("words"), _words),
        ("Who is meant", report.on("actors"), _labels("actors")),
        ("Removed: not part of the article", report.residue, _residue),
    ]


def _header(report: Report, printer: Printer) -> None:
    printer.line(Text(printable(shortened(report.header.title, 300)), "bold underline"))
    for label, value in report.header.facts:
        printer.fact(label, value)
    for note in report.header.notes:
        printer.fact("Note", note)


def _findings(report: Report, printer: Printer) -> None:
    printer.heading("What to look at first", len(report.findings))
    if not report.findings:
        printer.line("Nothing stands out." if report.analysed else "The text was not analysed.", 2)
    for number, finding in enumerate(report.findings, 1):
        show_finding(number, finding, printer)


def show_finding(number: int, finding: FindingView, printer: Printer) -> None:
    """One finding: what it says, the words it is about, and its evidence."""
    sign, style = SEVERITY[finding.severity]
    head = Text(printable(finding.message), "bold")
    head.append(f"  [{finding.severity}: {printable(finding.kind)}]", "not bold dim")
    printer.line(head, lead=Text(f"{sign} {number}. ", style))
    for passage in finding.passages:
        printer.quote(passage.words, 6)
    for evidence in finding.evidence:
        printer.line(evidence, 6, lead="- ")


def _main_chains(report: Report, printer: Printer) -> None:
    limit = None if printer.explain else MAIN_CHAINS
    for path in report.paths[:limit]:
        _main_chain(path, printer)
    more = len(report.paths) - len(report.paths[:limit])
    if more:
        printer.line(f"… and {more} more (sayso chain)", 2, "dim")


def _main_chain(path: Path, printer: Printer) -> None:
    _chain_head(path, printer, ", first:" if len(path.statements) > 1 else "")
    for statement in path.statements[:1]:
        printer.quote(shortened(statement.words, 70), 6)
    printer.reasons(path.all_reasons, 6)


def _chain_head(path: Path, printer: Printer, after: str = "") -> None:
    printer.line(path.text, 2, "bold", lead="- ")
    whole = "" if path.complete else "; breaks off"
    said = counted(len(path.statements), "statement") if path.statements else "no statement"
    printer.line(f"{path.confidence}{whole}; {said}{after}", 6, "dim")


def _chain_part(report: Report, printer: Printer) -> None:
    """The chains link by link with all that rests on them, and then the actors."""
    if report.paths:
        printer.heading(CHAINS, len(report.paths))
        _rings(printer)
        for path in report.paths:
            _chain(path, printer)
    if report.actors:
        printer.heading(ACTORS, len(report.actors))
        _actors(report, printer)


def _rings(printer: Printer) -> None:
    printer.line("● named: could be asked, or looked up   ○ not named, or not resolved", 2, "dim")


def _chain(path: Path, printer: Printer) -> None:
    printer.console.print()
    _chain_head(path, printer)
    if len(path.links) > 1:
        for link in path.links:
            _link(link, printer)
    if not path.complete:
        for reason in path.reasons or ("breaks off here",):
            printer.line(reason, 6, lead=Text("? ", "bold red"))
    else:
        printer.reasons(path.reasons, 6)
    if path.statements:
        printer.line("what rests on it:", 6, "dim")
        for statement in path.statements:
            printer.quote(shortened(statement.words, 100), 8)


def _link(link: LinkView, printer: Printer) -> None:
    line = Text.assemble((printable(link.bare), "bold"), f": {printable(link.standing)}")
    words = dict.fromkeys(passage.words for passage in link.evidence)
    if words:
        line.append(printable(" — " + "; ".join(f"“{each}”" for each in words)))
    printer.line(line, 6, lead=RINGS[link.hollow])
    printer.reasons(link.reasons, 8)


def _main_actors(report: Report, printer: Printer) -> None:
    _actors(report, printer, None if printer.explain else MAIN_PASSAGES)


def _actors(report: Report, printer: Printer, limit: int | None = None) -> None:
    _rings(printer)
    for actor in report.actors:
        _actor(actor, printer, limit)


def _actor(actor: ActorRow, printer: Printer, limit: int | None) -> None:
    of = (f"of {actor.owner}",) if actor.owner else ()
    carries = (counted(actor.statements, "statement"),) if actor.statements else ()
    rest = printable(": " + "; ".join((actor.standing, *of, *carries)))
    printer.line(Text.assemble((printable(actor.name), "bold"), rest), 2, lead=RINGS[actor.hollow])
    if actor.other_names:
        printer.line(f"also: {'; '.join(actor.other_names)}", 6, "dim")
    for listed in actor.listings:
        printer.line(f"{listed.words}{f', {listed.source}' if listed.source else ''}", 6, "dim")
    if actor.hidden:
        _hidden(actor.hidden, printer, limit)
    printer.reasons(actor.reasons, 6)


def _hidden(hidden: Hidden, printer: Printer, limit: int | None) -> None:
    _some(hidden.statements, printer, limit)
    why = "; ".join(f"“{passage.words}”" for passage in hidden.why)
    printer.line(f"{hidden.explained}{f': {why}' if why else '.'}", 6)
    if hidden.opinions:
        printer.line(f"{hidden.judging}:", 6)
        _some(hidden.opinions, printer, limit)
        printer.reasons(hidden.reasons, 8)


def _some(passages: Sequence[Passage], printer: Printer, limit: int | None) -> None:
    for passage in passages[:limit]:
        printer.quote(shortened(passage.words, 70 if limit else 100), 6)
    more = len(passages) - len(passages[:limit])
    if more:
        printer.line(f"… and {more} more (sayso chain)", 6, "dim")


def _who(report: Report, printer: Printer) -> None:
    for said in report.statements:
        indent = 2 + 2 * min(said.note.depth, 4)
        printer.line(Text(printable(said.note.label), "bold"), indent)
        printer.quote(said.note.words, indent + 2)
        if printer.explain:
            _rows(said, printer, indent + 2)


def _rows(said: NoteView, printer: Printer, indent: int) -> None:
    for label, value in said.note.rows:
        printer.line(f"{label.lower()}: {value}", indent, "dim")
    if said.note.certainty:
        printer.line(f"this is {said.note.certainty}", indent, "dim")
    printer.reasons(said.note.reasons, indent)


def _candidates(report: Report, printer: Printer) -> None:
    for date in report.dates:
        used = " (used)" if date.used else ""
        evidence = f", “{shortened(date.evidence, 60)}”" if date.evidence else ""
        printer.line(f"{date.value}: {date.role}, from {date.origin}{evidence}{used}", 2, lead="- ")
        if date.why:
            printer.line(f"why this one: {date.why}", 6, "dim")


def _times(report: Report, printer: Printer) -> None:
    for time in report.on("times"):
        _time(time, printer, "- ")
        if printer.explain:
            _beyond([time], printer)


def _time(time: NoteView, printer: Printer, lead: str) -> None:
    printer.line(f"{time.note.label}, counted from {dict(time.note.rows)['Counted from']}", 2, lead=lead)


def _dates(report: Report, printer: Printer) -> None:
    """The candidates, the times of the text on a line and in a list, and what does not fit."""
    printer.heading("Dates the article may have", len(report.dates))
    _candidates(report, printer)
    printer.heading("Times in the text", len(report.on("times")))
    if report.timeline.drawn:
        _line(report.timeline, printer)
    for mark in report.timeline.marks:
        printer.line(mark.title, 2, lead=f"{mark.number:>2} ")
        _beyond(mark.notes, printer)
    for time in (*report.timeline.left_out, *report.timeline.unresolved):
        _time(time, printer, " - ")
        _beyond([time], printer)
    printer.heading("Conflicts", len(report.conflicts))
    if not report.conflicts and report.analysed:
        printer.line("None was found, which proves nothing: docs/limits.md says what is missed.", 2)
    for number, finding in enumerate(report.conflicts, 1):
        show_finding(number, finding, printer)


def _line(timeline: Timeline, printer: Printer) -> None:
    signs = textline.PLAIN if printer.console.options.ascii_only else textline.DRAWN
    drawn = textline.draw(timeline, printer.width - 2, signs)
    for line in drawn:
        printer.line(line, 2)
    if drawn:
        for sign, words in textline.legend(timeline, signs):
            printer.line(words, 2, "dim", lead=f"{sign:<4}")
        left_out = f" {len(timeline.left_out)} more have no room on it." if timeline.left_out else ""
        printer.line(f"{SQUEEZED}{left_out}", 2, "dim")
        printer.console.print()


def _beyond(times: Iterable[NoteView], printer: Printer) -> None:
    """What times could also mean, and why they are what they are."""
    rows = dict.fromkeys(row for time in times for row in time.note.rows if row[0] == OTHERWISE)
    for label, value in rows:
        printer.line(f"{label.lower()} {value}", 6, "dim")
    printer.reasons(dict.fromkeys(reason for time in times for reason in time.note.reasons), 6)


def _own(report: Report, printer: Printer) -> None:
    for claim in report.on("claims", "own"):
        printer.quote(claim.note.words, 2)
        for label, value in claim.note.rows:
            printer.line(f"{label.lower()}: {value}", 6, "dim")
        printer.reasons(claim.note.reasons, 6)


def _words(report: Report, printer: Printer) -> None:
    for voice in VOICES:
        for word in report.on("words", voice):
            printer.line(word.note.label, 2, lead="- ")
            printer.reasons(word.note.reasons, 6)


def _labels(layer: str) -> Show:
    def show(report: Report, printer: Printer) -> None:
        for found in report.on(layer):
            printer.line(found.note.label, 2, lead="- ")
            printer.reasons(found.note.reasons, 6)

    return show


def _residue(report: Report, printer: Printer) -> None:
    for part in report.residue:
        shown = shortened(" · ".join(part.text.splitlines()), 200)
        printer.line(f"{part.reason}: {shown}", 2, lead="- ")


def _gaps(report: Report, printer: Printer) -> None:
    printer.heading("What could not be told", len(report.gaps))
    if not report.gaps:
        printer.line("Nothing was noted, which proves nothing: docs/limits.md says what is missed.", 2)
    for gap in report.gaps:
        printer.line(gap.message, 2, lead="- ")
        for passage in gap.passages[:3]:
            printer.quote(passage.words, 6)


PARTS: dict[str, Show] = {"who": _who, "chain": _chain_part, "dates": _dates, "words": _words}
