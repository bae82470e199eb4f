"""The temporary tables in which a write transaction works out the feed set by set; empty between transactions."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Dialect,
    Engine,
    Integer,
    MetaData,
    Select,
    Table,
    event,
    select,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateTable

from server_sync.domain.model.columns import IdType, id_column
from server_sync.store.statement import id_array, run_many, run_text

metadata = MetaData()
MOST_DELETED = 2_000
_DELETED = "rows deleted from scratch tables"


def _temporary(name: str, *columns: Column[bytes] | Column[int] | Column[bool]) -> Table:
    keyed = any(column.primary_key for column in columns)
    return Table(
        name,
        metadata,
        *columns,
        prefixes=["TEMPORARY"],
        sqlite_with_rowid=not keyed,
    )


# The rows touched; `customer_id` is filled in at the end where the writer did not know it.
touched_row = _temporary(
    "touched_row",
    Column("kind", Integer, primary_key=True, autoincrement=False),
    Column("row_id", IdType(), primary_key=True),
    id_column("customer_id", required=False),
    Column("rev", BigInteger, nullable=False),
    Column("gone", Boolean, nullable=False),
)

# The customers whose memberships are worked out anew, and what came out.
moved_customer = _temporary("moved_customer", Column("id", IdType(), primary_key=True))
membership = _temporary(
    "membership",
    Column("customer_id", IdType(), primary_key=True),
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("until_at", BigInteger),
)

# How that differs from before.
move = _temporary(
    "move",
    Column("customer_id", IdType(), primary_key=True),
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("joined", Boolean, nullable=False),
)

# The feed entries to write.
entry = _temporary(
    "entry",
    Column("partition", Integer, nullable=False),
    Column("kind", Integer, nullable=False),
    id_column("row_id"),
    Column("op", Integer, nullable=False),
    Column("rev", BigInteger),
    id_column("customer_id", required=False),
)

# The customers that somebody works on, and those of them that are locked: for statements that would else name each of
# them several times.
looked_at = _temporary("looked_at", Column("id", IdType(), primary_key=True))
locked = _temporary("locked", Column("id", IdType(), primary_key=True))


def provide(engine: Engine) -> None:
    """Let every new connection of an engine have the tables."""
    statements = [_ddl(table, engine.dialect) for table in metadata.sorted_tables]
    if engine.dialect.name == "sqlite":
        statements += _few_rows()

    @event.listens_for(engine, "connect")
    def create(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()
        connection.commit()


def _few_rows() -> list[str]:
    """SQLite takes tables that were never analysed for large ones, and would go through all customers to look each of
    them up here: it is told that they are small."""
    told = []
    for table in metadata.sorted_tables:
        keys = len(table.primary_key.columns)
        index, stat = (f"'{table.name}'", "100" + " 2" * (keys - 1) + " 1") if keys else ("NULL", "100")
        told.append(
            f"INSERT INTO temp.sqlite_stat1 (tbl, idx, stat) VALUES ('{table.name}', {index}, '{stat}')"
        )
    return ["ANALYZE temp", *told, "ANALYZE temp.sqlite_temp_schema"]


def clear(connection: Connection, *, memberships: bool) -> None:
    """Empty the tables, on wish those for memberships too.

    PostgreSQL would do so by itself at each commit, and take 8 ms of it: it cuts the files of all of them. Nothing ever
    vacuums them, though, so they are cut once MOST_DELETED rows have gone.
    """
    used = metadata.sorted_tables if memberships else (touched_row, entry)
    gone: int = sum(run_text(connection, f"DELETE FROM {table.name}").rowcount for table in used)
    if connection.dialect.name == "postgresql":
        gone += connection.info.get(_DELETED, 0)
        if gone > MOST_DELETED:
            run_text(connection, f"TRUNCATE {', '.join(table.name for table in metadata.sorted_tables)}")
            gone = 0
        connection.info[_DELETED] = gone


@contextmanager
def looking_at(
    connection: Connection, customer_ids: Collection[bytes], table: Table = looked_at
) -> Iterator[Select[bytes]]:
    """For as long as the block runs these customers, each once, lie in a table; yields the select of their ids. Only
    for a transaction that writes."""
    if connection.dialect.name == "postgresql":
        put = f"INSERT INTO {table.name} (id) SELECT unnest(%s::bytea[])"
        run_text(connection, put, (id_array(customer_ids),))
        run_text(connection, f"ANALYZE {table.name}")  # or it would read whole tables for the sake of a few
        end = "TRUNCATE"
    else:
        run_many(connection, f"INSERT INTO {table.name} (id) VALUES (?)", [(one,) for one in customer_ids])
        end = "DELETE FROM"
    yield select(table.c.id)
    run_text(connection, f"{end} {table.name}")


def _ddl(table: Table, dialect: Dialect) -> str:
    return str(CreateTable(table).compile(dialect=dialect))
