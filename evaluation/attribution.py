"""Who says what, measured on PolNeAR with the project's scorer.

    python evaluation/attribution.py --data ../shared/data [--part dev] [--scorer ../shared/eval]

PolNeAR marks one level of attributions, so only the outermost ones are scored.
"""

import argparse
import importlib
import sys
from pathlib import Path

from sayso.annotating import attribution, language


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear/dev and polnear/train")
    parser.add_argument("--part", default="dev", choices=("dev", "train"))
    parser.add_argument("--scorer", type=Path, help="folder with score_attribution.py (default: DATA/../eval)")
    arguments = parser.parse_args()
    folder = arguments.data / "polnear" / arguments.part
    if not folder.is_dir():
        print(f"skipped: {folder} is absent")
        return
    sys.path.insert(0, str(arguments.scorer or arguments.data.parent / "eval"))
    polnear, scorer = importlib.import_module("polnear"), importlib.import_module("score_attribution")
    triples = [(a.text, a.attributions, outermost(a.text)) for a in polnear.read(folder)]
    print(f"polnear/{arguments.part}, {len(triples)} articles: precision, recall, F1")
    for name, figures in scorer.score(triples).items():
        print(f"{name:15s} " + "  ".join(f"{figure:5.1f}" for figure in figures))


def outermost(text: str) -> list[dict[str, list[tuple[int, int]]]]:
    """The outermost attributions of a text in the scorer's form."""
    statements = attribution.find(language.parse(text))
    return [
        {role: [tuple(span) for span in getattr(s, role)] for role in ("source", "cue", "content")}
        for s, parent in zip(statements, attribution.parents_of(statements), strict=True)
        if not s.within and parent is None
    ]


if __name__ == "__main__":
    main()
