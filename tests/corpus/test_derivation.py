"""Who has it from whom: what the evidence on two articles comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus import alignment, citing, derivation
from sayso.corpus.days import interval
from sayso.corpus.worded import Worded
from sayso.model import Article, Derivation, Entry

REPORT = (
    "Divers found the old cable of the harbour cut in two places on Monday, the port of Halna said. "
    "Port director Ada Winter told reporters that nobody had worked there for weeks. The cable carries the power for "
    "the cranes on the northern quay, and ships had to wait outside until the evening while engineers laid another one. "
    "The police are looking for witnesses who saw a boat off the breakwater on Sunday night. "
    "It was the third time this year that the harbour stood still for hours."
)
OWN = "Fishermen at the quay said they had heard of it on the radio only. One of them had been out until six."


def entry(name: str, text: str, day: str | None = None) -> Entry:
    article = Article(name, name, text, name, "2024-08-01T00:00:00Z", "text/plain", outlet=name, published=day)
    return Entry(article, None, *interval(article))


def judged(one: Entry, other: Entry) -> Derivation:
    passages = alignment.passages(Worded.of(one.article.text), Worded.of(other.article.text))
    both = [one, other]
    citations = [cited for e in both for cited in citing.citations(e, [o for o in both if o is not e])]
    context = derivation.Context.of(both)
    return derivation.judge(one, other, passages, citations, context)


def way(found: Derivation) -> str:
    match found.way:
        case "later from earlier":
            return f"{found.later} from {found.earlier}"
        case "earlier from later":
            return f"{found.earlier} from {found.later}"
        case told:
            return told


def test_a_copy_that_cites_the_older_one_has_it_from_there() -> None:
    older = entry("Halna Post", REPORT, "2024-05-06")
    copy = entry(
        "Amber Echo",
        f"{REPORT} This was first reported by the Halna Post, according to the Halna Post. {OWN}",
        "2024-05-09",
    )
    found = judged(older, copy)
    assert way(found) == "Amber Echo from Halna Post"
    assert any("Halna Post" in reason for reason in found.reasons)


def test_dates_of_one_day_accuse_nobody() -> None:
    found = judged(entry("Halna Post", REPORT, "2024-05-06"), entry("Amber Echo", REPORT, "2024-05-06"))
    assert found.way not in ("later from earlier", "earlier from later")


def test_dates_of_neighbouring_days_alone_accuse_nobody() -> None:
    found = judged(entry("Halna Post", REPORT, "2024-05-06"), entry("Amber Echo", REPORT, "2024-05-07"))
    assert found.way not in ("later from earlier", "earlier from later")


def test_a_shared_quotation_is_no_copying() -> None:
    said = "“Nobody has worked at that cable for weeks, and nobody had any reason to go down there at night,”"
    one = entry("Halna Post", f"{said} Ada Winter said. {OWN}", "2024-05-06")
    other = entry(
        "Amber Echo",
        f"Ships waited for hours off the port. {said} director Ada Winter told a press conference.",
        "2024-05-09",
    )
    assert judged(one, other).way in ("common source", "unclear")


def test_nothing_is_told_of_texts_that_share_nothing() -> None:
    found = judged(entry("Halna Post", REPORT, "2024-05-06"), entry("Amber Echo", OWN, "2024-05-09"))
    assert found.way == "unclear"


DAYS = st.sampled_from([None, "2024-05-06", "2024-05-07", "2024-05-20", "2021-05-06"])
TEXTS = st.sampled_from(
    [REPORT, REPORT[:300], f"{OWN} {REPORT}", OWN, f"{REPORT} – Halna Post", f"(Amber Echo) {REPORT}", ""]
)


@given(st.tuples(TEXTS, DAYS), st.tuples(TEXTS, DAYS))
def test_the_order_in_which_they_are_given_does_not_matter(
    one: tuple[str, str | None], other: tuple[str, str | None]
) -> None:
    first, second = entry("Halna Post", *one), entry("Amber Echo", *other)
    found, mirrored = judged(first, second), judged(second, first)
    assert (found.earlier, found.later, found.way) == (mirrored.earlier, mirrored.later, mirrored.way)
    chances = found.later_from_earlier, found.earlier_from_later, found.common, found.unknown
    assert sum(chances) == pytest.approx(1)
    assert min(chances) >= 0
    assert chances == pytest.approx(
        (mirrored.later_from_earlier, mirrored.earlier_from_later, mirrored.common, mirrored.unknown)
    )
    assert 0 <= found.earlier_share <= 1
    assert 0 <= found.later_share <= 1
