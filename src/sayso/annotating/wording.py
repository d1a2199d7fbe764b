"""Words that keep a distance or take a side, and whose words they are: the outlet's or a quoted source's.

Every word comes from `words/wording.toml` with the style guide behind it. Finding one is no verdict: it says where a
reader should ask who chose the word. Whether words stand in quotation marks decides whose they are; in reported
speech that cannot be told, and the reasons say so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from sayso import words
from sayso.annotating.overlaps import Overlaps, by_span
from sayso.model import Attribution, Span, Wording
from sayso.model.annotations import Voice
from sayso.words.quotations import quotations

SENTENCE_MARKS = ".?!;:…"
MARKS = " \t\n“”„«»\"'‘’"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the table, ready to match."""

    kind: str
    pattern: re.Pattern[str]
    table: dict[str, Any]


@cache
def entries() -> tuple[Entry, ...]:
    return tuple(Entry(entry["kind"], pattern_of(entry["forms"]), entry) for entry in words.load("wording")["entries"])


def pattern_of(forms: Sequence[str]) -> re.Pattern[str]:
    """
    >>> pattern_of(["so-called", "so called"]).findall("The So-Called group")
    ['So-Called']
    """
    either = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w]|-\w)", re.IGNORECASE)


def find(doc: Doc, attributions: Sequence[Attribution]) -> tuple[Wording, ...]:
    """The loaded and distancing words and the scare quotes of a text, in its order.

    >>> from sayso.annotating.language import parse
    >>> [(w.kind, w.voice) for w in find(parse("The so-called volunteers met the regime."), [])]
    [('so-called', 'outlet'), ('loaded word', 'outlet')]
    """
    text = doc.text  # put together anew at every use
    quoted = by_span(quotations(text))
    said = Overlaps((span, a) for a in attributions for span in a.content.spans)
    found = [*table_words(text, quoted, said), *scare_quotes(doc, text, quoted, said)]
    return tuple(sorted(found, key=lambda wording: wording.spans))


# --- words of the table ----------------------------------------------------------------------------------------------


def table_words(text: str, quoted: Overlaps[Span], attributions: Overlaps[Attribution]) -> Iterator[Wording]:
    for entry in entries():
        for hit in entry.pattern.finditer(text):
            if allowed(text, hit, entry.table):
                span = Span(hit.start(), hit.end())
                voice, attribution, why = voice_of(span, quoted, attributions)
                reason = f"'{' '.join(hit[0].split())}' {entry.table['says']} ({entry.table['source']})"
                yield Wording((span,), entry.kind, voice, attribution, (reason, why))


def allowed(text: str, hit: re.Match[str], entry: dict[str, Any]) -> bool:
    """Whether the neighbours let the word have the meaning that the entry is about."""
    before, after = neighbour(text[: hit.start()], -1), neighbour(text[hit.end() :], 0)
    if entry.get("unless_capital") and hit[0][0].isupper() and not starts_sentence(text, hit.start()):
        return False
    if before in entry.get("unless_before", ()) or after in entry.get("unless_after", ()):
        return False
    needs_before, needs_after = entry.get("only_before"), entry.get("only_after")
    return (needs_before is None or before in needs_before) and (needs_after is None or after in needs_after)


def neighbour(text: str, index: int) -> str:
    """The last (-1) or first (0) word of a stretch of text, in lower case; empty where a sentence ends between.

    >>> neighbour("of the militant ", -1), neighbour(". Then", 0)
    ('militant', '')
    """
    near = text[-40:] if index else text[:40]
    pattern = r"([\w-]+(?:['’]s)?)[\s“”\"'‘’-]*$" if index else r"^[\s“”\"‘-]*(['’]s\b|[\w-]+)"
    found = re.search(pattern, near)
    return found[1].lower().replace("’", "'") if found else ""


def starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 10) : start].rstrip(MARKS.replace("\n", ""))
    return not before or before[-1] in SENTENCE_MARKS + "\n"


def voice_of(span: Span, quoted: Overlaps[Span], attributions: Overlaps[Attribution]) -> tuple[Voice, str | None, str]:
    """Whose words these are, in what attribution, and why."""
    holder = innermost(span, attributions)
    inside = any(quotation.contains(span) for quotation in quoted.of(span))
    if holder and inside:
        return "source", holder.id, "in quotation marks inside what a source is quoted as saying: the source's words"
    if holder:
        why = "in reported speech, without quotation marks: it cannot be told whether the outlet or its source chose it"
        return "unclear", holder.id, why
    if inside:
        return "unclear", None, "in quotation marks, but no source was found for the quotation"
    return "outlet", None, "outside quotation marks and outside what any source is reported to say: the outlet's words"


def innermost(span: Span, attributions: Overlaps[Attribution]) -> Attribution | None:
    """The attribution with the shortest content around a span."""
    around = [a for a in attributions.of(span) if any(part.contains(span) for part in a.content.spans)]
    return min(around, key=lambda a: sum(part.end - part.start for part in a.content.spans), default=None)


# --- scare quotes ----------------------------------------------------------------------------------------------------


def scare_quotes(doc: Doc, text: str, quoted: Overlaps[Span], attributions: Overlaps[Attribution]) -> Iterator[Wording]:
    table = words.load("wording")["scare_quotes"]
    for span in quoted.of(Span(0, len(text))):
        tokens = [token for token in tokens_in(doc, span) if token.text.strip(MARKS)]
        worded = [token for token in tokens if token.text[0].isalnum()]
        if not worded or len(worded) > table["longest"] or not noun_like(worded, tokens):
            continue
        before = word_before(worded[0])
        doubted = before in table["doubters"]
        if not doubted and (
            is_named(before, worded[0], table) or is_speech(worded, table) or is_name(doc, worded, before)
        ):
            continue
        holder = innermost(span, attributions)
        if not doubted and (holder is None) and beside_speech(worded, quoted, span, table):
            continue
        if holder and not doubted and is_quotation(worded, holder, span):
            continue
        yield Wording((span,), "scare quotes", "outlet", None, (reason_for(tokens, table), whose(holder)))


def tokens_in(doc: Doc, span: Span) -> list[Token]:
    found = doc.char_span(span.start, span.end, alignment_mode="contract")
    return list(found) if found is not None else []


def word_before(token: Token) -> str:
    """The word before the quotation marks, in lower case ("-" joins are one word: "so-called")."""
    text = token.doc[max(0, token.i - 12) : token.i].text.rstrip(MARKS + ",")
    return text.lower().split()[-1] if text else ""


def noun_like(worded: list[Token], tokens: list[Token]) -> bool:
    """Whether the quoted words can be a part of the sentence around them: no sentence of their own."""
    closing = tokens[-1].text
    if closing[-1] in "?!…" or (closing == "." and worded[0].is_sent_start):
        return False
    if any(token.text[0] in "[(@#" or token.like_url for token in tokens) or worded[0].pos_ == "DET":
        return False
    if any("," in token.text and token.i < worded[-1].i for token in tokens):
        return False
    return any(token.pos_ in ("NOUN", "ADJ", "VERB", "ADV") for token in worded) and not any(
        token.tag_ in ("MD", "VBP", "VBZ") for token in worded
    )


def beside_speech(worded: list[Token], quoted: Overlaps[Span], span: Span, table: dict[str, Any]) -> bool:
    """Whether the sentence quotes somebody at length as well: then the few words are most likely that person's too."""
    sentence = worded[0].sent
    near = quoted.of(Span(sentence.start_char, sentence.end_char))
    others = (q for q in near if q != span and q.start >= sentence.start_char)
    return any(q.end - q.start > 8 * table["longest"] for q in others)


def is_named(before: str, first: Token, table: dict[str, Any]) -> bool:
    """Whether a word of naming or saying stands before the marks, or governs what they hold ("described it as a …")."""
    return before in table["naming"] or any(token.lower_ in table["describing"] for token in first.ancestors)


def is_speech(worded: list[Token], table: dict[str, Any]) -> bool:
    """Whether somebody speaks in the quoted words, or they open a sentence as speech does."""
    opens = worded[0].i - worded[0].sent.start <= 1 and worded[0].text[0].isupper()
    return opens or any(token.lower_ in table["speaking"] for token in worded)


def is_name(doc: Doc, worded: list[Token], before: str) -> bool:
    """Whether the quoted words are a name, a title or a nickname: capitals in the middle of a sentence."""
    longer = [token for token in worded if len(token.text) > 3] or worded
    behind = doc[worded[-1].i + 1 :]
    nick = next((token for token in behind if token.text[0].isalnum()), None)
    nickname = before[:1].isalpha() and nick is not None and nick.text[0].isupper() and worded[0].text[0].isupper()
    return nickname or all(token.text[0].isupper() or token.text[0].isdigit() for token in longer)


def is_quotation(worded: list[Token], holder: Attribution, span: Span) -> bool:
    """Whether words in what a source says are that source's words: the whole content, or its predicate.

    "He called it a “PR stunt”" quotes him; "the “aid group” left, he said" keeps a distance of the outlet's own.
    """
    if any(part.start >= span.start - 3 and part.end <= span.end + 3 for part in holder.content.spans):
        return True
    head = next((token for token in worded if token.head not in worded), worded[-1])
    if holder.kind == "direct":
        return True
    return not (head.pos_ in ("NOUN", "PROPN") and is_label(head, worded))


def is_label(head: Token, worded: list[Token]) -> bool:
    """Whether the quoted noun names a thing of the sentence (its subject, or beside a name) and does not judge it."""
    left = worded[0].nbor(-2) if worded[0].i >= 2 else None
    beside_name = left is not None and left.pos_ == "PROPN"
    return beside_name or head.dep_ in ("nsubj", "nsubjpass", "compound", "appos")


def reason_for(tokens: list[Token], table: dict[str, Any]) -> str:
    inner = tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text.strip(MARKS + ",.")
    return f"'{inner}': few words in quotation marks, a part of the sentence and nobody's speech ({table['source']})"


def whose(holder: Attribution | None) -> str:
    if holder is None:
        return "the quotation marks are the outlet's"
    return (
        "the quotation marks are the outlet's; inside reported speech, so that it cannot be told for certain whether "
        "they keep a distance or quote the source"
    )
