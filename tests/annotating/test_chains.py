"""Whom a statement rests on: actors, references back, chains and what they come to."""

import pytest

from sayso.annotating.chains import draw
from tests.annotating.reading import analysed, resolved, words

CHAINS = [
    (
        "Reuters, citing unnamed sources and local media, reported that the talks had failed.",
        ["Harbour Post ← Reuters ← unnamed sources", "Harbour Post ← Reuters ← local media (unnamed)"],
    ),
    (
        "The mayor told Reuters that the bridge was safe.",
        ["Harbour Post ← Reuters ← mayor"],
    ),
    (
        "Reuters also cited sources from Easterholm as telling Russia's Sputnik news agency that the dam had burst.",
        ["Harbour Post ← Reuters ← Sputnik ← sources from Easterholm (unnamed)"],
    ),
    (
        "Reuters reported that a bridge had fallen. It said that two people were missing.",
        ["Harbour Post ← Reuters", "Harbour Post ← Reuters"],
    ),
    (
        "Two officials told Reuters that the dam had burst. The officials added that three villages were empty.",
        ["Harbour Post ← Reuters ← Two officials", "Harbour Post ← Reuters ← Two officials"],
    ),
    (
        "“It was dark,” Anna Berg told the Harbour Post.",
        ["Harbour Post ← Anna Berg"],
    ),
    (
        "According to a report by the ministry, the driver is accused of leaving the scene.",
        ["Harbour Post ← report by the ministry ← nobody named"],
    ),
    (
        "The crew left the ship, Captain Noor Halim was quoted as saying by the Daily Echo.",
        ["Harbour Post ← Daily Echo ← Noor Halim"],
    ),
    (
        "The mayor was quoted by Reuters as saying that the dam was safe.",
        ["Harbour Post ← Reuters ← mayor"],
    ),
    (
        "Forty shells fell on the valley, according to the district chief, quoted by Reuters.",
        ["Harbour Post ← Reuters ← district chief"],
    ),
    (
        "Reuters was told by two residents that the bridge had fallen.",
        ["Harbour Post ← Reuters ← two residents"],
    ),
    (
        "The talks have failed, Interfax said on Thursday, quoting an unnamed official.",
        ["Harbour Post ← Interfax ← unnamed official"],
    ),
    (
        "Egypt has agreed to open the crossing, Reuters reported, citing a security official.",
        ["Harbour Post ← Reuters ← security official"],
    ),
    (
        "A clerk has resigned after claims that he took money from the fund.",
        ["Harbour Post ← nobody named"],
    ),
    (
        "The WHO said on Monday that cases were falling. WHO said it would help.",
        ["Harbour Post ← WHO", "Harbour Post ← WHO"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CHAINS, ids=[text[:40] for text, _ in CHAINS])
def test_chains(text: str, expected: list[str]) -> None:
    assert sorted(draw(chain) for chain in analysed(text).chains) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Leila Osman accused her former boss, Mark Reid, of theft. “It never happened,” he said.", "Mark Reid"),
        ("Ms Berg told the court that the man was seen. “I was at home,” he said.", "man"),
        ("Berg said that the driver had been held. His mother wept. “I cannot sleep,” she said.", "His mother"),
        ("Anna Berg said that it was late. “We should go,” she said.", "Anna Berg"),
        ("“The doctor told me to rest,” Mark Reid said. “I did not,” he added.", "Mark Reid"),
        ("Pavel Dursk met Ivan Hoxa in Oslo on Friday. He said that the deal was done.", None),
        ("Anna Berg and her sister, Petra Lind, quarrelled. She said that the house was hers.", None),
        ("Anna Berg said that Petra Lind was late. Afterwards, she said that she had waited.", None),
        ("Anna Berg spoke first. The two women embraced. “I forgave her,” she said.", None),
    ],
)
def test_he_and_she_are_the_one_who_fits_or_left_open(text: str, who: str | None) -> None:
    analysis = analysed(text)
    last = [a for a in analysis.attributions if words(a.source.spans, text).lower() in {"he", "she"}][-1]
    names = {a.id: a.name for a in analysis.actors}
    assert names.get(last.source.actor or "") == who, last.source.reasons


def test_who_speaks_against_the_main_claim_is_no_source_of_it() -> None:
    text = "The army said it had captured Selma on Monday. Rebels denied this. “We are still in Selma,” Abu Omar said."
    assert "Abu Omar" not in analysed(text).findings[0].message


def test_a_statement_with_several_last_sources_has_a_chain_for_each() -> None:
    analysis = analysed(CHAINS[0][0])
    assert len({chain.statement for chain in analysis.chains}) == 1
    [reported] = [a for a in analysis.attributions if words(a.cue.spans, analysis.article.text) == "reported"]
    assert analysis.chains[0].statement == reported.id


def test_a_pronoun_with_two_candidates_stays_unresolved() -> None:
    text = "The Health Ministry and Reuters differ. Reuters said three had died and the Health Ministry said four had died. It said that a fifth was missing."
    analysis = analysed(text)
    last = analysis.attributions[-1]
    assert words(last.source.spans, text) == "It"
    assert last.source.actor is None
    assert "unresolved" in last.source.reasons[0]
    chain = analysis.chains[-1]
    assert not chain.complete
    assert chain.confidence == "unclear"
    assert any(gap.kind == "back reference" for gap in analysis.gaps)


def test_a_pronoun_without_candidate_stays_unresolved() -> None:
    text = "He said that it rained."
    assert resolved(text).attributions[0].source.actor is None


def test_one_report_with_an_owner_is_the_report() -> None:
    text = "Fighters are on the march, a report says. The report adds that they have guns. According to Reuters' report, they are many."
    found = resolved(text)
    assert len({a.source.actor for a in found.attributions}) == 1
    [report] = [a for a in found.actors if a.kind == "document"]
    [owner] = [a for a in found.actors if a.id == report.owner]
    assert owner.name == "Reuters"


def test_names_by_the_texts_own_words() -> None:
    text = "The Ashen Tide, formerly known as the Lowwater Front, said that it would fight."
    [actor] = resolved(text).actors
    assert actor.name == "Ashen Tide"
    assert "Lowwater Front" in actor.names


def test_a_place_that_speaks_stands_for_its_government() -> None:
    text = "Paris says that the plan is dead."
    found = resolved(text)
    assert [m.kind for m in found.mentions] == ["place for government"]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Unnamed sources", "unnamed"),
        ("A military official", "role"),
        ("A Pentagon official", "role"),
        ("Local media", "unnamed"),
        ("Anna Berg", "person"),
        ("Foreign Minister Anna Berg", "person"),
        ("Reuters", "outlet"),
        ("Haldmark's official news agency HALNA", "outlet"),
        ("A new study", "document"),
        ("The court", "organisation"),
        ("The World Health Organization", "organisation"),
        ("Protesters", "group"),
    ],
)
def test_kinds_of_sources(source: str, kind: str) -> None:
    text = f"{source} said that the water was clean."
    assert resolved(text).attributions[0].source.kind == kind


def test_unnamed_people_only_is_found() -> None:
    text = (
        "Fighters are bringing poison into the valley, sources told Reuters. "
        "The sources added that the poison came by lorry. The valley has three villages."
    )
    finding = analysed(text).findings[0]
    assert finding.kind == "unnamed sources only"
    assert finding.severity == "high"
    assert "Reuters" in finding.message


def test_a_named_source_is_no_accusation() -> None:
    text = "The bridge is safe, Mayor Anna Berg said on Monday. “We looked at every bolt of it,” she said."
    finding = analysed(text).findings[0]
    assert finding.kind == "named sources"
    assert finding.severity == "low"


def test_officials_named_in_the_next_sentence_are_named() -> None:
    text = (
        "Seventy soldiers were killed in a day of fighting in the valley, a monitor said. "
        "The Haldmark Observatory for Human Rights said thirty soldiers were killed in the fighting on Monday."
    )
    assert analysed(text).findings[0].kind == "named sources"


def test_a_weekday_on_the_wrong_date_is_found() -> None:
    text = "The mayor said that the bridge fell on Friday, April 14, 2018, at night."
    [finding] = [f for f in analysed(text).findings if f.kind == "conflicting dates"]
    assert finding.severity == "medium"
    assert "Saturday" in finding.message
    assert "2017" in finding.evidence[1]


def test_a_right_weekday_is_no_finding() -> None:
    text = "The mayor said that the bridge fell on Saturday, April 14, 2018, at night."
    assert not [f for f in analysed(text).findings if f.kind == "conflicting dates"]


@pytest.mark.parametrize(
    "when",
    [
        "on the day after last Tuesday",
        "on the eve of Saturday, 4 May 2019",
        "on the fifth anniversary of Sunday, 3 May 2015",
        "on the second Tuesday of May 2019",
    ],
)
def test_a_weekday_of_another_day_is_no_finding(when: str) -> None:
    found = analysed(f"The bridge was closed {when}.").findings
    assert not [f for f in found if f.message.startswith("The text says")]


def test_an_institution_can_be_asked_a_group_of_unknown_people_cannot() -> None:
    text = "The bridge over the inner harbour is safe again, {} said on Monday evening."
    assert analysed(text.format("the council")).findings[0].kind == "named sources"
    assert analysed(text.format("a monitoring group")).findings[0].kind == "unnamed sources only"


def test_a_city_that_the_text_calls_the_capital_stands_for_the_government() -> None:
    found = resolved("The capital, Carrowby, stresses that the plan is dead.")
    assert [(a.name, a.kind) for a in found.actors] == [("Carrowby", "organisation")]
    assert [m.kind for m in found.mentions] == ["place for government"]


def test_what_stands_in_a_report_that_rests_on_one_other_was_said_by_that_other() -> None:
    text = "Tidewire, quoting police, said that the mayor had confirmed that two people were missing."
    assert [draw(c) for c in analysed(text).chains] == ["Harbour Post ← Tidewire ← police ← mayor"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "A man was killed in a crash near Dorfield on Monday, police said. The driver, 34, was arrested.",
            "named sources",
        ),
        ("The prime minister said the plan was ready to be signed on Monday.", "named sources"),
        ("Three men took the money from the bank, prosecutors said on Monday.", "named sources"),
        ("The mayor of Zürich, René Müller, said on 3 May 2024 that the café would cost £500.", "named sources"),
        ("Two men were held in the town, the Dorfield police said.", "named sources"),
        ("The crew left the ship, Captain Noor Halim was quoted as saying by the Daily Echo.", "named sources"),
        ("A new bridge over the inner harbour has been open to traffic since Monday.", "no source"),
    ],
)
def test_nobody_is_wrongly_called_unnamed(text: str, kind: str) -> None:
    assert analysed(text).findings[0].kind == kind


def test_nothing_in_quotation_marks_is_the_outlets_own() -> None:
    text = 'Mayor Ann Cole said: "We owe money. The town lost £3 million in 2024 in Lomond." The council meets again.'
    analysis = analysed(text)
    assert all(claim.attribution for claim in analysis.claims)
    assert "The town lost £3 million" in words(analysis.attributions[0].content.spans, text)


def test_what_somebody_denies_does_not_rest_on_that_person() -> None:
    assert analysed("Renshaw denies a second charge, which will be tried on March 3.").chains == ()


def test_who_is_told_in_a_quotation_is_not_the_outlets_affair() -> None:
    text = '"We were told at 6 a.m. that the boat had sunk," said coastguard spokeswoman Lena Marsh.'
    assert not [f for f in analysed(text).findings if f.kind == "nobody named"]


def test_a_passive_in_a_quotation_is_the_speakers_in_reported_speech_the_reports() -> None:
    quoted = analysed("“The driver is accused of leaving the scene of the crash,” Anna Berg said.")
    assert not [f for f in quoted.findings if f.kind == "nobody named"]
    assert [a for a in quoted.attributions if not a.source.spans]
    reported = analysed("Anna Berg said that the driver is accused of leaving the scene of the crash.")
    assert [f for f in reported.findings if f.kind == "nobody named"]


def test_a_quotation_without_a_speaker_is_a_gap() -> None:
    text = "The crowd was large. “It was never a penalty, and everybody in the stadium saw it.” The match went on."
    assert [g.kind for g in analysed(text).gaps if g.kind != "dated events"] == ["quotation"]
