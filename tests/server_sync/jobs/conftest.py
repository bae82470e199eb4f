"""A clock for jobs."""

import pytest

from tests.clocks import HandClock
from tests.server_sync.organisation import NOW


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOW)
