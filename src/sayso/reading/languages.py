"""In which language a text is, and when that cannot be told."""

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Any, NamedTuple

LEAST_LETTERS = 20  # below it any guess is chance
SAMPLED = 12_000  # code points that are looked at, in pieces from the whole text
_PIECE = 1_500
_SURE_LETTERS = 60  # below it the first guess must lead clearly
_LEAD = 0.5  # of probability
_SECOND_SCRIPT = 0.25  # share of letters from which a second script is worth a note


class Language(NamedTuple):
    """An ISO 639-1 code or None, and what a person should know of it."""

    code: str | None
    notes: tuple[str, ...] = ()


def detect(text: str) -> Language:
    """The language of a text (naive Bayes over byte n-grams: Lui and Baldwin, langid.py, ACL 2012).

    None for a text of under 20 letters, for a short one whose languages are close, and for one whose parts disagree.

    >>> detect("Officials said on Monday that the road to the coast would stay closed.").code
    'en'
    >>> detect("Ja.").code is None
    True
    """
    sample = _sample(text)
    letters = [character for character in sample if character.isalpha()]
    if len(letters) < LEAST_LETTERS:
        return Language(None, ("The text is too short to tell its language.",))
    notes = _scripts_note(letters)
    code, probability = _classify(sample)
    if len(letters) < _SURE_LETTERS and probability < _LEAD:
        return Language(None, (f"The text is too short to tell its language; it may be {code}.", *notes))
    others = _parts(sample)
    if len(others) > 1 and others.get(code, 0) < 0.6 * sum(others.values()):
        mixed = ", ".join(language for language, _ in others.most_common(4))
        return Language(None, (f"The text is in several languages: {mixed}.", *notes))
    return Language(code, notes)


def _sample(text: str) -> str:
    """The text without addresses, or evenly spread pieces of a long one."""
    if len(text) > SAMPLED:
        step = len(text) // (SAMPLED // _PIECE)
        text = "\n".join(text[start : start + _PIECE] for start in range(0, len(text) - _PIECE, step))
    return re.sub(r"https?://\S+|\S+@\S+", " ", text)


def _parts(sample: str) -> Counter[str]:
    """The languages of the sample's lines that are long enough to tell, weighed by their length."""
    lines = [line for line in sample.split("\n") if len(line) > 2 * _SURE_LETTERS]
    counts: Counter[str] = Counter()
    for line in lines[:40]:
        counts[_classify(line)[0]] += len(line)
    return counts if len(lines) > 1 else Counter()


def _scripts_note(letters: list[str]) -> tuple[str, ...]:
    names = Counter(unicodedata.name(letter, "?").split(" ")[0] for letter in letters[:4000])
    second = names.most_common(2)[1:]
    if second and second[0][1] > _SECOND_SCRIPT * sum(names.values()):
        return (f"A part of the text is in {second[0][0].title()} script.",)
    return ()


def _classify(text: str) -> tuple[str, float]:
    code, probability = _identifier().classify(text)
    return str(code), float(probability)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads a model, half a second

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if len(code) == 2])  # ISO 639-1: no dialects
    return identifier
