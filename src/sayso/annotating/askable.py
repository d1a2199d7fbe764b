"""Whether a reader could go and ask a source, or look it up, by what the text says of it."""

import re
from functools import cache

from sayso import words
from sayso.annotating.register import Draft


@cache
def offices() -> frozenset[str]:
    """Words for offices with one holder: "the prime minister", "the mayor"."""
    return frozenset(lemma for entry in words.load("sources")["office"] for lemma in entry["lemmas"])


def is_named(draft: Draft) -> bool:
    """Whether somebody can be asked: by a name, or as the one institution or office of its kind.

    "The Health Ministry", "the council", "police" and "the prime minister" can; "a monitoring group", "a minister" and
    "a study" cannot.

    >>> is_named(Draft("Anna Berg", "person")), is_named(Draft("military official", "role", "official"))
    (True, False)
    """
    if draft.members:
        return all(is_named(m.one()) for m in draft.members)
    if draft.kind == "person":
        return True
    if draft.kind in {"organisation", "outlet"}:
        institution = draft.kind == "organisation" and (draft.definite or draft.head in _alone())
        return institution or draft.known or draft.proper
    if draft.kind == "document":
        made = draft.owner is not None and is_named(draft.owner.one())
        return made or draft.head in _public("lemmas") or any(p in draft.name.lower() for p in _public("phrases"))
    if draft.kind == "role":
        return (draft.head in offices() and draft.definite and not draft.several) or draft.head in _answering(draft)
    return draft.kind == "group" and draft.known


@cache
def _alone() -> frozenset[str]:
    """Institutions of which there is one, with or without an article: "police", "parliament"."""
    return frozenset(words.load("sources")["alone"]["lemmas"])


@cache
def _public(what: str) -> frozenset[str]:
    return frozenset(words.load("sources")["public"][what])


def _answering(draft: Draft) -> frozenset[str]:
    """Offices that answer for themselves in the plural: "prosecutors said"."""
    return frozenset(words.load("sources")["alone"]["plural"]) if draft.several and not draft.count else frozenset()


def is_seen(draft: Draft, text: str) -> bool | None:
    """Whether the text says that a document was seen ("documents seen by Reuters"); None where it does not say.

    >>> is_seen(Draft("memo", "document", names=["memo seen by the Echo"]), "")
    True
    """
    if draft.kind != "document":
        return None
    around = [*draft.names, *(text[m.spans[0].start : m.spans[-1].end + 40] for m in draft.mentions)]
    told = " ".join(around)
    if any(re.search(rf"\b{re.escape(form)}\b", told) for form in words.load("sources")["seen"]["not_seen"]):
        return False
    return (
        True
        if any(re.search(rf"\b{re.escape(form)}\b", told) for form in words.load("sources")["seen"]["seen"])
        else None
    )
