"""Desks for the people of the call centre."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert

from server_sync.domain.commands import Actor
from server_sync.store.database import Database
from server_sync.store.tables import device
from tests.server_sync.organisation import NOW, Organisation
from tests.server_sync.sync.desks import Desk

NewDesk = Callable[[Actor], Desk]


@pytest.fixture
def new_desk(database: Database, organisation: Organisation) -> NewDesk:
    return lambda actor: make_desk(database, organisation, actor)


def make_desk(database: Database, organisation: Organisation, actor: Actor) -> Desk:
    """A device of a person."""
    row_id = organisation.ids.new()
    row = {
        "id": row_id,
        "person_id": actor.person_id,
        "name": "台式机",
        "token_hash": row_id,
        "issued_at": NOW,
    }
    with database.write(NOW) as tx:
        tx.connection.execute(insert(device), row)
    return Desk(database, actor, row_id)
