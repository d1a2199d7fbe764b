"""The letters of a dossier: the fonts, how wide words are, and what has no sign in them.

DejaVu Sans Condensed comes with the package: Latin, Cyrillic, Greek, Arabic, Hebrew, Armenian, Georgian and more, and
no Chinese, Japanese, Korean, nor the scripts of India. A letter without a sign stands as a box, and that is told.
"""

import threading
import unicodedata
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Any

PLAIN, BOLD = "Sayso", "Sayso-Bold"
FILES = {PLAIN: "DejaVuSansCondensed.ttf", BOLD: "DejaVuSansCondensed-Bold.ttf"}
BOX = "\u25a1"
# Scripts whose letters change or move beside others are shaped (HarfBuzz); the rest is set letter by letter.
SHAPED = ("ARABIC", "HEBREW", "SYRIAC", "THAANA", "NKO", "COMBINING")
JOINERS = frozenset("\u200c\u200d")
_loading = threading.RLock()


@cache
def fonts() -> dict[str, Any]:
    """The fonts by name, registered with reportlab."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    with _loading:
        for name, file in FILES.items():
            with as_file(files("sayso.exporting").joinpath("fonts", file)) as path:
                pdfmetrics.registerFont(TTFont(name, str(path)))
    return {name: pdfmetrics.getFont(name) for name in FILES}


@cache
def colour(name: str) -> Any:
    """A colour as reportlab has it, from its hexadecimal name."""
    from reportlab.lib.colors import HexColor  # noqa: PLC0415

    return HexColor(name)


@lru_cache(65536)
def has_sign(letter: str) -> bool:
    """Whether the font can draw a letter; what is never drawn needs no sign."""
    return letter.isspace() or unicodedata.category(letter) == "Cf" or ord(letter) in fonts()[PLAIN].face.charToGlyph


@lru_cache(65536)
def script(letter: str) -> str:
    """The script of a letter, as the first word of its name says.

    >>> script("ж"), script("中"), script("☃")
    ('Cyrillic', 'Chinese, Japanese or Korean', 'signs and pictures')
    """
    name = unicodedata.name(letter, "")
    if name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH", "BOPOMOFO")):
        return "Chinese, Japanese or Korean"
    return name.partition(" ")[0].capitalize() if letter.isalpha() and name else "signs and pictures"


@lru_cache(65536)
def is_shaped(letter: str) -> bool:
    """Whether a letter has to be shaped with its neighbours."""
    if letter < "\u0300":
        return False
    return letter in JOINERS or unicodedata.combining(letter) != 0 or unicodedata.name(letter, "").startswith(SHAPED)


class Setter:
    """Sets words of one dossier, and keeps which scripts it had no signs for."""

    def __init__(self) -> None:
        fonts()
        self.missing: dict[str, int] = {}

    def drawn(self, text: str) -> str:
        """The text with boxes for what has no sign, which are counted by script."""
        if text.isascii():
            return text
        letters = []
        for letter in text:
            if has_sign(letter):
                letters.append("" if unicodedata.category(letter) == "Cf" and not is_shaped(letter) else letter)
            else:
                self.missing[script(letter)] = self.missing.get(script(letter), 0) + 1
                letters.append(BOX)
        return "".join(letters)


def shaped(text: str, font: str, size: float) -> Any:
    """The text as it can be drawn, shaped where its script needs it: a string of signs in the order from the left."""
    if text.isascii() or not any(is_shaped(letter) for letter in text):
        return text
    from reportlab.pdfbase.ttfonts import shapeStr  # noqa: PLC0415

    with _loading:  # a sign without a letter gets one, in a table that all dossiers share
        return shapeStr(text, font, size)


@lru_cache(65536)
def width(text: str, font: str, size: float) -> float:
    """How wide a word is, in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415

    made = shaped(text, font, size)
    signs = getattr(made, "__shapeData__", None)
    if signs is not None:
        return float(sum(sign.x_advance for sign in signs)) * size / 1000
    return float(stringWidth(made, font, size))
