"""Circles in small invented stories."""

from dataclasses import replace

from sayso.corpus import circles
from sayso.model import Span
from sayso.model.story import Circle
from tests.corpus.stories import Made, Told

DAM = "the old dam above Halna burst in the night and twelve people died"
OTHER = "the harbour of Brodek will be closed to foreign ships from Friday on"


def post(day: str = "2024-05-01", id_: str = "a", cites: str = "The Harbour Echo", what: str = DAM) -> Told:
    return Told(id_, "Halna Post", f"{cites} reported that {what}. Rain fell. Nobody came. Schools are shut.", day)


def echo(day: str = "2024-05-01", cites: str = "The Halna Post", what: str = DAM, more: str = "") -> Told:
    return Told("b", "Harbour Echo", f"{cites} reported that {what}. Rain fell. Nobody came. {more}", day)


def found(made: Made) -> tuple[Circle, ...]:
    return circles.find(made.story)


def test_two_that_cite_each_other_about_the_same() -> None:
    made = Made([post(), echo()]).shares("a", "b", DAM)
    made.cites("a", "Harbour Echo", "b").cites("b", "Halna Post", "a")
    (circle,) = found(made)
    assert (sorted(circle.articles), circle.certainty) == (["a", "b"], "likely")
    assert "from each other" in circle.message
    texts = {told.id: told.text for told in made.told}
    assert sorted(span.of(texts[e.article]) for e in circle.exhibits for span in e.spans) == [
        "Halna Post",
        "Harbour Echo",
    ]


def test_one_citation_is_no_circle() -> None:
    made = Made([post(), echo()]).shares("a", "b", DAM).cites("b", "Halna Post", "a")
    assert found(made) == ()


def test_citations_that_are_not_about_what_is_shared_are_none() -> None:
    more = f"There was more. It was late. The Halna Post wrote of it long ago, as ever. {OTHER}."
    made = Made([post(), echo(cites="An unknown paper", more=more)]).shares("a", "b", DAM)
    made.cites("a", "Harbour Echo", "b").cites("b", "Halna Post", "a")
    assert found(made) == ()


def test_citations_about_different_things_are_none() -> None:
    """The Post has the dam from the Echo, the Echo has the harbour from the Post."""
    both = f"The Halna Post reported that {OTHER}. Rain fell. Nobody came. Then {DAM}."
    one = Told("a", "Halna Post", f"The Harbour Echo reported that {DAM}. Rain fell. Nobody came. Then {OTHER}.")
    other = Told("b", "Harbour Echo", both)
    made = Made([one, other]).shares("a", "b", DAM).shares("a", "b", OTHER)
    made.cites("a", "Harbour Echo", "b").cites("b", "Halna Post", "a")
    assert found(made) == ()


def test_a_claim_that_returns_to_its_first_outlet() -> None:
    first = Told("a", "Halna Post", f"Sources said that {DAM}. Rain fell.", "2024-05-01")
    made = Made([first, echo("2024-05-02"), post("2024-05-03", "c")])
    made.shares("a", "b", DAM).shares("b", "c", DAM)
    made.cites("b", "Halna Post", "a").cites("c", "Harbour Echo", "b")
    (circle,) = found(made)
    assert (circle.articles, circle.certainty) == (("c", "b", "a"), "likely")
    assert "returns to Halna Post" in circle.message
    assert "2024-05-01" in circle.message


def test_what_comes_back_after_weeks_may_be_a_mere_follow_up() -> None:
    first = Told("a", "Halna Post", f"Sources said that {DAM}. Rain fell.", "2024-05-01")
    made = Made([first, echo("2024-05-02"), post("2024-06-20", "c")])
    made.shares("a", "b", DAM).shares("b", "c", DAM)
    made.cites("b", "Halna Post", "a").cites("c", "Harbour Echo", "b")
    (circle,) = found(made)
    assert circle.certainty == "unclear"
    assert "50 days" in circle.message


def test_an_older_article_of_the_outlet_that_cites_does_not_return() -> None:
    """The Echo cites a later report of the Post; the Post's first one cited the Echo long before."""
    first = post("2024-05-01")
    made = Made([first, echo("2024-05-02"), Told("c", "Halna Post", f"We learn that {DAM}. Rain.", "2024-05-02")])
    made.shares("a", "b", DAM).shares("c", "b", DAM)
    made.cites("a", "Harbour Echo", "b").cites("b", "Halna Post", "c")
    assert found(made) == ()


def test_a_longer_circle() -> None:
    third = Told("c", "Amber News", f"The Harbour Echo reported that {DAM}. Rain fell. Nobody came.")
    made = Made([post(cites="Amber News"), echo(), third])
    made.shares("a", "b", DAM).shares("b", "c", DAM).shares("a", "c", DAM)
    made.cites("a", "Amber News", "c").cites("c", "Harbour Echo", "b").cites("b", "Halna Post", "a")
    (circle,) = found(made)
    assert sorted(circle.articles) == ["a", "b", "c"]


def test_a_credit_counts_where_most_of_the_article_is_shared() -> None:
    made = Made([post(), echo()]).shares("a", "b", DAM, share=0.9)
    made.cites("a", "Harbour Echo", "b").cites("b", "Halna Post", "a", kind="credit line")
    assert len(found(made)) == 1
    made = Made([post(), echo()]).shares("a", "b", DAM, share=0.1)
    made.cites("a", "Harbour Echo", "b").cites("b", "Halna Post", "a", kind="credit line")
    assert found(made) == ()


def test_the_order_of_the_story_does_not_matter() -> None:
    first = Told("a", "Halna Post", f"Sources said that {DAM}. Rain fell.", "2024-05-01")
    made = Made([first, echo("2024-05-02"), post("2024-05-03", "c")])
    made.shares("a", "b", DAM).shares("b", "c", DAM)
    made.cites("b", "Halna Post", "a").cites("c", "Harbour Echo", "b")
    story = made.story
    turned = replace(
        story, entries=story.entries[::-1], derivations=story.derivations[::-1], citations=story.citations[::-1]
    )
    assert circles.find(turned) == circles.find(story)


def test_without_dates_it_says_so() -> None:
    made = Made([replace(post(), day=None), replace(echo(), day=None)]).shares("a", "b", DAM)
    made.cites("a", "Harbour Echo", "b").cites("b", "Halna Post", "a")
    (circle,) = found(made)
    assert circle.certainty == "unclear"
    assert "cannot be told" in circle.message
    assert all(isinstance(span, Span) for exhibit in circle.exhibits for span in exhibit.spans)
