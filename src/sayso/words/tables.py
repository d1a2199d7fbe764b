"""Tables of outlets: what an entry is, by which names it is found, and the imported tables in the user's folder.

An imported table is one JSON Lines file: a header record, then one record an outlet. It is written whole or not at
all, and the header holds the hash of what follows, so that a damaged file is known without reading all of it.
"""

import gc
import hashlib
import json
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sayso import home
from sayso.errors import SaysoError
from sayso.writing import write

BUILT_IN = "built-in"
FORMAT = "sayso outlets/1"
SUFFIX = ".jsonl"
LONGEST_NAME = 80
"""Characters of a table's name, which names its file too."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An entry of a table of outlets. What the table does not say is empty.

    `names` are other names, `domains` hosts without "www.". `classed` is the class that the table gives, in its own
    words and never Sayso's; the built-in table gives none.
    """

    name: str
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    kind: str = ""
    country: str = ""
    owner: str = ""
    source: str = ""
    classed: str = ""

    def at(self, host: str) -> bool:
        """Whether a host is the outlet's, or below one of its.

        >>> Outlet("BBC News", domains=("bbc.com",)).at("news.bbc.com")
        True
        """
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)


@dataclass(frozen=True, slots=True)
class Header:
    """The first record of an imported table. `rows` were in the file: outlets, merged ones and skipped ones."""

    name: str
    source: str
    file: str
    imported: str
    sha256: str
    rows: int
    outlets: int
    merged: int
    skipped: int


class Index:
    """Finds entries by their names: the places in a table at which these stand."""

    def __init__(self, names: Iterable[Iterable[str]]) -> None:
        self._by_key: dict[str, list[int]] = {}
        for place, called in enumerate(names):
            for name in called:
                places = self._by_key.setdefault(key(name), [])
                if not places or places[-1] != place:
                    places.append(place)

    def exactly(self, name: str) -> tuple[int, ...]:
        """The entries that go by a name, in the table's order."""
        wanted = key(name)
        return tuple(self._by_key.get(wanted, ())) if wanted else ()

    def find(self, name: str) -> tuple[int, ...]:
        """The same, or if there are none those that go by it with "The" before it, or without.

        >>> Index([["Amber Post"], ["The Amber Sun", "AS"]]).find("Amber Sun")
        (1,)
        """
        other = _ARTICLE.sub("", name) if _ARTICLE.match(name) else f"The {name}"
        return self.exactly(name) or (self.exactly(other) if key(name) else ())


class Table:
    """An imported table. Its records become outlets only when they are asked for: a table may be long."""

    def __init__(self, header: Header, records: list[dict[str, Any]]) -> None:
        self.header = header
        self._records = records
        self._index = Index(self.names())

    def names(self) -> Iterator[tuple[str, ...]]:
        """The name and the other names of each entry, in order."""
        return ((record["name"], *record.get("names", ())) for record in self._records)

    def find(self, name: str) -> tuple[Outlet, ...]:
        """The outlets that go by a name, as Index.find does it."""
        return tuple(_outlet(self._records[place]) for place in self._index.find(name))


class TableError(SaysoError):
    """A stored table that cannot be used. The message names the file and the way out."""


@lru_cache(maxsize=1 << 14)  # whoever compares many articles asks for the same few names
def key(name: str) -> str:
    """A name without what may be written either way: capitals, spaces, punctuation. All else counts.

    >>> key("PRESS-TV") == key("Press TV"), key("Canal+") == key("Canal")
    (True, False)
    """
    plain = name if name.isascii() else unicodedata.normalize("NFC", name)
    return plain.casefold().translate(_KEPT)


_ARTICLE = re.compile(r"\s*the\s", re.IGNORECASE)


class _Kept(dict[int, int | None]):
    """For str.translate: letters, digits, their marks, and signs that tell names apart ("Canal+")."""

    def __missing__(self, code: int) -> int | None:
        category = unicodedata.category(chr(code))
        self[code] = code if category[0] in "LMN" or category in ("Sm", "Sc") else None
        return self[code]


_KEPT = _Kept()


def folder() -> Path:
    """Where a user's tables lie: $SAYSO_HOME/outlets, else the usual place for data of a program."""
    return home.folder("outlets")


def place(name: str) -> Path:
    """The file of the table that goes by a name. Raises SaysoError for what cannot be a table's name.

    >>> place("State media, 2024").name
    'state-media-2024.jsonl'
    """
    name = unicodedata.normalize("NFC", name)
    stem = re.sub(r"[^\w.]+", "-", name.casefold()).strip("-.")
    if not stem or not re.search(r"\w", stem):
        raise SaysoError(f"“{name}” cannot be a table's name: it needs a letter or a digit")
    if len(name) > LONGEST_NAME or len(stem.encode()) > 200:
        raise SaysoError(f"the table's name is too long; at most {LONGEST_NAME} characters")
    if stem == BUILT_IN:
        raise SaysoError(f"“{BUILT_IN}” is the table that comes with Sayso; choose another name with --name")
    return folder() / (stem + SUFFIX)


def save(header: Header, outlets: Iterable[Outlet]) -> bool:
    """Store a table, in place of one of the same name; whether there was one. Raises SaysoError naming the file."""
    path = place(header.name)
    body = "".join(_line({k: v for k, v in asdict(outlet).items() if v}) for outlet in outlets)
    first = _line({"format": FORMAT, **asdict(header), "body": hashlib.sha256(body.encode()).hexdigest()})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaysoError(f"cannot make the folder {path.parent}: {error.strerror or error}") from error
    replaced = path.exists()
    write(path, first + body)
    forget()
    return replaced


def remove(name: str) -> bool:
    """Remove a stored table, damaged or not; whether there was one. Raises SaysoError naming the file."""
    path = place(name)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise SaysoError(f"cannot remove {path}: {error.strerror or error}") from error
    forget()
    return True


def stored() -> tuple[Table, ...]:
    """All imported tables, by name; read at the first call. A damaged one is left out, with one warning."""
    return _stored(folder())


def headers() -> tuple[list[Header], list[TableError]]:
    """The first record of every imported table, without reading the rest as outlets, and what is wrong with others."""
    found, wrong = [], []
    for path in _paths(folder()):
        try:
            found.append(_opened(path)[0])
        except TableError as error:
            wrong.append(error)
    return sorted(found, key=lambda header: header.name.casefold()), wrong


def check() -> None:
    """Warn of damaged tables without loading any, for a process that leaves the loading to others."""
    for error in headers()[1]:
        warn(str(error))


def forget() -> None:
    """Read the tables anew at the next call."""
    _stored.cache_clear()
    warn.cache_clear()


@cache
def _stored(where: Path) -> tuple[Table, ...]:
    tables = []
    for path in _paths(where):
        try:
            tables.append(_load(path))
        except TableError as error:
            warn(str(error))
    return tuple(sorted(tables, key=lambda table: table.header.name.casefold()))


@cache
def warn(message: str) -> None:
    """Once, however often it is met."""
    logging.getLogger("sayso").warning(message)


def _paths(where: Path) -> list[Path]:
    try:
        return sorted(path for path in where.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        warn(f"cannot read the imported tables of outlets in {where}: {error.strerror or error}")
        return []


def _load(path: Path) -> Table:
    header, body = _opened(path)
    with _without_collector():
        try:
            return Table(header, json.loads(b"[" + body.rstrip(b"\n").replace(b"\n", b",\n") + b"]"))
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
            raise _damaged(path, f"it is damaged ({error})") from error


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python's collector of cycles costs a third of the time where many objects are made and none goes."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _outlet(record: dict[str, Any]) -> Outlet:
    several = {field: tuple(record.get(field, ())) for field in ("names", "domains")}
    return Outlet(**{**record, **several})


def _opened(path: Path) -> tuple[Header, bytes]:
    """The first record, and the rest as it is, which is what was written. Raises TableError."""
    try:
        first, _, body = path.read_bytes().partition(b"\n")
    except OSError as error:
        raise _damaged(path, f"it cannot be read ({error.strerror or error})") from error
    try:
        record = json.loads(first)
        version, digest = record.pop("format"), record.pop("body")
        header = Header(**record)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise _damaged(path, "it is damaged (no header)") from error
    if version != FORMAT:
        raise _damaged(path, "another version of Sayso wrote it")
    if digest != hashlib.sha256(body).hexdigest():
        raise _damaged(path, "it is damaged (not what was written)")
    return header, body


def _damaged(path: Path, why: str) -> TableError:
    return TableError(
        f"a table of outlets is left out: {path}: {why}. Import it again, or remove it with "
        f"`sayso outlets remove {path.stem}`"
    )


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
