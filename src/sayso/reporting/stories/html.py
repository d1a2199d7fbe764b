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
    report = view(story)
    context = {
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
    return whole(report.title, "_story.html", SHEETS, context)


def origins_page(origins: Origins) -> str:
    """The whole page of a claim's origins as text, to be written as UTF-8.

    >>> "1 to 2 independent origins" in origins_page(Origins("a fire", 1, 2))
    True
    """
    report = originview.view(origins)
    return whole(report.answer, "_origins.html", SHEETS, {"report": report, "rows": MOST_ROWS, "direction": "auto"})
