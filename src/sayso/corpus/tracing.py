"""What of one article stands elsewhere in a corpus, as a story.

Who had it from whom is not judged yet: each pair is told with its passages and its dates, and its way is "unclear".
"""

from collections.abc import Sequence

from sayso.corpus import alignment, search
from sayso.corpus.adding import key_of
from sayso.corpus.alignment import Worded
from sayso.corpus.days import interval
from sayso.corpus.snapshot import Snapshot
from sayso.corpus.tokens import tokens
from sayso.model import Article, Capture, Derivation, Entry, Gap, Passage, Story

_NOT_JUDGED = "Who had it from whom is not judged yet: only the days between which each was published are compared."


def trace(there: Snapshot, asked: Article | Entry, limit: int) -> Story:
    """The story of an article: those of the corpus that share passages with it, by their days."""
    entry = asked if isinstance(asked, Entry) else _entry(there, asked)
    article = entry.article
    found = search.candidates(there, article.text, article.outlet, limit, entry.number)
    text = Worded.of(article.text)
    pairs = [
        (other, shared)
        for other in there.entries(sorted(found.numbers))
        if (shared := alignment.passages(text, Worded.of(other.article.text)))
    ]
    entries = sorted([entry, *(other for other, _ in pairs)], key=_day)
    gaps = [Gap("direction", _NOT_JUDGED)] if pairs else []
    if found.left:
        gaps.append(Gap("limit", f"{found.left} more articles share less with it and were not laid beside it."))
    return Story(
        asked=entry.id,
        entries=tuple(entries),
        first=_first(entries),
        derivations=tuple(_derivation(entry, other, shared, text) for other, shared in pairs),
        gaps=tuple(gaps),
        left=found.left,
    )


def _entry(there: Snapshot, article: Article) -> Entry:
    """The article as the corpus has it, or as one that is not in it."""
    number = there.number_of(key_of(article))
    if number is not None:
        return there.entry(number)
    return Entry(article, None, *interval(article), (Capture(article.captured, article.input, article.url),))


def _day(entry: Entry) -> tuple[str, str, str]:
    """By the middle of the days that are possible; those without a first day last."""
    return (entry.earliest or "9999", entry.latest or "9999", entry.id)


def _first(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Those that may have been first: published before any other must have been."""
    latest = min((entry.latest for entry in entries if entry.latest and entry.earliest), default=None)
    return tuple(entry.id for entry in entries if latest is None or entry.earliest is None or entry.earliest <= latest)


def _derivation(entry: Entry, other: Entry, shared: Sequence[Passage], text: Worded) -> Derivation:
    is_first = _day(entry) <= _day(other)
    earlier, later = (entry, other) if is_first else (other, entry)
    passages = tuple(shared) if is_first else tuple(_turned(one) for one in shared)
    words = sum(one.words for one in shared)
    own = min(1.0, words / max(1, len(text.words)))
    others = min(1.0, words / max(1, len(tokens(other.article.text))))
    return Derivation(
        earlier.id,
        later.id,
        later_from_earlier=0.0,
        earlier_from_later=0.0,
        common=0.0,
        unknown=1.0,
        way="unclear",
        passages=passages,
        earlier_share=own if is_first else others,
        later_share=others if is_first else own,
        reasons=(_dates(earlier, later),),
    )


def _turned(passage: Passage) -> Passage:
    return Passage(
        passage.other_spans,
        passage.spans,
        passage.kind,
        passage.words,
        passage.likeness,
        passage.other_quoted,
        passage.quoted,
        passage.reasons,
    )


def _dates(earlier: Entry, later: Entry) -> str:
    if earlier.latest is None or later.earliest is None or earlier.earliest is None:
        return "One of the two has no date of publication, so that nothing tells which was first."
    if earlier.latest < later.earliest:
        return f"One was published by {earlier.latest}, the other not before {later.earliest}, if both dates are right."
    return "The days on which the two may have been published overlap, so that the dates do not tell which was first."
