"""Who says what in other newsrooms than those the tagger learnt from, by style.

    python evaluation/newsrooms.py [--held] [--errors] [--scorer ../shared/eval]

The pages are in tests/annotating/newsrooms (its README says how they were made). Only outermost attributions are
scored, with the project's scorer. Figures in per cent:
  whole   content right by half (Dice >= .5) and the head of the source in the predicted source: P, R and F1
  exact   F1 of pairs whose three spans are all exactly right, and of the source, the cue and the content alone
"""

import argparse
import importlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import nested

PAGES = Path(__file__).parents[1] / "tests" / "annotating" / "newsrooms" / "pages.json"
ALONE = ("whole exact", "source exact", "cue exact", "content exact")

Marked = dict[str, list[tuple[int, int]]]
Scored = tuple[nested.Passage, Sequence[nested.Found]]


def table(scorer: Any, pages: Sequence[Scored]) -> Iterator[str]:
    """The figures over all pages and by style, as a Markdown table."""
    yield "| pages | n | expected | found | whole P | R | F1 | all exact | source | cue | content |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    groups = {"together": list(pages)}
    for page in pages:
        groups.setdefault(page[0].style, []).append(page)
    for name, members in groups.items():
        figures = scorer.score([(page.text, marked(page.attributions), marked(found)) for page, found in members])
        counts = (len(members), sum(len(p.attributions) for p, _ in members), sum(len(found) for _, found in members))
        numbers = (*figures["whole"], *(figures[measure][2] for measure in ALONE))
        yield f"| {name} | {' | '.join(map(str, counts))} | " + " | ".join(f"{x:.1f}" for x in numbers) + " |"


def marked(attributions: Sequence[nested.Found]) -> list[Marked]:
    """Attributions in the scorer's form."""
    return [{role: list(getattr(a, role)) for role in nested.ROLES} for a in attributions]


def outermost(text: str) -> tuple[nested.Found, ...]:
    """What Sayso finds in a text, less what stands in somebody's content."""
    return tuple(a for a in nested.find(text) if a.parent is None)


def faults(page: nested.Passage, predicted: Sequence[nested.Found]) -> Iterator[str]:
    """What is missed or too much in one page, and what is right but differs by a word, a line each."""
    outcome = nested.compare(page, predicted)
    tokens = [match.span() for match in nested.TOKEN.finditer(page.text)]
    for n, wanted in enumerate(page.attributions):
        if n not in outcome.right:
            yield f"missed  {nested.shown(page.text, wanted)}"
        elif nested.marked(page.text, tokens, wanted) != nested.marked(page.text, tokens, predicted[outcome.right[n]]):
            yield f"edges   {nested.shown(page.text, wanted)}"
            yield f"   got  {nested.shown(page.text, predicted[outcome.right[n]])}"
    for m, extra in enumerate(predicted):
        if m not in outcome.right.values():
            yield f"extra   {nested.shown(page.text, extra)}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held", action="store_true", help="the part nobody tunes on: look at it once, at the end")
    parser.add_argument("--errors", action="store_true", help="list what is missed, too much or differs at its edges")
    parser.add_argument("--scorer", type=Path, default=Path("../shared/eval"), help="folder of score_attribution.py")
    options = parser.parse_args(arguments)
    if not (options.scorer / "score_attribution.py").is_file():
        print(f"skipped: {options.scorer}/score_attribution.py is absent")
        return
    if options.held:
        print("The held part is looked at once, when all tuning is done. Do not tune on what you see.", file=sys.stderr)
    sys.path.append(str(options.scorer))
    scorer = importlib.import_module("score_attribution")
    part = "held" if options.held else "tune"
    pages = [(page, outermost(page.text)) for page in nested.read(PAGES) if page.part == part]
    print(f"pages from other newsrooms, part {part}, in per cent\n")
    print("\n".join(table(scorer, pages)))
    for page, found in pages if options.errors else ():
        if lines := list(faults(page, found)):
            print(f"\n{page.id}", *lines, sep="\n  ")


if __name__ == "__main__":
    main()
