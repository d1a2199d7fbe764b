"""The report as one page that loads nothing: no file, no font, no script from elsewhere.

The page says so itself in its Content-Security-Policy: only this style and this script, known by their
hashes, may run, whatever words the article brings along.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sayso.model import Analysis
from sayso.reporting import drawing, labels, timeline
from sayso.reporting.view import LAYERS, Report, view

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})
AXIS = 44  # letters that fit below a line of times on a phone


def render(analysis: Analysis) -> str:
    """The whole page as text, to be written as UTF-8.

    >>> from sayso.model import Article
    >>> article = Article("id", "a.txt", "<b>SANA</b>", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> "&lt;b&gt;SANA&lt;/b&gt;" in render(Analysis(article))
    True
    """
    return page(view(analysis))


def page(report: Report) -> str:
    """A report that is already worded as a page; the web app puts `_report.html` into a page of its own."""
    return whole(report.header.title, "_report.html", ("report.css",), context(report))


def whole(title: str, body: str, styles: Iterable[str], context: Mapping[str, object]) -> str:
    """A page around one of the templates, with the style sheets in it and nothing that is fetched."""
    style, script = "\n".join(asset(name) for name in styles), asset("report.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            **context,
            title=title,
            body=body,
            style=Markup(style),  # noqa: S704 - our own files
            script=Markup(script),  # noqa: S704
            policy=policy(style, script),
        )
    )


def context(report: Report) -> dict[str, object]:
    """What the template `_report.html` needs to know."""
    return {
        "report": report,
        "layers": [(name, label, _count(report, name)) for name, label in LAYERS],
        "resting": report.resting,
        "persons": any(note.person for note in report.notes) or any(actor.person for actor in report.actors),
        "correcting": False,
        "picture": drawing.picture(report.paths),
        "axis_names": timeline.fitting(report.timeline, AXIS),
        "squeezed": timeline.SQUEEZED,
        "direction": direction(report.header.language),
    }


def _count(report: Report, layer: str) -> int:
    """How many marks a layer has in the text."""
    if layer == "chains":
        return sum(len(paths) for paths in report.resting.values())
    return len(report.on(layer))


def direction(language: str | None) -> str:
    """The direction of a text, as HTML wants it."""
    return "rtl" if language in RIGHT_TO_LEFT else "auto"


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy under which exactly this style and this script run, and nothing is fetched."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def asset(name: str) -> str:
    """A style sheet or script of the reports' pages."""
    return files("sayso.reporting").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return environment()


def environment(*own: BaseLoader) -> Environment:
    """The templates of reports, behind those of whoever puts them into pages of their own."""
    made = Environment(
        loader=ChoiceLoader([*own, PackageLoader("sayso.reporting", "templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.globals["counted"] = labels.counted
    return made


def _shown(value: object) -> object:
    """What is printed: a direction override in a name would show other words than there are."""
    return labels.printable(value) if type(value) is str else value
