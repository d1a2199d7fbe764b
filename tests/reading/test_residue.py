"""Residue: every rule takes what its table says, and never prose."""

import pytest

from sayso.reading import residue
from sayso.reading.residue import Rule

FIRST = "Officials said on Monday that the road to the coast would stay closed until the end of the week."
LAST = "Two drivers told the agency that they had waited for nine hours before anybody came to help them."


def texts(text: str) -> list[str]:
    return [part.text for part in residue.cut(text).residue]


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule in residue.rules() for line in rule.yes])
def test_lines_that_must_match(rule: Rule, line: str) -> None:
    assert rule.match.fullmatch(line)
    assert residue.rule_for(line) is not None


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule in residue.rules() for line in rule.no])
def test_lines_that_must_not_match(rule: Rule, line: str) -> None:
    assert not rule.match.fullmatch(line)


def test_every_rule_has_its_source_and_examples() -> None:
    for rule in residue.rules():
        assert rule.source
        assert rule.yes
        assert rule.no
        assert rule.alone in ("anywhere", "edge", "tail", "never")


@pytest.mark.parametrize(
    ("text", "left", "taken"),
    [
        (
            f"{FIRST}\n\n{LAST}\n\nYour Name\nYour Email Address\n",
            f"{FIRST}\n\n{LAST}",
            ["Your Name", "Your Email Address"],
        ),
        (f"{FIRST}\n\nAdvertisement\n\n{LAST}", f"{FIRST}\n\n{LAST}", ["Advertisement"]),
        (f"Share\nTweet\n\n{FIRST}\n\n{LAST}", f"{FIRST}\n\n{LAST}", ["Share", "Tweet"]),
        (
            f"{FIRST}\n\n{LAST}\n\nRelated articles\n\nBridge opens\n- Ferry stops\n\nCopyright © 2024 Coast Herald",
            f"{FIRST}\n\n{LAST}",
            ["Related articles", "Bridge opens", "- Ferry stops", "Copyright © 2024 Coast Herald"],
        ),
        (f"{FIRST}\n\nRead more: Bridge opens\n\n{LAST}", f"{FIRST}\n\n{LAST}", ["Read more: Bridge opens"]),
    ],
)
def test_cut(text: str, left: str, taken: list[str]) -> None:
    clean = residue.cut(text)
    assert clean.text == left
    assert [part.text for part in clean.residue] == taken
    assert all(0 <= part.position <= len(left) for part in clean.residue)


@pytest.mark.parametrize(
    "line",
    [
        "Share this: the burden has to be carried by all, the minister said.",
        "Share this: the burden",
        "Your Name",  # the title of a film, in the middle of a text
        "Share",  # alone it may be a word of the text
        "Email",
        "Related crimes",
        "Copyright © 2019 Coast Herald",  # in the middle of a text it may be what the text is about
        "Comments are closed.",
        "Home > News",
    ],
)
def test_stays_in_the_middle(line: str) -> None:
    assert texts(f"{FIRST}\n\n{line}\n\n{LAST}") == []


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Jane Roe; Editing by P. Low)",
        "The Associated Press contributed to this report.",
        "Contributing: The Associated Press",
        "Source: Isles Wire and agencies",
        "Source TRT World and agencies",
        "This article is an edited translation from our Arabic edition.",
        "This article is more than 3 years old",
        "Jane Roe/P. Low",
        "- REUTERS",
    ],
)
def test_credits_stay_at_the_end(line: str) -> None:
    assert texts(f"{FIRST}\n\n{LAST}\n\n{line}") == []
    assert line not in texts(f"{FIRST}\n\n{LAST}\n\nRelated articles\n\n{line}") or line.startswith(("Jane", "- R"))


def test_a_wrapped_line_is_no_line_of_its_own() -> None:
    text = "Officials said on Monday that nobody should ever\nshare\nemail\naddresses with a stranger, whoever it is."
    assert texts(text) == []


def test_only_residue_leaves_nothing() -> None:
    assert residue.cut("Your Name\nYour Email Address").text == ""
