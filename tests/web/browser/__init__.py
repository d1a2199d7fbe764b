"""The desk in a browser. What its helpers assert is told as pytest tells it."""

import pytest

pytest.register_assert_rewrite("tests.web.browser.watching")
