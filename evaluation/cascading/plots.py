"""The plots: where a story begins and with whom, and how it spreads from there."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from cascading import spreading
from cascading.newsroom import Brief, Desk, Draft, Newsroom, Outlet, event, introduced
from cascading.wording import Bank, Sentence, Voice, Written

WIRE_SEEN, PAPER_SEEN = 0.8, 0.93
"""How often a corpus has the article of an agency, of a paper: assumed."""

# How a later article is made, and how many in a thousand: about half are (cut) copies, a third rewrites.
WAYS = {
    "wire copy": 120,
    "uncredited copy": 140,
    "cut copy": 80,
    "uncredited cut copy": 130,
    "rewrite": 200,
    "rewrite with own": 120,
    "citation": 130,
    "uncredited citation": 40,
    "merger": 40,
}
# Hours until it is there, at the median: assumed. Nine of ten lie between a fourth of it and four times of it.
LAGS = {"rewrite": 5.0, "rewrite with own": 7.0, "citation": 14.0, "uncredited citation": 12.0, "merger": 10.0}


@dataclass(slots=True)
class Made:
    """An article in the making: `parents` are the numbers of those that it was made from; `shown` is the hour that its
    page gives, where that is another one, and `seen` whether the corpus has it."""

    draft: Draft
    kind: str
    parents: tuple[int, ...] = ()
    seen: bool = True
    shown: float | None = None

    @property
    def hour(self) -> float:
        """When it was there, in hours after the event."""
        return self.draft.hour


class Telling:
    """A story as it spreads: all articles so far, and the outlets that have not yet written."""

    def __init__(self, words: Bank, seed: str) -> None:
        self.words, self.seed = words, seed
        self.chance = random.Random(seed)
        self.country = self.chance.choice(words["countries"])
        self.start = datetime(self.chance.randint(2006, 2023), 1, 1, tzinfo=UTC) + timedelta(
            days=self.chance.randrange(365), hours=self.chance.randrange(6, 20)
        )
        self.written = Written()
        self.happened = event(words, self.chance.choice(words["kinds"]), self.country, self.start, seed)
        self.room = Newsroom(words, self.happened, self.written, self.chance)
        agencies = [Outlet(one["name"], one["credit"], True) for one in words["agencies"]]
        papers = [Outlet(name, name, False) for name in words["papers"]]
        self.agencies = self.chance.sample(agencies, len(agencies))
        self.papers = self.chance.sample(papers, len(papers))
        self.unnamed = self.chance.sample(words["unnamed"], len(words["unnamed"]))
        self.quoted: set[str] = set()
        self.made: list[Made] = []
        self.circles: list[tuple[int, ...]] = []

    def voice(self, role: str) -> Voice:
        """Somebody who can speak about the event: by role, or unnamed ("unnamed 0"), or a reporter ("own 0")."""
        kind, _, number = role.partition(" ")
        if kind == "unnamed":
            who = self.unnamed[int(number)]
            return Voice(f"{self.seed}/{role}", "unnamed", f"[{'|'.join(who['full'])}]", who["short"], who["group"])
        if kind == "own":
            return Voice(f"{self.seed}/{role}", "own report", "", "")
        return self.happened.voices[role]

    def add(self, made: Made) -> int:
        """Take an article in; its number."""
        self.made.append(made)
        return len(self.made) - 1

    def desk(self, outlet: Outlet, hour: float) -> Desk:
        """Where the next article is written."""
        return Desk(outlet, hour, f"{self.seed}/{len(self.made)}")

    def original(self, outlet: Outlet, hour: float, brief: Brief) -> int:
        """A report of an outlet's own."""
        draft = self.room.report(self.desk(outlet, hour), brief)
        seen = self.chance.random() < (WIRE_SEEN if outlet.is_agency else PAPER_SEEN)
        return self.add(Made(draft, "wire" if outlet.is_agency else "own report", seen=seen))

    def brief(
        self, toll: Sequence[str], cause: Sequence[str], shared: Sequence[tuple[str, str]] = (), facts: int = 0
    ) -> Brief:
        """What a reporter goes by: the roles behind the claims, and quotations of its own, or `shared` ones."""
        roles = ("official", "mayor", "police")
        several = [*self.happened.words["quotes"], *self.words["quotes_official"]]
        own = [(text, self.chance.choice(roles)) for text in self.chance.sample(several, self.chance.randint(1, 3))]
        others = [role for role in ("rival", "witness") if self.chance.random() < 0.4]
        own += [(self.chance.choice(self.words[f"quotes_{role}"]), role) for role in others]
        new = [(text, role) for text, role in own if text not in self.quoted]
        self.quoted.update(text for text, _ in new)
        quotes = tuple((text, self.voice(role)) for text, role in (*shared, *new))
        voices = [tuple(map(self.voice, those)) for those in (toll, cause)]
        return Brief(voices[0], voices[1], quotes, facts=facts or self.chance.randint(11, 18))


def told(words: Bank, seed: str) -> tuple[str, Telling]:
    """A story by a plot that is drawn; the plot's name with it."""
    telling = Telling(words, seed)
    name = telling.chance.choices(list(PLOTS), [share for share, _ in PLOTS.values()])[0]
    PLOTS[name][1](telling)
    return name, telling


def spread(t: Telling, roots: Sequence[int], least: int = 3, most: int = 9) -> None:
    """Let others take it up: most from agencies, some from papers that have it from somebody else."""
    living = list(roots)
    for _ in range(t.chance.randint(least, most)):
        if not t.papers:
            return
        weights = [4.0 if t.made[n].draft.outlet.is_agency else 1.5 if not t.made[n].parents else 1.0 for n in living]
        parent = t.chance.choices(living, weights)[0]
        living.append(derived(t, parent, t.papers.pop(), living))


def derived(t: Telling, parent: int, outlet: Outlet, living: Sequence[int], way: str = "") -> int:
    """An article that an outlet makes out of another one's."""
    of = t.made[parent]
    way = way or t.chance.choices(list(WAYS), list(WAYS.values()))[0]
    others = [n for n in living if n != parent and not t.made[n].parents and not t.made[parent].parents]
    if (way == "merger" and not others) or ("citation" in way and not of.draft.claims()):
        way = "rewrite"
    hour = of.hour + LAGS.get(way, 2.0) * t.chance.lognormvariate(0, 0.85)
    parents: tuple[int, ...] = (parent,)
    if way == "merger":
        other = t.chance.choice(others)
        hour, parents = max(hour, t.made[other].hour + 1), (parent, other)
    made = _made(t, way, t.desk(outlet, hour), [t.made[n].draft for n in parents])
    if way == "wire copy" and not of.draft.outlet.is_agency:
        way = "credited copy"
    return t.add(Made(made, way, parents, t.chance.random() < PAPER_SEEN))


def _made(t: Telling, way: str, desk: Desk, of: Sequence[Draft]) -> Draft:
    match way:
        case "wire copy" | "uncredited copy":
            return spreading.copy(t.room, of[0], desk, way == "wire copy")
        case "cut copy" | "uncredited cut copy":
            return spreading.cut(t.room, of[0], desk, way == "cut copy")
        case "rewrite":
            return spreading.rewrite(t.room, of[0], desk, t.chance.random() < 0.25)
        case "rewrite with own":
            return spreading.rewrite_with_own(t.room, of[0], desk)
        case "citation" | "uncredited citation":
            return spreading.cite(t.room, of[0], desk, way == "citation")
        case _:
            return spreading.merge(t.room, of[0], of[1], desk)


def _one_wire(t: Telling) -> None:
    two = ["official", "medic"] if t.chance.random() < 0.1 else ["official"]
    first = t.original(
        t.agencies.pop(), t.chance.uniform(1, 8), t.brief(two, [t.chance.choice(("official", "unnamed 0"))])
    )
    spread(t, [first], 4, 10)


def _independent(
    t: Telling, tolls: Sequence[str], causes: Sequence[str], agencies: int, shared: Sequence[tuple[str, str]] = ()
) -> None:
    """Several reporters on one event, each with a source of its own for each claim ("" for none); then the spread."""
    roots = []
    for n, (toll, cause) in enumerate(zip(tolls, causes, strict=True)):
        outlet = t.agencies.pop() if n < agencies else t.papers.pop()
        hour = t.chance.uniform(1, 8) + n * t.chance.uniform(0, 9)
        words = [one for one in shared if t.chance.random() < 0.85]
        brief = t.brief([toll] if toll else [], [cause] if cause else [], words)
        roots.append(t.original(outlet, hour, brief))
    spread(t, roots)


def _press_conference(t: Telling) -> None:
    count = t.chance.randint(2, 3)
    quotes = t.chance.sample([*t.happened.words["quotes"], *t.words["quotes_official"]], t.chance.randint(2, 3))
    t.quoted.update(quotes)
    _independent(
        t, ["official"] * count, ["official"] * count, t.chance.randint(1, 2), [(one, "official") for one in quotes]
    )


def _handout(t: Telling) -> None:
    """Two or three who take sentences of the same press release."""
    releases = t.chance.sample(t.words["releases"], t.chance.randint(1, 3))
    roots = []
    for n in range(t.chance.randint(2, 3)):
        brief = replace(t.brief(["official"], ["official"] if n == 0 else []), releases=tuple(releases))
        outlet = t.agencies.pop() if n == 0 else t.papers.pop()
        roots.append(t.original(outlet, t.chance.uniform(1, 10), brief))
    spread(t, roots)


def _two_wires(t: Telling) -> None:
    _independent(t, ["official", "medic"], ["official", t.chance.choice(("", "police"))], 2)


def _two_officials(t: Telling) -> None:
    _independent(t, ["police", "medic"], ["rival", "police"], t.chance.randint(0, 1))


def _three(t: Telling) -> None:
    _independent(t, ["official", "medic", "own 0"], ["official", "", "rival"], t.chance.randint(1, 2))


def _same_unnamed(t: Telling) -> None:
    _independent(t, ["official", "official"], ["unnamed 1", "unnamed 1"], t.chance.randint(0, 1))


def _two_unnamed(t: Telling) -> None:
    _independent(t, ["official", "official"], ["unnamed 0", "unnamed 2"], t.chance.randint(0, 1))


def _witnessed(t: Telling) -> None:
    _independent(t, ["official", "own 0"], ["official", "witness"], 1)


def _correction(t: Telling) -> None:
    """An agency corrects a number; what was copied before keeps the old one, and passes it on."""
    first = t.original(t.agencies.pop(), t.chance.uniform(1, 6), t.brief(["official"], ["official"]))
    t.made[first].seen = True
    spread(t, [first], 2, 5)
    hour = t.made[first].hour + t.chance.uniform(4, 30)
    again = t.add(Made(spreading.corrected(t.room, t.made[first].draft, hour), "correction", (first,)))
    spread(t, [again, *range(1, again)], 2, 5)


def _circle(t: Telling) -> None:
    """A has it from somebody; B cites A; A then puts B in the place of its source, on the same page."""
    one, two = t.papers.pop(), t.papers.pop()
    hour = t.chance.uniform(1, 8)
    first = t.original(one, hour, t.brief(["unnamed 0"], ["unnamed 0"]))
    t.made[first].seen = False
    second = derived(t, first, two, [first], "citation")
    t.made[second].seen = True
    updated = _turned(t, t.made[first].draft, t.made[second].draft)
    third = t.add(Made(updated, "updated", (first, second), shown=hour))
    t.circles.append((second, third))
    spread(t, [second, third], 1, 5)


def _turned(t: Telling, draft: Draft, by: Draft) -> Draft:
    """A page two hours after another outlet took it up: where its source stood, stands that outlet."""

    def change(one: Sentence) -> Sentence:
        return spreading.cited(t.room, one, by) if one.claim else one

    turned = tuple(tuple(change(one) for one in those) for those in draft.paragraphs)
    return replace(draft, hour=by.hour + 2, paragraphs=turned)


def _return(t: Telling) -> None:
    """A claim comes back to its first outlet as confirmation, at times through two others."""
    one = t.papers.pop()
    first = t.original(one, t.chance.uniform(1, 8), t.brief(["official"], ["unnamed 1"]))
    t.made[first].seen = True
    chain = [first]
    for _ in range(t.chance.randint(1, 2)):
        chain.append(derived(t, chain[-1], t.papers.pop(), chain, "citation"))
        t.made[chain[-1]].seen = True
    last = t.made[chain[-1]].draft
    desk = t.desk(one, last.hour + t.chance.uniform(3, 30))
    told = [spreading.cited(t.room, s, last, "" if n else "confirmations") for n, s in enumerate(last.claims())]
    facts = t.room.facts(desk, t.chance.randint(5, 10))
    body = (*t.room.paragraphs(introduced([*told, *facts])), *t.room.background(one, 1))
    draft = t.room.furnished(Draft(one, desk.hour, t.room.title(), body))
    chain.append(t.add(Made(draft, "confirmation", (chain[-1], first))))
    t.circles.append(tuple(chain))
    spread(t, chain, 1, 5)


def _old_story(t: Telling) -> None:
    """A report that is printed again under a new date, months or years later, and taken up from there."""
    _one_wire(t)
    if not t.papers:
        return
    parent = t.chance.randrange(len(t.made))
    hour = t.made[parent].hour + 24 * t.chance.uniform(60, 900)
    copy = spreading.copy(t.room, t.made[parent].draft, t.desk(t.papers.pop(), hour), False)
    again = t.add(Made(copy, "old story", (parent,)))
    if t.papers:
        derived(t, again, t.papers.pop(), [again])


PLOTS: dict[str, tuple[int, Callable[[Telling], None]]] = {
    "one wire": (20, _one_wire),
    "two wires": (12, _two_wires),
    "two officials": (9, _two_officials),
    "official and witness": (7, _witnessed),
    "three origins": (6, _three),
    "press conference": (12, _press_conference),
    "handout": (7, _handout),
    "same unnamed source": (6, _same_unnamed),
    "two unnamed sources": (4, _two_unnamed),
    "late correction": (7, _correction),
    "circle": (3, _circle),
    "returning claim": (4, _return),
    "old story": (3, _old_story),
}
"""How many stories in a hundred have which plot: assumed. Half of the independent plots have two origins or more."""
