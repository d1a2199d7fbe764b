"""On how many independent origins a claim rests.

Twelve outlets that carry a claim are not twelve sources. Each is followed to what it has the claim from, as far as the
articles show: a copied text, an outlet that it cites, somebody it names. What is uncertain on the way is drawn many
times, and the origins are counted: the answer is a range, and each origin comes with the words that prove it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from sayso import words
from sayso.corpus import carrying, drawing, resting, voices
from sayso.corpus.carrying import Carrying
from sayso.corpus.drawing import Chances, Drawn, Flags
from sayso.corpus.resting import Resting, Text
from sayso.corpus.sameness import sameness
from sayso.corpus.voices import Given, Voice
from sayso.model import Analysis, Gap
from sayso.model.story import Carrier, Circle, Entry, Exhibit, Origin, Origins, Story

MOST_EXHIBITS = 12
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
    said = carrying.find(story, claim)
    entries = {entry.id: entry for entry in story.entries}
    given = {id_: voices.given(entries[id_], where, analyses.get(id_)) for id_, where in said.items()}
    denied = [entries[id_] for id_, one in given.items() if one.denied]
    said = {id_: where for id_, where in said.items() if not given[id_].denied}
    if not said:
        return Origins(claim, 0, 0, gaps=(*_denials(denied), *_nobody(story)))
    return _Count(story, said, given).result(claim, denied)


@dataclass(frozen=True, slots=True)
class _Identity:
    """Sources of several texts that are one for sure."""

    voices: tuple[Voice, ...]
    day: str

    @property
    def first(self) -> Voice:
        return self.voices[0]

    @property
    def firm(self) -> bool:
        return any(voice.firm for voice in self.voices)


class _Count:
    """Counts the origins of one claim."""

    def __init__(self, story: Story, said: Mapping[str, Carrying], given: Mapping[str, Given]) -> None:
        self.story = story
        self.said = said
        self.given = given
        self.entries = {entry.id: entry for entry in story.entries}
        self.resting: Resting = resting.find(story, said, given)
        self.identities = _identities(self.resting.texts, self.entries)
        place = {id(voice): n for n, identity in enumerate(self.identities) for voice in identity.voices}
        self.rests = [
            (sorted({place[id(v)] for v in text.firm}), sorted({place[id(v)] for v in text.loose}))
            for text in self.resting.texts
        ]
        self.same = self._samenesses()
        keys = [self._key(identity) for identity in self.identities]
        self.drawn: Drawn = drawing.draw(self.rests, [link.tie for link in self.resting.links], self.same, keys)
        self.chances = self.drawn.founds.mean(axis=0)
        self.names = self._named()

    def result(self, claim: str, denied: Sequence[Entry]) -> Origins:
        least, most = drawing.span_of(self.drawn.counts)
        carriers = tuple(self._carriers())
        circles = tuple(self._circles())
        gaps = (
            *_denials(denied),
            *self._unread(),
            *self._untold(),
            *_returning(circles),
            *self._undated(),
            *_left(self.story),
        )
        return Origins(
            claim,
            least,
            most,
            tuple(drawing.shares(self.drawn.counts)),
            tuple(self._origins(carriers)),
            carriers,
            circles,
            gaps,
        )

    # --- who is one ---

    def _samenesses(self) -> Chances:
        size = len(self.identities)
        same = np.eye(size)
        for n, one in enumerate(self.identities):
            for m in range(n):
                same[n, m] = same[m, n] = self._sameness(one, self.identities[m])
        return same

    def _sameness(self, one: _Identity, other: _Identity) -> float:
        return max(
            sameness(a, b, self._apart(a, b)).probability for a in _kinds(one.voices) for b in _kinds(other.voices)
        )

    def _apart(self, one: Voice, other: Voice) -> bool:
        a, b = self.entries[one.article], self.entries[other.article]
        return resting.days_between(a, b) > int(words.load("origins")["same"]["days"])

    def _key(self, identity: _Identity) -> str:
        text = next(t for t in self.resting.texts if identity.first in (*t.firm, *t.loose))
        return f"{identity.first.kind} {text.key} {'' if identity.first.kind == 'own report' else identity.first.name}"

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
        for text, on in zip(self.resting.texts, rests, strict=True):
            for entry in text.prints:
                where = self.said[entry.id]
                if entry is text.lead:
                    reasons = (*where.notes, *self._why(text))
                    by_article[entry.id] = Carrier(entry.id, where.sentences, on, reasons)
                else:
                    reasons = (*where.notes, f"it is the same text as in {_name(text.lead)}")
                    by_article[entry.id] = Carrier(entry.id, where.sentences, ((text.lead.id, 1.0),), reasons)
        for entry in self.story.entries:
            if entry.id in by_article:
                yield by_article[entry.id]

    def _why(self, text: Text) -> Iterator[str]:
        for voice in (*text.firm, *text.loose):
            yield from voice.reasons
        place = self.resting.texts.index(text)
        for link in self.resting.links:
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
        count = np.sum(list(parents.values()), axis=0) if parents else np.zeros(len(self.drawn.own))
        found = {
            self.resting.texts[other].lead.id: float(np.mean(mask / np.maximum(count, 1)))
            for other, mask in parents.items()
        }
        alone = count == 0
        firm, loose = self.rests[place]
        for sources, rows in ((loose, alone & self.drawn.own[:, place]), (firm, alone & ~self.drawn.own[:, place])):
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
        for n, link in enumerate(self.resting.links):
            way, tie = self.drawn.ways[:, n], link.tie
            if place not in (tie.one, tie.other):
                continue
            other = tie.other if place == tie.one else tie.one
            rows = (way == (1 if place == tie.one else 2)) & ~self.drawn.own[:, place]
            if not firm:
                rows |= (way == 3) & ~self.drawn.own[:, place]
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
        pairs = [(a, b) for a in _kinds(self.identities[n].voices) for b in _kinds(self.identities[m].voices)]
        return max((sameness(a, b, self._apart(a, b)) for a, b in pairs), key=lambda found: found.probability).reason

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
    """The sources of all texts; those that are one for sure are one. Those with a name come first, then by date."""
    sure = float(_settings()["sure"])
    found = [voice for text in texts for voice in (*text.firm, *text.loose)]
    groups: list[list[Voice]] = []
    by_name: dict[tuple[bool, str, str], list[Voice]] = {}
    for voice in found:
        keys = [
            (voice.firm, "" if voice.kind in ("outlet", "own report") else voice.kind, name) for name in voice.names
        ]
        group = next((by_name[key] for key in keys if key in by_name and _sure(by_name[key], voice, sure)), None)
        if group is None:
            group = next((group for group in groups if _sure(group, voice, sure)), None)
        if group is None:
            groups.append(group := [])
        group.append(voice)
        for key in keys:
            by_name.setdefault(key, group)
    made = [_Identity(tuple(group), min(entries[v.article].earliest or "9999" for v in group)) for group in groups]
    return sorted(made, key=lambda identity: (not identity.firm, identity.first.kind == "own report", identity.day))


def _sure(group: Sequence[Voice], voice: Voice, sure: float) -> bool:
    return any(sameness(other, voice).probability >= sure for other in _kinds(group))


def _kinds(found: Sequence[Voice]) -> Sequence[Voice]:
    """Sources that are one, each way of telling of them once: three hundred papers tell of them in few ways."""
    ways = {
        (v.kind, v.names, v.head, v.body, v.several, v.firm, v.quoted, v.issuer, v.media): v for v in reversed(found)
    }
    return list(ways.values())[::-1][:MOST_EXHIBITS]


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
