"""Dated knowledge that the user loads: events of one sentence each, in an index on disk."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sayso.events.event import Entry, Event

if TYPE_CHECKING:
    from sayso.events.fitting import YearFit
    from sayso.events.store import Events

__all__ = ["Entry", "Event", "fit", "opened"]


def opened() -> "Events | None":
    """The user's index of events, or None where nothing was imported (see `store.opened`)."""
    from sayso.events import store  # noqa: PLC0415 - the database is loaded where it is asked for

    return store.opened()


def fit(month: int, day: int, terms: Iterable[str], spread: int = 0) -> "list[YearFit]":
    """Which years fit a day without a year and terms beside it (see `fitting.fit`); none where nothing was imported."""
    from sayso.events import fitting  # noqa: PLC0415

    found = opened()
    return fitting.fit(found, month, day, terms, spread) if found else []
