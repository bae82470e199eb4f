"""Statements of the hot paths: built once from SQLAlchemy's expressions, run by the driver itself.

What SQLAlchemy does anew around each run takes ten times as long as the database needs for most of ours.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import Boolean, ColumnElement, Connection, Dialect, LargeBinary, bindparam, false
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator

from server_sync.domain.model.columns import IdType

Values = Mapping[str, Any]
Item = TypeVar("Item")
_NONE: Values = {}
_ALL = "all_values"


class Statement:
    """A statement with named values. Rows come as tuples of the driver's own values: JSON as text, on SQLite truth as
    0 or 1. Every method raises SQLAlchemy's errors."""

    def __init__(self, clause: ClauseElement | Callable[[str], ClauseElement]) -> None:
        """`clause`: the same for every database, or one for each by its name. It holds no list that is given later."""
        self._clause = clause
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, values: Values = _NONE) -> list[tuple[Any, ...]]:
        """All rows that it finds."""
        found: list[tuple[Any, ...]] = self._run(connection, values).fetchall()
        return found

    def first(self, connection: Connection, values: Values = _NONE) -> tuple[Any, ...] | None:
        """The first row that it finds."""
        found: tuple[Any, ...] | None = self._run(connection, values).fetchone()
        return found

    def run(self, connection: Connection, values: Values = _NONE) -> int:
        """Run it; returns how many rows it wrote."""
        written: int = self._run(connection, values).rowcount
        return written

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run it for each of the rows of values."""
        compiled = self._for(connection)
        run_many(connection, compiled.text, [compiled.given(values) for values in rows])

    def _run(self, connection: Connection, values: Values) -> Any:
        compiled = self._for(connection)
        return run_text(connection, compiled.text, compiled.given(values))

    def _for(self, connection: Connection) -> "_Compiled":
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            clause = self._clause if isinstance(self._clause, ClauseElement) else self._clause(dialect.name)
            compiled = self._compiled[dialect.name] = _Compiled(clause, dialect)
        return compiled


class _Compiled:
    """A statement as one database takes it."""

    def __init__(self, clause: ClauseElement, dialect: Dialect) -> None:
        compiled: Any = clause.compile(dialect=dialect)
        self.text = str(compiled)
        self._order: list[str] | None = compiled.positiontup
        self._conversions = {
            name: convert
            for bind, name in compiled.bind_names.items()
            # The driver takes bytes as they are.
            if not isinstance(bind.type, LargeBinary)
            and (convert := bind.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        self._constants = {
            name: bind.value.value if isinstance(bind.value, Enum) else bind.value
            for bind, name in compiled.bind_names.items()
            if not bind.required
        }

    def given(self, values: Values) -> Sequence[Any] | Values:
        """The values in the driver's form."""
        given = {**self._constants, **values}
        for name, convert in self._conversions.items():
            given[name] = convert(given[name])
        return given if self._order is None else [given[name] for name in self._order]


def run_text(connection: Connection, text: str, values: Sequence[Any] | Values = ()) -> Any:
    """The driver's cursor after a statement in its own language."""
    cursor: Any = connection.connection.cursor()
    try:
        cursor.execute(text, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _known(connection, cursor, text, error) from error
    return cursor


def run_many(connection: Connection, text: str, rows: Sequence[Sequence[Any] | Values]) -> None:
    """Run a statement in the driver's own language for each of the rows."""
    cursor: Any = connection.connection.cursor()
    try:
        cursor.executemany(text, rows)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _known(connection, cursor, text, error) from error


def any_of(column: ColumnElement[Any], count: int) -> ColumnElement[bool]:
    """Whether the column has one of so many values, bound as `numbered` names them."""
    if not count:
        return false()
    return _AnyOf(column, *(bindparam(f"value_{number}", type_=column.type) for number in range(count)))


class _AnyOf(FunctionElement[bool]):
    """The column, then the values one by one. PostgreSQL takes them as one array: the driver needs longer to read a
    statement with hundreds of names than the database to run it."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> "_AnyOf":
        """Itself: as a truth value SQLite would be asked whether it is 1, and find no index for that."""
        return self


def id_array(ids: Iterable[bytes]) -> str:
    """Ids as PostgreSQL's text of an array: the driver would look at each of them several times."""
    return "{" + ",".join([f"\\\\x{row_id.hex()}" for row_id in ids]) + "}"


class _Ids(TypeDecorator[Iterable[bytes]]):
    """Ids that stand in an array."""

    impl = NullType
    cache_ok = True

    def process_bind_param(self, value: Iterable[bytes] | None, dialect: Dialect) -> str | None:
        return None if value is None else id_array(value)


@compiles(_AnyOf, "sqlite")
def _any_of_sqlite(element: _AnyOf, compiler: SQLCompiler, **how: Any) -> str:
    column, *values = (compiler.process(clause, **how) for clause in element.clauses)
    return f"{column} IN ({', '.join(values)})"


@compiles(_AnyOf, "postgresql")
def _any_of_postgresql(element: _AnyOf, compiler: SQLCompiler, **how: Any) -> str:
    column = next(iter(element.clauses))
    values = bindparam(_ALL, type_=_Ids() if isinstance(column.type, IdType) else NullType())
    return f"{compiler.process(column, **how)} = ANY({compiler.process(values, **how)})"


def numbered(values: Sequence[Any]) -> dict[str, Any]:
    """What `any_of` binds."""
    return {_ALL: list(values), **{f"value_{number}": value for number, value in enumerate(values)}}


def padded(items: Sequence[Item]) -> Sequence[Item]:
    """The items, the last one again until they are a power of two: so few statements are made for any number."""
    missing = (1 << (len(items) - 1).bit_length()) - len(items)
    return [*items, *[items[-1]] * missing] if items else []


def _known(connection: Connection, cursor: Any, text: str, error: Exception) -> Exception:
    """The driver's error as SQLAlchemy's, without the values; a connection that broke is not used again."""
    dialect: Any = connection.dialect
    broken = dialect.is_disconnect(error, connection.connection.dbapi_connection, cursor)
    if broken:
        connection.invalidate(error)
    known: Exception = DBAPIError.instance(
        text,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=broken,
        dialect=dialect,
    )
    return known
