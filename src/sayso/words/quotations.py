"""Where quotation marks open and close."""

import re

from sayso.model import Span

# A straight or curly double mark, a guillemet, or a single curly mark that opens a word (not an apostrophe).
# Each way begins with a letter of its own, so that re passes over all others at once.
MARK = re.compile(r"[“”„«»\"\n]|‘(?<!\w‘)(?=\w)|’(?<=[\w.,!?…]’)(?!\w)")
LONGEST_OPEN = 1000  # code points to a line's end; beyond, a mark that nothing closes is a slip or a lost line break
CLOSING = {"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"'}


def quotations(text: str) -> tuple[Span, ...]:
    """The quotations of a text with their marks, outermost ones only.

    A quotation that is still open at a line's end is taken to end there; newsrooms open each paragraph of a long
    quotation anew and close only the last (AP Stylebook, "quotation marks"). An opening mark of one kind may be
    closed by a straight one, since carelessly edited pages mix them.

    >>> text = 'He said “no” and "never".'
    >>> [span.of(text) for span in quotations(text)]
    ['“no”', '"never"']
    """
    found: list[Span] = []
    start: int | None = None
    closing = ""
    for match in MARK.finditer(text):
        mark, at = match[0], match.start()
        if mark == "\n":
            if start is not None and closing != "’" and at - start <= LONGEST_OPEN:
                found.append(Span(start, at))
            start = None
        elif start is None:
            if mark in CLOSING and not (mark == '"' and _closes(text, at)):
                start, closing = at, CLOSING[mark]
        elif mark in closing or (mark == '"' and closing != "’" and _closes(text, at)):
            found.append(Span(start, at + 1))
            start = None
    if start is not None and closing != "’" and len(text) - start <= LONGEST_OPEN:
        found.append(Span(start, len(text)))
    return tuple(found)


def _closes(text: str, at: int) -> bool:
    """Whether a straight mark stands where only a closing one can: after a word, before a space or a stop."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before.strip()) and before not in "([—–-" and not after.isalnum()
