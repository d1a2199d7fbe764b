"""Corrections as training data: for each the text, what was read there, and what is right."""

from collections.abc import Iterator
from typing import Any

from sayso.library.corrections import standing
from sayso.library.store import Library
from sayso.model.correction import Correction

SCHEMA = "sayso-correction/1"


def examples(library: Library) -> Iterator[dict[str, Any]]:
    """The corrections of a corpus that stand, each with the article's text; without one that was not analysed.

    `machine` is what was read when it was corrected, `person` what is right: null where it is nothing, which is a
    negative example, and the same as `machine` where it was accepted. Spans count code points of `text`.
    """
    texts: dict[str, str | None] = {}
    for each in standing(library.corrections.all()):
        if each.article not in texts:
            texts.clear()  # one at a time: corpora are larger than memory, and corrections come article by article
            found = library.analysis(each.article)
            texts[each.article] = None if found is None else found.article.text
        text = texts[each.article]
        if text is not None:
            yield example(each, text)


def example(correction: Correction, text: str) -> dict[str, Any]:
    """One correction with the text that it is about.

    >>> said = Correction("c1", "x1", "time", "accept", "Ada", "2026-11-25T10:00:00Z", {"spans": [[11, 14]]})
    >>> example(said, "It fell in May.")["person"]
    {'spans': [[11, 14]]}
    """
    right = correction.machine if correction.action == "accept" else correction.person
    return {
        "schema": SCHEMA,
        "id": correction.id,
        "article": correction.article,
        "kind": correction.kind,
        "action": correction.action,
        "text": text,
        "machine": correction.machine,
        "person": right,
        "author": correction.author,
        "moment": correction.moment,
        "note": correction.note,
        "version": correction.version,
    }
