"""Analyses as brat standoff (https://brat.nlplab.org/standoff.html): a text and its annotations an article.

A file of annotations has text-bound annotations (T), whose spans may be discontinuous, relations (R), attributes (A)
and notes (#). brat reads line by line, so every other line break in the text has become a space; nothing moves.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.exporting.given import Kept, calm
from sayso.exporting.output import several_files
from sayso.exporting.tables import why
from sayso.model import Attribution, Cue, Source, Span, Spans, TimeExpression, merged

# The annotations' types, as `annotation.conf` declares them. brat takes letters, digits, - and _ in a name.
ENTITIES = (
    *("Source", "Cue", "Content", "Recipient", "Relay", "Mention", "Time", "Claim", "Detail"),
    *("Scare_quotes", "So_called", "Alleged", "Loaded_word", "Finding", "Gap"),
)
RELATIONS = {
    "Says": ("Source", "Content"),
    "Cues": ("Cue", "Content"),
    "Passes_on": ("Relay", "Content"),
    "Hears": ("Recipient", "Content"),
    "Stands_in": ("Content", "Content"),
}
ATTRIBUTES: dict[str, tuple[str, tuple[str, ...]]] = {
    "Kind": (
        "Source|Recipient|Relay",
        ("person", "organisation", "outlet", "document", "role", "group", "unnamed"),
    ),
    "Speech": ("Content", ("direct", "indirect", "mixed")),
    "Certainty": ("Content", ("certain", "likely", "unclear")),
    "Stance": ("Cue", ("neutral", "endorsing", "distancing", "hedged", "denying")),
    "Mood": ("Cue", ("actual", "future", "possible", "conditional", "desired", "question")),
    "Negated": ("Cue", ()),
    "Attitude": ("Cue", ()),
    "Voice": ("Scare_quotes|So_called|Alleged|Loaded_word", ("outlet", "source", "unclear")),
    "Severity": ("Finding", ("high", "medium", "low")),
}


def write(items: Iterable[Kept], out: Path) -> None:
    """Write a folder or zip with a pair of files for each article, named by its id, and `annotation.conf`."""
    with several_files(out) as folder:
        (folder / "annotation.conf").write_text(configuration(), encoding="utf-8", newline="\n")
        for given in items:
            name = _file_name(given.analysis.article.id)
            text = plain(given.analysis.article.text)
            (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
            (folder / f"{name}.ann").write_text("".join(_Standoff(given).lines()), encoding="utf-8", newline="\n")


def configuration() -> str:
    """The file that tells brat which types there are.

    >>> configuration().splitlines()[:2]
    ['[entities]', 'Source']
    """
    relations = [f"{name}\tArg1:{one}, Arg2:{other}" for name, (one, other) in RELATIONS.items()]
    relations.append("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>")
    attributes = [
        f"{name}\tArg:{on}" + (f", Value:{'|'.join(values)}" if values else "")
        for name, (on, values) in ATTRIBUTES.items()
    ]
    parts = {"entities": ENTITIES, "relations": relations, "events": (), "attributes": attributes}
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in parts.items())


def plain(text: str) -> str:
    """The text as brat takes it: whatever else ends a line or has no sign is replaced, letter by letter.

    >>> plain("one\\r\\ntwo\\u2028three")
    'one \\ntwo three'
    """
    return calm(text)


def _file_name(id: str) -> str:
    return re.sub(r"[^0-9A-Za-z_-]", "_", id)[:100] or "_"


class _Standoff:
    """The lines of one article's file of annotations."""

    def __init__(self, given: Kept) -> None:
        self.analysis = given.analysis
        self.text = plain(given.analysis.article.text)
        self.actors = {actor.id: actor for actor in given.analysis.actors}
        self.contents: dict[str, str] = {}  # the number of an attribution's content
        self.counts = dict.fromkeys("TRA#", 0)

    def lines(self) -> Iterator[str]:
        found = self.analysis
        for said in found.attributions:
            yield from self._attribution(said)
        for said in found.attributions:
            yield from self._relation("Stands_in", self.contents.get(said.id), self.contents.get(said.parent or ""))
        for mention in found.mentions:
            yield from self._marked("Mention", mention.spans, (self._called(mention.actor), *mention.reasons))
        for time in found.times:
            yield from self._marked("Time", time.spans, (_interval(time), *time.reasons))
        for wording in found.wordings:
            kind = wording.kind.capitalize().replace(" ", "_").replace("-", "_")
            yield from self._marked(kind, wording.spans, wording.reasons, {"Voice": wording.voice})
        for claim in found.claims:
            yield from self._marked("Claim", claim.spans, claim.reasons)
            for each in claim.quantities:
                yield from self._marked("Detail", each.spans, (each.kind,))
        for finding in found.findings:
            notes = (finding.message, *finding.evidence)
            yield from self._marked("Finding", finding.spans, notes, {"Severity": finding.severity})
        for gap in found.gaps:
            yield from self._marked("Gap", gap.spans, (gap.message,))

    def _attribution(self, said: Attribution) -> Iterator[str]:
        speech: dict[str, str] = {"Speech": said.kind, "Certainty": said.certainty}
        content, lines = self._mark("Content", said.content.spans, why(said), speech)
        yield from lines
        if content:
            self.contents[said.id] = content
        parts: list[tuple[str, str, Source | None]] = [("Says", "Source", said.source)]
        parts += [("Hears", "Recipient", said.recipient), *(("Passes_on", "Relay", each) for each in said.through)]
        for relation, part, source in parts:
            if source is not None:
                mark, lines = self._mark(part, source.spans, (self._called(source.actor),), {"Kind": source.kind})
                yield from (*lines, *self._relation(relation, mark, content))
        cue, lines = self._mark("Cue", said.cue.spans, said.cue.reasons, _aspects(said.cue))
        yield from (*lines, *self._relation("Cues", cue, content))

    def _called(self, actor: str | None) -> str:
        found = self.actors.get(actor or "")
        return found.name if found else "not resolved"

    def _marked(
        self, kind: str, spans: Spans, notes: Iterable[str], attributes: dict[str, str] | None = None
    ) -> Iterator[str]:
        if kind in ENTITIES:
            yield from self._mark(kind, spans, notes, attributes or {})[1]

    def _mark(
        self, kind: str, spans: Spans, notes: Iterable[str], attributes: dict[str, str]
    ) -> tuple[str | None, list[str]]:
        """A text-bound annotation with its attributes and note: its number, and the lines; none without a letter."""
        pieces = fragments(spans, self.text)
        if not pieces:
            return None, []
        number = self._number("T")
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        lines = [f"{number}\t{kind} {offsets}\t{' '.join(span.of(self.text) for span in pieces)}\n"]
        for name, value in attributes.items():
            lines.append(f"{self._number('A')}\t{name} {number} {value}".rstrip() + "\n")
        note = " ".join(calm(" ".join(note for note in notes if note)).split())
        if note:
            lines.append(f"{self._number('#')}\tAnnotatorNotes {number}\t{note}\n")
        return number, lines

    def _relation(self, kind: str, one: str | None, other: str | None) -> Iterator[str]:
        if one and other and one != other:
            yield f"{self._number('R')}\t{kind} Arg1:{one} Arg2:{other}\n"

    def _number(self, sort: str) -> str:
        self.counts[sort] += 1
        return f"{sort}{self.counts[sort]}"


def fragments(spans: Spans, text: str) -> list[Span]:
    """The spans as brat takes them: in order, apart from each other, and none over the end of a line.

    >>> fragments((Span(0, 9),), "one\\n two")
    [Span(start=0, end=3), Span(start=5, end=8)]
    """
    whole = merged(Span(max(0, span.start), min(span.end, len(text))) for span in spans if span.start < span.end)
    pieces = (
        Span(span.start + line.start(), span.start + line.end())
        for span in whole
        for line in re.finditer(r"[^\s](?:[^\n]*[^\s])?", span.of(text))
    )
    return [piece for piece in pieces if piece.start < piece.end]


def _aspects(cue: Cue) -> dict[str, str]:
    marks = {"Negated": cue.negated, "Attitude": cue.attitude}
    return {"Stance": cue.stance, "Mood": cue.mood} | {name: "" for name, on in marks.items() if on}


def _interval(time: TimeExpression) -> str:
    return f"{time.earliest or '..'}/{time.latest or '..'}"
