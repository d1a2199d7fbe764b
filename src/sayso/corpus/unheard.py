"""Articles that tell of the same event in words of their own, and may tell a claim in words that nobody can match.

"The order came by telephone" and "commanders were told to clear the square" can be one claim, and no word says so. A
claim with a number that is not there by chance is found in any words; others may be missed, and that is told.
"""

from collections.abc import Iterator, Mapping

from sayso import words
from sayso.corpus.carrying import Carrying
from sayso.corpus.vocabulary import is_rare, sentences, terms
from sayso.model.story import Derivation, Entry, Story

LEAD = 3  # sentences of an article that say what it is about


def find(story: Story, claim: str, found: Mapping[str, Carrying]) -> tuple[Entry, ...]:
    """The articles that may tell a claim in other words, by id; `found` are those that carry it.

    They are about the same event, as far as the names in their beginnings tell, and share hardly a word with those
    that carry it. None, where the claim has a number that leads to it in any words.
    """
    numbers = (term.form for term in terms(claim) if term.kind == "number")
    if any(map(is_rare, numbers)) or not found:
        return ()
    entries = {entry.id: entry for entry in story.entries}
    taken = {id_ for derivation in story.derivations for id_ in _taken(derivation, found)}
    about = [_about(entries[id_]) for id_ in found]
    return tuple(
        entry
        for entry in story.entries
        if entry.id not in found and entry.id not in taken and any(_same_event(_about(entry), one) for one in about)
    )


def _taken(derivation: Derivation, found: Mapping[str, Carrying]) -> Iterator[str]:
    """The article that has its text from one that carries the claim: it would have the claim in the same words."""
    limits = words.load("origins")["unheard"]
    both = derivation.common + derivation.unknown
    for id_, other, chance, share in (
        (derivation.later, derivation.earlier, derivation.later_from_earlier + both, derivation.later_share),
        (derivation.earlier, derivation.later, derivation.earlier_from_later + both, derivation.earlier_share),
    ):
        if other in found and chance >= limits["taken"] and share >= limits["share"]:
            yield id_


def _about(entry: Entry) -> frozenset[str]:
    """The names in the beginning of an article."""
    text = entry.article.text
    first = sentences(text)[:LEAD]
    return frozenset(term.form for span in first for term in terms(span.of(text)) if term.kind == "name")


def _same_event(one: frozenset[str], other: frozenset[str]) -> bool:
    least = float(words.load("origins")["unheard"]["names"])
    return len(one & other) >= least * max(1, min(len(one), len(other)))
