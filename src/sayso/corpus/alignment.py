"""The passages that two texts share: word for word, and reworked.

Equal runs of words are found by their numbers and joined along near diagonals, so that a moved paragraph is found as
well as one in its place. Sentences that are reworded are found by the rare words that they share (`likeness`).
Passages that follow each other in both texts become one: who checks an edited paragraph wants to see it whole. Only
long stretches that are equal word for word stay by themselves, whatever their neighbourhood is like.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from sayso.corpus import likeness
from sayso.corpus.blocks import Block, blocks
from sayso.corpus.parts import Part, alone, named, proofs, summed, together
from sayso.corpus.tokens import Flags
from sayso.corpus.worded import Worded
from sayso.model import Passage, Span

__all__ = ["Worded", "passages"]

LONG = 30
"""Equal words in a row that are a passage by themselves, also in the midst of an edited one."""
SHORTEST = 8
"""Words of the shortest passage."""
GAP = 12
"""Words that may differ between two parts of one passage."""
STRONG = 9.0
"""What a reworked passage must prove, in words, where the two texts share nothing else."""
WEAK = 4.0
"""What it must prove beside another that is no quotation."""
QUOTED = 0.8
"""The share of a passage's words that are in quotation marks, from which it is a quotation."""


def passages(one: Worded, other: Worded) -> tuple[Passage, ...]:
    """The passages that two texts share, sorted by their place in `one`, where they do not overlap.

    >>> one = Worded.of("Officials said the old dam above Halna had held through the night. Nobody was hurt.")
    >>> other = Worded.of("HALNA: The old dam above Halna had held through the night – so the mayor, Ada Winter.")
    >>> for passage in passages(one, other):
    ...     print(passage.kind, passage.words, [span.of(one.text) for span in passage.spans])
    verbatim 10 ['the old dam above Halna had held through the night.']
    """
    equal = blocks(one, other)
    names = named(one, other)
    sums = proofs(one, names)
    long = [block for block in equal if block.length >= LONG]
    reworked = likeness.pairs(one, other, long, sums)
    rest = _outside([block for block in equal if block.length < LONG], reworked)
    parts = sorted([*reworked, *(alone(block, sums) for block in (*long, *rest))])
    return _placed(one, other, _kept(map(_counter(one, other, names), _joined(parts)))) if parts else ()


def _outside(loose: Sequence[Block], reworked: Sequence[Part]) -> Iterator[Block]:
    """What of the blocks lies outside of reworked sentences, where those are aligned already. Both are sorted."""
    at = 0
    for block in loose:
        start = block.start
        while at < len(reworked) and reworked[at].end <= start:
            at += 1
        for pair in reworked[at:]:
            if pair.start >= block.end:
                break
            if pair.start > start:
                yield _cut(block, start, pair.start)
            start = max(start, pair.end)
        if start < block.end:
            yield _cut(block, start, block.end)


def _cut(block: Block, start: int, end: int) -> Block:
    return Block(start, block.other + start - block.start, end - start)


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Parts that follow each other closely in both texts made one, but for the long ones. They are sorted."""
    result: list[Part] = []
    for part in parts:
        joins = bool(result) and _follows(result[-1], part)
        result.append(together(result.pop(), part) if joins else part)
    return result


def _follows(early: Part, late: Part) -> bool:
    between = late.start - early.end, late.other_start - early.other_end
    if min(between) < 0 or _is_long(early) or _is_long(late):
        return False
    return max(between) <= min(GAP, early.shared, late.shared)


def _is_long(part: Part) -> bool:
    return len(part.equal) == 1 and part.shared >= LONG


class _Counted(NamedTuple):
    """A part, and how many of its equal words tell something, are names, and are in quotation marks here and there."""

    part: Part
    telling: int
    names: int
    quoted: bool
    other_quoted: bool

    @property
    def verbatim(self) -> bool:
        return len(self.part.equal) == 1


def _counter(one: Worded, other: Worded, names: Flags) -> Callable[[Part], _Counted]:
    telling = one.weights > 0
    sums = [summed(each) for each in (telling, telling & names, one.quoted)]
    other_quoted = summed(other.quoted)

    def counted(part: Part) -> _Counted:
        tells, names_in_it, quoted = (sum(each[block.end] - each[block.start] for block in part.equal) for each in sums)
        there = sum(other_quoted[block.other_end] - other_quoted[block.other] for block in part.equal)
        least = QUOTED * part.shared
        return _Counted(part, int(tells), int(names_in_it), quoted >= least, there >= least)

    return counted


def _kept(parts: Iterable[_Counted]) -> list[_Counted]:
    """The parts that prove enough: a reworked one by itself much, beside another that is no quotation less."""
    telling = [each for each in parts if _tells(each)]
    beside = any(each.part.proof >= STRONG and not (each.quoted and each.other_quoted) for each in telling)
    return [each for each in telling if each.verbatim or _proves(each, beside)]


def _tells(each: _Counted) -> bool:
    """Whether it means something that two texts share these words; a name with its title, or a date, means nothing."""
    return each.part.shared >= SHORTEST and each.telling >= 3 and each.telling - each.names >= 2


def _proves(each: _Counted, beside: bool) -> bool:
    return each.part.proof >= WEAK if beside else each.part.proof >= STRONG and each.names > 0


def _placed(one: Worded, other: Worded, parts: Iterable[_Counted]) -> tuple[Passage, ...]:
    """The parts as passages; a mark between two is the one's before."""
    result: list[Passage] = []
    before = 0
    for each in parts:
        part = each.part
        span = one.span(part.start, part.end)
        result.append(
            Passage(
                spans=(Span(max(span.start, before), span.end),),
                other_spans=(other.span(part.other_start, part.other_end),),
                kind="verbatim" if each.verbatim else "reworked",
                words=part.end - part.start,
                likeness=part.shared / part.longer,
                quoted=each.quoted,
                other_quoted=each.other_quoted,
                reasons=(_reason(each),),
            )
        )
        before = span.end
    return tuple(result)


def _reason(each: _Counted) -> str:
    if each.verbatim:
        return f"{each.part.shared} words in a row are equal"
    return f"{each.part.shared} of {each.part.longer} words are equal and in the same order"
