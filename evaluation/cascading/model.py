"""What a simulated cascade is: articles, what each was really made of, and what is true of every two of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sayso.model.article import Article

Part = Literal["tune", "report"]
DateQuality = Literal["right", "days", "years", "missing"]
Kinship = Literal["copied", "common source"]
Through = Literal["text", "quotation", "handout", "citation"]


@dataclass(frozen=True, slots=True)
class Node:
    """An article of a cascade: its kind ("wire", "cut copy", …), how good its date is, and the true time in hours
    since the event. `parents` are the ids of what it was made from, those that the corpus does not have included."""

    article: Article
    kind: str
    date: DateQuality
    hour: float
    parents: tuple[str, ...]

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id


@dataclass(frozen=True, slots=True)
class Altered:
    """A sentence that changed between an earlier text and a later one, with both wordings ("" where there is none).

    `kind` is one of sayso's kinds of change.
    """

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What two articles of a cascade have to do with each other.

    `first` is the id of the one that was there earlier in truth, whatever the dates say. "copied": `second` was made
    from it, through others as well; "common source": neither from the other. `through`: what they share is text, only
    a quotation, only a handout, or nothing but a citation. `direct`: without others between. `shared` is how many
    words of the second stand in the first in runs of eight or more. `changes` has what is different (copied only).
    """

    first: str
    second: str
    kinship: Kinship
    through: Through
    direct: bool
    shared: int
    changes: tuple[Altered, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimTruth:
    """A claim, as it stands in the articles, and on whom it rests.

    `sentences` has for the id of each article that carries it the sentences that do; `origins` for each of these the
    ids of who really said or saw it. `number` is how many independent origins the articles together rest on.
    """

    key: str
    sentences: Mapping[str, tuple[str, ...]]
    origins: Mapping[str, tuple[str, ...]]

    @property
    def number(self) -> int:
        """The true number of independent origins."""
        return len({one for those in self.origins.values() for one in those})


@dataclass(frozen=True, slots=True)
class Cascade:
    """A simulated story: what a corpus would hold of it, with the truth.

    `nodes` are in the order in which they were really published. `noise` are articles of the same outlets about other
    things. `relations` has every two nodes that share text or a citation. `circles` are the ids of articles that rest
    on each other. `kind` is the plot ("two wires", …).
    """

    number: int
    part: Part
    kind: str
    nodes: tuple[Node, ...]
    noise: tuple[Article, ...]
    relations: tuple[Relation, ...]
    claims: tuple[ClaimTruth, ...]
    circles: tuple[tuple[str, ...], ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles, those about other things included."""
        return (*(node.article for node in self.nodes), *self.noise)
