"""The docs say what the code does: every public name, verb and option is in them, and what they point to is there."""

import dataclasses
import re
from pathlib import Path

import pytest
import typer.main

import sayso
from sayso import cli

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
CLASSES = [getattr(sayso, name) for name in sayso.__all__ if dataclasses.is_dataclass(getattr(sayso, name))]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_in(text: str) -> str:
    """All that a page shows as code."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings get on code hosts."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", sayso.__all__)
def test_every_public_name_is_described(name: str) -> None:
    assert re.search(rf"\b{name}\b", code_in(text_of("docs/api.md")))


@pytest.mark.parametrize("described", CLASSES, ids=lambda cls: cls.__name__)
def test_every_field_is_described(described: type) -> None:
    code = code_in(text_of("docs/api.md"))
    for field in dataclasses.fields(described):
        assert re.search(rf"`{field.name}`", code), field.name


def test_every_verb_and_option_is_described() -> None:
    described = code_in(text_of("README.md") + text_of("docs/guide.md"))
    group = typer.main.get_command(cli.app)
    options = {option for parameter in group.params for option in parameter.opts}
    verbs = dict(group.commands)  # type: ignore[attr-defined]
    verbs |= {f"{verb} {inner}": c for verb, g in verbs.items() for inner, c in getattr(g, "commands", {}).items()}
    for verb, command in verbs.items():
        assert f"sayso {verb}" in described
        options |= {o for p in command.params if p.param_type_name == "option" for o in p.opts}
    assert options >= {"--html", "--json", "--explain", "--version"}
    assert [option for option in sorted(options) if option not in described] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for _, target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"https?://", target):
            continue
        path, _, anchor = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        assert place.exists(), target
        assert not anchor or anchor in anchors(place), target


def test_the_readme_fetches_nothing() -> None:
    readme = text_of("README.md")
    assert [target for mark, target in LINK.findall(readme) if mark and "://" in target] == []
    assert "<img" not in readme
    assert set(re.findall(r"https?://[^\s/)]+", readme)) <= {"https://example.org"}
    assert "index-url" not in readme


@pytest.mark.parametrize("name", ["report.png", "terminal.svg"])
def test_pictures_are_there_and_shown(name: str) -> None:
    picture = ROOT / "docs" / "pictures" / name
    assert picture.stat().st_size > 5_000
    assert f"](docs/pictures/{name})" in text_of("README.md")


def test_the_terminals_picture_fetches_nothing() -> None:
    picture = text_of("docs/pictures/terminal.svg")
    assert not re.search(r"@font-face|@import|url\((?!#)|href=|<script|<image", picture)
    assert picture.rstrip().endswith("</svg>")


def test_every_command_of_the_figures_is_there() -> None:
    commands = re.findall(r"`(evaluation/\w+\.py)", text_of("README.md") + text_of("docs/limits.md"))
    assert commands
    assert [command for command in set(commands) if not (ROOT / command).is_file()] == []
