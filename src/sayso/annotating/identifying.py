"""Whom the words of one noun phrase stand for: a name, a description, a reference back, a place for a government.

In this order: "I" in a quotation; "who" and "which"; pronouns; several who speak together; a part of several; a name; a
place; whoever was told of before in such words; somebody new.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from sayso import words
from sayso.annotating import clauses, documents, kinds, media, names, places, relays
from sayso.annotating.attribution import Statement
from sayso.annotating.overlaps import Overlaps
from sayso.annotating.references import AGED, Answer, Description, References, Where, back_words
from sayso.annotating.register import Draft, Place, Register
from sayso.model import Source, SourceKind, Span, Spans, words_of

PLACES = {"GPE", "LOC", "FAC"}
EPITHET = re.compile(
    r"\d-year-old$|\bex-\w+$|\b(?:mum|mother|dad|father|gran|grandmother|granddad|grandfather)[- ]of[- ]\w+$"
    r"|\b(?:dad|mum|mother|father)-to-be$"
)
LONGEST_NAME = 8  # words of a description that may serve as another name


@dataclass(frozen=True, slots=True)
class Point:
    """A noun phrase to be read: its words, and the statement whose source it is, if it is one."""

    start: int
    phrase: SpacySpan
    spans: Spans
    statement: int | None
    place: Place


LONG_ACRONYM = 4  # letters: shorter ones are words as often as names ("DNA", "CEO")


class Identifier:
    """Tells whom a phrase stands for, with what was read of the text so far."""

    def __init__(
        self,
        doc: Doc,
        statements: Sequence[Statement],
        parents: Sequence[int | None],
        register: Register,
        quotes: Overlaps[Span],
    ) -> None:
        self.doc = doc
        self.text = doc.text
        self.statements = statements
        self.parents = parents
        self.register = register
        self.quotes = quotes
        self.references = References(register, [s.start_char for s in doc.sents])
        self.found: dict[Spans, tuple[Draft | None, Source]] = {}

    def who(self, point: Point) -> Answer:
        """Whom a phrase stands for, by which sort of mention, and why."""
        phrase = point.phrase
        lower = phrase.text.lower()
        head = phrase.root
        if lower in back_words("speaker"):
            return self._speaker(point)
        acronym = phrase.text.isupper() and len(phrase.text) > 2  # "WHO"
        if len(phrase) == 1 and not acronym and lower in back_words("relative") and head.tag_ in {"WP", "WDT", "IN"}:
            return self._antecedent(point)
        if lower == "both" and point.statement is None:
            two = self.register.new("both", "group", several=True)
            two.count = 2
            return Answer(two, "description", "two who were told of before")
        if head.pos_ == "PRON" and len(phrase) == 1 and not acronym:
            return self._pronoun(lower, point)
        if point.statement is not None and (members := self._members(phrase)):
            return self._several(phrase, members, point)
        return self._single(phrase, point)

    def _pronoun(self, lower: str, point: Point) -> Answer:
        where = self._where(point)
        if where.speaker is not None and _is_in_speakers_words(point.phrase.root):
            own = self.references.own_words(lower, where.speaker)
            if own is not None:
                return own
        return self.references.pronoun(lower, point.start, where)

    def _single(self, phrase: SpacySpan, point: Point) -> Answer:
        if point.statement is not None and places.is_called_capital(phrase):
            return self._government(phrase)
        paper = documents.head_of(phrase)
        is_paper = paper.i != phrase.root.i and kinds.by_head().get(paper.lemma_.lower()) == "document"
        counted = phrase.root.lemma_.lower() in words.load("sources")["counts"]
        found = self._partitive(phrase, point)
        if found is None and not is_paper and not counted:
            found = self._by_name(phrase)
        return found or self._described(phrase, point)

    def _by_name(self, phrase: SpacySpan) -> Answer | None:
        """Somebody called by a name, or None."""
        if name := names.name_in(phrase):
            if seat := places.seat_of(name[0]):
                return self._seat(name[0], seat)
            if places.government_of(name[0]) and len(phrase) == len(name[0].split()):
                return self._government(phrase)  # "Brasilia", which the parser takes for a man
            draft = self.register.named(*name)
            self._describe(draft, name[0], phrase)
            if draft.kind == "outlet":
                self._as_written(draft, phrase)
            return Answer(draft, "name", f"“{name[0]}” is named")
        same = self.register.lookup(clauses.without_article(phrase.text)) if phrase.text[:1].isupper() else None
        if same is None or not same.known or phrase.root.pos_ in {"NOUN", "ADJ"}:
            return None
        return Answer(same, "name", f"“{phrase.text}” is named")

    def _as_written(self, draft: Draft, phrase: SpacySpan) -> None:
        """A medium is called as the text calls it, and not as the table does."""
        written = media.outlet_as_written(phrase.text)
        if written is not None and written != draft.name:
            if draft.name not in self.text:
                draft.names = [n for n in draft.names if n != draft.name]
                draft.name = written
            self.register.rename(draft, written)

    def _describe(self, draft: Draft, name: str, phrase: SpacySpan) -> None:
        """Keep what stands beside a name: "Syria's official news agency SANA" is also called by the first words."""
        for beside in (phrase.text.removesuffix(name), phrase.text.removeprefix(name)):
            rest = clauses.without_article(beside.strip(" ,"))
            plain = (
                not re.search(r"\d|[“”\"]| and |^of |^who |^which |^in |^from |^at ", rest)
                and len(rest.split()) <= LONGEST_NAME
            )
            if plain and rest != phrase.text and " " in rest and rest not in draft.names and name not in rest:
                draft.add_name(rest)
                draft.reasons.append(f"called “{rest}” beside its name")

    def learn(self, head: Token, draft: Draft) -> None:
        """Keep by which words somebody is described here: titles, appositions, what the person is said to be."""
        if draft.members:
            return
        draft.words |= {t.lemma_.lower() for t in names.descriptions(head)}
        if draft.kind == "outlet":
            draft.words |= media.media_synonyms(draft.words)
        if draft.kind in {"person", "role", "unnamed"} and not draft.sex:
            told = draft.words | {draft.head}
            men, women = told & back_words("men"), told & back_words("women")
            draft.sex = "masculine" if men and not women else "feminine" if women and not men else ""

    def is_quoted(self, point: Point) -> bool:
        return bool(self.quotes.of(Span(point.start, point.start + 1)))

    def _speaker(self, point: Point) -> Answer:
        """“I” in a quotation is the one quoted."""
        n = point.statement
        parent = self.parents[n] if n is not None else None
        if parent is None:
            return Answer(None, "back reference", "“I” or “we” outside any quotation: the writer, or unresolved")
        draft = self.found.get(self.statements[parent].source, (None, None))[0]
        if draft is None:
            return Answer(None, "back reference", "the speaker of the quotation is not resolved")
        return Answer(draft, "back reference", f"the speaker of the quotation around it: {draft.name}")

    def _speaker_around(self, point: Point) -> Draft | None:
        """Who says what a phrase stands in."""
        n = point.statement
        parent = self.parents[n] if n is not None else None
        return self.found.get(self.statements[parent].source, (None, None))[0] if parent is not None else None

    def _where(self, point: Point) -> Where:
        own = self.statements[point.statement].content if point.statement is not None else ()
        first = point.phrase.root.sent[0]
        shift = back_words("new_scene")
        new_scene = first.i < point.phrase.start and first.lower_ in shift and not self.is_quoted(point)
        told = words_of(self.statements[point.statement].told, self.text).lower() if point.statement is not None else ""
        return Where(self.is_quoted(point), self._speaker_around(point), own, new_scene, told=told)

    def _antecedent(self, point: Point) -> Answer:
        """ "Who" and "which": the noun that their clause hangs on."""
        noun = clauses.subject(point.phrase.root.head) if point.phrase.root.dep_ in clauses.SUBJECTS else None
        while noun is not None and point.phrase.text.lower() == "who" and noun.dep_ == "pobj" and _is_no_person(noun):
            noun = noun.head.head  # "an engineer at the launch site, who"
        if noun is None or noun.i >= point.phrase.root.i:
            return Answer(None, "back reference", f"“{point.phrase.text}”: what it stands for was not found")
        numbers = sorted(clauses.noun_phrase(noun))
        phrase = self.doc[numbers[0] : numbers[-1] + 1]
        before = [s for s in self.register.between(phrase.start_char, point.start) if s.start == phrase.start_char]
        if before:
            draft = before[0].draft
        else:
            answer = self._single(phrase, replace(point, phrase=phrase, start=phrase.start_char))
            if answer.draft is None:
                return answer
            draft = answer.draft
        return Answer(draft, "back reference", f"“{point.phrase.text}” is “{draft.name}” before it")

    def _members(self, phrase: SpacySpan) -> list[SpacySpan]:
        """The members of "Anna Berg and two aides"; none of "the United States and Britain" or "Brandt & Löw"."""
        head = phrase.root
        heads = [head, *(t for t in _conjuncts(head) if phrase.start <= t.i < phrase.end)]
        if any(t.lower_ == "or" for t in head.children if t.dep_ == "cc"):
            return []  # "the Alborada, or SA"
        if len(heads) < 2 or all(t.ent_type_ in PLACES for t in heads) or names.is_one_name(phrase):
            return []
        parts = []
        for t in heads:
            others = {n for o in heads if o.i > t.i and o.is_ancestor(t) is False for n in clauses.subtree(o)}
            numbers = [n for n in sorted(clauses.noun_phrase(t) - others) if phrase.start <= n < phrase.end]
            while numbers and (self.doc[numbers[-1]].is_punct or self.doc[numbers[-1]].dep_ in {"cc", "punct"}):
                numbers.pop()
            if numbers:
                parts.append(self.doc[numbers[0] : numbers[-1] + 1])
        return parts if len(parts) > 1 else []

    def _several(self, phrase: SpacySpan, members: list[SpacySpan], point: Point) -> Answer:
        """Several who speak together, each an actor of its own."""
        answers = [self._single(m, replace(point, phrase=m, start=m.start_char)) for m in members]
        drafts = [a.draft.one() for a in answers if a.draft is not None]
        if len(drafts) < 2 or len(drafts) < len(members):
            return self._described(phrase, point)
        together = " ".join(phrase.text.split())
        same = [d for d in self.register.drafts if d.members == drafts]
        draft = same[0] if same else self.register.new(clauses.without_article(together), "group", several=True)
        draft.members, draft.count = drafts, len(drafts)
        for m, one in zip(members, drafts, strict=True):
            self.learn(m.root, one)
            self.register.note(m.start_char, one, "speaker", quoted=self.is_quoted(point))
        return Answer(draft, "description", f"“{together}”: {len(drafts)} sources together")

    def _partitive(self, phrase: SpacySpan, point: Point) -> Answer | None:
        """ "One of them", "two of the officials": of those told of before, who are not told apart."""
        head = phrase.root
        of = next((t for t in head.children if t.dep_ == "prep" and t.lower_ == "of" and t.i == head.i + 1), None)
        whole = clauses.child(of, "pobj") if of is not None else None
        if whole is None or not (head.pos_ in {"NUM", "PRON"} or head.lemma_.lower() in back_words("parts")):
            return None
        numbers = sorted(n for n in clauses.noun_phrase(whole) if n < phrase.end)
        inner = self.doc[numbers[0] : numbers[-1] + 1]
        if whole.pos_ == "PRON":
            answer = self.references.pronoun(whole.lower_, point.start, replace(self._where(point), part=True))
        else:
            answer = (
                self._definite(inner, point)
                if inner[0].lower_ in back_words("articles")
                else Answer(None, "description", "")
            )
        if answer.draft is not None:
            answer.draft.count = answer.draft.count or _count(phrase)  # "three of them … the trio"
            return Answer(answer.draft, "back reference", f"“{phrase.text}”: of “{answer.draft.name}”")
        if whole.pos_ == "PRON":
            return answer
        lemma = whole.lemma_.lower()
        return self._new(phrase, lemma, kinds.by_head().get(lemma), several=head.lower_ != "one")

    def _described(self, phrase: SpacySpan, point: Point) -> Answer:
        """A source told of without a name: "the report", "two officials", "Damascus", "sources in Idlib"."""
        head = documents.head_of(phrase)
        if (place := self._place(phrase, head, point)) is not None:
            return place
        lemma = head.lemma_.lower()
        if (pointing := self._pointing(phrase, lemma, point)) is not None:
            return pointing
        kind = "outlet" if media.is_newspaper(phrase, head) else kinds.by_head().get(lemma)
        if kind is None and point.statement is None:
            return Answer(None, "description", "no source, and of no kind that speaks")
        return self._new(phrase, lemma, kind, several=_is_plural(head) or lemma in {"media", "people"})

    def _place(self, phrase: SpacySpan, head: Token, point: Point) -> Answer | None:
        """A place that stands for who governs or works there, or None."""
        name = clauses.without_article(phrase.text)
        if seat := places.seat_of(name):
            return self._seat(name, seat)
        if point.statement is None and point.place != "subject":
            return None  # where something happens; nobody speaks
        bare = all(t.ent_type_ or t.is_punct or t.pos_ in {"CCONJ", "DET"} for t in phrase)
        return self._government(phrase) if head.ent_type_ in PLACES and bare else None

    def _pointing(self, phrase: SpacySpan, lemma: str, point: Point) -> Answer | None:
        """Words that point back to somebody told of before, resolved or open; None where it is somebody new."""
        possessor = clauses.child(documents.head_of(phrase), "poss")
        if possessor is not None and possessor.pos_ == "PRON" and lemma in back_words("own_words"):
            return self._own_words(possessor, phrase, point)
        if clauses.without_article(phrase.text).lower() in back_words("bare_parts"):
            return self.references.part(f"“{phrase.text}”", point.start, self._where(point))
        if phrase[0].lower_ not in back_words("articles") and possessor is None:
            return None
        answer = self._of_its_maker(phrase, lemma, self._definite(phrase, point))
        return answer if answer.draft is not None or answer.reason else None

    def _own_words(self, possessor: Token, phrase: SpacySpan, point: Point) -> Answer:
        """ "By her account", "in his words": the one whose words they are."""
        answer = self.references.pronoun(possessor.lower_, point.start, self._where(point))
        return replace(answer, reason=f"“{phrase.text}”: {answer.reason}")

    def _definite(self, phrase: SpacySpan, point: Point) -> Answer:
        """ "The agency", "the 29-year-old striker", "the pair": somebody spoken of before, if that is plain.

        An answer without draft and without reason: nobody before fits, it is somebody new.
        """
        head = documents.head_of(phrase)
        lemma = AGED if EPITHET.search(phrase.text) else head.lemma_.lower()
        name = clauses.without_article(phrase.text).lower()
        exact = self.register.told_of_as(name)
        if len(exact) == 1 and len(phrase) > 1:
            return Answer(exact[0].one(), "back reference", f"“{phrase.text}”: spoken of before in the same words")
        if clauses.child(head, "poss") is not None and clauses.child(head, "poss").pos_ == "PRON":  # type: ignore[union-attr]
            return Answer(None, "back reference", "")
        modifiers = [
            t for t in phrase if t.i != head.i and t.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} and t.head.i == head.i
        ]
        told = Description(
            phrase.text,
            lemma,
            kinds.by_head().get(lemma),
            head.tag_ in {"NNS", "NNPS"},
            frozenset({t.lower_ for t in modifiers} | {t.lower_ for m in modifiers for t in m.lefts}),
            any(
                t.dep_ in {"prep", "relcl", "acl", "poss"}
                for t in head.children
                if phrase.start <= t.i < phrase.end and t.i != head.i
            ),
        )
        return self.references.description(told, point.start)

    def _of_its_maker(self, phrase: SpacySpan, lemma: str, answer: Answer) -> Answer:
        """ "SANA's report" is the report told of before, unless that one is somebody else's."""
        draft = answer.draft
        owner = self._owner(phrase, lemma) if draft is not None else None
        if draft is None or owner is None or draft.owner is owner:
            return answer
        if draft.owner is not None or draft.several or draft.kind != "document":
            return Answer(None, "description", "")
        draft.owner = owner
        draft.add_name(draft.name)
        draft.name = clauses.without_article(phrase.text)
        self.register.rename(draft, draft.name)
        draft.reasons.append(f"the text speaks of one {lemma} only: {draft.name}")
        return answer

    def _new(self, phrase: SpacySpan, lemma: str, kind: SourceKind | None, *, several: bool) -> Answer:
        """An actor of its own, told of without a name."""
        head = documents.head_of(phrase)
        told = kind is not None
        if kind is None:
            kind = (
                "person"
                if head.ent_type_ == "PERSON"
                else "organisation"
                if head.pos_ == "PROPN" or _is_acronym(head)
                else "group"
                if several
                else "unnamed"
            )
        kind = _crowd(kind, lemma, several=several, phrase=phrase)
        name = relays.without_seeing(phrase) if kind == "document" else phrase.text
        if not told and head.pos_ == "PROPN":
            name = re.split(", (?:an?|the) ", name)[0]  # "Northern Observatory, a group in Leeds"
        draft = self.register.new(clauses.without_article(name), kind, lemma, several=several)
        draft.owner = self._owner(phrase, lemma)
        owner = clauses.child(head, "poss")
        own = owner is not None and (owner.pos_ != "PRON" or kind == "organisation")
        draft.definite = phrase[0].lower_ in back_words("articles") or own
        draft.doubtful = not told and not any(t.pos_ == "PROPN" for t in phrase)
        draft.known = kind in {"person", "organisation"} and not told and (head.pos_ == "PROPN" or _is_acronym(head))
        draft.count = _count(phrase)
        draft.proper = any(t.pos_ == "PROPN" for t in phrase if t.i <= head.i)
        named_owner = f", of {draft.owner.name}" if draft.owner is not None else ""
        gives = "gives the kind" if told else "is in no table of sources, so that the kind is a guess"
        return Answer(
            draft,
            "description",
            f"“{phrase.text}”: told of without a name{named_owner}; the word “{head.text}” {gives}",
        )

    def _owner(self, phrase: SpacySpan, lemma: str) -> Draft | None:
        """Whose report it is: "SANA's report", "a report by the ministry"."""
        maker = documents.maker(phrase) if kinds.by_head().get(lemma) == "document" else None
        if maker is None:
            return None
        inside = (n for n in clauses.noun_phrase(maker) if phrase.start <= n < phrase.end)
        numbers = sorted(n for n in inside if self.doc[n].tag_ != "POS") or [maker.i]
        run = self.doc[numbers[0] : numbers[-1] + 1]
        body = kinds.by_head().get(maker.lemma_.lower()) in {"organisation", "role", "outlet"}
        name = names.name_in(run)
        if name is None and maker.pos_ == "PROPN":
            name = (clauses.without_article(run.text), "organisation")
        if name is None and not body:
            inner = next((e for e in clauses.entities(run) if e.label_ in {"ORG", "PERSON"}), None)
            name = names.of_entity(inner) if inner is not None else None
        if name is not None:
            return self.register.named(*name)
        return self._maker_without_name(run, maker, phrase.start_char) if body else None

    def _maker_without_name(self, run: SpacySpan, maker: Token, at: int) -> Draft:
        """The ministry of "a report by the ministry", told of before or new."""
        lemma = maker.lemma_.lower()
        told = Description(run.text, lemma, kinds.by_head().get(lemma), plural=maker.tag_ == "NNS")
        same = self.references.description(told, at).draft
        if same is not None:
            return same
        name = clauses.without_article(run.text)
        draft = self.register.new(name, kinds.by_head()[lemma], lemma, several=maker.tag_ == "NNS")
        draft.definite = run[0].lower_ in back_words("articles") or maker.dep_ in {"compound", "nmod"}
        return draft

    def _government(self, phrase: SpacySpan) -> Answer:
        run = clauses.proper_run(phrase) if places.is_called_capital(phrase) else ""
        name = run or clauses.without_article(phrase.text)
        joined = [t for t in phrase if t.dep_ == "conj" and t.head.i >= phrase.start]
        several = bool(joined)
        government = places.government_of(name)
        draft = self.register.lookup(name) or (self.register.lookup(government) if government else None)
        if draft is None and government:  # "the Syrian government" before "Damascus"
            draft = next(iter(self.register.told_of_as(government.lower())), None)
        if draft is None:
            draft = self.register.named(name, "group" if several else "organisation")
        draft.several = several
        draft.kind = "group" if several else "organisation"
        draft.count = len(joined) + 1 if several else 0
        draft.words |= set() if several else {"government", "country"}
        if name not in draft.names or government:
            self.register.rename(draft, name)
        if government:
            self.register.rename(draft, government)
        return Answer(draft, "place for government", f"a place cannot speak: “{name}” stands for its government")

    def _seat(self, place: str, stands_for: str) -> Answer:
        draft = (
            self.register.lookup(place)
            or self.register.lookup(stands_for)
            or self.register.named(place, "organisation")
        )
        draft.kind = "organisation"
        draft.words |= {"government", "administration"}
        self.register.rename(draft, place)
        reason = f"a building cannot speak: “{place}” stands for who works there ({stands_for})"
        return Answer(draft, "place for government", reason)


def _conjuncts(head: Token) -> list[Token]:
    return [t for c in head.children if c.dep_ == "conj" for t in (c, *_conjuncts(c))]


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(words.load("sources")[name]["lemmas"])


def _crowd(kind: SourceKind, lemma: str, *, several: bool, phrase: SpacySpan) -> SourceKind:
    """Kinds that hang on more than the word: residents are a group and a resident is not; analysts of a named house."""
    if lemma in _table("professionals") and any(t.pos_ == "PROPN" for t in phrase):
        return "role"
    if lemma in _table("crowd"):
        return "group" if several and _count(phrase) == 0 else "role" if kind != "unnamed" else kind
    return kind


def _count(phrase: SpacySpan) -> int:
    """How many a phrase says they are, or 0."""
    table: dict[str, int] = words.load("sources")["counts"]
    return next((table[t.lower_] for t in phrase if t.lower_ in table and t.pos_ == "NUM"), 0)


def _is_acronym(noun: Token) -> bool:
    """A name in capitals that the parser takes for a word, and its S for a plural: "ECOWAS"."""
    return noun.is_upper and noun.is_alpha and len(noun) >= LONG_ACRONYM


def _is_plural(noun: Token) -> bool:
    return noun.tag_ in {"NNS", "NNPS"} and not _is_acronym(noun)


def _is_in_speakers_words(pronoun: Token) -> bool:
    """Whether a pronoun names what its speaker calls something: "condemned what it called a coup"."""
    thing = next((t for t in pronoun.head.lefts if t.lower_ == "what"), None)
    return thing is not None and thing.i < pronoun.i and pronoun.dep_ == "nsubj"


def _is_no_person(noun: Token) -> bool:
    kind = kinds.by_head().get(noun.lemma_.lower())
    return noun.ent_type_ != "PERSON" and kind not in {"role", "unnamed", "group"} and noun.head.dep_ == "prep"
