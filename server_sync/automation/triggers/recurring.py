"""So many times a week, month, quarter, half-year or year, everybody of the audience (M1.6, M1.7, M1.14)."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, true

from server_sync.automation.moments import Moment
from server_sync.automation.triggers.picking import Params, Picking, Reach
from server_sync.domain.model import customer
from server_sync.domain.model.columns import IdType
from server_sync.domain.rules.local_time import day_number, iso_day, weekday

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_SHARES = 1 << 16


@dataclass(frozen=True)
class _Stretch:
    """The days of a period, or its share when it has several contacts: from `first` to before `end`."""

    first: int
    end: int


def stretch_of(day: int, every: str, times: int) -> _Stretch:
    """The period that a day is in, cut into `times` parts as equal as they can be; the part that the day is in."""
    first, end = _period(day, every)
    starts = [first + part * (end - first) // times for part in range(times + 1)]
    part = bisect_right(starts, day) - 1
    return _Stretch(starts[part], starts[part + 1])


def _period(day: int, every: str) -> tuple[int, int]:
    if every == "week":
        monday = day - weekday(day)
        return monday, monday + 7
    on, months = date.fromisoformat(iso_day(day)), _MONTHS[every]
    number = (on.year * 12 + on.month - 1) // months * months
    return _first_of(number), _first_of(number + months)


def _first_of(month: int) -> int:
    """The first day of a month, counted from the year 0 on."""
    return day_number(f"{month // 12:04}-{month % 12 + 1:02}-01")


def _stretch(params: Params, moment: Moment) -> _Stretch:
    return stretch_of(moment.day, params["every"], params["times"])


def _select(params: Params, reach: Reach) -> Select[Any]:
    """With `spread` those whose day has come: by the last bytes of their ids, which are evenly spread."""
    stretch = _stretch(params, reach.moment)
    come: ColumnElement[bool] = true()
    days = reach.moment.day - stretch.first + 1
    share = _SHARES * days // (stretch.end - stretch.first)
    if params["spread"] and share < _SHARES:
        own = func.substr(customer.c.id, 15, 2, type_=IdType())
        come = own < literal(share.to_bytes(2), IdType())
    return select(customer.c.product_line).where(come)


def _reason(params: Params, row: Row[Any], moment: Moment) -> dict[str, Any]:
    return {
        "every": params["every"],
        "times": params["times"],
        "since_on": iso_day(_stretch(params, moment).first),
    }


RECURRING = Picking(
    "recurring",
    _select,
    lambda params, row, moment: f"{row.id.hex()}:{iso_day(_stretch(params, moment).first)}",
    _reason,
    once_since=lambda params, moment: moment.start_of(_stretch(params, moment).first),
)
