"""Whom the words of a source stand for: actors, their names, and references back to them.

The names of the whole text come first (`register`); then every noun phrase that may be an actor is read in order, the
sources of statements among them, so that a reference back is looked for among all who were spoken of and not only
among those who spoke (`references`). A reference is resolved only where exactly one candidate fits; else it stays
unresolved and says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from sayso.annotating import anonymity, askable, aspects, clauses, kinds, media, names, places, relays, uniting
from sayso.annotating.attribution import Statement, parents_of
from sayso.annotating.credits import Credit
from sayso.annotating.identifying import Identifier, Point
from sayso.annotating.overlaps import by_span
from sayso.annotating.references import Answer, back_words
from sayso.annotating.register import Draft, Place, Register
from sayso.annotating.stance import speech_kind
from sayso.model import Actor, Attribution, Content, Link, Listing, Mention, Source, Span, Spans
from sayso.words import outlets
from sayso.words.quotations import quotations

NOMINAL = {"nsubj", "nsubjpass", "dobj", "pobj", "dative", "attr", "poss", "conj", "oprd", "ROOT", "npadvmod"}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The attributions with their sources' actors, and the actors with the places that name them."""

    attributions: tuple[Attribution, ...]
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    credited: Link | None = None


def resolve(
    doc: Doc, statements: Sequence[Statement], outlet: str | None = None, credit: Credit | None = None
) -> Resolved:
    """Resolve every source of the statements to an actor of the text, or say why not.

    `outlet` is who published the text: what it is told by others comes through nobody else. `credit` is the agency
    whose report it is, which becomes an actor and the first link of every chain.

    >>> from sayso.annotating import attribution, language
    >>> doc = language.parse("Reuters reported that a bridge fell. It said that two people died.")
    >>> [a.name for a in resolve(doc, attribution.find(doc)).actors]
    ['Reuters']
    """
    return _Reader(doc, statements, outlet).read(credit)


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
        self.identifier = Identifier(doc, statements, self.parents, self.register, self.quotes)
        self.found = self.identifier.found

    def read(self, credit: Credit | None) -> Resolved:
        uniting.gather(self.doc, self.register)
        credited = self.register.named(credit.name, "outlet") if credit is not None else None
        points = sorted(self._points(), key=lambda p: (p.start, p.statement is None))
        # "I" in a quotation is whoever is named behind it.
        passing = {s.told for s in self.statements} | {spans for through in self.through for spans in through}
        points.sort(key=_is_speaker)
        for point in points:
            if point.spans in self.found:
                continue
            answer = self.identifier.who(point)
            if answer.draft is None and answer.mention == "description":
                answer = replace(answer, mention="back reference")
            if answer.draft is not None and point.spans in passing:
                relays.settle(answer.draft, point.phrase)
            if point.statement is not None:
                self.found[point.spans] = self._source(point, answer)
            if answer.draft is not None and not _is_speaker(point):
                self.identifier.learn(point.phrase.root, answer.draft)
                quoted = bool(self.quotes.of(Span(point.start, point.start + 1)))
                self.register.note(point.start, answer.draft.one(), point.place, quoted=quoted)
        uniting.name_the_lead(self.doc, self.register)
        uniting.unite_documents(self.register)
        found = self._result(credited)
        if credit is None or credited is None:
            return found
        actor = next(a for a in found.actors if credited.one().name == a.name)
        return replace(found, credited=Link(credit.name, "outlet", actor.id, None, credit.spans, (credit.reason,)))

    def _points(self) -> Iterator[Point]:
        heads: set[int] = set()
        contents = by_span(span for s in self.statements for span in s.content)
        for n, statement in enumerate(self.statements):
            place: Place = "other" if statement.within else "inner" if contents.of(statement.cue[0]) else "speaker"
            sources: list[tuple[Spans, Place]] = [(statement.source, place), (statement.told, "other")]
            sources += [(spans, "other") for spans in self.through[n]]
            for spans, stands in sources:
                phrase = self._phrase(spans)
                if phrase is not None:
                    phrase = relays.medium_of(phrase) if spans != statement.source else phrase
                    heads.update(t.i for t in phrase if t.i == phrase.root.i or t.dep_ in {"conj", "appos"})
                    yield Point(spans[0].start, phrase, spans, n, stands)
        for token in self.doc:
            if token.i not in heads and self._may_be_somebody(token):
                joined = {n for t in token.children if t.dep_ == "conj" for n in clauses.subtree(t)}
                end = min(joined, default=len(self.doc))
                numbers = sorted(n for n in clauses.noun_phrase(token) if n < end)
                numbers = numbers or [token.i]  # what is joined can begin before it
                while len(numbers) > 1 and self.doc[numbers[-1]].dep_ in {"cc", "punct"}:
                    numbers.pop()
                phrase = self.doc[numbers[0] : numbers[-1] + 1]
                span = Span(phrase.start_char, phrase.end_char)
                place = "subject" if token.dep_ in clauses.SUBJECTS else "other"
                told = contents.of(Span(span.start, span.start + 1))
                yield Point(span.start, phrase, (span,), None, "told" if told else place)

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
        if token.dep_ not in NOMINAL or any(t.lower_ == "no" for t in token.lefts):
            return False
        if token.pos_ == "PRON":
            pointing = back_words("singular_person") | back_words("several") | {"both"}
            return token.lower_ in pointing and token.dep_ != "poss"
        if token.text[:1].isupper() and self.register.knows(token.text):
            return True
        if token.pos_ == "NOUN":
            told = token.lemma_.lower() in kinds.by_head() or any(
                t.dep_ == "appos" and t.pos_ == "PROPN" for t in token.children
            )
            fragment = token.dep_ == "ROOT" and not any(t.pos_ in {"VERB", "AUX"} for t in token.subtree)
            return told and (fragment or token.dep_ not in {"ROOT", "npadvmod", "poss"})
        if token.ent_type_ == "GPE" and token.dep_ == "nsubj" and token.head.pos_ == "VERB":
            return True
        return token.pos_ == "PROPN" and (
            token.ent_type_ in {"PERSON", "ORG"} or names.unmarked_name(token) is not None
        )

    def _source(self, point: Point, answer: Answer) -> tuple[Draft | None, Source]:
        draft = answer.draft.one() if answer.draft is not None else None
        if draft is None:
            return None, Source(point.spans, "unnamed", None, (answer.reason,))
        draft.mentions.append(Mention(point.spans, None, answer.mention, (answer.reason,)))
        for member in draft.members:
            member.mentions.append(Mention(point.spans, None, "description", (f"one of “{draft.name}”",)))
        return draft, Source(point.spans, draft.kind, None, (answer.reason,))

    def _result(self, credited: Draft | None) -> Resolved:
        kept = [d for d in self.register.drafts if d.same_as is None and (d.mentions or d is credited)]
        owners = {id(d.owner.one()): d.owner.one() for d in kept if d.owner is not None}
        kept += [owner for key, owner in owners.items() if key not in {id(d) for d in kept}]
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
        if draft.kind not in {"outlet", "organisation"}:
            return tuple(dict.fromkeys(draft.names))
        used = [name for name in dict.fromkeys(draft.names) if self._stands_in_text(name)]
        return tuple(used) or (draft.name,)

    def _stands_in_text(self, name: str) -> bool:
        """Whether a name stands in the text; only our tables' names need not."""
        ours = media.outlet_in(name) is not None or places.is_of_government(name) or places.seat_of(name) is not None
        return not ours or " ".join(name.split()).casefold() in self._folded_text

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


def _is_speaker(point: Point) -> bool:
    return point.phrase.text.lower() in back_words("speaker")


def _listings(draft: Draft) -> tuple[Listing, ...]:
    """What the tables of outlets say of a medium, by the first of its names that they have."""
    return next((found for name in draft.names if (found := outlets.listings(name))), ())
