"""Which formats there are, and what each takes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from sayso.errors import SaysoError
from sayso.exporting import annotations, brat, drawing, graphs, provenance, rows, whole
from sayso.exporting.given import Kept, Told, kept, told
from sayso.model import Analysis, Story

Of = Literal["analyses", "story"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is for, the suffix of its file, and how analyses and a story are written in it.

    `several`: it makes several files, which go into a folder, or into a zip where the name ends so.
    """

    name: str
    about: str
    suffix: str
    media_type: str
    analyses: Callable[[Iterable[Kept], Path], None] | None = None
    story: Callable[[Told, Path], None] | None = None
    several: bool = False

    @property
    def of(self) -> tuple[Of, ...]:
        """What it can be made of."""
        made: tuple[tuple[Of, object], ...] = (("analyses", self.analyses), ("story", self.story))
        return tuple(name for name, write in made if write is not None)

    @property
    def is_text(self) -> bool:
        """Whether it can be shown in a terminal."""
        return not self.several and self.media_type != "application/pdf"

    def write(self, items: Iterable[Kept | Analysis | SaysoError] | Told | Story, out: str | Path) -> None:
        """Write analyses, or a story, to a place that is there as a whole or not at all.

        Raises SaysoError naming it if it cannot be written, or if the format is not made for this.
        """
        if isinstance(items, Told | Story):
            if self.story is None:
                raise SaysoError(f"{self.name} is a format for analyses, not for a story")
            self.story(told(items), Path(out))
        elif self.analyses is None:
            raise SaysoError(f"{self.name} is a format for a story, not for analyses")
        else:
            self.analyses(kept(items), Path(out))


def _dossier(items: Iterable[Kept], out: Path) -> None:
    from sayso.exporting.dossier import pages  # noqa: PLC0415 - loads reportlab

    pages.analyses(items, out)


def _story_dossier(given: Told, out: Path) -> None:
    from sayso.exporting.dossier import pages  # noqa: PLC0415

    pages.story(given, out)


ALL = (
    Format(
        "annotations",
        "W3C Web Annotations (JSON-LD), with text-quote and text-position selectors",
        ".jsonld",
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        annotations.write,
    ),
    Format(
        "brat", "brat standoff, a text and its annotations an article", "", "application/zip", brat.write, None, True
    ),
    *(
        Format(suffix, about, "", "application/zip", partial(rows.analyses, suffix), partial(rows.story, suffix), True)
        for suffix, about in (
            ("csv", "tables for a spreadsheet"),
            ("jsonl", "tables as JSON Lines"),
            ("parquet", "tables for DuckDB, pandas and the like"),
        )
    ),
    Format("gexf", "a graph for Gephi", ".gexf", "application/xml", graphs.gexf, graphs.story_gexf),
    Format(
        "graphml",
        "a graph for yEd, igraph and the like",
        ".graphml",
        "application/xml",
        graphs.graphml,
        graphs.story_graphml,
    ),
    Format(
        "prov",
        "W3C PROV: how each finding came about, as PROV-JSON",
        ".json",
        "application/json",
        provenance.write_json,
    ),
    Format("provn", "the same as PROV-N, to read", ".provn", "text/provenance-notation", provenance.write_notation),
    Format("pdf", "a dossier to print and hand on", ".pdf", "application/pdf", _dossier, _story_dossier),
    Format("svg", "the drawing of a story, a picture by itself", ".svg", "image/svg+xml", None, drawing.write),
    Format("json", "whole analyses, or a story", ".json", "application/json", whole.analyses, whole.story),
)
FORMATS: dict[str, Format] = {each.name: each for each in ALL}
