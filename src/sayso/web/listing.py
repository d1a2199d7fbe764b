"""The library: search, list, and what is taken away of it."""

from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from sayso.library.query import Query as Asked
from sayso.web import pages
from sayso.web.desk import AtDesk

router = APIRouter(include_in_schema=False)
PAGE = 50
DEEPEST = 1_000_000
Words = Annotated[
    str, Query(max_length=1_000, description="Words that the article must have; in quotation marks a phrase.")
]
Named = Annotated[str, Query(max_length=300, description="A name, exactly for an outlet; words of it for an actor.")]
Day = Annotated[str, Query(max_length=40, description="A day (ISO 8601) between which and which it was published.")]
Order = Annotated[Literal["newest", "oldest", "relevance"], Query(description="What comes first.")]


def asked(  # noqa: PLR0913, PLR0917 - the fields of the form
    text: Words = "",
    outlet: Named = "",
    actor: Named = "",
    earliest: Day = "",
    latest: Day = "",
    finding: Named = "",
    order: Order = "newest",
) -> Asked:
    """What somebody asks the library for. Raises HTTPException for a day that is none."""
    return Asked(
        text.strip(), outlet.strip() or None, actor.strip() or None, _day(earliest), _day(latest),
        finding.strip() or None, order,
    )  # fmt: skip


def _day(given: str) -> str | None:
    given = given.strip()
    if not given:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise HTTPException(422, f"“{given}” is no day; a day is written 2024-05-31.") from None


@router.get("/")
def library(request: Request, desk: AtDesk, page: Annotated[int, Query(ge=1, le=DEEPEST)] = 1) -> HTMLResponse:
    """The articles that have what is asked for."""
    given = {name: request.query_params.get(name, "") for name in Asked.__dataclass_fields__}
    try:
        query = asked(**{name: value for name, value in given.items() if value})  # type: ignore[arg-type]
        problem = ""
    except HTTPException as error:
        query, problem = Asked(), str(error.detail)
    found = desk.library.search(query, PAGE, PAGE * (page - 1))
    return pages.render(
        request,
        "library.html",
        status=422 if problem else 200,
        problem=problem,
        found=found,
        given=given,
        page=page,
        last=max(1, -(-found.total // PAGE)),
        link=lambda **changed: _link(given, **changed),
        searched=any(value for name, value in given.items() if name != "order"),
        waiting=desk.library.wanted(),
    )


def _link(given: dict[str, str], **changed: object) -> str:
    """The address of the same question with something changed."""
    wanted = {
        name: str(value) for name, value in {**given, **changed}.items() if value and (name, value) != ("page", 1)
    }
    return "/?" + urlencode(wanted) if wanted else "/"
