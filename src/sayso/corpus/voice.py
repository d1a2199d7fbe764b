"""Somebody whom an article gives for a claim, as it tells of them, and how names and descriptions are compared."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sayso import words
from sayso.corpus.vocabulary import stem
from sayso.model import SourceKind, Spans

VoiceKind = SourceKind | Literal["own report"]


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whom an article gives for a claim, as it tells of them.

    `names` are full names in small letters, without titles; of an outlet its key. `head` is the noun of a description
    ("official"), `body` the words that say of what ("interior", "ministry"), for somebody named those of all that the
    article calls them. `firm`: somebody who can be told from others: named, or a body, a document, an outlet.
    `media` are the keys of the outlets through which it came, the nearest to the reader first.
    `quoted` are the words in quotation marks that the article has of them.
    """

    article: str
    kind: VoiceKind
    name: str
    names: frozenset[str] = frozenset()
    head: str = ""
    body: frozenset[str] = frozenset()
    several: bool = False
    firm: bool = False
    media: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    issuer: frozenset[str] = frozenset()
    spans: Spans = ()
    reasons: tuple[str, ...] = ()


def names(called: Iterable[str]) -> frozenset[str]:
    """Names as they are compared."""
    return frozenset(name for one in called if (name := plain(one)))


def plain(name: str) -> str:
    """A name in small letters, without articles, titles, a place of dispatch before it and a description behind.

    >>> plain("HALNA – Mayor Ada Lund, a doctor"), plain("the World Health Organization")
    ('ada lund', 'world health organization')
    """
    name = re.split(r"\s[–—-]+\s", name)[-1].split(",")[0]
    parts = re.findall(r"\w+(?:['’-]\w+)*", re.sub(r"['’]s\b", "", name))
    while len(parts) > 1 and (parts[0].casefold() in ("the", "a", "an") or parts[0] in _titles()):
        del parts[0]
    return " ".join(parts).casefold()


def described(description: str, called: Iterable[str]) -> tuple[str, frozenset[str], bool]:
    """The head of a description, the words that say of what, and whether it is of several.

    >>> head, body, several = described("two senior officials at the Interior Ministry", ())
    >>> head, sorted(body), several
    ('official', ['interior', 'ministry'], True)
    """
    known = words.load("origins")["description"]
    parts = [part.casefold() for part in re.findall(r"\w+(?:-\w+)*", re.sub(r"['’]s\b", "", description))]
    at = next((n for n, part in enumerate(parts) if part in known["prepositions"] and n), len(parts))
    front = [part for part in parts[:at] if part not in known["empty"]]
    head = front[-1] if front else (parts[at - 1] if at else "")
    several = head in known["plural"] or (head.endswith("s") and not head.endswith("ss"))
    one = stem(head)
    body = {stem(part) for part in (*front[:-1], *parts[at:]) if part not in (*known["empty"], *known["prepositions"])}
    beside = {stem(p) for name in called for p in plain(name).split() if name[:1].islower() and p not in known["empty"]}
    return known["one"].get(one, one), frozenset(body | (beside - {one} - set(known["prepositions"]))), several


def quoted(text: str, spans: Spans) -> Iterator[str]:
    """The words in quotation marks in some spans, as they are compared."""
    for span in spans:
        around = text[max(0, span.start - 1) : span.end + 1]
        for match in _QUOTED.finditer(around):
            found = " ".join(re.findall(r"\w+", match[1].casefold()))
            if found.count(" ") >= 4:
                yield found


_QUOTED = re.compile(r"[\"“„]([^\"“”„]{20,})[\"”“]")


@cache
def _titles() -> frozenset[str]:
    titles = words.load("sources")["titles"]
    return frozenset(
        t for sex in ("masculine", "feminine", "either") for word in titles[sex] for t in (word, word.rstrip("."))
    )
