"""The log of an article's corrections as the report's page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.library.correcting import Corrected, State, states
from sayso.library.corrections import holding
from sayso.library.wording import line
from sayso.model.annotations import SourceKind, Stance
from sayso.model.correction import Correction, Reading
from sayso.reporting import labels
from sayso.reporting.view import Report

SAID: dict[State, str] = {
    "stands": "stands",
    "rejected": "stands: it is left out",
    "unplaced": "found no place in this reading of the text",
    "superseded": "a later one stands",
    "undone": "taken back",
    "undoes": "takes another back",
}
KINDS = {"attribution": "who says what", "actor": "who is meant", "time": "time", "wording": "words", "claim": "claim"}
STANCES: tuple[Stance, ...] = ("neutral", "endorsing", "distancing", "hedged", "denying")
SOURCES: tuple[SourceKind, ...] = ("person", "organisation", "outlet", "document", "role", "group", "unnamed")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the log: what was `read`, and what is `right`; empty where nothing was read, or where it is nothing.

    `target` is the anchor of what it is on; `holds`: it can be taken back.
    """

    id: str
    kind: str
    read: str
    right: str
    said: str
    state: State
    became: str
    holds: bool
    target: str | None


def context(log: Sequence[Correction], known: Corrected, report: Report) -> dict[str, object]:
    """What the templates need to know to show the log, and to correct."""
    anchors = {view.note.key: view.id for view in report.notes} | {actor.key: actor.id for actor in report.actors}
    targets = {each.id: anchors.get(key) for key, each in known.standing.items()}
    valid = {each.id for each in holding(log)}
    rows = [
        Row(
            id=each.id,
            kind=KINDS[each.kind],
            read=_told(each.machine),
            right=_told(each.machine if each.action == "accept" else each.person),
            said=line(each),
            state=state,
            became=SAID[state],
            holds=each.id in valid,
            target=targets.get(each.id),
        )
        for each, state in states(log, known)
    ]
    lines = {key: each.id for key, each in known.standing.items()}
    return {"log": rows, "lines": lines, "log_kinds": KINDS, "stances": STANCES, "source_kinds": SOURCES}


def _told(reading: Reading | None) -> str:
    """A reading in a few words: whose and what, or a name, or words and what they are taken for."""
    if reading is None:
        return ""
    if "name" in reading:
        return f"{labels.shortened(str(reading['name']), 120)} ({reading['kind']})"
    if "content" in reading:
        source = reading["source"]
        actor = reading.get("refs", {}).get(source.get("actor")) or {}
        who = actor.get("name") or _words(reading, source) or labels.NOBODY
        return f"{labels.shortened(str(who), 80)}: “{_words(reading, reading['content'])}”"
    return f"“{_words(reading, reading)}”{_taken_for(reading)}"


def _taken_for(reading: Reading) -> str:
    """What a time, a claim or words are taken for, where a reading says so."""
    if "voice" in reading:
        return f", {reading.get('kind')}, words of: {reading['voice']}"
    if "earliest" in reading or "latest" in reading:
        days = dict.fromkeys(day or "open" for day in (reading.get("earliest"), reading.get("latest")))
        return f", {' to '.join(days)}"
    if "attribution" in reading:
        return ", in a statement" if reading["attribution"] else ", said by the outlet itself"
    return ""


def _words(reading: Reading, part: Reading) -> str:
    """The words of the text at the spans of a part of a reading."""
    quoted = {(start, end): words for start, end, words in reading.get("words", ())}
    found = (" ".join(str(quoted.get(tuple(span), "")).split()) for span in part.get("spans") or ())
    return labels.shortened(" … ".join(found), 160)
