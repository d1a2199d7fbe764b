"""Words that point back: whom "it", "he", "the agency" and "the pair" stand for.

Candidates are looked for sentence by sentence backwards, as readers do (Hobbs 1978, "Resolving pronoun references").
In the nearest sentence that has any, one candidate is the answer; of several, the only one who speaks there. Nothing
else is tried: with two that fit, the reference stays open and the reason names both.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from sayso import words
from sayso.annotating.kinds import is_given_name
from sayso.annotating.register import Draft, Register, Seen, fits_word
from sayso.model import SourceKind, Spans
from sayso.model.annotations import MentionKind

WINDOW = 4  # sentences back in which a pronoun may find what it stands for
FAR = 40  # sentences back in which a description may find what it stands for
NONE_FITS = ": no source before it fits; unresolved"
ONLY_ONE = "the only fitting one before it"
AGED = "aged"  # what stands for "24-year-old"
UNTYPED_WINDOW = 2  # … in which a description may, of which the text never said that it fits
PERSONAL = {"person", "role", "unnamed"}
THINGS = {"outlet", "organisation", "document"}


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom words stand for, or None; by which sort of mention; and why."""

    draft: Draft | None
    mention: MentionKind
    reason: str


@dataclass(frozen=True, slots=True)
class Where:
    """Where words that point back stand.

    `speaker` is who says what they stand in, `own` the content of the statement whose source they are: who is told of
    there is not meant. `part`: they are a part of a whole ("one of them"). `told`: who is told by them, in small
    letters.
    """

    quoted: bool = False
    speaker: Draft | None = None
    own: Spans = ()
    new_scene: bool = False
    part: bool = False
    told: str = ""

    def allows(self, seen: Seen) -> bool:
        """Whether somebody spoken of at a place may be meant."""
        if any(span.start <= seen.start < span.end for span in self.own):
            return False
        if self.quoted:
            return seen.draft.one() is not self.speaker or self.speaker is None
        return not seen.quoted


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase that may point back: its words, the lemma and the kind of its head, and what else is said.

    `longer`: more hangs on it than words before the head ("the officials in Ankara").
    """

    words: str
    lemma: str
    kind: SourceKind | None
    plural: bool
    modifiers: frozenset[str] = frozenset()
    longer: bool = False

    def agrees_with(self, draft: Draft) -> bool:
        """Whether what is said beside the head ("the health ministry", "the London-based group") fits one."""
        called = {w.casefold() for name in draft.names for w in re.sub("['’]s", "", name).split()} | draft.words
        if not self.modifiers & back_words("restricting") <= called:
            return False
        if draft.words & back_words("subordinate") - self.modifiers:
            return False
        if self.modifiers <= called:
            return not self.longer or draft.known or self.kind == "document"
        if not draft.known:
            return False
        return self.kind != "organisation" or not self.modifiers & back_words("fields")


@cache
def back_words(group: str) -> frozenset[str]:
    """A list of words/sources.toml, section `back`."""
    return frozenset(words.load("sources")["back"][group])


SOMEBODY_NEW = Answer(None, "description", "")


class References:
    """Finds what words point back to, among those whom a register has seen."""

    def __init__(self, register: Register, sentence_starts: Sequence[int]) -> None:
        self.register = register
        self.sentence_starts = sentence_starts

    def pronoun(self, lower: str, at: int, where: "Where") -> Answer:
        """Whom "it", "he", "she" or "they" at a place stands for."""
        if lower in back_words("singular_person"):
            return self._person(lower, at, where)
        if lower in back_words("singular_thing"):
            return self._nearest(f"“{lower}”", _is_thing, at, where)
        if lower in back_words("several"):
            found = self._nearest(
                f"“{lower}”", lambda d: (d.several or d.kind == "group") and d.kind != "document", at, where
            )
            if found.draft is not None or where.part:
                return found
            return self._nearest(f"“{lower}”", _is_body, at, where)
        return Answer(None, "back reference", f"“{lower}” names nobody")

    def own_words(self, lower: str, speaker: Draft) -> Answer | None:
        """ "It" of "the bloc condemned what it called a coup": the speaker, where number and sex allow it."""
        if lower in back_words("singular_person"):
            sex = "masculine" if lower in back_words("masculine") else "feminine"
            fits = not speaker.several and speaker.kind in PERSONAL and speaker.sex in {"", sex}
        elif lower in back_words("several"):
            fits = speaker.several or speaker.kind == "group"
        else:
            fits = lower in back_words("singular_thing") and not speaker.several and speaker.kind not in PERSONAL
        return _is(f"“{lower}”", speaker, "whose words these are") if fits else None

    def part(self, what: str, at: int, where: "Where") -> Answer:
        """ "One", "the other", "some": of those who were told of together and spoke, if there is one such group."""
        found = self._nearest(what, lambda d: d.several and d.kind != "document" and bool(d.mentions), at, where)
        if found.draft is None:
            return Answer(None, "back reference", f"{what}: one of several told of before; which one is not said")
        return Answer(found.draft, "back reference", f"{what}: of “{found.draft.name}”")

    def _person(self, lower: str, at: int, where: "Where") -> Answer:
        sex = "masculine" if lower in back_words("masculine") else "feminine"

        # "A nurse said he had assured her": she is the nurse, so that he is somebody else.
        other = (
            where.speaker if where.told in {"him", "her"} and (where.told == "him") != (sex == "masculine") else None
        )

        def fits(draft: Draft) -> bool:
            return not draft.several and draft.kind in PERSONAL and draft.sex in {"", sex} and draft is not other

        answer = self._nearest(f"“{lower}”", fits, at, where, alone=True)
        if answer.draft is not None and not answer.draft.sex:
            answer.draft.sex = sex  # type: ignore[assignment]
        return answer

    def _nearest(
        self, what: str, fits: Callable[[Draft], bool], at: int, where: "Where", *, alone: bool = False
    ) -> Answer:
        """The one that fits in the nearest sentence with any, or the only one of them who speaks there.

        With `alone`, two or more who were told of together in between leave it open: "the two women embraced. She
        said". Where the scene changes ("Afterwards, she"), only the one that fits in all of the window will do.
        """
        every: list[Draft] = []
        for n, seen in enumerate(islice(self._sentences(at), WINDOW + 1)):
            usable = [s for s in seen if where.allows(s)]
            near = [s for s in usable if fits(s.draft.one()) and not _is_doubtful_name(s)]
            if n == 0:  # "In an interview with Nikkei, he": what hangs on the same verb is not meant
                near = [s for s in near if s.place in {"speaker", "subject"}]
            if alone and not near and any(_are_several(s.draft.one()) for s in usable):
                return Answer(None, "back reference", f"{what}: several were told of together before it; unresolved")
            if near and not where.new_scene:
                return _chosen(what, near)
            every += [s.draft.one() for s in near]
        candidates = _distinct(iter(every))
        if not candidates:
            return Answer(None, "back reference", f"{what}{NONE_FITS}")
        return _is(what, candidates[0], ONLY_ONE) if len(candidates) == 1 else _open(what, candidates)

    def description(self, told: Description, at: int) -> Answer:
        """Whom "the agency" or "the 29-year-old striker" stands for: one that the text has called so, or might.

        Without draft and without reason: nobody before fits, it is somebody new.
        """
        what = f"“{told.words}”"
        counts: dict[str, int] = words.load("sources")["counts"]
        if told.lemma in counts:
            return self._so_many(what, counts[told.lemma], at)
        before = _distinct(s.draft.one() for s in self.register.between(self._start_of_sentence(at, FAR), at))
        like = [d for d in before if d.several == told.plural or (told.plural and d.head == told.lemma)]
        if told.kind == "unnamed":  # "the sources" are those who said something
            like = [d for d in like if d.mentions]
        for level in (2, 1):
            near = [d for d in like if fits_word(d, told.lemma) >= level and told.agrees_with(d)]
            if level == 1 and near and (rival := self._rival(near, told, at)) is not None:
                return _open(what, [near[-1], rival])
            if len(near) == 1:
                return _is(what, near[0], "the only one of that kind before it")
            if near:
                return self._nearest_of(what, near, at)
        return self._not_told_so(what, told, at)

    def _not_told_so(self, what: str, told: Description, at: int) -> Answer:
        """Whom a description stands for that was not used before: an epithet, or the only one that it can be."""
        if told.lemma == AGED or (told.lemma in back_words("epithets") and not (told.plural or told.longer)):
            return self._epithet(what, told, at)
        if told.plural or told.longer:
            return SOMEBODY_NEW
        if told.modifiers or (told.lemma not in _wide_words() and told.kind != "outlet"):
            return SOMEBODY_NEW
        return self._only_medium(what) if told.kind == "outlet" else self._untyped(what, told.kind, at)

    def _nearest_of(self, what: str, near: list[Draft], at: int) -> Answer:
        """The one of several that is spoken of in the nearest sentence, if it is alone there."""
        for seen in self._sentences(at):
            candidates = _distinct(s.draft.one() for s in seen if s.draft.one() in near)
            speakers = _distinct(s.draft.one() for s in seen if s.draft.one() in near and s.place == "speaker")
            if len(candidates) == 1 or len(speakers) == 1:
                return _is(what, (speakers or candidates)[0], "the nearest one of that kind before it")
            if candidates:
                return _open(what, candidates)
        return _open(what, near)

    def _so_many(self, what: str, count: int, at: int) -> Answer:
        """ "The pair": so many who were told of together."""
        for n, seen in enumerate(self._sentences(at)):
            candidates = _distinct(s.draft.one() for s in seen if s.draft.one().count == count)
            if len(candidates) == 1:
                return _is(what, candidates[0], f"told of as {count} before it")
            if candidates or n > WINDOW:
                break
        return Answer(None, "back reference", f"{what}: not plain who they are; unresolved")

    def _untyped(self, what: str, kind: SourceKind | None, at: int) -> Answer:
        """The only named one near, of which the text has not said what it is: "Norbank … the company"."""
        seen = [s.draft.one() for s in self.register.between(self._start_of_sentence(at, UNTYPED_WINDOW), at)]
        same = {"role": "person", "organisation": "organisation"}.get(kind or "", "")
        near = [d for d in _distinct(iter(seen)) if d.known and d.kind == same and not d.several]
        if len(near) == 1 and not near[0].words & _typed_words():
            return _is(what, near[0], "the only named one near, of which nothing else is said")
        return SOMEBODY_NEW

    def _only_medium(self, what: str) -> Answer:
        """ "The paper", where the text has told of one medium, and not of what kind it is."""
        media = self.register.all_of("outlet")
        if len(media) == 1 and media[0].known and not media[0].words & _media_words() - {"outlet", "medium"}:
            return _is(what, media[0], "the only medium before it")
        return SOMEBODY_NEW

    def _epithet(self, what: str, told: Description, at: int) -> Answer:
        """ "The billionaire", "the mother of five": the only person named so far, or who alone fits near by."""
        words_ = set(re.findall(r"\w+", told.words.lower())) | {told.lemma}
        men, women = words_ & back_words("men"), words_ & back_words("women")
        sex = "masculine" if men and not women else "feminine" if women and not men else ""
        people = [d for d in self.register.all_of("person") if d.known and d.sex in {"", sex or d.sex}]
        others = (*self.register.all_of("role"), *self.register.all_of("unnamed"))
        rivals = [d for d in others if d.mentions and not d.several and (sex or told.lemma == AGED)]
        if len(people) == 1 and not rivals:
            return _is(what, people[0], "the only person named before it")

        def fits(draft: Draft) -> bool:
            return not draft.several and draft.kind in PERSONAL and draft.sex in {"", sex or draft.sex}

        found = self._nearest(what, fits, at, Where(), alone=True)
        if found.reason.endswith(NONE_FITS):
            return SOMEBODY_NEW
        if found.draft is None or found.reason.endswith(ONLY_ONE):
            return found
        return Answer(None, "back reference", f"{what}: several whom it may be; unresolved")

    def _rival(self, near: Sequence[Draft], told: Description, at: int) -> Draft | None:
        """Another body, of which nothing is said, that is told of behind the last of those who fit a wide word."""
        if told.kind != "organisation" or told.lemma not in _wide_words():
            return None
        for seen in reversed(self.register.between(self._start_of_sentence(at, FAR), at)):
            draft = seen.draft.one()
            if draft in near:
                return None
            if draft.kind == "organisation" and draft.known and not draft.words & _typed_words():
                return draft
        return None

    def _start_of_sentence(self, at: int, back: int) -> int:
        n = bisect_right(self.sentence_starts, at) - 1
        return self.sentence_starts[max(0, n - back)] if self.sentence_starts else 0

    def _sentences(self, at: int) -> Iterator[list[Seen]]:
        """Who is spoken of before a place, sentence by sentence backwards, the sentence of the place first."""
        end = at
        for n in range(bisect_right(self.sentence_starts, at) - 1, -1, -1):
            yield self.register.between(self.sentence_starts[n], end)
            end = self.sentence_starts[n]


def _chosen(what: str, near: Sequence[Seen]) -> Answer:
    """The one of those who fit in a sentence that is meant: the only one, or the only one who speaks."""
    candidates = _distinct(s.draft.one() for s in near)
    if len(candidates) == 1:
        return _is(what, candidates[0], ONLY_ONE)
    speakers = _distinct(s.draft.one() for s in near if s.place == "speaker")
    rivals = [s for s in near if s.place in {"subject", "inner"} and s.draft.one() not in speakers]
    if len(speakers) != 1 or rivals:
        return _open(what, candidates)
    others = _either(d for d in candidates if d is not speakers[0])
    return _is(what, speakers[0], f"who spoke last; {others} did not speak")


def _are_several(draft: Draft) -> bool:
    return draft.count > 1 and draft.kind != "document"


def _is_doubtful_name(seen: Seen) -> bool:
    """Whether somebody is there by a single word that may as well be a place: "from Grimsby"."""
    draft = seen.draft.one()
    if draft.kind != "person" or seen.place in {"speaker", "subject", "inner"}:
        return False
    return all(" " not in name for name in draft.names) and not (draft.sex or is_given_name(draft.name))


def _is_thing(draft: Draft) -> bool:
    return not draft.several and (draft.kind in THINGS or _may_be_a_place(draft))


def _may_be_a_place(draft: Draft) -> bool:
    """Whether a person's name may as well be a country's or a firm's that the parser does not know: "Korvia"."""
    single = draft.kind == "person" and all(" " not in name for name in draft.names)
    return single and not draft.sex and not draft.words and not is_given_name(draft.name)


def _is_body(draft: Draft) -> bool:
    return draft.kind == "organisation"


@cache
def _wide_words() -> frozenset[str]:
    return frozenset(w for entry in words.load("sources")["class"] for w in entry["wider"])


@cache
def _typed_words() -> frozenset[str]:
    return frozenset(w for entry in words.load("sources")["class"] for w in (*entry["wider"], *entry["words"])) | {
        lemma for entry in words.load("sources")["kind"] for lemma in entry["lemmas"]
    }


@cache
def _media_words() -> frozenset[str]:
    table: dict[str, list[str]] = words.load("sources")["media"]
    return frozenset(word for key in table if key != "source" for word in table[key])


def _is(what: str, draft: Draft, why: str) -> Answer:
    return Answer(draft, "back reference", f"{what} is “{draft.name}”, {why}")


def _open(what: str, candidates: Sequence[Draft]) -> Answer:
    return Answer(None, "back reference", f"{what} could be {_either(iter(candidates), ' or ')}: unresolved")


def _either(drafts: Iterator[Draft], between: str = " and ") -> str:
    return between.join(f"“{d.name}”" for d in drafts)


def _distinct(drafts: Iterator[Draft]) -> list[Draft]:
    """Each draft once, in order."""
    return list({id(d): d for d in drafts}.values())
