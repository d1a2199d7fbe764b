"""Expressions of time in English news, each as the first and last day that it can mean.

Three steps: words get their classes (`tokens`), rules over classes match (`grammar`, with all its knowledge in
`words/times.toml`), resolvers say what a match means (`resolve`). What the words leave open is counted from the
publication date, and the reasons say so: old stories under new dates show exactly there.

The values are those of TimeML's TIMEX3 (Pustejovsky et al. 2003; ISO 24617-1).
"""

from datetime import date

from sayso.annotating.times import days, grammar, tenses
from sayso.annotating.times.grammar import Match
from sayso.annotating.times.reading import Memory, Reading, Scene, Told
from sayso.annotating.times.resolve import RESOLVERS
from sayso.annotating.times.tokens import Tokens
from sayso.model import Span, TimeExpression, TimeReading

__all__ = ["find"]


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
    memory = Memory(day)
    behind = 0
    for match in candidates:
        if match.first < behind:
            continue
        scene = scene_of(text, tokens, match, day, memory)
        reading = RESOLVERS[match.rule.resolver](scene)
        if reading is None:
            continue
        behind = match.last
        span = Span(tokens.starts[match.first], tokens.ends[match.last - 1])
        found.append(as_time(f"t{len(found) + 1}", span, reading))
        memory = memory.after(Told(found[-1].id, scene.words, reading, match.first))
    return tuple(found)


def scene_of(text: str, tokens: Tokens, match: Match, published: date | None, memory: Memory) -> Scene:
    words = " ".join(text[tokens.starts[match.first] : tokens.ends[match.last - 1]].split())
    before = tokens.words[match.first - 1] if match.first else ""
    after = tokens.words[match.last] if match.last < len(tokens.words) else ""
    name = match.last < len(tokens.words) and text[tokens.starts[match.last]].isupper()
    sentence = tenses.around(tokens.words, match.first, match.last)
    return Scene(words, match.slots, match.first, before, after, published, sentence, memory, name)


def as_time(name: str, span: Span, reading: Reading) -> TimeExpression:
    first, last = reading.days
    every = reading.others if reading.value is None else (reading, *reading.others)  # 03/04/2023: none is chosen
    return TimeExpression(
        id=name,
        spans=(span,),
        value=reading.value,
        earliest=first.isoformat() if first else None,
        latest=last.isoformat() if last else None,
        granularity=reading.granularity,
        anchor=reading.anchor,
        reasons=reading.reasons,
        readings=tuple(map(as_reading, every)) if reading.others else (),
    )


def as_reading(reading: Reading) -> TimeReading:
    first, last = reading.days
    return TimeReading(
        value=reading.value,
        earliest=first.isoformat() if first else None,
        latest=last.isoformat() if last else None,
        reason=reading.reasons[0],
    )
