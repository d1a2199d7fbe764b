"""Reports that are nobody's copy: an event, who can speak about it, and how an outlet writes it up in its own words."""

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from cascading.wording import Bank, Sentence, Voice, Written, spun

Edit = tuple[str, str, Literal["style", "name", "quote"]]

TRIES = 12
ROLES = ("official", "medic", "police", "mayor", "rival", "witness")


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes: `credit` is how others mark its reports."""

    name: str
    credit: str
    is_agency: bool

    @property
    def site(self) -> str:
        """Its address on the web."""
        return "".join(letter for letter in self.name.lower() if letter.isascii() and letter.isalnum()) + ".example"


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes, and how many hours after the event. `root` names the article that is being written."""

    outlet: Outlet
    hour: float
    root: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: the words for it, its numbers and names, who can speak about it, and when it was."""

    name: str
    words: Mapping[str, Any]
    values: Mapping[str, str]
    voices: Mapping[str, Voice]
    start: datetime

    def day(self, hour: float) -> str:
        """The weekday so many hours later."""
        return f"{self.start + timedelta(hours=hour):%A}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is printed, and its hour. `note` stands above it, `credit` below; `edits` are words of its
    sentences that are replaced, here and in all copies: (old, new, "style" | "name" | "quote")."""

    outlet: Outlet
    hour: float
    title: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    dateline: str = ""
    byline: str | None = None
    note: str = ""
    credit: str = ""
    edits: tuple[Edit, ...] = ()

    def sentences(self) -> Iterator[Sentence]:
        """All sentences, in order."""
        for paragraph in self.paragraphs:
            yield from paragraph

    def claims(self) -> list[Sentence]:
        """The sentences that tell a claim."""
        return [one for one in self.sentences() if one.claim]

    @property
    def number(self) -> str:
        """The number in the claim; "" where the report does not have it."""
        return next((one.values["n"] for one in self.sentences() if one.claim == "toll"), "")

    def printed(self, sentence: Sentence) -> str:
        """A sentence as this report has it."""
        return edited(sentence.text, self.edits)

    @property
    def text(self) -> str:
        """Headline and text."""
        blocks = [" ".join(self.printed(one) for one in paragraph) for paragraph in self.paragraphs if paragraph]
        first = next((n for n, those in enumerate(self.paragraphs) if those and those[0].kind != "furniture"), 0)
        if blocks:
            blocks[first] = self.dateline + blocks[first]
        return "\n\n".join(block for block in (self.title, self.note, *blocks, self.credit) if block)


@dataclass(frozen=True, slots=True)
class Brief:
    """What a reporter has: who told each of the claims, which words of whom are to be quoted, and handouts."""

    toll: Sequence[Voice]
    cause: Sequence[Voice]
    quotes: Sequence[tuple[str, Voice]] = ()
    releases: Sequence[str] = ()
    facts: int = 7


def edited(text: str, edits: Sequence[Edit]) -> str:
    """A text with its edits made, in order."""
    for old, new, _ in edits:
        text = text.replace(old, new)
    return text


def event(words: Bank, kind: Mapping[str, Any], values: Mapping[str, str], start: datetime, seed: str) -> Event:
    """An event of a kind in a country, with its people and numbers."""
    chance = random.Random(seed)
    given, family = chance.sample(words["given"], len(ROLES)), chance.sample(words["family"], len(ROLES))
    voices = {}
    for role, first, last in zip(ROLES, given, family, strict=True):
        title = chance.choice(words["titles_of"][role])
        voices[role] = Voice(f"{seed}/{role}", "named", f"{title} {first} {last}", last)
    own = {
        "place": chance.choice(words["places"]),
        "region": chance.choice(words["regions"]),
        "road": chance.choice(words["roads"]),
        "n": str(chance.randint(11, 96)),
        "eventday": f"{start:%A}",
    }
    return Event(seed, kind, {**values, **own}, voices, start)


class Newsroom:
    """Where the reports on one event are written: no two reporters use the same run of words by chance."""

    def __init__(self, words: Bank, about: Event, written: Written, chance: random.Random) -> None:
        self.words, self.event, self.written, self.chance = words, about, written, chance
        self._left: dict[str, list[str]] = {}

    def report(self, desk: Desk, brief: Brief) -> Draft:
        """An outlet's own report."""
        lead = self._claims("toll", brief.toll, desk)
        rest = [*self.facts(desk, brief.facts), *self._released(brief.releases, desk)]
        self.chance.shuffle(rest)
        place = self.chance.randint(0, min(3, len(rest)))
        rest[place:place] = self._claims("cause", brief.cause, desk)
        for text, voice in brief.quotes:
            rest.insert(self.chance.randint(0, len(rest)), self._quote(text, voice, desk))
        body = self.paragraphs(introduced([*lead, *rest]))
        draft = Draft(desk.outlet, desk.hour, self.title(), (*body, *self.background(desk.outlet)), self.dateline(desk))
        return self.furnished(draft)

    def one_of(self, name: str) -> str:
        """A template out of a list of the bank; none comes again before all have come."""
        if not self._left.get(name):
            self._left[name] = self.chance.sample(self.words[name], len(self.words[name]))
        return self._left[name].pop()

    def title(self, number: str = "") -> str:
        """A headline that the story has not had, while there are such; `number` is what the text below it says."""
        if "titles" not in self._left:
            both = [*self.event.words["titles"], *self.words["headlines"]]
            self._left["titles"] = self.chance.sample(both, len(both))
        titles = self._left["titles"]
        titles.insert(0, titles[-1])
        return spun(titles.pop(), self.chance).format_map({**self.event.values, "n": number or self.event.values["n"]})

    def dateline(self, desk: Desk) -> str:
        """ "KESTEN, May 3 (Halvex) — " of an agency; papers have a place or nothing."""
        place = self.event.values["place"].upper()
        if desk.outlet.is_agency:
            moment = self.event.start + timedelta(hours=desk.hour)
            return f"{place}, {moment:%B} {moment.day} ({desk.outlet.credit}) {self.chance.choice('—–-')} "
        return f"{place} {self.chance.choice('—–')} " if self.chance.random() < 0.3 else ""

    def values(self, desk: Desk, fact: str) -> dict[str, str]:
        """The slots of a sentence: a fact's numbers are the same for everybody who tells it."""
        numbers = random.Random(f"{self.event.name} {fact}")
        counts = {"a": numbers.randint(21, 180), "b": numbers.randint(12, 60), "c": numbers.randint(3, 19)}
        texts = {name: str(count) for name, count in counts.items()}
        return {**self.event.values, **texts, "outlet": desk.outlet.name, "day": self.event.day(desk.hour)}

    def fresh(self, makes: Sequence[Sentence]) -> Sentence | None:
        """One of some sentences, in words that nobody else has used; None, if that does not succeed."""
        for _ in range(TRIES):
            tried = replace(self.chance.choice(makes), seed=self.chance.getrandbits(32))
            if self.written.is_free(tried):
                self.written.add([tried])
                return tried
        return None

    def _claims(self, key: str, voices: Sequence[Voice], desk: Desk) -> list[Sentence]:
        """A claim as each voice told it to an outlet."""
        found = []
        for voice in voices:
            hedged = key == "cause" and self.chance.random() < 0.7
            plain = Sentence(
                f"{desk.root}/{key}/{voice.id}",
                "told",
                "",
                0,
                self.values(desk, key),
                voice,
                hedge=self.chance.choice(self.words["hedges"]) if hedged else "",
                claim=key,
                variants=tuple(self.event.words[key]),
            )
            own = voice.kind == "own report"
            plain = replace(
                plain, frame=self.one_of("frames_own" if own else "frames"), shown="none" if own else "named"
            )
            found.append(self.fresh([replace(plain, template=template) for template in plain.variants]))
        return [one for one in found if one]

    def facts(self, desk: Desk, count: int, told_already: Iterable[Sentence] = ()) -> list[Sentence]:
        """Details of the event that are not told already, some with a source and some without."""
        known = {one.root.rpartition("/")[2] for one in told_already}
        banks = [(f"detail{n}", those) for n, those in enumerate(self.event.words["details"])]
        banks += [(f"fact{n}", those) for n, those in enumerate(self.words["facts"])]
        banks = [(name, those) for name, those in banks if name not in known]
        self.chance.shuffle(banks)
        found: list[Sentence] = []
        for name, templates in banks:
            told = Sentence(f"{desk.root}/{name}", "told", "", 0, self.values(desk, name), variants=tuple(templates))
            if self.chance.random() < 0.3:
                voice = self.event.voices[self.chance.choice(("official", "police", "mayor"))]
                told = replace(told, voice=voice, shown="named", frame=self.one_of("frames"))
            if len(found) < count and (made := self.fresh([replace(told, template=one) for one in templates])):
                found.append(made)
        return found

    def own(self, desk: Desk) -> list[Sentence]:
        """What an outlet's own reporter saw or found."""
        values = self.values(desk, desk.root)
        made = self.fresh([Sentence(f"{desk.root}/own", "own", one, 0, values) for one in self.words["own"]])
        return [made] if made else []

    def _released(self, texts: Sequence[str], desk: Desk) -> list[Sentence]:
        """Sentences of a handout, taken over word for word, at times with who gave it out."""
        found = []
        for text in texts:
            fixed = spun(text, random.Random(self.event.name))
            values, seed = self.values(desk, "release"), self.chance.getrandbits(32)
            made = Sentence(f"release/{text}", "release", fixed, seed, values, self.event.voices["official"])
            sourced = self.chance.random() < 0.6
            found.append(replace(made, shown="named", frame=self.one_of("frames")) if sourced else made)
        return found

    def _quote(self, text: str, voice: Voice, desk: Desk) -> Sentence:
        """A quotation; three of ten reporters keep only its beginning."""
        start = re.split(" and |, ", text)[0]
        short = self.chance.random() < 0.3 and len(start.split()) > 7
        root, seed = f"quote/{voice.id}/{text}", self.chance.getrandbits(32)
        frame = self.one_of("quote_frames")
        return Sentence(
            root, "quote", start if short else text, seed, self.values(desk, "quote"), voice, "named", True, frame
        )

    def paragraphs(self, body: Sequence[Sentence]) -> tuple[tuple[Sentence, ...], ...]:
        """Sentences in paragraphs of one to three."""
        found, left = [], list(body)
        while left:
            count = 1 if left[0].kind == "quote" else self.chance.randint(1, 3)
            found.append(tuple(left[:count]))
            left = left[count:]
        return tuple(found)

    def background(self, outlet: Outlet, least: int = 0) -> tuple[tuple[Sentence, ...], ...]:
        """What an outlet always says about the country: the same words in each of its reports."""
        found = []
        for n, template in enumerate(self.words["backgrounds"]):
            fixed = random.Random(f"{outlet.name} {n}")
            counts = {name: str(fixed.randint(3, 40)) for name in "abc"}
            values = {**self.event.values, **counts, "outlet": outlet.name}
            made = Sentence(f"{outlet.name}/background{n}", "background", template, fixed.getrandbits(32), values)
            if fixed.random() < 0.6 and self.written.is_free(made):
                self.written.add([made])
                found.append((made,))
        self.chance.shuffle(found)
        return tuple(found[: self.chance.randint(least, 3)])

    def furnished(self, draft: Draft) -> Draft:
        """With what the outlet's site puts above and below every report."""
        fixed = random.Random(f"furniture {draft.outlet.name}")
        values = {**self.event.values, "outlet": draft.outlet.name, "c": str(fixed.randint(2, 9))}

        def line(name: str, share: float) -> tuple[tuple[Sentence, ...], ...]:
            template, seed, has_it = fixed.choice(self.words[name]), fixed.getrandbits(32), fixed.random() < share
            root = f"{draft.outlet.name}/{name}"
            return ((Sentence(root, "furniture", template, seed, values),),) if has_it else ()

        body = tuple(those for those in draft.paragraphs if not any(one.kind == "furniture" for one in those))
        return replace(draft, paragraphs=(*line("openings", 0.25), *body, *line("closings", 0.6)))


def introduced(body: Sequence[Sentence]) -> list[Sentence]:
    """Everybody with title and name where they first speak, by the family name after that."""
    seen: set[str] = set()
    found = []
    for one in body:
        if one.voice is None or one.shown == "none":
            found.append(one)
            continue
        found.append(replace(one, full=one.voice.id not in seen))
        seen.add(one.voice.id)
    return found
