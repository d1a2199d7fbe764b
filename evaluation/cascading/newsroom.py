"""Reports that are nobody's copy: an event, who can speak about it, and how an outlet writes it up in its own words."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from cascading.wording import Bank, Sentence, Voice, Written, spun

EditKind = str
Edit = tuple[str, str, EditKind]

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
    """A report before it is printed. `note` stands above it, `credit` below; `edits` are words replaced in its
    sentences by others, which copies inherit: (old, new, "style" | "name" | "quote")."""

    outlet: Outlet
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
        full = f"{first} {last}, {title}," if title.startswith("the ") else f"{title} {first} {last}"
        voices[role] = Voice(f"{seed}/{role}", "named", full, last)
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

    def report(self, outlet: Outlet, hour: float, brief: Brief, root: str) -> Draft:
        """An outlet's own report; `root` names it."""
        lead = self._claims("toll", brief.toll, outlet, hour, root)
        rest = [*self.facts(outlet, hour, root, brief.facts), *self._released(brief.releases, outlet, hour)]
        self.chance.shuffle(rest)
        cause = self._claims("cause", brief.cause, outlet, hour, root)
        place = self.chance.randint(0, min(3, len(rest)))
        rest[place:place] = cause
        for text, voice in brief.quotes:
            rest.insert(self.chance.randint(0, len(rest)), self._quote(text, voice, outlet, hour))
        body = _first_mentions([*lead, *rest])
        draft = Draft(outlet, self.title(), self.paragraphs(body))
        draft = replace(
            draft, dateline=self.dateline(outlet, hour), paragraphs=(*draft.paragraphs, *self.background(outlet))
        )
        return self.furnished(draft)

    def title(self) -> str:
        """A headline."""
        return spun(self.chance.choice(self.event.words["titles"]), self.chance).format_map(self.event.values)

    def dateline(self, outlet: Outlet, hour: float) -> str:
        """ "KESTEN, May 3 (Halvex) — " of an agency; papers have a place or nothing."""
        place = self.event.values["place"].upper()
        if outlet.is_agency:
            moment = self.event.start + timedelta(hours=hour)
            return f"{place}, {moment:%B} {moment.day} ({outlet.credit}) {self.chance.choice('—–-')} "
        return f"{place} {self.chance.choice('—–')} " if self.chance.random() < 0.3 else ""

    def values(self, outlet: Outlet, hour: float, fact: str) -> dict[str, str]:
        """The slots of a sentence: a fact's numbers are the same for everybody who tells it."""
        numbers = random.Random(f"{self.event.name} {fact}")
        counts = {"a": numbers.randint(21, 180), "b": numbers.randint(12, 60), "c": numbers.randint(3, 19)}
        return {
            **self.event.values,
            **{name: str(count) for name, count in counts.items()},
            "outlet": outlet.name,
            "day": self.event.day(hour),
        }

    def fresh(self, make: Sequence[Sentence], chance: random.Random | None = None) -> Sentence | None:
        """One of some sentences, in words that nobody else has used; None, if that does not succeed."""
        chance = chance or self.chance
        for _ in range(TRIES):
            tried = replace(chance.choice(make), seed=chance.getrandbits(32))
            if self.written.is_free(tried):
                self.written.add([tried])
                return tried
        return None

    def claim(self, key: str, voice: Voice, outlet: Outlet, hour: float, root: str) -> Sentence | None:
        """A claim as a voice told it to an outlet."""
        templates = tuple(self.event.words[key])
        hedge = self.chance.choice(self.words["hedges"]) if key == "cause" and self.chance.random() < 0.7 else ""
        own = voice.kind == "own report"
        frames = [""] if own else self.words["frames"]
        values = self.values(outlet, hour, key)
        shown = "none" if own else "named"
        makes = [
            Sentence(
                f"{root}/{key}/{voice.id}",
                "told",
                template,
                0,
                values,
                voice,
                shown,
                True,
                frame,
                hedge,
                key,
                "",
                templates,
            )  # type: ignore[arg-type]
            for template in templates
            for frame in frames
        ]
        return self.fresh(makes)

    def _claims(self, key: str, voices: Sequence[Voice], outlet: Outlet, hour: float, root: str) -> list[Sentence]:
        found = [self.claim(key, voice, outlet, hour, root) for voice in voices]
        return [one for one in found if one]

    def facts(self, outlet: Outlet, hour: float, root: str, count: int) -> list[Sentence]:
        """Details of the event, some with a source and some without, and sometimes what the reporter saw."""
        banks = [(f"detail{n}", those) for n, those in enumerate(self.event.words["details"])]
        banks += [(f"fact{n}", those) for n, those in enumerate(self.words["facts"])]
        self.chance.shuffle(banks)
        found = []
        for name, templates in banks:
            sourced = self.chance.random() < 0.4
            voice = self.event.voices[self.chance.choice(("official", "police", "mayor"))] if sourced else None
            frame = self.chance.choice(self.words["frames"]) if sourced else ""
            plain = Sentence(
                f"{root}/{name}", "told", "", 0, self.values(outlet, hour, name), variants=tuple(templates)
            )
            told = replace(plain, voice=voice, shown="named" if sourced else "none", frame=frame)
            made = self.fresh([replace(told, template=template) for template in templates])
            if made and len(found) < count:
                found.append(made)
        return found

    def own(self, outlet: Outlet, hour: float, root: str) -> list[Sentence]:
        """What an outlet's own reporter saw or found."""
        values = self.values(outlet, hour, root)
        made = self.fresh([Sentence(f"{root}/own", "own", one, 0, values) for one in self.words["own"]])
        return [made] if made else []

    def _released(self, texts: Sequence[str], outlet: Outlet, hour: float) -> list[Sentence]:
        """Sentences of a handout, taken over word for word, at times with who gave it out."""
        found = []
        for text in texts:
            values, official = self.values(outlet, hour, "release"), self.event.voices["official"]
            frame = self.chance.choice(["", "", *self.words["frames"]])
            shown = "named" if frame else "none"
            made = Sentence(
                f"release/{text}", "release", text, self.chance.getrandbits(32), values, official, shown, True, frame
            )  # type: ignore[arg-type]
            found.append(replace(made, template=spun(text, random.Random(self.event.name))))
        return found

    def _quote(self, text: str, voice: Voice, outlet: Outlet, hour: float) -> Sentence:
        frame = self.chance.choice(self.words["quote_frames"])
        values = self.values(outlet, hour, "quote")
        seed = self.chance.getrandbits(32)
        return Sentence(f"quote/{voice.id}/{text}", "quote", text, seed, values, voice, "named", True, frame)

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
            if fixed.random() < 0.45:
                continue
            counts = {name: str(fixed.randint(3, 40)) for name in "abc"}
            values = {**self.event.values, **counts, "outlet": outlet.name}
            made = Sentence(f"{outlet.name}/background{n}", "background", template, fixed.getrandbits(32), values)
            if self.written.is_free(made):
                self.written.add([made])
                found.append((made,))
        self.chance.shuffle(found)
        return tuple(found[: self.chance.randint(least, 2)])

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


def _first_mentions(body: Sequence[Sentence]) -> list[Sentence]:
    """Everybody with title and name where they first speak, by the family name after that."""
    seen: set[str] = set()
    found = []
    for one in body:
        if one.voice is None:
            found.append(one)
            continue
        found.append(replace(one, full=one.voice.id not in seen))
        seen.add(one.voice.id)
    return found
