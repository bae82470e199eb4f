"""An open database with the newest schema, on both backends, and a small call centre in it."""

from collections.abc import Iterator

import pytest

from server_sync.store.database import Database
from server_sync.texts import speak
from tests.server_sync.organisation import Organisation, seed


@pytest.fixture(autouse=True)
def english() -> None:
    """The command line leaves the language that it spoke behind; each test begins without."""
    speak("en")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def organisation(database: Database) -> Organisation:
    return seed(database)
