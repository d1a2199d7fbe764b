"""Few and large files out of many small ones, so that a question opens few.

Neighbours are put together once they are of a size, so that a posting is written a few times only, however many are
added. The new files are made beside the old ones; then the manifest changes, in one step. Replaced indexes go at once,
replaced segments when the next who writes comes: somebody may be reading them.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sayso import writing
from sayso.corpus import folder, postings, segment
from sayso.corpus.folder import Manifest, Part

INDEXES_IN_ROW = 4
"""Indexes of like size, from which they are made one."""
SEGMENTS_IN_ROW = 16
SMALL = 8_000_000
"""Characters of text in a segment, from which it stays as it is."""


def compact(path: Path, manifest: Manifest, *, fully: bool = False) -> Manifest:
    """Put together what is small, or with `fully` all indexes, and return the manifest that is stored then."""
    start = 0 if fully and len(manifest.indexes) > 1 else _tail(manifest.indexes)
    if start is not None:
        manifest = _joined(path, manifest, folder.INDEXES, start, _merge_indexes)
        folder.sweep_indexes(path, manifest)
    small = _small(manifest.segments)
    if small is not None:
        manifest = _joined(path, manifest, folder.SEGMENTS, small, segment.merge)
    return manifest


def _tail(parts: Sequence[Part]) -> int | None:
    """Where the last parts begin that are to be one: no larger one stands behind a smaller one for long."""
    for start in range(len(parts) - INDEXES_IN_ROW + 1):
        if parts[start].count <= 2 * sum(part.count for part in parts[start + 1 :]) / (INDEXES_IN_ROW - 1):
            return start
    return None


def _small(parts: Sequence[Part]) -> int | None:
    """Where the last row of small segments begins, if it is long enough."""
    start = len(parts)
    while start and parts[start - 1].size < SMALL and sum(part.size for part in parts[start - 1 :]) < 4 * SMALL:
        start -= 1
    return start if len(parts) - start >= SEGMENTS_IN_ROW else None


def _joined(
    path: Path, manifest: Manifest, kind: str, start: int, merge: Callable[[Path, Sequence[Path]], None]
) -> Manifest:
    old: tuple[Part, ...] = getattr(manifest, kind)
    parts = old[start:]
    manifest, name = manifest.named()
    with writing.folder(path / kind / name) as place:
        merge(place, [path / kind / part.name for part in parts])
    whole = Part(name, parts[0].first, sum(part.count for part in parts), sum(part.size for part in parts))
    kept = (*old[:start], whole)
    manifest = replace(manifest, indexes=kept) if kind == folder.INDEXES else replace(manifest, segments=kept)
    folder.store(path, manifest)
    return manifest


def _merge_indexes(place: Path, parts: Sequence[Path]) -> None:
    for name in (postings.PRINTS, postings.TELLING):
        readers = [postings.Reader(part / name) for part in parts]
        postings.write(place / name, postings.merged(readers))
        for reader in readers:
            reader.close()
