"""How a report words things: names of kinds, days with their weekdays, quotations cut to length."""

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from sayso.model import Actor, Attribution, Chain, Cue, Link, SourceKind, Spans, TimeExpression, TimeReading, words_of

LANGUAGES = {"en": "English", "ar": "Arabic", "de": "German", "es": "Spanish", "fr": "French", "ru": "Russian"}
SPEECH = {"direct": "in their own words", "indirect": "in the outlet's words", "mixed": "partly in their own words"}
STANCES = {
    "neutral": "taken over without comment",
    "endorsing": "taken over as true",
    "distancing": "kept at a distance",
    "hedged": "put with caution",
    "denying": "denied",
}
MOODS = {
    "future": "still to be said",
    "possible": "perhaps said",
    "conditional": "said only under a condition",
    "desired": "wanted or owed, not given as said",
    "question": "asked whether it was said",
}
NEGATED = "not said or thought"
NOBODY = "nobody named"
NOBODY_TO_ASK = "nobody to ask"
KINDS: dict[SourceKind, str] = {"unnamed": NOBODY, "role": "role, no name", "group": "group, no name"}
NAMED: dict[SourceKind, str] = {"person": "named person", "role": "office", "group": "named group"}
NOT_NAMED: dict[SourceKind, str] = {"role": "role, no name", "group": "group, no name", "unnamed": "unnamed"}
ANCHORS = {
    "explicit": "the words themselves",
    "published": "the article's own date",
    "context": "another date in the text",
}
VOICES = {
    "outlet": "the outlet's own words",
    "source": "words of {}",
    "unclear": "words of {} or of the outlet, reported and not quoted",
}
ROLES = {
    "published": "published",
    "modified": "last changed",
    "captured": "was there by then",
    "unknown": "not said of what",
}
SHOWN_KINDS = frozenset({"noun", "preposition", "adverb", "adjective", "punctuation"})


def shortened(text: str, limit: int = 160) -> str:
    """The text on one line, cut in the middle between words where it is too long: both ends help to find it.

    >>> shortened("one two three four five six seven", 22)
    'one two … six seven'
    """
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    room = limit // 2 - 1
    head, tail = line[:room], line[-room:]
    return f"{head.rpartition(' ')[0] or head} … {tail.partition(' ')[2] or tail}".replace("… …", "…")


def quoted(spans: Spans, text: str, limit: int = 160) -> str:
    """The words of the spans, cut to length; empty where there are none."""
    return shortened(words_of(spans, text), limit) if spans else ""


def in_quotes(words: str) -> str:
    """The words in quotation marks, which they may already bring along.

    >>> in_quotes("so-called"), in_quotes("“concerns”")
    ('“so-called”', '“concerns”')
    """
    return words if words[:1] in '“"«„' and words else f"“{words}”"


def day(value: str | None) -> str:
    """A day with its weekday, which is what shows that "Tuesday" cannot be right.

    >>> day("2024-10-20T08:00:00Z")
    '2024-10-20 (Sunday)'
    """
    if value is None:
        return "open"
    try:
        return f"{value[:10]} ({date.fromisoformat(value[:10]):%A})"
    except ValueError:
        return value


def plain_day(value: str) -> str:
    """A day as it is said in a sentence.

    >>> plain_day("2024-05-03T08:00:00Z")
    '3 May 2024'
    """
    try:
        found = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{found.day} {found:%B} {found.year}"


def listed(names: Sequence[str], joined: str = "and", limit: int = 4) -> str:
    """Names in a row; of more than `limit` the first and how many others there are.

    >>> listed(["A", "B"]), listed(["A", "B", "C"], "or"), listed(list("ABCDEF"), limit=2)
    ('A and B', 'A, B or C', 'A, B and 4 more')
    """
    shown = [*names[:limit], f"{len(names) - limit} more"] if len(names) > limit + 1 else list(names)
    return f" {joined} ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def moment(value: str) -> str:
    """A day with its weekday, and the time of day with its zone as the page gives them.

    >>> moment("2024-10-20T08:00:00+03:00"), moment("2024-10-20")
    ('2024-10-20 (Sunday), 08:00:00+03:00', '2024-10-20 (Sunday)')
    """
    return f"{day(value)}, {value[11:]}" if value[10:11] == "T" else day(value)


def interval(time: TimeExpression | TimeReading) -> str:
    """The first and the last possible day in words.

    >>> interval(TimeExpression("t1", (), "2013", "2013-01-01", "2013-12-31", "year", "explicit"))
    '2013-01-01 to 2013-12-31'
    """
    if time.earliest is None and time.latest is None:
        return "not resolved"
    if time.earliest == time.latest:
        return day(time.earliest)
    if time.earliest is None:
        return f"until {time.latest}"
    return f"from {time.earliest}" if time.latest is None else f"{time.earliest} to {time.latest}"


def unsaid(cue: Cue) -> str:
    """What stands against its having been said, in a few words; empty where the text gives it as said.

    >>> unsaid(Cue((), negated=True, mood="future")), unsaid(Cue(()))
    ('not said or thought; still to be said', '')
    """
    return "; ".join([*([NEGATED] if cue.negated else []), *([MOODS[cue.mood]] if cue.mood in MOODS else [])])


def how(said: Attribution) -> str:
    """How a statement is reported: whose words they are, how the cue takes them, and whether it was said at all.

    >>> from sayso.model import Content, Source
    >>> how(Attribution("a1", "indirect", Source((), "person"), Cue((), mood="future"), Content(())))
    "still to be said; indirect speech, in the outlet's words"
    """
    against = unsaid(said.cue)
    taken = STANCES[said.cue.stance] if said.cue.stated or said.cue.stance != "neutral" else ""
    kind = f"by {'an' if said.cue.kind[0] == 'a' else 'a'} {said.cue.kind}" if said.cue.kind in SHOWN_KINDS else ""
    speech = f"{said.kind} speech, {SPEECH[said.kind]}"
    return "; ".join(part for part in (against, speech, taken, kind) if part)


def standing(actor: Actor) -> str:
    """Who an actor is, and whether a reader could go and ask them, or look it up, in a few words.

    >>> standing(Actor("e1", "the governor", "role", (), named=True)), standing(Actor("e2", "a firm", "outlet", ()))
    ('office', 'outlet, not named')
    >>> standing(Actor("e3", "the Port Ledger", "document", (), named=True, seen=False))
    'document (not seen)'
    """
    known, unknown = NAMED.get(actor.kind, actor.kind), NOT_NAMED.get(actor.kind, f"{actor.kind}, not named")
    words = known if actor.named else unknown
    if actor.kind != "document" or actor.seen is None:
        return words
    return f"{words} ({'seen' if actor.seen else 'not seen'})"


def counted(number: int, thing: str) -> str:
    """A number of things.

    >>> counted(1, "statement"), counted(2, "statement")
    ('1 statement', '2 statements')
    """
    return f"{number} {thing}{'' if number == 1 else 's'}"


def link_name(link: Link) -> str:
    """A link's name, saying so where nobody is named.

    >>> link_name(Link("sources in Idlib", "unnamed"))
    'sources in Idlib (unnamed)'
    """
    name = shortened(link.name, 80) or NOBODY
    said = any(word in name.lower() for word in ("unnamed", "nobody", "anonymous"))
    return f"{name} (unnamed)" if link.kind == "unnamed" and not said else name


def chain_words(chain: Chain) -> str:
    """A chain on one line, from the outlet to the last source given.

    >>> chain_words(Chain("c1", "a1", (Link("Press TV", "outlet"), Link("SANA", "outlet")), False, "likely"))
    'Press TV ← SANA ← ? (breaks off here)'
    """
    names = [link_name(link) for link in chain.links]
    return " ← ".join(names if chain.complete else [*names, "? (breaks off here)"])


def language_name(code: str | None) -> str:
    return "not recognised" if code is None else f"{LANGUAGES[code]} ({code})" if code in LANGUAGES else code


def safe_address(url: str | None) -> str | None:
    """The address if a browser may be sent there (http or https), otherwise None.

    >>> safe_address("javascript:alert(1)") is None
    True
    """
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with what would steer a terminal (escape sequences, direction overrides) made visible.

    >>> printable("red\\x1b[31m")
    'red\\\\x1b[31m'
    """
    return _UNSAFE.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), text)
