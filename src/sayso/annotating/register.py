"""Who is in a text: every actor with its names, what is said of it, and the places where it is spoken of.

Names are gathered from the whole text before anything is resolved, the longest first, so that "Mr Tan" in a headline
is Tan Wei Ming of the second paragraph. Two names are one actor's where the text itself says so, where one is a part of
the other that no third name has too, or where they differ in transliteration alone.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from sayso import words
from sayso.annotating import clauses, kinds, media, names
from sayso.annotating.kinds import Sex
from sayso.model import Mention, SourceKind

Place = Literal["speaker", "subject", "inner", "told", "other"]
"""Where somebody stands in a sentence: as its source, as the subject of a clause, as a source in what another says,
told of there, or otherwise."""


@dataclass(slots=True, eq=False)
class Draft:
    """An actor while the text is read.

    `words` are the lemmas by which it is described ("minister", "virologist"); `count` is how many it is, where the
    text tells; `members` are those of "Anna Berg and two aides".
    """

    name: str
    kind: SourceKind
    head: str = ""
    several: bool = False
    doubtful: bool = False  # no word of it tells that it is somebody who can say anything
    definite: bool = False  # told of as the only one of its kind
    owner: "Draft | None" = None
    names: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    sex: Sex = ""
    count: int = 0
    members: list["Draft"] = field(default_factory=list)
    same_as: "Draft | None" = None
    first: int = -1  # where it is first spoken of, in code points
    known: bool = False  # it bears a name
    proper: bool = False  # a name stands in its description ("a Tokyo court")

    def one(self) -> "Draft":
        return self.same_as.one() if self.same_as is not None else self

    def add_name(self, name: str) -> None:
        if name and name not in self.names:
            self.names.append(name)


@dataclass(frozen=True, slots=True)
class Seen:
    """A place where an actor is spoken of. `quoted`: inside quotation marks."""

    start: int
    draft: Draft
    place: Place
    quoted: bool


class Register:
    """The actors of a text, found again by any of their names."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.seen: list[Seen] = []
        self._starts: list[int] = []
        self._by_name: dict[str, Draft] = {}
        self._by_word: dict[str, list[Draft]] = {}
        self._by_kind: dict[SourceKind, list[Draft]] = {}
        self._told_of: dict[str, list[Draft]] = {}

    def note(self, start: int, draft: Draft, place: Place, *, quoted: bool) -> None:
        """Remember that an actor is spoken of at a place."""
        if draft.first < 0:
            self._by_kind.setdefault(draft.kind, []).append(draft)
        draft.first = start if draft.first < 0 else min(start, draft.first)
        n = bisect_right(self._starts, start)
        self.seen.insert(n, Seen(start, draft, place, quoted))
        self._starts.insert(n, start)

    def between(self, start: int, end: int) -> list[Seen]:
        """Who is spoken of from `start` up to `end`, in the order of the text."""
        return self.seen[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def new(self, name: str, kind: SourceKind, head: str = "", *, several: bool = False) -> Draft:
        """An actor of its own, told of without a name."""
        draft = Draft(name, kind, head, several, names=[name], words={head} if head else set())
        self.drafts.append(draft)
        self._told_of.setdefault(name.lower(), []).append(draft)
        return draft

    def told_of_as(self, name: str) -> list[Draft]:
        """Those spoken of before in the same words, in small letters, without a name."""
        return [d.one() for d in self._told_of.get(name, ()) if d.first >= 0]

    def all_of(self, kind: SourceKind) -> list[Draft]:
        """All of a kind who were spoken of so far, each once."""
        return _distinct(d.one() for d in self._by_kind.get(kind, ()) if d.one().kind == kind)

    def named(self, name: str, kind: SourceKind) -> Draft:
        """The actor of a name, met before or new. A name that could be two actors' is an actor of its own.

        >>> register = Register()
        >>> berg = register.named("Anna Berg", "person")
        >>> register.named("Ms Berg", "person") is berg, register.named("Reid", "person") is berg
        (True, False)
        """
        title, bare = (
            ("", name)
            if kind == "outlet" and media.outlet_in(name)
            else names.without_title(clauses.without_article(name))
        )
        bare = bare or name
        draft = self._known(bare, kind, title)
        if draft is None:
            draft = Draft(bare, kind, names=[bare], known=True, sex=_sex_of(bare) if kind == "person" else "")
            draft.words |= _words_in_name(bare, kind)
            self.drafts.append(draft)
            self._index(draft, bare)
        elif bare not in draft.names:
            draft.add_name(bare)
            self._index(draft, bare)
        if kind == "outlet" and draft.kind == "organisation":
            draft.kind = "outlet"
            draft.words |= media.media_words(bare)
        if title:
            draft.words |= class_words(title.strip("."))
            draft.sex = draft.sex or sex_of_title(title)
        return draft

    def knows(self, word: str) -> bool:
        """Whether a word is the first or last of a person's names."""
        return any(
            d.one().kind == "person" and word in {part for name in d.names for part in name.split()}
            for d in self._by_word.get(_folded(word), ())
        )

    def rename(self, draft: Draft, name: str) -> None:
        """Another name of an actor, by the text's own words."""
        draft.add_name(name)
        self._index(draft, name)

    def lookup(self, name: str) -> Draft | None:
        """The actor that goes by exactly this name, or None."""
        found = self._by_name.get(name)
        return found.one() if found is not None else None

    def _known(self, name: str, kind: SourceKind, title: str) -> Draft | None:
        exact = self._by_name.get(name) or self._by_name.get(_folded(name))
        if exact is not None:
            return exact.one()
        near = _distinct(d.one() for word in name.split() for d in self._by_word.get(_folded(word), ()))
        near += [d for d in _distinct(d.one() for d in self._acronyms(name)) if d not in near]
        sex = sex_of_title(title) if title else ""
        found = [d for d in near if any(_is_same(name, kind, other, d.kind) for other in d.names)]
        found = [d for d in found if not (sex and d.sex and sex != d.sex)]
        return found[0] if len(found) == 1 else None

    def _acronyms(self, name: str) -> list[Draft]:
        if not re.fullmatch(r"[A-Z][A-Z.&]{1,7}", name):
            return []
        return [d for d in self.drafts if d.known and any(names.is_acronym(name, other) for other in d.names)]

    def _index(self, draft: Draft, name: str) -> None:
        self._by_name.setdefault(name, draft)
        self._by_name.setdefault(_folded(name), draft)
        for word in name.split():
            self._by_word.setdefault(_folded(word), []).append(draft)


def _is_same(name: str, kind: SourceKind, other: str, other_kind: SourceKind) -> bool:
    """Whether a name is a shorter or longer form of another: "Berg" of "Anna Berg", "Norbank" of "Norbank AG".

    >>> _is_same("Berg", "organisation", "Anna Berg", "person"), _is_same("Anna Reid", "person", "Anna Berg", "person")
    (True, False)
    """
    short, long = sorted(([_folded(w) for w in n.split()] for n in (name, other)), key=len)
    if short == long:
        return "".join(short) != ""
    if "person" in {kind, other_kind}:
        called = other_kind if len(short) == 1 else kind
        return _is_same_person(short, long, called == other_kind == "person") or (
            kind != other_kind and _is_same_firm(short, long, max(name, other, key=len))
        )
    if kind != other_kind and "outlet" in {kind, other_kind}:
        return False
    return _is_same_body(min(name, other, key=len), max(name, other, key=len), short, long)


def _is_same_person(short: list[str], long: list[str], persons: bool) -> bool:
    """Whether one is the last or first name of the other, or both have the same last name and initial."""
    if not persons:
        return False
    if len(short) == 1:
        return short[0] in {long[0], long[-1]} and len(short[0]) > 1
    return short[-1] == long[-1] and (short[0] == long[0] or short[0][0] == long[0][0] == short[0].strip("."))


def _is_same_firm(short: list[str], long: list[str], name: str) -> bool:
    """ "Toyo Denko" of "Toyo Denko KK", which the parser takes for a man."""
    return long[: len(short)] == short and len(long) > len(short) and name.rsplit(maxsplit=1)[-1] in _generic_names()


def _is_same_body(name: str, longer: str, short: list[str], long: list[str]) -> bool:
    """Whether one is the acronym, the beginning or the last word of the other."""
    if re.fullmatch(r"[A-Z][A-Z.&]{1,7}", name):
        return names.is_acronym(name, longer)
    if len(short) == 1 and name in _generic_names():
        return long[-1] == short[0] or (short[0] in long and "of" not in long[: long.index(short[0])])
    return long[: len(short)] == short and long[len(short)] not in {"of", "for", "and", "in", "official"}


@cache
def _generic_names() -> frozenset[str]:
    """Words that end a longer name and may stand for it with an article: "the Observatory"."""
    return frozenset(name for entry in words.load("sources")["class"] for name in entry["names"])


@cache
def classes() -> dict[str, frozenset[str]]:
    """For every word, the wider words by which the same thing may be called: "carmaker" → "company", "firm"."""
    table: dict[str, set[str]] = {}
    for entry in words.load("sources")["class"]:
        for word in (*entry["words"], *entry["wider"]):
            table.setdefault(word, set()).update(entry["wider"])
    return {word: frozenset(wider) for word, wider in table.items()}


@cache
def _classes_of_names() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for entry in words.load("sources")["class"]:
        for name in entry["names"]:
            table.setdefault(name, set()).update(entry["wider"])
    return {name: frozenset(wider) for name, wider in table.items()}


def class_words(word: str) -> set[str]:
    """What a word in a name, or a title, says of its bearer: "Gen" a general, an officer."""
    return {word.lower(), *_classes_of_names().get(word, ())}


def _words_in_name(name: str, kind: SourceKind) -> set[str]:
    """What a name says of its bearer: "Financial Conduct Authority" is an authority, and may be the regulator."""
    if kind == "outlet":
        return set(media.media_words(name))
    if kind == "person":
        return set()
    return {word for part in name.split() for word in class_words(part)}


def fits_word(draft: Draft, word: str) -> int:
    """How well a word tells of an actor: 2, it is said of it; 1, a narrower word is; 0, nothing of the sort.

    >>> fits_word(Draft("Velden", "organisation", words={"carmaker"}), "company")
    1
    """
    if word == draft.head or word in draft.words:
        return 2
    if any(word in classes().get(own, ()) for own in draft.words):
        return 1
    return 0


def _sex_of(name: str) -> Sex:
    first, *rest = name.split()
    return kinds.sexes().get(first, "") if rest else ""


def sex_of_title(title: str) -> Sex:
    """What a title says: "Ms" a woman, "General" nothing.

    >>> sex_of_title("Ms"), sex_of_title("General")
    ('feminine', '')
    """
    table = words.load("sources")["titles"]
    return "masculine" if title in table["masculine"] else "feminine" if title in table["feminine"] else ""


@cache
def _folded(name: str) -> str:
    """A name without what transliterations differ in: accents, articles, doubled letters, e for i, o for u.

    >>> _folded("Idleb") == _folded("Idlib"), _folded("al-Nusra") == _folded("Nusrah")
    (True, True)
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"\b(?:al|el|an|as|ash|ad|ar)[-‐– ](?=\w)", "", plain)
    plain = re.sub(r"[.’'`-]", "", plain)
    if len(plain) < 5:
        return plain
    plain = re.sub(r"ph", "f", plain)
    plain = plain.translate(str.maketrans("eyow", "iiuu"))
    plain = re.sub(r"(.)\1+", r"\1", plain)
    return re.sub(r"h\b", "", plain)


def _distinct(drafts: Iterator[Draft]) -> list[Draft]:
    """Each draft once, in order."""
    return list({id(d): d for d in drafts}.values())
