"""What is true of two articles of a cascade, read off from what their sentences were made of."""

from collections.abc import Iterator, Sequence

from cascading.model import Altered, ClaimTruth, Relation, Through
from cascading.newsroom import Draft
from cascading.plots import Made
from cascading.wording import Sentence, runs, words

SHARED = 8
"""Words in a row that two articles must share to share text."""


def ancestors(made: Sequence[Made]) -> list[set[int]]:
    """For each article the numbers of all that it was made from, through others as well."""
    found: list[set[int]] = []
    for one in made:  # parents come before children
        found.append({*one.parents, *(old for parent in one.parents for old in found[parent])})
    return found


def relations(made: Sequence[Made], ids: Sequence[str], circles: Sequence[Sequence[int]]) -> Iterator[Relation]:
    """The truth about every two that the corpus has and that share text or a citation.

    Two that cite each other are left out: each was there before the other.
    """
    over = ancestors(made)
    texts = [runs(one.draft.text, SHARED) for one in made]
    order = sorted((n for n, one in enumerate(made) if one.seen), key=lambda n: made[n].hour)
    mutual = {frozenset(circle) for circle in circles if len(circle) == 2}
    for place, second in enumerate(order):
        for first in order[:place]:
            if frozenset((first, second)) in mutual:
                continue
            copied = first in over[second]
            shared = _words_in(made[second].draft.text, texts[first])
            alike = _roots(made[first].draft) & _roots(made[second].draft)
            if not alike:
                continue
            yield Relation(
                ids[first],
                ids[second],
                "copied" if copied else "common source",
                _through(made[second].draft, alike, shared, copied),
                first in made[second].parents or _only_hidden_between(made, over, first, second),
                shared,
                tuple(changes(made[first].draft, made[second].draft)) if copied else (),
            )


def _only_hidden_between(made: Sequence[Made], over: Sequence[set[int]], first: int, second: int) -> bool:
    between = [n for n in over[second] if first in over[n]]
    return first in over[second] and not any(made[n].seen for n in between)


def _words_in(text: str, theirs: set[tuple[str, ...]]) -> int:
    """How many words of a text stand in runs that another text has, too."""
    found = words(text)
    covered: set[int] = set()
    for start in range(len(found) - SHARED + 1):
        if tuple(found[start : start + SHARED]) in theirs:
            covered.update(range(start, start + SHARED))
    return len(covered)


def _roots(draft: Draft) -> set[str]:
    return {one.root for one in draft.sentences() if one.kind != "furniture"}


def _through(second: Draft, alike: set[str], shared: int, copied: bool) -> Through:
    kinds = {one.kind for one in second.sentences() if one.root in alike}
    if copied and not shared and all(one.cited for one in second.sentences() if one.root in alike):
        return "citation"
    if kinds == {"quote"}:
        return "quotation"
    if kinds and kinds <= {"release", "quote"}:
        return "handout"
    return "text"


def changes(first: Draft, second: Draft) -> Iterator[Altered]:
    """What happened to the sentences of one text on the way into another."""
    later = {one.root: one for one in second.sentences() if one.kind != "furniture"}
    earlier = {one.root: one for one in first.sentences() if one.kind != "furniture"}
    for root, old in earlier.items():
        if root not in later:
            yield Altered("cut", first.printed(old), "")
            continue
        for kind in _kinds(old, later[root]):
            yield Altered(kind, first.printed(old), second.printed(later[root]))
    for root, new in later.items():
        if root not in earlier:
            yield Altered("added", "", second.printed(new))
    before = {edit for edit in first.edits if edit[2] != "style"}
    for edit in second.edits:
        if edit[2] != "style" and edit not in before and edit[0] in first.text and edit[1] in second.text:
            yield Altered("name changed" if edit[2] == "name" else "quotation altered", edit[0], edit[1])


def _kinds(old: Sentence, new: Sentence) -> Iterator[str]:
    if old.hedge and not new.hedge:
        yield "hedge dropped"
    if new.hedge and not old.hedge:
        yield "hedge added"
    if old.shown != "none" and new.shown == "none":
        yield "source lost"
    if old.shown == "named" and new.shown == "group":
        yield "source promoted"
    if (old.shown == "none" and new.shown != "none") or (new.cited and not old.cited):
        yield "source added"
    if old.claim == "toll" and old.values["n"] != new.values["n"]:
        yield "number changed"


def claims(made: Sequence[Made], ids: Sequence[str]) -> Iterator[ClaimTruth]:
    """The claims that two articles or more of the corpus carry, with those who really said or saw it."""
    for key in ("toll", "cause"):
        told = {
            ids[n]: [one for one in made[n].draft.sentences() if one.claim == key]
            for n in range(len(made))
            if made[n].seen
        }
        drafts = {ids[n]: made[n].draft for n in range(len(made))}
        sentences = {id_: tuple(drafts[id_].printed(one) for one in those) for id_, those in told.items() if those}
        origins = {id_: tuple(sorted({s.voice.id for s in told[id_] if s.voice})) for id_ in sentences}
        if len(sentences) > 1:
            yield ClaimTruth(key, sentences, origins)
