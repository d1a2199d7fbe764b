"""A story as tables: its articles, the passages, links and changes between them, who cites whom, and origins."""

from collections.abc import Iterable, Iterator

from sayso.exporting.given import Told
from sayso.exporting.tables import Columns, Row
from sayso.model import Derivation, Entry, Story, words_of

ARTICLES: Columns = {
    "article": ("text", "the article's id"),
    "number": ("number", "its place in the corpus, from 0 in the order of adding; empty if it is not in it"),
    "outlet": ("text", "who published it"),
    "title": ("text", "its headline"),
    "url": ("text", "its address"),
    "published": ("text", "the day that it gives itself, ISO 8601"),
    "earliest": ("text", "the first day on which it can have been published; empty if open"),
    "latest": ("text", "the last day on which it can have been published; empty if open"),
    "captures": ("number", "how many times it was seen"),
    "words": ("number", "the length of its text in words"),
    "asked": ("yes", "whether it is the one that was asked about"),
    "first": ("yes", "whether it may have been the first"),
}
PAIR: Columns = {
    "earlier": ("text", "the article named first; where the dates do not tell, the order says nothing"),
    "later": ("text", "the other article"),
}
LINKS: Columns = PAIR | {
    "way": ("text", "later from earlier, earlier from later, common source or unclear"),
    "later_from_earlier": ("share", "probability that the later has it from the earlier, also through others"),
    "earlier_from_later": ("share", "probability that the earlier has it from the later, also through others"),
    "common": ("share", "probability that both have it from a third"),
    "unknown": ("share", "probability that is left; the four sum to 1"),
    "passages": ("number", "how many passages they share"),
    "shared_words": ("number", "the length of these in words"),
    "earlier_share": ("share", "share of the earlier article's words that stand in the later one"),
    "later_share": ("share", "share of the later article's words that stand in the earlier one"),
    "changes": ("number", "how many changes were found between them"),
    "reasons": ("texts", "why the probabilities are what they are"),
}
PASSAGES: Columns = PAIR | {
    "kind": ("text", "verbatim or reworked"),
    "length": ("number", "its length in words in the earlier article"),
    "likeness": ("share", "share of words of the longer side that stand in the other, in order"),
    "words": ("text", "its words in the earlier article"),
    "other_words": ("text", "its words in the later article"),
    "spans": ("spans", "where it stands in the earlier article's text"),
    "other_spans": ("spans", "where it stands in the later article's text"),
    "reasons": ("texts", "why it counts as shared"),
}
CHANGES: Columns = PAIR | {
    "kind": ("text", "hedge dropped, source lost, number changed and so on"),
    "message": ("text", "the change in one sentence"),
    "before": ("text", "its words in the earlier article; empty if there are none"),
    "after": ("text", "its words in the later article; empty if there are none"),
    "before_spans": ("spans", "where these stand in the earlier article's text"),
    "after_spans": ("spans", "where these stand in the later article's text"),
    "firmer": ("yes", "whether the later text says it with more certainty"),
    "reasons": ("texts", "why this counts as a change"),
}
CITATIONS: Columns = {
    "by": ("text", "the article that cites"),
    "outlet": ("text", "who is cited, as it is named"),
    "kind": ("text", "credit line, named as source, named or address"),
    "of": ("texts", "the articles of the story that can be meant; empty where the corpus has none"),
    "words": ("text", "the words that cite"),
    "spans": ("spans", "where these stand in the text of the article that cites"),
    "reasons": ("texts", "why it counts as a citation"),
}
FINDINGS: Columns = {
    "kind": ("text", "what it is about"),
    "severity": ("text", "high, medium or low"),
    "message": ("text", "the finding in one sentence"),
    "articles": ("texts", "the articles whose words prove it"),
    "evidence": ("texts", "what it rests on"),
}
ORIGINS: Columns = {
    "claim": ("text", "what was asked about"),
    "origin": ("text", "the origin's id"),
    "kind": ("text", "the kind of source, or own report"),
    "name": ("text", "how the articles call it"),
    "chance": ("share", "share of the draws of the uncertain links in which it is an origin of its own"),
    "articles": ("texts", "the articles that rest on it"),
    "reasons": ("texts", "why it counts as an origin"),
}


def tables_of(given: Told) -> dict[str, tuple[Columns, Iterable[Row]]]:
    """Every table of a story, with its columns and rows; the origins only where they were asked for."""
    story = given.story
    made: dict[str, tuple[Columns, Iterable[Row]]] = {
        "articles": (ARTICLES, (_article(entry, story) for entry in story.entries)),
        "links": (LINKS, map(_link, story.derivations)),
        "passages": (PASSAGES, _passages(story)),
        "changes": (CHANGES, _changes(story)),
        "citations": (CITATIONS, _citations(story)),
        "findings": (FINDINGS, _findings(story)),
    }
    return made | ({"origins": (ORIGINS, _origins(given))} if given.origins else {})


def _article(entry: Entry, story: Story) -> Row:
    known = entry.article
    who = (entry.id, entry.number, known.outlet, known.title, known.url)
    when = (known.published, entry.earliest, entry.latest)
    counts = (len(entry.captures), len(known.text.split()))
    return (*who, *when, *counts, entry.id == story.asked, entry.id in story.first)


def _link(link: Derivation) -> Row:
    return (
        *(link.earlier, link.later, link.way),
        *(link.later_from_earlier, link.earlier_from_later, link.common, link.unknown),
        *(len(link.passages), sum(passage.words for passage in link.passages)),
        *(link.earlier_share, link.later_share, len(link.changes), list(link.reasons)),
    )


def _passages(story: Story) -> Iterator[Row]:
    texts = _texts(story)
    for link in story.derivations:
        for each in link.passages:
            words = (words_of(each.spans, texts[link.earlier]), words_of(each.other_spans, texts[link.later]))
            places = (each.spans, each.other_spans)
            yield (link.earlier, link.later, each.kind, each.words, each.likeness, *words, *places, list(each.reasons))


def _changes(story: Story) -> Iterator[Row]:
    texts = _texts(story)
    for link in story.derivations:
        for each in link.changes:
            words = (words_of(each.before, texts[link.earlier]), words_of(each.after, texts[link.later]))
            places = (each.before, each.after, each.firmer, list(each.reasons))
            yield (link.earlier, link.later, each.kind, each.message, *words, *places)


def _citations(story: Story) -> Iterator[Row]:
    texts = _texts(story)
    for each in dict.fromkeys((*story.citations, *(one for link in story.derivations for one in link.citations))):
        words = words_of(each.spans, texts[each.by])
        yield (each.by, each.outlet, each.kind, list(each.of), words, each.spans, list(each.reasons))


def _findings(story: Story) -> Iterator[Row]:
    for each in story.findings:
        articles = list(dict.fromkeys(exhibit.article for exhibit in each.exhibits))
        yield (each.kind, each.severity, each.message, articles, list(each.evidence))


def _origins(given: Told) -> Iterator[Row]:
    if given.origins:
        for each in given.origins.origins:
            who = (given.origins.claim, each.id, each.kind, each.name, each.chance)
            yield (*who, list(each.articles), list(each.reasons))


class _Texts(dict[str, str]):
    """The texts by the ids of their articles; one that is not at hand has none."""

    def __missing__(self, key: str) -> str:
        return ""


def _texts(story: Story) -> _Texts:
    return _Texts({entry.id: entry.article.text for entry in story.entries})
