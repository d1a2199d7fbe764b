"""What an article says of its own age: when it came out for the first time, and that it is more than so many years old.

Words and their sources: words/datelines.toml, [first_published] and [age].
"""

import re
from collections.abc import Iterator
from functools import cache

from sayso import words
from sayso.model import DateCandidate, Residue, Span
from sayso.reading import dates
from sayso.words.days import age_notice

AGE = "notice of its age"
LONGEST_LINE = 200  # code points of a line that says when an article came out and little else
_NEAR = 60  # code points between the words and the day: "on our sister site, the Isles Gazette, on"


def first_published(text: str) -> Iterator[DateCandidate]:
    """The days in the sentences of a text that say when it came out for the first time.

    >>> [one.value for one in first_published("This story was originally published September 5, 2018, 3:15 PM.")]
    ['2018-09-05T15:15:00']
    """
    for match in _sentence().finditer(text):
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        if end - match.start() > LONGEST_LINE:
            continue
        found = next(dates.find(text, match.end(), end), None)
        if found and found.start - match.end() <= _NEAR:
            span = Span(match.start("words"), found.end)
            yield DateCandidate(found.value, "visible text", "published", span.of(text), (span,))


def age(page_text: str, text: str) -> list[Residue]:
    """The notice of a page that its article is old, where the article's text does not have it."""
    match = age_notice(page_text)
    return [Residue(match[0], AGE, 0)] if match and not age_notice(text) else []


@cache
def _sentence() -> re.Pattern[str]:
    sentence = words.load("datelines")["first_published"]["sentence"]
    return re.compile(rf"^\W{{0,5}}(?P<words>{sentence})", re.IGNORECASE | re.MULTILINE)
