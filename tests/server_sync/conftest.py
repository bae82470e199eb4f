"""An open database with the newest schema, on both backends, and a small call centre in it."""

from collections.abc import Iterator

import pytest

from server_sync.store.database import Database
from tests.server_sync.organisation import Organisation, seed


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def organisation(database: Database) -> Organisation:
    return seed(database)
