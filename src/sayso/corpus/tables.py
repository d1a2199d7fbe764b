"""A story, and the origins of a claim, as Arrow tables; with pandas there, `.to_pandas()` makes data frames.

Each column has a note in its schema (`table.schema.field("words").metadata[b"about"]`). Articles are named by their
ids, places in a text count code points, the end exclusive; shares and probabilities go from 0 to 1.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pyarrow as pa

from sayso.model import Derivation, Entry, Origins, Spans, Story, words_of

ID = pa.string()
DAY = pa.date32()
SPANS = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())]))
Columns = dict[str, tuple[Any, str]]
Row = tuple[object, ...]

ENTRIES: Columns = {
    "article": (ID, "the article's id"),
    "number": (pa.int64(), "its place in the corpus, from 0 in the order of adding; null if it is not in it"),
    "outlet": (pa.string(), "who published it"),
    "title": (pa.string(), "its headline"),
    "url": (pa.string(), "its address"),
    "published": (DAY, "the day that it gives itself"),
    "earliest": (DAY, "the first day on which it can have been published; null if open"),
    "latest": (DAY, "the last day on which it can have been published; null if open"),
    "captures": (pa.int64(), "how many times it was seen"),
    "words": (pa.int64(), "the length of its text in words"),
    "asked": (pa.bool_(), "whether it is the one that was asked about"),
    "first": (pa.bool_(), "whether it may have been the first"),
}
PASSAGES: Columns = {
    "earlier": (ID, "the article named first; where the dates do not tell, the order says nothing"),
    "later": (ID, "the other article"),
    "kind": (pa.string(), "verbatim or reworked"),
    "words": (pa.int64(), "its length in words in the earlier article"),
    "likeness": (pa.float64(), "share of words of the longer side that stand in the other, in order"),
    "quoted": (pa.bool_(), "whether it stands in quotation marks in the earlier article"),
    "other_quoted": (pa.bool_(), "whether it stands in quotation marks in the later article"),
    "spans": (SPANS, "where it stands in the earlier article's text"),
    "other_spans": (SPANS, "where it stands in the later article's text"),
    "text": (pa.string(), "its words in the earlier article"),
    "other_text": (pa.string(), "its words in the later article"),
    "reasons": (pa.list_(pa.string()), "why it counts as shared"),
}
DERIVATIONS: Columns = {
    "earlier": (ID, "the article named first; where the dates do not tell, the order says nothing"),
    "later": (ID, "the other article"),
    "way": (pa.string(), "later from earlier, earlier from later, common source or unclear"),
    "later_from_earlier": (pa.float64(), "probability that the later has it from the earlier, also through others"),
    "earlier_from_later": (pa.float64(), "probability that the earlier has it from the later, also through others"),
    "common": (pa.float64(), "probability that both have it from a third"),
    "unknown": (pa.float64(), "probability that is left; the four sum to 1"),
    "passages": (pa.int64(), "how many passages they share"),
    "words": (pa.int64(), "the length of these in words"),
    "earlier_share": (pa.float64(), "share of the earlier article's words that stand in the later one"),
    "later_share": (pa.float64(), "share of the later article's words that stand in the earlier one"),
    "citations": (pa.int64(), "how many times one of them cites the other"),
    "changes": (pa.int64(), "how many changes were found between them"),
    "reasons": (pa.list_(pa.string()), "why the probabilities are what they are"),
}
CHANGES: Columns = {
    "earlier": (ID, "the article in which `before` stands"),
    "later": (ID, "the article in which `after` stands"),
    "kind": (pa.string(), "hedge dropped, source lost, number changed and so on"),
    "message": (pa.string(), "the change in one sentence"),
    "before": (pa.string(), "its words in the earlier article; empty if there are none"),
    "after": (pa.string(), "its words in the later article; empty if there are none"),
    "before_spans": (SPANS, "where these stand in the earlier article's text"),
    "after_spans": (SPANS, "where these stand in the later article's text"),
    "firmer": (pa.bool_(), "whether the later text says it with more certainty"),
    "reasons": (pa.list_(pa.string()), "why this counts as a change"),
}
ORIGINS: Columns = {
    "claim": (pa.string(), "what was asked about"),
    "origin": (pa.string(), "the origin's id"),
    "kind": (pa.string(), "the kind of source, or own report"),
    "name": (pa.string(), "how the articles call it"),
    "chance": (pa.float64(), "share of the draws of the uncertain links in which it is an origin of its own"),
    "articles": (pa.list_(ID), "the ids of the articles that rest on it"),
    "exhibits": (pa.list_(pa.struct([("article", ID), ("spans", SPANS)])), "the words that prove it"),
    "reasons": (pa.list_(pa.string()), "why it counts as an origin"),
}


def entries(story: Story) -> pa.Table:
    """The articles, a row each, in the order of the story.

    >>> entries(Story("id", (), ())).column_names[:4]
    ['article', 'number', 'outlet', 'title']
    """
    return _table(ENTRIES, (_entry(entry, story) for entry in story.entries))


def passages(story: Story) -> pa.Table:
    """The passages that two articles share, a row each.

    >>> passages(Story("id", (), ())).schema.field("likeness").metadata[b"about"]
    b'share of words of the longer side that stand in the other, in order'
    """
    return _table(PASSAGES, _passages(story))


def derivations(story: Story) -> pa.Table:
    """What two articles have to do with each other, a row a pair.

    >>> derivations(Story("id", (), ())).num_rows
    0
    """
    return _table(DERIVATIONS, (_derivation(link) for link in story.derivations))


def changes(story: Story) -> pa.Table:
    """What changed between two articles, a row each.

    >>> changes(Story("id", (), ())).num_rows
    0
    """
    return _table(CHANGES, _changes(story))


def origins(origins: Origins) -> pa.Table:
    """The origins of a claim, a row each.

    >>> origins(Origins("a fire", 0, 0)).num_rows
    0
    """
    return _table(
        ORIGINS,
        (
            (
                origins.claim,
                origin.id,
                origin.kind,
                origin.name,
                origin.chance,
                list(origin.articles),
                [{"article": exhibit.article, "spans": _spans(exhibit.spans)} for exhibit in origin.exhibits],
                list(origin.reasons),
            )
            for origin in origins.origins
        ),
    )


def _table(columns: Columns, rows: Iterable[Row]) -> pa.Table:
    fields = [pa.field(name, kind, metadata={"about": about}) for name, (kind, about) in columns.items()]
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table(
        [pa.array(_sound(list(each)), kind) for each, (kind, _) in zip(values, columns.values(), strict=True)],
        schema=pa.schema(fields),
    )


def _sound(value: Any) -> Any:
    """The value with half surrogates, which UTF-8 has no place for, made question marks."""
    if isinstance(value, list):
        return [_sound(each) for each in value]
    if isinstance(value, dict):
        return {key: _sound(each) for key, each in value.items()}
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _entry(entry: Entry, story: Story) -> Row:
    article = entry.article
    days = (day(article.published), day(entry.earliest), day(entry.latest))
    counts = (len(entry.captures), len(article.text.split()))
    roles = (entry.id == story.asked, entry.id in story.first)
    return (entry.id, entry.number, article.outlet, article.title, article.url, *days, *counts, *roles)


def _passages(story: Story) -> Iterator[Row]:
    texts = {entry.id: entry.article.text for entry in story.entries}
    for link in story.derivations:
        for each in link.passages:
            yield (
                link.earlier,
                link.later,
                each.kind,
                each.words,
                each.likeness,
                each.quoted,
                each.other_quoted,
                _spans(each.spans),
                _spans(each.other_spans),
                words_of(each.spans, texts.get(link.earlier, "")),
                words_of(each.other_spans, texts.get(link.later, "")),
                list(each.reasons),
            )


def _derivation(link: Derivation) -> Row:
    chances = (link.later_from_earlier, link.earlier_from_later, link.common, link.unknown)
    shared = (len(link.passages), sum(passage.words for passage in link.passages))
    shares = (link.earlier_share, link.later_share)
    counts = (len(link.citations), len(link.changes))
    return (link.earlier, link.later, link.way, *chances, *shared, *shares, *counts, list(link.reasons))


def _changes(story: Story) -> Iterator[Row]:
    texts = {entry.id: entry.article.text for entry in story.entries}
    for link in story.derivations:
        for each in link.changes:
            yield (
                link.earlier,
                link.later,
                each.kind,
                each.message,
                words_of(each.before, texts.get(link.earlier, "")),
                words_of(each.after, texts.get(link.later, "")),
                _spans(each.before),
                _spans(each.after),
                each.firmer,
                list(each.reasons),
            )


def _spans(spans: Spans) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]


def day(value: str | None) -> date | None:
    """The day that a date begins with; None where it is none.

    >>> day("2024-05-03T08:00:00Z"), day("May")
    (datetime.date(2024, 5, 3), None)
    """
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
