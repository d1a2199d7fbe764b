"""What happened to a claim on the way from an earlier text to a later one.

Sentences that tell the same are laid side by side, and what differs between them is told where it matters: how
certain it is, on whose word, how many, who, and what is quoted. Words: changes.toml. Nothing here says who is right,
and where another wording may mean the same, nothing is told.
"""

from sayso.corpus.changes.differences import Segment, diff
from sayso.corpus.changes.finding import find
from sayso.corpus.changes.firmness import firmer

__all__ = ["Segment", "diff", "find", "firmer"]
