"""Carries a plan out as one batch in one transaction, and notes what it found, so that `undo` can take it back."""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import insert, text

from server_sync.domain.commands import Insert, Update
from server_sync.domain.ids import Ids
from server_sync.intake.plan import ImportPlan, ReadImport, plan_import
from server_sync.intake.stored import StoreView
from server_sync.jobs import plan_look
from server_sync.store import changes
from server_sync.store.rows import lock_customers
from server_sync.store.tables import import_batch, import_change
from server_sync.store.transaction import Transaction


def import_workbook(
    tx: Transaction, read: ReadImport, ids: Ids, person_id: bytes | None
) -> tuple[ImportPlan, bytes | None]:
    """Plan within the transaction and carry out; returns the plan and the batch's id.

    A file that changes nothing makes no batch: None. `person_id`: who imports, None for the command line.
    Imports come one after the other, so that each finds the customers of the one before.
    """
    if tx.connection.dialect.name == "postgresql":
        tx.connection.execute(text("LOCK TABLE import_batch IN SHARE ROW EXCLUSIVE MODE"))
    plan = plan_import(StoreView(tx.connection, tx.now, lambda ids: lock_customers(tx, ids)), read, ids)
    noted = list(_noted(plan))
    if not noted:
        return plan, None
    batch_id = ids.new()
    tx.connection.execute(
        insert(import_batch).values(
            id=batch_id,
            kind=read.mapping.imports.value,
            file_name=read.workbook.name,
            person_id=person_id,
            counts=plan.counts,
            imported_at=tx.now,
        )
    )
    tx.connection.execute(insert(import_change), [{"batch_id": batch_id, **change} for change in noted])
    changes.write(tx, _changes(plan))
    plan_look.enqueue(tx, f"import:{batch_id.hex()}")
    return plan, batch_id


def _changes(plan: ImportPlan) -> Iterator[Insert | Update]:
    for name, part in plan.draft.tables.items():
        for row in part.inserts.values():
            yield Insert(name, row)
        for row_id, values in part.updates.items():
            if values:
                yield Update(name, row_id, values)


def _noted(plan: ImportPlan) -> Iterator[dict[str, Any]]:
    """Each changed row with the revision that the batch leaves behind and the values it found."""
    for name, part in plan.draft.tables.items():
        for row_id in part.inserts:
            yield {"table_name": name, "row_id": row_id, "created": True, "rev": 1, "before": None}
        for row_id, values in part.updates.items():
            if values:
                stored = part.stored[row_id]
                before = msgspec.msgpack.encode({column: stored[column] for column in values})
                rev = stored["rev"] + 1
                yield {"table_name": name, "row_id": row_id, "created": False, "rev": rev, "before": before}
