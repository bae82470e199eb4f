"""After something that other systems tell of: signing, go-live, delivery, a ticket solved, a course ended (M1.4, M1.10,
M1.11)."""

from typing import Any

from sqlalchemy import Row, Select, select

from server_sync.automation.moments import Moment
from server_sync.automation.triggers.picking import Params, Picking, Reach, line_of, numbered
from server_sync.domain.model import event


def _select(params: Params, reach: Reach) -> Select[Any]:
    """Each customer once, by the last of the events in question."""
    found = (
        select(
            event.c.id.label("event_id"),
            event.c.customer_id,
            event.c.number,
            event.c.product_line,
            event.c.happened_at,
        )
        .where(
            event.c.kind == params["event"],
            reach.holds(event.c.happened_at),
            reach.of(event.c.customer_id),
        )
        .subquery("picked")
    )
    last = found.c.happened_at.desc(), found.c.number.desc()
    return numbered(found, last, found.c.event_id, found.c.number, found.c.happened_at, line_of(found))


def _reason(params: Params, row: Row[Any], moment: Moment) -> dict[str, Any]:
    return {"event": params["event"], "happened_at": row.happened_at, "number": row.number}


AFTER_EVENT = Picking(
    "after_event",
    _select,
    lambda _, row, moment: row.event_id.hex(),
    _reason,
    basis=lambda _, row, moment: int(row.happened_at),
    exact=True,
)
