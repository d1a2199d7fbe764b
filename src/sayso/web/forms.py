"""What a form of the desk sends."""

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData

from sayso.web.desk import desk_of
from sayso.web.guard import same

MOST_FIELDS = 200
MOST_FILES = 1_000
LONGEST_FIELD = 4_000_000


async def _form(request: Request) -> FormData:
    """The fields of a form that stood on a page of ours: it brings back the proof that was on the page."""
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD)
    proof = form.get("proof")
    if not isinstance(proof, str) or not same(proof, desk_of(request).proof):
        await form.close()
        raise HTTPException(403, "This form is from before the desk was started anew; load its page again.")
    return form


Form = Annotated[FormData, Depends(_form)]


def text(form: FormData, name: str) -> str:
    """The text of a field, without spaces around it; "" where there is none."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""
