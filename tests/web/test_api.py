"""REST: the same data as everywhere, described as it is, and no request that ends in a fault."""

import json
import time
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from sayso.reporting.json import from_dict, stored_schema
from sayso.reporting.stories.json import origins_from, story_from
from tests.web.desks import HERE, REPORT, TOLD, Browser


def waited(browser: Browser, job: dict[str, Any]) -> dict[str, Any]:
    """A lot when it has ended."""
    until = time.monotonic() + 120
    while job["state"] in ("waiting", "running"):
        assert time.monotonic() < until, job
        time.sleep(0.2)
        job = browser.get(f"/api/jobs/{job['id']}").json()
    return job


def test_reading_gives_the_whole_analysis(browser: Browser) -> None:
    data = browser.post("/api/read", json={"text": REPORT}).json()
    jsonschema.validate(data, stored_schema())
    assert any("Ada Ferro" in actor.name for actor in from_dict(data).actors)


def test_an_article_is_added_read_and_removed(browser: Browser) -> None:
    answer = browser.post(
        "/api/articles", json={"text": "The ferry sank on Sunday, the pilot of Osk said.", "name": "ferry"}
    )
    assert answer.status_code == 202
    job = waited(browser, browser.get(answer.headers["location"]).json())
    assert (job["state"], job["stored"], job["failed"]) == ("done", 1, 0)
    [(id, _)] = job["articles"]
    assert browser.get(f"/api/articles/{id}").json()["input"] == "ferry"
    assert browser.delete(f"/api/articles/{id}").status_code == 204
    assert browser.get(f"/api/articles/{id}").status_code == 404
    assert browser.delete(f"/api/articles/{id}").status_code == 404


def test_a_file_is_added_as_it_comes(browser: Browser) -> None:
    rows = [
        {"title": f"Storm {n}", "text": f"The storm took roof {n} on Friday, firemen said.", "outlet": "Sand Sheet"}
        for n in range(3)
    ]
    body = "\n".join(json.dumps(row) for row in rows).encode()
    answer = browser.post(
        "/api/files?name=storms.jsonl", content=iter([body]), headers={"content-type": "application/octet-stream"}
    )
    assert waited(browser, answer.json())["stored"] == 3
    assert browser.get("/api/articles", params={"outlet": "Sand Sheet"}).json()["total"] == 3


def test_search_has_rows_and_facets(browser: Browser) -> None:
    found = browser.get("/api/articles", params={"text": "harbour", "order": "oldest", "limit": 1}).json()
    assert found["total"] == 2
    assert [row["title"] for row in found["rows"]] == ["Cable cut"]
    assert sorted(outlet for outlet, _ in found["facets"]["outlets"]) == ["Amber Post", "Halna Wire"]


@pytest.mark.parametrize("about", [{"article": "a20240509"}, {"text": f"{TOLD} Nobody knows why."}])
def test_a_report_is_traced_whether_it_is_stored_or_not(browser: Browser, about: dict[str, str]) -> None:
    story = story_from(browser.post("/api/trace", json=about).text)
    assert "Halna Wire" in [entry.article.outlet for entry in story.entries]


def test_a_story_is_the_trace_of_an_article(browser: Browser) -> None:
    assert (
        browser.get("/api/stories/a20240509").json() == browser.post("/api/trace", json={"article": "a20240509"}).json()
    )


def test_origins_come_as_a_range(browser: Browser) -> None:
    asked = {"article": "a20240509", "claim": "Divers found the cable of the old harbour cut in two places on Monday."}
    found = origins_from(browser.post("/api/origins", json=asked).text)
    assert 1 <= found.least <= found.most <= 2


@pytest.mark.parametrize(
    ("path", "body", "status", "told"),
    [
        ("/api/read", {}, 422, "give one of text and address"),
        ("/api/read", {"text": "A fire.", "address": "https://news.example"}, 422, "give one of text and address"),
        ("/api/read", {"address": "file:///etc/passwd"}, 422, "it begins with http"),
        ("/api/read", {"text": "x" * 300_001}, 422, "at most 300000"),
        ("/api/read", {"text": 7}, 422, "text: "),
        ("/api/read", [], 422, "the body: "),
        ("/api/trace", {"text": "A fire.", "article": "x"}, 422, "give one of"),
        ("/api/trace", {"article": "none"}, 404, "no article 'none'"),
        ("/api/trace", {"article": "h20240506", "limit": 0}, 422, "limit: "),
        ("/api/origins", {"article": "h20240506"}, 422, "claim: "),
        ("/api/articles", {}, 422, "give an address"),
        ("/api/articles", {"addresses": ["/etc/passwd"]}, 422, "it is no address"),
        ("/api/articles", {"addresses": ["-"]}, 422, "it is no address"),
    ],
)
def test_what_cannot_be_done_is_told(browser: Browser, path: str, body: Any, status: int, told: str) -> None:
    answer = browser.post(path, json=body)
    assert answer.status_code == status
    assert told in answer.json()["detail"]


def test_text_that_utf8_cannot_hold_is_no_fault(browser: Browser) -> None:
    body = b'{"text": "The ministry said \\ud800 on Monday that the road was open to all traffic again."}'
    for path in ("/api/read", "/api/trace", "/api/articles"):
        assert browser.post(path, content=body, headers={"content-type": "application/json"}).status_code < 500


def test_the_description_names_every_schema_it_points_to(browser: Browser) -> None:
    text = browser.get("/openapi.json").text
    known = json.loads(text)["components"]["schemas"]
    assert {name.split('"')[0] for name in text.split("#/components/schemas/")[1:]} <= set(known)
    assert "$defs" not in text
    assert browser.get("/docs").status_code == 404


CALLS = [
    "POST /api/read", "POST /api/trace", "POST /api/origins", "GET /api/articles", "POST /api/articles", "POST /api/files",
    "GET /api/articles/{id}", "DELETE /api/articles/{id}", "GET /api/stories/{id}", "GET /api/jobs", "GET /api/jobs/{id}",
    "DELETE /api/jobs/{id}", "GET /api/exports/{format}",
    "GET /api/articles/{id}/corrections", "POST /api/articles/{id}/corrections", "GET /api/corrections",
    "POST /api/articles/{id}/corrections/{which}/undo",
]  # fmt: skip
QUICK = settings(
    max_examples=12, deadline=None, derandomize=True, database=None,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip
CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance]


@pytest.fixture(scope="module")
def described(browser: Browser) -> BaseSchema:
    return schemathesis.openapi.from_dict(browser.get("/openapi.json").json())


def test_every_call_is_tried(described: BaseSchema) -> None:
    assert {found.ok().label for found in described.get_all_operations()} == set(CALLS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("label", CALLS)
def test_no_call_ends_in_a_fault(browser: Browser, described: BaseSchema, label: str, mode: GenerationMode) -> None:
    """Schemathesis makes calls of the description, valid ones and wrong ones; what comes is as it is described."""
    method, path = label.split()
    operation = described[path][method]
    if mode is GenerationMode.NEGATIVE and label in ("GET /api/jobs", "GET /api/corrections"):
        pytest.skip("a call without parameters cannot be wrong")

    @QUICK
    @given(case=operation.as_strategy(generation_mode=mode))
    def each(case: Case) -> None:
        sent = {key: value for key, value in case.as_transport_kwargs(base_url=HERE).items() if value not in (None, {})}
        if "data" in sent:
            sent["content"] = sent.pop("data")
        case.validate_response(browser.request(**sent, follow_redirects=False), checks=CHECKS)

    each()
