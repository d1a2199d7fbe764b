"""CSV as a stream: row by row from lines, of which nothing is kept, and where a broken row costs itself only."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator

MOST_BROKEN = 1_000
"""Rows that cannot be read at all, above which the file is no table."""


class NoTableError(ValueError):
    """So many rows cannot be read that the file is no table."""


def delimiter(header: str) -> str:
    """What parts the cells of a table, from its first line: a comma, a tab or a semicolon.

    >>> delimiter("name;country, or region;owner")
    ';'
    """
    return max(",\t;", key=lambda sign: (header.count(sign), sign == ","))


def parsed(lines: Iterable[str], delimiter: str, longest: int) -> Iterator[tuple[int, list[str] | str]]:
    """Every row with the number of its first line (from 0), or what is wrong with it; then it goes on at the next line.

    An unclosed quotation mark would otherwise swallow the rest of the file. `longest` are the characters of a row.
    Raises NoTableError.

    >>> list(parsed(["a,b", 'Amber,"Post', "Amber,Sun"], ",", 1000))[1:]
    [(1, 'it cannot be read (unexpected end of data): look at its quotation marks'), (2, ['Amber', 'Sun'])]
    """
    feed = _Feed(lines, longest)
    broken = 0
    while True:
        try:
            for cells in _rows(feed, delimiter, longest):
                yield feed.begin, cells
                feed.forget()
            return
        except csv.Error as error:
            broken += 1
            if broken > MOST_BROKEN:
                raise NoTableError(f"more than {MOST_BROKEN:,} rows cannot be read; is it a table?") from error
            yield feed.begin, f"it cannot be read ({error}): look at its quotation marks"
            feed.back()


class _Feed(Iterator[str]):
    """Lines for csv.reader, those of the row under way kept until it is done."""

    def __init__(self, lines: Iterable[str], longest: int) -> None:
        self.begin = 0
        self._lines, self._longest = iter(lines), longest
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self._row.append(line)
        self._size += len(line)
        if self._size > self._longest:
            raise csv.Error(f"more than {self._longest:,} characters")
        return line if line.endswith("\n") else line + "\n"

    def forget(self) -> None:
        """The row is done."""
        self.begin += len(self._row)
        self._row, self._size = [], 0

    def back(self) -> None:
        """The row cannot be read: go back to its second line."""
        self._again.extendleft(reversed(self._row[1:]))
        self._row = self._row[:1]
        self.forget()


def _rows(feed: _Feed, delimiter: str, longest: int) -> Iterator[list[str]]:
    """The rows. The limit of a cell belongs to the module and not to the reader, so it is lent for each row."""
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        before = csv.field_size_limit(longest)
        try:
            cells = next(reader)
        except StopIteration:
            return
        finally:
            csv.field_size_limit(before)
        yield cells
