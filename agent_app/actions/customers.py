"""The actions on a customer's own data: note, corrected field or number, do-not-call."""

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import (
    AddNote,
    ClearDoNotCall,
    CorrectContactPoint,
    CorrectCustomer,
    SetDoNotCall,
)


def add_note(desk: Desk, customer_id: bytes, text: str, task_id: bytes | None = None) -> StoreChanges:
    """Write a note into the timeline."""
    return record(desk, [AddNote(desk.ids.new(), customer_id, text, desk.clock.now(), task_id)], "note")


def correct_customer(
    desk: Desk, customer_id: bytes, field: str, seen: str | None, value: str | None
) -> StoreChanges:
    """Correct one field; `seen` is the value that was on the screen."""
    command = CorrectCustomer(desk.ids.new(), customer_id, field, seen, value, desk.clock.now())
    return record(desk, [command], "customer")


def correct_contact_point(
    desk: Desk, customer_id: bytes, contact_point_id: bytes, seen: str, value: str
) -> StoreChanges:
    """Correct a number or address; `seen` is the value that was on the screen."""
    command = CorrectContactPoint(
        desk.ids.new(), contact_point_id, customer_id, seen, value, desk.clock.now()
    )
    return record(desk, [command], "customer")


def set_do_not_call(
    desk: Desk, customer_id: bytes, scope: str, source: str, note: str | None
) -> StoreChanges:
    """Set do-not-call for a scope; his open tasks of it end at once."""
    command = SetDoNotCall(desk.ids.new(), customer_id, scope, source, note, desk.clock.now())
    return record(desk, [command], "do_not_call")


def clear_do_not_call(desk: Desk, customer_id: bytes, entry_id: bytes, note: str) -> StoreChanges:
    """A lead lifts an entry, with a reason."""
    command = ClearDoNotCall(desk.ids.new(), entry_id, customer_id, note, desk.clock.now())
    return record(desk, [command], "do_not_call")
