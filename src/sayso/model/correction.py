"""What a person says of the machine's reading, kept beside it."""

from dataclasses import dataclass
from typing import Any, Literal

Action = Literal["accept", "reject", "change", "add", "merge", "split"]
Corrected = Literal["attribution", "actor", "time", "wording", "claim"]
Reading = dict[str, Any]
"""An annotation as plain data, as it stands in the JSON of an analysis."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's word on one thing that was found, or was not found, in an article.

    - "accept": it is so; "reject": it is not. `machine` is what the machine had said.
    - "change": `machine` is what it had said, `person` what is right.
    - "add": it was missed; `person` is what it should have been.
    - "merge" (actors): `machine` is the actor that is to be one with the actor `person`.
    - "split" (actors): `machine` is the actor that is two, `person` the new one, with the names that are its own.

    `id` and `moment` (ISO 8601, UTC) are given by the store; `author` is whoever it was, `note` says why. `undoes` is
    the id of the correction that this one takes back; nothing is ever deleted. `version` is Sayso's, whose reading was
    corrected: a later version finds the thing again by its spans, not by its id.
    """

    id: str
    article: str
    kind: Corrected
    action: Action
    author: str
    moment: str
    machine: Reading | None = None
    person: Reading | None = None
    note: str = ""
    undoes: str | None = None
    version: str = ""
