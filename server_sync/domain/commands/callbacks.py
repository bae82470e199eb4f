"""The verbs of a promised later contact: book it, and hand it to the team when its owner is away (journey A2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from server_sync.domain.clock import DAY, MINUTE
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
from server_sync.domain.commands.on_task import OnTask
from server_sync.domain.commands.tasks import left, taking
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind, CallbackState
from server_sync.domain.rules import calling_window
from server_sync.domain.rules.permissions import OPEN_STATES, leads, may_work_on
from server_sync.domain.rules.settings import setting_id, setting_value

FURTHEST = 365 * DAY


@dataclass(frozen=True)
class BookCallback(OnTask):
    """Promise a call at a time, inside the calling window; it replaces an earlier promise on the same task."""

    name: ClassVar[str] = "book_callback@1"
    callback_id: bytes
    task_id: bytes
    customer_id: bytes
    callback_at: int
    with_whom: str
    contact_point_id: bytes | None
    note: str | None
    booked_at: int

    def reads(self) -> Iterable[Need]:
        yield Need("task", self.task_id)
        yield Need("callback", self.task_id, "task_id")
        yield Need("callback", self.callback_id)
        if self.contact_point_id is not None:
            yield Need("contact_point", self.contact_point_id)
        yield Need("customer", self.customer_id)
        for key in ("company", "calling_window"):
            yield Need("setting", setting_id(key))

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        if rows.get("callback", self.callback_id) is not None:
            return rejected(ErrorKind.ALREADY_EXISTS, table="callback")
        if not may_work_on(actor, task) or actor.person_id is None:
            return rejected(ErrorKind.ALREADY_TAKEN)
        if task["state"] not in OPEN_STATES:
            return rejected(ErrorKind.TASK_CLOSED, state=task["state"])
        if self.with_whom not in ("respondent", "other"):
            return rejected(ErrorKind.FIELD_INVALID, field="with_whom")
        if self.note is not None and len(self.note) > LONGEST_TEXT:
            return rejected(ErrorKind.FIELD_INVALID, field="note", most=LONGEST_TEXT)
        if self.contact_point_id is not None:
            point = rows.get("contact_point", self.contact_point_id)
            if point is None or point["customer_id"] != self.customer_id:
                return rejected(ErrorKind.NOT_FOUND, table="contact_point")
        booked_at = clamp(self.booked_at, now)
        # Against the time of booking, not of its arrival: a promise made offline is not refused because
        # the road was long.
        if self.callback_at <= booked_at - MINUTE:
            return rejected(ErrorKind.IN_THE_PAST, at=self.callback_at)
        if self.callback_at > booked_at + FURTHEST:
            return rejected(ErrorKind.FIELD_INVALID, field="callback_at", at=self.callback_at)
        company = setting_value("company", rows.get("setting", setting_id("company")))
        window = setting_value("calling_window", rows.get("setting", setting_id("calling_window")))
        customer = rows.get("customer", self.customer_id)
        timezone = company["timezone"]
        if customer is not None:
            timezone, window = calling_window.of_customer(customer, timezone, window)
        refusal = calling_window.refusal(self.callback_at, timezone, window)
        if refusal is not None:
            return rejected(ErrorKind.OUTSIDE_CALLING_WINDOW, at=self.callback_at, **refusal.values)
        earlier: list[Change] = [
            Update("callback", c["id"], {"state": CallbackState.CANCELLED})
            for c in rows.where("callback", "task_id", self.task_id)
            if c["state"] == CallbackState.OPEN
        ]
        callback = {
            "id": self.callback_id,
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "owner_id": actor.person_id,
            "callback_at": self.callback_at,
            "with_whom": self.with_whom,
            "contact_point_id": self.contact_point_id,
            "note": self.note,
            "state": CallbackState.OPEN,
            "booked_at": booked_at,
        }
        appointment = {
            "appointment_at": self.callback_at,
            "appointment_owner_id": actor.person_id,
            "not_before_at": None,
            **taking(task, actor),
        }
        fact = {
            "id": derived_id(self.callback_id, 1),
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "person_id": actor.person_id,
            "kind": ActivityKind.CALLBACK_BOOKED,
            "details": {"at": self.callback_at, "with_whom": self.with_whom},
            "text": self.note,
            "happened_at": booked_at,
        }
        return Accepted(
            (
                *earlier,
                Insert("callback", callback),
                Update("task", self.task_id, appointment),
                Insert("activity", fact),
            )
        )


@dataclass(frozen=True)
class ReleaseCallback(OnTask):
    """Move an appointment whose owner is away into the team's pool (约定转出), by the server or the team's lead."""

    name: ClassVar[str] = "release_callback@1"
    callback_id: bytes
    task_id: bytes
    customer_id: bytes
    released_at: int

    def reads(self) -> Iterable[Need]:
        return Need("task", self.task_id), Need("callback", self.callback_id)

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        callback = rows.get("callback", self.callback_id)
        if callback is None or callback["task_id"] != self.task_id:
            return rejected(ErrorKind.NOT_FOUND, table="callback")
        if not leads(actor, task["team_id"]):
            return rejected(ErrorKind.NOT_PERMITTED)
        if callback["state"] != CallbackState.OPEN or task["state"] not in OPEN_STATES:
            return rejected(ErrorKind.TASK_CLOSED, state=task["state"])
        at = clamp(self.released_at, now)
        owner = callback["owner_id"].hex()
        pooled = {**left(task), "assignee_id": None, "in_pool": True, "appointment_owner_id": None}
        fact = {
            "id": derived_id(self.callback_id, 2),
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "person_id": actor.person_id,
            "kind": ActivityKind.CALLBACK_RELEASED,
            "details": {"at": callback["callback_at"], "owner": owner},
            "happened_at": at,
        }
        return Accepted(
            (
                Update("callback", self.callback_id, {"state": CallbackState.RELEASED, "released_at": at}),
                Update("task", self.task_id, pooled),
                Insert("activity", fact),
            )
        )
