"""The head of the work column from the task and its customer, and what its draft knows of a visit's place."""

from agent_app.actions.visits import PLACE
from agent_app.features.call_guide.state import Header, PhoneNumber, Place
from agent_app.store.queries.customer360 import ContactPoint, Customer360
from agent_app.store.queries.task_sheet import TaskSheet
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.places import Position

_NOT_DIALLED = ("email", "wechat")


def heading(sheet: TaskSheet, customer: Customer360) -> Header:
    """Who is called, why, until when, and on which numbers."""
    fields, task = customer.fields, sheet.task
    place = " ".join(dict.fromkeys(part for part in (fields["province"], fields["city"]) if part))
    return Header(
        name=fields["name"],
        title=fields["title"],
        kind=fields["kind"],
        tier=fields["tier"],
        place=place or fields["region"] or "",
        channel=task["channel"],
        address=fields["address"] or "",
        reason=task["reason"],
        reason_values=task["reason_values"],
        also=sheet.also,
        label=str(task["reason_values"].get("label") or sheet.plan.get("label") or ""),
        due_at=task["due_at"],
        appointment_at=task["appointment_at"],
        numbers=tuple(
            PhoneNumber(point.id, point.value, point.masked, point.label)
            for point in sorted(customer.contact_points, key=_in_dispute)
            if point.valid and point.kind not in _NOT_DIALLED
        ),
        is_open=task["state"] in OPEN_STATES,
        disposition=task["disposition"],
        attempt_count=task["attempt_count"],
    )


def place_kept(sheet: TaskSheet) -> Place | None:
    """Where the visit was checked in at, as the draft remembers it."""
    kept = sheet.draft.content.get(PLACE) if sheet.draft else None
    if kept is None:
        return None
    return Place(Position(kept["latitude"], kept["longitude"], kept["accuracy"]), kept["source"])


def _in_dispute(point: ContactPoint) -> bool:
    """A number in dispute comes last, so that a clear one is dialled."""
    return point.disputed_since is not None
