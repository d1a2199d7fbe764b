"""How the articles of a story are called: by their outlet and day, the asked one as "this article"."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal
from urllib.parse import urlsplit

from sayso.model import Entry
from sayso.reporting.labels import plain_day, shortened

THIS = "this article"
UNDATED = "no date"
Order = Literal["earlier", "later", "untold"]


class Names:
    """The names of articles; those of one outlet are told apart by their days, their titles, and then by numbers."""

    def __init__(self, entries: Iterable[Entry], asked: str | None = None) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self.asked = asked
        self._places = {key: place for place, key in enumerate(self.entries)}
        self._own, self._days = _told_apart(self.entries)

    def own(self, key: str) -> str:
        """The name of an article, the asked one's, too; an article that is not at hand is called by its id."""
        return self._own.get(key, f"article {key}")

    def of(self, key: str, *, begins: bool = False) -> str:
        """What an article is called in a sentence; `begins`: the sentence begins with it."""
        return (THIS.capitalize() if begins else THIS) if key == self.asked else self.own(key)

    def dated(self, key: str, *, begins: bool = False) -> str:
        """What it is called in a sentence, with its day."""
        name = self.of(key, begins=begins)
        told = key not in self.entries or (key in self._days and key != self.asked)
        return name if told else f"{name} ({day(self.entries[key])})"

    def has_day(self, key: str) -> bool:
        """Whether its day is part of its name."""
        return key in self._days

    def place(self, key: str) -> int:
        """Which of the articles it is, from 0 in the order of the story; one that is not at hand comes last."""
        return self._places.get(key, len(self._places))

    def anchor(self, key: str) -> str | None:
        """The anchor of its row in the table of articles."""
        return f"a{self._places[key] + 1}" if key in self._places else None

    def order(self, one: str, other: str) -> Order:
        """Whether the one is older than the other by their dates, or newer, or the dates do not tell."""
        if one not in self.entries or other not in self.entries:
            return "untold"
        return order(self.entries[one], self.entries[other])

    def oldest(self, keys: Sequence[str]) -> list[str]:
        """Those of some articles than which none of them is older by its dates."""
        ends = [end for key in keys if key in self.entries and (end := self.entries[key].latest)]
        least = min(ends, default="9999")
        return [key for key in keys if key not in self.entries or (self.entries[key].earliest or "") <= least]


def order(one: Entry, other: Entry) -> Order:
    """Whether the one is older than the other whatever day of its possible ones is true.

    >>> from sayso.model import Article
    >>> article = Article("id", "a.txt", "", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> order(Entry(article, 0, "2024-05-02", "2024-05-04"), Entry(article, 1, "2024-05-05", None))
    'earlier'
    >>> order(Entry(article, 0, "2024-05-02", "2024-05-04"), Entry(article, 1, "2024-05-04", None))
    'untold'
    """
    if one.latest and other.earliest and one.latest < other.earliest:
        return "earlier"
    if one.earliest and other.latest and other.latest < one.earliest:
        return "later"
    return "untold"


def day(entry: Entry) -> str:
    """When an article was published, as far as it is known: its day where that is among the possible ones.

    >>> from sayso.model import Article
    >>> article = Article("id", "a.txt", "", "hash", "2024-10-20T08:00:00Z", "text/plain", published="2024-05-03")
    >>> day(Entry(article, 0, "2024-05-02", "2024-05-04")), day(Entry(article, 0, None, "2018-04-01"))
    ('3 May 2024', 'by 1 April 2018')
    """
    first, last, given = entry.earliest, entry.latest, (entry.article.published or "")[:10]
    if given and (first is None or first <= given) and (last is None or given <= last) and (first or last):
        return plain_day(given)
    if first and last:
        return plain_day(first) if first == last else f"{plain_day(first)} to {plain_day(last)}"
    return f"by {plain_day(last)}" if last else f"{plain_day(first)} or later" if first else UNDATED


def _told_apart(entries: dict[str, Entry]) -> tuple[dict[str, str], set[str]]:
    """A name for each article that no other has, and the ids of those that have their day in it."""
    bases = {key: outlet(entry) for key, entry in entries.items()}
    days = {key: f" of {day(entry)}".replace(f" of {UNDATED}", ", undated") for key, entry in entries.items()}
    with_day = {key: f"{bases[key]}{days[key]}" for key in entries}
    with_title = {key: f"{bases[key]} “{shortened(entry.article.title or '', 40)}”" for key, entry in entries.items()}
    names: dict[str, str] = {}
    for ways in (bases, with_day, with_title):
        counts = Counter(ways.values())
        names = {key: ways[key] for key in ways if counts[ways[key]] == 1} | names
    used = Counter(names.values())
    for key in entries:
        if key not in names:
            used[bases[key]] += 1
            names[key] = f"{bases[key]} ({used[bases[key]]})"
    return names, {key for key in with_day if names[key] == with_day[key]}


def outlet(entry: Entry) -> str:
    """Who published an article: its outlet, else its site, else what it was read from."""
    article = entry.article
    try:
        site = urlsplit(article.url or "").hostname
    except ValueError:
        site = None
    return shortened(article.outlet or site or article.input.rsplit("/", 1)[-1] or article.id, 60)
