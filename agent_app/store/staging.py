"""A second replica, put together page by page beside the one in use and exchanged for it at once (SYNC L4).

Its tables lie in the same encrypted file as `staged_…`, without secondary indexes until the exchange. The desk goes on
reading the old replica; after a kill the pages go on where the staged cursor stands.
"""

from functools import cache

from sqlalchemy import Connection, MetaData, Table, delete, inspect, select
from sqlalchemy.schema import CreateIndex, CreateTable, DropTable

from agent_app.store import cursors, response_words
from agent_app.store.desk_state import recall, remember
from agent_app.store.driver import give_up_room, make_room
from agent_app.store.replica import DOSSIER, lose, purge_strangers, put_page
from agent_app.store.tables import cursor, held, staged_cursor
from server_sync.domain import crash
from server_sync.domain.model import TABLES, response
from server_sync.domain.wire.messages import PullReply

_ALL = (*TABLES.values(), held)
_STATE = "staging"
_STRANGERS = "staging_strangers"


def is_open(connection: Connection) -> bool:
    """Whether a replica is being put together."""
    return bool(recall(connection, _STATE, False))


def begin(connection: Connection, *, from_replica: bool) -> None:
    """Start one, in place of any other: empty, or with what the replica in use holds of the server's versions (no
    mutation may be laid over it then) and its cursor."""
    _drop(connection)
    for table in _ALL:
        connection.execute(CreateTable(staged(table)))
        if table is response:
            response_words.follow_staged(connection, staged(table).name)
        if from_replica:
            connection.exec_driver_sql(f'INSERT INTO "{staged(table).name}" SELECT * FROM "{table.name}"')
    if from_replica:
        connection.execute(staged_cursor.insert().from_select(list(cursor.columns), select(cursor)))
    remember(connection, _STATE, True)


def apply(connection: Connection, reply: PullReply) -> None:
    """Put a page and its cursor into it, in the caller's transaction."""
    make_room(connection)
    _, gone = put_page(connection, reply, staged)
    if gone:
        remember(connection, _STRANGERS, True)
    cursors.save(connection, reply.cursor, reply.seen, staged_cursor)


def exchange(connection: Connection) -> bool:
    """Make it the replica in use, in the caller's transaction; returns whether rows of customers left this desk.

    What mutations laid over the old one is gone: they have to be decided again.
    """
    before = select(TABLES["customer"].c.id)
    holding = select(staged(held).c.customer_id)
    left = (
        connection.execute(before.where(TABLES["customer"].c.id.not_in(holding)).limit(1)).first() is not None
    )
    _drop_strangers(connection)
    # Each renaming reads the whole schema: all that can be gone by then is, and the indexes are not there yet.
    for table in _ALL:
        connection.execute(DropTable(table))
    for table in _ALL:
        connection.exec_driver_sql(f'ALTER TABLE "{staged(table).name}" RENAME TO "{table.name}"')
    for table in _ALL:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
    response_words.take_staged(connection, staged(response).name)
    crash.point("desk.staging_exchanged")
    cursors.take_staged(connection)
    remember(connection, _STATE, False)
    give_up_room(connection)
    return purge_strangers(connection) or left


def leave(connection: Connection, partition: str) -> None:
    """What it holds of a partition so far goes, that it may come another way."""
    reached = delete(staged_cursor).where(staged_cursor.c.partition == partition)
    if connection.execute(reached).rowcount:
        lose(connection, partition, set(), staged)
        remember(connection, _STRANGERS, True)
        _drop_strangers(connection)


@cache
def staged(table: Table) -> Table:
    """The copy of a table."""
    return table.to_metadata(MetaData(), name=f"staged_{table.name}")


def _drop_strangers(connection: Connection) -> None:
    """Rows of dossiers that no partition holds, where there may be any: looking for them reads every row."""
    if not recall(connection, _STRANGERS, False):
        return
    remember(connection, _STRANGERS, False)
    holding = select(staged(held).c.customer_id)
    for table in DOSSIER:
        copy = staged(table)
        owner = copy.c.id if table.name == "customer" else copy.c.customer_id
        connection.execute(delete(copy).where(owner.not_in(holding)))


def _drop(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    for table in _ALL:
        if staged(table).name in there:
            connection.execute(DropTable(staged(table)))
    connection.execute(delete(staged_cursor))
    remember(connection, _STRANGERS, False)
