"""What the tests of annotators share: a text read and annotated the short way."""

from sayso import pipeline
from sayso.annotating import attribution, language, sources
from sayso.model import Analysis, Article, Spans, words_of


def article(text: str, outlet: str | None = "Harbour Post", published: str | None = "2024-10-20") -> Article:
    return Article("0", "test", text, "0", "", "text/plain", outlet=outlet, language="en", published=published)


def analysed(text: str, **known: str | None) -> Analysis:
    return pipeline.analyse(article(text, **known))


def resolved(text: str) -> sources.Resolved:
    doc = language.parse(text)
    return sources.resolve(doc, attribution.find(doc))


def said(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of every attribution as words."""
    return [
        (words(s.source, text), words(s.cue, text), words(s.content, text))
        for s in attribution.find(language.parse(text))
    ]


def words(spans: Spans, text: str) -> str:
    return words_of(spans, text)
