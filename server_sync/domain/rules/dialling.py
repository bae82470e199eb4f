"""Whether this person may make the contact of a task now: an appointment of somebody else, and the contact ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from server_sync.domain.clock import MINUTE
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Channel
from server_sync.domain.rules import contact_ledger
from server_sync.domain.rules.contact_ledger import Contact, Ledger
from server_sync.domain.rules.settings import setting_id, setting_value


@dataclass(frozen=True)
class Refusal:
    """Why not, for the banner and for the attempt's `breach`."""

    kind: ErrorKind
    values: Mapping[str, Any]


class Rows(Protocol):
    """The rows that `needs` names."""

    def get(self, table: str, row_id: bytes) -> Mapping[str, Any] | None: ...
    def where(self, table: str, column: str, value: bytes) -> list[Mapping[str, Any]]: ...


SETTINGS = (*contact_ledger.SETTINGS, "callbacks", "queue")


def needs(task_id: bytes, customer_id: bytes) -> Iterator[tuple[str, bytes, str]]:
    """What `refusal` reads, as (table, value, column)."""
    yield "task", task_id, "id"
    yield "customer", customer_id, "id"
    for table in contact_ledger.TABLES:
        yield table, customer_id, "customer_id"
    for key in SETTINGS:
        yield "setting", setting_id(key), "id"


def refusal(
    rows: Rows,
    task: Mapping[str, Any],
    person_id: bytes | None,
    contact_point_id: bytes | None,
    at: int,
    channel: str = Channel.PHONE,
) -> Refusal | None:
    """The first of `refusals`, or None."""
    return next(refusals(rows, task, person_id, contact_point_id, at, channel), None)


def refusals(
    rows: Rows,
    task: Mapping[str, Any],
    person_id: bytes | None,
    contact_point_id: bytes | None,
    at: int,
    channel: str = Channel.PHONE,
) -> Iterator[Refusal]:
    """All that stands against a contact on the task by this person at this moment, the gravest first.

    An appointment of another person (exclusive until it is released), a colleague who is speaking with the customer,
    then what the customer's ledger says (a booked appointment that is due answers to the law's caps alone).
    """
    settings = {key: setting_value(key, rows.get("setting", setting_id(key))) for key in SETTINGS}
    appointment = task["appointment_at"]
    if appointment is not None and task["appointment_owner_id"] not in (None, person_id):
        yield Refusal(ErrorKind.APPOINTMENT_OF_ANOTHER, {"at": appointment})
    ledger = _ledger(rows, task["customer_id"])
    if ledger is None:
        return
    since = _in_call_since(ledger, person_id, at, settings["queue"]["in_call_minutes"])
    if since is not None:
        yield Refusal(ErrorKind.CUSTOMER_IN_CALL, {"since": since})
    early = settings["callbacks"]["early_minutes"] * MINUTE
    contact = Contact(
        task["purpose"],
        channel,
        at,
        urgency=task["urgency"],
        booked=appointment is not None and at >= appointment - early,
        task_id=task["id"],
        contact_point_id=contact_point_id,
    )
    for found in contact_ledger.against_contact(ledger, contact, settings):
        yield Refusal(ErrorKind(found.kind), found.values)


def _ledger(rows: Rows, customer_id: bytes) -> Ledger | None:
    """None on a desk to which the customer's own row is still on its way, or has left before his task."""
    customer = rows.get("customer", customer_id)
    if customer is None:
        return None
    return Ledger(
        customer, *(rows.where(table, "customer_id", customer_id) for table in contact_ledger.TABLES)
    )


def _in_call_since(ledger: Ledger, person_id: bytes | None, at: int, minutes: int) -> int | None:
    """Since when somebody else speaks with the customer; a call without its wrap-up for longer was left so."""
    begun = [
        attempt["started_at"]
        for attempt in ledger.attempts
        if attempt["disposition"] is None
        and attempt["person_id"] != person_id
        and at - minutes * MINUTE < attempt["started_at"] <= at
    ]
    return max(begun, default=None)
