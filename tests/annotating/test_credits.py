"""Whose report it is that an outlet prints: agencies in bylines, datelines and credits, and what is none."""

import pytest

from sayso.annotating import credits
from sayso.annotating.chains import draw
from sayso.model import words_of
from tests.annotating.reading import analysed, article


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("BEIRUT (Reuters) - A dam has burst, officials said.", "Reuters"),
        ("IDLEB, SANA – A dam has burst, officials said.", "SANA"),
        ("Three killed in blast. Reuters Thursday 2 Jun 2016 A bomb killed three people.", "Reuters"),
        ("A dam has burst, officials said. Two people are missing. (AFP)", "AFP"),
        ("A dam has burst, officials said.\n\nSource: Reuters", "Reuters"),
        ("A dam has burst, officials said. Two people are missing. --Reuters", "Reuters"),
        ("BEIRUT (Harbour Post) - A dam has burst, officials said.", None),
        ("BEIRUT (Smith) - A dam has burst, officials said.", None),
        ("Officials told Reuters on Thursday 2 June that a dam had burst.", None),
        ("A dam has burst, the New York Times said.", None),
        ("", None),
    ],
)
def test_credits(text: str, agency: str | None) -> None:
    found = credits.find(article(text))
    assert (found.name if found else None) == agency
    if found:
        assert words_of(found.spans, text) == agency


def test_the_publisher_credits_nobody_by_naming_itself() -> None:
    assert credits.find(article("BEIRUT (Reuters) - A dam has burst.", outlet="Reuters")) is None
    assert credits.find(article("BEIRUT (AP) - A dam has burst.", outlet="Associated Press")) is None
    assert credits.find(article("BEIRUT (AP) - A dam has burst.", outlet=None)) is None


def test_the_agency_is_the_first_link_of_every_chain() -> None:
    analysis = analysed("BEIRUT (Reuters) - A dam has burst, officials said. They added that two people had died.")
    assert [draw(c) for c in analysis.chains] == ["Harbour Post ← Reuters ← officials"] * 2
    link = analysis.chains[0].links[1]
    assert link.spans
    assert link.reasons == ("the dateline names Reuters",)
    assert link.actor in {actor.id for actor in analysis.actors if actor.named}


def test_the_agency_is_not_given_twice() -> None:
    analysis = analysed("BEIRUT (Reuters) - A dam has burst, officials told Reuters.")
    assert [draw(c) for c in analysis.chains] == ["Harbour Post ← Reuters ← officials"]
