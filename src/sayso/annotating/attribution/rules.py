"""Who says what by rules over the parse: reporting verbs, nouns, passives, relays, transcripts.

Rules find what the trained tagger's data does not have, and give its findings a reason in words. The constructions
are those of PolNeAR's annotation guidelines (Newell et al., LREC 2018); the words are in words/cues.toml.
"""

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from sayso import words
from sayso.annotating import clauses, kinds
from sayso.annotating.attribution.statement import Statement
from sayso.annotating.overlaps import Overlaps, by_span
from sayso.model import Span, Spans, covered, merged
from sayso.words.quotations import quotations

TELLING = frozenset({"tell", "inform", "assure", "remind", "notify", "advise", "warn"})
SHORTEST = 25  # code points of a quotation that can run on by itself; a shorter one is a phrase
LONGEST_SAYING = 25  # code points between two parts of a quotation ("the mayor went on.")
BEFORE = "the clause before it"
BESIDE_VERB = {"prep", "dobj", "oprd", "xcomp", "advcl", "dative", "attr", "acomp", "ccomp", "pobj"}


@cache
def verb_frames() -> dict[str, frozenset[str]]:
    """For each reporting verb the constructions in which it reports."""
    frames: dict[str, set[str]] = {}
    for entry in words.load("cues")["verbs"]:
        for lemma in entry["lemmas"]:
            frames.setdefault(lemma, set()).update(entry["frames"])
    return {lemma: frozenset(found) for lemma, found in frames.items()}


def reports(verb: Token) -> bool:
    """Whether a verb can report words, and not only what somebody does, plans or asks for ("is in talks to sell").

    >>> from sayso.annotating.language import parse
    >>> [reports(token) for token in parse("Berg said that Norbank had rebuffed it.") if token.pos_ == "VERB"]
    [True, False]
    """
    lemma = verb.lemma_.lower()
    context = words.load("cues")["context"]
    known = verb_frames().get(lemma, frozenset()) - {"infinitive"}
    return (
        bool(known)
        or lemma in _relaying_verbs()
        or lemma in context["figures"]["verbs"]
        or lemma in context["learning"]
    )


def relays(verb: Token) -> bool:
    """Whether a verb passes on what another says: "cites", "quoting"."""
    return verb.lemma_.lower() in _relaying_verbs()


def is_somebody(noun: Token) -> bool:
    """Whether a noun tells of people, bodies or papers that can be a source."""
    return noun.pos_ == "PROPN" or noun.lemma_.lower() in kinds.by_head()


@cache
def lemmas(table: str) -> frozenset[str]:
    """The lemmas of a table of words/cues.toml ("nouns", "adverbs")."""
    return frozenset(lemma for entry in words.load("cues")[table] for lemma in entry["lemmas"])


def find(doc: Doc) -> tuple[Statement, ...]:
    """The attributions that rules find in a parsed text, in the order of the text, nested ones included.

    >>> from sayso.annotating.language import parse
    >>> text = "The mayor said that the bridge was safe."
    >>> [(s.source[0].of(text), s.content[0].of(text)) for s in find(parse(text))]
    [('The mayor', 'that the bridge was safe')]
    """
    text = doc.text  # put together anew at every use
    quotes = by_span(quotations(text))
    found = [statement for token in doc for statement in _at(doc, token, quotes)]
    found += _speakers(doc, text)
    return tuple(_once(found))


def _at(doc: Doc, token: Token, quotes: Overlaps[Span]) -> Iterator[Statement]:
    """The attributions whose cue is this token."""
    lemma = token.lemma_.lower()
    if token.pos_ in {"VERB", "AUX"} and lemma in verb_frames():
        yield from _verb(doc, token, verb_frames()[lemma], quotes)
    elif token.pos_ in {"NOUN", "PROPN"} and lemma in lemmas("nouns"):
        yield from _noun(doc, token)
    elif lemma in lemmas("adverbs"):
        yield from _adverb(doc, token)
    if token.lower_ == "according":
        yield from _according(doc, token)
    if lemma in _relaying_verbs() and token.pos_ == "VERB":
        yield from _relaying(doc, token)
    if lemma in words.load("cues")["context"]["learning"] and token.pos_ == "VERB":
        yield from _learning(doc, token)
    if lemma in words.load("cues")["context"]["figures"]["verbs"] and token.pos_ == "VERB":
        yield from _figures(doc, token)


def _verb(doc: Doc, verb: Token, frames: frozenset[str], quotes: Overlaps[Span]) -> Iterator[Statement]:
    """A reporting verb with what it reports."""
    if verb.dep_ == "pcomp" and verb.head.head.lemma_ in _relaying_verbs() and verb in _saying(verb.head.head):
        return  # "quoted as saying": the quoting tells whose words they are
    if clauses.is_passive(verb):
        if "passive" in frames or ("clause" in frames and clauses.child(verb, "ccomp") is not None):
            yield from _passive(doc, verb)
        return
    if frames == {"passive"} or clauses.is_infinitive(verb) or is_no_speech(verb):
        return  # "to stage an attack and accuse the army": nobody has said so
    content, why = _content(verb, frames, quotes)
    if not content:
        return
    who = _speaker(verb, quotes)
    source = clauses.noun_phrase(who) - content if who is not None else set()
    cue = clauses.cue_words(verb) - content
    told = hearers(verb)
    content -= cue | source | told
    if not source and not any(quotes.of(span) for span in clauses.spans_of(doc, content)):
        return  # without a source or a quotation nothing shows that anybody speaks
    reasons: tuple[str, ...] = (f"the verb “{verb.text}” reports {why}",)
    if not source:
        reasons += ("no source was found for it",)
    yield Statement(
        clauses.spans_of(doc, source),
        clauses.spans_of(doc, cue),
        clauses.spans_of(doc, content),
        "likely" if source else "unclear",
        reasons,
        clauses.spans_of(doc, told),
        head=verb.i,
        construction="fronted" if why == BEFORE else "",
    )


def _speaker(verb: Token, quotes: Overlaps[Span]) -> Token | None:
    """Who says it: the verb's subject; behind a quotation also the noun after the verb ('"No," said Anna Berg')."""
    around = quotes.of(Span(verb.idx, verb.idx + 1))
    outside = [t for t in verb.children if quotes.of(Span(t.idx, t.idx + 1)) == around]
    subject = next((t for t in outside if t.dep_ in clauses.SUBJECTS), None)
    if subject is None and _follows_quotation(verb, quotes):
        behind = (t for t in outside if t.i > verb.i and t.pos_ in {"NOUN", "PROPN", "PRON"})
        subject = next((t for t in behind if t.dep_ in {"dobj", "npadvmod", "oprd", "attr"}), None)
        if subject is not None:
            return subject
    return clauses.subject(verb) if subject is None or subject.lower_ in clauses.RELATIVE else subject


def _follows_quotation(verb: Token, quotes: Overlaps[Span]) -> bool:
    """Whether a quotation ends just before the verb, with a space and perhaps a comma between."""
    return any(q.end <= verb.idx for q in quotes.of(Span(max(0, verb.idx - 3), verb.idx)))


def _content(verb: Token, frames: frozenset[str], quotes: Overlaps[Span]) -> tuple[set[int], str]:
    """What a verb reports, as token numbers, and in which construction."""
    if "clause" in frames and (found := _clause(verb))[0]:
        return found
    infinitive = clauses.child(verb, "xcomp")
    if "infinitive" in frames and infinitive is not None and clauses.child(infinitive, "aux") is not None:
        return clauses.subtree(infinitive), "an intention"
    if "object" in frames and (thing := clauses.child(verb, "dobj", "oprd")) is not None and thing.i > verb.i:
        parts = [t for t in verb.rights if t.dep_ in BESIDE_VERB and t.i >= thing.i]
        return set().union(*(clauses.subtree(t) for t in parts)), "its object"
    for preposition in (t for t in verb.rights if t.dep_ == "prep" and t.lower_ in frames):
        return clauses.subtree(preposition) - {preposition.i}, f"what follows “{preposition.text}”"
    return (_quoted_beside(verb, quotes), "a quotation") if "clause" in frames else (set(), "")


def _clause(verb: Token) -> tuple[set[int], str]:
    """The clause that a verb of saying reports: behind it, before it or around it."""
    clause = clauses.child(verb, "ccomp")
    if clause is None and verb.dep_ == "parataxis":
        return clauses.subtree(verb.head, [verb]), "the clause around it"
    if clause is not None and clause.i < verb.i:
        return _fronted(verb, clause), BEFORE
    if clause is not None:
        return set().union(*(clauses.subtree(t) for t in verb.rights if t.dep_ == "ccomp")), "a clause"
    return set(), ""


def _fronted(verb: Token, clause: Token) -> set[int]:
    """'"We won," she said, "and it was fun."': all of the sentence but the words of the saying."""
    own = [
        t
        for t in verb.children
        if t.i > clause.i and t.dep_ in {"advcl", "prep", "npadvmod", "advmod", "dobj", "dative"}
    ]
    saying = clauses.cue_words(verb).union(*(clauses.subtree(t) for t in own))
    return clauses.subtree(clause) - saying


def _quoted_beside(verb: Token, quotes: Overlaps[Span]) -> set[int]:
    """A quotation that begins just behind the verb, or ends just before it or its subject."""
    sentence = verb.sent
    for quote in quotes.of(Span(sentence.start_char, sentence.end_char)):
        inside = {t.i for t in sentence if quote.start <= t.idx < quote.end}
        if len(inside) > 3 and verb.i not in inside and (min(abs(verb.i - n) for n in inside) <= 3):
            return inside
    return set()


def _passive(doc: Doc, verb: Token) -> Iterator[Statement]:
    """ "Is accused of", "was seen leaving": said of somebody, by whom the text need not tell."""
    if verb.lemma_ in words.load("cues")["context"]["questions"]:
        return  # "asked whether the dam was safe": nothing is said yet
    by = clauses.agent(verb)
    what = clauses.child(verb, "ccomp", "xcomp", "oprd") or _accusation(verb) or (by and _accusation(by))
    if what is None and by is not None and verb.lemma_.lower() in words.load("cues")["context"]["publishing"]:
        subject = clauses.child(verb, "nsubjpass")  # "the talks were first reported by Kommersant"
        what = subject
    if what is None:
        return
    # "It is believed that", "she was told that": the subject is nobody, or the hearer, and no part of what is said.
    subject = clauses.child(verb, "nsubjpass") if what.dep_ != "ccomp" else None
    source = clauses.noun_phrase(by) - clauses.subtree(what) if by is not None else set()
    content = clauses.subtree(what) | (clauses.noun_phrase(subject) if subject is not None else set())
    why = "names who says so" if source else "does not name who says so (agentless passive)"
    yield Statement(
        clauses.spans_of(doc, source),
        clauses.spans_of(doc, clauses.cue_words(verb)),
        clauses.spans_of(doc, content - source - clauses.cue_words(verb)),
        "certain" if source and verb.lemma_ in TELLING and what.dep_ == "ccomp" else "likely",
        (f"the passive “{verb.text}” {why}",),
        clauses.spans_of(doc, _heard(verb)),
        head=verb.i,
        construction="" if source else "agentless",
    )


def _accusation(head: Token) -> Token | None:
    """What somebody is accused of, suspected of, seen as: a preposition behind the verb, or behind who says so."""
    return next((t for t in head.rights if t.dep_ == "prep" and t.lower_ in {"of", "as", "about"}), None)


def _noun(doc: Doc, noun: Token) -> Iterator[Statement]:
    """ "Her claim that the road was open", "rumours that"."""
    clause = next(
        (t for t in noun.children if t.dep_ in {"acl", "ccomp"} and clauses.child(t, "mark") is not None), None
    )
    if clause is None or clauses.child(clause, "mark").lower_ != "that":  # type: ignore[union-attr]
        return
    owner = clauses.child(noun, "poss") or _author(noun)
    source = (
        clauses.noun_phrase(owner) - {t.i for t in owner.subtree if t.tag_ == "POS"} if owner is not None else set()
    )
    yield Statement(
        clauses.spans_of(doc, source),
        clauses.spans_of(doc, {noun.i}),
        clauses.spans_of(doc, clauses.subtree(clause)),
        "likely",
        (f"the noun “{noun.text}” {'with the one who says it' if source else 'names nobody who says it'}",),
        head=noun.i,
    )


def _author(noun: Token) -> Token | None:
    """Who is behind a noun: "a claim by the developer", "reports in two newspapers" (but not "in May")."""
    for preposition in (t for t in noun.rights if t.dep_ == "prep" and t.lower_ in {"by", "from", "in"}):
        who = clauses.child(preposition, "pobj")
        if who is not None and (preposition.lower_ != "in" or who.ent_type_ not in {"DATE", "TIME", "GPE", "LOC"}):
            return who
    return None


def _adverb(doc: Doc, adverb: Token) -> Iterator[Statement]:
    """ "Reportedly": the outlet says that somebody says so, not who."""
    clause = clauses.clause_root(adverb.head)
    content = clauses.subtree(clause) - {adverb.i}
    yield Statement(
        (),
        clauses.spans_of(doc, {adverb.i}),
        clauses.spans_of(doc, content),
        "likely",
        (f"“{adverb.text}” reports without naming who says so",),
        head=adverb.i,
    )


def _according(doc: Doc, token: Token) -> Iterator[Statement]:
    """ "According to the ministry, …"."""
    to = next((t for t in token.children if t.lower_ == "to"), None)
    who = clauses.child(to, "pobj") if to is not None else None
    if who is None or to is None:
        return
    source = clauses.noun_phrase(who)
    around = clauses.clause_root(token.head)
    content = clauses.subtree(around, [token])
    if around.i == token.i or not clauses.spans_of(doc, content):
        return
    yield Statement(
        clauses.spans_of(doc, source),
        clauses.spans_of(doc, {token.i, to.i}),
        clauses.spans_of(doc, content),
        "certain",
        ("“according to” names the source",),
        head=token.i,
    )


def _relaying(doc: Doc, verb: Token) -> Iterator[Statement]:
    """ "SANA, citing unnamed sources, reported"; "quoted the mayor as saying": the one whose words are passed on."""
    thing = clauses.child(verb, "dobj")
    saying = next(iter(_saying(verb)), None)
    if thing is None and saying is not None:
        yield from _quoted_as_saying(doc, verb, saying)
    if thing is None:
        return
    if saying is not None:
        yield from _cited_as_saying(doc, verb, thing, saying)
        return
    outer = _relayed_by(verb)
    governor = outer.head if outer is not None else verb.head if verb.dep_ in {"advcl", "acl"} else None
    if outer is not None and governor is not None and governor.dep_ == "prep":
        governor = governor.head
    while governor is not None and governor.pos_ not in {"VERB", "AUX"}:
        governor = governor.head if governor.head.i != governor.i else None
    content = _clause(governor)[0] if governor is not None else set()
    if governor is not None and not content:
        content = _object(governor, verb)
    if governor is not None and not content and governor.dep_ == "ccomp":  # hung on what is said instead of on "said"
        governor = governor.head
        content = _clause(governor)[0]
    if governor is None or not content:
        return
    content -= clauses.subtree(outer if outer is not None else verb)
    for member in members(thing):
        yield Statement(
            clauses.spans_of(doc, clauses.noun_phrase(member) & without_others(thing, member)),
            clauses.spans_of(doc, {verb.i}),
            clauses.spans_of(doc, content),
            "certain",
            (f"“{verb.text}” names whom the report rests on",),
            within=clauses.spans_of(doc, {outer.i} if outer is not None else clauses.cue_words(governor)),
            head=verb.i,
        )


def _relayed_by(verb: Token) -> Token | None:
    """The citing around a citing: "citing TASS, which in turn quoted officers"."""
    antecedent = verb.head if verb.dep_ == "relcl" else None
    outer = antecedent.head if antecedent is not None and antecedent.dep_ in {"dobj", "appos"} else None
    if outer is not None and outer.pos_ in {"NOUN", "PROPN"}:
        outer = outer.head
    return outer if outer is not None and outer.lemma_.lower() in _relaying_verbs() and outer.pos_ == "VERB" else None


def _object(governor: Token, verb: Token) -> set[int]:
    """What a reporting verb without a clause reports: "reported windows blown out, citing residents"."""
    frames = verb_frames().get(governor.lemma_.lower(), frozenset())
    figure = governor.lemma_.lower() in words.load("cues")["context"]["figures"]["verbs"]
    if not frames & {"clause", "object"} and not figure:
        return set()
    thing = clauses.child(governor, "dobj")
    return clauses.subtree(thing) - clauses.subtree(verb) if thing is not None else set()


def _learning(doc: Doc, verb: Token) -> Iterator[Statement]:
    """ "Has learned from an engineer that", "saying it had been told so by a colonel": whose word it is."""
    by = next((t for t in verb.rights if t.lower_ in {"from", "by"} and t.dep_ in {"prep", "agent"}), None)
    who = clauses.child(by, "pobj") if by is not None else None
    telling = verb.lemma_.lower() in TELLING
    if by is None or who is None or (by.lower_ == "by") != telling or telling != clauses.is_passive(verb):
        return
    clause = clauses.child(verb, "ccomp") or _clause_behind(who)
    said = clauses.subtree(clause) if clause is not None else _after_that(who)
    if said and not clauses.is_passive(verb):
        yield Statement(
            clauses.spans_of(doc, clauses.noun_phrase(who) - said),
            clauses.spans_of(doc, clauses.cue_words(verb)),
            clauses.spans_of(doc, said),
            "certain",
            (f"“{verb.text} {by.text}” names whose word it is",),
            clauses.spans_of(doc, _learner(verb)),
            head=verb.i,
            construction="relay",
        )
        return
    what = next((t for t in verb.children if t.lower_ in {"so", "this", "it", "that"} and t.dep_ != "mark"), None)
    saying = verb.head if verb.dep_ in {"ccomp", "xcomp"} else verb
    governor = saying.head if saying.dep_ in {"advcl", "xcomp", "pcomp", "prep"} else None
    content = _clause(governor)[0] if governor is not None and governor.pos_ in {"VERB", "AUX"} else set()
    if what is None or governor is None or not content - clauses.subtree(saying):
        return
    content -= clauses.subtree(saying)
    yield Statement(
        clauses.spans_of(doc, clauses.noun_phrase(who)),
        clauses.spans_of(doc, clauses.cue_words(verb)),
        clauses.spans_of(doc, content - clauses.subtree(verb)),
        "certain",
        (f"“{verb.text} {what.text} {by.text}” names whose word it is",),
        within=clauses.spans_of(doc, clauses.cue_words(governor)),
        head=verb.i,
    )


def _clause_behind(noun: Token) -> Token | None:
    """The clause that the parser hangs on who told it: "learned from an auditor that the group kept two books"."""
    for token in noun.subtree:
        if token.dep_ == "relcl" and token.i > noun.i:
            first = next(iter(token.subtree))
            subject = clauses.child(token, "nsubj", "nsubjpass", "expl")
            if first.lower_ == "that" and subject is not None and subject.i != first.i:
                return token
    return None


def _after_that(noun: Token) -> set[int]:
    """All from a "that" right behind who told it to the sentence's end, where the parser sees no clause there."""
    doc = noun.doc
    behind = noun.i + 1
    if behind >= len(doc) or doc[behind].lower_ != "that":
        return set()
    return {t.i for t in noun.sent if t.i >= behind and not (t.is_punct and t.i >= noun.sent.end - 2)}


def _learner(verb: Token) -> set[int]:
    """Who heard it: the subject, where it is somebody else than the one who says so."""
    hearer = clauses.child(verb, "nsubj")
    return clauses.noun_phrase(hearer) if hearer is not None and hearer.lower_ not in clauses.RELATIVE else set()


def _figures(doc: Doc, verb: Token) -> Iterator[Statement]:
    """ "Put the toll at three", "gave a higher toll of 31": a figure is told."""
    table = words.load("cues")["context"]["figures"]
    who = clauses.subject(verb)
    thing = clauses.child(verb, "dobj")
    if who is None or thing is None or clauses.is_infinitive(verb):
        return
    at = next((t for t in verb.subtree if t.i > thing.i and t.lower_ in {"at", "as", "nearer", "near", "above"}), None)
    told = at is not None if verb.lemma_.lower() == "put" else thing.lemma_.lower() in table["nouns"]
    number = any(t.like_num or t.pos_ == "NUM" or t.text in "$€£" for t in verb.subtree)
    source = clauses.noun_phrase(who)
    if not told or not number:
        return
    content = clauses.subtree(thing) | (clauses.subtree(at) if at is not None else set())
    yield Statement(
        clauses.spans_of(doc, source),
        clauses.spans_of(doc, clauses.cue_words(verb)),
        clauses.spans_of(doc, content - source),
        "likely",
        (f"“{verb.text}” tells a figure",),
        head=verb.i,
        construction="figure",
    )


def _cited_as_saying(doc: Doc, verb: Token, thing: Token, saying: Token) -> Iterator[Statement]:
    clause = clauses.child(saying, "ccomp")
    told = hearers(saying)
    content = clauses.subtree(clause) if clause is not None else clauses.subtree(saying) - {saying.i} - told
    content -= {n for n in content if doc[n].dep_ in {"npadvmod", "punct"} and doc[n].head.i == saying.i}
    content -= {
        m
        for t in saying.children
        if t.dep_ in {"npadvmod", "prep", "advmod"} and clause is None
        for m in clauses.subtree(t)
    }
    if not content:  # "The fire was out, TASS quoted a source as saying"
        content = _clause(verb)[0] - clauses.subtree(saying) - clauses.subtree(thing)
    yield Statement(
        clauses.spans_of(doc, clauses.noun_phrase(thing)),
        clauses.spans_of(doc, {saying.i}),
        clauses.spans_of(doc, content),
        "certain",
        (f"“{verb.text} … as {saying.text}” names whose words are passed on",),
        clauses.spans_of(doc, told),
        within=clauses.spans_of(doc, clauses.cue_words(verb)),
        head=saying.i,
    )


def _quoted_as_saying(doc: Doc, verb: Token, saying: Token) -> Iterator[Statement]:
    """ "The captain was quoted as saying that", with what is said behind it or before it."""
    who, clause = clauses.child(verb, "nsubjpass"), clauses.child(saying, "ccomp") or clauses.child(verb, "ccomp")
    if who is None or clause is None:
        return
    between = {t.i for t in verb.rights if t.lower_ == "as"}
    yield Statement(
        clauses.spans_of(doc, clauses.noun_phrase(who)),
        clauses.spans_of(doc, clauses.cue_words(verb) | between | {saying.i}),
        clauses.spans_of(doc, clauses.subtree(clause)),
        "certain",
        (f"“{verb.text} as {saying.text}” names whose words are passed on",),
        head=saying.i,
        construction="relay",
    )


def passed_on(doc: Doc, found: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, with those who pass them on by quoting: "the chief, quoted by the Velan News Agency".

    The one who quotes gets a statement of its own, through which the other one is passed on.
    """
    result = list(found)
    sources = Overlaps((span, n) for n, s in enumerate(found) for span in s.source)
    cues = Overlaps((span, n) for n, s in enumerate(found) for span in s.cue)
    for verb in (t for t in doc if t.tag_ == "VBN" and t.pos_ == "VERB" and t.lemma_ in _relaying_verbs()):
        by = _quoting(verb)
        who = clauses.child(by, "pobj") if by is not None else None
        # The one quoted: its source carries the "quoted", or its cue holds it.
        place, near = (verb.head, sources) if verb.dep_ == "acl" else (verb, cues)
        quoted = (m for m in sorted(near.of(Span(place.idx, place.idx + 1))) if not result[m].within)
        n = next(quoted, None)
        if by is None or who is None or n is None:
            continue
        cue = clauses.spans_of(doc, {verb.i, by.i})
        inner = _without_quoting(doc, verb, result[n])
        reasons = (f"“{verb.text} {by.text}” names who passes it on",)
        result[n] = replace(inner, within=cue)
        result.append(
            Statement(clauses.spans_of(doc, clauses.noun_phrase(who)), cue, inner.content, "certain", reasons)
        )
    return tuple(sorted(result, key=lambda s: (s.cue, s.source)))


def _relaying_verbs() -> list[str]:
    verbs: list[str] = words.load("cues")["context"]["relaying"]
    return verbs


def _saying(verb: Token) -> list[Token]:
    """The "saying" of "quoted as saying"."""
    behind = (p for p in verb.children if p.dep_ == "prep" and p.lower_ == "as")
    return [t for p in behind for t in p.children if t.dep_ == "pcomp"]


def _quoting(verb: Token) -> Token | None:
    """The "by" behind "quoted" or behind "quoted as saying"."""
    return next((t for v in (verb, *_saying(verb)) for t in v.children if t.lower_ == "by"), None)


def _without_quoting(doc: Doc, verb: Token, inner: Statement) -> Statement:
    """The statement quoted, without the words of the quoting: in its source, or in its cue ("quoted as saying")."""
    branch = clauses.subtree(verb)
    if verb.dep_ != "acl":
        cue = {t.i for t in _tokens(doc, inner.cue) if t.tag_ == "VBG"}
        return replace(inner, cue=clauses.spans_of(doc, cue) or inner.cue)
    source = {t.i for t in _tokens(doc, inner.source)} - branch
    return replace(inner, source=clauses.spans_of(doc, source) or inner.source)


def _tokens(doc: Doc, spans: Spans) -> Iterator[Token]:
    for start, end in spans:
        yield from doc.char_span(start, end, alignment_mode="expand") or ()


def members(noun: Token) -> list[Token]:
    """The members of "unnamed sources and local media"."""
    return [noun, *(t for c in noun.children if c.dep_ == "conj" for t in members(c))]


def without_others(first: Token, member: Token) -> set[int]:
    others = [t for t in members(first) if t.i != member.i and not t.is_ancestor(member)]
    others += [t for t in member.children if t.dep_ == "cc"]
    return clauses.subtree(member, others)


def _heard(verb: Token) -> set[int]:
    """Who was told: the subject of "the agency was told that"."""
    hearer = clauses.child(verb, "nsubjpass")
    return clauses.noun_phrase(hearer) if hearer is not None and verb.lemma_ in TELLING else set()


def hearers(verb: Token) -> set[int]:
    """Who a thing was told to ("told the agency that")."""
    if verb.lemma_ not in TELLING:
        return set()
    hearers = [t for t in verb.rights if t.dep_ in {"dobj", "dative"} and t.pos_ != "ADP"]
    return set().union(*(clauses.noun_phrase(t) for t in hearers))


def _speakers(doc: Doc, text: str) -> Iterator[Statement]:
    """Lines of a transcript: "WALLACE: Let us start"."""
    lines = re.findall(r"(?m)^[ \t\"“]*[A-Z][\w.’' -]{1,60}:", text)
    for sentence in doc.sents:
        words_before = [t for t in sentence if not t.is_space][:7]
        colon = next((n for n, t in enumerate(words_before) if t.text == ":"), 0)
        name = words_before[:colon]
        line_start = text.rfind("\n", 0, sentence.start_char) + 1
        if not name or text[line_start : name[0].idx].strip(' \t"“'):
            continue
        if not all(t.text[0].isupper() for t in name) or name[0].pos_ == "VERB":
            continue
        if len(lines) == 1 and (all(t.text.isupper() for t in name) or name[-1].ent_type_ in {"GPE", "LOC"}):
            continue  # a dateline: "NEW DELHI: The Centre has decided"
        line_end = text.find("\n", words_before[colon].idx)
        rest = list(range(words_before[colon].i + 1, _token_at(doc, line_end if line_end > 0 else len(text))))
        if rest:
            yield Statement(
                clauses.spans_of(doc, {t.i for t in name}),
                (Span(words_before[colon].idx, words_before[colon].idx + 1),),
                clauses.spans_of(doc, rest),
                "likely",
                ("a name and a colon at the beginning of a line",),
                head=words_before[colon].i,
                construction="turn",
            )


def is_bystander(noun: Token) -> bool:
    """Whether a noun that reports stands where its clause's subject need not have said it: "resigned after claims"."""
    return noun.pos_ == "NOUN" and noun.dep_ == "pobj" and noun.head.lower_ not in {"with", "in", "by"}


def is_no_speech(verb: Token) -> bool:
    """Whether a verb of saying says nothing here: "the war has claimed 300,000 lives", "was charged with murder"."""
    table = words.load("cues")["context"]["no_speech"]
    if clauses.is_passive(verb) and verb.lemma_.lower() in table["done"]:
        return True
    thing, who = clauses.child(verb, "dobj"), clauses.child(verb, "nsubj")
    lost = thing is not None and thing.lemma_.lower() in table["objects"]
    return verb.lemma_.lower() in table["verbs"] and (
        lost or (who is not None and who.lemma_.lower() in table["subjects"])
    )


def is_hearing(verb: Token) -> bool:
    """Whether a court or an inquiry hears a thing: "the court heard". Who told it is another question."""
    subject = clauses.child(verb, "nsubj")
    table = words.load("cues")["context"]["hearings"]
    return verb.lemma_.lower() in table["verbs"] and subject is not None and subject.lemma_.lower() in table["bodies"]


def is_asked(verb: Token) -> bool:
    """Whether somebody is asked, as in "asked whether the dam was safe, she smiled": nothing is said yet."""
    asks = verb.lemma_ in words.load("cues")["context"]["questions"]
    return asks and verb.tag_ == "VBN" and (clauses.is_passive(verb) or clauses.child(verb, "aux") is None)


def _token_at(doc: Doc, offset: int) -> int:
    """The number of the first token that begins at an offset or behind it."""
    return bisect.bisect_left(doc, offset, key=lambda token: token.idx)


def _once(found: list[Statement]) -> list[Statement]:
    """One statement for a cue and source; of two readings of a cue the one that says through whom it came."""
    relayed = {s.head for s in found if s.within or s.construction == "relay"}
    relays_ = [s for s in found if s.within or s.construction == "relay"]
    plain = [s for s in found if s.head not in relayed]
    best = {(s.head, s.source): s for s in (*plain, *relays_) if s.content}
    return sorted(best.values(), key=lambda s: (s.cue, s.source))


def with_running_quotations(text: str, found: Sequence[Statement], quotes: Overlaps[Span]) -> tuple[Statement, ...]:
    """Contents filled up to the end of their quotations, and with quotations that run on without a cue."""
    result = [replace(s, content=_filled(s, quotes)) for s in found]
    taken = by_span(span for s in result for span in (*s.content, *s.cue, *s.source))
    last = sorted((_end(s), n) for n, s in enumerate(result) if s.source and not s.within)
    for quote in quotes.of(Span(0, len(text))):
        if quote.end - quote.start < SHORTEST or taken.of(quote):
            continue
        n = bisect.bisect_right(last, (quote.start, len(result))) - 1
        if n >= 0 and _runs_on(text, result[last[n][1]], quote, quotes):
            speaker = result[last[n][1]]
            reasons = (*speaker.reasons, "the quotation that follows runs on without a cue of its own")
            result[last[n][1]] = replace(speaker, content=merged((*speaker.content, quote)), reasons=reasons)
            last[n] = (quote.end, last[n][1])
    return tuple(result)


def _end(statement: Statement) -> int:
    return max(span.end for span in (*statement.content, *statement.cue, *statement.source))


def _filled(statement: Statement, quotes: Overlaps[Span]) -> Spans:
    """The content with every quotation that belongs to it taken whole, its cue and source left out.

    A quotation belongs to it if the content covers half of it, or begins where it begins: the parser ends the
    content of 'said: "It fell. We ran."' at the first full stop.
    """
    others = (*statement.cue, *statement.source)
    beside = {q for span in statement.content for q in quotes.of(span)}
    whole = [
        q
        for q in beside
        if (covered([q], statement.content) >= 0.5 or any(abs(s.start - q.start) <= 1 for s in statement.content))
        and not any(q.overlaps(o) for o in others)
    ]
    return merged((*statement.content, *whole))


def _runs_on(text: str, statement: Statement, quote: Span, quotes: Overlaps[Span]) -> bool:
    """Whether a quotation follows a statement that quotes, with little more than the saying between them."""
    end = _end(statement)
    beside = {q for span in statement.content for q in quotes.of(span)}
    quoting = any(covered([q], statement.content) > 0.9 for q in beside)
    between = text[end : quote.start]
    if not quoting or end > quote.start:
        return False
    return len(between.strip()) <= LONGEST_SAYING if "\n" not in between else not between.strip()
