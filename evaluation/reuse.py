"""Whether copied text is found: copies planted in news articles, beside MinHash LSH; and pairs of FA-KES read by hand.

    python -m venv /tmp/peers && /tmp/peers/bin/pip install datasketch rensa
    python evaluation/reuse.py --data ../shared/data --peer-python /tmp/peers/bin/python [--part report] [--misses FILE]
    python evaluation/reuse.py --data ../shared/data --kes FILE

**Planted copies.** Articles of `allsides_sample.jsonl.gz` are split by the hash of their ids. Copies are planted in
each part (`reuse_planting.py`: kinds, lengths, with and without quotation marks), all articles of the part are added to
a corpus, and every copy is traced. A pair (source, copy) is found when the story lays the two beside each other. Texts
that truly share something by themselves are neither right nor wrong: all pairs that share twelve words in a row with
the copy or with what was copied, counted by brute force without Sayso (`reuse_truth.py`). Every other pair is wrong.
"natural" are articles that nothing was planted in: the pairs of different outlets with thirty words in a row in common
are to be found, those with less than twelve are wrong.

The peers (`reuse_peers.py`, a process of its own) are given the same texts. For every kind they get the setting (unit,
size of shingles) and the threshold that are best by F1 on the part "tune"; Sayso has one threshold for all kinds, of
equal words in a pair, best there on average. (A story shows passages of eight words, too: shared phrases, which here
are wrong.)

**Verbatim passages** of thirty words or more: every stretch that stands in the asked article and in another, by brute
force, whether planted or not; found when one passage told as verbatim covers nine tenths of its words. A passage told
as verbatim is right when its words are equal in both texts.

**FA-KES.** The strongest pairs across outlets that nobody has read are written with their passages to a file, to be
read; what reading gave stands in `reuse_kes.csv` (ids and verdicts) and is printed with its sums. The first fifty were
read before a name was asked for to tell a direction, which came of them; the second fifty after it.
"""

import argparse
import bisect
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import networkx
from kes import OUTLETS
from reuse_planting import KINDS, VERBATIM, Planted, Report, Sample, cells, plant, read
from reuse_truth import Stretch, Texts

import sayso
from sayso.model import Article, Derivation, Passage, Span, words_of

NATURAL = "natural"
LONG, SHARED = 30, 12
COVERED = 0.9
REPEATED = 3
"""Other articles of an outlet with the same words, from which on they are its boilerplate, which Sayso leaves out."""
QUIET = 300
"""Articles that share nothing with another outlet, asked beside those that do."""
PEERS = ("datasketch", "rensa")
PAIRS = 100
"""Pairs of FA-KES that were read by hand, in two rounds of fifty."""
DUPLICATE = 0.8
"""The share of each of two articles of one outlet that stands in the other, from which they are told once."""
VERDICTS = Path(__file__).with_name("reuse_kes.csv")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """The articles of a part with planted copies, and what is true of them.

    `kinds` has each asked article's kind and length, `expected` the others to be found for it, `allowed` those that are
    neither right nor wrong.
    """

    sample: Sample
    texts: Texts
    kinds: dict[str, tuple[str, int]]
    expected: dict[str, set[str]]
    allowed: dict[str, set[str]]
    stretches: list[Stretch]

    def outlet(self, id: str) -> str:
        return self.sample.reports[id].outlet


class Detector(Protocol):
    """Something that finds pairs: for each (asked, other) how strong it is; below a threshold it is not told."""

    def found(self, kind: str) -> Iterable[Pair]: ...


def case(reports: Sequence[Report], each: int) -> Case:
    """Plant copies, and count by brute force what the texts share."""
    sample = plant(reports, each)
    parts = {f"planted {n}": sample.reports[p.source].text[p.start : p.end] for n, p in enumerate(sample.planted)}
    shared = defaultdict(set)
    for one, other in Texts({id: report.text for id, report in sample.reports.items()} | parts).pairs(SHARED):
        shared[one].add(other)
    texts = Texts({id: report.text for id, report in sample.reports.items()})
    kinds: dict[str, tuple[str, int]] = {}
    expected: dict[str, set[str]] = defaultdict(set)
    allowed: dict[str, set[str]] = defaultdict(set)
    for number, copied in enumerate(sample.planted):
        kinds[copied.copy] = (copied.kind, copied.length)
        expected[copied.copy].add(copied.source)
        allowed[copied.copy] |= shared[copied.copy] | shared[f"planted {number}"]
    stretches = texts.stretches(LONG)
    for stretch in stretches:
        if stretch.one not in kinds and sample.reports[stretch.one].outlet != sample.reports[stretch.other].outlet:
            expected[stretch.one].add(stretch.other)
    untouched = set(sample.untouched)
    loud = [id for id in expected if id in untouched]
    quiet = [id for id in sample.untouched if id not in expected][:QUIET]
    for id in (*loud, *quiet):
        kinds[id] = (NATURAL, 0)
        allowed[id] |= shared[id]
    return Case(sample, texts, kinds, expected, allowed, [one for one in stretches if one.one in kinds])


@dataclass(slots=True)
class Counts:
    """Pairs that were found, missed, and found wrongly."""

    hit: int = 0
    missed: list[Pair] = field(default_factory=list)
    wrong: list[Pair] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.hit / max(1, self.hit + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.hit / max(1, self.hit + len(self.missed))

    @property
    def f1(self) -> float:
        return 2 * self.hit / max(1, 2 * self.hit + len(self.missed) + len(self.wrong))

    def __str__(self) -> str:
        return f"{100 * self.precision:6.1f} {100 * self.recall:6.1f} {100 * self.f1:6.1f}"


def counted(of: Case, targets: Iterable[str], pairs: Iterable[Pair]) -> Counts:
    """What of the pairs is right, for some of the asked articles."""
    others = defaultdict(set)
    for asked, other in pairs:
        others[asked].add(other)
    counts = Counts()
    for asked in targets:
        expected, found = of.expected[asked], others[asked]
        counts.hit += len(expected & found)
        counts.missed += [(asked, other) for other in sorted(expected - found)]
        counts.wrong += [(asked, other) for other in sorted(found - expected - of.allowed[asked])]
    return counts


def of_kind(of: Case, kind: str, length: int | None = None) -> list[str]:
    return [asked for asked, its in of.kinds.items() if its[0] == kind and length in {None, its[1]}]


# Sayso


class Sayso:
    """A corpus of all articles, asked for each of some: the passages by pair, with `spans` in the asked article."""

    def __init__(self, of: Case) -> None:
        self.least = 0
        with tempfile.TemporaryDirectory() as folder:
            start = time.process_time()
            corpus = sayso.Corpus(folder)
            corpus.add(map(article, of.sample.reports.values()))
            self.adding = time.process_time() - start
            start = time.process_time()
            self.passages = {}
            for asked in of.kinds:
                self.passages.update(traced(corpus, asked))
            self.asking = time.process_time() - start

    def tune(self, of: Case, told: "Sayso") -> None:
        """Take the least number of equal words in a pair that is best by F1, on average over all kinds."""
        kinds = (*KINDS, NATURAL)
        scores = []
        for least in range(8, 60, 2):
            pairs = [pair for pair, words in told.shared.items() if words >= least]
            f1 = sum(counted(of, set(of_kind(of, kind)), pairs).f1 for kind in kinds) / len(kinds)
            scores.append((f1, -least))
        self.least = -max(scores)[1]

    @property
    def shared(self) -> dict[Pair, float]:
        """How many equal words each pair has in its passages."""
        return {pair: sum(one.words * one.likeness for one in some) for pair, some in self.passages.items()}

    def found(self, _: str) -> Iterable[Pair]:
        return [pair for pair, words in self.shared.items() if words >= self.least]


def article(report: Report) -> Article:
    return Article(
        report.id,
        report.id,
        report.text,
        report.id,
        "2026-01-01T00:00:00Z",
        "text/plain",
        outlet=report.outlet,
        title=report.title,
        language="en",
        published=report.published,
    )


def traced(corpus: Any, asked: str) -> dict[Pair, tuple[Passage, ...]]:
    """The passages of every article that is laid beside an asked one, turned so that `spans` are in the asked one."""
    found = {}
    for one in corpus.trace(corpus.get(asked)).derivations:
        if asked == one.later:
            found[asked, one.earlier] = tuple(turned(passage) for passage in one.passages)
        elif asked == one.earlier:
            found[asked, one.later] = one.passages
    return found


def turned(one: Passage) -> Passage:
    return Passage(
        one.other_spans, one.spans, one.kind, one.words, one.likeness, one.other_quoted, one.quoted, one.reasons
    )


# The peers


class Peer:
    """The settings of a peer with their scores by pair; once `tune` has seen a case, the best setting of each kind."""

    def __init__(self, name: str, python: str) -> None:
        self.name, self._python = name, python
        self.best: dict[str, tuple[str, float]] = {}
        self.scores: dict[str, dict[Pair, float]] = {}
        self.seconds: dict[str, float] = {}

    def ask(self, of: Case) -> bool:
        """Let it find the pairs, in all settings or in the best ones; False if it is not installed."""
        asked: dict[str, Any] = {
            "articles": {id: report.text for id, report in of.sample.reports.items()},
            "targets": list(of.kinds),
        }
        if self.best:
            asked["settings"] = sorted({setting for setting, _ in self.best.values()})
        program = Path(__file__).with_name("reuse_peers.py")
        command = [self._python, str(program), self.name]
        ran = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=False)
        if ran.returncode:
            if "ModuleNotFoundError" in ran.stderr:
                return False
            raise SystemExit(f"{self.name}: {ran.stderr}")
        answer = json.loads(ran.stdout)
        self.scores = {name: {(a, b): score for a, b, score in found["pairs"]} for name, found in answer.items()}
        self.seconds = {name: found["seconds"] for name, found in answer.items()}
        return True

    def tune(self, of: Case) -> None:
        """Take for each kind the setting and the threshold with the best F1."""
        for kind in (*KINDS, NATURAL):
            targets = set(of_kind(of, kind))
            best = (-1.0, "", 0.0)
            for name, scores in self.scores.items():
                mine = {pair: score for pair, score in scores.items() if pair[0] in targets}
                for step in range(2, 50):
                    threshold = step / 50
                    told = [pair for pair, score in mine.items() if score >= threshold]
                    best = max(best, (counted(of, targets, told).f1, name, threshold))
            self.best[kind] = best[1:]

    def found(self, kind: str) -> Iterable[Pair]:
        name, threshold = self.best[kind]
        return [pair for pair, score in self.scores[name].items() if score >= threshold]


# What is printed


def table(of: Case, ours: Sayso, peers: Mapping[str, Peer | None]) -> Iterator[str]:
    """By kind and by kind and length: precision, recall and F1."""
    yield f"{'':24s}pairs  Sayso: P      R     F1" + "".join(f"   {name + ': P':>14s}      R     F1" for name in peers)
    lengths = defaultdict(list)
    for kind, length in cells():
        lengths[kind].append(length)
    for kind in (*KINDS, NATURAL):
        yield line(of, kind, None, ours, peers)
        if len(lengths[kind]) > 1:
            for length in lengths[kind]:
                yield line(of, kind, length, ours, peers)
    for name, peer in peers.items():
        if peer:
            chosen = "; ".join(f"{kind}: {unit} at {limit:.2f}" for kind, (unit, limit) in peer.best.items())
            yield f"{name}, unit and words of a shingle, and threshold: {chosen}"


def line(of: Case, kind: str, length: int | None, ours: Sayso, peers: Mapping[str, Peer | None]) -> str:
    targets = of_kind(of, kind, length)
    label = kind if length is None else f"   {length or 'whole'}"
    pairs = sum(len(of.expected[asked]) for asked in targets)
    row = f"{label:24s}{pairs:5d}  {counted(of, targets, ours.found(kind))}"
    for peer in peers.values():
        row += f"    {str(counted(of, targets, peer.found(kind))) if peer else 'not installed':>20s}"
    return row


def quotations(of: Case, ours: Sayso) -> Iterator[str]:
    """Copies with and without quotation marks: found, and told as quoted where a passage holds most of the copy."""
    by_copy = defaultdict(list)
    for one in of.sample.planted:
        by_copy[one.quoted].append(one)
    for quoted, copies in by_copy.items():
        found = [one for one in copies if (one.copy, one.source) in ours.passages]
        told = [longest(ours.passages[one.copy, one.source]).quoted for one in found]
        yield (
            f"{'with' if quoted else 'without'} quotation marks: {100 * len(found) / len(copies):.1f} % of "
            f"{len(copies)} found, {100 * sum(told) / max(1, len(told)):.1f} % of those told as quoted"
        )


def longest(passages: Sequence[Passage]) -> Passage:
    return max(passages, key=lambda passage: passage.words)


def verbatim(of: Case, ours: Sayso, missed: list[str]) -> Iterator[str]:
    """Recall by brute force over stretches, precision over passages."""
    planted = {(one.copy, one.source): one for one in of.sample.planted}
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    repeated = boilerplate(of)
    for stretch in of.stretches:
        group = "boilerplate of the outlet" if stretch in repeated else group_of(of, planted, stretch)
        how = covered(of.texts, stretch, ours.passages.get((stretch.one, stretch.other), ()))
        tally[group][how] += 1
        if how != "found":
            missed.append(f"stretch\t{group}\t{how}\t{stretch.one}\t{stretch.other}\t{stretch.start}\t{stretch.length}")
    for group, counts in sorted(tally.items()):
        total = counts.total()
        yield f"{group:34s}{total:6d}  found {100 * counts['found'] / total:6.2f} %  {dict(counts)}"
    told = equal = 0
    for (one, other), passages in ours.passages.items():
        for passage in passages:
            if passage.kind == "verbatim" and passage.words >= LONG:
                told += 1
                here = words_in(of.texts, one, passage.spans)
                equal += here == words_in(of.texts, other, passage.other_spans) and len(here) >= LONG
    yield f"passages told as verbatim, of {LONG} words or more: {told}, right {100 * equal / max(1, told):.2f} %"


def group_of(of: Case, planted: Mapping[Pair, Planted], stretch: Stretch) -> str:
    one = planted.get((stretch.one, stretch.other))
    if one:
        return f"planted, {one.kind if one.kind in VERBATIM else 'in reworded and shuffled'}"
    same = of.outlet(stretch.one) == of.outlet(stretch.other)
    return "natural, within an outlet" if same else "natural, across outlets"


def boilerplate(of: Case) -> set[Stretch]:
    """The stretches of which at least half stands in three other articles of the outlet or more."""
    own = defaultdict(list)
    for stretch in of.stretches:
        if of.outlet(stretch.one) == of.outlet(stretch.other):
            own[stretch.one].append(stretch)
    found = set()
    for stretches in own.values():
        for one in stretches:
            others = {other.other for other in stretches if overlap(one, other) * 2 >= one.length}
            if len(others) >= REPEATED:
                found.add(one)
    return found


def overlap(one: Stretch, other: Stretch) -> int:
    return min(one.start + one.length, other.start + other.length) - max(one.start, other.start)


def covered(texts: Texts, stretch: Stretch, passages: Sequence[Passage]) -> str:
    """Whether one passage covers most of a stretch: "found", "as reworked", "partly", "not told"."""
    if not passages:
        return "pair not told"
    shares = {"verbatim": 0.0, "reworked": 0.0}
    for passage in passages:
        places = set(words_at(texts, stretch.one, passage.spans))
        share = len(places & set(range(stretch.start, stretch.start + stretch.length))) / stretch.length
        shares[passage.kind] = max(shares[passage.kind], share)
    if shares["verbatim"] >= COVERED:
        return "found"
    return "as reworked" if shares["reworked"] >= COVERED else "partly" if max(shares.values()) > 0 else "not told"


def words_at(texts: Texts, id: str, spans: Sequence[Span]) -> list[int]:
    """The numbers of the words of a text that lie in spans."""
    own = texts.spans[texts.place[id]]
    found: list[int] = []
    for span in spans:
        first = bisect.bisect_left(own, (span.start, 0))
        last = bisect.bisect_left(own, (span.end, 0))
        found += range(first, last)
    return found


def words_in(texts: Texts, id: str, spans: Sequence[Span]) -> list[int]:
    """The words themselves, as numbers."""
    begin = int(texts.bounds[texts.place[id]])
    return [int(texts.words[begin + at]) for at in words_at(texts, id, spans)]


def misses(of: Case, ours: Sayso) -> Iterator[str]:
    """Pairs that Sayso missed and told wrongly, by ids."""
    for kind in (*KINDS, NATURAL):
        counts = counted(of, of_kind(of, kind), ours.passages)
        for asked, other in counts.missed:
            yield f"missed\t{kind}\t{of.kinds[asked][1]}\t{asked}\t{other}"
        for asked, other in counts.wrong:
            best = longest(ours.passages[asked, other])
            told = f"{best.kind}\t{best.words}\t{best.likeness:.2f}"
            yield f"wrong\t{kind}\t{of.kinds[asked][1]}\t{asked}\t{other}\t{told}"


# FA-KES


def pairs_of_kes(folder: Path) -> tuple[dict[str, Article], list[Derivation]]:
    """The articles of FA-KES, and all pairs across outlets, those that share most words first."""
    articles = {}
    with (folder / "fa_kes.csv").open(encoding="latin-1", newline="") as rows:
        for row in csv.DictReader(rows):
            month, day, year = map(int, row["date"].split("/"))
            outlet = OUTLETS.get(row["source"], row["source"])
            text = f"{row['article_title']}\n\n{row['article_content'].strip()}"
            report = Report(row["unit_id"], outlet, date(year, month, day).isoformat(), row["article_title"], text)
            articles[report.id] = replace(article(report), text=text)
    found = {}
    with tempfile.TemporaryDirectory() as place:
        corpus = sayso.Corpus(place)
        corpus.add(articles.values())
        for id in [entry.id for entry in corpus.entries()]:  # some stand twice in the data
            for one in corpus.trace(corpus.get(id)).derivations:
                if id in {one.earlier, one.later}:
                    found[one.earlier, one.later] = one
    across = [one for one in found.values() if articles[one.earlier].outlet != articles[one.later].outlet]
    return articles, sorted(collapsed(articles, across, found.values()), key=lambda one: -shared_words(one))


def collapsed(
    articles: Mapping[str, Article], pairs: Iterable[Derivation], known: Iterable[Derivation]
) -> list[Derivation]:
    """Of the pairs whose articles are the same but for a near duplicate in the same outlet, the strongest."""
    graph = networkx.Graph()
    graph.add_nodes_from(articles)
    for one in known:
        same = articles[one.earlier].outlet == articles[one.later].outlet
        if same and min(one.earlier_share, one.later_share) >= DUPLICATE:
            graph.add_edge(one.earlier, one.later)
    group = {id: number for number, ids in enumerate(networkx.connected_components(graph)) for id in ids}
    best: dict[frozenset[int], Derivation] = {}
    for one in pairs:
        key = frozenset({group[one.earlier], group[one.later]})
        if key not in best or shared_words(one) > shared_words(best[key]):
            best[key] = one
    return list(best.values())


def shared_words(one: Derivation) -> int:
    return sum(passage.words for passage in one.passages)


def sheet(number: int, one: Derivation, articles: Mapping[str, Article]) -> Iterator[str]:
    """A pair, as lines to be read."""
    earlier, later = articles[one.earlier], articles[one.later]
    yield f"{'=' * 20} {number}: {one.earlier} {one.later}, {shared_words(one)} words"
    for each, share in ((earlier, one.earlier_share), (later, one.later_share)):
        yield f"{each.outlet}, {each.published}, {100 * share:.0f} % shared: {each.title}"
    yield (
        f"way: {one.way} (later from earlier {one.later_from_earlier:.2f}, earlier from later "
        f"{one.earlier_from_later:.2f}, common source {one.common:.2f}, unknown {one.unknown:.2f})"
    )
    yield from (f"  because: {reason}" for reason in one.reasons)
    for passage in one.passages:
        marks = f"{'quoted' if passage.quoted else 'plain'}/{'quoted' if passage.other_quoted else 'plain'}"
        yield f"  {passage.kind}, {passage.words} words, {passage.likeness:.2f}, {marks}"
        yield f"    1: {words_of(passage.spans, earlier.text)}"
        yield f"    2: {words_of(passage.other_spans, later.text)}"


def kes(folder: Path, out: Path, count: int) -> None:
    """Write the strongest pairs that nobody has read, to be read, and print what reading gave."""
    articles, found = pairs_of_kes(folder)
    rows = read_by_hand()
    known = {frozenset({row["one"], row["other"]}) for row in rows}
    pairs = {frozenset({one.earlier, one.later}): one for one in found[:count]}
    unread = [one for key, one in pairs.items() if key not in known]
    lines = [line for number, one in enumerate(unread, 1) for line in sheet(number, one, articles)]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(
        f"{len(articles)} articles, {len(found)} pairs across outlets; of the strongest {count}, unread: {len(unread)}"
    )
    for number in sorted({row["round"] for row in rows}):
        print("\n".join(verdicts(f"round {number}", [row for row in rows if row["round"] == number], pairs)))


def read_by_hand() -> list[dict[str, str]]:
    """What reading gave: `told` is the way that was told then, `way` whether that was right."""
    if not VERDICTS.exists():
        return []
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def verdicts(
    title: str, rows: Sequence[Mapping[str, str]], pairs: Mapping[frozenset[str], Derivation]
) -> Iterator[str]:
    """The sums of the table of verdicts, and how right is what is told today."""
    yield f"{title}: {len(rows)} pairs read"
    for column in ("shared", "kind", "way"):
        counts = Counter(row[column] for row in rows)
        yield f"  {column}: " + ", ".join(f"{answer} {count}" for answer, count in counts.most_common())
    now = Counter(_now(row, pairs.get(frozenset({row["one"], row["other"]}))) for row in rows)
    yield "  as told today: " + ", ".join(f"{answer} {count}" for answer, count in now.most_common())


def _now(row: Mapping[str, str], one: Derivation | None) -> str:
    """Whether what is told of a pair today is what reading it gave."""
    if one is None:
        return "not among the pairs"
    if one.way == "unclear":
        return "not told"
    if one.way == row["told"]:
        return row["way"]
    if row["kind"] == "cannot tell":
        return row["kind"]
    return "right" if one.way == "common source" and row["kind"] == "common agency text" else "wrong"


def measured(options: argparse.Namespace) -> None:
    """The planted copies of a part, Sayso beside the peers."""
    peers: dict[str, Peer | None] = {name: Peer(name, options.peer_python) for name in PEERS}
    tuning = case(read(options.data, "tune")[: options.articles], options.each)
    for name, peer in list(peers.items()):
        if peer and peer.ask(tuning):
            peer.tune(tuning)
        else:
            peers[name] = None
    of = tuning
    if options.part == "report":
        of = case(read(options.data, "report")[: options.articles], options.each)
        for peer in peers.values():
            if peer:
                peer.ask(of)
    ours = Sayso(of)
    ours.tune(tuning, ours if of is tuning else Sayso(tuning))
    words = len(of.texts.words)
    print(
        f"{options.part}: {len(of.sample.reports)} articles, {words:,} words, {len(of.sample.planted)} planted copies"
    )
    print(f"a pair is told from {ours.least} equal words on")
    print("\n".join(table(of, ours, peers)))
    print("\n".join(quotations(of, ours)))
    found_misses = list(misses(of, ours))
    print("\n".join(verbatim(of, ours, found_misses)))
    print(f"CPU seconds: Sayso {ours.adding:.1f} to add, {ours.asking:.1f} to ask about {len(of.kinds)} articles")
    for name, peer in peers.items():
        if peer:
            print(f"{name}: {sum(peer.seconds.values()):.1f} in {len(peer.seconds)} settings")
    if options.misses:
        options.misses.write_text("\n".join(found_misses) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=["report", "tune"], default="report")
    parser.add_argument("--articles", type=int, default=2500, help="so many articles of each part")
    parser.add_argument("--each", type=int, default=12, help="copies of every kind and length")
    parser.add_argument("--peer-python", default=sys.executable, help="the Python that has the peers installed")
    parser.add_argument("--misses", type=Path, help="write what Sayso missed or told wrongly here, by ids")
    parser.add_argument("--kes", type=Path, help="write the strongest pairs of fa_kes.csv here instead, to be read")
    parser.add_argument("--pairs", type=int, default=PAIRS, metavar="N", help="of FA-KES, how many of the strongest")
    options = parser.parse_args(arguments)
    needed = "fa_kes.csv" if options.kes else "allsides_sample.jsonl.gz"
    if not (options.data / needed).exists():
        print(f"skipped: {options.data} has no {needed}")
        return
    if options.kes:
        kes(options.data, options.kes, options.pairs)
    else:
        measured(options)


if __name__ == "__main__":
    main()
