"""An open database with the schema and the small call centre, on both backends."""

from collections.abc import Iterator

import pytest

from server_sync.store.database import Database
from tests.server_sync.automation.planning import Centre, centre


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def office(database: Database) -> Centre:
    return centre(database)
