"""The outputs of the sample story and origins, as they are kept under `golden/`.

    python -m tests.reporting.stories.outputs

writes them anew. Look at the difference (`git diff tests/reporting/stories/golden`) before you keep it: it is what
every user will see.
"""

import io
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from sayso.model import Origins, Story
from sayso.reporting.stories import html, json, terminal
from sayso.reporting.stories.naming import Names

from .sample import ORIGINS, STORY

GOLDEN = Path(__file__).parent / "golden"


def printed(given: Story | Origins, width: int = 80, *, explain: bool = False) -> str:
    """What the terminal shows, piped and without colour."""
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, markup=False, highlight=False, emoji=False)
    if isinstance(given, Story):
        terminal.story(given, console, explain=explain)
    else:
        terminal.origins(given, console, explain=explain)
    return out.getvalue()


OUTPUTS: dict[str, Callable[[], str]] = {
    "story.txt": lambda: printed(STORY),
    "story-explain-140.txt": lambda: printed(STORY, 140, explain=True),
    "story.json": lambda: json.story_line(STORY) + "\n",
    "story.html": lambda: html.story_page(STORY),
    "beside.html": lambda: html.beside_page(STORY.derivations[0], Names(STORY.entries, STORY.asked)),
    "origins.txt": lambda: printed(ORIGINS),
    "origins-explain-40.txt": lambda: printed(ORIGINS, 40, explain=True),
    "origins.json": lambda: json.origins_line(ORIGINS) + "\n",
    "origins.html": lambda: html.origins_page(ORIGINS),
}

if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, make in OUTPUTS.items():
        (GOLDEN / name).write_text(make(), encoding="utf-8")
