"""Where the newsrooms' texts lie that are not in the repository, for the tests that need them."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("SAYSO_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def needs(*parts: str) -> pytest.MarkDecorator:
    """Skip a test where a file or folder of the shared data is absent."""
    path = SHARED.joinpath(*parts)
    return pytest.mark.skipif(
        not path.exists(), reason=f"{path} is absent (set SAYSO_SHARED); it is not in the repository"
    )
