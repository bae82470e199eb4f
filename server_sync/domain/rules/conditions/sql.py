"""A parsed condition as a where-clause over a table of customers, for SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    false,
    func,
    literal,
    or_,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from server_sync.domain.rules.conditions.kinds import (
    BeginsWith,
    Contains,
    FieldType,
    InRange,
    IsEmpty,
    OneOf,
    Test,
)
from server_sync.domain.rules.conditions.tree import Condition, Rule


def where(condition: Condition, customer: FromClause) -> ColumnElement[bool]:
    """The clause that holds for the customers that `matches` says the condition holds for.

    It may be NULL where it does not hold, so it is for a WHERE, not for a column.
    """
    return _where(condition, customer, negated=False)


def _where(condition: Condition, customer: FromClause, *, negated: bool) -> ColumnElement[bool]:
    """Negation goes down to the rules (De Morgan), so that only a negated rule has to mind NULL and plain ones keep
    their indexes."""
    negated = negated != condition.negated
    if isinstance(condition, Rule):
        clause = _test(condition, customer)
        return clause.is_not(true()) if negated else clause
    members = [_where(member, customer, negated=negated) for member in condition.members]
    if condition.together != negated:
        return and_(true(), *members)
    return or_(false(), *members)


def _test(rule: Rule, customer: FromClause) -> ColumnElement[bool]:
    read = rule.field.column(customer, rule.window)
    if rule.field.type is FieldType.LIST:
        return _list_test(rule.test, read)
    match rule.test:
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
        case IsEmpty():
            clause = read.is_(None)
    return clause


def _list_test(test: Test, read: Any) -> ColumnElement[bool]:
    if isinstance(read, Select):
        if isinstance(test, OneOf):
            return read.where(read.selected_columns[0].in_(test.values)).exists()
        return ~read.exists()
    if isinstance(test, OneOf):
        return _HoldsAny(read, *(literal(value, Text) for value in test.values))
    clause: ColumnElement[bool] = read == []
    return clause


class _HoldsAny(FunctionElement[bool]):
    """Whether a JSON list of texts holds any of some texts: the list, then the texts."""

    type = Boolean()
    inherit_cache = True


@compiles(_HoldsAny, "sqlite")
def _holds_any_sqlite(element: _HoldsAny, compiler: SQLCompiler, **how: Any) -> str:
    column, *values = (compiler.process(clause, **how) for clause in element.clauses)
    return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE json_each.value IN ({', '.join(values)}))"


@compiles(_HoldsAny, "postgresql")
def _holds_any_postgresql(element: _HoldsAny, compiler: SQLCompiler, **how: Any) -> str:
    column, *values = (compiler.process(clause, **how) for clause in element.clauses)
    return f"jsonb_exists_any(CAST({column} AS jsonb), CAST(ARRAY[{', '.join(values)}] AS text[]))"
