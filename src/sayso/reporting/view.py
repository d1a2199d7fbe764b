"""One view model of an analysis: plain data with every sentence already worded. The renderers only render it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from sayso.model import Analysis, Article, Finding, Gap, Span, Spans
from sayso.model.finding import ABOUT_DATES
from sayso.reporting import actors, labels
from sayso.reporting.actors import ActorRow
from sayso.reporting.notes import Note, NoteView, Row, notes
from sayso.reporting.passages import Passage, Places, visible
from sayso.reporting.paths import Path, Paths
from sayso.reporting.segments import Block, LayerName, Mark, Marked, Segment, blocks
from sayso.reporting.timeline import Timeline, timeline

LAYERS: tuple[tuple[LayerName, str], ...] = (
    ("who", "who says what"),
    ("chains", "chains"),
    ("times", "times"),
    ("words", "words"),
    ("claims", "claims"),
    ("actors", "who is meant"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of the article. `facts` are the same things as label and value, ready to print."""

    title: str
    outlet: str
    address: str | None
    language: str | None
    facts: tuple[Row, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    id: str
    severity: str
    kind: str
    message: str
    evidence: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class GapView:
    kind: str
    message: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment, the anchors that stand on it and the notes that it points to after its last letter."""

    segment: Segment
    anchors: tuple[str, ...]
    refs: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text with the notes on it. `after` is the line breaks that follow.

    `start` is where it begins in the article's text, in code points.
    """

    id: str
    start: int
    heading: bool
    pieces: tuple[Piece, ...]
    after: str
    notes: tuple[NoteView, ...]

    @property
    def text(self) -> str:
        return "".join(piece.segment.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date that the article may have been published on; `used` is the one that Sayso counts from, and `why`."""

    value: str
    origin: str
    role: str
    evidence: str
    used: bool
    why: str | None = None


@dataclass(frozen=True, slots=True)
class ResidueRow:
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report shows, in the order in which it shows it."""

    header: Header
    analysed: bool
    findings: tuple[FindingView, ...]
    paths: tuple[Path, ...]
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[NoteView, ...]
    dates: tuple[DateRow, ...]
    timeline: Timeline
    actors: tuple[ActorRow, ...]
    residue: tuple[ResidueRow, ...]
    gaps: tuple[GapView, ...]

    def on(self, layer: str, part: str | None = None) -> tuple[NoteView, ...]:
        """The notes of one layer, or those with a certain part, in the order of the text."""
        return tuple(
            view
            for view in self.notes
            if view.note.layer == layer and (part is None or any(name == part for name, _ in view.note.parts))
        )

    @property
    def conflicts(self) -> tuple[FindingView, ...]:
        """The findings about dates."""
        return tuple(finding for finding in self.findings if finding.kind in ABOUT_DATES)

    @property
    def statements(self) -> tuple[NoteView, ...]:
        """Who says what, each statement followed by those that stand in it."""
        inner: dict[str | None, list[NoteView]] = {}
        known = {found.note.key for found in self.on("who")}
        for found in self.on("who"):
            inner.setdefault(found.note.parent if found.note.parent in known else None, []).append(found)
        ordered: list[NoteView] = []
        waiting = list(reversed(inner.pop(None, [])))
        while waiting:
            ordered.append(waiting.pop())
            waiting.extend(reversed(inner.pop(ordered[-1].note.key, [])))
        return (*ordered, *(found for ring in inner.values() for found in ring))

    @property
    def resting(self) -> dict[str, tuple[Path, ...]]:
        """The chains behind each statement, by the anchor of its mark in the text."""
        found: dict[str, tuple[Path, ...]] = {}
        for path in self.paths:
            for passage in path.statements:
                if passage.target is not None:
                    found[passage.target] = (*found.get(passage.target, ()), path)
        return found

    @property
    def unplaced(self) -> tuple[NoteView, ...]:
        """Notes on things that have no place in the text."""
        return tuple(view for view in self.notes if view.mark is None)


def view(analysis: Analysis, persons: Mapping[str, str] = MappingProxyType({})) -> Report:
    """Everything that a report of the analysis shows.

    `persons` says whose word a thing is that a person corrected, by its id (`wording 3` for the fourth wording).

    >>> article = Article("id", "a.txt", "SANA reported a fire.", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> report = view(Analysis(article))
    >>> report.header.title, report.paragraphs[0].text
    ('a.txt', 'SANA reported a fire.')
    """
    article = analysis.article
    numbered = _numbered(analysis, persons)
    findings = tuple(_finding(f"f{number}", finding, article) for number, finding in enumerate(analysis.findings, 1))
    gaps = tuple(_gap(f"g{number}", gap, article) for number, gap in enumerate(analysis.gaps, 1))
    statement = {view.note.key: Passage(view.note.words, view.mark) for view in numbered}
    places = Places(article.text)
    paths = Paths(analysis, places, actors.anchors(analysis)).paths(statement)
    rows = actors.rows(analysis, places, statement, persons)
    marked = [*_note_marks(numbered), *_passage_marks(analysis), *places.marks()]
    return Report(
        header=_header(article),
        analysed=analysis.analysed,
        findings=findings,
        paths=paths,
        paragraphs=_paragraphs(article, marked, numbered),
        notes=numbered,
        dates=_dates(article),
        timeline=timeline(analysis, numbered),
        actors=rows,
        residue=_residue(article),
        gaps=gaps,
    )


def _header(article: Article) -> Header:
    published = labels.day(article.published) if article.published else "no date found"
    facts = (
        ("Outlet", _with_evidence(article.outlet or "not found", article.outlet_evidence)),
        ("By", article.byline),
        ("Published", _with_evidence(published, article.published_evidence)),
        ("Address", article.url),
        ("Read from", None if article.input == article.url else article.input),
        ("Language", labels.language_name(article.language)),
        ("Captured", article.captured),
        ("SHA-256", article.sha256),
    )
    return Header(
        title=article.title or article.input.rsplit("/", 1)[-1] or article.input,
        outlet=article.outlet or "this outlet",
        address=labels.safe_address(article.url),
        language=article.language,
        facts=tuple((label, value) for label, value in facts if value),
        notes=article.notes,
    )


def _with_evidence(value: str, evidence: str | None) -> str:
    return f"{value} (from: {evidence})" if evidence else value


def _numbered(analysis: Analysis, persons: Mapping[str, str]) -> tuple[NoteView, ...]:
    """The notes in the order of the text, those without a place in it at the end."""
    length = len(analysis.article.text)
    ordered = sorted(notes(analysis), key=lambda note: note.handle[-1].end if note.handle else length + 1)
    text = analysis.article.text
    return tuple(
        NoteView(f"n{number}", number, f"m{number}" if _placed(note, text) else None, note, persons.get(note.key))
        for number, note in enumerate(ordered, 1)
    )


def _placed(note: Note, text: str) -> bool:
    return any(visible(span, text) for _, spans in note.parts for span in spans)


def _note_marks(numbered: Sequence[NoteView]) -> Iterator[Marked]:
    for view in numbered:
        for part, spans in view.note.parts:
            mark = Mark(f"m{view.number}", view.note.layer, part, view.note.depth)
            yield from ((span, mark) for span in spans)


def _passage_marks(analysis: Analysis) -> Iterator[Marked]:
    for number, finding in enumerate(analysis.findings, 1):
        for index, span in enumerate(finding.spans, 1):
            yield span, Mark(f"f{number}-{index}", "findings", "passage")
    for number, gap in enumerate(analysis.gaps, 1):
        for index, span in enumerate(gap.spans, 1):
            yield span, Mark(f"g{number}-{index}", "gaps", "passage")


def _passages(prefix: str, spans: Spans, text: str) -> tuple[Passage, ...]:
    return tuple(
        Passage(labels.quoted((span,), text), f"{prefix}-{index}" if visible(span, text) else None)
        for index, span in enumerate(spans, 1)
    )


def _finding(key: str, finding: Finding, article: Article) -> FindingView:
    passages = _passages(key, finding.spans, article.text)
    return FindingView(key, finding.severity, finding.kind, finding.message, finding.evidence, passages)


def _gap(key: str, gap: Gap, article: Article) -> GapView:
    return GapView(gap.kind, gap.message, _passages(key, gap.spans, article.text))


def _paragraphs(article: Article, marked: Sequence[Marked], numbered: Sequence[NoteView]) -> tuple[Paragraph, ...]:
    cut = blocks(article.text, marked)
    anchored = _anchors(cut)
    pointing = _refs(cut, numbered)
    result = []
    for number, block in enumerate(cut, 1):
        pieces = tuple(
            Piece(segment, anchored.get(segment.start, ()), pointing.get(segment.start, ()))
            for segment in block.segments
        )
        on_it = tuple(view for piece in pieces for view in piece.refs)
        heading = any(span.overlaps(Span(block.start, block.end)) for span in article.title_spans)
        result.append(Paragraph(f"p{number}", block.start, heading, pieces, block.after, on_it))
    return tuple(result)


def _anchors(cut: Sequence[Block]) -> dict[int, tuple[str, ...]]:
    """For every mark the segment on which it begins: that is where a link to it leads."""
    first: dict[str, int] = {}
    for block in cut:
        for segment in block.segments:
            for mark in segment.marks:
                first.setdefault(mark.target, segment.start)
    result: dict[int, tuple[str, ...]] = {}
    for target, start in first.items():
        result[start] = (*result.get(start, ()), target)
    return result


def _refs(cut: Sequence[Block], numbered: Sequence[NoteView]) -> dict[int, tuple[NoteView, ...]]:
    """For every note the segment after which the text points to it: the last of its handle, or of all its marks."""
    last: dict[str, int] = {}
    ends = {view.mark: view.note.handle[-1].end for view in numbered if view.mark and view.note.handle}
    for block in cut:
        for segment in block.segments:
            for mark in segment.marks:
                if mark.target not in last or segment.end <= ends.get(mark.target, segment.end):
                    last[mark.target] = segment.start
    result: dict[int, tuple[NoteView, ...]] = {}
    for view in numbered:
        if view.mark in last:
            start = last[view.mark]
            result[start] = (*result.get(start, ()), view)
    return result


def _dates(article: Article) -> tuple[DateRow, ...]:
    """Every candidate, the one that is used with why, where more is to be said of that than where it stands."""
    rows = []
    for number, date in enumerate(article.dates):
        used = number == 0 and article.published is not None
        plain = (date.origin, f"{date.origin}: {date.evidence}")
        why = article.published_evidence if used and article.published_evidence not in plain else None
        row = DateRow(labels.moment(date.value), date.origin, labels.ROLES[date.role], date.evidence, used, why)
        rows.append(row)
    return tuple(rows)


def _residue(article: Article) -> tuple[ResidueRow, ...]:
    """What was removed, neighbours of one kind together."""
    return tuple(
        ResidueRow("\n".join(part.text for part in parts), reason)
        for reason, parts in groupby(article.residue, key=lambda part: part.reason)
    )
