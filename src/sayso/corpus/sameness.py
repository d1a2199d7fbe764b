"""How likely two sources that two articles give are one and the same, and why.

Those with a name are told by it. For those without one it is a guess, and is drawn as one: two papers that cite the
same official in the same way have probably one origin, "sources" here and "sources" there may have.
"""

from functools import cache
from typing import Any, NamedTuple

from sayso import words
from sayso.corpus.carrying import stem
from sayso.corpus.voices import Voice


class Sameness(NamedTuple):
    """A probability (0 to 1) and why, as the end of a sentence that begins with both."""

    probability: float
    reason: str


def sameness(one: Voice, other: Voice, apart: bool = False) -> Sameness:
    """How likely two sources are one. `apart`: they spoke on days that lie too far from each other for one briefing.

    >>> mayor = Voice("a", "person", "Ada Lund", frozenset({"ada lund"}), firm=True)
    >>> lund = Voice("b", "person", "Lund", frozenset({"lund"}), firm=True)
    >>> sameness(mayor, lund)
    Sameness(probability=0.95, reason='share a last name')
    """
    known = _same()
    if "own report" in (one.kind, other.kind) or "outlet" in (one.kind, other.kind):
        return _outlets(one, other)
    found = _named(one, other) if one.firm and other.firm else _unnamed(one, other, apart)
    if found.probability < known["quotation"] and _share_quotation(one, other) and not _conflict(one, other):
        return Sameness(known["quotation"], "say the same words in quotation marks")
    return found


def _outlets(one: Voice, other: Voice) -> Sameness:
    known = _same()
    if one.names & other.names:
        return Sameness(known["house"], "are the same outlet")
    if one.kind == other.kind == "own report":
        return Sameness(known["own_reports"], "are outlets that give nobody and could have one source unsaid")
    if not (one.firm or other.firm):
        return Sameness(known["own_unnamed"], "are an outlet that gives nobody and somebody unnamed")
    return Sameness(0.0, "are not the same")


# --- with a name ----------------------------------------------------------------------------------------------------


def _named(one: Voice, other: Voice) -> Sameness:
    kinds = frozenset((one.kind, other.kind))
    if kinds == {"person"}:
        return _people(one, other)
    if "document" in kinds:
        return _documents(one, other)
    if "person" not in kinds and "role" not in kinds:
        return _bodies(one.names, other.names)
    return _offices(one, other)


def _people(one: Voice, other: Voice) -> Sameness:
    known = _same()
    full = {name for name in one.names & other.names if " " in name}
    if full:
        return Sameness(known["full_name"], "have the same name")
    pairs = [(mine.split(), theirs.split()) for mine in one.names for theirs in other.names]
    alike = [pair for pair in pairs if pair[0][-1] == pair[1][-1]]
    if any(len(mine) > 1 and len(theirs) > 1 and _initials_agree(mine[0], theirs[0]) for mine, theirs in alike):
        return Sameness(known["initial"], "share an initial and a last name")
    if any(1 in (len(mine), len(theirs)) for mine, theirs in alike):
        return Sameness(known["last_name"], "share a last name")
    return Sameness(0.0, "have different names")


def _initials_agree(mine: str, theirs: str) -> bool:
    return mine == theirs or (1 in (len(mine), len(theirs)) and mine[0] == theirs[0])


def _bodies(mine: frozenset[str], theirs: frozenset[str]) -> Sameness:
    known = _same()
    if mine & theirs:
        return Sameness(known["full_name"], "have the same name")
    if any(_initials(name) in theirs for name in mine) or any(_initials(name) in mine for name in theirs):
        return Sameness(known["acronym"], "are a name and its initials")
    parts = [(set(a.split()), set(b.split())) for a in mine for b in theirs]
    if any(a < b or b < a for a, b in parts):
        return Sameness(known["office"], "are called alike, the one more fully")
    return Sameness(0.0, "have different names")


@cache
def _initials(name: str) -> str:
    """ "who" for "world health organization"; nothing for a single word."""
    parts = [part for part in name.split() if part not in ("of", "the", "for", "and")]
    return "".join(part[0] for part in parts) if len(parts) > 1 else "-"


def _documents(one: Voice, other: Voice) -> Sameness:
    """A document and who issued it are one origin."""
    known = _same()
    if one.kind == other.kind:
        if one.names & other.names or _bodies(one.issuer, other.issuer).probability >= known["acronym"]:
            return Sameness(known["document"], "are documents with the same title or issuer")
        if one.head == other.head and (not one.issuer or not other.issuer):
            return Sameness(known["vague"], "are documents of one kind, told of without title or issuer")
        return Sameness(0.0, "are different documents")
    document, who = (one, other) if one.kind == "document" else (other, one)
    if document.issuer and _bodies(document.issuer, who.names).probability >= known["acronym"]:
        return Sameness(known["issuer"], "are a document and who issued it")
    return Sameness(0.0, "are not the same")


def _offices(one: Voice, other: Voice) -> Sameness:
    """Persons, offices and bodies: "the mayor" is Ada Lund, mayor of Halna; a ministry speaks through its people."""
    known = _same()
    if one.kind == other.kind:
        alike = one.head == other.head and _fits(one.body, other.body)
        return Sameness(known["office"] if alike else 0.0, "hold the same office" if alike else "are different offices")
    if one.kind != "organisation" and other.kind != "organisation":
        person, office = (one, other) if one.kind == "person" else (other, one)
        if office.head in {person.head, *person.body} and office.body <= {person.head, *person.body}:
            return Sameness(known["office"], "are an office and who is told of as holding it")
        return Sameness(known["named_unnamed"] if not person.body else 0.0, "are somebody named and an office")
    body, speaker = (one, other) if one.kind == "organisation" else (other, one)
    return _spokesperson(body, speaker)


def _spokesperson(body: Voice, speaker: Voice) -> Sameness:
    known = _same()
    told = {speaker.head, *speaker.body}
    if any(set(map(_stemmed, name.split())) <= told for name in body.names) or ({body.head, *body.body} <= told):
        return Sameness(known["spokesperson"], "are a body and somebody who speaks for it")
    return Sameness(0.0, "are not the same")


# --- without ----------------------------------------------------------------------------------------------------------


def _unnamed(one: Voice, other: Voice, apart: bool) -> Sameness:
    known = _same()
    found = _spoken_of(one, other)
    if one.media and other.media and one.media[-1] == other.media[-1] and one.head == other.head:
        found = max(found, Sameness(known["way"], "are told of alike, and passed on by the same medium"))
    return Sameness(found.probability * known["apart"], f"{found.reason}, on different days") if apart else found


def _spoken_of(one: Voice, other: Voice) -> Sameness:
    known = _same()
    if one.firm or other.firm:
        named, unnamed = (one, other) if one.firm else (other, one)
        if named.kind == "organisation" and unnamed.body:
            found = _spokesperson(named, unnamed)
            return found if found.probability else Sameness(known["other_body"], "belong to different bodies")
        return Sameness(known["named_unnamed"], "are somebody named and somebody unnamed")
    vague = [v.head in _vague() and not v.body for v in (one, other)]
    if any(vague):
        both = Sameness(known["vague"], "are unnamed, and nothing tells them apart")
        return both if all(vague) else Sameness(known["half_vague"], "are unnamed, and only the one is described")
    return _described(one, other)


def _described(one: Voice, other: Voice) -> Sameness:
    """Unnamed people of whom both articles say what they are."""
    known = _same()
    if not _fits(one.body, other.body):
        return Sameness(known["other_body"], "belong to different bodies")
    if one.head != other.head and not (one.body and other.body and {one.head, other.head} & _general()):
        return Sameness(known["other_body"], "are told of as different people")
    if one.several != other.several:
        return Sameness(known["number"], "belong to the same body, but are several here and one there")
    if one.body and other.body:
        return Sameness(known["described"], "are told of in the same way")
    return Sameness(known["vague"], "are told of by the same word")


def _fits(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two descriptions can be of one: the one says what the other says, or less."""
    return mine <= theirs or theirs <= mine


def _share_quotation(one: Voice, other: Voice) -> bool:
    return any(a in b or b in a for a in one.quoted for b in other.quoted)


def _conflict(one: Voice, other: Voice) -> bool:
    return one.kind == other.kind == "person" and _people(one, other).probability == 0


@cache
def _stemmed(word: str) -> str:
    found = stem(word)
    return str(words.load("origins")["description"]["one"].get(found, found))


@cache
def _vague() -> frozenset[str]:
    return frozenset(map(_stemmed, words.load("origins")["description"]["vague"]))


@cache
def _general() -> frozenset[str]:
    """Words for somebody of a body that say nothing more: an official may be its source."""
    return _vague() | {"official", "spokesperson"}


@cache
def _same() -> dict[str, Any]:
    known: dict[str, Any] = words.load("origins")["same"]
    return known
