"""Whom an article names as where it has something from: credits, outlets told of as sources, addresses.

An outlet that is only spoken of ("the Times building") is not cited, and one that names itself cites nobody.
Without an analysis it is read from the words beside the names of outlets (words/citing.toml), in about a millisecond.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from sayso import words
from sayso.model import Analysis, Article, Span
from sayso.model.story import Citation, CitationKind, Entry
from sayso.words import credits, outlets, tables
from sayso.words.outlets import Names

NEAR = 90  # code points beside a name in which its cue stands
SHORTEST_PATH = 6  # code points of an address behind the host, below which it is a front page
_STRENGTH: tuple[CitationKind, ...] = ("credit line", "named as source", "address", "named")


def citations(entry: Entry, others: Sequence[Entry], analysis: Analysis | None = None) -> tuple[Citation, ...]:
    """Whom an article cites: one citation for each outlet and kind, with every place where it stands.

    `others` are the other entries of the story: the names of their outlets are looked for too, and those that can be
    meant are in `of`. With an `analysis`, outlets in its chains are cited as well.

    >>> text = "The dam held through the night, the Halna Post reported on Monday."
    >>> from sayso.model import Article
    >>> entry = Entry(Article("a", "a", text, "", "", "text/plain", outlet="Harbour Echo"), None, None, None)
    >>> other = Entry(Article("b", "b", "The dam held.", "", "", "text/plain", outlet="Halna Post"), None, None, None)
    >>> [(c.outlet, c.kind, c.of) for c in citations(entry, [other])]
    [('Halna Post', 'named as source', ('b',))]
    """
    own = house(entry.article)
    known = _known(frozenset(name for one in (entry, *others) if (name := one.article.outlet)))
    found: dict[tuple[str, CitationKind], list[_Naming]] = {}
    for naming in _namings(entry, others, analysis, known):
        if tables.key(naming.outlet) != own:
            found.setdefault((naming.outlet, naming.kind), []).append(naming)
    strong = {outlet for outlet, kind in found if kind != "named"}
    return tuple(
        _citation(entry, others, places)
        for (outlet, kind), places in sorted(found.items(), key=lambda item: _STRENGTH.index(item[0][1]))
        if kind != "named" or outlet not in strong
    )


def house(article: Article) -> str:
    """Who published an article, as a key that is the same for all names of an outlet; "" where that is not known."""
    return _house(article.outlet, article.url)


@lru_cache(maxsize=4096)
def _house(outlet: str | None, url: str | None) -> str:
    if outlet:
        return tables.key(_called(outlet))
    there = outlets.at_domain(url) if url else None
    return tables.key(there.name) if there else ""


class _Naming(NamedTuple):
    """An outlet named at one place in a text; no span: outside of the text."""

    outlet: str
    kind: CitationKind
    reason: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """The outlets of a story, which may be in no table: a finder of their names, and whom each form of a name calls."""

    names: Names
    calls: Mapping[str, str]

    def has(self, name: str) -> bool:
        return tables.key(name) in self.calls or outlets.named(name) is not None

    def called(self, name: str) -> str:
        """The name by which an outlet is called, whichever of its names is used."""
        return self.calls.get(tables.key(name)) or _called(name)


@lru_cache(maxsize=8)  # a trace asks for all of its articles, and all have the same names
def _known(names: frozenset[str]) -> _Known:
    """The outlets by their names with and without article, and by initials that nobody else has."""
    forms = {form: _called(name) for name in sorted(names) for form in (name, _bare(name))}
    initials = [short for name in names if (short := _initials(name)) and outlets.named(short) is None]
    forms |= {short: _called(name) for name in names if initials.count(short := _initials(name)) == 1}
    return _Known(Names(forms), {tables.key(form): called for form, called in forms.items()})


def _initials(name: str) -> str:
    """The initials of a name of three to five words in capitals: "CNS" for "Continental News Service"."""
    first = "".join(word[0] for word in _bare(name).split())
    return first if 3 <= len(first) <= 5 and first.isupper() else ""


def _bare(name: str) -> str:
    """A name without article before it and "'s" behind it."""
    return re.sub(r"^(?:[Tt]he|[Aa]n?) |[’']s?$", "", name.strip())


@lru_cache(maxsize=4096)
def _called(name: str) -> str:
    bare = _bare(name)
    known = outlets.named(name.strip()) or outlets.named(bare)
    if known is None and "." in bare:
        known = outlets.at_domain(f"//{bare}")
    return known.name if known else bare


def _citation(entry: Entry, others: Sequence[Entry], places: Sequence[_Naming]) -> Citation:
    key = tables.key(places[0].outlet)
    of = tuple(one.id for one in others if house(one.article) == key and not _later(one, entry))
    spans = tuple(sorted({place.span for place in places if place.span}, key=lambda span: span.start))
    reasons = tuple(dict.fromkeys(place.reason for place in places))
    return Citation(entry.id, places[0].outlet, places[0].kind, of, spans, reasons)


def _later(one: Entry, than: Entry) -> bool:
    """Whether an entry was certainly published after another."""
    return one.earliest is not None and than.latest is not None and one.earliest > than.latest


def _namings(entry: Entry, others: Sequence[Entry], analysis: Analysis | None, known: _Known) -> Iterator[_Naming]:
    yield from _credits(entry.article, known)
    yield from _told(entry.article.text, known)
    yield from _addresses(entry, others)
    if analysis is not None:
        yield from _chained(analysis, known)


# --- credits --------------------------------------------------------------------------------------------------------


def _credits(article: Article, known: _Known) -> Iterator[_Naming]:
    """The outlets in the byline, in datelines, in lines of credit."""
    for name in _outlets_in(article.byline or "", known):
        yield _Naming(known.called(name), "credit line", f"the byline names {name}")
    for part in credits.PARTS:
        for line in credits.lines(article.text, part):
            if line.sure or known.has(_bare(line.name)):
                yield _Naming(known.called(line.name), "credit line", f"the {line.what} names {line.name}", line.span)


def _outlets_in(byline: str, known: _Known) -> Iterator[str]:
    for finder in (outlets.names_in_text(), known.names):
        yield from (match[0] for match in finder.finditer(byline) if _stands_alone(byline, match.start(), match.end()))


# --- outlets beside a cue -------------------------------------------------------------------------------------------


def _told(text: str, known: _Known) -> Iterator[_Naming]:
    """The outlets that a text names beside a word that says that it has something from there."""
    for name in _names(text, known):
        if not _stands_alone(text, name.start, name.end):
            continue
        if told := _cue(text, name):
            kind, cue = told
            called = name.of(text)
            yield _Naming(known.called(called), kind, f"the text has “{_plain(cue)}” beside {called}", name)


def _names(text: str, known: _Known) -> list[Span]:
    """Where names of outlets stand, the longest where some overlap."""
    found = [
        Span(match.start(), match.end())
        for finder in (outlets.names_in_text(), known.names)
        for match in finder.finditer(text)
    ]
    kept: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name is not a part of a longer one: "Sputnik Holdings", "Harbour Sputnik"."""
    if re.match(r"[ -][A-Z0-9]|[-–]\w|[’']s [A-Z]\w+ [A-Z]", text[end : end + 30]):
        return _medium(text, end)
    before = re.search(r"(\w[\w.’'-]*) $", text[max(0, start - 30) : start])
    return before is None or not before[1][0].isupper() or _opens(before[1])


def _medium(text: str, end: int) -> bool:
    """Whether what goes on in capitals is a word for a medium or a day: "Reuters TV", "Reuters Monday"."""
    follows = re.match(r" (\w+)", text[end : end + 20])
    return follows is not None and (follows[1] in _table().behind or follows[1].endswith("day"))


def _opens(word: str) -> bool:
    return word in _table().openers or word.endswith(("’s", "'s"))


def _cue(text: str, name: Span) -> tuple[CitationKind, str] | None:
    """How the words beside a name say that it is a source, and which words these are."""
    forms = _table()
    before, after = text[max(0, name.start - NEAR) : name.start], text[name.end : name.end + NEAR]
    if found := forms.after.match(after):
        return "named as source", found["cue"] or found["relay"]
    if (found := forms.before.search(before)) and forms.ends.match(after):
        return "named as source", found["cue"]
    if (found := forms.told.search(before)) and forms.ends.match(after) and not forms.order.match(after):
        return "named as source", found["cue"]
    if found := forms.staff.match(after):
        return "named as source", found["cue"]
    if found := forms.work.match(after):
        return "named", found["cue"]
    return None


@dataclass(frozen=True, slots=True)
class _Forms:
    """The patterns of words/citing.toml: what is matched behind a name, and what is searched before it."""

    after: re.Pattern[str]
    before: re.Pattern[str]
    told: re.Pattern[str]
    ends: re.Pattern[str]
    order: re.Pattern[str]
    staff: re.Pattern[str]
    work: re.Pattern[str]
    openers: frozenset[str]
    behind: frozenset[str]


@cache
def _table() -> _Forms:
    table, printed = words.load("citing"), words.load("cues")["context"]["printed"]
    days = [word for word in table["between"]["words"] if word.endswith("day")]
    medium = rf"(?:[’']s?)?(?:\s(?:{_any(table['behind']['media'])}))?"
    aside = r"(?:,\s[^,.;\n]{1,70},|,\s(?:which|that))?"
    between = rf"(?:\s(?:{_any(table['between']['words'])}))*"
    verbs = _any([*printed["verbs"], *table["verbs"]["words"]])
    relaying = _any(table["verbs"]["relaying"])
    before = _any([*table["before"]["words"], *printed["relays"]])
    # "The Russian agency", "a pro-government daily": what may stand between such words and the name.
    nation = r"(?:[A-Z]\w+(?:[’']s|an|ish|ese|ic)\s)?(?:[a-z-]+\s){0,2}"
    noun = rf"(?:the\s|an?\s)?(?:{nation}(?:{_any(table['before']['media'])})\s)?"
    staff = _any(table["staff"]["words"])
    ends = _any([*table["behind"]["ends"], *table["behind"]["media"], *table["staff"]["words"], *days])
    return _Forms(
        re.compile(rf"{medium}(?:,\s(?P<relay>{relaying})\s|{aside}{between}\s(?P<cue>{verbs})\b(?!\sby\b))"),
        re.compile(rf"\b(?P<cue>{before})\s{noun}$", re.IGNORECASE),
        re.compile(rf"\b(?P<cue>{_any(table['told']['words'])})\s{noun}$"),
        re.compile(rf"(?:[’']s\b)?(?:\s*$|\s*[^\w\s’'(]|\s*\(|\s(?:{ends})\b)"),
        re.compile(rf"\s(?:{_any(table['told']['not_before'])})\b"),
        re.compile(
            rf"\s(?P<cue>(?:{staff})(?:\s(?:in|at|near)\s[^,.;]{{1,30}}?)?\s(?:{_any(table['staff']['verbs'])}))\b"
        ),
        re.compile(rf"(?:[’']s?)?\s(?:\w+\s)?(?P<cue>{_any(table['works']['words'])})\b"),
        frozenset(table["openers"]["words"]),
        frozenset(table["behind"]["media"]),
    )


def _any(choices: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(re.escape(choice).replace(r"\ ", r"\s") for choice in sorted(set(choices), key=len, reverse=True))


def _plain(words_: str) -> str:
    return " ".join(words_.split())


# --- addresses ------------------------------------------------------------------------------------------------------


def _addresses(entry: Entry, others: Sequence[Entry]) -> Iterator[_Naming]:
    """The addresses of other entries in a text."""
    if "/" not in (text := entry.article.text):
        return
    for other in others:
        address = _address(other.article.url)
        if address and other.article.outlet and (place := _find(text, address)):
            yield _Naming(_called(other.article.outlet), "address", f"the text has the address {address}", place)


@lru_cache(maxsize=4096)
def _address(url: str | None) -> str:
    """Host and path of an article's address; "" where it may be only a front page."""
    match = re.match(r"(?:\w+:)?//(?:www\.)?([^/?#]+)(/[^?#]*)", url or "")
    if match is None or len(match[2].rstrip("/")) < SHORTEST_PATH:
        return ""
    return match[1].lower() + match[2].rstrip("/")


def _find(text: str, address: str) -> Span | None:
    start = text.find(address)
    end = start + len(address)
    if start < 0 or (start and re.match(r"[\w-]", text[start - 1])) or re.match(r"[\w-]|/[\w-]", text[end : end + 2]):
        return None
    return Span(start, end)


# --- with an analysis -----------------------------------------------------------------------------------------------


def _chained(analysis: Analysis, known: _Known) -> Iterator[_Naming]:
    """The outlets in an analysis's chains, behind the one that published the article."""
    for chain in analysis.chains:
        for link in chain.links[1:]:
            if link.kind == "outlet" and link.actor is not None and _is_named(link.name):
                reason = f"“{link.name}” is a link of a chain of sources"
                yield from (_Naming(known.called(link.name), "named as source", reason, span) for span in link.spans)


def _is_named(name: str) -> bool:
    """Whether a medium has a name ("local media" have none)."""
    return bool(re.search(r"[A-Z]", name))
