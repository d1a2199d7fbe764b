"""Fetch a page from the web: the only code that speaks to the network.

Addresses come from strangers, so a page is fetched from public hosts only, and what was checked is what is spoken
to: a host name is looked up once, by the code that opens the connection, so that a second answer of its name server
cannot lead elsewhere (DNS rebinding). Every redirect goes through the same door.
"""

import ipaddress
import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from sayso.errors import ReadingError, ServerError
from sayso.model import DateCandidate
from sayso.reading import dates
from sayso.reading.draft import Raw

MAX_REDIRECTS = 5
CONNECT_SECONDS = 10.0
TOTAL_SECONDS = 30.0  # from the look-up of the first host to the last byte, redirects included
USER_AGENT = "sayso/0.1 (reads one page that its user asked for; a fact-checker's tool)"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CARRIER = ipaddress.ip_network("100.64.0.0/10")  # RFC 6598, between a carrier and its customers
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
}


class _RefusedError(Exception):
    """An address that must not be spoken to; the words are for the user."""


class _StatusError(_RefusedError):
    """An answer that is an error, with its status and the seconds that the server asks to wait, if it does."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(f"the server answered {response.status_code} {response.reason_phrase}".rstrip())
        self.status = response.status_code
        self.retry_after = _seconds(response.headers.get("retry-after", ""))


def fetch(url: str, *, limit: int, seconds: float = TOTAL_SECONDS) -> Raw:
    """The bytes at an http(s) address and the address that they came from in the end.

    Raises ReadingError: no public address, too many redirects, more than `limit` bytes, not all there after
    `seconds`, or an answer that is no page; for an error of the server, the ServerError has its status.
    """
    deadline = time.monotonic() + seconds
    try:
        with httpx.Client(transport=_Transport(deadline), trust_env=False, timeout=seconds) as client:
            return _follow(client, url, limit, deadline)
    except _StatusError as error:
        raise ServerError(url, str(error), error.status, error.retry_after) from error
    except _RefusedError as error:
        raise ReadingError(url, str(error)) from error
    except (httpx.TimeoutException, httpcore.TimeoutException, TimeoutError) as error:
        raise ReadingError(url, f"the server did not send the page within {seconds:.0f} seconds") from error
    except ssl.SSLError as error:
        raise ReadingError(url, f"its certificate cannot be trusted ({error.reason})") from error
    except (
        httpx.HTTPError,
        httpx.InvalidURL,
        httpx.StreamError,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        OSError,
    ) as error:
        raise ReadingError(url, f"it cannot be fetched ({str(error) or type(error).__name__})") from error


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also one that is wrapped in another (RFC 6890).

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("100.64.0.1")
    (True, False, False, False)
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    elif ip in _CARRIER:
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def _follow(client: httpx.Client, url: str, limit: int, deadline: float) -> Raw:
    """Get a page, going where redirects lead, each hop checked as the first one was."""
    at = url
    for _ in range(MAX_REDIRECTS + 1):
        _check(at)
        with client.stream("GET", at, headers=_HEADERS, follow_redirects=False) as response:
            if response.has_redirect_location:
                at = str(response.url.join(response.headers["location"]))
                continue
            if response.status_code >= httpx.codes.BAD_REQUEST:
                raise _StatusError(response)
            data = _body(response, limit, deadline)
            notes = (f"The address led on to {at}.",) if at != url else ()
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            taken = tuple(_memento(response.headers.get("memento-datetime", "")))
            return Raw(url, data, at, kind or None, response.charset_encoding, notes, taken)
    raise _RefusedError(f"it is redirected more than {MAX_REDIRECTS} times")


def _memento(header: str) -> Iterator[DateCandidate]:
    """When an archive made the copy that it sends (RFC 7089, 2.1.1)."""
    if value := dates.iso(header):
        yield DateCandidate(value, "archive capture", "captured", f"Memento-Datetime {header[:60]}")


def _seconds(retry_after: str) -> float | None:
    """What a Retry-After header asks for (RFC 9110, 10.2.3): a number of seconds, or a date.

    >>> _seconds("120"), _seconds("Fri, 31 Dec 1999 23:59:59 GMT"), _seconds("soon")
    (120.0, 0.0, None)
    """
    if re.fullmatch(r"[0-9]{1,9}", retry_after.strip()):
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise _RefusedError(f"it leads to {url[:200]}; only http and https addresses can be read")


def _body(response: httpx.Response, limit: int, deadline: float) -> bytes:
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > limit:
            raise _RefusedError(f"it is too large: it has more than {limit / 1e6:.0f} MB")
        if time.monotonic() > deadline:
            raise TimeoutError
        chunks.append(chunk)
    return b"".join(chunks)


def _addresses(host: str, port: int, seconds: float) -> list[str]:
    """The IP addresses of a host. The system's look-up has no time limit of its own, so it runs beside."""
    answers: queue.Queue[list[str] | OSError] = queue.Queue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(entry[4][0]) for entry in found])
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=look_up, daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.0))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise _RefusedError(f"the host {host} cannot be found")
    return list(dict.fromkeys(answer))


class _Door(httpcore.SyncBackend):
    """Opens connections, to public addresses only and not beyond the deadline."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline counts, here and below
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = _addresses(host, port, _left(self.deadline))
        # One address inside is enough to refuse: a name that points inside and outside is a trick or a mistake.
        if inside := [address for address in addresses if not is_public(address)]:
            raise _RefusedError(f"the host {host} is not public ({inside[0]}); only public addresses are read")
        problem: Exception = _RefusedError(f"the host {host} cannot be found")
        for address in addresses[:4]:
            try:
                wait = min(CONNECT_SECONDS, _left(self.deadline))
                return _Stream(super().connect_tcp(address, port, wait, local_address, socket_options), self.deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem

    def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002 - refused, whatever it is
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        raise _RefusedError("only http and https addresses can be read")


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline, so that a server cannot hold it open drop by drop."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self.stream.read(max_bytes, _left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self.stream.write(buffer, _left(self.deadline))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return _Stream(self.stream.start_tls(ssl_context, server_hostname, _left(self.deadline)), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class _Body(httpx.SyncByteStream):
    def __init__(self, parts: Any) -> None:
        self.parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self.parts

    def close(self) -> None:
        self.parts.close()


class _Transport(httpx.BaseTransport):
    """httpx over the door: the host's name stays in request and TLS, the connection goes to the checked address."""

    def __init__(self, deadline: float) -> None:
        context = httpx.create_ssl_context(trust_env=False)
        self.pool = httpcore.ConnectionPool(ssl_context=context, network_backend=_Door(deadline), max_connections=1)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        inner = httpcore.Request(
            request.method, url, headers=request.headers.raw, content=None, extensions=request.extensions
        )
        answer = self.pool.handle_request(inner)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        self.pool.close()


def _left(deadline: float) -> float:
    """The seconds that are left. Raises TimeoutError where there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
