"""The outputs of the sample, as they are kept under `golden/`.

    python -m tests.reporting.outputs

writes them anew. Look at the difference (`git diff tests/reporting/golden`) before you keep it: it is what
every user will see.
"""

import io
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from sayso.model import Analysis
from sayso.reporting import html, terminal
from sayso.reporting.json import to_json

from .sample import ANALYSIS

GOLDEN = Path(__file__).parent / "golden"


def printed(analysis: Analysis, width: int = 80, *, explain: bool = False, part: str | None = None) -> str:
    """What the terminal shows, piped and without colour."""
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, markup=False, highlight=False, emoji=False)
    terminal.render(analysis, console, explain=explain, part=part)
    return out.getvalue()


OUTPUTS: dict[str, Callable[[], str]] = {
    "sample.txt": lambda: printed(ANALYSIS),
    "sample-explain-40.txt": lambda: printed(ANALYSIS, 40, explain=True),
    "sample-dates.txt": lambda: printed(ANALYSIS, part="dates"),
    "sample.json": lambda: to_json(ANALYSIS) + "\n",
    "sample.html": lambda: html.render(ANALYSIS),
}

if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, make in OUTPUTS.items():
        (GOLDEN / name).write_text(make(), encoding="utf-8")
