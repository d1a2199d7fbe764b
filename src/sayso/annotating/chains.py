"""The path from the outlet to the last source given, for every statement."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.annotating import clauses, media
from sayso.model import Actor, Article, Attribution, Certainty, Chain, Link, Source, Spans, covered, words_of

LEAF_SHARE = 0.8  # an attribution whose content is to this share told by an inner one has no chain of its own
REACHED_AS_BEFORE = {"unnamed", "role", "group", "document"}  # who speak again through whom they spoke first
NEXT = 1  # full stops between two statements of somebody who goes on speaking to the same medium
HEARD_SHARE = 0.7  # … if the inner one is what its own speaker heard
MOST_PATHS = 12  # of one statement; more would be a broken parse
NOBODY = "nobody named"
NOT_FOUND = "source not found"


def build(
    article: Article, attributions: Sequence[Attribution], actors: Sequence[Actor], credited: Link | None = None
) -> tuple[Chain, ...]:
    """A chain for every statement; several where it has several last sources.

    `credited` is the agency whose report the outlet prints; it comes right behind the outlet.

    The chain of "SANA, citing unnamed sources and local media, reported" runs once to the sources and once to
    the media, and both belong to the statement that SANA reports.
    """
    router = _Router(article, attributions, actors, credited)
    leaves = [a for a in attributions if a.id in router.said and not router.is_passed_on(a)]
    paths = [(leaf, links) for leaf in leaves for links in router.paths(leaf)]
    return tuple(router.chain(f"c{n}", leaf, links) for n, (leaf, links) in enumerate(paths, 1))


def said(attributions: Sequence[Attribution]) -> frozenset[str]:
    """The ids of the attributions whose content rests on the word of their source, and of all through whom it came.

    Not where somebody denies it, did not say it, or has yet to say it: that is on nobody's word.

    >>> from sayso.model import Content, Cue
    >>> asked = Attribution("a1", "indirect", Source((), "unnamed"), Cue((), negated=True), Content(()))
    >>> inner = Attribution("a2", "indirect", Source((), "unnamed"), Cue(()), Content(()), parent="a1")
    >>> said([asked, inner])
    frozenset()
    """
    parents = {a.id: a.parent for a in attributions}
    unsaid = {a.id for a in attributions if a.cue.stance == "denying" or not a.cue.stated}

    def path(id_: str | None) -> Iterator[str]:
        while id_ is not None:
            yield id_
            id_ = parents.get(id_)

    return frozenset(id_ for id_ in parents if unsaid.isdisjoint(path(id_)))


class _Router:
    def __init__(
        self,
        article: Article,
        attributions: Sequence[Attribution],
        actors: Sequence[Actor],
        credited: Link | None,
    ) -> None:
        self.article = article
        self.credited = credited
        self.by_id = {a.id: a for a in attributions}
        self.actors = {a.id: a for a in actors}
        self.children = {a.id: [c for c in attributions if c.parent == a.id] for a in attributions}
        # In "Egypt has agreed to it, an official said" the official's word is what there is; Egypt said nothing.
        thought = {a.id for a in attributions if a.cue.attitude and a.parent is not None}
        self.said = said(attributions) - thought
        self.introduced: dict[str, Attribution] = {}
        self.before: dict[str, Attribution] = {}
        last: Attribution | None = None
        for attribution in sorted(attributions, key=_start):
            if attribution.source.actor is not None and attribution.id in self.said:
                self.introduced.setdefault(attribution.source.actor, attribution)
            if attribution.parent is None:
                if last is not None:
                    self.before[attribution.id] = last
                last = attribution

    def is_passed_on(self, attribution: Attribution) -> bool:
        """Whether nearly all of a content is told by an attribution inside it, which has the chain."""
        inner = (c for c in self.children[attribution.id] if c.id in self.said)
        return any(
            covered(attribution.content.spans, _whole(c)) >= LEAF_SHARE or self._heard(attribution, c) for c in inner
        )

    def _heard(self, attribution: Attribution, inner: Attribution) -> bool:
        """Whether all that somebody says is what they heard: "“I heard from two nurses that he had died,” she said"."""
        speaker = attribution.source.actor
        told = any(through.actor == speaker is not None for through in inner.through)
        return told and covered(attribution.content.spans, _whole(inner)) >= HEARD_SHARE

    def paths(self, leaf: Attribution) -> list[list[Link]]:
        """The links of a statement's chains: a path for each of those who say it together, or through whom it came."""
        actor = self.actors.get(leaf.source.actor or "")
        paths = self._route(leaf)
        if actor is None or not actor.members:
            return paths
        reason = f"one of “{actor.name}”, who say it together"
        return [
            [*path[:-1], replace(path[-1], name=m.name, kind=m.kind, actor=m.id, reasons=(*path[-1].reasons, reason))]
            for path in paths
            for m in (self.actors[id_] for id_ in actor.members)
        ]

    def chain(self, id_: str, leaf: Attribution, path: list[Link]) -> Chain:
        links = [self._outlet(), *self._without_repeats(path)]
        broken = [link for link in links if link.actor is None and link.attribution is not None]
        return Chain(
            id_,
            self._statement(leaf).id,
            tuple(links),
            complete=not broken,
            confidence=self._confidence(leaf, links),
            reasons=tuple(f"breaks off at “{link.name}”: {'; '.join(link.reasons)}" for link in broken),
        )

    def _statement(self, leaf: Attribution) -> Attribution:
        """The outermost attribution that says the very same."""
        while leaf.parent is not None and self.by_id[leaf.parent].content == leaf.content:
            leaf = self.by_id[leaf.parent]
        return leaf

    def _outlet(self) -> Link:
        if self.article.outlet is None:
            return Link("this page (outlet unknown)", "outlet", reasons=("the outlet could not be told from the page",))
        return Link(self.article.outlet, "outlet", reasons=(self.article.outlet_evidence or "",))

    def _route(self, attribution: Attribution) -> list[list[Link]]:
        """The links behind the outlet, from the outermost attribution inwards; several paths where it came by several.

        Unnamed people who speak again ("The sources added") are reached as they were the first time; so is anybody who
        goes straight on ("Berg told the Echo … She added").
        """
        if attribution.parent is not None:
            return [[*outer, *self._own(attribution)] for outer in self._outer(attribution)]
        own = self._own(attribution)
        if len(own) > 1:
            return [own]
        first = self.introduced.get(attribution.source.actor or "")
        if first is not None and first.id != attribution.id and attribution.source.kind in REACHED_AS_BEFORE:
            came = [path[:-1] for path in self._route(first)]
            reason = f"first spoken of in {first.id}, and reached as there"
            return [[*path, *self._own(attribution, reason if path else None)] for path in came]
        came = self._going_on(attribution)
        return [[*path, *self._own(attribution, "goes on speaking to the same" if path else None)] for path in came]

    def _outer(self, attribution: Attribution) -> list[list[Link]]:
        """The paths to what an attribution stands in; through each of those on whom a report rests, if any."""
        parent = self.by_id[attribution.parent or ""]
        relays = [c for c in self.children[parent.id] if c.content == parent.content and c.id in self.said]
        if not relays or attribution.content == parent.content:
            return self._route(parent)
        return [path for relay in relays for path in self._route(relay)][:MOST_PATHS]

    def _going_on(self, attribution: Attribution) -> list[list[Link]]:
        """Through whom somebody goes on speaking: the media of the statement just before, by the same speaker."""
        before = self.before.get(attribution.id)
        if before is None or before.id not in self.said or attribution.source.actor is None:
            return [[]]
        if before.source.actor != attribution.source.actor:
            return [[]]
        between = self.article.text[_end(before) : _start(attribution)]
        if len(re.findall(r"[.!?][”\"’']?\s", between)) > NEXT:
            return [[]]
        own = self._own(before)
        return [own[:-1]] if len(own) > 1 else self._going_on(before)

    def _own(self, attribution: Attribution, reason: str | None = None) -> list[Link]:
        links = [
            self._link(passing, attribution, f"passed it on: “{self._words(passing)}”")
            for passing in attribution.through
        ]
        told = attribution.recipient
        if told is not None and told.kind == "outlet" and not self._is_publisher(told):
            links.append(self._link(told, attribution, f"was told it: “{self._words(told)}”"))
        links.append(self._link(attribution.source, attribution, reason))
        return links

    def _is_publisher(self, told: Source) -> bool:
        """Whether somebody told is who publishes the text: it needs no link to itself."""
        actor = self.actors.get(told.actor or "")
        words_ = self._words(told)
        called = {_plain(name) for name in (*(actor.names if actor is not None else ()), words_)}
        return (
            bool({"this", "our", "us", "me"} & set(words_.casefold().split()))
            or _plain(self.article.outlet or "-") in called
        )

    def _publishes(self, link: Link) -> bool:
        """Whether a link is who publishes the text ("The Mirror understands")."""
        actor = self.actors.get(link.actor or "")
        called = {_plain(name) for name in (link.name, *(actor.names if actor is not None else ()))}
        return self.article.outlet is not None and _plain(self.article.outlet) in called

    def _link(self, source: Source, attribution: Attribution, reason: str | None) -> Link:
        actor = self.actors.get(source.actor or "")
        name = actor.name if actor is not None else self._words(source) or self._missing(attribution)
        reasons = (*source.reasons, *((reason,) if reason else ()))
        spans = source.spans or attribution.cue.spans
        return Link(name, source.kind, source.actor, attribution.id, spans, reasons)

    def _missing(self, attribution: Attribution) -> str:
        """How a link without any words is called: the text names nobody, or Sayso found nobody."""
        return NOT_FOUND if attribution.certainty == "unclear" else NOBODY

    def _words(self, source: Source) -> str:
        return words_of(source.spans, self.article.text)

    def _without_repeats(self, links: list[Link]) -> list[Link]:
        """The links without one that stands for the one before it: the outlet itself, or the same actor again."""
        kept: list[Link] = []
        for link in [*([self.credited] if self.credited is not None else []), *links]:
            before = kept[-1] if kept else None
            if before is None and link.kind == "outlet" and self._publishes(link):
                continue
            if before is not None and link.actor is not None and link.actor == before.actor:
                continue
            kept.append(link)
        return kept

    def _confidence(self, leaf: Attribution, links: Sequence[Link]) -> Certainty:
        steps = [self.by_id[link.attribution] for link in links if link.attribution is not None] + [leaf]
        if any(s.certainty == "unclear" for s in steps) or any(x.actor is None for x in links[1:]):
            return "unclear"
        return "likely" if any(s.certainty == "likely" for s in steps) else "certain"


def _plain(name: str) -> str:
    """A medium's first name in the table, without article and in small letters."""
    bare = clauses.without_article(name)
    return media.outlets().get(name, media.outlets().get(bare, bare)).casefold().removeprefix("the ")


def _start(attribution: Attribution) -> int:
    return min((s.start for s in _whole(attribution)), default=0)


def _end(attribution: Attribution) -> int:
    return max((s.end for s in _whole(attribution)), default=0)


def _whole(attribution: Attribution) -> Spans:
    """All the words of an attribution: who, how, to whom and what."""
    told = attribution.recipient.spans if attribution.recipient is not None else ()
    return (*attribution.source.spans, *attribution.cue.spans, *told, *attribution.content.spans)


def draw(chain: Chain) -> str:
    """A chain as one line, "A ← B ← C (unnamed)"."""
    return " ← ".join(link.name + (" (unnamed)" if _is_mute(link) else "") for link in chain.links)


def _is_mute(link: Link) -> bool:
    """Whether a link is unnamed and its own words do not already say so."""
    return link.kind == "unnamed" and not re.search(r"\b(?:unnamed|nobody|not found)\b", link.name)
