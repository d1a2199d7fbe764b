"""What each text that carries a claim can rest on: sources that it gives, other texts, or nobody that is shown.

Copies of one text are one. A text that names an outlet as its source rests on that outlet's article, where the story
has it; one that shares its words with another has them from it, or both have them from a third, as likely as the
derivation says. A name in the text is a source in any case; unnamed people and the outlet's own word are so only
where the text has the claim from no other.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple

from sayso import words
from sayso.corpus import copies, giving
from sayso.corpus.carrying import Carrying
from sayso.corpus.drawing import Tie
from sayso.corpus.giving import Given
from sayso.corpus.press import Press
from sayso.corpus.vocabulary import sentences
from sayso.corpus.voice import Voice
from sayso.model.story import Citation, Derivation, Entry, Story
from sayso.words import outlets


@dataclass(frozen=True, slots=True)
class Text:
    """A text that carries the claim: the article that stands for all that print it, and these.

    `firm` are sources that it rests on in any case; `loose` those it rests on if it has the claim from no other text.
    """

    lead: Entry
    prints: tuple[Entry, ...]
    firm: tuple[Voice, ...]
    loose: tuple[Voice, ...]

    @property
    def key(self) -> str:
        """What tells the text from others in all runs, whoever prints it."""
        return f"{zlib.crc32(self.lead.article.text.encode('utf-8', 'replace')):08x}"


class _Chances(NamedTuple):
    """How likely one text has it from another, the other from it, and both from a third."""

    mine: float
    theirs: float
    either: float

    def turned(self) -> "_Chances":
        return _Chances(self.theirs, self.mine, self.either)


_Ties = dict[tuple[int, int], tuple[_Chances, str]]


@dataclass(frozen=True, slots=True)
class Link:
    """A tie between two texts, and why each may rest on the other."""

    tie: Tie
    reason: str


@dataclass(frozen=True, slots=True)
class Resting:
    """The texts, in the order in which one stands for all that have it from each other only, and the links."""

    texts: tuple[Text, ...]
    links: tuple[Link, ...]


@dataclass(slots=True)
class _Draft:
    """A text while it is put together. `cites` are the other drafts (by number) that it names as sources."""

    prints: list[Entry]
    firm: list[Voice] = field(default_factory=list)
    loose: list[Voice] = field(default_factory=list)
    cites: dict[int, tuple[float, str]] = field(default_factory=dict)
    credited: bool = False

    @property
    def lead(self) -> Entry:
        return self.prints[0]


def find(story: Story, carrying: Mapping[str, Carrying], given: Mapping[str, Given], press: Press) -> Resting:
    """The texts that carry a claim, and what each can rest on."""
    entries = sorted((entry for entry in story.entries if entry.id in carrying), key=copies.by_date)
    drafts = [_Draft(prints) for prints in copies.by_text(story, entries, carrying)]
    case = _Case(story, carrying, given, press, drafts)
    for number, draft in enumerate(drafts):
        case.add_voices(number, draft)
        case.add_citations(number, draft)
        case.add_own(draft)
    order = sorted(range(len(drafts)), key=lambda n: (not _tells_somebody(drafts[n]), copies.by_date(drafts[n].lead)))
    places = {number: place for place, number in enumerate(order)}
    texts = tuple(Text(d.lead, tuple(d.prints), tuple(d.firm), tuple(d.loose)) for d in (drafts[n] for n in order))
    links = (_link(texts, places[a], places[b], *tie) for (a, b), tie in case.ties().items())
    return Resting(texts, tuple(sorted(links, key=lambda link: link.tie.key)))


def _link(texts: Sequence[Text], one: int, other: int, chances: _Chances, reason: str) -> Link:
    if one > other:
        one, other, chances = other, one, chances.turned()
    return Link(Tie(one, other, *chances, f"{texts[one].key} {texts[other].key}"), reason)


def _tells_somebody(draft: _Draft) -> bool:
    return any(voice.kind != "own report" for voice in (*draft.firm, *draft.loose))


# --- what a text gives ----------------------------------------------------------------------------------------------


class _Case:
    """A story and a claim, while it is worked out what each text rests on."""

    def __init__(
        self,
        story: Story,
        carrying: Mapping[str, Carrying],
        given: Mapping[str, Given],
        press: Press,
        drafts: Sequence[_Draft],
    ) -> None:
        self.carrying = carrying
        self.given = given
        self.drafts = drafts
        self.derivations = story.derivations
        self.text_of = {entry.id: number for number, draft in enumerate(drafts) for entry in draft.prints}
        self.citations: dict[str, list[Citation]] = defaultdict(list)
        self.press = press
        for citation in story.citations:
            self.citations[citation.by].append(citation)
        self.by_house: dict[str, list[Entry]] = defaultdict(list)
        for draft in drafts:
            for entry in draft.prints:
                self.by_house[self.press.house(entry)].append(entry)

    def add_voices(self, number: int, draft: _Draft) -> None:
        """The sources behind the claim, each once; an outlet of the story is cited. Cues are for want of better."""
        analysed = any(self.given[entry.id].analysed for entry in draft.prints)
        for entry in draft.prints:
            if analysed and not self.given[entry.id].analysed:
                continue
            own = self.press.house(entry)
            for voice in self._through_credits(entry):
                if voice.kind == "outlet" and own in voice.names:
                    continue
                cited = self._cite(number, entry, voice)
                known = draft.firm if voice.firm and not cited else draft.loose
                if not any(_alike(voice, other) for other in known):
                    known.append(replace(voice, firm=voice.firm and not cited))

    def _through_credits(self, entry: Entry) -> Iterator[Voice]:
        """The sources of an article: those of one under an agency's credit came through the agency."""
        credits = {self.press.key(c.outlet) for c in self.citations[entry.id] if c.kind == "credit line"}
        credits -= {self.press.house(entry)}
        for voice in self.given[entry.id].voices:
            yield replace(voice, media=tuple(dict.fromkeys((*sorted(credits), *voice.media))))

    def _cite(self, number: int, entry: Entry, voice: Voice) -> bool:
        """Whether the story has the article through which a source came. Somebody named is the source all the same."""
        media = tuple(voice.names) if voice.kind == "outlet" else () if voice.firm else voice.media[-1:]
        found = [article for key in media for article in self.by_house[key]]
        others = [article for article in found if self.text_of[article.id] != number]
        self._cites(number, entry, others, _limits()["cited"], "names {outlet} as its source for it")
        return bool(others)

    def _cites(self, number: int, entry: Entry, articles: Sequence[Entry], chance: float, reason: str) -> None:
        """A text rests on articles that it cites: on the later ones of an outlet only where there are no others."""
        earlier = [article for article in articles if not copies.later(article, entry)]
        told = reason if earlier else f"{reason}, which is dated later"
        for article in earlier or articles:
            outlet = article.article.outlet or article.article.input
            self._rests(number, article, chance * (1 if earlier else _limits()["late"]), told.format(outlet=outlet))

    def _rests(self, number: int, on: Entry, probability: float, reason: str) -> None:
        other = self.text_of[on.id]
        known = self.drafts[number].cites.get(other)
        if known is None or known[0] < probability:
            self.drafts[number].cites[other] = (probability, reason)

    def add_citations(self, number: int, draft: _Draft) -> None:
        """Credits, and outlets that are named beside the claim."""
        for entry in draft.prints:
            for citation in self.citations[entry.id]:
                self._add_citation(number, draft, entry, citation)

    def _add_citation(self, number: int, draft: _Draft, entry: Entry, citation: Citation) -> None:
        distance = _distance(entry, citation, self.carrying[entry.id])
        if distance is None or self.press.key(citation.outlet) == self.press.house(entry):
            return
        chance = _chance(citation, distance)
        meant = [on for id_ in citation.of if id_ in self.text_of and (on := self._print(id_)) is not None]
        if not meant and chance >= _limits()["told"]:
            meant = self.by_house[self.press.key(citation.outlet)]
        self._cites(number, entry, [on for on in meant if self.text_of[on.id] != number], chance, _citing(citation))
        if meant:
            return
        if chance >= _limits()["told"] and not draft.firm and not any(v.kind != "own report" for v in draft.loose):
            key, reason = self.press.key(citation.outlet), f"{_name(entry)} {_citing(citation)}"
            voice = giving.outlet(entry.id, citation.outlet, key, citation.spans, reason)
            sure = citation.kind == "credit line" or distance == 0
            (draft.firm if sure else draft.loose).append(voice if sure else replace(voice, firm=False))
            draft.credited |= citation.kind == "credit line"

    def _print(self, id_: str) -> Entry | None:
        return next((e for e in self.drafts[self.text_of[id_]].prints if e.id == id_), None)

    def add_own(self, draft: _Draft) -> None:
        """The outlet's own word, where nobody is given; the agency's, where one of those who print it is an agency."""
        if draft.firm or draft.loose:
            return
        agencies = [entry for entry in draft.prints if _is_agency(entry)]
        entry = (agencies or draft.prints)[0]
        draft.loose.append(giving.own_report(entry, self.carrying[entry.id], self.press))

    def ties(self) -> _Ties:
        """For two texts (by number, the lesser first) what they can have of each other: what says most, is taken."""
        found: _Ties = {}
        for derivation in self.derivations:
            one, other = (self.text_of.get(id_) for id_ in (derivation.earlier, derivation.later))
            if one is not None and other is not None and one != other:
                _take(found, one, other, *self._derived(one, other, derivation))
        for one, draft in enumerate(self.drafts):
            for other, (chance, reason) in draft.cites.items():
                back = self.drafts[other].cites.get(one)
                if back is not None:  # they have it from each other
                    found.pop((min(one, other), max(one, other)), None)
                    _take(found, one, other, _Chances(chance / 2, back[0] / 2, 0.0), reason)
                else:
                    _take(found, one, other, _Chances(chance, 0.0, 0.0), reason)
        return found

    def _derived(self, one: int, other: int, derivation: Derivation) -> tuple[_Chances, str]:
        """What a derivation says of the claim: all of it where the words that tell it are shared, else a part."""
        limits = _limits()
        where = copies.where(derivation, self.carrying)
        earlier, later = derivation.earlier_from_later, derivation.later_from_earlier
        if where != "here":
            mine = self._elsewhere(one, derivation.earlier_share)
            theirs = self._elsewhere(other, derivation.later_share)
            common = 0.0 if where == "quoted" else derivation.common * min(mine, theirs)
            reason = "shares other passages" if where == "elsewhere" else "shares a quotation"
            return _Chances(earlier * mine, later * theirs, common), reason
        chances = _Chances(earlier, later, derivation.common + derivation.unknown * limits["unclear_here"])
        reason = "shares the words that tell it"
        lost = self._lost_credit(one, other)
        if lost is None:
            return chances, reason
        whole = max(limits["credited"], sum(chances))
        chances = _Chances(whole, 0.0, 0.0) if lost == one else _Chances(0.0, whole, 0.0)
        return chances, f"{reason}, under a credit there"

    def _elsewhere(self, number: int, share: float) -> float:
        """How far copying that shows in other passages is copying of the claim: as far as most of the text is copied;
        less, if it gives a source of its own."""
        own = any(voice.kind != "own report" for voice in self.drafts[number].loose)
        limits = _limits()
        return float(limits["elsewhere_unnamed" if own else "elsewhere"] * min(1.0, share / limits["most"]))

    def _lost_credit(self, one: int, other: int) -> int | None:
        """Which of two texts gives nobody, while the other credits an agency."""
        for number, beside in ((one, other), (other, one)):
            mute = all(voice.kind == "own report" for voice in (*self.drafts[number].firm, *self.drafts[number].loose))
            if mute and self.drafts[beside].credited:
                return number
        return None


def _take(found: _Ties, one: int, other: int, chances: _Chances, reason: str) -> None:
    if one > other:
        one, other, chances = other, one, chances.turned()
    known = found.get((one, other))
    if known is None or sum(known[0]) < sum(chances):
        found[one, other] = (chances, reason)


def _alike(one: Voice, other: Voice) -> bool:
    return one.kind == other.kind and bool(one.names & other.names) and one.head == other.head


def _name(entry: Entry) -> str:
    return entry.article.outlet or entry.article.input


def _citing(citation: Citation) -> str:
    if citation.kind == "credit line":
        return f"credits {citation.outlet}"
    if citation.kind == "address":
        return f"links to {citation.outlet}"
    return f"names {citation.outlet}" + (" as its source" if citation.kind == "named as source" else "")


def _chance(citation: Citation, distance: int) -> float:
    limits = _limits()
    if citation.kind in ("credit line", "named as source"):
        return float(limits["cited"] if distance == 0 else limits["beside"])
    return float(limits[citation.kind])


def _distance(entry: Entry, citation: Citation, carrying: Carrying) -> int | None:
    """How many sentences lie between a citation and the claim (0: the same); None where it is not about the claim."""
    if citation.kind == "credit line" or not citation.spans:
        return 0
    spans = sentences(entry.article.text)
    told = [n for n, span in enumerate(spans) if any(span.overlaps(own) for own in carrying.sentences)]
    cited = [n for n, span in enumerate(spans) if any(span.overlaps(own) for own in citation.spans)]
    least = min((abs(a - b) for a in told for b in cited), default=None)
    return least if least is not None and least <= _limits()["near"] else None


def _is_agency(entry: Entry) -> bool:
    known = outlets.named(entry.article.outlet or "")
    return known is not None and known.kind == "agency"


@cache
def _limits() -> dict[str, Any]:
    known: dict[str, Any] = words.load("origins")["rests"]
    return known
