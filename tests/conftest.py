"""What holds for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sayso.words import tables


@pytest.fixture(autouse=True)
def own_tables(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for imported tables: no test sees those of the person who runs it, nor another test's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("SAYSO_HOME", str(home))
    yield home / "outlets"
    tables.forget()


# How long an example takes says how busy the machine is.
settings.register_profile("sayso", deadline=None)
settings.load_profile("sayso")
