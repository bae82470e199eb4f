"""Imports in tests: a text as a workbook, taken into a database, and what the database holds then."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from server_sync.domain.model import TABLES
from server_sync.domain.rules.local_time import zone
from server_sync.intake.batches import import_workbook
from server_sync.intake.fields import SheetKind
from server_sync.intake.guess import guess_mapping
from server_sync.intake.mapping import Mapping, check_complete
from server_sync.intake.plan import ImportPlan, read_import
from server_sync.intake.sheet import Cell, Sheet
from server_sync.intake.undo import Undone, undo_batch
from server_sync.intake.workbook import Workbook, read_workbook
from server_sync.store.database import Database
from tests.server_sync.organisation import NOW, CountedIds

IDS = CountedIds(lane=7)
SHANGHAI = zone("Asia/Shanghai")


def text_workbook(text: str, name: str = "list.csv") -> Workbook:
    """A delimited text, one row a line, spaces around lines left out."""
    lines = (line.strip() for line in text.strip().splitlines())
    return read_workbook(name, "\n".join(lines).encode())


def sheets_workbook(**sheets: Sequence[Sequence[Cell]]) -> Workbook:
    """A workbook of several sheets by name."""
    return Workbook(
        "book.xlsx", "", tuple(Sheet(name, [list(row) for row in rows]) for name, rows in sheets.items())
    )


def take_in(
    database: Database, workbook: Workbook, imports: SheetKind | None = None, mapping: Mapping | None = None
) -> tuple[ImportPlan, bytes | None]:
    """Import with guessed columns."""
    mapping = mapping or guess_mapping(workbook, imports)
    check_complete(mapping)
    read = read_import(workbook, mapping, SHANGHAI)
    with database.write(NOW) as tx:
        return import_workbook(tx, read, IDS, None)


def take_back(database: Database, batch_id: bytes | None) -> Undone:
    """Undo a batch."""
    assert batch_id is not None
    with database.write(NOW + 1000) as tx:
        return undo_batch(tx, batch_id)


def rows(database: Database, table: str) -> list[dict[str, Any]]:
    """All rows of a table by id."""
    with database.read() as connection:
        found = connection.execute(select(TABLES[table]).order_by(TABLES[table].c.id)).mappings()
        return [dict(row) for row in found]


def kinds(plan: ImportPlan) -> list[tuple[int, str, str]]:
    """The errors of a plan: row, column, kind."""
    return [(finding.row, finding.column, finding.kind.value) for finding in plan.findings.errors]


def notices(plan: ImportPlan) -> list[tuple[int, str]]:
    """The notices of a plan: row, kind."""
    return [(finding.row, finding.kind.value) for finding in plan.findings.notices]
