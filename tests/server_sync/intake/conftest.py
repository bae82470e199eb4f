"""An open database with the schema, on both backends, and the shared sample workbook."""

from pathlib import Path

import pytest

from server_sync.intake.workbook import Workbook, read_workbook_file

SUPERSTORE = Path(__file__).resolve().parents[4] / "shared" / "data" / "superstore_zh.xls"


@pytest.fixture(scope="session")
def superstore_file() -> Path:
    if not SUPERSTORE.exists():
        pytest.skip("the shared sample workbook is not beside this clone")
    return SUPERSTORE


@pytest.fixture(scope="session")
def superstore(superstore_file: Path) -> Workbook:
    return read_workbook_file(superstore_file)
