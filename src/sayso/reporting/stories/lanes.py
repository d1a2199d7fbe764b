"""A story in lanes: time to the right, a lane an outlet, articles as marks, and lines from each to those that have it
from there.

Each row is drawn by itself, with what passes through it, as the history of a program is drawn beside its commits: so
rows can be folded away and unfolded, and a page needs no script for it. Places are shares of the width (0 to 1), for
phones as for desks; what has to keep clear of the marks is in pixels beside them.

Rows stand in the order of the tree (`tree`): what has it from an article comes below it. Of many outlets, those stay
in sight that others have it from, and those that may be first; the others are folded into groups.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from math import log1p
from typing import Literal

from sayso.model import Entry, Origins, Story
from sayso.reporting.labels import counted, shortened
from sayso.reporting.stories.naming import Names, outlet
from sayso.reporting.stories.tree import Root, Style, Taken, Tree, descend, tree
from sayso.reporting.timeline import Line, Room

SHOWN = 36  # lanes that are drawn without folding any
KEPT = 20  # lanes of more that stay in sight
FEW = 3  # lanes that are no group, and articles that may be first and are called so
MOST_OF = 0.5  # of a group's articles, from which a line leads to all of them
MANY_FIRST = 12  # articles that may have been first, above which they are not marked
MAY_BE_FIRST = 6  # of those that may have been first, how many stay in sight
WIDE = 2  # days between the first and the last possible day that a given day stands for: time zones
LONGEST = 2.0  # of a stretch of time, as the logarithm of its days: longer ones are broken
APART = 0.045  # of the width between two marks of a row, to be told apart on a phone
PILLS = 0.085  # the same for marks with a number on them
LETTERS, MORE_LETTERS = 40, 120  # above the rows on a phone, and on a desk
EDGE = 0.025
BEHIND = 0.06  # of the width, for those who are behind articles
UNDATED = 0.13  # of the width, for articles without a date
OFFSET, SLOT, SLOTS = 12, 6, 5  # pixels from a mark to the line that goes to other rows, and between such lines
Kind = Literal["outlet", "root", "group"]


@dataclass(frozen=True, slots=True)
class Mark:
    """An article, a root, or several articles of a group, at its place.

    `first` and `last` are the ends of the days on which it can have been published, where that is worth a bar; `open`
    are the sides on which no day is known. `styles` say what it is.
    """

    at: float
    title: str
    article: str = ""
    target: str = ""
    count: int = 1
    styles: tuple[str, ...] = ()
    first: float | None = None
    last: float | None = None
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """What passes through a row: the line from the mark at `at`, `gap` pixels to its right, above or below or both.

    `folded`: below it goes on into rows of a group, and is not seen while they are folded.
    """

    at: float
    gap: int
    style: Style
    above: bool
    below: bool
    folded: bool = False
    starts: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """The line from a thread to a mark of the row; a `stub` ends beside it, for few of many articles."""

    at: float
    gap: int
    to: float
    style: Style
    title: str
    stub: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the drawing; the rows of a group lie inside of it. `depth`: how many others it hangs from, in a line."""

    kind: Kind
    name: str
    note: str = ""
    target: str = ""
    tags: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    threads: tuple[Thread, ...] = ()
    branches: tuple[Branch, ...] = ()
    inside: tuple["Row", ...] = ()
    depth: int = 0

    @property
    def count(self) -> int:
        """How many articles are in it."""
        return sum(mark.count for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Day:
    """A day above the rows. Its name ends at its place if it `ends`; if it is `wide`, a phone has no room for it."""

    at: float
    text: str
    ends: bool
    wide: bool


@dataclass(frozen=True, slots=True)
class Lanes:
    """The rows, the days above them, where the undated ones stand (None if there are none), and what is in it."""

    rows: tuple[Row, ...]
    days: tuple[Day, ...]
    breaks: tuple[float, ...]
    undated: float | None
    start: float
    signs: tuple[str, ...]
    left: int
    articles: int
    outlets: int = 0
    span: tuple[str, str] | None = None
    """The first day and the last."""
    unmarked: int = 0
    """How many may have been first, where these are too many to be marked."""

    @property
    def summary(self) -> str:
        """What is drawn, in words."""
        told = f"{counted(self.articles, 'article')} of {counted(self.outlets, 'outlet')}"
        when = f", from {self.span[0]} to {self.span[1]}" if self.span and self.span[0] != self.span[1] else ""
        return told + when


@dataclass(slots=True)
class _Lane:
    """An outlet and its articles, or a root."""

    key: str
    name: str
    entries: list[Entry] = field(default_factory=list)
    root: Root | None = None


class Scale(Line):
    """A line of days on which no stretch is longer than `LONGEST`, however many days are in it."""

    def __init__(self, days: Iterable[date], start: float) -> None:
        super().__init__(days, LONGEST)
        self.start = start

    def place(self, day: date) -> float:
        """Where a day stands in the drawing."""
        return self.start + (1 - EDGE - self.start) * self.at(day)

    def breaks(self) -> Iterator[float]:
        """The middles of the stretches that are longer than they are drawn."""
        for early, late in pairwise(self.days):
            if log1p((late - early).days) > LONGEST:
                yield (self.place(early) + self.place(late)) / 2


def lanes(story: Story, origins: Origins | None = None) -> Lanes:
    """The drawing of a story; with the origins of a claim, those who are behind it stand above the outlets.

    >>> lanes(Story("id", (), ())).rows
    ()
    """
    if len(story.entries) < 2:
        return Lanes((), (), (), None, 0.0, (), 0, len(story.entries))
    return _Drawing(story, origins).drawn()


class _Drawing:
    """The work on one drawing."""

    def __init__(self, story: Story, origins: Origins | None) -> None:
        self.story = story
        self.names = Names(story.entries, story.asked)
        self.first = self.names.oldest(story.first)
        self.tree: Tree = tree(story, self.names, origins)
        self.lanes = _by_outlet(story.entries, self.tree.roots)
        self.lane_of = {entry.id: lane.key for lane in self.lanes.values() for entry in lane.entries}
        self.lane_of |= {root.id: root.id for root in self.tree.roots}
        given = {entry.id: _given(entry) for entry in story.entries}
        undated = [key for key, found in given.items() if found is None]
        behind = BEHIND if self.tree.roots else 0.0
        self.undated = EDGE + behind + UNDATED / 2 if undated else None
        start = EDGE + behind + (UNDATED if undated else 0.0) + EDGE
        self.scale = Scale([day for entry in story.entries for day in _bounds(entry)], start)
        self.places = {key: self.scale.place(found) if found else self.undated or EDGE for key, found in given.items()}
        self.places |= {root.id: EDGE for root in self.tree.roots}

    def drawn(self) -> Lanes:
        rows = self._threaded(self._rows())
        flat = [inner for row in rows for inner in (row, *row.inside)]
        days = [given for entry in self.story.entries if (given := _given(entry))]
        return Lanes(
            rows=rows,
            days=tuple(self._days()),
            breaks=tuple(self.scale.breaks()),
            undated=self.undated,
            start=self.scale.start,
            signs=_signs(flat),
            left=self.story.left,
            articles=len(self.story.entries),
            outlets=sum(1 for lane in self.lanes.values() if lane.root is None),
            span=(_short(min(days)), _short(max(days))) if days else None,
            unmarked=0 if self._marks_first() else len(self.first),
        )

    def _marks_first(self) -> bool:
        return len(self.first) <= MANY_FIRST

    # --- rows ---

    def _rows(self) -> list[Row]:
        """The rows in their order, without what connects them."""
        above = self._parents()
        below: defaultdict[str, list[str]] = defaultdict(list)
        for key, parent in above.items():
            below[parent].append(key)
        kept = self._kept(above)
        order = descend(below[""], lambda key: below[key])
        groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for key in order:
            if key not in kept:
                groups[self._group(key, above, kept)].append(key)
        found: list[Row] = []
        for key in (*(key for key in order if key in kept), ""):
            depth = sum(1 for _ in _upward(key, above))
            found += [replace(row, depth=depth - 1) for row in (self._of_lane(self.lanes[key]) if key else ())]
            for (parent, how), members in groups.items():
                if parent == key:
                    found += [_hung(row, depth) for row in self._of_group(how, members)]
        return found

    def _parents(self) -> dict[str, str]:
        """For each lane the lane that its first article is drawn below, "" for those that stand for themselves."""
        found = {root.id: "" for root in self.tree.roots}
        for key, lane in self.lanes.items():
            links = [self.tree.main[entry.id] for entry in lane.entries if entry.id in self.tree.main]
            sources = [self.lane_of[link.source] for link in links]
            parent = next((source for source in sources if source != key and not _under(source, key, found)), "")
            found.setdefault(key, parent)
        return found

    def _kept(self, above: Mapping[str, str]) -> set[str]:
        """The lanes that stay in sight: all, if they are few."""
        if len(above) <= SHOWN:
            return set(above)
        takers = Counter(parent for parent in above.values() if parent)
        first = [self.lane_of[key] for key in self.first if key in self.lane_of]
        asked = self.lane_of.get(self.story.asked, "")
        wanted = [*(root.id for root in self.tree.roots), asked, *list(dict.fromkeys(first))[:MAY_BE_FIRST]]
        wanted += [key for key, count in takers.most_common() if count >= FEW]
        kept: set[str] = set()
        for key in wanted:
            line = list(_upward(key, above))
            if len(kept) < KEPT or key == asked:
                kept.update(line)
        return kept

    def _group(self, key: str, above: Mapping[str, str], kept: set[str]) -> tuple[str, str]:
        """The lane in sight that a folded one hangs from, and how the uppermost folded one between them does."""
        top = key
        for at in _upward(key, above):
            if at in kept:
                return at, self._how(top, at)
            top = at
        return "", ": source not told"

    def _how(self, key: str, parent: str) -> str:
        """What an outlet did with what it has from another, whose row stands above."""
        of = [self.tree.main.get(entry.id) for entry in self.lanes[key].entries]
        links = [one for one in of if one and self.lane_of[one.source] == parent]
        if any(one.whole for one in links):
            return "have nearly all of it"
        return "have parts of it, or reworked" if any(one.copied for one in links) else "name it as their source"

    def _of_lane(self, lane: _Lane) -> Iterator[Row]:
        """The rows of an outlet: one, or more where its articles would stand on each other."""
        if lane.root is not None:
            styles = ("root", *(("hollow",) if lane.root.hollow else ()), *(("absent",) if lane.root.absent else ()))
            title = f"{lane.root.name}: {lane.root.note}".removesuffix(": ")
            mark = Mark(EDGE, title, lane.root.id, styles=styles)
            yield Row("root", lane.name, lane.root.note, marks=(mark,))
            return
        rows: list[list[Mark]] = []
        for mark in sorted(map(self._mark, lane.entries), key=lambda mark: mark.at):
            free = next((row for row in rows if mark.at - row[-1].at >= APART), None)
            if free is None:
                rows.append(free := [])
            free.append(mark)
        note = counted(len(lane.entries), "article") if len(lane.entries) > 1 else ""
        tags = tuple(dict.fromkeys(tag for entry in lane.entries for tag in self._tags(entry)))
        target = self.names.anchor(lane.entries[0].id) or ""
        for number, marks in enumerate(rows):
            told = (note, tags) if not number else ("", ())
            yield Row(
                "outlet", lane.name if not number else f"{lane.name}, further", told[0], target, told[1], tuple(marks)
            )

    def _of_group(self, how: str, members: Sequence[str]) -> list[Row]:
        rows = [row for key in members for row in self._of_lane(self.lanes[key])]
        if len(members) <= FEW:
            return rows
        marks = [mark for row in rows for mark in row.marks]
        number = counted(len(members), "outlet")
        note = counted(len(marks), "article") if len(marks) != len(members) else ""
        return [
            Row("group", f"{number} {how}".replace(" :", ":"), note, marks=tuple(_pills(marks)), inside=tuple(rows))
        ]

    def _mark(self, entry: Entry) -> Mark:
        first, last = _day(entry.earliest), _day(entry.latest)
        bar = _is_wide(entry)
        place = self.scale.place
        title = f"{self.names.dated(entry.id, begins=True)}: {shortened(entry.article.title or '', 100)}"
        own = ("own",) if entry.id in self.tree.own else ()
        return Mark(
            at=self.places[entry.id],
            title=title.removesuffix(": "),
            article=entry.id,
            target=self.names.anchor(entry.id) or "",
            styles=(*(tag.replace(" ", "-") for tag in self._roles(entry)), *own),
            first=place(first or last or date.min) if bar else None,
            last=place(last or first or date.min) if bar else None,
            open=tuple(side for side, end in (("earlier", first), ("later", last)) if bar and not end),
        )

    def _roles(self, entry: Entry) -> Iterator[str]:
        if entry.id == self.story.asked:
            yield "asked"
        if entry.id in self.first and self._marks_first():
            yield "first"

    def _tags(self, entry: Entry) -> Iterator[str]:
        if entry.id == self.story.asked:
            yield "asked about"
        if entry.id in self.first and len(self.first) <= FEW:
            yield "first" if len(self.first) == 1 else "may be first"

    def _days(self) -> Iterator[Day]:
        """The day of most articles, the first and the last, and others as far as there is room."""
        found = Counter(given for entry in self.story.entries if (given := _given(entry)))
        if not found:
            return
        most, first, last = found.most_common(1)[0][0], min(found), max(found)
        named: dict[date, Day] = {}
        for letters in (LETTERS, MORE_LETTERS):
            room = Room(letters)
            for each in (*named, most, last, first, *(each for each, _ in found.most_common())):
                before = len(room.labels)
                room.add(self.scale.place(each), _short(each))
                if len(room.labels) > before:
                    label = room.labels[-1]
                    named.setdefault(each, Day(label.at, label.text, label.ends, letters == MORE_LETTERS))
        yield from sorted(named.values(), key=lambda day: day.at)

    # --- what connects them ---

    def _threaded(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows with the lines between them."""
        flat = [inner for row in rows for inner in (row, *row.inside)]
        heights = {mark.article: n for n, row in enumerate(flat) if row.kind != "group" for mark in row.marks}
        group_of = {n + k: n for n, row in enumerate(flat) if row.inside for k in range(1, len(row.inside) + 1)}
        links = [one for one in (*self.tree.main.values(), *self.tree.more) if _is_drawn(one, heights, group_of)]
        threads = _placed(_spans(links, heights, self.places))
        made = [self._connected(n, row, threads, heights, group_of) for n, row in enumerate(flat)]
        found, at = [], 0
        for row in rows:
            inside = made[at + 1 : at + 1 + len(row.inside)]
            found.append(replace(made[at], inside=tuple(inside)))
            at += 1 + len(row.inside)
        return tuple(found)

    def _connected(
        self, n: int, row: Row, threads: Sequence["_Span"], heights: Mapping[str, int], group_of: Mapping[int, int]
    ) -> Row:
        end = n + len(row.inside)
        passing = []
        for one in threads:
            if one.top == one.bottom or not (one.top <= end and n <= one.bottom):
                continue
            if group_of.get(one.source) == n:
                continue
            above, below = one.top < n, one.bottom > n
            folded = bool(row.inside) and one.bottom <= end
            passing.append(Thread(one.at, one.gap, one.style, above, below, folded, one.source == n))
        branches = [branch for one in threads for branch in self._branches(n, row, one, heights, group_of)]
        return replace(row, threads=tuple(passing), branches=tuple(branches))

    def _branches(
        self, n: int, row: Row, one: "_Span", heights: Mapping[str, int], group_of: Mapping[int, int]
    ) -> Iterator[Branch]:
        if row.kind != "group":
            for link in one.links:
                if heights[link.taker] == n:
                    yield Branch(one.at, one.gap, self.places[link.taker], link.style, link.sentence)
            return
        inner = [link for link in one.links if group_of.get(heights[link.taker]) == n]
        if not inner or group_of.get(one.source) == n:
            return
        title = f"{len(inner)} of these {counted(row.count, 'article')}"
        if len(inner) < MOST_OF * row.count:
            yield Branch(one.at, one.gap, one.at, one.style, title, True)
            return
        ends = (row.marks[0].at, row.marks[-1].at)
        beyond = {end for end in ends if end > one.at} if ends[0] >= one.at else set(ends)
        for end in sorted(beyond if ends[0] < one.at < ends[1] else {max(ends, key=lambda end: abs(end - one.at))}):
            yield Branch(one.at, one.gap, end, one.style, title)


@dataclass(frozen=True, slots=True)
class _Span:
    """The line of one article and one style over the rows, from the row of the article to all that have it from it."""

    source: int
    at: float
    style: Style
    links: tuple[Taken, ...]
    top: int
    bottom: int
    gap: int = OFFSET


def _spans(links: Iterable[Taken], heights: Mapping[str, int], places: Mapping[str, float]) -> list[_Span]:
    by: defaultdict[tuple[str, Style], list[Taken]] = defaultdict(list)
    for link in links:
        by[link.source, link.style].append(link)
    found = []
    for (source, style), those in by.items():
        rows = [heights[source], *(heights[link.taker] for link in those)]
        found.append(_Span(heights[source], places[source], style, tuple(those), min(rows), max(rows)))
    return found


def _placed(spans: Sequence[_Span]) -> list[_Span]:
    """Each line at a distance from its mark at which no other runs beside the same rows, as far as there is room."""
    done: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span.bottom - span.top, span.top)):
        near = [
            one for one in done if abs(one.at - span.at) < APART and one.top <= span.bottom and span.top <= one.bottom
        ]
        taken = {one.gap for one in near}
        gaps = [OFFSET + SLOT * slot for slot in range(SLOTS)]
        done.append(replace(span, gap=next((gap for gap in gaps if gap not in taken), gaps[-1])))
    return done


def _is_drawn(link: Taken, heights: Mapping[str, int], group_of: Mapping[int, int]) -> bool:
    """Whether both ends are there, and the line does not begin in a group and end outside of it."""
    if link.source not in heights or link.taker not in heights:
        return False
    begins = group_of.get(heights[link.source])
    return begins is None or begins == group_of.get(heights[link.taker])


def _by_outlet(entries: Iterable[Entry], roots: Iterable[Root]) -> dict[str, _Lane]:
    """The lanes in the order of their first articles, after those who are behind them."""
    found = {root.id: _Lane(root.id, root.name, root=root) for root in roots}
    for entry in entries:
        name = outlet(entry)
        lane = found.setdefault(f"outlet {name}", _Lane(f"outlet {name}", name))
        lane.entries.append(entry)
    return found


def _upward(key: str, above: Mapping[str, str]) -> Iterator[str]:
    while key:
        yield key
        key = above.get(key, "")


def _under(key: str, of: str, above: Mapping[str, str]) -> bool:
    """Whether a lane hangs from another."""
    return of in _upward(key, above)


def _hung(row: Row, depth: int) -> Row:
    return replace(row, depth=depth, inside=tuple(_hung(inner, depth) for inner in row.inside))


def _pills(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks of many articles as few with a number, far enough from each other."""
    ordered = sorted(marks, key=lambda mark: mark.at)
    group: list[Mark] = []
    for mark in ordered:
        if group and mark.at - group[0].at >= PILLS:
            yield _pill(group)
            group = []
        group.append(mark)
    if group:
        yield _pill(group)


def _pill(marks: Sequence[Mark]) -> Mark:
    at = (marks[0].at + marks[-1].at) / 2
    return Mark(at, counted(len(marks), "article"), count=len(marks), styles=("several",))


def _signs(rows: Sequence[Row]) -> tuple[str, ...]:
    """What has to be explained, of all that can be in a drawing."""
    marks = [mark for row in rows for mark in row.marks]
    there = {style for mark in marks for style in mark.styles} | {
        branch.style for row in rows for branch in row.branches
    }
    there |= {"bar"} if any(mark.first is not None for mark in marks) else set()
    there |= {"named"} if any("root" in m.styles and not {"hollow", "absent"} & {*m.styles} for m in marks) else set()
    return tuple(sign for sign in SIGNS if sign in there)


SIGNS: Mapping[str, str] = {
    "asked": "the article asked about",
    "first": "may have been first",
    "copied": "has its text from there, as the texts tell, directly or through others",
    "stated": "says itself that it has it from there",
    "named": "somebody who is named as the source",
    "hollow": "a source that nobody names: there is nobody to ask",
    "own": "says it with nobody behind it, and nothing shows that it has it from elsewhere",
    "absent": "an outlet that is cited, and of which the corpus has no article",
    "several": "so many articles of a group, about these days",
    "bar": "the days on which it can have been published",
}
CAPTION = (
    "An arrow points at who has it from there; of each article the likeliest way is drawn, the list below has all. A "
    "day stands for the day before and after as well, for time zones. Time is not to scale: the longer a stretch, the "
    "more it is squeezed."
)


# --- days ------------------------------------------------------------------------------------------------------------


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _short(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _given(entry: Entry) -> date | None:
    """The day that an article stands on: the one it gives, else the middle of those that are possible.

    None where it is open on a side: that it was there when somebody fetched it is no date.
    """
    first, last, given = _day(entry.earliest), _day(entry.latest), _day(entry.article.published)
    if given and (first or last) and (first or given) <= given <= (last or given):
        return given
    return first + (last - first) / 2 if first and last else None


def _is_wide(entry: Entry) -> bool:
    """Whether an article's possible days are more than the day that it gives, and one on either side."""
    first, last = _day(entry.earliest), _day(entry.latest)
    if _given(entry) is None:
        return False
    return first is None or last is None or (last - first).days > WIDE


def _bounds(entry: Entry) -> Iterator[date]:
    ends = (_day(entry.earliest), _day(entry.latest)) if _is_wide(entry) else ()
    yield from (each for each in (*ends, _given(entry)) if each)
