"""Who is given as the source of a sentence, told from its words alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso import words
from sayso.corpus.changes import tables
from sayso.corpus.changes.sides import Side
from sayso.corpus.tokens import tokens

LONGEST = 14
"""Words of the longest phrase for a source."""


@dataclass(frozen=True, slots=True)
class Given:
    """A source that a sentence gives: all its words with the verb ("police said"), those for who it is, the verb's."""

    first: int
    end: int
    who: tuple[int, int]
    verb: int


def given(side: Side, first: int, end: int) -> list[Given]:
    """The sources that stand in some words for certain: "X said", "said X", "according to X", "citing X"."""
    found = []
    for word in range(first, end):
        if side.keys[word] not in _verbs() or side.quoted[word]:
            continue
        spelled = side.word(word)
        if spelled == "states" and side.spelled(word) != spelled:
            continue
        if spelled == "according" or spelled in _behind():
            found.append(_behind_phrase(side, word, end))
        else:
            found.append(_before_verb(side, word, first) or _inverted(side, word, first, end))
    return [one for one in found if one is not None]


def _behind_phrase(side: Side, word: int, end: int) -> Given | None:
    """ "According to X", "citing X": up to the next mark or the next verb."""
    start = word + 1
    if side.word(word) == "according":
        if side.word(word + 1) != "to":
            return None
        start += 1
    stop = _right(side, start, end)
    return Given(word, stop, (start, stop), word) if stop > start else None


def _before_verb(side: Side, verb: int, first: int) -> Given | None:
    """ "X said": back from the verb to a mark or to a word that begins another clause."""
    between = tables.listed("attribution", "between")
    last = verb - 1
    while last >= first and side.word(last) in between and _joined(side, last + 1):
        last -= 1
    if last < first or not _joined(side, last + 1) or side.word(last) in tables.listed("attribution", "not_behind"):
        return None
    start = last + 1
    bounds = tables.listed("attribution", "bounds")
    while (
        start > first and last - start < LONGEST and side.word(start - 1) not in bounds and not side.quoted[start - 1]
    ):
        start -= 1
        if not _joined(side, start) or _begins(side, start):
            break
    while start < last and side.word(start) in between | tables.listed("attribution", "time"):
        start += 1
    return Given(start, verb + 1, (start, last + 1), verb) if start <= last else None


def _begins(side: Side, word: int) -> bool:
    """Whether an article begins a phrase for a source: not behind a preposition, "the head of the council"."""
    prepositions = tables.listed("attribution", "prepositions")
    return side.word(word) in tables.listed("names", "determiners") and side.word(word - 1) not in prepositions


def _inverted(side: Side, verb: int, first: int, end: int) -> Given | None:
    """ "…, said X": behind a quotation or a comma only."""
    if verb > first and not any(mark in side.gap(verb) for mark in ',”"’»'):
        return None
    stop = _right(side, verb + 1, end)
    return Given(verb, stop, (verb + 1, stop), verb) if stop > verb + 1 else None


def _right(side: Side, start: int, end: int) -> int:
    """Where a phrase ends that begins at a word: at a mark, a verb, a word of time."""
    bounds = tables.listed("attribution", "bounds") | tables.listed("attribution", "time")
    stop = start
    while stop < end and stop - start < LONGEST and side.word(stop) not in bounds and not side.quoted[stop]:
        if stop > start and not _joined(side, stop):
            break
        stop += 1
    return stop


def _joined(side: Side, word: int) -> bool:
    """Whether only a space, a hyphen, an apostrophe or the stop of "U.N." stands before a word."""
    gap = side.gap(word)
    return gap.strip(" \u00a0\n-’'") == "" or (gap.strip() == "." and len(side.spelled(word - 1)) <= 2)


def names_of(side: Side, phrase: tuple[int, int]) -> frozenset[int]:
    """The telling words of a phrase for a source, and pronouns not."""
    return frozenset(side.keys[word] for word in range(*phrase) if side.telling[word])


def is_pronoun(side: Side, phrase: tuple[int, int]) -> bool:
    pronouns = tables.listed("attribution", "pronouns")
    return all(side.word(word) in pronouns for word in range(*phrase))


def head(side: Side, phrase: tuple[int, int]) -> tuple[int, int]:
    """The phrase up to its first preposition: "two officials" of "two officials in the ministry"."""
    stops = tables.listed("attribution", "prepositions")
    first, end = phrase
    if side.word(first + 1) == "of" and first + 2 < end:  # "one of the officials"
        first += 2
    return first, next((word for word in range(first + 1, end) if side.word(word) in stops), end)


def rung(side: Side, phrase: tuple[int, int]) -> int | None:
    """How much authority a source without a name has, as a rung of changes.toml; None for others and for names."""
    first, end = head(side, phrase)
    noun = next((word for word in range(end - 1, first - 1, -1) if _rung(side.word(word)) is not None), None)
    if noun is None or any(side.spelled(word)[0].isupper() for word in range(noun + 1, end)):
        return None
    if any(side.word(word) in tables.listed("anonymity", "words") for word in range(*phrase)):
        return 0
    return _rung(side.word(noun))


@cache
def _rung(word: str) -> int | None:
    for entry in words.load("changes")["rungs"]:
        if word in entry["lemmas"]:
            return int(entry["one"])
        if any(lemma in entry["lemmas"] for lemma in _singulars(word)):
            return int(entry["several"])
    return None


def _singulars(word: str) -> Iterator[str]:
    """What a plural may be the plural of."""
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]
    if word.endswith("men"):
        yield word[:-3] + "man"


@cache
def _behind() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in tables.table("attribution")["behind"])


@cache
def _verbs() -> frozenset[int]:
    """The numbers of the words with which a source is given."""
    forms = [*tables.table("attribution")["saying"], *_behind()]
    return frozenset(tokens(" ".join(forms)).keys.tolist())


def may_give_source(side: Side, first: int, end: int) -> bool:
    """Whether any word among some hints at a source, outside of quotations."""
    found = tables.pattern("attribution", "any")
    return any(not side.quoted[word] and found.fullmatch(side.word(word)) for word in range(first, end))
