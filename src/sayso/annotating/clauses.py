"""Grammar over spaCy's parse: who is the subject of a verb, and which words belong to a clause.

Token sets are sets of token numbers in the document; `spans_of` turns them into character spans. The labels are
spaCy's English ones (ClearNLP, after Choi and Palmer 2012, "Guidelines for the CLEAR Style Constituent to
Dependency Conversion").
"""

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from sayso.model import Span, Spans

SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
AROUND_CUE = {"aux", "auxpass", "neg", "prt"}
SHARES_SUBJECT = {"conj", "xcomp", "advcl", "pcomp", "ccomp"}
RELATIVE = {"who", "which", "that"}
DEEPEST = 4  # verbs through which a subject is shared; deeper is a broken parse


def subtree(token: Token, without: Iterable[Token] = ()) -> set[int]:
    """The numbers of a token and of all that hangs on it, less the branches of `without`."""
    dropped = {n for branch in without for n in _branch(branch)}
    return _branch(token) - dropped


def _branch(token: Token) -> set[int]:
    return {t.i for t in token.subtree}


def noun_phrase(token: Token) -> set[int]:
    """A noun with its modifiers and appositions, without relative and other clauses hanging on it.

    "sources in Idlib" keeps its place; "SANA, which has denied it," loses its clause; of "the mayor and two
    aides" all are kept.
    """
    clauses = [t for t in token.subtree if t.dep_ in {"relcl", "advcl", "parataxis"} and t.i != token.i]
    clauses += [t for t in token.subtree if t.dep_ == "acl" and t.tag_ == "VBG" and t.i > token.i]
    kept = subtree(token, clauses)
    return _contiguous(token, {n for n in kept if not token.doc[n].is_space})


def _contiguous(token: Token, numbers: set[int]) -> set[int]:
    """The run of numbers around the token, less punctuation at its edges."""
    doc = token.doc
    start = end = token.i
    while start - 1 in numbers:
        start -= 1
    while end + 1 in numbers:
        end += 1
    while start < token.i and (doc[start].is_punct or doc[start].dep_ in {"cc", "mark"}):
        start += 1
    while end > token.i and ((doc[end].is_punct and doc[end].text != ")") or doc[end].dep_ == "cc"):
        end -= 1
    return set(range(start, end + 1))


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The one who does what the verb says, also where another verb carries the subject, or None."""
    own = next((t for t in verb.children if t.dep_ in SUBJECTS), None)
    if own is not None:
        return _antecedent(own) if own.lower_ in RELATIVE else own
    head = verb.head
    if verb.dep_ in {"acl", "relcl"} and head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return head if verb.tag_ != "VBN" else None
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        head = head.head
    if head.i == verb.i or verb.dep_ not in SHARES_SUBJECT or head.pos_ not in {"VERB", "AUX"} or depth > DEEPEST:
        return None
    return _controller(verb, head, depth)


def _controller(verb: Token, head: Token, depth: int) -> Token | None:
    """Whose subject a verb without one shares: "urged her to say" is hers, "wanted to say" the wanter's."""
    if verb.dep_ == "ccomp" and verb.tag_ not in {"VB", "VBG", "VBN"}:
        return None
    if verb.dep_ == "xcomp":
        objects = [t for t in head.children if t.dep_ in {"dobj", "dative"}]
        if objects:
            return objects[0]
    if verb.dep_ == "advcl" and verb.tag_ not in {"VBG", "VBN"}:
        return None
    return subject(head, depth + 1)


def _antecedent(relative: Token) -> Token:
    """What a relative pronoun stands for: the noun that its clause hangs on."""
    clause = relative.head
    while clause.dep_ == "conj":
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else relative


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive, also as "stands accused" or "the man accused of"."""
    if child(verb, "nsubjpass", "auxpass", "agent") is not None:
        return True
    if verb.tag_ != "VBN" or child(verb, "aux") is not None:
        return False
    return verb.dep_ in {"acl", "advcl"} or (verb.dep_ in {"acomp", "oprd", "xcomp"} and verb.head.lemma_ == "stand")


def is_infinitive(verb: Token) -> bool:
    """Whether the verb is an infinitive with "to", its own or that of a verb before it ("to stage and accuse")."""
    while verb.tag_ == "VB":
        if any(t.lower_ == "to" and t.dep_ == "aux" for t in verb.children):
            return True
        if verb.dep_ != "conj":
            return False
        verb = verb.head
    return False


def agent(verb: Token) -> Token | None:
    """Who a passive names with "by"."""
    by = next((t for t in verb.children if t.dep_ == "agent"), None)
    return next((t for t in by.children if t.dep_ == "pobj"), None) if by is not None else None


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of the labels."""
    return next((t for t in token.children if t.dep_ in labels), None)


def cue_words(verb: Token) -> set[int]:
    """A verb with its auxiliaries, negation and particle ("has not ruled out")."""
    own = {verb.i, *(t.i for t in verb.children if t.dep_ in AROUND_CUE)}
    return own | {verb.head.i} if verb.head.lemma_ == "stand" and is_passive(verb) else own


def entities(tokens: Iterable[Token]) -> list[SpacySpan]:
    """The named entities among tokens; `Span.ents` and `Doc.ents` look through the whole document each time."""
    runs: list[list[Token]] = []
    for token in tokens:
        if token.ent_iob_ == "I" and runs and runs[-1][-1].i == token.i - 1:
            runs[-1].append(token)
        elif token.ent_type_:
            runs.append([token])
    return [SpacySpan(run[0].doc, run[0].i, run[-1].i + 1, run[0].ent_type_) for run in runs]


def clause_root(token: Token) -> Token:
    """The verb of the clause that a token stands in."""
    while token.head.i != token.i and token.dep_ not in {"ccomp", "relcl", "advcl", "parataxis", "acl"}:
        token = token.head
    return token


def spans_of(doc: Doc, numbers: Iterable[int]) -> Spans:
    """The character spans of the runs of tokens, without white space and commas at the edges.

    A quotation mark, a bracket or a full stop at an edge stays: it belongs to what is said.
    """
    runs: list[list[int]] = []
    for n in sorted(numbers):
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    spans = []
    for first, last in runs:
        while first <= last and (doc[first].is_space or doc[first].text in {",", ";", ":", "-", "–", "—", "."}):
            first += 1  # noqa: PLW2901
        while last >= first and (doc[last].is_space or doc[last].text in {",", ";", ":", "-", "–", "—", "."}):
            last -= 1  # noqa: PLW2901
        if first <= last:
            spans.append(Span(doc[first].idx, doc[last].idx + len(doc[last].text)))
    return tuple(spans)


def proper_run(tokens: Iterable[Token]) -> str:
    """The longest run of proper names among tokens, as one name."""
    runs: list[str] = []
    run = ""
    for token in tokens:
        if token.pos_ == "PROPN" and token.text[0].isupper():
            run += token.text_with_ws
        else:
            runs, run = [*runs, run.strip()], ""
    return max([*runs, run.strip()], key=len)


def without_article(name: str) -> str:
    """A name without "the" before it and "'s" behind it.

    >>> without_article("the White House's")
    'White House'
    """
    return re.sub(r"^(?:[Tt]he|[Aa]n?) |[’']s?$", "", name)
