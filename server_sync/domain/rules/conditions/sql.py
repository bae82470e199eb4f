"""A parsed condition as a where-clause over a table of customers, for SQLite and PostgreSQL."""

from collections.abc import Iterator, Sequence
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
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from server_sync.domain.rules.conditions.expressions import Expression
from server_sync.domain.rules.conditions.kinds import FieldType, OneOf, Test
from server_sync.domain.rules.conditions.reading import (
    AtOnce,
    OneByOne,
    Source,
    Within,
    column_of,
    everybody,
    passes,
)
from server_sync.domain.rules.conditions.tree import Condition, Rule


def where(condition: Condition, customer: FromClause) -> ColumnElement[bool]:
    """The clause that holds for the customers that `matches` says the condition holds for.

    It may be NULL where it does not hold, so it is for a WHERE, not for a column. What other tables hold is looked up
    for each customer: for the conditions of all customers at once `where_at_once` is faster.
    """
    return where_in(condition, OneByOne(customer))


def where_at_once(
    conditions: Sequence[Condition], customer: FromClause, within: Within = everybody
) -> tuple[FromClause, list[ColumnElement[bool]]]:
    """What to select from, and the clause of each condition over it: one pass over each table for all of them.

    `within`: of these customers alone.
    """
    reads = (expression for condition in conditions for expression in expressions(condition))
    source = AtOnce(customer, reads, within)
    return source.joined, [where_in(condition, source) for condition in conditions]


def where_in(condition: Condition, source: Source) -> ColumnElement[bool]:
    """The clause with its values read from a source."""
    return _where(condition, source, negated=False)


def expressions(condition: Condition) -> Iterator[Expression]:
    """What the condition reads."""
    if isinstance(condition, Rule):
        yield condition.reads
    else:
        for member in condition.members:
            yield from expressions(member)


def _where(condition: Condition, source: Source, *, negated: bool) -> ColumnElement[bool]:
    """Negation goes down to the rules (De Morgan), so that only a negated rule has to mind NULL and plain ones keep
    their indexes."""
    negated = negated != condition.negated
    if isinstance(condition, Rule):
        clause = _test(condition, source)
        return clause.is_not(true()) if negated else clause
    members = [_where(member, source, negated=negated) for member in condition.members]
    if condition.together != negated:
        return and_(true(), *members)
    return or_(false(), *members)


def _test(rule: Rule, source: Source) -> ColumnElement[bool]:
    read = column_of(rule.reads, source)
    return _list_test(rule.test, read) if rule.field.type is FieldType.LIST else passes(rule.test, read)


def _list_test(test: Test, read: Any) -> ColumnElement[bool]:
    if isinstance(read, Select):
        if isinstance(test, OneOf):
            return read.where(read.selected_columns[0].in_(test.values)).exists()
        return ~read.exists()
    if isinstance(test, OneOf):
        return _HoldsAny(read, *(literal(value, Text) for value in test.values))
    clause: ColumnElement[bool] = func.coalesce(type_coerce(read, Text), "[]") == "[]"
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
