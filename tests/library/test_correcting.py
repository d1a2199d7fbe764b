"""Corrections laid on what Sayso reads in an invented report: by this version, and by later ones that read otherwise."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sayso
from sayso import pipeline
from sayso.errors import SaysoError
from sayso.library import persons, readings
from sayso.library.correcting import Corrected, apply, states
from sayso.model import Analysis, Attribution, Span
from sayso.model.correction import Action, Correction, Reading
from sayso.model.correction import Corrected as Kind
from sayso.reporting import html
from tests.library.worlds import logs, references

TEXT = (
    "HALNA – The dam at Karsu has burst, SANA reported on Sunday, citing unnamed security sources.\n\n"
    "“We heard it at four in the morning,” said Ada Berg, a nurse. “Nobody warned us.” She added that two wards were "
    "under water.\n\n"
    "Jonas Falk, the interior minister, denied that the dam had been neglected. According to two officials who asked "
    "not to be named, the so-called inspection lasted an hour. The regime has built 12 dams since 2010."
)


def _read(text: str) -> Analysis:
    article = sayso.read(text.encode(), name="wire")
    return sayso.analyse(replace(article, outlet="The Echo", published="2024-05-06"))


@pytest.fixture(scope="module")
def read() -> Analysis:
    return _read(TEXT)


def span(words: str, text: str = TEXT) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def said(analysis: Analysis, cue: str) -> Attribution:
    """The statement that is said with these words."""
    [found] = [a for a in analysis.attributions if cue in {span.of(analysis.article.text) for span in a.cue.spans}]
    return found


def log(analysis: Analysis, *told: tuple[Kind, Action, str | None, Reading | None]) -> list[Correction]:
    """A log of what somebody says one after the other, each time of what they then see."""
    made: list[Correction] = []
    for number, (kind, action, key, words) in enumerate(told):
        seen = apply(analysis, made).analysis
        machine = None if key is None else readings.of(seen, kind, key)
        if action == "merge" and words is not None:
            person: Reading | None = readings.of(seen, kind, words["into"])
        else:
            person = None if words is None else persons.complete(seen, kind, action, machine, words)
        id_, moment = f"c{number}", f"2026-11-25T10:00:0{number}Z"
        made.append(Correction(id_, analysis.article.id, kind, action, "Ada", moment, machine, person))
    return made


def later(analysis: Analysis, **changes: object) -> Analysis:
    """What a later version reads: ids begin anew."""
    ids = {a.id: f"b{n}" for n, a in enumerate(analysis.attributions)}
    attributions = tuple(replace(a, id=ids[a.id], parent=ids.get(a.parent or "")) for a in analysis.attributions)
    chains = tuple(
        replace(
            chain,
            statement=ids[chain.statement],
            links=tuple(replace(link, attribution=ids.get(link.attribution or "")) for link in chain.links),
        )
        for chain in analysis.chains
    )
    claims = tuple(replace(claim, attribution=ids.get(claim.attribution or "")) for claim in analysis.claims)
    return replace(analysis, attributions=attributions, chains=chains, claims=claims, findings=(), **changes)  # type: ignore[arg-type]


def test_nobody_said_anything(read: Analysis) -> None:
    assert apply(read, ()) == Corrected(read)
    assert apply(read, ()).analysis is read


def test_what_is_rejected_stays_out_also_when_it_is_read_anew(read: Analysis) -> None:
    denied = said(read, "denied")
    made = log(read, ("attribution", "reject", denied.id, None))
    for again in (read, later(read)):
        found = apply(again, made)
        assert not [a for a in found.analysis.attributions if a.cue.spans == denied.cue.spans]
        assert len(found.analysis.attributions) == len(read.attributions) - 1
        assert found.rejected == tuple(made)


def test_rejected_is_this_reading_and_not_whatever_is_said_there(read: Analysis) -> None:
    """A later version that gives the words to somebody else reads another thing."""
    denied = said(read, "denied")
    made = log(read, ("attribution", "reject", denied.id, None))
    other = replace(denied.source, spans=(Span(*span("Ada Berg")),), actor=said(read, "added").source.actor)
    again = replace(read, attributions=tuple(replace(a, source=other) if a is denied else a for a in read.attributions))
    assert len(apply(again, made).analysis.attributions) == len(read.attributions)


def test_what_is_changed_stays_as_it_was_made(read: Analysis) -> None:
    added = said(read, "added")
    made = log(read, ("attribution", "change", added.id, {"content": {"spans": [span("two wards were under water")]}}))
    wider = replace(added, id="b9", content=replace(added.content, spans=(Span(*span("that two wards were under")),)))
    for again in (read, later(read), replace(read, attributions=(*read.attributions[:3], wider))):
        found = apply(again, made).analysis
        [mine] = [a for a in found.attributions if a.cue.spans == added.cue.spans]
        assert mine.content.spans == (Span(*span("two wards were under water")),)
        assert mine.source.actor is not None
        assert [a.name for a in found.actors if a.id == mine.source.actor] == ["Ada Berg"]
        assert any(reason.startswith("changed by Ada on 25 November 2026") for reason in mine.reasons)
        assert mine.certainty == "certain"


def test_what_a_later_version_no_longer_finds_is_there_in_the_persons_word(read: Analysis) -> None:
    added = said(read, "added")
    made = log(read, ("attribution", "accept", added.id, None))
    blind = replace(read, attributions=tuple(a for a in read.attributions if a is not added), chains=(), findings=())
    found = apply(blind, made)
    assert said(found.analysis, "added").content == added.content
    assert found.unplaced == ()


def test_what_was_missed_is_one_with_what_a_later_version_finds(read: Analysis) -> None:
    words = {
        "source": {"spans": [span("The regime")], "kind": "group"},
        "cue": {"spans": [span("has built")]},
        "content": {"spans": [span("12 dams since 2010")]},
    }
    made = log(read, ("attribution", "add", None, words))
    found = apply(read, made).analysis
    assert len(found.attributions) == len(read.attributions) + 1
    again = apply(found, made).analysis
    assert again == found
    assert [a.id for a in found.attributions if a.id == "pc0"] == ["pc0"]


def test_a_mark_that_is_said_twice_is_as_it_was_said_last(read: Analysis) -> None:
    added = said(read, "added")
    first, second = span("two wards were under water"), span("two wards")
    made = log(
        read,
        ("attribution", "change", added.id, {"content": {"spans": [first]}}),
        ("attribution", "change", added.id, {"content": {"spans": [second]}}),
        ("attribution", "reject", added.id, None),
    )
    assert said(apply(read, made[:2]).analysis, "added").content.spans == (Span(*second),)
    assert apply(read, made[:2]).superseded == (made[0],)
    assert not [a for a in apply(read, made).analysis.attributions if a.cue.spans == added.cue.spans]
    back = replace(made[2], id="u", undoes="c2")
    assert said(apply(read, [*made, back]).analysis, "added").content.spans == (Span(*second),)
    assert [state for _, state in states([*made, back], apply(read, [*made, back]))] == [
        "superseded", "stands", "undone", "undoes",
    ]  # fmt: skip


def test_statements_that_stand_in_each_other_are_told_apart(read: Analysis) -> None:
    outer, inner = said(read, "reported"), said(read, "citing")
    assert inner.parent == outer.id
    found = apply(read, log(read, ("attribution", "reject", outer.id, None))).analysis
    assert said(found, "citing").parent is None
    found = apply(read, log(read, ("attribution", "reject", inner.id, None))).analysis
    assert said(found, "reported").parent is None


def test_chains_run_through_the_sources_as_they_are_now(read: Analysis) -> None:
    inner = said(read, "citing")
    ada = said(read, "added").source.actor
    made = log(read, ("attribution", "change", inner.id, {"source": {"actor": ada, "kind": "person"}}))
    for found in (apply(read, made).analysis, pipeline.corrected(read, made).analysis):
        names = [[link.name for link in chain.links] for chain in found.chains]
        assert ["The Echo", "SANA", "Ada Berg"] in names
        assert not any("unnamed security sources" in way for way in names)


def test_a_finding_is_taken_back_with_what_it_rested_on_and_found_anew_where_the_text_is_at_hand(
    read: Analysis,
) -> None:
    assert read.findings[0].kind == "unnamed sources only"
    ada = said(read, "added").source.actor
    key = said(read, "citing").id
    made = log(read, ("attribution", "change", key, {"source": {"actor": ada, "kind": "person"}}))
    at_once = apply(read, made).analysis
    assert "unnamed sources only" not in [finding.kind for finding in at_once.findings]
    assert [gap.kind for gap in at_once.gaps].count("correction") >= 1
    anew = pipeline.corrected(read, made).analysis
    assert anew.findings[0].kind == "named sources"
    assert "correction" not in [gap.kind for gap in anew.gaps]
    accepted = apply(read, log(read, ("attribution", "accept", key, None))).analysis
    assert (accepted.findings, accepted.chains) == (read.findings, read.chains)


def test_actors_are_renamed_made_one_and_told_apart_wherever_they_speak(read: Analysis) -> None:
    ids = {actor.name: actor.id for actor in read.actors}
    two = next(id_ for name, id_ in ids.items() if "officials" in name)
    made = log(
        read,
        ("actor", "change", two, {"name": "the dam's engineers", "kind": "group"}),
        ("actor", "merge", ids["unnamed security sources"], {"into": two}),
    )
    for again in (read, later(read)):
        found = apply(again, made).analysis
        names = {actor.id: actor.name for actor in found.actors}
        assert "unnamed security sources" not in names.values()
        assert names[said(found, "citing").source.actor or ""] == "the dam's engineers"
        assert ["The Echo", "SANA", "the dam's engineers"] in [
            [link.name for link in chain.links] for chain in found.chains
        ]
    split = log(read, ("actor", "split", ids["Ada Berg"], {"name": "a ward sister", "spans": [span("She")]}))
    found = apply(read, split).analysis
    assert {actor.id: actor.name for actor in found.actors}[said(found, "added").source.actor or ""] == "a ward sister"
    assert {actor.id: actor.name for actor in found.actors}[said(found, "said").source.actor or ""] == "Ada Berg"


def test_a_text_that_has_moved(read: Analysis) -> None:
    """Words are found where they now are; those that are not there, or at several places, are told as unplaced."""
    moved = _read("Correction: an earlier version misspelt a name.\n\n" + TEXT)
    moved = replace(moved, article=replace(moved.article, id=read.article.id))
    made = log(read, ("attribution", "change", said(read, "added").id, {"content": {"spans": [span("two wards")]}}))
    found = apply(moved, made)
    assert [span.of(moved.article.text) for span in said(found.analysis, "added").content.spans] == ["two wards"]
    gone = _read(TEXT.replace("two wards", "three cellars"))
    gone = replace(gone, article=replace(gone.article, id=read.article.id))
    lost = apply(gone, made)
    assert lost.unplaced == tuple(made)
    assert lost.analysis.attributions == gone.attributions


def test_times_wordings_and_claims(read: Analysis) -> None:
    [sunday] = [time for time in read.times if span("Sunday") == list(time.spans[0])]
    [regime] = [n for n, word in enumerate(read.wordings) if word.spans == (Span(*span("regime")),)]
    [dams] = [claim for claim in read.claims if claim.spans[0].start == span("The regime")[0]]
    made = log(
        read,
        ("time", "change", sunday.id, {"earliest": "2024-04-28", "latest": "2024-04-28"}),
        ("wording", "reject", f"wording {regime}", None),
        ("claim", "change", dams.id, {"attribution": said(read, "According to").id}),
    )
    for again in (read, later(read)):
        found = apply(again, made).analysis
        [mine] = [time for time in found.times if time.spans == sunday.spans]
        assert (mine.value, mine.earliest, mine.latest, mine.readings) == ("2024-04-28", "2024-04-28", "2024-04-28", ())
        assert [word.spans for word in found.wordings] == [
            w.spans for w in read.wordings if w is not read.wordings[regime]
        ]
        assert [c.attribution for c in found.claims if c.spans == dams.spans] == [said(found, "According to").id]


def test_a_correction_of_another_article_is_none_of_this_one(read: Analysis) -> None:
    made = log(read, ("attribution", "reject", said(read, "denied").id, None))
    assert apply(read, [replace(made[0], article="another")]) == Corrected(read)


@pytest.mark.parametrize(
    "reading", [{}, {"spans": "x"}, {"spans": [[0, 5]], "words": [[0, 5, "other"]]}, {"words": [[]]}]
)
def test_a_damaged_line_is_told_as_unplaced(read: Analysis, reading: Reading) -> None:
    made = [Correction("c1", read.article.id, "time", "change", "Ada", "", reading, reading)]
    assert apply(read, made) == Corrected(read, unplaced=tuple(made))


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ({}, "nothing is changed"),
        ({"earliest": "2024-05-02", "latest": "2024-05-01"}, "is after the last"),
        ({"spans": [[0, 100_000]]}, "is no stretch of a text"),
        ({"spans": [[5, 5]]}, "5 to 5 is no stretch"),
    ],
)
def test_what_a_person_cannot_mean_is_told(read: Analysis, words: Reading, problem: str) -> None:
    with pytest.raises(SaysoError, match=problem):
        log(read, ("time", "change", read.times[0].id, words))


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_persons_say_the_whole_report_is_made(read: Analysis, data: st.DataObject) -> None:
    found = pipeline.corrected(read, data.draw(logs(read))).analysis
    there = {"attribution": {a.id for a in found.attributions}, "actor": {a.id for a in found.actors}}
    there["any"] = there["attribution"] | there["actor"] | {t.id for t in found.times}
    there["any"] |= {claim.id for claim in found.claims} | {chain.id for chain in found.chains}
    assert [(kind, key) for kind, key in references(found) if key not in there[kind]] == []
    html.render(found)
