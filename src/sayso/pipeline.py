"""The only place that wires the stages together: input → article → analysis."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sayso import reading
from sayso.errors import ReadingError
from sayso.model import Analysis, Article, Gap

LONGEST = 1_500_000  # code points of one article, a quarter of a million words: some 1.5 GB while it is parsed


def read(source: str | bytes, *, name: str | None = None) -> Article:
    """Read one input as an article.

    `source` is a path, an http(s) address, "-" for standard input, or the raw bytes of a page; `name` is what
    to call bytes in messages. Raises ReadingError, whose message names the input.

    >>> read(b"IDLEB, SANA \\xe2\\x80\\x93 Officials said on Monday that the road was open.", name="wire").outlet
    'SANA'
    """
    return reading.read(source, name=name)


def read_many(sources: Iterable[str]) -> Iterator[Article | ReadingError]:
    """Read several inputs one after the other; one that cannot be read comes out as its error."""
    for source in sources:
        try:
            yield read(source)
        except ReadingError as error:
            yield error


def analyse(article: Article) -> Analysis:
    """Find who says what in an article, on whose word, and when, each with its reasons.

    A text that is not English, or longer than any article, is not analysed: the analysis says so in its gaps.
    """
    if reason := _not_analysed(article):
        kind, message = reason
        return Analysis(article, analysed=False, gaps=(Gap(kind, f"The text was read but not analysed: {message}."),))
    return _annotated(article)


def _not_analysed(article: Article) -> tuple[str, str] | None:
    """Why an article cannot be analysed, as the kind of gap and in words, or None where it can be."""
    if article.language is None:
        return "language", "its language could not be told (too short, or several languages)"
    if article.language != "en":
        return "language", f"its language is {article.language}, not English"
    if len(article.text) > LONGEST:
        return "length", f"it has {len(article.text):,} characters, and the limit is {LONGEST:,}; cut it into parts"
    return None


def _annotated(article: Article) -> Analysis:
    from sayso.annotating import (  # noqa: PLC0415 - these load spaCy, which takes a second
        attribution,
        chains,
        claims,
        findings,
        language,
        sources,
        times,
        wording,
    )

    doc = language.parse(article.text)
    resolved = sources.resolve(doc, attribution.find(doc))
    found_times = times.find(article.text, article.published)
    found = Analysis(
        article,
        actors=resolved.actors,
        mentions=resolved.mentions,
        attributions=resolved.attributions,
        chains=chains.build(article, resolved.attributions, resolved.actors),
        times=found_times,
        wordings=wording.find(doc, resolved.attributions),
        claims=claims.find(doc, resolved.attributions, found_times),
    )
    return replace(found, findings=findings.find(doc, found), gaps=findings.gaps(found))
