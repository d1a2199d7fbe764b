"""Whether Sayso tells who had a story from whom, and on how many origins it rests: simulated cascades, known trees.

    python evaluation/cascades.py [--part report|tune] [--trees 200] [--seed 1] [--jobs 2] [--failures 20]
    python evaluation/cascades.py --write FOLDER [--part tune] [--trees 20]

How the cascades are made, and where their proportions come from, says `cascading`. Weights may be fitted on "tune";
"report" may be quoted: the two share no sentence, name or outlet. Each cascade is a corpus of its own, through the
public calls alone. Beside Sayso stand two rules of thumb (the earlier date was first, and every outlet is an origin or
none but one is) and the truth itself, which shows that the measure can be passed.

  direction  over the pairs of which Sayso tells anything and that do have to do with each other: how many are left
             undecided, and how many of the others are right: who has it from whom, or a common source. "Found" is
             their share of all such pairs
  origins    claims, asked for as one of their articles words them: the true number within the range, the mean width
             (most less least), and the number over those articles only that Sayso says carry the claim
  circles    found, of those that there are, and told where there is none
  changes    found, of those that happened between two articles of which Sayso knows the direction; the same where the
             sentence is otherwise nearly as it was; and how many of those told did happen (kind and sentence)
  first      the outlet that was first, where only one is told
`--write` writes the articles, a line of JSON each, and the truth beside them.
"""

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path

from cascading import Cascade, Part, tree, trees
from cascading.scoring import LENGTHS, RULES, UNCLEAR, Score, Told, score

import sayso
from sayso.model import Article, Derivation, Span, Story


def product(cascade: Cascade) -> Told:
    """What Sayso says: of each article's story, and of each claim in the words of one of its articles."""
    told, chance = Told(), random.Random(f"asked {cascade.part} {cascade.number}")
    with tempfile.TemporaryDirectory(prefix="sayso-cascades-") as folder:
        corpus = sayso.Corpus(folder)
        corpus.add(cascade.articles)
        for node in cascade.nodes:
            _take(told, corpus.trace(node.article))
        asked = chance.choice(cascade.nodes)
        story = corpus.trace(asked.article)
        told.first, told.among = story.first, {entry.id for entry in story.entries}
        for claim in cascade.claims if hasattr(corpus, "origins") else ():
            id_ = chance.choice(sorted(claim.sentences))
            found = corpus.origins(id_, claim.sentences[id_][0])
            told.ranges[claim.key] = (found.least, found.most)
            told.carriers[claim.key] = {carrier.article for carrier in found.carriers}
    return told


def _take(told: Told, story: Story) -> None:
    texts = {entry.id: entry.article.text for entry in story.entries}
    for one in story.derivations:
        told.ways.setdefault(frozenset((one.earlier, one.later)), _way(one))
        said = {(c.kind, _words(texts[one.earlier], c.before), _words(texts[one.later], c.after)) for c in one.changes}
        told.changes.setdefault((one.earlier, one.later), set()).update(said)
    told.circles += [set(circle.articles) for circle in story.circles if set(circle.articles) not in told.circles]


def _way(one: Derivation) -> str:
    match one.way:
        case "later from earlier":
            return one.later
        case "earlier from later":
            return one.earlier
        case way:
            return way


def _words(text: str, spans: Iterable[Span]) -> str:
    return " ".join(text[span.start : span.end] for span in spans)


def _scores(job: tuple[Part, int, int]) -> dict[str, Score]:
    """The scores of Sayso and of the rules on one cascade, all over the pairs that Sayso tells of."""
    part, number, seed = job
    cascade = tree(part, number, seed)
    said = product(cascade)
    only = set(said.ways)
    scores = {"Sayso": score(cascade, said)}
    return scores | {name: score(cascade, rule(cascade), only) for name, rule in RULES.items()}


def measure(part: Part, count: int, seed: int, jobs: int) -> dict[str, Score]:
    """The scores of everybody over so many cascades."""
    totals: dict[str, Score] = {}
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for scores in pool.map(_scores, [(part, number, seed) for number in range(count)], chunksize=2):
            for name, one in scores.items():
                totals.setdefault(name, Score()).add(one)
    return totals


def _share(count: float, of: float) -> str:
    return f"{100 * count / of:.1f} %" if of else "–"


def table(head: str, rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Rows as a Markdown table."""
    yield f"| {head} |"
    yield "|" + "---|" * (head.count("|") + 1)
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""


def _direction_row(name: str, counts: Counter[tuple[str, str, str, str]]) -> tuple[object, ...]:
    total = counts.total()
    undecided = sum(n for key, n in counts.items() if key[1] == UNCLEAR)
    right = sum(n for key, n in counts.items() if key[1] == "right")
    return name, total, _share(undecided, total), _share(right, total - undecided)


def _grouped(counts: Counter[tuple[str, str, str, str]], place: int) -> Iterator[tuple[object, ...]]:
    for name in sorted({key[place] for key in counts}):
        yield _direction_row(name, Counter({key: n for key, n in counts.items() if key[place] == name}))


def _origin_row(name: str, rows: Sequence[tuple[str, int, int, int, int]]) -> tuple[object, ...]:
    within = sum(least <= number <= most for _, number, _, least, most in rows)
    carried = sum(least <= its <= most for _, _, its, least, most in rows)
    width = sum(most - least for *_, least, most in rows) / max(1, len(rows))
    return name, len(rows), _share(within, len(rows)), f"{width:.2f}", _share(carried, len(rows))


def report(scores: dict[str, Score]) -> Iterator[str]:
    """All tables."""
    own = scores["Sayso"]
    yield f"found {own.directions.total()} of {own.pairs} pairs ({_share(own.directions.total(), own.pairs)})\n"
    head = "pairs | undecided | right of decided"
    yield from table(f"direction | {head}", (_direction_row(name, one.directions) for name, one in scores.items()))
    yield from table(f"later article | {head}", _grouped(own.directions, 2))
    yield from table(f"dates | {head}", _grouped(own.directions, 3))
    said = Counter({(truth, told): 0 for truth, told, _, _ in own.directions})
    for (truth, told, _, _), n in own.directions.items():
        said[truth, told] += n
    yield from table("truth | told | pairs", ((*key, n) for key, n in sorted(said.items())))
    head = "claims | true number in the range | mean width | number of its carriers in the range"
    yield from table(f"origins | {head}", (_origin_row(name, one.origins) for name, one in scores.items()))
    plots = sorted({row[0] for row in own.origins})
    yield from table(f"plot | {head}", (_origin_row(plot, [r for r in own.origins if r[0] == plot]) for plot in plots))
    yield from table(
        "circles | there | found | told falsely",
        ((name, one.circles["there"], one.circles["found"], one.circles["false"]) for name, one in scores.items()),
    )
    yield from table(
        "change | there | found | where the words were kept | found | told | of these right", _change_rows(own.changes)
    )
    yield from table(
        "first outlet | told | right",
        (
            (name, f["right"] + f["wrong"], _share(f["right"], f["right"] + f["wrong"]))
            for name, one in scores.items()
            for f in [one.first]
        ),
    )


def _change_rows(counts: Counter[tuple[str, str]]) -> Iterator[tuple[object, ...]]:
    kinds = {kind for kind, _ in counts}
    for kind in sorted(kinds, key=lambda one: (one in LENGTHS, one)):
        there, kept, told = (counts[kind, what] for what in ("there", "kept", "told"))
        shares = (
            _share(counts[kind, what], of) for what, of in (("found", there), ("found of kept", kept), ("right", told))
        )
        all_found, kept_found, right = shares
        yield kind, there, all_found, kept, kept_found, told, right


def write(folder: Path, cascades: Iterable[Cascade]) -> None:
    """The articles of each cascade as a file of JSON Lines for `sayso add`, and all truths in truth.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as truths:
        for cascade in cascades:
            articles = (_fields(article) for article in cascade.articles)
            lines = [json.dumps(fields, ensure_ascii=False) + "\n" for fields in articles]
            (folder / f"{cascade.part}-{cascade.number:04}.jsonl").write_text("".join(lines), encoding="utf-8")
            truth = asdict(cascade)
            for node, plain in zip(cascade.nodes, truth["nodes"], strict=True):
                plain["article"] = node.id
            truth["noise"] = [article.id for article in cascade.noise]
            truths.write(json.dumps(truth, ensure_ascii=False) + "\n")


def _fields(article: Article) -> dict[str, str | None]:
    date = article.dates[0].value if article.dates else None
    names = ("id", "url", "outlet", "title", "byline")
    return {name: getattr(article, name) for name in names} | {"published": date, "text": article.text}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--part", choices=["report", "tune"], default="report")
    parser.add_argument("--trees", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--failures", type=int, default=0, help="print so many wrong directions (part tune only)")
    parser.add_argument("--write", type=Path, help="write the cascades into this folder instead")
    options = parser.parse_args()
    if options.write:
        write(options.write, trees(options.part, options.trees, options.seed))
        return
    scores = measure(options.part, options.trees, options.seed, options.jobs)
    print(f"{options.part}: {options.trees} cascades, seed {options.seed}\n")
    print("\n".join(report(scores)))
    if options.part == "tune":
        print("\n".join(scores["Sayso"].failures[: options.failures]))


if __name__ == "__main__":
    main()
