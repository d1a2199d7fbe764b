"""What a cue says of itself: its part of speech and stance, whether it was said at all, and why."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from sayso.annotating import aspects, attribution, chains, language
from sayso.annotating.attribution import Statement
from sayso.annotating.chains import draw
from sayso.model import Attribution, Cue, Span
from sayso.reporting import labels, terminal
from sayso.reporting.notes import notes
from tests.annotating.reading import analysed, resolved, words

FAILURES = json.loads(Path(__file__).with_name("known_failures_aspects.json").read_text(encoding="utf-8"))

# The text, a word of the cue, and what is not plain: kind, stance, negated ("not"), mood. Nothing: a neutral verb.
ROWS = [
    # plain
    ("The mayor said that the bridge was closed.", "said", ""),
    ("The ferry line has told its crews that the harbour is closed.", "told", ""),
    ("Berg would later tell the court that she had been asleep.", "tell", ""),
    ("Berg went on to say that the dam was old.", "say", ""),
    ("Berg had to tell the council that the money was gone.", "tell", ""),
    ("“I would say that the dam is safe,” Berg told the paper.", "say", ""),
    ("“I must say that the food was good,” Berg told the paper.", "say", ""),
    # kinds
    ("According to the ministry, the dam is safe.", "According", "preposition"),
    ("The dam is safe, according to Berg.", "according", "preposition"),
    ("Anna Berg: “We will rebuild the old bridge.”", ":", "punctuation"),
    ("The ministry rejected the company's warning that the water was foul.", "warning", "noun"),
    ("The officials reportedly left the town.", "reportedly", "adverb hedged"),
    ("Berg was confident that the dam would hold.", "confident", "adjective"),
    ("Berg released a joint statement expressing concern about the dam.", "expressing", ""),
    # stance from the word list, where what stands beside it bears it out
    ("The driver claimed that the road was empty.", "claimed", "distancing"),
    ("Berg made the claim that the dam was never inspected.", "claim", "noun distancing"),
    ("The group claimed responsibility for the attack on the depot.", "claimed", ""),
    ("Berg accused the council of fraud.", "accused", ""),
    ("The driver is accused of leaving the scene.", "accused", "distancing"),
    ("Rumours that the dam had burst spread through the valley.", "Rumours", "noun distancing"),
    ("Documents revealed that the firm paid the mayor.", "revealed", "endorsing"),
    ("It was revealed that the firm had paid the mayor.", "revealed", "endorsing"),
    ("The council revealed plans for a new bridge on Monday.", "revealed", ""),
    ("Berg admitted that she had been wrong about the dam.", "admitted", "endorsing"),
    ("The mayor admitted stealing the money.", "admitted", "endorsing"),
    ("“It was my fault,” admitted Berg.", "admitted", "endorsing"),
    ("Berg pointed out that the dam was a century old.", "pointed", "endorsing"),
    ("Berg pointed to the age of the dam.", "pointed", ""),
    ("The mayor denied that the dam was unsafe.", "denied", "denying"),
    ("The mayor denied the allegation that she had taken money.", "denied", "denying"),
    ("The union rejected the offer of a lower wage.", "rejected", ""),
    # ... and from the words around it
    ("The mayor falsely claimed that the bridge had been inspected.", "claimed", "distancing"),
    ("The mayor wrongly said that the bridge had been inspected.", "said", "distancing"),
    ("Berg rightly said that the bridge was too narrow.", "said", "endorsing"),
    ("The mayor may have said that the bridge was safe.", "said", "hedged possible"),
    ("The minister appeared to say that the tax would rise.", "say", "hedged"),
    ("Perhaps Berg believes that the dam is safe.", "believes", "hedged"),
    # not said
    ("The mayor did not say that the bridge was closed.", "say", "not"),
    ("The mayor didn't say that the bridge was closed.", "say", "not"),
    ("The minister never said that taxes would rise.", "said", "not"),
    ("The company refused to say whether the plant would close.", "say", "not"),
    ("The police declined to comment on the arrests.", "comment", "not"),
    ("The mayor failed to mention that the bridge had been closed.", "mention", "not"),
    ("The police refused to confirm or deny that a man had been held.", "confirm", "not"),
    ("No one said that the water was safe.", "said", "not"),
    ("No official said that the water was safe.", "said", "not"),
    ("Nobody claims that the dam is sound.", "claims", "not"),
    ("Neither company said that the water was clean.", "said", "not"),
    ("None of the guards said that the door had been open.", "said", "not"),
    ("The ministry closed the road without saying that the bridge was broken.", "saying", "not"),
    ("The minister has yet to say whether the dam is safe.", "say", "not"),
    ("Berg would not say whether the bridge was safe.", "say", "not"),
    ("The report could not confirm that the fire was set on purpose.", "confirm", "not"),
    ("Berg no longer believes that the dam is safe.", "believes", "not"),
    ("Asked about the leak, Berg said nothing.", "said", "not"),
    ("The agency gave no indication that the plant would close.", "indication", "noun not"),
    ("“I never said that the dam was safe,” Berg said.", "never said", "not"),
    ("The mayor did not claim that the bridge was new.", "claim", "not"),
    ("The clerk did not reveal that the money was gone.", "reveal", "not"),
    ("The clerk did not deny that the money was gone.", "deny", "denying not"),
    # only seemingly so
    ("The clerk did not fail to mention that the money was gone.", "mention", ""),
    ("Berg not only said that the dam was safe but called it the best in the land.", "said", ""),
    ("No 10 said that the talks would go on.", "said", ""),
    ("The firm did not admit until Monday that the oil had leaked.", "admit", "endorsing"),
    ("“Oh no, probably not,” Anna Berg said.", "said", ""),
    ("Berg said that the mayor had never been there.", "said", ""),
    ("There is no evidence that the dam was unsafe, the court said.", "said", ""),
    ("“Will the dam hold?” Berg asked.", "asked", ""),
    ("Berg said that the council would close the road if it rained.", "said", ""),
    # not said yet, or only thought of
    ("The lawyer will say that her client was asleep.", "say", "future"),
    ("The lawyer won't say that her client was asleep.", "say", "not future"),
    ("The mayor is to tell the council that the plan is dead.", "tell", "future"),
    ("The council is expected to announce that the pool will close.", "announce", "future"),
    ("The bank is likely to announce that rates will rise.", "announce", "future"),
    ("The union said it would tell members that the deal was dead.", "tell", "future"),
    ("Prosecutors will allege that the nurse lied.", "allege", "future"),
    ("The union would argue that the plan is unlawful.", "argue", "conditional"),
    ("If the judge says that the deal is void, the work will stop.", "says", "conditional"),
    ("The judge could claim that nobody had warned her.", "claim", "hedged possible"),
    ("The council should admit that the bridge is old.", "admit", "desired"),
    ("The mayor wants to say that the town is safe.", "say", "desired"),
    ("Did the mayor say that the bridge was safe?", "say", "question"),
    ("The lawyer asked whether the guard had said that the door was open.", "had said", "question"),
    # more of each
    ("Berg reportedly refused to leave the town.", "reportedly", "adverb hedged"),
    ("The firm avoided the claim that the water was clean.", "claim", "noun distancing"),
    ("The firm failed to issue a statement that the water was clean.", "issue a statement", "noun not"),
    ("Berg reportedly will not leave the town.", "reportedly", "adverb hedged"),
    ("The town's fear that the dam will not hold is old.", "fear", "noun"),
    ("Berg spoke to the crews, promising to close the road, though probably not today.", "promising", ""),
    ("It goes without saying that the dam is safe.", "saying", ""),
    ("Berg never missed a chance to tell the council that the dam was old.", "tell", ""),
    ("The guards denied him entry to the hall.", "denied", ""),
    ("“You'd think the dam would hold,” Berg said.", "'d think", "conditional"),
    ("The clerk wasn't certain that the door was open.", "certain", "adjective not"),
    ("Berg does not think that the dam is safe.", "think", "not"),
    ("Had the mayor said that the dam was safe, nobody would have left.", "said", "conditional"),
    ("Should Berg say that the dam is safe, the road will open.", "say", "conditional"),
    ("The judge threw out the claim that the dam was safe.", "claim", "noun distancing"),
    ("Supposedly, Berg said that the dam was safe.", "said", "hedged"),
    ("The court did not accept the claim that the dam was safe.", "claim", "noun distancing"),
    ("In what she claimed was a mistake, Berg closed the road.", "claimed", "distancing"),
    ("The firm dismissed as nonsense the claim that the water was foul.", "dismissed", "denying"),
    ("The firm issued a denial that the water was foul.", "denial", "noun denying"),
    ("Not until Friday did the firm admit that oil had leaked.", "admit", "endorsing"),
    ("The firm neither confirmed nor denied that it had paid.", "confirmed", "not"),
    ("The firm neither confirmed nor denied that it had paid.", "denied", "denying not"),
    ("Berg stopped short of accusing the council of fraud.", "accusing", "not"),
    ("The paper, without admitting that it had erred, paid the mayor.", "admitting", "not"),
    ("Berg is said to have told the council that the dam was safe.", "told", "hedged"),
    ("Berg was forced to admit that the dam had leaked.", "admit", "endorsing"),
    ("Berg is alleged to have said that the dam was safe.", "said", "distancing"),
    ("The union is going to say that the plan is dead.", "say", "future"),
    ("Berg is unable to say whether the dam is safe.", "say", "not"),
    ("Who said that the dam was safe?", "said", "question"),
    ("“Do you believe that the dam is safe?” a reporter asked.", "believe", "question"),
    ("It is too early to say that the dam is safe.", "say", "not"),
    ("The mayor would have said that the dam was safe.", "said", "conditional"),
    ("Ministers were expected to announce that the road would close.", "announce", "future"),
    ("The mayor does not want to say that the dam is safe.", "say", "not desired"),
    ("Instead of admitting that the dam had leaked, Berg left.", "admitting", "not"),
    ("The union threatened to tell the press that the dam had leaked.", "tell", "future"),
    ("The clerk forgot to mention that the door was open.", "mention", "not"),
    ("Berg did not hesitate to say that the dam was safe.", "say", ""),
    ("The ministry made no statement that the dam was safe.", "statement", "noun not"),
    ("The guard was denied bail on Friday.", "denied", ""),
    ("The mayor dismissed concerns over the dam.", "dismissed", ""),
    ("The mayor dismissed the report as nonsense.", "dismissed", "denying"),
    ("The office disclosed that the firm had paid.", "disclosed", "endorsing"),
    ("The paper said, without proof, that the dam was safe.", "said", ""),
    ("The clerk said that she did not know whether the door was open.", "said", ""),
    ("Berg never tires of saying that the dam is safe.", "saying", ""),
    ("Polls suggest that the mayor will win.", "suggest", ""),
    ("The mayor promised to tell the council that the plan was dead.", "tell", "future"),
    ("Berg, if asked, will say that the dam is safe.", "say", "future"),
    ("Per Berg, the dam is safe.", "Per", "preposition"),
    ("In the words of Berg, the dam is safe.", "In the words of", "preposition"),
    ("Neither the mayor nor Berg said that the dam was safe.", "said", "not"),
    ("Only Berg said that the dam was safe.", "said", ""),
    ("Berg could see that the dam had leaked.", "see", ""),
    ("The mayor can say that the dam is safe.", "say", ""),
    ("Berg has to tell the council that the plan is dead.", "tell", "desired"),
    ("The mayor might not say that the dam is safe.", "say", "hedged not possible"),
]


def told(text: str, word: str) -> Cue:
    """A cue as marked by hand: so these rows do not hang on what the tagger finds, nor on its cue being whole."""
    at = text.index(word)
    before, after = Span(0, at), Span(at + len(word), len(text))
    opening = text.startswith("“")
    sides = [(Span(0, text.index("”") + 1), after)] if opening else [(after, before)]
    [(content, source)] = sides if not (opening and at < text.index("”")) else [(after, before)]
    kept = tuple(span for span in (source,) if span.of(text).strip(" ."))
    return aspects.cue(language.parse(text), Statement(kept, (Span(at, at + len(word)),), (content,), "likely", ()))


def found(text: str, word: str) -> list[Cue]:
    """The cues of just these words as they are found."""
    return [a.cue for a in resolved(text).attributions if words(a.cue.spans, text) == word]


def shown(cue: Cue) -> str:
    """What is not plain in a cue."""
    plain = {"verb", "neutral", "actual"}
    parts = (cue.kind, cue.stance, "not" if cue.negated else "", cue.mood)
    return " ".join(part for part in parts if part and part not in plain)


@pytest.mark.parametrize(("text", "word", "expected"), ROWS, ids=[row[0][:40] for row in ROWS])
def test_aspects(text: str, word: str, expected: str) -> None:
    cue = told(text, word)
    assert shown(cue) == expected
    assert len(cue.reasons) >= len(expected.split())
    assert {shown(cue) for cue in found(text, word)} <= {expected}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, marks=pytest.mark.xfail(strict=True, reason=row["why"]), id=row["text"][:30])
        for row in FAILURES
    ],
)
def test_known_failure(row: dict[str, Any]) -> None:
    assert shown(told(row["text"], row["word"])) == row["expected"], row["why"]


def test_every_aspect_that_is_not_plain_names_its_word() -> None:
    cue = told("The mayor may have falsely claimed that the bridge was safe.", "claimed")
    assert any("“may”" in reason for reason in cue.reasons)
    negated = told("The clerk did not deny that the money was gone.", "deny")
    assert negated.reasons == ("“not” negates it", "the word list has “deny” as denying (verbnet)")


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "Berg",
            "nobody said",
            "did not",
            "never",
            "refused to say",
            "will",
            "would",
            "if",
            "claimed",
            "deny",
            "nothing",
        ]
    )
    | st.sampled_from(
        [
            "no",
            "of",
            ",",
            ".",
            "?",
            "neither",
            "nor",
            ":",
            "“",
            "”",
            "that",
            "whether",
            "the dam is safe",
            "according to",
        ]
    )
    | st.sampled_from(["SANA", "to", "yet to", "without", "claim", "statement", "said", "🦊", "\n\n"]),
    max_size=25,
).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(FRAGMENTS)
def test_aspects_never_change_spans(text: str) -> None:
    doc = language.parse(text)
    for statement in attribution.find(doc):
        cue = aspects.cue(doc, statement)
        assert cue.spans == statement.cue
        assert cue == aspects.cue(doc, statement)
        assert len(set(cue.reasons)) == len(cue.reasons)


# --- what follows from it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The mayor did not say that the bridge was closed.",
        "The mayor refused to say whether the bridge was closed.",
        "No official said that the bridge was closed.",
        "The mayor will say that the bridge is closed.",
        "The union would argue that the plan is unlawful.",
        "The mayor may have said that the bridge was safe.",
        "The mayor did not say that Reuters had reported that the bridge was closed.",
    ],
)
def test_what_was_not_said_rests_on_nobody(text: str) -> None:
    assert analysed(text).chains == ()


def test_that_something_was_not_said_rests_on_who_says_so() -> None:
    analysis = analysed("Anna Berg said that the mayor had never said that the bridge was closed.")
    assert [draw(chain) for chain in analysis.chains] == ["Harbour Post ← Anna Berg"]


def test_what_was_not_said_is_no_claim_and_no_source() -> None:
    analysis = analysed("The mayor refused to say whether the bridge had cost $5 million in 2019.")
    assert analysis.claims == ()
    [finding] = [f for f in analysis.findings if f.kind == "not said"]
    assert finding.message.endswith("(“refused to say”).")
    assert finding.evidence == ("“refused” says that it was not said",)
    denial = analysed("The mayor denied that the bridge had cost $5 million in 2019.")
    assert [claim.reasons[0] for claim in denial.claims] == ["what a source is reported to deny"]


def test_a_chain_through_somebody_who_said_nothing_is_none() -> None:
    outer, inner = resolved("The mayor never said that Berg had told the council that the dam was safe.").attributions
    assert inner.parent == outer.id
    assert chains.said([outer, inner]) == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No official said that the bridge was closed.", "not said or thought"),
        ("The lawyer will say that her client was asleep.", "still to be said"),
        ("The mayor said that the bridge was closed.", ""),
    ],
)
def test_what_was_not_said_is_seen_at_once(text: str, expected: str) -> None:
    [found] = resolved(text).attributions
    assert isinstance(found, Attribution)
    assert labels.unsaid(found.cue) == expected
    assert labels.how(found).startswith(expected or "indirect speech")


def test_the_report_says_that_nothing_was_said() -> None:
    analysis = analysed("Anna Berg refused to say whether the bridge would be closed on Monday.")
    [note] = [note for note in notes(analysis) if note.layer == "who"]
    assert note.label == "Anna Berg: “refused to say” (not said or thought)"
    assert dict(note.rows)["How"].startswith("not said or thought; indirect speech")
    assert "“refused” says that it was not said" in note.reasons
    printed = io.StringIO()
    terminal.render(analysis, Console(file=printed, width=200))
    assert "(not said or thought)" in printed.getvalue()
