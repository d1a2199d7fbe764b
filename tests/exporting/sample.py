"""What is exported in the tests: the reports' samples with people's corrections, and the same with hostile words."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from sayso.exporting import Kept, Told
from sayso.model import Analysis
from sayso.model.correction import Correction
from tests.reporting.sample import ANALYSIS
from tests.reporting.stories.sample import ORIGINS, STORY

ACCEPTED = Correction("x1", ANALYSIS.article.id, "attribution", "accept", "Ines Holm", "2026-11-25T09:00:00Z",
                      machine={"id": "a1", "kind": "indirect"}, version="0.1.0")  # fmt: skip
CHANGED = Correction("x2", ANALYSIS.article.id, "time", "change", "Ines Holm", "2026-11-25T09:05:00Z",
                     machine={"spans": [[216, 226]], "value": "2024-10-22"},
                     person={"spans": [[216, 226]], "value": "2024-10-15"}, note="It is the Tuesday before.")  # fmt: skip
GONE = Correction("x3", ANALYSIS.article.id, "claim", "reject", "Per Dahl", "2026-11-25T09:09:00Z",
                  machine={"spans": [[0, 8]]}, version="0.0.9")  # fmt: skip
KEPT = Kept(ANALYSIS, {"a1": ACCEPTED, "t1": CHANGED}, (GONE,), "0.1.0")
TOLD = Told(STORY, ORIGINS)

# The fields that hold words of an article, of a table or of a person; the others hold names that Sayso itself gives.
FREE = frozenset(
    (
        *("input", "url", "outlet", "title", "byline", "language", "published", "published_evidence", "captured"),
        *("name", "names", "reasons", "reason", "message", "evidence", "text", "sha256", "author", "moment", "note"),
        *("value", "earliest", "latest", "claim", "table", "owner", "classed", "source", "country", "outlet_evidence"),
    )
)


def worded(given: Any, words: Callable[[str], str], free: frozenset[str] = FREE) -> Any:
    """The same with every free text replaced."""
    if isinstance(given, str):
        return words(given)
    if isinstance(given, tuple) and not hasattr(given, "_fields"):
        return tuple(worded(each, words, free) for each in given)
    if not is_dataclass(given) or isinstance(given, type):
        return given
    changes = {
        field.name: worded(getattr(given, field.name), words, free)
        for field in fields(given)
        if field.name in free or not _plain(getattr(given, field.name))
    }
    return replace(given, **changes)


def _plain(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, tuple) and any(isinstance(each, str) for each in value))


def hostile(words: str) -> tuple[Kept, Told]:
    """Both samples with the words in every free text; the article's own text keeps its length."""

    def put(text: str) -> str:
        return (words * (len(text) // max(1, len(words)) + 1))[: len(text)] if len(text) > 300 else words

    analysis = worded(ANALYSIS, put)
    analysis = replace(analysis, article=replace(analysis.article, id=words))
    corrections = {key: worded(each, put) for key, each in KEPT.standing.items()}
    return Kept(analysis, corrections, (worded(GONE, put),), words), worded(TOLD, put)


def many(count: int) -> Iterator[Analysis]:
    """So many analyses, which differ in their articles' ids."""
    return (replace(ANALYSIS, article=replace(ANALYSIS.article, id=f"{number:016x}")) for number in range(count))
