"""Where a person gives the token, and gets a cookie for it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from sayso.web import guard, pages
from sayso.web.desk import AtDesk
from sayso.web.forms import Form, text

router = APIRouter(include_in_schema=False)
MONTH = 30 * 24 * 3600


@router.get("/login")
def ask(request: Request) -> HTMLResponse:
    """The form for the token."""
    return pages.render(request, "login.html", problem="")


@router.post("/login")
async def let_in(request: Request, desk: AtDesk, form: Form) -> Response:
    """A cookie for whoever knows the token."""
    address = request.client.host if request.client else ""
    if not desk.tries.allow(address):
        problem = "Too many tokens were tried from there. Wait a minute."
        return pages.render(request, "login.html", status=429, problem=problem)
    if desk.token is None or guard.same(text(form, "token"), desk.token):
        response = RedirectResponse("/", 303)
        if desk.token is not None:
            held = guard.pass_of(desk.token)
            secure = request.url.scheme == "https"
            response.set_cookie(guard.COOKIE, held, max_age=MONTH, httponly=True, samesite="strict", secure=secure)
        return response
    desk.tries.note(address)
    return pages.render(request, "login.html", status=401, problem="That is not the token of this desk.")
