"""A story, and the origins of a claim, as one page that loads nothing."""

from collections.abc import Mapping

from sayso.model import Derivation, Origins, Story
from sayso.reporting.html import RIGHT_TO_LEFT, direction, whole
from sayso.reporting.stories import originview
from sayso.reporting.stories.beside import beside
from sayso.reporting.stories.grid import HOW, grid
from sayso.reporting.stories.lanes import CAPTION, SIGNS, lanes
from sayso.reporting.stories.naming import Names
from sayso.reporting.stories.stretches import ORDERS, WHEN
from sayso.reporting.stories.view import FIRMER, StoryReport, view

SHEETS = ("report.css", "story.css")
MOST_PLACES = 12  # of a stretch that are shown at once; the rest is folded
MOST_ROWS = 40  # of a list


def story_page(story: Story, counted: Mapping[str, Origins] | None = None, drawn: str | None = None) -> str:
    """The whole page of a story as text, to be written as UTF-8. The origins of claims can be given, as in the context.

    >>> story_page(Story("id", (), ())).startswith("<!doctype html>")
    True
    """
    report = view(story)
    return whole(report.title, "_story.html", SHEETS, story_context(story, report, counted, drawn))


def story_context(
    story: Story,
    report: StoryReport | None = None,
    counted: Mapping[str, Origins] | None = None,
    drawn: str | None = None,
    brief: bool = False,
) -> dict[str, object]:
    """What the template `_story.html` needs to know.

    `counted` are the origins of claims, by the claim; those of the claim `drawn` stand in the drawing, too. `brief`:
    what is folded has no texts with it, where two articles can be read side by side.
    """
    report = report or view(story)
    return {
        "report": report,
        "asked": story.asked,
        "drawing": lanes(story, (counted or {}).get(drawn or "")),
        "drawn": drawn,
        "signs": SIGNS,
        "caption": CAPTION,
        "grid": grid(story, counted),
        "how": HOW,
        "counting": "",
        "with": "",
        "story_at": "",
        "story_base": "/stories/",
        "brief": brief,
        "orders": [(order, WHEN[order]) for order in ORDERS],
        "firmer": FIRMER,
        "most": MOST_PLACES,
        "rows": MOST_ROWS,
        "direction": direction(report.language),
    }


def beside_page(link: Derivation, names: Names) -> str:
    """The whole page of two articles side by side as text, to be written as UTF-8."""
    context = beside_context(link, names)
    return whole("Side by side", "_beside.html", SHEETS, context)


def beside_context(link: Derivation, names: Names) -> dict[str, object]:
    """What the template `_beside.html` needs to know; `article_at` is the address before an article's id."""
    return {
        "report": beside(link, names),
        "rows": MOST_ROWS,
        "firmer": FIRMER,
        "right_to_left": RIGHT_TO_LEFT,
        "article_at": "",
        "story_at": "",
    }


def origins_page(origins: Origins) -> str:
    """The whole page of a claim's origins as text, to be written as UTF-8.

    >>> "1 to 2 independent origins" in origins_page(Origins("a fire", 1, 2))
    True
    """
    return whole(originview.view(origins).answer, "_origins.html", SHEETS, origins_context(origins))


def origins_context(origins: Origins) -> dict[str, object]:
    """What the template `_origins.html` needs to know."""
    return {"report": originview.view(origins), "rows": MOST_ROWS, "direction": "auto", "story_at": ""}
