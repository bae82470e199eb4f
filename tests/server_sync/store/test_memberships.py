"""Which changes may move dossiers between partitions."""

from sqlalchemy import Column, select
from sqlalchemy.sql import visitors

from server_sync.domain.model import customer
from server_sync.store import partitions
from server_sync.store.memberships import MOVERS


def test_s3_every_column_that_says_where_a_dossier_is_may_move_it() -> None:
    looked_at = {
        (element.table.name, element.name)
        for element in visitors.iterate(partitions.reasons(select(customer.c.id)))
        if isinstance(element, Column) and element.name != "id"
    }
    assert looked_at == {(table, column) for table, columns in MOVERS.items() for column in columns}
