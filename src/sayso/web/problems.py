"""What a user is told when something cannot be done: a page for people, JSON for programs, never a traceback."""

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.responses import Response

from sayso.errors import HeldError, SaysoError
from sayso.web import pages
from sayso.web.analysts import BusyError
from sayso.web.answers import Answer
from sayso.web.desk import desk_of
from sayso.workers import WorkerDied

TITLES = {
    400: "That cannot be done",
    401: "A token is needed",
    403: "That is not allowed",
    404: "There is no such page",
    405: "That cannot be done here",
    409: "Somebody was quicker",
    413: "That is too large",
    415: "That cannot be read",
    421: "This desk does not go by that name",
    422: "That cannot be done",
    429: "Too much at once",
    500: "That did not work",
    503: "There is too much to do",
}
FAULT = "A fault in Sayso; please report it. The server goes on."


def install(app: FastAPI) -> None:
    """Have every error of the app answered in one way."""
    app.add_exception_handler(AnyHTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(SaysoError, _of_sayso)
    app.add_exception_handler(Exception, _of_fault)


def answer(request: Request, status: int, problem: str, **headers: str) -> Response:
    """The answer that says what is wrong, as whoever asked can read it."""
    if wants_json(request):
        response: Response = Answer({"detail": problem}, status)
    else:
        title = TITLES.get(status, "That did not work")
        response = pages.render(request, "problem.html", status=status, title=title, problem=problem)
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


def wants_json(request: Request) -> bool:
    """Whether a program asks: everything below /api/, and the description of it."""
    return request.url.path.startswith(("/api/", "/openapi.json"))


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, AnyHTTPException)
    problem = str(error.detail)
    if not isinstance(error, HTTPException):  # from the router, in its own words
        problem = "Nothing is found at this address." if error.status_code == 404 else problem
    response = answer(request, error.status_code, problem)
    response.headers.update(error.headers or {})
    return response


async def _of_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = [f"{'.'.join(str(step) for step in one['loc'][1:]) or 'the body'}: {one['msg']}" for one in error.errors()]
    return answer(request, 422, "; ".join(told[:5]))


async def _of_sayso(request: Request, error: Exception) -> Response:
    """What Sayso says itself is meant for people; where the corpus lies on the disk is nobody's business here."""
    problem = str(error).replace(f"{desk_of(request).path}", "the library")
    if isinstance(error, BusyError | HeldError):
        return answer(request, 503, problem, retry_after="30")
    return answer(request, 500 if isinstance(error, WorkerDied) else 422, problem)


async def _of_fault(request: Request, error: Exception) -> Response:  # noqa: ARG001 - it goes to the log
    return answer(request, 500, FAULT)
