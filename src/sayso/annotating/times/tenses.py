"""Whether a sentence looks back or ahead from an expression of time, told by its verbs without a parse.

The nearest verb before the expression decides, else the nearest behind it. What a verb's form does not settle ("to
meet", "could meet", "has set") stays open, and the calendar decides (`dates.looks_ahead`).
"""

from collections.abc import Sequence
from functools import cache

from sayso.annotating.times.reading import Sentence, Tense
from sayso.annotating.times.tokens import table

SENTENCE_ENDS = frozenset(".!?;\n")
FARTHEST = 25  # words to look at
CLOSE = 4  # words between a verb and the date that it governs: "was killed at home on Nov. 3"
NOTHING = Sentence()
OPEN = Sentence(open=True)


def around(words: Sequence[str], first: int, last: int) -> Sentence:
    """The tense around the words from `first` up to, and without, `last`."""
    for index in range(first - 1, max(-1, first - FARTHEST), -1):
        if ends_sentence(words, index):
            break
        if is_open(words, index):
            return Sentence("future") if looks_on(words, index) else OPEN
        if found := tense_of(words[index]):
            return governing(words, index, first, found)
    for index in range(last, min(len(words), last + FARTHEST)):
        if ends_sentence(words, index):
            break
        if found := tense_of(words[index]):
            foretold = found == "future" and words[index].endswith("ed") and words[index - 1] not in lists("being")
            tense: Tense = "past" if foretold else found
            return Sentence(
                tense, firm=tense == "past" and index - last < CLOSE, behind=True
            )  # "On Friday they planned to pay"
    return NOTHING


def governing(words: Sequence[str], index: int, first: int, found: Tense) -> Sentence:
    """The tense by the verb at an index. A word in -ed at some distance may be no verb of this clause at all."""
    if looks_on(words, index):  # "will be tried" is no past
        return Sentence("future")
    far = first - index > 2
    if found == "past" and far and words[index].endswith("ed") and will_before(words, index):
        return Sentence("future")  # "will redeem the preferred shares on Oct. 31"
    return Sentence(found, firm=found == "past" and first - index <= CLOSE)


def looks_on(words: Sequence[str], index: int) -> bool:
    return "future" in map(tense_of, words[max(0, index - 3) : index])


def will_before(words: Sequence[str], index: int) -> bool:
    """Whether the clause has a "will" before this word."""
    for place in range(index - 1, max(-1, index - 12), -1):
        if ends_sentence(words, place) or words[place] in lists("clause_starts"):
            return False
        if words[place] in lists("wills"):
            return True
    return False


def is_open(words: Sequence[str], index: int) -> bool:
    """Whether a verb leaves the tense open: "could", "has", and "to meet", but not "failed to meet"."""
    word = words[index]
    if word in lists("open_verbs"):
        return True
    return (
        word in lists("infinitives")
        and index > 1
        and words[index - 1] == "to"
        and words[index - 2] not in lists("done")
    )


def ends_sentence(words: Sequence[str], index: int) -> bool:
    """Whether a sentence ends here: not with the point of "U.S." or "Ill.,"."""
    if words[index] != ".":
        return words[index][0] in SENTENCE_ENDS
    before, after = words[index - 1] if index else "", words[index + 1] if index + 1 < len(words) else ""
    return len(before) > 1 and before not in lists("abbreviations") and after != ","


@cache
def lists(name: str) -> frozenset[str]:
    return frozenset(table()["lists"][name])


def tense_of(word: str) -> Tense:
    if word in table()["words"]["future"]:
        return "future"
    if word in table()["words"]["past"] or (word.endswith("ed") and len(word) > 3):
        return "past"
    return None
