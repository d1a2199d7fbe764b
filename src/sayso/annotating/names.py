"""Which names the text uses for one actor: its own words first, then the table of outlets, then spaCy's guess.

spaCy mislabels armed groups and transliterated names, so what the text itself says ("formerly known as") and our
own tables win over it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

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


@cache
def empty_words() -> frozenset[str]:
    """Words of a phrase that do not tell who is meant: articles, pronouns, numbers, "unnamed"."""
    back: dict[str, list[str]] = words.load("sources")["back"]
    groups = (
        "articles",
        "indefinite",
        "anonymous",
        "singular_thing",
        "singular_person",
        "several",
        "speaker",
        "relative",
        "parts",
    )
    counts: dict[str, int] = words.load("sources")["counts"]
    return (
        frozenset(word for group in groups for word in back[group])
        | set(counts)
        | {"of", "in", "for", "by", "with", "from", "at", "on", "to", "and"}
    )


def outlet_in(phrase: str) -> str | None:
    """The longest name of a known outlet that stands in a phrase and is not part of a longer name, or None.

    >>> outlet_in("Russia's Sputnik news agency")
    'Sputnik'
    >>> outlet_in("Sputnik Holdings") is None
    True
    """
    return outlet_as_written(phrase)


def outlet_as_written(phrase: str) -> str | None:
    """The name of a known outlet as a phrase writes it, or None."""
    phrase = re.sub(r"^the (?=[A-Z])", "The ", phrase)
    found = [m[0] for m in known.names_in_text().finditer(phrase) if not _goes_on(phrase, m)]
    return max(found, key=len, default=None)


def _goes_on(phrase: str, match: re.Match[str]) -> bool:
    """Whether capitalised words before or behind make the name a part of another name."""
    before, after = phrase[: match.start()].split(), phrase[match.end() :]
    previous = before[-1] if before and not before[-1].endswith(("'s", "’s", ",")) else ""
    return bool(re.match(r" [A-Z]", after)) or (previous[:1].isupper() and previous not in {"The", "A", "Agency"})


@cache
def _media_of_outlets() -> dict[str, str]:
    return {outlet.name: outlet.kind for outlet in known.table()}


@cache
def media_words(name: str) -> frozenset[str]:
    """The nouns by which a medium may be called: by its kind in the table of outlets and by its own name.

    >>> "agency" in media_words("Reuters"), "newspaper" in media_words("Reuters"), "radio" in media_words("Radio Forth")
    (True, False, True)
    """
    table: dict[str, list[str] | str] = words.load("sources")["media"]
    kind = _media_of_outlets().get(name, "")
    own = {word.lower() for word in name.split()} & {word for key in table if key != "source" for word in table[key]}
    if not kind and not own and any(word in words.load("sources")["medium_names"]["words"] for word in name.split()):
        kind = "newspaper"
    return frozenset(own | set(table.get(kind, ()))) | {"outlet", "medium"}


def media_synonyms(told: Iterable[str]) -> set[str]:
    """Other nouns for a medium that is called so: "newspaper", "paper", "daily"."""
    table: dict[str, list[str]] = words.load("sources")["media"]
    told = set(told)
    return {word for key in table if key != "source" and told & set(table[key]) for word in table[key]}


def without_title(name: str) -> tuple[str, str]:
    """The title before a person's name, or "", and the name.

    >>> without_title("Gen. Ali Haddad"), without_title("Sir Keir"), without_title("General Motors")
    (('Gen.', 'Ali Haddad'), ('Sir', 'Keir'), ('', 'General Motors'))
    """
    first, _, rest = name.partition(" ")
    trade = first[:1].isupper() and kinds_by_head().get(first.lower()) == "role" and len(rest.split()) > 1
    if not rest or not (first in titles() or trade) or rest.split()[0] in _company_names():
        return "", name
    deeper = without_title(rest)
    return (first, deeper[1]) if deeper[1] else ("", name)


@cache
def titles() -> frozenset[str]:
    """Words that stand before a person's name."""
    table = words.load("sources")["titles"]
    return frozenset((*table["masculine"], *table["feminine"], *table["either"]))


@cache
def _company_names() -> frozenset[str]:
    return frozenset(name for entry in words.load("sources")["class"] for name in entry["names"]) - titles() | {
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
        pattern = rf"(?P<a>{NAMES})(?: \([A-Z]{{2,8}}\))?(?P<noun>(?: [a-z]+){{0,3}})[,(] ?\(?(?P<how>{forms}) (?:the )?(?P<b>{NAMES})"
        for match in re.finditer(pattern, text):
            start = match.start("a")
            name = match["a"]
            if match["noun"]:
                name = _without_modifier(name, text)
            yield Alias(name, Span(start, start + len(name)), match["b"], Span(*match.span("b")), f"“{match['how']}”")
    for match in re.finditer(rf"(?P<a>{NAMES}), or (?:the )?(?P<b>[A-Z]{{2,8}})\b(?=[,. ])", text):
        if is_acronym(match["b"], match["a"]) or match["b"] in known_bodies():
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
    if outlet := outlet_in("".join(t.text_with_ws for t in around)):
        return outlets()[outlet], "outlet"
    medium = any(t.text.islower() and is_medium(t) for t in around)
    if medium and (run := proper_run(around)):
        return run, "outlet"
    labels = {"PERSON", "ORG"}
    for label in ("PERSON", "ORG"):
        for entity in entities(phrase):
            if entity.label_ == label and _belongs(entity, head) and (named := of_entity(entity)):
                return named
    return _apposed(head) or _set_off(phrase, labels) or _unmarked(around, head) or _trailing(phrase)


def _trailing(phrase: SpacySpan) -> tuple[str, SourceKind] | None:
    """The name at the end of a description, wherever the parser hangs it.

    "Minister of state for consumer affairs Ratan Boruah", "one of its paramedics, Saleh Odeh"; not "a lawyer for Anna
    Berg", where a preposition makes it somebody else.
    """
    head = phrase.root
    one = phrase.text.lower().startswith("one of ")
    if kinds_by_head().get(head.lemma_.lower()) not in {"role", "unnamed"} or (head.tag_ == "NNS" and not one):
        return None
    n = phrase.end
    while n > phrase.start and phrase.doc[n - 1].pos_ == "PROPN" and phrase.doc[n - 1].text[:1].isupper():
        n -= 1
    name = phrase.doc[n : phrase.end].text
    before = phrase.doc[n - 1] if n > phrase.start else None
    if before is None or before.pos_ not in {"PUNCT", "NOUN"} or " " not in without_title(name)[1] or n <= head.i:
        return None
    body = outlet_in(name) or is_medium_name(name) or any(w.lower() in _bodies() or w in _body_names() for w in name.split())
    return None if body or phrase.doc[phrase.end - 1].ent_type_ in {"GPE", "LOC", "DATE", "NORP"} else (_bare_name(name), "person")


def _unmarked(around: list[Token], head: Token) -> tuple[str, SourceKind] | None:
    """A name that the parser does not mark, by its given name: "ex-winger Tony Gunn"."""
    run = proper_run(around) if head.pos_ == "PROPN" else ""
    bare = without_title(run)[1]
    if " " in bare and is_given_name(bare.split()[0]):
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
    run = proper_run([t for t in head.lefts if t.dep_ == "compound"] + [head])
    bare = without_title(run)[1]
    told = bare.split()
    if len(told) < 2 or not all(word[:1].isupper() for word in told) or bare.isupper():
        return None
    if (
        any(word.lower() in _bodies() or word in _body_names() for word in told)
        or outlet_in(bare)
        or is_medium_name(bare)
    ):
        return None
    acts = head.dep_ == "nsubj" and head.head.pos_ == "VERB" and not any(t.lower_ == "the" for t in head.lefts)
    return run if is_given_name(told[0]) or acts else None


def _set_off(phrase: SpacySpan, labels: set[str]) -> tuple[str, SourceKind] | None:
    """The name between commas behind a description: "the head of the watchdog, Anna Popova, said".

    The parser hangs it on whatever stands before the comma; the phrase may even end there.
    """
    doc, head = phrase.doc, phrase.root
    kind = kinds_by_head().get(head.lemma_.lower())
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
        closed = end >= phrase.end or doc[end].text in {",", "—", "–", "("}
        entity = doc[n + 1 : end]
        if (
            closed
            and end - n > 2
            and (named := of_entity(SpacySpan(doc, n + 1, end, "PERSON")))
            and entity.label_ in {*labels, ""}
        ):
            return named[0], "person"
    return None


@cache
def _media_nouns() -> frozenset[str]:
    return frozenset(lemma for entry in words.load("sources")["kind"] if entry["kind"] == "outlet" for lemma in entry["lemmas"])


def is_medium(noun: Token) -> bool:
    """Whether a noun calls a medium: "newspaper"; of agencies only a news agency."""
    lemma = noun.lemma_.lower()
    return lemma in _media_nouns() and (lemma != "agency" or (noun.i > 0 and noun.nbor(-1).lower_ == "news"))


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
    role = kinds_by_head().get(head.lemma_.lower()) == "role"
    for token in head.subtree:
        if token.dep_ == "appos" and token.head.i == head.i and token.pos_ == "NOUN":  # "its holder, the fund Norrsken"
            for entity in entities(token.subtree):
                if (
                    entity.root.dep_ in {"appos", "compound", "nmod"}
                    and entity.root.head.i == token.i
                    and (named := of_entity(entity))
                ):
                    return named
        near = token.head.i == head.i or (role and token.head.dep_ in {"pobj", "compound"})
        if token.dep_ == "appos" and token.pos_ == "PROPN" and near and token.head.i <= token.i:
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


def of_entity(entity: SpacySpan) -> tuple[str, SourceKind] | None:
    """The name of a person or a body that the parser marks, with our own reading of what it is, or None.

    The parser mistakes bodies for people and the other way round; words in the name and before it are surer.
    """
    if entity.label_ not in {"PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "NORP", "GPE", "FAC", "EVENT"}:
        return None
    text = re.sub(r"[’']s$", "", without_article(re.sub(r"\s+", " ", entity.text)).strip(" ,.“”\"'’"))
    before = entity.doc[entity.start - 1].text if entity.start else ""
    if outlet := outlet_in(text) or (outlet_in(f"The {text}") if before in {"the", "The"} else None):
        return outlets()[outlet], "outlet"
    if entity.label_ == "PERSON" and is_given_name(before) and " " not in text:
        text = f"{before} {text}"
    if entity.label_ not in {"PERSON", "ORG"} or not text[:1].isupper() or not re.search(r"[a-z]|[A-Z]{2}", text):
        return None
    return _bare_name(text), kind_of_name(text, entity)


def _bare_name(name: str) -> str:
    """A person's name without what the parser takes into it: "Crypto cowboy Danny Pike" is Danny Pike.

    >>> _bare_name("STRIKER Luca Benedetti"), _bare_name("Gen. Ali Haddad"), _bare_name("Bank of England")
    ('Luca Benedetti', 'Gen. Ali Haddad', 'Bank of England')
    """
    told = name.split()
    if is_given_name(told[0]) or told[0] in titles():
        return name
    first = next((n for n, word in enumerate(told[:-1]) if n and is_given_name(word)), 0)
    before_is_role = first and (told[first - 1].lower() in kinds_by_head() or told[0].isupper() or told[first - 1].islower())
    return " ".join(told[first:]) if before_is_role else name


def kind_of_name(name: str, entity: SpacySpan) -> SourceKind:
    """Whether a name is a person's or a body's."""
    title, bare = without_title(name)
    before = entity.doc[entity.start - 1].text if entity.start else ""
    if title or before in titles():
        return "person"
    told = bare.split()
    if bare in known_bodies():
        return "organisation"
    described = {kinds_by_head().get(t.lemma_.lower()) for t in descriptions(entity.root) if t.pos_ == "NOUN"}
    if is_medium_name(bare) and not is_given_name(told[0]):
        return "outlet"
    if any(word.lower() in _bodies() for word in told) or told[-1] in _body_names():
        return "organisation"
    if (len(told) > 1 and is_given_name(told[0])) or ("role" in described and "organisation" not in described):
        return "person"
    if "organisation" in described and "role" not in described:
        return "organisation"
    return "person" if entity.label_ == "PERSON" else "organisation"


@cache
def known_bodies() -> frozenset[str]:
    """Armed groups and parties that the parser takes for people."""
    return frozenset(words.load("sources")["bodies"]["names"])


@cache
def _bodies() -> frozenset[str]:
    kinds = {"organisation", "outlet"}
    lemmas = {lemma for entry in words.load("sources")["kind"] if entry["kind"] in kinds for lemma in entry["lemmas"]}
    return frozenset(lemmas - {"guard", "church", "state", "school", "daily", "trade", "mine", "practice", "palace"})


@cache
def _body_names() -> frozenset[str]:
    every = {name for entry in words.load("sources")["class"] for name in entry["names"]}
    return frozenset(every - titles())


@cache
def _given_names() -> frozenset[str]:
    table = words.load("given_names")
    return frozenset((*table["men"]["names"].split(), *table["women"]["names"].split()))


def is_given_name(word: str) -> bool:
    """Whether a word is a given name that hardly anything else is called by."""
    return word in _given_names()


def is_called_capital(phrase: SpacySpan) -> bool:
    """Whether the source is a city that the text itself calls a capital ("the capital, Carrowby")."""
    return any(t.lower_ == "capital" and phrase.root in (t, t.head) for t in phrase)


@cache
def _seats() -> dict[str, str]:
    return {place: entry["stands_for"] for entry in words.load("sources")["seat"] for place in entry["places"]}


def seat_of(place: str) -> str | None:
    """Who works in a building or a street that stands for them, or None.

    >>> seat_of("Kremlin")
    'Russian presidency'
    """
    return _seats().get(place)


@cache
def _governments() -> dict[str, str]:
    table: list[list[str]] = words.load("sources")["capitals"]["table"]
    by_capital = {capital: f"{adjective} government" for capital, _, adjective in table}
    return {**{country: f"{adjective} government" for _, country, adjective in table}, **by_capital}


def government_of(place: str) -> str | None:
    """How the government of a capital or a country is called, or None.

    >>> government_of("Damascus"), government_of("Carrowby")
    ('Syrian government', None)
    """
    return _governments().get(place)


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


def maker(phrase: SpacySpan) -> Token | None:
    """Who made a document, as its phrase tells: "SANA's report", "a report by the ministry", "a letter from the bank"."""
    head = head_of(phrase)
    possessor = next((t for t in head.children if t.dep_ == "poss" and t.pos_ in {"PROPN", "NOUN"}), None)
    if possessor is not None:
        return possessor
    for token in (t for t in phrase if t.i > head.i):
        who = next((t for t in token.children if t.dep_ == "pobj" and t.i < phrase.end), None)
        if who is None:
            continue
        verb = token.head.lemma_.lower()
        if token.i == head.i + 1 and token.lower_ == "by":
            return who
        named = who.pos_ == "PROPN" or any(t.dep_ in {"appos", "compound"} and t.pos_ == "PROPN" for t in who.children)
        body = kinds_by_head().get(who.lemma_.lower()) in {"organisation", "role"}
        if token.lower_ == "by" and (token.head.pos_ not in {"VERB", "AUX"} or verb in _making()):
            return who
        if token.lower_ == "from" and (named or body) and token.head.pos_ != "VERB":
            return who
        if token.lower_ == "of" and token.head.i == head.i and who.ent_type_ == "ORG":
            return who
        if (
            token.lower_ == "in"
            and (verb == "publish" or token.head.i == head.i)
            and who.pos_ == "PROPN"
            and who.ent_type_ not in {"GPE", "LOC", "DATE"}
        ):
            return who
    before = [t for t in head.lefts if t.dep_ in {"compound", "nmod"}]
    return next((t for t in before if t.ent_type_ in {"ORG", "PERSON"} or _is_body(t)), None)


def _is_body(noun: Token) -> bool:
    return kinds_by_head().get(noun.lemma_.lower()) == "organisation"


@cache
def _making() -> frozenset[str]:
    return frozenset(words.load("sources")["making"]["lemmas"])


def is_one_name(phrase: SpacySpan) -> bool:
    """Whether "and" stands inside a name: "Health and Safety Executive", "Brandt & Löw"."""
    joined = [t for t in phrase if t.lower_ in {"and", "&"}]
    return any(
        t.text == "&" or (t.ent_type_ in {"ORG", "WORK_OF_ART"} and t.ent_iob_ == "I" and _next_in_entity(t))
        for t in joined
    )


def _next_in_entity(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).ent_iob_ == "I"


def end_of_outlet(text: str, start: int) -> int:
    """Where the name of a known outlet that begins at a place, with or without article, ends; -1 for none."""
    near = re.sub(r"^the (?=[A-Z])", "The ", text[start : start + 60])
    match = next(known.names_in_text().finditer(near), None)
    return (
        start + match.end()
        if match is not None and match.start() in {0, 4} and near[: match.start()] in {"", "The "}
        else -1
    )


def media(doc: Doc) -> Iterator[str]:
    """Names that stand beside a word for a medium: "the daily Kurier", "the Sabah newspaper", "private station TV Lux".

    The parser takes most of them for people or places.
    """
    media_nouns = _media_nouns()
    for token in doc:
        if token.lemma_.lower() not in media_nouns or not is_medium(token) or token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
            continue
        before = [t for t in token.lefts if t.dep_ in {"compound", "nmod"}]
        beside = [t for t in token.children if t.dep_ == "appos" and t.pos_ == "PROPN" and t.i > token.i]
        if token.dep_ in {"compound", "nmod"} and token.head.pos_ == "PROPN" and token.head.i == token.i + 1:
            beside.append(token.head)
        if token.dep_ in {"compound", "amod"} and token.head.pos_ == "PROPN" and not beside:
            beside.append(token.head)
        runs = [proper_run(before)] + [proper_run(t.subtree) for t in beside]
        yield from (
            run for run in runs if run and outlet_in(run) is None and run[0].isupper() and not _is_place(doc, run)
        )


def _is_place(doc: Doc, run: str) -> bool:
    return any(e.text == run and e.label_ in {"GPE", "NORP"} for e in entities(doc))


def head_of(phrase: SpacySpan) -> Token:
    """The head of a phrase; "the business daily" is a daily, whatever the parser makes of it."""
    for n, token in enumerate(phrase[:-1]):  # "a poll by the institute Sondex", whatever the parser hangs on what
        by = phrase[n + 1].lower_ in {"by", "from"} and token.pos_ == "NOUN"
        if by and n <= 4 and kinds_by_head().get(token.lemma_.lower()) == "document":
            return token
    last = phrase[-1]
    return last if last.lower_ in {"daily", "weekly", "monthly"} and phrase.root.i < last.i else phrase.root


def is_medium_name(name: str) -> bool:
    """Whether a name is most probably a medium's, by a word in it.

    >>> is_medium_name("Holmer Tageblatt"), is_medium_name("Harbour Bank")
    (True, False)
    """
    told = re.findall(r"[\w.]+", name)
    strong = set(words.load("sources")["medium_names"]["strong"])
    return len(told) > 1 and (told[-1] in strong or told[0] in strong)


def is_newspaper(phrase: SpacySpan, head: Token) -> bool:
    """Whether a "paper" is a newspaper: "a local paper", "the Sunday paper", not "a paper by the institute"."""
    if head.lemma_.lower() != "paper":
        return False
    told = {t.lower_ for t in head.lefts} | {t.ent_type_ for t in head.lefts}
    return bool(told & set(words.load("sources")["newspapers"]["words"]) or "NORP" in told) and maker(phrase) is None
