"""A small call centre whose plans are run."""

import pytest

from server_sync.store.database import Database
from tests.server_sync.automation.planning import Centre, centre


@pytest.fixture
def office(database: Database) -> Centre:
    return centre(database)
