"""The rows of a ready file into staging (SYNC L4): table by table, by SQLite itself; no row passes through Python.

What the file has is the server's at one moment; what is in staging already may be newer, and then stays.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from agent_app.store import staging
from agent_app.store.database import Store
from agent_app.store.driver import make_room
from agent_app.store.tables import held
from server_sync.domain import crash
from server_sync.domain.model import TABLES

PIECE_ROWS = 200_000
"""Rows copied in one transaction: a second during which nothing can be saved."""
_ATTACHED = "ready"
_HOLDINGS = "held_customer"


@dataclass(frozen=True)
class Piece:
    """Rows of one table by their place in the file, `first` to `last`; of a table that comes as a whole, all."""

    table: str
    first: int
    last: int
    whole: bool


@dataclass(frozen=True)
class Done:
    """`over`: nothing is left. `unknown`: the file has what this program does not know (SYNC V2)."""

    over: bool
    unknown: bool


def copy_piece(store: Store, file: Path, key: str, partition: str, number: int) -> Done:
    """Copy the `number`th piece, in a transaction of its own; the last brings whose dossiers they are.

    Raises KnownError: FILE_DAMAGED when this is no such file or the key another, and those of the store.
    """
    with store.write_beside(file, key, _ATTACHED) as connection:
        make_room(connection)
        there = _columns(connection)
        known = [name for name in TABLES if name in there]
        if number == 0:
            staging.leave(connection, partition)
        pieces = [piece for name in known for piece in _pieces(connection, name)]
        if number < len(pieces):
            _copy(connection, pieces[number], there[pieces[number].table])
            crash.point("desk.ready_copied")
            return Done(over=False, unknown=False)
        connection.exec_driver_sql(
            f'INSERT OR IGNORE INTO "{staging.staged(held).name}" (customer_id, partition)'
            f" SELECT customer_id, ? FROM {_ATTACHED}.{_HOLDINGS}",
            (partition,),
        )
        unknown = any(
            name not in TABLES or any(column not in TABLES[name].columns for column in columns)
            for name, columns in there.items()
            if name != _HOLDINGS
        )
        return Done(over=True, unknown=unknown)


def _columns(connection: Connection) -> dict[str, list[str]]:
    """What the file has, by table."""
    found = connection.exec_driver_sql(f"SELECT name FROM {_ATTACHED}.sqlite_master WHERE type = 'table'")
    return {name: _names(connection, _ATTACHED, name) for name in found.scalars().all()}


def _names(connection: Connection, schema: str, table: str) -> list[str]:
    told = connection.exec_driver_sql(f'PRAGMA {schema}.table_info("{table}")')
    return [row[1] for row in told]


def _pieces(connection: Connection, name: str) -> list[Piece]:
    last: Any = connection.exec_driver_sql(f'SELECT max(rowid) FROM {_ATTACHED}."{name}"').scalar_one()
    if last is None:
        return []
    return [
        Piece(name, first, min(first + PIECE_ROWS - 1, last), whole=last <= PIECE_ROWS)
        for first in range(1, last + 1, PIECE_ROWS)
    ]


def _copy(connection: Connection, piece: Piece, there: list[str]) -> None:
    into = staging.staged(TABLES[piece.table]).name
    here = _names(connection, "main", into)
    empty = connection.exec_driver_sql(f'SELECT 1 FROM "{into}" LIMIT 1').first() is None
    if empty and piece.whole and there == here:
        # In this very form SQLite moves the rows as they are.
        connection.exec_driver_sql(f'INSERT INTO "{into}" SELECT * FROM {_ATTACHED}."{piece.table}"')
        return
    names = ", ".join(f'"{name}"' for name in there if name in here)
    connection.exec_driver_sql(
        f'INSERT OR REPLACE INTO "{into}" ({names}) SELECT {names} FROM {_ATTACHED}."{piece.table}" AS f'
        f" WHERE f.rowid BETWEEN ? AND ? AND NOT EXISTS"
        f' (SELECT 1 FROM "{into}" AS s WHERE s.id = f.id AND s.rev >= f.rev) ORDER BY f.rowid',
        (piece.first, piece.last),
    )
