"""Bytes, a path or an address → Article.

`inputs` (and `fetch`) get the bytes, `media` says what they are, `html`, `pdf`, `feed` or `text` make a draft of
them, and what is the same for all is done here: cut the residue, read the head, choose date and outlet, tell the
language.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from sayso.errors import ReadingError
from sayso.model import Article, DateCandidate, Span
from sayso.reading import archives, dates, head, inputs, languages, media, notices, outlets, residue, text
from sayso.reading.draft import Draft, Raw

__all__ = ["article_of", "read"]


def read(source: str | os.PathLike[str] | bytes, *, name: str | None = None) -> Article:
    """Read one input as an article: a path, an http(s) address, "-" for standard input, or raw bytes.

    `name` is what to call it in messages. Raises ReadingError and nothing else, whatever the bytes are; the message
    begins with the input's name.

    >>> article = read(b"20 Oct 2024\\n\\nPress TV - Members of the group met on Friday.\\n\\nYour Name", name="report")
    >>> article.outlet, article.published, [part.text for part in article.residue]
    ('Press TV', '2024-10-20', ['Your Name'])
    """
    with _faults_told(name or inputs.name_of(source)):
        return article_of(inputs.load(source, name))


def article_of(raw: Raw) -> Article:
    """The article of an input whose bytes are there, as `collections.records` gives them. Raises ReadingError only."""
    with _faults_told(raw.name):
        raw = archives.unwrapped(raw)
        return _article(raw, _draft(raw))


@contextmanager
def _faults_told(name: str) -> Iterator[None]:
    try:
        yield
    except ReadingError:
        raise
    except Exception as error:  # a library's fault must not end a batch
        problem = f"it cannot be read ({type(error).__name__} in a library); please report this input"
        raise ReadingError(name, problem) from error


def _draft(raw: Raw) -> Draft:
    match media.sniff(raw):
        case "text/html":
            from sayso.reading import html  # noqa: PLC0415 - loads lxml and trafilatura

            return html.draft(raw)
        case "application/pdf":
            from sayso.reading import pdf  # noqa: PLC0415 - loads pdfium

            return pdf.draft(raw)
        case "application/xml":
            from sayso.reading import feed  # noqa: PLC0415 - loads lxml and trafilatura

            return feed.draft(raw)
        case "text/plain":
            return text.draft(raw)


def _article(raw: Raw, draft: Draft) -> Article:
    captured = raw.captured or dates.now()
    clean = residue.cut(draft.text)
    if not clean.text.strip():
        raise ReadingError(raw.name, "there is no article text in it, only parts of a page such as forms and menus")
    top = head.read(clean.text, _title_span(clean.text, draft.title))
    address = None if archives.is_archive(draft.url) else draft.url  # an archive is nobody's outlet
    choice = outlets.choose(draft.namings, address, top.dateline)
    found = _once((*top.stamps, *notices.first_published(clean.text), *draft.dates, *raw.dates))
    latest = dates.there_by(found, captured)
    candidates = dates.chosen(found, latest)
    used = dates.used(candidates, latest)
    furniture = [replace(part, position=clean.moved(part.position)) for part in draft.residue]
    language = languages.detect(clean.text)
    sha256 = hashlib.sha256(raw.data).hexdigest()
    return Article(
        id=sha256[:16],
        input=raw.name,
        text=clean.text,
        sha256=sha256,
        captured=captured,
        media_type=draft.media_type,
        encoding=draft.encoding,
        url=draft.url,
        outlet=choice.name if choice else None,
        outlet_evidence=choice.evidence if choice else None,
        title=top.title.of(clean.text) if top.title else draft.title,
        title_spans=(top.title,) if top.title else (),
        byline=draft.byline or top.byline,
        language=language.code,
        published=used.day if used else None,
        published_evidence=dates.why(used, candidates) if used else None,
        dates=candidates,
        residue=tuple(sorted((*furniture, *clean.residue), key=lambda part: part.position)),
        notes=(*raw.notes, *draft.notes, *dates.notes(candidates, used, latest), *language.notes),
    )


def _title_span(text: str, title: str | None) -> Span | None:
    """Where the known title stands near the beginning of the text."""
    if not title:
        return None
    start = text.find(title, 0, len(title) + 2_000)
    return Span(start, start + len(title)) if start >= 0 else None


def _once(found: Iterable[DateCandidate]) -> list[DateCandidate]:
    """The candidates without those seen on the page that stand in the article's text as well, where they have spans."""
    found = list(found)
    placed = {(one.value, one.role) for one in found if one.spans}
    return [one for one in found if one.spans or one.origin != "visible text" or (one.value, one.role) not in placed]
