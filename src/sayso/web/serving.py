"""The desk on a port of this machine."""

import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import SaysoError
from sayso.web.analysts import Analysts

SHORTEST = 12
"""Letters of a token where others can try."""
AT_ONCE = 256
"""Connections that are answered at the same time; a further one hears that it is too much."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a desk is reached: host and port to listen at, other names that it goes by, and what lets people in."""

    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    token: str | None = None


def serve(corpus: Path, at: Address, open_browser: bool = False) -> None:
    """Serve the desk of a corpus until it is interrupted. Raises SaysoError where it cannot."""
    host = at.host
    if not is_loopback(host) and len(at.token or "") < SHORTEST:
        raise SaysoError(
            f"{host} can be reached from other machines, so the desk needs a token of {SHORTEST} letters or more "
            "there: --token TEXT, or the environment variable SAYSO_TOKEN"
        )
    listening = _socket(host, at.port)
    analysts = Analysts()
    analysts.start()  # first of all: they load while the rest of the desk does
    try:
        _run(corpus, at, listening, analysts, open_browser)
    finally:
        analysts.close()


def _run(corpus: Path, at: Address, listening: socket.socket, analysts: Analysts, open_browser: bool) -> None:
    import uvicorn  # noqa: PLC0415 - takes a while, which the processes use

    from sayso.web.app import app  # noqa: PLC0415

    host, local = at.host, is_loopback(at.host)
    own = (*at.names, *(() if local else (socket.gethostname(), socket.getfqdn())))
    desk = app(corpus, token=at.token, names=own, anywhere=not local, analysts=analysts)
    config = uvicorn.Config(
        desk,
        log_level="warning",
        limit_concurrency=AT_ONCE,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=3,
    )
    listening.listen(AT_ONCE)  # from now on whoever comes waits, and is not sent away
    address = f"http://{_named(host)}:{listening.getsockname()[1]}/"
    print(f"The desk of {corpus} is open at {address} (Ctrl-C closes it)", flush=True)
    if open_browser:
        import webbrowser  # noqa: PLC0415 - only if it is wished for

        webbrowser.open(address)
    uvicorn.Server(config).run([listening])


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, for itself only.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _named(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104 - told apart, not bound
        return socket.gethostname()
    return f"[{host}]" if ":" in host else host


def _socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise SaysoError(f"{host}, port {port}: it cannot be opened ({getattr(error, 'strerror', error)})") from error
    return listening
