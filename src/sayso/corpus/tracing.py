"""What of one article stands elsewhere in a corpus, as a story: who had it first, who from whom, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import networkx as nx

from sayso.corpus import alignment, changes, circles, citing, derivation, evidence, republishing, search
from sayso.corpus.adding import key_of
from sayso.corpus.alignment import Worded
from sayso.corpus.around import Context
from sayso.corpus.days import interval
from sayso.corpus.snapshot import Snapshot
from sayso.model import Article, Capture, Citation, Derivation, Entry, Gap, Passage, Story, StoryFinding

CITING = 12
"""Articles that may tell of the same without sharing text, which are asked whom they cite."""
ALL_PAIRS = 16
"""Articles in a story, up to which every two are laid beside each other; of more, each beside the asked one, the
oldest and the next older one only."""


def trace(there: Snapshot, asked: Article | Entry, limit: int, *, claim: str | None = None) -> Story:
    """The story of an article: those of the corpus that share passages with it, by their days.

    With a claim, also as many that share no passage with it and may tell of the same in words of their own.
    """
    entry = asked if isinstance(asked, Entry) else _entry(there, asked)
    found = search.candidates(there, entry.article.text, entry.article.outlet, limit, entry.number)
    texts = {entry.id: Worded.of(entry.article.text)}
    entries, shared = [entry], {}
    more = _around(there, entry, claim, found.numbers, limit) if claim is not None else frozenset()
    for other in there.entries(sorted({*found.numbers, *more})):
        if other.id in texts:  # the same bytes at another address
            continue
        text = Worded.of(other.article.text)
        if (passages := alignment.passages(texts[entry.id], text)) or other.number in more:
            entries.append(other)
            texts[other.id] = text
            if passages:
                shared[entry.id, other.id] = passages
    if claim is None:
        numbers = search.about(there, entry.article.text, CITING, entry.number)
        known = {one.number for one in entries}
        for other in _citing(entries, list(there.entries(sorted(set(numbers) - known)))):
            if other.id not in texts:
                entries.append(other)
                texts[other.id] = Worded.of(other.article.text)
    entries.sort(key=_day)
    for one, other in _pairs(entries, entry):
        if passages := alignment.passages(texts[one.id], texts[other.id]):
            shared[one.id, other.id] = passages
    story = _told(entry, entries, texts, shared)
    if not found.left:
        return story
    gap = Gap("limit", f"{found.left} more articles share less with it and were not laid beside it.")
    return replace(story, gaps=(*story.gaps, gap), left=found.left)


def compare(one: Entry, other: Entry) -> Story:
    """The story of two articles alone: what they share, and who may have it from whom. Asked about is the one."""
    entries = sorted((one, other), key=_day)
    texts = {entry.id: Worded.of(entry.article.text) for entry in entries}
    early, late = (entry.id for entry in entries)
    return _told(one, entries, texts, {(early, late): alignment.passages(texts[early], texts[late])})


def _citing(entries: Sequence[Entry], loose: Sequence[Entry]) -> list[Entry]:
    """Those of `loose` that cite one of the story, or are cited by one, also through others: they share no text."""
    everyone = [*entries, *loose]
    ties = nx.Graph()
    ties.add_nodes_from(one.id for one in everyone)
    for one in everyone:
        for cited in citing.citations(one, [other for other in everyone if other is not one]):
            if cited.kind != "named":
                ties.add_edges_from((one.id, of) for of in cited.of)
    reached = nx.multi_source_dijkstra_path_length(ties, {one.id for one in entries})
    return [one for one in loose if one.id in reached]


def _around(there: Snapshot, asked: Entry, claim: str, numbers: Sequence[int], limit: int) -> frozenset[int]:
    """The articles that may tell of the same in words of their own, and those that share text with one of these.

    At most `limit` of each: who copies the report of another eye-witness shares nothing with the asked one.
    """
    texts = (claim, asked.article.text)
    alike = [number for text in texts for number in search.about(there, text, limit, asked.number)]
    near = dict.fromkeys((*numbers, *alike))
    far = dict.fromkeys(near)
    for entry in there.entries(sorted(near)):
        text = entry.article.text
        own = search.candidates(there, text, entry.article.outlet, limit, entry.number).numbers
        far.update(dict.fromkeys((*own, *search.about(there, text, limit, entry.number))))
    return frozenset(list(far)[: 2 * limit]) - {asked.number}


def _told(
    asked: Entry,
    entries: Sequence[Entry],
    texts: Mapping[str, Worded],
    shared: Mapping[tuple[str, str], Sequence[Passage]],
) -> Story:
    citations = tuple(
        cited
        for entry in entries
        for cited in citing.citations(entry, [other for other in entries if other is not entry])
    )
    by_id = {entry.id: entry for entry in entries}
    context = Context.of(entries)
    derivations = []
    findings: list[StoryFinding] = []
    for (one, other), passages in shared.items():
        judged = derivation.judge(by_id[one], by_id[other], passages, citations, context)
        derivations.append(_changed(judged, texts, citations, findings))
    if old := republishing.find(asked, entries, derivations):
        findings.insert(0, old)
    story = Story(
        asked=asked.id,
        entries=tuple(entries),
        first=_first(entries, derivations),
        derivations=tuple(derivations),
        citations=citations,
        findings=tuple(findings),
    )
    return replace(story, circles=circles.find(story))


def _entry(there: Snapshot, article: Article) -> Entry:
    """The article as the corpus has it, or as one that is not in it."""
    number = there.number_of(key_of(article))
    if number is not None:
        return there.entry(number)
    return Entry(article, None, *interval(article), (Capture(article.captured, article.input, article.url),))


def _pairs(entries: Sequence[Entry], asked: Entry) -> list[tuple[Entry, Entry]]:
    """Which two of the others are laid beside each other."""
    others = [entry for entry in entries if entry is not asked]
    if len(entries) <= ALL_PAIRS:
        return list(combinations(others, 2))
    near = {(0, n) for n in range(1, len(others))} | {(n - 1, n) for n in range(1, len(others))}
    return [(others[one], others[other]) for one, other in sorted(near)]


def _day(entry: Entry) -> tuple[str, str, str]:
    """By the days that are possible; those without a first day last."""
    return (entry.earliest or "9999", entry.latest or "9999", entry.id)


def _first(entries: Sequence[Entry], derivations: Sequence[Derivation]) -> tuple[str, ...]:
    """Those that may have been first: that are not told to have it from another. Dates alone rule nobody out."""
    taken = {one.later if one.way == "later from earlier" else one.earlier for one in derivations if _is_told(one)}
    return tuple(entry.id for entry in entries if entry.id not in taken) or tuple(entry.id for entry in entries)


def _is_told(one: Derivation) -> bool:
    return one.way in ("later from earlier", "earlier from later")


def _changed(
    judged: Derivation, texts: Mapping[str, Worded], citations: Sequence[Citation], findings: list[StoryFinding]
) -> Derivation:
    """With what changed on the way, where it is told which way it went; what a person should see goes to `findings`."""
    if not _is_told(judged):
        return judged
    straight = judged.way == "later from earlier"
    source, taker = (judged.earlier, judged.later) if straight else (judged.later, judged.earlier)
    passages = judged.passages if straight else tuple(evidence.turned(one) for one in judged.passages)
    found = changes.find(texts[source], texts[taker], passages)
    if finding := changes.firmer(source, taker, found, citations):
        findings.append(finding)
    if not straight:  # `before` and `after` are told of the earlier and the later article
        return judged
    return replace(judged, changes=found)
