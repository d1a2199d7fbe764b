"""Copies of pages: when a web archive or a browser made one, and the address that the page itself has.

A copy was there when it was made, so the article was not published later. What an archive puts round a copy (its own
address, its bar, the head of its page) is the archive's and not the outlet's.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from sayso import words
from sayso.model import DateCandidate
from sayso.reading import dates
from sayso.reading.draft import Raw
from sayso.words.outlets import domain

ARCHIVE, SAVED = "archive capture", "saved page"  # the two origins of such dates
COMMENTS_IN = 4_000  # code points at both ends of a page in which the comments stand that tell of a copy
LONGEST_ADDRESS = 2_000
MOST_NESTED = 3  # copies of copies
_ARCHIVED = re.compile(
    r"https?://[^/?#]+/(?:[\w.-]+/){0,2}?"
    r"(?:(?P<stamp>\d{4}(?:\d\d){0,5})(?:[a-z]{2}_|\*)?|(?P<dotted>\d{4}\.\d\d\.\d\d-\d{6}))"
    r"/(?P<scheme>https?):/{1,2}(?P<rest>[^\s/?#]+\.[^\s]+)",
    re.IGNORECASE,
)


class Copy(NamedTuple):
    """What a page shows of being a copy: the page's own address, when it was made, whether the archive rewrote it."""

    address: str | None = None
    dates: tuple[DateCandidate, ...] = ()
    rewritten: bool = False


def is_archive(url: str | None) -> bool:
    """Whether an address is one of an archive, so that its host is no outlet.

    >>> is_archive("https://archive.ph/AbC12"), is_archive("https://www.example.org/archive/1")
    (True, False)
    """
    host = domain(url or "")
    return any(host == known or host.endswith(f".{known}") for known in words.load("datelines")["archives"]["hosts"])


def original(url: str) -> str:
    """The address of the page of which an archive's address is a copy; any other address as it is.

    >>> original("https://web.archive.org/web/20180905123456id_/http://news.example/a?b=1")
    'http://news.example/a?b=1'
    """
    for _ in range(MOST_NESTED):
        match = _archived(url)
        if match is None:
            break
        url = f"{match['scheme'].lower()}://{match['rest']}"
    return url


def taken(url: str) -> list[DateCandidate]:
    """The moment that an archive's address gives for its copy (the outer one's, if there is a copy of a copy).

    >>> [one.value for one in taken("https://archive.ph/2018.09.05-123456/https://news.example/a")]
    ['2018-09-05T12:34:56+00:00']
    """
    match = _archived(url)
    if match is None:
        return []
    digits = match["stamp"] or re.sub(r"\D", "", match["dotted"])
    value = dates.iso(digits if len(digits) == len("20180905123456") else digits[:8]) if len(digits) >= 8 else None
    if value is None:
        return []
    return [DateCandidate(f"{value}+00:00" if "T" in value else value, ARCHIVE, "captured", url[:200])]


def unwrapped(raw: Raw) -> Raw:
    """An input that was fetched from an archive under its own address, with the moment of the capture."""
    if raw.url is None or not is_archive(raw.url):
        return raw
    return replace(raw, url=original(raw.url), dates=(*raw.dates, *taken(raw.url)))


def find(page: str, tree: Any, addresses: Iterable[str]) -> Copy:
    """What a page tells of being a copy, in its comments, links and `addresses` (those that it gives for itself)."""
    links = list(_links(tree))
    said = [url for url in (*addresses, *(href for rel, href, _ in links if rel == "bookmark")) if is_archive(url)]
    rewritten = any(_rewrites(url) for url in said)
    saved, marks = _comments(page)
    own = [href for rel, href, _ in links if rel == "original"]
    own += [original(url) for url in (*said, *saved)] + ([*_asked(tree)] if rewritten else [])
    found = (
        *(candidate for url in (*said, *saved) for candidate in taken(url)),
        *marks,
        *(DateCandidate(value, ARCHIVE, "captured", f"memento {given}"[:80]) for value, given in _mementos(links)),
    )
    address = next((url for url in own if re.match(r"https?://[^\s/]+", url) and not is_archive(url)), None)
    return Copy(address, tuple(dict.fromkeys(found)), rewritten)


def remove_bars(tree: Any, *, rewritten: bool) -> None:
    """Take an archive's bar out of a page: its dates and words are not the article's."""
    table = words.load("datelines")["archives"]
    ids = {*table["bars"], *(table["rewriting_bars"] if rewritten else ())}
    for element in [element for element in tree.iter("div", "header", "table") if element.get("id") in ids]:
        if element.getparent() is not None:
            element.drop_tree()


def _archived(url: str) -> re.Match[str] | None:
    return _ARCHIVED.fullmatch(url) if len(url) <= LONGEST_ADDRESS and is_archive(url) else None


def _rewrites(url: str) -> bool:
    return domain(url) in words.load("datelines")["archives"]["rewriting"]


def _links(tree: Any) -> Iterator[tuple[str, str, str]]:
    """What the link elements of a copy say: relation, address and moment."""
    for element in tree.iter("link"):
        rel = " ".join((element.get("rel") or "").lower().split())
        if rel in ("original", "bookmark", "memento"):
            yield rel, (element.get("href") or "").strip(), (element.get("datetime") or "").strip()


def _mementos(links: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """The moment of the one memento that a page names; several are a list of other copies."""
    moments = {given for rel, _, given in links if rel == "memento" and given}
    values = [(dates.iso(given), given) for given in moments]
    return [(value, given) for value, given in values if value] if len(moments) == 1 else []


def _asked(tree: Any) -> Iterator[str]:
    """The address in the search field of archive.today's bar: the one that was asked to be copied."""
    for element in tree.iter("input"):
        if element.get("name") == "q" and (element.get("value") or "").startswith("http"):
            yield element.get("value").strip()


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    table = words.load("datelines")
    return re.compile(table["archives"]["comment"]), tuple(re.compile(one) for one in table["saved"]["comments"])


def _comments(page: str) -> tuple[list[str], list[DateCandidate]]:
    """The addresses and the moments in the comments that archives and browsers write into the pages that they keep."""
    edges = (page[:COMMENTS_IN], page[-COMMENTS_IN:] if len(page) > COMMENTS_IN else "")
    wayback, saved = _patterns()
    addresses: list[str] = []
    found: list[DateCandidate] = []
    for edge in edges:
        for match in wayback.finditer(edge):
            if value := dates.iso(f"{match['day']} {match['time']} UTC"):
                words_given = f"FILE ARCHIVED ON {match['time']} {match['day']}"
                found.append(DateCandidate(value, ARCHIVE, "captured", words_given))
        for match in (found_one for pattern in saved for found_one in pattern.finditer(edge)):
            addresses.append(match["url"])
            moment = match.groupdict().get("moment")
            if moment and (value := dates.iso(moment)):
                found.append(DateCandidate(value, SAVED, "captured", f"saved date: {moment.strip()}"))
    return addresses, found
