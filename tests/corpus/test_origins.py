"""On how many independent origins a claim rests: small invented stories with the numbers that a reader would give."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.corpus import origins
from sayso.model import Article
from sayso.model.story import Circle, Entry, Exhibit, Origins, Story
from tests.corpus.stories import CLAIM, Made, Speaker, Told

DIED = "twelve people died when the old dam above Halna burst"
FILLER = "The road to the coast stayed open. Schools will open on Friday, the council decided."


def lund(says: str = DIED) -> Speaker:
    return Speaker("Mayor Ada Lund", says, names=("Ada Lund",))


def official(words: str = "a senior interior ministry official", says: str = DIED) -> Speaker:
    return Speaker(words, says, "role", named=False)


def found(made: Made, claim: str = CLAIM) -> Origins:
    return origins.find(made.story, claim, made.analyses)


def range_of(made: Made, claim: str = CLAIM) -> tuple[int, int]:
    result = found(made, claim)
    return result.least, result.most


def told(id_: str, outlet: str, who: str | None, day: str = "2024-05-01", **options: object) -> Told:
    """A report of its own in which somebody says it, or nobody."""
    text = f"{who} said that {DIED}. {FILLER}" if who else f"{DIED.capitalize()}. {FILLER}"
    return Told(id_, outlet, text.replace("halna", "Halna"), day, **options)  # type: ignore[arg-type]


def two(one: Speaker | None, other: Speaker | None, days: tuple[str, str] = ("2024-05-01", "2024-05-01")) -> Made:
    """Two outlets that have nothing of each other."""
    made = []
    for id_, outlet, speaker, day in (("a", "Halna Post", one, days[0]), ("b", "Harbour Echo", other, days[1])):
        report = told(id_, outlet, speaker.words if speaker else None, day, speakers=(speaker,) if speaker else ())
        made.append(replace(report, text=f"{report.text} {outlet} will go on telling of it."))
    return Made(made)


# --- one article ------------------------------------------------------------------------------------------------------


def test_an_outlet_that_gives_nobody_is_the_origin() -> None:
    result = found(Made([told("a", "Halna Post", None)]))
    assert (result.least, result.most) == (1, 1)
    assert [(o.kind, o.name, o.articles) for o in result.origins] == [("own report", "Halna Post", ("a",))]
    assert result.carriers[0].rests_on == (("o1", 1.0),)


def test_two_people_in_one_article_are_two() -> None:
    text = f"Mayor Ada Lund said that {DIED}. {FILLER} The fire chief, Jan Berg, also said: {DIED}."
    article = Told("a", "Halna Post", text, speakers=(lund(), Speaker("Jan Berg", f"{DIED}.")))
    result = found(Made([article]))
    assert (result.least, result.most) == (2, 2)
    assert sorted(o.name for o in result.origins) == ["Jan Berg", "Mayor Ada Lund"]
    assert [share for _, share in result.carriers[0].rests_on] == [0.5, 0.5]


def test_the_last_of_a_chain_is_the_origin() -> None:
    text = f"Amber News, citing Mayor Ada Lund, said that {DIED}. {FILLER}"
    result = found(Made([Told("a", "Halna Post", text, speakers=(replace(lund(), through=("Amber News",)),))]))
    assert [(o.kind, o.name) for o in result.origins] == [("person", "Mayor Ada Lund")]


def test_a_claim_that_is_only_denied_is_not_carried() -> None:
    text = f"The ministry denied that {DIED}. {FILLER}"
    denying = Speaker("The ministry", DIED, "organisation", stance="denying")
    result = found(Made([Told("a", "Halna Post", text, speakers=(denying,))]))
    assert (result.least, result.most, result.carriers) == (0, 0, ())
    assert any("denied" in gap.message for gap in result.gaps)


# --- who is one -------------------------------------------------------------------------------------------------------

MINISTRY = Speaker("the Interior Ministry", DIED, "organisation")
REPORT = Speaker("a report by the Dam Authority", DIED, "document", owner="Dam Authority")

ONE_OR_TWO: list[tuple[str, Speaker | None, Speaker | None, tuple[int, int]]] = [
    ("two people with names", lund(), Speaker("Jan Berg", DIED), (2, 2)),
    ("one person, with and without title", lund(), Speaker("Ada Lund", DIED), (1, 1)),
    ("first name and initial", lund(), Speaker("A. Lund", DIED), (1, 2)),  # likely one, and not for sure
    ("siblings", lund(), Speaker("Olaf Lund", DIED), (2, 2)),
    ("the same unnamed official", official(), official(), (1, 2)),
    ("officials and an official", official(), official("interior ministry officials"), (1, 2)),
    ("officials of two bodies", official(), official("a hospital official"), (1, 2)),  # likely two
    ("unnamed here and there", official("sources"), official("people"), (1, 2)),
    ("somebody named, and officials", lund(), official("officials"), (1, 2)),
    ("a body and its initials", Speaker("the World Dam Organisation", DIED, "organisation"),
     Speaker("WDO", DIED, "organisation"), (1, 1)),
    ("two bodies", MINISTRY, Speaker("the Dam Authority", DIED, "organisation"), (2, 2)),
    ("a report and who issued it", REPORT, Speaker("the Dam Authority", DIED, "organisation"), (1, 1)),
    ("two outlets that give nobody", None, None, (1, 2)),
    ("somebody named, and an outlet", lund(), None, (1, 2)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "expected"), [case[1:] for case in ONE_OR_TWO], ids=[c[0] for c in ONE_OR_TWO]
)
def test_two_outlets_on_their_own(one: Speaker | None, other: Speaker | None, expected: tuple[int, int]) -> None:
    assert range_of(two(one, other)) == expected


def test_the_same_unnamed_official_in_two_papers_is_probably_one_origin() -> None:
    result = found(two(official(), official()))
    assert result.shares[0] > 0.75
    assert any("cannot be told" in gap.message for gap in result.gaps) or result.shares[0] >= 0.8


def test_unnamed_sources_are_neither_merged_nor_split_in_silence() -> None:
    result = found(two(official("sources"), official("people familiar with the matter")))
    assert (result.least, result.most) == (1, 2)
    assert any("one source cannot be told" in gap.message for gap in result.gaps)


def test_on_other_days_unnamed_officials_are_less_likely_one() -> None:
    near = found(two(official(), official())).shares[0]
    far = found(two(official(), official(), ("2024-05-01", "2024-05-20"))).shares[0]
    assert far < near - 0.2


def test_a_shared_quotation_has_its_speaker_as_the_one_origin() -> None:
    quote = "Twelve people died when the old dam above Halna burst and nobody had been warned"
    made = []
    for id_, outlet, who in (("a", "Halna Post", "a senior official"), ("b", "Harbour Echo", "a rescue worker")):
        text = f"“{quote},” {who} said. {FILLER}"
        made.append(Told(id_, outlet, text, speakers=(official(who, f"“{quote},”"),)))
    story = Made(made).shares("a", "b", quote, copied=0.1, common=0.8, quoted=True)
    assert range_of(story) == (1, 1)


# --- who has it from whom ---------------------------------------------------------------------------------------------


def test_one_wire_in_three_hundred_papers_is_one_origin_and_quick() -> None:
    text = f"HALNA (Amber News) - A senior interior ministry official said that {DIED}. {FILLER * 20}"
    made = Made([
        Told(f"p{n:03}", f"Paper {n}", f"{text} {'' if n % 3 else 'Our own last line.'}", "2024-05-02",
             speakers=(official("A senior interior ministry official"),), analysed=n < 20)
        for n in range(300)
    ])  # fmt: skip
    for n in range(1, 300):
        made.shares("p000", f"p{n:03}", text, share=0.97, earlier_share=0.98)
        made.cites(f"p{n:03}", "Amber News", kind="credit line")
    story, analyses = made.story, made.analyses
    result = origins.find(story, CLAIM, analyses)
    assert (result.least, result.most) == (1, 1)
    assert len(result.carriers) == 300
    assert len(result.origins) == 1
    assert len(result.origins[0].articles) == 300


def test_three_hundred_rewritten_articles_are_one_origin() -> None:
    made = Made([told(f"p{n:03}", f"Paper {n}", None, f"2024-05-{1 + n // 12:02}") for n in range(300)])
    made = Made([replace(t, text=f"{t.text} {t.outlet} was there, as always.") for t in made.told])
    for n in range(1, 300):
        for earlier in {0, n - 1}:
            made.shares(f"p{earlier:03}", f"p{n:03}", DIED.capitalize().replace("halna", "Halna"))
    story = made.story
    result = origins.find(story, CLAIM, {})
    assert (result.least, result.most) == (1, 1)


def test_a_lost_source_is_found_where_the_text_comes_from() -> None:
    one = told("a", "Halna Post", "Mayor Ada Lund", "2024-05-01", speakers=(lund(),))
    other = told("b", "Harbour Echo", None, "2024-05-02")
    assert range_of(Made([one, other])) == (1, 2)
    result = found(Made([one, other]).shares("a", "b", DIED, DIED.capitalize().replace("halna", "Halna")))
    assert (result.least, result.most) == (1, 1)
    assert [(o.name, o.articles) for o in result.origins if o.chance > 0.5] == [("Mayor Ada Lund", ("a", "b"))]
    assert next(c for c in result.carriers if c.article == "b").rests_on[0][0] == "a"


@pytest.mark.parametrize(("copied", "expected"), [(0.97, (1, 1)), (0.5, (1, 2)), (0.0, (1, 2))])
def test_an_uncertain_link_widens_the_range(copied: float, expected: tuple[int, int]) -> None:
    one = told("a", "Halna Post", "Mayor Ada Lund", "2024-05-01", speakers=(lund(),))
    other = told("b", "Harbour Echo", None, "2024-05-02")
    made = Made([one, other]).shares("a", "b", FILLER, copied=copied / 0.7 if copied < 0.7 else 1, common=0)
    if copied == 0.97:
        made = Made([one, other]).shares("a", "b", DIED, DIED.capitalize().replace("halna", "Halna"), copied=copied)
    assert range_of(made) == expected


def test_the_surer_it_is_copied_the_likelier_is_one_origin() -> None:
    one = told("a", "Halna Post", "Mayor Ada Lund", "2024-05-01", speakers=(lund(),))
    other = told("b", "Harbour Echo", None, "2024-05-02")
    ways = [Made([one, other]).shares("a", "b", FILLER, copied=copied, common=0) for copied in (0.0, 0.3, 0.6, 0.9)]
    shares = [found(made).shares[0] for made in ways]
    assert shares == sorted(shares)
    assert shares[-1] - shares[0] > 0.3


def test_who_cites_an_outlet_of_the_story_rests_on_its_article() -> None:
    one = told("a", "Halna Post", "Mayor Ada Lund", "2024-05-01", speakers=(lund(),))
    post = Speaker("The Halna Post", DIED, "outlet", names=("Halna Post",))
    other = told("b", "Harbour Echo", "The Halna Post", "2024-05-02", speakers=(post,))
    result = found(Made([one, other]))
    assert (result.least, result.most) == (1, 1)
    assert dict(next(c for c in result.carriers if c.article == "b").rests_on)["a"] > 0.9


def test_who_cites_an_outlet_that_the_corpus_has_not_rests_on_that() -> None:
    post = Speaker("The Amber Courier", DIED, "outlet", names=("Amber Courier",))
    one = told("a", "Halna Post", "The Amber Courier", speakers=(post,))
    other = told("b", "Harbour Echo", "The Amber Courier", "2024-05-02", speakers=(post,))
    result = found(Made([one, other]))
    assert (result.least, result.most) == (1, 1)
    assert [(o.kind, o.name) for o in result.origins] == [("outlet", "The Amber Courier")]


def test_a_credit_makes_the_agency_the_origin() -> None:
    made = Made([told("a", "Halna Post", None), told("b", "Harbour Echo", None, "2024-05-02")])
    made = Made([made.told[0], replace(made.told[1], text="A night of fear is over. " + made.told[1].text)])
    made.cites("a", "Amber News", kind="credit line").cites("b", "Amber News", kind="credit line")
    result = found(made)
    assert (result.least, result.most) == (1, 1)
    assert [(o.kind, o.name) for o in result.origins] == [("outlet", "Amber News")]


def test_two_articles_of_an_outlet_are_one_origin() -> None:
    one, other = told("a", "Halna Post", None), told("b", "The Halna Post", None, "2024-05-03")
    assert range_of(Made([one, replace(other, text="A week of mourning begins. " + other.text)])) == (1, 1)


def test_articles_that_have_it_from_each_other_have_one_origin_and_say_so() -> None:
    one = told("a", "Halna Post", "The Harbour Echo", speakers=(Speaker("The Harbour Echo", DIED, "outlet"),))
    other = told("b", "Harbour Echo", "The Halna Post", speakers=(Speaker("The Halna Post", DIED, "outlet"),))
    made = Made([one, other])
    circle = Circle(("a", "b"), (Exhibit("a"), Exhibit("b")), "They have it from each other")
    result = origins.find(replace(made.story, circles=(circle,)), CLAIM, made.analyses)
    assert (result.least, result.most) == (1, 1)
    assert result.circles == (circle,)
    assert any(gap.kind == "circle" for gap in result.gaps)


def test_without_analyses_simple_cues_have_to_do_and_a_gap_says_so() -> None:
    one = told("a", "Halna Post", "Mayor Ada Lund", analysed=False)
    other = told("b", "Harbour Echo", "Ada Lund", "2024-05-02", analysed=False)
    result = found(Made([one, other]))
    assert (result.least, result.most) == (1, 1)
    assert [(o.kind, o.name) for o in result.origins] == [("person", "Mayor Ada Lund")]
    assert any(gap.kind == "not analysed" and "Halna Post" in gap.message for gap in result.gaps)


def test_nobody_carries_it() -> None:
    result = found(Made([told("a", "Halna Post", None)]), "The council sold the harbour to a foreign bank")
    assert (result.least, result.most, result.shares, result.origins) == (0, 0, (), ())
    assert any(gap.kind == "no carrier" for gap in result.gaps)


def test_a_changed_number_is_told() -> None:
    made = Made([told("a", "Halna Post", None), told("b", "Harbour Echo", None, "2024-05-02")])
    made = Made([made.told[0], replace(made.told[1], text=made.told[1].text.replace("Twelve", "Nineteen"))])
    result = found(made)
    assert [c.article for c in result.carriers] == ["a", "b"]
    assert any("19 where the claim says 12" in reason for reason in result.carriers[1].reasons)


UNHEARD = "The clerks had been told of cracks, a watchman said"


def of_the_dam(id_: str, outlet: str, sentence: str, more: str = "") -> Told:
    return Told(id_, outlet, f"HALNA – The dam of Halna burst on Tuesday. {sentence}. {more}", analysed=False)


def test_articles_in_words_of_their_own_may_tell_it_too_and_that_is_said() -> None:
    claim = "Nobody looked at the wall for years"
    one = of_the_dam("a", "Halna Post", claim)
    other = of_the_dam("b", "Harbour Echo", UNHEARD)
    alone = found(Made([one]), claim)
    assert (alone.least, alone.most) == (1, 1)
    both = found(Made([one, other]), claim)
    assert (both.least, both.most) == (1, 2)
    assert any(gap.kind == "other words" and "Harbour Echo" in gap.message for gap in both.gaps)
    copied = found(Made([one, other]).shares("a", "b", "The dam of Halna burst on Tuesday."), claim)
    assert (copied.least, copied.most) == (1, 1)


def test_a_number_leads_to_a_claim_in_any_words() -> None:
    claim = "Forty-seven people died when the dam of Halna burst"
    made = Made([of_the_dam("a", "Halna Post", claim), of_the_dam("b", "Harbour Echo", UNHEARD)])
    result = found(made, claim)
    assert (result.least, result.most) == (1, 1)
    made = Made([*made.told[:1], of_the_dam("b", "Harbour Echo", "In Halna 47 bodies lie in the school")])
    assert [carrier.article for carrier in found(made, claim).carriers] == ["a", "b"]


def test_a_cited_outlet_that_is_not_there_has_it_from_somebody() -> None:
    """The Courier's report is not in the story; the mayor, whom another paper gives, may well be behind it."""
    courier = Speaker("The Amber Courier", DIED, "outlet", names=("Amber Courier",))
    result = found(two(lund(), courier))
    assert (result.least, result.most) == (1, 2)
    through = found(two(replace(lund(), words="Mayor Ada Lund"), courier))
    assert through.shares[0] > 0.6


def test_an_empty_story_and_an_empty_claim_have_no_origin() -> None:
    assert origins.find(Story("", (), ()), CLAIM, {}).most == 0
    assert found(Made([told("a", "Halna Post", None)]), "").most == 0
    assert found(Made([told("a", "Halna Post", None)]), "the and of").most == 0


# --- what always holds ------------------------------------------------------------------------------------------------

SPEAKERS = [None, lund(), Speaker("Jan Berg", DIED), official(), official("officials"), official("sources"), MINISTRY]


@st.composite
def stories(draw: st.DrawFn) -> Made:
    count = draw(st.integers(1, 5))
    made = []
    for n in range(count):
        speaker = draw(st.sampled_from(SPEAKERS))
        day = f"2024-05-0{draw(st.integers(1, 4))}"
        one = told(
            f"a{n}", f"Paper {n}", speaker.words if speaker else None, day, speakers=(speaker,) if speaker else ()
        )
        made.append(replace(one, text=f"{one.text} Line {n} of the paper is its own."))
    story = Made(made)
    for n in range(1, count):
        if draw(st.booleans()):
            other = draw(st.integers(0, n - 1))
            copied = draw(st.floats(0, 0.9))
            story.shares(f"a{other}", f"a{n}", FILLER, copied=copied, back=0.05, common=0.05)
    return story


@settings(max_examples=40, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_the_range_holds_and_the_order_of_entries_does_not_matter(made: Made, random: object) -> None:
    result = found(made)
    assert 1 <= result.least <= result.most <= sum(o.chance > 0 for o in result.origins) + 1
    assert sum(result.shares) == pytest.approx(1)
    assert sum(result.shares[result.least - 1 : result.most]) >= 0.9 - 1e-9
    for carrier in result.carriers:
        assert sum(share for _, share in carrier.rests_on) == pytest.approx(1)
        known = {e.id for e in made.story.entries} | {o.id for o in result.origins}
        assert {id_ for id_, _ in carrier.rests_on} <= known
    entries = list(made.story.entries)
    random.shuffle(entries)  # type: ignore[attr-defined]
    again = origins.find(replace(made.story, entries=tuple(entries)), CLAIM, made.analyses)
    assert (again.least, again.most, again.shares) == (result.least, result.most, result.shares)
    assert again.origins == tuple(
        replace(o, articles=n.articles, exhibits=n.exhibits) for o, n in zip(result.origins, again.origins, strict=True)
    )


@settings(max_examples=40, deadline=None)
@given(stories(), st.integers(0, 4))
def test_a_further_verbatim_copy_never_adds_an_origin(made: Made, which: int) -> None:
    before = found(made)
    original = made.told[which % len(made.told)]
    copy = Told("z", "Late Copy", original.text, "2024-05-09", speakers=original.speakers)
    copied = Made([*made.told, copy], made.derivations, made.citations)
    after = found(copied)
    assert (after.least, after.most, after.shares) == (before.least, before.most, before.shares)
    assert next(c for c in after.carriers if c.article == "z").rests_on == ((original.id, 1.0),)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_and_any_claim_are_answered(text: str, claim: str) -> None:
    article = Article("a", "a", text, "", "", "text/plain")
    result = origins.find(Story("a", (Entry(article, None, None, None),), ("a",)), claim, {})
    assert (result.most > 0) == bool(result.carriers)
