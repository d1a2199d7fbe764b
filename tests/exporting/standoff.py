"""A reader of brat standoff, as strict as brat itself (https://brat.nlplab.org/standoff.html, configuration.html)."""

import itertools
import re
from pathlib import Path
from typing import Any, NamedTuple

TEXT_BOUND = re.compile(r"T(\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t([^\n]*)")
RELATION = re.compile(r"R(\d+)\t(\S+) Arg1:(T\d+) Arg2:(T\d+)")
ATTRIBUTE = re.compile(r"A(\d+)\t(\S+) (T\d+)(?: (\S+))?")
NOTE = re.compile(r"#(\d+)\tAnnotatorNotes (T\d+)\t(\S[^\n]*)")


class Mark(NamedTuple):
    kind: str
    spans: tuple[tuple[int, int], ...]
    text: str


class Standoff(NamedTuple):
    text: str
    marks: dict[str, Mark]
    relations: list[tuple[str, str, str]]
    attributes: list[tuple[str, str, str | None]]
    notes: dict[str, str]


def folder(place: Path) -> dict[str, Standoff]:
    """All documents of a folder, by their names, checked against its configuration."""
    conf = configuration((place / "annotation.conf").read_text("utf-8"))
    names = {file.stem for file in place.iterdir() if file.suffix in {".txt", ".ann"}}
    return {name: document(place / f"{name}.txt", place / f"{name}.ann", conf) for name in names}


def configuration(text: str) -> dict[str, Any]:
    parts = dict(re.findall(r"^\[(\w+)\]\n((?:(?!\[).*\n)*)", text, re.MULTILINE))
    assert set(parts) == {"entities", "relations", "events", "attributes"}
    relations = dict(re.findall(r"^(\w+)\tArg1:(\S+), Arg2:\S+$", parts["relations"], re.MULTILINE))
    others = dict(re.findall(r"^(\w+)\tArg1:\S+, Arg2:(\S+)$", parts["relations"], re.MULTILINE))
    attributes = {
        name: (set(on.split("|")), set(values.split("|")) if values else set())
        for name, on, values in re.findall(
            r"^(\w+)\tArg:([^\s,]+)(?:, Value:(\S+))?$", parts["attributes"], re.MULTILINE
        )
    }
    return {
        "entities": set(parts["entities"].split()),
        "relations": {name: (relations[name], others[name]) for name in relations},
        "attributes": attributes,
    }


def document(txt: Path, ann: Path, conf: dict[str, Any]) -> Standoff:
    text = txt.read_bytes().decode("utf-8")
    found = Standoff(text, {}, [], [], {})
    lines = ann.read_bytes().decode("utf-8")
    assert len(lines.splitlines()) == lines.count("\n")
    for line in lines.splitlines():
        if match := TEXT_BOUND.fullmatch(line):
            found.marks[f"T{match[1]}"] = _mark(match, text, conf)
        elif match := RELATION.fullmatch(line):
            ends = (found.marks[match[3]].kind, found.marks[match[4]].kind)
            assert conf["relations"][match[2]] == ends
            found.relations.append((match[2], match[3], match[4]))
        elif match := ATTRIBUTE.fullmatch(line):
            on, values = conf["attributes"][match[2]]
            assert found.marks[match[3]].kind in on
            assert (match[4] in values) if values else match[4] is None
            found.attributes.append((match[2], match[3], match[4]))
        else:
            match = NOTE.fullmatch(line)
            assert match, line
            assert match[2] in found.marks
            found.notes[match[2]] = match[3]
    return found


def _mark(match: re.Match[str], text: str, conf: dict[str, Any]) -> Mark:
    assert match[2] in conf["entities"]
    spans = tuple((int(start), int(end)) for start, end in (each.split() for each in match[3].split(";")))
    assert all(start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert all("\n" not in text[start:end] for start, end in spans)
    assert match[4] == " ".join(text[start:end] for start, end in spans)
    return Mark(match[2], spans, match[4])
