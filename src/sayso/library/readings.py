"""A reading: one annotation as plain data that stands by itself, so that it is understood beside any later analysis.

It is the annotation as in the JSON of an analysis (`sayso/1`), and besides

- `words`: the words at its spans, as `[start, end, words]`, by which it is found again in a text that has moved;
- `refs`: readings of the actors and statements that it refers to, by the ids it uses, without `refs` of their own;
- `spans`, for an actor: where the text speaks of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from sayso.errors import SaysoError
from sayso.model import Actor, Analysis, Attribution, Claim, Span, Spans, TimeExpression, Wording, covered, merged
from sayso.model.correction import Corrected, Reading

Mark = Attribution | TimeExpression | Wording | Claim
Named = Attribution | TimeExpression | Claim | Actor
Annotation = Mark | Actor
A = TypeVar("A", bound=Annotation)
CLASSES: Mapping[Corrected, type[Annotation]] = {
    "attribution": Attribution,
    "actor": Actor,
    "time": TimeExpression,
    "wording": Wording,
    "claim": Claim,
}
FIELDS: Mapping[Corrected, str] = {
    "attribution": "attributions",
    "actor": "actors",
    "time": "times",
    "wording": "wordings",
    "claim": "claims",
}
SAME = 0.5  # the share that spans of the same thing have in common: of both, or of the shorter one for a source


@cache
def _adapter(kind: Corrected) -> TypeAdapter[Any]:
    return TypeAdapter(CLASSES[kind])


def parsed(kind: Corrected, reading: Reading, type_: type[A]) -> A:
    """The annotation that a reading tells. Raises SaysoError, saying where, if it tells none."""
    try:
        found = _adapter(kind).validate_python({"id": "", **reading})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise SaysoError(f"not {_article(kind)}: {where}: {first['msg']}") from error
    if not isinstance(found, type_):
        raise SaysoError(f"not {_article(kind)}")
    return found


def check(kind: Corrected, reading: Reading) -> None:
    """Raise SaysoError, saying what is wrong, where a reading tells no annotation of its kind.

    >>> check("time", {"spans": [[3, 3]]})
    Traceback (most recent call last):
    sayso.errors.SaysoError: not a time: 3 to 3 is no stretch of text
    """
    if kind not in CLASSES:
        raise SaysoError(f'there is no kind of thing "{kind}" that can be corrected')
    for start, end in spans_in(reading):
        if not 0 <= start < end:
            raise SaysoError(f"not {_article(kind)}: {start} to {end} is no stretch of text")
    found = annotation(kind, reading)
    if not isinstance(found, Actor) and not whole(found):
        raise SaysoError(f"not {_article(kind)}: it has no words in the text")


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _filled(kind: Corrected, reading: Reading) -> Reading:
    """A reading with what nobody needs to say: a time that is only rejected needs no interval."""
    if kind == "time":
        return {"value": None, "earliest": None, "latest": None, "granularity": "day", "anchor": None, **reading}
    if kind == "claim":
        return {"attribution": None, **reading}
    if kind == "wording":
        return {"kind": "", "voice": "unclear", **reading}
    return reading


def annotation(kind: Corrected, reading: Reading) -> Annotation:
    """The annotation that a reading tells, with what nobody needed to say filled in."""
    return parsed(kind, _filled(kind, reading), CLASSES[kind])


def of(analysis: Analysis, kind: Corrected, key: str) -> Reading:
    """The reading of what has the id `key` in an analysis, or of `wording 3`, the fourth of its wordings.

    Raises SaysoError, if there is none.
    """
    found = keyed(analysis, kind).get(key)
    if found is None:
        raise SaysoError(f'{analysis.article.id}: there is no {kind} "{key}"')
    return told(analysis, kind, found)


def keyed(analysis: Analysis, kind: Corrected) -> dict[str, Annotation]:
    """The annotations of a kind by their ids; those of wordings, which have none, by their places in the list."""
    found: Sequence[Annotation] = getattr(analysis, FIELDS[kind])
    return {getattr(each, "id", f"{kind} {number}"): each for number, each in enumerate(found)}


def told(analysis: Analysis, kind: Corrected, found: Annotation) -> Reading:
    """An annotation of an analysis as a reading."""
    return self_contained(analysis, kind, plain_of(analysis, kind, found))


def self_contained(analysis: Analysis, kind: Corrected, plain: Reading) -> Reading:
    """An annotation as data, with the words at its spans and what it refers to. Raises SaysoError, if it is none."""
    check(kind, plain)
    refs = dict(_refs(analysis, plain))
    missing = [key for each in ("actor", "attribution") for key in ids_in(plain, each) if key not in refs]
    if missing:
        raise SaysoError(f"{analysis.article.id}: there is no actor or statement {missing[0]!r}")
    return with_words({**plain, **({"refs": refs} if refs else {})}, analysis.article.text)


def plain_of(analysis: Analysis, kind: Corrected, found: Annotation) -> Reading:
    """An annotation as data, an actor with the places where the text speaks of it."""
    plain: Reading = _adapter(kind).dump_python(found, mode="json")
    if isinstance(found, Actor):
        plain["spans"] = [list(span) for span in places(analysis, found.id)]
    return plain


def with_words(reading: Reading, text: str) -> Reading:
    """A reading with the words of the text at its spans. Raises SaysoError for a span beyond the text."""
    found = dict.fromkeys(spans_in(reading))
    for span in found:
        if not 0 <= span.start < span.end <= len(text):
            raise SaysoError(f"{span.start} to {span.end} is no stretch of a text of {len(text)} characters")
    return {**reading, "words": [[*span, span.of(text)] for span in found]}


def _refs(analysis: Analysis, plain: Reading) -> Iterator[tuple[str, Reading]]:
    """What a reading refers to, told in turn."""
    for kind in ("actor", "attribution"):
        found = keyed(analysis, kind)
        for key in dict.fromkeys(ids_in(plain, kind)):
            if key in found:
                yield key, plain_of(analysis, kind, found[key])


def ids_in(reading: Reading, kind: str) -> Iterator[str]:
    """The ids of actors, or of statements, that a reading refers to."""
    if kind == "actor":
        sources = [reading.get("source"), reading.get("recipient"), *reading.get("through", ())]
        given = [source.get("actor") for source in sources if source]
    else:
        given = [reading.get("parent"), reading.get("attribution")]
    yield from (key for key in given if key)


def places(analysis: Analysis, actor: str) -> Spans:
    """Where the text speaks of an actor."""
    mentions = (span for mention in analysis.mentions if mention.actor == actor for span in mention.spans)
    speaking = (
        span
        for said in analysis.attributions
        for source in (said.source, *((said.recipient,) if said.recipient else ()), *said.through)
        if source.actor == actor
        for span in source.spans
    )
    return tuple(sorted({*mentions, *speaking}))


# --- in a text that has moved ----------------------------------------------------------------------------------------


def spans_in(value: object) -> Iterator[Span]:
    """All spans of a reading, wherever they stand in it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in ("spans", "why") and isinstance(inner, list | tuple):
                yield from (_span(each) for each in inner)
            elif key != "words":
                yield from spans_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from spans_in(inner)


def _span(value: object) -> Span:
    if isinstance(value, list | tuple) and len(value) == 2 and all(type(edge) is int for edge in value):
        return Span(*value)
    raise SaysoError(f"{value!r} is no span: it needs a start and an end")


def anchored(reading: Reading, text: str) -> Reading | None:
    """A reading with its spans where its words are in the text, or None where they are not, or not only there.

    The longest words are looked for first; the others stand as far from them as they did.

    >>> anchored({"spans": [[0, 4]], "words": [[0, 4, "SANA"]]}, "(SANA) A fire.")["spans"]
    [[1, 5]]
    """
    words = dict(_words_in(reading))
    if all(span.of(text) == quoted for span, quoted in words.items()):
        return reading if all(span.end <= len(text) for span in spans_in(reading)) else None
    longest = max(words, key=lambda span: span.end - span.start)
    start = text.find(words[longest])
    if start < 0 or text.find(words[longest], start + 1) >= 0:
        return None
    shift = start - longest.start
    moved = {span: Span(span.start + shift, span.end + shift) for span in words}
    if any(to.start < 0 or to.of(text) != words[span] for span, to in moved.items()):
        return None
    found: Reading = _moved(reading, moved)
    return {**found, "words": [[*moved[span], quoted] for span, quoted in words.items()]}


def _words_in(reading: Reading) -> Iterator[tuple[Span, str]]:
    for each in reading.get("words", ()):
        if not isinstance(each, list | tuple) or len(each) != 3 or not isinstance(each[2], str):
            raise SaysoError(f"{each!r} is no place with its words")
        yield _span(each[:2]), each[2]


def _moved(value: Any, moved: Mapping[Span, Span]) -> Any:
    if isinstance(value, Mapping):
        return {
            key: [list(moved.get(_span(each), _span(each))) for each in inner]
            if key in ("spans", "why")
            else _moved(inner, moved)
            for key, inner in value.items()
        }
    return [_moved(inner, moved) for inner in value] if isinstance(value, list | tuple) else value


# --- what is the same thing ------------------------------------------------------------------------------------------


def alike(a: Spans, b: Spans) -> float:
    """The share of all characters of two lists of spans that both have (0 to 1).

    >>> alike((Span(0, 10),), (Span(5, 15),)) == 5 / 15
    True
    """
    of_a = sum(span.end - span.start for span in merged(a))
    shared = covered(a, b) * of_a
    of_both = of_a + sum(span.end - span.start for span in merged(b)) - shared
    return shared / of_both if of_both else 0.0


def whole(mark: Mark) -> Spans:
    """All the words of a mark."""
    if not isinstance(mark, Attribution):
        return mark.spans
    return (*mark.source.spans, *mark.cue.spans, *mark.content.spans)


def exact(a: Mark, b: Mark) -> bool:
    """Whether two marks are on the very same words."""
    if isinstance(a, Attribution) and isinstance(b, Attribution):
        return (a.source.spans, a.cue.spans, a.content.spans) == (b.source.spans, b.cue.spans, b.content.spans)
    return whole(a) == whole(b) and _wording_kind(a) == _wording_kind(b)


def same(a: Mark, b: Mark) -> bool:
    """Whether two marks of one kind are the same thing, read a little differently.

    Statements that stand in each other share most of what is said; what tells them apart is how it is said, and by
    whom. So the words of saying must touch, and source and content must be the same, each for the greater part.
    """
    if not (isinstance(a, Attribution) and isinstance(b, Attribution)):
        return _wording_kind(a) == _wording_kind(b) and alike(whole(a), whole(b)) >= SAME
    if a.cue.spans and b.cue.spans and not covered(a.cue.spans, b.cue.spans):
        return False
    if a.source.spans and b.source.spans and not _mostly(a.source.spans, b.source.spans):
        return False
    if a.content.spans and b.content.spans:
        return alike(a.content.spans, b.content.spans) >= SAME
    return alike(whole(a), whole(b)) >= SAME


def rival(a: Mark, b: Mark) -> bool:
    """Whether two marks cannot both stand: they are the same thing, or tell of the same words of saying otherwise."""
    if not (isinstance(a, Attribution) and isinstance(b, Attribution)) or not a.cue.spans or not b.cue.spans:
        return same(a, b)
    if alike(a.cue.spans, b.cue.spans) < SAME:
        return same(a, b)
    return bool(covered(a.source.spans, b.source.spans) or covered(a.content.spans, b.content.spans))


def _mostly(a: Spans, b: Spans) -> bool:
    return max(covered(a, b), covered(b, a)) >= SAME


def _wording_kind(mark: Mark) -> str | None:
    return mark.kind if isinstance(mark, Wording) else None
