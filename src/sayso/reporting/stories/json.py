"""Story and Origins ↔ the JSON that others may rely on (`sayso-story/1`, `sayso-origins/1`), made from the dataclasses.

One object each: the fields of the dataclass. A span is `[start, end]` in code points of its article's text, which is
among `entries`. Keys may be added within version 1; none goes or changes.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from sayso.errors import SaysoError
from sayso.model import Origins, Story
from sayso.reporting.json import one_line

Kind = TypeVar("Kind", Story, Origins)
SCHEMAS: dict[type, str] = {Story: "sayso-story/1", Origins: "sayso-origins/1"}
ABOUT: dict[type, str] = {
    Story: "The articles of a corpus that share text with one article, or cite each other about it. Spans count code "
    "points of the `text` of the article that is meant, the end exclusive.",
    Origins: "On how many independent origins a claim rests. Spans count code points of the `text` of the article "
    "that is meant, the end exclusive.",
}


def story_line(story: Story) -> str:
    """A story as one line of JSON, with no line break of any kind in it.

    >>> story_line(Story("id", (), ()))[:44]
    '{"schema": "sayso-story/1", "asked": "id", "'
    """
    return one_line(to_dict(story))


def origins_line(origins: Origins) -> str:
    """The origins of a claim as one line of JSON.

    >>> origins_from(origins_line(Origins("a fire", 0, 0)))
    Origins(claim='a fire', least=0, most=0, shares=(), origins=(), carriers=(), circles=(), gaps=(), entries=())
    """
    return one_line(to_dict(origins))


def story_from(line: str) -> Story:
    """A story from its line; the inverse of `story_line`. Raises SaysoError, saying where it is something else."""
    return _from(line, Story)


def origins_from(line: str) -> Origins:
    """Origins from their line; the inverse of `origins_line`. Raises SaysoError, saying where it is something else."""
    return _from(line, Origins)


def to_dict(given: Story | Origins) -> dict[str, Any]:
    """A story or the origins of a claim as plain data."""
    kind: type = type(given)
    return {"schema": SCHEMAS[kind], **_adapter(kind).dump_python(given, mode="json")}


def _from(line: str, kind: type[Kind]) -> Kind:
    schema = SCHEMAS[kind]
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SaysoError(f"not JSON: {error}") from error
    if not isinstance(data, dict):
        raise SaysoError("not a JSON object")
    if data.get("schema") != schema:
        raise SaysoError(f'not a {kind.__name__}: expected "schema": "{schema}", found {data.get("schema")!r}')
    try:
        whole: type = kind
        found: Kind = _adapter(whole).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise SaysoError(f"not {schema}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    return found


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def make_schema(kind: type) -> dict[str, Any]:
    """The JSON Schema of Story or Origins, made from the dataclass."""
    made = _adapter(kind).json_schema(mode="serialization")
    definitions = made["$defs"]
    for definition in definitions.values():
        if "properties" in definition:
            definition["required"] = list(definition["properties"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMAS[kind],
        "description": ABOUT[kind],
        "type": "object",
        "properties": {"schema": {"const": SCHEMAS[kind]}, **made["properties"]},
        "required": ["schema", *made["properties"]],
        "$defs": definitions,
    }


def stored_schema(kind: type) -> dict[str, Any]:
    """The JSON Schema that ships with the package.

    >>> stored_schema(Story)["title"]
    'sayso-story/1'
    """
    text = files("sayso.reporting").joinpath("schema", file_name(kind)).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def file_name(kind: type) -> str:
    """The file in which a schema is kept.

    >>> file_name(Origins)
    'sayso-origins-1.json'
    """
    return f"{SCHEMAS[kind].replace('/', '-')}.json"
