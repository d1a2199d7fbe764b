"""Who is given for a claim by simple cues beside it ("according to …", "… said"): where there is no better reading."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from sayso import words
from sayso.corpus.press import Press
from sayso.corpus.vocabulary import stem
from sayso.corpus.voice import Voice, VoiceKind, described, names, plain, quoted
from sayso.model import Span
from sayso.model.story import Entry


def voices(entry: Entry, sentences: Iterable[Span], press: Press) -> Iterator[Voice]:
    """Who speaks in some sentences. An outlet beside somebody is the one through which it came.

    >>> from sayso.model import Article
    >>> text = "Reuters, citing Ada Lund, reported that the dam had burst."
    >>> entry = Entry(Article("a", "a", text, "", "", "text/plain"), None, None, None)
    >>> [(voice.name, voice.media) for voice in voices(entry, [Span(0, len(text))], Press({}))]
    [('Ada Lund', ('reuters',))]
    """
    for sentence in sentences:
        found = list(_in_sentence(entry, sentence, press))
        others = [voice for voice in found if voice.kind != "outlet"]
        own = press.house(entry)
        media = tuple(key for voice in found if voice.kind == "outlet" for key in voice.names if key != own)
        yield from (replace(voice, media=media) for voice in others)
        if not others:
            yield from found


def denies(sentence: str) -> bool:
    """Whether a sentence denies what it tells."""
    return _denying().search(sentence) is not None


def _in_sentence(entry: Entry, sentence: Span, press: Press) -> Iterator[Voice]:
    text = entry.article.text
    seen: list[Span] = []
    for pattern in _patterns():
        for match in pattern.finditer(text, sentence.start, sentence.end):
            span = Span(match.start("who"), match.end("who"))
            if not any(span.overlaps(other) for other in seen) and not _is_nobody(span.of(text)):
                seen.append(span)
                yield _voice(entry, span, sentence, press)


def _voice(entry: Entry, span: Span, sentence: Span, press: Press) -> Voice:
    name = span.of(entry.article.text).rstrip(".,")
    head, body, several = described(name, ())
    kind, called = _kind(name, head, press)
    if kind == "organisation" and " " not in name and (full := _full_name(name, entry.article.text)):
        kind, called = "person", called | {full}
    return Voice(
        entry.id,
        kind,
        name,
        called,
        "" if kind == "person" else head,
        frozenset() if kind == "person" else body,
        several,
        firm=kind in ("person", "organisation", "outlet"),
        quoted=tuple(quoted(entry.article.text, (sentence,))),
        spans=(span,),
        reasons=(f"{entry.article.outlet or 'An article'} gives “{name}” for it, by simple cues",),
    )


def _kind(name: str, head: str, press: Press) -> tuple[VoiceKind, frozenset[str]]:
    """What kind of source a name is, and by which names it is known: without the small words before it."""
    if press.is_outlet(name):
        return "outlet", frozenset({press.key(name)})
    if head in _bodies():
        return "organisation", names([name])
    if head in _heads():
        return ("unnamed" if head in _vague() else "role"), names([name])
    proper = _proper(name)
    person = 2 <= len(plain(proper).split()) <= 3 and not proper.startswith("The ")
    return ("person" if person else "organisation"), names([proper])


def _proper(name: str) -> str:
    """A name without the small words before it: "police chief Ada Lund"."""
    return re.sub(r"^(?:[a-z][\w-]*\s+)+", "", name)


def _is_nobody(name: str) -> bool:
    """Whether what looks like a name is a day, a month, or a word at the start of a sentence."""
    return all(word in _never() for word in _proper(name).split())


def _full_name(last: str, text: str) -> str | None:
    """The name of a person of whom only the last one is given, as the text has it elsewhere: "Ada Lund" for "Lund"."""
    found = re.search(rf"\b([A-Z][\w’'-]+) {re.escape(last)}\b", text)
    full = plain(found[0]) if found else ""
    return full if " " in full and found and found[1] not in _never() else None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    known = words.load("origins")["cues"]
    who = known["who"].format(heads="|".join(known["heads"]))
    return tuple(re.compile(known[form].format(who=who)) for form in ("behind", "said_by", "says"))


@cache
def _denying() -> re.Pattern[str]:
    return re.compile(words.load("origins")["denying"]["pattern"], re.IGNORECASE)


@cache
def _never() -> frozenset[str]:
    """Words in capitals that are nobody: days, months, pronouns, where a sentence begins."""
    stop = words.load("events")["stop"]
    return frozenset(word.title() for listed in stop.values() for word in listed.split())


@cache
def _heads() -> frozenset[str]:
    known = words.load("origins")
    return frozenset(known["description"]["one"].get(stem(head), stem(head)) for head in known["cues"]["heads"])


@cache
def _bodies() -> frozenset[str]:
    return frozenset(map(stem, words.load("origins")["cues"]["bodies"]))


@cache
def _vague() -> frozenset[str]:
    return frozenset(stem(word) for word in words.load("origins")["description"]["vague"])
