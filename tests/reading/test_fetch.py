"""Fetching: public hosts only, every hop checked, and never longer than the limit. Servers here are on loopback."""

import contextlib
import gzip
import pickle
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from sayso.errors import ReadingError, ServerError
from sayso.reading import fetch, read

PAGE = (
    b"<html><head><title>Road closed</title></head><body><p>Officials said on Monday that the road to the coast would "
    b"stay closed until the end of the week, and that nobody knew why.</p></body></html>"
)
LIMIT = 100_000


def answer(body: bytes = PAGE, status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@contextlib.contextmanager
def server(handle: Callable[[socket.socket, bytes], None], most: int = 12) -> Iterator[int]:
    """A server on loopback that answers at most `most` requests; gives its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(5)

    def run() -> None:
        for _ in range(most):
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.settimeout(5)
                handle(connection, connection.recv(65_536))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


@contextlib.contextmanager
def answering(*answers: bytes) -> Iterator[int]:
    """A server that gives these answers, the last one again and again."""
    left = list(answers)

    def handle(connection: socket.socket, _: bytes) -> None:
        connection.sendall(left.pop(0) if len(left) > 1 else left[0])

    with server(handle) as port:
        yield port


@pytest.fixture
def _loopback_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "is_public", lambda address: address == "127.0.0.1")


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.1.2.3",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
        ),
        *(
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fe80::1%eth0",
        ),
        *("fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::"),
        *("64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:db8::1", "not an address", ""),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not fetch.is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert fetch.is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "2130706433",
        "0x7f.1",
        "127.1",
        "017700000001",
    ],
)
def test_a_host_inside_is_never_spoken_to(host: str) -> None:
    asked: list[bytes] = []
    with (
        server(lambda _, request: asked.append(request)) as port,
        pytest.raises(ReadingError, match=r"not public|cannot be found|cannot be fetched") as caught,
    ):
        read(f"http://{host}:{port}/a")
    assert str(caught.value).startswith(f"http://{host}:{port}/a: ")
    assert asked == []


@pytest.mark.parametrize("inside", ["10.0.0.8", "127.0.0.1"])
def test_a_name_that_points_inside(monkeypatch: pytest.MonkeyPatch, inside: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.215.14", inside)]
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(ReadingError, match=f"not public .{inside}"):
        read("http://rebind.example/")


def test_the_checked_address_is_the_one_spoken_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers otherwise the second time leads nowhere: there is no second look-up."""
    hosts: list[str] = []
    look_up = socket.getaddrinfo

    def count(host: str, *args: object, **options: object) -> list:
        hosts.append(host)
        return look_up("127.0.0.1" if host == "news.example" else host, *args, **options)

    monkeypatch.setattr(fetch.socket, "getaddrinfo", count)
    monkeypatch.setattr(fetch, "is_public", lambda address: address == "127.0.0.1")
    requests: list[bytes] = []

    def handle(connection: socket.socket, request: bytes) -> None:
        requests.append(request)
        connection.sendall(answer())

    with server(handle) as port:
        read(f"http://news.example:{port}/a?b=1")
        assert hosts.count("news.example") == 1
        assert set(hosts) <= {"news.example", "127.0.0.1"}
        assert requests[0].startswith(b"GET /a?b=1 HTTP/1.1\r\n")
        assert f"host: news.example:{port}".encode() in requests[0].lower()
        assert b"sayso" in requests[0]


@pytest.mark.usefixtures("_loopback_is_public")
def test_a_page() -> None:
    with answering(answer(Content_Type="text/html; charset=utf-8")) as port:
        article = read(f"http://127.0.0.1:{port}/2024/10/20/road")
    assert (article.title, article.published) == ("Road closed", "2024-10-20")
    assert article.url == article.input == f"http://127.0.0.1:{port}/2024/10/20/road"
    assert article.outlet_evidence == "address 127.0.0.1, not in the table of outlets"


@pytest.mark.usefixtures("_loopback_is_public")
def test_a_packed_page_and_a_declared_encoding() -> None:
    packed = gzip.compress(PAGE.replace(b"nobody", "café".encode("latin-1")))
    with answering(answer(packed, Content_Encoding="gzip", Content_Type="text/html; charset=ISO-8859-1")) as port:
        assert "café" in read(f"http://127.0.0.1:{port}/").text


@pytest.mark.usefixtures("_loopback_is_public")
def test_redirects() -> None:
    with answering(answer(b"", "302 Found", Location="/b"), answer()) as port:
        article = read(f"http://127.0.0.1:{port}/a")
    assert article.url == f"http://127.0.0.1:{port}/b"
    assert any("led on to" in note for note in article.notes)


@pytest.mark.usefixtures("_loopback_is_public")
@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://10.0.0.8/", "not public .10.0.0.8"),
        ("http://169.254.169.254/latest/meta-data", "not public"),
        ("http://[::1]/", "not public"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/", "only http and https"),
        ("http://", r"http://127\.0\.0\.1"),
        ("http://[broken", "cannot be found"),
        ("/again", "redirected more than 5 times"),
    ],
)
def test_redirects_that_lead_astray(location: str, words: str) -> None:
    with answering(answer(b"", "302 Found", Location=location)) as port, pytest.raises(ReadingError, match=words):
        read(f"http://127.0.0.1:{port}/a")


@pytest.mark.usefixtures("_loopback_is_public")
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (answer(b"Not here", "404 Not Found"), "the server answered 404 Not Found"),
        (answer(b"x" * (LIMIT + 1)), "too large"),
        (answer(gzip.compress(b"x" * 5_000_000), Content_Encoding="gzip"), "too large"),
        (answer(b"not gzip", Content_Encoding="gzip"), "cannot be fetched"),
        (b"SSH-2.0-OpenSSH_9.0\r\n", "cannot be fetched"),
        (b"", "cannot be fetched"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "cannot be fetched"),
        (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", ""),
    ],
)
def test_answers_that_are_no_page(reply: bytes, words: str) -> None:
    with answering(reply) as port:
        url = f"http://127.0.0.1:{port}/"
        if not words:
            assert fetch.fetch(url, limit=LIMIT).data == b""  # a redirect that does not say where
            return
        with pytest.raises(ReadingError, match=words) as caught:
            fetch.fetch(url, limit=LIMIT, seconds=5)
    assert str(caught.value).startswith(f"{url}: ")


@pytest.mark.usefixtures("_loopback_is_public")
@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "30"}, 30.0),
        ({"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}, 0.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "9" * 400}, None),
    ],
)
def test_a_busy_server_says_when_to_come_back(headers: dict[str, str], seconds: float | None) -> None:
    with answering(answer(b"", "429 Too Many Requests", **headers)) as port, pytest.raises(ServerError) as caught:
        fetch.fetch(f"http://127.0.0.1:{port}/", limit=LIMIT)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.status, again.retry_after, str(again)) == (429, seconds, str(caught.value))


def drip(connection: socket.socket, first: bytes) -> None:
    connection.sendall(first)
    for _ in range(60):
        time.sleep(0.05)
        connection.sendall(b"x")


@pytest.mark.usefixtures("_loopback_is_public")
@pytest.mark.parametrize(
    "handle",
    [
        lambda *_: time.sleep(3),
        lambda connection, _: drip(connection, b"HTTP/1.1 200 OK\r\nX-Slow: "),
        lambda connection, _: drip(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"),
    ],
    ids=["silent", "headers drop by drop", "body drop by drop"],
)
def test_a_server_that_never_ends(handle: Callable[[socket.socket, bytes], None]) -> None:
    started = time.monotonic()
    with server(handle, most=1) as port, pytest.raises(ReadingError, match="within 1 seconds"):
        fetch.fetch(f"http://127.0.0.1:{port}/", limit=LIMIT, seconds=0.6)
    assert time.monotonic() - started < 2


def test_a_name_server_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *_, **__: time.sleep(2) or [])
    started = time.monotonic()
    with pytest.raises(ReadingError, match="within"):
        fetch.fetch("http://slow.example/", limit=LIMIT, seconds=0.5)
    assert time.monotonic() - started < 1.5


@pytest.mark.usefixtures("_loopback_is_public")
def test_no_proxy_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with answering(answer()) as port:
        assert read(f"http://127.0.0.1:{port}/").title == "Road closed"


@pytest.mark.usefixtures("_loopback_is_public")
def test_a_server_without_tls() -> None:
    with (
        answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port,
        pytest.raises(ReadingError, match=r"cannot be fetched|certificate"),
    ):
        read(f"https://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url", ["http://", "https:///a", "http://user@", "http://a..b/", "http://" + "a" * 300 + "/", "http://\x00/"]
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(ReadingError):
        read(url)
