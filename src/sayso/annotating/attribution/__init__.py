"""Who says what: source, cue and content of every attribution, nested ones included.

The trained tagger finds the outermost attributions. Rules over the parse find what its training data does not mark:
whom a report relays ("SANA, citing unnamed sources, reported"), statements inside statements, and those that nobody
is named for ("stands accused of"). Where both find the same, the rule's reason stands beside the probability.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from sayso.annotating import tagger
from sayso.annotating.attribution import rules
from sayso.annotating.attribution.statement import Statement, parents_of
from sayso.annotating.overlaps import Overlaps
from sayso.annotating.tagger import RawAttribution
from sayso.model import Certainty, Span, Spans

__all__ = ["Statement", "find", "parents_of"]

CERTAIN, LIKELY = 0.95, 0.6


def find(doc: Doc, threshold: float | None = None) -> tuple[Statement, ...]:
    """Every attribution of a parsed text, in the order of the text.

    `threshold` is the least probability (0 to 1) of the tagger's attributions; without it, the one at which F1 was
    best on held-out articles. What rules alone find has no probability and is not touched by it.

    >>> from sayso.annotating.language import parse
    >>> text = "The mayor said that the bridge was safe."
    >>> [(s.source[0].of(text), s.content[0].of(text)) for s in find(parse(text))]
    [('The mayor', 'that the bridge was safe')]
    """
    by_rule = rules.find(doc)
    relay_cues = Overlaps((span, True) for s in by_rule if s.within for span in s.cue)
    heads = {s.head: s for s in by_rule if not s.within}
    learned = [
        _learned(doc, raw, heads)
        for raw in tagger.find(doc.text, threshold)
        if not any(relay_cues.of(Span(*pair)) for pair in raw.cue)
    ]
    return tuple(sorted([*learned, *_beside(by_rule, learned)], key=lambda s: (s.cue, s.source)))


def _learned(doc: Doc, raw: RawAttribution, heads: dict[int, Statement]) -> Statement:
    """The tagger's attribution with what the parse adds: the cue's main word, a rule's reasons, who was told."""
    source, cue, content = (tuple(Span(*pair) for pair in pairs) for pairs in (raw.source, raw.cue, raw.content))
    head = _head(doc, cue, heads)
    rule = heads.get(head)
    certainty: Certainty = "unclear" if raw.probability < LIKELY else "likely"
    if raw.probability >= CERTAIN and rule is not None:
        certainty = "certain"
    reasons = (f"the trained tagger gives it a probability of {raw.probability:.2f}", *(rule.reasons if rule else ()))
    told = rule.told if rule is not None and not any(t.overlaps(s) for t in rule.told for s in source) else ()
    return Statement(source, cue, content or cue, certainty, reasons, told, (), head, raw.probability)


def _head(doc: Doc, cue: Spans, heads: dict[int, Statement]) -> int:
    """The cue's main word: the one that a rule knows, or the highest in the parse."""
    tokens = [t for start, end in cue for t in doc.char_span(start, end, alignment_mode="expand") or ()]
    known = [t.i for t in tokens if t.i in heads]
    if known or not tokens:
        return known[0] if known else -1
    inside = {t.i for t in tokens}
    return next((t.i for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[0].i)


def _beside(by_rule: Sequence[Statement], learned: Sequence[Statement]) -> Iterator[Statement]:
    """The rules' statements that the tagger was not trained to find."""
    cues = Overlaps((span, s) for s in learned for span in s.cue)
    contents = Overlaps((span, s) for s in learned for span in s.content)
    relayed = {s.within for s in by_rule if s.within}
    ruled = {s.cue: s for s in by_rule if not s.within}
    for statement in by_rule:
        if statement.within:
            yield _relay(statement, ruled.get(statement.within), [s for w in statement.within for s in cues.of(w)])
        elif any(cues.of(span) for span in statement.cue):
            continue
        elif any(contents.of(span) for span in statement.cue) or not statement.source or statement.cue in relayed:
            yield statement


def _relay(relay: Statement, rule: Statement | None, learned: Sequence[Statement]) -> Statement:
    """A relay hung on the tagger's reading of the statement that it stands in, with that one's content."""
    if not learned:
        return relay
    same = rule is not None and rule.content == relay.content
    return replace(relay, within=learned[0].cue, content=learned[0].content if same else relay.content)
