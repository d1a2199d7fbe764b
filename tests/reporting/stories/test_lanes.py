"""The drawing in lanes: every article stands on its day, every line leads from whom it is to who has it, nothing overlaps."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from sayso.model import Derivation, Entry, Story
from sayso.reporting.stories.lanes import APART, PILLS, SHOWN, Lanes, Row, lanes
from sayso.reporting.stories.naming import Names
from sayso.reporting.stories.tree import tree

from .sample import ENTRIES, ORIGINS, STORY, article, wire_story


def flat(drawing: Lanes) -> list[Row]:
    """All rows from the top, those of groups below their groups."""
    return [inner for row in drawing.rows for inner in (row, *row.inside)]


def spread(count: int, seed: int) -> Story:
    """Outlets that have it from each other as chance will have it, some without a date."""
    chance = random.Random(seed)
    entries: list[Entry] = []
    links = []
    for n in range(count):
        day = chance.choice((None, 1, 2, 3, 20)) if n else 1
        given = f"2024-05-{day:02}" if day else None
        one = article(f"n{n}", f"text {n}", f"Outlet {chance.randrange(count)}", given)
        entries.append(Entry(one, n, given, given))
        if n and chance.random() < 0.9:
            source, chances = chance.choice(entries[:-1]).id, (chance.uniform(0.5, 1), 0, 0, 0)
            links.append(Derivation(source, one.id, *chances, "later from earlier", (), 1, chance.random()))
    return Story(chance.choice(entries).id, tuple(entries), ("n0",), tuple(links))


STORIES = {
    "sample": STORY,
    "wire": wire_story(300),
    "wire of few": wire_story(12),
    **{f"spread {seed}": spread(count, seed) for seed, count in enumerate((2, 5, 30, 60, 300))},
}


@pytest.fixture(params=STORIES)
def story(request: pytest.FixtureRequest) -> Story:
    return STORIES[request.param]


def test_the_rows_of_a_story() -> None:
    assert [(row.kind, row.name, row.depth, row.tags) for row in lanes(STORY).rows] == [
        ("root", "Tallow Radio", 0, ()),
        ("outlet", "Northern Wire", 0, ("may be first",)),
        ("outlet", "blog.example", 1, ("may be first",)),
        ("outlet", "Lowland Courier", 1, ("asked about",)),
        ("outlet", "Mercia Gazette", 2, ()),
    ]


def test_what_an_article_says_itself_is_told_from_what_the_texts_tell() -> None:
    links = [(link.title, link.style) for row in lanes(STORY).rows for link in row.branches]
    assert links == [
        ("blog.example very likely has it from Northern Wire", "copied"),
        ("This article very likely has it from Northern Wire", "copied"),
        ("This article gives a credit to Tallow Radio (no article of it in the corpus)", "stated"),
        ("Mercia Gazette almost certainly has it from this article, and says so", "stated"),
    ]


def test_those_behind_a_claim_stand_above_and_who_is_not_named_is_hollow() -> None:
    drawing = lanes(STORY, ORIGINS)
    behind = {row.name: row.marks[0].styles for row in drawing.rows if row.kind == "root"}
    assert behind == {"two port workers": ("root", "hollow"), "Tallow Radio": ("root", "absent")}
    [wire] = [row for row in drawing.rows if row.name == "Northern Wire"]
    assert [link.title for link in wire.branches] == ["Northern Wire (3 May 2024) gives two port workers for it"]


def test_every_article_is_drawn_once(story: Story) -> None:
    drawn = [mark.article for row in flat(lanes(story)) for mark in row.marks if row.kind == "outlet"]
    assert sorted(drawn) == sorted(entry.id for entry in story.entries)


def test_marks_stand_in_the_order_of_their_days_and_the_undated_apart(story: Story) -> None:
    drawing = lanes(story)
    places = {mark.article: mark.at for row in flat(drawing) for mark in row.marks}
    dated = [entry for entry in story.entries if entry.article.published]
    for one, other in pairwise(sorted(dated, key=lambda entry: entry.article.published or "")):
        same = one.article.published == other.article.published
        assert places[one.id] == places[other.id] if same else places[one.id] < places[other.id]
    undated = {places[entry.id] for entry in story.entries if entry.earliest is None and entry.latest is None}
    assert undated <= {drawing.undated}
    assert all(drawing.start <= places[entry.id] <= 1 for entry in dated)


def test_nothing_lies_on_anything_else(story: Story) -> None:
    drawing = lanes(story)
    for row in flat(drawing):
        least = PILLS if row.kind == "group" else APART
        assert all(late.at - early.at >= least * 0.5 for early, late in pairwise(row.marks))
    for wide in (False, True):
        days = [day for day in drawing.days if wide or not day.wide]
        letters = 120 if wide else 40
        ends = [
            (day.at - len(day.text) / letters, day.at) if day.ends else (day.at, day.at + len(day.text) / letters)
            for day in days
        ]
        assert all(early[1] < late[0] for early, late in pairwise(sorted(ends)))


def test_each_line_runs_from_the_row_of_its_source_to_that_of_its_taker(story: Story) -> None:
    rows = flat(lanes(story))
    heights = {mark.article: n for n, row in enumerate(rows) for mark in row.marks if row.kind == "outlet"}
    groups = {id(inner): n for n, row in enumerate(rows) for inner in row.inside}
    for link in tree(story, Names(story.entries, story.asked)).main.values():
        start, end = heights[link.source], heights[link.taker]
        found = [branch for branch in rows[end].branches if branch.title == link.sentence]
        if id(rows[start]) in groups and groups[id(rows[start])] != groups.get(id(rows[end])):
            assert found == []  # it would begin in a folded group and end elsewhere
            continue
        [branch] = found
        for n in range(min(start, end) + 1, max(start, end)):
            if not (rows[n].inside and id(rows[start]) in groups):
                lines = [one for one in rows[n].threads if (one.at, one.gap) == (branch.at, branch.gap)]
                assert any(one.above and one.below for one in lines)


def test_of_many_outlets_few_rows_are_in_sight_and_all_are_counted() -> None:
    drawing = lanes(wire_story(300))
    assert len(drawing.rows) <= SHOWN
    [group] = [row for row in drawing.rows if row.kind == "group"]
    assert (group.name, group.count, len(group.inside)) == ("298 outlets have nearly all of it", 298, 298)
    assert sum(row.count for row in drawing.rows) == 300
    assert "asked about" in {tag for row in drawing.rows for tag in row.tags}


def test_an_outlet_with_two_articles_of_a_day_has_two_rows() -> None:
    twice = replace(ENTRIES[2], article=replace(ENTRIES[2].article, id="again"))
    rows = lanes(replace(STORY, entries=(*ENTRIES, twice))).rows
    assert [row.name for row in rows if row.name.startswith("Lowland")] == [
        "Lowland Courier",
        "Lowland Courier, further",
    ]


def test_a_day_is_no_bar_and_three_are() -> None:
    wide = replace(ENTRIES[3], earliest="2024-05-05", latest="2024-05-12")
    marks = {m.article: m for row in lanes(replace(STORY, entries=(*ENTRIES[:3], wide))).rows for m in row.marks}
    assert marks["c0ffee01"].first is None
    first, at, last = marks["c0ffee04"].first, marks["c0ffee04"].at, marks["c0ffee04"].last
    assert first is not None and last is not None and first < at < last  # noqa: PT018
