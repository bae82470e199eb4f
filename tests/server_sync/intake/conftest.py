"""An open database with the schema, on both backends, and the shared sample workbook."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server_sync.intake.workbook import Workbook, read_workbook_file
from server_sync.store.database import Database

SUPERSTORE = Path(__file__).resolve().parents[4] / "shared" / "data" / "superstore_zh.xls"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def superstore_file() -> Path:
    if not SUPERSTORE.exists():
        pytest.skip("the shared sample workbook is not beside this clone")
    return SUPERSTORE


@pytest.fixture(scope="session")
def superstore(superstore_file: Path) -> Workbook:
    return read_workbook_file(superstore_file)
