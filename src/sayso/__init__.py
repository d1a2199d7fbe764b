"""Sayso: on whose say-so? Shows what each statement in a news report rests on.

>>> import sayso
>>> article = sayso.read(b"IDLEB, SANA \\xe2\\x80\\x93 Officials said on Monday that the road was open.", name="wire")
>>> article.outlet
'SANA'
"""

from typing import TYPE_CHECKING, Any

from sayso.errors import AnalysisError, ReadingError, SaysoError
from sayso.model import (
    Actor,
    Analysis,
    Anonymity,
    Article,
    Attribution,
    Capture,
    Carrier,
    Chain,
    Change,
    Circle,
    Citation,
    Claim,
    Content,
    Cue,
    DateCandidate,
    Derivation,
    Entry,
    Exhibit,
    Finding,
    Gap,
    Link,
    Listing,
    Mention,
    Origin,
    Origins,
    Passage,
    Quantity,
    Residue,
    Source,
    Span,
    Story,
    StoryFinding,
    TimeExpression,
    TimeReading,
    Wording,
)
from sayso.reporting import notebook

if TYPE_CHECKING:
    from sayso.annotating.tagger import RawAttribution
    from sayso.corpus.adding import Added
    from sayso.corpus.store import Corpus
    from sayso.pipeline import analyse, analyse_many, dates, read, read_many, tag
    from sayso.words.outlets import listings

__all__ = [
    "Actor",
    "Added",
    "Analysis",
    "AnalysisError",
    "Anonymity",
    "Article",
    "Attribution",
    "Capture",
    "Carrier",
    "Chain",
    "Change",
    "Circle",
    "Citation",
    "Claim",
    "Content",
    "Corpus",
    "Cue",
    "DateCandidate",
    "Derivation",
    "Entry",
    "Exhibit",
    "Finding",
    "Gap",
    "Link",
    "Listing",
    "Mention",
    "Origin",
    "Origins",
    "Passage",
    "Quantity",
    "RawAttribution",
    "ReadingError",
    "Residue",
    "SaysoError",
    "Source",
    "Span",
    "Story",
    "StoryFinding",
    "TimeExpression",
    "TimeReading",
    "Wording",
    "analyse",
    "analyse_many",
    "dates",
    "listings",
    "read",
    "read_many",
    "tag",
]


def __getattr__(name: str) -> Any:
    """The calls that load libraries, and the version, only when they are asked for: `import sayso` stays quick."""
    if name in {"analyse", "analyse_many", "dates", "read", "read_many", "tag"}:
        from sayso import pipeline  # noqa: PLC0415

        return getattr(pipeline, name)
    if name == "listings":
        from sayso.words.outlets import listings  # noqa: PLC0415

        return listings
    if name == "Corpus":
        from sayso.corpus.store import Corpus  # noqa: PLC0415

        return Corpus
    if name == "Added":
        from sayso.corpus.adding import Added  # noqa: PLC0415

        return Added
    if name == "RawAttribution":
        from sayso.annotating.tagger import RawAttribution  # noqa: PLC0415

        return RawAttribution
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415

        return version("sayso")
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")


notebook.install()
