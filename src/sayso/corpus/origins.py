"""On how many independent origins a claim rests.

Twelve outlets that carry a claim are not twelve sources. Each is followed to what it has the claim from, as far as the
articles show: a copied text, an outlet that it cites, somebody it names. What is uncertain on the way is drawn many
times, and the origins are counted: the answer is a range, and each origin comes with the words that prove it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from typing import Any

import numpy as np

from sayso import words
from sayso.corpus import carrying, copies, drawing, giving, press, resting, unheard
from sayso.corpus.carrying import Carrying
from sayso.corpus.drawing import Chances, Flags
from sayso.corpus.giving import Given
from sayso.corpus.press import Press
from sayso.corpus.resting import Resting, Text
from sayso.corpus.sameness import Sameness, sameness
from sayso.corpus.voice import Voice
from sayso.model import Analysis, Gap
from sayso.model.story import Carrier, Circle, Entry, Exhibit, Origin, Origins, Story

MOST_EXHIBITS = 12
MOST_WAYS = 12
MOST_TOLD = 5


def find(story: Story, claim: str, analyses: Mapping[str, Analysis]) -> Origins:
    """The origins of a claim in a story. `analyses` are those of its articles, by id; some or all may be missing.

    >>> from sayso.model import Article
    >>> text = "Twelve people died when the dam above Halna burst, the Halna Post reported."
    >>> entry = Entry(Article("a", "a", text, "", "", "text/plain", outlet="Harbour Echo"), None, None, None)
    >>> found = find(Story("a", (entry,), ("a",)), "Twelve people died when the dam above Halna burst", {})
    >>> found.least, found.most, [origin.name for origin in found.origins]
    (1, 1, ['the Halna Post'])
    """
    said = carrying.find(story, claim, analyses)
    entries = {entry.id: entry for entry in story.entries}
    known = press.press(story)
    given = {id_: giving.given(entries[id_], where, analyses.get(id_), known) for id_, where in said.items()}
    denied = [entries[id_] for id_, one in given.items() if one.denied]
    said = {id_: where for id_, where in said.items() if not given[id_].denied}
    if not said:
        return Origins(claim, 0, 0, gaps=(*_denials(denied), *_nobody(story)))
    return _Count(story, said, given, known).result(claim, denied)


@dataclass(frozen=True, slots=True)
class _Identity:
    """Sources of several texts that are one for sure."""

    voices: tuple[Voice, ...]
    ways: tuple[Voice, ...]
    """The voices that tell of it differently: three hundred papers do so in few ways."""
    day: str
    key: str

    @property
    def first(self) -> Voice:
        return self.voices[0]

    @property
    def firm(self) -> bool:
        return any(voice.firm for voice in self.voices)


class _Count:
    """Counts the origins of one claim."""

    def __init__(self, story: Story, said: Mapping[str, Carrying], given: Mapping[str, Given], known: Press) -> None:
        self.story = story
        self.said = said
        self.given = given
        self.entries = {entry.id: entry for entry in story.entries}
        self.resting: Resting = resting.find(story, said, given, known)
        texts = self.resting.texts
        self.ways = drawing.ways([bool(text.firm) for text in texts], [link.tie for link in self.resting.links])
        speaks = [bool(text.firm) or bool(own.any()) for text, own in zip(texts, self.ways.own.T, strict=True)]
        self.identities = _identities([text for text, some in zip(texts, speaks, strict=True) if some], self.entries)
        self.rests = self._rests()
        self.links: dict[int, list[int]] = defaultdict(list)
        for n, link in enumerate(self.resting.links):
            self.links[link.tie.one].append(n)
            self.links[link.tie.other].append(n)
        self.same = self._samenesses()
        self.founds = drawing.founders(self._active(), self.same, [one.key for one in self.identities])
        self.chances = self.founds.mean(axis=0)
        self.names = self._named()

    def _rests(self) -> list[tuple[list[int], list[int]]]:
        """For each text, which sources it rests on in any case, and which if it has the claim from no other."""
        place = {id(voice): n for n, identity in enumerate(self.identities) for voice in identity.voices}

        def places(found: Sequence[Voice]) -> list[int]:
            return sorted({place[id(voice)] for voice in found if id(voice) in place})

        return [(places(text.firm), places(text.loose)) for text in self.resting.texts]

    def _active(self) -> Flags:
        """Which sources something rests on in each draw."""
        active = np.zeros((len(self.ways.own), len(self.identities)), np.bool_)
        for (firm, loose), own in zip(self.rests, self.ways.own.T, strict=True):
            active[:, firm] = True
            active[:, loose] |= own[:, None]
        return active

    def result(self, claim: str, denied: Sequence[Entry]) -> Origins:
        silent = unheard.find(self.story, claim, self.said)
        counts = self.founds.sum(axis=1)
        if silent:
            counts += drawing.happens(words.load("origins")["unheard"]["chance"], claim)
        least, most = drawing.span_of(counts)
        carriers = tuple(self._carriers())
        circles = tuple(self._circles())
        gaps = (
            *_denials(denied),
            *self._unread(),
            *self._untold(),
            *_returning(circles),
            *self._undated(),
            *_silent(silent),
            *_left(self.story),
        )
        found = tuple(self._origins(carriers))
        proofs = (*(one.exhibits for one in found), *(one.exhibits for one in circles))
        named = {one.article for one in carriers} | {exhibit.article for some in proofs for exhibit in some}
        for articles in (*(one.articles for one in found), *(one.articles for one in circles)):
            named.update(articles)
        return Origins(
            claim,
            least,
            most,
            tuple(drawing.shares(counts)),
            found,
            carriers,
            circles,
            gaps,
            tuple(entry for entry in self.story.entries if entry.id in named),
        )

    # --- who is one ---

    def _samenesses(self) -> Chances:
        size = len(self.identities)
        same = np.eye(size)
        for n, one in enumerate(self.identities):
            for m in range(n):
                same[n, m] = same[m, n] = self._sameness(one, self.identities[m]).probability
        return same

    def _sameness(self, one: _Identity, other: _Identity) -> Sameness:
        pairs = product(one.ways, other.ways)
        return max((sameness(a, b, self._apart(a, b)) for a, b in pairs), key=lambda found: found.probability)

    def _apart(self, one: Voice, other: Voice) -> bool:
        if one.firm or other.firm or "own report" in (one.kind, other.kind):
            return False
        a, b = self.entries[one.article], self.entries[other.article]
        return copies.days_between(a, b) > int(words.load("origins")["same"]["days"])

    def _named(self) -> dict[int, str]:
        """The ids of the origins that are told, by identity: the likeliest first."""
        limit = float(_settings()["shown"])
        shown = [n for n, chance in enumerate(self.chances) if chance >= limit]
        shown.sort(key=lambda n: (-self.chances[n], n))
        return {n: f"o{place}" for place, n in enumerate(shown, 1)}

    # --- what is told ---

    def _carriers(self) -> Iterator[Carrier]:
        rests = [self._rests_on(n) for n in range(len(self.resting.texts))]
        by_article: dict[str, Carrier] = {}
        for place, (text, on) in enumerate(zip(self.resting.texts, rests, strict=True)):
            for entry in text.prints:
                where = self.said[entry.id]
                if entry is text.lead:
                    reasons = (*where.notes, *self._why(place))
                    by_article[entry.id] = Carrier(entry.id, where.sentences, on, reasons)
                else:
                    reasons = (*where.notes, f"it is the same text as in {_name(text.lead)}")
                    by_article[entry.id] = Carrier(entry.id, where.sentences, ((text.lead.id, 1.0),), reasons)
        for entry in self.story.entries:
            if entry.id in by_article:
                yield by_article[entry.id]

    def _why(self, place: int) -> Iterator[str]:
        text = self.resting.texts[place]
        for voice in (*text.firm, *text.loose):
            yield from voice.reasons
        for n in self.links[place]:
            link = self.resting.links[n]
            tie = link.tie
            for mine, other, chance in (
                (tie.one, tie.other, tie.one_from_other),
                (tie.other, tie.one, tie.other_from_one),
            ):
                if mine == place and chance + tie.either >= 0.5:
                    yield f"it {link.reason} ({_name(self.resting.texts[other].lead)})"

    def _rests_on(self, place: int) -> tuple[tuple[str, float], ...]:
        """How often a text rests on what, over the draws; where it rests on several at once, each has its part."""
        parents = self._parents(place)
        count = np.sum(list(parents.values()), axis=0) if parents else np.zeros(len(self.ways.own))
        found = {
            self.resting.texts[other].lead.id: float(np.mean(mask / np.maximum(count, 1)))
            for other, mask in parents.items()
        }
        alone = count == 0
        firm, loose = self.rests[place]
        for sources, rows in ((loose, alone & self.ways.own[:, place]), (firm, alone & ~self.ways.own[:, place])):
            for identity in sources:
                id_ = self._origin_of(identity)
                found[id_] = found.get(id_, 0.0) + float(rows.mean()) / len(sources)
        total = sum(found.values())
        shares = ((id_, share / total) for id_, share in found.items() if share)
        return tuple(sorted(shares, key=lambda item: (-item[1], item[0])))

    def _parents(self, place: int) -> dict[int, Flags]:
        """From which other texts a text has it in which draws. Both from a third: the later one is told to rest on
        the other, and so is the other if nothing else is behind it."""
        found: dict[int, Flags] = {}
        firm = set(self.rests[place][0])
        for n in self.links[place]:
            way, tie = self.ways.ways[:, n], self.resting.links[n].tie
            other = tie.other if place == tie.one else tie.one
            rows = (way == (1 if place == tie.one else 2)) & ~self.ways.own[:, place]
            if not firm:
                rows |= (way == 3) & ~self.ways.own[:, place]
            if firm <= set(self.rests[other][0]) or not firm:
                found[other] = found[other] | rows if other in found else rows
        return {other: rows for other, rows in found.items() if rows.any()}

    def _origin_of(self, identity: int) -> str:
        """The id of the origin that a source is told as: its own, or that of the one it is most likely."""
        if identity in self.names:
            return self.names[identity]
        return self.names[max(self.names, key=lambda n: (self.same[identity, n], self.chances[n], -n))]

    def _origins(self, carriers: Sequence[Carrier]) -> Iterator[Origin]:
        articles = _reached(carriers)
        for n, id_ in self.names.items():
            identity = self.identities[n]
            exhibits = tuple(Exhibit(voice.article, voice.spans) for voice in identity.voices[:MOST_EXHIBITS])
            resting_ = tuple(entry.id for entry in self.story.entries if id_ in articles.get(entry.id, ()))
            reasons = tuple(dict.fromkeys(reason for voice in identity.voices for reason in voice.reasons))
            first = identity.first
            yield Origin(
                id_,
                first.kind,
                first.name,
                resting_,
                exhibits,
                float(self.chances[n]),
                (*reasons[:MOST_EXHIBITS], *self._alike(n)),
            )

    def _alike(self, n: int) -> Iterator[str]:
        """With whom an origin may be one."""
        for m in self.names:
            if m != n and (found := self._between(n, m)) is not None:
                yield f"may be one with “{self.identities[m].first.name}”: they {found}"

    def _between(self, n: int, m: int) -> str | None:
        """Why two may be one, where it is uncertain."""
        low, high = _settings()["told"]
        if not low <= self.same[n, m] <= high:
            return None
        return self._sameness(self.identities[n], self.identities[m]).reason

    # --- what could not be told ---

    def _unread(self) -> Iterator[Gap]:
        unread = [entry for entry in self.story.entries if entry.id in self.said and not self.given[entry.id].analysed]
        if unread:
            yield Gap(
                "not analysed",
                f"{_listed(unread)}: not analysed, so whom they give for the claim was read by simple cues only",
            )

    def _untold(self) -> Iterator[Gap]:
        """Pairs of sources of which it cannot be told whether they are one."""
        pairs = [(n, m) for n in self.names for m in self.names if n < m and self._between(n, m) is not None]
        for n, m in pairs[:MOST_TOLD]:
            one, other = self.identities[n].first, self.identities[m].first
            here, there = _name(self.entries[one.article]), _name(self.entries[other.article])
            yield Gap(
                "same origin",
                f"Whether “{one.name}” in {here} and “{other.name}” in {there} are one source cannot be told: "
                f"they {self._between(n, m)}",
            )
        if len(pairs) > MOST_TOLD:
            yield Gap("same origin", f"The same holds for {len(pairs) - MOST_TOLD} further pairs of sources")

    def _undated(self) -> Iterator[Gap]:
        undated = [entry for entry in self.story.entries if entry.id in self.said and entry.earliest is None]
        if undated and len(self.said) > 1:
            yield Gap("no date", f"{_listed(undated)}: without a date, so it cannot be told who had it first by dates")

    def _circles(self) -> Iterator[Circle]:
        for circle in self.story.circles:
            if sum(id_ in self.said for id_ in set(circle.articles)) > 1:
                yield circle


def _identities(texts: Sequence[Text], entries: Mapping[str, Entry]) -> list[_Identity]:
    """The sources of some texts; those that are one for sure are one. Those with a name come first, then by date."""
    keys: dict[int, str] = {}
    groups: list[list[Voice]] = []
    by_name: dict[tuple[str, str], list[list[Voice]]] = defaultdict(list)
    for text in texts:
        for voice in (*text.firm, *text.loose):
            keys[id(voice)] = f"{voice.kind} {text.key} {'' if voice.kind == 'own report' else voice.name}"
            house = voice.kind in ("outlet", "own report")
            names = [("outlet" if house else "", name) for name in voice.names]
            near = (group for name in names for group in by_name[name])
            group = next((one for one in chain(near, () if house else groups) if _sure(one, voice)), None)
            if group is None:
                groups.append(group := [])
            group.append(voice)
            for name in names:
                if not any(group is one for one in by_name[name]):
                    by_name[name].append(group)
    made = [_identity(group, entries, keys[id(group[0])]) for group in groups]
    return sorted(made, key=lambda one: (not one.firm, one.first.kind == "own report", one.day, one.key))


def _identity(group: Sequence[Voice], entries: Mapping[str, Entry], key: str) -> _Identity:
    ways: dict[object, Voice] = {}
    for v in group:
        ways.setdefault((v.kind, v.names, v.head, v.body, v.several, v.firm, v.quoted, v.issuer, v.media), v)
    day = min(entries[voice.article].earliest or "9999" for voice in group)
    return _Identity(tuple(group), tuple(ways.values())[:MOST_WAYS], day, key)


def _sure(group: Sequence[Voice], voice: Voice) -> bool:
    sure = float(_settings()["sure"])
    return any(sameness(other, voice).probability >= sure for other in group[:MOST_WAYS])


def _reached(carriers: Sequence[Carrier]) -> dict[str, frozenset[str]]:
    """The origins that each article rests on, by the likeliest way; also through others."""
    on = {c.article: [id_ for id_, share in c.rests_on if share >= c.rests_on[0][1] / 2] for c in carriers}

    def follow(id_: str) -> frozenset[str]:
        seen, waiting, found = {id_}, [id_], set()
        while waiting:
            for other in on[waiting.pop()]:
                if other not in on:
                    found.add(other)
                elif other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return frozenset(found)

    return {c.article: follow(c.article) for c in carriers}


def _denials(denied: Sequence[Entry]) -> Iterator[Gap]:
    if denied:
        yield Gap("denied", f"{_listed(denied)}: tells the claim only to say that it was denied, and is not counted")


def _nobody(story: Story) -> Iterator[Gap]:
    count = len(story.entries)
    yield Gap("no carrier", f"None of the {count} articles of the story carries the claim, as far as its words tell")


def _silent(entries: Sequence[Entry]) -> Iterator[Gap]:
    if entries:
        yield Gap(
            "other words",
            f"{_listed(entries)}: on the same event in words of their own; whether they tell the claim in other words "
            "cannot be told, so that there may be one origin more",
        )


def _returning(circles: Sequence[Circle]) -> Iterator[Gap]:
    if circles:
        yield Gap("circle", "Articles have it from each other; where it came from first is not shown")


def _left(story: Story) -> Iterator[Gap]:
    if story.left:
        yield Gap("not looked at", f"{story.left} further articles share less with the story and were not looked at")


def _listed(entries: Sequence[Entry]) -> str:
    names = list(dict.fromkeys(map(_name, entries)))
    rest = f" and {len(names) - MOST_TOLD} more" if len(names) > MOST_TOLD else ""
    return ", ".join(names[:MOST_TOLD]) + rest


def _name(entry: Entry) -> str:
    return entry.article.outlet or entry.article.input


@cache
def _settings() -> dict[str, Any]:
    known: dict[str, Any] = words.load("origins")["drawing"]
    return known
