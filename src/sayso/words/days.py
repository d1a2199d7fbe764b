"""What is known of days as pages give them: which of them mean nothing, and how a page says that it is old."""

import re
from functools import cache

from sayso import words


def is_placeholder(day: str) -> bool:
    """Whether a day (ISO 8601) is one that software writes where it knows none: it proves nothing.

    >>> is_placeholder("1970-01-01"), is_placeholder("2018-09-05T00:00:00Z")
    (True, False)
    """
    table = words.load("datelines")["placeholders"]
    return day[:10] in table["days"] or int(day[:4]) < table["earliest_year"]


def age_notice(text: str) -> re.Match[str] | None:
    """Where a text says of itself how old it is at least, as `number` and `unit` ("year" or "month").

    >>> age_notice("This article is more than 6 years old")["number"]
    '6'
    """
    return _age().search(text)


@cache
def _age() -> re.Pattern[str]:
    return re.compile(words.load("datelines")["age"]["notice"], re.IGNORECASE)
