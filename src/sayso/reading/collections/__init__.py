"""Collections of articles as a stream: archives of the web, feeds, tables, folders, lists of addresses, single files.

The calls, for who stores what comes (`sayso add`):

    for one in records(inputs, columns={"text": "maintext"}, done=store.done):
        match one:
            case Finished(source, records): store.note(source.key, ...)       # the whole source went by
            case Record(content=Article() as article): ...                    # a row of a table: finished, no language
            case Record(content=SaysoError() as error): ...                   # names source and record
            case Record(content=Raw() as raw): reading.article_of(raw)        # slow (25 ms a page): in worker processes

`done(source)` is asked once for each source that has a key. It says how many of its records are stored already (0 if
none), or None where it is known as finished. Records are counted from 0, errors among them, and the count of an
unchanged file is always the same: a `done` of n leaves out the records 0 to n - 1. `total(inputs)` has the files and
bytes for a progress bar: what is done is the sizes of the finished sources and the `at` of the last record. Article
and Raw can be pickled. `languages.detect(article.text)` tells the language of a row when it is analysed.

`records` opens only what is named, or lies in a folder that is named. It fetches addresses that are named, by
themselves or in a list, and nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from sayso.errors import ReadingError
from sayso.reading import inputs
from sayso.reading.collections import addresses, feeds, kinds, tables, walking, warc
from sayso.reading.collections.record import Finished, Opened, Record, Source, opened, packing_told
from sayso.reading.collections.walking import Total, total
from sayso.reading.draft import Raw

__all__ = ["FIELDS", "Done", "Finished", "Record", "Source", "Total", "records", "total"]

FIELDS = tables.FIELDS
"""What a column of a table can be, as `columns` names it."""

Done = Callable[[Source], int | None]
_NO_COLUMNS: Mapping[str, str] = MappingProxyType({})


def nothing(source: Source) -> int | None:  # noqa: ARG001 - the default of what is asked of a store
    """Nothing of any source is stored."""
    return 0


def records(
    named: Iterable[str | Source], columns: Mapping[str, str] = _NO_COLUMNS, done: Done = nothing
) -> Iterator[Record | Finished]:
    """Everything in what is named: paths, folders, http(s) addresses, "-" for standard input.

    A source stands for itself: so a file can have another name in messages than its path.

    `columns` says for tables which column (by its header) is what of an article: see FIELDS; those that are not named
    are known by usual headers. A record that cannot be read is an error in its place, and the rest goes on. Raises
    SaysoError for a field that does not exist, and nothing else.

    >>> [str(one.content) for one in records(["no-such-file.csv"]) if isinstance(one, Record)]
    ['no-such-file.csv: there is no such file']
    """
    tables.check(columns)
    for source in walking.sources(named):
        if isinstance(source, ReadingError):
            yield from _failed(Source(source.name, source.name), source)
        elif inputs.is_address(source.path):
            yield from _at_address(source, addresses.fetch(source.path), columns)
        else:
            yield from _of_source(source, columns, done)


def _failed(source: Source, error: ReadingError) -> Iterator[Record | Finished]:
    yield Record(source, 0, source.size, error)
    yield Finished(source, 1, again=True)


def _at_address(
    source: Source, found: Raw | ReadingError, columns: Mapping[str, str], stored: int = 0
) -> Iterator[Record | Finished]:
    if isinstance(found, ReadingError):
        yield from _failed(source, found)
        return
    with opened(source, stored, found) as reading:
        yield from _told(reading, columns)


def _of_source(source: Source, columns: Mapping[str, str], done: Done) -> Iterator[Record | Finished]:
    stored = done(source) if source.key else 0
    if stored is None:
        yield Finished(source, None)
        return
    try:
        with opened(source, stored) as reading:
            if kinds.kind(reading) == "addresses":
                yield from _of_list(reading, columns, done)
                yield Finished(source, 0)
            else:
                yield from _told(reading, columns)
    except ReadingError as error:  # it cannot be opened
        yield from _failed(source, error)


def _of_list(reading: Opened, columns: Mapping[str, str], done: Done) -> Iterator[Record | Finished]:
    """What is behind the addresses of a list. Those that failed before are tried again, with the list itself."""
    stored: dict[str, int] = {}
    finished = []

    def left() -> Iterator[Source]:
        for one in addresses.listed(reading):
            known = done(one) if one.key else 0
            if known is None:
                finished.append(Finished(one, None))
            else:
                stored[one.path] = known
                yield one

    for source, found in addresses.fetched(left()):
        yield from finished
        finished.clear()
        yield from _at_address(source, found, columns, stored.pop(source.path))
    yield from finished


def _told(reading: Opened, columns: Mapping[str, str]) -> Iterator[Record | Finished]:
    """The records of a source that is open. A fault of the whole is a record too: the last one."""
    problem: ReadingError | None = None
    try:
        with packing_told(reading):
            yield from _read(reading, columns)
    except ReadingError as error:
        problem = error
    except Exception as error:  # a library's fault must not end a collection
        why = f"it cannot be read ({type(error).__name__} in a library); please report this input"
        problem = reading.error(why)
        problem.__cause__ = error
    if problem is not None and reading.next():
        yield reading.record(problem)
    yield Finished(reading.source, reading.count)


def _read(reading: Opened, columns: Mapping[str, str]) -> Iterator[Record]:
    match kinds.kind(reading):
        case "json" | "csv" | "parquet" as kind:
            return tables.records(reading, kind, columns)
        case "warc":
            return warc.records(reading)
        case "zip":
            return warc.wacz_records(reading)
        case "feed":
            return feeds.records(reading)
        case "article" | "addresses":  # a list that was fetched is nobody's wish
            return _alone(reading)


def _alone(reading: Opened) -> Iterator[Record]:
    """A file that is one article."""
    if reading.next():
        try:
            yield reading.record(reading.whole())
        except ReadingError as error:
            yield reading.record(error)
