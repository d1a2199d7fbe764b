"""How each finding came about, as W3C PROV (https://www.w3.org/TR/prov-dm/): PROV-JSON, or PROV-N to read.

The page that was read, the article made of it, the passages of its text, what was found in them, the findings, and the
corrections: entities. Reading, analysing and correcting: activities. Sayso in its version, the outlet and the people
who corrected: agents. A finding is derived from the annotations and passages that it rests on.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sayso.exporting.annotations import NAMESPACE, address
from sayso.exporting.given import Kept, calm
from sayso.exporting.output import one_file
from sayso.model import Analysis, Finding, Span, Spans, words_of
from sayso.model.correction import Correction, Reading

if TYPE_CHECKING:
    from prov.identifier import QualifiedName
    from prov.model import ProvDocument, ProvEntity

OURS = f"urn:uuid:{NAMESPACE}#"
Known = tuple[str, str, Spans, tuple[str, ...]]


def write_json(items: Iterable[Kept], out: Path) -> None:
    """The provenance of analyses as PROV-JSON."""
    _write(items, out, "json")


def write_notation(items: Iterable[Kept], out: Path) -> None:
    """The provenance of analyses as PROV-N."""
    _write(items, out, "provn")


def _write(items: Iterable[Kept], out: Path, form: str) -> None:
    text = document(items).serialize(format=form)
    assert text is not None
    with one_file(out) as part:
        part.write_text(text + "\n", encoding="utf-8", newline="\n")


def document(items: Iterable[Kept]) -> "ProvDocument":
    """The provenance of analyses as one document of the library `prov`."""
    from prov.model import ProvDocument  # noqa: PLC0415

    made = ProvDocument()
    made.add_namespace("sayso", OURS)
    for given in items:
        _Teller(made, given).tell()
    return made


class _Teller:
    """Tells how the findings on one article came about."""

    def __init__(self, document: "ProvDocument", given: Kept) -> None:
        self.document = document
        self.given = given
        self.article = given.analysis.article
        self.known = annotations(given.analysis)
        self.whole = self._name("article")
        self.analysing = self._name("analysing")

    def tell(self) -> None:
        """Everything, from the page to the corrections."""
        sayso = self._agent(f"sayso-{self.given.version}", "prov:SoftwareAgent", f"Sayso {self.given.version}")
        self._reading(sayso)
        self.document.activity(self.analysing, None, None, {"prov:label": "what Sayso found in the text"})
        self.document.used(self.analysing, self.whole)
        self.document.wasAssociatedWith(self.analysing, sayso)
        told = [key for finding in self.given.analysis.findings for key in finding.about]
        for key in dict.fromkeys((*told, *self.given.standing)):
            if key in self.known:
                self._annotation(key)
        for number, finding in enumerate(self.given.analysis.findings, 1):
            self._finding(number, finding)
        for correction in (*self.given.rejected, *self.given.unplaced):
            self._correcting(correction)

    def _name(self, part: str) -> str:
        return f"sayso:{_local(self.article.id)}/{_local(part)}"

    def _type(self, name: str) -> "QualifiedName | str":
        from prov.identifier import Namespace  # noqa: PLC0415

        return Namespace("sayso", OURS)[name]

    def _agent(self, part: str, kind: str, label: str) -> str:
        """An agent, who is the same for all articles of an export."""
        from prov.constants import PROV  # noqa: PLC0415

        name = f"sayso:{_local(part)}"
        if not self.document.get_record(name):
            self.document.agent(name, {"prov:type": PROV[kind.removeprefix("prov:")], "prov:label": calm(label)})
        return name

    def _entity(self, name: str, kind: str, known: dict[str, str | None]) -> "ProvEntity":
        told = [(key, calm(value)) for key, value in known.items() if value]
        return self.document.entity(name, [("prov:type", self._type(kind)), *told])

    def _reading(self, sayso: str) -> None:
        """From the page to the article."""
        article, page, reading = self.article, self._name("page"), self._name("reading")
        place = address(article) or article.input
        self._entity(page, "Page", {"prov:location": place, "sayso:sha256": article.sha256})
        if article.outlet:
            outlet = self._agent(f"outlet-{article.outlet}", "prov:Organization", article.outlet)
            self.document.wasAttributedTo(page, outlet)
        self.document.activity(reading, _moment(article.captured), None, {"prov:label": "the text taken from the page"})
        self.document.used(reading, page)
        self.document.wasAssociatedWith(reading, sayso)
        known = {"prov:label": article.title or article.input, "sayso:published": article.published}
        self._entity(self.whole, "Article", known | {"sayso:published_evidence": article.published_evidence})
        self.document.wasGeneratedBy(self.whole, reading)
        self.document.wasDerivedFrom(self.whole, page, reading)

    def _passages(self, name: str, spans: Spans) -> None:
        """What is derived from words of the article: a passage each, which is quoted from it."""
        for span in spans:
            passage = self._name(f"{span.start}-{span.end}")
            if not self.document.get_record(passage):
                self._entity(passage, "Passage", {"sayso:words": span.of(self.article.text)})
                self.document.wasQuotedFrom(passage, self.whole)
            self.document.wasDerivedFrom(name, passage)

    def _annotation(self, key: str) -> None:
        """Something that was found, or that a person has put right."""
        kind, label, spans, reasons = self.known[key]
        name = self._name(key)
        entity = self._entity(name, kind, {"prov:label": label})
        entity.add_attributes([("sayso:reason", calm(reason)) for reason in reasons if reason])
        self._passages(name, spans)
        correction = self.given.standing.get(key)
        if correction is None or correction.action == "accept":
            self.document.wasGeneratedBy(name, self.analysing)
        if correction is not None:
            self._correcting(correction, name)

    def _correcting(self, correction: Correction, name: str | None = None) -> None:
        """What a person did; `name` is what came of it, where it stands in this reading."""
        person = self._agent(f"person-{correction.author}", "prov:Person", correction.author)
        activity = self._name(f"correction-{correction.id}")
        label = f"{correction.action}: {correction.note}" if correction.note else correction.action
        self.document.activity(activity, None, _moment(correction.moment), {"prov:label": calm(label)})
        self.document.wasAssociatedWith(activity, person)
        if correction.action == "accept" and name:
            self.document.used(activity, name)
            return
        if name:
            self.document.wasGeneratedBy(name, activity)
        if correction.machine is not None:
            machine = self._name(f"machine-{correction.id}")
            self._entity(machine, "MachineReading", {"prov:value": _plain(correction.machine)})
            self.document.used(activity, machine)
            if name:
                self.document.wasRevisionOf(name, machine, activity)
            elif correction.action == "reject":
                self.document.wasInvalidatedBy(machine, activity)

    def _finding(self, number: int, finding: Finding) -> None:
        name = self._name(f"finding-{number}")
        known = {"prov:label": finding.message, "sayso:kind": finding.kind, "sayso:severity": finding.severity}
        entity = self._entity(name, "Finding", {**known})
        entity.add_attributes([("sayso:evidence", calm(each)) for each in finding.evidence if each])
        self.document.wasGeneratedBy(name, self.analysing)
        self._passages(name, finding.spans)
        for key in dict.fromkeys(finding.about):
            if key in self.known:
                self.document.wasDerivedFrom(name, self._name(key))


def annotations(analysis: Analysis) -> dict[str, Known]:
    """What was found in an article, by its id: its kind, how it is called, its spans and its reasons."""
    text = analysis.article.text
    found: dict[str, Known] = {}
    for said in analysis.attributions:
        spans = (*said.source.spans, *said.cue.spans, *said.content.spans)
        reasons = (*said.source.reasons, *said.reasons, *said.cue.reasons)
        found[said.id] = ("Attribution", words_of(said.content.spans, text), spans, reasons)
    places: dict[str | None, list[Span]] = {}
    for mention in analysis.mentions:
        places.setdefault(mention.actor, []).extend(mention.spans)
    for actor in analysis.actors:
        found[actor.id] = ("Actor", actor.name, tuple(places.get(actor.id, ())), actor.reasons)
    for chain in analysis.chains:
        spans = tuple(span for link in chain.links for span in link.spans)
        found[chain.id] = ("Chain", " ← ".join(link.name for link in chain.links), spans, chain.reasons)
    for time in analysis.times:
        found[time.id] = ("TimeExpression", words_of(time.spans, text), time.spans, time.reasons)
    for index, wording in enumerate(analysis.wordings):
        found[f"wording {index}"] = ("Wording", words_of(wording.spans, text), wording.spans, wording.reasons)
    for claim in analysis.claims:
        found[claim.id] = ("Claim", words_of(claim.spans, text), claim.spans, claim.reasons)
    return found


def _local(name: str) -> str:
    """A name as the local part of a qualified one, for which PROV-N has few letters."""
    return quote(name.encode("utf-8", "replace"), safe="").replace("~", "%7E")


def _plain(reading: Reading) -> str:
    return json.dumps(reading, ensure_ascii=False)


def _moment(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None
