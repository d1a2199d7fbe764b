"""What the processes of the desk do. Each call and what it is given can be sent to another process."""

from dataclasses import dataclass

from sayso.errors import ReadingError
from sayso.model import Analysis

LONGEST = 300_000
"""Characters of a text that somebody waits for; a longer one is added to the library, where nobody has to."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read: an address or a text."""

    address: str | None = None
    text: str | None = None
    name: str = "pasted text"


def pasted(given: str) -> Asked:
    """What somebody pasted: an address, if it is one and nothing else. Raises ReadingError for nothing and too much.

    >>> pasted("https://news.example/a").address, pasted("A fire, see https://news.example/a").address
    ('https://news.example/a', None)
    """
    given = given.strip()
    if not given:
        raise ReadingError("nothing", "paste the text of a report, or its address")
    if len(given) > LONGEST:
        told = f"it has {len(given):,} characters, and {LONGEST:,} are read at once; add it to the library as a file"
        raise ReadingError("pasted text", told)
    if given.lower().startswith(("http://", "https://")) and len(given.split()) == 1:
        return Asked(address=given)
    return Asked(text=given)


def analysed(asked: Asked) -> Analysis:
    """The analysis of an address or a text. Raises SaysoError."""
    from sayso import pipeline  # noqa: PLC0415 - in the worker

    if asked.address is not None:
        return pipeline.analyse(pipeline.read(asked.address))
    return pipeline.analyse(pipeline.read((asked.text or "").encode("utf-8", "replace"), name=asked.name))
