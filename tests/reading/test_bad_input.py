"""Whatever comes in, a ReadingError that names the input comes out, or an article."""

import gzip
import io
import os
import random
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import ReadingError
from sayso.model import Article
from sayso.reading import inputs, read
from tests.reading.pdfs import column, pdf

PAGE = (Path(__file__).parent / "pages" / "wordpress.html").read_bytes()
REPORT = pdf([column(["Officials said on Monday that the road to the coast would stay closed."])], Title="Road closed")
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Coast Herald</title><item><title>Road closed</title>
<link>https://coast.example/a</link><pubDate>Wed, 05 Sep 2018 21:30:00 -0400</pubDate><description>&lt;p&gt;Officials
said on Monday that the road to the coast would stay closed.&lt;/p&gt;</description></item></channel></rss>"""
COPY = PAGE.replace(b"https://www.coast", b"https://web.archive.org/web/20240306101112/https://www.coast") + (
    b"<!-- FILE ARCHIVED ON 10:11:12 Mar 06, 2024 AND RETRIEVED FROM THE\n INTERNET ARCHIVE ON 08:00:00 Oct 20, 2024. -->"
)
PROSE = "Officials said on Monday that the road to the coast would stay closed until Friday.\n\n"
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(article: Article) -> None:
    """What holds for every article."""
    assert article.text.strip()
    for spans in (article.title_spans, *(candidate.spans for candidate in article.dates)):
        assert all(0 <= span.start < span.end <= len(article.text) for span in spans)
    for candidate in article.dates:
        assert all(span.of(article.text) == candidate.evidence for span in candidate.spans)
        assert len(candidate.day) == 10
    assert all(0 <= part.position <= len(article.text) for part in article.residue)
    article.text.encode()


def read_or_refuse(data: bytes) -> None:
    try:
        article = read(data, name="input")
    except ReadingError as error:
        message = str(error)
    else:
        check(article)
        return
    assert message.startswith("input: ")
    assert "please report" not in message


@SLOW
@given(st.binary(max_size=2_000))
def test_any_bytes(data: bytes) -> None:
    read_or_refuse(data)


@SLOW
@given(st.text(max_size=2_000))
def test_any_text(text: str) -> None:
    read_or_refuse(text.encode("utf-8", "surrogatepass"))


@SLOW
@given(
    st.lists(
        st.sampled_from(
            [
                "20 Oct 2024",
                "Press TV - ",
                "LONDON (Reuters) - ",
                "By Jane Roe",
                "Your Name",
                "Share",
                "Advertisement",
                "Related articles",
                "Road shut\n            ",
                " ",
                "Updated: ",
                "2024-10-20T10:00",
                "Copyright © 2024",
                "\ufeff",
                "\r\n",
                "\n",
                "\n\n",
                "Officials said on Monday that the road to the coast would stay closed.\n\n",
            ]
        ),
        max_size=30,
    )
)
def test_any_head_and_tail(parts: list[str]) -> None:
    read_or_refuse("".join(parts).encode())


@pytest.mark.parametrize(
    "whole", [PAGE, REPORT, gzip.compress(PAGE), FEED, COPY], ids=["html", "pdf", "gzip", "feed", "copy"]
)
@SLOW
@given(seed=st.integers(0, 2**32))
def test_damaged_files(whole: bytes, seed: int) -> None:
    read_or_refuse(_damaged(whole, random.Random(seed)))


def _damaged(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(broken) or 1)
        length = chance.choice([1, 1, 2, 5, 40, 400])
        match chance.randrange(4):
            case 0:
                del broken[at : at + length]
            case 1:
                broken[at : at + length] = chance.randbytes(length)
            case 2:
                broken[at:at] = broken[chance.randrange(len(broken) or 1) :][:length]
            case _:
                broken[at:at] = chance.choice(
                    [b"<", b">", b"</", b"<!--", b"]]>", b"&#0;", b"\0", b"<table>", b"<p>", b"endobj"]
                )
    return bytes(broken)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "only spaces"),
        (b"Your Name\nYour Email Address", "no article text"),
        (b"\xff\xfe", "empty"),
    ],
)
def test_nothing_in_it(data: bytes, words: str) -> None:
    with pytest.raises(ReadingError, match=words) as caught:
        read(data, name="input")
    assert caught.value.name == "input"


def test_missing_folder_and_odd_names(tmp_path: Path) -> None:
    for source, words in (
        (str(tmp_path / "none.txt"), "no such file"),
        (str(tmp_path), "folder"),
        ("a\0b", "cannot be opened"),
        ("x" * 5_000, "cannot be opened"),
        ("", "no such file|folder"),
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
    ):
        with pytest.raises(ReadingError, match=words):
            read(source)


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\n.txt")
    Path(path).write_text(PROSE)
    assert read(path).input.encode().endswith(b"??.txt")


def test_no_permission(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "locked.txt"
    path.write_text(PROSE)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadingError, match="no permission"):
        read(str(path))


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(ReadingError, match="too large: 200 MB, and the limit is 64 MB"):
        read(str(path))


def test_a_packed_bomb() -> None:
    with pytest.raises(ReadingError, match="too large"):
        read(gzip.compress(b"\0" * (inputs.MAX_BYTES + 1), compresslevel=1), name="bomb")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PROSE.encode())))
    article = read("-")
    assert (article.input, article.text) == ("standard input", PROSE)


def test_a_library_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise RecursionError

    monkeypatch.setattr("sayso.reading.languages.detect", fail)
    with pytest.raises(ReadingError, match=r"input: it cannot be read \(RecursionError"):
        read(PROSE.encode(), name="input")


@pytest.mark.parametrize(
    "data",
    [
        b"word " * 1_000_000,
        b"A" * 3_000_000,
        b"LONDON (" * 300_000,
        b"20 Oct " * 500_000,
        (b"Advertisement\n\n" + PROSE.encode()) * 5_000,
        b"Related articles\n\nShort link\n\n" * 5_000 + PROSE.encode(),
        b"\n" * 500_000 + b"x",
        b"<" * 2_000_000,
        b"<html><body><p>" + PROSE.encode() + b"&amp;" * 300_000,
    ],
    ids=lambda data: str(data[:12]),
)
def test_long_texts_come_to_an_end(data: bytes) -> None:
    check(read(data))
