"""How a correction says of itself, in the reasons of what it was made on, who made it and when."""

from datetime import date

from sayso.model.correction import Correction

_DONE = {
    "accept": "accepted by",
    "reject": "rejected by",
    "change": "changed by",
    "add": "added by",
    "merge": "made one with another by",
    "split": "told apart from another by",
}
LONGEST = 200  # code points of a note, or a name, in a reason


def line(correction: Correction) -> str:
    """One line that says whose word it is. No two corrections have the same.

    >>> line(Correction("c1", "x1", "time", "change", "Ada Berg", "2026-11-25T10:00:00Z", note="a Monday"))
    'changed by Ada Berg on 25 November 2026 (correction c1): a Monday'
    """
    note = f": {_short(correction.note)}" if correction.note else ""
    if correction.undoes is not None:
        who = f"{correction.undoes} taken back by {_short(correction.author)}"
        return f"{who} on {_day(correction.moment)} (correction {correction.id})"
    who = f"{_DONE[correction.action]} {_short(correction.author)}"
    return f"{who} on {_day(correction.moment)} (correction {correction.id}){note}"


def _day(moment: str) -> str:
    try:
        day = date.fromisoformat(moment[:10])
    except ValueError:
        return moment
    return f"{day.day} {day:%B %Y}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
