"""Analysis ↔ the JSON that others may rely on (`sayso/1`): one flat object, made from the dataclasses.

A span is `[start, end]` in code points of `text`. Keys may be added within version 1; none goes or changes.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sayso.errors import SaysoError
from sayso.model import Analysis
from sayso.model.finding import ABOUT_DATES

SCHEMA = "sayso/1"
PARTS: dict[str, tuple[str, ...]] = {
    "who": ("attributions", "actors", "mentions"),
    "chain": ("chains", "attributions", "actors"),
    "dates": ("published", "published_evidence", "dates", "times", "findings"),
    "words": ("wordings",),
}
HEAD = ("id", "input", "url", "outlet", "title", "language", "analysed")


@cache
def _adapter() -> TypeAdapter[Analysis]:
    return TypeAdapter(Analysis)


def to_dict(analysis: Analysis, part: str | None = None) -> dict[str, Any]:
    """The analysis as plain data; with `part` ("who", "chain", "dates", "words") only what belongs to it.

    Of the findings, the dates have those that are about dates.

    >>> from sayso.model import Article
    >>> article = Article("id", "a.txt", "A fire.", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> data = to_dict(Analysis(article))
    >>> data["schema"], data["text"], data["findings"]
    ('sayso/1', 'A fire.', [])
    """
    data = _adapter().dump_python(analysis, mode="json")
    article = data.pop("article")
    flat = {"schema": SCHEMA, **article, **data}
    if part is None:
        return flat
    flat["findings"] = [finding for finding in flat["findings"] if finding["kind"] in ABOUT_DATES]
    return {"schema": SCHEMA, "part": part, **{key: flat[key] for key in (*HEAD, *PARTS[part])}}


def to_json(analysis: Analysis, part: str | None = None) -> str:
    """The analysis as one line of JSON, with no line break of any kind in it."""
    return one_line(to_dict(analysis, part))


def one_line(data: dict[str, Any]) -> str:
    """Plain data as one line that every reader of JSON Lines and every UTF-8 file takes.

    >>> one_line({"text": "a\\u2028b\\ud800"})
    '{"text": "a\\\\u2028b\\\\ud800"}'
    """
    line = json.dumps(data, ensure_ascii=False)
    return "".join(f"\\u{ord(c):04x}" if c in "\x85\u2028\u2029" or "\ud800" <= c <= "\udfff" else c for c in line)


def from_dict(data: dict[str, Any]) -> Analysis:
    """An analysis from what `to_dict` gave. Raises SaysoError, saying where, if the data is something else."""
    if data.get("schema") != SCHEMA or "part" in data:
        raise SaysoError(f'not a whole analysis: expected "schema": "{SCHEMA}", found {data.get("schema")!r}')
    try:
        return _adapter().validate_python({**data, "article": data})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"] if step != "article")
        raise SaysoError(f"not {SCHEMA}: {where}: {first['msg']}") from error


def from_json(line: str) -> Analysis:
    """An analysis from one line of JSON; the inverse of `to_json`."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SaysoError(f"not JSON: {error}") from error
    if not isinstance(data, dict):
        raise SaysoError("not a JSON object")
    return from_dict(data)


def make_schema() -> dict[str, Any]:
    """The JSON Schema, made from the dataclasses."""
    made = _adapter().json_schema(mode="serialization")
    definitions = made["$defs"]
    article = definitions.pop("Article")
    own = {key: value for key, value in made["properties"].items() if key != "article"}
    for definition in definitions.values():
        if "properties" in definition:
            definition["required"] = list(definition["properties"])
    properties = {**article["properties"], **own}
    whole = ["schema", *properties]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "description": "What Sayso found in one article. Spans count code points of `text`, the end exclusive. "
        "With `part`, only what belongs to that part of the report.",
        "type": "object",
        "properties": {"schema": {"const": SCHEMA}, "part": {"enum": list(PARTS)}, **properties},
        "required": ["schema", *HEAD],
        "if": {"not": {"required": ["part"]}},
        "then": {"required": whole},
        "$defs": definitions,
    }


def stored_schema() -> dict[str, Any]:
    """The JSON Schema that ships with the package.

    >>> stored_schema()["title"]
    'sayso/1'
    """
    text = files("sayso.reporting").joinpath("schema", "sayso-1.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


if __name__ == "__main__":  # python -m sayso.reporting.json: renew the stored schemas, in the package and in the docs
    from pathlib import Path

    from sayso.reporting.stories import json as stories

    here = Path(__file__).parent
    made = {"sayso-1.json": make_schema()} | {
        stories.file_name(each): stories.make_schema(each) for each in stories.SCHEMAS
    }
    for folder in (here / "schema", here.parents[2] / "docs" / "schema"):
        for name, schema in made.items():
            (folder / name).write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", "utf-8")
