"""A clock for accounts."""

import pytest

from tests.clocks import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()
