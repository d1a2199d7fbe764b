"""Analyses and stories in the formats of other tools.

Every format writes into a file, or a folder or zip of files, that is there as a whole or not at all.
"""

from sayso.exporting.formats import FORMATS, Format
from sayso.exporting.given import Kept, Told

__all__ = ["FORMATS", "Format", "Kept", "Told"]
