"""What a cue says of itself: its part of speech, whether it was said at all, and how the words take it.

"Refused to say", "is expected to announce" and "would argue" report nothing that was said. What decides it stands
around the word that reports: its auxiliaries, the verbs that it hangs on, and the one who says it. The words are in
words/cues.toml; nothing here changes a span.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from sayso import words
from sayso.annotating import clauses, stance
from sayso.annotating.attribution import Statement, rules
from sayso.annotating.attribution.rules import lemmas, verb_frames
from sayso.model import Cue
from sayso.model.annotations import CueKind, Mood

KINDS: dict[str, CueKind] = {
    "VERB": "verb",
    "AUX": "verb",
    "NOUN": "noun",
    "PROPN": "noun",
    "ADP": "preposition",
    "ADV": "adverb",
    "ADJ": "adjective",
}
CONTENT_WORDS = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV"})
OTHER_CLAUSE = {"ccomp", "advcl", "relcl", "parataxis"}
LONGEST_LINE = 8  # words above the one that reports; more is a broken parse
MOOD_WORDS: dict[Mood, str] = {
    "future": "puts it in the future",
    "possible": "makes it only possible",
    "conditional": "puts it under a condition",
    "desired": "says that it is wanted or owed, not that it was said",
    "question": "asks whether it was said",
}
Sign = tuple[str, str]
Verdict = tuple[Mood, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A cue in the parse: its words, the one that reports, and the words it hangs on that bear on it.

    `line` runs from the word that reports upwards: "say", "refused" for "refused to say".
    """

    statement: Statement
    inside: tuple[Token, ...]
    line: tuple[Token, ...]

    @property
    def core(self) -> Token:
        return self.line[0]

    def beside(self, token: Token) -> list[Token]:
        """What hangs on a word and is no part of what is reported: not the "no" in "“Oh no,” she said"."""
        said = self.statement.content
        outside = (t for t in token.children if not any(start <= t.idx < end for start, end in said))
        return sorted({*outside, *(t for t in token.children if t in self.inside)})


@cache
def table(name: str) -> dict[str, Any]:
    """A table of words/cues.toml."""
    found: dict[str, Any] = words.load("cues")[name]
    return found


def _is_meant(verb: Token) -> bool:
    """Whether what follows is to be done, and is not told as a fact: "offered to resign", "asked her to wait"."""
    to_do = next((t for t in verb.rights if t.dep_ in {"xcomp", "ccomp"} and clauses.is_infinitive(t)), None)
    telling = {"claim", "profess", "admit", "report", "say", "allege", "believe", "think", "know", "find"}
    return to_do is not None and clauses.child(to_do, "nsubj") is None and verb.lemma_.lower() not in telling


def cue(doc: Doc, statement: Statement) -> Cue:
    """The cue of a statement with all that it says of itself, each with its reason.

    >>> from sayso.annotating import attribution, language
    >>> doc = language.parse("The mayor refused to say whether the bridge was safe.")
    >>> found = cue(doc, attribution.find(doc)[0])
    >>> found.negated, found.mood, found.reasons
    (True, 'actual', ('“refused” says that it was not said',))
    """
    inside = _words(doc, statement)
    if not inside:
        return Cue(statement.cue)
    reading = Reading(statement, inside, tuple(_line(_core(inside, statement.head), inside)))
    kind, why_kind = _kind(reading)
    if kind in {"preposition", "punctuation", "other"}:
        return Cue(statement.cue, kind=kind, reasons=why_kind)
    negated, why_negated = negation(reading)
    mood, why_mood = mood_of(reading)
    taken, why_stance = stance.of(reading.line, statement, said=not negated and mood == "actual")
    verb = reading.core.pos_ in {"VERB", "AUX"}
    meant = verb and _is_meant(reading.core)
    attitude = (
        verb
        and statement.construction != "relay"
        and (meant or reading.core.lemma_.lower() in table("attitudes")["lemmas"] or not rules.reports(reading.core))
    )
    why_attitude = (f"“{reading.core.text}” reports what is thought or meant, not words",) if attitude else ()
    reasons = (*why_kind, *why_negated, *why_mood, *why_stance, *why_attitude)
    return Cue(statement.cue, taken, kind, negated, mood, reasons, attitude)


# --- the word that reports -------------------------------------------------------------------------------------------


def _words(doc: Doc, statement: Statement) -> tuple[Token, ...]:
    found = (doc.char_span(start, end, alignment_mode="expand") for start, end in statement.cue)
    return tuple(token for stretch in found if stretch is not None for token in stretch if not token.is_space)


def _core(inside: tuple[Token, ...], head: int) -> Token:
    """The word that reports: the cue's main word, or the one below it in "refused to say", "was clear"."""
    known = [t for t in inside if _reports(t) and not _governs_a_cue(t, inside)]
    if known:
        return next((t for t in known if t.i == head), min(known, key=lambda t: (_depth(t), t.i)))
    full = [t for t in inside if t.pos_ in CONTENT_WORDS]
    top = next((t for t in full or inside if t.i == head), min(full or inside, key=lambda t: (_depth(t), t.i)))
    below = clauses.child(top, "acomp", "attr", "xcomp") if top.lemma_ in {"be", "have"} else None
    if below is None and top.lemma_ in table("negation")["verbs"]["lemmas"]:
        below = next((t for t in top.children if t.dep_ == "xcomp" and _reports(t)), None)  # "declined" + "to comment"
        return below or top
    return below if below is not None and below in inside else top


def _reports(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ in {"VERB", "AUX"}:
        return lemma in verb_frames()
    return lemma in lemmas("nouns") if token.pos_ in {"NOUN", "PROPN"} else lemma in lemmas("adverbs")


def _governs_a_cue(token: Token, inside: tuple[Token, ...]) -> bool:
    """Whether a verb only leads to the one that reports: "is expected" in "is expected to announce"."""
    below = clauses.child(token, "xcomp")
    return below is not None and below in inside and _reports(below) and bool(_governor(token))


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _line(core: Token, inside: tuple[Token, ...]) -> Iterator[Token]:
    """The word that reports and those above it that decide whether it was said."""
    token = core
    yield token
    for _ in range(LONGEST_LINE):
        above = _above(token, inside)
        if above is None:
            return
        token = above
        yield token


def _above(token: Token, inside: tuple[Token, ...]) -> Token | None:
    """The word above that bears on a word, or None where its own clause ends."""
    head = token.head
    if head.i == token.i or token.pos_ == "ADV":
        return None
    if token.dep_ == "conj":
        return head if _shares(token) else None
    if token.dep_ in OTHER_CLAUSE or token.dep_ in clauses.SUBJECTS:
        own = any(t.dep_ in clauses.SUBJECTS for t in token.children)
        return head if head in inside and token.dep_ in {"ccomp", "advcl"} and not own else None
    governed = token.pos_ not in {"ADV", "NOUN", "PROPN"} and _governor(head) != ""
    bears = head in inside or governed or token.dep_ == "pcomp"
    return head if bears or _is_to_be(token, head) or _is_likely(token, head) or _is_light(token, head) else None


def _is_likely(token: Token, head: Token) -> bool:
    """ "Is likely to announce": the adjective is under the verb's negation and tense."""
    return token.dep_ == "acomp" and head.pos_ in {"VERB", "AUX"} and _governor(token) != ""


def _is_to_be(token: Token, head: Token) -> bool:
    """ "Is to tell", "has to tell": "be" or "have" with nothing but an infinitive."""
    bare = head.lemma_ in {"be", "have"} and clauses.child(head, "acomp", "attr", "dobj") is None
    return token.dep_ == "xcomp" and bare and clauses.is_infinitive(token)


def _is_light(token: Token, head: Token) -> bool:
    below = token.pos_ == "NOUN" and token.dep_ in {"dobj", "attr", "nsubjpass"}
    return below and head.lemma_ in table("light")["lemmas"]


def _shares(token: Token) -> bool:
    """Whether a verb behind "and" or "or" is under the same auxiliaries: "did not confirm or deny"."""
    head = token.head
    if token.pos_ not in {"VERB", "AUX"} or token.tag_ in {"VBD", "VBZ", "VBP"}:
        return False
    if any(t.dep_ in {"aux", "auxpass", "neg", *clauses.SUBJECTS} for t in token.children):
        return False
    but = any(t.dep_ == "cc" and t.lower_ == "but" for t in head.children)
    return head.tag_ == token.tag_ and not but


def _governor(token: Token) -> str:
    """What a verb or adjective with an infinitive makes of it, or "".

    One of "negative", "future", "desired", "hedged" and "distancing".
    """
    lemma, verbs = token.lemma_.lower(), table("governors")
    going = lemma in verbs["going"] and token.tag_ == "VBG" and clauses.child(token, "aux") is not None
    too = table("negation")["too"]
    early = lemma in too["lemmas"] and any(t.lower_ in too["words"] for t in token.children)
    if early or lemma in table("negation")["verbs"]["lemmas"]:
        return "negative"
    if token.pos_ in {"NOUN", "PROPN"}:
        return ""  # "some set of parents"
    if going or lemma in verbs["future"] or token.lower_ in verbs["future"]:
        return "future"
    passive = token.tag_ == "VBN" and clauses.is_passive(token)
    kinds = ("future_passive", "hedged_passive", "distancing_passive") if passive else ("desired",)
    return next((k.removesuffix("_passive") for k in (*kinds, "hedged") if lemma in verbs[k]), "")


def _kind(reading: Reading) -> tuple[CueKind, tuple[str, ...]]:
    """The part of speech of the word that reports; a reason where it is no verb."""
    text = " ".join(t.lower_ for t in reading.inside)
    if all(t.is_punct for t in reading.inside):
        return "punctuation", (f"“{text}” is punctuation",)
    if text in table("prepositions")["phrases"]:
        return "preposition", (f"“{text}” is a preposition",)
    core = reading.core
    kind = "verb" if _is_mistaken(reading) else KINDS.get(core.pos_, "other")
    if kind in {"noun", "other"} and core.lemma_.lower() in lemmas("adverbs"):
        kind = "adverb"
    return kind, () if kind == "verb" else (f"“{core.text}” is {_article(kind)}",)


def _is_mistaken(reading: Reading) -> bool:
    """Whether the parser takes a verb for a noun: "Berg claims that"; a noun's source stands before it with "'s"."""
    source, cue_ = reading.statement.source, reading.statement.cue
    if reading.core.tag_ != "NNS" or len(reading.inside) != 1 or not source:
        return False
    before = reading.core.doc[reading.core.i - 1] if reading.core.i else reading.core
    return source[-1].end == before.idx + len(before) < cue_[0].start and before.tag_ not in {"PRP$", "POS"}


def _article(kind: CueKind) -> str:
    return "no verb, noun or preposition" if kind == "other" else f"{'an' if kind[0] == 'a' else 'a'} {kind}"


# --- not said --------------------------------------------------------------------------------------------------------


def negation(reading: Reading) -> tuple[bool, tuple[str, ...]]:
    """Whether the text says that it was not said, and by which words; two negations cancel ("did not refuse to")."""
    signs = list(dict(_negating(reading)).items())
    if signs and _governor(reading.core) == "negative":  # "do not forget that"
        signs.append((reading.core.text, "turns that around"))
    return len(signs) % 2 == 1, tuple(f"“{text}” {why}" for text, why in signs)


def _negating(reading: Reading) -> Iterator[Sign]:
    for number, token in enumerate(reading.line):
        yield from _negative_words(token, reading)
        if number and _governor(token) == "negative":
            yield token.text, "says that it was not said"
    yield from _before(reading)
    yield from _nobody(reading)
    yield from _nor(reading)


def _negative_words(token: Token, reading: Reading) -> Iterator[Sign]:
    """ "Not", "never" and "no longer" beside a verb, "no" before a noun, "nothing" behind it."""
    known = table("negation")
    if any(t.lower_ in known["until"] for t in token.children) and token.pos_ == "VERB":
        return
    for child in reading.beside(token):
        beside_be = token.pos_ == "AUX" and child.i - token.i <= 2
        if child.dep_ == "neg" and (child.i < token.i or beside_be) and not _stresses(child, token):
            yield child.text, "negates it"
        elif child.lower_ in known["longer"] and any(t.lower_ == "no" for t in child.children):
            yield f"no {child.text}", "negates it"
        elif token.pos_ == "NOUN" and child.dep_ == "det" and child.lower_ in known["nobody"]:
            yield child.text, "negates it"
    nothing = clauses.child(token, "dobj", "attr")
    if nothing is not None and nothing.lower_ in known["nothing"] and 0 < nothing.i - token.i <= 2:
        yield nothing.text, "says that nothing was said"


def _stresses(negation_: Token, verb: Token) -> bool:
    """ "Not only said", "did not just say": no negation."""
    focus = table("negation")["focus"]
    between = negation_.doc[negation_.i + 1 : max(verb.i, negation_.i + 2)]
    return any(t.lower_ in focus for t in between)


def _before(reading: Reading) -> Iterator[Sign]:
    """ "Without saying", "stopped short of accusing", "has yet to say": words right before the verb."""
    for token in reading.line:
        if token.tag_ not in {"VB", "VBG"}:
            continue
        behind = [
            t.lower_ for t in token.doc[max(0, token.i - 6) : token.i] if t.pos_ != "ADV" or t.lower_ in _placed()
        ]
        lemmas_ = " ".join(t.lemma_.lower() for t in token.doc[max(0, token.i - 2) : token.i])
        if lemmas_ in table("negation")["idioms"]:
            continue
        for phrase in table("negation")["before"]:
            if behind[-len(phrase.split()) :] == phrase.split():
                yield phrase, "says that it was not said"


@cache
def _placed() -> frozenset[str]:
    """The words of the phrases before a verb, some of which are adverbs to the parser."""
    return frozenset(word for phrase in table("negation")["before"] for word in phrase.split())


def _nobody(reading: Reading) -> Iterator[Sign]:
    """ "No official said", "nobody claims": those who say it are none."""
    doc = reading.core.doc
    subjects = (clauses.child(t, *clauses.SUBJECTS) for t in reading.line)
    firsts = [t.left_edge for t in subjects if t is not None]
    source = reading.statement.source
    if source and (span := doc.char_span(*source[0], alignment_mode="expand")):
        firsts += [span[0], *([doc[span.start - 1]] if span.start and span[0].lower_ == "one" else [])]
    for first in firsts:
        after = doc[first.i + 1] if first.i + 1 < len(doc) else None
        number = after is not None and ((after.like_num and after.lower_ != "one") or after.is_punct)
        if first.lower_ in table("negation")["nobody"] and not number and first.sent == reading.core.sent:
            yield first.text, "says that nobody said it"
            return


def _nor(reading: Reading) -> Iterator[Sign]:
    """ "Neither confirmed nor denied": the coordination negates both."""
    core = reading.core
    words_ = table("negation")["coordination"]
    around = [*reading.beside(core), *(core.head.children if core.dep_ == "conj" else ())]
    joins = [t for t in around if t.dep_ in {"cc", "preconj", "neg", "advmod"} and t.lower_ in words_]
    if any(t.lower_ == "neither" or core.dep_ == "conj" or t.i < core.i for t in joins):
        yield joins[0].text, "negates it"


# --- said, to be said, or only thought of ----------------------------------------------------------------------------


def mood_of(reading: Reading) -> tuple[Mood, tuple[str, ...]]:
    """Whether the text gives it as said, and which word makes it anything else; the uppermost word decides."""
    if asked := _question(reading):
        return "question", (f"“{asked.text}” {MOOD_WORDS['question']}",)
    for token in reversed(reading.line):
        found = _mood_at(token, reading)
        if found is not None:
            return found[0], (f"“{found[1]}” {MOOD_WORDS[found[0]]}",)
    return "actual", ()


def _mood_at(token: Token, reading: Reading) -> Verdict | None:
    marks = (*table("mood")["if"], *table("mood")["whether"])
    mark = next((t for t in reading.beside(token) if t.dep_ == "mark" and t.lower_ in marks), None)
    if mark is not None:
        return _mark(token, mark)
    if (auxiliary := _inverted(token)) is not None:
        return "conditional", auxiliary.text
    modal = next((t for t in reading.beside(token) if t.dep_ == "aux" and t.tag_ == "MD"), None)
    if modal is not None and (found := _modal(modal, token, reading)) is not None:
        return found, modal.text
    return _above_it(token, reading) if token.i != reading.core.i else None


def _above_it(token: Token, reading: Reading) -> Verdict | None:
    """What a verb or adjective makes of the one that hangs on it: "expected to", "wants to", "has to", "is to"."""
    moods: dict[str, Mood] = {"future": "future", "desired": "desired"}
    if (mood := moods.get(_governor(token))) is not None:
        return mood, token.text
    below = reading.line[reading.line.index(token) - 1]
    if not _is_to_be(below, token) or _yet(token):
        return None
    if token.lemma_ == "be":
        return "future", f"{token.text} to"
    owes = token.tag_ in {"VB", "VBZ", "VBP"} and not _first_person(reading)  # who "had to admit" did
    return ("desired", f"{token.text} to") if owes else None


def _inverted(verb: Token) -> Token | None:
    """ "Had she said so, …": the auxiliary before its subject in a clause that is no question."""
    subject = clauses.child(verb, *clauses.SUBJECTS)
    first = verb.left_edge
    if subject is None or first.i > subject.i or first.head.i != verb.i or _last(verb.sent) == "?":
        return None
    auxiliary = first.dep_ in {"aux", "auxpass"} and first.lower_ in table("mood")["inverted"]
    return first if auxiliary else None


def _yet(token: Token) -> bool:
    return any(t.lower_ == "yet" for t in token.children)


def _mark(token: Token, mark: Token) -> Verdict:
    asks = mark.lower_ in table("mood")["whether"] or token.dep_ == "ccomp"
    return ("question" if asks else "conditional"), mark.text


def _modal(modal: Token, verb: Token, reading: Reading) -> Mood | None:
    """What a modal auxiliary makes of a verb, or None where it leaves it said ("would later say", "I must say")."""
    known, lower = table("mood"), modal.lower_
    negated = any(t.dep_ == "neg" for t in verb.children)
    perfect = any(t.dep_ == "aux" and t.lemma_ == "have" for t in verb.children)
    if lower in known["future"]:
        return "future"
    if _first_person(reading) and not perfect and not negated:
        return None  # "I would say": said with these very words
    if lower in known["conditional"]:
        return _would(verb, reading, perfect=perfect, negated=negated)
    if lower in known["possible"]:
        able = lower == "could" and not perfect and (negated or reading.core.lemma_ in known["ability"])
        return None if able else "possible"
    if lower in known["must"]:
        return "possible" if perfect else "desired"
    return "desired" if lower in known["desired"] else None


def _would(verb: Token, reading: Reading, *, perfect: bool, negated: bool) -> Mood | None:
    """ "Would argue" is conditional, "said it would" future; "would later tell", "would not say" tell of the past."""
    told = any(t.lower_ in table("mood")["past"] for t in verb.children) or verb.lemma_ in table("mood")["past_verbs"]
    if (told or negated or verb.lemma_ in table("mood")["wishes"]) and not perfect:
        return None
    above = verb.head
    indirect = verb.dep_ == "ccomp" and not any(t.is_quote for t in verb.doc[max(0, verb.i - 3) : verb.i])
    if indirect and not perfect and above.tag_ in {"VBD", "VBN"} and above not in reading.line:
        return "future"
    return "conditional"


def _first_person(reading: Reading) -> bool:
    subjects = (clauses.child(t, "nsubj") for t in reading.line)
    return any(t is not None and t.lower_ in table("mood")["first"] for t in subjects)


def _question(reading: Reading) -> Token | None:
    """The auxiliary before its subject in "Did she say that …?", or None outside a question."""
    top = reading.line[-1]
    subject = clauses.child(top, "nsubj", "nsubjpass")
    if subject is None or _last(top.sent) != "?":
        return None
    if subject.tag_ in {"WP", "WDT"} and top.dep_ == "ROOT" and subject.lower_ == "who":
        return subject
    asking = (t for t in top.children if t.dep_ in {"aux", "auxpass"} and t.i < subject.i)
    return next(asking, top if top.pos_ == "AUX" and top.i < subject.i else None)


def _last(sentence: Iterable[Token]) -> str:
    marks = [t.text for t in sentence if not t.is_space and t.text not in "”\"'’»)"]
    return marks[-1] if marks else ""
