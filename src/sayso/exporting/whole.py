"""Whole analyses, and a whole story, as the JSON that Sayso itself reads again."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from sayso.exporting.given import Kept, Told
from sayso.exporting.output import one_file
from sayso.reporting.json import one_line, to_json
from sayso.reporting.stories import json as stories
from sayso.reporting.stories.lanes import lanes


def analyses(items: Iterable[Kept], out: Path) -> None:
    """A JSON array of `sayso/1` objects, one a line, with people's corrections in them."""
    with one_file(out) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        before = "[\n"
        for given in items:
            file.write(before + to_json(given.analysis))
            before = ",\n"
        file.write("[]\n" if before == "[\n" else "\n]\n")


def story(given: Told, out: Path) -> None:
    """A `sayso-story/1` object, with its drawing, and the `sayso-origins/1` one where origins were asked for."""
    data = stories.to_dict(given.story)
    data["drawing"] = asdict(lanes(given.story, given.origins))
    if given.origins:
        data["origins"] = stories.to_dict(given.origins)
    with one_file(out) as part:
        part.write_text(one_line(data) + "\n", encoding="utf-8", newline="\n")
