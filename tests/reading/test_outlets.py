"""The table of outlets, and who wins where several are named."""

import pytest

from sayso.reading import outlets
from sayso.reading.draft import Naming

DATELINE = Naming("Reuters", 'dateline "LONDON (Reuters) -"')


def test_table() -> None:
    assert len(outlets.table()) >= 80
    for outlet in outlets.table():
        assert outlet.kind in ("agency", "broadcaster", "newspaper", "site")
        assert outlet.country
        assert outlet.source
        assert outlet.domains
        assert outlets.named(outlet.name) is not None
        assert all(outlets.at_domain(f"https://www.{domain}/a") == outlet for domain in outlet.domains)
    names = [outlet.name for outlet in outlets.table()]
    assert len(names) == len(set(names))


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


@pytest.mark.parametrize("url", ["https://notbbc.co.uk/", "https://bbc.co.uk.evil.example/", "https://co.uk/"])
def test_a_host_that_only_looks_alike(url: str) -> None:
    assert outlets.at_domain(url) is None
