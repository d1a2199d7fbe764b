"""Feeds: each item is an article. What an item links to is not fetched."""

from collections.abc import Iterator
from dataclasses import replace

from sayso.reading import feed
from sayso.reading.collections.record import Opened, Record


def records(opened: Opened) -> Iterator[Record]:
    """The items of a feed. Raises ReadingError where it has none, or is broken."""
    raw = opened.whole()
    for address, data in feed.items(raw):
        if opened.next():
            # The feed's own address is no item's: without a link an item has none.
            item = replace(raw, name=opened.name("item", address), data=data, url=None)
            yield opened.record(replace(item, content_type="application/xml", charset="utf-8"))
