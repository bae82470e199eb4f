"""The actions on a customer's own data: note, corrected field or number, tags, do-not-call, consent."""

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from agent_app.store.rows import StoreRows
from server_sync.domain.commands import (
    AddNote,
    AddTag,
    ClearDoNotCall,
    CorrectContactPoint,
    CorrectCustomer,
    GiveConsent,
    RemoveTag,
    Row,
    SetDoNotCall,
    WithdrawConsent,
)
from server_sync.domain.rules.merge import TAGS, behind


def add_note(desk: Desk, customer_id: bytes, text: str, task_id: bytes | None = None) -> StoreChanges:
    """Write a note into the timeline."""
    return record(desk, [AddNote(desk.ids.new(), customer_id, text, desk.clock.now(), task_id)], "note")


def correct_customer(
    desk: Desk, customer_id: bytes, field: str, seen: str | None, value: str | None
) -> StoreChanges:
    """Correct one field; `seen` is the value that was on the screen."""
    row = _row(desk, customer_id)
    at = _behind(desk, row, field)
    command = CorrectCustomer(desk.ids.new(), customer_id, field, seen, value, at, row.get("rev"))
    return record(desk, [command], "customer")


def add_tag(desk: Desk, customer_id: bytes, tag: str) -> StoreChanges:
    """Put a tag on a customer."""
    row = _row(desk, customer_id)
    command = AddTag(desk.ids.new(), customer_id, tag, _behind(desk, row, TAGS), row.get("rev"))
    return record(desk, [command], "customer")


def remove_tag(desk: Desk, customer_id: bytes, tag: str) -> StoreChanges:
    """Take a tag off a customer."""
    row = _row(desk, customer_id)
    command = RemoveTag(desk.ids.new(), customer_id, tag, _behind(desk, row, TAGS), row.get("rev"))
    return record(desk, [command], "customer")


def _row(desk: Desk, customer_id: bytes) -> Row:
    """The customer as this desk holds him; one that it does not hold is refused by the command."""
    with desk.store.read() as connection:
        return StoreRows(connection).get("customer", customer_id) or {}


def _behind(desk: Desk, row: Row, field: str) -> int:
    """The stamp of a correction made in sight of the row (SYNC §5: this desk's clock may be slow)."""
    stamp = row.get("field_stamps", {}).get(field)
    return behind(desk.clock.now(), stamp["at"] if stamp else None)


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


def give_consent(
    desk: Desk, customer_id: bytes, purpose: str, channel: str | None, wording: str, *, granted: bool
) -> StoreChanges:
    """Record what the customer answered when he was asked with these words."""
    command = GiveConsent(
        desk.ids.new(), customer_id, purpose, channel, granted, "call", wording, desk.clock.now()
    )
    return record(desk, [command], "consent")


def withdraw_consent(
    desk: Desk, customer_id: bytes, purpose: str, channel: str | None, note: str | None
) -> StoreChanges:
    """Record that he takes his consent back; his open tasks that need it end at once."""
    command = WithdrawConsent(desk.ids.new(), customer_id, purpose, channel, "call", note, desk.clock.now())
    return record(desk, [command], "consent")
