"""Where quotations begin and end."""

import pytest

from sayso.words.quotations import quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no”.", ["“no”"]),
        ('He said "no" and "never".', ['"no"', '"never"']),
        ("« Non », a dit Paul.", ["« Non »"]),
        ("He said ‘no’ twice.", ["‘no’"]),
        ("The teachers’ union and the dogs’ home", []),
        ('a “branch of the group" and more', ['“branch of the group"']),
        ("“One paragraph\n“and the next”", ["“One paragraph", "“and the next”"]),
        ("“outer ‘inner’ outer”", ["“outer ‘inner’ outer”"]),
        ('6" of rain', []),
        ("", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in quotations(text)] == expected
