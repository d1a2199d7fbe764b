"""The outlets of a story by all names that they go by: its articles' own, and those that these cite."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from sayso import words
from sayso.model.story import Entry, Story
from sayso.words import outlets, tables


@dataclass(frozen=True, slots=True)
class Press:
    """The outlets of a story: from each key of a name to the one key that stands for the outlet."""

    keys: Mapping[str, str]

    def key(self, name: str) -> str:
        """The key of an outlet's name, whether the story has it or not."""
        key = outlet_key(name)
        return self.keys.get(key, key)

    def is_outlet(self, name: str) -> bool:
        """Whether a name is an outlet's: of the story, in the tables, or by a word that hardly stands in another name.

        >>> Press({}).is_outlet("Continental News Service"), Press({}).is_outlet("the Interior Ministry")
        (True, False)
        """
        bare = re.sub(r"^[Tt]he ", "", name)
        if outlet_key(name) in self.keys or outlets.named(bare):
            return True
        parts = bare.split()
        return len(parts) > 1 and bare[:1].isupper() and not _strong().isdisjoint(parts)

    def house(self, entry: Entry) -> str:
        """Who published an article, the same for all names of an outlet; its own id where that is not known."""
        key = house(entry)
        return self.keys.get(key, key)


def press(story: Story) -> Press:
    """The outlets of a story. A name's initials stand for it, where they do for no other ("OPA").

    >>> from sayso.model import Article
    >>> entry = Entry(Article("a", "a", "Text", "", "", "text/plain", outlet="Orvane Press Agency"), None, None, None)
    >>> press(Story("a", (entry,), ("a",))).key("OPA")
    'orvanepressagency'
    """
    names = {entry.article.outlet for entry in story.entries if entry.article.outlet}
    names |= {citation.outlet for citation in story.citations if citation.kind != "named"}
    keys = {key: key for key in (*map(outlet_key, names), *map(house, story.entries))}
    short: dict[str, set[str]] = {}
    for name in names:
        if " " in name:
            short.setdefault(initials(name), set()).add(outlet_key(name))
    keys |= {letters: min(those) for letters, those in short.items() if len(those) == 1 and len(letters) > 1}
    return Press(keys)


def house(entry: Entry) -> str:
    """Who published an article, the same for all names of an outlet; its own id where that is not known."""
    if entry.article.outlet:
        return outlet_key(entry.article.outlet)
    known = outlets.at_domain(entry.article.url) if entry.article.url else None
    return tables.key(known.name) if known else f"?{entry.id}"


@cache
def _strong() -> frozenset[str]:
    return frozenset(words.load("sources")["medium_names"]["strong"])


@lru_cache(maxsize=1 << 14)
def outlet_key(name: str) -> str:
    """A name of an outlet as it is compared.

    >>> outlet_key("AP") == outlet_key("The Associated Press")
    True
    """
    known = outlets.named(name)
    return tables.key(known.name if known else re.sub(r"^(?:the|an?) |['’]s?$", "", name.strip(), flags=re.IGNORECASE))


@lru_cache(maxsize=1 << 14)
def initials(name: str) -> str:
    """The first letters of a name's words, in small letters; nothing for a single word.

    >>> initials("World Health Organization"), initials("Berg")
    ('who', '')
    """
    parts = [part for part in name.casefold().split() if part not in ("of", "the", "for", "and")]
    return "".join(part[0] for part in parts) if len(parts) > 1 else ""
