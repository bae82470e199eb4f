"""The verbs of a customer's refusal: set and clear do-not-call (SYNC §5: set always wins until a lead clears it)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Change,
    Decision,
    Insert,
    Need,
    Row,
    Rows,
    Update,
    derived_id,
    rejected,
)
from server_sync.domain.commands.facts import LONGEST_TEXT, clamp
from server_sync.domain.commands.on_customer import OnCustomer
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind, CallbackState, Purpose, TaskState
from server_sync.domain.rules.permissions import OPEN_STATES, leads

SCOPES = ("all", *Purpose)
SOURCES = ("call", "supervisor")


def ending(
    rows: Rows, customer_id: bytes, concerns: Callable[[Row], bool], because: str, at: int
) -> list[Change]:
    """The end of the customer's open tasks that a refusal concerns, with what was promised on them. Reads his tasks and
    callbacks."""
    tasks = [
        task["id"]
        for task in rows.where("task", "customer_id", customer_id)
        if task["state"] in OPEN_STATES and concerns(task)
    ]
    cancelled = {
        "state": TaskState.CANCELLED,
        "cancelled_because": because,
        "done_at": at,
        "not_before_at": None,
        "appointment_at": None,
        "appointment_owner_id": None,
    }
    ended: list[Change] = [Update("task", task_id, cancelled) for task_id in tasks]
    ended += [
        Update("callback", promise["id"], {"state": CallbackState.CANCELLED})
        for promise in rows.where("callback", "customer_id", customer_id)
        if promise["state"] == CallbackState.OPEN and promise["task_id"] in tasks
    ]
    return ended


@dataclass(frozen=True)
class SetDoNotCall(OnCustomer):
    """The customer does not want to be called, for one purpose or at all; his open tasks of that purpose
    end (journey A4)."""

    name: ClassVar[str] = "set_do_not_call@1"
    entry_id: bytes
    customer_id: bytes
    scope: str
    source: str
    note: str | None
    set_at: int

    def reads_besides(self) -> Iterable[Need]:
        return Need("callback", self.customer_id, "customer_id"), Need("do_not_call", self.entry_id)

    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        if rows.get("do_not_call", self.entry_id) is not None:
            return rejected(ErrorKind.ALREADY_EXISTS, table="do_not_call")
        if self.scope not in SCOPES:
            return rejected(ErrorKind.FIELD_INVALID, field="scope")
        if self.source not in SOURCES:
            return rejected(ErrorKind.FIELD_INVALID, field="source")
        if self.source == "supervisor" and not leads(actor, customer["team_id"]):
            return rejected(ErrorKind.NOT_PERMITTED)
        if self.note is not None and len(self.note) > LONGEST_TEXT:
            return rejected(ErrorKind.FIELD_INVALID, field="note", most=LONGEST_TEXT)
        at = clamp(self.set_at, now)
        entry = {
            "id": self.entry_id,
            "customer_id": self.customer_id,
            "scope": self.scope,
            "source": self.source,
            "note": self.note,
            "set_by": actor.person_id,
            "set_at": at,
        }
        fact = {
            "id": derived_id(self.entry_id, 1),
            "customer_id": self.customer_id,
            "person_id": actor.person_id,
            "kind": ActivityKind.DO_NOT_CALL_SET,
            "details": {"scope": self.scope, "source": self.source},
            "text": self.note,
            "happened_at": at,
        }
        ended = ending(
            rows,
            self.customer_id,
            lambda task: self.scope in ("all", task["purpose"]),
            "do_not_call",
            at,
        )
        return Accepted((Insert("do_not_call", entry), Insert("activity", fact), *ended))


@dataclass(frozen=True)
class ClearDoNotCall(OnCustomer):
    """A lead lifts a do-not-call entry; ended tasks stay ended."""

    name: ClassVar[str] = "clear_do_not_call@1"
    activity_id: bytes
    entry_id: bytes
    customer_id: bytes
    note: str
    cleared_at: int

    def reads_besides(self) -> Iterable[Need]:
        return (Need("do_not_call", self.entry_id),)

    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        if not leads(actor, customer["team_id"]):
            return rejected(ErrorKind.NOT_PERMITTED)
        entry = rows.get("do_not_call", self.entry_id)
        if entry is None or entry["customer_id"] != self.customer_id:
            return rejected(ErrorKind.NOT_FOUND, table="do_not_call")
        if not self.note.strip():
            return rejected(ErrorKind.NOTE_REQUIRED)
        if len(self.note) > LONGEST_TEXT:
            return rejected(ErrorKind.FIELD_INVALID, field="note", most=LONGEST_TEXT)
        if entry["cleared_at"] is not None:
            return Accepted(())
        at = clamp(self.cleared_at, now)
        fact = {
            "id": self.activity_id,
            "customer_id": self.customer_id,
            "person_id": actor.person_id,
            "kind": ActivityKind.DO_NOT_CALL_CLEARED,
            "details": {"scope": entry["scope"]},
            "text": self.note,
            "happened_at": at,
        }
        cleared = {"cleared_by": actor.person_id, "cleared_at": at}
        return Accepted((Update("do_not_call", self.entry_id, cleared), Insert("activity", fact)))
