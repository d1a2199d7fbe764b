"""What each text that carries a claim can rest on: sources that it gives, other texts, or nobody that is shown.

Copies of one text are one. A text that names an outlet as its source rests on that outlet's article, where the story
has it; one that shares its words with another has them from it, or both have them from a third, as likely as the
derivation says. A name in the text is a source in any case; unnamed people and the outlet's own word are so only
where the text has the claim from no other.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any, Literal

from sayso import words
from sayso.corpus import voices
from sayso.corpus.carrying import Carrying, sentences
from sayso.corpus.drawing import Tie
from sayso.corpus.voices import Given, Voice
from sayso.model import Span
from sayso.model.story import Citation, Derivation, Entry, Passage, Story
from sayso.words import outlets

Where = Literal["here", "quoted", "elsewhere"]


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


def find(story: Story, carrying: Mapping[str, Carrying], given: Mapping[str, Given]) -> Resting:
    """The texts that carry a claim, and what each can rest on."""
    entries = sorted((entry for entry in story.entries if entry.id in carrying), key=_by_date)
    drafts = [_Draft(prints) for prints in _copies(story, entries, carrying)]
    case = _Case(story, carrying, given, drafts)
    for number, draft in enumerate(drafts):
        case.add_voices(number, draft)
        case.add_citations(number, draft)
        case.add_own(draft)
    order = sorted(range(len(drafts)), key=lambda n: (not _tells_somebody(drafts[n]), _by_date(drafts[n].lead)))
    places = {number: place for place, number in enumerate(order)}
    texts = tuple(Text(d.lead, tuple(d.prints), tuple(d.firm), tuple(d.loose)) for d in (drafts[n] for n in order))
    links = [_tied(texts, places[a], places[b], shares, reason) for (a, b), (shares, reason) in case.ties().items()]
    return Resting(texts, tuple(sorted(links, key=lambda link: link.tie.key)))


def _tied(texts: Sequence[Text], one: int, other: int, chances: tuple[float, float, float], reason: str) -> Link:
    mine, theirs, either = chances
    if one > other:
        one, other, mine, theirs = other, one, theirs, mine
    return Link(Tie(one, other, mine, theirs, either, f"{texts[one].key} {texts[other].key}"), reason)


def _tells_somebody(draft: _Draft) -> bool:
    return any(voice.kind != "own report" for voice in (*draft.firm, *draft.loose))


def _by_date(entry: Entry) -> tuple[str, str, str, str]:
    return (entry.earliest or "9999", entry.latest or "9999", entry.article.text, entry.id)


def later(one: Entry, than: Entry) -> bool:
    """Whether an article was certainly published after another."""
    return one.earliest is not None and than.latest is not None and one.earliest > than.latest


def days_between(one: Entry, other: Entry) -> int:
    """The days that lie at least between two articles; 0 where they can be of one day or a date is open."""
    first, second = sorted((one, other), key=lambda entry: entry.earliest or "")
    if first.latest is None or second.earliest is None:
        return 0
    return max(0, (date.fromisoformat(second.earliest[:10]) - date.fromisoformat(first.latest[:10])).days)


# --- copies ---------------------------------------------------------------------------------------------------------


def _copies(story: Story, entries: Sequence[Entry], carrying: Mapping[str, Carrying]) -> list[list[Entry]]:
    """The entries by text: those with the same words, nearly the same, or cut and under an agency's credit."""
    group = {entry.id: entry.id for entry in entries}

    def root(id_: str) -> str:
        while group[id_] != id_:
            group[id_] = group[group[id_]]
            id_ = group[id_]
        return id_

    first: dict[str, str] = {}
    for entry in entries:
        group[root(entry.id)] = root(first.setdefault(" ".join(entry.article.text.split()).casefold(), entry.id))
    credited = {citation.by for citation in story.citations if citation.kind == "credit line"}
    for derivation in story.derivations:
        if {derivation.earlier, derivation.later} <= group.keys() and _is_copy(derivation, carrying, credited):
            group[root(derivation.later)] = root(derivation.earlier)
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[root(entry.id)].append(entry)
    return list(groups.values())


def _is_copy(derivation: Derivation, carrying: Mapping[str, Carrying], credited: set[str]) -> bool:
    limits = _limits()
    if min(derivation.earlier_share, derivation.later_share) >= limits["copy"]:
        return True
    cut = derivation.later if derivation.later_share >= derivation.earlier_share else derivation.earlier
    share = max(derivation.earlier_share, derivation.later_share)
    return share >= limits["credited_copy"] and cut in credited and _where(derivation, carrying) == "here"


# --- what a text gives ----------------------------------------------------------------------------------------------


class _Case:
    """A story and a claim, while it is worked out what each text rests on."""

    def __init__(
        self, story: Story, carrying: Mapping[str, Carrying], given: Mapping[str, Given], drafts: Sequence[_Draft]
    ) -> None:
        self.carrying = carrying
        self.given = given
        self.drafts = drafts
        self.derivations = story.derivations
        self.text_of = {entry.id: number for number, draft in enumerate(drafts) for entry in draft.prints}
        self.citations: dict[str, list[Citation]] = defaultdict(list)
        self.outlets = {voices.house(entry) for entry in story.entries}
        for citation in story.citations:
            self.citations[citation.by].append(citation)
            self.outlets.add(voices.outlet_key(citation.outlet))
        self.by_house: dict[str, list[Entry]] = defaultdict(list)
        for draft in drafts:
            for entry in draft.prints:
                self.by_house[voices.house(entry)].append(entry)

    def add_voices(self, number: int, draft: _Draft) -> None:
        """The sources behind the claim, each once; an outlet of the story is cited. Cues are for want of better."""
        analysed = any(self.given[entry.id].analysed for entry in draft.prints)
        for entry in draft.prints:
            if analysed and not self.given[entry.id].analysed:
                continue
            own = voices.house(entry)
            for voice in map(self._as_outlet, self.given[entry.id].voices):
                if voice.kind == "outlet" and own in voice.names:
                    continue
                cited = self._cite(number, entry, voice)
                known = draft.firm if voice.firm and not cited else draft.loose
                if not any(_alike(voice, other) for other in known):
                    known.append(replace(voice, firm=voice.firm and not cited))

    def _as_outlet(self, voice: Voice) -> Voice:
        """A body that is an outlet of the story, or is cited as one, is an outlet, whatever it was taken for."""
        called = voice.issuer if voice.kind == "document" else (voice.name, *voice.names)
        known = sorted({key for name in called if (key := voices.outlet_key(name)) in self.outlets})
        if voice.kind == "outlet" or not known:
            return voice
        return replace(voice, kind="outlet", names=frozenset(known), firm=True, head="", body=frozenset())

    def _cite(self, number: int, entry: Entry, voice: Voice) -> bool:
        """Whether the story has the article through which a source came. Somebody named is the source all the same."""
        media = tuple(voice.names) if voice.kind == "outlet" else () if voice.firm else voice.media[-1:]
        found = [article for key in media for article in self.by_house[key]]
        others = [article for article in found if self.text_of[article.id] != number]
        self._cites(number, entry, others, _limits()["cited"], "names {outlet} as its source for it")
        return bool(others)

    def _cites(self, number: int, entry: Entry, articles: Sequence[Entry], chance: float, reason: str) -> None:
        """A text rests on articles that it cites: on the later ones of an outlet only where there are no others."""
        earlier = [article for article in articles if not later(article, entry)]
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
        if distance is None or voices.outlet_key(citation.outlet) == voices.house(entry):
            return
        chance = _chance(citation, distance)
        meant = [on for id_ in citation.of if id_ in self.text_of and (on := self._print(id_)) is not None]
        if not meant and chance >= _limits()["told"]:
            meant = self.by_house[voices.outlet_key(citation.outlet)]
        self._cites(number, entry, [on for on in meant if self.text_of[on.id] != number], chance, _citing(citation))
        if meant:
            return
        if chance >= _limits()["told"] and not draft.firm and not any(v.kind != "own report" for v in draft.loose):
            voice = voices.outlet(entry.id, citation.outlet, citation.spans, f"{_name(entry)} {_citing(citation)}")
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
        draft.loose.append(voices.own_report(entry, self.carrying[entry.id]))

    def ties(self) -> dict[tuple[int, int], tuple[tuple[float, float, float], str]]:
        """For two texts: how likely the first has it from the second, the second from the first, both from a third."""
        found: dict[tuple[int, int], tuple[tuple[float, float, float], str]] = {}
        for derivation in self.derivations:
            one, other = (self.text_of.get(id_) for id_ in (derivation.earlier, derivation.later))
            if one is None or other is None or one == other:
                continue
            pair, tie = self._derived(one, other, derivation)
            if pair not in found or sum(found[pair][0]) < sum(tie[0]):
                found[pair] = tie
        for number, draft in enumerate(self.drafts):
            for other, (chance, reason) in draft.cites.items():
                back = self.drafts[other].cites.get(number)
                pair = (min(number, other), max(number, other))
                mine = chance if back is None else chance / 2
                theirs = 0.0 if back is None else back[0] / 2
                chances = (mine, theirs, 0.0) if number < other else (theirs, mine, 0.0)
                if back is not None or pair not in found or sum(found[pair][0]) < chance:
                    found[pair] = (chances, reason)
        return found

    def _derived(
        self, one: int, other: int, derivation: Derivation
    ) -> tuple[tuple[int, int], tuple[tuple[float, float, float], str]]:
        limits = _limits()
        where = _where(derivation, self.carrying)
        later_, earlier, common = derivation.later_from_earlier, derivation.earlier_from_later, derivation.common
        if where == "here":
            common += derivation.unknown * limits["unclear_here"]
            reason = "shares the words that tell it"
        else:
            mine, theirs = (
                self._elsewhere(one, derivation.earlier_share),
                self._elsewhere(other, derivation.later_share),
            )
            later_, earlier = later_ * theirs, earlier * mine
            common *= 0.0 if where == "quoted" else min(mine, theirs)
            reason = "shares other passages" if where == "elsewhere" else "shares a quotation"
        chances = (earlier, later_, common)
        lost = self._lost_credit(one, other) if where == "here" else None
        if lost is not None:
            whole = max(limits["credited"], sum(chances))
            chances, reason = (
                ((whole, 0.0, 0.0) if lost == one else (0.0, whole, 0.0)),
                f"{reason}, under a credit there",
            )
        if one > other:
            one, other, chances = other, one, (chances[1], chances[0], chances[2])
        return (one, other), (chances, reason)

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


def _where(derivation: Derivation, carrying: Mapping[str, Carrying]) -> Where:
    """Whether two articles share the words that tell the claim, only as a quotation, or other passages."""
    one, other = carrying[derivation.earlier], carrying[derivation.later]
    here = [passage for passage in derivation.passages if _overlaps(passage, one, other)]
    if not here:
        return "elsewhere"
    return "quoted" if all(passage.quoted and passage.other_quoted for passage in here) else "here"


def _overlaps(passage: Passage, one: Carrying, other: Carrying) -> bool:
    return _touch(passage.spans, one.words or one.sentences) and _touch(
        passage.other_spans, other.words or other.sentences
    )


def _touch(some: Iterable[Span], others: Iterable[Span]) -> bool:
    others = tuple(others)
    return any(a.overlaps(b) for a in some for b in others)


def _is_agency(entry: Entry) -> bool:
    known = outlets.named(entry.article.outlet or "")
    return known is not None and known.kind == "agency"


@cache
def _limits() -> dict[str, Any]:
    known: dict[str, Any] = words.load("origins")["rests"]
    return known
