"""How expressions are read in SQL: customer by customer, or for all customers at once from one pass over each table."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from server_sync.domain.rules.conditions.expressions import (
    Check,
    Digits,
    Expression,
    Fold,
    Gathered,
    Greater,
    Kept,
    Latest,
    Listed,
    Own,
)
from server_sync.domain.rules.conditions.kinds import (
    MILLION,
    BeginsWith,
    Contains,
    InRange,
    IsEmpty,
    OnDates,
    OneOf,
    Test,
)

Within = Callable[[ColumnElement[Any]], ColumnElement[bool]]
"""The clause that a column holds the id of one of the customers that matter."""


def named(ids: Select[bytes]) -> Within:
    """These customers matter."""
    return lambda column: column.in_(ids)


def everybody(_: ColumnElement[Any]) -> ColumnElement[bool]:
    """All customers matter."""
    return true()


class Source(Protocol):
    """Where values of customers are read from."""

    customer: FromClause

    def gathered(self, expression: Gathered) -> ColumnElement[Any]:
        """One value out of rows of another table."""

    def latest(self, expression: Latest) -> ColumnElement[Any]:
        """A value of the last of them."""


class OneByOne:
    """Reads other tables by a subquery for each customer: right for few customers, by the index of each table."""

    def __init__(self, customer: FromClause) -> None:
        self.customer = customer

    def gathered(self, expression: Gathered) -> ColumnElement[Any]:
        """A subquery."""
        folded = _folded(expression, None)
        return _mine(expression.table, self.customer, folded, expression.only).scalar_subquery()

    def latest(self, expression: Latest) -> ColumnElement[Any]:
        """A subquery."""
        table = expression.table
        read, order = _read(expression, table), (table.c[expression.by].desc(), table.c.id.desc())
        found = _mine(expression.table, self.customer, read, expression.only).order_by(*order)
        return (
            (found if expression.key is None else found.where(read.is_not(None))).limit(1).scalar_subquery()
        )


class AtOnce:
    """Reads other tables in one pass over each, grouped by customer: right for many customers, or for just those whom
    `within` names.

    `joined` is the table of customers with everything that `expressions` need beside it.
    """

    def __init__(
        self, customer: FromClause, expressions: Iterable[Expression], within: Within = everybody
    ) -> None:
        self.customer = customer
        by_table: dict[Table, dict[Gathered, str]] = defaultdict(dict)
        last: dict[Latest, FromClause] = {}
        for expression in expressions:
            if isinstance(expression, Latest):
                last.setdefault(expression, _last(expression, within))
            for part in _parts(expression):
                known = by_table[part.table]
                known.setdefault(part, f"value_{len(known)}")
        self.joined: FromClause = customer
        self._columns: dict[Gathered, ColumnElement[Any]] = {}
        for table, labels in by_table.items():
            grouped = _grouped(table, labels, within)
            self.joined = self.joined.outerjoin(grouped, grouped.c.customer_id == customer.c.id)
            self._columns |= {part: _filled(part, grouped.c[label]) for part, label in labels.items()}
        self._latest: dict[Latest, ColumnElement[Any]] = {}
        for expression, found in last.items():
            self.joined = self.joined.outerjoin(found, found.c.customer_id == customer.c.id)
            self._latest[expression] = found.c.value

    def gathered(self, expression: Gathered) -> ColumnElement[Any]:
        """A column of what is joined."""
        return self._columns[expression]

    def latest(self, expression: Latest) -> ColumnElement[Any]:
        """A column of what is joined."""
        return self._latest[expression]


def column_of(expression: Expression, source: Source) -> Any:
    """An expression as SQL: a column, or for the texts of a list a JSON column or a select of them."""
    own = source.customer.c
    match expression:
        case Own(column):
            return own[column]
        case Digits(column, start, length):
            return cast(func.substr(own[column], start + 1, length), Integer)
        case Kept(column, key, kind):
            kept = _JSON_OF[kind](own[column], literal(key, Text))
            return cast(kept, BigInteger) if kind is int else kept
        case Gathered():
            return source.gathered(expression)
        case Latest():
            return source.latest(expression)
        case Listed(table, column, only):
            texts = _mine(table, source.customer, table.c[column], only)
            return texts.where(table.c[column].is_not(None))
        case Greater(one, other):
            first, second = source.gathered(one), source.gathered(other)
            return case((first >= second, first), else_=second)


def passes(test: Test, read: Any) -> ColumnElement[bool]:
    """Whether a column passes a test; it may be NULL where it does not."""
    match test:
        case OneOf(values):
            clause: ColumnElement[bool] = read.in_(values)
        case InRange(low, high):
            ends = ([] if low is None else [read >= low]) + ([] if high is None else [read < high])
            clause = and_(*ends)
        case Contains(text):
            # not LIKE, whose idea of case differs between the databases
            clause = func.replace(read, text, "") != read
        case BeginsWith(text):
            clause = func.substr(read, 1, len(text)) == text
        case OnDates(dates):
            clause = func.substr(read, 6, 5).in_(dates)
        case IsEmpty():
            clause = read.is_(None)
    return clause


def _parts(expression: Expression) -> tuple[Gathered, ...]:
    if isinstance(expression, Greater):
        return expression.one, expression.other
    return (expression,) if isinstance(expression, Gathered) else ()


def _mine(
    table: Table, customer: FromClause, wanted: ColumnElement[Any], only: tuple[Check, ...]
) -> Select[Any]:
    """A select over the rows that belong to the customer of the surrounding select."""
    return (
        select(wanted).where(table.c.customer_id == customer.c.id, *_checks(table, only)).correlate(customer)
    )


def _read(expression: Latest, table: FromClause) -> ColumnElement[Any]:
    """What is read of a row."""
    read: ColumnElement[Any] = table.c[expression.column]
    return read if expression.key is None else _JsonText(read, literal(expression.key, Text))


def _last(expression: Latest, within: Within) -> FromClause:
    """The last row of each customer: the one that none follows. Not by its place in a window, which PostgreSQL's
    processes cannot share."""
    table, later = expression.table, expression.table.alias("later")
    place, later_place = (tuple_(one.c[expression.by], one.c.id) for one in (table, later))
    follows = exists().where(
        later.c.customer_id == table.c.customer_id, later_place > place, *_counts(expression, later)
    )
    rows = select(table.c.customer_id, _read(expression, table).label("value"))
    return rows.where(*_counts(expression, table), within(table.c.customer_id), ~follows).subquery()


def _counts(expression: Latest, table: FromClause) -> list[ColumnElement[bool]]:
    """Whether a row is one of those of which the last counts."""
    of_kind = _checks(table, expression.only)
    return of_kind if expression.key is None else [*of_kind, _read(expression, table).is_not(None)]


def _checks(table: FromClause, only: tuple[Check, ...]) -> list[ColumnElement[bool]]:
    clauses = ((passes(check.test, table.c[check.column]), check.negated) for check in only)
    return [clause.is_not(true()) if negated else clause for clause, negated in clauses]


def _grouped(table: Table, labels: Mapping[Gathered, str], within: Within) -> FromClause:
    """One row a customer with what is gathered of a table; rows that nothing is gathered of are passed over."""
    wanted = [and_(*_checks(table, part.only)) if part.only else None for part in labels]
    values = [
        _folded(part, clause).label(label)
        for (part, label), clause in zip(labels.items(), wanted, strict=True)
    ]
    rows = select(table.c.customer_id, *values).where(within(table.c.customer_id))
    rows = rows.group_by(table.c.customer_id)
    clauses = [clause for clause in wanted if clause is not None]
    if len(clauses) < len(wanted):
        return rows.subquery()
    span = _span(table, labels)
    return rows.where(or_(*clauses) if span is None else span).subquery()


def _span(table: Table, parts: Iterable[Gathered]) -> ColumnElement[bool] | None:
    """The stretch of a column within which everything lies that is gathered, for tables of which only that is: one
    stretch of an index, where as many as there are parts would be gone through one by one."""
    lows: dict[str, Any] = {}
    for place, part in enumerate(parts):
        own = {
            check.column: check.test.low
            for check in part.only
            if isinstance(check.test, InRange) and not check.negated and check.test.low is not None
        }
        lows = own if place == 0 else {name: min(low, own[name]) for name, low in lows.items() if name in own}
    if not lows:
        return None
    return and_(*(table.c[name] >= low for name, low in lows.items()))


def _folded(part: Gathered, where: ColumnElement[bool] | None) -> ColumnElement[Any]:
    def of(call: Any) -> Any:
        return call if where is None else call.filter(where)

    read = part.table.c[part.column]
    match part.fold:
        case Fold.COUNT:
            folded = of(func.count())
        case Fold.SUM:
            folded = func.coalesce(cast(of(func.sum(_Millionths(read))), BigInteger), 0)
        case Fold.MEAN:
            total = (cast(of(func.sum(read)), BigInteger) * MILLION).self_group()
            folded = total.op("/", return_type=BigInteger())(func.nullif(of(func.count(read)), 0))
        case Fold.FIRST:
            folded = of(func.min(read))
        case Fold.LAST:
            folded = of(func.max(read))
    value: ColumnElement[Any] = folded
    return value


def _filled(part: Gathered, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Of a customer without a row in the join."""
    return func.coalesce(column, 0) if part.fold in (Fold.COUNT, Fold.SUM) else column


class _Millionths(FunctionElement[int]):
    """An exact decimal's text as millionths, rounded half up."""

    type = BigInteger()
    inherit_cache = True


@compiles(_Millionths, "sqlite")
def _millionths_sqlite(element: _Millionths, compiler: SQLCompiler, **how: Any) -> str:
    (column,) = (compiler.process(clause, **how) for clause in element.clauses)
    return f"CAST(ROUND(CAST({column} AS NUMERIC) * {MILLION}) AS INTEGER)"


@compiles(_Millionths, "postgresql")
def _millionths_postgresql(element: _Millionths, compiler: SQLCompiler, **how: Any) -> str:
    (column,) = (compiler.process(clause, **how) for clause in element.clauses)
    return f"CAST(CAST({column} AS numeric) * {MILLION} AS bigint)"


# ---- what a JSON object has under a key: NULL unless it is of the kind asked for


class _JsonText(FunctionElement[str]):
    type = Text()
    inherit_cache = True


class _JsonNumber(_JsonText):
    inherit_cache = True


class _JsonList(_JsonText):
    inherit_cache = True


_JSON_OF: Mapping[type, type[_JsonText]] = {str: _JsonText, int: _JsonNumber, list: _JsonList}


@compiles(_JsonText, "sqlite")
def _json_sqlite(element: _JsonText, compiler: SQLCompiler, **how: Any) -> str:
    column, key = (compiler.process(clause, **how) for clause in element.clauses)
    kind = {_JsonText: "text", _JsonNumber: "integer", _JsonList: "array"}[type(element)]
    found = f"""{column}, '$."' || {key} || '"'"""
    return f"CASE json_type({found}) WHEN '{kind}' THEN json_extract({found}) END"


@compiles(_JsonText, "postgresql")
def _json_postgresql(element: _JsonText, compiler: SQLCompiler, **how: Any) -> str:
    column, key = (compiler.process(clause, **how) for clause in element.clauses)
    kind = {_JsonText: "string", _JsonNumber: "number", _JsonList: "array"}[type(element)]
    text = f"CAST({column} AS jsonb) ->> CAST({key} AS text)"
    of_kind = f"jsonb_typeof(CAST({column} AS jsonb) -> CAST({key} AS text)) = '{kind}'"
    whole = f" AND {text} ~ '^-?[0-9]+$'" if kind == "number" else ""
    return f"CASE WHEN {of_kind}{whole} THEN {text} END"
