"""What every kind of input is brought to before its head is read: a text and what the file itself says of it."""

from dataclasses import dataclass

from sayso.model import DateCandidate, Residue


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one input. `url` is where they were fetched from; the server said `charset` and `content_type`.

    `dates` are what is known from outside of the bytes: when a file was last changed, or an archive made its copy;
    `captured` is when the bytes were read from the web, where that was not now.
    """

    name: str
    data: bytes
    url: str | None = None
    content_type: str | None = None
    charset: str | None = None
    notes: tuple[str, ...] = ()
    dates: tuple[DateCandidate, ...] = ()
    captured: str | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """A name that a page gives for its outlet, and where it gives it."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that has still its residue, with the metadata of its file. `dates` have no spans: they stand outside."""

    text: str
    media_type: str
    encoding: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    namings: tuple[Naming, ...] = ()
    dates: tuple[DateCandidate, ...] = ()
    residue: tuple[Residue, ...] = ()
    notes: tuple[str, ...] = ()
