"""The list of actors: who speaks and is spoken of, whether they can be asked, and how much rests on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.model import Actor, Analysis, Anonymity, Chain, Listing
from sayso.reporting import labels
from sayso.reporting.passages import Passage, Places


@dataclass(frozen=True, slots=True)
class Hidden:
    """How the text uses somebody it does not name. No `why`: it gives no reason. `opinions` are `statements`, too.

    >>> Hidden((), (Passage("a fire", "m1"), Passage("a fool", "m2")), (Passage("a fool", "m2"),), ()).judging
    '1 of 2 statements is an opinion about somebody, not a fact'
    """

    why: tuple[Passage, ...]
    statements: tuple[Passage, ...]
    opinions: tuple[Passage, ...]
    reasons: tuple[str, ...]

    @property
    def explained(self) -> str:
        """Whether the text says why it does not name them."""
        return "Why not named, in the text's own words" if self.why else "No reason is given for not naming them"

    @property
    def judging(self) -> str:
        """How many statements judge somebody instead of telling a fact; empty where none was found."""
        if not self.opinions:
            return ""
        of = labels.counted(len({*self.statements, *self.opinions}), "statement")
        if len(self.opinions) == 1:
            return f"1 of {of} is an opinion about somebody, not a fact"
        return f"{len(self.opinions)} of {of} are opinions about somebody, not facts"


@dataclass(frozen=True, slots=True)
class Listed:
    """What a table says of an outlet, as it says it. `address` is where to check it, if a browser may be sent there."""

    words: str
    source: str
    address: str | None


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor; `standing` says in words who it is and whether they can be asked, `hollow` is that they cannot.

    `statements` counts what rests on their word. `owner` is whose document it is. `key` is the actor's id, and `person`
    says whose word it is, where a person corrected who they are.
    """

    id: str
    name: str
    standing: str
    hollow: bool
    owner: str | None
    other_names: tuple[str, ...]
    statements: int
    hidden: Hidden | None
    listings: tuple[Listed, ...]
    reasons: tuple[str, ...]
    key: str = ""
    person: str | None = None


def anchors(analysis: Analysis) -> dict[str, str]:
    """The anchor of every actor's row, by the actor's id: those first that carry most statements.

    Among those that carry as many, the named ones come first, then the order of the text decides.
    """
    carried = _carried(analysis)
    ordered = sorted(analysis.actors, key=lambda actor: (-carried[actor.id], not actor.named))
    return {actor.id: f"a{number}" for number, actor in enumerate(ordered, 1)}


def rows(
    analysis: Analysis, places: Places, statement: Mapping[str, Passage], persons: Mapping[str, str]
) -> tuple[ActorRow, ...]:
    """A row for every actor, in the order of their anchors. `statement` gives a statement's passage by its id.

    `persons` gives whose word an actor is by its id.
    """
    carried = _carried(analysis)
    actors = {actor.id: actor for actor in analysis.actors}
    owners = {actor.id: labels.shortened(actor.name, 80) for actor in analysis.actors}
    return tuple(
        ActorRow(
            id=anchor,
            name=labels.shortened(actors[key].name, 120) or labels.NOBODY,
            standing=labels.standing(actors[key]),
            hollow=not actors[key].named,
            owner=owners.get(actors[key].owner or ""),
            other_names=_other_names(actors[key]),
            statements=carried[key],
            hidden=_hidden(actors[key].anonymity, places, statement),
            listings=tuple(_listed(listing) for listing in actors[key].listings),
            reasons=actors[key].reasons,
            key=key,
            person=persons.get(key),
        )
        for key, anchor in anchors(analysis).items()
    )


def _carried(analysis: Analysis) -> dict[str, int]:
    """How many statements rest on each actor: as the text's use of an unnamed one says, else by the chains."""
    by_chains = _resting(analysis.chains)
    return {
        actor.id: len(set(actor.anonymity.statements)) if actor.anonymity else len(by_chains.get(actor.id, ()))
        for actor in analysis.actors
    }


def _resting(chains: Sequence[Chain]) -> dict[str, set[str]]:
    """The statements whose chains run through each actor. All run through the outlet itself, which says nothing."""
    found: dict[str, set[str]] = {}
    for chain in chains:
        for link in chain.links[1:]:
            if link.actor is not None:
                found.setdefault(link.actor, set()).add(chain.statement)
    return found


def _other_names(actor: Actor) -> tuple[str, ...]:
    return tuple(labels.shortened(name, 80) for name in dict.fromkeys(actor.names) if name != actor.name)


def _hidden(used: Anonymity | None, places: Places, statement: Mapping[str, Passage]) -> Hidden | None:
    if used is None:
        return None
    return Hidden(
        why=tuple(places.passage((span,)) for span in used.why),
        statements=_passages(used.statements, statement),
        opinions=_passages(used.opinions, statement),
        reasons=used.reasons,
    )


def _passages(ids: Sequence[str], statement: Mapping[str, Passage]) -> tuple[Passage, ...]:
    return tuple(statement[key] for key in dict.fromkeys(ids) if key in statement)


def _listed(listing: Listing) -> Listed:
    """One line, every word of the table between quotation marks, and whose word it is."""
    said = (
        ("kind", listing.kind),
        ("country", listing.country),
        ("owner", listing.owner),
        ("classed", listing.classed),
    )
    told = "; ".join(f"{label} “{labels.shortened(value, 120)}”" for label, value in said if value)
    name = f"“{labels.shortened(listing.name, 80)}”"
    table = labels.shortened(listing.table, 80) or "A table without a name"
    words = f"{table} lists it as {name}{f': {told}' if told else ''} (the table's word, not Sayso's)"
    return Listed(words, labels.shortened(listing.source, 200), labels.safe_address(listing.source))
