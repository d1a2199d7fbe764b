"""Collections of articles: what a user gets of archives, feeds, tables, folders and lists, whole and broken."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso import pipeline
from sayso.corpus.segment import Noted
from sayso.errors import SaysoError
from sayso.model import Article
from sayso.reading import collections

TEXT = (
    "The old bridge over the Halna was closed on Monday, the town council said. Lorries have to go round by the north."
)
PAGE = f"<html><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"


def all_of(*inputs: Path | str, **columns: str) -> tuple[list[Article], list[SaysoError]]:
    found = [one for one in pipeline.collected(map(str, inputs), columns, lambda _: 0, 1) if not isinstance(one, Noted)]
    return [one for one in found if isinstance(one, Article)], [one for one in found if isinstance(one, SaysoError)]


def warc(*pages: tuple[str, str, bytes]) -> bytes:
    records = io.BytesIO()
    for number, (url, kind, body) in enumerate(pages):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (
            kind.encode(),
            len(body),
            body,
        )
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-0{number + 1}T08:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: application/http;msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        records.write(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    return records.getvalue()


PAGES = (
    ("https://example.org/a", "text/html", PAGE.encode()),
    ("https://example.org/pic", "image/png", b"\x89PNG"),
    ("https://example.org/b", "text/html", PAGE.replace("bridge", "dam").encode()),
)


def test_pages_of_an_archive_have_its_address_and_the_moment_of_the_capture(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(warc(*PAGES))
    articles, errors = all_of(tmp_path / "crawl.warc.gz")
    assert [article.url for article in articles] == ["https://example.org/a", "https://example.org/b"]
    assert not errors
    assert any(one.role == "captured" and one.day == "2024-05-01" for one in articles[0].dates)


def test_a_wacz_holds_archives(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "crawl.wacz", "w") as file:
        file.writestr("archive/data.warc.gz", warc(*PAGES))
        file.writestr("datapackage.json", "{}")
    articles, errors = all_of(tmp_path / "crawl.wacz")
    assert (len(articles), errors) == (2, [])


@pytest.mark.parametrize("kept", [0.5, 0.7, 0.9])
def test_of_an_archive_that_is_cut_off_the_whole_pages_are_given(tmp_path: Path, kept: float) -> None:
    data = warc(*PAGES)
    (tmp_path / "crawl.warc.gz").write_bytes(data[: int(len(data) * kept)])
    articles, errors = all_of(tmp_path / "crawl.warc.gz")
    assert len(articles) == 1
    assert errors
    assert all("crawl.warc.gz" in str(error) for error in errors)


def test_a_feed_of_several_items_is_as_many_articles(tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>No. {n}</title><link>https://example.org/{n}</link><pubDate>Mon, 0{n} Jan 2024 08:00:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{TEXT} {n}&lt;/p&gt;</description></item>"
        for n in (1, 2, 3)
    )
    (tmp_path / "feed.xml").write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Halna Post</title>{items}</channel></rss>'
    )
    articles, errors = all_of(tmp_path / "feed.xml")
    assert [(article.url, article.published) for article in articles] == [
        (f"https://example.org/{n}", f"2024-01-0{n}") for n in (1, 2, 3)
    ]
    assert not errors


ROWS = [
    {"headline": "One", "content": TEXT, "source": "Halna Post", "date": "2024-05-06", "url": "https://example.org/1"},
    {
        "headline": "Two",
        "content": f"{TEXT} Two.",
        "source": "Amber Echo",
        "date": "2024-05-07",
        "url": "https://example.org/2",
    },
]


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "csv", "tsv", "parquet"])
def test_rows_of_tables_are_articles(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"table.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(ROWS), path)
    else:
        if kind.startswith("jsonl"):
            text = "".join(json.dumps(row) + "\n" for row in ROWS)
        else:
            mark = "," if kind == "csv" else "\t"
            text = "\n".join(
                mark.join(f'"{cell}"' for cell in row) for row in ([*ROWS[0]], *(row.values() for row in ROWS))
            )
        path.write_bytes(gzip.compress(text.encode()) if kind.endswith("gz") else text.encode())
    articles, errors = all_of(path)
    assert errors == []
    assert [(a.title, a.text, a.outlet, a.published, a.url) for a in articles] == [
        (row["headline"], row["content"], row["source"], row["date"], row["url"]) for row in ROWS
    ]
    assert len({article.id for article in articles}) == 2


def test_a_column_can_be_named_and_one_that_is_missing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f'Wortlaut,Blatt\n"{TEXT}",Halna Post\n')
    articles, errors = all_of(path)
    assert (articles, len(errors)) == ([], 1)
    assert "Wortlaut" in str(errors[0])
    articles, errors = all_of(path, text="Wortlaut", outlet="Blatt")
    assert [article.outlet for article in articles] == ["Halna Post"]


def test_a_bad_row_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "table.jsonl"
    path.write_bytes(
        b"\n".join(
            [json.dumps(ROWS[0]).encode(), b"{broken", b'{"content": ""}', b"\xff\xfe", json.dumps(ROWS[1]).encode()]
        )
    )
    articles, errors = all_of(path)
    assert [article.title for article in articles] == ["One", "Two"]
    assert len(errors) == 3
    assert all("table.jsonl" in str(error) for error in errors)


def test_a_folder_is_walked_in_order_without_hidden_files_and_loops(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    for name in ("a.txt", "b/c.txt", ".hidden.txt"):
        (tmp_path / name).write_text(f"{TEXT} {name}")
    articles, errors = all_of(tmp_path)
    assert [Path(article.input).name for article in articles] == ["a.txt", "c.txt"]
    assert errors == []


def test_what_is_stored_already_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "table.jsonl"
    path.write_text("".join(json.dumps({**ROWS[0], "headline": str(n)}) + "\n" for n in range(10)))
    found = [
        one.content.title
        for one in collections.records([str(path)], done=lambda _: 7)
        if isinstance(one, collections.Record) and isinstance(one.content, Article)
    ]
    assert found == ["7", "8", "9"]
    assert not [
        one for one in collections.records([str(path)], done=lambda _: None) if isinstance(one, collections.Record)
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01\x02" * 50, b"PK\x03\x04broken", b"WARC/1.0\r\nbroken", b"PAR1broken", b"\x1f\x8b\x08broken"],
)
@pytest.mark.parametrize("name", ["x.warc", "x.wacz", "x.csv", "x.jsonl", "x.parquet", "x.xml", "x.gz", "x"])
def test_what_is_broken_is_told_with_its_name(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    articles, errors = all_of(tmp_path / name)
    assert not articles
    assert errors
    assert all(name in str(error) for error in errors)
