"""One desk for the tests of a module: its processes take seconds to start."""

from collections.abc import Iterator

import pytest

from tests.web.desks import Browser, desk, stocked


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with desk(stocked(tmp_path_factory.mktemp("desk") / "corpus")) as browser:
        yield browser
