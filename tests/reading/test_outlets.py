"""Who published a page, where several are named."""

import pytest

from sayso.reading import outlets
from sayso.reading.draft import Naming

DATELINE = Naming("Reuters", 'dateline "LONDON (Reuters) -"')


@pytest.mark.parametrize(
    ("namings", "url", "dateline", "expected"),
    [
        ([Naming("PressTV", "og:site_name")], None, None, ("Press TV", "og:site_name: PressTV")),
        (
            [Naming("Coast Herald", "og:site_name")],
            "https://coast.example/a",
            None,
            ("Coast Herald", "og:site_name: Coast Herald"),
        ),
        ([], "https://www.bbc.co.uk/news/1", None, ("BBC News", "address bbc.co.uk, in the table of outlets")),
        (
            [Naming("Home", "og:site_name")],
            "https://bbc.com/1",
            None,
            ("BBC News", "address bbc.com, in the table of outlets"),
        ),
        (
            [],
            "https://www.coast.example/a",
            None,
            ("coast.example", "address coast.example, not in the table of outlets"),
        ),
        ([], None, DATELINE, ("Reuters", 'dateline "LONDON (Reuters) -"')),
        (
            [],
            "https://coast.example/",
            DATELINE,
            (
                "coast.example",
                'address coast.example, not in the table of outlets; the dateline "LONDON (Reuters) -" names Reuters',
            ),
        ),
        ([], "http://[broken", None, None),
        ([], None, None, None),
    ],
)
def test_choose(
    namings: list[Naming], url: str | None, dateline: Naming | None, expected: tuple[str, str] | None
) -> None:
    assert outlets.choose(namings, url, dateline) == expected
