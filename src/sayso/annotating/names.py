"""Which names the text uses for one actor: its own words first, then the table of outlets, then spaCy's guess.

spaCy mislabels armed groups and transliterated names, so what the text itself says ("formerly known as") and our
own tables win over it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from sayso import words
from sayso.annotating import clauses, kinds, media
from sayso.model import SourceKind, Span

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


def without_title(name: str) -> tuple[str, str]:
    """The title before a person's name, or "", and the name.

    >>> without_title("Gen. Ali Haddad"), without_title("Sir Keir"), without_title("General Motors")
    (('Gen.', 'Ali Haddad'), ('Sir', 'Keir'), ('', 'General Motors'))
    """
    first, _, rest = name.partition(" ")
    trade = first[:1].isupper() and kinds.by_head().get(first.lower()) == "role" and len(rest.split()) > 1
    if not rest or not (first in kinds.titles() or trade) or rest.split()[0] in _company_names():
        return "", name
    deeper = without_title(rest)
    return (first, deeper[1]) if deeper[1] else ("", name)


@cache
def _company_names() -> frozenset[str]:
    return frozenset(name for entry in words.load("sources")["class"] for name in entry["names"]) - kinds.titles() | {
        "Electric",
        "Mills",
        "Dynamics",
    }


def aliases(text: str) -> Iterator[Alias]:
    """Pairs of names that the text itself says are of one actor.

    >>> [(a.name, a.other) for a in aliases("the Amber Front, formerly known as Dawn Brigade, said")]
    [('Amber Front', 'Dawn Brigade')]
    """
    for entry in words.load("sources")["alias"]:
        forms = "|".join(re.escape(form) for form in sorted(entry["words"], key=len, reverse=True))
        bracket = r"(?: \([A-Z]{2,8}\))?"
        pattern = (
            rf"(?P<a>{NAMES}){bracket}(?P<noun>(?: [a-z]+){{0,3}})[,(] ?\(?(?P<how>{forms}) (?:the )?(?P<b>{NAMES})"
        )
        for match in re.finditer(pattern, text):
            start = match.start("a")
            name = match["a"]
            if match["noun"]:
                name = _without_modifier(name, text)
            yield Alias(name, Span(start, start + len(name)), match["b"], Span(*match.span("b")), f"“{match['how']}”")
    for match in re.finditer(rf"(?P<a>{NAMES}), or (?:the )?(?P<b>[A-Z]{{2,8}})\b(?=[,. ])", text):
        if is_acronym(match["b"], match["a"]) or match["b"] in kinds.bodies():
            yield Alias(match["a"], Span(*match.span("a")), match["b"], Span(*match.span("b")), "“or”")
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
    if outlet := media.outlet_in("".join(t.text_with_ws for t in around)):
        return media.outlets()[outlet], "outlet"
    medium = any(t.text.islower() and media.is_medium(t) for t in around)
    if medium and (run := clauses.proper_run(around)):
        return run, "outlet"
    labels = {"PERSON", "ORG"}
    for label in ("PERSON", "ORG"):
        for entity in clauses.entities(phrase):
            if entity.label_ == label and _belongs(entity, head) and (named := of_entity(entity)):
                return named
    return (
        _apposed(head)
        or _set_off(phrase, labels)
        or _titled_body(phrase)
        or _unmarked(around, head)
        or _trailing(phrase)
    )


def _trailing(phrase: SpacySpan) -> tuple[str, SourceKind] | None:
    """The name at the end of a description, wherever the parser hangs it.

    "Minister of state for consumer affairs Ratan Boruah", "one of its paramedics, Saleh Odeh"; not "a lawyer for Anna
    Berg", where a preposition makes it somebody else.
    """
    head = phrase.root
    one = phrase.text.lower().startswith("one of ")
    if kinds.by_head().get(head.lemma_.lower()) not in {"role", "unnamed"} or (head.tag_ == "NNS" and not one):
        return None
    n = phrase.end
    while n > phrase.start and phrase.doc[n - 1].pos_ == "PROPN" and phrase.doc[n - 1].text[:1].isupper():
        n -= 1
    name = phrase.doc[n : phrase.end].text
    before = phrase.doc[n - 1] if n > phrase.start else None
    if before is None or before.pos_ not in {"PUNCT", "NOUN"} or " " not in without_title(name)[1] or n <= head.i:
        return None
    body = (
        media.outlet_in(name)
        or media.is_medium_name(name)
        or any(w.lower() in _bodies() or w in _body_names() for w in name.split())
    )
    return (
        None
        if body or phrase.doc[phrase.end - 1].ent_type_ in {"GPE", "LOC", "DATE", "NORP"}
        else (_bare_name(name), "person")
    )


def _titled_body(phrase: SpacySpan) -> tuple[str, SourceKind] | None:
    """The name behind a common noun for a body: "the charity Doctors in Motion", "the monitoring group Clear Sky"."""
    doc = phrase.doc
    small = {"in", "of", "for", "the", "and", "de", "la", "du", "against", "without"}
    for token in phrase:
        if token.pos_ == "ADP":
            return None  # "a report by the firm Hallam Risk" is no firm
        kind = kinds.by_head().get(token.lemma_.lower())
        behind = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if (
            token.pos_ != "NOUN"
            or kind not in {"organisation", "group"}
            or behind is None
            or not behind.text[0].isupper()
        ):
            continue
        if not token.text.islower() or behind.ent_type_ in {"DATE", "NORP"}:
            continue
        end = token.i + 2
        while end < len(doc) and (
            doc[end].text[0].isupper()
            or (doc[end].lower_ in small and end + 1 < len(doc) and doc[end + 1].text[0].isupper())
        ):
            end += 1
        name = doc[token.i + 1 : end].text
        return (name, "organisation") if end >= phrase.end and not kinds.is_given_name(name.split()[0]) else None
    return None


def _unmarked(around: list[Token], head: Token) -> tuple[str, SourceKind] | None:
    """A name that the parser does not mark, by its given name: "ex-winger Tony Gunn"."""
    run = clauses.proper_run(around) if head.pos_ == "PROPN" else ""
    bare = without_title(run)[1]
    if " " in bare and kinds.is_given_name(bare.split()[0]):
        return run, "person"
    return (name, "person") if (name := unmarked_name(head)) is not None else None


def unmarked_name(head: Token) -> str | None:
    """Two capitalised words or more that the parser marks as nothing, by its given name or as one who acts, or None."""
    if (
        head.pos_ != "PROPN"
        or head.ent_type_
        or head.dep_ not in {"nsubj", "nsubjpass", "dobj", "conj", "appos", "pobj"}
    ):
        return None
    run = clauses.proper_run([t for t in head.lefts if t.dep_ == "compound"] + [head])
    bare = without_title(run)[1]
    told = bare.split()
    if len(told) < 2 or not all(word[:1].isupper() for word in told) or bare.isupper():
        return None
    if (
        any(word.lower() in _bodies() or word in _body_names() for word in told)
        or media.outlet_in(bare)
        or media.is_medium_name(bare)
    ):
        return None
    acts = head.dep_ == "nsubj" and head.head.pos_ == "VERB" and not any(t.lower_ == "the" for t in head.lefts)
    return run if kinds.is_given_name(told[0]) or acts else None


def _set_off(phrase: SpacySpan, labels: set[str]) -> tuple[str, SourceKind] | None:
    """The name between commas behind a description: "the head of the watchdog, Anna Popova, said".

    The parser hangs it on whatever stands before the comma; the phrase may even end there.
    """
    doc, head = phrase.doc, phrase.root
    kind = kinds.by_head().get(head.lemma_.lower())
    if kind not in {"role", "unnamed", None} or head.tag_ in {"NNS", "NNPS"} or head.pos_ not in {"NOUN", "PROPN"}:
        return None
    for n in range(head.i + 1, min(phrase.end + 1, len(doc) - 1)):
        if doc[n].text not in {",", "—", "–"} or any(t.pos_ in {"VERB", "AUX"} for t in doc[head.i + 1 : n]):
            continue
        first = doc[n + 1]
        if first.ent_iob_ != "B" or first.ent_type_ != "PERSON":
            continue
        end = n + 2
        while end < len(doc) and doc[end].ent_iob_ == "I":
            end += 1
        closed = end == phrase.end or doc[end].text in {",", "—", "–", "("}
        entity = doc[n + 1 : end]
        if (
            closed
            and end - n > 2
            and (named := of_entity(SpacySpan(doc, n + 1, end, "PERSON")))
            and entity.label_ in {*labels, ""}
        ):
            return named[0], "person"
    return None


def _belongs(entity: SpacySpan, head: Token) -> bool:
    """Whether a name is the phrase's own: at its head or beside it, or before a role ("spokesman Ali Kaya").

    Another name before the head is not: "a Pentagon official" is an official without a name, and "the Dorfield
    police" are not Dorfield.
    """
    if head in entity:
        return True
    role = head.pos_ == "PROPN" or kinds.by_head().get(head.lemma_.lower()) == "role"
    beside = {"appos", "compound", "nmod", "flat"} if entity.label_ == "PERSON" and role else {"appos"}
    return entity.root.head.i == head.i and entity.root.dep_ in beside


def _apposed(head: Token) -> tuple[str, SourceKind] | None:
    """The name in "the mayor of Lund, Åsa Öberg": whatever the parser takes it for, two capitalised words name it."""
    role = kinds.by_head().get(head.lemma_.lower()) == "role"
    for token in head.subtree:
        if token.dep_ == "appos" and token.head.i == head.i and token.pos_ == "NOUN":  # "its holder, the fund Norrsken"
            for entity in clauses.entities(token.subtree):
                if (
                    entity.root.dep_ in {"appos", "compound", "nmod"}
                    and entity.root.head.i == token.i
                    and (named := of_entity(entity))
                ):
                    return named
        near = token.head.i == head.i or (role and token.head.dep_ in {"pobj", "compound"})
        if token.dep_ == "appos" and token.pos_ == "PROPN" and near and token.head.i <= token.i:
            run = clauses.proper_run(token.subtree)
            if " " in run:
                return run, "person" if kinds.by_head().get(head.lemma_.lower()) == "role" else "organisation"
    return None


def _around_head(phrase: SpacySpan, head: Token) -> list[Token]:
    """The words of a phrase less its possessors and what hangs on prepositions."""
    away = {t.i for c in head.children if c.dep_ in {"poss", "prep", "relcl", "acl", "conj"} for t in c.subtree}
    return [t for t in phrase if t.i not in away]


def of_entity(entity: SpacySpan) -> tuple[str, SourceKind] | None:
    """The name of a person or a body that the parser marks, with our own reading of what it is, or None.

    The parser mistakes bodies for people and the other way round; words in the name and before it are surer.
    """
    if entity.label_ not in {"PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "NORP", "GPE", "FAC", "EVENT"}:
        return None
    text = re.sub(r"[’']s$", "", clauses.without_article(re.sub(r"\s+", " ", entity.text)).strip(" ,.“”\"'’"))
    before = entity.doc[entity.start - 1].text if entity.start else ""
    if outlet := media.outlet_in(text) or (media.outlet_in(f"The {text}") if before in {"the", "The"} else None):
        return media.outlets()[outlet], "outlet"
    if entity.label_ == "PERSON" and kinds.is_given_name(before) and " " not in text:
        text = f"{before} {text}"
    if entity.label_ not in {"PERSON", "ORG"} or not text[:1].isupper() or not re.search(r"[a-z]|[A-Z]{2}", text):
        return None
    while text.rsplit(" ", 1)[-1] in kinds.postnominals():
        if " " not in text:
            return None
        text = text.rsplit(" ", 1)[0].rstrip(" ,")
    return _bare_name(text), kind_of_name(text, entity)


def _bare_name(name: str) -> str:
    """A person's name without what the parser takes into it: "Crypto cowboy Danny Pike" is Danny Pike.

    >>> _bare_name("STRIKER Luca Benedetti"), _bare_name("Gen. Ali Haddad"), _bare_name("Bank of England")
    ('Luca Benedetti', 'Gen. Ali Haddad', 'Bank of England')
    """
    told = name.split()
    if kinds.is_given_name(told[0]) or told[0] in kinds.titles():
        return name
    first = next((n for n, word in enumerate(told[:-1]) if n and kinds.is_given_name(word)), 0)
    return " ".join(told[first:]) if first and first + 1 < len(told) else name


def kind_of_name(name: str, entity: SpacySpan) -> SourceKind:
    """Whether a name is a person's or a body's."""
    title, bare = without_title(name)
    before = entity.doc[entity.start - 1].text if entity.start else ""
    told = bare.split()
    if title or before in kinds.titles():
        return "person"
    is_person = kinds.is_given_name(told[0]) and "the" not in {before.lower(), entity[0].lower_}
    if media.is_medium_name(bare) and not is_person and bare not in kinds.bodies():
        return "outlet"
    if bare in kinds.bodies() or _is_body_name(bare):
        return "organisation"
    if len(told) > 1 and is_person:
        return "person"
    described = {kinds.by_head().get(t.lemma_.lower()) for t in descriptions(entity.root) if t.pos_ == "NOUN"}
    persons = entity.label_ == "PERSON"
    if ("role" in described) != ("organisation" in described):  # what is said of it tells better than the parser
        persons = "role" in described
    return "person" if persons else "organisation"


@cache
def _bodies() -> frozenset[str]:
    kinds = {"organisation", "outlet"}
    lemmas = {lemma for entry in words.load("sources")["kind"] if entry["kind"] in kinds for lemma in entry["lemmas"]}
    return frozenset(lemmas - {"guard", "church", "state", "school", "daily", "trade", "mine", "practice", "palace"})


@cache
def _body_names() -> frozenset[str]:
    every = {name for entry in words.load("sources")["class"] for name in entry["names"]}
    return frozenset(every - kinds.titles())


def by_given_name(doc: Doc) -> Iterator[str]:
    """Names of people that begin with a given name, whatever the parser makes of them."""
    for token in doc:
        if not kinds.is_given_name(token.text) or token.i + 1 >= len(doc):
            continue
        before = doc[token.i - 1] if token.i else None
        if before is not None and (kinds.is_given_name(before.text) or before.lower_ == "the"):
            continue
        end = token.i + 1
        while end < len(doc) and end - token.i < 4 and _goes_on_name(doc[end]):
            end += 1
        name = doc[token.i : end].text
        if end > token.i + 1 and not (media.outlet_in(name) or media.is_medium_name(name) or _is_body_name(name)):
            yield name


def _goes_on_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[:1].isupper() and token.text not in kinds.postnominals()


def _is_body_name(name: str) -> bool:
    told = name.split()
    address = len(told) > 1 and told[-1] in kinds.addresses()
    return address or told[-1] in _body_names() or any(word.lower() in _bodies() for word in told)


def descriptions(head: Token) -> list[Token]:
    """The common nouns that say what the bearer of a name, or of a description, is.

    "Health Minister Ana Berg", "the co-op's treasurer, Miriam Keane", "Berg, a virologist", "Berg is a virologist".
    """
    found: list[Token] = []
    for token in (head, *(t for t in head.children if t.dep_ == "appos")):
        found += [
            t for t in token.subtree if t.dep_ in {"compound", "nmod", "amod"} and t.head.i == token.i and t.i < token.i
        ]
        if token.pos_ == "NOUN":
            found.append(token)
    if head.dep_ == "appos" and head.head.pos_ == "NOUN":
        found += [head.head, *(t for t in head.head.lefts if t.dep_ in {"compound", "amod"})]
    for verb in (head.head, *(t for t in head.children if t.dep_ == "relcl")):
        if verb.lemma_ == "be" and (verb.dep_ == "relcl" or (head.dep_ == "nsubj" and head.i < verb.i)):
            found += [t for t in verb.rights if t.dep_ == "attr" and t.pos_ == "NOUN"]
    for token in found[:]:  # "minister" of "economy minister" is a compound of the name, "economy" of it
        found += [t for t in token.lefts if t.dep_ == "compound"]
    return [
        t
        for t in found
        if t.pos_ in {"NOUN", "PROPN", "ADJ"} and not (t.pos_ == "PROPN" and t.ent_type_ in {"PERSON", "GPE"})
    ]


def is_one_name(phrase: SpacySpan) -> bool:
    """Whether "and" stands inside a name: "Health and Safety Executive", "Brandt & Löw"."""
    joined = [t for t in phrase if t.lower_ in {"and", "&"}]
    return any(
        t.text == "&" or (t.ent_type_ in {"ORG", "WORK_OF_ART"} and t.ent_iob_ == "I" and _next_in_entity(t))
        for t in joined
    )


def _next_in_entity(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).ent_iob_ == "I"
