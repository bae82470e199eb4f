"""The column types and table scopes that all replicated tables share; no table stands here."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Dialect, Index, MetaData, Table, Text, UniqueConstraint
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator, UserDefinedType

metadata = MetaData()
_encode = msgspec.json.Encoder(order="sorted").encode


class Scope(StrEnum):
    """By what a row reaches desks (SYNC S2, S3)."""

    REF = "ref"
    """To every desk: people, plans, forms, calendar, settings."""
    DOSSIER = "dossier"
    """With its customer, as a whole: column `customer_id` (in `customer` the `id`)."""
    TEAM = "team"
    """To those who see the team: column `team_id`."""


class IdType(UserDefinedType[bytes]):
    """16 raw bytes (SYNC S1): BLOB in SQLite, BYTEA in PostgreSQL, `bytes` in Python, with no conversion on the way."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "BLOB"


@compiles(IdType, "postgresql")
def _bytea(*_: Any, **__: Any) -> str:
    return "BYTEA"


class JsonText(TypeDecorator[Any]):
    """A JSON value kept as compact text with sorted keys, so that equal values are equal texts on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else dump_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else load_json(value)


def dump_json(value: Any) -> str:
    """The one text form of a JSON value in the store."""
    return _encode(value).decode()


def load_json(text: str) -> Any:
    """The value of such a text."""
    return msgspec.json.decode(text)


def id_column(name: str, *, required: bool = True) -> Column[bytes]:
    """A column that names a row of another table."""
    return Column(name, IdType(), nullable=not required)


def replicated(name: str, scope: Scope, *columns: Column[Any] | Index | UniqueConstraint) -> Table:
    """A replicated table: its own id, `rev` (the server's version of the row, 0 before the server has seen
    it), columns.

    There are no foreign keys: a desk holds a part of the rows, and pages arrive in feed order; the commands guard
    what belongs together.
    """
    return Table(
        name,
        metadata,
        Column("id", IdType(), primary_key=True),
        Column("rev", BigInteger, nullable=False, default=0, server_default="0"),
        *columns,
        info={"scope": scope},
    )


def complete(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A new row with all columns in their order: those left out are NULL or have the table's default; `rev` is 0.

    Raises KeyError for a column that the table does not have.
    """
    fixed, made = _defaults(table)
    whole = {**fixed, **row}
    if len(whole) != len(fixed):
        raise KeyError(f"{table.name}: {sorted(whole.keys() - fixed.keys())}")
    for name, make in made.items():
        if name not in row:
            whole[name] = make(None)
    return whole


@cache
def _defaults(table: Table) -> tuple[dict[str, Any], dict[str, Callable[[Any], Any]]]:
    """What a column gets that is left out: a value, or what makes one."""
    fixed: dict[str, Any] = {}
    made: dict[str, Callable[[Any], Any]] = {}
    for column in table.columns:
        default: Any = getattr(column.default, "arg", None)
        fixed[str(column.name)] = None if callable(default) else default
        if callable(default):
            made[str(column.name)] = default
    return fixed, made
