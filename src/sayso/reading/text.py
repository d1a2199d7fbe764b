"""Bare text: kept as it stands, so that offsets in the article are offsets in the file."""

from sayso.reading import media
from sayso.reading.draft import Draft, Raw


def draft(raw: Raw) -> Draft:
    """The text of plain bytes. Raises ReadingError for bytes that are no text."""
    decoded = media.decode(raw, "text/plain")
    return Draft(decoded.text, "text/plain", decoded.encoding, raw.url, notes=decoded.notes)
