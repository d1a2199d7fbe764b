"""The perturbations of evaluation/robustness.py: what they make, and that every character knows where it was."""

import doctest
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parents[2] / "evaluation"))

import nested
import robustness

TEXT = (
    "Harbour stays shut.\n\n“It is over,” Anna Berg told the Tribune, adding that “nobody”, not even Mr. Dorn, would"
    " come back to the ‘old’ harbour before the spring. She left.\n\nThe mayor agreed."
)
MADE = {
    "straight double quotes": '"It is over," Anna',
    "single quotes (British)": "‘It is over,’ Anna Berg told the Tribune, adding that ‘nobody’, not",
    "guillemets": "« It is over, » Anna",
    "every third closing mark missing": "adding that “nobody”, not",
    "headline style": "Harbour Stays Shut\n\n“It Is Over,” Anna Berg Told the Tribune, Adding That",
    "ALL CAPITALS": "ADDING THAT “NOBODY”, NOT EVEN MR. DORN, WOULD",
    "bullet list": "before the spring.\n- She left.\n- The mayor agreed.",
    "transcript": "Harbour stays shut.\n\nANCHOR: “It is over,”",
    "no blank lines": "shut.\n“It",
}
MARKS_AND_SPACE = set("“”„«»\"'‘’ \n\t\r")
PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "''",
        "‘no’",
        "«",
        "»",
        " ",
        ", ",
        ". ",
        "\n",
        "\n\n",
        "Mr. ",
        "said ",
        "The mayor ",
        "ß",
        "ŉ",
        "🦊",
        "it’s ",
    ]
)


@pytest.mark.parametrize("name", MADE)
def test_what_a_perturbation_makes(name: str) -> None:
    assert MADE[name] in robustness.PERTURBATIONS[name](TEXT).text


def test_wrapped_lines_are_at_most_72_wide() -> None:
    lines = robustness.wrapped(TEXT).text.split("\n")
    assert max(map(len, lines)) <= robustness.WIDTH
    assert len(lines) == 7


def test_every_third_closing_mark_is_gone() -> None:
    assert robustness.unclosed("“a” “b” “c” “d” “e” “f”").text == "“a” “b” “c “d” “e” “f"


def test_an_unknown_name_is_as_long_and_the_same_throughout() -> None:
    changed = robustness.unknown_names("John Smith met Barack Obama in London. John Smith left London.").text
    assert len(changed) == len("John Smith met Barack Obama in London. John Smith left London.")
    assert not {"Smith", "Obama", "London"} & set(changed.replace(".", "").split())
    assert changed.split()[:2] == changed.split(". ")[1].split()[:2]


@example(text="He left. \xa0She ran.\n\xa0\nIt rained.")
@settings(max_examples=60, deadline=None)
@given(text=st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
@pytest.mark.parametrize("name", [name for name in robustness.PERTURBATIONS if name != "unknown names"])
def test_kept_characters_are_equal_and_in_order(name: str, text: str) -> None:
    changed = robustness.PERTURBATIONS[name](text)
    assert len(changed.origin) == len(changed.text)
    kept = [(new, old) for new, old in enumerate(changed.origin) if old != robustness.INSERTED]
    assert [old for _, old in kept] == sorted({old for _, old in kept})
    for new, old in kept:
        here, there = changed.text[new], text[old]
        spaces = here.isspace() and there.isspace()  # also "\x1f" and its like, which MARKS_AND_SPACE does not list
        assert spaces or here.casefold() == there.casefold() or there in MARKS_AND_SPACE
    lost = {text[n] for n in set(range(len(text))) - {old for _, old in kept}}
    assert all(letter.isspace() or letter in MARKS_AND_SPACE or letter == "." for letter in lost)


@pytest.mark.parametrize("name", robustness.PERTURBATIONS)
def test_a_span_comes_back_to_the_same_words(name: str) -> None:
    changed = robustness.PERTURBATIONS[name](TEXT)
    told = TEXT.index("told")
    start = changed.origin.index(told)
    assert changed.back(((start, start + 4),)) == ((told, told + 4),)
    assert changed.text[start : start + 4].lower() == "told"


def test_what_is_said_by_an_added_speaker_is_left_out_and_the_rest_moves_up() -> None:
    changed = robustness.edited("Ann said no.", [robustness.Edit(0, 0, "HOST: ")])
    host = nested.Found(((0, 4),), ((4, 5),), ((6, 18),), None)
    ann = nested.Found(((6, 9),), ((10, 14),), ((15, 17),), 0)
    assert robustness.carried_back(changed, [host, ann]) == (nested.Found(((0, 3),), ((4, 8),), ((9, 11),), None),)


def test_edits_must_not_overlap() -> None:
    with pytest.raises(ValueError, match="overlap"):
        robustness.edited("abc", [robustness.Edit(0, 2, ""), robustness.Edit(1, 3, "")])


def test_without_the_scorer_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    robustness.main(["--scorer", str(tmp_path / "absent")])
    assert "skipped" in capsys.readouterr().out


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(robustness).failed == 0
