"""REST: the same calls and the same data as everywhere, as JSON."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from sayso.reporting.json import to_dict
from sayso.web import work
from sayso.web.desk import AtDesk

router = APIRouter(prefix="/api")


class ToRead(BaseModel):
    """A text, or the address of one."""

    given: str


@router.post("/read")
async def read(desk: AtDesk, asked: ToRead) -> dict[str, Any]:
    """Read a text or an address and tell what it rests on. Nothing is stored."""
    return to_dict(await desk.analysts.ask(work.analysed, work.pasted(asked.given)))
