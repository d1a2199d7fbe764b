"""Small invented stories, put together by hand: articles, who speaks in them, and what they have of each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sayso.model import Actor, Analysis, Article, Attribution, Chain, Content, Cue, Link, Source, Span
from sayso.model.annotations import SourceKind, Stance
from sayso.model.story import Citation, Derivation, Entry, Passage, Story

CLAIM = "Twelve people died when the old dam above Halna burst."


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks in an article: the words that name them, what they say, and who they are."""

    words: str
    says: str
    kind: SourceKind = "person"
    names: tuple[str, ...] = ()
    named: bool = True
    through: tuple[str, ...] = ()
    owner: str = ""
    stance: Stance = "neutral"


@dataclass(frozen=True)
class Told:
    """An article of a story."""

    id: str
    outlet: str
    text: str
    day: str | None = "2024-05-01"
    speakers: tuple[Speaker, ...] = ()
    analysed: bool = True

    @property
    def entry(self) -> Entry:
        article = Article(
            self.id, f"{self.id}.txt", self.text, self.id, "", "text/plain", outlet=self.outlet, published=self.day
        )
        return Entry(article, None, self.day, self.day)

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    @property
    def analysis(self) -> Analysis:
        actors: list[Actor] = []
        attributions: list[Attribution] = []
        chains: list[Chain] = []
        for n, speaker in enumerate(self.speakers, 1):
            owner = f"e{n}o" if speaker.owner else None
            if owner:
                actors.append(Actor(owner, speaker.owner, "organisation", (speaker.owner,), named=True))
            actors.append(
                Actor(
                    f"e{n}",
                    speaker.words,
                    speaker.kind,
                    (speaker.words, *speaker.names),
                    owner=owner,
                    named=speaker.named,
                )
            )
            source = Source((self.span(speaker.words),), speaker.kind, f"e{n}")
            content = Content((self.span(speaker.says),))
            attributions.append(Attribution(f"a{n}", "indirect", source, Cue((), stance=speaker.stance), content))
            if speaker.stance != "denying":
                media = tuple(Link(name, "outlet", spans=(self.span(name),)) for name in speaker.through)
                last = Link(speaker.words, speaker.kind, f"e{n}", f"a{n}", source.spans)
                chains.append(Chain(f"c{n}", f"a{n}", (Link(self.outlet, "outlet"), *media, last), True, "certain"))
        return Analysis(
            self.entry.article, actors=tuple(actors), attributions=tuple(attributions), chains=tuple(chains)
        )


@dataclass
class Made:
    """A story with the analyses of its articles."""

    told: Sequence[Told]
    derivations: list[Derivation] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    @property
    def by_id(self) -> Mapping[str, Told]:
        return {told.id: told for told in self.told}

    @property
    def story(self) -> Story:
        entries = tuple(sorted((t.entry for t in self.told), key=lambda e: (e.earliest or "9999", e.id)))
        first = (entries[0].id,) if entries else ()
        return Story(first[0] if first else "", entries, first, tuple(self.derivations), tuple(self.citations))

    @property
    def analyses(self) -> dict[str, Analysis]:
        return {t.id: t.analysis for t in self.told if t.analysed}

    def shares(
        self,
        earlier: str,
        later: str,
        words: str,
        other: str | None = None,
        *,
        copied: float = 0.9,
        back: float = 0.0,
        common: float = 0.05,
        share: float = 0.4,
        earlier_share: float | None = None,
        quoted: bool = False,
    ) -> "Made":
        """Two articles have a passage in common."""
        one, two = self.by_id[earlier], self.by_id[later]
        passage = Passage(
            (one.span(words),),
            (two.span(other or words),),
            "verbatim" if other is None else "reworked",
            len(words.split()),
            1.0 if other is None else 0.7,
            quoted,
            quoted,
        )
        unknown = max(0.0, 1 - copied - back - common)
        self.derivations.append(
            Derivation(
                earlier,
                later,
                copied,
                back,
                common,
                unknown,
                "later from earlier",
                (passage,),
                share if earlier_share is None else earlier_share,
                share,
            )
        )
        return self

    def cites(self, by: str, outlet: str, *of: str, kind: str = "named as source", words: str | None = None) -> "Made":
        """An article names an outlet."""
        spans = () if kind == "credit line" and words is None else (self.by_id[by].span(words or outlet),)
        self.citations.append(Citation(by, outlet, kind, of, spans))  # type: ignore[arg-type]
        return self
