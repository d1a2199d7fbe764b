"""The claims that a story's articles share, by outlets: who says it, and whether in the same words.

Claims are sentences of the article that was asked about. Who has one is told by the passages that it shares with the
others; where the origins of a claim were counted, those too that say it in words of their own.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.corpus.vocabulary import sentences
from sayso.model import Entry, Origins, Span, Story, words_of
from sayso.reporting import labels
from sayso.reporting.stories import originview
from sayso.reporting.stories.naming import THIS, Names, outlet
from sayso.reporting.stories.stretches import from_asked

MOST_CLAIMS = 6
SHORTEST = 6  # words of a sentence that is shown as a claim
MOST_OF = 0.6  # of a sentence that must stand elsewhere
MANY = 14  # outlets, from which those with the same cells share a row
MOST_ROWS = 20
LIKELY = 0.5  # the chance from which an origin is named as one
NAMED = 3  # origins that are named beside their number

How = Literal["same", "reworked", "differs", "other words", ""]
HOW: Mapping[How, tuple[str, str]] = {
    "same": ("=", "word for word"),
    "reworked": ("≈", "reworked"),
    "differs": ("≠", "a number, a name, a source or the certainty differs"),
    "other words": ("~", "in words of its own"),
    "": ("·", "not found there"),
}
ORDER: tuple[How, ...] = ("differs", "same", "reworked", "other words", "")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that several articles have; `answer` is on how many origins it rests, "" if they were not counted."""

    number: int
    text: str
    carried: str
    answer: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """How an outlet has a claim, and what differs in its words, in a sentence."""

    how: How
    title: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """Outlets that have the same of all claims; the anchor is that of the article of the only one."""

    outlets: tuple[str, ...]
    target: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The claims, a column each, and the rows; in `folded` are those for which there is no room at first."""

    claims: tuple[Claim, ...]
    rows: tuple[GridRow, ...]
    folded: tuple[GridRow, ...]


def claims(story: Story) -> tuple[str, ...]:
    """The sentences of the asked article that most others have, in the order of the text.

    >>> claims(Story("id", (), ()))
    ()
    """
    asked = next((entry for entry in story.entries if entry.id == story.asked), None)
    return tuple(span.of(asked.article.text) for span, _ in _chosen(story, asked)) if asked else ()


def grid(story: Story, counted: Mapping[str, Origins] | None = None) -> Grid:
    """The grid of a story; `counted` are the origins of those claims for which they are known, by the claim."""
    names = Names(story.entries, story.asked)
    asked = names.entries.get(story.asked)
    if asked is None:
        return Grid((), (), ())
    shown, columns = [], []
    for number, (span, found) in enumerate(_chosen(story, asked), 1):
        text = span.of(asked.article.text)
        origins = (counted or {}).get(text)
        cells = _cells(story, span, found, origins)
        columns.append(cells)
        shown.append(_claim(number, text, cells, origins, names))
    rows = _rows(story, columns, names) if shown else []
    return Grid(tuple(shown), tuple(rows[:MOST_ROWS]), tuple(rows[MOST_ROWS:]))


def _chosen(story: Story, asked: Entry) -> list[tuple[Span, dict[str, How]]]:
    """The sentences that most others have, and how each of these has it."""
    article = asked.article
    has: list[tuple[Span, dict[str, How]]] = []
    for span in sentences(article.text):
        headline = any(span.overlaps(one) for one in article.title_spans) or span.of(article.text) == article.title
        if not headline and len(span.of(article.text).split()) >= SHORTEST:
            has.append((span, {}))
    there: defaultdict[str, str] = defaultdict(str)
    texts = {entry.id: entry.article.text for entry in story.entries}
    for found in from_asked(story):
        there[found.article] += f" {_bare(words_of(found.there, texts.get(found.article, '')))} "
        for span, by in has:
            common = sum(max(0, min(span.end, one.end) - max(span.start, one.start)) for one in found.spans)
            if common >= MOST_OF * (span.end - span.start):
                by[found.article] = "reworked"
    most = sorted((one for one in has if one[1]), key=lambda one: (-len(one[1]), one[0].start))[:MOST_CLAIMS]
    for span, by in most:
        words = f" {_bare(span.of(article.text))} "
        by.update({key: "same" for key in by if words in there[key]})
    return sorted(most, key=lambda one: one[0].start)


def _bare(text: str) -> str:
    """The words of a text without capitals and punctuation.

    >>> _bare("“We have sent a boat,” she said.")
    'we have sent a boat she said'
    """
    return " ".join(re.findall(r"\w+", text.casefold()))


def _cells(story: Story, span: Span, found: Mapping[str, How], origins: Origins | None) -> dict[str, Cell]:
    """How each article has a claim, the asked one included."""
    cells = {key: Cell(how, HOW[how][1]) for key, how in found.items()}
    for carrier in origins.carriers if origins else ():
        cells.setdefault(carrier.article, Cell("other words", HOW["other words"][1]))
    for article, message in _differing(story, span):
        if article in cells:
            cells[article] = Cell("differs", message)
    return {**cells, story.asked: Cell("same", "says so")}


def _differing(story: Story, span: Span) -> Iterator[tuple[str, str]]:
    """The articles in which something of a sentence of the asked one is told otherwise, and what."""
    for link in story.derivations:
        if story.asked not in (link.earlier, link.later):
            continue
        is_earlier = link.earlier == story.asked
        for change in link.changes:
            here = change.before if is_earlier else change.after
            if change.before and change.after and any(one.overlaps(span) for one in here):
                yield (link.later if is_earlier else link.earlier), change.message


def _claim(number: int, text: str, cells: Mapping[str, Cell], origins: Origins | None, names: Names) -> Claim:
    outlets = {outlet(names.entries[key]) for key in cells if key in names.entries}
    carried = f"in {labels.counted(len(cells), 'article')} of {labels.counted(len(outlets), 'outlet')}"
    if origins is None:
        return Claim(number, text, carried, "", ())
    found = sorted(origins.origins, key=lambda each: (-each.chance, -len(each.articles)))[: origins.most]
    named = [originview.name_of(each) for each in found if each.chance >= 0.5] or [
        originview.name_of(each) for each in found
    ]
    more = (f"{len(named) - NAMED} more",) if len(named) > NAMED else ()
    return Claim(number, text, carried, originview.answer(origins), (*named[:NAMED], *more))


def _rows(story: Story, columns: Sequence[Mapping[str, Cell]], names: Names) -> list[GridRow]:
    """The asked article's row first, then the outlets that have most; of many, those with the same in one row."""
    by: defaultdict[str, list[str]] = defaultdict(list)
    for entry in story.entries:
        by[THIS if entry.id == story.asked else outlet(entry)].append(entry.id)
    rows = []
    for name, keys in by.items():
        cells = tuple(_best([column[key] for key in keys if key in column]) for column in columns)
        if any(cell.how for cell in cells):
            rows.append(GridRow((name,), names.anchor(keys[0]), cells))
    if len(rows) > MANY:
        rows = _gathered(rows)
    return sorted(
        rows, key=lambda row: (THIS not in row.outlets, -sum(1 for cell in row.cells if cell.how), -len(row.outlets))
    )


def _best(cells: Sequence[Cell]) -> Cell:
    return min(cells, key=lambda cell: ORDER.index(cell.how), default=Cell("", HOW[""][1]))


def _gathered(rows: Sequence[GridRow]) -> list[GridRow]:
    groups: defaultdict[tuple[object, ...], list[GridRow]] = defaultdict(list)
    for row in rows:
        own = THIS in row.outlets
        groups[own, *(cell.how if cell.how != "differs" else cell for cell in row.cells)].append(row)
    return [
        row[0] if len(row) == 1 else GridRow(tuple(each.outlets[0] for each in row), None, row[0].cells)
        for row in groups.values()
    ]
