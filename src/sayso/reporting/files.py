"""Where pages are written: several each under a name of its own."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from sayso.errors import SaysoError


def page_name(source: str, taken: set[str]) -> str:
    """A file name for the page on an input, different from those already taken (and added to them).

    >>> taken = set()
    >>> page_name("in/report.html", taken), page_name("report.txt", taken), page_name("https://a.example/x/y?z", taken)
    ('report.html', 'report-2.html', 'a.example-y.html')
    """
    stem = re.sub(r"[^\w.-]+", "-", _stem(source)).strip("-.")[:80] or "report"
    name, number = f"{stem}.html", 1
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}.html"
    taken.add(name.lower())
    return name


def _stem(source: str) -> str:
    if re.match(r"https?://", source, re.IGNORECASE):
        try:
            address = urlsplit(source)
        except ValueError:
            return source
        return f"{address.netloc}-{Path(address.path).stem}"
    return Path(source).stem if source != "-" else "standard-input"


def is_folder(out: str) -> bool:
    """Whether a name is meant as a folder: it is one, or ends in a slash.

    >>> is_folder("pages/"), is_folder("page.html")
    (True, False)
    """
    return out.endswith(("/", os.sep)) or Path(out).is_dir()


def place(out: str, source: str, several: bool, taken: set[str]) -> Path:
    """Where the page on `source` goes: the file `out`, or a name of its own in the folder `out`, made if missing.

    `out` is a folder if there are several inputs, if it ends in a slash, or if it is one already.

    >>> place("page.html", "report.txt", False, set())
    PosixPath('page.html')
    """
    folder = Path(out)
    if not (several or is_folder(out)):
        return folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaysoError(f"cannot make the folder {folder}: {error.strerror or error}") from error
    return folder / page_name(source, taken)
