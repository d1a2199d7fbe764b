"""A story, and the origins of a claim, as one page that loads nothing."""

from sayso.model import Origins, Story
from sayso.reporting.html import direction, whole
from sayso.reporting.stories import originview
from sayso.reporting.stories.lanes import CAPTION, SIGNS, lanes
from sayso.reporting.stories.stretches import ORDERS, WHEN
from sayso.reporting.stories.view import FIRMER, view

SHEETS = ("report.css", "story.css")
MOST_PLACES = 12  # of a stretch that are shown at once; the rest is folded
MOST_ROWS = 40  # of a list


def story_page(story: Story) -> str:
    """The whole page of a story as text, to be written as UTF-8.

    >>> story_page(Story("id", (), ())).startswith("<!doctype html>")
    True
    """
    return whole(view(story).title, "_story.html", SHEETS, story_context(story))


def story_context(story: Story) -> dict[str, object]:
    """What the template `_story.html` needs to know."""
    report = view(story)
    return {
        "report": report,
        "drawing": lanes(story),
        "signs": SIGNS,
        "caption": CAPTION,
        "with": "",
        "orders": [(order, WHEN[order]) for order in ORDERS],
        "firmer": FIRMER,
        "most": MOST_PLACES,
        "rows": MOST_ROWS,
        "direction": direction(report.language),
    }


def origins_page(origins: Origins) -> str:
    """The whole page of a claim's origins as text, to be written as UTF-8.

    >>> "1 to 2 independent origins" in origins_page(Origins("a fire", 1, 2))
    True
    """
    return whole(originview.view(origins).answer, "_origins.html", SHEETS, origins_context(origins))


def origins_context(origins: Origins) -> dict[str, object]:
    """What the template `_origins.html` needs to know."""
    return {"report": originview.view(origins), "rows": MOST_ROWS, "direction": "auto"}
