"""The asked article passage by passage: where each of its stretches stands elsewhere, and how."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sayso.model import Passage, Span, Spans, Story, merged, words_of
from sayso.reporting.labels import counted
from sayso.reporting.stories.naming import Names, Order
from sayso.reporting.stories.sides import Sides, sides

ALIKE = 0.5  # of the shorter of two passages, to be the same stretch
WHEN: dict[Order, str] = {"earlier": "earlier", "later": "later", "untold": "the dates do not tell"}
ORDERS: tuple[Order, ...] = ("earlier", "later", "untold")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch stands elsewhere: in which article, whether that is earlier, and how it stands there.

    `words` is what of the stretch stands there, where that is not nearly all of it.
    """

    article: str
    anchor: str | None
    name: str
    when: Order
    kind: str
    how: str
    words: str = ""
    reasons: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], tuple[str, str]] | None = None
    """Both texts where they differ, each with whose it is, the earlier one first."""

    @property
    def sides(self) -> Sides | None:
        """Both texts side by side: made when asked for, since of many places few are looked at."""
        return sides(*self.texts, ordered=self.when != "untold") if self.texts else None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the asked article that stands elsewhere, too, with the places in the order of their dates."""

    id: str
    number: int
    spans: Spans
    words: str
    summary: str
    places: tuple[Place, ...]

    def at(self, when: Order) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.when == when)


class Found(NamedTuple):
    """A passage as seen from the asked article."""

    spans: Spans
    article: str
    there: Spans
    passage: Passage
    quoted: bool
    there_quoted: bool


def stretches(story: Story, names: Names) -> tuple[Stretch, ...]:
    """The stretches in the order of the text."""
    groups: list[list[Found]] = []
    for found in sorted(from_asked(story), key=lambda found: (found.spans[0].start, -found.spans[-1].end)):
        group = next((group for group in reversed(groups) if _alike(group[0], found)), None)
        if group is None:
            groups.append(group := [])
        group.append(found)
    return tuple(_stretch(number, group, names) for number, group in enumerate(groups, 1))


def shared(story: Story) -> Spans:
    """All of the asked article's text that stands elsewhere, too."""
    return merged(span for found in from_asked(story) for span in found.spans)


def sharing(story: Story) -> tuple[str, ...]:
    """The ids of those that share text with the asked article, in the order of the story."""
    ids = {found.article for found in from_asked(story)}
    return tuple(entry.id for entry in story.entries if entry.id in ids)


def from_asked(story: Story) -> Iterator[Found]:
    """The passages that the asked article shares with others, as seen from it."""
    for link in story.derivations:
        for each in link.passages:
            if not (each.spans and each.other_spans):
                continue
            if link.earlier == story.asked:
                yield Found(each.spans, link.later, each.other_spans, each, each.quoted, each.other_quoted)
            elif link.later == story.asked:
                yield Found(each.other_spans, link.earlier, each.spans, each, each.other_quoted, each.quoted)


def _alike(one: Found, other: Found) -> bool:
    first, second = _whole(one.spans), _whole(other.spans)
    common = min(first.end, second.end) - max(first.start, second.start)
    return common >= ALIKE * min(first.end - first.start, second.end - second.start)


def _whole(spans: Spans) -> Span:
    return Span(spans[0].start, spans[-1].end)


def _stretch(number: int, group: list[Found], names: Names) -> Stretch:
    text = names.entries[names.asked].article.text if names.asked in names.entries else ""
    longest = max(group, key=lambda found: _whole(found.spans).end - _whole(found.spans).start)
    words = words_of(longest.spans, text)
    places = [_place(found, longest, text, names) for found in group]
    places.sort(key=lambda place: (ORDERS.index(place.when), names.place(place.article)))
    quoted = longest.quoted
    return Stretch(f"s{number}", number, longest.spans, words, _summary(words, places, quoted), tuple(places))


def _place(found: Found, longest: Found, text: str, names: Names) -> Place:
    here = words_of(found.spans, text)
    entry = names.entries.get(found.article)
    there = words_of(found.there, entry.article.text) if entry else ""
    when = names.order(found.article, names.asked or "")
    whole = _whole(longest.spans)
    part = _whole(found.spans).end - _whole(found.spans).start < 0.9 * (whole.end - whole.start)
    reworked = found.passage.kind == "reworked"
    return Place(
        article=found.article,
        anchor=names.anchor(found.article),
        name=names.dated(found.article),
        when=when,
        kind=found.passage.kind,
        how=_how(found, part),
        words=here if part and not reworked else "",
        reasons=found.passage.reasons,
        texts=_both(names, (found.article, there), here, when) if reworked else None,
    )


def _both(names: Names, other: tuple[str, str], here: str, when: Order) -> tuple[tuple[str, str], tuple[str, str]]:
    """Both texts, the earlier one first; where the dates do not tell, the other one."""
    there = (names.own(other[0]), other[1])
    mine = (names.of(names.asked or ""), here)
    return (mine, there) if when == "later" else (there, mine)


def _how(found: Found, part: bool) -> str:
    likeness = f"{found.passage.likeness:.0%}"
    kind = "word for word" if found.passage.kind == "verbatim" else f"reworked, {likeness} the same words"
    rest = [f"{counted(found.passage.words, 'word')} of it"] if part else []
    if found.quoted != found.there_quoted:
        rest.append(
            "in quotation marks there, not here" if found.there_quoted else "in quotation marks here, not there"
        )
    elif found.quoted:
        rest.append("in quotation marks in both")
    return "; ".join([kind, *rest])


def _summary(words: str, places: list[Place], quoted: bool) -> str:
    """How long it is and where it stands, counted by articles."""
    when = {place.article: place.when for place in places}
    reworked = {place.article for place in places if place.kind == "reworked"} - {
        place.article for place in places if place.kind == "verbatim"
    }
    marks = ", in quotation marks here" if quoted else ""
    how = "all word for word" if not reworked else "all reworked" if len(reworked) == len(when) else ""
    how = how if how and len(when) > 1 else f"reworked in {len(reworked)}" if reworked and len(when) > 1 else ""
    others = f"{counted(len(when), 'other article')}: {by_order(Counter(when.values()))}"
    return f"{counted(len(words.split()), 'word')}{marks}, in {others}{f'; {how}' if how else ''}"


def by_order(counts: Mapping[Order, int]) -> str:
    """How many are earlier and later.

    >>> by_order({"earlier": 2, "untold": 1})
    '2 earlier, 1 where the dates do not tell'
    """
    if not (counts.get("earlier") or counts.get("later")):
        return "the dates do not tell whether earlier or later"
    words: dict[Order, str] = WHEN | {"untold": "where the dates do not tell"}
    return ", ".join(f"{counts[order]} {words[order]}" for order in ORDERS if counts.get(order))
