"""Whom the words of a source stand for: actors, their names, and references back to them.

The names of the whole text come first (`register`); then every noun phrase that may be an actor is read in order, the
sources of statements among them, so that a reference back is looked for among all who were spoken of and not only
among those who spoke (`references`). A reference is resolved only where exactly one candidate fits; else it stays
unresolved and says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from sayso import words
from sayso.annotating import anonymity, askable, aspects, clauses, documents, kinds, media, names, places, relays
from sayso.annotating.attribution import Statement, parents_of
from sayso.annotating.overlaps import by_span
from sayso.annotating.quotations import quotations
from sayso.annotating.references import Answer, References, Where, back_words
from sayso.annotating.register import Draft, Place, Register, Seen, class_words
from sayso.annotating.stance import speech_kind
from sayso.model import Actor, Attribution, Content, Listing, Mention, Source, SourceKind, Span, Spans, words_of
from sayso.words import outlets

NOMINAL = {"nsubj", "nsubjpass", "dobj", "pobj", "dative", "attr", "poss", "conj", "oprd", "ROOT", "npadvmod"}
PLACES = {"GPE", "LOC", "FAC"}
LONGEST_NAME = 8  # words of a description that may serve as another name
DISTINGUISHED = {"organisation", "role", "document"}  # kinds of which "the health …" and "the defence …" are two


@dataclass(frozen=True, slots=True)
class Resolved:
    """The attributions with their sources' actors, and the actors with the places that name them."""

    attributions: tuple[Attribution, ...]
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]


def resolve(doc: Doc, statements: Sequence[Statement], outlet: str | None = None) -> Resolved:
    """Resolve every source of the statements to an actor of the text, or say why not.

    `outlet` is who published the text: what it is told by others comes through nobody else.

    >>> from sayso.annotating import attribution, language
    >>> doc = language.parse("Reuters reported that a bridge fell. It said that two people died.")
    >>> [a.name for a in resolve(doc, attribution.find(doc)).actors]
    ['Reuters']
    """
    return _Reader(doc, statements, outlet).read()


@dataclass(frozen=True, slots=True)
class _Point:
    """A noun phrase to be read: its words, and the statement whose source it is, if it is one."""

    start: int
    phrase: SpacySpan
    spans: Spans
    statement: int | None
    place: Place


class _Reader:
    """Reads the noun phrases of a text in order and remembers whom it has met."""

    def __init__(self, doc: Doc, statements: Sequence[Statement], outlet: str | None) -> None:
        self.doc = doc
        self.text = doc.text
        self._folded_text = " ".join(self.text.split()).casefold()
        self.statements = statements
        self.parents = parents_of(statements)
        self.through = [relays.find(doc, s, outlet) for s in statements]
        self.quotes = by_span(quotations(self.text))
        self.register = Register()
        self.references = References(self.register, [s.start_char for s in doc.sents])
        self.found: dict[Spans, tuple[Draft | None, Source]] = {}
        self.phrases: dict[int, Spans] = {}

    def read(self) -> Resolved:
        self._gather()
        points = sorted(self._points(), key=lambda p: (p.start, p.statement is None))
        # "I" in a quotation is whoever is named behind it.
        passing = {s.told for s in self.statements} | {spans for through in self.through for spans in through}
        later = [p for p in points if p.phrase.text.lower() in back_words("speaker")]
        for point in [*(p for p in points if p not in later), *later]:
            if point.spans in self.found:
                continue
            answer = self._who(point)
            if answer.draft is None and answer.mention == "description":
                answer = replace(answer, mention="back reference")
            if answer.draft is not None and point.spans in passing:
                relays.settle(answer.draft, point.phrase)
            if point.statement is not None:
                self.found[point.spans] = self._source(point, answer)
            if answer.draft is not None and point not in later:
                self._learn(point.phrase.root, answer.draft)
                quoted = bool(self.quotes.of(Span(point.start, point.start + 1)))
                self.register.note(point.start, answer.draft.one(), point.place, quoted=quoted)
        self._name_the_lead()
        self._unite_documents()
        return self._result()

    # --- who is named in the text -------------------------------------------------------------------------------------

    def _gather(self) -> None:
        """All names of the text, the longest first, and those that it says are one actor's."""
        found: list[tuple[str, SourceKind]] = [(name, "outlet") for name in media.named(self.doc)]
        known = {name for name, _ in found}
        for entity in clauses.entities(self.doc):
            if (named := names.of_entity(entity)) and named[0] not in known:
                found.append(named)
        found += [(run, "person") for t in self.doc if (run := names.unmarked_name(t)) is not None]
        aliases = list(names.aliases(self.text))
        found += [(alias.name, "organisation") for alias in aliases]
        for name, kind in sorted(dict.fromkeys(found), key=lambda item: -len(names.without_title(item[0])[1].split())):
            self.register.named(name, kind)
        for alias in aliases:
            draft = self.register.named(alias.name, "organisation")
            other = self.register.lookup(alias.other)
            if other is not None and other is not draft:
                other.same_as = draft
                for name in other.names:
                    draft.add_name(name)
            self.register.rename(draft, alias.other)
            draft.reasons.append(f"{alias.reason}: “{alias.name}” and “{alias.other}” are one, by the text's own words")
            draft.mentions.append(Mention((alias.other_span,), None, "alias", (alias.reason,)))

    def _learn(self, head: Token, draft: Draft) -> None:
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

    # --- the noun phrases in order ------------------------------------------------------------------------------------

    def _points(self) -> Iterator[_Point]:
        heads: set[int] = set()
        contents = by_span(span for s in self.statements for span in s.content)
        for n, statement in enumerate(self.statements):
            place = "other" if statement.within else "inner" if contents.of(statement.cue[0]) else "speaker"
            sources = [(statement.source, place), (statement.told, "other")]
            sources += [(spans, "other") for spans in self.through[n]]
            for spans, stands in sources:
                phrase = self._phrase(spans)
                if phrase is not None:
                    phrase = relays.medium_of(phrase) if spans != statement.source else phrase
                    heads.update(t.i for t in phrase if t.i == phrase.root.i or t.dep_ in {"conj", "appos"})
                    yield _Point(spans[0].start, phrase, spans, n, stands)  # type: ignore[arg-type]
        for token in self.doc:
            if token.i not in heads and self._may_be_somebody(token):
                numbers = sorted(clauses.noun_phrase(token))
                phrase = self.doc[numbers[0] : numbers[-1] + 1]
                span = Span(phrase.start_char, phrase.end_char)
                stands: Place = "subject" if token.dep_ in clauses.SUBJECTS else "other"
                stands = "told" if contents.of(Span(span.start, span.start + 1)) else stands
                yield _Point(span.start, phrase, (span,), None, stands)

    def _phrase(self, spans: Spans) -> SpacySpan | None:
        phrase = self.doc.char_span(spans[0].start, spans[0].end, alignment_mode="expand") if spans else None
        if phrase is None:
            return None
        if (
            phrase.end < len(self.doc)
            and self.doc[phrase.end].lower_ in {"daily", "weekly"}
            and phrase[-1].pos_ == "NOUN"
        ):
            return self.doc[phrase.start : phrase.end + 1]  # "the business daily", cut before "daily"
        behind = relays.name_behind(phrase[-1])  # "told private radio station RFM", cut before the name
        phrase = self.doc[phrase.start : max(behind) + 1] if behind else phrase
        end = media.end_of_outlet(self.text, phrase.start_char)  # "the Mail on Sunday", cut before "on"
        if end > phrase.end_char:
            return self.doc.char_span(phrase.start_char, end, alignment_mode="expand") or phrase
        return phrase

    def _may_be_somebody(self, token: Token) -> bool:
        if token.dep_ not in NOMINAL:
            return False
        if token.pos_ == "PRON":
            return token.lower_ in back_words("singular_person") | back_words("several") and token.dep_ != "poss"
        if token.pos_ == "NOUN":
            told = token.lemma_.lower() in kinds.by_head() or any(
                t.dep_ == "appos" and t.pos_ == "PROPN" for t in token.children
            )
            return told and token.dep_ not in {"ROOT", "npadvmod"}
        if token.pos_ == "PROPN" and not token.ent_type_ and self.register.knows(token.text):
            return True
        return token.pos_ == "PROPN" and (
            token.ent_type_ in {"PERSON", "ORG"} or names.unmarked_name(token) is not None
        )

    def _source(self, point: _Point, answer: Answer) -> tuple[Draft | None, Source]:
        draft = answer.draft.one() if answer.draft is not None else None
        if draft is None:
            return None, Source(point.spans, "unnamed", None, (answer.reason,))
        draft.mentions.append(Mention(point.spans, None, answer.mention, (answer.reason,)))
        for member in draft.members:
            member.mentions.append(Mention(point.spans, None, "description", (f"one of “{draft.name}”",)))
        return draft, Source(point.spans, draft.kind, None, (answer.reason,))

    # --- whom a phrase stands for -------------------------------------------------------------------------------------

    def _who(self, point: _Point) -> Answer:
        """Whom a phrase stands for, by which sort of mention, and why."""
        phrase = point.phrase
        lower = phrase.text.lower()
        head = phrase.root
        if lower in back_words("speaker"):
            return self._speaker(point)
        acronym = phrase.text.isupper() and len(phrase.text) > 2  # "WHO"
        if len(phrase) == 1 and not acronym and lower in back_words("relative") and head.tag_ in {"WP", "WDT", "IN"}:
            return self._antecedent(point)
        if head.pos_ == "PRON" and len(phrase) == 1 and not acronym:
            return self.references.pronoun(lower, point.start, self._where(point))
        if point.statement is not None and (members := self._members(phrase)):
            return self._several(phrase, members, point)
        return self._single(phrase, point)

    def _single(self, phrase: SpacySpan, point: _Point) -> Answer:
        if places.is_called_capital(phrase):
            return self._government(phrase)
        if (inner := self._partitive(phrase, point)) is not None:
            return inner
        paper = documents.head_of(phrase)
        if paper.i != phrase.root.i and kinds.by_head().get(paper.lemma_.lower()) == "document":
            return self._described(phrase, point)
        counted = phrase.root.lemma_.lower() in words.load("sources")["counts"]
        if not counted and (name := names.name_in(phrase)):
            if seat := places.seat_of(name[0]):
                return self._seat(name[0], seat)
            draft = self.register.named(*name)
            self._describe(draft, name[0], phrase)
            if draft.kind == "outlet":
                self._as_written(draft, phrase)
            return Answer(draft, "name", f"“{name[0]}” is named")
        same = self.register.lookup(clauses.without_article(phrase.text)) if phrase.text[:1].isupper() else None
        if same is not None and same.known and phrase.root.pos_ not in {"NOUN", "ADJ"}:
            return Answer(same, "name", f"“{phrase.text}” is named")
        return self._described(phrase, point)

    def _as_written(self, draft: Draft, phrase: SpacySpan) -> None:
        """A medium is called as the text calls it, and not as the table does."""
        written = media.outlet_as_written(phrase.text)
        if written is not None and written != draft.name:
            if draft.name not in self.text:
                draft.names = [n for n in draft.names if n != draft.name]
                draft.name = written
            self.register.rename(draft, written)

    def _quoted(self, point: _Point) -> bool:
        return bool(self.quotes.of(Span(point.start, point.start + 1)))

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

    def _speaker(self, point: _Point) -> Answer:
        """“I” in a quotation is the one quoted."""
        n = point.statement
        parent = self.parents[n] if n is not None else None
        if parent is None:
            return Answer(None, "back reference", "“I” or “we” outside any quotation: the writer, or unresolved")
        draft = self.found.get(self.statements[parent].source, (None, None))[0]
        if draft is None:
            return Answer(None, "back reference", "the speaker of the quotation is not resolved")
        return Answer(draft, "back reference", f"the speaker of the quotation around it: {draft.name}")

    def _speaker_around(self, point: _Point) -> Draft | None:
        """Who says what a phrase stands in."""
        n = point.statement
        parent = self.parents[n] if n is not None else None
        return self.found.get(self.statements[parent].source, (None, None))[0] if parent is not None else None

    def _where(self, point: _Point) -> Where:
        own = self.statements[point.statement].content if point.statement is not None else ()
        first = point.phrase.root.sent[0]
        shift = back_words("new_scene")
        new_scene = first.i < point.phrase.start and first.lower_ in shift and not self._quoted(point)
        told = words_of(self.statements[point.statement].told, self.text).lower() if point.statement is not None else ""
        return Where(self._quoted(point), self._speaker_around(point), own, new_scene, told=told)

    def _antecedent(self, point: _Point) -> Answer:
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

    def _several(self, phrase: SpacySpan, members: list[SpacySpan], point: _Point) -> Answer:
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
            self._learn(m.root, one)
            self.register.note(m.start_char, one, "speaker", quoted=self._quoted(point))
        return Answer(draft, "description", f"“{together}”: {len(drafts)} sources together")

    def _partitive(self, phrase: SpacySpan, point: _Point) -> Answer | None:
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
            return Answer(answer.draft, "back reference", f"“{phrase.text}”: of “{answer.draft.name}”")
        if whole.pos_ == "PRON":
            return answer
        lemma = whole.lemma_.lower()
        return self._new(phrase, lemma, kinds.by_head().get(lemma), several=head.lower_ != "one")

    def _described(self, phrase: SpacySpan, point: _Point) -> Answer:
        """A source told of without a name: "the report", "two officials", "Damascus", "sources in Idlib"."""
        head = documents.head_of(phrase)
        lemma = head.lemma_.lower()
        if seat := places.seat_of(clauses.without_article(phrase.text)):
            return self._seat(clauses.without_article(phrase.text), seat)
        if head.ent_type_ in PLACES and all(t.ent_type_ or t.is_punct or t.pos_ in {"CCONJ", "DET"} for t in phrase):
            return self._government(phrase)
        possessor = clauses.child(head, "poss")
        if possessor is not None and possessor.pos_ == "PRON" and lemma in back_words("own_words"):
            return self._own_words(possessor, phrase, point)
        if clauses.without_article(phrase.text).lower() in back_words("bare_parts"):
            return Answer(
                None, "back reference", f"“{phrase.text}”: one of several told of before; which one is not said"
            )
        if phrase[0].lower_ in back_words("articles") or possessor is not None:
            answer = self._of_its_maker(phrase, lemma, self._definite(phrase, point))
            if answer.draft is not None or answer.reason:
                return answer
        kind = "outlet" if media.is_newspaper(phrase, head) else kinds.by_head().get(lemma)
        if kind is None and point.statement is None:
            return Answer(None, "description", "no source, and of no kind that speaks")
        return self._new(phrase, lemma, kind, several=head.tag_ in {"NNS", "NNPS"} or lemma in {"media", "people"})

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

    def _own_words(self, possessor: Token, phrase: SpacySpan, point: _Point) -> Answer:
        """ "By her account", "in his words": the one whose words they are."""
        answer = self.references.pronoun(possessor.lower_, point.start, self._where(point))
        return replace(answer, reason=f"“{phrase.text}”: {answer.reason}")

    def _definite(self, phrase: SpacySpan, point: _Point) -> Answer:
        """ "The agency", "the 29-year-old striker", "the pair": somebody spoken of before, if that is plain.

        An answer without draft and without reason: nobody before fits, it is somebody new.
        """
        head = documents.head_of(phrase)
        lemma = "aged" if re.search(r"\d-year-old$", phrase.text) else head.lemma_.lower()
        name = clauses.without_article(phrase.text).lower()
        exact = [d for d in self.register.drafts if d.first >= 0 and not d.known and d.name.lower() == name]
        if len(exact) == 1 and len(phrase) > 1:
            return Answer(exact[0].one(), "back reference", f"“{phrase.text}”: spoken of before in the same words")
        if clauses.child(head, "poss") is not None and clauses.child(head, "poss").pos_ == "PRON":  # type: ignore[union-attr]
            return Answer(None, "back reference", "")
        modifiers = [
            t for t in phrase if t.i != head.i and t.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} and t.head.i == head.i
        ]
        return self.references.description(
            phrase.text,
            lemma,
            point.start,
            kinds.by_head().get(lemma),
            plural=head.tag_ in {"NNS", "NNPS"},
            modifiers={t.lower_ for t in modifiers} | {t.lower_ for m in modifiers for t in m.lefts},
            longer=any(
                t.dep_ in {"prep", "relcl", "acl", "poss"}
                for t in head.children
                if phrase.start <= t.i < phrase.end and t.i != head.i
            ),
        )

    def _new(self, phrase: SpacySpan, lemma: str, kind: SourceKind | None, *, several: bool) -> Answer:
        """An actor of its own, told of without a name."""
        head = documents.head_of(phrase)
        told = kind is not None
        if kind is None:
            kind = (
                "person"
                if head.ent_type_ == "PERSON"
                else "organisation"
                if head.pos_ == "PROPN"
                else "group"
                if several
                else "unnamed"
            )
        kind = _crowd(kind, lemma, several=several, phrase=phrase)
        name = relays.without_seeing(phrase) if kind == "document" else phrase.text
        draft = self.register.new(clauses.without_article(name), kind, lemma, several=several)
        draft.owner = self._owner(phrase, lemma)
        owner = clauses.child(head, "poss")
        own = owner is not None and (owner.pos_ != "PRON" or kind == "organisation")
        draft.definite = phrase[0].lower_ in back_words("articles") or own
        draft.doubtful = not told and not any(t.pos_ == "PROPN" for t in phrase)
        draft.known = kind in {"person", "organisation"} and not told and head.pos_ == "PROPN"
        draft.count = _count(phrase)
        named_owner = f", of {draft.owner.name}" if draft.owner is not None else ""
        gives = "gives the kind" if told else "is in no table of sources, so that the kind is a guess"
        return Answer(
            draft,
            "description",
            f"“{phrase.text}”: told of without a name{named_owner}; the word “{head.text}” {gives}",
        )

    def _owner(self, phrase: SpacySpan, lemma: str) -> Draft | None:
        """Whose report it is: "SANA's report", "a report by the ministry"."""
        if kinds.by_head().get(lemma) != "document":
            return None
        maker = documents.maker(phrase)
        if maker is None:
            return None
        numbers = sorted(
            n for n in clauses.noun_phrase(maker) if phrase.start <= n < phrase.end and self.doc[n].tag_ != "POS"
        )
        run = self.doc[numbers[0] : numbers[-1] + 1] if numbers else self.doc[maker.i : maker.i + 1]
        if name := names.name_in(run):
            return self.register.named(*name)
        if maker.pos_ == "PROPN":
            return self.register.named(clauses.without_article(run.text), "organisation")
        if kinds.by_head().get(maker.lemma_.lower()) not in {"organisation", "role", "outlet"}:
            inner = next((e for e in clauses.entities(run) if e.label_ in {"ORG", "PERSON"}), None)
            named = names.of_entity(inner) if inner is not None else None
            return self.register.named(*named) if named is not None else None
        same = self.references.description(
            run.text,
            maker.lemma_.lower(),
            phrase.start_char,
            kinds.by_head().get(maker.lemma_.lower()),
            plural=maker.tag_ == "NNS",
            modifiers=set(),
            longer=False,
        )
        if same.draft is not None:
            return same.draft
        draft = self.register.new(
            clauses.without_article(run.text),
            kinds.by_head()[maker.lemma_.lower()],
            maker.lemma_.lower(),
            several=maker.tag_ == "NNS",
        )
        draft.definite = run[0].lower_ in back_words("articles") or maker.dep_ in {"compound", "nmod"}
        return draft

    def _government(self, phrase: SpacySpan) -> Answer:
        run = clauses.proper_run(phrase) if places.is_called_capital(phrase) else ""
        name = run or clauses.without_article(phrase.text)
        several = any(t.dep_ == "conj" for t in phrase)
        government = places.government_of(name)
        draft = self.register.lookup(name) or (self.register.lookup(government) if government else None)
        if draft is None:
            draft = self.register.named(name, "group" if several else "organisation")
        draft.several = several
        draft.kind = "group" if several else "organisation"
        draft.count = len([t for t in phrase if t.dep_ == "conj"]) + 1 if several else 0
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

    # --- what comes of it ---------------------------------------------------------------------------------------------

    def _name_the_lead(self) -> None:
        """ "A former bodyguard told a court … Dean Rawlings said": leads say what somebody is, and the name comes next.

        One person without a name speaks in the lead; the first to speak by name in the two sentences behind it is told
        of there without another word of what he or she is.
        """
        starts = [s.start_char for s in self.doc.sents]
        lead = min(self._lead(), len(starts))
        if lead == len(starts):
            return
        end = starts[lead + 2] if lead + 2 < len(starts) else len(self.text)
        speak = [s for s in self.register.between(0, starts[lead]) if s.place == "speaker"]
        roles = [d for d in dict.fromkeys(s.draft.one() for s in speak) if _is_single_role(d)]
        after = (s for s in self.register.between(starts[lead], end) if s.place == "speaker")
        named = next((s for s in after if s.draft.one().kind == "person"), None)
        if len(roles) == 1 and named is not None and self._may_be_named(roles[0], named):
            role, person = roles[0], named.draft.one()
            role.same_as = person
            person.add_name(role.name)
            person.words |= role.words
            person.mentions += role.mentions
            person.reasons.append(f"“{role.name}” speaks first, and is named in what follows")

    def _may_be_named(self, role: Draft, named: Seen) -> bool:
        """Whether a name that comes up is that of one who spoke without: nothing else is said of its bearer."""
        person = named.draft.one()
        told = {word.strip(".") for word in person.words}
        titles = {title.strip(".").lower() for title in kinds.titles()}
        own = {word.lower() for name in person.names for word in name.split()}
        others = told - role.words - titles - {w for t in kinds.titles() for w in class_words(t.strip("."))}
        others = {word for word in others if not any(part.startswith(word) for part in own)}
        agree = not (role.sex and person.sex and role.sex != person.sex)
        again = any(s.draft.one() is role and s.start >= named.start for s in self.register.seen)
        known_by_now = role.definite and not told & (titles | role.words)
        return person.first == named.start and not others and agree and not again and not known_by_now

    def _lead(self) -> int:
        """The number of the sentence behind the first one that tells something (a headline or dateline is short)."""
        for n, sentence in enumerate(self.doc.sents):
            if sum(t.is_alpha for t in sentence) >= 6:
                return n + 1
        return 1

    def _unite_documents(self) -> None:
        """ "A report says … SANA's report": where the text speaks of one report only, they are one."""
        drafts = [d for d in self.register.drafts if d.same_as is None and d.mentions]
        for draft in drafts:
            if (
                draft.kind not in {"document", "unnamed"}
                or draft.owner is not None
                or draft.several
                or kinds.by_head().get(draft.head) != "document"
            ):
                continue
            owned = [d for d in drafts if d.owner is not None and d.head == draft.head and d is not draft]
            if len(owned) == 1 and not draft.several:
                draft.same_as = owned[0]
                for name in draft.names:
                    owned[0].add_name(name)
                owned[0].mentions += draft.mentions
                owned[0].reasons.append(f"the text speaks of one {draft.head} only: {owned[0].name}")

    def _result(self) -> Resolved:
        kept = [d for d in self.register.drafts if d.same_as is None and d.mentions]
        kept += [
            d
            for d in self.register.drafts
            if d.same_as is None and d not in kept and any(k.owner is not None and k.owner.one() is d for k in kept)
        ]
        kept.sort(key=lambda d: min((m.spans[0].start for m in d.mentions), default=max(d.first, 0)))
        ids = {id(d): f"e{n}" for n, d in enumerate(kept, 1)}
        attributions = self._attributions(ids)
        about = anonymity.find(self.doc, attributions)
        actors = tuple(self._actor(d, ids, about) for d in kept)
        mentions = sorted(
            {replace(m, actor=ids[id(d)]) for d in kept for m in d.mentions}
            | {Mention(s.spans, None, "back reference", s.reasons) for d, s in self.found.values() if d is None},
            key=lambda m: (m.spans, m.kind),
        )
        return Resolved(attributions, actors, tuple(mentions))

    def _actor(self, draft: Draft, ids: dict[int, str], about: "anonymity.Findings") -> Actor:
        named = askable.is_named(draft)
        return Actor(
            ids[id(draft)],
            draft.name,
            draft.kind,
            self._names_used(draft),
            tuple(draft.reasons),
            owner=ids.get(id(draft.owner.one())) if draft.owner is not None else None,
            named=named,
            seen=askable.is_seen(draft, self.text),
            anonymity=None if named or draft.members else about.of(ids[id(draft)]),
            listings=_listings(draft) if draft.kind == "outlet" else (),
            members=tuple(ids[id(m.one())] for m in draft.members),
        )

    def _names_used(self, draft: Draft) -> tuple[str, ...]:
        """The names that the text itself uses, whatever our tables call somebody."""
        text = self._folded_text
        used = [name for name in dict.fromkeys(draft.names) if " ".join(name.split()).casefold() in text]
        return tuple(used) or (draft.name,)

    def _as_source(self, spans: Spans, ids: dict[int, str]) -> Source:
        draft, source = self.found[spans]
        if draft is None:
            return source
        one = draft.one()
        united = (f"the text speaks of one {draft.head} only: {one.name}",) if draft is not one else ()
        return replace(source, kind=one.kind, actor=ids[id(one)], reasons=source.reasons + united)

    def _attributions(self, ids: dict[int, str]) -> tuple[Attribution, ...]:
        return tuple(self._attribution(n, s, ids) for n, s in enumerate(self.statements))

    def _attribution(self, n: int, statement: Statement, ids: dict[int, str]) -> Attribution:
        parent = self.parents[n]
        draft = self.found[statement.source][0] if statement.source else None
        return Attribution(
            f"a{n + 1}",
            speech_kind(statement.content, self.quotes),
            self._as_source(statement.source, ids)
            if statement.source
            else Source((), "unnamed", None, statement.reasons),
            aspects.cue(self.doc, statement),
            Content(statement.content),
            f"a{parent + 1}" if parent is not None else None,
            "unclear" if draft is not None and draft.doubtful else statement.certainty,
            statement.reasons,
            self._as_source(statement.told, ids) if statement.told else None,
            statement.probability,
            tuple(self._as_source(spans, ids) for spans in self.through[n]),
        )


def _listings(draft: Draft) -> tuple[Listing, ...]:
    """What the tables of outlets say of a medium, by the first of its names that they have."""
    return next((found for name in draft.names if (found := outlets.listings(name))), ())


def _is_single_role(draft: Draft) -> bool:
    return draft.kind in {"role", "unnamed"} and not draft.several


def _is_no_person(noun: Token) -> bool:
    kind = kinds.by_head().get(noun.lemma_.lower())
    return noun.ent_type_ != "PERSON" and kind not in {"role", "unnamed", "group"} and noun.head.dep_ == "prep"


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
