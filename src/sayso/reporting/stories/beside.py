"""Two articles side by side, sentence by sentence: what of the one the other kept, what was lost and what was added.

What two articles share is known passage by passage. Sentences that tell the same stand beside each other, in the order
of both; between them stand those that only one has, and those that the other has in another place.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sayso.corpus.vocabulary import sentences
from sayso.model import Derivation, Entry, Passage, Spans
from sayso.reporting import labels
from sayso.reporting.stories import wording
from sayso.reporting.stories.naming import Names, day
from sayso.reporting.stories.sides import Piece, Side, bare, sides
from sayso.reporting.stories.view import ChangeRow, change_row

Kind = Literal["kept", "moved", "lost", "added"]
ALIKE = 0.5  # of the shorter sentence's words that must stand in the other one
FEWEST = 2  # words in common
BAND = 40  # sentences that one may be away from its place in a passage


@dataclass(frozen=True, slots=True)
class Line:
    """Sentences beside each other, in both ("kept"), or what only the left one has ("lost") or the right one ("added").

    "moved": the other has it in another place, and it is shown there, too. `begins`: a paragraph begins with it.
    """

    kind: Kind
    left: Side | None
    right: Side | None
    begins: bool


@dataclass(frozen=True, slots=True)
class Head:
    """Whose a side is, when and under which title it was published, and how much of it is in the other.

    `day` is empty where the name has it.
    """

    id: str
    name: str
    title: str
    day: str
    language: str | None
    address: str | None
    share: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Two articles side by side, the earlier one on the left if their dates tell (`ordered`).

    `sentence` says what they have to do with each other, and `reasons` why.
    """

    left: Head
    right: Head
    ordered: bool
    sentence: str
    chances: str
    extent: str
    reasons: tuple[str, ...]
    changes: tuple[ChangeRow, ...]
    lines: tuple[Line, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many lines there are of each kind."""
        return Counter(line.kind for line in self.lines)


def beside(link: Derivation, names: Names) -> Beside:
    """Two articles of `names` side by side, by what they share. Raises KeyError if one of them is not there."""
    left, right = names.entries[link.earlier], names.entries[link.later]
    ordered = names.order(link.earlier, link.later) == "earlier"
    return Beside(
        left=_head(left, link.earlier_share, names.own(right.id), names),
        right=_head(right, link.later_share, names.own(left.id), names),
        ordered=ordered,
        sentence=wording.way(link, names) if link.passages or link.citations else "They share no passage",
        chances=wording.chances(link, names),
        extent=wording.extent(link, names),
        reasons=link.reasons,
        changes=tuple(change_row(change, link, names) for change in link.changes),
        lines=tuple(_lines(_Text.of(left, names), _Text.of(right, names), link.passages, ordered)),
    )


def _head(entry: Entry, share: float, other: str, names: Names) -> Head:
    article = entry.article
    told = f"{share:.0%} of its words stand in {other}, too"
    title = article.title or entry.id
    address = labels.safe_address(article.url)
    when = "" if names.has_day(entry.id) else day(entry)
    return Head(entry.id, names.own(entry.id), title, when, article.language, address, told)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, whose it is, its sentences, and the words of each."""

    name: str
    text: str
    spans: Spans
    words: tuple[Counter[str], ...]
    titled: bool
    """Whether its first sentence is the headline."""

    @classmethod
    def of(cls, entry: Entry, names: Names) -> "_Text":
        text = entry.article.text
        spans = sentences(text)
        words = tuple(Counter(_words(span.of(text))) for span in spans)
        titled = bool(spans) and any(spans[0].overlaps(span) for span in entry.article.title_spans)
        return cls(names.own(entry.id), text, spans, words, titled)

    def within(self, spans: Spans) -> list[int]:
        """The sentences that spans touch."""
        found: dict[int, None] = {}
        starts = [one.start for one in self.spans]
        for span in spans:
            first = max(0, bisect_left(starts, span.start) - 1)
            found.update((n, None) for n in range(first, bisect_left(starts, span.end)) if self.spans[n].overlaps(span))
        return list(found)

    def part(self, first: int, last: int) -> str:
        return self.text[self.spans[first].start : self.spans[last].end]

    def begins(self, number: int) -> bool:
        """Whether a sentence is the first of its paragraph."""
        return number == 0 or "\n" in self.text[self.spans[number - 1].end : self.spans[number].start]


def _words(text: str) -> list[str]:
    return [word for word in map(bare, text.split()) if word]


class _Pair(NamedTuple):
    """Sentences from `left` to `left_end` of the one that tell the same as those of the other. Ends are inclusive."""

    left: int
    right: int
    left_end: int
    right_end: int
    common: int


def _lines(left: _Text, right: _Text, passages: Sequence[Passage], ordered: bool) -> Iterator[Line]:
    pairs = _grown(_pairs(left, right, passages), left, right)
    here = {n for pair in pairs for n in range(pair.left, pair.left_end + 1)}
    there = {n for pair in pairs for n in range(pair.right, pair.right_end + 1)}
    at = other = 0
    for pair in (*_in_order(pairs), None):
        for n in range(at, pair.left if pair else len(left.spans)):
            side = _alone(left, n, "same" if n in here else "lost" if ordered else "differs")
            yield Line("moved" if n in here else "lost", side, None, left.begins(n))
        for n in range(other, pair.right if pair else len(right.spans)):
            side = _alone(right, n, "same" if n in there else "new" if ordered else "differs")
            yield Line("moved" if n in there else "added", None, side, right.begins(n))
        if pair:
            texts = left.part(pair.left, pair.left_end), right.part(pair.right, pair.right_end)
            both = sides((left.name, texts[0]), (right.name, texts[1]), ordered=ordered)
            yield Line("kept", both.left, both.right, left.begins(pair.left))
            at, other = pair.left_end + 1, pair.right_end + 1


def _alone(text: _Text, number: int, kind: Literal["same", "lost", "new", "differs"]) -> Side:
    return Side(text.name, (Piece(text.spans[number].of(text.text), kind),))


def _pairs(left: _Text, right: _Text, passages: Iterable[Passage]) -> list[_Pair]:
    """The sentences that tell the same, each of them with one other, those that have most in common before all."""
    found = {
        (n, m): common
        for passage in passages
        for n, m in _near(left.within(passage.spans), right.within(passage.other_spans))
        if (common := _common(left, n, right, m))
    }
    if left.titled and right.titled:
        found[0, 0] = sum(left.words[0].values())  # the two headlines, whatever they say
    lefts, rights, kept = set(), set(), []
    for (n, m), common in sorted(found.items(), key=lambda item: (-item[1], abs(item[0][0] - item[0][1]), item[0])):
        if n not in lefts and m not in rights:
            lefts.add(n)
            rights.add(m)
            kept.append(_Pair(n, m, n, m, common))
    return sorted(kept)


def _near(here: Sequence[int], there: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of two lists that are not far from each other, so that long passages do not cost their square."""
    for place, n in enumerate(here):
        middle = place * len(there) // max(1, len(here))
        for m in there[max(0, middle - BAND) : middle + BAND + 1]:
            yield n, m


def _common(left: _Text, n: int, right: _Text, m: int) -> int:
    """How many words two sentences have in common; 0 where these are few."""
    one, other = left.words[n], right.words[m]
    common = (one & other).total()
    return common if common >= max(FEWEST, ALIKE * min(one.total(), other.total())) else 0


def _grown(pairs: Sequence[_Pair], left: _Text, right: _Text) -> list[_Pair]:
    """The pairs with the sentences behind them that are a part of the other one: one may have made two of it."""
    lefts, rights = {pair.left for pair in pairs}, {pair.right for pair in pairs}
    grown = []
    for pair in pairs:
        here, there = left.words[pair.left], right.words[pair.right]
        left_end = _reaching(left, pair.left, there - here, lefts)
        right_end = _reaching(right, pair.right, here - there, rights)
        lefts.update(range(pair.left, left_end + 1))
        rights.update(range(pair.right, right_end + 1))
        grown.append(pair._replace(left_end=left_end, right_end=right_end))
    return grown


def _reaching(text: _Text, number: int, rest: Counter[str], taken: set[int]) -> int:
    """The last of the sentences from one on that are made of the words that the other has besides."""
    while number + 1 < len(text.spans) and number + 1 not in taken:
        words = text.words[number + 1]
        if (words & rest).total() < max(FEWEST, ALIKE * words.total()):
            break
        rest, number = rest - words, number + 1
    return number


def _in_order(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Those pairs that are in one order in both texts, with as many words as can be; the others were moved."""
    ends: list[int] = []  # the last right sentences of the best chains so far, and below, what each of them holds
    best: list[tuple[int, int]] = []
    before: list[int] = []
    for n, pair in enumerate(pairs):
        at = bisect_left(ends, pair.right)
        words, last = best[at - 1] if at else (0, -1)
        before.append(last)
        words += pair.common
        at = bisect_left(ends, pair.right_end)
        stop = at
        while stop < len(best) and best[stop][0] <= words:
            stop += 1
        if not at or best[at - 1][0] < words:
            ends[at:stop], best[at:stop] = [pair.right_end], [(words, n)]
    chain: list[_Pair] = []
    at = best[-1][1] if best else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
