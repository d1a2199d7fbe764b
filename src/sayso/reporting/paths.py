"""Chains as a person reads them: those that read the same made one, each link with who it is and what proves it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.model import Actor, Analysis, Certainty, Chain, Link
from sayso.reporting import labels
from sayso.reporting.passages import Passage, Places, together


@dataclass(frozen=True, slots=True)
class LinkView:
    """A source on the way. `hollow`: nobody that a reader could ask. `actor` is its anchor in the list of actors.

    `name` says so where nobody is named, `bare` leaves that to `standing`, which says in words who it is and whether
    they can be asked. `evidence` are the words that prove it, for each of the chains that read the same.
    """

    name: str
    standing: str
    hollow: bool
    bare: str = ""
    actor: str | None = None
    evidence: tuple[Passage, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A chain as a person reads it, with every statement that rests on it."""

    id: str
    text: str
    links: tuple[LinkView, ...]
    complete: bool
    confidence: Certainty
    statements: tuple[Passage, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def all_reasons(self) -> tuple[str, ...]:
        """The reasons for the chain and for every link behind the outlet, in one list."""
        of_links = (f"{labels.shortened(link.bare, 60)}: {why}" for link in self.links[1:] for why in link.reasons)
        return tuple(dict.fromkeys((*self.reasons, *of_links)))


class Paths:
    """Makes the paths of one analysis, with what its chains refer to at hand."""

    def __init__(self, analysis: Analysis, places: Places, rows: Mapping[str, str]) -> None:
        """`rows` are the anchors of the actors in their list, by the actor's id."""
        self.chains = analysis.chains
        self.outlet = analysis.article.outlet
        self.text = analysis.article.text
        self.actors = {actor.id: actor for actor in analysis.actors}
        self.cues = {said.id: said.cue.spans for said in analysis.attributions}
        self.places = places
        self.rows = rows

    def paths(self, statement: Mapping[str, Passage]) -> tuple[Path, ...]:
        """The chains that read the same made one, the longest first: there most hands lie in between.

        `statement` gives the passage of a statement by its id.
        """
        alike: dict[tuple[str, ...], list[Chain]] = {}
        for chain in self.chains:
            alike.setdefault((labels.chain_words(chain), *self._standings(chain)), []).append(chain)
        ordered = sorted(alike.values(), key=lambda same: -len(same[0].links))
        return tuple(self._path(f"c{number}", same, statement) for number, same in enumerate(ordered, 1))

    def _path(self, key: str, same: Sequence[Chain], statement: Mapping[str, Passage]) -> Path:
        levels: tuple[Certainty, ...] = ("unclear", "likely", "certain")
        resting = dict.fromkeys(chain.statement for chain in same if chain.statement in statement)
        return Path(
            id=key,
            text=labels.chain_words(same[0]),
            links=tuple(
                self._link(place, alike) for place, alike in enumerate(zip(*(c.links for c in same), strict=True))
            ),
            complete=same[0].complete,
            confidence=min((chain.confidence for chain in same), key=levels.index),
            statements=tuple(statement[key] for key in resting),
            reasons=tuple(dict.fromkeys(reason for chain in same for reason in chain.reasons)),
        )

    def _link(self, place: int, alike: Sequence[Link]) -> LinkView:
        link = alike[0]
        actor = self._actor(link)
        return LinkView(
            name=labels.link_name(link),
            standing=self._standing(place, link),
            hollow=self.outlet is None if place == 0 else actor is None or not actor.named,
            bare=labels.shortened(link.name, 80) or labels.NOBODY,
            actor=self.rows.get(actor.id) if actor else None,
            evidence=tuple(dict.fromkeys(self._evidence(alike))),
            reasons=tuple(dict.fromkeys(reason for each in alike for reason in each.reasons if reason)),
        )

    def _standings(self, chain: Chain) -> Iterator[str]:
        return (self._standing(place, link) for place, link in enumerate(chain.links))

    def _standing(self, place: int, link: Link) -> str:
        if place == 0:
            return "the outlet itself" if self.outlet else "outlet not known"
        actor = self._actor(link)
        if actor is not None:
            return labels.standing(actor)
        return labels.NOBODY_TO_ASK if link.kind == "unnamed" else f"{link.kind}, not resolved"

    def _actor(self, link: Link) -> Actor | None:
        return self.actors.get(link.actor or "")

    def _evidence(self, links: Sequence[Link]) -> Iterator[Passage]:
        """Who it is and how it is said, in the words of the text."""
        for link in links:
            spans = together((*link.spans, *self.cues.get(link.attribution or "", ())), self.text)
            if spans:
                yield self.places.passage(spans, 100)
