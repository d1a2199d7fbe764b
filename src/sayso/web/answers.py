"""What programs get: data as JSON that every reader takes, and its description."""

from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse

from sayso.model import Origins, Story
from sayso.reporting import json as analyses
from sayso.reporting.json import one_line
from sayso.reporting.stories import json as stories

ANALYSIS, STORY, ORIGINS, PROBLEM = "sayso-1", "sayso-story-1", "sayso-origins-1", "Problem"
PROBLEMS: dict[int | str, str] = {
    400: "The request cannot be understood.",
    401: "The token is missing.",
    403: "It comes from a page of another site.",
    404: "There is no such thing.",
    409: "Somebody was quicker; ask anew what there is.",
    413: "The body is too large.",
    421: "The request names another host.",
    415: "The body is of another type than is read here.",
    422: "What was given cannot be used; `detail` says why.",
    503: "There is too much to do; try again later.",
}


class Answer(JSONResponse):
    """Data as JSON, also where an article's text holds what UTF-8 cannot."""

    def render(self, content: Any) -> bytes:
        return one_line(content).encode()


def of(schema: str, *problems: int, about: str = "What was found.") -> dict[int | str, dict[str, Any]]:
    """What a call answers, for its description: data of a schema, or one of some problems."""
    return {200: {"description": about, "content": {"application/json": {"schema": _ref(schema)}}}} | failing(*problems)


def failing(*problems: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a call can answer with, for its description."""
    content = {"application/json": {"schema": _ref(PROBLEM)}}
    always = (400, 401, 403, 413, 421, 422)
    return {status: {"description": PROBLEMS[status], "content": content} for status in sorted({*always, *problems})}


def describe(app: FastAPI) -> None:
    """Have the app's description name the schemas of what is found, which ship with the package."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=_version(), description=app.description, routes=app.routes)
            made.setdefault("components", {}).setdefault("schemas", {}).update(_schemas())
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


@cache
def _schemas() -> dict[str, Any]:
    made: dict[str, Any] = {PROBLEM: _PROBLEM}
    for name, schema in (
        (ANALYSIS, analyses.stored_schema()),
        (STORY, stories.stored_schema(Story)),
        (ORIGINS, stories.stored_schema(Origins)),
    ):
        made |= _moved(schema.get("$defs", {}))
        made[name] = _moved({key: value for key, value in schema.items() if key not in ("$defs", "$schema")})
    return made


def _moved(schema: Any) -> Any:
    """A schema whose definitions stand where those of an OpenAPI description do."""
    if isinstance(schema, dict):
        return {key: _place(value) if key == "$ref" else _moved(value) for key, value in schema.items()}
    return [_moved(one) for one in schema] if isinstance(schema, list) else schema


def _place(reference: str) -> str:
    return reference.replace("#/$defs/", "#/components/schemas/")


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - once

    return version("sayso")


_PROBLEM = {
    "type": "object",
    "description": "What is wrong, in words for people.",
    "properties": {"detail": {"type": "string"}},
    "required": ["detail"],
}
