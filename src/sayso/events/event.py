"""What an event is, and how one of the index is given out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, in the words of the table that says so.

    `date` is an ISO day and `text` one line. `category` is the table's, `source` the table's name; both may be empty.
    """

    date: str
    text: str
    category: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of the index with its terms, by which it is compared (`terms.terms` of its text)."""

    event: Event
    terms: frozenset[str]
