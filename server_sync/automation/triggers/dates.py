"""Before a day: of a contract or a birthday, in one or several rungs (M1.8, M1.9, M1.18), or a festival (M1.18)."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    between,
    case,
    false,
    func,
    literal,
    null,
    or_,
    select,
)

from server_sync.automation.moments import Moment
from server_sync.automation.triggers.picking import Params, Picking, Reach, line_of, numbered
from server_sync.domain.model import calendar_day, contract, customer
from server_sync.domain.rules.festivals import calendar_names
from server_sync.domain.rules.local_time import day_number, iso_day
from server_sync.domain.rules.plans.params import YEARLY

LONGEST_FESTIVAL = 40
"""No festival lasts so many days, and none comes twice within them."""


def _before_date(params: Params, reach: Reach) -> Select[Any]:
    """Each customer once, by the nearest of his dates; of a ladder's rungs the lowest that he has come to."""
    table, name = params["date"].split(".")
    if table == "customer":
        on_day = customer.c[name]
        rung, met = _rungs(params, reach.moment, on_day)
        return select(
            customer.c.id.label("subject_id"),
            null().label("number"),
            customer.c.product_line,
            on_day.label("on_day"),
            rung.label("rung"),
        ).where(met)
    on_day = contract.c[name]
    rung, met = _rungs(params, reach.moment, on_day)
    found = (
        select(
            contract.c.id,
            contract.c.customer_id,
            contract.c.number,
            contract.c.product_line,
            on_day.label("on_day"),
            rung.label("rung"),
        )
        .where(met, contract.c.renewed_on.is_(None), reach.of(contract.c.customer_id))
        .subquery("picked")
    )
    subject = found.c.id.label("subject_id")
    nearest = found.c.on_day, found.c.number
    return numbered(found, nearest, subject, found.c.number, found.c.on_day, found.c.rung, line_of(found))


def _rungs(
    params: Params, moment: Moment, on_day: ColumnElement[Any]
) -> tuple[ColumnElement[Any], ColumnElement[bool]]:
    """Which rung a date is on, and whether it is on any: it came to the rung at most `catch_up_days` ago and has not
    come to the next."""
    ladder, late = params["days"], params["catch_up_days"]
    on_days = _anniversary if params["date"] in YEARLY else _between
    met = [
        on_days(on_day, moment.day + max(rung - late, below + 1), moment.day + rung)
        for rung, below in zip(ladder, [*ladder[1:], -late - 1], strict=True)
    ]
    rungs = [literal(rung) for rung in ladder]
    return case(*zip(met, rungs, strict=True)), or_(false(), *met)


def _between(on_day: ColumnElement[Any], first: int, last: int) -> ColumnElement[bool]:
    return between(on_day, iso_day(first), iso_day(last))


def _anniversary(on_day: ColumnElement[Any], first: int, last: int) -> ColumnElement[bool]:
    """Whether the date comes round on one of the days; the 29th of February on the 28th where there is none."""
    found = [iso_day(day) for day in range(max(first, last - 365), last + 1)]
    days = {on[5:] for on in found}
    if any(on[5:] == "02-28" and not _leap(on[:4]) for on in found):
        days.add("02-29")
    return func.substr(on_day, 6, type_=Text()).in_(sorted(days))


def _leap(year: str) -> bool:
    return int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)


def _comes_on(params: Params, row: Row[Any], moment: Moment) -> str:
    """The day itself, of an anniversary this time's."""
    if params["date"] not in YEARLY:
        return str(row.on_day)
    month_and_day = row.on_day[5:]
    first = moment.day + row.rung - min(params["catch_up_days"], 365)
    for day in range(first, moment.day + row.rung + 1):
        on = iso_day(day)
        if on[5:] == month_and_day or (month_and_day == "02-29" and on[5:] == "02-28" and not _leap(on[:4])):
            return on
    return iso_day(moment.day + row.rung)


def _date_reason(params: Params, row: Row[Any], moment: Moment) -> dict[str, Any]:
    on = _comes_on(params, row, moment)
    values = {"date": params["date"], "on": on, "days": day_number(on) - moment.day, "rung": row.rung}
    if row.number is not None:
        values["number"] = row.number
    offer = params["offers"].get(str(row.rung))
    return values if offer is None else {**values, "offer": offer}


def _festival(params: Params, reach: Reach) -> Select[Any]:
    """Everyone, while the festival lies so many days ahead, or did within the days of catching up."""
    last = reach.moment.day + params["days"]
    first = last - params["catch_up_days"]
    if params["dates"]:
        near = [day for day in params["dates"] if first <= day_number(day) <= last]
        on_day: Any = literal(max(near), Text()) if near else null()
    else:  # its first day
        on_day = (
            select(func.min(calendar_day.c.day))
            .where(
                calendar_day.c.name.in_(calendar_names(params["name"])),
                ~calendar_day.c.working,
                between(calendar_day.c.day, iso_day(first - LONGEST_FESTIVAL), iso_day(last)),
            )
            .scalar_subquery()
        )
    return select(customer.c.id.label("subject_id"), customer.c.product_line, on_day.label("on_day")).where(
        on_day >= iso_day(first)
    )


def _festival_reason(params: Params, row: Row[Any], moment: Moment) -> dict[str, Any]:
    return {"festival": params["name"], "on": row.on_day, "days": day_number(row.on_day) - moment.day}


BEFORE_DATE = Picking(
    "before_date",
    _before_date,
    lambda params, row, moment: f"{row.subject_id.hex()}:{_comes_on(params, row, moment)}:{row.rung}",
    _date_reason,
)
FESTIVAL = Picking(
    "festival", _festival, lambda _, row, moment: f"{row.subject_id.hex()}:{row.on_day}", _festival_reason
)
