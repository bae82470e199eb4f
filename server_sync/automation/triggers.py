"""Which customers a plan's trigger picks, each with a key that makes the task the only one, and its reason's values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from server_sync.automation.moments import Moment
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Trigger, customer, sales_order, task
from server_sync.domain.rules.local_time import day_number
from server_sync.domain.rules.permissions import OPEN_STATES

BASES = ("ordered_on", "shipped_on", "delivered_on")
MOST_DAYS = 3_650
CATCH_UP_DAYS = 7
"""How many days later an order is still followed up when nobody ran the plan on its day (closed days, a server that
stood still); after that the call makes no sense any more."""
LONGEST_BATCH = 100


@dataclass(frozen=True)
class Picking:
    """How one kind of trigger picks.

    `params` checks a plan's params and fills in what was left out. `select` is a select of the customers with what
    `key` and `reason` need of them; `key` follows the words "<trigger>:<plan>:" in the task's dedupe key. With `alone`
    an open task of another plan keeps a customer out as well.
    """

    reason_kind: str
    params: Callable[[Mapping[str, Any]], dict[str, Any]]
    select: Callable[[Mapping[str, Any], Moment], Select[Any]]
    key: Callable[[Mapping[str, Any], Row[Any]], str]
    reason: Callable[[Mapping[str, Any], Row[Any], Moment], dict[str, Any]]
    alone: bool = False


# ---- so many days after an order (M1.3)


def _after_order_params(given: Mapping[str, Any]) -> dict[str, Any]:
    _only(given, "days", "basis", "first_order", "catch_up_days")
    basis = given.get("basis", "ordered_on")
    if basis not in BASES:
        raise _invalid("basis", value=basis, choices=list(BASES))
    first = given.get("first_order", False)
    if not isinstance(first, bool):
        raise _invalid("first_order", value=first)
    return {
        "days": _days(given, "days", least=0),
        "basis": basis,
        "first_order": first,
        "catch_up_days": _days({"catch_up_days": CATCH_UP_DAYS, **given}, "catch_up_days", least=0),
    }


def _after_order(params: Mapping[str, Any], moment: Moment) -> Select[Any]:
    """Each customer once, by the last of his orders in question: a call about it covers those before."""
    day = sales_order.c[params["basis"]]
    place = func.row_number().over(
        partition_by=sales_order.c.customer_id, order_by=(day.desc(), sales_order.c.number.desc())
    )
    last, first = moment.day_back(params["days"]), moment.day_back(params["days"] + params["catch_up_days"])
    found = select(
        sales_order.c.id.label("order_id"),
        sales_order.c.customer_id,
        sales_order.c.number,
        sales_order.c.product_line,
        day.label("on_day"),
        place.label("place"),
    ).where(day.between(first, last))
    if params["first_order"]:
        earlier = sales_order.alias("earlier")
        found = found.where(
            ~exists().where(
                earlier.c.customer_id == sales_order.c.customer_id,
                earlier.c.ordered_on < sales_order.c.ordered_on,
            )
        )
    order = found.subquery("picked")
    line = func.coalesce(order.c.product_line, customer.c.product_line).label("product_line")
    return (
        select(order.c.order_id, order.c.number, order.c.on_day, line)
        .join_from(customer, order, order.c.customer_id == customer.c.id)
        .where(order.c.place == 1)
    )


def _after_order_reason(params: Mapping[str, Any], row: Row[Any], moment: Moment) -> dict[str, Any]:
    basis = params["basis"]
    return {"days": params["days"], "basis": basis, basis: row.on_day, "order": row.number}


# ---- nobody in touch for so many days (M1.15)


def _silence_params(given: Mapping[str, Any]) -> dict[str, Any]:
    _only(given, "days")
    return {"days": _days(given, "days", least=1)}


def _silence(params: Mapping[str, Any], moment: Moment) -> Select[Any]:
    """Neither spoken to, nor bought, nor was a task of his closed since; one of whom nothing is known counts from the
    day he came in."""
    limit_on, limit_at = (
        moment.day_back(params["days"]),
        moment.start_of(moment.day - params["days"] + 1),
    )
    today = moment.day_back(0)

    def mine(column: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
        rows = select(func.max(column)).where(*conditions).correlate(customer)
        return rows.scalar_subquery()

    ordered = mine(
        sales_order.c.ordered_on,
        sales_order.c.customer_id == customer.c.id,
        sales_order.c.ordered_on <= today,
    ).label("last_order_on")
    closed = mine(
        task.c.done_at, task.c.customer_id == customer.c.id, task.c.state.not_in(OPEN_STATES)
    ).label("last_closed_at")
    facts = (
        select(
            customer.c.id,
            customer.c.last_contact_at,
            customer.c.created_at,
            customer.c.product_line,
            ordered,
            closed,
        )
        .where(or_(customer.c.last_contact_at.is_(None), customer.c.last_contact_at < limit_at))
        .subquery("facts")
    )
    nothing_known = and_(
        facts.c.last_contact_at.is_(None), facts.c.last_order_on.is_(None), facts.c.last_closed_at.is_(None)
    )
    return (
        select(
            facts.c.last_contact_at,
            facts.c.last_order_on,
            facts.c.last_closed_at,
            facts.c.created_at,
            facts.c.product_line,
        )
        .join_from(customer, facts, facts.c.id == customer.c.id)
        .where(
            or_(facts.c.last_order_on.is_(None), facts.c.last_order_on <= limit_on),
            or_(facts.c.last_closed_at.is_(None), facts.c.last_closed_at < limit_at),
            or_(~nothing_known, facts.c.created_at < limit_at),
        )
    )


def _silent_since(row: Row[Any], moment: Moment) -> int:
    """The local day of the last sign of him."""
    moments = [at for at in (row.last_contact_at, row.last_closed_at) if at is not None]
    days = [moment.zone.day(at) for at in moments]
    if row.last_order_on is not None:
        days.append(day_number(row.last_order_on))
    return max(days, default=moment.zone.day(row.created_at))


def _silence_key(params: Mapping[str, Any], row: Row[Any]) -> str:
    """New as soon as there was any sign of him."""
    signs = (row.last_contact_at, row.last_order_on, row.last_closed_at)
    return f"{row.id.hex()}:" + ":".join("" if sign is None else str(sign) for sign in signs)


def _silence_reason(params: Mapping[str, Any], row: Row[Any], moment: Moment) -> dict[str, Any]:
    since = _silent_since(row, moment)
    return {"days": moment.day - since, "since_on": moment.day_back(moment.day - since)}


# ---- once (M1.22)


def _batch_params(given: Mapping[str, Any]) -> dict[str, Any]:
    _only(given, "batch")
    name = given.get("batch")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_BATCH:
        raise _invalid("batch", value=name)
    return {"batch": name.strip()}


PICKINGS: Mapping[Trigger, Picking] = {
    Trigger.AFTER_ORDER: Picking(
        "days_after_order",
        _after_order_params,
        _after_order,
        lambda _, row: row.order_id.hex(),
        _after_order_reason,
    ),
    Trigger.SILENCE: Picking(
        "silence",
        _silence_params,
        _silence,
        _silence_key,
        _silence_reason,
        alone=True,
    ),
    Trigger.BATCH: Picking(
        "batch",
        _batch_params,
        lambda params, moment: select(customer.c.product_line),
        lambda params, row: f"{row.id.hex()}:{params['batch']}",
        lambda params, row, moment: {"batch": params["batch"]},
    ),
}


def _only(given: Mapping[str, Any], *names: str) -> None:
    for name in given:
        if name not in names:
            raise _invalid(name, known=list(names))


def _days(given: Mapping[str, Any], name: str, least: int) -> int:
    days = given.get(name)
    if not isinstance(days, int) or isinstance(days, bool) or not least <= days <= MOST_DAYS:
        raise _invalid(name, value=days, least=least, most=MOST_DAYS)
    return days


def _invalid(name: str, **values: Any) -> KnownError:
    return KnownError(ErrorKind.FIELD_INVALID, field=f"params.{name}", **values)
