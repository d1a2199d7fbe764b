"""Which names the text uses for one actor: its own words first, then the table of outlets, then spaCy's guess.

spaCy mislabels armed groups and transliterated names, so what the text itself says ("formerly known as") and our
own tables win over it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from sayso import words
from sayso.annotating.clauses import entities
from sayso.model import SourceKind, Span
from sayso.words import outlets as known

# A capitalised word, also with small parts before or inside it ("al-Nusra", "Le Mesurier", "US").
NAME = r"(?:(?:al|el|an|bin|ibn|de|von|van|le|la)[- ])*[A-Z][\w’'&.-]*\w|[A-Z]"
NAMES = rf"(?:{NAME})(?: (?:of |for |the |and )?(?:{NAME}))*"


@dataclass(frozen=True, slots=True)
class Alias:
    """Two names of one actor, by the text's own words."""

    name: str
    name_span: Span
    other: str
    other_span: Span
    reason: str


def outlets() -> dict[str, str]:
    """The names of known outlets that are looked for in text, each with the outlet's first name."""
    return known.in_text()


@cache
def kinds_by_head() -> dict[str, SourceKind]:
    """What kind of source a noun without a name stands for; the first table that has it wins."""
    table: dict[str, SourceKind] = {}
    for entry in words.load("sources")["kind"]:
        for lemma in entry["lemmas"]:
            table.setdefault(lemma, entry["kind"])
    return table


def outlet_in(phrase: str) -> str | None:
    """The longest name of a known outlet that stands in a phrase and is not part of a longer name, or None.

    >>> outlet_in("Russia's Sputnik news agency")
    'Sputnik'
    >>> outlet_in("Sputnik Holdings") is None
    True
    """
    found = [m[0] for m in known.names_in_text().finditer(phrase) if not _goes_on(phrase, m)]
    return max(found, key=len, default=None)


def _goes_on(phrase: str, match: re.Match[str]) -> bool:
    """Whether capitalised words before or behind make the name a part of another name."""
    before, after = phrase[: match.start()].split(), phrase[match.end() :]
    previous = before[-1] if before and not before[-1].endswith(("'s", "’s", ",")) else ""
    return bool(re.match(r" [A-Z]", after)) or (previous[:1].isupper() and previous not in {"The", "A", "Agency"})


def aliases(text: str) -> Iterator[Alias]:
    """Pairs of names that the text itself says are of one actor.

    >>> [(a.name, a.other) for a in aliases("the Amber Front, formerly known as Dawn Brigade, said")]
    [('Amber Front', 'Dawn Brigade')]
    """
    for entry in words.load("sources")["alias"]:
        forms = "|".join(re.escape(form) for form in sorted(entry["words"], key=len, reverse=True))
        pattern = rf"(?P<a>{NAMES})(?P<noun>(?: [a-z]+){{0,3}})[,(] ?\(?(?P<how>{forms}) (?:the )?(?P<b>{NAMES})"
        for match in re.finditer(pattern, text):
            start = match.start("a")
            name = match["a"]
            if match["noun"]:
                name = _without_modifier(name, text)
            yield Alias(name, Span(start, start + len(name)), match["b"], Span(*match.span("b")), f"“{match['how']}”")
    for match in re.finditer(
        rf"(?P<a>(?:{NAME})(?: (?:of |for |the |and )?(?:{NAME})){{1,7}}) \((?:the )?(?P<b>[A-Z][A-Z.]{{1,8}})\)", text
    ):
        if is_acronym(match["b"], match["a"]):
            yield Alias(
                match["a"], Span(*match.span("a")), match["b"], Span(*match.span("b")), "an acronym in brackets"
            )


def is_acronym(short: str, long: str) -> bool:
    """Whether the letters of one name are the first letters of the other's words, in order.

    >>> is_acronym("WHO", "World Health Organization")
    True
    """
    letters = short.replace(".", "").upper()
    initials = "".join(word[0] for word in re.findall(r"\w+", long) if word[0].isupper())
    return len(letters) > 1 and letters in initials


def _without_modifier(name: str, text: str) -> str:
    """A name before a common noun without a last word that elsewhere in the text describes other common nouns.

    "the Red Dawn Takfiri outfit" is called "Red Dawn" where the text also has "Takfiri militants".
    """
    first, _, last = name.rpartition(" ")
    elsewhere = re.findall(rf"(?<!{re.escape(first)} )\b{re.escape(last)} [a-z]", text) if first else []
    return first if elsewhere else name


def name_in(phrase: SpacySpan) -> tuple[str, SourceKind] | None:
    """The proper name that a noun phrase goes by and the kind of its bearer, or None where it has none.

    Only a name at the phrase's head counts: "members of the Front" bear no name. A name that stands beside "news
    agency" or "newspaper" is an outlet's, known or not.
    """
    head = phrase.root
    around = _around_head(phrase, head)
    if outlet := outlet_in("".join(t.text_with_ws for t in around)):
        return outlets()[outlet], "outlet"
    medium = any(t.text.islower() and is_medium(t) for t in around)
    if medium and (run := proper_run(around)):
        return run, "outlet"
    kinds: dict[str, SourceKind] = {"PERSON": "person", "ORG": "organisation"}
    for label, kind in kinds.items():
        for entity in entities(phrase):
            if entity.label_ == label and _belongs(entity, head):
                return without_article(entity.text), kind
    return _apposed(head)


def is_medium(noun: Token) -> bool:
    """Whether a noun calls a medium: "newspaper"; of agencies only a news agency."""
    media: list[str] = next(entry["lemmas"] for entry in words.load("sources")["kind"] if entry["kind"] == "outlet")
    lemma = noun.lemma_.lower()
    return lemma in media and (lemma != "agency" or (noun.i > 0 and noun.nbor(-1).lower_ == "news"))


def proper_run(tokens: Iterable[Token]) -> str:
    """The longest run of proper names among tokens, as one name."""
    runs: list[str] = []
    run = ""
    for token in tokens:
        if token.pos_ == "PROPN" and token.text[0].isupper():
            run += token.text_with_ws
        else:
            runs, run = [*runs, run.strip()], ""
    return max([*runs, run.strip()], key=len)


def _belongs(entity: SpacySpan, head: Token) -> bool:
    """Whether a name is the phrase's own: at its head or beside it, or before a role ("spokesman Ali Kaya").

    Another name before the head is not: "a Pentagon official" is an official without a name, and "the Dorfield
    police" are not Dorfield.
    """
    if head in entity:
        return True
    role = head.pos_ == "PROPN" or kinds_by_head().get(head.lemma_.lower()) == "role"
    beside = {"appos", "compound", "nmod", "flat"} if entity.label_ == "PERSON" and role else {"appos"}
    return entity.root.head.i == head.i and entity.root.dep_ in beside


def _apposed(head: Token) -> tuple[str, SourceKind] | None:
    """The name in "the mayor of Lund, Åsa Öberg": whatever the parser takes it for, two capitalised words name it."""
    for token in head.subtree:
        if token.dep_ == "appos" and token.pos_ == "PROPN" and token.head.i <= token.i:
            run = proper_run(token.subtree)
            if " " in run:
                return run, "person" if kinds_by_head().get(head.lemma_.lower()) == "role" else "organisation"
    return None


def _around_head(phrase: SpacySpan, head: Token) -> list[Token]:
    """The words of a phrase less its possessors and what hangs on prepositions."""
    away = {t.i for c in head.children if c.dep_ in {"poss", "prep", "relcl", "acl", "conj"} for t in c.subtree}
    return [t for t in phrase if t.i not in away]


def without_article(name: str) -> str:
    """A name without "the" before it and "'s" behind it.

    >>> without_article("the White House's")
    'White House'
    """
    return re.sub(r"^(?:[Tt]he|[Aa]n?) |[’']s?$", "", name)
