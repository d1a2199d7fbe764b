"""How well the expressions of time in news are found and resolved, measured on TempEval-3's TimeBank and AQUAINT.

    python evaluation/times.py --data ../shared/data [--part report|tune] [--errors]

The data folder holds `tempeval3_tbaq/*.tml`; the measure is `score_times.py`, in `eval` beside the data folder or where
`--measure` says. The texts are split by the hash of their bytes: rules are adjusted on the part "tune" alone, and the
part "report" is what may be quoted. `--errors` lists what went wrong, on the part "tune" only.
"""

import argparse
import contextlib
import hashlib
import importlib.util
import io
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from sayso.annotating import times


def part_of(path: Path) -> str:
    """The part that a text belongs to, by its bytes."""
    return "report" if hashlib.sha256(path.read_bytes()).digest()[0] % 2 else "tune"


def loaded(path: Path) -> ModuleType:
    """The measure as a module."""
    spec = importlib.util.spec_from_file_location("score_times", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: the measure cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def workplace(paths: list[Path]) -> Iterator[Path]:
    """A folder with links to the texts of one part."""
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            (Path(folder) / path.name).symlink_to(path.resolve())
        yield Path(folder)


def predicted(measure: ModuleType, path: Path) -> list[dict[str, Any]]:
    published, text, _ = measure.read(path)
    return [
        {"start": t.spans[0].start, "end": t.spans[0].end, "value": t.value, "earliest": t.earliest, "latest": t.latest}
        for t in times.find(text, published)
    ]


def score(measure: ModuleType, paths: list[Path]) -> str:
    """The measure's line for these texts, and the time it took."""
    started = time.process_time()
    words = sum(len(measure.read(path)[1].split()) for path in paths)
    reading = time.process_time() - started
    times.find("2024", None)  # the grammar is compiled once
    with workplace(paths) as folder:
        started = time.process_time()
        lines = [json.dumps({"id": path.name, "times": predicted(measure, path)}) for path in paths]
        seconds = time.process_time() - started - reading
        (folder / "found.jsonl").write_text("\n".join(lines), encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            measure.main(str(folder), str(folder / "found.jsonl"))
    return f"{printed.getvalue().strip()}  texts {len(paths)}  {700_000 * seconds / words:.1f} ms of CPU per 700 words"


def errors(measure: ModuleType, paths: list[Path]) -> Iterator[str]:
    """What was missed, found in excess, or misread: one line each."""
    for path in paths:
        published, text, gold = measure.read(path)
        found = predicted(measure, path)
        pairs = list(measure.pair(gold, found))
        right = {id(time) for time, _ in pairs}
        hit = {item[:2] for _, item in pairs}
        rows: list[tuple[Any, ...]] = []
        rows += [("misread", g[0], g[1], f"{t['value']} not {g[3]}") for t, g in pairs if t["value"] != g[3]]
        rows += [
            ("extent", g[0], g[1], text[t["start"] : t["end"]]) for t, g in pairs if (t["start"], t["end"]) != g[:2]
        ]
        rows += [("missed", g[0], g[1], g[3]) for g in gold if g[:2] not in hit]
        rows += [("excess", t["start"], t["end"], t["value"]) for t in found if id(t) not in right]
        for kind, start, end, what in rows:
            near = f"{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 20]}"
            yield f"{kind} {published} {what} | {' '.join(near.split())}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder with tempeval3_tbaq")
    parser.add_argument("--measure", type=Path, help="score_times.py (default: eval/score_times.py beside the data)")
    parser.add_argument("--part", choices=["report", "tune"], default="report")
    parser.add_argument("--errors", action="store_true", help="list what went wrong (part tune only)")
    options = parser.parse_args()
    folder = options.data / "tempeval3_tbaq"
    if not folder.is_dir():
        print(f"{folder}: not there, so nothing was measured", file=sys.stderr)
        return
    measure = loaded(options.measure or options.data.resolve().parent / "eval" / "score_times.py")
    part = "tune" if options.errors else options.part
    paths = [path for path in sorted(folder.glob("*.tml")) if part_of(path) == part]
    if options.errors:
        print("\n".join(errors(measure, paths)))
    print(f"{part}: {score(measure, paths)}")


if __name__ == "__main__":
    main()
