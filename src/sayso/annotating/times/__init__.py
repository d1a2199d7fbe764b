"""Expressions of time in English news, each as the first and last day that it can mean.

Three steps: words get their classes (`tokens`), rules over classes match (`grammar`, with all its knowledge in
`words/times.toml`), resolvers say what a match means (`resolve`). What the words leave open is counted from the
publication date, and the reasons say so: old stories under new dates show exactly there.

The values are those of TimeML's TIMEX3 (Pustejovsky et al. 2003; ISO 24617-1).
"""

from datetime import date

from sayso.annotating.times import days, grammar
from sayso.annotating.times.classes import BREAK
from sayso.annotating.times.grammar import Match
from sayso.annotating.times.reading import Reading, Scene, Tense
from sayso.annotating.times.resolve import RESOLVERS
from sayso.annotating.times.tokens import Tokens, table
from sayso.model import Span, TimeExpression

__all__ = ["find"]

SENTENCE_ENDS = frozenset(".!?;") | {BREAK}
FARTHEST = 25  # words to look at for the tense


def find(text: str, published: str | None) -> tuple[TimeExpression, ...]:
    """The expressions of time in a text, in its order, counted from the day it was published (ISO 8601) where needed.

    >>> for time in find("On Tuesday they met. It began in March 2011.", "2024-10-20"):
    ...     print(time.id, time.spans[0].of("On Tuesday they met. It began in March 2011."), time.earliest, time.latest)
    t1 Tuesday 2024-10-15 2024-10-15
    t2 March 2011 2011-03-01 2011-03-31
    """
    tokens, candidates = grammar.matches(text)
    day = days.parsed(published)
    found: list[TimeExpression] = []
    context: Reading | None = None
    behind = 0
    for match in candidates:
        if match.first < behind:
            continue
        reading = RESOLVERS[match.rule.resolver](scene_of(text, tokens, match, day, context))
        if reading is None:
            continue
        behind = match.last
        span = Span(tokens.starts[match.first], tokens.ends[match.last - 1])
        found.append(as_time(f"t{len(found) + 1}", span, reading))
        if reading.days[0] and reading.days[1]:
            context = reading
    return tuple(found)


def scene_of(text: str, tokens: Tokens, match: Match, published: date | None, context: Reading | None) -> Scene:
    words = " ".join(text[tokens.starts[match.first] : tokens.ends[match.last - 1]].split())
    before = tokens.words[match.first - 1] if match.first else ""
    after = tokens.words[match.last] if match.last < len(tokens.words) else ""
    name = match.last < len(tokens.words) and text[tokens.starts[match.last]].isupper()
    return Scene(words, match.slots, before, after, published, tense_at(tokens, match), context, name)


def tense_at(tokens: Tokens, match: Match) -> Tense:
    """Past or future by the nearest verb before the expression in its sentence, else by the nearest behind it."""
    for index in range(match.first - 1, max(-1, match.first - FARTHEST), -1):
        if tokens.words[index] in SENTENCE_ENDS:
            break
        if found := tense_of(tokens.words[index]):
            helpers = tokens.words[max(0, index - 3) : index]  # "will be tried" is no past
            return "future" if "future" in map(tense_of, helpers) else found
    for index in range(match.last, min(len(tokens.words), match.last + FARTHEST)):
        if tokens.words[index] in SENTENCE_ENDS:
            break
        if found := tense_of(tokens.words[index]):
            return found
    return None


def tense_of(word: str) -> Tense:
    if word in table()["words"]["future"]:
        return "future"
    if word in table()["words"]["past"] or (word.endswith("ed") and len(word) > 3):
        return "past"
    return None


def as_time(name: str, span: Span, reading: Reading) -> TimeExpression:
    first, last = reading.days
    return TimeExpression(
        id=name,
        spans=(span,),
        value=reading.value,
        earliest=first.isoformat() if first else None,
        latest=last.isoformat() if last else None,
        granularity=reading.granularity,
        anchor=reading.anchor,
        reasons=reading.reasons,
    )
