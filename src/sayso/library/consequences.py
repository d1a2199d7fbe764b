"""What follows from corrections for the rest of an analysis, so that nothing refers to what is no longer there.

Chains and findings that a correction does not touch stay as they were. What it touches is told again as far as plain
data can: a chain runs through the sources as they now are; a finding that rested on what was taken out or changed is
taken back, and a gap says so. `pipeline` makes both anew from the text where it can.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace

from sayso.library import readings
from sayso.model import Analysis, Attribution, Chain, Finding, Gap, Link, Source, Span, covered, words_of

WITHIN = 0.9  # the share of a thing that must stand in what is said, to stand in it
TAKEN_BACK = "correction"
"""The kind of gap that says which finding a correction took back."""


def referable(analysis: Analysis, before: Analysis) -> Analysis:
    """An analysis in which every id that is referred to exists, and no statement stands in itself.

    What stood in a statement that is gone stands in what that stood in, or in what it now lies within.
    """
    parents = {said.id: said.parent for said in before.attributions} | {a.id: a.parent for a in analysis.attributions}
    known = {said.id for said in analysis.attributions}

    def left(key: str | None) -> str | None:
        seen: set[str] = set()
        while key is not None and key not in known and key not in seen:
            seen.add(key)
            key = parents.get(key)
        return key if key in known else None

    attributions = tuple(replace(said, parent=left(said.parent)) for said in analysis.attributions)
    analysis = replace(analysis, attributions=_without_rings(attributions))

    def holder(key: str | None, spans: Sequence[Span]) -> str | None:
        return key if key is None or key in known else left(key) or _around(analysis.attributions, spans)

    claims = tuple(replace(claim, attribution=holder(claim.attribution, claim.spans)) for claim in analysis.claims)
    wordings = []
    for found in analysis.wordings:
        said = holder(found.attribution, found.spans)
        orphan = said is None and found.attribution is not None
        wordings.append(replace(found, attribution=said, voice="unclear" if orphan else found.voice))
    actors = {actor.id for actor in analysis.actors}
    return replace(
        analysis,
        claims=claims,
        wordings=tuple(wordings),
        actors=tuple(
            replace(
                actor,
                owner=actor.owner if actor.owner in actors else None,
                members=tuple(member for member in actor.members if member in actors),
                anonymity=actor.anonymity
                and replace(
                    actor.anonymity,
                    statements=tuple(key for key in actor.anonymity.statements if key in known),
                    opinions=tuple(key for key in actor.anonymity.opinions if key in known),
                ),
            )
            for actor in analysis.actors
        ),
    )


def _without_rings(attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """The statements with each ring of those that would stand in each other opened at the first of it."""
    parents = {said.id: said.parent for said in attributions}
    for said in attributions:
        seen, at = {said.id}, parents[said.id]
        while at is not None and at not in seen:
            seen.add(at)
            at = parents.get(at)
        if at == said.id:
            parents[said.id] = None
    return tuple(replace(said, parent=parents[said.id]) for said in attributions)


def nested(analysis: Analysis, new: Collection[str]) -> Analysis:
    """An analysis in which statements that a person added stand in those within whose words they lie."""
    attributions = tuple(
        replace(said, parent=_around(analysis.attributions, readings.whole(said), said.id))
        if said.id in new and said.parent is None
        else said
        for said in analysis.attributions
    )
    return replace(analysis, attributions=attributions)


def _around(attributions: Sequence[Attribution], spans: Sequence[Span], own: str = "") -> str | None:
    """The innermost statement in whose content the spans lie."""
    around = [
        (sum(span.end - span.start for span in said.content.spans), number, said.id)
        for number, said in enumerate(attributions)
        if said.id != own and covered(spans, said.content.spans) >= WITHIN
    ]
    return min(around)[2] if around else None


# --- chains ----------------------------------------------------------------------------------------------------------


def chains(analysis: Analysis, before: Analysis) -> tuple[Chain, ...]:
    """The chains of statements that are as they were, and for the others those through the sources as they are now."""
    by_id = {said.id: said for said in analysis.attributions}
    was = {said.id: _core(said) for said in before.attributions}
    changed = {key for key in {*was, *by_id} if key not in was or key not in by_id or was[key] != _core(by_id[key])}
    named = {actor.id: actor.name for actor in analysis.actors}
    kept, leaves = [], {key for key in by_id if key not in was}
    for chain in before.chains:
        way = [chain.statement, *(link.attribution for link in chain.links if link.attribution)]
        renamed = any(link.actor and named.get(link.actor) != link.name for link in chain.links)
        if changed.isdisjoint(way) and not renamed:
            kept.append(chain)
        else:
            leaves |= set([key for key in way if key in by_id][-1:])
    if len(kept) == len(before.chains) and not leaves:
        return before.chains
    for leaf in sorted(leaves, key=lambda key: -len(_way(by_id[key], by_id))):
        statement = _statement(by_id[leaf], by_id)
        told = {link.attribution for chain in kept if chain.statement == statement for link in chain.links}
        if leaf not in told and _is_said(by_id[leaf], by_id):
            kept.append(_chain(by_id[leaf], statement, by_id, analysis, before))
    places = {key: number for number, key in enumerate(by_id)}
    return tuple(sorted(kept, key=lambda chain: (places[chain.statement], chain.id)))


def _way(said: Attribution, by_id: Mapping[str, Attribution]) -> list[Attribution]:
    """A statement with all that it stands in, the outermost first."""
    found = [said]
    while found[0].parent is not None:
        found.insert(0, by_id[found[0].parent])
    return found


def _statement(said: Attribution, by_id: Mapping[str, Attribution]) -> str:
    """The outermost statement that says the very same."""
    while said.parent is not None and by_id[said.parent].content == said.content:
        said = by_id[said.parent]
    return said.id


def _core(thing: object) -> object:
    """What a thing says, without how sure it is, and why."""
    if isinstance(thing, tuple):
        return tuple(map(_core, thing))
    if not is_dataclass(thing):
        return thing
    return tuple(
        _core(getattr(thing, field.name))
        for field in fields(thing)
        if field.name not in ("reasons", "certainty", "probability")
    )


def _is_said(said: Attribution, by_id: Mapping[str, Attribution]) -> bool:
    """Whether the text gives it as said, with all that it stands in: what is denied is on nobody's word."""
    return all(step.cue.stated and step.cue.stance != "denying" for step in _way(said, by_id))


def _chain(
    leaf: Attribution, statement: str, by_id: Mapping[str, Attribution], analysis: Analysis, before: Analysis
) -> Chain:
    """The chain of a statement whose last source is that of `leaf`."""
    way = _way(leaf, by_id)
    links = [*_head(before, analysis)]
    for step in way:
        for source in (*step.through, step.source):
            link = _link(source, step, analysis)
            if link.actor is None or link.actor != links[-1].actor:
                links.append(link)
    broken = [link for link in links if link.actor is None and link.attribution is not None]
    certain = all(step.certainty == "certain" for step in way)
    return Chain(
        f"c-{leaf.id}",
        statement,
        tuple(links),
        complete=not broken,
        confidence="unclear" if broken else "certain" if certain else "likely",
        reasons=tuple(f"breaks off at “{link.name}”" for link in broken),
    )


def _head(before: Analysis, analysis: Analysis) -> tuple[Link, ...]:
    """The outlet, and the agency whose report it prints, as other chains begin."""
    if not before.chains:
        return (Link(before.article.outlet or "this page (outlet unknown)", "outlet"),)
    first, *rest = before.chains[0].links
    return (first, *(_known(link, analysis) for link in rest[:1] if link.attribution is None))


def _known(link: Link, analysis: Analysis) -> Link:
    """A link to whoever it was to, under the name that they have now."""
    called = [actor for actor in analysis.actors if link.name in actor.names]
    actors = [actor for actor in analysis.actors if actor.id == link.actor] or called
    if link.actor is None or not actors:
        return replace(link, actor=None)
    return replace(link, actor=actors[0].id, name=actors[0].name)


def _link(source: Source, said: Attribution, analysis: Analysis) -> Link:
    actor = next((actor for actor in analysis.actors if actor.id == source.actor), None)
    words = words_of(source.spans, analysis.article.text) or "nobody named"
    name = actor.name if actor is not None else words
    return Link(name, source.kind, source.actor, said.id, source.spans or said.cue.spans, source.reasons)


# --- findings --------------------------------------------------------------------------------------------------------


def findings(analysis: Analysis, before: Analysis) -> tuple[tuple[Finding, ...], tuple[Gap, ...]]:
    """The findings that still hold, and the gaps, with one for each finding whose ground a person changed."""
    kept, taken = [], []
    for finding in before.findings:
        if _rests(finding, before) == _rests(finding, analysis):
            kept.append(finding)
        else:
            taken.append(finding)
    return tuple(kept), (*before.gaps, *map(_gap, taken))


def _gap(finding: Finding) -> Gap:
    message = f"A finding was taken back, since a person corrected what it rested on: {finding.message}"
    return Gap(TAKEN_BACK, message, finding.spans)


def _rests(finding: Finding, analysis: Analysis) -> list[object]:
    """What a finding rests on: what it is about, and where it does not say, what stands on its words."""
    about = set(finding.about)
    about |= {said.source.actor for said in analysis.attributions if said.id in about and said.source.actor}
    known: tuple[readings.Named | Chain, ...] = (
        *analysis.attributions,
        *analysis.actors,
        *analysis.times,
        *analysis.claims,
        *analysis.chains,
    )
    found: list[object] = [thing for thing in known if thing.id in about]
    if not about:
        spans = set(finding.spans)
        found += [word for word in analysis.wordings if spans & set(word.spans)]
        found += [time for time in analysis.times if spans & set(time.spans)]
    return list(map(_core, found))
