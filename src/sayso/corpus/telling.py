"""The words that tell best what each text is about: the rarest of its names, numbers and long words.

Fingerprints find text that was copied; these find text that was reworked, where no eight words in a row are left.
"""

import numpy as np

from sayso.corpus.tokens import Batch, Flags, Numbers, Places, mixed

KEPT = 48
"""Words of an article that are kept in the index; a question is asked with all of its words."""
LONG = 10
"""Letters, from which a word without a capital is looked at."""
_TEXT_BITS = 20
MOST = 1 << _TEXT_BITS
"""Texts that can be written together."""


def candidates(words: Batch) -> Flags:
    """Which words of texts can tell what they are about: with a capital, with a digit, or long."""
    first = words.data[words.starts]
    capital = (first >= ord("A")) & (first <= ord("Z"))
    digit = (first >= ord("0")) & (first <= ord("9"))
    flags: Flags = capital | digit | (words.ends - words.starts >= LONG)
    return flags


def pairs(words: Batch, numbers: Places) -> Numbers:
    """Each telling word of each text once, as one number: 44 bits of the word, 20 of the text's number.

    `numbers` has one for each text of the batch, below `MOST`; a text whose number is negative is left out.
    """
    of_words = numbers[words.of_texts()]
    kept = candidates(words) & (of_words >= 0)
    texts = of_words[kept].astype(np.uint64)
    found = np.sort((words.keys[kept] >> np.uint64(_TEXT_BITS) << np.uint64(_TEXT_BITS)) | texts)
    once: Numbers = found[np.concatenate((found[1:] != found[:-1], np.ones(min(1, len(found)), np.bool_)))]
    return once


def rarest(found: Numbers) -> tuple[Places, Places]:
    """Of `pairs` of texts that were written together, the `KEPT` words of each text that fewest of the others have.

    Returns the words (44 bits) and their texts.
    """
    found = np.sort(found)
    words, texts = found >> np.uint64(_TEXT_BITS), found & np.uint64((1 << _TEXT_BITS) - 1)
    starts = np.flatnonzero(np.concatenate(([True], words[1:] != words[:-1]))) if len(words) else np.zeros(0, np.int64)
    counts = np.diff(np.append(starts, len(words)))
    common = np.repeat(counts, counts).astype(np.uint64)
    # Of equally rare ones, which is taken hangs on the word alone, so that two texts keep the same ones.
    order = np.lexsort((mixed(words.copy()), common, texts))
    ordered = texts[order]
    begin = np.searchsorted(ordered, ordered)
    kept = order[np.arange(len(order)) - begin < KEPT]
    return words[kept].astype(np.int64), texts[kept].astype(np.int64)


def asked(words: Batch) -> Places:
    """All telling words of one text, each once (44 bits), to look up."""
    return np.unique(words.keys[candidates(words)] >> np.uint64(_TEXT_BITS)).astype(np.int64)
