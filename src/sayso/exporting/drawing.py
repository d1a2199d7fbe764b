"""The drawing of a story as a picture by itself (SVG): the page's own rows, set below each other.

Nothing is loaded, and no script is in it. The page's style comes along with its colours written out, for programs that
know no variables. Groups are folded, as on the page before somebody unfolds them.
"""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from textwrap import wrap

from jinja2 import PackageLoader
from markupsafe import Markup

from sayso.exporting.given import Told, calm
from sayso.exporting.output import one_file
from sayso.reporting import html
from sayso.reporting.labels import counted, shortened
from sayso.reporting.stories.lanes import SIGNS, Lanes, Row, lanes
from sayso.reporting.stories.view import view

WIDTH, MARGIN, LEFT, TOP, ROW = 1200, 24, 300, 110, 30
LETTERS = 40  # of a name, which stands left of its row
ALONE = "No other article of the corpus shares enough text with it, so there is nothing to draw."
CAPTION = (
    "An arrow points at who has it from there; of each article the likeliest way is drawn. A day stands for the day "
    "before and after as well, for time zones. Time is not to scale: the longer a stretch, the more it is squeezed."
)
OWN_STYLE = (
    ".paper { fill: #fbfaf7 } .heading { font: 600 20px serif; fill: #1d1c1a } .name { font: 13px sans-serif; "
    "fill: #1d1c1a } .quiet { font: 13px sans-serif; fill: #5c5850 } .open { overflow: visible }"
)


def write(given: Told, out: Path) -> None:
    """The drawing of a story, with who is behind a claim where its origins were asked for."""
    with one_file(out) as part:
        part.write_text(picture(given), encoding="utf-8", newline="\n")


def picture(given: Told) -> str:
    """The whole picture as text.

    >>> from sayso.model import Story
    >>> picture(Told(Story("id", (), ()))).startswith("<svg ")
    True
    """
    drawing = _unlinked(lanes(given.story, given.origins))
    keys = TOP + ROW * len(drawing.rows) + 24
    words = keys + 24 * len(drawing.signs) + 36
    told = wrap(" ".join(caption(drawing)), 170)
    made = html.environment(PackageLoader("sayso.exporting", "templates")).get_template("lanes.svg")
    picture = made.render(
        drawing=drawing,
        title=shortened(view(given.story).title, 100),
        names=[shortened(name(row), LETTERS) for row in drawing.rows],
        signs=SIGNS,
        caption=told,
        style=Markup(style()),  # noqa: S704 - our own files
        width=WIDTH,
        height=words + 18 * len(told),
        margin=MARGIN,
        left=LEFT,
        plot=WIDTH - LEFT - MARGIN - 30,
        top=TOP,
        keys=keys,
        words=words,
        **{"with": ""},
    )
    return calm(picture)


def _unlinked(drawing: Lanes) -> Lanes:
    """The drawing without what leads to other parts of the page."""
    return replace(drawing, rows=tuple(_row(row) for row in drawing.rows))


def _row(row: Row) -> Row:
    return replace(row, marks=tuple(replace(mark, target="") for mark in row.marks))


def name(row: Row) -> str:
    """What stands left of a row: the name, and what else is said of it."""
    return "; ".join(filter(None, (row.name, *row.tags, row.note)))


def caption(drawing: Lanes) -> list[str]:
    """What has to be known to read the drawing, in sentences."""
    if not drawing.rows:
        return [ALONE]
    folded = sum(len(row.inside) for row in drawing.rows)
    told = [CAPTION]
    told += [f"{counted(folded, 'outlet')} are drawn as groups."] if folded else []
    told += [f"Not drawn: {counted(drawing.left, 'more article')} that share less."] if drawing.left else []
    return told


@cache
def style() -> str:
    """What the page's style sheets say of the drawing, in its light colours.

    >>> "var(" in style(), ".track .dot" in style()
    (False, True)
    """
    sheets = "\n".join(html.asset(name) for name in ("report.css", "story.css"))
    values = dict(re.findall(r"(--[\w-]+): ([^;]+);", sheets.partition("@media")[0]))
    rules = re.findall(r"^(\.(?:track|way|tip|copied|stated)\b[^{\n]*\{[^}\n]*\})", sheets, re.MULTILINE)
    drawn = "\n".join(rule for rule in rules if not rule.startswith(".track .wide"))
    coloured = re.sub(r"var\((--[\w-]+)\)", lambda found: values[found[1]], drawn)
    return f"{OWN_STYLE}\n{coloured}"
