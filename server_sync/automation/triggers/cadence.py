"""Nobody in touch for so many days: the same for all (M1.15), or by tier and stage (M1.19, M1.21)."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, literal, or_, select, true

from server_sync.automation.moments import Moment
from server_sync.automation.triggers.picking import Params, Picking, Reach
from server_sync.domain.model import customer, sales_order, task
from server_sync.domain.rules.local_time import day_number
from server_sync.domain.rules.permissions import OPEN_STATES

Limit = Callable[[Callable[[int], Any]], ColumnElement[Any]]
"""A customer's limit: what a function makes of the days that are his."""


def _silent(reach: Reach, limit: Limit, *conditions: ColumnElement[bool]) -> Select[Any]:
    """Neither spoken to, nor bought, nor was a task of his closed since; one of whom nothing is known counts from the
    day he came in."""
    moment = reach.moment
    limit_on = limit(moment.day_back)
    limit_at = limit(lambda days: moment.start_of(moment.day - days + 1))
    ordered = (
        sales_order.c.customer_id == customer.c.id,
        sales_order.c.ordered_on <= moment.day_back(0),
    )
    closed = (
        task.c.customer_id == customer.c.id,
        task.c.state.not_in(OPEN_STATES),
        task.c.done_at.is_not(None),
    )
    contact_at = customer.c.last_contact_at
    anything_known = or_(contact_at.is_not(None), exists().where(*ordered), exists().where(*closed))
    return select(
        contact_at,
        _last(sales_order.c.ordered_on, ordered).label("last_order_on"),
        _last(task.c.done_at, closed).label("last_closed_at"),
        customer.c.created_at,
        customer.c.product_line,
        limit(lambda days: days).label("every_days"),
    ).where(
        *conditions,
        or_(contact_at.is_(None), contact_at < limit_at),
        or_(customer.c.created_at < limit_at, anything_known),
        ~exists().where(*ordered, sales_order.c.ordered_on > limit_on),
        ~exists().where(*closed, task.c.done_at >= limit_at),
    )


def _last(column: ColumnElement[Any], mine: Sequence[ColumnElement[bool]]) -> ColumnElement[Any]:
    return select(func.max(column)).where(*mine).correlate(customer).scalar_subquery()


def _silence(params: Params, reach: Reach) -> Select[Any]:
    return _silent(reach, lambda made_of: literal(made_of(params["days"])))


def _cadence(params: Params, reach: Reach) -> Select[Any]:
    """Of several rows that fit a customer the one with the fewest days counts: the earliest due wins."""
    rows = sorted(params["table"], key=lambda row: int(row["days"]))
    fits = [(_fits(row), row["days"]) for row in rows]

    def limit(made_of: Callable[[int], Any]) -> ColumnElement[Any]:
        return case(*((fit, literal(made_of(days))) for fit, days in fits))

    return _silent(reach, limit, or_(*(fit for fit, _ in fits)))


def _fits(row: Params) -> ColumnElement[bool]:
    named = [customer.c[name] == row[name] for name in ("tier", "stage") if row[name] is not None]
    return and_(true(), *named)


def _silent_since(row: Row[Any], moment: Moment) -> int:
    """The local day of the last sign of him."""
    moments = [at for at in (row.last_contact_at, row.last_closed_at) if at is not None]
    days = [moment.zone.day(at) for at in moments]
    if row.last_order_on is not None:
        days.append(day_number(row.last_order_on))
    return max(days, default=moment.zone.day(row.created_at))


def _key(params: Params, row: Row[Any], moment: Moment) -> str:
    """New as soon as there was any sign of him."""
    signs = (row.last_contact_at, row.last_order_on, row.last_closed_at)
    return f"{row.id.hex()}:" + ":".join("" if sign is None else str(sign) for sign in signs)


def _reason(params: Params, row: Row[Any], moment: Moment) -> dict[str, Any]:
    since = _silent_since(row, moment)
    return {"days": moment.day - since, "since_on": moment.day_back(moment.day - since)}


def _cadence_reason(params: Params, row: Row[Any], moment: Moment) -> dict[str, Any]:
    return _reason(params, row, moment) | {"every_days": row.every_days}


SILENCE = Picking("silence", _silence, _key, _reason, alone=True)
CADENCE = Picking("cadence", _cadence, _key, _cadence_reason, alone=True)
