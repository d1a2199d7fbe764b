"""Words of the text that a list shows, with the anchor in the text that a page jumps to."""

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.model import Span, Spans, merged
from sayso.reporting import labels
from sayso.reporting.segments import Mark, Marked

NEAR = 30  # letters between two pieces of evidence that are shown with them rather than left out


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the text and the anchor to jump to (None where they are not in the text)."""

    words: str
    target: str | None


class Places:
    """Gives the places that lists lead to an anchor each, one for the same words however many lists show them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._anchors: dict[Spans, str] = {}

    def passage(self, spans: Spans, limit: int = 160) -> Passage:
        """The words of the spans, with their anchor."""
        words = labels.quoted(spans, self.text, limit)
        if not any(visible(span, self.text) for span in spans):
            return Passage(words, None)
        return Passage(words, self._anchors.setdefault(spans, f"w{len(self._anchors) + 1}"))

    def marks(self) -> Iterator[Marked]:
        """What the anchors stand on, once all passages are made."""
        for spans, anchor in self._anchors.items():
            yield from ((span, Mark(anchor, "places", "passage")) for span in spans)


def visible(span: Span, text: str) -> bool:
    """Whether any letter of the span stands in a paragraph (and not only in the breaks between them)."""
    return bool(span.of(text).strip("\n")) if 0 <= span.start < span.end else False


def together(spans: Spans, text: str) -> Spans:
    """The spans in order, with the few words between them where these lead from one to the other.

    >>> text = "They spoke, in remarks carried by SANA, of a fire"
    >>> [span.of(text) for span in together((Span(34, 38), Span(5, 10)), text)]
    ['spoke, in remarks carried by SANA']
    """
    result: list[Span] = []
    for span in merged(spans):
        between = Span(result[-1].end, span.start).of(text) if result else ""
        if result and len(between) <= NEAR and "\n" not in between:
            result[-1] = Span(result[-1].start, span.end)
        else:
            result.append(span)
    return tuple(result)
