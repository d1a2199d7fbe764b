"""The view model of a claim's origins: how many, which, what proves each, who has it from there, what is uncertain."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from sayso.model import Carrier, Origin, Origins
from sayso.reporting import labels
from sayso.reporting.passages import Passage
from sayso.reporting.stories.naming import Names
from sayso.reporting.stories.view import ArticleRow, article_rows, circle_findings, exhibit
from sayso.reporting.view import FindingView, GapView

SURE = 0.8  # from which on a link counts as told
OWN_REPORT = "Own report: the outlet says it with nobody behind it, and nothing shows that it has it from elsewhere"
KINDS = {
    "person": "A named person",
    "organisation": "An organisation",
    "outlet": "An outlet",
    "document": "A document",
    "role": "Somebody in an office, with no name",
    "group": "A group of people, with no names",
    "unnamed": "Unnamed: there is nobody to ask",
    "own report": OWN_REPORT,
}


@dataclass(frozen=True, slots=True)
class ChainRow:
    """From an article to an origin; `words` is where the article says it, `reasons` why it rests on the next one."""

    text: str
    words: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OriginRow:
    """An origin, what proves it, and the chain from each article that rests on it."""

    anchor: str
    name: str
    standing: str
    chance: str
    exhibits: tuple[Passage, ...]
    chains: tuple[ChainRow, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UncertainRow:
    sentence: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OriginsReport:
    """Everything that a report on origins shows."""

    answer: str
    claim: str
    most: int
    about: tuple[str, ...]
    findings: tuple[FindingView, ...]
    origins: tuple[OriginRow, ...]
    uncertain: tuple[UncertainRow, ...]
    articles: tuple[ArticleRow, ...]
    gaps: tuple[GapView, ...]


def view(origins: Origins) -> OriginsReport:
    """Everything that a report on the origins shows."""
    names = Names(origins.entries)
    carriers = {carrier.article: carrier for carrier in origins.carriers}
    called = {origin.id: name_of(origin) for origin in origins.origins}
    ordered = sorted(origins.origins, key=lambda origin: (-origin.chance, -len(origin.articles)))
    return OriginsReport(
        answer=answer(origins),
        claim=origins.claim,
        most=max(origins.most, len(ordered)),
        about=tuple(_about(origins)),
        findings=circle_findings(origins.circles, names),
        origins=tuple(
            _origin(f"o{number}", origin, carriers, called, names) for number, origin in enumerate(ordered, 1)
        ),
        uncertain=tuple(_uncertain(origins.carriers, called, names)),
        articles=article_rows(origins.entries, names),
        gaps=tuple(GapView(gap.kind, gap.message, ()) for gap in origins.gaps),
    )


def answer(origins: Origins) -> str:
    """How many independent origins there are.

    >>> answer(Origins("a fire", 1, 2)), answer(Origins("a fire", 1, 1)), answer(Origins("a fire", 0, 0))
    ('1 to 2 independent origins', '1 independent origin', 'No article carries the claim')
    """
    if origins.most == 0:
        return "No article carries the claim"
    if origins.least == origins.most:
        return labels.counted(origins.most, "independent origin")
    return f"{origins.least} to {labels.counted(origins.most, 'independent origin')}"


def _about(origins: Origins) -> Iterator[str]:
    if origins.carriers:
        number = len(origins.carriers)
        yield f"{labels.counted(number, 'article')} {'carries' if number == 1 else 'carry'} the claim."
    likely = [(share, number) for number, share in enumerate(origins.shares, 1) if share >= 0.01]
    if len(likely) > 1:
        told = ", ".join(f"{number} in {share:.0%}" for share, number in sorted(likely, reverse=True))
        yield f"When the uncertain links are drawn at random by how likely they are: {told} of the draws."


def _origin(
    anchor: str, origin: Origin, carriers: Mapping[str, Carrier], called: Mapping[str, str], names: Names
) -> OriginRow:
    number = len(origin.articles)
    rest = f"{labels.counted(number, 'article')} {'rests' if number == 1 else 'rest'} on it"
    return OriginRow(
        anchor=anchor,
        name=origin.name or labels.NOBODY,
        standing=f"{KINDS[origin.kind]}; {rest}.",
        chance=_chance(origin.chance),
        exhibits=tuple(exhibit(each, names) for each in origin.exhibits),
        chains=tuple(_chain(article, origin, carriers, called, names) for article in origin.articles),
        reasons=origin.reasons,
    )


def _chance(chance: float) -> str:
    if chance >= 0.995:
        return "An origin of its own however the uncertain links are drawn."
    return f"An origin of its own in {chance:.0%} of the draws of the uncertain links; otherwise it rests on another."


def name_of(origin: Origin) -> str:
    """What an origin is called where others rest on it."""
    name = origin.name or labels.NOBODY
    return f"own report of {name}" if origin.kind == "own report" else name


def _chain(
    article: str, origin: Origin, carriers: Mapping[str, Carrier], called: Mapping[str, str], names: Names
) -> ChainRow:
    """From an article to the origin, over the links that are most likely among those that lead there."""
    text = names.dated(article)
    steps = _steps(article, origin.id, carriers)
    for key, chance in steps or [(origin.id, 1.0)]:
        name = called[key] if key in called else names.dated(key)
        text += f" ← {'' if steps else '… ← '}{name}{'' if chance >= SURE else f' (perhaps: {chance:.0%})'}"
    if article not in carriers:
        return ChainRow(text, "", ())
    entry = names.entries.get(article)
    words = labels.quoted(carriers[article].spans, entry.article.text, 300) if entry else ""
    return ChainRow(text, words, carriers[article].reasons)


def _steps(start: str, end: str, carriers: Mapping[str, Carrier]) -> list[tuple[str, float]] | None:
    """The likeliest way from an article to an origin; None if there is none."""
    seen: set[str] = set()
    ways: list[tuple[float, str, list[tuple[str, float]]]] = [(-1.0, start, [])]
    while ways:
        likely, at, steps = heappop(ways)
        if at == end:
            return steps
        if at in seen:
            continue
        seen.add(at)
        for key, chance in carriers[at].rests_on if at in carriers else ():
            if key not in seen and chance > 0:
                heappush(ways, (likely * chance, key, [*steps, (key, chance)]))
    return None


def _uncertain(carriers: Sequence[Carrier], called: Mapping[str, str], names: Names) -> Iterator[UncertainRow]:
    for carrier in carriers:
        ordered = sorted(carrier.rests_on, key=lambda pair: -pair[1])
        if ordered and ordered[0][1] >= SURE:
            continue
        told = [
            f"{called[key] if key in called else names.dated(key)} ({chance:.0%})"
            for key, chance in ordered
            if chance >= 0.01
        ]
        may = f"may have it from {labels.listed(told, 'or')}" if told else "has it from nobody that could be found"
        yield UncertainRow(f"{names.dated(carrier.article, begins=True)} {may}.", carrier.reasons)
