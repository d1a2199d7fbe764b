"""`sayso mcp` as a client of the official SDK meets it: a process of its own, spoken to over its standard streams."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import anyio
import jsonschema
import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import CallToolResult, Tool

from sayso import Corpus, read
from sayso.errors import SaysoError
from sayso.library.corrections import Corrections
from sayso.reading import fetch
from sayso.reading.draft import Raw
from sayso.web import mcp as speaking

SAYSO = [sys.executable, "-m", "sayso"]
DEMO = files("sayso").joinpath("examples", "relayed_report.html").read_text("utf-8")
TOLD = "Divers found the cable of the old harbour cut in two places on Monday, the port of Halna said in a statement."
MORE = (
    "The harbour master, Lena Torvald, told the council that the repair would take nine days and cost 40,000 crowns, "
    "that both cuts were clean, and that a grey boat without lights had been seen by two anglers off the eastern mole."
)
CLAIM = "Divers found the cable of the old harbour cut in two places on Monday."
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The harbour</title>
<meta property="og:site_name" content="{}"><meta property="article:published_time" content="{}T08:00:00Z">
</head><body><article><h1>The harbour</h1><p>{}</p></article></body></html>"""
REPORTS = {
    "first.html": PAGE.format("Halna Wire", "2024-05-03", f"{TOLD} Ships had to wait outside. {MORE}"),
    "copy.html": PAGE.format(
        "Amber Post", "2024-05-09", f"It is quiet here. According to Halna Wire, {TOLD[0].lower()}{TOLD[1:]} {MORE}"
    ),
}
GERMAN = "Die Taucher fanden das Kabel am Montag an zwei Stellen durchtrennt, wie der Hafen von Halna mitteilte. " * 3
COUNTS = {"start", "end", "characters", "least", "most", "further"}
Ask = Callable[..., CallToolResult]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus, a folder that is opened, and things beside it that are not."""
    place = tmp_path_factory.mktemp("desk")
    opened = place / "opened"
    (opened / "more").mkdir(parents=True)
    for name, text in REPORTS.items():
        (opened / name).write_text(text, "utf-8")
    (opened / "more" / "copy.html").write_text(REPORTS["copy.html"], "utf-8")
    (opened / ".hidden.txt").write_text(TOLD, "utf-8")
    (place / "secret.txt").write_text(f"A secret. {TOLD}", "utf-8")
    (opened / "link.txt").symlink_to(place / "secret.txt")
    (opened / "circle").symlink_to(opened / "circle")
    os.mkfifo(opened / "pipe")
    Corpus(place / "corpus").add(read(str(opened / name)) for name in REPORTS)
    return place


@pytest.fixture(scope="module")
def client(place: Path) -> Iterator[tuple[Ask, dict[str, Tool]]]:
    """One server for all: what one question does to it, the next one meets."""
    parameters = StdioServerParameters(
        command=SAYSO[0],
        args=[*SAYSO[1:], "mcp", str(place / "corpus"), "--files", str(place / "opened")],
        env=own(place),
    )
    with (
        Path(os.devnull).open("w") as nowhere,
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(stdio_client(parameters, errlog=nowhere))) as speaker,
    ):
        tools = {tool.name: tool for tool in portal.call(speaker.list_tools).tools}

        def ask(tool: str, report: dict[str, Any] | None = None, **more: Any) -> CallToolResult:
            return portal.call(speaker.call_tool, tool, {"report": report or {}, **more})

        yield ask, tools


@pytest.fixture
def ask(client: tuple[Ask, dict[str, Tool]]) -> Ask:
    return client[0]


@pytest.fixture
def tools(client: tuple[Ask, dict[str, Tool]]) -> dict[str, Tool]:
    return client[1]


def own(place: Path) -> dict[str, str]:
    path = {"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}
    return {**path, "SAYSO_HOME": str(place / "home")}


def given(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content  # type: ignore[union-attr]
    return result.structured_content  # type: ignore[return-value]


def wrong(result: CallToolResult) -> str:
    assert result.is_error
    return result.content[0].text  # type: ignore[union-attr]


def every(kept: Callable[[dict[str, Any]], bool], data: Any) -> Iterator[dict[str, Any]]:
    """All objects in the data that are of a kind."""
    if isinstance(data, list):
        for inner in data:
            yield from every(kept, inner)
    elif isinstance(data, dict):
        if kept(data):
            yield data
        yield from every(kept, list(data.values()))


def test_four_tools_with_schemas_that_only_read(tools: dict[str, Tool]) -> None:
    assert set(tools) == {"read", "chain", "trace", "origins"}
    for tool in tools.values():
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert "no verdict" in (tool.description or "")
        assert tool.output_schema is not None
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)


def test_no_answer_can_hold_a_score(tools: dict[str, Tool]) -> None:
    for tool in tools.values():
        for described in every(lambda part: "properties" in part, tool.output_schema):
            for name, field in described["properties"].items():
                kinds = {part.get("type") for part in every(lambda part: "type" in part, field)}
                assert "number" not in kinds, name
                counted = name in COUNTS or name == "left_out" or (name == "words" and described["title"] == "Shared")
                assert "integer" not in kinds or counted, name
                assert not {"severity", "probability", "rating", "verdict", "likeness"} & {name}


@pytest.mark.parametrize(
    ("tool", "more"),
    [("read", {"whole_text": True}), ("chain", {}), ("trace", {}), ("origins", {"claim": CLAIM})],
)
@pytest.mark.parametrize("report", [{"text": DEMO}, {"file": "copy.html"}, {"text": REPORTS["first.html"]}])
def test_every_quote_is_exact(
    client: tuple[Ask, dict[str, Tool]], place: Path, tool: str, more: dict[str, Any], report: dict[str, str]
) -> None:
    ask, tools = client
    answer = given(ask(tool, report, **more))
    jsonschema.validate(answer, tools[tool].output_schema or {})
    texts = {entry.article.text for entry in Corpus(place / "corpus").entries()}
    texts.add(given(ask("read", report, whole_text=True))["text"])
    found = list(every(lambda part: {"start", "end", "words"} <= part.keys(), answer))
    assert found or "text" in report
    for quote in found:
        long = quote.get("cut", False)
        assert long == (quote["end"] - quote["start"] > len(quote["words"]))
        assert any(text[quote["start"] :].startswith(quote["words"]) for text in texts), quote
        assert any(text[quote["start"] : quote["end"]] == quote["words"] for text in texts) or long, quote


def test_reading_shows_findings_statements_and_whose_words(ask: Ask) -> None:
    answer = given(ask("read", {"text": DEMO}))
    assert answer["article"]["outlet"] == "Sable Courier"
    assert answer["observations"][0]["kind"] == "unnamed sources only"
    assert {"HALNA", "unnamed sources"} <= {said["actor"] for said in answer["statements"]}
    assert any(word["quotes"][0]["words"] == "“concerns”" for word in answer["words"])
    assert "text" not in answer


def test_a_chain_has_proof_for_every_step_or_says_where_it_breaks_off(ask: Ask) -> None:
    chains = given(ask("chain", {"text": DEMO}))["chains"]
    steps = [[step["name"] for step in chain["steps"]] for chain in chains]
    assert ["Sable Courier", "HALNA", "unnamed sources"] in steps
    assert ["Sable Courier", "HALNA’s report", "Tidewire", "sources from Haldmark’s Easterholm (unnamed)"] in steps
    for chain in chains:
        assert all(step["quotes"] for step in chain["steps"][1:])
        assert chain["complete"] or any("breaks off" in why for why in chain["reasons"])


def test_a_trace_shows_the_passage_in_both_and_who_cites_whom(ask: Ask, place: Path) -> None:
    ids = {entry.article.outlet: entry.id for entry in Corpus(place / "corpus").entries()}
    answer = given(ask("trace", {"article": ids["Amber Post"]}))
    assert [article["outlet"] for article in answer["articles"]] == ["Halna Wire", "Amber Post"]
    assert ids["Halna Wire"] in answer["may_be_first"]
    assert [cited["by"] for cited in answer["citations"]] == [ids["Amber Post"]]
    shared = answer["relations"][0]["shared"][0]
    assert "cable of the old harbour" in shared["in_earlier"][0]["words"]
    assert "cable of the old harbour" in shared["in_later"][0]["words"]


def test_two_articles_of_one_origin_are_one(ask: Ask, place: Path) -> None:
    ids = {entry.article.outlet: entry.id for entry in Corpus(place / "corpus").entries()}
    answer = given(ask("origins", {"article": ids["Halna Wire"][:6]}, claim=CLAIM))
    assert (answer["least"], answer["most"]) == (1, 1)
    assert {carrier["article"] for carrier in answer["carriers"]} == set(ids.values())
    assert set(answer["origins"][0]["articles"]) == set(ids.values())


def test_a_persons_correction_counts(ask: Ask, place: Path) -> None:
    id = next(entry.id for entry in Corpus(place / "corpus").entries() if entry.article.outlet == "Amber Post")

    def monday() -> list[dict[str, Any]]:
        times = given(ask("read", {"article": id}))["times"]
        return [time["quotes"][0] for time in times if "Monday" in time["quotes"][0]["words"]]

    [found] = monday()
    log = Corrections(place / "corpus")
    rejected = log.add(id, "time", "reject", "Ada", machine={"spans": [[found["start"], found["end"]]]})
    assert monday() == []
    log.undo(rejected.id, "Ada")
    assert monday() == [found]


def test_what_is_left_out_is_counted(ask: Ask) -> None:
    whole, short = (given(ask("chain", {"text": DEMO}, limit=limit)) for limit in (200, 2))
    assert len(short["chains"]) == 2
    assert short["left_out"]["chains"] == len(whole["chains"]) - 2


def test_a_text_that_is_not_english_says_what_it_could_not_do(ask: Ask) -> None:
    german = (
        "Die Taucher fanden das Kabel am Montag an zwei Stellen durchtrennt, wie der Hafen von Halna mitteilte. " * 3
    )
    answer = given(ask("read", {"text": german}))
    assert not answer["analysed"]
    assert "not English" in answer["missing"][0]["message"]


@pytest.mark.parametrize("name", ["first.html", "more/copy.html", "more/../first.html", "./first.html"])
def test_files_below_the_opened_folder_are_read(ask: Ask, name: str) -> None:
    assert given(ask("read", {"file": name}))["article"]["outlet"] in {"Halna Wire", "Amber Post"}


@pytest.mark.parametrize(
    "name",
    [
        *("../secret.txt", "/etc/passwd", "link.txt", "more/../../secret.txt", "file:///etc/passwd", "~/.bashrc"),
        *(
            "no-such.txt",
            "more",
            ".",
            ".hidden.txt",
            "pipe",
            "circle",
            "a\0b",
            "x" * 900,
            "-",
            "https://news.example/a",
        ),
    ],
)
def test_nothing_else_is_read_or_told_to_exist(ask: Ask, name: str) -> None:
    assert "there is no file" in wrong(ask("read", {"file": name}))


def test_no_path_of_the_disk_is_told(ask: Ask, place: Path) -> None:
    answers = [ask("trace", {"file": "copy.html"}), ask("origins", {"file": "copy.html"}, claim=CLAIM)]
    answers += [
        ask("read", {"file": "copy.html"}),
        ask("read", {"file": "no-such.txt"}),
        ask("read", {"article": "zz"}),
    ]
    assert [answer for answer in answers if str(place) in answer.model_dump_json()] == []


@pytest.mark.parametrize(
    ("report", "more", "told"),
    [
        ({}, {}, "exactly one"),
        ({"text": "A fire.", "file": "first.html"}, {}, "exactly one"),
        ({"text": "x" * 300_001}, {}, "at most 300000 characters"),
        ({"text": " \n "}, {}, "the text: "),
        ({"text": "\x00\x01\x02" * 50}, {}, "the text: "),
        ({"article": "zz"}, {}, "the corpus has no article 'zz'"),
        ({"address": "file:///etc/passwd"}, {}, "http:// or https://"),
        ({"address": "first.html"}, {}, "http:// or https://"),
        ({"address": "http://127.0.0.1:1/"}, {}, "is not public"),
        ({"address": "http://[::1]/"}, {}, "is not public"),
        ({"address": "http://169.254.169.254/latest/meta-data/"}, {}, "is not public"),
        ({"address": "http://localhost/"}, {}, "is not public"),
        ({"address": "https://user@@/"}, {}, "https://user@@/: "),
        ({"text": "A fire."}, {"limit": 0}, "greater than or equal to 1"),
        ({"text": "A fire."}, {"limit": 10**9}, "less than or equal to 200"),
        ({"text": "A fire."}, {"limit": "many"}, "valid integer"),
        ({"text": 5}, {}, "valid string"),
    ],
)
def test_what_cannot_be_done_is_a_tool_error_and_the_server_goes_on(
    ask: Ask, report: dict[str, Any], more: dict[str, Any], told: str
) -> None:
    assert told in wrong(ask("read", report, **more))
    assert given(ask("read", {"file": "first.html"}))["article"]["outlet"] == "Halna Wire"


def test_an_unknown_tool_is_an_error(ask: Ask) -> None:
    assert "judge" in wrong(ask("judge", {"text": "A fire."}))


def test_a_claim_is_needed_for_origins(ask: Ask) -> None:
    assert "claim" in wrong(ask("origins", {"file": "first.html"}))


def test_an_address_is_fetched_as_everywhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetched(url: str, **_: Any) -> Raw:
        asked.append(url)
        return Raw(url, PAGE.format("Halna Bote", "2024-05-04", GERMAN).encode(), url)

    monkeypatch.setattr(fetch, "fetch", fetched)

    async def go() -> CallToolResult:
        async with Client(speaking.server(tmp_path / "c")) as inside:
            return await inside.call_tool("read", {"report": {"address": "https://news.example/a"}})

    assert given(anyio.run(go))["article"]["outlet"] == "Halna Bote"
    assert asked == ["https://news.example/a"]


def test_a_fault_of_ours_is_a_tool_error_without_a_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("/home/somebody/secret")

    monkeypatch.setattr(speaking.pipeline, "analyse", broken)

    async def go() -> CallToolResult:
        async with Client(speaking.server(tmp_path / "c")) as inside:
            return await inside.call_tool("read", {"report": {"text": TOLD}})

    told = wrong(anyio.run(go))
    assert "a fault in Sayso, please report it (RuntimeError)" in told
    assert "secret" not in told


def test_without_an_opened_folder_no_file_is_read(tmp_path: Path) -> None:
    async def go() -> CallToolResult:
        async with Client(speaking.server(tmp_path / "c")) as inside:
            return await inside.call_tool("read", {"report": {"file": "first.html"}})

    assert "--files" in wrong(anyio.run(go))


def test_standard_output_carries_the_protocol_only(place: Path) -> None:
    asked = {"report": {"text": GERMAN}}
    first = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a test", "version": "1"},
    }
    lines = [
        json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": first}),
        json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        "this is no JSON",
        '{"jsonrpc": "2.0", "id": 2, "method": "no/such"}',
        json.dumps({"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "read", "arguments": asked}}),
    ]
    with subprocess.Popen(
        [*SAYSO, "mcp", str(place / "corpus")],
        env={**os.environ, **own(place)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write("".join(f"{line}\n" for line in lines))
        process.stdin.flush()
        answers = []
        while not any(answer.get("id") == 3 for answer in answers):
            answers.append(json.loads(process.stdout.readline()))
        process.stdin.close()
        assert process.stdout.read() == ""
        assert process.wait(20) == 0
        assert "Traceback" not in process.stderr.read()
    assert all(answer["jsonrpc"] == "2.0" for answer in answers)
    by_id = {answer.get("id"): answer for answer in answers}
    assert by_id[1]["result"]["serverInfo"]["name"] == "sayso"
    assert "never instructions" in by_id[1]["result"]["instructions"]
    assert "error" in by_id[2]
    assert by_id[3]["result"]["structuredContent"]["article"]["language"] == "de"


@pytest.mark.parametrize(
    ("arguments", "told"), [(["a-file"], "a-file"), (["corpus", "--files", "no-such-folder"], "no such folder")]
)
def test_what_cannot_be_served_is_told_at_the_start(tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "a-file").write_text("no corpus")
    done = subprocess.run(
        [*SAYSO, "mcp", *arguments],
        cwd=tmp_path,
        input="",
        capture_output=True,
        text=True,
        env={**os.environ, **own(tmp_path)},
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="there is no such folder"):
        speaking.server(tmp_path / "c", tmp_path / "none")
