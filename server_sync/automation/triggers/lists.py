"""Once: everyone in the audience (M1.22), customers chosen by hand, or those whom an import brought (B1)."""

from typing import Any

from sqlalchemy import Row, Select, exists, select, union

from server_sync.automation.moments import Moment
from server_sync.automation.triggers.picking import Params, Picking, Reach
from server_sync.domain.model import contract, customer, event, sales_order
from server_sync.store.tables import import_batch, import_change


def _own_key(params: Params, row: Row[Any], moment: Moment) -> str:
    return str(row.id.hex())


def _chosen(params: Params, reach: Reach) -> Select[Any]:
    return select(customer.c.product_line).where(customer.c.code.in_(params["customers"]))


def _imported(params: Params, reach: Reach) -> Select[Any]:
    """The customers whom the batch created or changed, or of whom it brought orders, contracts or events; nobody once
    it has been taken back."""
    batch_id = bytes.fromhex(params["import"])

    def rows(name: str) -> Select[Any]:
        return select(import_change.c.row_id).where(
            import_change.c.batch_id == batch_id, import_change.c.table_name == name
        )

    brought = union(
        rows("customer"),
        *(
            select(table.c.customer_id).where(table.c.id.in_(rows(table.name)))
            for table in (sales_order, contract, event)
        ),
    )
    stands = exists().where(import_batch.c.id == batch_id, import_batch.c.undone_at.is_(None))
    return select(customer.c.product_line).where(customer.c.id.in_(brought), stands)


BATCH = Picking(
    "batch",
    lambda params, reach: select(customer.c.product_line),
    lambda params, row, moment: f"{row.id.hex()}:{params['batch']}",
    lambda params, row, moment: {"batch": params["batch"]},
    ends=True,
)
BY_HAND = Picking("by_hand", _chosen, _own_key, lambda params, row, moment: {}, ends=True)
IMPORTED = Picking(
    "imported",
    _imported,
    lambda params, row, moment: f"{row.id.hex()}:{params['import']}",
    lambda params, row, moment: {"import": params["import"]},
    ends=True,
)
