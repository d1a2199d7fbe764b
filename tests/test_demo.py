"""The demo shows, on an invented report, everything that the sample page shows."""

from importlib.resources import files

import sayso
from sayso.annotating.chains import draw
from sayso.model import words_of

ANALYSIS = sayso.analyse(sayso.read(str(files("sayso") / "examples" / "relayed_report.html")))
TEXT = ANALYSIS.article.text


def test_two_agencies_down_to_unnamed_people() -> None:
    chains = [draw(chain) for chain in ANALYSIS.chains]
    assert chains.count("Sable Courier ← HALNA’s report ← Tidewire ← sources from Haldmark’s Easterholm (unnamed)") == 2
    assert "Sable Courier ← HALNA ← unnamed sources" in chains
    assert ANALYSIS.findings[0].kind == "unnamed sources only"


def test_everything_of_the_table_is_there() -> None:
    kinds = {f.kind for f in ANALYSIS.findings}
    assert {"unnamed sources only", "nobody named", "conflicting dates", "own statements", "loaded words"} <= kinds
    assert {"back reference", "alias", "place for government"} <= {m.kind for m in ANALYSIS.mentions}
    assert {"scare quotes", "so-called", "loaded word"} <= {w.kind for w in ANALYSIS.wordings}
    assert ANALYSIS.article.residue
    assert any({"Ashen Tide", "Lowwater Front"} <= set(a.names) for a in ANALYSIS.actors)


def test_every_span_lies_in_the_text() -> None:
    things = (*ANALYSIS.mentions, *ANALYSIS.times, *ANALYSIS.wordings, *ANALYSIS.claims, *ANALYSIS.findings)
    spans = [span for thing in things for span in thing.spans]
    spans += [s for a in ANALYSIS.attributions for part in (a.source, a.cue, a.content) for s in part.spans]
    spans += [s for chain in ANALYSIS.chains for link in chain.links for s in link.spans]
    assert spans
    assert all(0 <= start < end <= len(TEXT) for start, end in spans)


def test_ids_that_are_pointed_at_exist() -> None:
    attributions = {a.id for a in ANALYSIS.attributions}
    actors = {a.id for a in ANALYSIS.actors}
    assert {a.parent for a in ANALYSIS.attributions} - {None} <= attributions
    assert {a.source.actor for a in ANALYSIS.attributions} - {None} <= actors
    assert {m.actor for m in ANALYSIS.mentions} - {None} <= actors
    assert {link.attribution for c in ANALYSIS.chains for link in c.links} - {None} <= attributions
    assert {c.statement for c in ANALYSIS.chains} <= attributions
    everything = attributions | {x.id for x in (*ANALYSIS.chains, *ANALYSIS.times, *ANALYSIS.claims)}
    assert {i for f in ANALYSIS.findings for i in f.about} <= everything


def test_analysing_twice_is_analysing_once() -> None:
    assert sayso.analyse(ANALYSIS.article) == ANALYSIS


def test_every_finding_has_a_passage_and_evidence() -> None:
    for finding in ANALYSIS.findings:
        assert finding.spans, finding.kind
        assert finding.evidence, finding.kind
        assert words_of(finding.spans, TEXT).strip()
