"""Quotations whose words are not the same in two texts, where the marks stay.

The sharpest thing that can be said of a text, so that all doubt counts against it: what brackets and ellipses own up
to, spellings, numbers in other signs, short forms, slips, and words that say nothing are no alteration; nor is a part
of a quotation, nor two renderings of one speech that differ in many places.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from sayso.corpus.changes import names, tables
from sayso.corpus.changes.hedges import has_hedge
from sayso.corpus.changes.numbers import value_of
from sayso.corpus.changes.sides import Pair, Side, matches
from sayso.model import Span

FEWEST = 5
"""Words that two quotations share at least."""
KEPT = 0.7
"""The share of the shorter one's words that stand in both, at least."""
PLACES = 2
"""Places in which they differ, at most; in more they are two renderings."""
WIDEST = 6
"""Words in such a place, at most."""
SLIP = 6
"""Letters of a word from which another letter may be a slip."""


BESIDE = 3
"""Words on either side that a message quotes, too; and the widest place at a quotation's end."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a quotation as it counts: in plain letters, as written, with its span; whether it stands in brackets,
    whether words were left out before it, whether it begins with a capital."""

    plain: str
    written: str
    span: Span
    bracketed: bool = False
    after_gap: bool = False
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Altered:
    """Words in quotation marks before and after, either empty; both with the words beside them; whether a hedge went
    with them, and whether it turns round what is said: by a "not", a number, a hedge."""

    before: Span | None
    after: Span | None
    wording: Span
    other_wording: Span
    firmer: bool
    grave: bool


Quoted = tuple[Sequence[Word], Range]
"""A quotation's words, and which of them are meant."""


def altered(pair: Pair) -> Iterator[Altered]:
    """The places in which a quotation reads otherwise in the other text."""
    if not any(pair.one.quoted[slice(*pair.ours)]) or not any(pair.other.quoted[slice(*pair.theirs)]):
        return
    theirs = [quotation(pair.other, *part) for part in parts(pair.other, *pair.theirs)]
    for part in parts(pair.one, *pair.ours):
        ours = quotation(pair.one, *part)
        for quoted in theirs:
            for own, place in differing(ours, quoted):
                yield _told(pair, (ours, own), (quoted, place))


def parts(side: Side, first: int, end: int) -> list[Range]:
    """The stretches in quotation marks among some words, each from mark to mark."""
    found: list[Range] = []
    for word in range(first, end):
        if not side.quoted[word]:
            continue
        if found and found[-1][1] == word and not _MARK.search(side.gap(word)):
            found[-1] = found[-1][0], word + 1
        else:
            found.append((word, word + 1))
    return found


_MARK = re.compile(r"[“”„«»\"]")
_WORD = re.compile(r"\[[^\]]*\]|\([^)]*\)|[^\W_]+(?:['’.,-]?[^\W_]+)*|\.\.\.|…|\. \. \.|\*+")


def quotation(side: Side, first: int, end: int) -> list[Word]:
    """The words of a quotation as they count."""
    start, stop = side.starts[first], side.ends[end - 1]
    while start and side.text[start - 1] in "[(":
        start -= 1
    found: list[Word] = []
    gap = False
    for match in _WORD.finditer(side.text, start, stop):
        text, span = match[0], Span(*match.span())
        if text[0] in ".…":
            gap = True
        elif text[0] in "[(*":
            found.append(Word("[]", "", span, True, gap))
        else:
            found.extend(Word(plain, written, span, False, gap, text[0].isupper()) for plain, written in _plain(text))
            gap = False
    return found


def _plain(text: str) -> Iterator[tuple[str, str]]:
    """The word or words that a written one stands for, in plain letters, each with its letters as written."""
    small = text.lower().replace("’", "'")
    table = tables.table("quotations")
    if small in table["whole"]:
        first, *rest = table["whole"][small].split()
        yield first, small.replace("'", "")
        yield from ((word, "") for word in rest)
        return
    for short, stands_for in table["contractions"].items():
        if small.endswith(short) and small != short:
            yield from _plain(small[: -len(short)])
            yield stands_for, short.replace("'", "")
            return
    marks = "'-," if small[0].isdigit() else "'-,."
    plain = small.translate({ord(mark): None for mark in marks})
    if small[0].isdigit():
        plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", plain)
    yield plain, plain


def differing(ours: Sequence[Word], theirs: Sequence[Word]) -> list[tuple[Range, Range]]:
    """The places in which two quotations of one speech differ; none where they may be of two, or two renderings."""
    shared = matches([word.plain for word in ours], [word.plain for word in theirs])
    if len(shared) < max(FEWEST, KEPT * min(len(ours), len(theirs))):
        return []
    places = [
        place for place in _places(shared, ours, theirs) if _differs(ours[slice(*place[0])], theirs[slice(*place[1])])
    ]
    if len(places) > PLACES or (len(places) > 1 and all(_counts(ours, theirs, place) for place in places)):
        return []
    only_ours = {word.plain for number, word in enumerate(ours) if number not in shared}
    only_theirs = {word.plain for number, word in enumerate(theirs) if number not in shared.values()}
    return [
        (own, place)
        for own, place in places
        if not (_among(ours, own, only_theirs) and _among(theirs, place, only_ours))  # moved: "1 May", "May 1"
        and not _is_part(ours, own, theirs, place)
        and not _is_part(theirs, place, ours, own)
        and not _repeats(ours, own, place)
        and not _repeats(theirs, place, own)
    ]


def _counts(ours: Sequence[Word], theirs: Sequence[Word], place: tuple[Range, Range]) -> bool:
    """Whether only numbers differ; in two places that is another event, told in the same set phrase."""
    light = tables.listed("quotations", "light") | tables.listed("numbers", "approximate")
    both = (*ours[slice(*place[0])], *theirs[slice(*place[1])])
    return all(value_of(word.plain) is not None for word in both if word.plain not in light)


def _is_part(ours: Sequence[Word], own: Range, theirs: Sequence[Word], place: Range) -> bool:
    """Whether the other quotation may begin behind the words that it lacks, or end before: "I hope not, since I think",
    "I think"."""
    if place[0] != place[1]:
        return False
    missing = [word.plain for word in ours[slice(*own)]]
    before, behind = ([word.plain for word in words] for words in (theirs[: place[0]], theirs[place[1] :]))
    return missing[-len(before) :] == before or missing[: len(behind)] == behind


def _repeats(words: Sequence[Word], own: Range, place: Range) -> bool:
    """Whether one side only says twice what stands beside it: "a cover-up, in a cover-up"."""
    more = [word.plain for word in words[slice(*own)]]
    before = [word.plain for word in words[max(0, own[0] - len(more)) : own[0]]]
    behind = [word.plain for word in words[own[1] : own[1] + len(more)]]
    return bool(more) and place[0] == place[1] and more in (before, behind)


def _among(words: Sequence[Word], place: Range, others: set[str]) -> bool:
    return all(word.plain in others for word in words[slice(*place)])


def _places(shared: dict[int, int], ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[tuple[Range, Range]]:
    """Words that differ between shared ones. At the ends only where both go on: else one is a part of the other."""
    own = place = -1
    for word, there in [*sorted(shared.items()), (len(ours), len(theirs))]:
        left, right = word - own - 1, there - place - 1
        inside = own >= 0 and word < len(ours)
        owned_up = any(
            each.after_gap or each.bracketed for each in (*ours[own + 1 : word + 1], *theirs[place + 1 : there + 1])
        )
        if not owned_up and ((left or right) if inside else (0 < left <= BESIDE and 0 < right <= BESIDE)):
            yield (own + 1, word), (place + 1, there)
        own, place = word, there


def _differs(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether words really differ, beyond what the spelling, short forms or a slip may explain."""
    if max(len(one), len(other)) > WIDEST or _written(one) == _written(other):
        return False
    if len(one) == len(other) and all(map(_may_be_one, one, other)):
        return False
    small = tables.listed("quotations", "small")
    if all(word.plain in small for word in (*one, *other)):
        return False
    light = tables.listed("quotations", "light")
    before, after = ([word for word in words if word.plain not in light] for words in (one, other))
    if _written(before) == _written(after) or (len(before) == len(after) and all(map(_may_be_one, before, after))):
        return False
    if all(word.capital for word in (*before, *after)) and before and after:
        return not names.same([word.plain.title() for word in before], [word.plain.title() for word in after])
    values = [value_of(" ".join(word.plain for word in words)) for words in (before, after)]
    return values[0] is None or values[0] != values[1]


def _written(words: Sequence[Word]) -> str:
    return "".join(word.written for word in words)


def _may_be_one(one: Word, other: Word) -> bool:
    """Whether two words may be one: spelt in another way, a slip, a short form, one name."""
    table = tables.table("quotations")
    plain, its = one.plain, other.plain
    if plain == its or _spelling(plain) == _spelling(its):
        return True
    if its in table["short"].get(plain, ()) or plain in table["short"].get(its, ()):
        return True
    if {plain, its} & tables.listed("quotations", "negation"):
        return False
    if plain.rstrip("s") == its.rstrip("s"):
        return True
    return min(len(plain), len(its)) >= SLIP and Levenshtein.distance(plain, its) == 1


@cache
def _spelling(word: str) -> str:
    """A word in the American spelling, or something like it: only good for comparing."""
    for pattern, stands_for in tables.table("quotations")["spelling"]:
        word = re.sub(pattern, stands_for, word)
    return word


def _told(pair: Pair, one: Quoted, other: Quoted) -> Altered:
    before, after = _span(one[0], _trimmed(*one)), _span(other[0], _trimmed(*other))
    hedged = before is not None and has_hedge(pair.one.text, before)
    still = after is not None and has_hedge(pair.other.text, after)
    return Altered(
        before, after, _around(*one), _around(*other), hedged and not still, hedged != still or _turns(one, other)
    )


def _turns(one: Quoted, other: Quoted) -> bool:
    """Whether a few words that differ turn round what is said: by a "not" in or beside one of the two, or a number."""
    if max(end - start for _, (start, end) in (one, other)) > BESIDE:
        return False
    negation = tables.listed("quotations", "negation")
    negated = [
        any(word.plain in negation for word in words[max(0, start - 1) : end + 1])
        for words, (start, end) in (one, other)
    ]
    values = [value_of(word.plain) for words, place in (one, other) for word in words[slice(*place)]]
    numbers = any(value is not None and value != 1 for value in values)  # "one" is more than a number
    return negated[0] != negated[1] or numbers


def _trimmed(words: Sequence[Word], place: Range) -> Range:
    """A place without the words at its ends that say nothing."""
    light = tables.listed("quotations", "light")
    heavy = [number for number in range(*place) if words[number].plain not in light]
    return (heavy[0], heavy[-1] + 1) if heavy else (place[0], place[0])


def _span(words: Sequence[Word], place: Range) -> Span | None:
    found = words[slice(*place)]
    return Span(found[0].span.start, found[-1].span.end) if found else None


def _around(words: Sequence[Word], place: Range) -> Span:
    found = words[max(0, place[0] - BESIDE) : place[1] + BESIDE]
    return Span(found[0].span.start, found[-1].span.end)
