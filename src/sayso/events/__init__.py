"""Dated knowledge that the user loads: events of one sentence each, in an index on disk."""

from typing import TYPE_CHECKING

from sayso.events.event import Entry, Event

if TYPE_CHECKING:
    from sayso.events.store import Events

__all__ = ["Entry", "Event", "opened"]


def opened() -> "Events | None":
    """The user's index of events, or None where nothing was imported (see `store.opened`)."""
    from sayso.events import store  # noqa: PLC0415 - the database is loaded where it is asked for

    return store.opened()
