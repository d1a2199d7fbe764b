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
    """A line of the log. `target` is the anchor of what it is on; `holds`: it can be taken back."""

    id: str
    kind: str
    words: str
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
            words=_words(each.person or each.machine or {}),
            said=line(each),
            state=state,
            became=SAID[state],
            holds=each.id in valid,
            target=targets.get(each.id),
        )
        for each, state in states(log, known)
    ]
    return {"log": rows, "log_kinds": KINDS, "stances": STANCES, "source_kinds": SOURCES}


def _words(reading: Reading) -> str:
    """The words that a reading is about, or the name of an actor."""
    if "name" in reading:
        return labels.shortened(str(reading["name"]), 120)
    spans = (reading.get("content") or reading).get("spans") or []
    quoted = {(start, end): words for start, end, words in reading.get("words", ())}
    return labels.shortened(" … ".join(" ".join(str(quoted.get(tuple(span), "")).split()) for span in spans), 160)
