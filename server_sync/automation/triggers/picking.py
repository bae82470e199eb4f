"""What every trigger tells of itself, and how far back a run looks for what it counts from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, false, func, or_, select, true

from server_sync.automation.moments import Moment
from server_sync.domain.clock import DAY
from server_sync.domain.model import customer
from server_sync.domain.rules.local_time import iso_day
from server_sync.domain.rules.working_back import Stretch, stretches_before
from server_sync.domain.rules.working_time import Span, WorkingTime

_PLACE = "place"
Params = Mapping[str, Any]
Among = Select[bytes]
"""The ids of some customers."""


@dataclass(frozen=True)
class Reach:
    """Which bases (the moments that a plan counts from) a run looks for: those whose time has come, at most
    `catch_up_days` ago, in `stretches`; and of which customers, None for all."""

    moment: Moment
    stretches: Sequence[Stretch]
    among: Among | None = None

    def holds(self, at: ColumnElement[Any], later: int = 0) -> ColumnElement[bool]:
        """The clause for bases that lie so many milliseconds after what a column says."""
        return or_(false(), *(at.between(first - later, last - later) for first, last in self.stretches))

    def days(self, later: int = 0) -> tuple[str, str]:
        """First and last day (ISO) of the bases, for what counts from so many days before them; where there is none the
        last lies before the first."""
        zone = self.moment.zone
        days = [
            day
            for first, last in self.stretches
            for day in (zone.day(first - 1) + 1, zone.day(last))
            if first <= zone.moment(day * DAY) <= last
        ]
        first, last = (min(days), max(days)) if days else (self.moment.day, self.moment.day - 1)
        return iso_day(first - later), iso_day(last - later)

    def of(self, customer_id: ColumnElement[bytes]) -> ColumnElement[bool]:
        """The clause for rows of the customers asked for: inner selects go by it too, or they would look through whole
        tables for the sake of a few."""
        return true() if self.among is None else customer_id.in_(self.among)


def numbered(
    picked: FromClause, order: tuple[ColumnElement[Any], ...], *wanted: ColumnElement[Any]
) -> Select[Any]:
    """The customers of picked rows, for each row the wanted columns and its `place` among those of its customer."""
    place = func.row_number().over(partition_by=picked.c.customer_id, order_by=order)
    joined = select(*wanted, place.label(_PLACE))
    return joined.join_from(customer, picked, picked.c.customer_id == customer.c.id)


def each_once(wanted: Select[Any]) -> Select[Any]:
    """Each customer once, where rows are `numbered`: by the first. Only of those for whom all clauses hold are the
    places looked for: PostgreSQL does so in one process."""
    if _PLACE not in wanted.selected_columns:
        return wanted
    found = wanted.subquery("found")
    return select(*(column for column in found.c if column.name != _PLACE)).where(found.c[_PLACE] == 1)


def line_of(picked: FromClause) -> ColumnElement[Any]:
    """The product line of a picked row, else its customer's."""
    return func.coalesce(picked.c.product_line, customer.c.product_line).label("product_line")


def reach(
    moment: Moment,
    time: WorkingTime,
    params: Params,
    after: Span | None,
    among: Among | None = None,
) -> Reach:
    """The reach of a plan with these params whose tasks become available so long `after` their basis.

    Of customers who are named also that of which the time is still to come, so that it can be waited for.
    """
    oldest = moment.start_of(moment.day - params.get("catch_up_days", 0))
    if after is None:
        return Reach(moment, [(oldest, moment.at)], among)
    if among is None:
        return Reach(moment, stretches_before(time, after, oldest, moment.at), among)
    latest = time.add(moment.start_of(moment.day + 1) - 1, after)
    found = stretches_before(time, after, oldest, latest)
    return Reach(
        moment, [(first, min(last, moment.at)) for first, last in found if first <= moment.at], among
    )


@dataclass(frozen=True)
class Picking:
    """How one kind of trigger picks.

    `select` is a select of the customers with what the others need of them, `numbered` if one may come several times;
    `key` follows the words "<trigger>:<plan>:" in the dedupe key of what comes of it; `reason` are the values that the
    words of `reason_kind` need.
    """

    reason_kind: str
    select: Callable[[Params, Reach], Select[Any]]
    key: Callable[[Params, Row[Any], Moment], str]
    reason: Callable[[Params, Row[Any], Moment], dict[str, Any]]
    basis: Callable[[Params, Row[Any], Moment], int] | None = None
    """The moment that the plan counts from; None: that of the run."""
    exact: bool = False
    """The basis is a moment, not a day: what is due is counted from it, however late the run is."""
    alone: bool = False
    """An open task of another plan keeps a customer out as well."""
    apart: bool = False
    """What it starts is a matter of its own and never merged into another contact."""
    once_since: Callable[[Params, Moment], int | None] | None = None
    """From when on (ms) the plan's having wanted something of a customer keeps him out."""
    ends: bool = False
    """The plan ends with its run."""
