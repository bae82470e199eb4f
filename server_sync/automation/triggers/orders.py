"""So many days after an order, a dispatch or a delivery (M1.3), and an order that follows another (a repeat)."""

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, select

from server_sync.automation.moments import Moment
from server_sync.automation.triggers.picking import Params, Picking, Reach, line_of, numbered
from server_sync.domain.model import sales_order
from server_sync.domain.rules.local_time import day_number


def last_orders(
    reach: Reach, day: ColumnElement[Any], days: tuple[str, str], *conditions: ColumnElement[bool]
) -> Select[Any]:
    """Each customer once, by the last of his orders with a day in question: a call about it covers those before."""
    order = (
        select(
            sales_order.c.id.label("order_id"),
            sales_order.c.customer_id,
            sales_order.c.number,
            sales_order.c.product_line,
            day.label("on_day"),
        )
        .where(day.between(*days), reach.of(sales_order.c.customer_id), *conditions)
        .subquery("picked")
    )
    last = order.c.on_day.desc(), order.c.number.desc()
    return numbered(order, last, order.c.order_id, order.c.number, order.c.on_day, line_of(order))


def _select(params: Params, reach: Reach) -> Select[Any]:
    earlier = sales_order.alias("earlier")
    before = exists().where(
        earlier.c.customer_id == sales_order.c.customer_id, earlier.c.ordered_on < sales_order.c.ordered_on
    )
    first = [~before] if params["first_order"] else []
    return last_orders(reach, sales_order.c[params["basis"]], reach.days(params["days"]), *first)


def _basis(params: Params, row: Row[Any], moment: Moment) -> int:
    return moment.start_of(day_number(row.on_day) + params["days"])


def _reason(params: Params, row: Row[Any], moment: Moment) -> dict[str, Any]:
    basis = params["basis"]
    return {"days": params["days"], "basis": basis, basis: row.on_day, "order": row.number}


AFTER_ORDER = Picking(
    "days_after_order", _select, lambda _, row, moment: row.order_id.hex(), _reason, basis=_basis
)
