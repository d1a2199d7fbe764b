"""The page that Sayso was made for: every row of the design's table. The page itself is not in the repository."""

from functools import cache

import pytest

import sayso
from sayso.annotating.chains import draw
from sayso.events import importing
from sayso.model import Analysis, Span, words_of
from tests.shared import SHARED, needs

pytestmark = needs("samples", "relayed_report.txt")


@cache
def sample() -> Analysis:
    return sayso.analyse(sayso.read(str(SHARED / "samples" / "relayed_report.txt")))


def words(spans: tuple[Span, ...]) -> str:
    return words_of(spans, sample().article.text)


def test_relays_down_to_unnamed_people() -> None:
    chains = [draw(chain) for chain in sample().chains]
    assert "Press TV ← SANA ← unnamed sources" in chains
    assert "Press TV ← SANA ← local media (unnamed)" in chains
    assert chains.count("Press TV ← SANA's report ← Sputnik ← sources from Syria’s Idlib (unnamed)") == 2


@pytest.mark.parametrize(
    ("reference", "stands_for"),
    [("It", "SANA"), ("The report", "SANA's report"), ("The sources", "sources from Syria’s Idlib")],
)
def test_references_back(reference: str, stands_for: str) -> None:
    names = {actor.id: actor.name for actor in sample().actors}
    [source] = [a.source for a in sample().attributions if words(a.source.spans) == reference]
    assert names[source.actor or ""] == stands_for
    assert source.reasons


def test_statements_with_nobody_behind_them() -> None:
    bare = {words(a.cue.spans) for a in sample().attributions if not a.source.spans}
    assert any(cue.startswith("stands accused") for cue in bare)
    assert "had been witnessed" in bare


def test_the_outlets_own_statements() -> None:
    own = {q.text: q.kind for c in sample().claims if c.attribution is None for q in c.quantities}
    assert own["Turkey"] == "place"
    assert own["2013"] == "date"
    assert own["at least\u00a0$55 million"] == "amount"


def test_a_place_for_a_government() -> None:
    assert [words(m.spans) for m in sample().mentions if m.kind == "place for government"][-1] == "Damascus"


def test_loaded_words_and_scare_quotes() -> None:
    found = {words(w.spans).strip("“”,").lower(): w.kind for w in sample().wordings}
    assert found["concerns"] == "scare quotes"
    assert found["so-called"] == "so-called"
    assert found["alleged"] == "alleged"
    assert {"regime", "terrorists"} <= set(found)


def test_one_actor_with_two_names() -> None:
    assert any({"Jabhat Fateh al-Sham", "al-Nusra Front"} <= set(a.names) for a in sample().actors)


def test_dates() -> None:
    article = sample().article
    assert (article.dates[0].value, article.dates[0].spans) == ("2024-10-20", (Span(0, 11),))
    days = {words(t.spans): t.earliest for t in sample().times}
    assert days["Tuesday"] == "2024-10-15"
    assert days["April 14” this year"] == "2024-04-14"


@needs("data", "current_events.jsonl.gz")
def test_with_the_events_loaded_it_is_of_2018() -> None:
    importing.store(str(SHARED / "data" / "current_events.jsonl.gz"))
    [finding] = [f for f in sayso.dates(sample().article).findings if f.severity == "high"]
    assert finding.years == (2018,)
    assert "20 October 2024" in finding.message
    proofs = " ".join(finding.evidence)
    assert "14 April 2018" in proofs
    assert "missile strikes" in proofs
    assert "7 April 2018" in proofs


def test_what_could_not_be_done_is_said() -> None:
    assert any(gap.kind == "dated events" for gap in sample().gaps)


def test_residue_is_no_part_of_the_text() -> None:
    article = sample().article
    assert [r.text for r in article.residue] == ["Your Name", "Your Email Address"]
    assert "Your Name" not in article.text


def test_the_main_claim_rests_on_unnamed_people() -> None:
    finding = sample().findings[0]
    assert finding.kind == "unnamed sources only"
    assert "reached through SANA and Sputnik" in finding.message


def test_a_capital_and_the_government_are_one() -> None:
    [government] = [a for a in sample().actors if "Syrian government" in a.names]
    assert "Damascus" in government.names


def test_three_states_are_one_source_together() -> None:
    assert "Press TV ← United States, Britain, and France" in [draw(chain) for chain in sample().chains]


def test_who_could_be_asked() -> None:
    named = {a.name: a.named for a in sample().actors}
    assert named["SANA"]
    assert named["Sputnik"]
    assert named["Bashar al-Assad"]
    assert not named["unnamed sources"]
    assert not named["sources from Syria’s Idlib"]
    unnamed = [a for a in sample().actors if a.kind == "unnamed"]
    assert all(a.anonymity is not None and a.anonymity.why == () for a in unnamed)


def test_outlets_are_listed_as_the_table_has_them() -> None:
    [sana] = [a for a in sample().actors if a.name == "SANA"]
    assert [listing.country for listing in sana.listings] == ["Syria"]
