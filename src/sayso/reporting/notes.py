"""Why each mark is there: one note an annotation, in the words of a person, with the marks it makes in the text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sayso.model import (
    Actor,
    Analysis,
    Attribution,
    Certainty,
    Claim,
    Mention,
    Source,
    Spans,
    TimeExpression,
    TimeReading,
    Wording,
)
from sayso.reporting import labels
from sayso.reporting.segments import LayerName

Row = tuple[str, str]
NOBODY = "Nobody named"
OTHERWISE = "Could also mean"


@dataclass(frozen=True, slots=True)
class Note:
    """What a mark means and why it is there, before it has a number and a place.

    `key` is the annotation's id. `parts` are its spans by part; `handle` are those after which the text points
    to the note. `rows` are further facts as label and value.
    """

    key: str
    layer: LayerName
    label: str
    parts: tuple[tuple[str, Spans], ...]
    handle: Spans
    words: str
    rows: tuple[Row, ...] = ()
    certainty: Certainty | None = None
    reasons: tuple[str, ...] = ()
    depth: int = 0
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note with its number in the order of the text; `id` is its anchor, `mark` the anchor of what it is on.

    `person` says whose word it is, where a person corrected it.
    """

    id: str
    number: int
    mark: str | None
    note: Note
    person: str | None = None


def notes(analysis: Analysis) -> Iterator[Note]:
    """The notes on everything found, layer by layer."""
    text = analysis.article.text
    said = _Said(analysis)
    yield from (said.note(attribution) for attribution in analysis.attributions)
    yield from (_time(time, text) for time in analysis.times)
    yield from (_wording(index, wording, text, said.who) for index, wording in enumerate(analysis.wordings))
    yield from (_claim(claim, text, said) for claim in analysis.claims)
    for index, mention in enumerate(analysis.mentions):
        if mention.spans and not _says_itself(mention, text, said.actors):
            yield _mention(index, mention, text, said.actors)


class _Said:
    """The attributions of one analysis with what they refer to at hand."""

    def __init__(self, analysis: Analysis) -> None:
        self.text = analysis.article.text
        self.actors = {actor.id: actor for actor in analysis.actors}
        self.attributions = {attribution.id: attribution for attribution in analysis.attributions}
        self.chains: dict[str, list[str]] = {}
        for chain in analysis.chains:
            self.chains.setdefault(chain.statement, []).append(labels.chain_words(chain))

    def who(self, attribution: str | None) -> str | None:
        """The name of whoever makes a statement, by the statement's id."""
        found = self.attributions.get(attribution or "")
        return source_name(found.source, self.actors, self.text) if found else attribution

    def depth(self, attribution: Attribution) -> int:
        """How many statements this one stands in (never endless, also where parents form a ring)."""
        seen = {attribution.id}
        outer = self.attributions.get(attribution.parent or "")
        while outer and outer.id not in seen:
            seen.add(outer.id)
            outer = self.attributions.get(outer.parent or "")
        return len(seen) - 1

    def note(self, said: Attribution) -> Note:
        """The note on one statement."""
        name = source_name(said.source, self.actors, self.text)
        cue = labels.quoted(said.cue.spans, self.text, 60)
        against = labels.unsaid(said.cue)
        return Note(
            key=said.id,
            layer="who",
            label=(f"{name}: {labels.in_quotes(cue)}" if cue else name) + (f" ({against})" if against else ""),
            parts=(("content", said.content.spans), ("source", said.source.spans), ("cue", said.cue.spans)),
            handle=said.cue.spans or said.source.spans or said.content.spans,
            words=labels.quoted(said.content.spans, self.text),
            rows=tuple((label, value) for label, value in self._rows(said, name) if value),
            certainty=said.certainty,
            reasons=tuple(dict.fromkeys((*said.source.reasons, *said.reasons, *said.cue.reasons))),
            depth=self.depth(said),
            parent=said.parent,
        )

    def _rows(self, said: Attribution, name: str) -> Iterator[tuple[str, str | None]]:
        yield "Who", self._who_row(said, name)
        yield "How", labels.how(said)
        if said.recipient:
            yield "Told to", source_name(said.recipient, self.actors, self.text)
        yield "Passed on by", " ← ".join(source_name(each, self.actors, self.text) for each in said.through)
        yield "Within", self.who(said.parent) and f"what {self.who(said.parent)} is given as saying"
        for words in self.chains.get(said.id, ()):
            yield "Rests on", words

    def _who_row(self, said: Attribution, name: str) -> str:
        words = labels.quoted(said.source.spans, self.text, 80)
        actor = self.actors.get(said.source.actor or "")
        kind = labels.standing(actor) if actor else labels.KINDS.get(said.source.kind, said.source.kind)
        if not words:
            return f"the text names nobody ({kind})" if said.source.actor is None else f"{name} ({kind})"
        return f"“{words}” ({kind})" if words == name else f"“{words}”, that is {name} ({kind})"


def source_name(source: Source, actors: Mapping[str, Actor], text: str) -> str:
    """The name of the actor that a source resolves to, or else its words in the text."""
    actor = actors.get(source.actor or "")
    return actor.name if actor else labels.quoted(source.spans, text, 60) or NOBODY


def _time(time: TimeExpression, text: str) -> Note:
    found = labels.interval(time)
    vague = time.granularity == "period" or time.earliest is None or time.latest is None
    exact = "" if vague else f", exact to the {time.granularity}"
    anchor = labels.ANCHORS.get(time.anchor or "", time.anchor or "nothing: it could not be resolved")
    return Note(
        key=time.id,
        layer="times",
        label=f"{labels.in_quotes(labels.quoted(time.spans, text, 40))}: {found}",
        parts=(("time", time.spans),),
        handle=time.spans,
        words=labels.quoted(time.spans, text),
        rows=(("When", f"{found}{exact}"), ("Counted from", anchor), *map(_other, time.readings[1:])),
        reasons=time.reasons,
    )


def _other(reading: TimeReading) -> Row:
    """What a time could mean besides what was chosen."""
    when = labels.interval(reading) if reading.earliest or reading.latest else reading.value or "not resolved"
    return OTHERWISE, f"{when}: {reading.reason}" if reading.reason else when


def _wording(index: int, wording: Wording, text: str, who: Callable[[str | None], str | None]) -> Note:
    speaker = who(wording.attribution) or "a source"
    speaker = "somebody not named" if speaker == NOBODY else speaker
    whose = labels.VOICES[wording.voice].format(speaker)
    words = labels.quoted(wording.spans, text)
    return Note(
        key=f"wording {index}",
        layer="words",
        label=f"{labels.in_quotes(labels.shortened(words, 40))}: {wording.kind}, {whose}",
        parts=((wording.voice, wording.spans),),
        handle=wording.spans,
        words=words,
        rows=(("Kind", wording.kind), ("Whose words", whose)),
        reasons=wording.reasons,
    )


def _claim(claim: Claim, text: str, said: _Said) -> Note:
    own = claim.attribution is None
    details = tuple(f"{quantity.text} ({quantity.kind})" for quantity in claim.quantities)
    holder = said.attributions.get(claim.attribution or "")
    does = "denied" if holder is not None and holder.cue.stance == "denying" else "said"
    by = f"Can be checked, {does} by {said.who(claim.attribution)}"
    label = "Said by the outlet itself, no source given" if own else by
    return Note(
        key=claim.id,
        layer="claims",
        label=label,
        parts=(
            ("own" if own else "sourced", claim.spans),
            ("detail", tuple(span for quantity in claim.quantities for span in quantity.spans)),
        ),
        handle=claim.spans,
        words=labels.quoted(claim.spans, text),
        rows=(("Can be checked", "; ".join(details)),) if details else (),
        reasons=claim.reasons,
    )


def _says_itself(mention: Mention, text: str, actors: Mapping[str, Actor]) -> bool:
    """Whether a mention needs no note, because it is the actor's name or says the same."""
    actor = actors.get(mention.actor or "")
    if mention.kind in {"name", "place for government"} or actor is None:
        return mention.kind == "name"  # "Damascus" for a government never says so itself
    words = labels.quoted(mention.spans, text, 200).casefold()
    return words.removeprefix("the ").removeprefix("an ").removeprefix("a ") == actor.name.casefold()


def _mention(index: int, mention: Mention, text: str, actors: Mapping[str, Actor]) -> Note:
    actor = actors.get(mention.actor or "")
    words = labels.quoted(mention.spans, text, 60)
    words = labels.in_quotes(words)
    stands = f"stands for {actor.name}" if actor else "not resolved"
    return Note(
        key=f"mention {index}",
        layer="actors",
        label=f"{words} {stands}" if actor else f"{words}: {stands}",
        parts=((mention.kind.replace(" ", "-"), mention.spans),),
        handle=mention.spans,
        words=labels.quoted(mention.spans, text, 60),
        rows=(("Kind", mention.kind),),
        reasons=mention.reasons,
    )
