"""Whom an article gives for a claim: the last sources of the chains behind its sentences, or nobody.

Where an article was not analysed, simple cues ("according to …", "… said") beside the claim have to do.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sayso.corpus import cues
from sayso.corpus.carrying import Carrying, is_headline
from sayso.corpus.press import Press
from sayso.corpus.voice import Voice, described, names, quoted
from sayso.model import Actor, Analysis, Attribution, Chain, Link, SourceKind, Spans, covered
from sayso.model.story import Entry

COVERS = 0.5  # the share of the words that tell the claim which a content must cover


_DASH = re.compile(r"\s*[–—-]+\s")


@dataclass(frozen=True, slots=True)
class Given:
    """What one article gives for a claim: whom, whether it denies it, and the sources outside of its chains."""

    voices: tuple[Voice, ...]
    denied: bool = False
    analysed: bool = True


def given(entry: Entry, carrying: Carrying, analysis: Analysis | None, press: Press) -> Given:
    """Whom an article gives for the claim in the sentences in which it carries it; nobody: an empty `voices`.

    Where an analysis finds nobody, simple cues are asked as well.
    """
    body = tuple(span for span in carrying.sentences if not is_headline(entry, span))
    carrying = replace(carrying, sentences=body)  # headlines name nobody, or say it too shortly to be read
    if analysis is None or not analysis.analysed:
        denied = bool(body) and all(cues.denies(span.of(entry.article.text)) for span in body)
        return Given(() if denied else _unique(cues.voices(entry, body, press)), denied, analysed=False)
    found = tuple(_of_chains(entry, carrying, analysis, press))
    if not found and _denied(carrying, analysis):
        return Given((), denied=True)
    return Given(_unique(found or cues.voices(entry, body, press)))


def own_report(entry: Entry, carrying: Carrying, press: Press) -> Voice:
    """What an outlet says with nobody behind it."""
    name = entry.article.outlet or f"an unknown outlet ({entry.article.input})"
    return Voice(
        entry.id,
        "own report",
        name,
        frozenset({press.house(entry)}),
        firm=False,
        spans=carrying.sentences,
        reasons=(f"{name} gives nobody for it, and nothing shows that it has it from elsewhere",),
    )


def outlet(article: str, name: str, key: str, spans: Spans, reason: str) -> Voice:
    """An outlet that is given as the source, and of which the story has no article with the claim."""
    return Voice(article, "outlet", name, frozenset({key}), firm=True, spans=spans, reasons=(reason,))


# --- chains ---------------------------------------------------------------------------------------------------------


def _of_chains(entry: Entry, carrying: Carrying, analysis: Analysis, press: Press) -> Iterator[Voice]:
    said = {a.id: a for a in analysis.attributions}
    actors = {a.id: a for a in analysis.actors}
    for chain in analysis.chains:
        last = chain.links[-1]
        attribution = said.get(last.attribution or chain.statement)
        if len(chain.links) == 1 or attribution is None or last.actor is None or _is_nobody(last, entry):
            continue
        if _covers(attribution, carrying) and not _is_claimed(attribution, chain, carrying):
            voice = _voice(entry, chain, attribution, actors, press)
            yield voice if _speaks_there(attribution, carrying) else replace(voice, firm=False)


def _is_nobody(link: Link, entry: Entry) -> bool:
    """Whether a source is the article itself ("an earlier version of this report"), or a place of dispatch."""
    text = entry.article.text
    dispatched = any(_DASH.match(text, span.end) and not text[: span.start].rpartition("\n")[2] for span in link.spans)
    return dispatched or " this " in f" {link.name.casefold()} "


def _is_claimed(attribution: Attribution, chain: Chain, carrying: Carrying) -> bool:
    """Whether who says or thinks it is part of the claim: "The company knew that the wall was cracked"."""
    inner = attribution.cue.attitude or len(chain.links) > 2
    return inner and _touch(attribution.source.spans, carrying.words)


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


def _voice(entry: Entry, chain: Chain, attribution: Attribution, actors: dict[str, Actor], press: Press) -> Voice:
    last = chain.links[-1]
    actor = actors.get(last.actor or "")
    owner = actors.get(actor.owner or "") if actor is not None else None
    called = (last.name, *(actor.names if actor is not None else ()))
    issuer = names(owner.names) if owner is not None else frozenset()
    house = _outlet(last, called if owner is None else owner.names, press)
    head, body, several = described(_shortest(last, called), called) if house is None else ("", frozenset(), False)
    return Voice(
        entry.id,
        "outlet" if house else last.kind,
        last.name,
        house or names(called),
        head,
        body,
        several,
        firm=house is not None or _is_firm(last.kind, actor),
        media=tuple(press.key(link.name) for link in chain.links[1:-1]),
        quoted=tuple(quoted(entry.article.text, attribution.content.spans)),
        issuer=issuer,
        spans=last.spans,
        reasons=(_way(entry, chain),),
    )


def _outlet(link: Link, called: Sequence[str], press: Press) -> frozenset[str] | None:
    """The keys of the outlet that a source is: also where the analysis does not know it, or speaks of its report."""
    if link.kind == "outlet":
        return frozenset(map(press.key, called))
    return frozenset(press.key(name) for name in called if press.is_outlet(name)) or None


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


def _unique(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """The voices, each actor once: with all that it says."""
    found: dict[tuple[Any, ...], Voice] = {}
    for voice in voices:
        key = (voice.kind, voice.names, voice.media)
        before = found.get(key)
        if before is None:
            found[key] = voice
        elif voice.quoted:
            found[key] = replace(before, quoted=tuple(dict.fromkeys((*before.quoted, *voice.quoted))))
    return tuple(found.values())
