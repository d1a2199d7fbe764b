"""Simulated news cascades with a known tree, written out as plain articles.

    from cascading import trees
    for cascade in trees("tune", count=100, seed=1):
        cascade.articles      # sayso's Article objects: those of the story, and others of the same outlets
        cascade.nodes         # each article of the story with its kind, how good its date is, and its true hour
        cascade.relations     # of every two that share text or a citation: copied or common source, and what changed
        cascade.claims        # sentences, who carries them, on whom each rests, and the true number of origins
        cascade.circles       # ids of articles that rest on each other

(`python evaluation/cascades.py --write FOLDER` writes them as JSON Lines.) Fit on "tune" only: the two parts share no
sentence, name, outlet or plot of an event. A seed and a number give the same cascade on every machine.

**How it is made.** Something happens in an invented country. Agencies and papers report it, each from those who told
it (`newsroom`), in words of their own: no two independent reporters share a run of seven words but for quotations and
handouts. Then others copy, cut, rewrite, merge or cite (`spreading`), from the agency or from a paper that has it from
elsewhere. Every sentence keeps what it was made of, so the truth is read off (`kinship`), never guessed. Some articles
are not in the corpus though others were made from them. The date on the page is often wrong, and mostly a mere day.

**Where the proportions come from.** That about half of what is derived is copied nearly as it is and a third reworked
follows the METER corpus (Gaizauskas et al. 2001; Clough et al., ACL 2002: of newspaper texts on an agency's story
about a third wholly, nearly half partially and a fifth not derived), and Lewis, Williams and Franklin ("A Compromised
Fourth Estate?", Journalism Studies 2008), who found that half of the British quality papers' stories were agency copy
in whole or in the main, with the agency hardly ever named; both are quoted from memory. That credits are lost in half
of the copies here is assumed, lower than there. All other shares (plots, lags, dates, hedges, sources, numbers, which
articles a corpus lacks) are assumed, and stand as constants beside the code that uses them.

**How it is unlike the world.** One language and one register; a bank of sentences, however much it is varied; reporters
who never hit upon the same words by chance; no translations, no live blogs, no page that is overwritten but in circles.
"""

import random
from collections.abc import Iterator
from datetime import timedelta

from cascading import kinship, plots, printing
from cascading.model import Altered, Cascade, ClaimTruth, Node, Part, Relation
from cascading.newsroom import Brief, Desk, Newsroom, Outlet, event
from cascading.plots import Made, Telling
from cascading.wording import bank
from sayso.model.article import Article

__all__ = ["Altered", "Cascade", "ClaimTruth", "Node", "Part", "Relation", "tree", "trees"]


def trees(part: Part, count: int, seed: int = 1, start: int = 0) -> Iterator[Cascade]:
    """So many cascades of a part, from number `start` on.

    >>> one, two = trees("tune", 2, seed=5)
    >>> one == tree("tune", 0, seed=5), one.number, two.number
    (True, 0, 1)
    """
    for number in range(start, start + count):
        yield tree(part, number, seed)


def tree(part: Part, number: int, seed: int = 1) -> Cascade:
    """One cascade. The same part, number and seed give the same one."""
    kind, telling = plots.told(bank(part), f"{part} {seed} {number}")
    made, order = telling.made, sorted(range(len(telling.made)), key=lambda n: telling.made[n].hour)
    chance = random.Random(f"dates {part} {seed} {number}")
    nodes: list[Node] = []
    ids = [""] * len(made)
    for n in order:
        value, quality = printing.dated(telling.start + timedelta(hours=_shown(made[n])), chance)
        article = printing.article(printing.record(made[n].draft, value, f"news/{seed}{number:04}{n:02}"))
        ids[n] = article.id
        parents = tuple(ids[parent] for parent in made[n].parents)
        nodes.append(Node(article, made[n].kind, quality, made[n].hour, parents))
    seen = {ids[n] for n in order if made[n].seen}
    return Cascade(
        number,
        part,
        kind,
        tuple(node for node in nodes if node.id in seen),
        tuple(_noise(telling, chance)),
        tuple(kinship.relations(made, ids, telling.circles)),
        tuple(kinship.claims(made, ids)),
        tuple(tuple(ids[n] for n in circle) for circle in telling.circles),
    )


def _shown(made: Made) -> float:
    return made.hour if made.shown is None else made.shown


def _noise(telling: Telling, chance: random.Random) -> Iterator[Article]:
    """Reports of outlets of the story about something else, of the same weeks and with the same boilerplate."""
    outlets = list({made.draft.outlet: None for made in telling.made})
    for n in range(chance.randint(2, 5)):
        outlet: Outlet = chance.choice(outlets)
        start = telling.start + timedelta(hours=chance.uniform(-700, 700))
        words = telling.words
        kinds = [kind for kind in words["kinds"] if kind is not telling.happened.words]
        other = event(words, chance.choice(kinds), telling.country, start, f"{telling.seed} noise {n}")
        room = Newsroom(words, other, telling.written, chance)
        brief = Brief((other.voices["official"],), (other.voices["police"],), facts=chance.randint(6, 12))
        draft = room.report(Desk(outlet, 3.0, other.name), brief)
        value, _ = printing.dated(start + timedelta(hours=3), chance)
        yield printing.article(printing.record(draft, value, f"news/other{telling.seed.replace(' ', '')}{n}"))
