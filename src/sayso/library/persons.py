"""What a person says of a thing made a whole reading: the rest is as the machine had it, or plain."""

from collections.abc import Mapping
from typing import Any

from sayso.errors import SaysoError
from sayso.library import readings
from sayso.model import Analysis, Span, covered
from sayso.model.correction import Action, Corrected, Reading

Said = Mapping[str, Any]
_NESTED = ("source", "cue", "content")


def complete(analysis: Analysis, kind: Corrected, action: Action, machine: Reading | None, said: Said) -> Reading:
    """The reading that a person means who says some things anew of a machine's reading, or tells what was missed.

    `said` has what they say, as in the JSON of an analysis. Raises SaysoError, if it is nothing, or makes no sense.

    >>> from sayso.model import Article
    >>> article = Article("x1", "a.txt", "It fell in May.", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> complete(Analysis(article), "time", "add", None, {"spans": [[11, 14]], "earliest": "2024-05-01"})["words"]
    [[11, 14, 'May']]
    """
    if action == "change" and machine is not None:
        made = _changed(kind, machine, said)
    elif action == "split" and machine is not None:
        made = {"kind": machine["kind"], "named": False, "names": [said.get("name")], **said}
    else:
        made = {**_PLAIN.get(kind, {}), **said}
    if kind == "time":
        _with_interval(made, said)
    return readings.self_contained(analysis, kind, made)


_PLAIN: Mapping[str, Reading] = {
    "attribution": {"kind": "indirect", "source": {"spans": [], "kind": "unnamed"}, "cue": {"spans": []}},
    "wording": {"kind": "loaded word", "voice": "outlet"},
}


def _changed(kind: Corrected, machine: Reading, said: Said) -> Reading:
    own = {key: value for key, value in machine.items() if key not in ("refs", "words")}
    made = own | dict(said) | {key: {**own[key], **said[key]} for key in _NESTED if key in own and said.get(key)}
    if made == own:
        raise SaysoError("nothing is changed")
    if kind == "claim":  # what can be checked, as far as it still stands in the claim
        spans = [Span(*span) for span in made["spans"]]
        made["quantities"] = [q for q in own["quantities"] if covered(map(_span, q["spans"]), spans) == 1.0]
    if kind == "attribution":  # the reasons were for what the machine had read
        made |= {"reasons": [], "probability": None, "source": {**made["source"], "reasons": []}}
    elif kind != "actor":
        made["reasons"] = []
    return made


def _span(pair: list[int]) -> Span:
    return Span(*pair)


def _with_interval(made: Reading, said: Said) -> None:
    """A day or an interval that a person gives is what the time means, and all that it means."""
    if "earliest" not in said and "latest" not in said:
        return
    day = made.get("earliest") if made.get("earliest") == made.get("latest") else None
    first, last = made.get("earliest"), made.get("latest")
    if first and last and first > last:
        raise SaysoError(f"the first possible day, {first}, is after the last, {last}")
    made |= {"value": day, "granularity": "day" if day else made.get("granularity", "period"), "readings": []}
