"""How PostgreSQL reads for somebody who looks through all customers: with what is at hand, as nobody waits meanwhile;
SQLite has nothing to set."""

from sqlalchemy import Connection

from server_sync.store.statement import run_text

_SETTINGS = {
    "work_mem": "'256MB'",  # whole tables are grouped in a hash, not by going through an index row by row
    "max_parallel_workers_per_gather": "4",
    "parallel_setup_cost": "100",
    "parallel_tuple_cost": "0.01",
    "random_page_cost": "1.1",
    "jit": "off",  # it takes seconds for statements as large as ours, and gains nothing
}


def read(connection: Connection) -> None:
    """Read so until the end of the transaction."""
    if connection.dialect.name == "postgresql":
        run_text(connection, "; ".join(f"SET LOCAL {name} = {value}" for name, value in _SETTINGS.items()))
