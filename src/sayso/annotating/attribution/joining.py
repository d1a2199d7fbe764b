"""One reading of what the trained tagger and the rules find.

The tagger finds the outermost attributions. Rules over the parse find what its training data does not mark: whom a
report relays ("SANA, citing unnamed sources, reported"), statements inside statements, and those that nobody is named
for ("stands accused of"). Where both find the same, the rule's reason stands beside the probability.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from sayso.annotating import clauses, kinds, media, naming, tagger
from sayso.annotating.attribution import printing, rules
from sayso.annotating.attribution.statement import Statement
from sayso.annotating.overlaps import Overlaps, by_span
from sayso.annotating.tagger import RawAttribution
from sayso.model import Certainty, Span, Spans, covered
from sayso.words.quotations import quotations

CERTAIN, LIKELY, CONFIRMED = 0.95, 0.6, 0.15
"""Probabilities: certain if a rule agrees, likely, and kept below the usual threshold if a rule agrees."""


def find(doc: Doc, threshold: float | None = None) -> tuple[Statement, ...]:
    """Every attribution of a parsed text, in the order of the text.

    `threshold` is the least probability (0 to 1) of the tagger's attributions; without it, the one at which F1 was
    best on held-out articles. What rules alone find has no probability and is not touched by it.

    >>> from sayso.annotating.language import parse
    >>> text = "The mayor said that the bridge was safe."
    >>> [(s.source[0].of(text), s.content[0].of(text)) for s in find(parse(text))]
    [('The mayor', 'that the bridge was safe')]
    """
    text = doc.text  # put together anew at every use
    quotes = by_span(quotations(text))
    by_rule = rules.find(doc)
    learned = _relaying(doc, [_inside_paragraph(text, s, quotes) for s in _learned(doc, by_rule, threshold)])
    beside = [_inside_quotation(s, quotes) for s in _beside(doc, by_rule, learned)]
    printed = printing.find(doc, [*learned, *beside])
    found = _without_who_stands_around(text, rules.passed_on(doc, [*learned, *beside, *printed]))
    return rules.with_running_quotations(text, found, quotes)


def _without_who_stands_around(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """Statements without the "according to police" at their end, which says on whose word all of them is told.

    "The mayor said that the dam was safe, according to police": the parser hangs the end on what the mayor said, and
    the police would speak on the mayor's word instead of the other way round.
    """
    kept = list(statements)
    contents = Overlaps((s.content[-1], n) for n, s in enumerate(statements) if s.content)
    for around in statements:
        if not around.cue or not around.source or not around.content:
            continue
        first = min(around.cue[0].start, around.source[0].start)
        last = max(around.cue[-1].end, around.source[-1].end)
        for n in contents.of(around.cue[0]):
            inner = kept[n]
            end = inner.content[-1]
            if (
                inner is not around
                and inner.cue
                and inner.cue[0].start < first
                and covered(inner.cue, around.content) == 1
                and end.start < first
                and end.end <= last
            ):
                cut = Span(end.start, end.start + len(text[end.start : first].rstrip(" ,")))
                kept[n] = replace(inner, content=(*inner.content[:-1], cut))
    return kept


def _learned(doc: Doc, by_rule: Sequence[Statement], threshold: float | None) -> Iterator[Statement]:
    """The tagger's attributions, with what the rules know of them."""
    relay_cues = Overlaps((span, True) for s in by_rule if s.within or s.construction == "relay" for span in s.cue)
    heads = {s.head: s for s in by_rule if not s.within}
    usual = tagger.shipped().calibration.threshold
    least, confirmed = (usual, min(CONFIRMED, usual)) if threshold is None else (threshold, threshold)
    for raw in tagger.find(doc.text, confirmed):
        cue = _spans(raw.cue)
        head = _head(doc, cue, heads)
        rule = heads.get(head)
        if any(relay_cues.of(span) for span in cue) or (
            head >= 0 and (rules.is_asked(doc[head]) or rules.is_no_speech(doc[head]))
        ):
            continue
        heard = head >= 0 and rules.is_hearing(doc[head])
        if heard or (rule is not None and not rule.source and rules.is_bystander(doc[head])):
            raw = replace(raw, source=[])  # noqa: PLW2901
        if heard:
            rule = None
        if raw.probability >= least or (rule is not None and rule.source):
            statement = _with_hearers(doc, _with_subject(doc, _described(raw, head, rule)))
            statement = _with_others(doc, _with_document(doc, statement))
            if statement.content and not (
                _only_asked(doc, statement) or _asks_not_to_be_named(doc, statement) or _is_done_to(doc, statement)
            ):
                yield statement


def _with_subject(doc: Doc, statement: Statement) -> Statement:
    """The statement with its verb's own subject for a source, where the tagger found none.

    "X is a fake, Anna Berg has told the Echo": without a source the subject is taken for a part of what is told.
    """
    if statement.source or statement.head < 0 or not rules.reports(doc[statement.head]):
        return statement
    if rules.is_hearing(doc[statement.head]):
        reason = "“heard” tells that somebody said it to the court, and not who (without naming who says so)"
        return replace(statement, reasons=(*statement.reasons, reason), construction="agentless")
    verb = doc[statement.head]
    subject = next((t for t in verb.children if t.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ in {"it", "there", "that", "which", "this"} or clauses.is_passive(verb):
        return statement
    source = clauses.noun_phrase(subject)
    content = {t.i for s in statement.content for t in doc.char_span(*s, alignment_mode="expand") or ()} - source
    told = rules.hearers(verb)
    if not content - told:
        return statement
    reasons = (*statement.reasons, f"“{subject.text}” is the subject of “{verb.text}”")
    return replace(
        statement,
        source=clauses.spans_of(doc, source),
        content=clauses.spans_of(doc, content - told),
        told=clauses.spans_of(doc, told),
        reasons=reasons,
    )


def _relaying(doc: Doc, learned: Sequence[Statement]) -> list[Statement]:
    """The tagger's "citing a dock worker" made what it is: whom the statement beside it rests on.

    Where there is none in its sentence, somebody is named as a source of nothing in particular, and it goes.
    """
    kept: list[Statement] = []
    for statement in learned:
        verb = doc[statement.head] if statement.head >= 0 else None
        what = doc.char_span(*statement.content[0], alignment_mode="expand") if statement.content else None
        nominal = what is not None and what.root.pos_ in {"NOUN", "PROPN"} and rules.is_somebody(what.root)
        if verb is None or what is None or not nominal or not rules.relays(verb):
            kept.append(statement)
            continue
        sentence = Span(verb.sent.start_char, verb.sent.end_char)
        beside = [
            s for s in learned if s is not statement and s.source == statement.source and s.cue[0].overlaps(sentence)
        ]
        for other in beside[:1]:
            reasons = (f"“{verb.text}” names whom the report rests on",)
            for noun in rules.members(what.root):
                source = clauses.spans_of(doc, rules.without_others(what.root, noun) & clauses.noun_phrase(noun))
                cue = clauses.spans_of(doc, {verb.i})
                kept.append(Statement(source, cue, other.content, "likely", reasons, within=other.cue, head=verb.i))
    return kept


def _with_document(doc: Doc, statement: Statement) -> Statement:
    """The statement with all of "a poll by the institute Sondex" for a source, where only the maker was found."""
    source = doc.char_span(*statement.source[0], alignment_mode="expand") if statement.source else None
    if source is None or not any(c.end <= source.start_char for c in statement.content):
        return statement
    n = source.start - 1
    while n > max(source.sent.start, source.start - 8) and doc[n].pos_ in {"DET", "ADJ", "NOUN", "PROPN"}:
        if kinds.by_head().get(doc[n].lemma_.lower()) == "document":
            break
        n -= 1
    by = n if doc[n].lower_ in {"by", "from"} else -1
    paper = by - 1
    if by < 1 or kinds.by_head().get(doc[paper].lemma_.lower()) != "document" or doc[paper].pos_ != "NOUN":
        return statement
    first = doc[paper].left_edge.i if doc[paper].left_edge.i >= paper - 5 else paper
    whole = Span(doc[first].idx, statement.source[0].end)
    content = tuple(Span(c.start, min(c.end, whole.start)) for c in statement.content if c.start < whole.start)
    content = tuple(_without_edge(doc, c) for c in content)
    return replace(statement, source=(whole, *statement.source[1:]), content=content or statement.content)


def _with_others(doc: Doc, statement: Statement) -> Statement:
    """The statement with all of "the United States, Britain, and France" for a source, of whom the last was found."""
    source = doc.char_span(*statement.source[0], alignment_mode="expand") if statement.source else None
    if source is None or source.root.dep_ != "conj" or source.root.head.i >= source.start:
        return statement
    first = source.root
    while first.dep_ == "conj" and first.head.i < first.i:
        first = first.head
    numbers = clauses.noun_phrase(first)
    if first.dep_ != "nsubj" or first.pos_ not in {"NOUN", "PROPN"} or max(numbers) != source.end - 1:
        return statement
    spans = clauses.spans_of(doc, numbers)
    if any(a.overlaps(b) for a in spans for b in (*statement.cue, *statement.content)):
        return statement
    return replace(statement, source=spans)


def _without_edge(doc: Doc, span: Span) -> Span:
    """A span without the space and the comma at its end."""
    words_ = doc.char_span(*span, alignment_mode="expand")
    while words_ is not None and len(words_) > 1 and (words_[-1].is_space or words_[-1].text == ","):
        words_ = words_[:-1]
    return Span(span.start, words_.end_char) if words_ is not None else span


def _with_hearers(doc: Doc, statement: Statement) -> Statement:
    """The statement with whom it was told to, where no rule found the same cue."""
    if statement.told or statement.head < 0 or clauses.is_passive(doc[statement.head]):
        return statement
    told = clauses.spans_of(doc, rules.hearers(doc[statement.head]))
    if any(t.overlaps(s) for t in told for s in (*statement.source, *statement.content, *statement.cue)):
        return statement
    return replace(statement, told=told)


def _described(raw: RawAttribution, head: int, rule: Statement | None) -> Statement:
    """An attribution of the tagger's, with the words of the rule that found the same cue where it knows better."""
    source, cue, content = _spans(raw.source), _spans(raw.cue), _spans(raw.content)
    reasons: tuple[str, ...] = (f"the trained tagger gives it a probability of {raw.probability:.2f}",)
    if rule is None:
        return Statement(source, cue, content, _certainty(raw, agreed=False), reasons, (), (), head, raw.probability)
    if rule.construction == "agentless":
        source, cue, content = (), rule.cue, ()  # who "stands accused" has not said so
    if (
        rule.construction == "turn"
        or any(s.overlaps(c) for s in source for c in rule.content)
        or _begins_late(content, rule)
    ):
        content = ()  # all of a turn is the speaker's; in "accused by two clerks of theft" the parse knows better
    if not content or (
        covered(source, rule.source) == 1 and not any(t.overlaps(s) for t in content for s in rule.source)
    ):
        source = rule.source or source
    source, content = source or rule.source, content or rule.content
    told = () if any(t.overlaps(s) for t in rule.told for s in source) else rule.told
    certainty = _certainty(raw, agreed=True)
    reasons = (*reasons, *rule.reasons)
    return Statement(
        source, cue, content, certainty, reasons, told, (), head, raw.probability, construction=rule.construction
    )


def _spans(pairs: Sequence[tuple[int, int]]) -> Spans:
    return tuple(Span(*pair) for pair in pairs)


def _is_done_to(doc: Doc, statement: Statement) -> bool:
    """Whether its source is the one to whom a thing is done: "a man has been charged with murder"."""
    verb = doc[statement.head] if statement.head >= 0 else None
    if verb is None or not clauses.is_passive(verb) or verb.lemma_.lower() in rules.TELLING or rules.relays(verb):
        return False
    subject = clauses.child(verb, "nsubjpass")
    return subject is not None and any(s.start <= subject.idx < s.end for s in statement.source)


def _asks_not_to_be_named(doc: Doc, statement: Statement) -> bool:
    """Whether it is about the source's own name: "who asked not to be identified". That is no statement."""
    spans = sorted((*statement.cue, *statement.content))
    told = " ".join(str(doc.char_span(*span, alignment_mode="expand") or "") for span in spans[:4])
    return naming.is_about_naming(told)


def _only_asked(doc: Doc, statement: Statement) -> bool:
    """Whether the content is a question to the source: "Asked whether the dam was safe, Berg shrugged"."""
    first = doc.char_span(*statement.content[0], alignment_mode="expand")
    return first is not None and rules.is_asked(first[0])


def _begins_late(content: Spans, rule: Statement) -> bool:
    """Whether a rule's clause before the verb ends where the tagger's one run ends, and begins before it."""
    if len(content) != 1 or rule.construction != "fronted" or len(rule.content) != 1:
        return False
    return abs(content[0].end - rule.content[0].end) <= 1 and rule.content[0].start < content[0].start


def _inside_paragraph(text: str, statement: Statement, quotes: Overlaps[Span]) -> Statement:
    """The statement without a source in another paragraph than its cue's, or contents there that nobody quotes.

    A heading has no full stop, and the tagger takes it for the beginning of what follows.
    """
    if statement.construction == "turn" or not statement.cue:
        return statement
    begins, ends = _paragraph(text, statement.cue)
    content = tuple(
        part
        for span in statement.content
        for part in ((span,) if quotes.of(span) else (Span(max(span.start, begins), min(span.end, ends)),))
        if part.start < part.end
    )
    source = tuple(s for s in statement.source if begins <= s.start and s.end <= ends)
    return replace(statement, content=content or statement.content, source=source)


def _inside_quotation(statement: Statement, quotes: Overlaps[Span]) -> Statement:
    """A rule's statement that is told in a quotation, without what stands outside of it.

    The parser hangs '"My brother told me they came," Anna Berg told the Echo' together as it likes.
    """
    around = [q for span in statement.cue[:1] for q in quotes.of(span) if q.contains(span)]
    if not around or statement.within:
        return statement
    inside = tuple(
        Span(max(s.start, around[0].start), min(s.end, around[0].end))
        for s in statement.content
        if s.overlaps(around[0])
    )
    source = tuple(s for s in statement.source if s.overlaps(around[0]))
    return replace(statement, content=inside or statement.content, source=source)


def _paragraph(text: str, cue: Spans) -> tuple[int, int]:
    """Where the paragraph of a cue begins and ends. Where there are blank lines, a single break is a wrapped line."""
    gap = "\n\n" if "\n\n" in text else "\n"
    ends = text.find(gap, cue[-1].end)
    return text.rfind(gap, 0, cue[0].start) + 1, ends if ends >= 0 else len(text)


def _certainty(raw: RawAttribution, *, agreed: bool) -> Certainty:
    if agreed and raw.probability >= CERTAIN:
        return "certain"
    return "likely" if raw.probability >= LIKELY or (agreed and raw.probability >= CONFIRMED) else "unclear"


def _head(doc: Doc, cue: Spans, heads: dict[int, Statement]) -> int:
    """The cue's main word: the one that a rule knows, or the highest in the parse."""
    tokens = [t for start, end in cue for t in doc.char_span(start, end, alignment_mode="expand") or ()]
    known = [t.i for t in tokens if t.i in heads]
    if known or not tokens:
        return known[0] if known else -1
    inside = {t.i for t in tokens}
    return next((t.i for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[0].i)


def _in_source(statement: Statement, sources: Overlaps[Span]) -> bool:
    """Whether a rule's cue stands in another's source: "a statement read out by a lawyer said"."""
    return bool(statement.source) and all(any(s.contains(c) for s in sources.of(c)) for c in statement.cue)


def _wraps(doc: Doc, statement: Statement, learned: Overlaps[Statement]) -> bool:
    """Whether a medium reports what another says: "The dam is safe, the mayor told reporters, the agency reported"."""
    who = doc.char_span(*statement.source[0], alignment_mode="expand") if statement.source else None
    if who is None or statement.construction != "fronted":
        return False
    if doc[statement.head].lemma_.lower() in {"say", "tell", "report"} and not any(
        learned.of(s) for s in statement.content
    ):
        return True
    return media.outlet_in(who.text) is not None or any(media.is_medium(t) for t in who)


def _beside(doc: Doc, by_rule: Sequence[Statement], learned: Sequence[Statement]) -> Iterator[Statement]:
    """The rules' statements that the tagger was not trained to find."""
    cues = Overlaps((span, s) for s in learned for span in s.cue)
    contents = Overlaps((span, s) for s in learned for span in s.content)
    sources = by_span(span for s in learned for span in s.source)
    relayed = {s.within for s in by_rule if s.within}
    ruled = {s.cue: s for s in by_rule if not s.within}
    for statement in by_rule:
        if statement.within:
            yield _relay(statement, ruled.get(statement.within), [s for w in statement.within for s in cues.of(w)])
        elif any(cues.of(span) for span in statement.cue) or _in_source(statement, sources):
            continue
        elif (
            statement.certainty == "certain"
            or any(contents.of(span) for span in statement.cue)
            or not statement.source
            or statement.cue in relayed
            or statement.construction in {"turn", "figure"}
            or _wraps(doc, statement, contents)
        ):
            yield statement


def _relay(relay: Statement, rule: Statement | None, learned: Sequence[Statement]) -> Statement:
    """A relay hung on the tagger's reading of the statement that it stands in, with that one's content."""
    if not learned:
        return relay
    same = rule is not None and rule.content == relay.content
    return replace(relay, within=learned[0].cue, content=learned[0].content if same else relay.content)
