"""What stands in a text but is not the article: comment forms, share bars, lists of links, notices.

Precision comes first. A rule takes a whole line or nothing, most rules only at the edges of the text or where
several such lines stand together, and a line that looks like prose ends every list. The rules are data, each with
its source and with lines that it must and must not take: words/residue.toml.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, NamedTuple

from sayso import words
from sayso.model import Residue, Span, Spans, merged

LONGEST_LINE = 300  # code points; a longer line is prose, whatever it begins with
LONGEST_LIST = 15  # lines that a list of links can take
_PROSE_WORDS = 12  # with a full stop at the end; more than twice as many are prose without one too
_PROSE_LENGTH = 150  # code points; for scripts that put no spaces between words
_STOPS = (".", "!", "?", "…", ".”", '."', ".’", "!”", "?”", '?"', '!"', ".)", "»", ":")

Place = Literal["anywhere", "edge", "tail", "never"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of words/residue.toml."""

    reason: str
    match: re.Pattern[str]
    alone: Place
    list: bool
    source: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Line(NamedTuple):
    """A line that is not blank: where it starts in the text, its words without the white space around them."""

    start: int
    words: str
    rule: Rule | None = None


class Cut(NamedTuple):
    """A text without its residue, the residue with the positions where it stood, and the stretches cut out."""

    text: str
    residue: tuple[Residue, ...]
    gone: Spans = ()

    def moved(self, position: int) -> int:
        """Where a position in the text as it was is in the text as it is now."""
        before = sum(min(span.end, position) - span.start for span in self.gone if span.start < position)
        return min(position - before, len(self.text))


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are tried."""
    return tuple(
        Rule(
            entry["reason"],
            re.compile("|".join(f"(?:{one})" for one in entry["match"]), re.IGNORECASE),
            entry["alone"],
            entry.get("list", False),
            entry["source"],
            tuple(entry["yes"]),
            tuple(entry["no"]),
        )
        for entry in words.load("residue")["rule"]
    )


def rule_for(line: str) -> Rule | None:
    """The rule that a line matches, wherever it stands.

    >>> rule_for("Your Email Address").reason
    'comment form'
    >>> rule_for("Share this: the burden has to be carried by all.")
    """
    if len(line) > LONGEST_LINE or not line or not _any().fullmatch(line):
        return None
    return None if _stays(line) else next(rule for rule in rules() if rule.match.fullmatch(line))


def cut(text: str) -> Cut:
    r"""The text without its residue. What is left is not changed, but for the white space behind a cut at the end.

    >>> clean = cut("The road was closed on Monday.\n\nYour Name\nYour Email Address")
    >>> clean.text, [(part.text, part.reason, part.position) for part in clean.residue][1:]
    ('The road was closed on Monday.', [('Your Email Address', 'comment form', 30)])
    """
    lines = list(_lines(text))
    taken = _taken(lines)
    if not taken:
        return Cut(text, ())
    return _without(text, lines, taken)


def is_prose(line: str) -> bool:
    """Whether a line reads like a paragraph of an article and not like a heading, a label or a link.

    >>> is_prose("Officials said on Monday that the road to the coast would stay closed until Friday.")
    True
    """
    count = len(line.split(None, 2 * _PROSE_WORDS + 1))
    return count > 2 * _PROSE_WORDS or len(line) > _PROSE_LENGTH or (count >= _PROSE_WORDS and line.endswith(_STOPS))


@cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule.match.pattern})" for rule in rules()), re.IGNORECASE)


def _stays(line: str) -> bool:
    return len(line) <= LONGEST_LINE and bool(_keep().fullmatch(line))


@cache
def _keep() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in words.load("residue")["keep"]), re.IGNORECASE)


def _lines(text: str) -> Iterator[Line]:
    """The lines that are not blank, each with its rule if it stands by itself.

    In a text that is broken at a column, a short line may be the end of a sentence: it stands by itself only
    where the line before it ends a sentence, or a blank line or other residue is between them.
    """
    start, open_before = 0, False
    for row in text.split("\n"):
        line = row.strip()
        if not line:
            open_before = False
        else:
            rule = None if open_before and line[0].islower() else rule_for(line)
            yield Line(start + row.index(line[0]), line, rule)
            open_before = rule is None and len(line) > 40 and not line.endswith(_STOPS)
        start += len(row) + 1


def _taken(lines: Sequence[Line]) -> dict[int, str]:
    """Which lines are residue (by index), and why."""
    prose = [index for index, line in enumerate(lines) if line.rule is None and is_prose(line.words)]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    taken: dict[int, str] = {}
    for start, end in _runs(lines):
        edge = end <= first or start > last
        for index in range(start, end):
            rule = lines[index].rule
            if rule and (end - start > 1 or _may_stand_alone(rule, edge=edge, tail=start > last)):
                taken[index] = rule.reason
    return taken | _links(lines, last)


def _may_stand_alone(rule: Rule, *, edge: bool, tail: bool) -> bool:
    return rule.alone == "anywhere" or (rule.alone == "edge" and edge) or (rule.alone == "tail" and tail)


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """First and last index (exclusive) of neighbouring lines that all match some rule."""
    start: int | None = None
    for index, line in enumerate((*lines, Line(0, ""))):
        if line.rule is not None:
            start = index if start is None else start
        elif start is not None:
            yield start, index
            start = None


def _links(lines: Sequence[Line], last: int) -> dict[int, str]:
    """The lists of links: a heading and the lines below it that look like links, at the end or before more prose."""
    found: dict[int, str] = {}
    for index, line in enumerate(lines):
        if line.rule is None or not line.rule.list:
            continue
        end = index + 1
        while end < len(lines) and end - index <= LONGEST_LIST and _is_link(lines[end]):
            end += 1
        if end > index + 1 or index > last:
            found |= dict.fromkeys(range(index, end), line.rule.reason)
    return found


def _is_link(line: Line) -> bool:
    return not (
        is_prose(line.words) or _stays(line.words) or line.words.endswith((".", ":", ";", ",", ".”", '."', ".)"))
    )


def _without(text: str, lines: Sequence[Line], taken: dict[int, str]) -> Cut:
    gone: list[Span] = []
    residue: list[Residue] = []
    lost = 0
    for index, line in enumerate(lines):
        if index in taken:
            end = lines[index + 1].start if index + 1 < len(lines) else len(text)
            residue.append(Residue(line.words, taken[index], line.start - lost))
            gone.append(Span(line.start, end))
            lost += end - line.start
    spans = merged(gone)
    starts = (0, *(span.end for span in spans))
    ends = (*(span.start for span in spans), len(text))
    left = "".join(text[start:end] for start, end in zip(starts, ends, strict=True))
    if spans[-1].end == len(text):  # the white space between the article and a form below it goes with the form
        left = left.rstrip()
    return Cut(left, tuple(replace(part, position=min(part.position, len(left))) for part in residue), spans)
