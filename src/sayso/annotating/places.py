"""Places that stand for who governs or works there: "Damascus", "the Kremlin", "Downing Street"."""

from functools import cache

from spacy.tokens import Span as SpacySpan

from sayso import words


def is_called_capital(phrase: SpacySpan) -> bool:
    """Whether the source is a city that the text itself calls a capital ("the capital, Carrowby")."""
    return any(t.lower_ == "capital" and phrase.root in (t, t.head) for t in phrase)


@cache
def _seats() -> dict[str, str]:
    return {place: entry["stands_for"] for entry in words.load("sources")["seat"] for place in entry["places"]}


def seat_of(place: str) -> str | None:
    """Who works in a building or a street that stands for them, or None.

    >>> seat_of("Kremlin")
    'Russian presidency'
    """
    return _seats().get(place)


@cache
def _governments() -> dict[str, str]:
    table: list[list[str]] = words.load("sources")["capitals"]["table"]
    by_capital = {capital: f"{adjective} government" for capital, _, adjective in table}
    return {**{country: f"{adjective} government" for _, country, adjective in table}, **by_capital}


def government_of(place: str) -> str | None:
    """How the government of a capital or a country is called, or None.

    >>> government_of("Damascus"), government_of("Carrowby")
    ('Syrian government', None)
    """
    return _governments().get(place)


def is_of_government(name: str) -> bool:
    """Whether a name is one that we give a government, which the text need not have."""
    return name in _called()


@cache
def _called() -> frozenset[str]:
    return frozenset((*_governments().values(), *_seats().values()))
