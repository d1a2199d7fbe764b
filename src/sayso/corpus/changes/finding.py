"""All changes between two texts, each as one sentence with both wordings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.corpus.changes import hedges, omissions, pairing, quotations, slots, sources, tables
from sayso.corpus.changes.corrections import CORRECTED, correction
from sayso.corpus.changes.omissions import Omitted
from sayso.corpus.changes.pairing import Region
from sayso.corpus.changes.sides import Pair, Side
from sayso.corpus.worded import Worded
from sayso.model import Change, Passage, Span

COMMON = 0.3
"""The share of the shorter text in sentences that both have, from which the texts are taken to tell the same story."""
ALIKE = 0.4
"""The share of telling words that two sentences have in common there, if a difference between them is told."""
SAME = 0.8
"""… and elsewhere. Numbers and names are not told there at all: last year's toll of a war stands in many texts."""


def find(earlier: Worded, later: Worded, passages: Sequence[Passage]) -> tuple[Change, ...]:
    """What differs between two texts where they tell the same, in the order of the later text.

    `passages` are those that they share, `spans` in the earlier text and `other_spans` in the later one. In the
    changes, `before` counts in the earlier text and `after` in the later one, in code points.

    >>> from sayso.corpus import alignment
    >>> one = Worded.of("Rufus Kerr allegedly sold forty gates of the old dam to a builder in Port Halna last May.")
    >>> other = Worded.of("Rufus Kerr sold forty gates of the old dam to a builder in Port Halna last May.")
    >>> for change in find(one, other, alignment.passages(one, other)):
    ...     print(change.kind, [span.of(one.text) for span in change.before], change.firmer)
    hedge dropped ['allegedly'] True
    """
    if earlier.text == later.text or not passages:
        return ()
    one, other = Side(earlier), Side(later)
    regions = [(region, pairing.pairs(one, other, region)) for region in pairing.regions(one, other, passages)]
    common = _common(one, other, [pair for _, pairs in regions for pair in pairs])
    found: dict[tuple[object, ...], Change] = {}
    for region, pairs in regions:
        for change in _in_region(region, pairs, common):
            found.setdefault((change.kind, change.before, change.after), change)
    return tuple(sorted(found.values(), key=lambda change: (change.after or change.before, change.before)))


def _common(one: Side, other: Side, pairs: Sequence[Pair]) -> float:
    """The share of the shorter text's telling words in sentences that both tell (0 to 1)."""
    return sum(pair.shared for pair in pairs) / max(1, min(sum(one.telling), sum(other.telling)))


def _in_region(region: Region, pairs: Sequence[Pair], common: float) -> Iterator[Change]:
    for pair in pairs:
        if not pair.left and not pair.turned.left:
            continue
        if pair.alike >= (ALIKE if common >= COMMON else SAME):
            yield from _noticed(pair, [*_hedges(pair), *_sources(pair)])
            yield from _slots(pair) if common >= COMMON else ()
        yield from _quotations(pair, common >= COMMON)
    if common >= COMMON and pairs:
        for sentence in omissions.omitted(region, pairs):
            yield _cut(pairs[0].one, sentence)
        back = Region(region.theirs, region.ours)
        for sentence in omissions.omitted(back, [pair.turned for pair in pairs]):
            yield _added(pairs[0].other, sentence)


def _hedges(pair: Pair) -> Iterator[Change]:
    one, other = pair.one, pair.other
    for found in hedges.dropped(pair):
        before, after = one.quote(found.wording), other.quote(found.bare)
        message = f"The earlier text says “{before}”, the later one “{after}” without the hedge."
        yield Change("hedge dropped", message, (found.hedge,), (found.bare,), not found.sourced, (found.reason,))
    for found in hedges.dropped(pair.turned):
        before, after = one.quote(found.bare), other.quote(found.wording)
        message = f"The earlier text says “{before}” without a hedge, the later one “{after}”."
        yield Change("hedge added", message, (found.bare,), (found.hedge,), False, (found.reason,))
    for weak, firm in sources.firmer_verbs(pair):
        message = f"What the source “{one.quote(weak)}” in the earlier text, it “{other.quote(firm)}” in the later one."
        reason = f"“{one.quote(weak)}” keeps a distance, “{other.quote(firm)}” vouches ({tables.source('rubin')})"
        yield Change("hedge dropped", message, (weak,), (firm,), True, (reason,))


def _sources(pair: Pair) -> Iterator[Change]:
    one, other = pair.one, pair.other
    for found in sources.lost(pair):
        phrase, bare = one.quote(found.phrase), other.quote(found.bare)
        message = f"The earlier text gives a source, “{phrase}”; the later one gives none: “{bare}”."
        reason = "the later sentence has no word that could give a source"
        elsewhere = ("the later text gives the source in another sentence",) if found.elsewhere else ()
        yield Change("source lost", message, (found.phrase,), (found.bare,), not found.elsewhere, (reason, *elsewhere))
    for found in sources.lost(pair.turned):
        phrase, bare = other.quote(found.phrase), one.quote(found.bare)
        message = f"The earlier text gives no source: “{bare}”; the later one gives one, “{phrase}”."
        reason = "the earlier sentence has no word that could give a source"
        yield Change("source added", message, (found.bare,), (found.phrase,), False, (reason,))
    for promoted in sources.promoted(pair):
        before, after = one.quote(promoted.before), other.quote(promoted.after)
        message = f"The source is “{before}” in the earlier text and “{after}” in the later one."
        yield Change("source promoted", message, (promoted.before,), (promoted.after,), True, (promoted.reason,))


def _slots(pair: Pair) -> Iterator[Change]:
    one, other = pair.one, pair.other
    numbers, names = slots.numbers_and_names(pair)
    for changed in (*numbers, *names):
        before, after = one.quote(changed.wording), other.quote(changed.other_wording)
        message = f"The earlier text says “{before}”, the later one “{after}”"
        yield _corrected(
            pair, Change(changed.kind, message, (changed.before,), (changed.after,), False, (changed.reason,))
        )


def _quotations(pair: Pair, same_story: bool) -> Iterator[Change]:
    """Quotations that read otherwise. Two who only share a quotation may have heard it each in their own way, so that
    no more is told of them than what turns it round."""
    for found in quotations.altered(pair):
        if not same_story and not found.grave:
            continue
        before, after = pair.one.quote(found.wording), pair.other.quote(found.other_wording)
        message = f"In quotation marks, the earlier text has “{before}”, the later one “{after}”"
        reason = (
            "words in quotation marks that differ between equal ones, and not by spelling, short forms, brackets or "
            f"an ellipsis ({tables.source('reuters')})"
        )
        change = Change(
            "quotation altered", message, _spans(found.before), _spans(found.after), found.firmer, (reason,)
        )
        yield _corrected(pair, change)


def _corrected(pair: Pair, change: Change) -> Change:
    """The change with a full stop, or with what the later text says of it itself."""
    said = correction(pair.other, pair.theirs)
    if said is None:
        return replace(change, message=f"{change.message}.")
    words = f"{CORRECTED}: “{pair.other.quote(said)}”"
    return replace(change, message=f"{change.message}; {words}.", firmer=False, reasons=(*change.reasons, words))


def _noticed(pair: Pair, changes: Sequence[Change]) -> Iterator[Change]:
    """The changes, and where the later text says that it corrects something, a reason that says so."""
    said = correction(pair.other, pair.theirs) if changes else None
    for change in changes:
        words = () if said is None else (f"{CORRECTED}: “{pair.other.quote(said)}”",)
        yield replace(change, reasons=(*change.reasons, *words))


def _cut(earlier: Side, found: Omitted) -> Change:
    message = f"The later text leaves out {found.what}: “{earlier.quote(found.sentence)}”."
    return Change("cut", message, (found.sentence,), (), found.what == "a caveat", (found.reason,))


def _added(later: Side, found: Omitted) -> Change:
    message = f"The later text adds {found.what}: “{later.quote(found.sentence)}”."
    return Change("added", message, (), (found.sentence,), False, (found.reason,))


def _spans(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)
