"""What all replicated tables share."""

import pytest
from sqlalchemy import Table

from server_sync.domain.model import TABLES
from server_sync.domain.model.columns import IdType


@pytest.mark.parametrize("table", TABLES.values(), ids=str)
def test_s1_every_replicated_row_has_an_id_of_its_own_and_the_servers_version_of_it(table: Table) -> None:
    assert [column.name for column in table.primary_key] == ["id"]
    assert isinstance(table.c.id.type, IdType)
    assert not table.c.rev.nullable
    assert table.dialect_options["sqlite"]["with_rowid"] is True
