"""How long all pairs of a corpus take: Sayso's pass over its sorted index, DuckDB's plain join, and Daft.

    python -m venv /tmp/peers && /tmp/peers/bin/pip install duckdb daft
    python evaluation/joining.py --data ../shared/data --peer-python /tmp/peers/bin/python [--articles 200000]

The corpus is made as in `corpora.py`. Each way runs in a process of its own, one after the other, on two cores where
it can use them, and must give the same pairs with the same counts; their number and a checksum are compared. DuckDB
and Daft read the same Parquet files (Daft through `sayso.corpus.cluster`). `--folder` keeps the corpus.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from corpora import Maker

from sayso.corpus.store import Corpus

BEGIN = """
import resource, sys, time
folder = sys.argv[1]
began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
"""
END = """
wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
print(f"{wall:.1f} | {cpu:.1f} | {count:,} | {check}")
"""
WAYS = {
    "Sayso, `Corpus.pairs()`": """
from sayso.corpus.store import Corpus
found = Corpus(folder).pairs()
import pyarrow.compute as pc
count, check = found.num_rows, pc.sum(pc.multiply(found["other"], found["shared"])).as_py()
""",
    "DuckDB, plain join": """
import duckdb
duckdb.sql("SET enable_progress_bar = false")
prints = f"SELECT DISTINCT hash, article FROM read_parquet('{folder}/indexes/*/fingerprints.parquet')"
count, check = duckdb.sql(f'''WITH p AS MATERIALIZED ({prints}) SELECT count(*), sum(other * shared) FROM (
    SELECT a.article AS one, b.article::BIGINT AS other, count(*) AS shared FROM p a JOIN p b
    ON a.hash = b.hash AND a.article < b.article GROUP BY ALL)''').fetchall()[0]
""",
    "Daft, `cluster.pairs`": """
import daft
from sayso.corpus import cluster
found = cluster.pairs([folder])
sums = found.agg(
    daft.col("one").count().alias("n"), (daft.col("other") * daft.col("shared")).sum().alias("s")
).to_pydict()
sums = {name: [int(value) for value in values] for name, values in sums.items()}
count, check = sums["n"][0], sums["s"][0]
""",
}


def main() -> None:
    """Build, run each way, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--peer-python", help="a Python that has duckdb and daft")
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="sayso-joining-"))
    try:
        corpus = Corpus(folder)
        if len(corpus) != options.articles:
            maker = Maker(options.data)
            corpus.add(map(maker.article, range(options.articles)))
            corpus.compact()
        print(f"{options.articles:,} articles of 700 words\n\n| way | seconds | CPU seconds | pairs | checksum |")
        print("|---|--:|--:|--:|--:|", flush=True)
        for name, code in WAYS.items():
            python = sys.executable if name.startswith("Sayso") else options.peer_python
            print(f"| {name} | {_run(python, code, folder)} |", flush=True)
    finally:
        if options.folder is None:
            shutil.rmtree(folder)


def _run(python: str | None, code: str, folder: Path) -> str:
    if python is None:
        return "not installed | | |"
    source = Path(__file__).parents[1] / "src"
    paths = f"import sys; sys.path[:0] = [{str(source)!r}]\n"
    command = [python, "-c", paths + BEGIN + code + END, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else f"failed: {done.stderr.strip().splitlines()[-1]} | | |"


if __name__ == "__main__":
    main()
