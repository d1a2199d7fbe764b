"""All pairs of articles that share fingerprints, on an engine that runs on one machine or on many: Daft.

For corpora that one machine cannot hold. Needs the extra `scale` (`pip install "sayso[scale]"`), and for several
machines a Ray cluster that Daft is told of (docs/scale.md). The folder of the corpus, or of several corpora, must lie
where all machines can read it.
"""

from collections.abc import Sequence
from typing import Any

MANY = 1_000
"""Articles with the same fingerprint, above which it is left out: here no first and last one is told apart."""


def pairs(folders: Sequence[str]) -> Any:
    """The pairs of the articles of corpora, as a lazy Daft DataFrame of `one`, `other` and `shared`.

    Articles are known by their corpus and number: with more than one folder, `one` and `other` count on from one
    corpus to the next, in the order of the folders and by the largest number in each.

    Raises ImportError where Daft is not installed.
    """
    import daft  # noqa: PLC0415 - an extra

    frames, first = [], 0
    for folder in folders:
        found = daft.read_parquet(f"{folder.rstrip('/')}/indexes/*/fingerprints.parquet")
        moved = found.select(found["hash"], (found["article"].cast(daft.DataType.int64()) + first).alias("article"))
        frames.append(moved)
        if len(folders) > 1:
            first = int(moved.agg(moved["article"].max()).to_pydict()["article"][0]) + 1
    whole = frames[0]
    for frame in frames[1:]:
        whole = whole.concat(frame)
    once = whole.distinct()
    common = once.groupby("hash").agg(daft.col("article").count().alias("articles"))
    kept = common.where((daft.col("articles") > 1) & (daft.col("articles") <= MANY)).select("hash")
    shared = once.join(kept, on="hash")
    other = shared.select(daft.col("hash"), daft.col("article").alias("other"))
    both = shared.join(other, on="hash").where(daft.col("article") < daft.col("other"))
    counted = both.groupby("article", "other").agg(daft.col("hash").count().alias("shared"))
    return counted.select(daft.col("article").alias("one"), "other", "shared")
