"""Analyses of an invented text, and logs of corrections to them, for properties that hold for all."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import strategies as st

from sayso.library import readings
from sayso.library.correcting import apply
from sayso.model import (
    Actor,
    Analysis,
    Article,
    Attribution,
    Chain,
    Claim,
    Content,
    Cue,
    Finding,
    Link,
    Mention,
    Source,
    Span,
    Spans,
    TimeExpression,
    Wording,
)
from sayso.model.correction import Action, Corrected, Correction, Reading

WORDS = [f"{syllable}{number}" for number in range(10) for syllable in ("ba", "ki", "mo", "😀")]
TEXT = " ".join(WORDS)
STARTS = [TEXT.index(word) for word in WORDS]
NAMES = ("Ada Berg", "officials", "SANA", "the ministry")
ARTICLE = Article("x1", "a.txt", TEXT, "hash", "2024-10-20T08:00:00Z", "text/plain", outlet="The Echo")


def words(first: int, count: int) -> Span:
    """The span of some words of the text."""
    last = min(first + count, len(WORDS)) - 1
    return Span(STARTS[first], STARTS[last] + len(WORDS[last]))


@st.composite
def spans(draw: st.DrawFn, longest: int = 8) -> Spans:
    return (words(draw(st.integers(0, len(WORDS) - 1)), draw(st.integers(1, longest))),)


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    """What some version might have read in the text."""
    named = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
    actors = tuple(Actor(f"x{n}", name, "group", (name,)) for n, name in enumerate(named))
    ids = [None, *(actor.id for actor in actors)]
    mentions = tuple(Mention(span, draw(st.sampled_from(ids)), "name") for span in draw(st.lists(spans(2), max_size=3)))
    said: list[Attribution] = []
    for number in range(draw(st.integers(0, 5))):
        parent = draw(st.sampled_from([None, *(a.id for a in said)]))
        source = Source(draw(spans(2)), "group", draw(st.sampled_from(ids)))
        cue, content = Cue(draw(spans(1))), Content(draw(spans()))
        said.append(Attribution(f"a{number}", "indirect", source, cue, content, parent))
    holders = [None, *(a.id for a in said)]
    times = tuple(
        TimeExpression(f"t{n}", span, None, None, None, "day", None)
        for n, span in enumerate(draw(st.lists(spans(3), max_size=3)))
    )
    wordings = tuple(
        Wording(span, "loaded word", "outlet", draw(st.sampled_from(holders)))
        for span in draw(st.lists(spans(3), max_size=2))
    )
    claims = tuple(
        Claim(f"k{n}", span, draw(st.sampled_from(holders)))
        for n, span in enumerate(draw(st.lists(spans(), max_size=2)))
    )
    names = {actor.id: actor.name for actor in actors}
    outlet = Link("The Echo", "outlet")
    chains = tuple(
        Chain(
            f"c{n}",
            a.id,
            (outlet, Link(names.get(a.source.actor or "", "?"), "group", a.source.actor, a.id)),
            True,
            "likely",
        )
        for n, a in enumerate(said)
    )
    findings = tuple(Finding("nobody named", "low", f"About {a.id}.", a.cue.spans, about=(a.id,)) for a in said[:2])
    found = Analysis(ARTICLE, True, actors, mentions, tuple(said), chains, times, wordings, claims, findings)
    return replace(found, attributions=tuple(sorted(said, key=lambda a: readings.whole(a)[0])))


@st.composite
def logs(draw: st.DrawFn, analysis: Analysis, longest: int = 6) -> tuple[Correction, ...]:
    """What persons might say, one after the other, of what they see: the analysis with all that was said before."""
    log: list[Correction] = []
    for number in range(draw(st.integers(0, longest))):
        seen = apply(analysis, log).analysis
        kind, action, machine, person = draw(_words(seen))
        undoes = None
        if log and draw(st.integers(0, 5)) == 0:
            undone = draw(st.sampled_from(log))
            kind, action, machine, person, undoes = undone.kind, undone.action, None, None, undone.id
        moment = f"2026-11-25T10:00:{number:02}Z"
        log.append(
            Correction(f"{number:06}", analysis.article.id, kind, action, "Ada", moment, machine, person, "", undoes)
        )
    return tuple(log)


@st.composite
def _words(draw: st.DrawFn, seen: Analysis) -> tuple[Corrected, Action, Reading | None, Reading | None]:
    kinds: list[Corrected] = [kind for kind in readings.CLASSES if readings.keyed(seen, kind)]
    kind: Corrected = draw(st.sampled_from([*kinds, "attribution", "time"]))
    known = readings.keyed(seen, kind)
    if not known:
        return kind, "add", None, draw(_missed(seen, kind))
    key = draw(st.sampled_from(sorted(known)))
    machine = readings.of(seen, kind, key)
    acts: list[Action] = ["accept", "reject", "change", "add"]
    if kind == "actor":
        acts += ["merge", "split"] if len(known) > 1 else ["split"]
    action: Action = draw(st.sampled_from(acts))
    if action in ("accept", "reject"):
        return kind, action, machine, None
    if action == "add":
        return kind, action, None, draw(_missed(seen, kind))
    if action == "merge":
        return kind, action, machine, readings.of(seen, kind, draw(st.sampled_from(sorted({*known} - {key}))))
    if action == "split":
        own = machine["spans"][:1]
        return kind, action, machine, {"name": "others", "kind": "group", "names": ["others"], "spans": own}
    return kind, action, machine, draw(_otherwise(seen, kind, machine))


@st.composite
def _missed(draw: st.DrawFn, seen: Analysis, kind: Corrected) -> Reading:
    if kind == "actor":
        name = draw(st.sampled_from([*NAMES, "a nurse"]))
        return {"name": name, "kind": "group", "names": [name]}
    if kind != "attribution":
        return readings.with_words(
            {"spans": draw(_plain()), "kind": "loaded word"} if kind == "wording" else {"spans": draw(_plain())}, TEXT
        )
    made: Reading = {
        "kind": "indirect",
        "source": {"spans": draw(_plain(2)), "kind": "group", "actor": None},
        "cue": {"spans": draw(_plain(1))},
        "content": {"spans": draw(_plain())},
    }
    return readings.with_words(made, seen.article.text)


@st.composite
def _otherwise(draw: st.DrawFn, seen: Analysis, kind: Corrected, machine: Reading) -> Reading:
    """What a person makes of it: other words, another actor."""
    if kind == "actor":
        return {**machine, "name": draw(st.sampled_from([*NAMES, "a nurse"]))}
    if kind != "attribution":
        return readings.with_words({**machine, "spans": draw(_plain())}, seen.article.text)
    made = {**machine, draw(st.sampled_from(["content", "cue"])): {"spans": draw(_plain())}}
    if seen.actors:
        chosen = draw(st.sampled_from(seen.actors))
        made["source"] = {**machine["source"], "actor": chosen.id}
        refs = {**machine.get("refs", {}), chosen.id: readings.plain_of(seen, "actor", chosen)}
        made["refs"] = refs
    return readings.with_words(made, seen.article.text)


@st.composite
def _plain(draw: st.DrawFn, longest: int = 8) -> list[list[int]]:
    return [list(span) for span in draw(spans(longest))]


def references(analysis: Analysis) -> Iterator[tuple[str, str]]:
    """Every id that an analysis refers to, with what it must be the id of."""
    for said in analysis.attributions:
        yield from (("attribution", key) for key in (said.parent,) if key)
        sources = (said.source, *((said.recipient,) if said.recipient else ()), *said.through)
        yield from (("actor", source.actor) for source in sources if source.actor)
    yield from (("actor", mention.actor) for mention in analysis.mentions if mention.actor)
    yield from (("attribution", each.attribution) for each in analysis.wordings if each.attribution)
    yield from (("attribution", each.attribution) for each in analysis.claims if each.attribution)
    for chain in analysis.chains:
        yield "attribution", chain.statement
        yield from (("attribution", link.attribution) for link in chain.links if link.attribution)
        yield from (("actor", link.actor) for link in chain.links if link.actor)
    for actor in analysis.actors:
        yield from (("actor", key) for key in (*actor.members, *((actor.owner,) if actor.owner else ())))
        if actor.anonymity:
            yield from (("attribution", key) for key in (*actor.anonymity.statements, *actor.anonymity.opinions))
    yield from (("any", key) for finding in analysis.findings for key in finding.about)
