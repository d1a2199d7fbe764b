"""The sentences of a story: who had it first, how many carry it, who has it from whom and how sure that is."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sayso.model import Citation, Derivation, Story
from sayso.reporting.labels import counted, listed
from sayso.reporting.stories.naming import Names
from sayso.reporting.stories.stretches import by_order, sharing

CARRIED = 3  # from so many on, those that have it from one article are told together
SURE = 0.8
ALMOST = 0.95
EITHER = 0.2
NEIGHBOURS = "a day counts with the one before and the one after, for time zones"
CITED = {
    "credit line": "gives a credit to",
    "named as source": "names as its source:",
    "named": "names",
    "address": "links to",
}


def first(story: Story, names: Names) -> str:
    """Who had it first, with the uncertainty of the dates."""
    if len(story.entries) < 2:
        return "No other article of the corpus shares enough text with it, or is cited for it."
    undated = _undated(story)
    if len(undated) == len(story.entries):
        return "Who had it first cannot be told: none of the articles has a date."
    also = f" {counted(len(undated), 'article')} without a date may be older." if undated else ""
    return _may_be_first([key for key in story.first if key not in undated], names) + also


def _undated(story: Story) -> set[str]:
    """Those without a date, unless they were seen before any other must have been published."""
    known = min((entry.latest for entry in story.entries if entry.earliest and entry.latest), default=None)
    return {
        entry.id
        for entry in story.entries
        if entry.earliest is None and (entry.latest is None or known is None or entry.latest >= known)
    }


def _may_be_first(keys: Sequence[str], names: Names) -> str:
    if not keys:
        return "Who had it first cannot be told."
    oldest = names.oldest(keys)
    if later := len(keys) - len(oldest):
        rest = "another, dated later, has" if later == 1 else f"{later} others, dated later, have"
        told = re.sub(r"^(Either|One) ", lambda word: word[0].lower(), _first_of(oldest, names))
        return f"Going by the dates: {told} Whether {rest} it from elsewhere is not told."
    return _first_of(keys, names)


def _first_of(keys: Sequence[str], names: Names) -> str:
    """Who had it first, of articles whose dates do not order them."""
    if len(keys) == 1:
        return f"{names.dated(keys[0], begins=True)} had it first of the articles in the corpus."
    days = {names.entries[key].article.published for key in keys if key in names.entries}
    why = f" ({NEIGHBOURS})" if len(days) > 1 else ""
    may = [names.dated(key) for key in keys]
    if len(may) == 2:
        return f"Either {may[0]} or {may[1]} had it first; the dates do not tell{why}."
    return f"One of {len(may)} had it first: {listed(may, 'or')}; the dates do not tell{why}."


def carried(story: Story, names: Names) -> Iterator[str]:
    """How many others carry it."""
    others = [entry.id for entry in story.entries if entry.id != story.asked]
    share = sharing(story)
    if share:
        told = by_order(Counter(names.order(key, story.asked) for key in share))
        yield f"{counted(len(share), 'other article')} {'shares' if len(share) == 1 else 'share'} text with it: {told}."
    if rest := len(others) - len(share):
        hang = "hangs" if rest == 1 else "hang"
        yield f"{rest} more {hang} together with it only through others, or by what is cited."


def left(story: Story) -> str:
    """How many are not shown; empty if none."""
    if story.left < 2:
        return "1 more article shares less and is not shown." if story.left else ""
    return f"{story.left} more articles share less and are not shown."


def whence(story: Story, names: Names) -> Iterator[str]:
    """Whom the asked article has it from, and who has it from whom where those are many."""
    sources: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for link in story.derivations:
        if (told := copied(link)) is not None:
            source, copy, chance = told
            sources[source][copy] = chance
    own = sorted(((found[story.asked], source) for source, found in sources.items() if story.asked in found))[::-1]
    if own:
        best = own[0][0]
        who = listed([names.of(source) for _, source in own], "or")
        begin = names.of(story.asked, begins=True)
        yield f"{begin} {how_likely(best)} has it from {who}, directly or through others."
    for source, found in sorted(sources.items(), key=lambda item: -len(item[1]))[:CARRIED]:
        if len(found) >= CARRIED:
            yield f"{len(found)} articles likely have it from {names.of(source)}, directly or through others."


def copied(link: Derivation) -> tuple[str, str, float] | None:
    """Who has it from whom, as source, copy and probability; None where no direction is told."""
    if link.way == "later from earlier":
        return link.earlier, link.later, link.later_from_earlier
    if link.way == "earlier from later":
        return link.later, link.earlier, link.earlier_from_later
    return None


def how_likely(chance: float) -> str:
    """A probability as a word.

    >>> [how_likely(chance) for chance in (0.97, 0.85, 0.6)]
    ['almost certainly', 'very likely', 'likely']
    """
    return "almost certainly" if chance >= ALMOST else "very likely" if chance >= SURE else "likely"


def way(link: Derivation, names: Names) -> str:
    """What two articles have to do with each other, in a sentence."""
    earlier, later = names.of(link.earlier, begins=True), names.of(link.later)
    if (told := copied(link)) is not None:
        source, copy, chance = told
        turned = link.way == "earlier from later" and names.order(link.earlier, link.later) == "earlier"
        though = ", though its date is earlier" if turned else ""
        return f"{names.of(copy, begins=True)} {how_likely(chance)} has it from {names.of(source)}{though}"
    if link.way == "common source":
        return f"{earlier} and {later} {how_likely(link.common)} both have it from a common source"
    if min(link.later_from_earlier, link.earlier_from_later) >= EITHER:
        return f"{earlier} and {later}: either may have it from the other"
    if link.common >= max(link.later_from_earlier, link.earlier_from_later, link.unknown):
        return f"{earlier} and {later} may have it from a common source; that is not sure"
    return f"{earlier} and {later}: it cannot be told whether one has it from the other"


def chances(link: Derivation, names: Names) -> str:
    """The four probabilities."""
    earlier, later = names.of(link.earlier), names.of(link.later)
    return (
        f"{names.of(link.later, begins=True)} from {earlier} {link.later_from_earlier:.0%}, {earlier} from {later} "
        f"{link.earlier_from_later:.0%}, both from a common source {link.common:.0%}, not known {link.unknown:.0%}"
    )


def extent(link: Derivation, names: Names) -> str:
    """How much text the two share."""
    if not link.passages:
        return "no shared text"
    words = sum(passage.words for passage in link.passages)
    return (
        f"{counted(len(link.passages), 'passage')}, {counted(words, 'word')}: {link.earlier_share:.0%} of "
        f"{names.of(link.earlier)}, {link.later_share:.0%} of {names.of(link.later)}"
    )


def citing(citation: Citation, names: Names) -> str:
    """Who cites whom, and whether the corpus has what is cited."""
    may = [names.dated(key) for key in citation.of]
    meant = f" (here: {listed(may, 'or')})" if may else " (no article of it in the corpus)"
    return f"{names.of(citation.by, begins=True)} {CITED[citation.kind]} {citation.outlet}{meant}"
