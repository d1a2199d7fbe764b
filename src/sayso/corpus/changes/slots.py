"""Numbers and names in the same place of two sentences that tell the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.corpus.changes import names, tables
from sayso.corpus.changes.numbers import Number, is_year, numbers
from sayso.corpus.changes.sides import Pair, Side
from sayso.model import Span
from sayso.model.story import ChangeKind

KEPT = 0.6
"""The share of telling words that two sentences have in common at least, where what differs is told."""
FEWEST = 3
"""Telling words that they have in common at least."""
ALIKE = 0.6
"""The same share of the longer one's."""
LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Changed:
    """What stood in one place before and after: alone, and with the words beside it; and whether a number grew."""

    kind: ChangeKind
    before: Span
    after: Span
    wording: Span
    other_wording: Span
    reason: str
    grew: bool = False


def numbers_and_names(pair: Pair) -> tuple[list[Changed], list[Changed]]:
    """The numbers and the names that changed between two sentences of one event.

    Where several differ it is more likely two events than a claim that changed: names are told alone only, several
    numbers only where all grew, as those of a toll do.
    """
    if pair.shared < FEWEST or pair.kept < KEPT or pair.alike < ALIKE or _other_day(pair):
        return [], []
    numbers, names = list(_changed_numbers(pair)), list(_changed_names(pair))
    if len(numbers) > 1 and not all(changed.grew for changed in numbers):
        return [], []
    return numbers, names if len(numbers) + len(names) == 1 else []


def _other_day(pair: Pair) -> bool:
    """Whether the two sentences name different days of the week."""
    days = tables.listed("names", "days")
    ours = {pair.one.word(word) for word in pair.left} & days
    return bool(ours) and bool({pair.other.word(word) for word in pair.turned.left} & days)


# --- numbers ----------------------------------------------------------------------------------------------------------


def _changed_numbers(pair: Pair) -> Iterator[Changed]:
    """Numbers that count the same in both sentences and cannot be one."""
    if not any(_may_be_number(pair.one, word) for word in pair.left):
        return
    ours = numbers(pair.one, *pair.ours)
    theirs = numbers(pair.other, *pair.theirs)
    for number in ours:
        if any(number.can_be(there) for there in theirs):
            continue
        for there in theirs:
            quoted = pair.one.quoted[number.first] and pair.other.quoted[there.first]  # told as a quotation
            if not quoted and not any(there.can_be(own) for own in ours) and _same_place(pair, number, there):
                yield _changed_number(pair, number, there)
                break


def _may_be_number(side: Side, word: int) -> bool:
    spelled = side.word(word)
    table = tables.table("numbers")
    return spelled[0].isdigit() or spelled in table["units"] or spelled in table["vague"] or spelled == "dozen"


def _same_place(pair: Pair, number: Number, there: Number) -> bool:
    """Whether two numbers count the same: the thing behind both is the same, or all around them is."""
    if number.unit and there.unit and number.unit != there.unit:
        return False
    time = tables.listed("numbers", "time")
    if pair.one.word(number.end) in time and abs(number.least - there.least) <= 1:
        return False
    one, other = pair.one, pair.other
    counted, behind = _counted(one, number), pair.here.get(number.end) == there.end
    same = pair.here.get(counted) == _counted(other, there)
    if not same and {one.word(number.end), other.word(there.end)} & tables.listed("numbers", "measures"):
        return False
    around = _is_behind_same(pair, number, there) and (behind or _ends(pair, number, there))
    if is_year(one, number) or is_year(other, there):
        return around and is_year(one, number) and is_year(other, there)
    return around or (same and counted < pair.ours[1] and one.telling[counted])


def _counted(side: Side, number: Number) -> int:
    """The word behind a number, or behind "of the" behind it."""
    word = number.end
    while word < len(side) and side.word(word) in ("of", "the") and word - number.end < 2:
        word += 1
    return word


def _is_behind_same(pair: Pair, number: Number, there: Number) -> bool:
    """Whether the same word stands before both numbers, or both begin their sentences."""
    before, its = _before(pair.one, number), _before(pair.other, there)
    if before < pair.ours[0] or its < pair.theirs[0]:
        return before < pair.ours[0] and its < pair.theirs[0]
    return pair.here.get(before) == its


def _before(side: Side, number: Number) -> int:
    """The word before a number and before what makes it less exact."""
    about = tables.listed("numbers", "approximate")
    word = number.first - 1
    while word >= 0 and side.word(word) in about and number.first - word < 4:
        word -= 1
    return word


def _ends(pair: Pair, number: Number, there: Number) -> bool:
    return number.end == pair.ours[1] and there.end == pair.theirs[1]


def _changed_number(pair: Pair, number: Number, there: Number) -> Changed:
    one, other = pair.one, pair.other
    counted = _counted(one, number)
    same = pair.here.get(counted) == _counted(other, there) and counted < pair.ours[1]
    reason = f"“{one.word(counted)}” behind both" if same else "the same words around both"
    return Changed(
        "number changed",
        _amount(one, number),
        _amount(other, there),
        Span(_amount(one, number).start, one.ends[counted if same else number.end - 1]),
        Span(_amount(other, there).start, other.ends[_counted(other, there) if same else there.end - 1]),
        f"two numbers in the same place: {reason}; neither is the other in other words, rounded, or vaguer",
        there.least > number.least,
    )


def _amount(side: Side, number: Number) -> Span:
    """A number with the sign of its currency."""
    span = side.span(number.first, number.end)
    before = side.text[: span.start]
    sign = len(before) - len(before.rstrip("$€£¥"))
    return Span(span.start - sign, span.end)


# --- names ------------------------------------------------------------------------------------------------------------


def _changed_names(pair: Pair) -> Iterator[Changed]:
    """Names between the same words of both sentences that cannot be those of one."""
    one, other = pair.one, pair.other
    if not any(one.named[word] for word in pair.left):
        return
    for ours, theirs in _replaced(pair):
        before, after = _name(one, ours), _name(other, theirs)
        if before is None or after is None or (one.quoted[before[0]] and other.quoted[after[0]]):
            continue
        spelled = _spelled(one, before), _spelled(other, after)
        if _may_be_same(pair, _spelled(one, ours), _spelled(other, theirs)) or _may_be_same(pair, *spelled):
            continue
        if not _told_apart(pair, before, after, spelled):
            continue
        yield Changed(
            "name changed",
            one.span(*before),
            other.span(*after),
            one.span(max(before[0] - 1, pair.ours[0]), min(before[1] + 1, pair.ours[1])),
            other.span(max(after[0] - 1, pair.theirs[0]), min(after[1] + 1, pair.theirs[1])),
            "two names between the same words; neither is a form, a spelling or an abbreviation of the other",
        )


def _may_be_same(pair: Pair, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether two names may be one's, also by what the texts themselves give as the long form of an abbreviation."""
    if names.same(before, after):
        return True
    for short, long in ((before, after), (after, before)):
        for text in (pair.one.text, pair.other.text):
            if any(names.same(spelled, long) for spelled in names.spelled_out(short, text)):
                return True
    return False


def _replaced(pair: Pair) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Stretches of words that differ between words that are the same in both; the sentences' ends count as the same."""
    own, place = pair.ours[0] - 1, pair.theirs[0] - 1
    for word, there in [*pair.here.items(), (pair.ours[1], pair.theirs[1])]:
        if word - own > 1 and there - place > 1:
            yield (own + 1, word), (place + 1, there)
        own, place = word, there


def _name(side: Side, words: tuple[int, int]) -> tuple[int, int] | None:
    """The whole name of which some words are a part, or None where they are anything else."""
    inside = tables.listed("names", "inside") | tables.listed("names", "articles")
    first, end = words
    while first < end and side.word(first) in tables.listed("names", "determiners"):
        first += 1
    if first == end or not all(side.named[word] or side.word(word) in inside for word in range(first, end)):
        return None
    begin, stop = side.sentence(side.sentence_of(first))
    while first > begin and side.named[first - 1] and _in_name(side, first):
        first -= 1
    while end < stop and side.named[end] and _in_name(side, end):
        end += 1
    days = tables.listed("names", "days") | tables.listed("numbers", "months")
    named = [word for word in range(first, end) if side.named[word]]
    if not named or end - first > LONGEST_NAME or any(side.word(word) in days for word in named):
        return None
    return first, end


def _in_name(side: Side, word: int) -> bool:
    """Whether a word goes on with the name before it."""
    return side.gap(word).strip(" -.") == ""


def _spelled(side: Side, words: tuple[int, int]) -> list[str]:
    return [side.spelled(word) for word in range(*words)]


def _told_apart(pair: Pair, before: tuple[int, int], after: tuple[int, int], spelled: tuple[list[str], ...]) -> bool:
    """Whether it is sure enough that another is meant: neither sentence has both names, the texts do not both know
    both, a place is not told more closely, and it is not only which outlet somebody spoke to."""
    one, other = pair.one, pair.other
    ours = {one.keys[word] for word in range(*before) if one.named[word]}
    theirs = {other.keys[word] for word in range(*after) if other.named[word]}
    if all(side.word(name[1]) == "of" for side, name in ((one, before), (other, after))):  # one title, translated twice
        return False
    ours, theirs = ours - theirs, theirs - ours
    if theirs & set(one.keys[slice(*pair.ours)]) or ours & set(other.keys[slice(*pair.theirs)]):
        return False
    if theirs & one.vocabulary and ours & other.vocabulary:
        return False
    if names.is_short(spelled[0]) != names.is_short(spelled[1]):  # who knows what it stands for
        return False
    if names.is_country(spelled[0]) != names.is_country(spelled[1]):
        return False
    return one.word(before[0] - 1) != "told" and other.word(after[0] - 1) != "told"
