"""Whom the words of a source stand for: actors, their names, and references back to them.

A reference is resolved only where exactly one candidate fits; else it stays unresolved and says so. The window
in which a candidate is looked for grows sentence by sentence backwards, as readers do (Hobbs 1978, "Resolving
pronoun references", in its plainest form).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from sayso import words
from sayso.annotating import aspects, names
from sayso.annotating.attribution import Statement, parents_of
from sayso.annotating.overlaps import by_span
from sayso.annotating.quotations import quotations
from sayso.annotating.stance import speech_kind
from sayso.model import Actor, Attribution, Content, Mention, Source, SourceKind, Span, Spans, words_of
from sayso.model.annotations import MentionKind

Who = tuple["Draft | None", SourceKind, MentionKind, str]

WINDOW = 4  # sentences back in which a pronoun or "the report" may find what it stands for
PERSONAL = {"person", "role", "unnamed"}


@dataclass(slots=True)
class Draft:
    """An actor while the text is read."""

    name: str
    kind: SourceKind
    head: str = ""
    several: bool = False
    doubtful: bool = False  # no word of it tells that it is somebody who can say anything
    owner: "Draft | None" = None
    names: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    places: list[int] = field(default_factory=list)  # where it was spoken of, in code points
    same_as: "Draft | None" = None

    def one(self) -> "Draft":
        return self.same_as.one() if self.same_as is not None else self


@dataclass(frozen=True, slots=True)
class Resolved:
    """The attributions with their sources' actors, and the actors with the places that name them."""

    attributions: tuple[Attribution, ...]
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]


@cache
def back_words(group: str) -> frozenset[str]:
    return frozenset(words.load("sources")["back"][group])


def resolve(doc: Doc, statements: Sequence[Statement]) -> Resolved:
    """Resolve every source of the statements to an actor of the text, or say why not.

    >>> from sayso.annotating import attribution, language
    >>> doc = language.parse("Reuters reported that a bridge fell. It said that two people died.")
    >>> [a.name for a in resolve(doc, attribution.find(doc)).actors]
    ['Reuters']
    """
    return _Reader(doc, statements).read()


class _Reader:
    """Reads the sources of a text in order and remembers whom it has met."""

    def __init__(self, doc: Doc, statements: Sequence[Statement]) -> None:
        self.doc = doc
        self.text = doc.text
        self.statements = statements
        self.parents = parents_of(statements)
        self.sentence_starts = [s.start_char for s in doc.sents]
        self.drafts: list[Draft] = []
        self.found: dict[Spans, tuple[Draft | None, Source]] = {}

    def read(self) -> Resolved:
        for alias in names.aliases(self.text):
            self._learn(alias)
        references = sorted((spans, n) for n, s in enumerate(self.statements) for spans in (s.told, s.source) if spans)
        for spans, n in references:
            if spans not in self.found:
                self.found[spans] = self._refer(spans, n)
        self._unite_documents()
        return self._result()

    def _learn(self, alias: names.Alias) -> None:
        """Remember two names of one actor."""
        draft = self._named(alias.name, "organisation")
        draft.names.append(alias.other)
        draft.reasons.append(f"{alias.reason}: “{alias.name}” and “{alias.other}” are one, by the text's own words")
        draft.mentions.append(Mention((alias.other_span,), None, "alias", (alias.reason,)))

    def _refer(self, spans: Spans, n: int) -> tuple[Draft | None, Source]:
        phrase = self.doc.char_span(spans[0].start, spans[0].end, alignment_mode="expand")
        if phrase is None:
            return None, Source(spans, "unnamed", None, ("its words could not be read",))
        draft, kind, mention, reason = self._who(phrase, spans, n)
        draft = draft.one() if draft is not None else None
        if draft is not None:
            draft.places.append(spans[0].start)
            draft.mentions.append(Mention(spans, None, mention, (reason,)))
            kind = draft.kind
        return draft, Source(spans, kind, None, (reason,))

    def _who(self, phrase: SpacySpan, spans: Spans, n: int) -> Who:
        """Whom a phrase stands for, of which kind, by which sort of mention, and why."""
        words_ = phrase.text
        lower = words_.lower()
        if lower in back_words("speaker"):
            return self._speaker(n)
        if phrase.root.pos_ == "PRON" and len(phrase) == 1 and not (words_.isupper() and len(words_) > 2):  # "WHO"
            return self._pronoun(lower, spans[0].start)
        if self._is_capital(phrase):
            return self._government(phrase)
        if name := names.name_in(phrase):
            draft = self._named(*name)
            self._describe(draft, name[0], phrase.text)
            return draft, draft.kind, "name", f"“{name[0]}” is named"
        return self._described(phrase, spans[0])

    def _describe(self, draft: Draft, name: str, phrase: str) -> None:
        """Keep what stands beside a name: "Syria's official news agency SANA" is also called by the first words."""
        for beside in (phrase.removesuffix(name), phrase.removeprefix(name)):
            rest = names.without_article(beside.strip(" ,"))
            if rest != phrase and " " in rest and rest not in draft.names and name not in rest:
                draft.names.append(rest)
                draft.reasons.append(f"called “{rest}” beside its name")

    def _speaker(self, n: int) -> Who:
        """“I” in a quotation is the one quoted."""
        parent = self.parents[n]
        if parent is None:
            return None, "unnamed", "back reference", "“I” or “we” outside any quotation: the writer, or unresolved"
        draft = self.found.get(self.statements[parent].source, (None, None))[0]
        if draft is None:
            return None, "unnamed", "back reference", "the speaker of the quotation is not resolved"
        return draft, draft.kind, "back reference", f"the speaker of the quotation around it: {draft.name}"

    def _pronoun(self, lower: str, at: int) -> Who:
        def fits(draft: Draft) -> bool:
            if lower in back_words("singular_thing"):
                return not draft.several and draft.kind in {"outlet", "organisation", "document"}
            if lower in back_words("singular_person"):
                return not draft.several and draft.kind in PERSONAL and not self._is_other_sex(lower, draft)
            return draft.several or draft.kind in {"group", "organisation"}

        if lower not in set().union(*map(back_words, ("singular_thing", "singular_person", "several"))):
            return None, "unnamed", "back reference", f"“{lower}” names nobody"
        found = self._backwards(f"“{lower}”", fits, at)
        if lower in back_words("singular_person") and found[0] is not None:
            other = self._mentioned_since(found[0], lower, at)
            if other:
                why = f"“{lower}” could be “{found[0].name}” or “{other}”, who is mentioned since: unresolved"
                return None, "unnamed", "back reference", why
        return found

    def _is_other_sex(self, pronoun: str, draft: Draft) -> bool:
        """Whether the words for somebody rule a pronoun out: "he" for "Ms Marsh" or "the spokeswoman"."""
        other = "women" if pronoun in back_words("masculine") else "men"
        return bool(_words_of_names(draft) & back_words(other))

    def _mentioned_since(self, draft: Draft, pronoun: str, at: int) -> str:
        """Somebody else who is named, or told of by a word of the pronoun's sex, between a source and a pronoun."""
        since = max((p for d in self.drafts if d.one() is draft for p in d.places if p < at), default=at)
        stretch = self.doc.char_span(since, at, alignment_mode="expand")
        if stretch is None:
            return ""
        own = _words_of_names(draft)
        same = back_words("men" if pronoun in back_words("masculine") else "women")
        for token in stretch:
            person = token.ent_type_ == "PERSON" and token.pos_ == "PROPN"
            if token.idx >= since and (person or token.lower_ in same) and token.lower_ not in own:
                return token.text
        return ""

    def _is_capital(self, phrase: SpacySpan) -> bool:
        """Whether the source is a city that the text itself calls a capital ("the capital, Carrowby")."""
        return any(t.lower_ == "capital" and phrase.root in (t, t.head) for t in phrase)

    def _described(self, phrase: SpacySpan, span: Span) -> Who:
        """A source told of without a name: "the report", "two officials", "Damascus", "sources in Idlib"."""
        head = phrase.root
        lemma = head.lemma_.lower()
        kind = names.kinds_by_head().get(lemma)
        owner = self._owner(phrase)
        bare = phrase[0].lower_ in back_words("articles") and len(phrase) <= 2
        same = self._same_words(phrase)
        if same is not None:
            return same, same.kind, "back reference", f"“{phrase.text}”: spoken of before in the same words"
        if bare and kind is not None and owner is None:
            draft, found_kind, mention, reason = self._backwards(
                f"“{phrase.text}”", lambda d: d.head == lemma or self._is_called(d, lemma), span.start
            )
            if draft is not None:
                return draft, found_kind, mention, reason
        if head.ent_type_ in {"GPE", "LOC"} and all(
            t.ent_type_ or t.is_punct or t.pos_ in {"CCONJ", "DET"} for t in phrase
        ):
            return self._government(phrase)
        if kind is None:
            kind = "person" if head.ent_type_ == "PERSON" else "organisation" if head.pos_ == "PROPN" else "group"
        draft = self._new(
            names.without_article(phrase.text), kind, lemma, several=head.tag_ in {"NNS", "NNPS"} or lemma == "media"
        )
        draft.owner = owner
        draft.doubtful = lemma not in names.kinds_by_head() and not any(t.pos_ == "PROPN" for t in phrase)
        named_owner = f", of {owner.name}" if owner is not None else ""
        gives = (
            "gives the kind"
            if lemma in names.kinds_by_head()
            else "is in no table of sources, so that the kind is a guess"
        )
        return (
            draft,
            kind,
            "description",
            f"“{phrase.text}”: told of without a name{named_owner}; the word “{head.text}” {gives}",
        )

    def _same_words(self, phrase: SpacySpan) -> Draft | None:
        """ "The joint statement" after "a joint statement": the one actor told of in the same words before."""
        definite = phrase[0].lower_ in back_words("articles") or any(t.dep_ == "poss" for t in phrase)
        if not definite or len(phrase) < 3:
            return None
        name = names.without_article(phrase.text).lower()
        same = _distinct(d.one() for d in self.drafts if d.name.lower() == name)
        return same[0] if len(same) == 1 else None

    def _government(self, phrase: SpacySpan) -> Who:
        run = names.proper_run(phrase) if self._is_capital(phrase) else ""
        name = run or names.without_article(phrase.text)
        several = any(t.dep_ == "conj" for t in phrase)
        kind: SourceKind = "group" if several else "organisation"
        draft = self._named(name, kind)
        draft.several = several
        return draft, kind, "place for government", f"a place cannot speak: “{name}” stands for its government"

    def _owner(self, phrase: SpacySpan) -> Draft | None:
        """Whose report it is, where a name with "'s" says so."""
        possessor = next((t for t in phrase.root.children if t.dep_ == "poss" and t.pos_ == "PROPN"), None)
        if possessor is None or names.kinds_by_head().get(phrase.root.lemma_.lower()) != "document":
            return None
        run = self.doc[possessor.left_edge.i : possessor.i + 1]
        name = names.name_in(run)
        return self._named(*(name or (names.without_article(run.text), "organisation")))

    def _is_called(self, draft: Draft, lemma: str) -> bool:
        """Whether "the agency" may be this actor: a word of its description, or the kind of medium it is."""
        if draft.kind == "outlet" and names.kinds_by_head().get(lemma) == "outlet":
            return True
        return any(lemma in words_of(m.spans, self.text).lower() for m in draft.mentions) and draft.kind != "unnamed"

    def _backwards(self, what: str, fits: Callable[[Draft], bool], at: int) -> Who:
        """The one actor that fits in the nearest sentence before that has any."""
        starts = [s for s in self.sentence_starts if s <= at]
        edges = [at, *reversed(starts[-WINDOW - 1 :])]
        for end, start in pairwise(edges):
            candidates = _distinct(d.one() for d in self.drafts for p in d.places if start <= p < end and fits(d.one()))
            if len(candidates) > 1:
                either = " or ".join(f"“{d.name}”" for d in candidates)
                return None, "unnamed", "back reference", f"{what} could be {either}: unresolved"
            if candidates:
                draft = candidates[0]
                return (
                    draft,
                    draft.kind,
                    "back reference",
                    f"{what} is “{draft.name}”, the only fitting source before it",
                )
        return None, "unnamed", "back reference", f"{what}: no source before it fits; unresolved"

    def _named(self, name: str, kind: SourceKind) -> Draft:
        """The actor of a name, met before or new."""
        name = names.without_article(name)
        for draft in self.drafts:
            if name in (draft.name, *draft.names) or (
                kind == draft.kind == "person" and _last_name_of(name, draft.name)
            ):
                if name not in draft.names:
                    draft.names.append(name)
                return draft
        return self._new(name, kind, "")

    def _new(self, name: str, kind: SourceKind, head: str, *, several: bool = False) -> Draft:
        draft = Draft(name, kind, head, several, names=[name])
        self.drafts.append(draft)
        return draft

    def _unite_documents(self) -> None:
        """ "A report says … SANA's report": where the text speaks of one report only, they are one."""
        for draft in self.drafts:
            if (
                draft.kind not in {"document", "unnamed"}
                or draft.owner is not None
                or names.kinds_by_head().get(draft.head) != "document"
            ):
                continue
            owned = _distinct(d.one() for d in self.drafts if d.owner is not None and d.head == draft.head)
            if len(owned) == 1 and not draft.several:
                draft.same_as = owned[0]
                owned[0].names += [n for n in draft.names if n not in owned[0].names]
                owned[0].mentions += draft.mentions
                owned[0].reasons.append(f"the text speaks of one {draft.head} only: {owned[0].name}")

    def _result(self) -> Resolved:
        kept = [d for d in _distinct(d.one() for d in self.drafts) if d.mentions]
        kept += [d.owner.one() for d in kept if d.owner is not None and d.owner.one() not in kept]
        kept.sort(key=lambda d: min((m.spans[0].start for m in d.mentions), default=d.places[0] if d.places else 0))
        ids = {id(d): f"e{n}" for n, d in enumerate(kept, 1)}
        actors = tuple(
            Actor(
                ids[id(d)],
                d.name,
                d.kind,
                tuple(dict.fromkeys(d.names)),
                tuple(d.reasons),
                ids[id(d.owner.one())] if d.owner else None,
            )
            for d in kept
        )
        mentions = sorted(
            {replace(m, actor=ids[id(d)]) for d in kept for m in d.mentions}
            | {Mention(s.spans, None, "back reference", s.reasons) for d, s in self.found.values() if d is None},
            key=lambda m: (m.spans, m.kind),
        )
        return Resolved(self._attributions(ids), actors, tuple(mentions))

    def _source(self, spans: Spans, ids: dict[int, str]) -> Source:
        draft, source = self.found[spans]
        if draft is None:
            return source
        one = draft.one()
        united = (f"the text speaks of one {draft.head} only: {one.name}",) if draft is not one else ()
        return replace(source, kind=one.kind, actor=ids[id(one)], reasons=source.reasons + united)

    def _doubtful(self, statement: Statement) -> bool:
        draft = self.found[statement.source][0] if statement.source else None
        return draft is not None and draft.doubtful

    def _attributions(self, ids: dict[int, str]) -> tuple[Attribution, ...]:
        quotes = by_span(quotations(self.text))
        return tuple(
            Attribution(
                f"a{n + 1}",
                speech_kind(s.content, quotes),
                self._source(s.source, ids) if s.source else Source((), "unnamed", None, s.reasons),
                aspects.cue(self.doc, s),
                Content(s.content),
                f"a{self.parents[n] + 1}" if self.parents[n] is not None else None,  # type: ignore[operator]
                "unclear" if self._doubtful(s) else s.certainty,
                s.reasons,
                self._source(s.told, ids) if s.told else None,
                s.probability,
            )
            for n, s in enumerate(self.statements)
        )


def _words_of_names(draft: Draft) -> set[str]:
    return {word.strip(".,").lower() for name in draft.names for word in name.split()}


def _distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """Each draft once, in order."""
    return list({id(d): d for d in drafts}.values())


def _last_name_of(name: str, full: str) -> bool:
    """Whether one name is the last word of the other ("Kaya" of "Ali Kaya"), titles left aside."""
    short, long = sorted((name.split(), full.split()), key=len)
    return bool(short) and short[-1] == long[-1] and (len(short) == 1 or short[0] == long[0])
