"""What a person should look at, and what could not be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sayso.model.span import Spans

Severity = Literal["high", "medium", "low"]

# The kinds of finding that are about the article's own date, or about a day that its text gives.
ABOUT_DATES = frozenset({"conflicting dates", "several dates", "changed late"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at, in one sentence, with the passages and the evidence it rests on.

    `about` has the ids of the annotations behind it. `years` are, for a finding about the article's own date, the one
    or two years that fit better, the best one first.
    """

    kind: str
    severity: Severity
    message: str
    spans: Spans
    evidence: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def by_severity(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with the highest first, and otherwise in their order."""
    return tuple(sorted(findings, key=lambda finding: ("high", "medium", "low").index(finding.severity)))


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that Sayso could not tell, and why."""

    kind: str
    message: str
    spans: Spans = ()
