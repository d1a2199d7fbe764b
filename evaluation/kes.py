"""Chains of articles on the Syrian war, written out to be read by hand.

    python evaluation/kes.py --data DATA --out FOLDER [--each 2] [--skip 2]

FA-KES (`fa_kes.csv`) tells the same stories from fifteen sides, agencies and state media among them. For every outlet
the articles whose `unit_id` comes first by SHA-256 are taken, so that nobody chose; `--skip` leaves out the first ones.
Each becomes a file: the text, the actors, and every chain with its statement, to be marked right, wrong or unresolved.
What they gave is in docs/readings.md.
"""

import argparse
import csv
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso import pipeline
from sayso.annotating.chains import draw
from sayso.model import Analysis, Article, words_of

OUTLETS = {
    "ahram": "Al-Ahram",
    "manar": "Al-Manar",
    "alalam": "Al-Alam",
    "alaraby": "The New Arab",
    "dailysabah": "Daily Sabah",
    "sana": "SANA",
    "sputnik": "Sputnik",
    "etilaf": "Syrian Coalition",
    "trt": "TRT World",
    "jordantimes": "Jordan Times",
    "reuters": "Reuters",
    "arabiya": "Al Arabiya",
    "nna": "National News Agency",
    "asharqalawsat": "Asharq Al-Awsat",
    "tass": "TASS",
}


def articles(path: Path, each: int, skip: int) -> Iterator[Article]:
    """`each` articles of every outlet behind the first `skip` ones, by the hash of their number."""
    with path.open(encoding="latin-1", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: hashlib.sha256(row["unit_id"].encode()).hexdigest())
    for source, outlet in OUTLETS.items():
        for row in [row for row in rows if row["source"] == source][skip : skip + each]:
            text = row["article_content"].strip()
            yield Article(
                row["unit_id"], f"{source}-{row['unit_id']}", text, "", "", "text/plain", outlet=outlet, language="en"
            )


def sheet(analysis: Analysis) -> Iterator[str]:
    """One article with its actors and chains, as lines to be read."""
    text = analysis.article.text
    said = {a.id: a for a in analysis.attributions}
    names = {actor.id: actor.name for actor in analysis.actors}
    yield f"{analysis.article.input}   outlet: {analysis.article.outlet}\n\n{text}\n"
    yield "ACTORS"
    for actor in analysis.actors:
        kind = f"{actor.kind}{', named' if actor.named else ''}"
        yield f"  {actor.id} {actor.name} [{kind}]  names: {'; '.join(actor.names)}"
    yield "\nCHAINS"
    for chain in analysis.chains:
        statement = said[chain.statement]
        source, cue = words_of(statement.source.spans, text), words_of(statement.cue.spans, text)
        yield f"  {chain.id} {draw(chain)}   ({chain.confidence})"
        yield f"      source words: {source} | cue: {cue}"
        yield f"      statement: {words_of(statement.content.spans, text)}"
    yield "\nREFERENCES BACK"
    for mention in analysis.mentions:
        if mention.kind == "back reference":
            who = names.get(mention.actor or "", "UNRESOLVED")
            yield f"  {words_of(mention.spans, text)} (at {mention.spans[0].start}) = {who}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the sheets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--each", type=int, default=2)
    parser.add_argument("--skip", type=int, default=0)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    for number, article in enumerate(articles(options.data / "fa_kes.csv", options.each, options.skip), 1):
        lines = "\n".join(sheet(pipeline.analyse(article)))
        (options.out / f"{number:02}-{article.input}.txt").write_text(lines + "\n", encoding="utf-8")
    print(f"{number} sheets in {options.out}")


if __name__ == "__main__":
    main()
