"""Kinds of files, encodings and languages."""

import gzip

import pytest

from sayso.errors import ReadingError
from sayso.reading import languages, media, read
from sayso.reading.draft import Raw

ENGLISH = "The café was closed, the prefect’s office said on Tuesday after the fire — no one was hurt."
FRENCH = "Le café de la gare a été fermé après l’incendie, a déclaré le préfet à la radio mardi."
RUSSIAN = "Министр обороны заявил во вторник, что дорога открыта для движения гражданских автомобилей."
ARABIC = "وقال مسؤول في وزارة الدفاع إن القوات دخلت المدينة صباح الثلاثاء بعد معارك استمرت ثلاثة أيام"


@pytest.mark.parametrize(
    ("text", "encoding", "found", "language"),
    [
        (ENGLISH, "utf-8", "utf-8", "en"),
        (ENGLISH, "utf-8-sig", "utf-8", "en"),
        (ENGLISH, "utf-16", "utf-16", "en"),
        (ENGLISH, "utf-16-be", "utf-16-be", "en"),
        (ENGLISH, "utf-16-le", "utf-16-le", "en"),
        (ENGLISH, "utf-32", "utf-32", "en"),
        (ENGLISH, "cp1252", "cp1252", "en"),
        (FRENCH.replace("’", "'"), "latin-1", "cp1252", "fr"),
        (RUSSIAN, "cp1251", "cp1251", "ru"),
        (ARABIC, "cp1256", "cp1256", "ar"),
        (ARABIC, "utf-8", "utf-8", "ar"),
    ],
)
def test_encodings(text: str, encoding: str, found: str, language: str) -> None:
    article = read(text.encode(encoding), name="x")
    assert (article.text, article.encoding, article.language) == (text, found, language)


@pytest.mark.parametrize(
    ("head", "encoding", "found"),
    [
        ('<meta charset="windows-1251">', "cp1251", "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "latin-1", "cp1252"),
        ('<meta charset="iso-8859-1">', "utf-8", "utf-8"),  # declared wrongly
        ('<meta charset="no-such-thing">', "cp1252", "cp1252"),
        ('<meta charset="hex">', "utf-8", "utf-8"),
    ],
)
def test_declared(head: str, encoding: str, found: str) -> None:
    text = RUSSIAN if "1251" in encoding else FRENCH.replace("’", "'")
    page = f"<html><head>{head}</head><body><p>{text}</p><p>{text}</p></body></html>".encode(encoding)
    article = read(page, name="x")
    assert article.encoding == found
    assert text in article.text


def test_guess_is_said() -> None:
    assert any("guess" in note for note in read(ENGLISH.encode("cp1252")).notes)
    assert not any("guess" in note for note in read(ENGLISH.encode()).notes)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!DOCTYPE html><html>", "text/html"),
        (b"\xef\xbb\xbf  <!-- saved from url -->\n<HTML>", "text/html"),
        (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', "text/html"),
        ("<html><body>".encode("utf-16"), "text/html"),
        (b"<p>Hello", "text/html"),
        (b"<3 is what he wrote", "text/plain"),
        (b"He wrote <b>bold</b>", "text/plain"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\n\n%PDF-1.4", "application/pdf"),
        (b"Text", "text/plain"),
        (b"<!-- x -->" * 400 + b"<" * 100_000, "text/plain"),
    ],
)
def test_sniff(data: bytes, kind: str) -> None:
    assert media.sniff(Raw("x", data)) == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"PK\x03\x04....", "ZIP"),
        (b"<?xml version='1.0'?><urlset><url>", "XML"),
        (b"<?xml version='1.0'?><rss><channel>", "feed with no article"),
        (b"\x00\x01\x02\x03" * 100, "not text"),
    ],
)
def test_other_kinds(data: bytes, words: str) -> None:
    with pytest.raises(ReadingError, match=words) as caught:
        read(data, name="thing")
    assert str(caught.value).startswith("thing: ")


def test_gzip() -> None:
    article = read(gzip.compress(ENGLISH.encode()))
    assert article.text == ENGLISH
    assert any("gzip" in note for note in article.notes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Yes.", None),
        ("12 34 56", None),
        ("https://example.org/this-is-an-english-address-and-nothing-else", None),
        (f"{ENGLISH} {ENGLISH}\n\n{RUSSIAN} {RUSSIAN}", None),
        (f"{ENGLISH}\n\n{ENGLISH}", "en"),
    ],
)
def test_language(text: str, code: str | None) -> None:
    found = languages.detect(text)
    assert found.code == code
    assert found.notes or code
