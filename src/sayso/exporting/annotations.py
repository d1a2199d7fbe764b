"""Analyses as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), in JSON-LD.

One AnnotationCollection with one page. Every part of an attribution and every other mark is an annotation, whose target
has a text-quote and a text-position selector for each of its spans. What belongs together is linked by bodies with the
purpose "linking". Positions count code points of the article's text as Sayso read it, the quotation is found on a page.
"""

import re
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from sayso.exporting.given import Kept
from sayso.exporting.output import one_file
from sayso.exporting.rows import one_line
from sayso.exporting.tables import why
from sayso.model import Article, Attribution, Claim, Finding, Gap, Mention, Source, Span, Spans, TimeExpression, Wording
from sayso.model.correction import Correction

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
NAMESPACE = uuid.UUID("9c1b3d0e-6f58-5d0b-9d0a-2f6f5a1c7e54")  # ours, for names made of articles' ids
AROUND = 32  # letters before and after a quotation that tell it from the same words elsewhere
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f\ud800-\udfff]+")
_MOMENT = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
Json = dict[str, Any]


def write(items: Iterable[Kept], out: Path) -> None:
    """Write the annotations of analyses as one collection, as they go by."""
    with one_file(out) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        _collection(file, (each for given in items for each in of(given)))


def _collection(file: TextIO, annotations: Iterator[Json]) -> None:
    """The collection around its only page; how many there are is said when they are counted."""
    name = f"urn:uuid:{uuid.uuid4()}"
    head = {"@context": CONTEXT, "id": name, "type": "AnnotationCollection", "label": "Read by Sayso"}
    file.write(one_line(head)[:-1])
    total = 0
    for total, each in enumerate(annotations, 1):
        if total == 1:
            page = {"id": f"{name}#page", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
            file.write(f',\n"first": {one_line(page)[:-1]}, "items": [\n')
        file.write(("" if total == 1 else ",\n") + one_line(each))
    file.write(f'\n]}},\n"last": "{name}#page"' if total else "")
    file.write(f',\n"total": {total}}}\n')


def of(given: Kept) -> Iterator[Json]:
    """The annotations of one analysis, in the order of what was found; without `@context`, which the collection has.

    >>> from sayso.model import Analysis, Gap
    >>> article = Article("id", "a.txt", "A fire broke out.", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> [found] = of(Kept(Analysis(article, gaps=(Gap("date", "It has no date.", (Span(2, 6),)),))))
    >>> found["motivation"], found["target"]["selector"][0]
    ('questioning', {'type': 'TextQuoteSelector', 'exact': 'fire', 'prefix': 'A ', 'suffix': ' broke out.'})
    """
    maker = _Maker(given)
    analysis = given.analysis
    for said in analysis.attributions:
        yield from _attribution(maker, said)
    for number, mention in enumerate(analysis.mentions):
        yield from _mention(maker, number, mention)
    for time in analysis.times:
        yield from _time(maker, time)
    for number, wording in enumerate(analysis.wordings):
        yield from _wording(maker, number, wording)
    for claim in analysis.claims:
        yield from _claim(maker, claim)
    for number, finding in enumerate(analysis.findings, 1):
        yield from _finding(maker, number, finding)
    for number, gap in enumerate(analysis.gaps, 1):
        yield from _gap(maker, number, gap)


class _Maker:
    """Makes the annotations of one article."""

    def __init__(self, given: Kept) -> None:
        self.article = given.analysis.article
        self.text = self.article.text
        self.actors = {actor.id: actor for actor in given.analysis.actors}
        self.standing = given.standing
        self.name = f"urn:uuid:{uuid.uuid5(NAMESPACE, self.article.id.encode('utf-8', 'replace').decode())}"
        self.generator = {"type": "Software", "name": f"Sayso {given.version}".strip()}
        self.source = address(self.article) or self.name

    def iri(self, key: str) -> str:
        """The name of an annotation, the same in every export."""
        return f"{self.name}#{quote(key.replace(' ', '-').encode('utf-8', 'replace'), safe='')}"

    def made(
        self,
        key: str,
        spans: Spans,
        motivation: str,
        bodies: list[Json],
        *,
        whole: bool = False,
    ) -> Iterator[Json]:
        """An annotation on the spans; if they cover no letter, none, or with `whole` one on the whole article."""
        targets: list[Json | str] = [
            self._target(span) for span in spans if 0 <= span.start < span.end <= len(self.text)
        ]
        correction = self.standing.get(key.partition(".")[0])
        if whole and not targets:
            targets = [self.source]
        if targets:
            yield {
                "id": self.iri(key),
                "type": "Annotation",
                "motivation": motivation,
                "generator": self.generator,
                **(_by(correction) if correction else {}),
                "body": bodies,
                "target": targets[0] if len(targets) == 1 else targets,
            }

    def _target(self, span: Span) -> Json:
        quotation = {
            "type": "TextQuoteSelector",
            "exact": span.of(self.text),
            "prefix": self.text[max(0, span.start - AROUND) : span.start],
            "suffix": self.text[span.end : span.end + AROUND],
        }
        position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
        target: Json = {"type": "SpecificResource", "source": self.source, "selector": [quotation, position]}
        if _MOMENT.fullmatch(self.article.captured):
            target["state"] = {"type": "TimeState", "sourceDate": self.article.captured}
        return target

    def who(self, source: Source) -> str:
        """Who a source is: the actor's name and kind, or why nobody is named."""
        actor = self.actors.get(source.actor or "")
        return f"{actor.name} ({actor.kind})" if actor else f"not resolved ({source.kind})"

    def linked(self, key: str) -> Json:
        """A body that links to another annotation."""
        return {"type": "SpecificResource", "source": self.iri(key), "purpose": "linking"}


def address(article: Article) -> str | None:
    """The article's address where it can name it, for every reader of IRIs."""
    return article.url if article.url and _ADDRESS.fullmatch(article.url) else None


def _by(correction: Correction) -> Json:
    """The person who says so, and when."""
    creator = {"creator": {"type": "Person", "name": correction.author}}
    return creator | ({"created": correction.moment} if _MOMENT.fullmatch(correction.moment) else {})


def _body(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain", "language": "en"}


def _reasons(reasons: Iterable[str]) -> list[Json]:
    joined = " ".join(reasons)
    return [_body("commenting", joined)] if joined else []


def _attribution(maker: _Maker, said: Attribution) -> Iterator[Json]:
    """An annotation for each part of an attribution; that of the content links to the others."""
    key = said.id
    parts: list[tuple[str, Source]] = [("source", said.source)]
    parts += [("recipient", said.recipient)] if said.recipient else []
    parts += [(f"through{number}", each) for number, each in enumerate(said.through, 1)]
    links = [maker.linked(f"{key}.{part}") for part, source in parts if source.spans]
    links += [maker.linked(f"{key}.cue")] if said.cue.spans else []
    links += [maker.linked(f"{said.parent}.content")] if said.parent else []
    kind = [_body("tagging", "content"), _body("classifying", f"{said.kind} speech")]
    bodies = [*kind, _body("describing", f"said by {maker.who(said.source)}; {said.certainty}")]
    yield from maker.made(f"{key}.content", said.content.spans, "describing", [*bodies, *_reasons(why(said)), *links])
    for part, source in parts:
        about = [_body("tagging", part.rstrip("0123456789")), _body("identifying", maker.who(source))]
        yield from maker.made(f"{key}.{part}", source.spans, "identifying", [*about, *_reasons(source.reasons)])
    told = (said.cue.stance, "not said" if said.cue.negated else said.cue.mood, said.cue.kind)
    about = [_body("tagging", "cue"), _body("classifying", "; ".join(each for each in told if each != "other"))]
    yield from maker.made(f"{key}.cue", said.cue.spans, "classifying", [*about, *_reasons(said.cue.reasons)])


def _mention(maker: _Maker, number: int, mention: Mention) -> Iterator[Json]:
    actor = maker.actors.get(mention.actor or "")
    who = f"{actor.name} ({actor.kind})" if actor else "not resolved"
    about = [_body("tagging", mention.kind), _body("identifying", who)]
    yield from maker.made(f"mention {number}", mention.spans, "identifying", [*about, *_reasons(mention.reasons)])


def _time(maker: _Maker, time: TimeExpression) -> Iterator[Json]:
    interval = f"{time.earliest or '..'}/{time.latest or '..'}"  # as ISO 8601-2 writes one that is open
    about = [_body("tagging", "time"), _body("identifying", interval)]
    yield from maker.made(time.id, time.spans, "identifying", [*about, *_reasons(time.reasons)])


def _wording(maker: _Maker, number: int, wording: Wording) -> Iterator[Json]:
    links = [maker.linked(f"{wording.attribution}.content")] if wording.attribution else []
    about = [_body("tagging", wording.kind), _body("classifying", f"whose words: {wording.voice}")]
    bodies = [*about, *_reasons(wording.reasons), *links]
    yield from maker.made(f"wording {number}", wording.spans, "classifying", bodies)


def _claim(maker: _Maker, claim: Claim) -> Iterator[Json]:
    links = [maker.linked(f"{claim.attribution}.content")] if claim.attribution else []
    whose = "reported" if claim.attribution else "said by the outlet, no source given"
    details = [_body("describing", f"{each.text} ({each.kind})") for each in claim.quantities]
    about = [_body("tagging", "claim"), _body("classifying", whose), *details]
    yield from maker.made(claim.id, claim.spans, "classifying", [*about, *_reasons(claim.reasons), *links])


def _finding(maker: _Maker, number: int, finding: Finding) -> Iterator[Json]:
    about = [_body("tagging", finding.kind), _body("classifying", f"severity: {finding.severity}")]
    bodies = [*about, _body("commenting", finding.message), *(_body("describing", each) for each in finding.evidence)]
    yield from maker.made(f"finding {number}", finding.spans, "commenting", bodies, whole=True)


def _gap(maker: _Maker, number: int, gap: Gap) -> Iterator[Json]:
    bodies = [_body("tagging", gap.kind), _body("questioning", gap.message)]
    yield from maker.made(f"gap {number}", gap.spans, "questioning", bodies, whole=True)
