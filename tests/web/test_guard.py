"""The door: other hosts' names, other sites' pages, bodies without end, and who has no token."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.web import guard
from sayso.web.tries import Tries
from tests.web.desks import HERE, Browser, desk, stocked

SECRET = "an-invented-token-of-some-length"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with desk(stocked(tmp_path_factory.mktemp("desk") / "corpus"), token=SECRET, anywhere=True) as browser:
        yield browser


@pytest.fixture(autouse=True)
def _no_cookies(browser: Browser, locked: Browser) -> None:
    browser.cookies.clear()
    locked.cookies.clear()
    locked.app.state.desk.tries = Tries()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("host", "is_known"),
    [
        ("127.0.0.1", True), ("127.0.0.1:8765", True), ("localhost:8765", True), ("LOCALHOST", True), ("[::1]:8765", True),
        ("evil.example", False), ("evil.example:8765", False), ("127.0.0.1.evil.example", False), ("localhost.evil.example", False),
        ("192.168.1.7", False), ("0.0.0.0", False), ("", False), ("[::1", False), ("evil@127.0.0.1", False), ("127.0.0.1:x", False), ("127.0.0.1/", False), ("127.0.0.1 evil", False),
    ],
)  # fmt: skip
def test_only_names_of_this_machine_are_answered(browser: Browser, host: str, is_known: bool) -> None:
    answer = browser.get("/", headers={"host": host})
    assert answer.status_code == (200 if is_known else 421)
    assert ("Cable cut" in answer.text) == is_known


@pytest.mark.parametrize(
    "path", ["/", "/read", "/api/articles", "/static/report.css", "/openapi.json", "/login", "/nothing"]
)
def test_a_forged_host_reaches_nothing(browser: Browser, path: str) -> None:
    assert browser.get(path, headers={"host": "evil.example"}).status_code == 421


def test_two_hosts_are_none(browser: Browser) -> None:
    assert browser.get("/", headers=[("host", "127.0.0.1"), ("host", "evil.example")]).status_code == 421


def test_another_name_is_known_if_it_was_given(tmp_path: Path) -> None:
    with desk(tmp_path / "corpus", names=["Desk.Example"]) as browser:
        assert browser.get("/", headers={"host": "desk.example:8765"}).status_code == 200
        assert browser.get("/", headers={"host": "other.example"}).status_code == 421


CROSS = [
    {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9999"}, {"origin": "http://127.0.0.1.evil.example"},
    {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "cross-site", "origin": HERE},
]  # fmt: skip


@pytest.mark.parametrize("headers", CROSS, ids=str)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/read"), ("POST", "/api/read"), ("DELETE", "/api/articles/h20240506"), ("POST", "/login")],
)
def test_nothing_is_changed_from_another_site(
    browser: Browser, headers: dict[str, str], method: str, path: str
) -> None:
    proof = browser.proof()
    given = {"json": {"text": "A fire."}} if path.startswith("/api") else {"data": {"proof": proof, "given": "A fire."}}
    assert browser.request(method, path, headers=headers, **given).status_code == 403
    assert "Cable cut" in browser.get("/").text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": HERE},
        {"sec-fetch-site": "same-origin", "origin": HERE},
        {"sec-fetch-site": "same-origin", "origin": "null"},
    ],
)
def test_what_comes_from_here_is_heard(browser: Browser, headers: dict[str, str]) -> None:
    answer = browser.fill("/add", {"addresses": "no address"}, headers=headers)
    assert answer.status_code == 422
    assert "it is no address" in answer.text


@pytest.mark.parametrize(
    "path", ["/read", "/add", "/login", "/articles/h20240506/remove", "/jobs/x/stop", "/read/x/add"]
)
@pytest.mark.parametrize("proof", [None, "", "x", "ü", "\x00"])
def test_a_form_needs_the_proof_of_our_page(browser: Browser, path: str, proof: str | None) -> None:
    answer = browser.post(path, data={} if proof is None else {"proof": proof}, follow_redirects=False)
    assert answer.status_code == 403
    assert "load its page again" in answer.text


KINDS = [None, "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_other_sites_can_send_unasked_is_nothing_to_the_api(browser: Browser, kind: str | None) -> None:
    headers = {} if kind is None else {"content-type": kind}
    for path in ("/api/read", "/api/articles", "/api/trace", "/api/files"):
        answer = browser.post(path, content=b'{"text": "A fire."}', headers=headers)
        assert answer.status_code in (415, 422), path


@pytest.mark.parametrize(
    "path", ["/", "/read", "/add", "/jobs", "/login", "/nothing", "/static/report.css", "/api/articles", "/api/nothing"]
)
def test_every_answer_has_the_headers(browser: Browser, path: str) -> None:
    headers = browser.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")


def test_a_refusal_has_the_headers_too(browser: Browser) -> None:
    assert "content-security-policy" in browser.get("/", headers={"host": "evil.example"}).headers
    assert browser.post("/read", headers={"origin": "http://evil.example"}).headers["cache-control"] == "no-store"


def test_a_body_that_says_it_is_too_large_is_not_read(browser: Browser) -> None:
    headers = {"content-length": str(guard.BODY + 1), "content-type": "application/json"}
    answer = browser.post("/api/read", content=b"{}", headers=headers)
    assert answer.status_code == 413
    assert "4 MB" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/read", "application/json"),
        ("/read", "application/x-www-form-urlencoded"),
        ("/login", "multipart/form-data; boundary=x"),
    ],
)
def test_a_body_without_a_length_is_counted_as_it_comes(browser: Browser, path: str, kind: str) -> None:
    pieces = (b"a" * 100_000 for _ in range(guard.BODY // 100_000 + 2))
    assert browser.post(path, content=pieces, headers={"content-type": kind}).status_code == 413


@pytest.mark.parametrize(
    "path", ["/", "/read", "/add", "/jobs", "/articles/h20240506", "/stories/h20240506", "/nothing"]
)
def test_without_the_token_a_page_asks_for_it(locked: Browser, path: str) -> None:
    answer = locked.get(path)
    assert answer.url.path == "/login"
    assert "Cable cut" not in answer.text


@pytest.mark.parametrize(
    "path", ["/api/articles", "/api/articles/h20240506", "/api/jobs", "/openapi.json", "/api/exports/json"]
)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer x"},
        {"authorization": f"Basic {SECRET}"},
        {"authorization": "Bearer "},
        {"cookie": "sayso=x"},
        {"cookie": f"sayso={SECRET}"},
    ],
)
def test_without_the_token_a_program_gets_nothing(locked: Browser, path: str, headers: dict[str, str]) -> None:
    answer = locked.get(path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_program_brings_the_token_as_a_bearer(locked: Browser) -> None:
    assert locked.get("/api/articles", headers={"authorization": f"Bearer {SECRET}"}).json()["total"] == 3


def test_a_bearer_cannot_be_guessed_without_end(locked: Browser) -> None:
    guesses = [{"authorization": f"Bearer guess {n}"} for n in range(30)]
    answers = [locked.get("/api/articles", headers=guess).status_code for guess in guesses]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_a_person_gives_the_token_once(locked: Browser) -> None:
    assert locked.fill("/login", {"token": "wrong"}, page="/login").status_code == 401
    answer = locked.fill("/login", {"token": SECRET}, page="/login", follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert SECRET not in cookie
    assert "Cable cut" in locked.get("/").text


def test_the_token_cannot_be_guessed_without_end(locked: Browser) -> None:
    proof = locked.proof("/login")
    answers = [locked.post("/login", data={"proof": proof, "token": f"guess {n}"}).status_code for n in range(30)]
    assert answers[0] == 401
    assert answers[-1] == 429
    assert locked.get("/api/articles", headers={"authorization": f"Bearer {SECRET}"}).status_code == 429


def test_what_is_reached_from_elsewhere_goes_by_its_addresses_and_no_other_names(locked: Browser) -> None:
    assert locked.get("/login", headers={"host": "192.168.1.7:8765"}).status_code == 200
    assert locked.get("/login", headers={"host": "evil.example"}).status_code == 421
