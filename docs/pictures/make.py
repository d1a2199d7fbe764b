"""The pictures in the README, made from `sayso demo`, and from an invented story (story.toml). Needs Chromium; run by
hand, and look at what comes out.

    .venv/bin/python docs/pictures/make.py [--chromium PROGRAM]

report.png is the top of the HTML report, 1280 wide, and story.png the drawing and the claims of a story. terminal.svg
is the beginning of the terminal's report, in 80 columns; it names fonts of the reader's machine only, since rich's own
template would load one from elsewhere.
"""

import argparse
import io
import re
import shutil
import subprocess
import tempfile
import tomllib
from dataclasses import replace
from functools import partial
from importlib.resources import files
from pathlib import Path

from rich.console import Console
from rich.text import Text

import sayso
from sayso import pipeline
from sayso.library.store import Library
from sayso.reporting import html, terminal
from sayso.reporting.stories import html as stories
from sayso.reporting.stories.grid import claims

HERE = Path(__file__).parent
SIZE = "1280,2390"  # findings and chains; the list of actors and the text come below
STORY_SIZE = "1280,1180"
ASKED = "Lowland Courier"  # the article of the story that is asked about
CUT_AT = "-  4."  # the terminal's picture ends before the fourth finding
FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome") or "chromium")
    arguments = parser.parse_args()
    page = files("sayso").joinpath("examples", "relayed_report.html").read_bytes()
    analysis = sayso.analyse(sayso.read(page, name="relayed_report.html (the demo)"))
    (HERE / "terminal.svg").write_text(terminal_picture(analysis), encoding="utf-8")
    photograph(html.render(analysis), HERE / "report.png", arguments.chromium, SIZE)
    photograph(story_page(), HERE / "story.png", arguments.chromium, STORY_SIZE)


def story_page() -> str:
    """What the README shows of a story: from the drawing to the claims, each with its origins."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = sayso.Corpus(folder)
        corpus.add(map(article, tomllib.loads((HERE / "story.toml").read_text(encoding="utf-8"))["articles"]))
        [asked] = [entry for entry in corpus.entries() if entry.article.outlet == ASKED]
        story = corpus.trace(asked)
        known = partial(pipeline.analyses, Library(folder))
        counted = {claim: corpus.origins(asked, claim, known) for claim in claims(story)}
    page = stories.story_page(story, counted, next(iter(counted)))
    return re.sub(r"<header.*?</section>|<section id=\"(?!picture|claims).*?</section>", "", page, flags=re.DOTALL)


def article(fields: dict[str, str]) -> sayso.Article:
    """An article of story.toml."""
    text = fields["text"].strip()
    found = sayso.read(text.encode(), name=fields["outlet"])
    spans = (sayso.Span(0, text.index("\n")),)
    return replace(
        found,
        outlet=fields["outlet"],
        title=fields["title"],
        title_spans=spans,
        published=fields.get("published"),
        captured="2024-05-20T08:00:00Z",
    )


def terminal_picture(analysis: sayso.Analysis) -> str:
    """The first lines of the terminal's report as SVG."""
    screen = io.StringIO()
    console = Console(file=screen, width=80, force_terminal=True, color_system="standard", markup=False)
    terminal.render(analysis, console)
    lines = Text.from_ansi(screen.getvalue()).split("\n")
    last = next(n for n, line in enumerate(lines) if line.plain.startswith(CUT_AT))
    recorder = Console(file=io.StringIO(), width=80, record=True, force_terminal=True, color_system="truecolor")
    recorder.print(Text("$ sayso demo\n", "bold"), *lines[:last], Text("…", "dim"), sep="\n")
    return without_fonts(recorder.export_svg(title="sayso demo", unique_id="sayso"))


def without_fonts(svg: str) -> str:
    """The picture without what it would fetch, and without rich's note of itself."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    return re.sub(r"font-family: (?:Fira Code|arial)[^;]*;", f"font-family: {FONTS};", svg)


def photograph(page: str, picture: Path, chromium: str, size: str) -> None:
    """A page as a browser shows it, in the light colours."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "demo.html"
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={size}"]
        command = [chromium, *options, f"--screenshot={picture}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - the browser named by the caller


if __name__ == "__main__":
    main()
