"""One view model of a story: plain data with every sentence already worded. The renderers only render it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sayso.model import Change, Circle, Citation, Derivation, Entry, Exhibit, Spans, Story, words_of
from sayso.reporting import labels
from sayso.reporting.passages import Passage
from sayso.reporting.segments import Block, Mark, blocks
from sayso.reporting.stories import wording
from sayso.reporting.stories.naming import Names, day
from sayso.reporting.stories.sides import Sides, sides
from sayso.reporting.stories.stretches import Stretch, shared, stretches
from sayso.reporting.stories.tree import Tree, citations, tree, whence
from sayso.reporting.view import FindingView, GapView

LIMIT = "limit"  # the kind of a gap that says already how many are not shown
FIRMER = "said with more certainty than before"


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of the story: when, who, what; `roles` says what it is in the story."""

    id: str
    article: str
    name: str
    title: str
    day: str
    possible: str
    roles: tuple[str, ...]
    address: str | None
    captures: str
    whence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something that was lost or added on the way, with both texts where there are words for it."""

    kind: str
    message: str
    where: str
    firmer: bool
    sides: Sides | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """What two articles have to do with each other: the sentence, the four probabilities, how much they share."""

    earlier: str
    later: str
    sentence: str
    chances: str
    extent: str
    way: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitationRow:
    sentence: str
    words: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryReport:
    """Everything that a report on a story shows, in the order in which it shows it."""

    title: str
    language: str | None
    facts: tuple[tuple[str, str], ...]
    address: str | None
    answer: tuple[str, ...]
    findings: tuple[FindingView, ...]
    stretches: tuple[Stretch, ...]
    text: tuple[Block, ...]
    alone: str
    links: tuple[LinkRow, ...]
    changes: tuple[ChangeRow, ...]
    citations: tuple[CitationRow, ...]
    articles: tuple[ArticleRow, ...]
    gaps: tuple[GapView, ...]


def view(story: Story) -> StoryReport:
    """Everything that a report on the story shows."""
    names = Names(story.entries, story.asked)
    asked = names.entries.get(story.asked)
    found = stretches(story, names)
    derivations = _ordered(story, names)
    return StoryReport(
        title=_title(asked) if asked else f"article {story.asked}",
        language=asked.article.language if asked else None,
        facts=tuple(_facts(asked)) if asked else (),
        address=labels.safe_address(asked.article.url) if asked else None,
        answer=tuple(_answer(story, names)),
        findings=_findings(story, names),
        stretches=found,
        text=_text(asked, found) if asked and found else (),
        alone=_alone(story, asked) if asked else "",
        links=tuple(link_row(link, names) for link in derivations),
        changes=tuple(change_row(change, link, names) for link in derivations for change in link.changes),
        citations=tuple(_citation(cited, names) for cited in citations(story)),
        articles=article_rows(story.entries, names, tuple(names.oldest(story.first)), tree(story, names)),
        gaps=tuple(_gaps(story, names)),
    )


def _title(entry: Entry) -> str:
    return entry.article.title or entry.article.input.rsplit("/", 1)[-1] or entry.id


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    article = entry.article
    yield "Outlet", article.outlet or "not found"
    yield "Published", day(entry)
    if article.url:
        yield "Address", article.url
    if article.input != article.url:
        yield "Read from", article.input


def _answer(story: Story, names: Names) -> Iterator[str]:
    """What a reader with little time should know, the first thing first."""
    yield wording.first(story, names)
    yield from wording.carried(story, names)
    yield from wording.whence(story, names)


def _alone(story: Story, asked: Entry) -> str:
    """How much of the text stands elsewhere, too."""
    total = len(asked.article.text.split())
    if not total:
        return "The article has no text."
    elsewhere = sum(len(span.of(asked.article.text).split()) for span in shared(story))
    return f"{elsewhere} of its {labels.counted(total, 'word')} stand in other articles, too ({elsewhere / total:.0%})."


def _findings(story: Story, names: Names) -> tuple[FindingView, ...]:
    """The findings, the highest first, and every circle that is not among them."""
    told = {each.message for each in story.findings}
    found = [
        *(
            FindingView("", each.severity, each.kind, each.message, each.evidence, _exhibits(each.exhibits, names))
            for each in story.findings
        ),
        *circle_findings([circle for circle in story.circles if circle.message not in told], names),
    ]
    found.sort(key=lambda each: ("high", "medium", "low").index(each.severity))
    return tuple(replace(each, id=f"f{number}") for number, each in enumerate(found, 1))


def circle_findings(circles: Iterable[Circle], names: Names) -> tuple[FindingView, ...]:
    """Circles as findings, with the words that close them."""
    severities = {"certain": "high", "likely": "medium", "unclear": "low"}
    return tuple(
        FindingView(
            f"f{number}",
            severities[circle.certainty],
            "circle",
            circle.message,
            (f"this is {circle.certainty}",),
            _exhibits(circle.exhibits, names),
        )
        for number, circle in enumerate(circles, 1)
    )


def _exhibits(exhibits: Iterable[Exhibit], names: Names) -> tuple[Passage, ...]:
    return tuple(exhibit(each, names) for each in exhibits)


def exhibit(given: Exhibit, names: Names) -> Passage:
    """Words that prove something, with whose they are; the anchor is the article's row in the table."""
    entry = names.entries.get(given.article)
    words = labels.quoted(given.spans, entry.article.text, 300) if entry else ""
    return Passage(": ".join(filter(None, (names.dated(given.article), words))), names.anchor(given.article))


def _ordered(story: Story, names: Names) -> list[Derivation]:
    """The derivations: those of the asked article first, and in each part by the later article's age."""

    def place(link: Derivation) -> tuple[bool, int, int]:
        ages = sorted((names.place(link.earlier), names.place(link.later)))
        return story.asked not in (link.earlier, link.later), ages[1], ages[0]

    return sorted(story.derivations, key=place)


def link_row(link: Derivation, names: Names) -> LinkRow:
    """What two articles have to do with each other, worded."""
    chance, extent = wording.chances(link, names), wording.extent(link, names)
    return LinkRow(link.earlier, link.later, wording.way(link, names), chance, extent, link.way, link.reasons)


def change_row(change: Change, link: Derivation, names: Names) -> ChangeRow:
    """Something that was lost or added between two articles, worded."""
    before, after = _words(change.before, link.earlier, names), _words(change.after, link.later, names)
    both = None
    if before or after:
        ordered = names.order(link.earlier, link.later) == "earlier"
        both = sides((names.of(link.earlier), before), (names.of(link.later), after), ordered=ordered)
    where = f"{names.dated(link.earlier)} → {names.dated(link.later)}"
    return ChangeRow(change.kind, change.message, where, change.firmer, both, change.reasons)


def _words(spans: Spans, article: str, names: Names) -> str:
    entry = names.entries.get(article)
    return words_of(spans, entry.article.text) if entry else ""


def _citation(cited: Citation, names: Names) -> CitationRow:
    entry = names.entries.get(cited.by)
    words = labels.quoted(cited.spans, entry.article.text) if entry else ""
    return CitationRow(wording.citing(cited, names), words, cited.reasons)


def article_rows(
    entries: Iterable[Entry], names: Names, first: tuple[str, ...] = (), made: Tree | None = None
) -> tuple[ArticleRow, ...]:
    """The articles in their order; `first` are those that may have been the first, `made` tells from whom they are."""
    return tuple(
        ArticleRow(
            id=f"a{number}",
            article=entry.id,
            name=names.own(entry.id),
            title=labels.shortened(_title(entry), 120),
            day=day(entry),
            possible=possible(entry),
            roles=_roles(entry.id, names, first),
            address=labels.safe_address(entry.article.url),
            captures=labels.counted(len(entry.captures), "capture") if len(entry.captures) > 1 else "",
            whence=whence(made, entry.id, names) if made else (),
        )
        for number, entry in enumerate(entries, 1)
    )


def _roles(article: str, names: Names, first: tuple[str, ...]) -> tuple[str, ...]:
    asked = ("asked about",) if article == names.asked else ()
    if article not in first or len(names.entries) < 2:
        return asked
    return (*asked, "first" if len(first) == 1 else "may have been first")


def possible(entry: Entry) -> str:
    """The first and the last day on which it can have been published.

    >>> from sayso.model import Article
    >>> article = Article("id", "a.txt", "", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> possible(Entry(article, 0, "2024-05-02", "2024-05-04")), possible(Entry(article, 0, None, "2024-05-04"))
    ('2024-05-02 to 2024-05-04', 'until 2024-05-04')
    """
    if entry.earliest and entry.latest:
        return entry.earliest if entry.earliest == entry.latest else f"{entry.earliest} to {entry.latest}"
    return f"until {entry.latest}" if entry.latest else f"from {entry.earliest}" if entry.earliest else "not known"


def _gaps(story: Story, names: Names) -> Iterator[GapView]:
    entry = names.entries.get(story.asked)
    text = entry.article.text if entry else ""
    for gap in story.gaps:
        words = tuple(Passage(labels.quoted((span,), text), None) for span in gap.spans)
        yield GapView(gap.kind, gap.message, words)
    if (left := wording.left(story)) and all(gap.kind != LIMIT for gap in story.gaps):
        yield GapView("left out", left, ())


def _text(asked: Entry, found: Iterable[Stretch]) -> tuple[Block, ...]:
    """The asked article's paragraphs, with a mark on every stretch."""
    marked = [(span, Mark(stretch.id, "places", "passage")) for stretch in found for span in stretch.spans]
    return blocks(asked.article.text, marked)
