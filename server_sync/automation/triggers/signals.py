"""Something stirs: activity falls, an enquiry waits, complaints rise, somebody buys again (M2.8, M2.9, M2.6)."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Row, Select, and_, case, exists, func, literal, select

from server_sync.automation.moments import Moment
from server_sync.automation.triggers.orders import last_orders
from server_sync.automation.triggers.picking import Params, Picking, Reach, numbered
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.model import EventKind, attempt, customer, event, sales_order
from server_sync.domain.rules.local_time import day_number, iso_day


def _counted(kind: EventKind, params: Params, reach: Reach) -> Any:
    """Of each customer how many events of a kind there were in the last so many days, and in as many before them."""
    middle = reach.moment.at - params["days"] * DAY
    recent = event.c.happened_at > middle
    return (
        select(
            event.c.customer_id,
            func.sum(case((recent, 1), else_=0)).label("recent"),
            func.sum(case((recent, 0), else_=1)).label("before"),
        )
        .where(
            event.c.kind == kind,
            event.c.happened_at > middle - params["days"] * DAY,
            event.c.happened_at <= reach.moment.at,
            reach.of(event.c.customer_id),
        )
        .group_by(event.c.customer_id)
        .subquery("counted")
    )


def _of_counted(counted: Any) -> Select[Any]:
    return select(counted.c.recent, counted.c.before, customer.c.product_line).join_from(
        customer, counted, counted.c.customer_id == customer.c.id
    )


def _activity_drop(params: Params, reach: Reach) -> Select[Any]:
    counted = _counted(EventKind.VISIT, params, reach)
    fallen = counted.c.recent * 100 <= counted.c.before * (100 - params["percent"])
    return _of_counted(counted).where(counted.c.before >= params["least"], fallen)


def _complaints_rise(params: Params, reach: Reach) -> Select[Any]:
    counted = _counted(EventKind.COMPLAINT, params, reach)
    return _of_counted(counted).where(
        counted.c.recent >= params["least"], counted.c.recent > counted.c.before
    )


def _slow_reply(params: Params, reach: Reach) -> Select[Any]:
    """Each customer once, by the last of his enquiries that waited so long: nobody reached him meanwhile."""
    wait = params["hours"] * HOUR
    answered = exists().where(
        attempt.c.customer_id == event.c.customer_id,
        attempt.c.answered,
        attempt.c.started_at >= event.c.happened_at,
        attempt.c.started_at <= event.c.happened_at + wait,
    )
    found = (
        select(event.c.id.label("event_id"), event.c.customer_id, event.c.number, event.c.happened_at)
        .where(
            event.c.kind == EventKind.ENQUIRY,
            reach.holds(event.c.happened_at, later=wait),
            ~answered,
            reach.of(event.c.customer_id),
        )
        .subquery("picked")
    )
    last = found.c.happened_at.desc(), found.c.number.desc()
    return numbered(found, last, found.c.event_id, found.c.happened_at, customer.c.product_line)


def _repeat_purchase(params: Params, reach: Reach) -> Select[Any]:
    first, last = (day_number(day) for day in reach.days())
    earlier = sales_order.alias("earlier")
    since = case(
        *(
            (sales_order.c.ordered_on == iso_day(day), literal(iso_day(day - params["days"])))
            for day in range(first, max(first, last) + 1)
        )
    )
    again = exists().where(
        and_(
            earlier.c.customer_id == sales_order.c.customer_id,
            earlier.c.ordered_on < sales_order.c.ordered_on,
            earlier.c.ordered_on >= since,
        )
    )
    return last_orders(reach, sales_order.c.ordered_on, reach.days(), again)


_SELECTS: Mapping[str, Callable[[Params, Reach], Select[Any]]] = {
    "activity_drop": _activity_drop,
    "complaints_rise": _complaints_rise,
    "slow_reply": _slow_reply,
    "repeat_purchase": _repeat_purchase,
}


def _key(params: Params, row: Row[Any], moment: Moment) -> str:
    match params["signal"]:
        case "slow_reply":
            return f"{row.event_id.hex()}"
        case "repeat_purchase":
            return f"{row.order_id.hex()}"
        case _:
            return f"{row.id.hex()}:{moment.day_back(0)}"


def _reason(params: Params, row: Row[Any], moment: Moment) -> dict[str, Any]:
    values: dict[str, Any] = {"signal": params["signal"]}
    match params["signal"]:
        case "slow_reply":
            return values | {"hours": params["hours"], "happened_at": row.happened_at}
        case "repeat_purchase":
            return values | {"days": params["days"], "order": row.number, "ordered_on": row.on_day}
        case _:
            return values | {"days": params["days"], "recent": row.recent, "before": row.before}


def _once_since(params: Params, moment: Moment) -> int | None:
    """What is counted over so many days is one signal in as many."""
    counted = params["signal"] in ("activity_drop", "complaints_rise")
    return moment.at - params["days"] * DAY if counted else None


SIGNAL = Picking(
    "signal",
    lambda params, reach: _SELECTS[params["signal"]](params, reach),
    _key,
    _reason,
    once_since=_once_since,
)
