"""Whom an article gives for a claim: the last sources of the chains behind its sentences, or nobody.

Where an article was not analysed, simple cues ("according to …", "… said") beside the claim have to do.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from sayso import words
from sayso.corpus.carrying import Carrying, stem
from sayso.model import Actor, Analysis, Attribution, Chain, Link, SourceKind, Span, Spans, covered
from sayso.model.story import Entry
from sayso.words import outlets, tables

VoiceKind = SourceKind | Literal["own report"]
COVERS = 0.5  # the share of the words that tell the claim which a content must cover


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


@dataclass(frozen=True, slots=True)
class Given:
    """What one article gives for a claim: whom, whether it denies it, and the sources outside of its chains."""

    voices: tuple[Voice, ...]
    denied: bool = False
    analysed: bool = True


def given(entry: Entry, carrying: Carrying, analysis: Analysis | None) -> Given:
    """Whom an article gives for the claim in the sentences in which it carries it; nobody: an empty `voices`."""
    if analysis is not None and analysis.analysed:
        voices = tuple(_of_chains(entry, carrying, analysis))
        if not voices and _denied(carrying, analysis):
            return Given((), denied=True)
        return Given(_unique(voices or [v for span in carrying.sentences for v in _by_cues(entry, span)]))
    text = entry.article.text
    spans = [span for span in carrying.sentences if not _denying().search(span.of(text))]
    found = [voice for span in carrying.sentences for voice in _by_cues(entry, span)]
    return Given(_unique(found), denied=not spans, analysed=False)


def own_report(entry: Entry, carrying: Carrying) -> Voice:
    """What an outlet says with nobody behind it."""
    name = entry.article.outlet or f"an unknown outlet ({entry.article.input})"
    return Voice(
        entry.id,
        "own report",
        name,
        frozenset({house(entry)}),
        firm=False,
        spans=carrying.sentences,
        reasons=(f"{name} gives nobody for it, and nothing shows that it has it from elsewhere",),
    )


def outlet(article: str, name: str, spans: Spans, reason: str) -> Voice:
    """An outlet that is given as the source, and of which the story has no article with the claim."""
    return Voice(article, "outlet", name, frozenset({outlet_key(name)}), firm=True, spans=spans, reasons=(reason,))


def house(entry: Entry) -> str:
    """Who published an article, the same for all names of an outlet; its own id where that is not known."""
    if entry.article.outlet:
        return outlet_key(entry.article.outlet)
    known = outlets.at_domain(entry.article.url) if entry.article.url else None
    return tables.key(known.name) if known else f"?{entry.id}"


@cache
def outlet_key(name: str) -> str:
    """A name of an outlet as it is compared.

    >>> outlet_key("AP") == outlet_key("The Associated Press")
    True
    """
    known = outlets.named(name)
    return tables.key(known.name if known else re.sub(r"^(?:the|an?) |['’]s?$", "", name.strip(), flags=re.IGNORECASE))


# --- chains ---------------------------------------------------------------------------------------------------------


def _of_chains(entry: Entry, carrying: Carrying, analysis: Analysis) -> Iterator[Voice]:
    said = {a.id: a for a in analysis.attributions}
    actors = {a.id: a for a in analysis.actors}
    for chain in analysis.chains:
        last = chain.links[-1]
        attribution = said.get(last.attribution or chain.statement)
        if len(chain.links) == 1 or attribution is None or last.actor is None:
            continue
        if _covers(attribution, carrying) and not _is_claimed(attribution, carrying):
            voice = _voice(entry, chain, attribution, actors)
            yield voice if _speaks_there(attribution, carrying) else replace(voice, firm=False)


def _is_claimed(attribution: Attribution, carrying: Carrying) -> bool:
    """Whether who thinks it is part of the claim: "The company knew that the wall was cracked"."""
    return attribution.cue.attitude and _touch(attribution.source.spans, carrying.words)


def _speaks_there(attribution: Attribution, carrying: Carrying) -> bool:
    """Whether the claim's sentence itself says who says it; what runs on from another may be the outlet's own."""
    if attribution.kind != "indirect":
        return True
    return _touch((*attribution.source.spans, *attribution.cue.spans), carrying.sentences)


def _touch(some: Spans, others: Spans) -> bool:
    return any(one.overlaps(other) for one in some for other in others)


def _covers(attribution: Attribution, carrying: Carrying) -> bool:
    """Whether what somebody says has the words that tell the claim, in one of its sentences."""
    apart = (*attribution.source.spans, *attribution.cue.spans)
    for sentence in carrying.sentences:
        words_ = [span for span in carrying.words if sentence.contains(span)]
        told = [span for span in words_ if not any(span.overlaps(other) for other in apart)] or [sentence]
        if covered(told, attribution.content.spans) >= COVERS:
            return True
    return False


def _denied(carrying: Carrying, analysis: Analysis) -> bool:
    unsaid = (a for a in analysis.attributions if a.cue.stance == "denying" and not a.cue.negated)
    return any(_covers(attribution, carrying) for attribution in unsaid)


def _voice(entry: Entry, chain: Chain, attribution: Attribution, actors: dict[str, Actor]) -> Voice:
    last = chain.links[-1]
    actor = actors.get(last.actor or "")
    owner = actors.get(actor.owner or "") if actor is not None else None
    called = actor.names if actor is not None and actor.names else (last.name,)
    media = tuple(outlet_key(link.name) for link in chain.links[1:-1] if link.kind == "outlet")
    return Voice(
        entry.id,
        last.kind,
        last.name,
        _names(last.kind, (last.name, *called)),
        *_described(_shortest(last, called), called),
        firm=_is_firm(last.kind, actor),
        media=media,
        quoted=tuple(_quoted(entry.article.text, attribution.content.spans)),
        issuer=_names("organisation", owner.names) if owner is not None else frozenset(),
        spans=last.spans,
        reasons=(_way(entry, chain),),
    )


def _way(entry: Entry, chain: Chain) -> str:
    between = [link.name for link in chain.links[1:-1]]
    through = f", through {' and '.join(between)}" if between else ""
    return f"{entry.article.outlet or 'An article'} gives “{chain.links[-1].name}” for it{through}"


def _is_firm(kind: SourceKind, actor: Actor | None) -> bool:
    if kind in ("person", "organisation", "outlet"):
        return True
    return actor is not None and (actor.named or (kind == "document" and actor.owner is not None))


def _shortest(link: Link, called: Sequence[str]) -> str:
    """What somebody is told of as: of a person the description beside the name, where there is one."""
    others = [name for name in called if name != link.name and name[:1].islower()]
    return others[0] if link.kind == "person" and others else link.name


def _names(kind: VoiceKind, called: Iterable[str]) -> frozenset[str]:
    if kind == "outlet":
        return frozenset(map(outlet_key, called))
    return frozenset(name for one in called if (name := plain(one)))


def plain(name: str) -> str:
    """A name in small letters, without articles and titles.

    >>> plain("Mayor Ada Lund"), plain("the World Health Organization")
    ('ada lund', 'world health organization')
    """
    parts = re.findall(r"\w+(?:['’-]\w+)*", re.sub(r"['’]s\b", "", name))
    while len(parts) > 1 and (parts[0].casefold() in ("the", "a", "an") or parts[0] in _titles()):
        del parts[0]
    return " ".join(parts).casefold()


def _described(description: str, called: Iterable[str]) -> tuple[str, frozenset[str], bool]:
    """The head of a description, the words that say of what, and whether it is of several.

    >>> head, body, several = _described("two senior officials at the Interior Ministry", ())
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


def _quoted(text: str, spans: Spans) -> Iterator[str]:
    """The words in quotation marks in some spans, as they are compared."""
    for span in spans:
        around = text[max(0, span.start - 1) : span.end + 1]
        for match in _QUOTED.finditer(around):
            found = " ".join(re.findall(r"\w+", match[1].casefold()))
            if found.count(" ") >= 4:
                yield found


def _unique(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """The voices, each actor once: with all that it says."""
    found: dict[tuple[Any, ...], Voice] = {}
    for voice in voices:
        key = (voice.kind, voice.names, voice.media)
        before = found.get(key)
        if before is None:
            found[key] = voice
        elif voice.quoted:
            quoted = tuple(dict.fromkeys((*before.quoted, *voice.quoted)))
            found[key] = _with_quoted(before, quoted)
    return tuple(found.values())


def _with_quoted(voice: Voice, quoted: tuple[str, ...]) -> Voice:
    return replace(voice, quoted=quoted)


# --- cues, where there is no analysis -------------------------------------------------------------------------------


def _by_cues(entry: Entry, sentence: Span) -> Iterator[Voice]:
    text = entry.article.text
    for pattern in _cues():
        for match in pattern.finditer(text, sentence.start, sentence.end):
            span = Span(match.start("who"), match.end("who"))
            yield _cued(entry, span.of(text), span, sentence)


def _cued(entry: Entry, name: str, span: Span, sentence: Span) -> Voice:
    known = outlets.named(re.sub(r"^[Tt]he ", "", name))
    head, body, several = _described(name, ())
    kind: VoiceKind
    if known is not None:
        kind = "outlet"
    elif head in _heads():
        kind = (
            "organisation" if head in map(stem, ("police", "ministry")) else "unnamed" if head in _vague() else "role"
        )
    else:
        kind = "person" if 2 <= len(plain(name).split()) <= 3 else "organisation"
    return Voice(
        entry.id,
        kind,
        name,
        _names(kind, (name,)),
        head,
        body,
        several,
        firm=kind in ("person", "organisation", "outlet"),
        quoted=tuple(_quoted(entry.article.text, (sentence,))),
        spans=(span,),
        reasons=(f"{entry.article.outlet or 'An article'} gives “{name}” for it, by simple cues",),
    )


_QUOTED = re.compile(r"[\"“„]([^\"“”„]{20,})[\"”“]")


@cache
def _cues() -> tuple[re.Pattern[str], ...]:
    known = words.load("origins")["cues"]
    who = known["who"].format(heads="|".join(known["heads"]))
    return tuple(re.compile(known[form].format(who=who)) for form in ("behind", "said_by", "says"))


@cache
def _denying() -> re.Pattern[str]:
    return re.compile(words.load("origins")["denying"]["pattern"], re.IGNORECASE)


@cache
def _heads() -> frozenset[str]:
    known = words.load("origins")
    return frozenset(known["description"]["one"].get(stem(head), stem(head)) for head in known["cues"]["heads"])


@cache
def _vague() -> frozenset[str]:
    return frozenset(stem(word) for word in words.load("origins")["description"]["vague"])


@cache
def _titles() -> frozenset[str]:
    titles = words.load("sources")["titles"]
    return frozenset(
        t for sex in ("masculine", "feminine", "either") for word in titles[sex] for t in (word, word.rstrip("."))
    )
