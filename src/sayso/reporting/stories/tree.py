"""A story as a tree: for each article the one that it most likely has its text from, and whom it says to have it from.

A story links each article to several others that it may have its text from, directly or through others. A picture of
all of them is a thicket; of each article the likeliest is drawn, and the list of links has the rest.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sayso.model import Citation, Derivation, Origins, Story
from sayso.reporting.labels import NOBODY
from sayso.reporting.stories import wording
from sayso.reporting.stories.naming import Names, outlet
from sayso.words.tables import key

Style = Literal["copied", "stated"]
RESTS = 0.2  # how likely an article rests on an origin itself, from which it is drawn: who gives four has 0.25 for each
STATED = ("credit line", "named as source", "address")  # kinds of citations that say whom something is from
NEARLY = 0.8  # of both texts that must be the same for one to be called a copy of the other


@dataclass(frozen=True, slots=True)
class Taken:
    """That `taker` has it from `source` (ids of articles, or of a `Root`), and the sentence that says so.

    `copied`: the texts tell it, `whole` where nearly all of both is the same; `stated`: the article itself says so.
    """

    source: str
    taker: str
    sentence: str
    copied: bool = False
    whole: bool = False
    stated: bool = False
    chance: float = 1.0

    @property
    def style(self) -> Style:
        """How it is drawn: what an article says itself is known better than what two texts tell."""
        return "stated" if self.stated else "copied"


@dataclass(frozen=True, slots=True)
class Root:
    """Somebody who is behind articles and is none of them: an origin of a claim, or an outlet that they cite.

    `hollow`: there is nobody to ask, because nobody is named.
    """

    id: str
    name: str
    note: str
    hollow: bool
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """`main` has for each article at most one it has it from; `more` are what else is stated, and roots."""

    main: Mapping[str, Taken]
    more: tuple[Taken, ...]
    roots: tuple[Root, ...]
    own: frozenset[str]
    """Articles that are themselves an origin: the outlet says it with nobody behind it."""


def tree(story: Story, names: Names, origins: Origins | None = None, most_roots: int = 6) -> Tree:
    """Who has it from whom in a story, and with the origins of a claim also on whom it rests."""
    main = _main(story, names)
    stated = [one for one in _stated(story, names) if _differs(one, main)]
    cited = {(one.source, one.taker) for one in _stated(story, names)}
    main = {taker: _with_word(one, cited) for taker, one in main.items()}
    for one in stated:
        if one.taker not in main and not _circular(one, main):
            main[one.taker] = one
    roots, links = _absent(story, names, most_roots)
    behind, rests = _behind(origins, names, most_roots) if origins else ((), ())
    shown = [one for one in stated if main.get(one.taker) is not one]
    return Tree(main, (*rests, *shown, *links), (*behind, *roots), _own(origins))


def whence(made: Tree, article: str, names: Names) -> tuple[str, ...]:
    """From whom an article has it, as short as a table wants it, with how that is known."""
    found = []
    for link in (made.main.get(article), *(one for one in made.more if one.taker == article)):
        if link is not None:
            root = next((root.name for root in made.roots if root.id == link.source), "")
            how = [wording.how_likely(link.chance)] if link.copied else []
            said = ["says so itself"] if link.stated else []
            found.append(f"{root or names.of(link.source)} ({', '.join(how + said)})")
    return tuple(found)


def _main(story: Story, names: Names) -> dict[str, Taken]:
    """The likeliest link of each article; of links that would close a circle, the less likely is left out."""
    found: dict[str, Taken] = {}

    def rank(link: Derivation) -> tuple[float, float, int]:
        source, _, chance = wording.copied(link) or ("", "", 0.0)
        return -chance, -(link.earlier_share + link.later_share), names.place(source)

    for link in sorted((link for link in story.derivations if wording.copied(link)), key=rank):
        source, taker, chance = wording.copied(link) or ("", "", 0.0)
        whole = min(link.earlier_share, link.later_share) >= NEARLY
        one = Taken(source, taker, wording.way(link, names), True, whole, chance=chance)
        if taker not in found and {source, taker} <= names.entries.keys() and not _circular(one, found):
            found[taker] = one
    return found


def _circular(one: Taken, found: Mapping[str, Taken]) -> bool:
    at, seen = one.source, {one.taker}
    while at in found and at not in seen:
        at = found[at].source
    return at == one.taker


def _stated(story: Story, names: Names) -> list[Taken]:
    """Whom articles of the story say to have it from, where that is among them: of several, the oldest is meant."""
    found: dict[tuple[str, str], Taken] = {}
    for cited in citations(story):
        sources = [source for source in cited.of if source in names.entries and source != cited.by]
        if cited.kind in STATED and sources and cited.by in names.entries:
            source = min(sources, key=names.place)
            link = Taken(source, cited.by, wording.citing(cited, names), stated=True)
            found.setdefault((source, cited.by), link)
    return list(found.values())


def citations(story: Story) -> Iterable[Citation]:
    """All citations of a story, those between two articles that share text included."""
    return dict.fromkeys([*story.citations, *(cited for link in story.derivations for cited in link.citations)])


def _differs(one: Taken, main: Mapping[str, Taken]) -> bool:
    return one.taker not in main or main[one.taker].source != one.source


def _with_word(one: Taken, cited: set[tuple[str, str]]) -> Taken:
    """A copy that says itself whom it is from is drawn as such."""
    if (one.source, one.taker) not in cited:
        return one
    return replace(one, sentence=f"{one.sentence}, and says so", stated=True)


def _absent(story: Story, names: Names, most: int) -> tuple[tuple[Root, ...], tuple[Taken, ...]]:
    """The outlets that are cited and of which the story has no article, those most cited first."""
    here = {_bare(outlet(entry)) for entry in story.entries}
    by: dict[str, list[Citation]] = {}
    for cited in citations(story):
        if cited.kind in STATED and cited.by in names.entries and _bare(cited.outlet) not in here:
            by.setdefault(cited.outlet, []).append(cited)
    roots, links = [], []
    for number, (name, those) in enumerate(sorted(by.items(), key=lambda item: -len(item[1]))[:most]):
        root = Root(f"x{number}", name, "not in the corpus", False, True)
        roots.append(root)
        links += [Taken(root.id, one.by, wording.citing(one, names), stated=True) for one in those]
    return tuple(roots), tuple(dict.fromkeys(links))


def _bare(name: str) -> str:
    return key(name).removeprefix("the")


def _behind(origins: Origins, names: Names, most: int) -> tuple[tuple[Root, ...], tuple[Taken, ...]]:
    """Who is behind a claim, those first on whom most rests, with the articles that have it from nobody between."""
    chosen = [each for each in origins.origins if each.kind != "own report" and each.articles]
    chosen = sorted(chosen, key=lambda each: (-len(each.articles), -each.chance))[:most]
    roots, links = [], []
    for each in chosen:
        name = each.name or NOBODY
        rests = [one for one in origins.carriers if dict(one.rests_on).get(each.id, 0.0) >= RESTS]
        found = [
            Taken(each.id, one.article, f"{names.dated(one.article, begins=True)} gives {name} for it", stated=True)
            for one in rests
            if one.article in names.entries
        ]
        if found:
            unnamed = each.kind in ("unnamed", "group", "role")
            roots.append(Root(each.id, name, NOBODY if unnamed and each.name else "", unnamed))
            links += found
    return tuple(roots), tuple(links)


def _own(origins: Origins | None) -> frozenset[str]:
    if origins is None:
        return frozenset()
    own = {each.id for each in origins.origins if each.kind == "own report"}
    return frozenset(
        carrier.article
        for carrier in origins.carriers
        if any(origin in own and chance >= RESTS for origin, chance in carrier.rests_on)
    )


def descend(roots: Sequence[str], children: Callable[[str], Sequence[str]]) -> list[str]:
    """Everything below some roots, each before what hangs from it; no recursion, since a chain can be long.

    >>> descend(["a", "d"], lambda each: {"a": ["b", "c"]}.get(each, []))
    ['a', 'b', 'c', 'd']
    """
    found: dict[str, None] = {}
    ahead = list(reversed(roots))
    while ahead:
        at = ahead.pop()
        if at not in found:
            found[at] = None
            ahead += reversed(children(at))
    return list(found)
