"""The banks of invented words, and how a sentence comes out of them: choices, slots, and who is quoted."""

import random
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

Bank = Mapping[str, Any]
SentenceKind = Literal["told", "quote", "release", "own", "background", "furniture"]
Shown = Literal["named", "group", "none"]

RUN = 7
"""Reporters who write by themselves share no run of so many words, quotations and handouts aside."""

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_TAIL = re.compile(
    r",? (which|among them|whose|though|although|some of them|money that|several of which|and added) [^,]*$"
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@cache
def bank(part: str) -> Bank:
    """The words of a part, "tune" or "report": they have no sentence in common."""
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        found: Bank = tomllib.load(file)[part]
    return found


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who knows it for themselves: an origin. `id` is the same wherever they speak.

    `full` is how they are first called in a report, `short` how after that, `group` what an unnamed person becomes
    when somebody makes more of them ("officials").
    """

    id: str
    kind: Literal["named", "unnamed", "own report"]
    full: str
    short: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with all that it was made of, so that it can be made anew in other words.

    `root` is the same in all that was made of one first writing; for a quotation or a handout, wherever it stands.
    `claim` is the claim that it tells ("" for none), `seed` decides between the choices of the template and frame,
    `variants` are other templates that tell the same. A rewriter leaves `swaps` (old words, new ones), an `opener`
    before the sentence, or makes it shorter (`is_short`: a relative clause or the like at its end is gone).
    """

    root: str
    kind: SentenceKind
    template: str
    seed: int
    values: Mapping[str, str] = field(default_factory=dict)
    voice: Voice | None = None
    shown: Shown = "none"
    full: bool = True
    frame: str = ""
    hedge: str = ""
    claim: str = ""
    cited: str = ""
    variants: tuple[str, ...] = ()
    swaps: tuple[tuple[str, str], ...] = ()
    opener: str = ""
    is_short: bool = False

    @property
    def text(self) -> str:
        """The sentence as it is printed."""
        chance = random.Random(self.seed)
        described = random.Random("/".join(self.root.split("/")[:2]))  # who rewrites it does not know them better
        source = spun(self._source(), described).format_map(self.values)
        values = {**self.values, "hedge": self.hedge, "cited": self.cited, "source": source}
        body = self._rewritten(spun(self.template, chance).format_map(values))
        if self.frame:
            body = spun(self.frame, chance).format_map({**values, "clause": body, "quote": body})
        day = self.values.get("day", "")
        if day and body.count(day) > 1:  # nobody writes "said on Monday that it fell on Monday"
            body = re.sub(rf"( on)? {day}(?= that\b|,|$)", "", body, count=1)
        return _tidied(body, self.kind == "quote")

    def _rewritten(self, body: str) -> str:
        for old, new in self.swaps:
            body = re.sub(rf"\b{old}\b", new, body, count=1)
        if self.is_short:
            body = _TAIL.sub("", body)
        return body if self.frame else self.opener + body

    @property
    def own_words(self) -> str:
        """The sentence without the name and title of who said it."""
        return replace(self, voice=None).text

    def _source(self) -> str:
        if self.voice is None or self.shown == "none":
            return ""
        if self.shown == "group":
            return self.voice.group
        return self.voice.full if self.full else self.voice.short


def spun(template: str, chance: random.Random) -> str:
    """A template with its choices made, the inner ones first.

    >>> spun("[a|a] day", random.Random(1))
    'a day'
    """
    while found := _CHOICE.search(template):
        template = template[: found.start()] + chance.choice(found[1].split("|")) + template[found.end() :]
    return template


def _tidied(text: str, quote: bool) -> str:
    """With a capital at the start, a full stop at the end, and no two marks in a row."""
    text = re.sub(r",(?=[.,:;])", "", re.sub(r"  +", " ", text.strip()))
    text = re.sub(r",(” )?,", r",\1", text)
    first = 1 if text.startswith("“") else 0
    text = text[:first] + text[first : first + 1].upper() + text[first + 1 :]
    if quote:  # a quotation begins with a capital wherever it stands
        text = re.sub(r"“(\w)", lambda found: "“" + found[1].upper(), text).replace(".”.", ".”")
    return text if text.endswith((".", ".”", "!", "?", ")", "below the line")) else text + "."


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return _WORD.findall(text.lower())


def runs(text: str, length: int = RUN) -> set[tuple[str, ...]]:
    """All runs of so many words."""
    found = words(text)
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


class Written:
    """What was written in a cascade by whom, so that nobody hits by chance upon the words of another: neither a run of
    words, nor a template with other choices made in it."""

    def __init__(self) -> None:
        self._roots: dict[tuple[str, ...], str] = {}

    def is_free(self, sentence: Sentence) -> bool:
        """Whether no other root has words of this sentence."""
        return all(self._roots.get(key, sentence.root) == sentence.root for key in self._keys(sentence))

    def add(self, sentences: Iterable[Sentence]) -> None:
        """Remember the words of sentences."""
        for sentence in sentences:
            for key in self._keys(sentence):
                self._roots.setdefault(key, sentence.root)

    def _keys(self, sentence: Sentence) -> set[tuple[str, ...]]:
        return {(sentence.template,), *runs(sentence.own_words)}
