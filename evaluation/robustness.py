"""Do the same attributions come out when the same report is printed in another way?

    python evaluation/robustness.py [--data ../shared/data] [--scorer ../shared/eval] [--limit N] [--only NAME…]

Each perturbation changes how a text looks and not what it says, and remembers for every character where it was.
What is found in the changed text is carried back to the original's offsets and scored there, with the project's
scorer, against the same annotations. With --data the texts are polnear/dev, without it the passages of
tests/annotating/nested (tune part); of both the outermost attributions are scored, as PolNeAR marks no others.
Prints a Markdown table: F1, and the points lost against the original.
"""

import argparse
import functools
import importlib
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import nested
from nested import Found, Pairs

from sayso.annotating import language

INSERTED = -1
WIDTH = 72  # columns of mail and of old wire copy
FIGURES = ("whole", "content exact", "source exact")
SPEAKERS = ("ANCHOR", "REPORTER")

DOUBLE_MARK = re.compile(r"[“”„«»\"]|''")
SINGLE_MARK = re.compile(r"(?<!\w)‘(?=\w)|(?<=[\w.,!?…])’(?!\w)")
PARAGRAPH_BREAK = re.compile(r"\s*\n\s*\n\s*|\s*\n\s*")
SENTENCE_BREAK = re.compile(r"(?<=[.!?])[”’»\"]?(\s+)(?=[“‘«\"]?[A-Z])")
# A stop behind these ends no sentence ("Mr. Lund", "U.S. troops", "J. Lund").
ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Rev|Prof|St|Jr|Sr|vs|No|[A-Z](?:\.[A-Z])*)\.$")
SMALL_WORD = re.compile(r"(?:a|an|the|and|but|or|nor|of|in|on|at|to|for|by|as|from|with)")
SPEAKER = re.compile(r"[A-Z][A-Z. ’'-]+:")
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


@dataclass(frozen=True, slots=True)
class Edit:
    """Put other words where the text has `start` to `end`; nothing is replaced where both are the same."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed text; `origin` has for each of its characters the offset in the original, or INSERTED."""

    text: str
    origin: tuple[int, ...]

    def back(self, pairs: Pairs) -> Pairs:
        """Spans of the changed text as spans of the original, in order; what was only inserted falls away.

        >>> edited("He said no.", [Edit(0, 0, "- "), Edit(10, 11, "")]).back(((0, 4), (10, 12)))
        ((0, 2), (8, 10))
        """
        kept = ([o for o in self.origin[start:end] if o != INSERTED] for start, end in pairs)
        return tuple(sorted((min(offsets), max(offsets) + 1) for offsets in kept if offsets))


def edited(text: str, edits: Iterable[Edit]) -> Changed:
    """The text with edits that do not overlap. Replaced characters map one to one as far as they go, white space only
    to white space.

    >>> edited("“No.”", [Edit(0, 1, '"'), Edit(4, 5, '"')]).text
    '"No."'
    """
    parts: list[str] = []
    origin: list[int] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < at:
            raise ValueError(f"the edits overlap at {edit.start}")
        parts += [text[at : edit.start], edit.words]
        origin += range(at, edit.start)
        for n, (new, old) in enumerate(zip_longest(edit.words, text[edit.start : edit.end], fillvalue="")):
            if new:
                origin.append(edit.start + n if old and old.isspace() == new.isspace() else INSERTED)
        at = edit.end
    parts.append(text[at:])
    origin += range(at, len(text))
    return Changed("".join(parts), tuple(origin))


def original(text: str) -> Changed:
    """The text as it is."""
    return edited(text, [])


def straight(text: str) -> Changed:
    """Double marks as a typewriter has them, the same for both ends."""
    return edited(text, (Edit(m.start(), m.end(), '"') for m, _ in double_marks(text)))


def curly(text: str) -> Changed:
    """Double marks as a typesetter has them."""
    return edited(text, (Edit(m.start(), m.end(), "“" if opens else "”") for m, opens in double_marks(text)))


def single(text: str) -> Changed:
    """British: single marks outside, double ones within (apostrophes stay, as they do in print)."""
    outer = [Edit(m.start(), m.end(), "‘" if opens else "’") for m, opens in double_marks(text)]
    return edited(text, outer + [Edit(m.start(), m.end(), "“" if opens else "”") for m, opens in single_marks(text)])


def french(text: str) -> Changed:
    """Guillemets, as in translated and French agency copy, with spaces inside."""
    return edited(text, (Edit(m.start(), m.end(), "« " if opens else " »") for m, opens in double_marks(text)))


def unclosed(text: str) -> Changed:
    """Every third quotation has lost its closing mark, as on carelessly edited pages."""
    closing = [m for m, opens in double_marks(text) if not opens]
    return edited(text, (Edit(m.start(), m.end(), "") for m in closing[2::3]))


def double_marks(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Every double quotation mark, and whether it opens; a straight one by the space before or behind it.

    >>> [opens for _, opens in double_marks('He said "no" (“never”).')]
    [True, False, True, False]
    """
    for match in DOUBLE_MARK.finditer(text):
        mark = match[0]
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        bare = (not before or before.isspace() or before in "([—–-‘'") and bool(after) and not after.isspace()
        yield match, mark in "“„«" or (mark in ('"', "''") and bare)


def single_marks(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Curly single marks that quote: an opening one, and the first after it that is no apostrophe in a word."""
    is_open = False
    for match in SINGLE_MARK.finditer(text):
        if (match[0] == "‘") != is_open:
            is_open = not is_open
            yield match, is_open


def wrapped(text: str) -> Changed:
    """Lines broken at 72 columns, with a blank line between paragraphs, as in mail."""
    edits = [Edit(m.start(), m.end(), "\n\n") for m in PARAGRAPH_BREAK.finditer(text)]
    for start, end in paragraphs(text):
        line = start
        spaces = [m.start() for m in re.finditer(r"(?<=\S) (?=\S)", text[start:end])]
        for this, following in zip(spaces, [*spaces, end - start][1:], strict=True):
            if start + following - line > WIDTH:
                edits.append(Edit(start + this, start + this + 1, "\n"))
                line = start + this + 1
    return edited(text, edits)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every paragraph, without the breaks."""
    start = 0
    for match in PARAGRAPH_BREAK.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def unknown_names(text: str) -> Changed:
    """Every name of a person, place or organisation replaced by an invented one, as long and the same throughout."""
    names = (t for t in language.parse(text) if t.ent_type_ in {"PERSON", "ORG", "GPE"})
    words = {t.idx: t.text for t in names if t.is_alpha and t.text[0].isupper() and len(t) > 2}
    return edited(text, (Edit(at, at + len(word), invented(word)) for at, word in words.items()))


def invented(name: str) -> str:
    """A word that nobody has seen, as long as the name, in its letter case; the same name gives the same word.

    >>> len(invented("Washington")), invented("NATO").isupper()
    (10, True)
    """
    starts_with_vowel = zlib.crc32(name.lower().encode()) % 2
    letters = []
    for place in range(len(name)):
        choice = VOWELS if place % 2 != starts_with_vowel else CONSONANTS
        letters.append(choice[zlib.crc32(f"{place} {name.lower()}".encode()) % len(choice)])
    word = "".join(letters)
    return word.upper() if name.isupper() else word.capitalize()


def headline(text: str) -> Changed:
    """Title Case (AP: small words stay small), and no stop at a paragraph's end."""
    edits: list[Edit] = []
    for start, end in paragraphs(text):
        words = re.finditer(r"(?<![\w’'])[a-z][\w’']*", text[start:end])
        raised = [start + m.start() for m in words if m.start() == 0 or not SMALL_WORD.fullmatch(m[0])]
        edits += [_recased(text, at, str.upper) for at in raised]
        if text[end - 1] == "." and not ABBREVIATION.search(text[start:end]):
            edits.append(Edit(end - 1, end, ""))
    return edited(text, edits)


def capitals(text: str) -> Changed:
    """All in capitals, as teleprinters wrote."""
    return edited(text, (_recased(text, n, str.upper) for n, letter in enumerate(text) if letter.islower()))


def _recased(text: str, at: int, recase: Callable[[str], str]) -> Edit:
    letter = recase(text[at])
    return Edit(at, at + 1, letter if len(letter) == 1 else text[at])  # "ß" would become two


def bullets(text: str) -> Changed:
    """A list: every sentence on a line of its own, with a dash before it."""
    edits = [Edit(m.start(), m.end(), "\n- ") for m in PARAGRAPH_BREAK.finditer(text)]
    for start, end in paragraphs(text):
        edits += [Edit(start + a, start + b, "\n- ") for a, b in sentence_breaks(text[start:end])]
    return edited(text, [Edit(0, 0, "- "), *edits])


def sentence_breaks(paragraph: str) -> Iterator[tuple[int, int]]:
    """The white space between the sentences of a paragraph.

    >>> list(sentence_breaks("Mr. Lund left. He ran."))
    [(14, 15)]
    """
    for match in SENTENCE_BREAK.finditer(paragraph):
        if not ABBREVIATION.search(paragraph, 0, match.start()):
            yield match.span(1)


def transcript(text: str) -> Changed:
    """Read on the air by two speakers in turn, where a paragraph is a sentence and not a heading.

    What is then found with the added speaker as its source is taken out again (see `carried_back`).
    """
    edits: list[Edit] = []
    for start, end in paragraphs(text):
        is_sentence = end - start > 40 and text[end - 1] in ".!?”’»\"'"
        if is_sentence and not SPEAKER.match(text, start):
            edits.append(Edit(start, start, SPEAKERS[len(edits) % 2] + ": "))
    return edited(text, edits)


def close_set(text: str) -> Changed:
    """No blank lines between paragraphs."""
    return edited(text, (Edit(m.start(), m.end(), "\n") for m in PARAGRAPH_BREAK.finditer(text)))


PERTURBATIONS: dict[str, Callable[[str], Changed]] = {
    "original": original,
    "straight double quotes": straight,
    "curly double quotes": curly,
    "single quotes (British)": single,
    "guillemets": french,
    "every third closing mark missing": unclosed,
    "wrapped at 72 columns": wrapped,
    "unknown names": unknown_names,
    "headline style": headline,
    "ALL CAPITALS": capitals,
    "bullet list": bullets,
    "transcript": transcript,
    "no blank lines": close_set,
}


def carried_back(changed: Changed, found: Sequence[Found]) -> tuple[Found, ...]:
    """What was found in the changed text as spans of the original.

    An attribution whose cue and source are both our own addition ("ANCHOR:") is no part of the article: it is left
    out, and what hangs on it hangs on its parent instead.
    """
    back = [Found(changed.back(a.source), changed.back(a.cue), changed.back(a.content), a.parent) for a in found]
    kept = [n for n, a in enumerate(back) if (a.cue or a.source) and a.content]
    place = {n: m for m, n in enumerate(kept)}
    return tuple(Found(back[n].source, back[n].cue, back[n].content, _kept_parent(n, back, place)) for n in kept)


def _kept_parent(n: int, found: Sequence[Found], place: dict[int, int]) -> int | None:
    parent = found[n].parent
    while parent is not None and parent not in place:
        parent = found[parent].parent
    return None if parent is None else place[parent]


def outermost(found: Iterable[Found]) -> list[dict[str, list[tuple[int, int]]]]:
    """The attributions that stand in no other, in the scorer's form."""
    return [{role: list(getattr(a, role)) for role in nested.ROLES} for a in found if a.parent is None]


Text = tuple[str, list[dict[str, list[tuple[int, int]]]]]


def texts(data: Path | None, limit: int | None) -> list[Text]:
    """Texts with the attributions expected in them: polnear/dev spread over its outlets, or our own passages."""
    if data is None:
        found = [(p.text, outermost(p.attributions)) for p in nested.read() if p.part == "tune"]
    else:
        polnear = importlib.import_module("polnear")
        found = [(a.text, a.attributions) for a in polnear.read(data / "polnear" / "dev")]
    step = max(1, len(found) // limit) if limit else 1
    return found[::step][:limit]


def measured(
    gold: Sequence[Text], perturb: Callable[[str], Changed], find: Callable[[str], Sequence[Found]], scorer: Any
) -> dict[str, float]:
    """F1 of the figures of the table when every text is changed before it is read."""
    triples = []
    for text, expected in gold:
        changed = perturb(text)
        triples.append((text, expected, outermost(carried_back(changed, find(changed.text)))))
    scores = scorer.score(triples)
    return {name: float(scores[name][2]) for name in FIGURES}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table as it grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with polnear/dev (default: our own nested passages)")
    parser.add_argument("--scorer", type=Path, help="folder with score_attribution.py (default: DATA/../eval)")
    parser.add_argument("--limit", type=int, help="only N texts, spread over all")
    parser.add_argument("--only", nargs="+", choices=list(PERTURBATIONS)[1:], default=list(PERTURBATIONS)[1:])
    options = parser.parse_args(arguments)
    scorer_folder = options.scorer or (options.data or Path("../shared/data")).parent / "eval"
    if not scorer_folder.is_dir() or (options.data and not (options.data / "polnear" / "dev").is_dir()):
        print(f"skipped: {scorer_folder} or the data is absent")
        return
    sys.path.insert(0, str(scorer_folder))
    gold = texts(options.data, options.limit)
    measure = functools.partial(measured, gold, find=nested.find, scorer=importlib.import_module("score_attribution"))
    print(f"{len(gold)} texts, F1 in per cent (points against the original)\n")
    print("| perturbation | " + " | ".join(FIGURES) + " |\n|---|" + "--:|" * len(FIGURES))
    base = measure(original)
    print("| original | " + " | ".join(f"{base[name]:.1f}" for name in FIGURES) + " |", flush=True)
    for name in options.only:
        now = measure(PERTURBATIONS[name])
        cells = (f"{now[figure]:.1f} ({now[figure] - base[figure]:+.1f})" for figure in FIGURES)
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
