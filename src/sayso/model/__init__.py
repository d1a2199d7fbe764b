"""The names that everything else is told in: frozen data and nothing else."""

from sayso.model.analysis import Analysis
from sayso.model.annotations import (
    Actor,
    Anonymity,
    Attribution,
    Certainty,
    Claim,
    Content,
    Cue,
    Listing,
    Mention,
    Quantity,
    Source,
    SourceKind,
    TimeExpression,
    TimeReading,
    Wording,
)
from sayso.model.article import Article, DateCandidate, Residue
from sayso.model.chain import Chain, Link
from sayso.model.finding import Finding, Gap
from sayso.model.span import Span, Spans, covered, merged, words_of

__all__ = [
    "Actor",
    "Analysis",
    "Anonymity",
    "Article",
    "Attribution",
    "Certainty",
    "Chain",
    "Claim",
    "Content",
    "Cue",
    "DateCandidate",
    "Finding",
    "Gap",
    "Link",
    "Listing",
    "Mention",
    "Quantity",
    "Residue",
    "Source",
    "SourceKind",
    "Span",
    "Spans",
    "TimeExpression",
    "TimeReading",
    "Wording",
    "covered",
    "merged",
    "words_of",
]
