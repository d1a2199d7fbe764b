"""What is taken away: analyses with people's corrections in them, and stories."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version

from sayso.errors import SaysoError
from sayso.library.correcting import Corrected
from sayso.model import Analysis, Origins, Story
from sayso.model.correction import Correction

_HALVES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Kept:
    """An analysis as it is taken away: people's corrections are in it.

    `standing` are the corrections that stand, by the id of the annotation that each is about (`wording 3` is the fourth
    wording), `rejected` those by which something is not there, `unplaced` those whose thing this reading did not find.
    `version` is Sayso's that made the reading.
    """

    analysis: Analysis
    standing: Mapping[str, Correction] = field(default_factory=dict)
    unplaced: tuple[Correction, ...] = ()
    version: str = ""
    rejected: tuple[Correction, ...] = ()

    @classmethod
    def of(cls, corrected: Corrected, version: str) -> "Kept":
        """What the library gives of an article, to be exported."""
        return cls(corrected.analysis, corrected.standing, corrected.unplaced, version, corrected.rejected)

    @property
    def corrections(self) -> dict[str, tuple[Correction, ...]]:
        """All corrections, each once, by what became of them: "stands", "taken out" or "not found"."""
        stands = tuple({each.id: each for each in self.standing.values()}.values())
        return {"stands": stands, "taken out": self.rejected, "not found": self.unplaced}


@dataclass(frozen=True, slots=True)
class Told:
    """A story as it is taken away, with the origins of a claim of it where those were asked for."""

    story: Story
    origins: Origins | None = None


def kept(items: Iterable[Kept | Analysis | SaysoError]) -> Iterator[Kept]:
    """Each with the version that made it; a bare analysis was made by this one. Raises an error that is among them."""
    for item in items:
        if isinstance(item, SaysoError):  # `analyse_many` gives some; an export without them would look whole
            raise item
        given = item if isinstance(item, Kept) else Kept(item)
        yield given if given.version else replace(given, version=own_version())


def told(given: Told | Story) -> Told:
    """A story with or without origins."""
    return given if isinstance(given, Told) else Told(given)


@cache
def own_version() -> str:
    """The version of Sayso that runs."""
    return version("sayso")


def sound(text: str) -> str:
    """The text with half surrogates, which no UTF-8 file can hold, replaced; its length stays.

    >>> sound("a\\ud800b")
    'a\ufffdb'
    """
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def calm(text: str) -> str:
    r"""The text with everything replaced that ends a line, steers a terminal or breaks XML, but line feeds and tabs.

    Its length stays, so that offsets do.

    >>> calm("a\x00b\r\nc")
    'a\ufffdb \nc'
    """
    return _CONTROLS.sub(lambda found: " " if found.group() in "\r\x0b\x0c\x85\u2028\u2029" else "\ufffd", text)
