"""The outputs are those that were looked at. To renew them: `python -m tests.reporting.stories.outputs`, then look."""

import pytest

from .outputs import GOLDEN, OUTPUTS


@pytest.mark.parametrize("name", OUTPUTS)
def test_output_is_the_one_that_was_looked_at(name: str) -> None:
    wanted = (GOLDEN / name).read_text(encoding="utf-8")
    assert OUTPUTS[name]() == wanted, "renew with: python -m tests.reporting.stories.outputs"
