"""The door of the desk: who may ask, from where, and how much. Nothing behind it is reached by a request it refuses.

- *Host.* A page of another site can have its own name lead to this machine (DNS rebinding), and would then be of
  one origin with the desk. So a request must name the desk by a name it goes by.
- *Origin.* What changes something must come from a page of the desk: browsers say so in `Sec-Fetch-Site` and
  `Origin`. A link of another site may lead to a page, and nothing else of theirs is answered. Forms carry a proof
  besides (`forms`), and everything below /api/ takes only bodies that no form can send.
- *Token.* Off loopback every request needs it, as a cookie (from the page /login) or as a Bearer.
- *Size.* Bodies are counted as they come in.
"""

import hashlib
import hmac
import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.web import problems
from sayso.web.desk import desk_of

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+)(:[0-9]{1,5})?", re.ASCII)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
COOKIE = "sayso"
UPLOAD = 512_000_000
BODY = 4_000_000
UPLOADS = ("/add", "/api/files")
MOST_UPLOADS = 8
OPEN = ("/login", "/static/")
"""What is seen without a token."""
SCRIPTS = "'self'"
HEADERS = {
    "content-security-policy": (
        f"default-src 'none'; style-src 'self'; script-src {SCRIPTS}; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # No other site hears of the desk. Not "no-referrer": browsers would send "Origin: null" with the desk's own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """Whom the door lets in. `names` are the host names that the desk goes by, besides those of this machine.

    `anywhere`: it is reached from other machines, so that any address (but no other name) is one of its own.
    """

    token: str | None = None
    names: frozenset[str] = field(default_factory=frozenset)
    anywhere: bool = False

    def knows(self, host: str) -> bool:
        """Whether a Host header names this desk.

        >>> Rules().knows("127.0.0.1:8000"), Rules().knows("localhost"), Rules().knows("evil.example")
        (True, True, False)
        >>> Rules().knows("192.168.1.7"), Rules(anywhere=True).knows("192.168.1.7")
        (False, True)
        """
        found = _HOST.fullmatch(host.lower())
        if found is None:
            return False
        name = found[1].strip("[]").rstrip(".")
        if name == "localhost" or name in self.names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return self.anywhere or address.is_loopback

    def admits(self, request: Request) -> bool:
        """Whether a request brings the token, if there is one."""
        if self.token is None:
            return True
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return same(given.strip(), self.token)
        return same(request.cookies.get(COOKIE, ""), pass_of(self.token))


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def pass_of(token: str) -> str:
    """What the cookie holds: made from the token, and of no use to find it out."""
    return hmac.new(token.encode(), b"sayso cookie", hashlib.sha256).hexdigest()


def from_elsewhere(request: Request) -> bool:
    """Whether a browser says that a request comes from a page of another site. Programs say nothing of it.

    Somebody who follows a link of another site comes from nowhere: only the page is shown.
    """
    site = request.headers.get("sec-fetch-site")
    if site in ("same-origin", "none"):
        return False
    if request.method in SAFE:
        return site is not None and request.headers.get("sec-fetch-dest") != "document"
    if site is not None:
        return True
    origin = request.headers.get("origin")
    if origin is None:
        return False
    return urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()


class Guard:
    """The door, around the whole app."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self.rules = rules
        self._uploads = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no web sockets here
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        request.scope.setdefault("state", {})
        told = _Told(send, scope["path"])
        if refusal := self._refusal(request):
            status, problem = refusal
            await problems.answer(request, status, problem)(scope, receive, told)
            return
        if not scope["path"].startswith(OPEN) and (answer := self._unknown(request)):
            await answer(scope, receive, told)
            return
        if scope["path"] in UPLOADS and scope["method"] not in SAFE:
            await self._upload(scope, receive, told)
        else:
            await self.app(scope, _Counted(receive, BODY), told)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._uploads >= MOST_UPLOADS:
            problem = "Too many files are being sent at once; try again in a minute."
            await problems.answer(Request(scope), 503, problem, retry_after="60")(scope, receive, send)
            return
        self._uploads += 1
        try:
            await self.app(scope, _Counted(receive, UPLOAD), send)
        finally:
            self._uploads -= 1

    def _refusal(self, request: Request) -> tuple[int, str] | None:
        hosts = request.headers.getlist("host")
        if len(hosts) != 1 or not self.rules.knows(hosts[0]):
            return 421, "The request names another host; open the desk at the address that `sayso serve` printed."
        if from_elsewhere(request):
            return 403, "This comes from a page of another site, which may ask and change nothing here."
        length, most = request.headers.get("content-length", "0"), limit(request.url.path)
        if not length.isdecimal() or int(length[:18]) > most:
            return 413, too_large(most)
        return None

    def _unknown(self, request: Request) -> ASGIApp | None:
        """What is answered to somebody who does not bring the token; None to who does. Guesses are counted."""
        address = request.client.host if request.client else ""
        tries, guessed = desk_of(request).tries, "authorization" in request.headers
        if self.rules.token is not None and guessed and not tries.allow(address):
            return problems.answer(request, 429, "Too many tokens were tried from there. Wait a minute.")
        if self.rules.admits(request):
            return None
        if guessed:
            tries.note(address)
        return self._ask_for_token(request)

    def _ask_for_token(self, request: Request) -> ASGIApp:
        from starlette.responses import RedirectResponse  # noqa: PLC0415

        if problems.wants_json(request) or request.method not in SAFE:
            problem = "This desk needs its token: send it as “Authorization: Bearer …”, or log in at /login."
            return problems.answer(request, 401, problem, www_authenticate="Bearer")
        return RedirectResponse("/login", 303)


def limit(path: str) -> int:
    """How many bytes a body may have."""
    return UPLOAD if path in UPLOADS else BODY


def too_large(most: int) -> str:
    """What is said of a body with more bytes than it may have."""
    return f"The body is larger than {most / 1e6:.0f} MB, which is the limit here."


class _Counted:
    """What comes in, up to a number of bytes."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive = receive
        self.most = self.left = most

    async def __call__(self) -> Message:
        message = await self.receive()
        if message["type"] == "http.request":
            self.left -= len(message.get("body", b""))
            if self.left < 0:
                raise HTTPException(413, too_large(self.most), {"connection": "close"})
        return message


class _Told:
    """What goes out, with the headers that every answer has."""

    def __init__(self, send: Send, path: str) -> None:
        self.send = send
        self.kept = path.startswith("/static/")

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            own: list[tuple[bytes, bytes]] = message["headers"]
            set_already = {name.lower() for name, _ in own}
            cache = "no-cache" if self.kept else "no-store"
            wanted: Iterable[tuple[str, str]] = {**HEADERS, "cache-control": cache}.items()
            message["headers"] = [*own, *((n.encode(), v.encode()) for n, v in wanted if n.encode() not in set_already)]
        await self.send(message)
