"""What is said of adding to a corpus, in one line each."""

from sayso.corpus.adding import Added


def reading(count: int) -> str:
    """How far it is, while inputs are read.

    >>> reading(1200)
    '1,200 records read'
    """
    return f"{count:,} records read"


def added(result: Added, total: int) -> str:
    """What came of it.

    >>> added(Added(stored=3, again=1), 1204)
    '3 articles added, 1 was there already; the corpus has 1,204'
    """
    parts = [f"{result.stored:,} article{'' if result.stored == 1 else 's'} added"]
    if result.again:
        parts.append(f"{result.again:,} {'was' if result.again == 1 else 'were'} there already")
    if result.failed:
        parts.append(f"{len(result.failed):,} could not be read")
    return f"{', '.join(parts)}; the corpus has {total:,}"


def interrupted(total: int) -> str:
    """What a user who stopped it is told.

    >>> interrupted(5)
    'interrupted; the corpus has 5 articles, and the same command goes on from there'
    """
    return f"interrupted; the corpus has {total:,} articles, and the same command goes on from there"
