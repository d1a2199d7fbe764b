"""How newsrooms print what another medium reported: "X has happened, the Daily Echo reported on Friday, citing Y".

The form is fixed, and the parser often breaks it where the clause is long or a name is strange. So it is read from the
words alone, where a medium is known or told of as one and no other rule, nor the tagger, found its verb.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from sayso import words
from sayso.annotating import clauses, media
from sayso.annotating.attribution.statement import Statement
from sayso.annotating.overlaps import Overlaps
from sayso.model import Span

FEWEST_WORDS = 3  # of what is reported


@cache
def _form() -> re.Pattern[str]:
    table = words.load("cues")["context"]["printed"]
    verbs, relays = "|".join(table["verbs"]), "|".join(table["relays"])
    return re.compile(
        rf"[,”\"] (?P<who>(?:the |The )?[^,;“”\"]{{2,70}}?) (?P<cue>(?:has |had )?(?:{verbs}))\b"
        rf"(?:[^,;“”\"]{{0,40}}?, (?P<relay>{relays}) (?P<others>[^;“”\"]+?))?[.]?$"
    )


@cache
def _quoted_form() -> re.Pattern[str]:
    return re.compile(
        r"[,”\"] (?P<who>(?:the |The )?[^,;“”\"]{2,70}?) (?P<cue>quoted) (?P<others>[^;“”\"]+?) as (?P<relay>saying)\b"
    )


def find(doc: Doc, known: Sequence[Statement]) -> Iterator[Statement]:
    """The statements in such a form whose verb is nobody's cue yet, and those on whom they rest.

    >>> from sayso.annotating.language import parse
    >>> text = "A dam has burst, Reuters reported on Friday, citing two officials."
    >>> [[span.of(text) for span in s.source] for s in find(parse(text), [])]
    [['Reuters'], ['two officials']]
    """
    cues = Overlaps((span, s) for s in known for span in s.cue)
    for sentence in doc.sents:
        told = sentence.text.rstrip()
        for form in (_form(), _quoted_form()):
            match = form.search(told)
            if match is not None and len(told[: match.start()].split()) >= FEWEST_WORDS:
                yield from _read(sentence, match, cues)
                break


def _read(sentence: SpacySpan, match: re.Match[str], cues: Overlaps[Statement]) -> Iterator[Statement]:
    doc, start = sentence.doc, sentence.start_char
    who = doc.char_span(start + match.start("who"), start + match.end("who"), alignment_mode="expand")
    cue = Span(start + match.start("cue"), start + match.end("cue"))
    if who is None or cues.of(cue) or not _is_medium(who):
        return
    end = start + match.start() + (1 if match[0][0] in '”"' else 0)
    content = (Span(start, end),)
    reasons = (f"“{match['who']} {match['cue']}” in the form of newsrooms for what another reports",)
    head = doc.char_span(*cue, alignment_mode="expand")
    number = head.end - 1 if head is not None else -1
    yield Statement((Span(who.start_char, who.end_char),), (cue,), content, "likely", reasons, head=number)
    if match["others"]:
        yield from _relays(
            doc, Span(start + match.start("others"), start + match.end("others")), match, (cue, start), content
        )


def _relays(
    doc: Doc, others: Span, match: re.Match[str], place: tuple[Span, int], content: tuple[Span, ...]
) -> Iterator[Statement]:
    """Those on whom the report rests, each a statement of its own."""
    cue, start = place
    relay = Span(start + match.start("relay"), start + match.end("relay"))
    reasons = (f"“{match['relay']}” names whom the report rests on",)
    at = others.start
    for part in re.split(r"( and (?!its |his |her |their ))", match["others"]):
        phrase = doc.char_span(at, at + len(part), alignment_mode="expand")
        if phrase is not None and part.strip() != "and" and any(t.pos_ in {"NOUN", "PROPN", "PRON"} for t in phrase):
            span = Span(at, at + len(part.rstrip(" ,.")))
            yield Statement((span,), (relay,), content, "likely", reasons, within=(cue,), head=phrase.root.i)
        at += len(part)


def _is_medium(who: SpacySpan) -> bool:
    """Whether the one who reports is a medium: known, told of as one, or by its name."""
    run = clauses.proper_run(who)
    known = media.outlet_in(who.text) is not None or media.is_medium_name(run)
    return (known or any(media.is_medium(t) for t in who)) and not any(t.pos_ in {"VERB", "AUX"} for t in who)
