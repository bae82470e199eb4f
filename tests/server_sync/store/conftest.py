"""An open database with the schema, on both backends."""

from collections.abc import Iterator

import pytest

from server_sync.store.database import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()
