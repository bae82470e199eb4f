"""Which customers' segmentation may say something else by now: the formulas of `rules.segments` again as SQL, for all
customers in one statement. What is written of a customer `rules.segments` alone decides."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from server_sync.automation.segment_figures import View, year_cents
from server_sync.domain.model import Stage, Tier, customer, sales_order
from server_sync.domain.rules.conditions.expressions import Digits, Expression, Kept, Own
from server_sync.domain.rules.conditions.reading import AtOnce, Within, column_of, everybody
from server_sync.domain.rules.conditions.sql import expressions, where_in
from server_sync.domain.rules.conditions.tree import Condition
from server_sync.domain.rules.local_time import iso_day
from server_sync.domain.rules.segments import WEIGHED, Bounds

Column = ColumnElement[Any]
_LOOKED_AT = (
    "id",
    "tier",
    "stage",
    "rfm",
    "activity_index",
    "churn_risk",
    "lifetime_cents",
    "segment_codes",
    "last_order_on",
    "order_count",
    "spent_cents",
    "last_contact_at",
    "created_at",
)
"""The customer's columns that the formulas need, and what is stored of their results."""


def sieve(
    view: View, bounds: Bounds, segments: Sequence[tuple[str, Condition]], within: Within = everybody
) -> Select[Any]:
    """The ids of the customers of whom any value may differ from the stored one. `segments`: code and audience of each
    active one, in their order."""
    figures = _figures(view, segments, within)
    worked_out = _worked_out(figures, view, bounds)
    now = worked_out.c
    differs = [
        now[f"new_{name}"].is_distinct_from(now[name])
        for name in ("activity_index", "churn_risk", "rfm", "lifetime_cents", "stage")
    ]
    tier = and_(now.new_tier != now.tier, now.may_set_tier)
    portrait = and_(now.order_count > 0, ~now.portrait_drawn)
    codes = now.codes != type_coerce(now.segment_codes, Text)
    return select(now.id).where(or_(*differs, tier, portrait, codes))


def worked_out(view: View, bounds: Bounds) -> Select[Any]:
    """The id of every customer and his values by SQL, named as in `customer` behind "new_": for comparing with the
    formulas themselves."""
    found = _worked_out(_figures(view, (), everybody), view, bounds)
    return select(found)


def _figures(view: View, segments: Sequence[tuple[str, Condition]], within: Within) -> FromClause:
    """The customer's columns, the gathered figures, and the codes of the segments that he is in."""
    reads = [expression for _, audience in segments for expression in expressions(audience)]
    customers = _customers(reads, within)
    # Of the first orders only those are read that make a newcomer, or all orders had to be.
    gathered = {name: made for name, made in view.expressions.items() if name != "first_order_on"}
    source = AtOnce(customers, [*gathered.values(), *reads], within)
    late, newcomers = view.late_replies(within), _newcomers(view, within)
    joined = source.joined.outerjoin(late, late.c.customer_id == customers.c.id)
    joined = joined.outerjoin(newcomers, newcomers.c.customer_id == customers.c.id)
    values = [column_of(made, source).label(name) for name, made in gathered.items()]
    figures = select(
        *customers.c,
        *values,
        func.coalesce(late.c.late_replies, 0).label("late_replies"),
        newcomers.c.customer_id.label("newcomer_id"),
        _codes(segments, source).label("codes"),
    )
    return _worked_out_first(figures.select_from(joined), "figures")


def _customers(reads: Sequence[Expression], within: Within) -> FromClause:
    """Of each customer what is looked at, without the long texts that most of a row consists of."""
    read = [expression.column for expression in reads if isinstance(expression, Own | Digits | Kept)]
    columns = [customer.c[name] for name in dict.fromkeys([*_LOOKED_AT, *read])]
    because = customer.c.standing_because
    drawn = _place(because, _signature(customer.c)) > 0
    # asked of those few alone who have another tier
    may_set_tier = or_(customer.c.tier == Tier.NORMAL, _place(because, '"tier":') > 0)
    found = (drawn.label("portrait_drawn"), may_set_tier.label("may_set_tier"))
    wanted = select(*columns, *found).where(within(customer.c.id))
    return _worked_out_first(wanted, "customers")


def _worked_out_first(rows: Select[Any], name: str) -> FromClause:
    """A subquery of which each value is worked out once, however often it is asked for: both databases would else put
    its expressions in the place of every use.

    Of the bare number PostgreSQL does not see in time that it is no limit, and would leave all to one process.
    """
    return rows.offset(literal_column("'0'")).subquery(name)


def _newcomers(view: View, within: Within) -> FromClause:
    """Those whose first order is so young that they are new."""
    first = view.moment.day_back(view.settings["stages"]["new_days"])
    earlier = sales_order.alias("earlier")
    before = exists().where(earlier.c.customer_id == sales_order.c.customer_id, earlier.c.ordered_on < first)
    young = sales_order.c.ordered_on >= first, ~before, within(sales_order.c.customer_id)
    rows = select(sales_order.c.customer_id).distinct().where(*young)
    return rows.subquery("newcomers")


def _codes(segments: Sequence[tuple[str, Condition]], source: AtOnce) -> Column:
    """The list of codes as it stands in `customer.segment_codes`, in its text form."""
    parts: list[Column] = [
        case((where_in(audience, source), literal(f',"{code}"', Text)), else_=literal("", Text))
        for code, audience in segments
    ]
    joined: Column = literal("", Text)
    for part in parts:
        joined = joined.concat(part)
    return literal("[", Text).concat(func.substr(joined, 2)).concat(literal("]", Text))


def _worked_out(figures: FromClause, view: View, bounds: Bounds) -> FromClause:
    settings = view.settings
    index, falls = _activity(figures.c, settings["activity"])
    first = _worked_out_first(
        select(
            *figures.c,
            index.label("new_activity_index"),
            _risk(figures.c, falls, settings["churn"]).label("new_churn_risk"),
            year_cents(figures.c.year).label("year_cents"),
        ),
        "first",
    )
    found = first.c
    return select(
        *found,
        _rfm(found, bounds).label("new_rfm"),
        _stage(found, view).label("new_stage"),
        _tier(found, view).label("new_tier"),
        _lifetime(found, settings["lifetime"]).label("new_lifetime_cents"),
    ).subquery("worked_out")


def _activity(found: Any, setting: Mapping[str, Any]) -> tuple[Column, Column]:
    weights, days, before_days = setting["weights"], setting["days"], setting["before_days"]

    def weighed(part: str) -> Column:
        total: Column = literal(0, BigInteger)
        for name in WEIGHED:
            total = total + weights[name] * found[f"{part}_{name}"]
        return total

    now, before = weighed("now"), weighed("before")
    expected = before * days
    ratio = (100 * now * before_days + expected).self_group()
    index = ratio.op("/", return_type=BigInteger())((2 * expected).self_group())
    by_before = case((index > 100, 100), else_=index)
    whole = case((before == 0, case((now > 0, 100), else_=0)), else_=by_before)
    falls = and_(before > 0, 100 * now * before_days <= expected * (100 - setting["drop_percent"]))
    return whole, falls


def _risk(found: Any, falls: Column, setting: Mapping[str, Any]) -> Column:
    weights = setting["weights"]
    signals = {
        "activity_falls": falls,
        "complaints_rise": found.complaints_now > found.complaints_before,
        "low_score": found.low_nps + found.low_csat > 0,
        "late_reply": found.late_replies > 0,
    }
    total: Column = literal(0, Integer)
    for name, holds in signals.items():
        total = total + case((holds, weights[name]), else_=0)
    return case((total > 100, 100), else_=total)


def _rfm(found: Any, bounds: Bounds) -> Column:
    def digit(read: Column, limits: Sequence[Any]) -> Column:
        number: Column = literal(1, Integer)
        for limit in limits:
            number = number + case((read > limit, 1), else_=0)
        return cast(number, Text)

    digits = (
        digit(found.last_order_on, bounds.recency)
        .concat(digit(found.order_count, bounds.frequency))
        .concat(digit(found.spent_cents, bounds.money))
    )
    return case((and_(found.last_order_on.is_not(None), found.order_count > 0), digits))


def _seen_since(found: Any, view: View, days: int) -> Column:
    """Whether the last sign of him was at most so many days ago."""
    day = view.moment.day - days
    start = view.moment.start_of(day)
    unknown = and_(
        found.last_order_on.is_(None), found.last_contact_at.is_(None), found.last_event_at.is_(None)
    )
    return or_(
        found.last_order_on >= iso_day(day),
        found.last_contact_at >= start,
        found.last_event_at >= start,
        and_(unknown, found.created_at >= start),
    )


def _stage(found: Any, view: View) -> Column:
    setting = view.settings["stages"]
    first = view.moment.day - setting["new_days"]
    is_new = or_(
        found.newcomer_id.is_not(None),
        and_(found.order_count == 0, found.created_at >= view.moment.start_of(first)),
    )
    at_risk = found.new_churn_risk >= setting["churn_risk"]
    return case(
        (is_new, Stage.NEW.value),
        (and_(_seen_since(found, view, setting["silent_days"]), ~at_risk), Stage.ACTIVE.value),
        (and_(_seen_since(found, view, setting["churning_days"]), ~at_risk), Stage.SILENT.value),
        (_seen_since(found, view, setting["lost_days"]), Stage.CHURNING.value),
        else_=Stage.LOST.value,
    )


def _tier(found: Any, view: View) -> Column:
    setting = view.settings["tiers"]
    return case(
        (found.year_cents >= setting["vip_year_cents"], Tier.VIP.value),
        (found.order_count == 0, Tier.POTENTIAL.value),
        (_seen_since(found, view, setting["dormant_days"]), Tier.NORMAL.value),
        else_=Tier.DORMANT.value,
    )


def _lifetime(found: Any, setting: Mapping[str, Any]) -> Column:
    expected = (found.year_cents * setting["years"] * (100 - found.new_churn_risk)).self_group()
    lifetime: Column = found.spent_cents + expected.op("/", return_type=BigInteger())(literal(100))
    return lifetime


def _signature(found: Any) -> Column:
    """`portrait.signature` in the text form of the reasons."""
    return (
        literal('{"cents":', Text)
        .concat(cast(found.spent_cents, Text))
        .concat(literal(',"last_on":"', Text))
        .concat(func.coalesce(found.last_order_on, ""))
        .concat(literal('","orders":', Text))
        .concat(cast(found.order_count, Text))
        .concat(literal("}", Text))
    )


def _place(column: Column, text: str | Column) -> Column:
    """Where a text begins within the text form of a JSON column."""
    return _Place(type_coerce(column, Text), text)


class _Place(FunctionElement[int]):
    """Where a text begins within another one, counted from 1; 0: nowhere."""

    type = Integer()
    inherit_cache = True


@compiles(_Place, "sqlite")
def _place_sqlite(element: _Place, compiler: SQLCompiler, **how: Any) -> str:
    return f"instr({compiler.process(element.clauses, **how)})"


@compiles(_Place, "postgresql")
def _place_postgresql(element: _Place, compiler: SQLCompiler, **how: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **how)})"
