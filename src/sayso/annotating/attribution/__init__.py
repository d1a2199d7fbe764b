"""Who says what: source, cue and content of every attribution, nested ones included.

`rules` and the trained tagger (`annotating/tagger`) find them, `joining` makes one reading of both, `statement` is what
comes out.
"""

from sayso.annotating.attribution.joining import find
from sayso.annotating.attribution.statement import Statement, parents_of

__all__ = ["Statement", "find", "parents_of"]
