"""The months that a report may be of, as one axis that all evidence is laid on."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

Curve = NDArray[np.float64]
"""A value for every month of the axis."""
Flags = NDArray[np.bool_]

FIRST_YEAR, LAST_YEAR = 2000, 2049
COUNT = 12 * (LAST_YEAR - FIRST_YEAR + 1)
NUMBERS = np.arange(COUNT)
YEARS = FIRST_YEAR + NUMBERS // 12
_UNIX = date(1970, 1, 1).toordinal()


def of(day: date) -> int:
    """The place of a day's month on the axis; outside of it, a number below 0 or from `COUNT` on.

    >>> of(date(2000, 1, 31)), of(date(2018, 4, 14))
    (0, 219)
    """
    return 12 * (day.year - FIRST_YEAR) + day.month - 1


def of_ordinals(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of many days, given as proleptic Gregorian ordinals."""
    since = (days - _UNIX).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return since - 12 * (FIRST_YEAR - 1970)


def days_of_year(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Month and day of many days, given as proleptic Gregorian ordinals, as one number: 414 is 14 April.

    >>> int(days_of_year(np.array([date(2018, 4, 14).toordinal()]))[0])
    414
    """
    at = (days - _UNIX).astype("datetime64[D]")
    month = at.astype("datetime64[M]")
    return np.asarray((month.astype(np.int64) % 12 + 1) * 100 + (at - month).astype(np.int64) + 1)


def empty() -> Curve:
    return np.zeros(COUNT)


def between(first: date | None, last: date | None) -> Flags:
    """The months from one day's to another's; an open end is None.

    >>> int(between(date(2018, 4, 14), date(2018, 6, 1)).sum())
    3
    """
    return ((of(first) if first else -1) <= NUMBERS) & ((of(last) if last else COUNT) >= NUMBERS)


def spread(curve: Curve, back: int) -> Curve:
    """For each month the sum of this month and `back` months before it."""
    total = np.concatenate([[0.0], np.cumsum(curve)])
    return np.asarray(total[1:] - total[np.clip(NUMBERS - back, 0, COUNT)])


def with_last(curve: Curve) -> Curve:
    """For each month the larger of this month and the one before it."""
    return np.asarray(np.maximum(curve, np.concatenate([[0.0], curve[:-1]])))
