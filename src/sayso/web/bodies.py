"""What programs and pages send about corrections, as models: their fields are those of an analysis's JSON."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from sayso.library.correcting import State
from sayso.model.annotations import CueKind, Granularity, Mood, SourceKind, SpeechKind, Stance, Voice
from sayso.model.correction import Action, Corrected, Correction

Place = Annotated[int, Field(ge=0, le=100_000_000)]
Spans = Annotated[list[tuple[Place, Place]], Field(max_length=200, description="Code points, the end exclusive.")]
Name = Annotated[str, Field(min_length=1, max_length=400)]
Author = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S", description="Who says so.")]
Day = Annotated[str, Field(pattern=r"^-?\d{4}-\d\d-\d\d$")]
Key = Annotated[str, Field(max_length=100)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SaidBy(_Body):
    """Who says it: the words for them, and the id of the actor, null for nobody who is known."""

    spans: Spans = []
    kind: SourceKind = "unnamed"
    actor: Key | None = None


class SaidHow(_Body):
    """The words of saying."""

    spans: Spans = []
    kind: CueKind = "other"
    stance: Stance = "neutral"
    negated: bool = False
    mood: Mood = "actual"


class SaidWhat(_Body):
    """What is said."""

    spans: Spans


class Person(_Body):
    """What is right, in a person's word; what is left out is as the machine had it."""

    spans: Spans = []
    source: SaidBy | None = None
    cue: SaidHow | None = None
    content: SaidWhat | None = None
    kind: Annotated[str, Field(max_length=100, description="Of an attribution, an actor or words.")] = ""
    attribution: Annotated[Key | None, Field(description="Of a claim or words: the statement they stand in.")] = None
    voice: Voice = "unclear"
    earliest: Day | None = None
    latest: Day | None = None
    granularity: Granularity = "day"
    name: Name = ""
    names: Annotated[list[Name], Field(max_length=100)] = []
    named: bool = False

    def said(self) -> dict[str, Any]:
        """Only what was said, and nothing that was left out."""
        return self.model_dump(mode="json", exclude_unset=True)


class ToCorrect(_Body):
    """A correction. `of` is the id of the thing in the article's JSON as it is now, `wording 3` for the fourth."""

    kind: Corrected
    action: Action
    author: Author
    of: Key | None = None
    person: Person | None = None
    into: Annotated[Key | None, Field(description="To merge: the id of the actor that it is one with.")] = None
    note: Annotated[str, Field(max_length=2_000)] = ""
    seen: Annotated[
        int | None, Field(ge=0, description="How many lines the log had; if it has others now, nothing is done.")
    ] = None


class ToUndo(_Body):
    """Who takes a correction back."""

    author: Author


class Line(BaseModel):
    """A line of the log, and what became of it."""

    correction: Correction
    state: State


__all__ = ["Line", "Person", "SpeechKind", "ToCorrect", "ToUndo"]
