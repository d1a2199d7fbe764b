"""The chains as one tree: from the outlet down to the last sources given, with where every line and ring goes.

A tree read from the top fits a phone as well as a desk; one chain a line, drawn sideways, does neither.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sayso.reporting.paths import LinkView, Path

STEP = 22
LINE = 18
GAP = 12
WIDTH = 336
LETTER = 8.8  # of the widest fonts that a page may be shown in, DejaVu Sans and Verdana
MOST_ROWS = 40


@dataclass(slots=True)
class _Node:
    link: LinkView | None
    children: dict[tuple[str, str], "_Node"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Knot:
    """One source in the picture, at its ring's middle; `top` is the height of the one it hangs from.

    `style` is "named" (a solid ring: a reader could ask), "unnamed" (hollow) or "broken"; `standing` says it in words.
    """

    x: int
    y: int
    top: int | None
    style: str
    lines: tuple[str, ...]
    standing: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Sizes in pixels; `left_out` counts the sources that did not fit."""

    width: int
    height: int
    knots: tuple[Knot, ...]
    left_out: int


def picture(paths: Sequence[Path]) -> Picture:
    """The picture of the chains.

    >>> press, people = LinkView("Press TV", "outlet", False), LinkView("unnamed sources", "unnamed", True)
    >>> drawn = picture([Path("c1", "", (press, people), True, "certain")])
    >>> [(knot.x, knot.style) for knot in drawn.knots]
    [(10, 'named'), (32, 'unnamed')]
    """
    rows = list(_rows(_tree(paths)))
    knots: list[Knot] = []
    y = 14
    tops: dict[int, int] = {}
    for depth, link in rows[:MOST_ROWS]:
        lines = _wrapped(link.bare or link.name if link else "breaks off here", depth)
        knots.append(_knot(depth, link, lines, y, tops.get(depth - 1)))
        tops[depth] = y
        y += LINE * (len(lines) + (1 if knots[-1].standing else 0)) + GAP
    return Picture(WIDTH, y, tuple(knots), max(0, len(rows) - MOST_ROWS))


def _knot(depth: int, link: LinkView | None, lines: tuple[str, ...], y: int, top: int | None) -> Knot:
    style = "broken" if link is None else "unnamed" if link.hollow else "named"
    return Knot(10 + STEP * depth, y, top, style, lines, link.standing if link else "")


def _wrapped(name: str, depth: int) -> tuple[str, ...]:
    room = max(8, int((WIDTH - STEP * depth - 26) / LETTER))
    return tuple(textwrap.wrap(name, room, max_lines=3, placeholder=" …")) or ("",)


def _tree(paths: Sequence[Path]) -> dict[tuple[str, str], _Node]:
    """The chains with their common beginnings made one."""
    roots: dict[tuple[str, str], _Node] = {}
    for path in paths:
        level = roots
        for link in path.links:
            level = level.setdefault((link.name, link.standing), _Node(link)).children
        if not path.complete:
            level.setdefault(("", "broken"), _Node(None))
    return roots


def _rows(level: dict[tuple[str, str], _Node], depth: int = 0) -> Iterator[tuple[int, LinkView | None]]:
    for node in level.values():
        yield depth, node.link
        yield from _rows(node.children, depth + 1)
