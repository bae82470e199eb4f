"""How PostgreSQL reads for somebody who looks through all customers: with what is at hand, as nobody waits meanwhile;
SQLite has nothing to set."""

from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, true

from server_sync.domain.rules.conditions.reading import Within, everybody
from server_sync.store.statement import run_text

SHARES = 8
"""More than processes at work, so that none has to wait for long at the end."""
_SETTINGS = {
    "work_mem": "'256MB'",  # whole tables are grouped in a hash, not by going through an index row by row
    "max_parallel_workers_per_gather": "4",
    "parallel_setup_cost": "100",
    "parallel_tuple_cost": "0.01",
    "random_page_cost": "1.1",
    "jit": "off",  # it takes seconds for statements as large as ours, and gains nothing
}
_OF_SHARES = {
    # Each share is one process's work from its tables to its formulas; else reading alone would be shared.
    "min_parallel_table_scan_size": "'1TB'",
    "min_parallel_index_scan_size": "'1TB'",
}


def read(connection: Connection) -> None:
    """Read so until the end of the transaction."""
    _set(connection, _SETTINGS)


def read_in_shares(connection: Connection) -> None:
    """Read so until the end of the transaction, by statements that put `shares` together."""
    _set(connection, _SETTINGS | _OF_SHARES)


def shares(connection: Connection) -> list[Within]:
    """Clauses of which each customer passes one: PostgreSQL works on the parts of a UNION ALL over them side by side.
    About equally many customers each, by a sample; where there are few, and on SQLite, all are one share."""
    if connection.dialect.name != "postgresql":
        return [everybody]
    parts = ", ".join(str(place / SHARES) for place in range(1, SHARES))
    quantiles = f"percentile_disc(ARRAY[{parts}]) WITHIN GROUP (ORDER BY id)"
    found = run_text(connection, f"SELECT {quantiles} FROM customer TABLESAMPLE SYSTEM (1)").fetchall()
    ((bounds,),) = found
    return split(bounds or ())


def split(bounds: Iterable[bytes]) -> list[Within]:
    """Shares that end with these ids, and one of those behind the last."""
    return [partial(_between, low, high) for low, high in pairwise([None, *sorted(set(bounds)), None])]


def _between(low: bytes | None, high: bytes | None, column: ColumnElement[Any]) -> ColumnElement[bool]:
    above = true() if low is None else column > low
    return above if high is None else and_(above, column <= high)


def _set(connection: Connection, settings: dict[str, str]) -> None:
    if connection.dialect.name == "postgresql":
        run_text(connection, "; ".join(f"SET LOCAL {name} = {value}" for name, value in settings.items()))
