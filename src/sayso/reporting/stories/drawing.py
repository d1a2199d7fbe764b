"""A story as a picture: a row an article, its possible days on a line of time, and who has it from whom beside it.

Arrows between bars would lie on each other where many copy on one day, which is what they do. So the links stand in
lanes beside the rows: one upright line for each article that others have it from, with an arrow to each of them. The
widths of the lanes are in pixels, places in time in shares of the width that is left, for phones as for desks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.model import Derivation, Entry, Story
from sayso.reporting.labels import plain_day, shortened
from sayso.reporting.stories import wording
from sayso.reporting.stories.naming import Names, day
from sayso.reporting.timeline import Label, Line, Room

TOP = 30
ROW = 40
LANE = 13
EDGE = 12
MOST_ROWS = 60
MOST_LANES = 9
LETTERS = 34  # that fit above a bar, and below the line, on a phone
Style = Literal["sure", "likely", "common", "unclear"]
STYLES: dict[Style, str] = {
    "sure": "very likely has it from there, directly or through others",
    "likely": "likely has it from there",
    "common": "likely from a common source",
    "unclear": "either way, or not told",
}
# Two links from one article share a line if they are of one sort.
SORTS: dict[Style, str] = {"sure": "copied", "likely": "copied", "common": "common", "unclear": "unclear"}


@dataclass(frozen=True, slots=True)
class Row:
    """An article: the height of its middle, what it is called, and its days from `first` to `last` (0 to 1).

    `dot` is the day that it gives itself, `open` the sides on which no day is known; `first` is None without a date.
    """

    y: int
    name: str
    title: str
    target: str
    style: str
    first: float | None
    last: float | None
    dot: float | None
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link from a lane to the row of the article that has it, `y` a little beside its middle."""

    y: int
    style: Style
    pointed: bool
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The upright line of one article that others have it from: its place from the left, and from where to where."""

    x: int
    top: int
    bottom: int
    source: int
    sort: str
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Sizes in pixels; `names` are days on the line; what did not fit is counted."""

    width: int
    height: int
    rows: tuple[Row, ...]
    lanes: tuple[Lane, ...]
    names: tuple[Label, ...]
    styles: tuple[Style, ...]
    rows_left: int
    links_left: int

    @property
    def node(self) -> int:
        """How far from the left the articles' rings stand."""
        return self.width - EDGE


def picture(story: Story) -> Picture:
    """The picture of a story; nothing is in it if there is only one article."""
    names = Names(story.entries, story.asked)
    shown = _shown(story) if len(story.entries) > 1 else []
    heights = {entry.id: TOP + ROW * at + ROW // 2 for at, entry in enumerate(shown)}
    links = [link for link in story.derivations if link.earlier in heights and link.later in heights]
    placed = _placed(_bundles(links, heights, names))
    width = 2 * EDGE + LANE * (1 + max((place for place, _ in placed), default=0))
    lanes = tuple(_lane(place, bundle, width) for place, bundle in placed)
    line = Line(day for entry in shown for day in _days(entry))
    return Picture(
        width=width,
        height=TOP + ROW * len(shown),
        rows=tuple(_row(entry, heights[entry.id], story, names, line) for entry in shown),
        lanes=lanes,
        names=_axis(shown, line),
        styles=tuple(style for style in STYLES if any(a.style == style for lane in lanes for a in lane.arrows)),
        rows_left=len(story.entries) - len(shown) if shown else 0,
        links_left=len(story.derivations) - sum(len(lane.arrows) for lane in lanes),
    )


def _shown(story: Story) -> list[Entry]:
    """The articles that are drawn, in the order of the story: the asked one, those that may be first, the oldest."""
    weighty = {story.asked, *story.first[: MOST_ROWS // 2]}
    chosen = {entry.id for entry in story.entries if entry.id in weighty}
    for entry in story.entries:
        if len(chosen) >= MOST_ROWS:
            break
        chosen.add(entry.id)
    return [entry for entry in story.entries if entry.id in chosen]


# --- time ------------------------------------------------------------------------------------------------------------


def _days(entry: Entry) -> list[date]:
    return [found for found in (_day(entry.earliest), _day(entry.latest)) if found]


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _row(entry: Entry, y: int, story: Story, names: Names, line: Line) -> Row:
    first, last, given = _day(entry.earliest), _day(entry.latest), _day(entry.article.published)
    known = first or last
    inside = given and known and (first or given) <= given <= (last or given)
    style = "asked" if entry.id == story.asked else "first" if entry.id in story.first else "other"
    return Row(
        y=y,
        name=f"{shortened(names.own(entry.id), LETTERS - len(day(entry)) - 2)}, {day(entry)}",
        title=f"{names.own(entry.id)}: {shortened(entry.article.title or '', 120)}".removesuffix(": "),
        target=names.anchor(entry.id) or "",
        style=style,
        first=line.at(first or last or date.min) if known else None,
        last=line.at(last or first or date.min) if known else None,
        dot=line.at(given) if given and inside else None,
        open=tuple(side for side, end in (("earlier", first), ("later", last)) if known and not end),
    )


def _axis(shown: Sequence[Entry], line: Line) -> tuple[Label, ...]:
    """The days that most articles give themselves, as far as there is room."""
    counted = Counter(found for entry in shown if (found := _day(entry.article.published)))
    days = [found for found in counted if line.days and line.days[0] <= found <= line.days[-1]]
    ends = {min(days), max(days)} if days else set()
    room = Room(LETTERS)
    for found in sorted(days, key=lambda found: (found not in ends, -counted[found], found)):
        room.add(line.at(found), plain_day(found.isoformat()))
    return tuple(sorted(room.labels, key=lambda label: label.at))


# --- links -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Links of one sort from one article, with the chance of the best."""

    source: int
    sort: str
    chance: float
    arrows: tuple[Arrow, ...]

    @property
    def ends(self) -> tuple[int, int]:
        heights = [self.source, *(arrow.y for arrow in self.arrows)]
        return min(heights), max(heights)


def _bundles(links: Iterable[Derivation], heights: dict[str, int], names: Names) -> list[_Bundle]:
    found: defaultdict[tuple[int, str], list[tuple[float, Arrow]]] = defaultdict(list)
    taken: Counter[int] = Counter()
    for link in links:
        source, copy, chance = wording.copied(link) or (link.earlier, link.later, link.common)
        style = _style(link, chance)
        y = heights[copy]
        arrow = Arrow(y + _beside(taken[y]), style, wording.copied(link) is not None, wording.way(link, names))
        taken[y] += 1
        found[heights[source], SORTS[style]].append((chance, arrow))
    return [
        _Bundle(source, sort, max(chance for chance, _ in each), tuple(arrow for _, arrow in each))
        for (source, sort), each in found.items()
    ]


def _style(link: Derivation, chance: float) -> Style:
    if wording.copied(link) is not None:
        return "sure" if chance >= wording.SURE else "likely"
    return "common" if link.way == "common source" else "unclear"


def _beside(before: int) -> int:
    """How far from the middle of a row an arrow ends that comes after so many others."""
    return (0, -6, 6, -11, 11)[before % 5]


def _placed(bundles: Sequence[_Bundle]) -> list[tuple[int, _Bundle]]:
    """Each bundle with its lane, counted from the rows on; those that say most get theirs first."""
    sorts = list(dict.fromkeys(SORTS.values()))
    free: list[list[tuple[int, int]]] = []
    placed: list[tuple[int, _Bundle]] = []
    for bundle in sorted(bundles, key=lambda each: (sorts.index(each.sort), -len(each.arrows), -each.chance)):
        top, bottom = bundle.ends
        lane = next((at for at, used in enumerate(free) if all(bottom < a or b < top for a, b in used)), len(free))
        if lane == MOST_LANES:
            continue
        if lane == len(free):
            free.append([])
        free[lane].append((top, bottom))
        placed.append((lane, bundle))
    longest = {at: max(bottom - top for top, bottom in used) for at, used in enumerate(free)}
    near = {lane: place for place, lane in enumerate(sorted(longest, key=lambda at: longest[at]))}
    return [(near[lane], bundle) for lane, bundle in placed]


def _lane(place: int, bundle: _Bundle, width: int) -> Lane:
    x = width - EDGE - LANE * (place + 1) - 4
    return Lane(x, *bundle.ends, bundle.source, bundle.sort, bundle.arrows)
