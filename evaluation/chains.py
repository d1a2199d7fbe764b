"""On whose word: are chains, last sources and references back right?

    python evaluation/chains.py [--held] [--errors] [--limit N]
    python evaluation/chains.py --check FILE.json
    python evaluation/chains.py --against FILE.json      # a second labelling of some of them

The passages are in tests/annotating/passages (its README says how they were made). Figures in per cent:
  chain       expected chains of which every link is right, in order
  last        expected chains of which the last source is right
  named       expected chains of which it is right whether the last source can be asked by what the text says
  wrong       references back that were resolved to the wrong actor (one left unresolved is not wrong)
  resolved    references back that were resolved to the right actor
  too many    chains found where the outlet itself speaks, as a share of the expected statements of its own
A chain belongs to the expected one if their statements share half of the words of the shorter one. A chain that was
not found is wrong in each of the first three.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nested import dice, located

from sayso import pipeline
from sayso.annotating import chains
from sayso.model import Analysis, Article, Chain, Link

FOLDER = Path(__file__).parents[1] / "tests" / "annotating" / "passages"
KINDS = {"person", "organisation", "outlet", "document", "role", "group", "unnamed"}
NOBODY, OPEN = "nobody", "open"


@dataclass(frozen=True, slots=True)
class ExpectedActor:
    """Somebody of a passage, with the words by which the text calls them."""

    id: str
    names: tuple[str, ...]
    kind: str
    named: bool
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class ExpectedChain:
    """A statement (start and end in code points) and the ids of those on whose word it is; none: the outlet's own."""

    statement: tuple[int, int]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that point back, and the id of the actor they stand for; None where the text leaves it open."""

    span: tuple[int, int]
    actor: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A short text with all that a reader finds in it."""

    id: str
    domain: str
    style: str
    outlet: str
    text: str
    actors: Mapping[str, ExpectedActor]
    chains: tuple[ExpectedChain, ...]
    references: tuple[Reference, ...]


def read(paths: Sequence[Path]) -> tuple[Passage, ...]:
    """The passages of some files. Raises ValueError, with the passage's id, where one is not as the README says."""
    return tuple(passage(entry) for path in paths for entry in json.loads(path.read_text(encoding="utf-8")))


def passage(entry: Mapping[str, Any]) -> Passage:
    """One entry with its words turned into offsets."""
    try:
        return _passage(entry)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{entry.get('id', '?')}: {type(error).__name__} {error}") from None


def _passage(entry: Mapping[str, Any]) -> Passage:
    text = entry["text"]
    actors = {a["id"]: ExpectedActor(**{**a, "names": tuple(a["names"])}) for a in entry["actors"]}
    for actor in actors.values():
        if actor.kind not in KINDS:
            raise ValueError(f"{actor.kind} is no kind")
        if missing := [name for name in actor.names if name not in text]:
            raise ValueError(f"{missing} is not in the text")
        if actor.owner is not None and actor.owner not in actors:
            raise ValueError(f"{actor.owner} is no actor")
    chains = tuple(ExpectedChain(located(text, c["statement"]), tuple(c["links"])) for c in entry["chains"])
    references = tuple(Reference(located(text, _words(r)), r["actor"]) for r in entry["references"])
    ids = {x for c in chains for x in c.links} | {r.actor for r in references if r.actor is not None}
    if unknown := ids - set(actors) - {NOBODY, OPEN}:
        raise ValueError(f"{unknown} is no actor")
    if any(NOBODY in c.links[:-1] for c in chains):
        raise ValueError("nobody can only be the last link")
    return Passage(entry["id"], entry["domain"], entry["style"], entry["outlet"], text, actors, chains, references)


def _words(entry: Mapping[str, Any]) -> str | dict[str, Any]:
    if isinstance(entry["words"], dict):
        return dict(entry["words"])
    if "occurrence" in entry:
        return {"words": entry["words"], "occurrence": entry["occurrence"]}
    return str(entry["words"])


def check(path: Path) -> Iterator[str]:
    """What is wrong with a file of passages, a line each."""
    seen: Counter[str] = Counter()
    for entry in json.loads(path.read_text(encoding="utf-8")):
        seen[entry.get("id", "?")] += 1
        try:
            passage(entry)
        except ValueError as error:
            yield str(error)
    yield from (f"{id_}: stands there {n} times" for id_, n in seen.items() if n > 1)


# --- what Sayso finds, compared ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """One passage compared. `pairs` has for every expected chain the one found for it, or None.

    `kinds` are expected and found kinds of the actors that agree; `mixed` are pairs of expected actors that came out
    as one.
    """

    passage: Passage
    analysis: Analysis
    pairs: tuple[tuple[ExpectedChain, Chain | None], ...]
    references: tuple[tuple[Reference, str], ...]
    kinds: tuple[tuple[str, str], ...]
    mixed: tuple[tuple[str, str], ...]


def analyse(passage: Passage) -> Analysis:
    """What Sayso finds in a passage. The one place that knows how it is called."""
    article = Article("x", passage.id, passage.text, "", "", "text/plain", outlet=passage.outlet, language="en")
    return pipeline.analyse(article)


def compare(passage: Passage, analysis: Analysis) -> Outcome:
    """Expected chains and references beside those found."""
    names = _Names(passage, analysis)
    found = {a.id: a for a in analysis.attributions}
    by_statement: dict[str, list[Chain]] = {}
    for chain in analysis.chains:
        by_statement.setdefault(chain.statement, []).append(chain)
    words = {id_: _words_in(passage.text, found[id_].content.spans) for id_ in by_statement}
    expected: dict[tuple[int, int], list[ExpectedChain]] = {}
    for wanted in passage.chains:
        expected.setdefault(wanted.statement, []).append(wanted)
    pairs: dict[int, Chain | None] = {}
    for statement, wanteds in expected.items():
        gold = _words_in(passage.text, (statement,))
        near = [id_ for id_, own in words.items() if _shares(gold, own)]
        best = max(near, key=lambda id_: dice(gold, words[id_]), default=None)
        free = list(by_statement[best]) if best is not None else []
        for wanted in sorted(wanteds, key=lambda w: -max((names.agree(w, c) for c in free), default=(0, 0))[0]):
            chosen = max(free, key=lambda c: names.agree(wanted, c), default=None)
            if chosen is not None:
                free.remove(chosen)
            pairs[id(wanted)] = chosen
    references = tuple((r, names.reference(r)) for r in passage.references)
    return Outcome(
        passage, analysis, tuple((w, pairs[id(w)]) for w in passage.chains), references, names.kinds(), names.mixed()
    )


class _Names:
    """Which of the expected actors somebody is."""

    def __init__(self, passage: Passage, analysis: Analysis) -> None:
        self.passage = passage
        self.analysis = analysis
        self.found = {a.id: a for a in analysis.actors}

    def is_(self, expected: str, actor: str | None, words: str) -> bool:
        """Whether somebody found, an actor or mere words, is the one expected."""
        if expected == NOBODY:
            return actor is None and not words
        if expected == OPEN:
            return actor is None and bool(words)
        wanted = self.passage.actors[expected]
        told = self.found[actor].names if actor is not None else ()
        return any(same_name(one, other) for one in wanted.names for other in told)

    def link(self, expected: str, link: Link) -> bool:
        words = "".join(s.of(self.passage.text) for s in link.spans)
        nobody = link.actor is None and link.name == chains.NOBODY
        return self.is_(expected, link.actor, "" if nobody else words)

    def agree(self, wanted: ExpectedChain, chain: Chain) -> tuple[int, int]:
        """How well a chain agrees with the expected one: all of it, then the last source."""
        links = chain.links[1:]
        whole = len(links) == len(wanted.links) and all(
            self.link(w, x) for w, x in zip(wanted.links, links, strict=True)
        )
        last = self.link(wanted.links[-1], links[-1]) if wanted.links and links else not wanted.links and not links
        return whole, last

    def named(self, wanted: ExpectedChain, chain: Chain) -> bool:
        """Whether it is right that the last source can be asked, or cannot."""
        last = wanted.links[-1] if wanted.links else None
        expected = last is not None and last in self.passage.actors and self.passage.actors[last].named
        actor = self.found.get(chain.links[-1].actor or "")
        return expected == (actor is not None and actor.named)

    def reference(self, reference: Reference) -> str:
        """What became of a reference back: "right", "wrong", "unresolved" or, where no source was found, "not seen"."""
        start, end = reference.span
        mentions = [m for m in self.analysis.mentions if any(s.start < end and start < s.end for s in m.spans)]
        if not mentions:
            return "not seen"
        mention = min(mentions, key=lambda m: (sum(s.end - s.start for s in m.spans), m.actor is None))
        if mention.actor is None:
            return "right" if reference.actor is None else "unresolved"
        return "right" if reference.actor is not None and self.is_(reference.actor, mention.actor, "") else "wrong"

    def kinds(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (wanted.kind, actor.kind)
            for wanted in self.passage.actors.values()
            for actor in self.analysis.actors
            if self.is_(wanted.id, actor.id, "")
        )

    def mixed(self) -> tuple[tuple[str, str], ...]:
        """Pairs of expected actors with a name that one found actor carries both of."""
        every = list(self.passage.actors.values())
        return tuple(
            (one.id, other.id)
            for n, one in enumerate(every)
            for other in every[n + 1 :]
            for actor in self.analysis.actors
            if {plain(x) for x in actor.names} & {plain(x) for x in one.names}
            and {plain(x) for x in actor.names} & {plain(x) for x in other.names}
            and not {plain(x) for x in one.names} & {plain(x) for x in other.names}
        )


def plain(name: str) -> str:
    """A name in small letters, without article, possessive and punctuation at its edges.

    >>> plain("The BBC’s")
    'bbc'
    """
    name = re.sub(r"[’']s?$", "", name.casefold().strip(' ,.“”"'))
    return re.sub(r"^(?:the|an?|his|her|its|their) ", "", name)


def same_name(one: str, other: str) -> bool:
    """Whether two phrases name the same: equal, or one is the other with more said of it.

    >>> same_name("two officials", "the officials with knowledge of the talks")
    True
    >>> same_name("a memo", "memo circulated to the board"), same_name("the ministry", "ministry spokesman")
    (True, False)
    >>> same_name("Sabah", "the Sabah newspaper"), same_name("Sabah", "readers of Sabah")
    (True, False)
    """
    if plain(one) == plain(other):
        return True
    short, long = sorted((one, other), key=lambda name: len(_tokens(name)))
    bare = [t for t in _tokens(short) if t not in ARTICLES]
    if bare and all(t[0].isupper() for t in bare):
        return set(bare) <= set(_tokens(_before(long)))
    shorter, longer = (set(_tokens(plain(name))) - NUMBERS for name in (short, long))
    heads = _heads(plain(long))
    return bool(shorter) and shorter <= longer and not heads.isdisjoint(_heads(plain(short)))


ARTICLES = {"the", "The", "a", "an", "A", "An"}
NUMBERS = {"two", "three", "four", "several", "some", "the", "a", "an", "one"}
STOPS = {"of", "in", "for", "from", "at", "on", "who", "that", "with", "to", "by", "and", "which", "close", "familiar"}


def _tokens(name: str) -> list[str]:
    return re.findall(r"[\w-]+", name)


def _heads(name: str) -> set[str]:
    """What may be the head of a phrase: the last word before a preposition, or before a participle ("memo seen by")."""
    told = _tokens(_before(name))
    return {
        word
        for word, after in zip(told, [*told[1:], "ed"], strict=True)
        if after.endswith(("ed", "ing", "en", "there"))
    }


def _before(name: str) -> str:
    """What stands before the first preposition or comma."""
    first, *rest = name.split(",", maxsplit=1)[0].split(" ")
    kept = next((n for n, word in enumerate(rest) if word in STOPS), len(rest))
    return " ".join([first, *rest[:kept]])


def _words_in(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    return frozenset(m.start() for m in re.finditer(r"\w+", text) if any(s <= m.start() < e for s, e in spans))


def _shares(gold: frozenset[int], own: frozenset[int]) -> bool:
    both = len(gold & own)
    return bool(both) and 2 * both >= min(len(gold), len(own)) and 3 * both >= len(gold)


def tally(outcomes: Sequence[Outcome]) -> Counter[str]:
    """The counts from which the figures come."""
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        names = _Names(outcome.passage, outcome.analysis)
        for wanted, chain in outcome.pairs:
            if not wanted.links:
                counts["own"] += 1
                counts["too many"] += chain is not None and len(chain.links) > 1
                continue
            counts["chains"] += 1
            if chain is not None:
                whole, last = names.agree(wanted, chain)
                counts["found"] += 1
                counts["whole"] += whole
                counts["last"] += last
                counts["named"] += names.named(wanted, chain)
        counts.update(f"reference {what}" for _, what in outcome.references)
        counts["references"] += len(outcome.references)
        counts["kinds"] += len(outcome.kinds)
        counts["kinds right"] += sum(a == b for a, b in outcome.kinds)
        counts["mixed"] += len(outcome.mixed)
        counts["passages"] += 1
    return counts


COLUMNS = ("chain", "last", "named", "found", "named of found", "wrong", "resolved", "kind", "too many")


def figures(n: Counter[str]) -> tuple[float, ...]:
    """The figures of COLUMNS, in per cent."""
    parts = (
        ("whole", "chains"),
        ("last", "chains"),
        ("named", "chains"),
        ("found", "chains"),
        ("named", "found"),
        ("reference wrong", "references"),
        ("reference right", "references"),
        ("kinds right", "kinds"),
        ("too many", "own"),
    )
    return tuple(100 * n[part] / n[whole] if n[whole] else 0.0 for part, whole in parts)


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The figures over all passages, by domain and by style, as a Markdown table."""
    yield f"| passages | n | chains | {' | '.join(COLUMNS)} |"
    yield "|---|--:|--:|" + "--:|" * len(COLUMNS)
    groups = {"together": list(outcomes)}
    for outcome in outcomes:
        groups.setdefault(outcome.passage.domain, []).append(outcome)
        groups.setdefault(outcome.passage.style, []).append(outcome)
    for name, members in groups.items():
        counts = tally(members)
        numbers = " | ".join(f"{number:.1f}" for number in figures(counts))
        yield f"| {name} | {len(members)} | {counts['chains']} | {numbers} |"


def faults(outcome: Outcome) -> Iterator[str]:
    """What is wrong in one passage, a line each."""
    names = _Names(outcome.passage, outcome.analysis)
    for wanted, chain in outcome.pairs:
        statement = outcome.passage.text[slice(*wanted.statement)][:60]
        expected = " < ".join(wanted.links) or "own"
        if chain is None:
            if wanted.links:
                yield f"missed  {expected}:  “{statement}”"
            continue
        drawn = " < ".join(link.name for link in chain.links[1:])
        whole, last = names.agree(wanted, chain)
        if not whole:
            yield f"{'chain' if last else 'last '}  {expected}  not  {drawn}:  “{statement}”"
        if not names.named(wanted, chain):
            yield f"named  {expected}  {drawn}:  “{statement}”"
    for reference, what in outcome.references:
        if what != "right":
            words = outcome.passage.text[slice(*reference.span)]
            mention = [m for m in outcome.analysis.mentions if any(s.start == reference.span[0] for s in m.spans)]
            why = mention[0].reasons[0] if mention and mention[0].reasons else ""
            yield f"{what}  {words} = {reference.actor}   {why}"
    yield from (f"mixed  {one} and {other}" for one, other in outcome.mixed)


# --- one labelling beside another -------------------------------------------------------------------------------------


def agreement(first: Passage, second: Passage) -> Counter[str]:
    """How far a second labelling of a passage says the same as the first, as counts."""
    counts: Counter[str] = Counter()
    words = {n: _words_in(second.text, (c.statement,)) for n, c in enumerate(second.chains)}
    for chain in first.chains:
        counts["chains"] += 1
        gold = _words_in(first.text, (chain.statement,))
        near = [second.chains[n] for n, own in words.items() if _shares(gold, own)]
        if not near:
            counts["not there"] += 1
            continue
        counts["whole"] += any(_same_links(first, chain.links, second, c.links) for c in near)
        counts["last"] += any(_same_links(first, chain.links[-1:], second, c.links[-1:]) for c in near)
        counts["named"] += any(_is_named(first, chain) == _is_named(second, c) for c in near)
    theirs = {r.span: r.actor for r in second.references}
    for reference in (r for r in first.references if r.span in theirs):
        counts["references"] += 1
        other = theirs[reference.span]
        both_open = reference.actor is None and other is None
        counts["same actor"] += both_open or _same_actor(first, reference.actor, second, other)
    return counts


def _same_links(first: Passage, one: Sequence[str], second: Passage, other: Sequence[str]) -> bool:
    return len(one) == len(other) and all(_same_actor(first, a, second, b) for a, b in zip(one, other, strict=True))


def _same_actor(first: Passage, one: str | None, second: Passage, other: str | None) -> bool:
    if one is None or other is None or one not in first.actors or other not in second.actors:
        return one == other
    return any(same_name(a, b) for a in first.actors[one].names for b in second.actors[other].names)


def _is_named(passage: Passage, chain: ExpectedChain) -> bool:
    last = chain.links[-1] if chain.links else ""
    return last in passage.actors and passage.actors[last].named


def part_of(passage: Passage) -> str:
    """ "held" or "tune". Nobody chose: a third is held by the SHA-256 of its id.

    >>> Counter(part_of(Passage(f"war-{n}", "", "", "", "", {}, (), ())) for n in range(99))
    Counter({'tune': 59, 'held': 40})
    """
    return "tune" if int(hashlib.sha256(passage.id.encode()).hexdigest(), 16) % 3 else "held"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held", action="store_true", help="the part nobody tunes on: look at it once, at the end")
    parser.add_argument("--errors", action="store_true", help="list what is missed or wrong")
    parser.add_argument("--limit", type=int, help="only the first N passages")
    parser.add_argument("--domain", help="only one domain")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the passages are")
    parser.add_argument("--against", type=Path, help="only compare a second labelling with the first")
    parser.add_argument("--check", type=Path, help="only say what is wrong with a file of passages")
    options = parser.parse_args(arguments)
    if options.check:
        lines = list(check(options.check))
        print("\n".join(lines) or "nothing is wrong")
        sys.exit(bool(lines))
    if options.against:
        firsts = {p.id: p for p in read(sorted(options.folder.glob("*.json")))}
        counts = sum((agreement(firsts[p.id], p) for p in read([options.against])), Counter[str]())
        for part, whole in (("whole", "chains"), ("last", "chains"), ("named", "chains"), ("same actor", "references")):
            print(f"{part:12} {100 * counts[part] / counts[whole]:5.1f} % of {counts[whole]} {whole}")
        back = sum((agreement(p, firsts[p.id]) for p in read([options.against])), Counter[str]())
        print(f"{counts['not there']} of these chains have none beside them in the second labelling;")
        print(f"{back['not there']} of the second's {back['chains']} have none in the first")
        return
    if options.held:
        print("The held part is looked at once, when all tuning is done. Do not tune on what you see.", file=sys.stderr)
    part = "held" if options.held else "tune"
    every = read(sorted(options.folder.glob("*.json")))
    chosen = [p for p in every if part_of(p) == part and options.domain in (None, p.domain)]
    outcomes = [compare(p, analyse(p)) for p in chosen[: options.limit]]
    print(f"passages about sources, part {part}, in per cent\n")
    print("\n".join(table(outcomes)))
    for outcome in outcomes if options.errors else ():
        if lines := list(faults(outcome)):
            print(f"\n{outcome.passage.id}  {outcome.passage.text}", *lines, sep="\n  ")


if __name__ == "__main__":
    main()
