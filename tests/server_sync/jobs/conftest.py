"""A database, a clock, a small call centre, for jobs."""

from collections.abc import Iterator

import pytest

from server_sync.store.database import Database
from tests.clocks import HandClock
from tests.server_sync.organisation import NOW, Organisation, seed


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOW)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def organisation(database: Database) -> Organisation:
    return seed(database)
