"""Who published an article: from the page's metadata, its address or its dateline, and the table of outlets."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from sayso.reading.draft import Naming
from sayso.words.outlets import at_domain, domain, named, table


class Choice(NamedTuple):
    """An outlet's name, and how it is known, in words."""

    name: str
    evidence: str


def choose(namings: Iterable[Naming], url: str | None, dateline: Naming | None) -> Choice | None:
    """Who published it. The page's word for itself wins, then its address, then the dateline.

    A dateline may name an agency that the publisher only relays, so it counts only where there is nothing else;
    otherwise it is said in the evidence.

    >>> choose([], "https://news.example/a", Naming("Reuters", 'dateline "LONDON (Reuters) -"')).name
    'news.example'
    """
    choice = _from_page(namings, url) or (_from_url(url) if url else None)
    if dateline is None:
        return choice
    if choice is None:
        return Choice(_canonical(dateline.name), dateline.origin)
    if _canonical(dateline.name) != choice.name:
        return Choice(choice.name, f"{choice.evidence}; the {dateline.origin} names {_canonical(dateline.name)}")
    return choice


def dateline_names() -> str:
    """A pattern for the names in the table as datelines write them, the longest first."""
    return _dateline_names()


def _from_page(namings: Iterable[Naming], url: str | None) -> Choice | None:
    namings = [naming for naming in namings if naming.name.strip()]
    for naming in namings:
        if outlet := named(naming.name):
            return Choice(outlet.name, f"{naming.origin}: {naming.name}")
    if url and (outlet := at_domain(url)):  # an address in the table says more than a name that is not
        return Choice(outlet.name, f"address {domain(url)}, in the table of outlets")
    return Choice(namings[0].name, f"{namings[0].origin}: {namings[0].name}") if namings else None


def _from_url(url: str) -> Choice | None:
    if outlet := at_domain(url):
        return Choice(outlet.name, f"address {domain(url)}, in the table of outlets")
    return Choice(domain(url), f"address {domain(url)}, not in the table of outlets") if domain(url) else None


def _canonical(name: str) -> str:
    outlet = named(name)
    return outlet.name if outlet else name


@cache
def _dateline_names() -> str:
    names = {name for outlet in table() for name in (outlet.name, *outlet.names)}
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
